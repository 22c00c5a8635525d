/*
 * space.c - address spaces: the tables by which the machine finds a page
 *
 * A virtual address is segment(8) page(4) byte(12).  The machine finds the
 * segment table by control register 1, in it the page table of the segment,
 * and in that the frame of the page (GA22-7000, "Dynamic Address
 * Translation").  It keeps what it has found in the translation-lookaside
 * buffer, and does not notice when an entry is changed: after an entry has
 * become invalid the buffer must be purged.  The other way it need not be, as
 * what is invalid is never kept there.
 *
 * The kernel itself runs without translation and sees real addresses only.
 */
#include "space.h"

#include <s370/dat.h>
#include <s370/insn.h>

#include "frame.h"

enum {
    SEGMENTS = 16, /* the fewest that a segment table can have */
    PRIVATE_SEGMENT = PRIVATE_START / SEGMENT_SIZE_64K,
    PRIVATE_SEGMENTS = PRIVATE_PAGES / PAGES_IN_64K,
    IMAGE_PAGES = PRIVATE_SEGMENT * PAGES_IN_64K,
};

extern char __image_end[];

static uint32_t segment_table[TASKS][SEGMENTS] __attribute__((aligned(64)));
/* Sixteen entries are a page table.  image_entry is part of all spaces. */
static uint16_t image_entry[IMAGE_PAGES] __attribute__((aligned(8)));
static uint16_t private_entry[PAGES] __attribute__((aligned(8)));

void
space_start(void)
{
    uint32_t cr0;

    /* The frames for private pages are part of the image too: they get no
     * address here, or all could read what is private. */
    for (uint32_t i = 0; i < IMAGE_PAGES; i++) {
        uint32_t raddr = i * PAGE_BYTES;
        bool ours = raddr < (uint32_t)__image_end && !frame_has(raddr);

        image_entry[i] = ours ? PAGE_ENTRY(raddr) : PAGE_INVALID;
    }
    s370_stctl(0, 0, &cr0);
    cr0 &= ~(CR0_PAGE_MASK | CR0_SEGMENT_MASK);
    cr0 |= CR0_PAGE_4K | CR0_SEGMENT_64K;
    s370_lctl(0, 0, &cr0);
}

void
space_make(int n)
{
    /* LAB 3 BEGIN - about 12 lines: the tables of task n */
    (void)n;
    (void)private_entry;
    (void)segment_table;
    s370_stop(0xEE31);
    /* LAB 3 END */
}

/* LAB 3 BEGIN - about 5 lines: what the machine must know, and when */
void
space_enter(int n)
{
    (void)n;
    s370_stop(0xEE32);
}

void
space_map(uint32_t page, uint32_t raddr)
{
    (void)page;
    (void)raddr;
    s370_stop(0xEE32);
}

void
space_unmap(uint32_t page)
{
    (void)page;
    s370_stop(0xEE32);
}
/* LAB 3 END */

uint32_t
space_page(int n, uint32_t vaddr)
{
    uint32_t page = (vaddr - PRIVATE_START) / PAGE_BYTES;

    if (vaddr < PRIVATE_START || page >= PRIVATE_PAGES)
        return NO_PAGE;
    return (uint32_t)n * PRIVATE_PAGES + page;
}

bool
space_real(int n, uint32_t vaddr, uint32_t *raddr)
{
    uint32_t page = space_page(n, vaddr);

    *raddr = vaddr;
    if (page == NO_PAGE)
        return true; /* the image */
    *raddr = (uint32_t)(private_entry[page] & 0xFFF0) << 8 |
             (vaddr & (PAGE_BYTES - 1));
    return !(private_entry[page] & PAGE_INVALID);
}
