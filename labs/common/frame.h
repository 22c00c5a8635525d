/*
 * frame.h - page frames: the real storage that private pages take turns in; and
 * slots, their places on the paging disk
 */
#ifndef GOS_FRAME_H
#define GOS_FRAME_H

#include <stdbool.h>
#include <stdint.h>

#include "disk.h"
#include "replace.h"

enum frame_use {
    FRAME_FREE,
    FRAME_HELD,    /* a page is here, and its task can use it */
    FRAME_COMING,  /* being read from the disk */
    FRAME_LEAVING, /* being written to the disk */
};

struct page_frame {
    struct disk_request request; /* must be the first: see frame_of() */
    enum frame_use use;
    uint32_t page;  /* whose; NO_PAGE: free, or its task has ended meanwhile */
    uint32_t next;  /* LEAVING: the page that comes then, or NO_PAGE */
    uint32_t since; /* HELD: `dispatched` of its task when it came */
};

/* How many there are, 1 to FRAMES_AT_MOST: to be set before the machine
 * starts. */
extern uint32_t paging_frames;
extern struct page_frame frames[FRAMES_AT_MOST];

/* The real address of the frame; they lie side by side.  Is this an address in
 * one? */
uint32_t frame_real(uint32_t frame);
bool frame_has(uint32_t raddr);
/* A free frame; paging_frames when there is none.  How many there are.  Is
 * there one whose page can leave? */
uint32_t frame_free(void);
uint32_t frames_free(void);
bool frame_replaceable(void);
/* The frame is now task n's: nobody else can read or store there.  It counts
 * as not referenced and not changed. */
void frame_give(uint32_t frame, int n);
/* Nobody's any more. */
void frame_take(uint32_t frame);

/* replace.h has the rest of frames. */

/* slot.c */
enum { SLOTS = 285, NO_SLOT = SLOTS }; /* five cylinders of a 3330 */

/* Look whether the disk has all of them; if not, say so. */
void slot_start(void);
/* A slot that nobody has; NO_SLOT when there is none. */
uint32_t slot_take(void);
void slot_release(uint32_t slot);
uint32_t slots_taken(void);
/* Write the frame into the slot, or read it from there.  page_moved() is
 * called when it is over.  A slot where that failed is not used again. */
void slot_transfer(uint32_t slot, uint32_t frame, bool write);

#endif
