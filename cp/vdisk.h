/*
 * vdisk.h - minidisks: what vdisk.c and ccwtrans.c share
 *
 * A minidisk is a range of cylinders of a real volume.  A virtual channel
 * program for it is translated as a whole into a real one (struct disk_io,
 * one frame) and run on the real device.
 */
#ifndef CP_VDISK_H
#define CP_VDISK_H

#include <s370/ccw.h>
#include <stdbool.h>
#include <stdint.h>

#include "realio.h"
#include "vdevice.h"

#define DISK_CCWS 120  /* of a real channel program */
#define DISK_IDAWS 400 /* 33 are needed for the longest CCW */
#define DISK_ARGS 48   /* seek addresses and the like */
#define DISK_HEADS 19

/* A seek address of 6 bytes, or the argument of SEARCH ID or HOME ADDRESS. */
struct disk_arg {
    uint8_t bytes[8];
};

struct disk_io {
    struct ccw ccw[DISK_CCWS];
    uint32_t idaw[DISK_IDAWS];
    struct disk_arg arg[DISK_ARGS];
    uint32_t vaddr[DISK_CCWS]; /* the virtual CCW's address and 8 */
    uint8_t check[DISK_CCWS];  /* channel status for a CCW that is there to
                                  end the program; else 0 */
    struct io_request request;
    struct vdev *dev; /* NULL: nobody waits for its end any more */
    unsigned nccws, nidaws, nargs;
    unsigned jumps; /* IPL: TICs to new places that may be followed */
    bool cut;       /* the program goes on at resume_at */
    uint32_t resume_at;
};
_Static_assert(sizeof(struct disk_io) <= 4096, "one frame");

/* ccwtrans.c.  Translate the virtual program whose first CCW is at `at` into
 * io, which is zeroed but for `jumps`. */
void ccw_translate(struct vdev *dev, struct disk_io *io, uint32_t at);
/* The end of the real program, at the real CSW address: which CCW of io's,
 * and where the arm is left. */
unsigned ccw_index(const struct disk_io *io, uint32_t raddr);
void ccw_arm(struct vdev *dev, const struct disk_io *io, unsigned last);

/* volume.c - the real disks by the names in their labels.  Read the labels;
 * done() when all are read.  A volume of that name; NULL: not mounted. */
void volume_init(void (*done)(void));
struct rdev *volume_find(const char *volser);

#endif
