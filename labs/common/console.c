/*
 * console.c - the driver of the 3215 console at 009
 *
 * The console is a typewriter: it prints fifteen characters in the time in
 * which the CPU executes a million instructions.  So nobody waits for it.
 * Lines go into a queue; console_start() hands the first one to the device and
 * comes back; the I/O interruption that reports its end takes the line out
 * and starts the next.  The driver is a little machine of four states, and
 * everything it does happens at a change of state.
 *
 *   IDLE -> PRINTING   a line is in the queue
 *   IDLE -> READING    none is, but a task wants to read
 *   PRINTING, READING -> IDLE   device end
 *   PRINTING, READING -> SENSING -> IDLE   unit check: the sense byte is
 *                      fetched, which the device insists on
 *
 * Paper and keyboard are one device: while it waits for a line to be typed
 * nothing is printed.
 */
#include "console.h"

#include <s370/ccw.h>
#include <s370/insn.h>
#include <s370/lowcore.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "task.h"

enum { CONSOLE = 0x009, LINES = 16, LINE_BYTES = 120 };

struct line {
    uint32_t len;
    bool ended; /* with '\n': return the carrier */
    char text[LINE_BYTES];
};

/* A ring: the line at `first` is printed next, or being printed. */
static struct line queue[LINES];
static uint32_t first, queued;

static enum { IDLE, PRINTING, READING, SENSING } state;
static struct ccw program; /* the channel program: always one CCW */
static char input[LINE_BYTES];
static char sense[1];
static uint32_t residual; /* characters that a read left room for */

/* ---- starting ------------------------------------------------------------ */

static void console_end(uint8_t unit);

/*
 * START I/O.  Condition code 0: the device works, an interruption will tell
 * the end.  1: there is a CSW instead.  Either status from before was still
 * pending (perhaps the operator's attention): it is cleared now, so we try
 * again; or our operation has ended at once.  2: busy, for a moment.
 */
static void
console_sio(uint8_t command, char *data, uint32_t len)
{
    program = CCW_MAKE(command, data, CCW_SLI, len);
    for (;;) {
        LOWCORE->caw = (uint32_t)&program;
        switch (s370_sio(CONSOLE)) {
        case 0:
            return;
        case 1:
            if (!(LOWCORE->csw.unit & CSW_BUSY)) {
                console_end(LOWCORE->csw.unit);
                return;
            }
            if (LOWCORE->csw.unit & CSW_ATTENTION)
                operator_attention();
            break;
        case 2:
            break;
        default: /* no console: nobody could tell us anything */
            s370_stop(0xEE09);
        }
    }
}

static bool
somebody_reads(void)
{
    for (int n = 0; n < TASKS; n++)
        if (task[n].state == TASK_READING)
            return true;
    return false;
}

/* Begin what is to be done next, if the device is free. */
static void
console_start(void)
{
    struct line *line = &queue[first];

    if (state != IDLE)
        return;
    if (queued > 0) {
        state = PRINTING;
        if (line->len == 0) /* a CCW moves at least one character */
            console_sio(CCW_CONSOLE_WRITE, "\n", 1);
        else
            console_sio(line->ended ? CCW_CONSOLE_WRITE_CR : CCW_CONSOLE_WRITE,
                        line->text, line->len);
    } else if (somebody_reads()) {
        state = READING;
        console_sio(CCW_CONSOLE_READ, input, sizeof(input));
    }
}

/* ---- ending -------------------------------------------------------------- */

/* Give the line to the first task that reads.  Its buffer was checked when it
 * asked (svc.c). */
static void
deliver(int len)
{
    for (int n = 0; n < TASKS; n++) {
        struct task *t = &task[n];

        if (t->state != TASK_READING)
            continue;
        if (len > (int)t->frame.gr[1])
            len = (int)t->frame.gr[1];
        if (len > 0)
            memcpy((char *)t->frame.gr[0], input, (size_t)len);
        task_wake(t, len);
        return;
    }
}

/* The operation under way has ended with this unit status. */
static void
console_end(uint8_t unit)
{
    int len = (int)(sizeof(input) - residual);
    bool failed = unit & (CSW_UNIT_CHECK | CSW_UNIT_EXCEPTION);

    if (state == READING)
        deliver(failed ? -1 : len);
    if (state == PRINTING) {
        first = (first + 1) % LINES;
        queued--;
        task_wake_retry(TASK_WRITING);
    }
    if (unit & CSW_UNIT_CHECK && state != SENSING) {
        state = SENSING;
        console_sio(CCW_SENSE, sense, sizeof(sense));
        return;
    }
    state = IDLE;
    console_start();
}

/* Attention is the device's own idea and can come at any time but while it
 * works. */
void
io_interruption(void)
{
    uint32_t device = interruption_code(LOWCORE->io_address);
    uint8_t unit = LOWCORE->csw.unit;

    if (current != NULL)
        current->frame = saved;
    if (device == CONSOLE) {
        if (unit & CSW_ATTENTION)
            operator_attention();
        if (unit & CSW_CHANNEL_END)
            residual = LOWCORE->csw.count;
        if (unit & (CSW_DEVICE_END | CSW_UNIT_CHECK) && state != IDLE)
            console_end(unit);
    }
    dispatch(false);
}

/* ---- for the rest of the kernel ------------------------------------------ */

int
console_put(const char *text, size_t len)
{
    struct line *line = &queue[(first + queued) % LINES];
    const char *end;

    if (len == 0 || queued == LINES)
        return 0;
    if (len > LINE_BYTES)
        len = LINE_BYTES;
    end = memchr(text, '\n', len);
    line->ended = end != NULL;
    line->len = end != NULL ? (uint32_t)(end - text) : len;
    memcpy(line->text, text, line->len);
    queued++;
    len = line->len + line->ended; /* the line may be gone after this: */
    console_start();
    return (int)len;
}

void
kernel_print(const char *format, ...)
{
    char text[LINE_BYTES + 1];
    va_list ap;

    va_start(ap, format);
    vsnprintf(text, sizeof(text), format, ap);
    va_end(ap);
    console_put(text, strlen(text));
}

void
console_ask(void)
{
    console_start();
}

bool
console_empty(void)
{
    return queued == 0;
}

void
operator_attention(void)
{
    for (int n = 0; n < TASKS; n++)
        if (task[n].state == TASK_WAITING)
            task_wake(&task[n], -1);
}
