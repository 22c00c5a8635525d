/*
 * channel.h - the channels' own state, shared by the files of io/
 *
 * channel.c executes the I/O instructions, ccw.c channel programs, csw.c what
 * ends them and the interruptions, attach.c knows the devices.  Each device
 * has its own (nonshared) subchannel.  A device in burst mode holds its
 * channel from the first command to channel end; others interleave.
 */
#ifndef IO_CHANNEL_H
#define IO_CHANNEL_H

#include <string.h>

#include "../internal.h"
#include "device.h"

enum {
    CHANNELS = 7,
    DEVNO_MAX = 0x6FF,
    CAW_ADDRESS = 0x48,
    CSW_ADDRESS = 0x40,
    CSW_STATUS_ADDRESS = 0x44,
    CHANNEL_ID_ADDRESS = 0xA8,
};

/* CCW flags: bits 32-37 (GA22-7000, "Channel Command Word"). */
enum {
    CCW_CD = 0x80,
    CCW_CC = 0x40,
    CCW_SLI = 0x20,
    CCW_SKIP = 0x10,
    CCW_PCI = 0x08,
    CCW_IDA = 0x04,
    CCW_RESERVED = 0x03,
};

/* Channel status: CSW bits 40-47 (GA22-7000, "Channel Status Conditions"). */
enum {
    CS_PCI = 0x80,
    CS_INCORRECT_LENGTH = 0x40,
    CS_PROGRAM_CHECK = 0x20,
    CS_PROTECTION_CHECK = 0x10,
    CS_CHANNEL_DATA_CHECK = 0x08,
    CS_CHANNEL_CONTROL_CHECK = 0x04,
};

/* A channel takes this long to go from one CCW to the next. */
#define CHAIN_NS (4 * NS_PER_US)

struct channel {
    struct device *burst;   /* holds the channel, or NULL */
    bool refused;           /* it answered cc 2 since it was last free */
    bool available_pending; /* channel-available interruption */
};

/* Types of commands, for counting. */
enum command_type {
    COMMAND_WRITE,
    COMMAND_READ,
    COMMAND_CONTROL,
    COMMAND_SENSE,
    COMMAND_READ_BACKWARD,
    COMMAND_TRANSFER, /* in channel */
    COMMAND_TYPES,
};

struct io {
    struct device *devices; /* in address order */
    struct device *by_address[DEVNO_MAX + 1];
    struct channel channel[CHANNELS];
    uint64_t commands[COMMAND_TYPES];
};

static inline unsigned
channel_of(const struct device *dev)
{
    return dev->devno >> 8;
}

/* ccw.c */

/* Fetch and check the CCW at sub->ccw_next, following one TIC.  `first`: a
 * TIC is not allowed; `data_chain`: the command code is not looked at.
 * False: sub->channel_status says why. */
bool ccw_fetch(struct device *dev, bool first, bool data_chain);
/* Send the current command to the device.  Returns initial status. */
uint8_t ccw_begin(struct device *dev);
/* The event of every device. */
void ccw_event(struct machine *m, void *ctx);
/* After ending or initial status: goes on with the program or ends it. */
void ccw_status(struct device *dev, uint8_t status);
/* True when the status allows chaining to the next command. */
bool ccw_chains(const struct device *dev, uint8_t status);
void ccw_schedule(struct device *dev, enum device_phase phase,
                  uint64_t delay_ns);
/* Nothing is under way at the device any more. */
void ccw_idle(struct device *dev);
/* Set incorrect length by the rules when a command has ended. */
void ccw_check_length(struct device *dev, bool immediate);

/* csw.c */

/* The channel program is over. */
void csw_end_program(struct device *dev, uint8_t unit_status);
/* Work out again which channels have an interruption pending. */
void csw_update(struct machine *m, unsigned channel);
void csw_build(const struct device *dev, uint8_t unit_status, uint8_t csw[8]);
/* Take the device's interruption: fills csw and clears it. */
void csw_take(struct device *dev, uint8_t csw[8]);
bool csw_device_pending(const struct device *dev);
/* Burst mode: `dev` takes its channel.  False: another device holds it. */
bool channel_hold(struct device *dev);
/* `dev` leaves the channel, if it holds it: those that wait go on. */
void channel_release(struct device *dev);
/* Remember that cc 2 was given, for the channel-available interruption. */
void channel_refuse(struct machine *m, unsigned channel);

/* channel.c */
void device_reset(struct device *dev);

/* attach.c */
struct device *device_find(const struct machine *m, uint16_t devno);

#endif
