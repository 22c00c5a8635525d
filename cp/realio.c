/*
 * realio.c - the real devices of the system and the requests to them
 * (compare DMKIOS, and DMKRIO for the table)
 *
 * A request is a channel program and a call-back.  Per device one request is
 * active, the rest wait in order; a request ends with device end, or with a
 * unit check once the sense bytes are fetched.  Nothing here waits: the
 * interruption handler moves the state on.
 *
 * done() may be called before io_request() returns, when the channel program
 * ended at once (condition code 1) or the device is not there (code 3).
 */
#include "realio.h"

#include <s370/ccw.h>
#include <s370/insn.h>
#include <s370/lowcore.h>
#include <string.h>

#include "vm.h"

/* The addresses CP looks at when it starts: the system's configuration. */
static const struct {
    uint16_t first, count;
    enum rdev_class class;
} system_devices[] = {
    {0x009, 1, RDEV_CONSOLE}, {0x00C, 1, RDEV_READER},   {0x00D, 1, RDEV_PUNCH},
    {0x00E, 1, RDEV_PRINTER}, {0x0C0, 32, RDEV_CONSOLE}, {0x130, 8, RDEV_DISK},
};

static struct rdev *devices, *last_device;

/* Does the address answer?  Status that TIO finds pending from before CP was
 * loaded is thrown away. */
static bool
device_there(uint16_t addr)
{
    int cc, tries = 0;

    do {
        cc = s370_tio(addr);
    } while ((cc == 1 || cc == 2) && ++tries < 1000);
    return cc != 3;
}

void
realio_init(void)
{
    for (uint32_t i = 0; i < sizeof system_devices / sizeof system_devices[0];
         i++)
        for (uint32_t n = 0; n < system_devices[i].count; n++) {
            uint16_t addr = (uint16_t)(system_devices[i].first + n);
            bool there = device_there(addr);
            struct rdev *dev;

            if (!there && system_devices[i].class != RDEV_CONSOLE)
                continue;
            dev = block_get(sizeof *dev);
            if (dev == NULL)
                panic("no storage for the device block of %03X", addr);
            dev->addr = addr;
            dev->there = there;
            dev->class = system_devices[i].class;
            if (last_device != NULL)
                last_device->next = dev;
            else
                devices = dev;
            last_device = dev;
        }
}

struct rdev *
rdev_find(uint16_t addr)
{
    struct rdev *dev = devices;

    while (dev != NULL && dev->addr != addr)
        dev = dev->next;
    return dev;
}

static struct rdev *
rdev_of_class(struct rdev *dev, enum rdev_class class)
{
    while (dev != NULL && dev->class != class)
        dev = dev->next;
    return dev;
}

struct rdev *rdev_first(enum rdev_class class)
{
    return rdev_of_class(devices, class);
}

struct rdev *
rdev_next(struct rdev *dev)
{
    return rdev_of_class(dev->next, dev->class);
}

static void start_next(struct rdev *dev);

/* The active request is over: tell its owner, start the next. */
static void
request_end(struct rdev *dev)
{
    struct io_request *req = dev->active;

    dev->active = NULL;
    dev->sensing = false;
    req->done(dev, req);
    start_next(dev);
}

static void request_status(struct rdev *dev, const struct csw *csw);

/* Start a channel program on a device that has none running. */
static void
start_program(struct rdev *dev, struct ccw *program)
{
    struct lowcore *low = LOWCORE;
    struct csw csw;

    low->caw = (uint32_t)program;
    if (!dev->sensing)
        low->caw |= (uint32_t)dev->active->key << 28;
    switch (s370_sio(dev->addr)) {
    case 0:
        return;
    case 1:
        csw = low->csw;
        if (csw.unit & CSW_BUSY) {
            /* Status from before stood in the way and is in this CSW: it is
             * cleared now, so the second try meets a free device.  Busy alone
             * is as condition code 2, and so is a control unit that is busy
             * (status modifier): its control unit end starts us again. */
            uint8_t unit = (uint8_t)(csw.unit & ~CSW_BUSY);

            if (unit == 0 || unit & CSW_STATUS_MODIFIER) {
                dev->waiting = program;
                return;
            }
            if (dev->unsolicited != NULL)
                dev->unsolicited(dev, unit);
            start_program(dev, program);
            return;
        }
        if (!dev->sensing)
            dev->active->at_sio = true;
        request_status(dev, &csw);
        return;
    case 2:
        /* The channel or device works for somebody: the interruption that
         * ends that comes here and starts us again. */
        dev->active->csw.unit = 0;
        dev->waiting = program;
        return;
    default:
        dev->active->gone = true;
        request_end(dev);
        return;
    }
}

static void
start_next(struct rdev *dev)
{
    struct io_request *req = dev->queue;

    if (dev->active != NULL || req == NULL)
        return;
    dev->queue = req->next;
    req->next = NULL;
    memset(&req->csw, 0, sizeof req->csw);
    memset(req->sense, 0, sizeof req->sense);
    req->gone = req->at_sio = false;
    dev->active = req;
    start_program(dev, req->program);
}

void
io_request(struct rdev *dev, struct io_request *req)
{
    struct io_request **end = &dev->queue;

    req->next = NULL;
    while (*end != NULL)
        end = &(*end)->next;
    *end = req;
    start_next(dev);
}

void
io_halt(struct rdev *dev)
{
    if (dev->active != NULL && !dev->sensing)
        s370_hio(dev->addr);
}

bool
io_cancel(struct rdev *dev, struct io_request *req)
{
    struct io_request **at = &dev->queue;

    while (*at != NULL && *at != req)
        at = &(*at)->next;
    if (*at != NULL) {
        *at = req->next;
        return true;
    }
    if (dev->sensing)
        return false;
    if (dev->waiting != NULL) {
        dev->waiting = NULL;
        dev->active = NULL;
        start_next(dev);
        return true;
    }
    /* Condition code 2: this or another device has the channel, for one burst;
     * while it is another, nothing was halted. */
    while (s370_hdv(dev->addr) == 2)
        ;
    return false;
}

/* Status for the active request, or for the sense that follows it. */
static void
request_status(struct rdev *dev, const struct csw *csw)
{
    struct io_request *req = dev->active;

    if (dev->sensing) {
        if (csw->unit & (CSW_DEVICE_END | CSW_UNIT_CHECK)) {
            memcpy(req->sense, dev->sense, sizeof req->sense);
            request_end(dev);
        }
        return;
    }
    if (csw->unit & CSW_CHANNEL_END || csw->channel != 0) {
        uint8_t unit = (uint8_t)(csw->unit | req->csw.unit);

        req->csw = *csw;
        req->csw.unit = unit;
    } else {
        req->csw.unit |= csw->unit;
    }
    if (csw->unit & CSW_UNIT_CHECK) {
        dev->sensing = true;
        memset(dev->sense, 0, sizeof dev->sense);
        dev->sense_ccw =
            CCW_MAKE(CCW_SENSE, dev->sense, CCW_SLI, sizeof dev->sense);
        start_program(dev, &dev->sense_ccw);
        return;
    }
    /* A channel-detected error ends the program without device end. */
    if (csw->unit & CSW_DEVICE_END ||
        csw->channel & ~(CSW_PCI | CSW_INCORRECT_LENGTH))
        request_end(dev);
}

void
realio_interruption(uint16_t addr, const struct csw *csw)
{
    struct rdev *dev = rdev_find(addr);
    const uint8_t ends = CSW_CHANNEL_END | CSW_DEVICE_END | CSW_UNIT_CHECK;

    if (dev == NULL)
        return;
    if (dev->active != NULL && dev->waiting == NULL &&
        (csw->unit & ends || csw->channel != 0)) {
        request_status(dev, csw);
        if (csw->unit & CSW_ATTENTION && dev->unsolicited != NULL)
            dev->unsolicited(dev, CSW_ATTENTION);
    } else if (csw->unit != 0 && dev->unsolicited != NULL) {
        dev->unsolicited(dev, csw->unit);
    }
    for (dev = devices; dev != NULL; dev = dev->next)
        if (dev->waiting != NULL) {
            struct ccw *program = dev->waiting;

            dev->waiting = NULL;
            start_program(dev, program);
        }
}
