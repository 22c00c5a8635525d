/*
 * translate.c - from logical addresses to storage
 *
 * Dynamic address translation goes through two tables in real storage:
 *
 *     control register 1 -> segment table -> page table -> page
 *
 * with segments of 64 KiB or 1 MiB and pages of 2 or 4 KiB, as control
 * register 0 says.  The lookaside (struct side) remembers blocks that were
 * translated, as the translation-lookaside buffer does: a program that makes
 * a valid entry invalid must use PTLB before it can rely on that.  It also
 * remembers that the key check succeeded and that reference and change bits
 * are on; SSK, RRB and everything else that could make this untrue purge it, if
 * it has the block at all: of many blocks in a row only the first costs.
 *
 * Source: GA22-7000, "Dynamic Address Translation".
 */
#include "access.h"

enum {
    SEGMENT_INVALID = 0x00000001,
    SEGMENT_ZEROS = 0x0F000004,
    SEGMENT_PAGE_TABLE = 0x00FFFFF8,
};

/* The translation format: CR0 bits 8-12. */
struct dat_format {
    unsigned page_shift, segment_shift;
    uint16_t page_invalid, page_zeros; /* bits of a page-table entry */
};

static bool
dat_format(const struct cpu *cpu, struct dat_format *f)
{
    switch (cpu->cr[0] & CR0_PAGE_SIZE) {
    case CR0_PAGE_2K:
        f->page_shift = 11;
        f->page_invalid = 0x0004;
        f->page_zeros = 0x0002;
        break;
    case CR0_PAGE_4K:
        f->page_shift = 12;
        f->page_invalid = 0x0008;
        f->page_zeros = 0x0006;
        break;
    default:
        return false;
    }
    switch (cpu->cr[0] & CR0_SEGMENT_SIZE) {
    case CR0_SEGMENT_64K:
        f->segment_shift = 16;
        return true;
    case CR0_SEGMENT_1M:
        f->segment_shift = 20;
        return true;
    default:
        return false;
    }
}

/* A table entry at a real address; false: outside of storage. */
static bool
table_entry(const struct cpu *cpu, uint32_t raddr, const uint8_t **entry)
{
    uint32_t aaddr = real_to_absolute(cpu, raddr);

    *entry = cpu->storage + aaddr;
    return aaddr < cpu->storage_bytes;
}

bool
translate_page_entry(const struct cpu *cpu, uint32_t origin, uint32_t laddr,
                     uint32_t *raddr, uint16_t *invalid)
{
    struct dat_format f;
    uint32_t index;

    if (!dat_format(cpu, &f))
        return false;
    index = (laddr & ((1u << f.segment_shift) - 1)) >> f.page_shift;
    *raddr = ((origin & SEGMENT_PAGE_TABLE) + 2 * index) & ADDRESS_MASK;
    *invalid = f.page_invalid;
    return true;
}

static void
refuse(struct translation *t, int code, uint32_t entry, bool length)
{
    t->code = code;
    t->raddr = entry;
    t->length = length;
}

void
translate(const struct cpu *cpu, uint32_t laddr, struct translation *t)
{
    struct dat_format f;
    uint32_t index, at, segment, npages_shift;
    const uint8_t *entry;
    uint16_t page;

    if (!dat_format(cpu, &f)) {
        refuse(t, PGM_TRANSLATION_SPEC, 0, false);
        return;
    }
    index = laddr >> f.segment_shift;
    at = ((cpu->cr[1] & 0xFFFFC0) + 4 * index) & ADDRESS_MASK;
    if (f.segment_shift == 16 && index >> 4 > cpu->cr[1] >> 24) {
        refuse(t, PGM_SEGMENT, at, true);
        return;
    }
    if (!table_entry(cpu, at, &entry)) {
        refuse(t, PGM_ADDRESSING, at, false);
        return;
    }
    segment = load_be32(entry);
    if (segment & SEGMENT_INVALID) {
        refuse(t, PGM_SEGMENT, at, false);
        return;
    }
    if (segment & SEGMENT_ZEROS) {
        refuse(t, PGM_TRANSLATION_SPEC, at, false);
        return;
    }
    npages_shift = f.segment_shift - f.page_shift;
    index = laddr >> f.page_shift & ((1u << npages_shift) - 1);
    at = ((segment & SEGMENT_PAGE_TABLE) + 2 * index) & ADDRESS_MASK;
    if (index >> (npages_shift - 4) > segment >> 28) {
        refuse(t, PGM_PAGE, at, true);
        return;
    }
    if (!table_entry(cpu, at, &entry)) {
        refuse(t, PGM_ADDRESSING, at, false);
        return;
    }
    page = load_be16(entry);
    if (page & f.page_invalid) {
        refuse(t, PGM_PAGE, at, false);
        return;
    }
    if (page & f.page_zeros) {
        refuse(t, PGM_TRANSLATION_SPEC, at, false);
        return;
    }
    t->code = DONE;
    t->length = false;
    t->raddr = ((uint32_t)page << 8 & ADDRESS_MASK & (~0u << f.page_shift)) |
               (laddr & ((1u << f.page_shift) - 1));
}

static void
trace_translation(const struct cpu *cpu, uint32_t laddr,
                  const struct translation *t)
{
    if (t->code == DONE)
        trace_line(cpu->m, "DAT   %06X -> %06X  (segment table %06X)", laddr,
                   t->raddr, cpu->cr[1] & 0xFFFFC0);
    else
        trace_line(cpu->m, "DAT   %06X: exception %04X, table entry %06X%s",
                   laddr, (unsigned)t->code, t->raddr,
                   t->length ? ", beyond the table's length" : "");
}

/* The real address that laddr means under the current PSW. */
static int
logical_to_real(struct cpu *cpu, uint32_t laddr, uint32_t *raddr)
{
    struct translation t;

    *raddr = laddr;
    if (!cpu->psw.ec || !(cpu->psw.mask & MASK_EC_DAT))
        return DONE;
    translate(cpu, laddr, &t);
    cpu->counters.translations++;
    if (trace_at(cpu->m, 'd', laddr))
        trace_translation(cpu, laddr, &t);
    if (t.code == PGM_SEGMENT || t.code == PGM_PAGE)
        cpu->translation_address = laddr;
    *raddr = t.raddr;
    return t.code;
}

int
side_fill(struct cpu *cpu, uint32_t laddr, enum access access,
          struct side *found)
{
    struct side *side = side_slot(cpu, access, laddr);
    uint32_t raddr, block;
    uint8_t *key;

    if (side_holds(cpu, side, laddr, 1)) {
        *found = *side;
        return DONE;
    }
    cpu->counters.side_misses++;
    TRY(logical_to_real(cpu, laddr, &raddr));
    block = real_to_absolute(cpu, raddr) / BLOCK_BYTES;
    if (block >= cpu->storage_bytes / BLOCK_BYTES)
        return PGM_ADDRESSING;
    key = &cpu->keys[block];
    if (cpu->psw.key != 0 && *key >> 4 != cpu->psw.key &&
        (access == ACCESS_STORE || (*key & KEY_FETCH)))
        return PGM_PROTECTION;
    if (access == ACCESS_STORE && low_protected(cpu, laddr))
        return PGM_PROTECTION;
    *key |= access == ACCESS_STORE ? KEY_REFERENCE | KEY_CHANGE : KEY_REFERENCE;
    found->tag = cpu->tag | (laddr & ~(uint32_t)BLOCK_MASK);
    found->host = cpu->storage + block * BLOCK_BYTES;
    found->code = cpu->code_of[block];
    if ((access == ACCESS_FETCH ||
         (!per_watches_storage(cpu) && !low_block_protected(cpu, laddr))) &&
        !storage_error_in_block(cpu, block * BLOCK_BYTES)) {
        *side = *found;
        cpu->looked_up[block] = cpu->generation;
    }
    return DONE;
}

int
machine_real(const struct machine *m, uint32_t laddr, uint32_t *raddr)
{
    const struct cpu *cpu = m->cpu;
    struct translation t = {.code = DONE, .raddr = laddr & ADDRESS_MASK};

    if (cpu->psw.ec && (cpu->psw.mask & MASK_EC_DAT))
        translate(cpu, t.raddr, &t);
    if (t.code != DONE || real_to_absolute(cpu, t.raddr) >= cpu->storage_bytes)
        return -1;
    *raddr = t.raddr;
    return 0;
}

int
cpu_peek(const struct machine *m, uint32_t laddr, void *buf, size_t len)
{
    const struct cpu *cpu = m->cpu;
    uint8_t *to = buf;
    uint32_t raddr;
    size_t i;

    for (i = 0; i < len; i++) {
        if (machine_real(m, laddr + (uint32_t)i, &raddr) != 0)
            return -1;
        to[i] = cpu->storage[real_to_absolute(cpu, raddr)];
    }
    return 0;
}
