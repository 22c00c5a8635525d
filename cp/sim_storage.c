/*
 * sim_storage.c - storage keys and translation (compare DMKPRV, DMKVAT;
 * GA22-7000, "Control Instructions", "Dynamic Address Translation")
 *
 * The keys of a virtual machine are the real keys of its frames: CP sets and
 * reads those.
 */
#include <s370/dat.h>
#include <s370/keys.h>

#include "guest.h"
#include "shadow.h"
#include "sim.h"
#include "vpsw.h"

/* The block that register R2 of SSK and ISK names; false: reflected. */
static bool
key_block(struct vm *vm, const struct insn *in, uint32_t *gaddr)
{
    uint32_t r2 = vm->gr[in->r3];

    *gaddr = r2 & 0xFFF800;
    if ((r2 & 15) != 0)
        sim_program(vm, in, PGM_SPECIFICATION);
    else if (*gaddr >= vm->storage_bytes)
        sim_program(vm, in, PGM_ADDRESSING);
    else
        return true;
    return false;
}

void
sim_ssk(struct vm *vm, const struct insn *in)
{
    uint32_t gaddr;

    if (key_block(vm, in, &gaddr))
        guest_key_set(vm, gaddr, (uint8_t)(vm->gr[in->r1] & 0xFE));
}

/* In BC mode the reference and change bits are not shown. */
void
sim_isk(struct vm *vm, const struct insn *in)
{
    uint32_t gaddr;
    uint8_t key;

    if (!key_block(vm, in, &gaddr))
        return;
    key = guest_key_get(vm, gaddr);
    if (!vpsw_ec(vm->psw))
        key &= (uint8_t) ~(KEY_REFERENCE | KEY_CHANGE);
    vm->gr[in->r1] = (vm->gr[in->r1] & 0xFFFFFF00) | key;
}

void
sim_rrb(struct vm *vm, const struct insn *in)
{
    if (in->laddr >= vm->storage_bytes)
        sim_program(vm, in, PGM_ADDRESSING);
    else
        vm->psw = vpsw_with_cc(vm->psw, guest_reference_reset(vm, in->laddr));
}

/* The guest's lookaside buffer are its shadow tables. */
void
sim_ptlb(struct vm *vm, const struct insn *in)
{
    (void)in;
    shadow_purge(vm);
}

/* INVALIDATE PAGE TABLE ENTRY: R1 as a segment table entry and the page of R2
 * lead to the entry, at a real address. */
void
sim_ipte(struct vm *vm, const struct insn *in)
{
    unsigned r1 = in->bytes[3] >> 4, r2 = in->bytes[3] & 15;
    uint32_t gaddr;
    uint16_t invalid, entry;
    int code;

    if (!guest_page_entry(vm, vm->gr[r1], vm->gr[r2] & 0xFFFFFF, &gaddr,
                          &invalid)) {
        sim_program(vm, in, PGM_TRANSLATION_SPEC);
        return;
    }
    code = guest_fetch(vm, gaddr, &entry, sizeof entry);
    if (code == PGM_NONE) {
        entry |= invalid;
        code =
            guest_store_key(vm, gaddr, &entry, sizeof entry, vpsw_key(vm->psw));
    }
    if (code == PGM_NONE)
        shadow_purge(vm);
    else
        sim_program(vm, in, (unsigned)code);
}

/* TEST PROTECTION: the first operand, under the key in the second operand's
 * address.  Condition code 0 fetch and store, 1 fetch only, 2 neither, 3 not
 * translated. */
void
sim_tprot(struct vm *vm, const struct insn *in)
{
    unsigned base = in->bytes[4] >> 4;
    unsigned key = ((base != 0 ? vm->gr[base] : 0) + in->bytes[5]) >> 4 & 15;
    uint32_t raddr;
    int code = PGM_NONE, cc = 3;

    if (vpsw_dat(vm->psw)) {
        code = shadow_real(vm, in->laddr, &raddr);
    } else {
        raddr = guest_frame(vm, in->laddr) + in->laddr % 4096;
        if (in->laddr >= vm->storage_bytes)
            code = PGM_ADDRESSING;
    }
    if (code == PGM_NONE)
        cc = !guest_key_admits(raddr, key, false)  ? 2
             : !guest_key_admits(raddr, key, true) ? 1
                                                   : 0;
    if (code == PGM_NONE || code == PGM_SEGMENT || code == PGM_PAGE)
        vm->psw = vpsw_with_cc(vm->psw, cc);
    else
        sim_program(vm, in, (unsigned)code);
}

/* ---- LOAD REAL ADDRESS --------------------------------------------------- */

/* Condition code 1 or 2: the entry is invalid; 3: it is past the end of its
 * table; its address is the result. */
void
sim_lra(struct vm *vm, const struct insn *in)
{
    uint32_t vaddr = in->laddr + (in->r3 != 0 ? vm->gr[in->r3] : 0);
    uint32_t result;
    bool beyond;
    int code = guest_translate(vm, vaddr & 0xFFFFFF, &result, &beyond), cc = 0;

    if (code == PGM_SEGMENT || code == PGM_PAGE) {
        cc = beyond ? 3 : code == PGM_SEGMENT ? 1 : 2;
    } else if (code != PGM_NONE) {
        sim_program(vm, in, (unsigned)code);
        return;
    }
    vm->gr[in->r1] = result;
    vm->psw = vpsw_with_cc(vm->psw, cc);
}
