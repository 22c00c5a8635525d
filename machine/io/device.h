/*
 * device.h - a device as the channel sees it, and the channel as a device
 * sees it
 *
 * A device type is one constant struct device_ops.  The channel calls start()
 * when it sends a command, and end() when the time that start() asked for has
 * passed; in end() the device moves all its data, at once, through
 * channel_put() and channel_get().  A device never sees storage, CCWs, or the
 * CPU; it answers with unit status and keeps sense bytes for the next SENSE.
 *
 * The life of one command:
 *   start() -> 0          accepted; end() is called *delay_ns later
 *           -> CE | DE    immediate: it is done already
 *           -> CE         immediate; device end comes tail_ns later
 *           -> UC ...     refused; sense says why
 *   end()   -> 0          not ready yet: end() again *delay_ns later
 *           -> CE | DE    data moved and device free
 *           -> CE         data moved; device end comes tail_ns later
 * with SM, UC, UX added as the device's manual says.  DEVICE_WAITS as a delay
 * means until device_wake(): a console waiting for a person.
 */
#ifndef IO_DEVICE_H
#define IO_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "events.h"

struct machine;
struct device;
struct fault;
struct state; /* ../state.h */

/* Unit status: CSW bits 32-39 (GA22-7000, "Unit Status Conditions"). */
enum {
    DS_ATTENTION = 0x80,
    DS_MODIFIER = 0x40,
    DS_CONTROL_UNIT_END = 0x20,
    DS_BUSY = 0x10,
    DS_CHANNEL_END = 0x08,
    DS_DEVICE_END = 0x04,
    DS_UNIT_CHECK = 0x02,
    DS_UNIT_EXCEPTION = 0x01,
    DS_NORMAL = DS_CHANNEL_END | DS_DEVICE_END,
};

/* Sense byte 0; these bits mean the same in every device. */
enum {
    SENSE_COMMAND_REJECT = 0x80,
    SENSE_INTERVENTION = 0x40,
    SENSE_BUS_OUT = 0x20,
    SENSE_EQUIPMENT = 0x10,
    SENSE_DATA_CHECK = 0x08,
    SENSE_OVERRUN = 0x04,
};

enum { SENSE_MAX = 24 };
#define DEVICE_WAITS UINT64_MAX
#define NS_PER_US UINT64_C(1000)
#define NS_PER_MS UINT64_C(1000000)
#define NS_PER_S UINT64_C(1000000000)

struct device_ops {
    const char *type;  /* the word in a configuration: "3215" */
    size_t state_size; /* bytes of private state, zeroed before attach() */
    uint32_t sense_bytes;
    /* Holds a channel other than 0 (and 0, if attached there) for itself
     * from command to channel end: burst mode. */
    bool burst;
    /* Open the backing file.  0, or -1 after machine_fail(); detach() is
     * then not called. */
    int (*attach)(struct device *dev, int argc, char *const argv[]);
    void (*detach)(struct device *dev);
    uint8_t (*start)(struct device *dev, uint8_t code, uint64_t *delay_ns);
    uint8_t (*end)(struct device *dev, uint8_t code, uint64_t *delay_ns);
    /* The command begun by start() will not end: HIO, HDV, CLRIO. NULL when
     * the device keeps nothing about it. */
    void (*halt)(struct device *dev);
    /* System reset: forget a command in progress, keep the medium. */
    void (*reset)(struct device *dev);
    /* A SENSE is about to be answered: put in what the device tells whether
     * or not anything was wrong.  NULL: nothing. */
    void (*sense)(struct device *dev);
    /* The operator changes the medium: cards into the hopper, another reel.
     * 0, or -1 after machine_fail().  NULL: attach() has the only one. */
    int (*mount)(struct device *dev, int argc, char *const argv[]);
    /* Note sense byte 0 and what else this type tells with it, for a fault
     * that is scripted (fault.c).  NULL: device_check(). */
    uint8_t (*check)(struct device *dev, uint8_t sense0);
    /* Where the access mechanism is.  NULL: there is none. */
    void (*place)(const struct device *dev, unsigned *cylinder, unsigned *head);
    /* Name the private state for a snapshot (state.h): all that decides what
     * the device will do, but not the contents of its medium. */
    void (*state)(struct device *dev, struct state *s);
    /* Name those.  NULL: there is no file behind the device, or only one that
     * was read when it was attached. */
    void (*medium)(struct device *dev, struct state *s);
    /* A number that differs when the medium of a snapshot has no place here.
     * NULL: it always has. */
    uint64_t (*shape)(const struct device *dev);
};

extern const struct device_ops device_3215, device_3505, device_3525,
    device_1403, device_3211, device_3420, device_ctca;
enum { DEVICE_DISKS = 11 };
extern const struct device_ops device_disks[DEVICE_DISKS];

/* What the subchannel of the device is doing. */
enum subchannel_state {
    SUB_AVAILABLE,
    SUB_WORKING, /* a channel program is being executed */
    SUB_PENDING, /* it has ended; its CSW waits for the CPU */
};

/* What the device's event stands for. */
enum device_phase {
    PHASE_IDLE,
    PHASE_COMMAND,   /* between start() and end() */
    PHASE_TAIL,      /* after channel end, before device end */
    PHASE_RECONNECT, /* device end has come, the channel is taken: waits */
    PHASE_CHAIN,     /* the channel is fetching the next CCW */
    PHASE_HALTED,    /* told to stop; ending status is on its way */
};

/* One channel program (GA22-7000, "Execution of Input/Output Operations"). */
struct subchannel {
    enum subchannel_state state;
    uint8_t key;
    uint32_t ccw_next; /* address of the CCW after the current one */
    uint8_t code;      /* of the command in execution */
    uint8_t flags;     /* of the current CCW */
    uint32_t data;     /* next byte's address; or current IDAW's, if IDA */
    uint32_t ida_data; /* next byte's address when the CCW uses IDAWs */
    bool ida_loaded;   /* ida_data is valid */
    bool ida_first;    /* the next IDAW is the CCW's first: any alignment */
    uint32_t count;    /* residual count */
    uint8_t channel_status;
    bool too_long; /* the device had, or wanted, more than the counts */
    bool chained;  /* this command was chained to from another */
    bool pci;      /* an interruption for the PCI flag waits */
    bool ce_held;  /* channel end taken while chaining, device end to come */
    bool halted;
    uint8_t unit_status; /* of the ended program, when SUB_PENDING */
};

struct device {
    struct machine *m;
    const struct device_ops *ops;
    void *state;
    uint16_t devno;
    char *description; /* its words in the configuration */

    struct subchannel sub;
    uint64_t commands;   /* sent to it so far, for people; likewise ... */
    uint64_t busy_ns;    /* ... how long it was busy, and ... */
    uint64_t busy_since; /* ... since when it is, if it is */
    enum device_phase phase;
    struct event event;
    uint64_t tail_ns;    /* set with channel end alone: time to device end */
    uint8_t tail_status; /* set likewise: joins device end */
    uint8_t status;      /* waits at the device until the subchannel is free */
    uint8_t sense[SENSE_MAX];
    struct fault *faults; /* scripted for it */
    struct device *next;  /* in address order */
};

/* ---- what a device may call ---------------------------------------------- */

/* Give the channel `len` bytes read from the medium.  Returns how many it
 * took; fewer mean that it wants no more.  Incorrect length is noted. */
uint32_t channel_put(struct device *dev, const void *buf, uint32_t len);
/* Ask the channel for up to `len` bytes; returns how many came. */
uint32_t channel_get(struct device *dev, void *buf, uint32_t len);
/* The block on the medium was longer than what channel_get() gave. */
void channel_note_long(struct device *dev);
/* How many bytes the channel can still move without looking at another CCW:
 * 0 when the counts are used up or a check ended the transfer. */
uint32_t channel_left(const struct device *dev);
/* True when the command was reached by command chaining. */
bool channel_chained(const struct device *dev);

/* A command that waits (DEVICE_WAITS) goes on after `delay_ns`. */
void device_wake(struct device *dev, uint64_t delay_ns);
/* Status that no command asked for: attention, device end when it becomes
 * ready.  It waits until the subchannel is free. */
void device_unsolicited(struct device *dev, uint8_t status);
/* True while a command or its tail is under way. */
bool device_working(const struct device *dev);
/* Note sense byte 0 (and zero the others); returns DS_UNIT_CHECK. */
uint8_t device_check(struct device *dev, uint8_t sense0);

#endif
