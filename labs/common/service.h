/*
 * service.h - what the files that do services share (svc.c, svc_io.c, area.c)
 */
#ifndef GOS_SERVICE_H
#define GOS_SERVICE_H

#include <stdint.h>

/*
 * area.c: storage of the running task.  A service gets an address and a length
 * from a task.  It must see whether the task may use that area at all, and that
 * all of it is in storage; then it can copy.  The kernel runs without address
 * translation, so never use a task's address as a pointer.
 *
 * Each of these returns 0 when it is done.  -1: the task may not fetch from
 * there (the image and its own storage), or store there (its own).  BLOCKED: a
 * page of it is on its way, and the task will ask for its service once more
 * when it is there; so nothing must have been changed before.
 */
int area_fetch(void *to, uint32_t addr, uint32_t len);
/* With `from` NULL nothing is copied, but the next one will not fail. */
int area_store(uint32_t addr, const void *from, uint32_t len);

/* svc_io.c: services on devices.  arg is registers 0 to 2 of the running task;
 * returned is what its register 15 gets. */
int do_read(const uint32_t *arg);
int do_card(const uint32_t *arg);
int do_print(const uint32_t *arg);
int do_disk_read(const uint32_t *arg);
int do_disk_write(const uint32_t *arg);
int do_disk_format(const uint32_t *arg);

#endif
