/*
 * csw.c - how channel programs end: CSWs and I/O interruptions
 *
 * Three things can be pending: the end of a program or a PCI in a subchannel,
 * status at a device (attention, device end) that its subchannel is free to
 * take, and the channel-available condition of a channel.  m->io_pending keeps
 * one bit for each channel that has any, so that asking costs nothing.
 * Priority: the lower channel first, then the lower device address.
 *
 * Source: GA22-7000, "Input/Output Interruptions", "Channel Status Word".
 */
#include "channel.h"

static uint32_t
channel_bit(unsigned channel)
{
    return UINT32_C(0x80000000) >> channel;
}

bool
csw_device_pending(const struct device *dev)
{
    switch (dev->sub.state) {
    case SUB_PENDING:
        return true;
    case SUB_WORKING:
        return dev->sub.pci;
    case SUB_AVAILABLE:
        break;
    }
    return dev->status != 0;
}

void
csw_update(struct machine *m, unsigned channel)
{
    struct io *io = m->io;
    struct channel *ch = &io->channel[channel];
    bool pending = ch->available_pending && ch->burst == NULL;
    const struct device *dev;

    for (dev = io->devices; dev != NULL && !pending; dev = dev->next)
        pending = channel_of(dev) == channel && csw_device_pending(dev);
    if (pending)
        m->io_pending |= channel_bit(channel);
    else
        m->io_pending &= ~channel_bit(channel);
}

bool
channel_hold(struct device *dev)
{
    struct channel *ch = &dev->m->io->channel[channel_of(dev)];

    if (ch->burst != NULL)
        return ch->burst == dev;
    ch->burst = dev;
    if (ch->available_pending)
        csw_update(dev->m, channel_of(dev));
    return true;
}

void
channel_release(struct device *dev)
{
    struct io *io = dev->m->io;
    struct channel *ch = &io->channel[channel_of(dev)];
    struct device *other;

    if (ch->burst != dev)
        return;
    ch->burst = NULL;
    if (ch->refused)
        ch->available_pending = true;
    ch->refused = false;
    for (other = io->devices; other != NULL; other = other->next) {
        if (other->phase == PHASE_RECONNECT &&
            channel_of(other) == channel_of(dev)) {
            ch->burst = other;
            ccw_status(other, DS_DEVICE_END | other->tail_status);
            break;
        }
    }
    csw_update(dev->m, channel_of(dev));
}

void
channel_refuse(struct machine *m, unsigned channel)
{
    if (channel != 0)
        m->io->channel[channel].refused = true;
}

void
csw_end_program(struct device *dev, uint8_t unit_status)
{
    struct subchannel *sub = &dev->sub;

    sub->state = SUB_PENDING;
    sub->unit_status = unit_status;
    if (sub->pci)
        sub->channel_status |= CS_PCI;
    sub->pci = false;
    if (trace_on(dev->m, 'c'))
        trace_line(dev->m, "END %04X  unit %02X channel %02X count %u",
                   dev->devno, unit_status, sub->channel_status, sub->count);
    channel_release(dev);
    csw_update(dev->m, channel_of(dev));
}

void
csw_build(const struct device *dev, uint8_t unit_status, uint8_t csw[8])
{
    const struct subchannel *sub = &dev->sub;

    csw[0] = (uint8_t)(sub->key << 4);
    csw[1] = (uint8_t)(sub->ccw_next >> 16);
    csw[2] = (uint8_t)(sub->ccw_next >> 8);
    csw[3] = (uint8_t)sub->ccw_next;
    csw[4] = unit_status;
    csw[5] = sub->channel_status;
    csw[6] = (uint8_t)(sub->count >> 8);
    csw[7] = (uint8_t)sub->count;
}

void
csw_take(struct device *dev, uint8_t csw[8])
{
    struct subchannel *sub = &dev->sub;

    switch (sub->state) {
    case SUB_PENDING:
        csw_build(dev, sub->unit_status, csw);
        sub->state = SUB_AVAILABLE;
        break;
    case SUB_WORKING:
        csw_build(dev, 0, csw);
        csw[5] = CS_PCI;
        sub->pci = false;
        break;
    case SUB_AVAILABLE:
        memset(csw, 0, 8);
        csw[4] = dev->status;
        dev->status = 0;
        break;
    }
    csw_update(dev->m, channel_of(dev));
}

/* Interruption of one channel that has one pending. */
static void
accept_from(struct machine *m, unsigned channel, uint16_t *devno,
            uint8_t csw[8])
{
    struct channel *ch = &m->io->channel[channel];
    struct device *dev;
    bool only_pci;

    for (dev = m->io->devices; dev != NULL; dev = dev->next) {
        if (channel_of(dev) != channel || !csw_device_pending(dev))
            continue;
        only_pci = dev->sub.state == SUB_WORKING;
        if (!only_pci)
            ch->available_pending = false;
        *devno = dev->devno;
        csw_take(dev, csw);
        return;
    }
    /* Channel available: a CSW of zeros from device address 00. */
    ch->available_pending = false;
    *devno = (uint16_t)(channel << 8);
    memset(csw, 0, 8);
    csw_update(m, channel);
}

bool
io_accept(struct machine *m, uint32_t mask, uint16_t *devno, uint8_t csw[8])
{
    uint32_t ready = m->io_pending & mask;
    unsigned channel;

    if (ready == 0)
        return false;
    for (channel = 0; (ready & channel_bit(channel)) == 0; channel++)
        ;
    accept_from(m, channel, devno, csw);
    if (trace_on(m, 'o'))
        trace_line(m, "I/O %04X  CSW %02X%02X%02X%02X %02X%02X%02X%02X", *devno,
                   csw[0], csw[1], csw[2], csw[3], csw[4], csw[5], csw[6],
                   csw[7]);
    return true;
}
