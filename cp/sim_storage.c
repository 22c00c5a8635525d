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
    if (in->gaddr >= vm->storage_bytes)
        sim_program(vm, in, PGM_ADDRESSING);
    else
        vm->psw = vpsw_with_cc(vm->psw, guest_reference_reset(vm, in->gaddr));
}

/* The real machine's TLB holds CP's translations only. */
void
sim_ptlb(struct vm *vm, const struct insn *in)
{
    (void)vm;
    (void)in;
}

/* ---- LOAD REAL ADDRESS --------------------------------------------------- */

/* How control register 0 says that an address is to be cut. */
struct format {
    unsigned segment_shift, page_shift; /* 16 or 20; 11 or 12 */
    uint16_t invalid, zero;             /* bits of a page table entry */
};

static bool
translation_format(uint32_t cr0, struct format *f)
{
    uint32_t page = cr0 & CR0_PAGE_MASK, segment = cr0 & CR0_SEGMENT_MASK;

    if ((page != CR0_PAGE_2K && page != CR0_PAGE_4K) ||
        (segment != CR0_SEGMENT_64K && segment != CR0_SEGMENT_1M))
        return false;
    f->segment_shift = segment == CR0_SEGMENT_1M ? 20 : 16;
    f->page_shift = page == CR0_PAGE_4K ? 12 : 11;
    f->invalid = page == CR0_PAGE_4K ? 0x0008 : 0x0004;
    f->zero = page == CR0_PAGE_4K ? 0x0006 : 0x0002;
    return true;
}

/*
 * Translate through the guest's own tables.  Returns the condition code of
 * LRA with *result (for 1 and 2 the address of the invalid entry, for 3 that
 * of the one that is too far), or -1 with the program-interruption code in
 * *code.
 */
static int
translate(struct vm *vm, uint32_t vaddr, uint32_t *result, int *code)
{
    struct format f;
    uint32_t entry, segment, page;
    uint16_t page_entry;

    *code = PGM_TRANSLATION_SPEC;
    if (!translation_format(vm->cr[0], &f))
        return -1;
    segment = vaddr >> f.segment_shift;
    page = (vaddr & ((1u << f.segment_shift) - 1)) >> f.page_shift;
    *result = ((vm->cr[1] & 0xFFFFC0) + segment * 4) & 0xFFFFFF;
    if (segment >> 4 > vm->cr[1] >> 24)
        return 3;
    *code = guest_fetch(vm, *result, &entry, sizeof entry);
    if (*code != PGM_NONE)
        return -1;
    if (entry & SEGMENT_INVALID)
        return 1;
    *code = PGM_TRANSLATION_SPEC;
    if (entry & 0x0F000006)
        return -1;
    *result = ((entry & 0xFFFFF8) + page * 2) & 0xFFFFFF;
    /* The length is told in sixteenths of a segment. */
    if (page >> (f.segment_shift - f.page_shift - 4) > entry >> 28)
        return 3;
    *code = guest_fetch(vm, *result, &page_entry, sizeof page_entry);
    if (*code != PGM_NONE)
        return -1;
    if (page_entry & f.invalid)
        return 2;
    *code = PGM_TRANSLATION_SPEC;
    if (page_entry & f.zero)
        return -1;
    *result = ((uint32_t)(page_entry & ~(f.invalid * 2 - 1)) << 8 & 0xFFFFFF) |
              (vaddr & ((1u << f.page_shift) - 1));
    return 0;
}

void
sim_lra(struct vm *vm, const struct insn *in)
{
    uint32_t vaddr = in->gaddr + (in->r3 != 0 ? vm->gr[in->r3] : 0);
    uint32_t result;
    int code, cc = translate(vm, vaddr & 0xFFFFFF, &result, &code);

    if (cc < 0) {
        sim_program(vm, in, (unsigned)code);
        return;
    }
    vm->gr[in->r1] = result;
    vm->psw = vpsw_with_cc(vm->psw, cc);
}
