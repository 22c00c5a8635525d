/*
 * ipl.c - initial program loading
 *
 * The operator's LOAD key makes the channel execute a program that nobody
 * wrote: a READ of 24 bytes to location 0, command-chained to the CCW that
 * these bytes have just put at location 8.  When the chain ends without any
 * unusual status, the PSW at 0 is loaded by the CPU.
 *
 * Source: GA22-7000, "Initial Program Loading".
 */
#include "channel.h"

/* A channel program that has not ended after this long never will: the slowest
 * tape fills 16 MiB in 140 seconds. */
#define IPL_LIMIT_NS (180 * NS_PER_S)

static const char *
sense_meaning(const struct device *dev)
{
    if (dev->sense[0] & SENSE_INTERVENTION)
        return "intervention required: is it empty, or not ready?";
    if (dev->sense[0] & SENSE_COMMAND_REJECT)
        return "command reject: no program can be loaded from there";
    if (dev->sense[1] & 0x08)
        return "no record found: the volume has no loader on it";
    if (dev->sense[0] & SENSE_EQUIPMENT)
        return "equipment check: its file could not be read";
    return "the device reports an error";
}

static int
ipl_unusual(struct device *dev, uint8_t unit, uint8_t channel)
{
    if (unit & DS_UNIT_CHECK)
        return machine_fail(dev->m, "IPL %04X: unit check, sense %02X%02X: %s",
                            dev->devno, dev->sense[0], dev->sense[1],
                            sense_meaning(dev));
    return machine_fail(dev->m,
                        "IPL %04X: the channel program ended with unit status "
                        "%02X, channel status %02X behind the CCW at %06X",
                        dev->devno, unit, channel,
                        (dev->sub.ccw_next - 8) & 0xFFFFFF);
}

/* Let the machine's time pass until the device is idle again. */
static bool
run_until_idle(struct device *dev)
{
    struct machine *m = dev->m;
    uint64_t limit_ns = m->now_ns + IPL_LIMIT_NS;

    while (dev->sub.state == SUB_WORKING || device_working(dev)) {
        uint64_t next_ns = events_next(m);

        if (next_ns == UINT64_MAX || next_ns > limit_ns)
            return false;
        if (next_ns > m->now_ns)
            m->now_ns = next_ns;
        events_run(m);
    }
    return true;
}

int
io_ipl(struct machine *m, uint16_t devno)
{
    struct device *dev = device_find(m, devno);
    uint8_t csw[8], status;

    if (dev == NULL)
        return machine_fail(m, "IPL %04X: no device is attached there", devno);
    memset(&dev->sub, 0, sizeof(dev->sub));
    dev->sub.ccw_next = 8;
    dev->sub.code = 0x02;
    dev->sub.flags = CCW_CC | CCW_SLI;
    dev->sub.count = 24;
    status = ccw_begin(dev);
    if (status != 0) {
        channel_release(dev);
        return ipl_unusual(dev, status, 0);
    }
    dev->sub.state = SUB_WORKING;
    if (!run_until_idle(dev)) {
        device_reset(dev);
        channel_release(dev);
        return machine_fail(m, "IPL %04X: the channel program does not end",
                            devno);
    }
    csw_take(dev, csw);
    csw[4] |= dev->status;
    dev->status = 0;
    csw_update(m, channel_of(dev));
    if (csw[4] != DS_NORMAL || (csw[5] & ~CS_PCI) != 0)
        return ipl_unusual(dev, csw[4], csw[5]);
    return 0;
}
