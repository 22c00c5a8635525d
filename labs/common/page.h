/*
 * page.h - demand paging, as the rest of the kernel sees it
 *
 * Without a paging disk at 1A0 there is none: `paging` is false, and all of
 * this does nothing.
 */
#ifndef GOS_PAGE_H
#define GOS_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "task.h"

extern bool paging;
/* What happened since the start. */
extern uint32_t page_faults; /* a task needed a page that was not there */
extern uint32_t page_ins;    /* pages read from the disk */
extern uint32_t page_outs;   /* pages written to it */
extern uint32_t zero_fills;  /* pages that began their life with zeros */

/* Once, before the first task. */
void page_start(void);
/* Was this program interruption a page fault?  Then all has been done, and
 * dispatch() may go on. */
bool page_fault(void);
/* The running task needs this private page, which is not in storage.  It is
 * TASK_PAGING until it comes, or goes on at once if it is new; or is ended, if
 * there is no room for it on the disk. */
void page_want(uint32_t page);
/* slot.c: the frame has been read or written. */
void page_moved(uint32_t frame, bool failed);
/* The task has ended: so have its pages. */
void page_task_ended(const struct task *t);
/* At each dispatch(): give frames to those who wait.  slice_over: the slice of
 * the running task is over, by the timer or by its own wish. */
void page_serve(bool slice_over);

#endif
