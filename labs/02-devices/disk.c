/*
 * disk.c - the driver of the 3330 disks
 *
 * A disk answers in some thirty milliseconds, most of which its arm needs to
 * get there.  So requests wait in a queue, and what is done next is not what
 * came first but what lies on the arm's way: it moves in one direction as long
 * as somebody wants a cylinder there, and then turns (SCAN, the elevator).
 * Requests for the same cylinder are done in the order in which they came, so
 * that a record that is written twice keeps what was written last.
 *
 * The channel program of a request:
 *
 *   0  RECALIBRATE                    only when the arm may be lost
 *   1  SEEK            cylinder, head
 *   2  SEARCH ID EQUAL cylinder, head, record
 *   3  TIC             to 2; skipped when the search is satisfied
 *   4  READ DATA or WRITE DATA
 *
 * Source: GA26-1592 (3330), GA26-1617 (3830).
 */
#include "disk.h"

#include <stddef.h>
#include <string.h>

enum {
    DISK_HEADS = DISK_CYLINDER / DISK_TRACK,
    PERMANENT = 0x80, /* sense byte 1: trying again is of no use */
    WRITE_INHIBITED = 0x02,
};

/* ---- the queue ----------------------------------------------------------- */

/* LAB 2 BEGIN - about 40 lines: SCAN */
/* Take the request that is to be done next out of the queue; NULL when there
 * is none. */
static struct disk_request *
next_request(struct disk *k)
{
    if (k->queue == NULL)
        return NULL;
    s370_stop(0xEE1C);
}
/* LAB 2 END */

/* ---- the channel program, and trying again ------------------------------- */

static struct disk *
disk_of(struct io_device *d)
{
    return (struct disk *)d;
}

/* LAB 2 BEGIN - about 40 lines: the channel program; when it went wrong */
/* The channel program (above) that moves r->data; k->where is made. */
static void
make_program(struct disk *k, const struct disk_request *r)
{
    (void)k, (void)r;
    s370_stop(0xEE1D);
}

static enum io_verdict
disk_judge(struct io_device *d)
{
    (void)disk_of(d);
    s370_stop(0xEE1E);
}
/* LAB 2 END */

/* ---- starting and ending ------------------------------------------------- */

/* Instead of CCW 4: count fields for the records behind record 0, which the
 * search has found.  The device adds zeros for the data that does not come. */
static void
make_format(struct disk *k)
{
    for (uint8_t n = 0; n < DISK_TRACK; n++) {
        uint8_t *count = k->count[n];

        memcpy(count, k->where + 2, 4);
        count[4] = (uint8_t)(n + 1);
        count[5] = 0;
        count[6] = DISK_RECORD_BYTES >> 8;
        count[7] = DISK_RECORD_BYTES & 0xFF;
        k->program[4 + n] =
            CCW_MAKE(CCW_DISK_WRITE_CKD, count,
                     CCW_SLI | (n + 1 < DISK_TRACK ? CCW_CC : 0), 8);
    }
}

/* Begin with the next request, if the disk has nothing to do. */
static void
disk_start(struct disk *k)
{
    struct disk_request *r;

    if (k->active != NULL)
        return;
    r = k->active = next_request(k);
    if (r == NULL)
        return;
    k->where[2] = (uint8_t)(r->cylinder >> 8);
    k->where[3] = (uint8_t)r->cylinder;
    k->where[5] = (uint8_t)(r->record / DISK_TRACK % DISK_HEADS);
    k->where[6] = (uint8_t)(r->format ? 0 : r->record % DISK_TRACK + 1);
    make_program(k, r);
    if (r->format)
        make_format(k);
    k->arm = r->cylinder;
    io_begin(&k->device, &k->program[1]);
}

/* done() may ask for more: the disk is idle then, and begins with that. */
static void
disk_ended(struct io_device *d, bool failed)
{
    struct disk *k = disk_of(d);
    struct disk_request *r = k->active;

    k->active = NULL;
    r->done(r, failed);
    disk_start(k);
}

/* ---- for the rest of the kernel ------------------------------------------ */

struct disk data_disk = {{0x190, 24, disk_judge, disk_ended}};
struct disk paging_disk = {{0x1A0, 24, disk_judge, disk_ended}};

void
disk_request(struct disk *k, struct disk_request *r)
{
    struct disk_request **end = &k->queue;

    r->cylinder = (uint16_t)(r->record / DISK_CYLINDER);
    r->next = NULL;
    while (*end != NULL)
        end = &(*end)->next;
    *end = r;
    disk_start(k);
}
