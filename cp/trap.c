/*
 * trap.c - the interruptions of the real machine (compare DMKPRG, DMKSVC,
 * DMKPSA and DMKIOS's entries)
 *
 * entry.asm has saved the general and floating-point registers of a guest in
 * its struct vm.  Each function here does its work to the end and goes to
 * dispatch().  A program interruption or SVC of CP itself is a mistake in CP.
 */
#include <s370/insn.h>

#include "entry.h"
#include "guest.h"
#include "realio.h"
#include "shadow.h"
#include "vpsw.h"

static const struct lowcore *const low = LOWCORE;

/* Out of a guest: what of its PSW the guest itself can change goes into the
 * virtual one, and the time that it has run is charged.  False: the
 * interruption came into CP's wait. */
static bool
from_guest(psw_t old)
{
    struct vm *vm = vm_current;

    if (!(old & PSW_PROBLEM))
        return false;
    vm->psw = vpsw_from_real(vm->psw, old);
    dispatch_charge();
    return true;
}

void
trap_external(void)
{
    from_guest(low->ext_old);
    if (low->ext_code == EXT_CLOCK_COMPARATOR)
        dispatch_deadline();
    dispatch();
}

void
trap_io(void)
{
    struct csw csw = low->csw;

    from_guest(low->io_old);
    dispatch_look();
    realio_interruption(low->io_address, &csw);
    dispatch();
}

void
trap_svc(void)
{
    if (!from_guest(low->svc_old))
        panic("SVC %u in CP at %06X", low->svc_code,
              (uint32_t)low->svc_old & 0xFFFFFF);
    if (!adstop_reached(vm_current, low->svc_code, low->svc_ilc))
        reflect_svc(vm_current, low->svc_code, low->svc_ilc);
    dispatch();
}

void
trap_machine(void)
{
    panic("machine check, PSW %08X %08X", (uint32_t)(low->mck_old >> 32),
          (uint32_t)low->mck_old);
}

/* A page that CP's or the shadow tables do not have yet: mostly that changes
 * here, and the instruction, which was nullified, is executed again.  Else the
 * guest's own tables do not have it, or it is outside the guest's storage.  A
 * page or segment exception of the guest nullifies too, other exceptions leave
 * the PSW behind the instruction. */
static void
page_exception(struct vm *vm, unsigned per)
{
    uint32_t laddr = low->pgm_address & 0xFFFFFF, raddr;
    unsigned ilc = low->pgm_ilc;
    int code;

    if (vpsw_dat(vm->psw))
        code = shadow_real(vm, laddr, &raddr);
    else
        code = guest_frame(vm, laddr) != 0 ? PGM_NONE : PGM_ADDRESSING;
    if (code == PGM_NONE)
        return;
    if (code == PGM_SEGMENT || code == PGM_PAGE)
        guest_low(vm)->pgm_address = laddr;
    else
        vm->psw = vpsw_with_address(vm->psw, vpsw_address(vm->psw) + ilc);
    reflect_program(vm, (unsigned)code | per, ilc);
}

/* What the CPU has stored besides the code, the guest gets in its own low
 * storage. */
static void
monitor_call(struct vm *vm)
{
    struct lowcore *guest = guest_low(vm);

    guest->monitor_class = low->monitor_class;
    guest->monitor_code = low->monitor_code;
}

/* PER has recorded events.  Of a simulated instruction it is only its fetch:
 * what CP stores is not the guest's doing. */
static void
program_event(struct vm *vm)
{
    struct lowcore *guest = guest_low(vm);

    guest->per_code = low->per_code;
    guest->per_address = low->per_address;
}

static void
privileged(struct vm *vm, unsigned code, unsigned ilc)
{
    if (vpsw_problem(vm->psw))
        reflect_program(vm, code, ilc);
    else
        sim_instruction(vm, ilc, (code & PGM_PER) != 0);
}

void
trap_program(void)
{
    unsigned code = low->pgm_code, ilc = low->pgm_ilc;
    struct vm *vm = vm_current;

    if (!from_guest(low->pgm_old))
        panic("program interruption X'%04X' in CP at %06X, R14 %06X", code,
              (uint32_t)low->pgm_old & 0xFFFFFF, ENTRY->gr[14] & 0xFFFFFF);
    if (code & PGM_PER)
        program_event(vm);
    switch (code & ~(unsigned)PGM_PER) {
    case PGM_PRIVILEGED:
        privileged(vm, code, ilc);
        break;
    case PGM_SEGMENT:
    case PGM_PAGE:
        page_exception(vm, code & PGM_PER);
        break;
    case PGM_MONITOR:
        monitor_call(vm);
        reflect_program(vm, code, ilc);
        break;
    default:
        reflect_program(vm, code, ilc);
        break;
    }
    dispatch();
}
