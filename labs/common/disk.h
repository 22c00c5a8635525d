/*
 * disk.h - the disks: 3330 at 190 (data) and 1A0 (paging)
 *
 * A volume has three records of 4096 bytes on each track, numbered from 1,
 * without keys.  mkdasd --records 4096 makes such a volume; so does a format
 * request for each track of one that dasdinit or a new minidisk gives us.
 */
#ifndef GOS_DISK_H
#define GOS_DISK_H

#include <stdbool.h>
#include <stdint.h>

#include "io.h"

enum {
    DISK_DATA = 0x190,
    DISK_PAGING = 0x1A0,
    DISK_COUNT = 2,
    DISK_RECORD_BYTES = 4096,
    DISK_RECORDS = 3, /* of a track */
    DISK_HEADS = 19,
    DISK_CYLINDERS = 404,
};

struct disk_request {
    struct disk_request *next; /* the driver's */
    uint16_t cylinder;         /* 0 to 403 */
    uint8_t head, record;      /* 0 to 18, 1 to 3 */
    bool write;                /* else read */
    bool format;               /* instead: write the track anew, with three
                                  records of zeros; no data, no record */
    void *data;                /* real address of a whole record */
    /* Called once when it is over, in the kernel, disabled; failed: recovery
     * was tried in vain. */
    void (*done)(struct disk_request *r, bool failed);
};

struct disk {
    struct io_device device;     /* must be the first: see disk_of() */
    struct disk_request *queue;  /* in the order in which they came */
    struct disk_request *active; /* not in the queue */
    uint16_t arm;                /* the cylinder where it was sent last */
    bool outward;                /* the arm goes to lower numbers */
    struct ccw program[8];
    uint8_t where[7];               /* 0 0, cylinder, head, record */
    uint8_t count[DISK_RECORDS][8]; /* count fields, to format */
};
extern struct disk disks[DISK_COUNT];

/* Do r some time; r and r->data belong to the driver until r->done(), which
 * may be called before this returns. */
void disk_request(uint32_t device, struct disk_request *r);

#endif
