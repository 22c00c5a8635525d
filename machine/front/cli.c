/*
 * cli.c - the program `machine`: a System/370 from the command line
 *
 * It makes a machine, IPLs it if told so, and then either takes commands
 * (--monitor) or lets it run to its end.  The consoles print on standard
 * output; trace and messages go to standard error.  With the monitor
 * everything is on standard output, in order.
 *
 * Exit status: 0 after a disabled wait with code 0 or the monitor's `quit`,
 * 1 when the command line or a file is wrong, 2 when the guest stopped in any
 * other way.
 */
#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "monitor.h"

enum { OPT_STORAGE = 256, OPT_IPL, OPT_MONITOR, OPT_LIMIT, OPT_TRACE };

struct arguments {
    const char *config;
    const char *script;
    const char *trace;
    uint32_t storage_bytes; /* 0: as the configuration says */
    bool ipl;
    uint16_t ipl_devno;
    uint64_t limit_insns;
};

static const struct argp_option options[] = {
    {"config", 'f', "CONFIG", 0, "Take the machine's description from CONFIG",
     0},
    {"storage", OPT_STORAGE, "SIZE", 0, "Size of storage: 64K to 16M", 0},
    {"ipl", OPT_IPL, "ADDR", 0, "IPL from device ADDR (hexadecimal)", 0},
    {"monitor", OPT_MONITOR, "SCRIPT", 0,
     "Execute the monitor commands in SCRIPT; -: standard input", 0},
    {"max-instructions", OPT_LIMIT, "N", 0,
     "Stop after N instructions (decimal)", 0},
    {"trace", OPT_TRACE, "LETTERS", 0,
     "Trace: i instructions, x interruptions, o I/O instructions, c channel "
     "programs",
     0},
    {0},
};

static error_t
parse_option(int key, char *arg, struct argp_state *state)
{
    struct arguments *a = state->input;
    uint64_t value;

    switch (key) {
    case 'f':
        a->config = arg;
        return 0;
    case OPT_STORAGE:
        if (!word_size(arg, &a->storage_bytes) || a->storage_bytes == 0)
            argp_error(state, "--storage %s: not a size; write 16M or 512K",
                       arg);
        return 0;
    case OPT_IPL:
        if (!word_number(arg, 16, 0xFFFF, &value))
            argp_error(state,
                       "--ipl %s: not a device address; write hexadecimal "
                       "digits, as in --ipl 00C",
                       arg);
        a->ipl = true;
        a->ipl_devno = (uint16_t)value;
        return 0;
    case OPT_MONITOR:
        a->script = arg;
        return 0;
    case OPT_LIMIT:
        if (!word_number(arg, 10, UINT64_MAX, &a->limit_insns))
            argp_error(state, "--max-instructions %s: not a decimal number",
                       arg);
        return 0;
    case OPT_TRACE:
        a->trace = arg;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "%s: unexpected; files and addresses follow options",
                   arg);
        return 0;
    case ARGP_KEY_END:
        if (!a->ipl && a->script == NULL)
            argp_error(state, "nothing to do: give --ipl ADDR, or --monitor - "
                              "for commands");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp parser = {
    .options = options,
    .parser = parse_option,
    .doc = "A simulated System/370.\v"
           "Exit status: 0 after a disabled wait with code 0 or the monitor's "
           "quit; 1 usage or configuration error; 2 any other guest stop.",
};

static struct machine *
make_machine(const struct arguments *a)
{
    struct machine_options opt;
    struct machine *m;
    char err[500];

    machine_options_default(&opt);
    if (a->config != NULL) {
        m = machine_from_file(a->config, &opt, a->storage_bytes, err,
                              sizeof(err));
    } else {
        if (a->storage_bytes != 0)
            opt.storage_bytes = a->storage_bytes;
        m = machine_create(&opt, err, sizeof(err));
    }
    if (m == NULL)
        fprintf(stderr, "machine: %s\n", err);
    return m;
}

static int
fail(const struct machine *m)
{
    fprintf(stderr, "machine: %s\n", machine_error(m));
    return STATUS_INPUT;
}

static void
trace_print(void *ctx, const char *line)
{
    (void)ctx;
    fprintf(stderr, "%s\n", line);
}

/* Run to the end and say what it was. */
static int
run(struct machine *m, const struct arguments *a, struct sheet *sheet)
{
    enum machine_stop stop;
    char why[300];
    int status;

    if (a->trace != NULL && machine_trace(m, a->trace, trace_print, NULL) != 0)
        return fail(m);
    if (machine_ipl(m, a->ipl_devno) != 0)
        return fail(m);
    stop = machine_run(m, a->limit_insns, UINT64_MAX);
    status = stop_status(m, stop);
    sheet_new_line(sheet);
    fflush(stdout);
    if (status != STATUS_OK) {
        stop_describe(m, stop, why, sizeof(why));
        fprintf(stderr, "machine: %s\n", why);
    }
    return status;
}

static int
take_commands(struct machine *m, const struct arguments *a, struct sheet *sheet)
{
    struct monitor mon = {
        .m = m, .sheet = sheet, .limit_insns = a->limit_insns};

    if (a->trace != NULL && monitor_trace(&mon, a->trace) != 0)
        return STATUS_INPUT;
    if (a->ipl && machine_ipl(m, a->ipl_devno) != 0)
        return fail(m);
    return monitor_main(&mon, a->script);
}

int
main(int argc, char *argv[])
{
    struct arguments a = {.limit_insns = UINT64_MAX};
    struct machine *m;
    struct sheet *sheet;
    int status = STATUS_INPUT;

    argp_err_exit_status = STATUS_INPUT;
    if (argp_parse(&parser, argc, argv, 0, NULL, &a) != 0)
        return STATUS_INPUT;
    m = make_machine(&a);
    if (m == NULL)
        return STATUS_INPUT;
    sheet = sheet_open(m, stdout);
    if (sheet == NULL)
        fprintf(stderr, "machine: no memory\n");
    else if (a.script != NULL)
        status = take_commands(m, &a, sheet);
    else
        status = run(m, &a, sheet);
    sheet_close(sheet);
    machine_destroy(m);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "machine: standard output cannot be written\n");
        return STATUS_GUEST;
    }
    return status;
}
