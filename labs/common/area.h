/*
 * area.h - storage of a task that a service of the kernel uses
 *
 * A service gets an address and a length from a task.  First it asks whether
 * the task may use that area at all; then it sees to it that all of it is in
 * storage; then it copies.  The kernel runs without address translation, so
 * never use a task's address as a pointer.
 */
#ifndef GOS_AREA_H
#define GOS_AREA_H

#include <stdbool.h>
#include <stdint.h>

/* May the running task fetch from the area, store into it?  Fetch: from the
 * image and from its own storage.  Store: into its own storage only. */
bool area_may_fetch(uint32_t addr, uint32_t len);
bool area_may_store(uint32_t addr, uint32_t len);
/* Is it all in storage?  If not, a page of it is on its way, and the running
 * task will ask for its service once more when it is there: do nothing, and
 * return BLOCKED.  So ask before anything is changed. */
bool area_present(uint32_t addr, uint32_t len);
/* Copy from the running task, and to it.  The area is present. */
void area_fetch(void *to, uint32_t addr, uint32_t len);
void area_store(uint32_t addr, const void *from, uint32_t len);

#endif
