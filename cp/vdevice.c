/*
 * vdevice.c - the virtual devices of a machine: made from the directory at
 * LOGON, found by address, their interruptions (compare DMKVDS and VDEVBLOK)
 */
#include "vdevice.h"

#include <string.h>

#include "command.h"
#include "directory.h"
#include "spool.h"
#include "vdisk.h"

static const struct vdev_ops *const ops_of_class[] = {
    [VDEV_CONSOLE] = &vconsole_ops, [VDEV_READER] = &vreader_ops,
    [VDEV_PUNCH] = &vpunch_ops,     [VDEV_PRINTER] = &vprinter_ops,
    [VDEV_DISK] = &vdisk_ops,
};

/* A minidisk is there when its volume is mounted. */
static bool
minidisk_create(struct vdev *dev, const struct dir_device *entry)
{
    dev->rdev = volume_find(entry->volser);
    dev->first_cylinder = entry->first_cylinder;
    dev->cylinders = entry->cylinders;
    dev->may_write = entry->may_write;
    return dev->rdev != NULL;
}

static void
vdev_destroy(struct vdev *dev)
{
    if (dev->command.data != NULL)
        frame_put((uint32_t)dev->command.data);
    if (dev->spare != NULL)
        frame_put((uint32_t)dev->spare);
    block_put(dev, sizeof *dev);
}

static struct vdev *
vdev_create(struct vm *vm, const struct dir_device *entry)
{
    struct vdev *dev = block_get(sizeof *dev);

    if (dev == NULL)
        return NULL;
    dev->vm = vm;
    dev->vaddr = entry->vaddr;
    dev->class = entry->class;
    dev->ops = ops_of_class[dev->class];
    dev->spool_class = entry->spool_class;
    dev->copies = 1;
    dev->eof = true;
    dev->command.data = (uint8_t *)frame_get();
    if (dev->class == VDEV_DISK)
        dev->spare = (struct disk_io *)frame_get();
    if (dev->command.data == NULL ||
        (dev->class == VDEV_DISK && dev->spare == NULL)) {
        vdev_destroy(dev);
        return NULL;
    }
    return dev;
}

bool
vdev_create_all(struct vm *vm, const struct dir_user *user)
{
    struct vdev **end = &vm->devices;
    uint32_t i;

    for (i = 0; i < user->ndevices; i++) {
        const struct dir_device *entry = &user->devices[i];
        struct vdev *dev = vdev_create(vm, entry);

        if (dev == NULL)
            return false;
        if (dev->class == VDEV_DISK && !minidisk_create(dev, entry)) {
            vdev_destroy(dev);
            continue;
        }
        *end = dev;
        end = &dev->next;
        if (dev->class == VDEV_CONSOLE && vm->console == NULL)
            vm->console = dev;
    }
    return true;
}

void
vdev_say_missing(struct vm *vm, const struct dir_user *user)
{
    uint32_t i;

    for (i = 0; i < user->ndevices; i++) {
        const struct dir_device *entry = &user->devices[i];

        if (vdev_find(vm, entry->vaddr) == NULL)
            cp_error(vm, "DMKLNK108E",
                     "%s %03X NOT LINKED; VOLID %s NOT MOUNTED", user->userid,
                     entry->vaddr, entry->volser);
    }
}

void
vdev_destroy_all(struct vm *vm)
{
    while (vm->devices != NULL) {
        struct vdev *dev = vm->devices;

        vdev_reset(dev);
        spool_close(dev, NULL);
        vm->devices = dev->next;
        vdev_destroy(dev);
    }
    vm->console = NULL;
}

struct vdev *
vdev_find(struct vm *vm, uint16_t vaddr)
{
    struct vdev *dev = vm->devices;

    while (dev != NULL && dev->vaddr != vaddr)
        dev = dev->next;
    return dev;
}

void
vdev_async(struct vdev *dev, uint8_t unit_status)
{
    dev->async |= unit_status;
    vm_wake(dev->vm);
}

void
vdev_reset(struct vdev *dev)
{
    dev->ops->halt(dev);
    vccw_forget(dev);
    dev->active = false;
    dev->pending = false;
    dev->pci = false;
    dev->async = 0;
    dev->sense = 0;
    memset(dev->disk_sense, 0, sizeof dev->disk_sense);
    dev->ipl_done = NULL;
}

enum vdev_result
vdev_check(struct vdev *dev, uint8_t *status, uint8_t sense)
{
    dev->sense = sense;
    /* A command that is refused ends at once; others end the operation. */
    *status = CSW_UNIT_CHECK;
    if (sense != SENSE_COMMAND_REJECT && sense != SENSE_INTERVENTION)
        *status |= CSW_CHANNEL_END | CSW_DEVICE_END;
    return VDEV_ENDED;
}

/* The first device with an interruption for a channel of the mask (bit 0 is
 * channel 0). */
static struct vdev *
first_pending(struct vm *vm, uint32_t channel_mask)
{
    struct vdev *dev;

    for (dev = vm->devices; dev != NULL; dev = dev->next)
        if ((dev->pending || (dev->async != 0 && !dev->active)) &&
            channel_mask & 0x80000000u >> (dev->vaddr >> 8))
            return dev;
    return NULL;
}

bool
vdev_pending(struct vm *vm, uint32_t channel_mask)
{
    return first_pending(vm, channel_mask) != NULL;
}

struct vdev *
vdev_accept(struct vm *vm, uint32_t channel_mask, struct csw *csw)
{
    struct vdev *dev = first_pending(vm, channel_mask);

    if (dev == NULL)
        return NULL;
    if (dev->pending) {
        *csw = dev->csw;
        dev->pending = false;
    } else {
        memset(csw, 0, sizeof *csw);
        csw->unit = dev->async;
        dev->async = 0;
    }
    return dev;
}
