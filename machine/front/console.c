/*
 * console.c - the program `console`: the course machine for people
 *
 * It makes the machine that a configuration file describes, IPLs it, and
 * shows its 3215 consoles and its panel: a tab each when run from a terminal,
 * otherwise one console on standard input and output.  What runs on the machine
 * is no business of this program.
 */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "console.h"
#include "front.h"
#include "options.h"
#include "sheet.h"
#include "stop.h"

enum { OPT_LINE = 256, OPT_TYPE };

enum { LINE_DEVNO = 0x0C0 };

struct arguments {
    struct common_options common;
    const char *type;
    bool line;
    uint16_t line_devno;
};

static const struct argp_option options[] = {
    {"line", OPT_LINE, "ADDR", 0,
     "Connect console ADDR to standard input and output, line by line; this "
     "is what happens anyhow, with 0C0, when these are no terminal",
     0},
    {"type", OPT_TYPE, "FILE", 0,
     "Type the lines of FILE first, each when a line is read, at console 0C0 "
     "or that of --line; then it is the person's turn",
     0},
    {0},
};

static const struct argp_child children[] = {{&common_options, 0, NULL, 0},
                                             {0}};

static bool
at_terminal(const struct arguments *a)
{
    return !a->line && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

static error_t
parse_option(int key, char *arg, struct argp_state *state)
{
    struct arguments *a = state->input;
    const struct common_options *o = &a->common;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &a->common;
        return 0;
    case OPT_LINE:
        a->line_devno = option_device(state, "line", arg);
        a->line = true;
        return 0;
    case OPT_TYPE:
        a->type = arg;
        return 0;
    case ARGP_KEY_END:
        if (o->config == NULL || (!o->ipl && o->replay == NULL))
            argp_error(state, "-f CONFIG and --ipl ADDR are needed: which "
                              "machine, and where its program comes from; or "
                              "-f CONFIG and --replay FILE");
        if (o->replay != NULL && a->type != NULL)
            argp_error(state, "--replay: the record has all that was typed; "
                              "leave --type away");
        if (o->limit_insns != UINT64_MAX && o->replay == NULL && at_terminal(a))
            argp_error(state, "--max-instructions: at a terminal it is for the "
                              "person to stop; use --line");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp parser = {
    .options = options,
    .parser = parse_option,
    .children = children,
    .doc = "The consoles of a simulated System/370.\v"
           "Exit status: 0 when ended by the person, or when nothing is left "
           "to run; 1 usage or configuration error; 2 the machine stopped in "
           "any other way.",
};

static int
fail(const struct machine *m)
{
    fprintf(stderr, "console: %s\n", machine_error(m));
    return STATUS_INPUT;
}

/* What the consoles printed, once more. */
static int
replay(struct machine *m, const struct arguments *a)
{
    struct sheet *sheet = sheet_open(m, stdout);
    struct replay *record;
    int status;

    if (sheet == NULL) {
        fprintf(stderr, "console: no memory\n");
        return STATUS_GUEST;
    }
    record = machine_replay_open(m, a->common.replay);
    status = record == NULL
                 ? fail(m)
                 : options_replay_over(
                       m, "console", sheet,
                       machine_replay_run(record, a->common.limit_insns));
    if (record != NULL)
        machine_replay_close(record);
    sheet_close(sheet);
    return status;
}

static int
run(struct machine *m, const struct arguments *a)
{
    struct session_start start = {.program = "console",
                                  .load_unit = a->common.ipl_devno,
                                  .typed_fd = -1,
                                  .typed_devno = a->line_devno};

    if (a->type != NULL &&
        (start.typed_fd = open(a->type, O_RDONLY | O_CLOEXEC)) < 0) {
        fprintf(stderr, "console: --type %s: %s\n", a->type, strerror(errno));
        return STATUS_INPUT;
    }
    if (machine_ipl(m, a->common.ipl_devno) != 0)
        return fail(m);
    if (!at_terminal(a))
        return line_mode_main(m, a->line_devno, a->type, start.typed_fd,
                              a->common.limit_insns);
    return session_main(m, &start);
}

int
main(int argc, char *argv[])
{
    struct arguments a = {.line_devno = LINE_DEVNO};
    struct machine *m;
    int status;

    argp_err_exit_status = STATUS_INPUT;
    common_options_default(&a.common);
    if (argp_parse(&parser, argc, argv, 0, NULL, &a) != 0)
        return STATUS_INPUT;
    setlocale(LC_CTYPE, "");
    m = options_machine(&a.common, "console");
    if (m == NULL)
        return STATUS_INPUT;
    if (a.common.replay != NULL)
        status = replay(m, &a);
    else if (a.common.record != NULL && machine_record(m, a.common.record) != 0)
        status = fail(m);
    else {
        status = run(m, &a);
        if (machine_record_end(m) != 0) {
            fail(m);
            status = STATUS_GUEST;
        }
    }
    machine_destroy(m);
    return status;
}
