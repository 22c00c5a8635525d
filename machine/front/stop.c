/*
 * stop.c - why a machine stopped, for people and for the exit status
 *
 * Programs that end, and systems that die, load a PSW that waits and admits no
 * interruption; its instruction address is then no address but a code.  Zero
 * means that all is well.
 */
#include "stop.h"

#include <stdio.h>

static uint64_t
psw_of(const struct machine *m)
{
    uint64_t psw = 0;

    machine_get(m, "psw", &psw);
    return psw;
}

static unsigned
wait_code(const struct machine *m)
{
    return (unsigned)(psw_of(m) & 0xFFFFFF);
}

const char *
stop_word(enum machine_stop stop)
{
    switch (stop) {
    case STOP_WAIT:
    case STOP_IDLE:
        return "wait";
    case STOP_CHECK:
        return "check";
    case STOP_BREAK:
        return "break";
    default:
        return "limit";
    }
}

int
stop_status(const struct machine *m, enum machine_stop stop)
{
    return stop == STOP_WAIT && wait_code(m) == 0 ? STATUS_OK : STATUS_GUEST;
}

void
stop_describe(const struct machine *m, enum machine_stop stop, char *buf,
              size_t size)
{
    unsigned long long psw = psw_of(m);
    char where[120], at[140] = "";
    uint32_t raddr;

    switch (stop) {
    case STOP_WAIT:
        snprintf(buf, size, "disabled wait, code X'%06X', PSW %016llX",
                 wait_code(m), psw);
        return;
    case STOP_IDLE:
        snprintf(buf, size,
                 "enabled wait, and nothing is under way that could end it, "
                 "PSW %016llX",
                 psw);
        return;
    default:
        break;
    }
    if (machine_real(m, wait_code(m), &raddr) == 0 &&
        machine_map_where(m, raddr, where, sizeof(where)))
        snprintf(at, sizeof(at), " at %s", where);
    if (stop == STOP_CHECK)
        snprintf(buf, size, "check stop%s, PSW %016llX", at, psw);
    else if (stop == STOP_BREAK)
        snprintf(buf, size, "breakpoint%s, PSW %016llX", at, psw);
    else
        snprintf(buf, size, "instruction limit reached%s, PSW %016llX", at,
                 psw);
}
