/*
 * io.h - what all drivers have in common
 *
 * A driver makes channel programs and says what is to be done when one does
 * not end well.  All else is the same for every device and is done here:
 * START I/O and its four answers, the interruptions, gathering the status of
 * an operation that ends in two steps, SENSE after a unit check, and trying
 * again.  A device does one operation at a time; who has more to do queues.
 *
 *   driver          io_begin(d, program)
 *   io.c            START I/O ... interruptions ... perhaps SENSE
 *   driver          d->judge(d): nothing wrong, try again, or give up
 *   io.c            ... until that is IO_DONE or IO_FAILED
 *   driver          d->ended(d, failed): may begin the next operation
 *
 * Everything here is called by the kernel, disabled.
 */
#ifndef GOS_IO_H
#define GOS_IO_H

#include <s370/ccw.h>
#include <s370/insn.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    IO_RETRIES = 5,   /* times that an operation is tried again */
    SENSE_BYTES = 24, /* the most that a device of ours has */
    CHANNEL_ERRORS = 0xFF & ~CSW_PCI, /* channel status */
};

enum io_state {
    IO_IDLE,
    IO_CHANNEL_BUSY, /* to be started as soon as the channel is free */
    IO_DEVICE_BUSY,  /* ... as soon as the device says that it is */
    IO_WORKING,      /* the end will come as an interruption */
    IO_NOT_READY,    /* the operator must do something; then device end comes */
};

/* What is to be done after an operation that did not end smoothly. */
enum io_verdict {
    IO_DONE,     /* it has done what it should all the same */
    IO_FAILED,   /* nothing can be done: tell who wanted it */
    IO_AGAIN,    /* try again, from the CCW d->again */
    IO_OPERATOR, /* the same, when the operator has made the device ready */
    IO_GO_ON,    /* the CCW at which it stopped is done: go on behind it */
};

/* How an operation has ended: its CSW, which may have come in two parts. */
struct io_end {
    const struct ccw *stopped; /* behind the last CCW that was used; NULL:
                                  there is no such device */
    uint8_t unit, channel;     /* status */
    uint16_t count;            /* what that CCW did not transfer */
};

struct io_device {
    /* The driver's. */
    uint32_t address;
    uint8_t sense_bytes;
    /* Called when there was a unit check, a unit exception or an error of the
     * channel: d->end and d->sense tell.  sense is zero without unit check. */
    enum io_verdict (*judge)(struct io_device *d);
    void (*ended)(struct io_device *d, bool failed);
    void (*attention)(void); /* or NULL */
    const struct ccw *again; /* where to try again; at first, the program */

    /* Of io.c; drivers may look. */
    enum io_state state;
    const struct ccw *at;   /* what START I/O begins with */
    struct io_end now, end; /* of what is under way; of the operation */
    uint8_t sense[SENSE_BYTES];
    bool sensing;    /* what is under way is SENSE */
    bool made_ready; /* device end came before we looked for it */
    uint32_t tries;  /* that went wrong */
    struct ccw sense_ccw;
};

/* Start an operation on a device that is idle.  d->ended() is called when it
 * is over, perhaps before this returns. */
void io_begin(struct io_device *d, const struct ccw *program);

/* entry.asm: the I/O interruption. */
void io_interruption(void) __attribute__((noreturn));

#endif
