/*
 * console.c - the program `console`: the course machine for people
 *
 * It makes the machine that a configuration file describes, IPLs it, and
 * shows its 3215 consoles and its panel: a tab each when run from a terminal,
 * otherwise one console on standard input and output.  What runs on the machine
 * is no business of this program.
 */
#include <argp.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "console.h"
#include "front.h"
#include "stop.h"

enum { OPT_STORAGE = 256, OPT_IPL, OPT_LINE, OPT_RECORD, OPT_MAP, OPT_TYPE };

enum { LINE_DEVNO = 0x0C0 };

struct arguments {
    const char *config;
    const char *record;
    const char *map;
    const char *type;
    uint32_t storage_bytes; /* 0: as the configuration says */
    bool ipl;
    uint16_t ipl_devno;
    bool line;
    uint16_t line_devno;
};

static const struct argp_option options[] = {
    {"config", 'f', "CONFIG", 0, "Take the machine's description from CONFIG",
     0},
    {"ipl", OPT_IPL, "ADDR", 0, "IPL from device ADDR (hexadecimal)", 0},
    {"storage", OPT_STORAGE, "SIZE", 0, "Size of storage: 64K to 16M", 0},
    {"line", OPT_LINE, "ADDR", 0,
     "Connect console ADDR to standard input and output, line by line; this "
     "is what happens anyhow, with 0C0, when these are no terminal",
     0},
    {"type", OPT_TYPE, "FILE", 0,
     "Type the lines of FILE first, each when a line is read, at console 0C0 "
     "or that of --line; then it is the person's turn",
     0},
    {"map", OPT_MAP, "FILE", 0,
     "Show names and lines of C from FILE, the map of an image at 0, in the "
     "panel",
     0},
    {"record", OPT_RECORD, "FILE", 0,
     "Record the session in FILE, for machine --replay", 0},
    {0},
};

static uint16_t
device_option(struct argp_state *state, const char *name, const char *arg)
{
    uint64_t value = 0;

    if (!word_number(arg, 16, 0xFFFF, &value))
        argp_error(state,
                   "--%s %s: not a device address; write hexadecimal digits, "
                   "as in --%s 0C0",
                   name, arg, name);
    return (uint16_t)value;
}

static error_t
parse_option(int key, char *arg, struct argp_state *state)
{
    struct arguments *a = state->input;

    switch (key) {
    case 'f':
        a->config = arg;
        return 0;
    case OPT_IPL:
        a->ipl_devno = device_option(state, "ipl", arg);
        a->ipl = true;
        return 0;
    case OPT_LINE:
        a->line_devno = device_option(state, "line", arg);
        a->line = true;
        return 0;
    case OPT_RECORD:
        a->record = arg;
        return 0;
    case OPT_MAP:
        a->map = arg;
        return 0;
    case OPT_TYPE:
        a->type = arg;
        return 0;
    case OPT_STORAGE:
        if (!word_size(arg, &a->storage_bytes) || a->storage_bytes == 0)
            argp_error(state, "--storage %s: not a size; write 16M or 512K",
                       arg);
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "%s: unexpected; files and addresses follow options",
                   arg);
        return 0;
    case ARGP_KEY_END:
        if (a->config == NULL || !a->ipl)
            argp_error(state, "-f CONFIG and --ipl ADDR are needed: which "
                              "machine, and where its program comes from");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp parser = {
    .options = options,
    .parser = parse_option,
    .doc = "The consoles of a simulated System/370.\v"
           "Exit status: 0 when ended by the person, or when nothing is left "
           "to run; 1 usage or configuration error; 2 the machine stopped in "
           "any other way.",
};

static int
run(struct machine *m, const struct arguments *a)
{
    struct session_start start = {.program = "console",
                                  .load_unit = a->ipl_devno,
                                  .typed_fd = -1,
                                  .typed_devno = a->line_devno};

    if (a->type != NULL &&
        (start.typed_fd = open(a->type, O_RDONLY | O_CLOEXEC)) < 0) {
        fprintf(stderr, "console: --type %s: %s\n", a->type, strerror(errno));
        return STATUS_INPUT;
    }
    if ((a->map != NULL && machine_map_load(m, a->map, 0) != 0) ||
        machine_ipl(m, a->ipl_devno) != 0) {
        fprintf(stderr, "console: %s\n", machine_error(m));
        return STATUS_INPUT;
    }
    if (a->line || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return line_mode_main(m, a->line_devno, a->type, start.typed_fd);
    return session_main(m, &start);
}

int
main(int argc, char *argv[])
{
    struct arguments a = {.line_devno = LINE_DEVNO};
    struct machine_options opt;
    struct machine *m;
    char err[500];
    int status;

    argp_err_exit_status = STATUS_INPUT;
    if (argp_parse(&parser, argc, argv, 0, NULL, &a) != 0)
        return STATUS_INPUT;
    setlocale(LC_CTYPE, "");
    machine_options_default(&opt);
    m = machine_from_file(a.config, &opt, a.storage_bytes, err, sizeof(err));
    if (m == NULL) {
        fprintf(stderr, "console: %s\n", err);
        return STATUS_INPUT;
    }
    if (a.record != NULL && machine_record(m, a.record) != 0) {
        fprintf(stderr, "console: %s\n", machine_error(m));
        machine_destroy(m);
        return STATUS_INPUT;
    }
    status = run(m, &a);
    if (machine_record_end(m) != 0) {
        fprintf(stderr, "console: %s\n", machine_error(m));
        status = STATUS_GUEST;
    }
    machine_destroy(m);
    return status;
}
