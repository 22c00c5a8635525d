/*
 * reflect.c - interruptions of the virtual machine, and its PSW (compare
 * DMKPRG, DMKSVC, DMKDSP; GA22-7000, "Interruptions")
 *
 * An interruption stores the virtual PSW and its code into the guest's own
 * low storage and loads the new PSW from there.  Where the code stands depends
 * on the mode of the PSW that is stored: in it (BC), or in words of their own
 * (EC).
 *
 * What would keep a real CPU in interruptions for ever (a new PSW that causes
 * the same one again) would keep CP busy for ever: such a machine is stopped.
 */
#include <s370/dat.h>
#include <s370/lowcore.h>

#include "command.h"
#include "console.h"
#include "vdevice.h"
#include "vpsw.h"

/* The word at an assigned location. */
#define LOW_WORD(low, at) ((uint32_t *)((uint8_t *)(low) + (at)))

/* Tell why the machine is stopped, and stop it in CP READ. */
static void
stop_machine(struct vm *vm, const char *code, const char *why, psw_t psw)
{
    cp_error(vm, code, "CP ENTERED; %s '%08X %08X'", why, (uint32_t)(psw >> 32),
             (uint32_t)psw);
    cp_read(vm);
}

static void
stop_loop(struct vm *vm, const char *code, const char *kind)
{
    cp_error(vm, code, "CP ENTERED; %s INTERRUPT LOOP", kind);
    cp_read(vm);
}

/* EC mode is only for those who have it (OPTION ECMODE, SET ECMODE ON). */
static bool
psw_valid(const struct vm *vm, psw_t psw)
{
    return !vpsw_ec(psw) || (vm->set_ecmode && !(psw & VPSW_EC_ZERO));
}

/* ---- storing and loading PSWs -------------------------------------------- */

/* Store the virtual PSW as *old.  BC: with code and length; EC: the word (0
 * length code) goes to *word. */
static void
store_old(const struct vm *vm, psw_t *old, uint32_t *word, unsigned code,
          unsigned ilc)
{
    psw_t psw = vm->psw;

    if (vpsw_ec(psw)) {
        *word = ilc << 16 | code;
        *old = psw;
    } else {
        *old = (psw_t)(VPSW_LEFT(psw) | code) << 32 |
               ((uint32_t)psw | ilc / 2 << 30);
    }
}

void
vpsw_load(struct vm *vm, psw_t psw)
{
    if (!vpsw_ec(psw))
        psw &= ~0x0000FFFFC0000000ull;
    vm->psw = psw;
    if (!vpsw_disabled(psw))
        vm->attend = true;
    vm->state &= ~(unsigned)VM_WAIT;
    if (!psw_valid(vm, psw)) {
        reflect_program(vm, PGM_SPECIFICATION, 0);
    } else if (vpsw_wait(psw) && vpsw_disabled(psw)) {
        stop_machine(vm, "DMKDSP450W", "DISABLED WAIT PSW", psw);
    } else if (vpsw_wait(psw)) {
        vm_stop(vm, VM_WAIT);
        vm_wake(vm);
    }
}

/* ---- program and supervisor call ----------------------------------------- */

/* Would the new PSW, at its first instruction, cause the interruption that
 * has just happened at `at` again, and so for ever? */
static bool
program_loop(psw_t old, psw_t new, uint32_t at)
{
    const psw_t same = 0xFFFF000000000000ull; /* masks, key, mode, state */

    return ((old ^ new) & same) == 0 && vpsw_address(new) == at;
}

void
reflect_program(struct vm *vm, unsigned code, unsigned ilc)
{
    struct lowcore *low = guest_low(vm);
    psw_t old = vm->psw, new = low->pgm_new;
    uint32_t at = vpsw_address(old);

    if ((code & ~(unsigned)PGM_PER) != PGM_SEGMENT &&
        (code & ~(unsigned)PGM_PER) != PGM_PAGE)
        at = (at - ilc) & 0xFFFFFF;
    store_old(vm, &low->pgm_old, LOW_WORD(low, LOW_PGM_ILC), code, ilc);
    if (!psw_valid(vm, new)) {
        vm->psw = new;
        stop_machine(vm, "DMKDSP451W", "INVALID PSW", new);
    } else if (program_loop(old, new, at)) {
        vm->psw = new;
        stop_loop(vm, "DMKDSP453W", "PROGRAM");
    } else {
        vpsw_load(vm, new);
    }
}

void
reflect_svc(struct vm *vm, unsigned code, unsigned ilc)
{
    struct lowcore *low = guest_low(vm);

    store_old(vm, &low->svc_old, LOW_WORD(low, LOW_SVC_ILC), code, ilc);
    vpsw_load(vm, low->svc_new);
}

/* ---- external and input/output ------------------------------------------- */

/* The external conditions that are pending and that control register 0
 * admits. */
static unsigned
external_admitted(struct vm *vm)
{
    unsigned pending, admitted = 0;

    if (!vpsw_external(vm->psw))
        return 0;
    pending = vtimer_pending(vm);
    if (vm->cr[0] & CR0_INTERVAL_TIMER)
        admitted |= VEXT_TIMER;
    if (vm->cr[0] & CR0_INTERRUPT_KEY)
        admitted |= VEXT_KEY;
    if (vm->cr[0] & CR0_CLOCK_COMPARATOR)
        admitted |= VEXT_CLOCK;
    if (vm->cr[0] & CR0_CPU_TIMER)
        admitted |= VEXT_CPU_TIMER;
    return pending & admitted;
}

bool
reflect_ready(struct vm *vm)
{
    uint32_t channels = vpsw_channels(vm->psw, vm->cr[2]);

    return external_admitted(vm) != 0 ||
           (channels != 0 && vdev_pending(vm, channels));
}

/* The code of the first of these conditions.  Timer and key come in together,
 * and their coming in ends them; the clocks' last as long as their cause. */
static unsigned
external_code(struct vm *vm, unsigned conditions)
{
    unsigned code = 0;

    if (conditions & (VEXT_TIMER | VEXT_KEY)) {
        if (conditions & VEXT_TIMER)
            code |= EXT_INTERVAL_TIMER;
        if (conditions & VEXT_KEY)
            code |= EXT_INTERRUPT_KEY;
        vm->ext_pending &= ~(conditions & (VEXT_TIMER | VEXT_KEY));
        return code;
    }
    return conditions & VEXT_CLOCK ? EXT_CLOCK_COMPARATOR : EXT_CPU_TIMER;
}

static void
reflect_external(struct vm *vm, unsigned conditions)
{
    struct lowcore *low = guest_low(vm);
    unsigned code = external_code(vm, conditions);

    store_old(vm, &low->ext_old, LOW_WORD(low, LOW_EXT_CPU), code, 0);
    vpsw_load(vm, low->ext_new);
    if (code >= EXT_CLOCK_COMPARATOR && vm->state == 0 &&
        external_admitted(vm) & (VEXT_CLOCK | VEXT_CPU_TIMER))
        stop_loop(vm, "DMKDSP452W", "EXTERNAL");
}

static void
reflect_io(struct vm *vm)
{
    struct lowcore *low = guest_low(vm);
    uint32_t channels = vpsw_channels(vm->psw, vm->cr[2]);
    struct vdev *dev =
        channels != 0 ? vdev_accept(vm, channels, &low->csw) : NULL;

    if (dev == NULL)
        return;
    store_old(vm, &low->io_old, LOW_WORD(low, LOW_IO_ADDRESS - 2), dev->vaddr,
              0);
    vpsw_load(vm, low->io_new);
}

void
reflect_pending(struct vm *vm)
{
    while (vm->attend && !(vm->state & ~(unsigned)VM_WAIT)) {
        unsigned external = external_admitted(vm);

        vm->attend = false;
        if (external != 0)
            reflect_external(vm, external);
        else
            reflect_io(vm);
    }
}
