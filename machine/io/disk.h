/*
 * disk.h - a disk drive and its control unit, shared by dev_disk.c (control
 * commands), disk_locate.c (rotation), disk_data.c (search and read),
 * disk_write.c, disk_sense.c
 */
#ifndef IO_DISK_H
#define IO_DISK_H

#include "ckd.h"

/* Command codes; searches and reads of records are multitrack with bit 0 on. */
enum {
    CMD_WRITE_SPECIAL = 0x01, /* a count-key-data record that overflows */
    CMD_READ_IPL = 0x02,
    CMD_NOP = 0x03,
    CMD_WRITE_DATA = 0x05,
    CMD_READ_DATA = 0x06,
    CMD_SEEK = 0x07,
    CMD_SEEK_CYLINDER = 0x0B,
    CMD_WRITE_KEY_DATA = 0x0D,
    CMD_READ_KEY_DATA = 0x0E,
    CMD_SPACE_COUNT = 0x0F,
    CMD_ERASE = 0x11,
    CMD_READ_COUNT = 0x12,
    CMD_RECALIBRATE = 0x13,
    CMD_WRITE_R0 = 0x15,
    CMD_READ_R0 = 0x16,
    CMD_RESTORE = 0x17,
    CMD_WRITE_HA = 0x19,
    CMD_READ_HA = 0x1A,
    CMD_SEEK_HEAD = 0x1B,
    CMD_WRITE_CKD = 0x1D,
    CMD_READ_CKD = 0x1E,
    CMD_SET_FILE_MASK = 0x1F,
    CMD_READ_SECTOR = 0x22,
    CMD_SET_SECTOR = 0x23,
    CMD_SEARCH_KEY_EQ = 0x29,
    CMD_SEARCH_KD_EQ = 0x2D,
    CMD_SEARCH_ID_EQ = 0x31,
    CMD_SEARCH_HA = 0x39,
    CMD_SEARCH_KEY_HI = 0x49,
    CMD_SEARCH_KD_HI = 0x4D,
    CMD_SEARCH_ID_HI = 0x51,
    CMD_SEARCH_KEY_EQHI = 0x69,
    CMD_SEARCH_KD_EQHI = 0x6D,
    CMD_SEARCH_ID_EQHI = 0x71,
    CMD_RELEASE = 0x94,
    CMD_BUFFERED_LOG = 0xA4,
    CMD_RESERVE = 0xB4,
    MULTITRACK = 0x80,
    SEARCH_EQUAL = 0x20, /* of the search codes */
    SEARCH_HIGH = 0x40,
    SEARCH_CONDITIONS = SEARCH_EQUAL | SEARCH_HIGH,
};

/* What has just passed the head: the orientation that the next command of
 * the chain starts from. */
enum disk_area { AREA_UNKNOWN, AREA_HOME, AREA_COUNT, AREA_KEY, AREA_DATA };

/* What the previous command of the chain proved or did, on which write
 * commands depend. */
enum disk_prior {
    PRIOR_NONE,
    PRIOR_HOME,   /* search home address equal, write home address */
    PRIOR_ID,     /* search ID equal, satisfied */
    PRIOR_KEY,    /* search key equal, satisfied */
    PRIOR_ACCESS, /* data of the record found so was read or written */
    PRIOR_FORMAT, /* write record 0, write count-key-data */
};

/* Sense byte 0, besides the bits of all devices. */
enum { SENSE0_TRACK_CONDITION = 0x02 };

/* Sense byte 1. */
enum {
    SENSE1_PERMANENT = 0x80,
    SENSE1_TRACK_FORMAT = 0x40, /* 2314: track overrun */
    SENSE1_END_OF_CYLINDER = 0x20,
    SENSE1_NO_RECORD = 0x08,
    SENSE1_FILE_PROTECTED = 0x04,
    SENSE1_WRITE_INHIBITED = 0x02,
    SENSE1_INCOMPLETE = 0x01, /* in a segment of an overflow record */
};

/* What was wrong: the low half is the message of sense byte 7, format 0; the
 * rest tells what a 2314 says otherwise. */
enum {
    MESSAGE_NONE = 0,
    MESSAGE_COMMAND = 1,  /* no such command */
    MESSAGE_SEQUENCE = 2, /* not allowed after the commands before it */
    MESSAGE_COUNT = 3,    /* the CCW count is too small */
    MESSAGE_ARGUMENT = 4, /* a data byte has an invalid value */
    MESSAGE_SEEK = 0x10,  /* ... of a seek */
    MESSAGE_MASK = 0x20,  /* the file mask forbids to write */
    MESSAGE_NUMBER = 0x0F,
};

/* File mask. */
enum {
    MASK_WRITE = 0xC0,
    MASK_WRITE_NO_HOME = 0x00,
    MASK_WRITE_NONE = 0x40,
    MASK_WRITE_DATA = 0x80,
    MASK_WRITE_ALL = 0xC0,
    MASK_SEEK = 0x18,
    MASK_SEEK_PARTS = 0x08, /* SEEK CYLINDER and SEEK HEAD */
    MASK_SEEK_HEAD = 0x10,
    MASK_SEEK_NONE = 0x18,
    MASK_INVALID = 0x22,
    MASK_INVALID_2314 = 0x27,
};

struct disk {
    struct ckd_image image;
    unsigned cylinder, head; /* where the access mechanism is */
    uint64_t index_ns;       /* virtual time when index passed, lately */
    uint32_t bytes_read;     /* since the buffered log was last read ... */
    uint16_t seeks;          /* ... likewise */

    /* of the channel program */
    uint8_t mask;
    bool mask_set;
    enum disk_prior prior;
    unsigned index_passes; /* since the last successful access */

    enum disk_area area;    /* last passed ... */
    unsigned record;        /* ... of this record */
    uint32_t last_position; /* of the last record, for READ SECTOR */

    /* of the command in execution */
    unsigned target;  /* record it is for */
    bool failed;      /* sense is set: end with unit check */
    bool count_taken; /* a format write has got its count field */
    bool segment;     /* in a segment behind the first */
    int order;        /* of a search key and data up to here */

    struct ckd_track track;
};

static inline struct ckd_record *
disk_target(struct disk *d)
{
    return &d->track.record[d->target];
}

/* disk_locate.c: each returns the time until the place has passed the head,
 * and sets d->target; on failure d->failed and sense. */

uint64_t disk_rotation_to(struct device *dev, uint32_t position,
                          uint32_t bytes);
/* Load the track under the head; false: failed. */
bool disk_load_track(struct device *dev);
/* The same, and it is good for records: a defective one has only its home
 * address and record 0. */
bool disk_load_good_track(struct device *dev);
/* The next record, record 0 too if `zero_too`; with `multitrack` the search
 * goes on at the next head.  Time until its `field` has passed. */
uint64_t disk_next_record(struct device *dev, bool zero_too, bool multitrack,
                          enum ckd_field field);
/* The record found by the search before, else the next one. */
uint64_t disk_this_record(struct device *dev, bool multitrack,
                          enum ckd_field field);
/* Home address (or record 0 behind it) of this or the next track. */
uint64_t disk_home(struct device *dev, bool multitrack, enum ckd_field field,
                   bool record_zero);
/* The data that the target's data overflows into. */
uint64_t disk_next_segment(struct device *dev);
uint64_t disk_seek_ns(const struct ckd_type *type, unsigned from, unsigned to);
/* The head has passed `area` of the target. */
void disk_passed(struct disk *d, enum disk_area area, enum disk_prior prior);

/* disk_data.c */
uint8_t disk_data_start(struct device *dev, uint8_t code, uint64_t *delay_ns);
uint8_t disk_data_end(struct device *dev, uint8_t code, uint64_t *delay_ns);

/* disk_write.c */
static inline bool
disk_is_write(uint8_t code)
{
    switch (code) {
    case CMD_WRITE_SPECIAL:
    case CMD_WRITE_DATA:
    case CMD_WRITE_KEY_DATA:
    case CMD_ERASE:
    case CMD_WRITE_R0:
    case CMD_WRITE_HA:
    case CMD_WRITE_CKD:
        return true;
    default:
        return false;
    }
}
uint8_t disk_write_start(struct device *dev, uint8_t code, uint64_t *delay_ns);
uint8_t disk_write_end(struct device *dev, uint8_t code, uint64_t *delay_ns);

/* disk_sense.c: set the sense bytes as the type has them; returns
 * DS_UNIT_CHECK. */
uint8_t disk_check(struct device *dev, uint8_t sense0, uint8_t sense1,
                   uint8_t message);
/* The same for a command that is under way: it ends so when its time is up. */
void disk_fail(struct device *dev, uint8_t sense0, uint8_t sense1,
               uint8_t message);
/* What the image's answer means; false: failed. */
bool disk_result(struct device *dev, enum ckd_result result);
/* The usage counts as READ AND RESET BUFFERED LOG gives them; they are then
 * zero.  Returns the number of bytes. */
enum { DISK_LOG_MAX = 128 };
uint32_t disk_log(struct device *dev, uint8_t log[DISK_LOG_MAX]);

#endif
