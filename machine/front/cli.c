/*
 * cli.c - the program `machine`: a System/370 from the command line
 *
 * It makes a machine, IPLs it if told so, and then takes commands (--monitor),
 * shows the panel (--panel), or lets it run to its end.  The consoles print on
 * standard output; trace and messages go to standard error.  With the monitor
 * everything is on standard output, in order.
 *
 * --record keeps every input of the run in a file; --replay repeats such a run
 * on copies of the media, with whatever was typed then.
 *
 * Exit status: 0 after a disabled wait with code 0 or the monitor's `quit`,
 * 1 when the command line or a file is wrong, 2 when the guest stopped in any
 * other way.
 */
#include <argp.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "console.h"
#include "monitor.h"

enum {
    OPT_STORAGE = 256,
    OPT_IPL,
    OPT_MONITOR,
    OPT_LIMIT,
    OPT_TRACE,
    OPT_PANEL,
    OPT_RECORD,
    OPT_REPLAY,
    OPT_UNTIL,
    OPT_MAP,
};

struct arguments {
    const char *config;
    const char *script;
    const char *trace;
    const char *map;
    bool panel;
    const char *record;
    const char *replay;
    uint64_t until;         /* of the replay: UINT64_MAX: to its end */
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
    {"panel", OPT_PANEL, NULL, 0,
     "Show the operator's panel and the consoles, at a terminal", 0},
    {"max-instructions", OPT_LIMIT, "N", 0,
     "Stop after N instructions (decimal)", 0},
    {"trace", OPT_TRACE, "LETTERS", 0,
     "Trace: i instructions, x interruptions, o I/O instructions, c channel "
     "programs, d address translation, k storage keys, t clocks",
     0},
    {"record", OPT_RECORD, "FILE", 0, "Record every input of the run in FILE",
     0},
    {"replay", OPT_REPLAY, "FILE", 0,
     "Repeat the run that was recorded in FILE; all files of the machine are "
     "left alone",
     0},
    {"until", OPT_UNTIL, "N", 0,
     "Replay to instruction N (decimal), then take commands", 0},
    {"map", OPT_MAP, "FILE", 0,
     "Show names and lines of C from FILE, the map of an image at 0", 0},
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
    case OPT_MAP:
        a->map = arg;
        return 0;
    case OPT_PANEL:
        a->panel = true;
        return 0;
    case OPT_LIMIT:
        if (!word_number(arg, 10, UINT64_MAX, &a->limit_insns))
            argp_error(state, "--max-instructions %s: not a decimal number",
                       arg);
        return 0;
    case OPT_TRACE:
        a->trace = arg;
        return 0;
    case OPT_RECORD:
        a->record = arg;
        return 0;
    case OPT_REPLAY:
        a->replay = arg;
        return 0;
    case OPT_UNTIL:
        if (!word_number(arg, 10, UINT64_MAX, &a->until))
            argp_error(state, "--until %s: not a decimal number", arg);
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "%s: unexpected; files and addresses follow options",
                   arg);
        return 0;
    case ARGP_KEY_END:
        if (a->replay != NULL && (a->ipl || a->record != NULL))
            argp_error(state, "--replay: the record has the IPL and all other "
                              "input; leave --ipl and --record away");
        if (a->replay == NULL && a->until != UINT64_MAX)
            argp_error(state, "--until: it ends a replay; give --replay FILE");
        if (a->panel && (a->script != NULL || a->trace != NULL ||
                         a->replay != NULL || a->limit_insns != UINT64_MAX))
            argp_error(state, "--panel: it runs the machine itself; leave "
                              "--monitor, --trace, --replay and "
                              "--max-instructions away");
        if (!a->ipl && a->script == NULL && a->replay == NULL && !a->panel)
            argp_error(state, "nothing to do: give --ipl ADDR, or --monitor - "
                              "for commands, or --panel, or --replay FILE");
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
    opt.private_media = a->replay != NULL;
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

/* Without a monitor: the end of a replay, in words. */
static int
replay_over(struct machine *m, struct sheet *sheet, enum replay_end end)
{
    sheet_new_line(sheet);
    fflush(stdout);
    if (end == REPLAY_DIVERGED || end == REPLAY_DAMAGED) {
        fprintf(stderr, "machine: replay: %s\n", machine_error(m));
        return end == REPLAY_DIVERGED ? STATUS_GUEST : STATUS_INPUT;
    }
    fprintf(stderr,
            "machine: replay: %s %llu instructions, state hash %016llX\n",
            end == REPLAY_COMPLETE
                ? "as recorded:"
                : "the record was cut off, and is right up to there:",
            (unsigned long long)machine_count(m),
            (unsigned long long)machine_hash(m));
    return STATUS_OK;
}

/* Replay to the end and say what it was; with --until, or a script, the
 * monitor goes on from there. */
static int
replay(struct machine *m, const struct arguments *a, struct sheet *sheet)
{
    struct monitor mon = {
        .m = m, .sheet = sheet, .limit_insns = a->limit_insns};
    bool commands = a->script != NULL || a->until != UINT64_MAX;
    enum replay_end end;
    int status = STATUS_OK;

    mon.replay = machine_replay_open(m, a->replay);
    if (mon.replay == NULL)
        return fail(m);
    if (a->trace != NULL &&
        (commands ? monitor_trace(&mon, a->trace)
                  : machine_trace(m, a->trace, trace_print, NULL)) != 0) {
        status = commands ? STATUS_INPUT : fail(m);
    } else {
        end = machine_replay_run(mon.replay, a->until);
        if (commands) {
            monitor_replay_answer(&mon, end);
            status = monitor_main(&mon, a->script == NULL ? "-" : a->script);
        } else {
            status = replay_over(m, sheet, end);
        }
    }
    machine_replay_close(mon.replay);
    return status;
}

/* With IPL done, the machine runs; otherwise it is for the person to begin. */
static int
show_panel(struct machine *m, const struct arguments *a)
{
    const struct session_start start = {.program = "machine",
                                        .typed_fd = -1,
                                        .panel = true,
                                        .stopped = !a->ipl,
                                        .load_unit = a->ipl_devno};

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        fprintf(stderr, "machine: --panel needs a terminal as standard input "
                        "and output; --monitor - does without\n");
        return STATUS_INPUT;
    }
    if (a->ipl && machine_ipl(m, a->ipl_devno) != 0)
        return fail(m);
    return session_main(m, &start);
}

static int
work(struct machine *m, const struct arguments *a, struct sheet *sheet)
{
    int status;

    if (a->map != NULL && machine_map_load(m, a->map, 0) != 0)
        return fail(m);
    if (a->replay != NULL)
        return replay(m, a, sheet);
    if (a->record != NULL && machine_record(m, a->record) != 0)
        return fail(m);
    if (a->panel)
        status = show_panel(m, a);
    else if (a->script != NULL)
        status = take_commands(m, a, sheet);
    else
        status = run(m, a, sheet);
    if (machine_record_end(m) != 0 && status == STATUS_OK)
        return fail(m);
    return status;
}

int
main(int argc, char *argv[])
{
    struct arguments a = {.limit_insns = UINT64_MAX, .until = UINT64_MAX};
    struct machine *m;
    struct sheet *sheet;
    int status = STATUS_INPUT;

    argp_err_exit_status = STATUS_INPUT;
    if (argp_parse(&parser, argc, argv, 0, NULL, &a) != 0)
        return STATUS_INPUT;
    setlocale(LC_CTYPE, "");
    m = make_machine(&a);
    if (m == NULL)
        return STATUS_INPUT;
    sheet = sheet_open(m, stdout);
    if (sheet == NULL)
        fprintf(stderr, "machine: no memory\n");
    else
        status = work(m, &a, sheet);
    sheet_close(sheet);
    machine_destroy(m);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "machine: standard output cannot be written\n");
        return STATUS_GUEST;
    }
    return status;
}
