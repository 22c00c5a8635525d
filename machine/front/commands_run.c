/*
 * commands_run.c - monitor commands that let the machine work
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "monitor.h"

#include "map.h"

/* The machine runs in pieces of this many instructions, so that a person can
 * stop it: Ctrl-C is a breakpoint wherever the machine is. */
enum { SLICE_INSNS = 2000000 };

static volatile sig_atomic_t interrupted;

static void
on_interrupt(int signal)
{
    (void)signal;
    interrupted = 1;
}

void
monitor_catch_interrupts(void)
{
    struct sigaction act = {.sa_handler = on_interrupt};

    sigaction(SIGINT, &act, NULL);
}

static enum machine_stop
run_slices(struct monitor *mon, uint64_t insns)
{
    enum machine_stop stop = STOP_LIMIT;
    uint64_t until, count = machine_count(mon->m), n;

    until = insns > UINT64_MAX - count ? UINT64_MAX : count + insns;
    if (until > mon->limit_insns)
        until = mon->limit_insns;
    while (count < until && stop == STOP_LIMIT) {
        n = until - count < SLICE_INSNS ? until - count : SLICE_INSNS;
        stop = machine_run(mon->m, n, UINT64_MAX);
        count = machine_count(mon->m);
        if (interrupted && stop == STOP_LIMIT)
            stop = STOP_BREAK;
    }
    return stop;
}

/* Run, and answer why it stopped. */
static void
run_and_tell(struct monitor *mon, uint64_t insns)
{
    uint64_t psw = 0;

    interrupted = 0;
    mon->last_stop = run_slices(mon, insns);
    mon->ran = true;
    if (interrupted)
        putchar('\n'); /* behind the ^C that the terminal shows */
    machine_get(mon->m, "psw", &psw);
    answer(mon, "STOP %s psw=%016llX count=%llu", stop_word(mon->last_stop),
           (unsigned long long)psw, (unsigned long long)machine_count(mon->m));
}

void
cmd_run(struct monitor *mon, const struct words *w)
{
    uint64_t insns = UINT64_MAX;

    if (w->n == 1 || operand_decimal(mon, w->word[1], "the limit", &insns))
        run_and_tell(mon, insns);
}

/* Run to a virtual time, also through waits: what a recorded session needs to
 * give input at the moment at which it was given. */
void
cmd_until(struct monitor *mon, const struct words *w)
{
    enum machine_stop stop = STOP_LIMIT;
    uint64_t ns = 0;

    if (!operand_decimal(mon, w->word[1], "the time", &ns))
        return;
    interrupted = 0;
    while (machine_time(mon->m) < ns && !interrupted &&
           machine_count(mon->m) < mon->limit_insns &&
           (stop == STOP_LIMIT || stop == STOP_DEVICE))
        stop = machine_run(mon->m, SLICE_INSNS, ns);
    mon->last_stop = stop;
    mon->ran = true;
    answer(mon, "TIME %llu count=%llu",
           (unsigned long long)machine_time(mon->m),
           (unsigned long long)machine_count(mon->m));
}

/* ---- tracing ------------------------------------------------------------- */

static void
trace_print(void *ctx, const char *line)
{
    answer(ctx, "%s", line);
}

/* A block: what the instructions did, and the line of `run`. */
void
cmd_step(struct monitor *mon, const struct words *w)
{
    char letters[sizeof(mon->trace) + 1];
    uint64_t insns = 1;

    if (w->n == 2 && !operand_decimal(mon, w->word[1], "the number", &insns))
        return;
    snprintf(letters, sizeof(letters), "%s%s", mon->trace,
             strchr(mon->trace, 'i') == NULL ? "i" : "");
    if (machine_trace(mon->m, letters, trace_print, mon) != 0) {
        complain_machine(mon, w->word[0]);
        return;
    }
    run_and_tell(mon, insns);
    machine_trace(mon->m, mon->trace, trace_print, mon);
    machine_trace_limit(mon->m, mon->trace_from, mon->trace_to,
                        mon->trace_lines);
    answer(mon, "%s", "");
}

int
monitor_trace(struct monitor *mon, const char *letters)
{
    if (strlen(letters) >= sizeof(mon->trace)) {
        complain(mon, letters, "too many letters");
        return -1;
    }
    if (machine_trace(mon->m, letters, trace_print, mon) != 0) {
        complain_machine(mon, letters);
        return -1;
    }
    strcpy(mon->trace, letters);
    mon->trace_from = 0;
    mon->trace_to = UINT32_MAX;
    mon->trace_lines = UINT64_MAX;
    return 0;
}

/* "9D8-A00", or symbols. */
static bool
trace_range(struct monitor *mon, char *word, uint32_t *from, uint32_t *to)
{
    char *dash = strchr(word, '-');
    bool good;

    if (dash == NULL) {
        complain(mon, word, "write FROM-TO, two addresses, or count N");
        return false;
    }
    *dash = '\0';
    good =
        operand_address(mon, word, from) && operand_address(mon, dash + 1, to);
    *dash = '-';
    if (good && *from > *to) {
        complain(mon, word, "the range ends before it begins");
        return false;
    }
    return good;
}

void
cmd_trace(struct monitor *mon, const struct words *w)
{
    bool off = strcmp(w->word[1], "off") == 0;
    uint32_t from = 0, to = UINT32_MAX;
    uint64_t nlines = UINT64_MAX;
    int i;

    for (i = 2; i < w->n; i++) {
        if (strcmp(w->word[i], "count") != 0) {
            if (!trace_range(mon, w->word[i], &from, &to))
                return;
        } else if (i + 1 == w->n) {
            complain(mon, w->word[i], "how many lines? write count N");
            return;
        } else if (!operand_decimal(mon, w->word[++i], "the number of lines",
                                    &nlines)) {
            return;
        } else if (nlines == 0) {
            complain(mon, w->word[i], "at least one line; or write trace off");
            return;
        }
    }
    if (monitor_trace(mon, off ? "" : w->word[1]) != 0)
        return;
    mon->trace_from = from;
    mon->trace_to = to;
    mon->trace_lines = nlines;
    machine_trace_limit(mon->m, from, to, nlines);
    answer(mon, "TRACE %s", w->word[1]);
}

/* ---- the rest ------------------------------------------------------------ */

static bool
is_set(const struct monitor *mon, uint32_t raddr, unsigned *i)
{
    for (*i = 0; *i < mon->nbreaks; ++*i)
        if (mon->breaks[*i] == raddr)
            return true;
    return false;
}

/* `told`: words about the place, or "". */
static void
set_break(struct monitor *mon, const char *word, uint32_t raddr, bool on,
          const char *told)
{
    unsigned i;

    if (is_set(mon, raddr, &i) && !on) {
        machine_break_clear(mon->m, raddr);
        mon->breaks[i] = mon->breaks[--mon->nbreaks];
    } else if (i < mon->nbreaks) {
        ;
    } else if (mon->nbreaks == BREAKS_MAX) {
        complain(mon, word, "%d breakpoints are set already", BREAKS_MAX);
        return;
    } else if (machine_break_set(mon->m, raddr) != 0) {
        complain_machine(mon, word);
        return;
    } else
        mon->breaks[mon->nbreaks++] = raddr;
    answer(mon, "BREAK %06X%s%s", raddr, on ? told : "", on ? "" : " off");
}

/* A function or line may be in several places, and a line without code stands
 * for another one: then the answers tell where.  The same word twice takes the
 * breakpoints away. */
void
cmd_break(struct monitor *mon, const struct words *w)
{
    char text[MAP_ERROR], told[MAP_ERROR] = "";
    uint32_t stops[MAP_STOPS_MAX];
    struct map_source s;
    int n = map_stops(mon->m, w->word[1], stops, text);
    bool moved = map_source(mon->m, w->word[1], &s, told) && s.line != s.code;
    bool on = false;
    unsigned k;

    if (n < 0 && text[0] != '\0')
        complain(mon, w->word[1], "%s", text);
    else if (n < 0 && operand_address(mon, w->word[1], &stops[0]))
        n = 1;
    else if (n == 0) {
        map_replaced_calls(mon->m, w->word[1], text, sizeof(text));
        complain(
            mon, w->word[1],
            "its calls were replaced by what it does, and nothing of it is "
            "left; they were in %s",
            text);
    }
    if (n > BREAKS_MAX) {
        complain(mon, w->word[1],
                 "it is in %d places, and there are %d breakpoints: choose by "
                 "FILE:LINE or address",
                 n, BREAKS_MAX);
        return;
    }
    for (int i = 0; i < n; i++)
        on |= !is_set(mon, stops[i], &k);
    for (int i = 0; i < n; i++) {
        told[0] = '\0';
        if ((n > 1 || moved) &&
            machine_map_where(mon->m, stops[i], text, sizeof(text)))
            snprintf(told, sizeof(told), " %.250s%s", text,
                     moved ? ", the next line that has code" : "");
        set_break(mon, w->word[1], stops[i], on, told);
    }
}

void
cmd_key_external(struct monitor *mon, const struct words *w)
{
    (void)w;
    machine_external_key(mon->m);
    answer(mon, "KEY-EXTERNAL");
}

static void
show_counter(void *ctx, const char *name, uint64_t value)
{
    answer(ctx, "%s %llu", name, (unsigned long long)value);
}

/* `on` and `off` are for instructions by class. */
void
cmd_counters(struct monitor *mon, const struct words *w)
{
    bool on = w->n == 2 && strcmp(w->word[1], "on") == 0;

    if (w->n == 1) {
        machine_counters(mon->m, show_counter, mon);
        answer(mon, "%s", "");
    } else if (!on && strcmp(w->word[1], "off") != 0) {
        complain(mon, w->word[1],
                 "counting instructions by class is on or off");
    } else {
        machine_count_classes(mon->m, on);
        answer(mon, "COUNTERS %s", w->word[1]);
    }
}

void
cmd_quit(struct monitor *mon, const struct words *w)
{
    (void)w;
    mon->quit = true;
}
