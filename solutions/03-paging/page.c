/*
 * page.c - demand paging: a page comes into storage when a task needs it
 *
 * A private page is in one of four places: nowhere (it was never used, and is
 * all zeros), on the disk, in a frame, or under way.  A task that needs one
 * that is not in a frame waits, as TASK_PAGING, while others run:
 *
 *   page_fault()   the page-translation exception: the task waits
 *   page_serve()   gives it a frame: a free one, or that of a victim, whose
 *                  page is first written out, if it was changed
 *   page_moved()   the disk has done that; the page that is wanted is read
 *   arrive()       it is there: the task goes on
 *
 * The instruction that faulted was nullified: its old PSW leads to it, and it
 * is executed again as if nothing had been (GA22-7000, "Page-Translation
 * Exception").
 *
 * Invariants.  Each page that was ever used has a slot.  A frame that a channel
 * works on is in no task's tables.  A page is in one frame at most, but for one
 * that is leaving and wanted again: it comes back into another.  The disk reads
 * a slot after what it was asked to write there before (disk.c).
 */
#include "page.h"

#include <s370/insn.h>
#include <s370/lowcore.h>
#include <string.h>

#include "drivers.h"
#include "frame.h"
#include "space.h"

bool paging;
uint32_t page_faults, page_ins, page_outs, zero_fills;

/* Of each page: its slot, or NO_SLOT, and whether there is something in it. */
static struct {
    uint16_t slot;
    bool stored;
} backing[PAGES];

void
page_start(void)
{
    paging = s370_tio(paging_disk.device.address) != 3; /* is it there? */
    if (!paging)
        return;
    if (paging_frames == 0 || paging_frames > FRAMES_AT_MOST)
        s370_stop(0xEE42);
    for (uint32_t p = 0; p < PAGES; p++)
        backing[p].slot = NO_SLOT;
    slot_start();
    for (uint32_t f = 0; f < FRAMES_AT_MOST; f++)
        frame_take(f);
    space_start();
    replacement->start(paging_frames);
}

static struct task *
task_of(uint32_t page)
{
    return &task[page / PRIVATE_PAGES];
}

/* A task cannot go on, through no fault of its own. */
static void
give_up(struct task *t, const char *why)
{
    kernel_print("Task %d (%s) ended: %s\n", (int)(t - task), t->name, why);
    task_end(t);
}

/* ---- a page comes -------------------------------------------------------- */

/* The content is in the frame: let the task have it.  Whatever brought it has
 * set the change bits; frame_give() puts them back. */
static void
arrive(uint32_t frame, uint32_t page)
{
    struct task *t = task_of(page);

    frames[frame].use = FRAME_HELD;
    frames[frame].page = page;
    frames[frame].since = t == current ? t->dispatched - 1 : t->dispatched;
    frame_give(frame, (int)(t - task));
    space_map(page, frame_real(frame));
    replacement->loaded(frame, page);
    t->state = TASK_READY;
}

/* Bring a page into a frame that is free now. */
static void
bring(uint32_t frame, uint32_t page)
{
    if (!backing[page].stored) {
        zero_fills++;
        memset((void *)frame_real(frame), 0, PAGE_BYTES);
        arrive(frame, page);
        return;
    }
    page_ins++;
    frames[frame].use = FRAME_COMING;
    frames[frame].page = page;
    slot_transfer(backing[page].slot, frame, false);
}

/* ---- a page leaves ------------------------------------------------------- */

/* LAB 3 BEGIN - about 35 lines: out, and what then */
/* Let the page in this frame go, then bring the other, if there is one.  First
 * of all nobody must be able to use it: only then its change bits are the last
 * word. */
static void
replace(uint32_t frame, uint32_t next)
{
    uint32_t page = frames[frame].page;
    bool changed;

    space_unmap(page);
    changed = frame_changed(frame);
    replacement->freed(frame);
    if (!changed) {
        frame_take(frame);
        if (next != NO_PAGE)
            bring(frame, next);
        return;
    }
    page_outs++;
    frames[frame].use = FRAME_LEAVING;
    frames[frame].next = next;
    backing[page].stored = true;
    slot_transfer(backing[page].slot, frame, true);
}

/*
 * The channel has done with the frame.  If the disk could not, the task whose
 * page it was is ended, as what was in it is lost.  Tasks may have ended in the
 * meantime: then page_task_ended() has taken their pages out of here.
 */
void
page_moved(uint32_t frame, bool failed)
{
    struct page_frame *f = &frames[frame];
    bool came = f->use == FRAME_COMING;
    uint32_t page, next;

    if (failed && f->page != NO_PAGE)
        give_up(task_of(f->page), came ? "its page cannot be read"
                                       : "its page cannot be written");
    page = f->page;
    next = f->next;
    frame_take(frame);
    if (came && page != NO_PAGE)
        arrive(frame, page);
    else if (next != NO_PAGE)
        bring(frame, next);
}
/* LAB 3 END */

/* A replacement algorithm may name only frames whose page can leave. */
static uint32_t
checked(uint32_t frame)
{
    if (frame >= paging_frames || frame_pinned(frame))
        s370_stop(0xEE44);
    return frame;
}

void
frame_give_up(uint32_t frame)
{
    replace(checked(frame), NO_PAGE);
}

/* ---- who waits ----------------------------------------------------------- */

/* Is a frame being made ready for this page already? */
static bool
under_way(uint32_t page)
{
    for (uint32_t f = 0; f < paging_frames; f++)
        if ((frames[f].use == FRAME_COMING && frames[f].page == page) ||
            frames[f].next == page)
            return true;
    return false;
}

/* The task that has waited longest for a frame; NULL when none does. */
static struct task *
longest_waiting(void)
{
    struct task *longest = NULL;

    for (struct task *t = task; t < task + TASKS; t++)
        if (t->state == TASK_PAGING && !under_way(t->wanted) &&
            (longest == NULL || t->fault_number < longest->fault_number))
            longest = t;
    return longest;
}

void
page_serve(bool slice_over)
{
    struct task *t;

    if (!paging)
        return;
    if (slice_over && current != NULL)
        replacement->tick();
    while ((t = longest_waiting()) != NULL) {
        uint32_t frame = frame_free();

        if (frame < paging_frames)
            bring(frame, t->wanted);
        else if (frame_replaceable())
            replace(checked(replacement->victim()), t->wanted);
        else
            return;
    }
}

void
page_want(uint32_t page)
{
    if (backing[page].slot == NO_SLOT)
        backing[page].slot = (uint16_t)slot_take();
    if (backing[page].slot == NO_SLOT) {
        give_up(current, "there is no room on the paging disk");
        return;
    }
    current->wanted = page;
    current->fault_number = page_faults++;
    task_block(TASK_PAGING);
}

/* LAB 3 BEGIN - about 30 lines: the fault, and the end of a task */
/* X'90' has the address.  It may lie outside the private area: that is no page
 * fault but a mistake, as is any exception but this one. */
bool
page_fault(void)
{
    uint32_t page;

    if (!paging || !(saved.psw & PSW_PROBLEM) ||
        interruption_code(LOWCORE->pgm_code) != PGM_PAGE)
        return false;
    page = space_page((int)(current - task), LOWCORE->pgm_address & 0xFFFFFF);
    if (page == NO_PAGE)
        return false;
    current->frame = saved;
    page_want(page);
    return true;
}

/* What the channel works on stays with it; page_moved() will find that it is
 * nobody's. */
void
page_task_ended(const struct task *t)
{
    uint32_t first = (uint32_t)(t - task) * PRIVATE_PAGES;

    if (!paging)
        return;
    for (uint32_t f = 0; f < paging_frames; f++) {
        if (frames[f].next - first < PRIVATE_PAGES)
            frames[f].next = NO_PAGE;
        if (frames[f].page - first >= PRIVATE_PAGES)
            continue;
        if (frames[f].use == FRAME_HELD) {
            space_unmap(frames[f].page);
            replacement->freed(f);
            frame_take(f);
        }
        frames[f].page = NO_PAGE;
    }
    for (uint32_t p = first; p < first + PRIVATE_PAGES; p++) {
        if (backing[p].slot != NO_SLOT)
            slot_release(backing[p].slot);
        backing[p].slot = NO_SLOT;
        backing[p].stored = false;
    }
}
/* LAB 3 END */
