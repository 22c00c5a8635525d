/*
 * vdisk.c - the virtual disk: a minidisk's channel programs on the real device
 * (compare DMKVIO, DMKCCW, DMKVMI)
 *
 * vccw.c hands over the rest of a channel program with its first command that
 * is for the device.  ccwtrans.c translates it, the real device executes it,
 * and the real CSW becomes the virtual one.  Of a program that had to be cut
 * the next part is translated when the one before has ended well.
 *
 * The program is in a frame of its own (struct disk_io), had at LOGON, that may
 * outlive the virtual device: after a halt or LOGOFF it waits for the real
 * device's end without an owner.  The real device is halted first, so that the
 * channel no longer touches the guest's frames when they are given to others.
 */
#include "vdisk.h"

#include <string.h>

#include "guest.h"

#define JUMPS_MAX 32 /* of an IPL's channel program */

static void part_done(struct rdev *rdev, struct io_request *request);

/* Translate from `at` on, and give it to the real device. */
static void
part_start(struct vdev *dev, uint32_t at, unsigned jumps)
{
    struct disk_io *io = dev->io;

    memset(io, 0, sizeof *io);
    io->dev = dev;
    io->jumps = jumps;
    ccw_translate(dev, io, at);
    io->request.program = io->ccw;
    io->request.key = dev->ccw_key;
    io->request.done = part_done;
    io->request.owner = io;
    io_request(dev->rdev, &io->request);
}

/* The real CSW, for the guest. */
static void
program_done(struct vdev *dev, struct disk_io *io, unsigned last)
{
    struct csw *csw = &io->request.csw;
    uint8_t channel = csw->channel & (uint8_t)~CSW_PCI;

    if (io->check[last] != 0 && channel & CSW_PROGRAM_CHECK)
        channel = (uint8_t)((channel & ~CSW_PROGRAM_CHECK) | io->check[last]);
    memcpy(dev->disk_sense, io->request.sense, sizeof dev->disk_sense);
    dev->io = NULL;
    dev->spare = io;
    vccw_program_end(dev, csw->unit, channel, io->vaddr[last], csw->count);
}

static void
part_done(struct rdev *rdev, struct io_request *request)
{
    struct disk_io *io = request->owner;
    struct vdev *dev = io->dev;
    struct csw *csw = &request->csw;
    unsigned last;
    bool well = !request->gone &&
                csw->unit == (CSW_CHANNEL_END | CSW_DEVICE_END) &&
                (csw->channel & ~CSW_PCI) == 0;

    (void)rdev;
    if (dev == NULL) {
        frame_put((uint32_t)io);
        return;
    }
    if (request->gone) {
        csw->unit = CSW_CHANNEL_END | CSW_DEVICE_END | CSW_UNIT_CHECK;
        request->sense[0] = SENSE_INTERVENTION;
    }
    last = request->at_sio || request->gone ? 0 : ccw_index(io, csw->addr);
    ccw_arm(dev, io, last);
    if (well && io->cut && dev->ipl_done != NULL && dev->ipl_jumps == JUMPS_MAX)
        csw->channel |= CSW_PROGRAM_CHECK;
    else if (well && io->cut) {
        if (dev->ipl_done == NULL)
            part_start(dev, io->resume_at, 0);
        else
            part_start(dev, dev->first_addr, ++dev->ipl_jumps);
        return;
    }
    program_done(dev, io, last);
}

static enum vdev_result
disk_start(struct vdev *dev, struct vcommand *cmd, uint8_t *status)
{
    if (dev->not_ready) {
        dev->disk_sense[0] = SENSE_INTERVENTION;
        return vdev_check(dev, status, SENSE_INTERVENTION);
    }
    /* An immediate command ends in SIO. */
    if (cmd->code == CCW_NOP) {
        *status = CSW_CHANNEL_END | CSW_DEVICE_END;
        return VDEV_ENDED;
    }
    memset(dev->disk_sense, 0, sizeof dev->disk_sense);
    dev->io = dev->spare;
    dev->spare = NULL;
    if (dev->io == NULL)
        dev->io = (struct disk_io *)frame_get();
    if (dev->io == NULL) {
        dev->disk_sense[0] = SENSE_EQUIPMENT;
        return vdev_check(dev, status, SENSE_EQUIPMENT);
    }
    dev->ipl_jumps = 0;
    part_start(dev,
               dev->ipl_done != NULL ? dev->first_addr
                                     : (dev->first_addr - 8) & 0xFFFFFF,
               0);
    return VDEV_STARTED;
}

/* The program in progress is nobody's any more. */
static void
disk_halt(struct vdev *dev)
{
    struct disk_io *io = dev->io;

    if (io == NULL)
        return;
    dev->io = NULL;
    io->dev = NULL;
    if (io_cancel(dev->rdev, &io->request))
        dev->spare = io;
}

const struct vdev_ops vdisk_ops = {disk_start, disk_halt, "DASD"};
