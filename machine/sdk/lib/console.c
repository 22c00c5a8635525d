/*
 * console.c - the 3215 at 009 for programs that have no driver
 * (s370/console.h)
 *
 * Every operation is started and waited for (console_wait.asm), so there is
 * never more than one.  The program must run in the BC mode, disabled; what
 * interrupts meanwhile from other devices of channel 0 is lost.
 */
#include <s370/ccw.h>
#include <s370/console.h>
#include <s370/insn.h>
#include <s370/lowcore.h>
#include <string.h>

#define CONSOLE 0x009

int __console_wait(void);

/* Run one CCW.  Returns its unit status, or -1 when the console is not there;
 * *residual is the count that was not transferred. */
static int
run(uint8_t code, const char *data, size_t len, uint32_t *residual)
{
    struct lowcore *low = LOWCORE;
    static struct ccw ccw;
    int unit = 0;

    ccw = CCW_MAKE(code, data, CCW_SLI, len);
    for (;;) {
        low->caw = (uint32_t)&ccw;
        switch (s370_sio(CONSOLE)) {
        case 0:
            break;
        case 1: /* status from before stood in the way and is gone now */
            if (low->csw.unit & CSW_BUSY)
                continue;
            return low->csw.unit;
        case 2:
            __console_wait();
            continue;
        default:
            return -1;
        }
        break;
    }
    while ((unit & (CSW_DEVICE_END | CSW_UNIT_CHECK)) == 0) {
        if (__console_wait() != CONSOLE)
            continue;
        unit |= low->csw.unit;
        if (low->csw.unit & CSW_CHANNEL_END)
            *residual = low->csw.count;
    }
    return unit;
}

/* One command; after a unit check fetch the sense byte, which clears it. */
static int
command(uint8_t code, const char *data, size_t len, uint32_t *residual)
{
    static char sense[1];
    uint32_t ignored;
    int unit = run(code, data, len, residual);

    if (unit < 0 || !(unit & CSW_UNIT_CHECK))
        return unit;
    run(CCW_SENSE, sense, sizeof(sense), &ignored);
    return -1;
}

/* A line is written and the carrier returned; an empty one is just the
 * new-line character, since a CCW moves at least one. */
void
console_write(const char *text, size_t len)
{
    uint32_t residual;

    while (len > 0) {
        const char *end = memchr(text, '\n', len);
        size_t part = end != NULL ? (size_t)(end - text) : len;

        if (part == 0)
            command(CCW_CONSOLE_WRITE, "\n", 1, &residual);
        else
            command(end != NULL ? CCW_CONSOLE_WRITE_CR : CCW_CONSOLE_WRITE,
                    text, part, &residual);
        part += end != NULL;
        text += part;
        len -= part;
    }
}

int
console_read(char *buf, size_t size)
{
    uint32_t residual = (uint32_t)size - 1;
    int unit = command(CCW_CONSOLE_READ, buf, size - 1, &residual);
    size_t len = size - 1 - residual;

    if (unit < 0 || unit & CSW_UNIT_EXCEPTION)
        return -1;
    buf[len] = 0;
    return (int)len;
}
