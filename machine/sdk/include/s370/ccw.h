/*
 * ccw.h - what a program and a channel tell each other
 *
 * A program puts the address of its first channel command word into the
 * channel address word (lowcore.h) and executes START I/O; the channel
 * answers with a channel status word in low storage (GA22-7000, "Input/Output
 * Operations").  Unit status and sense bits mean the same for all devices,
 * command codes differ by device type.
 */
#ifndef S370_CCW_H
#define S370_CCW_H

#include <stddef.h>
#include <stdint.h>

struct __attribute__((aligned(8))) ccw {
    uint32_t code : 8;
    uint32_t addr : 24; /* data, or with CCW_IDA a list of IDAWs */
    uint8_t flags;
    uint8_t unused; /* zero */
    uint16_t count; /* bytes; at least 1 */
};
_Static_assert(sizeof(struct ccw) == 8, "a CCW is a doubleword");
_Static_assert(offsetof(struct ccw, flags) == 4, "as the channel reads it");
_Static_assert(offsetof(struct ccw, count) == 6, "as the channel reads it");

/* A CCW as a value; `addr` may be a pointer or a number.  It lies on a
 * doubleword boundary, as the channel wants it. */
#define CCW_MAKE(code_, addr_, flags_, count_)        \
    ((struct ccw){.code = (code_),                    \
                  .addr = (uint32_t)(addr_)&0xFFFFFF, \
                  .flags = (flags_),                  \
                  .count = (uint16_t)(count_)})

/* Flags. */
enum {
    CCW_CD = 0x80,   /* chain data: the next CCW goes on with the area */
    CCW_CC = 0x40,   /* chain command: the next CCW is another command */
    CCW_SLI = 0x20,  /* suppress the incorrect-length indication */
    CCW_SKIP = 0x10, /* input is read and thrown away */
    CCW_PCI = 0x08,  /* interrupt when this CCW is reached */
    CCW_IDA = 0x04,  /* addr is that of indirect-data-address words */
};

/* Commands that all devices have, then those of the course's devices. */
enum {
    CCW_NOP = 0x03,
    CCW_SENSE = 0x04,
    CCW_TIC = 0x08,      /* transfer in channel: goes on at addr */
    CCW_READ_IPL = 0x02, /* the read that IPL begins with */

    CCW_CONSOLE_WRITE = 0x01, /* 3215 (GA24-3550) */
    CCW_CONSOLE_WRITE_CR = 0x09,
    CCW_CONSOLE_READ = 0x0A,
    CCW_CONSOLE_ALARM = 0x0B,
    CCW_CONSOLE_READ_HIDDEN = 0x0E, /* what is typed is not printed */

    CCW_CARD_READ = 0x02,      /* 3505: read, feed into stacker 1 */
    CCW_CARD_READ_ONLY = 0xC2, /* the card stays */
    CCW_CARD_FEED = 0x23,      /* into stacker 1, the next card comes */
    CCW_CARD_PUNCH = 0x01,     /* 3525: punch, feed into stacker 1 */

    CCW_PRINT_NO_SPACE = 0x01, /* 1403 and 3211 */
    CCW_PRINT = 0x09,          /* and space one line */
    CCW_PRINT_SPACE_2 = 0x11,
    CCW_PRINT_SPACE_3 = 0x19,
    CCW_PRINT_SKIP_1 = 0x89, /* and skip to channel 1 of the carriage tape */
    CCW_SPACE_1 = 0x0B,
    CCW_SPACE_2 = 0x13,
    CCW_SPACE_3 = 0x1B,
    CCW_SKIP_TO_1 = 0x8B,

    CCW_DISK_READ = 0x06, /* count-key-data disks: the data of a record */
    CCW_DISK_WRITE = 0x05,
    CCW_DISK_READ_KD = 0x0E,
    CCW_DISK_WRITE_KD = 0x0D,
    CCW_DISK_READ_COUNT = 0x12,
    CCW_DISK_WRITE_CKD = 0x1D,
    CCW_DISK_SEEK = 0x07, /* 6 bytes: 0 0 cylinder(2) head(2) */
    CCW_DISK_SEEK_HEAD = 0x1B,
    CCW_DISK_RECALIBRATE = 0x13,
    CCW_DISK_SEARCH_ID = 0x31, /* equal; 5 bytes: cylinder head record */
    CCW_DISK_SET_FILE_MASK = 0x1F,
    CCW_DISK_SET_SECTOR = 0x23,
};

/* Channel status word, at X'40'.  After cc 1 of SIO only unit, channel are
 * stored. */
struct csw {
    uint32_t key : 8;   /* the storage key in the left four bits */
    uint32_t addr : 24; /* behind the last CCW that was used */
    uint8_t unit;       /* unit status */
    uint8_t channel;    /* channel status */
    uint16_t count;     /* of that CCW, what was not transferred */
};
_Static_assert(sizeof(struct csw) == 8, "a CSW is a doubleword");
_Static_assert(offsetof(struct csw, unit) == 4, "as the channel stores it");
_Static_assert(offsetof(struct csw, count) == 6, "as the channel stores it");

/* Unit status. */
enum {
    CSW_ATTENTION = 0x80,
    CSW_STATUS_MODIFIER = 0x40,
    CSW_CONTROL_UNIT_END = 0x20,
    CSW_BUSY = 0x10,
    CSW_CHANNEL_END = 0x08,
    CSW_DEVICE_END = 0x04,
    CSW_UNIT_CHECK = 0x02, /* SENSE tells more */
    CSW_UNIT_EXCEPTION = 0x01,
};

/* Channel status. */
enum {
    CSW_PCI = 0x80,
    CSW_INCORRECT_LENGTH = 0x40,
    CSW_PROGRAM_CHECK = 0x20,
    CSW_PROTECTION_CHECK = 0x10,
    CSW_CHANNEL_DATA_CHECK = 0x08,
    CSW_CHANNEL_CONTROL_CHECK = 0x04,
    CSW_INTERFACE_CONTROL_CHECK = 0x02,
    CSW_CHAINING_CHECK = 0x01,
};

/* Sense byte 0. */
enum {
    SENSE_COMMAND_REJECT = 0x80,
    SENSE_INTERVENTION = 0x40, /* intervention required */
    SENSE_BUS_OUT = 0x20,
    SENSE_EQUIPMENT = 0x10,
    SENSE_DATA = 0x08,
    SENSE_OVERRUN = 0x04,
};

#endif
