/*
 * vm.c - a virtual machine comes and goes (compare DMKLOG, DMKBLD, DMKUSO)
 */
#include "vm.h"

#include <s370/dat.h>
#include <string.h>

#include "clock.h"
#include "directory.h"
#include "entry.h"
#include "guest.h"
#include "shadow.h"
#include "vdevice.h"

struct vm *vm_ring;
struct vm *vm_current;

struct vm *
vm_find(const char *userid)
{
    struct vm *vm = vm_ring;

    if (vm == NULL)
        return NULL;
    do {
        if (strcmp(vm->userid, userid) == 0)
            return vm;
        vm = vm->next;
    } while (vm != vm_ring);
    return NULL;
}

/* The last one of the ring; vm_ring is the first to have logged on. */
static struct vm *
ring_before(const struct vm *vm)
{
    struct vm *before = vm->next;

    while (before->next != vm)
        before = before->next;
    return before;
}

static void
ring_add(struct vm *vm)
{
    vm->next = vm;
    if (vm_ring == NULL) {
        vm_ring = vm;
        return;
    }
    vm->next = vm_ring;
    ring_before(vm_ring)->next = vm;
}

static void
ring_remove(struct vm *vm)
{
    ring_before(vm)->next = vm->next;
    if (vm_ring == vm)
        vm_ring = vm->next == vm ? NULL : vm->next;
}

struct vm *
vm_create(const struct dir_user *user)
{
    struct vm *vm = block_get(sizeof *vm);

    if (vm == NULL)
        return NULL;
    strcpy(vm->userid, user->userid);
    vm->user = user;
    vm->classes = user->classes;
    vm->storage_bytes = user->storage_bytes;
    vm->state = VM_NOTIPLED;
    vm->timer_mode = TIMER_REAL;
    vm->set_ecmode = user->ecmode;
    vm->set_msg = vm->set_wng = vm->set_imsg = vm->set_linedit = true;
    vm->logon_tod = tod_now();
    ring_add(vm);
    if (!guest_create(vm) || !shadow_create(vm) || !vdev_create_all(vm, user)) {
        vm_destroy(vm);
        return NULL;
    }
    vm_reset(vm, false);
    return vm;
}

void
vm_destroy(struct vm *vm)
{
    vdev_destroy_all(vm);
    guest_destroy(vm);
    shadow_destroy(vm);
    dispatch_forget(vm);
    ring_remove(vm);
    block_put(vm, sizeof *vm);
}

/* Control registers after a reset: GA22-7000, "Control Registers". */
void
vm_reset(struct vm *vm, bool clear)
{
    vio_reset(vm);
    shadow_purge(vm);
    memset(vm->cr, 0, sizeof vm->cr);
    vm->cr[0] = CR0_INITIAL;
    vm->cr[2] = 0xFFFFFFFF;
    vm->cr[14] = 0xC2000000;
    vm->psw = 0;
    vm->ext_pending = 0;
    vm->clock_comparator = 0;
    vm->cpu_timer = 0;
    vm->timer_rest = 0;
    vm->state &= ~(unsigned)VM_WAIT;
    if (clear) {
        memset(vm->gr, 0, sizeof vm->gr);
        memset(vm->fr, 0, sizeof vm->fr);
        guest_clear(vm);
    }
}
