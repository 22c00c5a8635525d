/*
 * io.c - operations on devices: their beginning, their end, and trying again
 *
 * An operation goes through the states of io.h.  START I/O brings it from any
 * of them to IO_WORKING, when channel and device take it; an interruption
 * tells its end.  Nobody ever waits in a loop.  What cannot be started now is
 * started when an interruption says that it can be, so two rules hold:
 *
 *   - each state but IO_IDLE has an interruption that ends it: the end of the
 *     operation (IO_WORKING); device end or control unit end (DEVICE_BUSY);
 *     the end of whatever keeps the channel (CHANNEL_BUSY); device end, when
 *     the operator has done what was wanted (NOT_READY);
 *   - status that START I/O or an interruption has brought is gone from the
 *     device: who does not look at it has lost it.
 *
 * Source: GA22-7000, "Input/Output Operations", "Channel Status Word".
 */
#include "io.h"

#include <s370/lowcore.h>
#include <stddef.h>
#include <string.h>

#include "disk.h"
#include "drivers.h"
#include "task.h"

/* The devices that this system has drivers for. */
static struct io_device *const devices[] = {
    &console_device,   &reader_device,      &printer_device,
    &data_disk.device, &paging_disk.device,
};
enum { DEVICES = sizeof(devices) / sizeof(devices[0]) };

/* ---- starting ------------------------------------------------------------ */

static void operation_over(struct io_device *d);

static void
attention(struct io_device *d, uint8_t unit)
{
    if (unit & CSW_ATTENTION && d->attention != NULL)
        d->attention();
}

/* Note status of what is under way.  Where the channel stopped is told with
 * the first part of it; device end that comes later knows nothing of that. */
static void
gather(struct io_device *d, const struct csw *csw)
{
    if (!(d->now.unit & CSW_CHANNEL_END)) {
        d->now.stopped = (const struct ccw *)csw->addr;
        d->now.count = csw->count;
    }
    d->now.unit |= csw->unit;
    d->now.channel |= csw->channel;
}

/* LAB 2 BEGIN - about 55 lines: is it over, and START I/O */
/* Device end is the last that comes.  But it does not come for a command that
 * was refused (unit check alone), nor for one that the channel never gave to
 * the device (an error of its own, alone). */
static bool
is_over(const struct io_end *now)
{
    if (now->unit & CSW_DEVICE_END)
        return true;
    if (now->unit & CSW_CHANNEL_END)
        return false;
    return (now->unit & CSW_UNIT_CHECK) || (now->channel & CHANNEL_ERRORS);
}

/*
 * START I/O for the CCW at d->at.  Condition code
 *   0  the device works
 *   1  it does not, and there is a CSW, of which only the status is stored.
 *      With the busy bit: the device did not take the command.  If there is
 *      other status beside busy it was waiting for us and is now cleared, so
 *      that we can try again at once; busy alone, or with status modifier (the
 *      control unit): device end (control unit end) will come.  Without the
 *      busy bit: the operation is over, or as good as over, already
 *   2  the channel is busy, or has an interruption for us
 *   3  there is no such device
 */
static void
start(struct io_device *d)
{
    struct csw csw;

    for (;;) {
        memset(&d->now, 0, sizeof(d->now));
        LOWCORE->caw = (uint32_t)d->at;
        switch (s370_sio(d->address)) {
        case 0:
            d->state = IO_WORKING;
            return;
        case 1:
            csw = LOWCORE->csw;
            attention(d, csw.unit);
            if (!(csw.unit & CSW_BUSY)) {
                d->state = IO_WORKING;
                csw.addr = (uint32_t)(d->at + 1);
                csw.count = d->at->count;
                gather(d, &csw);
                if (is_over(&d->now))
                    operation_over(d);
                return;
            }
            if (csw.unit & CSW_DEVICE_END)
                d->made_ready = true;
            if (csw.unit & ~(CSW_BUSY | CSW_STATUS_MODIFIER))
                break;
            d->state = IO_DEVICE_BUSY;
            return;
        case 2:
            d->state = IO_CHANNEL_BUSY;
            return;
        default:
            memset(&d->end, 0, sizeof(d->end));
            d->sensing = false;
            d->state = IO_IDLE;
            d->ended(d, true);
            return;
        }
    }
}
/* LAB 2 END */

static void
start_at(struct io_device *d, const struct ccw *at)
{
    d->at = at;
    start(d);
}

void
io_begin(struct io_device *d, const struct ccw *program)
{
    d->again = program;
    d->tries = 0;
    start_at(d, program);
}

/* ---- ending -------------------------------------------------------------- */

static void
finish(struct io_device *d, bool failed)
{
    if (failed && d != &console_device)
        kernel_print("%03X I/O error: command %02X, status %02X%02X, sense "
                     "%02X%02X\n",
                     d->address, d->end.stopped[-1].code, d->end.unit,
                     d->end.channel, d->sense[0], d->sense[1]);
    d->state = IO_IDLE;
    d->ended(d, failed);
}

/* Start once more, unless that was done too often. */
static void
retry(struct io_device *d)
{
    if (++d->tries > IO_RETRIES)
        finish(d, true);
    else
        start_at(d, d->again);
}

/* The operator is asked once; device end will say that it is done, if it has
 * not come between the unit check and now. */
static void
wait_for_operator(struct io_device *d)
{
    d->at = d->again;
    if (d->made_ready) {
        start(d);
        return;
    }
    kernel_print("%03X intervention required\n", d->address);
    d->state = IO_NOT_READY;
}

static void
decide(struct io_device *d)
{
    enum io_verdict verdict = IO_DONE;

    if (d->end.unit & (CSW_UNIT_CHECK | CSW_UNIT_EXCEPTION) ||
        d->end.channel & CHANNEL_ERRORS)
        verdict = d->judge(d);
    if (verdict == IO_GO_ON && !(d->end.stopped[-1].flags & CCW_CC))
        verdict = IO_DONE;
    switch (verdict) {
    case IO_AGAIN:
        retry(d);
        break;
    case IO_GO_ON:
        start_at(d, d->end.stopped);
        break;
    case IO_OPERATOR:
        wait_for_operator(d);
        break;
    default:
        finish(d, verdict == IO_FAILED);
    }
}

/* LAB 2 BEGIN - about 45 lines: sense, and interruptions */
/* What was under way is over.  After a unit check the device keeps sense
 * bytes, until the next command that is not SENSE: so that comes next, before
 * anything is decided. */
static void
operation_over(struct io_device *d)
{
    if (d->sensing) {
        d->sensing = false;
        decide(d);
        return;
    }
    d->end = d->now;
    memset(d->sense, 0, sizeof(d->sense));
    if (d->end.unit & CSW_UNIT_CHECK) {
        d->sensing = true;
        d->made_ready = false;
        d->sense_ccw = CCW_MAKE(CCW_SENSE, d->sense, CCW_SLI, d->sense_bytes);
        start_at(d, &d->sense_ccw);
        return;
    }
    decide(d);
}

/* Status has come by an interruption. */
static void
take_status(struct io_device *d, const struct csw *csw)
{
    attention(d, csw->unit);
    switch (d->state) {
    case IO_WORKING:
        gather(d, csw);
        if (is_over(&d->now))
            operation_over(d);
        break;
    case IO_DEVICE_BUSY:
    case IO_NOT_READY:
        if (csw->unit & (CSW_DEVICE_END | CSW_CONTROL_UNIT_END)) {
            d->made_ready = true;
            start(d);
        }
        break;
    default: /* it has told us something that nobody waits for */
        break;
    }
}
/* LAB 2 END */

void
io_interruption(void)
{
    uint32_t address = interruption_code(LOWCORE->io_address);
    struct csw csw = LOWCORE->csw;

    if (current != NULL)
        current->frame = saved;
    for (int i = 0; i < DEVICES; i++)
        if (devices[i]->address == address)
            take_status(devices[i], &csw);
    /* Whatever it was, it may have freed a channel, or a control unit with
     * more devices than the one that said so. */
    for (int i = 0; i < DEVICES; i++)
        if (devices[i]->state == IO_CHANNEL_BUSY ||
            (devices[i]->state == IO_DEVICE_BUSY &&
             csw.unit & CSW_CONTROL_UNIT_END))
            start(devices[i]);
    dispatch(false);
}
