/*
 * console.c - the driver of the 3215 console at 009
 *
 * The console is a typewriter: it prints fifteen characters in the time in
 * which the CPU executes a million instructions.  So nobody waits for it.
 * Lines go into a queue; console_start() begins with the first one and comes
 * back; when io.c reports its end, console_ended() takes the line out and
 * starts the next.  The driver is a little machine of three states, and
 * everything it does happens at a change of state.
 *
 *   IDLE -> PRINTING   a line is in the queue
 *   IDLE -> READING    none is, but a task wants to read
 *   PRINTING, READING -> IDLE   the operation has ended
 *
 * Paper and keyboard are one device: while it waits for a line to be typed
 * nothing is printed.
 */
#include "drivers.h"

#include <s370/ccw.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "task.h"

enum { LINES = 16, FOR_TASKS = 12 }; /* the rest is for the kernel */

struct line {
    uint32_t len;
    bool ended; /* with '\n': return the carrier */
    char text[LINE_BYTES];
};

/* A ring: the line at `first` is printed next, or being printed. */
static struct line queue[LINES];
static uint32_t first, queued;

static enum { IDLE, PRINTING, READING } state;
static struct ccw program; /* the channel program: always one CCW */

/* What was typed stays here until a task takes it. */
static char input[LINE_BYTES];
static int input_len; /* -1: it was cancelled */
static bool held;

/* ---- starting ------------------------------------------------------------ */

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
        program =
            CCW_MAKE(line->ended ? CCW_CONSOLE_WRITE_CR : CCW_CONSOLE_WRITE,
                     line->text, CCW_SLI, line->len);
    } else if (somebody_reads()) {
        state = READING;
        program = CCW_MAKE(CCW_CONSOLE_READ, input, CCW_SLI, sizeof(input));
    } else {
        return;
    }
    io_begin(&console_device, &program);
}

/* ---- ending -------------------------------------------------------------- */

/* A line is there; len < 0: it was cancelled.  Who asks first gets it. */
static void
deliver(int len)
{
    input_len = len;
    held = true;
    task_wake_retry(TASK_READING);
}

/* The cancel key (unit exception) is no error of the device.  A refused
 * command would be refused again. */
static enum io_verdict
console_judge(struct io_device *d)
{
    if (!(d->end.unit & CSW_UNIT_CHECK))
        return d->end.channel & CHANNEL_ERRORS ? IO_FAILED : IO_DONE;
    if (d->sense[0] & SENSE_INTERVENTION)
        return IO_OPERATOR;
    return d->sense[0] & SENSE_COMMAND_REJECT ? IO_FAILED : IO_AGAIN;
}

static void
console_ended(struct io_device *d, bool failed)
{
    /* LAB 2 BEGIN - about 13 lines: the line that was read, or printed */
    int len = (int)(sizeof(input) - d->end.count);

    if (d->end.stopped == NULL) /* no console: nobody could tell us anything */
        s370_stop(0xEE09);
    if (state == READING)
        deliver(failed || d->end.unit & CSW_UNIT_EXCEPTION ? -1 : len);
    if (state == PRINTING) {
        first = (first + 1) % LINES;
        queued--;
        task_wake_retry(TASK_WRITING);
    }
    state = IDLE;
    console_start();
    /* LAB 2 END */
}

struct io_device console_device = {
    .address = 0x009,
    .sense_bytes = 1,
    .judge = console_judge,
    .ended = console_ended,
    .attention = operator_attention,
};

/* ---- for the rest of the kernel ------------------------------------------ */

/* Queue a line if fewer than `limit` are queued: how much was taken. */
static int
put(const char *text, size_t len, uint32_t limit)
{
    struct line *line = &queue[(first + queued) % LINES];
    const char *end;

    if (len == 0 || queued >= limit)
        return 0;
    if (len > LINE_BYTES)
        len = LINE_BYTES;
    end = memchr(text, '\n', len);
    line->ended = end != NULL && end != text;
    line->len = line->ended ? (uint32_t)(end - text) : len;
    if (end == text) /* a CCW moves at least one character: '\n' itself */
        line->len = 1;
    memcpy(line->text, text, line->len);
    queued++;
    len = line->len + line->ended; /* the line may be gone after this: */
    console_start();
    return (int)len;
}

int
console_put(const char *text, size_t len)
{
    int taken = put(text, len, FOR_TASKS);

    return taken == 0 && len > 0 ? task_block(TASK_WRITING) : taken;
}

int
console_take(char *line)
{
    if (!held) {
        task_block(TASK_READING);
        console_start();
        return BLOCKED;
    }
    held = false;
    if (input_len > 0)
        memcpy(line, input, (size_t)input_len);
    return input_len;
}

void
kernel_print(const char *format, ...)
{
    char text[LINE_BYTES + 1];
    va_list ap;

    va_start(ap, format);
    vsnprintf(text, sizeof(text), format, ap);
    va_end(ap);
    put(text, strlen(text), LINES);
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
        else if (task[n].state == TASK_CARD)
            task_wake(&task[n], -2);
}
