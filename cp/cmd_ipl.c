/*
 * cmd_ipl.c - IPL vaddr [CLEAR]: load the virtual machine from a device
 * (compare DMKCFG, DMKVMI; GA22-7000, "Initial Program Loading")
 *
 * The machine is reset, the implied read of 24 bytes and what it chains to
 * are run by the virtual channel, then the PSW at location 0 is loaded.  That
 * takes time; ipl_done() comes when it is over.
 */
#include <s370/lowcore.h>
#include <string.h>

#include "command.h"
#include "console.h"
#include "spool.h"
#include "vdevice.h"
#include "vpsw.h"

static void
ipl_failed(struct vm *vm)
{
    cp_error(vm, "DMKVMI232E", "IPL UNIT ERROR; IPL NOT PERFORMED");
    cp_read(vm);
}

/* Where the program finds out which device it came from: in BC mode in the
 * interruption code of the PSW at 0, in EC mode at X'BA'. */
static void
store_device(struct vm *vm, uint16_t vaddr, psw_t psw)
{
    guest_store(vm, vpsw_ec(psw) ? LOW_IO_ADDRESS : 2, &vaddr, sizeof vaddr);
}

static void
ipl_done(struct vdev *dev, bool ok)
{
    struct vm *vm = dev->vm;
    psw_t psw;

    vm_start(vm, VM_CFWAIT);
    if (!ok) {
        ipl_failed(vm);
        cp_read_again(vm);
        return;
    }
    guest_fetch(vm, LOW_RESTART_NEW, &psw, sizeof psw);
    store_device(vm, dev->vaddr, psw);
    vm_start(vm, VM_NOTIPLED);
    cp_read_leave(vm);
    vpsw_load(vm, psw);
}

void
cmd_ipl(struct vm *vm, struct words *w)
{
    struct vdev *dev = word_device(vm, "DMKCFG", word_next(w));
    const char *option = word_next(w);
    bool clear = option != NULL && word_is(option, "CLEAR", 5);

    if (dev == NULL)
        return;
    if (dev->class != VDEV_READER && dev->class != VDEV_DISK) {
        cp_error(vm, "DMKCFG006E", "INVALID DEVICE TYPE - %03X", dev->vaddr);
        return;
    }
    if (option != NULL && !clear && !word_is(option, "NOCLEAR", 7)) {
        error_option(vm, "DMKCFG", option);
        return;
    }
    if (words_left(vm, "DMKCFG", w))
        return;
    vm_reset(vm, clear);
    /* A deck whose last card is read gives way to the next one. */
    if (dev->file != NULL && spool_at_end(dev->file))
        spool_close(dev, NULL);
    vm_stop(vm, VM_CFWAIT);
    vio_ipl(dev, ipl_done);
}
