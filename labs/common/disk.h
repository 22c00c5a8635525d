/*
 * disk.h - the disks: 3330 at 190 (data) and 1A0 (paging)
 *
 * A volume has three records of 4096 bytes on each track, numbered from 1,
 * without keys; the first one of the volume is its record 0.  mkdasd --records
 * 4096 makes such a volume; so does a format request for each track of one that
 * dasdinit or a new minidisk gives us.
 */
#ifndef GOS_DISK_H
#define GOS_DISK_H

#include <stdbool.h>
#include <stdint.h>

#include "io.h"

enum {
    DISK_RECORD_BYTES = 4096,
    DISK_TRACK = 3, /* records */
    DISK_CYLINDER = 19 * DISK_TRACK,
    DISK_VOLUME = 404 * DISK_CYLINDER,
};

struct disk_request {
    struct disk_request *next; /* the driver's */
    uint16_t cylinder;         /* the driver's */
    bool write;                /* else read */
    bool format;               /* instead: write the record's track anew, with
                                  three records of zeros; no data */
    uint32_t record;           /* of the volume, counted from 0 */
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
    uint8_t where[7];             /* 0 0, cylinder(2), head(2), record */
    uint8_t count[DISK_TRACK][8]; /* count fields, to format */
};
extern struct disk data_disk, paging_disk;

/* Do r some time; r and r->data belong to the driver until r->done(), which
 * may be called before this returns. */
void disk_request(struct disk *k, struct disk_request *r);

#endif
