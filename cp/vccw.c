/*
 * vccw.c - the virtual channel: interprets the channel programs of a virtual
 * machine (compare DMKVSP and DMKVCN; GA22-7000, "Execution of I/O
 * Operations")
 *
 * Nothing in a virtual channel program is trusted: every CCW, IDAW and byte
 * of data is fetched and stored through guest_fetch_key() and
 * guest_store_key() under the key of the CAW, at the moment it is needed.
 *
 * One command is a CCW or a chain of them by data chaining.  walk() goes over
 * such a chain: for an output command before the device works (gather), for
 * an input command after it (scatter), and it is the one place that knows
 * counts, IDAWs and the checks.  The device sees one buffer.
 */
#include <s370/ccw.h>
#include <s370/lowcore.h>
#include <string.h>

#include "vdevice.h"

#define COMMANDS_AT_ONCE 64 /* then other machines get their turn */

static struct vdev *deferred_first; /* chained by next_deferred */

/* How far a walk over one command's CCWs came. */
struct walk {
    uint32_t bytes;    /* moved */
    uint32_t residual; /* count left in the last CCW used */
    uint8_t flags;     /* of the last CCW used */
    uint8_t check;     /* channel status: 0, CSW_PROGRAM_CHECK, ... */
};

static uint8_t
check_of(int pgm)
{
    return pgm == PGM_PROTECTION ? CSW_PROTECTION_CHECK : CSW_PROGRAM_CHECK;
}

/* Fetch the next CCW into dev->ccw, following at most one TIC.  Returns a
 * channel check or 0.  `first`: a TIC may not be the first CCW. */
static uint8_t
ccw_fetch(struct vdev *dev, bool first)
{
    int tics;

    for (tics = 0; tics < 2; tics++) {
        int pgm = guest_fetch_key(dev->vm, dev->ccw_addr, &dev->ccw,
                                  sizeof dev->ccw, dev->ccw_key);

        dev->ccw_addr = (dev->ccw_addr + 8) & 0xFFFFFF;
        if (pgm != PGM_NONE)
            return check_of(pgm);
        if ((dev->ccw.code & 0x0F) != CCW_TIC)
            return 0;
        if (first || dev->ccw.addr % 8 != 0)
            return CSW_PROGRAM_CHECK;
        dev->ccw_addr = dev->ccw.addr;
    }
    return CSW_PROGRAM_CHECK;
}

/* The reserved bits and the count of a CCW that is not a TIC. */
static uint8_t
ccw_check(const struct ccw *ccw)
{
    if (ccw->flags & 0x03 || ccw->count == 0)
        return CSW_PROGRAM_CHECK;
    return 0;
}

/* Move n bytes at a CCW's data address, through its IDAWs when it has them.
 * IDAWs lead to 2 KiB blocks: the first to any byte, others to a boundary. */
static uint8_t
move_data(struct vdev *dev, const struct ccw *ccw, uint8_t *data, uint32_t n,
          bool to_guest)
{
    uint32_t idaw_at = ccw->addr, at = ccw->addr, part;
    int pgm;

    if (ccw->flags & CCW_IDA && idaw_at % 4 != 0)
        return CSW_PROGRAM_CHECK;
    for (; n > 0; data += part, n -= part, at += part) {
        if (ccw->flags & CCW_IDA) {
            bool first = idaw_at == ccw->addr;

            pgm = guest_fetch_key(dev->vm, idaw_at, &at, 4, dev->ccw_key);
            if (pgm != PGM_NONE)
                return check_of(pgm);
            if (at & 0xFF000000 || (!first && at % 2048 != 0))
                return CSW_PROGRAM_CHECK;
            idaw_at += 4;
        }
        part = 2048 - at % 2048;
        if (part > n)
            part = n;
        pgm = to_guest ? guest_store_key(dev->vm, at, data, part, dev->ccw_key)
                       : guest_fetch_key(dev->vm, at, data, part, dev->ccw_key);
        if (pgm != PGM_NONE)
            return check_of(pgm);
    }
    return 0;
}

/*
 * Go over the command that begins with dev->ccw, moving up to `limit` bytes
 * between dev->command.data and storage.  Afterwards dev->ccw and
 * dev->ccw_addr stand at the last CCW used; CSW_PCI is noted on the way.
 */
static struct walk
walk(struct vdev *dev, uint32_t limit, bool to_guest)
{
    struct walk w = {0};
    bool skip;

    for (;;) {
        uint32_t n = dev->ccw.count, left = limit - w.bytes;

        if (n > left)
            n = left;
        /* Skipping suppresses the transfer of input only. */
        skip = to_guest && dev->ccw.flags & CCW_SKIP;
        if (dev->ccw.flags & CCW_PCI)
            dev->pci = true;
        w.flags = dev->ccw.flags;
        if (!skip)
            w.check = move_data(dev, &dev->ccw, dev->command.data + w.bytes, n,
                                to_guest);
        w.residual = dev->ccw.count - n;
        if (w.check != 0)
            return w;
        w.bytes += n;
        if (!(dev->ccw.flags & CCW_CD) || w.residual != 0)
            return w;
        w.check = ccw_fetch(dev, false);
        if (w.check == 0)
            w.check = ccw_check(&dev->ccw);
        if (w.check != 0)
            return w;
        if (w.bytes == limit) {
            w.residual = dev->ccw.count;
            w.flags = dev->ccw.flags;
            return w;
        }
    }
}

/* The channel program is over: make the CSW and an interruption of it. */
static void
program_end(struct vdev *dev, uint8_t unit, uint8_t channel, uint16_t count)
{
    if (dev->pci)
        channel |= CSW_PCI;
    dev->csw.key = (uint8_t)(dev->ccw_key << 4);
    dev->csw.addr = dev->ccw_addr & 0xFFFFFF;
    dev->csw.unit = unit;
    dev->csw.channel = channel;
    dev->csw.count = count;
    dev->active = false;
    dev->pci = false;
    dev->pending = true;
    if (dev->ipl_done != NULL) {
        void (*done)(struct vdev *, bool) = dev->ipl_done;

        dev->ipl_done = NULL;
        dev->pending = false;
        done(dev, (unit & ~(CSW_CHANNEL_END | CSW_DEVICE_END)) == 0 &&
                      (channel & ~CSW_PCI) == 0);
        return;
    }
    vm_wake(dev->vm);
}

void
vccw_program_end(struct vdev *dev, uint8_t unit, uint8_t channel,
                 uint32_t ccw_addr, uint16_t count)
{
    dev->ccw_addr = ccw_addr;
    program_end(dev, unit, channel, count);
}

enum after { PROGRAM_ENDED, NEXT_COMMAND };

/* The device has ended a command with `unit`: account for the data, then end
 * the program or say that command chaining goes on. */
static enum after
command_end(struct vdev *dev, uint8_t unit)
{
    struct vcommand *cmd = &dev->command;
    bool input = (cmd->code & 3) == 2 || (cmd->code & 0x0F) == CCW_SENSE;
    bool data = input || (cmd->code & 3) == 1;
    struct walk w = {0};
    uint8_t channel = 0;

    dev->ccw = dev->first_ccw;
    dev->ccw_addr = dev->first_addr;
    w.flags = dev->ccw.flags;
    w.residual = dev->ccw.count;
    if (dev->ccw.flags & CCW_PCI)
        dev->pci = true;
    if (data && (cmd->moved > 0 || !(unit & CSW_UNIT_CHECK))) {
        w = walk(dev, cmd->moved, input);
        channel = w.check;
        if (channel == 0 && cmd->moved == cmd->count)
            channel = cmd->check;
        if (channel == 0 &&
            (w.residual != 0 || w.bytes < cmd->moved || cmd->more) &&
            (w.flags & CCW_CD || !(w.flags & CCW_SLI)))
            channel = CSW_INCORRECT_LENGTH;
    }
    if (channel == 0 && w.flags & CCW_CC && !(w.flags & CCW_CD) &&
        (unit & ~CSW_STATUS_MODIFIER) == (CSW_CHANNEL_END | CSW_DEVICE_END)) {
        if (unit & CSW_STATUS_MODIFIER)
            dev->ccw_addr = (dev->ccw_addr + 8) & 0xFFFFFF;
        dev->residual = (uint16_t)w.residual;
        return NEXT_COMMAND;
    }
    program_end(dev, unit, channel, (uint16_t)w.residual);
    return PROGRAM_ENDED;
}

/* Command chaining goes on: the next CCW into dev->ccw.  When it is bad the
 * program ends, without the channel end and device end of the command before
 * (GA22-7000, "Channel Status Word"). */
static enum after
next_command(struct vdev *dev)
{
    uint16_t residual = dev->residual;
    uint8_t check = ccw_fetch(dev, false);

    if (check == 0)
        check = ccw_check(&dev->ccw);
    if (check == 0)
        return NEXT_COMMAND;
    program_end(dev, 0, check, residual);
    return PROGRAM_ENDED;
}

/* Begin the command of dev->ccw: gather what it sends, call the device. */
static enum vdev_result
command_start(struct vdev *dev, uint8_t *unit)
{
    struct vcommand *cmd = &dev->command;

    dev->first_ccw = dev->ccw;
    dev->first_addr = dev->ccw_addr;
    cmd->code = dev->ccw.code;
    cmd->moved = 0;
    cmd->more = false;
    cmd->check = 0;
    cmd->count = VCCW_MAX;
    if ((cmd->code & 3) == 1 && dev->class != VDEV_DISK) {
        bool pci = dev->pci;
        struct walk w = walk(dev, VCCW_MAX, false);

        cmd->count = w.bytes;
        cmd->check = w.check;
        dev->ccw = dev->first_ccw;
        dev->ccw_addr = dev->first_addr;
        dev->pci = pci;
    }
    if (cmd->code == CCW_SENSE) {
        cmd->data[0] = dev->sense;
        cmd->moved = 1;
        if (dev->class == VDEV_DISK) {
            memcpy(cmd->data, dev->disk_sense, sizeof dev->disk_sense);
            memset(dev->disk_sense, 0, sizeof dev->disk_sense);
            cmd->moved = sizeof dev->disk_sense;
        }
        dev->sense = 0;
        *unit = CSW_CHANNEL_END | CSW_DEVICE_END;
        return VDEV_ENDED;
    }
    dev->sense = 0;
    return dev->ops->start(dev, cmd, unit);
}

/* Run commands until one waits for its device, the program ends, or it is
 * the turn of others.  dev->ccw holds a checked CCW to begin with. */
static void
run_program(struct vdev *dev)
{
    uint8_t unit;
    int n;

    for (n = 0; n < COMMANDS_AT_ONCE; n++) {
        if (command_start(dev, &unit) == VDEV_STARTED)
            return;
        if (command_end(dev, unit) == PROGRAM_ENDED ||
            next_command(dev) == PROGRAM_ENDED)
            return;
    }
    dev->deferred = true;
    dev->next_deferred = deferred_first;
    deferred_first = dev;
}

void
vccw_resume(struct vdev *dev, uint8_t unit)
{
    if (command_end(dev, unit) == NEXT_COMMAND &&
        next_command(dev) == NEXT_COMMAND)
        run_program(dev);
}

bool
vccw_deferred(void)
{
    struct vdev *dev = deferred_first, *next;

    deferred_first = NULL;
    for (; dev != NULL; dev = next) {
        next = dev->next_deferred;
        if (dev->deferred) {
            dev->deferred = false;
            run_program(dev);
        }
    }
    return deferred_first != NULL;
}

void
vccw_forget(struct vdev *dev)
{
    struct vdev **at = &deferred_first;

    dev->deferred = false;
    while (*at != NULL && *at != dev)
        at = &(*at)->next_deferred;
    if (*at != NULL)
        *at = dev->next_deferred;
}

/* A program check found by SIO itself: status only, condition code 1. */
static int
start_check(struct vdev *dev, uint8_t channel)
{
    uint8_t status[2] = {0, channel};

    dev->active = false;
    guest_store(dev->vm, LOW_CSW + 4, status, sizeof status);
    return 1;
}

int
vccw_start(struct vdev *dev)
{
    uint32_t caw;
    uint8_t check;

    if (guest_fetch(dev->vm, LOW_CAW, &caw, sizeof caw) != PGM_NONE)
        return start_check(dev, CSW_PROGRAM_CHECK);
    dev->ccw_key = (uint8_t)(caw >> 28);
    dev->ccw_addr = caw & 0xFFFFFF;
    dev->pci = false;
    if (caw & 0x0F000007)
        return start_check(dev, CSW_PROGRAM_CHECK);
    check = ccw_fetch(dev, true);
    if (check == 0)
        check = ccw_check(&dev->ccw);
    if (check != 0)
        return start_check(dev, check);
    dev->active = true;
    run_program(dev);
    /* What ended at once, without data and without chaining, is reported by
     * SIO itself, as an immediate operation is on a real channel. */
    if (dev->pending && dev->first_addr == ((caw + 8) & 0xFFFFFF) &&
        (dev->csw.unit & CSW_UNIT_CHECK ||
         ((dev->command.code & 3) == 3 && !(dev->first_ccw.flags & CCW_CC))) &&
        dev->command.moved == 0) {
        uint8_t status[2] = {dev->csw.unit, dev->csw.channel};

        dev->pending = false;
        guest_store(dev->vm, LOW_CSW + 4, status, sizeof status);
        return 1;
    }
    return 0;
}

void
vccw_ipl(struct vdev *dev)
{
    dev->ccw_key = 0;
    dev->ccw_addr = 8; /* what follows the implied read is at 8 */
    dev->ccw = CCW_MAKE(CCW_READ_IPL, 0, CCW_CC | CCW_SLI, 24);
    dev->active = true;
    dev->pci = false;
    run_program(dev);
}
