/*
 * slot.c - the paging disk: a slot for each page that tasks have used
 *
 * A slot is a record of the disk.  Slots are given out upwards from the first
 * one that is free, so that the arm has short ways.  A page has its slot from
 * its first use on, long before it must leave storage: when the disk is full,
 * the task that wants one page more is told so, and no other.
 */
#include "slot.h"

#include "frame.h"
#include "page.h"

static bool taken[SLOTS];

void
slot_start(void)
{
    for (uint32_t s = 0; s < SLOTS; s++)
        taken[s] = false;
}

uint32_t
slot_take(void)
{
    for (uint32_t s = 0; s < SLOTS; s++)
        if (!taken[s]) {
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
        n += taken[s];
    return n;
}

static void
transferred(struct disk_request *r, bool failed)
{
    page_moved((uint32_t)((struct page_frame *)r - frames), failed);
}

void
slot_transfer(uint32_t slot, uint32_t frame, bool write)
{
    struct disk_request *r = &frames[frame].request;
    uint32_t track = slot / DISK_RECORDS;

    r->cylinder = (uint16_t)(track / DISK_HEADS);
    r->head = (uint8_t)(track % DISK_HEADS);
    r->record = (uint8_t)(slot % DISK_RECORDS + 1);
    r->write = write;
    r->format = false;
    r->data = (void *)frame_real(frame);
    r->done = transferred;
    disk_request(DISK_PAGING, r);
}
