/*
 * cmd_adstop.c - ADSTOP: stop the machine before it executes the instruction
 * at a location (compare DMKCFD; GC20-1820, "ADSTOP")
 *
 * As VM/370 does it: SVC X'B3' takes the place of the instruction's first two
 * bytes.  When it comes from there, the instruction is put back, the virtual
 * PSW made to lead to it, and the machine stops.  So a stop strikes once, a
 * machine has one at most, DISPLAY shows X'0AB3' at its location as long as it
 * is set, and a program that stores there or is loaded anew takes it away.
 */
#include <s370/psw.h>

#include "console.h"
#include "operand.h"
#include "shadow.h"
#include "vpsw.h"

#define ADSTOP_SVC 0x0AB3

/* The instruction is put back, if nobody has stored something else there. */
static void
adstop_end(struct vm *vm)
{
    uint16_t there;

    if (!vm->adstop)
        return;
    vm->adstop = false;
    if (guest_fetch(vm, vm->adstop_gaddr, &there, 2) == PGM_NONE &&
        there == ADSTOP_SVC)
        guest_store(vm, vm->adstop_gaddr, &vm->adstop_was, 2);
}

bool
adstop_reached(struct vm *vm, unsigned code, unsigned ilc)
{
    uint32_t vaddr = (vpsw_address(vm->psw) - ilc) & 0xFFFFFF, gaddr = vaddr;
    bool beyond;

    if (!vm->adstop || code != (ADSTOP_SVC & 0xFF) || ilc != 2)
        return false;
    if (vpsw_dat(vm->psw) &&
        guest_translate(vm, vaddr, &gaddr, &beyond) != PGM_NONE)
        return false;
    if (gaddr != vm->adstop_gaddr)
        return false;
    adstop_end(vm);
    vm->psw = vpsw_with_address(vm->psw, vaddr);
    vm_line(vm, "ADSTOP AT %06X", vaddr);
    cp_read(vm);
    return true;
}

void
cmd_adstop(struct vm *vm, struct words *w)
{
    const char *word = word_next(w);
    const uint16_t svc = ADSTOP_SVC;
    uint32_t gaddr = 0;
    bool off;

    if (word == NULL) {
        cp_error(vm, "DMKCFD033E", "HEXLOC MISSING OR INVALID");
        return;
    }
    off = word_is(word, "OFF", 3);
    if (!off && (!word_hex(word, 0xFFFFFF, &gaddr) || gaddr % 2 != 0)) {
        cp_error(vm, "DMKCFD004E", "INVALID HEXLOC - %s", word);
        return;
    }
    if (words_left(vm, "DMKCFD", w))
        return;
    adstop_end(vm);
    if (off)
        return;
    if (guest_fetch(vm, gaddr, &vm->adstop_was, 2) != PGM_NONE) {
        cp_error(vm, "DMKCFD160E", "HEXLOC %06X EXCEEDS STORAGE", gaddr);
        return;
    }
    guest_store(vm, gaddr, &svc, 2);
    vm->adstop_gaddr = gaddr;
    vm->adstop = true;
}
