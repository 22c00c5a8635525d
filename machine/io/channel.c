/*
 * channel.c - the I/O instructions
 *
 * Each asks three questions from the CPU outward: is the channel there and
 * free, is the subchannel free, is the device free and without news?  The
 * first that says no gives the condition code.  0 to 6 are installed:
 * channel 0 a byte multiplexer, 1 to 6 block multiplexers.
 *
 * Source: GA22-7000, "Input/Output Instructions".
 */
#include "channel.h"
#include "fault.h"

#define HALT_NS (1 * NS_PER_US)

/* Condition codes by their common meaning. */
enum { CC_DONE = 0, CC_STORED = 1, CC_BUSY = 2, CC_NOT_OPERATIONAL = 3 };

static int
traced(struct machine *m, const char *what, uint16_t devno, int cc)
{
    if (!trace_on(m, 'o'))
        return cc;
    if (cc == CC_STORED)
        trace_line(m, "%-5s %04X  cc=1  CSW %08X %08X", what, devno,
                   storage_low_word(m, CSW_ADDRESS),
                   storage_low_word(m, CSW_STATUS_ADDRESS));
    else
        trace_line(m, "%-5s %04X  cc=%d", what, devno, cc);
    return cc;
}

static int
store_status(struct machine *m, uint8_t unit, uint8_t channel)
{
    uint8_t status[2] = {unit, channel};

    storage_set_low(m, CSW_STATUS_ADDRESS, status, 2);
    return CC_STORED;
}

static int
store_csw(struct machine *m, const uint8_t csw[8])
{
    storage_set_low(m, CSW_ADDRESS, csw, 8);
    return CC_STORED;
}

/* Whether the channel transfers for some device in burst mode. */
static bool
channel_working(const struct machine *m, uint16_t devno)
{
    return m->io->channel[devno >> 8].burst != NULL;
}

static int
channel_busy(struct machine *m, uint16_t devno)
{
    channel_refuse(m, devno >> 8);
    return CC_BUSY;
}

/* The device's status goes out with SIO (`busy` = DS_BUSY) or TIO (0). */
static uint8_t
take_device_status(struct device *dev, uint8_t busy)
{
    uint8_t status = dev->status;

    dev->status = 0;
    csw_update(dev->m, channel_of(dev));
    return status | busy;
}

/* ---- START I/O ----------------------------------------------------------- */

/* Load the subchannel from the CAW and fetch the first CCW. */
static bool
load_program(struct device *dev)
{
    struct subchannel *sub = &dev->sub;
    uint32_t caw = storage_low_word(dev->m, CAW_ADDRESS);

    memset(sub, 0, sizeof(*sub));
    sub->key = (uint8_t)(caw >> 28);
    sub->ccw_next = caw & 0xFFFFFF;
    if ((caw & 0x0F000007) != 0) {
        sub->channel_status = CS_PROGRAM_CHECK;
        return false;
    }
    return ccw_fetch(dev, true, false);
}

/* The first command was answered with status at once: an immediate operation,
 * or a refusal. */
static int
start_answered(struct device *dev, uint8_t status)
{
    struct subchannel *sub = &dev->sub;

    ccw_check_length(dev, true);
    if (ccw_chains(dev, status)) {
        sub->state = SUB_WORKING;
        ccw_status(dev, status);
        return CC_DONE;
    }
    if ((status & DS_NORMAL) == DS_CHANNEL_END)
        ccw_schedule(dev, PHASE_TAIL, dev->tail_ns);
    if (sub->pci)
        sub->channel_status |= CS_PCI;
    sub->pci = false;
    channel_release(dev);
    return store_status(dev->m, status, sub->channel_status);
}

static int
start_device(struct device *dev)
{
    struct machine *m = dev->m;
    uint8_t status, busy;

    if (dev->sub.state != SUB_AVAILABLE)
        return channel_busy(m, dev->devno);
    if (!load_program(dev))
        return store_status(m, 0, dev->sub.channel_status);
    if (dev->status == 0 && !device_working(dev))
        busy = fault_busy(dev);
    else
        busy = fault_is_busy(dev) | DS_BUSY;
    if (busy != 0) {
        dev->sub.pci = false;
        if (!(busy & DS_MODIFIER))
            busy = take_device_status(dev, DS_BUSY);
        return store_status(m, busy, 0);
    }
    status = ccw_begin(dev);
    if (status != 0)
        return start_answered(dev, status);
    dev->sub.state = SUB_WORKING;
    csw_update(m, channel_of(dev));
    return CC_DONE;
}

int
io_start(struct machine *m, uint16_t devno, bool fast)
{
    struct device *dev = device_find(m, devno);
    int cc;

    if (dev == NULL)
        cc = CC_NOT_OPERATIONAL;
    else if (channel_working(m, devno))
        cc = channel_busy(m, devno);
    else
        cc = start_device(dev);
    return traced(m, fast ? "SIOF" : "SIO", devno, cc);
}

/* ---- TEST I/O, CLEAR I/O ------------------------------------------------- */

static int
test_device(struct device *dev)
{
    struct machine *m = dev->m;
    uint8_t csw[8] = {0}, busy;

    switch (dev->sub.state) {
    case SUB_WORKING:
        return channel_busy(m, dev->devno);
    case SUB_PENDING:
        csw_take(dev, csw);
        return store_csw(m, csw);
    case SUB_AVAILABLE:
        break;
    }
    busy = fault_is_busy(dev);
    if (dev->status == 0 && !device_working(dev) && busy == 0)
        return CC_DONE;
    if (busy & DS_MODIFIER)
        csw[4] = busy;
    else
        csw[4] = dev->status != 0 ? take_device_status(dev, 0) : DS_BUSY;
    return store_csw(m, csw);
}

int
io_test(struct machine *m, uint16_t devno)
{
    struct device *dev = device_find(m, devno);
    int cc;

    if (dev == NULL)
        cc = CC_NOT_OPERATIONAL;
    else if (channel_working(m, devno))
        cc = channel_busy(m, devno);
    else
        cc = test_device(dev);
    return traced(m, "TIO", devno, cc);
}

/* Tell the device that its command is over.  Its ending status follows. */
static void
halt_command(struct device *dev)
{
    if (dev->phase == PHASE_COMMAND && dev->ops->halt != NULL)
        dev->ops->halt(dev);
}

/* The operation is cut off and the subchannel made free.  The device, told
 * over the interface, ends by itself and presents that as its own status. */
static int
clear_working(struct device *dev)
{
    uint8_t csw[8];

    csw_build(dev, 0, csw);
    if (dev->sub.pci)
        csw[5] |= CS_PCI;
    halt_command(dev);
    memset(&dev->sub, 0, sizeof(dev->sub));
    dev->tail_status = 0;
    if (dev->phase != PHASE_TAIL)
        ccw_schedule(dev, PHASE_TAIL, HALT_NS);
    channel_release(dev);
    csw_update(dev->m, channel_of(dev));
    return store_csw(dev->m, csw);
}

int
io_clear(struct machine *m, uint16_t devno)
{
    struct device *dev = device_find(m, devno);
    int cc;

    if (dev == NULL)
        cc = CC_NOT_OPERATIONAL;
    else if (channel_working(m, devno) &&
             m->io->channel[devno >> 8].burst != dev)
        cc = channel_busy(m, devno);
    else if (dev->sub.state == SUB_WORKING)
        cc = clear_working(dev);
    else if (dev->sub.state == SUB_PENDING)
        cc = test_device(dev);
    else
        cc = CC_DONE;
    return traced(m, "CLRIO", devno, cc);
}

/* ---- HALT I/O, HALT DEVICE ----------------------------------------------- */

/* Stop a channel program wherever it is.  Channel end and device end come a
 * little later; when channel end was given already, device end comes when the
 * motion under way is over, without chaining. */
static void
halt_program(struct device *dev)
{
    dev->sub.halted = true;
    if (dev->phase == PHASE_TAIL)
        return;
    halt_command(dev);
    ccw_schedule(dev, PHASE_HALTED, HALT_NS);
}

static int
halt(struct machine *m, uint16_t devno, bool only_this_device)
{
    struct device *dev = device_find(m, devno);
    struct device *burst;

    if ((devno >> 8) >= CHANNELS)
        return CC_NOT_OPERATIONAL;
    burst = m->io->channel[devno >> 8].burst;
    if (burst != NULL && !(only_this_device && burst != dev)) {
        halt_program(burst);
        return CC_BUSY;
    }
    if (burst != NULL)
        return CC_BUSY;
    if (dev == NULL)
        return CC_NOT_OPERATIONAL;
    if (dev->sub.state == SUB_PENDING)
        return CC_DONE;
    if (dev->sub.state == SUB_WORKING)
        halt_program(dev);
    return store_status(m, 0, 0);
}

int
io_halt(struct machine *m, uint16_t devno)
{
    return traced(m, "HIO", devno, halt(m, devno, false));
}

int
io_halt_device(struct machine *m, uint16_t devno)
{
    return traced(m, "HDV", devno, halt(m, devno, true));
}

/* ---- TEST CHANNEL, STORE CHANNEL ID, reset ------------------------------- */

int
io_test_channel(struct machine *m, uint16_t devno)
{
    unsigned channel = devno >> 8;
    int cc = CC_DONE;

    if (channel >= CHANNELS)
        cc = CC_NOT_OPERATIONAL;
    else if (channel_working(m, devno))
        cc = channel_busy(m, devno);
    else if (m->io_pending & UINT32_C(0x80000000) >> channel)
        cc = CC_STORED; /* nothing is stored: an interruption is pending */
    if (trace_on(m, 'o'))
        trace_line(m, "TCH   %04X  cc=%d", devno, cc);
    return cc;
}

int
io_channel_id(struct machine *m, uint16_t devno)
{
    unsigned channel = devno >> 8;
    uint8_t id[4] = {channel == 0 ? 0x10 : 0x20, 0, 0, 0};

    if (channel >= CHANNELS)
        return traced(m, "STIDC", devno, CC_NOT_OPERATIONAL);
    if (channel_working(m, devno))
        return traced(m, "STIDC", devno, channel_busy(m, devno));
    storage_set_low(m, CHANNEL_ID_ADDRESS, id, 4);
    return traced(m, "STIDC", devno, CC_DONE);
}

void
device_reset(struct device *dev)
{
    event_cancel(dev->m, &dev->event);
    ccw_idle(dev);
    memset(&dev->sub, 0, sizeof(dev->sub));
    dev->status = 0;
    memset(dev->sense, 0, sizeof(dev->sense));
    fault_reset(dev);
    if (dev->ops->reset != NULL)
        dev->ops->reset(dev);
}

void
io_reset(struct machine *m)
{
    struct device *dev;

    for (dev = m->io->devices; dev != NULL; dev = dev->next)
        device_reset(dev);
    memset(m->io->channel, 0, sizeof(m->io->channel));
    m->io_pending = 0;
}
