/*
 * disk.h - a disk drive and its control unit, shared by dev_disk.c (control
 * commands), disk_locate.c (rotation), disk_data.c (search, read and write)
 */
#ifndef IO_DISK_H
#define IO_DISK_H

#include "ckd.h"

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

/* Sense byte 1. */
enum {
    SENSE1_PERMANENT = 0x80,
    SENSE1_TRACK_FORMAT = 0x40,
    SENSE1_END_OF_CYLINDER = 0x20,
    SENSE1_NO_RECORD = 0x08,
    SENSE1_FILE_PROTECTED = 0x04,
    SENSE1_WRITE_INHIBITED = 0x02,
};

/* Sense byte 7: format 0, and what was wrong. */
enum {
    MESSAGE_NONE = 0,
    MESSAGE_COMMAND = 1,  /* no such command */
    MESSAGE_SEQUENCE = 2, /* not allowed after the commands before it */
    MESSAGE_COUNT = 3,    /* the CCW count is too small */
    MESSAGE_ARGUMENT = 4, /* a data byte has an invalid value */
};

/* File mask. */
enum {
    MASK_WRITE = 0xC0,
    MASK_WRITE_NO_HOME = 0x00,
    MASK_WRITE_NONE = 0x40,
    MASK_WRITE_DATA = 0x80,
    MASK_WRITE_ALL = 0xC0,
    MASK_SEEK = 0x18,
    MASK_SEEK_NOT_RECALIBRATE = 0x08,
    MASK_SEEK_HEAD = 0x10,
    MASK_SEEK_NONE = 0x18,
    MASK_INVALID = 0x22,
};

struct disk {
    struct ckd_image image;
    unsigned cylinder, head; /* where the access mechanism is */

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

    struct ckd_track track;
};

/* disk_locate.c: each returns the time until the place has passed the head,
 * and sets d->target; on failure d->failed and sense. */

uint64_t disk_rotation_to(struct device *dev, uint32_t position,
                          uint32_t bytes);
/* Load the track under the head; false: failed. */
bool disk_load_track(struct device *dev);
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
uint64_t disk_seek_ns(const struct ckd_type *type, unsigned from, unsigned to);

/* disk_data.c */
uint8_t disk_data_start(struct device *dev, uint8_t code, uint64_t *delay_ns);
uint8_t disk_data_end(struct device *dev, uint8_t code, uint64_t *delay_ns);

/* dev_disk.c: set 24 bytes of sense; returns DS_UNIT_CHECK. */
uint8_t disk_check(struct device *dev, uint8_t sense0, uint8_t sense1,
                   uint8_t message);
/* The same for a command that is under way: it ends so when its time is up. */
void disk_fail(struct device *dev, uint8_t sense0, uint8_t sense1,
               uint8_t message);
/* What the image's answer means; false: failed. */
bool disk_result(struct device *dev, enum ckd_result result);

#endif
