/*
 * service.h - what the files that do services share (svc.c, svc_io.c)
 */
#ifndef GOS_SERVICE_H
#define GOS_SERVICE_H

#include <stdint.h>

/* What a service returns that cannot be done yet: the task is blocked. */
#define BLOCKED (-0x7FFFFFFF)

/* svc_io.c: services on devices.  arg is registers 0 to 2 of the running task;
 * returned is what its register 15 gets. */
int do_card(const uint32_t *arg);
int do_print(const uint32_t *arg);
int do_disk_read(const uint32_t *arg);
int do_disk_write(const uint32_t *arg);
int do_disk_format(const uint32_t *arg);

#endif
