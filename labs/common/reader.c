/*
 * reader.c - the driver of the 3505 card reader at 00C
 *
 * One card is read at a time, when a task wants one, and kept until a task
 * takes it: if the task that wanted it is gone meanwhile the next one gets it.
 *
 * The channel program:
 *
 *   0  READ ONLY   the card under the brushes; it stays there
 *   1  FEED        it goes to the stacker, the next one comes
 *
 * READ, FEED would be one command; but when that has a data check the card is
 * in the stacker already, and to try again would read the next one.  So it is
 * read as often as necessary before it moves, and for what goes wrong later
 * only the FEED is done again: a card is never lost and never read twice.
 *
 * Source: GA21-9124 (3505).
 */
#include "drivers.h"

#include <stddef.h>
#include <string.h>

#include "task.h"

static char card[CARD_BYTES];
static struct ccw program[2];

static enum {
    EMPTY, /* there is no card, and nobody has asked */
    READING,
    PASSING, /* the card cannot be read; it is fed only */
    HELD,    /* `result` tells of the card (reader.h) */
} state;
static int result;

/* A refused command (unit check alone) has not moved the card.  A FEED that the
 * reader has taken has, however it ended. */
static enum io_verdict
reader_judge(struct io_device *d)
{
    bool refused = !(d->end.unit & (CSW_CHANNEL_END | CSW_DEVICE_END));

    if (!(d->end.unit & CSW_UNIT_CHECK))
        return d->end.unit & CSW_UNIT_EXCEPTION ? IO_DONE : IO_FAILED;
    if (d->sense[0] & SENSE_COMMAND_REJECT)
        return IO_FAILED;
    d->again = d->end.stopped - 1;
    if (d->again == &program[1] && !refused)
        return IO_DONE;
    return d->sense[0] & SENSE_INTERVENTION ? IO_OPERATOR : IO_AGAIN;
}

/* A card that cannot be read must not stay in the way of the others. */
static void
reader_ended(struct io_device *d, bool failed)
{
    bool at_read = d->end.stopped == &program[1];

    if (failed && state == READING && at_read) {
        state = PASSING;
        io_begin(d, &program[1]);
        return;
    }
    if (failed || state == PASSING)
        result = -1;
    else
        result = d->end.unit & CSW_UNIT_EXCEPTION ? 0 : CARD_BYTES;
    state = HELD;
    task_wake_retry(TASK_CARD);
}

struct io_device reader_device = {
    .address = 0x00C,
    .sense_bytes = 1,
    .judge = reader_judge,
    .ended = reader_ended,
};

static void
make_program(void)
{
    program[0] = CCW_MAKE(CCW_CARD_READ_ONLY, card, CCW_CC, CARD_BYTES);
    program[1] = CCW_MAKE(CCW_CARD_FEED, card, CCW_SLI, 1);
}

int
reader_take(char *to)
{
    if (state == EMPTY) {
        state = READING;
        make_program();
        io_begin(&reader_device, &program[0]);
    }
    if (state != HELD)
        return task_block(TASK_CARD);
    state = EMPTY;
    if (result > 0)
        memcpy(to, card, CARD_BYTES);
    return result;
}
