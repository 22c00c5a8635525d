/*
 * cmd_device.c - what an operator's hand does at a virtual device: READY,
 * NOTREADY, RESET, ATTN (compare DMKCPB)
 */
#include "command.h"
#include "console.h"
#include "vdevice.h"

/* The device that is the only operand; NULL after a reply. */
static struct vdev *
only_device(struct vm *vm, struct words *w)
{
    struct vdev *dev = word_device(vm, "DMKCPB", word_next(w));

    return dev == NULL || words_left(vm, "DMKCPB", w) ? NULL : dev;
}

/* READY vaddr: device end, as when an operator presses START. */
void
cmd_ready(struct vm *vm, struct words *w)
{
    struct vdev *dev = only_device(vm, w);

    if (dev == NULL)
        return;
    dev->not_ready = false;
    vdev_async(dev, CSW_DEVICE_END);
}

/* NOTREADY vaddr: commands get intervention required until READY. */
void
cmd_notready(struct vm *vm, struct words *w)
{
    struct vdev *dev = only_device(vm, w);

    if (dev == NULL)
        return;
    if (dev->class == VDEV_CONSOLE)
        cp_error(vm, "DMKCPB006E", "INVALID DEVICE TYPE - %03X", dev->vaddr);
    else
        dev->not_ready = true;
}

/* RESET vaddr: forget what the device has to tell and to do. */
void
cmd_reset(struct vm *vm, struct words *w)
{
    struct vdev *dev = only_device(vm, w);

    if (dev == NULL)
        return;
    vdev_reset(dev);
    vm_wake(vm);
}

/* ATTN, REQUEST: the request key of the virtual console; the machine goes
 * on. */
void
cmd_attn(struct vm *vm, struct words *w)
{
    if (words_left(vm, "DMKCPB", w))
        return;
    if (vm->console == NULL) {
        cp_error(vm, "DMKCPB040E", "DEV %03X DOES NOT EXIST", 9);
        return;
    }
    vdev_async(vm->console, CSW_ATTENTION);
    cp_read_leave(vm);
}
