/*
 * ccw.c - channel programs
 *
 * A channel program is a chain of CCWs that the channel executes while the
 * CPU goes on.  Here each step of one is an event of its device: the command
 * is sent (ccw_begin), the device's time passes, the data moves at once
 * (channel_put, channel_get), ending status comes (ccw_status), and either
 * the next CCW is fetched or the program ends in a CSW (csw.c).  Every step
 * takes time, so even a program that loops for ever lets the machine live.
 *
 * Source: GA22-7000, "Execution of Input/Output Operations".
 */
#include "channel.h"
#include "fault.h"

enum {
    ADDRESS_MASK = 0xFFFFFF,
    CODE_TIC = 0x08,
    CODE_SENSE = 0x04,
    CODE_READ_BACKWARD = 0x0C,
    IDA_BLOCK = 2048,
    /* What ends the transfer at once; a channel data check does not. */
    CS_CHECKS =
        CS_PROGRAM_CHECK | CS_PROTECTION_CHECK | CS_CHANNEL_CONTROL_CHECK,
};
#define SENSE_NS (100 * NS_PER_US)

static uint32_t
load_be24(const uint8_t *p)
{
    return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

static void
note_access(struct subchannel *sub, enum channel_access access)
{
    if (access == ACCESS_PROTECTED)
        sub->channel_status |= CS_PROTECTION_CHECK;
    else if (access == ACCESS_ADDRESS)
        sub->channel_status |= CS_PROGRAM_CHECK;
    else if (access == ACCESS_DAMAGED)
        sub->channel_status |= CS_CHANNEL_DATA_CHECK;
}

/* The same for a CCW or an IDAW, without which the channel cannot go on. */
static void
note_control_access(struct subchannel *sub, enum channel_access access)
{
    if (access == ACCESS_DAMAGED)
        sub->channel_status |= CS_CHANNEL_CONTROL_CHECK;
    else
        note_access(sub, access);
}

static bool
program_check(struct subchannel *sub)
{
    sub->channel_status |= CS_PROGRAM_CHECK;
    return false;
}

/* ---- fetching a CCW ------------------------------------------------------ */

/* The fields of a CCW. */
static inline uint8_t
code_of(uint64_t ccw)
{
    return (uint8_t)(ccw >> 56);
}

static inline uint32_t
address_of(uint64_t ccw)
{
    return (uint32_t)(ccw >> 32) & ADDRESS_MASK;
}

static inline uint8_t
flags_of(uint64_t ccw)
{
    return (uint8_t)(ccw >> 24);
}

static inline uint32_t
count_of(uint64_t ccw)
{
    return ccw & 0xFFFF;
}

static inline bool
is_transfer(uint64_t ccw)
{
    return (code_of(ccw) & 0x0F) == CODE_TIC;
}

/* Read the doubleword at sub->ccw_next and step over it. */
static bool
fetch_doubleword(struct device *dev, uint64_t *ccw)
{
    struct subchannel *sub = &dev->sub;
    enum channel_access access;

    access = storage_channel_doubleword(dev->m, sub->ccw_next, sub->key, ccw);
    sub->ccw_next = (sub->ccw_next + 8) & ADDRESS_MASK;
    note_control_access(sub, access);
    return access == ACCESS_OK;
}

/* Fetch past one transfer in channel.  An invalid address in a TIC leaves the
 * CSW pointing behind the TIC (GA22-7000, "Command Address"). */
static bool
fetch_past_tic(struct device *dev, bool first, uint64_t *ccw)
{
    struct subchannel *sub = &dev->sub;
    uint32_t behind_tic, target;

    if (!fetch_doubleword(dev, ccw))
        return false;
    if (!is_transfer(*ccw))
        return true;
    dev->m->io->commands[COMMAND_TRANSFER]++;
    target = address_of(*ccw);
    if (trace_on(dev->m, 'c'))
        trace_line(dev->m, "CCW %04X  %06X  TIC     %06X", dev->devno,
                   (sub->ccw_next - 8) & ADDRESS_MASK, target);
    if (first || target % 8 != 0)
        return program_check(sub);
    behind_tic = sub->ccw_next;
    sub->ccw_next = target;
    if (!fetch_doubleword(dev, ccw)) {
        if (sub->channel_status & CS_PROGRAM_CHECK)
            sub->ccw_next = behind_tic;
        return false;
    }
    if (is_transfer(*ccw))
        return program_check(sub);
    return true;
}

bool
ccw_fetch(struct device *dev, bool first, bool data_chain)
{
    struct subchannel *sub = &dev->sub;
    uint8_t code, flags;
    uint32_t count, data;
    uint64_t ccw;

    if (!fetch_past_tic(dev, first, &ccw))
        return false;
    code = code_of(ccw);
    flags = flags_of(ccw);
    count = count_of(ccw);
    data = address_of(ccw);
    if (trace_on(dev->m, 'c'))
        trace_line(dev->m, "CCW %04X  %06X  %02X %02X   %06X %u%s", dev->devno,
                   (sub->ccw_next - 8) & ADDRESS_MASK, code, flags, data, count,
                   data_chain ? "  (data chain)" : "");
    if (!data_chain && (code & 0x0F) == 0)
        return program_check(sub);
    if (count == 0 || (flags & CCW_RESERVED) != 0)
        return program_check(sub);
    if ((flags & CCW_IDA) && data % 4 != 0)
        return program_check(sub);
    if (!data_chain)
        sub->code = code;
    sub->flags = flags;
    sub->count = count;
    sub->data = data;
    sub->ida_loaded = false;
    sub->ida_first = true;
    if (sub->flags & CCW_PCI)
        sub->pci = true;
    return true;
}

/* ---- moving data --------------------------------------------------------- */

/* Load the next indirect data address word.  All but the first must begin a
 * 2 KiB block (end one, when reading backward). */
static bool
load_idaw(struct device *dev)
{
    struct subchannel *sub = &dev->sub;
    enum channel_access access;
    uint8_t word[4];
    uint32_t done, block_start;

    access = storage_channel_read(dev->m, sub->data, word, 4, sub->key, &done);
    note_control_access(sub, access);
    if (access != ACCESS_OK)
        return false;
    sub->data += 4;
    sub->ida_data = load_be24(word + 1);
    block_start = (sub->code & 0x0F) == CODE_READ_BACKWARD ? IDA_BLOCK - 1 : 0;
    if (word[0] != 0 ||
        (!sub->ida_first && sub->ida_data % IDA_BLOCK != block_start))
        return program_check(sub);
    sub->ida_first = false;
    sub->ida_loaded = true;
    return true;
}

/* Move `n` bytes from or to *address, and step over them.  Returns how many
 * were moved; fewer only with a check noted. */
static inline uint32_t
move_bytes(struct device *dev, uint32_t *address, uint8_t *buf, uint32_t n,
           bool to_storage)
{
    struct subchannel *sub = &dev->sub;
    enum channel_access access;
    uint32_t done;

    if (to_storage)
        access =
            storage_channel_write(dev->m, *address, buf, n, sub->key, &done);
    else
        access =
            storage_channel_read(dev->m, *address, buf, n, sub->key, &done);
    if (access != ACCESS_OK)
        note_access(sub, access);
    *address += done;
    return done;
}

/* Move up to `n` bytes at consecutive storage addresses: as many as the
 * current data area (or IDAW) has.  Returns the number moved; fewer than 1
 * only with a check noted. */
static uint32_t
move_piece(struct device *dev, uint8_t *buf, uint32_t n, bool to_storage)
{
    struct subchannel *sub = &dev->sub;
    bool backward = (sub->code & 0x0F) == CODE_READ_BACKWARD;
    uint32_t *address = &sub->data;
    uint32_t done;

    if (sub->flags & CCW_IDA) {
        uint32_t room;

        if (!sub->ida_loaded && !load_idaw(dev))
            return 0;
        address = &sub->ida_data;
        room = backward ? *address % IDA_BLOCK + 1
                        : IDA_BLOCK - *address % IDA_BLOCK;
        if (n >= room) {
            n = room;
            sub->ida_loaded = false;
        }
    }
    if (backward)
        n = 1;
    done = move_bytes(dev, address, buf, n, to_storage);
    if (backward)
        *address -= 2 * done;
    if (backward && (sub->flags & CCW_IDA))
        sub->ida_loaded = (*address + 1) % IDA_BLOCK != 0;
    return done;
}

/* Move bytes through as many data-chained CCWs as it takes; mostly the present
 * one will do. */
static uint32_t
move(struct device *dev, uint8_t *buf, uint32_t len, bool to_storage)
{
    struct subchannel *sub = &dev->sub;
    uint32_t total = 0;

    if (len <= sub->count && sub->channel_status == 0 &&
        (sub->flags & (CCW_CD | CCW_SKIP | CCW_IDA)) == 0 &&
        (sub->code & 0x0F) != CODE_READ_BACKWARD) {
        total = move_bytes(dev, &sub->data, buf, len, to_storage);
        sub->count -= total;
        return total;
    }
    while (total < len && sub->count > 0) {
        uint32_t n = len - total < sub->count ? len - total : sub->count;

        if (sub->channel_status & CS_CHECKS)
            break;
        if (!to_storage || !(sub->flags & CCW_SKIP))
            n = move_piece(dev, buf + total, n, to_storage);
        total += n;
        sub->count -= n;
        if (sub->count == 0 && (sub->flags & CCW_CD) &&
            !(sub->channel_status & CS_CHECKS))
            ccw_fetch(dev, false, true);
    }
    return total;
}

uint32_t
channel_put(struct device *dev, const void *buf, uint32_t len)
{
    uint32_t done = move(dev, (uint8_t *)buf, len, true);

    if (done < len)
        dev->sub.too_long = true;
    return done;
}

uint32_t
channel_get(struct device *dev, void *buf, uint32_t len)
{
    return move(dev, buf, len, false);
}

void
channel_note_long(struct device *dev)
{
    dev->sub.too_long = true;
}

uint32_t
channel_left(const struct device *dev)
{
    return dev->sub.channel_status & CS_CHECKS ? 0 : dev->sub.count;
}

bool
channel_chained(const struct device *dev)
{
    return dev->sub.chained;
}

/* ---- the life of a command ----------------------------------------------- */

void
ccw_schedule(struct device *dev, enum device_phase phase, uint64_t delay_ns)
{
    if (dev->phase == PHASE_IDLE)
        dev->busy_since = dev->m->now_ns;
    dev->phase = phase;
    if (delay_ns == DEVICE_WAITS)
        event_cancel(dev->m, &dev->event);
    else
        event_add(dev->m, &dev->event, dev->m->now_ns + delay_ns);
}

void
ccw_idle(struct device *dev)
{
    if (dev->phase != PHASE_IDLE)
        dev->busy_ns += dev->m->now_ns - dev->busy_since;
    dev->phase = PHASE_IDLE;
}

static enum command_type
type_of(uint8_t code)
{
    if ((code & 0x03) == 0x01)
        return COMMAND_WRITE;
    if ((code & 0x03) == 0x02)
        return COMMAND_READ;
    if ((code & 0x03) == 0x03)
        return COMMAND_CONTROL;
    return (code & 0x0F) == CODE_READ_BACKWARD ? COMMAND_READ_BACKWARD
                                               : COMMAND_SENSE;
}

uint8_t
ccw_begin(struct device *dev)
{
    struct subchannel *sub = &dev->sub;
    uint64_t delay_ns = 0;
    uint8_t status = 0;

    dev->commands++;
    dev->m->io->commands[type_of(sub->code)]++;
    sub->too_long = false;
    sub->ce_held = false;
    dev->tail_ns = 0;
    dev->tail_status = 0;
    if (dev->ops->burst)
        channel_hold(dev);
    if (sub->code == CODE_SENSE) {
        delay_ns = SENSE_NS;
    } else {
        memset(dev->sense, 0, sizeof(dev->sense));
        if (dev->faults != NULL)
            status = fault_start(dev, sub->code);
        if (status == 0)
            status = dev->ops->start(dev, sub->code, &delay_ns);
    }
    if (status == 0)
        ccw_schedule(dev, PHASE_COMMAND, delay_ns);
    return status;
}

void
ccw_check_length(struct device *dev, bool immediate)
{
    struct subchannel *sub = &dev->sub;

    if (sub->channel_status & CS_CHECKS)
        return;
    if (immediate) {
        if (sub->flags & CCW_CD)
            sub->channel_status |= CS_INCORRECT_LENGTH;
        return;
    }
    if (sub->count == 0 && !sub->too_long)
        return;
    if ((sub->flags & CCW_SLI) && !(sub->flags & CCW_CD))
        return;
    sub->channel_status |= CS_INCORRECT_LENGTH;
}

bool
ccw_chains(const struct device *dev, uint8_t status)
{
    const struct subchannel *sub = &dev->sub;

    return (sub->flags & CCW_CC) && !(sub->flags & CCW_CD) && !sub->halted &&
           (sub->channel_status & ~CS_PCI) == 0 &&
           (status & ~(DS_MODIFIER | DS_NORMAL)) == 0;
}

void
ccw_status(struct device *dev, uint8_t status)
{
    struct subchannel *sub = &dev->sub;

    if ((status & DS_NORMAL) == DS_CHANNEL_END)
        ccw_schedule(dev, PHASE_TAIL, dev->tail_ns);
    if (!ccw_chains(dev, status)) {
        csw_end_program(dev, status);
    } else if (status & DS_DEVICE_END) {
        if (status & DS_MODIFIER)
            sub->ccw_next = (sub->ccw_next + 8) & ADDRESS_MASK;
        ccw_schedule(dev, PHASE_CHAIN, CHAIN_NS);
    } else {
        sub->ce_held = true;
        channel_release(dev);
    }
}

/* The device has got free after channel end alone.  It either goes on with
 * its channel program, or its device end waits for the CPU. */
static void
end_tail(struct device *dev)
{
    struct subchannel *sub = &dev->sub;
    uint8_t status = DS_DEVICE_END | dev->tail_status;

    ccw_idle(dev);
    if (sub->state != SUB_WORKING || !sub->ce_held) {
        device_unsolicited(dev, status);
        return;
    }
    if (!ccw_chains(dev, status)) {
        csw_end_program(dev, status | DS_CHANNEL_END);
    } else if (dev->ops->burst && !channel_hold(dev)) {
        dev->phase = PHASE_RECONNECT;
    } else {
        ccw_status(dev, status);
    }
}

/* Fetch the next CCW and send its command.  A chain that ends here, by a check,
 * has no channel end and device end in its CSW (GA22-7000, "Channel Status
 * Word"). */
static void
chain_next(struct device *dev)
{
    uint8_t status;

    ccw_idle(dev);
    if (!ccw_fetch(dev, false, false)) {
        csw_end_program(dev, 0);
        return;
    }
    dev->sub.chained = true;
    status = ccw_begin(dev);
    if (dev->sub.pci)
        csw_update(dev->m, channel_of(dev));
    if (status != 0) {
        ccw_check_length(dev, true);
        ccw_status(dev, status);
    }
}

static void
end_command(struct device *dev)
{
    uint64_t delay_ns = 0;
    uint8_t status;

    ccw_idle(dev);
    if (dev->sub.code == CODE_SENSE) {
        if (dev->ops->sense != NULL)
            dev->ops->sense(dev);
        channel_put(dev, dev->sense, dev->ops->sense_bytes);
        memset(dev->sense, 0, sizeof(dev->sense));
        status = DS_NORMAL;
    } else {
        status = dev->ops->end(dev, dev->sub.code, &delay_ns);
        if (dev->faults != NULL && status != 0 && (status & DS_UNIT_CHECK) == 0)
            status |= fault_end(dev, dev->sub.code);
    }
    if (dev->sub.pci)
        csw_update(dev->m, channel_of(dev));
    if (status == 0) {
        ccw_schedule(dev, PHASE_COMMAND, delay_ns);
        return;
    }
    ccw_check_length(dev, false);
    ccw_status(dev, status);
}

void
ccw_event(struct machine *m, void *ctx)
{
    struct device *dev = ctx;

    (void)m;
    switch (dev->phase) {
    case PHASE_COMMAND:
        end_command(dev);
        break;
    case PHASE_TAIL:
        end_tail(dev);
        break;
    case PHASE_CHAIN:
        chain_next(dev);
        break;
    case PHASE_HALTED:
        ccw_idle(dev);
        csw_end_program(dev, DS_NORMAL);
        break;
    case PHASE_IDLE:
    case PHASE_RECONNECT:
        break;
    }
}

/* ---- what devices call besides ------------------------------------------- */

void
device_wake(struct device *dev, uint64_t delay_ns)
{
    if (dev->phase == PHASE_COMMAND && !dev->event.queued)
        ccw_schedule(dev, PHASE_COMMAND, delay_ns);
}

void
device_unsolicited(struct device *dev, uint8_t status)
{
    dev->status |= status;
    csw_update(dev->m, channel_of(dev));
}

bool
device_working(const struct device *dev)
{
    return dev->phase != PHASE_IDLE;
}

uint8_t
device_check(struct device *dev, uint8_t sense0)
{
    memset(dev->sense, 0, sizeof(dev->sense));
    dev->sense[0] = sense0;
    return DS_UNIT_CHECK;
}
