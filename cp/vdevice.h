/*
 * vdevice.h - a virtual device and its virtual subchannel (compare the
 * VDEVBLOK of VM/370)
 *
 * sim_io.c simulates the I/O instructions on these; vccw.c interprets a
 * virtual channel program and hands each command to the device's ops; the
 * ops are in vconsole.c, vreader.c and vpunch.c (punch and printer).
 */
#ifndef CP_VDEVICE_H
#define CP_VDEVICE_H

#include <stdbool.h>
#include <stdint.h>

#include "vm.h"

struct spool_file;

enum vdev_class { VDEV_CONSOLE, VDEV_READER, VDEV_PUNCH, VDEV_PRINTER };

/* One command of a channel program as the device sees it.  For a write,
 * data[0..count) is what the guest sends; for a read, the device fills data
 * and sets `moved`.  The channel part (vccw.c) does storage, residual counts,
 * incorrect length and chaining. */
#define VCCW_MAX 4096
struct vcommand {
    uint8_t code;
    uint32_t count;  /* bytes the CCWs offer in all (data chaining included) */
    uint8_t *data;   /* VCCW_MAX bytes at most are moved for a command */
    uint32_t moved;
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
    bool active;           /* a channel program is in progress (busy) */
    bool pending;          /* an interruption condition with csw */
    uint8_t csw[8];        /* key/address, status, count as for X'40' */
    uint8_t sense;
    bool attention;        /* asynchronous: attention or device end to come */
    uint8_t async_status;
    /* channel program in progress (vccw.c) */
    uint8_t ccw_key;
    uint32_t ccw_addr;     /* of the CCW after the present one */
    uint8_t ccw[8];        /* the present one, command code of the first of a
                              data chain kept in command.code */
    struct vcommand command;
    /* spooling */
    struct spool_file *file; /* being read or written */
    char spool_class;
    bool hold, cont, ready_eof;
    uint32_t line;           /* printer: position on the form */
    bool not_ready;          /* NOTREADY */
};

struct vdev_ops {
    /* Begin one command; see enum vdev_result. */
    enum vdev_result (*start)(struct vdev *dev, struct vcommand *cmd,
                              uint8_t *status);
    /* HIO/HDV, reset, logoff: forget the command in progress. */
    void (*halt)(struct vdev *dev);
    const char *name; /* for QUERY VIRTUAL: "CONS", "RDR", "PUN", "PRT" */
};

struct vdev *vdev_find(struct vm *vm, uint16_t vaddr);
/* An interruption condition from the device itself (attention, device end
 * after not-ready); presented when the subchannel is free. */
void vdev_async(struct vdev *dev, uint8_t unit_status);
void vdev_reset(struct vdev *dev);
/* Is an I/O interruption pending that the channel masks in `cr2` (or the
 * BC-mode system mask, same bits) admit?  vdev_accept() takes the first. */
bool vdev_pending(struct vm *vm, uint32_t channel_mask);
struct vdev *vdev_accept(struct vm *vm, uint32_t channel_mask, uint8_t csw[8]);

/* vccw.c.  Start the program at CAW; returns the condition code of SIO and
 * stores CSW at the guest's X'40' for cc 1.  resume: the command that was
 * VDEV_STARTED has ended with that unit status. */
int vccw_start(struct vdev *dev);
void vccw_resume(struct vdev *dev, uint8_t unit_status);

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
