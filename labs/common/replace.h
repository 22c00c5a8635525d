/*
 * replace.h - which page must leave when another needs its frame
 *
 * The rest of paging (page.c) tells a replacement algorithm what happens to
 * the frames, and asks it for a victim; the algorithm keeps what it wants to
 * know.  All is called in the kernel, disabled.  A frame is named by its
 * number.  `page` names a page among those of all tasks: the same number is
 * the same page again, as long as its task lives.
 */
#ifndef GOS_REPLACE_H
#define GOS_REPLACE_H

#include <stdbool.h>
#include <stdint.h>

enum { FRAMES_AT_MOST = 24 };

struct replacement {
    const char *name;
    /* Forget everything; frames 0 to frames - 1 exist and are free. */
    void (*start)(uint32_t frames);
    /* A page has come into a free frame. */
    void (*loaded)(uint32_t frame, uint32_t page);
    /* The frame is free: its task ended, or its page was given up.  Also
     * called for a victim, before the next page is loaded. */
    void (*freed)(uint32_t frame);
    /* The end of each time slice: the place to sample reference bits. */
    void (*tick)(void);
    /* Choose a frame that holds a page and is not pinned.  Called only when
     * there is one.  The choice is final: freed() follows. */
    uint32_t (*victim)(void);
};

/* The algorithm in use; to be set before the machine starts. */
extern const struct replacement *replacement;

extern const struct replacement replace_fifo; /* replace.c */

/* Of a frame that holds a page (frame.c).  A frame has two storage keys: used
 * is what either says. */
bool frame_referenced(uint32_t frame);
void frame_clear_reference(uint32_t frame);
bool frame_changed(uint32_t frame);
/* May its page not leave now?  It is being moved by a channel, or has just
 * come and its task has not run yet. */
bool frame_pinned(uint32_t frame);
/* Let the page of a frame that is not pinned leave without need (page.c); the
 * frame is free then.  freed() is called before this returns.  For tick(). */
void frame_give_up(uint32_t frame);

#endif
