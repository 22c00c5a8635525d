/*
 * vdevice.h - a virtual device and its virtual subchannel (compare the
 * VDEVBLOK of VM/370)
 *
 * sim_io.c simulates the I/O instructions on these; vccw.c interprets a
 * virtual channel program and hands each command to the device's ops; the
 * ops are in vconsole.c, vreader.c and vpunch.c (punch and printer).  A disk
 * (vdisk.c) takes over all of the program that is left.
 */
#ifndef CP_VDEVICE_H
#define CP_VDEVICE_H

#include <s370/ccw.h>
#include <stdbool.h>
#include <stdint.h>

#include "vm.h"

struct spool_file;
struct rdev;
struct disk_io;
struct write;

enum vdev_class {
    VDEV_CONSOLE,
    VDEV_READER,
    VDEV_PUNCH,
    VDEV_PRINTER,
    VDEV_DISK
};

/* One command of a channel program as the device sees it.  For a write,
 * data[0..count) is what the guest sends; for a read, the device fills data
 * and sets `moved`.  The channel part (vccw.c) does storage, residual counts,
 * incorrect length and chaining.  What is moved fits into a frame together
 * with what those add who keep it. */
#define VCCW_MAX 4000
struct vcommand {
    uint8_t code;
    uint32_t count; /* bytes the CCWs offer in all (data chaining included) */
    uint8_t *data;  /* VCCW_MAX bytes at most are moved for a command */
    uint32_t moved;
    bool more;     /* read: the device had more than count */
    uint8_t check; /* write: what stopped the fetching of data after count */
};

/* What a device's start() says. */
enum vdev_result {
    VDEV_ENDED,   /* unit status is in *status */
    VDEV_STARTED, /* vccw_resume() will be called with it later */
};

struct vdev {
    struct vdev *next;
    struct vm *vm;
    uint16_t vaddr;
    enum vdev_class class;
    const struct vdev_ops *ops;
    /* subchannel */
    bool active;  /* a channel program is in progress (busy) */
    bool pending; /* its end waits to interrupt, with csw */
    struct csw csw;
    uint8_t sense;
    uint8_t async; /* unit status of the device's own (attention, device
                      end after not ready) that waits to interrupt */
    /* the channel program in progress (vccw.c) */
    uint8_t ccw_key;
    uint32_t ccw_addr;    /* of the CCW after the present one */
    struct ccw ccw;       /* the present one */
    struct ccw first_ccw; /* the one that began the command, and */
    uint32_t first_addr;  /* ... the address after it */
    uint16_t residual;    /* count left of the command before, in chaining */
    struct vcommand command;
    bool pci;      /* a CCW asked for program-controlled interruption */
    bool deferred; /* waits for vccw_deferred() */
    struct vdev *next_deferred;
    void (*ipl_done)(struct vdev *dev, bool ok);
    /* console (vconsole.c) */
    bool reading;        /* a read waits for a line */
    struct write *write; /* a line on its way to the terminal */
    /* spooling (spool.c, vreader.c, vpunch.c) */
    struct spool_file *file; /* being read or written */
    char spool_class;        /* a reader's may be '*': any */
    uint8_t copies;
    bool hold, cont;
    bool eof;        /* reader: unit exception after the last card */
    bool wants_card; /* reader: a read found it empty */
    bool card_stays; /* reader: READ ONLY came last, the card is not fed */
    bool full;       /* output was refused: the user was told */
    bool dest_for;   /* dest is of SPOOL FOR, not of SPOOL TO */
    char dest[9];    /* where closed files go; "": the user's own */
    bool not_ready;  /* NOTREADY */
    /* minidisk (vdisk.c): cylinders of a real volume */
    struct rdev *rdev;
    uint16_t first_cylinder, cylinders;
    bool may_write;
    uint16_t cylinder; /* where its arm is, counted in the minidisk */
    uint8_t head;
    uint8_t ipl_jumps;      /* TICs that the IPL has followed so far */
    uint8_t disk_sense[24]; /* of the last unit check */
    struct disk_io *io;     /* the real program in progress */
    struct disk_io *spare;  /* room for the next one; NULL while `io` has it */
};

struct vdev_ops {
    /* Begin one command; see enum vdev_result. */
    enum vdev_result (*start)(struct vdev *dev, struct vcommand *cmd,
                              uint8_t *status);
    /* HIO/HDV, reset, logoff: forget the command in progress. */
    void (*halt)(struct vdev *dev);
    const char *name; /* for QUERY VIRTUAL: "CONS", "RDR", "PUN", "PRT" */
};

extern const struct vdev_ops vconsole_ops, vreader_ops, vpunch_ops,
    vprinter_ops, vdisk_ops;

/* vdevice.c.  Make the devices of a new machine; false: no storage. */
struct dir_user;
bool vdev_create_all(struct vm *vm, const struct dir_user *user);
void vdev_destroy_all(struct vm *vm);
/* Tell the user which minidisks the machine does not have. */
void vdev_say_missing(struct vm *vm, const struct dir_user *user);
struct vdev *vdev_find(struct vm *vm, uint16_t vaddr);
/* An interruption condition from the device itself (attention, device end
 * after not-ready); presented when the subchannel is free. */
void vdev_async(struct vdev *dev, uint8_t unit_status);
void vdev_reset(struct vdev *dev);
/* For a device's start(): an ending with unit check and these sense bits. */
enum vdev_result vdev_check(struct vdev *dev, uint8_t *status, uint8_t sense);
/* Is an I/O interruption pending that the channel masks in `cr2` (or the
 * BC-mode system mask, same bits) admit?  vdev_accept() takes the first. */
bool vdev_pending(struct vm *vm, uint32_t channel_mask);
struct vdev *vdev_accept(struct vm *vm, uint32_t channel_mask, struct csw *csw);

/* vccw.c.  Start the program at CAW; returns the condition code of SIO and
 * stores CSW at the guest's X'40' for cc 1.  resume: the command that was
 * VDEV_STARTED has ended with that unit status. */
int vccw_start(struct vdev *dev);
void vccw_resume(struct vdev *dev, uint8_t unit_status);
/* A device that has taken over the whole rest of the program has come to its
 * end: what the CSW is to say. */
void vccw_program_end(struct vdev *dev, uint8_t unit, uint8_t channel,
                      uint32_t ccw_addr, uint16_t count);
/* The virtual IPL: the implied read of 24 bytes to 0, and on. */
void vccw_ipl(struct vdev *dev);
/* Halt, reset: the device no longer waits for vccw_deferred(). */
void vccw_forget(struct vdev *dev);
/* Called by dispatch(): go on with channel programs that chain without end,
 * a few CCWs each.  True while there are such, so the dispatcher must not go
 * into its wait. */
bool vccw_deferred(void);

/* sim_io.c: I/O instructions for sim.c; each returns the condition code. */
int vio_sio(struct vm *vm, uint32_t vaddr);
int vio_tio(struct vm *vm, uint32_t vaddr);
int vio_clrio(struct vm *vm, uint32_t vaddr);
int vio_hio(struct vm *vm, uint32_t vaddr);
int vio_hdv(struct vm *vm, uint32_t vaddr);
int vio_tch(struct vm *vm, uint32_t vaddr);
int vio_stidc(struct vm *vm, uint32_t vaddr);
void vio_reset(struct vm *vm);

/* For a virtual IPL from `dev`: start the IPL read; done(vm, ok) comes when
 * the channel program has ended. */
int vio_ipl(struct vdev *dev, void (*done)(struct vdev *dev, bool ok));

#endif
