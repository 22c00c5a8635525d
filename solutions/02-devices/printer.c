/*
 * printer.c - the driver of the 1403 printer at 00E
 *
 * Lines wait in a ring; the one at `first` is printed, or being printed.  The
 * channel program of a line:
 *
 *   0  SPACE 1, 2, 3 or SKIP TO CHANNEL   left out for '+'
 *   1  WRITE                              without moving the paper after it
 *
 * The paper moves when 0 is done, so that must never be done twice: after an
 * error the program goes on where it stopped.
 *
 * The carriage tape tells where on the page the paper stands.  When spacing
 * comes to channel 12, near the end of the page, the printer says so by unit
 * exception; the next line then begins a new page, whatever it wanted.
 *
 * Source: GA24-3312 (2821), "1403 Printer".
 */
#include "drivers.h"

#include <string.h>

#include "task.h"

enum {
    LINES = 8,
    MOTION = 0x03, /* the command's last bits: move only; before them are the */
    SKIP = 0x80,   /* lines to space, or with this bit the channel */
};

static struct line {
    uint8_t motion; /* the command; 0: none */
    uint32_t len;
    char text[PRINT_COLUMNS];
} queue[LINES];
static uint32_t first, queued;

static struct ccw program[2];
static bool page_full; /* channel 12 has come by */
static bool absent;    /* there is no printer */

/* The command that moves the paper as the control character says; 0: the paper
 * stays; -1: there is no such character. */
static int
motion_of(char control)
{
    static const char controls[] = "+ 0-123456789ABC";
    const char *at = memchr(controls, control, sizeof(controls) - 1);
    int n;

    if (at == NULL)
        return -1;
    n = (int)(at - controls);
    if (n <= 3)
        return n == 0 ? 0 : n << 3 | MOTION;
    return SKIP | (n - 3) << 3 | MOTION;
}

/* The channel program for a line, which begins with the CCW that is returned.
 * The line may have to go to the next page. */
static struct ccw *
make_program(struct line *line)
{
    /* LAB 2 BEGIN - about 10 lines: the channel program */
    if (page_full && line->motion != 0) {
        line->motion = CCW_SKIP_TO_1;
        page_full = false;
    }
    program[0] = CCW_MAKE(line->motion, line->text, CCW_CC | CCW_SLI, 1);
    program[1] = CCW_MAKE(CCW_PRINT_NO_SPACE, line->text, CCW_SLI, line->len);
    return &program[line->motion == 0 ? 1 : 0];
    /* LAB 2 END */
}

/* Begin with the first line, if the printer has nothing to do. */
static void
printer_start(void)
{
    if (queued > 0 && printer_device.state == IO_IDLE)
        io_begin(&printer_device, make_program(&queue[first]));
}

/* LAB 2 BEGIN - about 17 lines: what to do when it went wrong */
/*
 * A command that was refused (unit check alone) has not moved the paper and
 * can be given again.  One that the printer has taken has: never again.  Of
 * what it says then, channel 9 (the last sense bit) and channel 12 are news of
 * the paper, and data check is a character that it has not got, and has left
 * blank: the line is printed.
 */
static enum io_verdict
printer_judge(struct io_device *d)
{
    bool refused = !(d->end.unit & (CSW_CHANNEL_END | CSW_DEVICE_END));

    if (d->end.channel & ~CSW_PCI || d->sense[0] & SENSE_COMMAND_REJECT)
        return IO_FAILED;
    d->again = d->end.stopped - 1;
    if (refused)
        return d->sense[0] & SENSE_INTERVENTION ? IO_OPERATOR : IO_AGAIN;
    if (d->end.unit & CSW_UNIT_EXCEPTION)
        page_full = true;
    return d->sense[0] & (SENSE_EQUIPMENT | SENSE_BUS_OUT) ? IO_FAILED
                                                           : IO_GO_ON;
}
/* LAB 2 END */

static void
printer_ended(struct io_device *d, bool failed)
{
    absent = d->end.stopped == NULL;
    first = (first + 1) % LINES;
    queued--;
    task_wake_retry(TASK_PRINTING);
    printer_start();
}

struct io_device printer_device = {
    .address = 0x00E,
    .sense_bytes = 1,
    .judge = printer_judge,
    .ended = printer_ended,
};

int
printer_put(const char *text, size_t len)
{
    struct line *line = &queue[(first + queued) % LINES];
    int motion = motion_of(text[0]);

    if (motion < 0)
        return -1;
    if (queued == LINES)
        return task_block(TASK_PRINTING);
    line->motion = (uint8_t)motion;
    line->len = len > 1 ? len - 1 : 1; /* a CCW moves at least one character */
    line->text[0] = ' ';
    memcpy(line->text, text + 1, len - 1);
    queued++;
    printer_start();
    return absent ? -1 : 0;
}

bool
printer_empty(void)
{
    return queued == 0;
}
