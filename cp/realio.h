/*
 * realio.h - real devices (compare RDEVBLOK, IOBLOK and DMKIOS of VM/370)
 *
 * One request is active on a device at a time, others wait in its queue in
 * order.  done() is called from the I/O interruption handler with the device
 * free again, so it may start the next request at once.
 */
#ifndef CP_REALIO_H
#define CP_REALIO_H

#include <s370/ccw.h>
#include <stdbool.h>
#include <stdint.h>

struct rdev;

struct io_request {
    struct io_request *next;
    struct ccw *program; /* real channel program */
    uint8_t key;         /* its storage key, 0 to 15 */
    void (*done)(struct rdev *dev, struct io_request *req);
    void *owner;
    /* filled in at the end */
    struct csw csw;    /* the status bits of all interruptions ored */
    uint8_t sense[24]; /* after unit check, else 0 */
    bool gone;         /* the device is not operational (cc 3) */
    bool at_sio;       /* ended in SIO (cc 1): the CSW has status only */
};

enum rdev_class {
    RDEV_CONSOLE,
    RDEV_READER,
    RDEV_PUNCH,
    RDEV_PRINTER,
    RDEV_DISK
};

struct rdev {
    struct rdev *next;
    uint16_t addr;
    enum rdev_class class;
    bool there;     /* it answered when CP started */
    char volser[7]; /* disk: the name in its label, or "" (volume.c) */
    struct io_request *active, *queue;
    struct ccw *waiting; /* to be started when the channel is free */
    bool sensing;
    struct ccw sense_ccw;
    uint8_t sense[24];
    /* Attention, or device end without a request (ready): for the owner. */
    void (*unsolicited)(struct rdev *dev, uint8_t unit_status);
    void *owner;
};

/* Make the devices of the system's table: those that answer, and all consoles,
 * for a terminal line may not be operational until somebody connects. */
void realio_init(void);
struct rdev *rdev_find(uint16_t addr);
struct rdev *rdev_first(enum rdev_class class); /* then follow rdev_next */
struct rdev *rdev_next(struct rdev *dev);
void io_request(struct rdev *dev, struct io_request *req);
/* Halt the active request (HIO); done() comes with what the halt gives. */
void io_halt(struct rdev *dev);
/* Forget a request.  True: it is out of the queue, and done() will not come.
 * False: it is active; done() will come, but the channel has stopped moving
 * its data when this returns. */
bool io_cancel(struct rdev *dev, struct io_request *req);
/* The I/O interruption: device address and CSW are in low storage. */
void realio_interruption(uint16_t addr, const struct csw *csw);

#endif
