/*
 * sim_io.c - the I/O instructions of a virtual machine (compare DMKVIO;
 * GA22-7000, "Input/Output Instructions")
 *
 * Each returns the condition code that the guest gets.  Virtual channels are
 * there where a virtual device is; each device has a subchannel of its own.
 */
#include <s370/ccw.h>
#include <s370/lowcore.h>
#include <string.h>

#include "sim.h"
#include "vdevice.h"
#include "vpsw.h"

/* The device at an operand address; NULL: not operational, cc 3.  Bits over
 * the 16 of a device address are ignored, as a channel set of 16 ignores
 * them. */
static struct vdev *
device_at(struct vm *vm, uint32_t vaddr)
{
    return vdev_find(vm, (uint16_t)vaddr);
}

/* Store the two status bytes of the CSW; the rest stays (cc 1 of SIO). */
static int
store_status(struct vm *vm, uint8_t unit, uint8_t channel)
{
    uint8_t status[2] = {unit, channel};

    guest_store(vm, LOW_CSW + 4, status, sizeof status);
    return 1;
}

/* Store the whole CSW that was pending, which clears the interruption. */
static int
store_pending(struct vdev *dev)
{
    guest_store(dev->vm, LOW_CSW, &dev->csw, sizeof dev->csw);
    dev->pending = false;
    return 1;
}

static int
store_async(struct vdev *dev, uint8_t busy)
{
    struct csw csw;

    memset(&csw, 0, sizeof csw);
    csw.unit = dev->async | busy;
    dev->async = 0;
    guest_store(dev->vm, LOW_CSW, &csw, sizeof csw);
    return 1;
}

int
vio_sio(struct vm *vm, uint32_t vaddr)
{
    struct vdev *dev = device_at(vm, vaddr);

    if (dev == NULL)
        return 3;
    if (dev->active || dev->pending)
        return 2;
    if (dev->async != 0) {
        uint8_t unit = dev->async;

        dev->async = 0;
        return store_status(vm, unit | CSW_BUSY, 0);
    }
    return vccw_start(dev);
}

int
vio_tio(struct vm *vm, uint32_t vaddr)
{
    struct vdev *dev = device_at(vm, vaddr);

    if (dev == NULL)
        return 3;
    if (dev->active)
        return 2;
    if (dev->pending)
        return store_pending(dev);
    if (dev->async != 0)
        return store_async(dev, 0);
    return 0;
}

int
vio_clrio(struct vm *vm, uint32_t vaddr)
{
    struct vdev *dev = device_at(vm, vaddr);

    if (dev == NULL)
        return 3;
    if (dev->active) {
        dev->ops->halt(dev);
        vccw_forget(dev);
        dev->active = false;
        dev->csw.key = (uint8_t)(dev->ccw_key << 4);
        dev->csw.addr = dev->ccw_addr & 0xFFFFFF;
        dev->csw.unit = 0;
        dev->csw.channel = 0;
        dev->csw.count = dev->ccw.count;
        return store_pending(dev);
    }
    return dev->pending ? store_pending(dev) : 0;
}

/* Halt: the command in progress ends now, with channel end and device end to
 * interrupt.  cc 1 with status zero stored, as a multiplexer channel does. */
static int
halt(struct vdev *dev)
{
    if (!dev->active)
        return dev->pending || dev->async ? 0 : store_status(dev->vm, 0, 0);
    dev->ops->halt(dev);
    vccw_forget(dev);
    dev->active = false;
    dev->csw.key = (uint8_t)(dev->ccw_key << 4);
    dev->csw.addr = dev->ccw_addr & 0xFFFFFF;
    dev->csw.unit = CSW_CHANNEL_END | CSW_DEVICE_END;
    dev->csw.channel = 0;
    dev->csw.count = dev->ccw.count;
    dev->pending = true;
    dev->pci = false;
    vm_wake(dev->vm);
    return store_status(dev->vm, 0, 0);
}

int
vio_hio(struct vm *vm, uint32_t vaddr)
{
    struct vdev *dev = device_at(vm, vaddr);

    return dev == NULL ? 3 : halt(dev);
}

int
vio_hdv(struct vm *vm, uint32_t vaddr)
{
    return vio_hio(vm, vaddr);
}

/* Is there any device on the channel of vaddr? */
static bool
channel_there(struct vm *vm, uint32_t vaddr)
{
    struct vdev *dev;

    for (dev = vm->devices; dev != NULL; dev = dev->next)
        if (dev->vaddr >> 8 == (vaddr & 0xFFFF) >> 8)
            return true;
    return false;
}

int
vio_tch(struct vm *vm, uint32_t vaddr)
{
    return channel_there(vm, vaddr) ? 0 : 3;
}

/* Store the channel ID: channel 0 is a byte multiplexer, others are block
 * multiplexers, without model or logout. */
int
vio_stidc(struct vm *vm, uint32_t vaddr)
{
    uint32_t id = vaddr & 0xFF00 ? 0x20000000 : 0x10000000;

    if (!channel_there(vm, vaddr))
        return 3;
    guest_store(vm, LOW_CHANNEL_ID, &id, sizeof id);
    return 0;
}

void
vio_reset(struct vm *vm)
{
    struct vdev *dev;

    for (dev = vm->devices; dev != NULL; dev = dev->next)
        vdev_reset(dev);
}

int
vio_ipl(struct vdev *dev, void (*done)(struct vdev *dev, bool ok))
{
    dev->ipl_done = done;
    vccw_ipl(dev);
    return 0;
}

/* ---- the instructions ---------------------------------------------------- */

static void
set_cc(struct vm *vm, int cc)
{
    vm->psw = vpsw_with_cc(vm->psw, cc);
}

/* The last bit of the second byte tells SIO from SIOF, TIO from CLRIO, HIO
 * from HDV.  A virtual channel starts the device at once, so SIOF is SIO. */
void
sim_sio(struct vm *vm, const struct insn *in)
{
    set_cc(vm, vio_sio(vm, in->laddr));
}

void
sim_tio(struct vm *vm, const struct insn *in)
{
    set_cc(vm, in->i2 & 1 ? vio_clrio(vm, in->laddr) : vio_tio(vm, in->laddr));
}

void
sim_hio(struct vm *vm, const struct insn *in)
{
    set_cc(vm, in->i2 & 1 ? vio_hdv(vm, in->laddr) : vio_hio(vm, in->laddr));
}

void
sim_tch(struct vm *vm, const struct insn *in)
{
    set_cc(vm, vio_tch(vm, in->laddr));
}

void
sim_stidc(struct vm *vm, const struct insn *in)
{
    set_cc(vm, vio_stidc(vm, in->laddr));
}
