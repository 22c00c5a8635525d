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
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "console.h"
#include "monitor.h"
#include "options.h"

enum { SCRIPTS_MAX = 8 };
enum { OPT_MONITOR = 256, OPT_TRACE, OPT_PANEL, OPT_UNTIL };

struct arguments {
    struct common_options common;
    const char *script[SCRIPTS_MAX]; /* monitor commands: taken in this order */
    int nscripts;
    const char *trace;
    bool panel;
    uint64_t until; /* of the replay: UINT64_MAX: to its end */
};

static const struct argp_option options[] = {
    {"monitor", OPT_MONITOR, "SCRIPT", 0,
     "Execute the monitor commands in SCRIPT; -: standard input.  Given again: "
     "then those",
     0},
    {"panel", OPT_PANEL, NULL, 0,
     "Show the operator's panel and the consoles, at a terminal", 0},
    {"trace", OPT_TRACE, "LETTERS", 0,
     "Trace: i instructions, x interruptions, o I/O instructions, c channel "
     "programs, d address translation, k storage keys, t clocks",
     0},
    {"until", OPT_UNTIL, "N", 0,
     "Replay to instruction N (decimal), then take commands", 0},
    {0},
};

static const struct argp_child children[] = {{&common_options, 0, NULL, 0},
                                             {0}};

static error_t
parse_option(int key, char *arg, struct argp_state *state)
{
    struct arguments *a = state->input;
    const struct common_options *o = &a->common;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &a->common;
        return 0;
    case OPT_MONITOR:
        if (a->nscripts == SCRIPTS_MAX)
            argp_error(state, "--monitor: at most %d scripts", SCRIPTS_MAX);
        a->script[a->nscripts++] = arg;
        return 0;
    case OPT_PANEL:
        a->panel = true;
        return 0;
    case OPT_TRACE:
        a->trace = arg;
        return 0;
    case OPT_UNTIL:
        if (!word_number(arg, 10, UINT64_MAX, &a->until))
            argp_error(state, "--until %s: not a decimal number", arg);
        return 0;
    case ARGP_KEY_END:
        if (o->replay == NULL && a->until != UINT64_MAX)
            argp_error(state, "--until: it ends a replay; give --replay FILE");
        if (a->panel && (a->nscripts > 0 || a->trace != NULL ||
                         o->replay != NULL || o->limit_insns != UINT64_MAX))
            argp_error(state, "--panel: it runs the machine itself; leave "
                              "--monitor, --trace, --replay and "
                              "--max-instructions away");
        if (!o->ipl && a->nscripts == 0 && o->replay == NULL && !a->panel)
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
    .children = children,
    .doc = "A simulated System/370.\v"
           "Exit status: 0 after a disabled wait with code 0 or the monitor's "
           "quit; 1 usage or configuration error; 2 any other guest stop.",
};

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
    if (machine_ipl(m, a->common.ipl_devno) != 0)
        return fail(m);
    stop = machine_run(m, a->common.limit_insns, UINT64_MAX);
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
        .m = m, .sheet = sheet, .limit_insns = a->common.limit_insns};

    if (a->trace != NULL && monitor_trace(&mon, a->trace) != 0)
        return STATUS_INPUT;
    if (a->common.ipl && machine_ipl(m, a->common.ipl_devno) != 0)
        return fail(m);
    return monitor_main(&mon, a->script, a->nscripts);
}

/* Replay to the end and say what it was; with --until, or a script, the
 * monitor goes on from there. */
static int
replay(struct machine *m, const struct arguments *a, struct sheet *sheet)
{
    struct monitor mon = {
        .m = m, .sheet = sheet, .limit_insns = a->common.limit_insns};
    bool commands = a->nscripts > 0 || a->until != UINT64_MAX;
    enum replay_end end;
    int status = STATUS_OK;

    mon.replay = machine_replay_open(m, a->common.replay);
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
            status = a->nscripts > 0
                         ? monitor_main(&mon, a->script, a->nscripts)
                         : monitor_main(&mon, (const char *[]){"-"}, 1);
        } else {
            status = options_replay_over(m, "machine", sheet, end);
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
                                        .stopped = !a->common.ipl,
                                        .load_unit = a->common.ipl_devno};

    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        fprintf(stderr, "machine: --panel needs a terminal as standard input "
                        "and output; --monitor - does without\n");
        return STATUS_INPUT;
    }
    if (a->common.ipl && machine_ipl(m, a->common.ipl_devno) != 0)
        return fail(m);
    return session_main(m, &start);
}

static int
work(struct machine *m, const struct arguments *a, struct sheet *sheet)
{
    int status;

    if (a->common.replay != NULL)
        return replay(m, a, sheet);
    if (a->common.record != NULL && machine_record(m, a->common.record) != 0)
        return fail(m);
    if (a->panel)
        status = show_panel(m, a);
    else if (a->nscripts > 0)
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
    struct arguments a = {.until = UINT64_MAX};
    struct machine *m;
    struct sheet *sheet;
    int status = STATUS_INPUT;

    argp_err_exit_status = STATUS_INPUT;
    common_options_default(&a.common);
    if (argp_parse(&parser, argc, argv, 0, NULL, &a) != 0)
        return STATUS_INPUT;
    setlocale(LC_CTYPE, "");
    m = options_machine(&a.common, "machine");
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
