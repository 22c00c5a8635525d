/*
 * vaccess.c - a guest's storage as its instructions see it: by logical
 * addresses, through its own segment and page tables when its DAT is on
 * (compare DMKVAT, DMKTRN; GA22-7000, "Dynamic Address Translation")
 *
 * The guest's tables are in its own storage, where anything may stand: each
 * entry is fetched once and checked as the CPU checks it.  Addresses of
 * entries are of 24 bits and wrap round.
 */
#include <s370/dat.h>
#include <s370/lowcore.h>
#include <string.h>

#include "guest.h"
#include "shadow.h"
#include "vpsw.h"

/* Bits that must be zero in a segment table entry; bit 30 is that of common
 * segments, which CP does not keep apart from others. */
#define SEGMENT_ZERO 0x0F000004u
#define BLOCK 2048u /* has one key, and never crosses a page */

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

/* Which page of its segment vaddr is in. */
static uint32_t
page_index(const struct format *f, uint32_t vaddr)
{
    return (vaddr & ((1u << f->segment_shift) - 1)) >> f->page_shift;
}

int
guest_translate(struct vm *vm, uint32_t vaddr, uint32_t *result, bool *beyond)
{
    struct format f;
    uint32_t entry, segment, page;
    uint16_t page_entry;

    *beyond = false;
    if (!translation_format(vm->cr[0], &f))
        return PGM_TRANSLATION_SPEC;
    segment = vaddr >> f.segment_shift;
    page = page_index(&f, vaddr);
    *result = ((vm->cr[1] & 0xFFFFC0) + segment * 4) & 0xFFFFFF;
    *beyond = segment >> 4 > vm->cr[1] >> 24;
    if (*beyond)
        return PGM_SEGMENT;
    if (guest_fetch(vm, *result, &entry, sizeof entry) != PGM_NONE)
        return PGM_ADDRESSING;
    if (entry & SEGMENT_INVALID)
        return PGM_SEGMENT;
    if (entry & SEGMENT_ZERO)
        return PGM_TRANSLATION_SPEC;
    *result = ((entry & 0xFFFFF8) + page * 2) & 0xFFFFFF;
    /* The length is told in sixteenths of a segment. */
    *beyond = page >> (f.segment_shift - f.page_shift - 4) > entry >> 28;
    if (*beyond)
        return PGM_PAGE;
    if (guest_fetch(vm, *result, &page_entry, sizeof page_entry) != PGM_NONE)
        return PGM_ADDRESSING;
    if (page_entry & f.invalid)
        return PGM_PAGE;
    if (page_entry & f.zero)
        return PGM_TRANSLATION_SPEC;
    *result = ((uint32_t)(page_entry & ~(f.invalid * 2 - 1)) << 8 & 0xFFFFFF) |
              (vaddr & ((1u << f.page_shift) - 1));
    return PGM_NONE;
}

bool
guest_page_entry(const struct vm *vm, uint32_t origin, uint32_t vaddr,
                 uint32_t *gaddr, uint16_t *invalid)
{
    struct format f;

    if (!translation_format(vm->cr[0], &f))
        return false;
    *gaddr = ((origin & 0xFFFFF8) + page_index(&f, vaddr) * 2) & 0xFFFFFF;
    *invalid = f.invalid;
    return true;
}

/* ---- by logical address -------------------------------------------------- */

const void *
logical_look(struct vm *vm, uint32_t laddr, uint32_t len)
{
    uint32_t raddr;

    if (!vpsw_dat(vm->psw))
        return guest_look(vm, laddr, len);
    if (laddr % BLOCK + len > BLOCK ||
        shadow_real(vm, laddr, &raddr) != PGM_NONE)
        return NULL;
    return (const void *)raddr;
}

/* The one or two blocks of an operand: where they are. */
struct operand {
    uint32_t raddr[2], len[2];
};

/* Find and check an operand under DAT, in the order of its bytes. */
static int
operand_find(struct vm *vm, uint32_t vaddr, uint32_t len, unsigned key,
             bool store, struct operand *o)
{
    unsigned i;

    o->len[0] = BLOCK - vaddr % BLOCK;
    if (o->len[0] > len)
        o->len[0] = len;
    o->len[1] = len - o->len[0];
    for (i = 0; i < 2 && o->len[i] > 0; i++) {
        uint32_t at = (vaddr + (i == 0 ? 0 : o->len[0])) & 0xFFFFFF;
        int code = shadow_real(vm, at, &o->raddr[i]);

        if (code == PGM_SEGMENT || code == PGM_PAGE)
            guest_low(vm)->pgm_address = at;
        if (code != PGM_NONE)
            return code;
        if (!guest_key_admits(o->raddr[i], key, store))
            return PGM_PROTECTION;
    }
    return PGM_NONE;
}

int
logical_fetch(struct vm *vm, uint32_t laddr, void *to, uint32_t len,
              unsigned key)
{
    struct operand o;
    int code;

    if (!vpsw_dat(vm->psw))
        return guest_fetch_key(vm, laddr, to, len, key);
    code = operand_find(vm, laddr, len, key, false, &o);
    if (code != PGM_NONE)
        return code;
    memcpy(to, (void *)o.raddr[0], o.len[0]);
    if (o.len[1] > 0)
        memcpy((uint8_t *)to + o.len[0], (void *)o.raddr[1], o.len[1]);
    return PGM_NONE;
}

int
logical_store(struct vm *vm, uint32_t laddr, const void *from, uint32_t len,
              unsigned key)
{
    struct operand o;
    int code;

    if (!vpsw_dat(vm->psw))
        return guest_store_key(vm, laddr, from, len, key);
    code = operand_find(vm, laddr, len, key, true, &o);
    if (code != PGM_NONE)
        return code;
    memcpy((void *)o.raddr[0], from, o.len[0]);
    if (o.len[1] > 0)
        memcpy((void *)o.raddr[1], (const uint8_t *)from + o.len[0], o.len[1]);
    return PGM_NONE;
}
