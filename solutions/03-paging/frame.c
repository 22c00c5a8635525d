/*
 * frame.c - page frames: the real storage that private pages take turns in
 *
 * A frame has 4 KiB and so two storage keys, one for each half.  They do two
 * things.  The access key of a frame is that of the task whose page it holds,
 * with fetch protection on: even if a table of ours were wrong, no task could
 * look into another's page.  And in the reference and change bits the machine
 * notes, without costing a single instruction, whether a block was used and
 * whether it was stored into (GA22-7000, "Storage Key").
 *
 * The bits know nothing of tasks: the channel that reads a page in sets them,
 * and so does the kernel when it stores there for a task.
 */
#include "frame.h"

#include <s370/insn.h>
#include <s370/keys.h>

#include "space.h"
#include "task.h"

uint32_t paging_frames = 16;
struct page_frame frames[FRAMES_AT_MOST];

static char storage[FRAMES_AT_MOST][PAGE_BYTES]
    __attribute__((aligned(PAGE_BYTES)));

uint32_t
frame_real(uint32_t frame)
{
    return (uint32_t)storage[frame];
}

bool
frame_has(uint32_t raddr)
{
    return raddr - (uint32_t)storage < sizeof(storage);
}

uint32_t
frame_free(void)
{
    uint32_t f;

    for (f = 0; f < paging_frames && frames[f].use != FRAME_FREE; f++)
        ;
    return f;
}

uint32_t
frames_free(void)
{
    uint32_t n = 0;

    for (uint32_t f = 0; f < paging_frames; f++)
        n += frames[f].use == FRAME_FREE;
    return n;
}

bool
frame_replaceable(void)
{
    for (uint32_t f = 0; f < paging_frames; f++)
        if (!frame_pinned(f))
            return true;
    return false;
}

/* ---- keys ---------------------------------------------------------------- */

/* LAB 3 BEGIN - about 5 lines: both halves */
static void
set_keys(uint32_t frame, uint8_t key)
{
    for (uint32_t at = 0; at < PAGE_BYTES; at += KEY_BLOCK)
        s370_ssk(frame_real(frame) + at, key);
}

void
frame_give(uint32_t frame, int n)
{
    set_keys(frame, KEY_ACCESS(n + 1) | KEY_FETCH);
}
/* LAB 3 END */

void
frame_take(uint32_t frame)
{
    frames[frame].use = FRAME_FREE;
    frames[frame].page = NO_PAGE;
    frames[frame].next = NO_PAGE;
    set_keys(frame, KEY_ACCESS(0) | KEY_FETCH);
}

/* ---- what the machine notes ---------------------------------------------- */

/* LAB 3 BEGIN - about 20 lines: what the keys say */
/*
 * KEY_REFERENCE and KEY_CHANGE of a block.  In the BC mode, in which the kernel
 * runs, INSERT STORAGE KEY does not show them.  RESET REFERENCE BIT tells them
 * in its condition code; but it does what its name says, so the bit must be put
 * back.
 */
static uint8_t
block_bits(uint32_t raddr)
{
    static const uint8_t of_cc[] = {0, KEY_CHANGE, KEY_REFERENCE,
                                    KEY_REFERENCE | KEY_CHANGE};
    uint8_t bits = of_cc[s370_rrb(raddr)];

    if (bits & KEY_REFERENCE)
        s370_ssk(raddr, s370_isk(raddr) | bits);
    return bits;
}

static uint8_t
frame_bits(uint32_t frame)
{
    uint8_t bits = 0;

    for (uint32_t at = 0; at < PAGE_BYTES; at += KEY_BLOCK)
        bits |= block_bits(frame_real(frame) + at);
    return bits;
}

bool
frame_referenced(uint32_t frame)
{
    return (frame_bits(frame) & KEY_REFERENCE) != 0;
}

void
frame_clear_reference(uint32_t frame)
{
    for (uint32_t at = 0; at < PAGE_BYTES; at += KEY_BLOCK)
        s370_rrb(frame_real(frame) + at);
}

bool
frame_changed(uint32_t frame)
{
    return (frame_bits(frame) & KEY_CHANGE) != 0;
}
/* LAB 3 END */

/* A page that came while its task waited stays until this has had the CPU
 * again.  Otherwise, with few frames, tasks could take each other's pages away
 * for ever, and none would execute an instruction. */
bool
frame_pinned(uint32_t frame)
{
    const struct page_frame *f = &frames[frame];

    return f->use != FRAME_HELD ||
           task[f->page / PRIVATE_PAGES].dispatched == f->since;
}
