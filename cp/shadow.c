/*
 * shadow.c - shadow tables: how a guest runs that has DAT on itself (compare
 * DMKVAT; GA22-7000, "Dynamic Address Translation")
 *
 * The guest's tables lead from vaddr to gaddr, CP's (guest.c) from gaddr to
 * raddr.  The CPU can go through one set of tables only, so CP makes a third
 * one, which leads from vaddr to raddr:
 *
 *     vaddr --guest's tables--> gaddr --CP's tables--> raddr
 *       `------------------shadow tables--------------^
 *
 * It is empty at first.  When the guest touches a page, the page exception
 * comes to CP, which follows both, and makes that one entry; or finds that
 * the guest's tables have no such page, and reflects the exception.
 *
 * To the guest this is a translation-lookaside buffer, a big one: entries are
 * made from its tables when they are used, are kept although the tables may
 * have changed since, and go with PTLB and IPTE.  As the real one they are
 * told apart by the segment table (control register 1) and the format
 * (register 0) that they were made under: there are SPACES sets of tables,
 * and a guest that goes back to a former address space finds its entries.
 *
 * A space is one frame: a segment table for all of 16 MiB in 64 KiB segments,
 * whatever the guest's own segments are, and page tables, with pages of the
 * guest's size, given out in turn: when all are used, the first is taken
 * again.  One instruction touches eight pages at most, so it always comes to
 * its end.  The first space's frame is had at LOGON; others are taken when
 * they are needed and there.
 *
 * Keys, reference and change bits are those of the frames, and need nothing.
 */
#include "shadow.h"

#include <s370/dat.h>
#include <s370/insn.h>
#include <string.h>

#include "frame.h"
#include "guest.h"

#define SPACES 8
#define SEGMENTS 256 /* of 64 KiB */
#define SEGMENT_SHIFT 16
#define TABLES_AT (SEGMENTS * 4) /* in the frame: page tables */
#define TABLES_MAX ((FRAME_SIZE - TABLES_AT) / 32)

struct space {
    uint32_t *segments;        /* the frame; NULL: none yet */
    uint32_t cr0, cr1;         /* made under these, only what matters of them */
    uint32_t used;             /* when it was entered last */
    unsigned nowners;          /* page tables in use */
    unsigned next;             /* ... and the one to be given out next */
    uint8_t owner[TABLES_MAX]; /* the segment that each belongs to */
};

struct shadow {
    struct space *now; /* for the control registers as they were last */
    uint32_t clock;
    struct space space[SPACES];
};

/* ---- formats ------------------------------------------------------------- */

#define FORMAT_MASK (CR0_PAGE_MASK | CR0_SEGMENT_MASK)

/* Shadow pages are of 2 KiB when the guest's are; a format that is not valid
 * has no entries, and may be of any size. */
static bool
small_pages(uint32_t cr0)
{
    return (cr0 & CR0_PAGE_MASK) == CR0_PAGE_2K;
}

static unsigned
page_shift(const struct space *s)
{
    return small_pages(s->cr0) ? 11 : 12;
}

static uint16_t
invalid_bit(const struct space *s)
{
    return small_pages(s->cr0) ? 0x0004 : 0x0008;
}

static unsigned
pages_a_table(const struct space *s)
{
    return 1u << (SEGMENT_SHIFT - page_shift(s));
}

/* ---- spaces -------------------------------------------------------------- */

static void
space_clear(struct space *s)
{
    unsigned i;

    for (i = 0; i < s->nowners; i++)
        s->segments[s->owner[i]] = SEGMENT_INVALID;
    s->nowners = s->next = 0;
}

static bool
space_frame(struct space *s)
{
    unsigned i;

    s->segments = (uint32_t *)frame_get();
    for (i = 0; s->segments != NULL && i < SEGMENTS; i++)
        s->segments[i] = SEGMENT_INVALID;
    return s->segments != NULL;
}

bool
shadow_create(struct vm *vm)
{
    vm->shadow = block_get(sizeof *vm->shadow);
    return vm->shadow != NULL && space_frame(&vm->shadow->space[0]);
}

void
shadow_destroy(struct vm *vm)
{
    unsigned i;

    if (vm->shadow == NULL)
        return;
    for (i = 0; i < SPACES; i++)
        if (vm->shadow->space[i].segments != NULL)
            frame_put((uint32_t)vm->shadow->space[i].segments);
    block_put(vm->shadow, sizeof *vm->shadow);
    vm->shadow = NULL;
    s370_ptlb();
}

void
shadow_purge(struct vm *vm)
{
    unsigned i;

    if (vm->shadow == NULL)
        return;
    for (i = 0; i < SPACES; i++)
        space_clear(&vm->shadow->space[i]);
    s370_ptlb();
}

/* A space for other control registers: one without a frame yet if it can get
 * one, else the one whose last use is longest ago. */
static struct space *
space_new(struct shadow *shadow)
{
    struct space *oldest = &shadow->space[0], *s;

    for (s = shadow->space; s < shadow->space + SPACES; s++) {
        if (s->segments == NULL) {
            if (space_frame(s))
                return s;
            break;
        }
        if (s->used < oldest->used)
            oldest = s;
    }
    if (oldest->nowners > 0) {
        space_clear(oldest);
        s370_ptlb();
    }
    return oldest;
}

/* The space of the guest's present control registers 0 and 1. */
static struct space *
space_now(struct vm *vm)
{
    uint32_t cr0 = vm->cr[0] & FORMAT_MASK, cr1 = vm->cr[1] & 0xFFFFFFC0;
    struct shadow *shadow = vm->shadow;
    struct space *s = shadow->now;

    if (s != NULL && s->cr1 == cr1 && s->cr0 == cr0)
        return s;
    for (s = shadow->space; s < shadow->space + SPACES; s++)
        if (s->segments != NULL && s->cr1 == cr1 && s->cr0 == cr0)
            break;
    if (s == shadow->space + SPACES) {
        s = space_new(shadow);
        s->cr0 = cr0;
        s->cr1 = cr1;
    }
    s->used = ++shadow->clock;
    shadow->now = s;
    return s;
}

uint32_t
shadow_tables(struct vm *vm, uint32_t *page_size)
{
    struct space *s = space_now(vm);

    *page_size = small_pages(s->cr0) ? CR0_PAGE_2K : CR0_PAGE_4K;
    return CR1_SEGMENT_TABLE(s->segments, SEGMENTS);
}

/* ---- entries ------------------------------------------------------------- */

/* A page table for a segment that has none, all entries invalid. */
static void
table_new(struct space *s, uint32_t segment)
{
    unsigned n = pages_a_table(s), i, slot = s->next;
    uint16_t *table;

    if (slot < s->nowners) {
        s->segments[s->owner[slot]] = SEGMENT_INVALID;
        s370_ptlb();
    } else {
        s->nowners++;
    }
    s->next = (slot + 1) % ((FRAME_SIZE - TABLES_AT) / (n * 2));
    s->owner[slot] = (uint8_t)segment;
    table = (uint16_t *)((uint8_t *)s->segments + TABLES_AT) + slot * n;
    for (i = 0; i < n; i++)
        table[i] = invalid_bit(s);
    s->segments[segment] = SEGMENT_ENTRY(table, 16);
}

/* The entry of vaddr; NULL: its segment has no page table. */
static uint16_t *
entry_of(const struct space *s, uint32_t vaddr)
{
    uint32_t segment = s->segments[vaddr >> SEGMENT_SHIFT];

    if (segment & SEGMENT_INVALID)
        return NULL;
    return (uint16_t *)(segment & 0xFFFFF8) +
           (vaddr >> page_shift(s) & (pages_a_table(s) - 1));
}

int
shadow_real(struct vm *vm, uint32_t vaddr, uint32_t *raddr)
{
    struct space *s = space_now(vm);
    uint16_t *entry = entry_of(s, vaddr);
    uint32_t in_page = (1u << page_shift(s)) - 1, gaddr, frame;
    bool beyond;
    int code;

    if (entry != NULL && !(*entry & invalid_bit(s))) {
        *raddr =
            (((uint32_t)*entry << 8) & 0xFFFFFF & ~in_page) | (vaddr & in_page);
        return PGM_NONE;
    }
    code = guest_translate(vm, vaddr, &gaddr, &beyond);
    if (code != PGM_NONE)
        return code;
    frame = guest_frame(vm, gaddr);
    if (frame == 0)
        return PGM_ADDRESSING;
    if (entry == NULL) {
        table_new(s, vaddr >> SEGMENT_SHIFT);
        entry = entry_of(s, vaddr);
    }
    *raddr = frame + gaddr % FRAME_SIZE;
    *entry = (uint16_t)((*raddr & ~in_page) >> 8);
    return PGM_NONE;
}
