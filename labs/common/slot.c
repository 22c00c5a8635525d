/*
 * slot.c - the paging disk: a slot for each page that tasks have used
 *
 * A slot is a record of the disk.  Slots are given out upwards from the first
 * one that is free, so that the arm has short ways.  A page has its slot from
 * its first use on, long before it must leave storage: when the disk is full,
 * the task that wants one page more is told so, and no other.
 *
 * A slot that could not be read or written is not given out again.  Nor is one
 * whose page is gone, as long as the disk works on it: who knows how that ends.
 */
#include "frame.h"

#include "drivers.h"
#include "page.h"

static bool taken[SLOTS], bad[SLOTS];
static uint8_t transfers[SLOTS]; /* under way */

/* The last slot has been read. */
static void
looked(struct disk_request *r, bool failed)
{
    if (failed)
        kernel_print("1A0 is not formatted for paging: tasks will end. "
                     "Use mkdasd --records 4096, or format it as 190.\n");
}

void
slot_start(void)
{
    static char record[DISK_RECORD_BYTES];
    static struct disk_request last = {
        .record = SLOTS - 1, .data = record, .done = looked};

    disk_request(&paging_disk, &last);
}

uint32_t
slot_take(void)
{
    for (uint32_t s = 0; s < SLOTS; s++)
        if (!taken[s] && !bad[s] && transfers[s] == 0) {
            taken[s] = true;
            return s;
        }
    return NO_SLOT;
}

void
slot_release(uint32_t slot)
{
    taken[slot] = false;
}

uint32_t
slots_taken(void)
{
    uint32_t n = 0;

    for (uint32_t s = 0; s < SLOTS; s++)
        n += taken[s] || bad[s];
    return n;
}

static void
transferred(struct disk_request *r, bool failed)
{
    transfers[r->record]--;
    if (failed)
        bad[r->record] = true;
    page_moved((uint32_t)((struct page_frame *)r - frames), failed);
}

void
slot_transfer(uint32_t slot, uint32_t frame, bool write)
{
    struct disk_request *r = &frames[frame].request;

    transfers[slot]++;
    r->record = slot;
    r->write = write;
    r->data = (void *)frame_real(frame);
    r->done = transferred;
    disk_request(&paging_disk, r);
}
