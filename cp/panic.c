/*
 * panic.c - CP cannot go on (compare DMKDMP)
 *
 * The message goes straight to the operator's console, without queue or
 * interruptions, as far as that is possible; then the machine stops in a
 * disabled wait.  The storage is left as it was, for a dump.
 */
#include <s370/ccw.h>
#include <s370/insn.h>
#include <s370/lowcore.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "console.h"
#include "entry.h"

#define WAIT_PANIC 0x0CF001u
#define TRIES 1000000 /* tests of a device before it is given up */

/* Wait until the device has nothing under way; false: it is not there. */
static bool
device_drain(uint32_t addr)
{
    int tries, cc;

    for (tries = 0; tries < TRIES; tries++) {
        cc = s370_tio(addr);
        if (cc == 0 || cc == 3)
            return cc == 0;
    }
    return false;
}

static void
console_line(uint32_t addr, const char *text)
{
    static struct ccw ccw;
    int tries;

    s370_hio(addr); /* a read may be under way that nobody would end */
    if (!device_drain(addr))
        return;
    ccw = CCW_MAKE(CCW_CONSOLE_WRITE_CR, text, CCW_SLI, strlen(text));
    for (tries = 0; tries < 3; tries++) {
        LOWCORE->caw = (uint32_t)&ccw;
        if (s370_sio(addr) == 0)
            break;
    }
    device_drain(addr);
}

void
panic(const char *format, ...)
{
    static char text[256];
    static bool again;
    va_list args;
    int len;

    s370_stnsm(0);
    if (again)
        s370_stop(WAIT_PANIC);
    again = true;
    len = snprintf(text, sizeof text, "CP PANIC: ");
    va_start(args, format);
    vsnprintf(text + len, sizeof text - (size_t)len, format, args);
    va_end(args);
    console_line(0x009, text);
    s370_stop(WAIT_PANIC);
}
