/*
 * pace.c - virtual time against the wall clock
 *
 * With a person at a terminal a second of the machine is a second.  From time
 * to time the machine is given the time that has passed meanwhile, in short
 * slices; in between the program sleeps.  When the host is too slow, or slept,
 * the difference is forgotten: virtual time never jumps to catch up.
 *
 * Before a console is opened for input the first time nobody can type, so
 * there is no person to keep pace with: the start of a system, with decks that
 * are read at twenty cards a second, takes only what the host needs for it.
 */
#include <time.h>

#include "console.h"

#define NS_PER_MS UINT64_C(1000000)
#define NS_PER_S UINT64_C(1000000000)
#define SLICE_NS NS_PER_MS /* virtual */
#define HOST_LIMIT_NS (30 * NS_PER_MS)
#define LAG_LIMIT_NS (500 * NS_PER_MS)
#define START_LIMIT_NS (120 * NS_PER_S) /* virtual: it is no start any more */

uint64_t
pace_wall_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * NS_PER_S + (uint64_t)t.tv_nsec;
}

void
pace_init(struct pace *p, const struct machine *m)
{
    p->wall_ns = p->sample_wall_ns = pace_wall_ns();
    p->virtual_ns = machine_time(m);
    p->sample_count = machine_count(m);
    p->insns_per_second = 0;
    p->starting = false;
}

void
pace_start(struct pace *p, const struct machine *m)
{
    pace_init(p, m);
    p->starting = true;
}

/* As fast as the host can, for one turn. */
static enum machine_stop
run_start(struct pace *p, struct machine *m)
{
    uint64_t begin_ns = pace_wall_ns();
    enum machine_stop stop;

    do {
        stop = machine_run(m, UINT64_MAX, machine_time(m) + SLICE_NS);
    } while (stop == STOP_LIMIT && pace_wall_ns() - begin_ns < HOST_LIMIT_NS);
    if (stop != STOP_LIMIT || machine_time(m) > START_LIMIT_NS)
        pace_init(p, m);
    return stop;
}

static void
measure(struct pace *p, const struct machine *m, uint64_t now_ns)
{
    uint64_t passed_ns = now_ns - p->sample_wall_ns;
    uint64_t count = machine_count(m);

    if (passed_ns < NS_PER_S / 2)
        return;
    p->insns_per_second =
        (count - p->sample_count) * 1000 / (passed_ns / NS_PER_MS);
    p->sample_wall_ns = now_ns;
    p->sample_count = count;
}

enum machine_stop
pace_run(struct pace *p, struct machine *m)
{
    uint64_t begin_ns = pace_wall_ns(), now_ns = begin_ns, target_ns, slice_ns;
    enum machine_stop stop = STOP_LIMIT;

    if (p->starting)
        return run_start(p, m);
    target_ns = p->virtual_ns + (begin_ns - p->wall_ns);
    if (target_ns > machine_time(m) + LAG_LIMIT_NS) {
        target_ns = machine_time(m) + LAG_LIMIT_NS;
        p->virtual_ns = target_ns;
        p->wall_ns = begin_ns;
    }
    while (machine_time(m) < target_ns && now_ns - begin_ns < HOST_LIMIT_NS) {
        slice_ns = machine_time(m) + SLICE_NS;
        if (slice_ns > target_ns || stop == STOP_IDLE)
            slice_ns = target_ns;
        stop = machine_run(m, UINT64_MAX, slice_ns);
        if (stop != STOP_LIMIT && stop != STOP_IDLE)
            break;
        now_ns = pace_wall_ns();
    }
    measure(p, m, now_ns);
    return stop;
}
