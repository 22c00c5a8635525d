/*
 * volume.c - the real disks by the names in their labels (compare DMKCPI's
 * mounting of volumes)
 *
 * When CP starts, and when a drive becomes ready, the volume label is read:
 * record 3 of cylinder 0, head 0, 80 bytes that begin with VOL1 and the name
 * of six characters (GC28-6628, "Volume Label").  A disk without one has the
 * name "", which no minidisk can ask for.
 */
#include <string.h>

#include "vdisk.h"

#define VOLSER_LEN 6

/* The reading of one drive's label. */
struct label {
    struct io_request request;
    struct ccw program[4];
    uint8_t place[8]; /* 0 0 cylinder head record */
    uint8_t text[4 + VOLSER_LEN];
};

static unsigned nreading;
static void (*all_read)(void);

static void
label_done(struct rdev *dev, struct io_request *request)
{
    struct label *label = request->owner;

    memset(dev->volser, 0, sizeof dev->volser);
    if (!request->gone && !(request->csw.unit & CSW_UNIT_CHECK) &&
        request->csw.channel == 0 && memcmp(label->text, "VOL1", 4) == 0) {
        char *end = dev->volser + VOLSER_LEN;

        memcpy(dev->volser, label->text + 4, VOLSER_LEN);
        while (end > dev->volser && end[-1] == ' ')
            *--end = 0;
    }
    block_put(label, sizeof *label);
    if (--nreading == 0 && all_read != NULL) {
        void (*done)(void) = all_read;

        all_read = NULL;
        done();
    }
}

static void
label_read(struct rdev *dev)
{
    struct label *label = block_get(sizeof *label);
    struct ccw *ccw;

    if (label == NULL)
        return;
    label->place[6] = 3; /* of cylinder 0, head 0 */
    ccw = label->program;
    ccw[0] = CCW_MAKE(CCW_DISK_SEEK, label->place, CCW_CC, 6);
    ccw[1] = CCW_MAKE(CCW_DISK_SEARCH_ID, label->place + 2, CCW_CC, 5);
    ccw[2] = CCW_MAKE(CCW_TIC, &ccw[1], 0, 1);
    ccw[3] = CCW_MAKE(CCW_DISK_READ, label->text, CCW_SLI, sizeof label->text);
    label->request.program = ccw;
    label->request.done = label_done;
    label->request.owner = label;
    nreading++;
    io_request(dev, &label->request);
}

/* Another volume may have been mounted. */
static void
became_ready(struct rdev *dev, uint8_t unit_status)
{
    if (unit_status & CSW_DEVICE_END)
        label_read(dev);
}

void
volume_init(void (*done)(void))
{
    struct rdev *dev = rdev_first(RDEV_DISK);

    nreading = 1; /* so that the last one ends here or later */
    all_read = done;
    for (; dev != NULL; dev = rdev_next(dev)) {
        dev->unsolicited = became_ready;
        label_read(dev);
    }
    if (--nreading == 0) {
        all_read = NULL;
        done();
    }
}

struct rdev *
volume_find(const char *volser)
{
    struct rdev *dev = rdev_first(RDEV_DISK);

    while (dev != NULL && strcmp(dev->volser, volser) != 0)
        dev = rdev_next(dev);
    return dev;
}
