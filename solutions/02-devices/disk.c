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
/* How far the arm must go for r in the direction in which it moves; negative:
 * r lies behind it. */
static int
distance(const struct disk *k, const struct disk_request *r)
{
    int cylinders = r->cylinder - k->arm;

    return k->outward ? -cylinders : cylinders;
}

/* The link to the nearest request ahead of the arm, of several for one cylinder
 * the oldest; NULL when all lie behind it. */
static struct disk_request **
nearest_ahead(struct disk *k)
{
    struct disk_request **best = NULL;

    for (struct disk_request **p = &k->queue; *p != NULL; p = &(*p)->next)
        if (distance(k, *p) >= 0 &&
            (best == NULL || distance(k, *p) < distance(k, *best)))
            best = p;
    return best;
}

/* Take the request that is to be done next out of the queue; NULL when there
 * is none. */
static struct disk_request *
next_request(struct disk *k)
{
    struct disk_request **link, *r;

    if (k->queue == NULL)
        return NULL;
    link = nearest_ahead(k);
    if (link == NULL) {
        k->outward = !k->outward;
        link = nearest_ahead(k);
    }
    r = *link;
    *link = r->next;
    return r;
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
    struct ccw *program = k->program;
    uint8_t *where = k->where;

    program[0] = CCW_MAKE(CCW_DISK_RECALIBRATE, where, CCW_CC | CCW_SLI, 1);
    program[1] = CCW_MAKE(CCW_DISK_SEEK, where, CCW_CC, 6);
    program[2] = CCW_MAKE(CCW_DISK_SEARCH_ID, where + 2, CCW_CC, 5);
    program[3] = CCW_MAKE(CCW_TIC, &program[2], 0, 1);
    program[4] = CCW_MAKE(r->write ? CCW_DISK_WRITE : CCW_DISK_READ, r->data, 0,
                          DISK_RECORD_BYTES);
}

/*
 * Whatever went wrong, the whole program can be done again: to read or write
 * a record twice does no harm.  What does not get better by that: a command
 * that the disk refuses (a cylinder that is not there, for instance), a record
 * of another length, a switch at the drive.  When the arm may not be where
 * it should be it goes back to cylinder 0 first.
 */
static enum io_verdict
disk_judge(struct io_device *d)
{
    struct disk *k = disk_of(d);

    if (!(d->end.unit & CSW_UNIT_CHECK))
        return d->end.channel & (CSW_CHANNEL_DATA_CHECK | CSW_CHAINING_CHECK)
                   ? IO_AGAIN
                   : IO_FAILED;
    if (d->sense[0] & SENSE_INTERVENTION)
        return IO_OPERATOR;
    if (d->sense[0] & SENSE_COMMAND_REJECT ||
        d->sense[1] & (PERMANENT | WRITE_INHIBITED))
        return IO_FAILED;
    d->again = &k->program[d->sense[0] & SENSE_DATA ? 1 : 0];
    return IO_AGAIN;
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
