/*
 * session.c - the machine and the person at its consoles take turns
 *
 * The loop: let the machine catch up with the wall clock, obey the keys that
 * were pressed, draw what has changed, sleep until a key comes or the machine
 * may have something to do.  While the machine only waits for a person the
 * sleep is long and costs nothing.
 */
#define NCURSES_WIDECHAR 1
#include <errno.h>
#include <ncurses.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "console.h"
#include "stop.h"

/* How long to sleep, in milliseconds. */
enum {
    SLEEP_BUSY = 10,
    SLEEP_IDLE = 250,
    SLEEP_STOPPED = 1000,
    DRAW_INTERVAL = 250, /* the status line changes all the time */
};

/* ---- terminals ----------------------------------------------------------- */

struct terminal *
session_terminal(struct session *s)
{
    return &s->terminals[s->current];
}

void
session_select(struct session *s, unsigned index)
{
    if (index >= s->nterminals) {
        s->hint = "there is no terminal on that key";
        beep();
        return;
    }
    s->current = index;
    s->at_panel = false;
    s->terminals[index].news = false;
}

/* ---- running and stopping ------------------------------------------------ */

void
session_run(struct session *s)
{
    s->stopped = false;
    pace_init(&s->pace, s->m);
}

void
session_stop(struct session *s, enum machine_stop stop)
{
    s->stopped = s->dirty = true;
    s->stop = stop;
    s->pace.insns_per_second = 0;
}

bool
session_manual(const struct session *s)
{
    return s->stopped && s->stop != STOP_WAIT && s->stop != STOP_CHECK;
}

/* ---- the terminals' paper ------------------------------------------------ */

static void
print(void *ctx, const char *text, size_t len)
{
    struct terminal *t = ctx;
    struct session *s = t->session;
    unsigned begun = paper_print(&t->paper, text, len);

    if (t->scrolled > 0)
        t->scrolled += begun;
    if (t->scrolled > t->paper.count - 1)
        t->scrolled = t->paper.count - 1;
    if (s->at_panel || t != session_terminal(s))
        t->news = true;
    s->dirty = true;
}

static void
count_console(void *ctx, uint16_t devno, const char *type,
              const char *description)
{
    struct session *s = ctx;

    (void)devno;
    (void)description;
    s->nterminals += strcmp(type, "3215") == 0;
}

static void
add_console(void *ctx, uint16_t devno, const char *type,
            const char *description)
{
    struct session *s = ctx;
    struct terminal *t = &s->terminals[s->nterminals];

    (void)description;
    if (strcmp(type, "3215") != 0)
        return;
    s->nterminals++;
    t->session = s;
    t->devno = devno;
}

/* Every 3215, in address order, becomes a terminal. */
static int
open_terminals(struct session *s, const struct session_start *start)
{
    struct terminal *t;

    machine_devices(s->m, count_console, s);
    if (s->nterminals == 0) {
        if (start->panel)
            return STATUS_OK;
        fprintf(stderr,
                "%s: the configuration has no 3215; add a line such as 0009 "
                "3215\n",
                start->program);
        return STATUS_INPUT;
    }
    s->terminals = calloc(s->nterminals, sizeof(*s->terminals));
    if (s->terminals != NULL) {
        s->nterminals = 0;
        machine_devices(s->m, add_console, s);
        for (t = s->terminals; t < s->terminals + s->nterminals; t++) {
            if (paper_init(&t->paper) != 0)
                break;
            machine_console_listen(s->m, t->devno, print, t);
        }
        if (t == s->terminals + s->nterminals)
            return STATUS_OK;
    }
    fprintf(stderr, "%s: no memory for %u terminals\n", start->program,
            s->nterminals);
    return STATUS_GUEST;
}

static void
close_terminals(struct session *s)
{
    unsigned i;

    for (i = 0; s->terminals != NULL && i < s->nterminals; i++) {
        machine_console_listen(s->m, s->terminals[i].devno, NULL, NULL);
        paper_free(&s->terminals[i].paper);
    }
    free(s->terminals);
}

/* ---- the loop ------------------------------------------------------------ */

/* True when there were any: the machine may have something to do now. */
static bool
obey_keys(struct session *s)
{
    bool any = false;
    wint_t key;
    int kind;

    while (!s->end && (kind = get_wch(&key)) != ERR) {
        key_pressed(s, key, kind == KEY_CODE_YES);
        any = s->dirty = true;
    }
    return any;
}

/* Has a console been opened for input? */
static bool
somebody_may_type(const struct session *s)
{
    unsigned i;

    for (i = 0; i < s->nterminals; i++)
        if (machine_console_waiting(s->m, s->terminals[i].devno))
            return true;
    return false;
}

/* Type the next line that comes before those of the person, if it is read
 * for. */
static void
type_first(struct session *s)
{
    struct terminal *t = s->typed_at;
    char *line;
    size_t len;

    if (t == NULL || !machine_console_waiting(s->m, t->devno))
        return;
    if (line_input_next(&s->typed, true, &line, &len) != LINE_GIVEN) {
        s->typed_at = NULL;
        return;
    }
    if (machine_type(s->m, t->devno, line) == 0)
        return;
    s->hint = "a line of the --type file cannot be typed; the rest is left out";
    s->typed_at = NULL;
}

/* Returns how many milliseconds may pass before the next turn. */
static int
machine_turn(struct session *s)
{
    enum machine_stop stop;

    if (s->stopped)
        return SLEEP_STOPPED;
    type_first(s);
    stop = pace_run(&s->pace, s->m);
    if (s->pace.starting) {
        if (somebody_may_type(s))
            pace_init(&s->pace, s->m);
        return 0;
    }
    if (stop != STOP_LIMIT && stop != STOP_IDLE)
        session_stop(s, stop);
    return stop == STOP_IDLE ? SLEEP_IDLE : SLEEP_BUSY;
}

/* Until a key is pressed, the window changes its size, or the time is over.
 * False: the terminal is gone. */
static bool
sleep_ms(int ms)
{
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    int n = poll(&p, 1, ms);

    return n < 0 ? errno == EINTR
                 : n == 0 || (p.revents & (POLLHUP | POLLERR)) == 0;
}

/* The console at which lines are typed first is the one that is shown. */
static void
prepare_typing(struct session *s, const struct session_start *start)
{
    unsigned i;

    s->typed.fd = start->typed_fd;
    if (start->typed_fd < 0)
        return;
    for (i = 0; i < s->nterminals; i++)
        if (s->terminals[i].devno == start->typed_devno) {
            s->typed_at = &s->terminals[i];
            session_select(s, i);
        }
    if (s->typed_at == NULL)
        s->hint = "there is no such console for the lines of --type";
}

static void
loop(struct session *s)
{
    int ms, since_drawn = DRAW_INTERVAL;

    while (!s->end) {
        ms = machine_turn(s);
        panel_sample(&s->panel, pace_wall_ns());
        if (obey_keys(s))
            ms = 0;
        if (s->end)
            return;
        if (s->dirty || since_drawn >= DRAW_INTERVAL) {
            screen_draw(s);
            s->dirty = false;
            since_drawn = 0;
        }
        since_drawn += ms;
        if (!sleep_ms(ms))
            s->end = true;
    }
}

int
session_main(struct machine *m, const struct session_start *start)
{
    struct session s = {.m = m, .dirty = true, .at_panel = start->panel};
    int status = open_terminals(&s, start);

    if (status == STATUS_OK && screen_open(start->program) != 0)
        status = STATUS_INPUT;
    else if (status == STATUS_OK) {
        panel_init(&s.panel, m);
        s.panel.load_unit = start->load_unit;
        if (start->panel)
            pace_init(&s.pace, m);
        else
            pace_start(&s.pace, m);
        if (start->stopped)
            session_stop(&s, STOP_LIMIT);
        prepare_typing(&s, start);
        loop(&s);
        screen_close();
    }
    close_terminals(&s);
    if (start->typed_fd >= 0)
        close(start->typed_fd);
    free(s.typed.buf);
    return status;
}
