/*
 * disk_sense.c - what a drive tells of its troubles
 *
 * The 2314 has 6 sense bytes, the other types 24: bytes 0 and 1 say what is
 * wrong, 2 to 6 where, 7 how the rest is to be read (format, message).
 *
 *   byte  2314                        2305 3330 3340 3350
 *   0     .. seek check in bit 7      the bits that all devices have
 *   1     .. invalid sequence, bit 3  permanent error, invalid track format,
 *                                     end of cylinder, no record found, file
 *                                     protected, write inhibited, operation
 *                                     incomplete
 *   2                                 3340: RPS, size of the data module
 *   3     on line, end of cylinder    restart command
 *   4                                 drive
 *   5     restart command             cylinder, low
 *   6     -                           cylinder, high; head
 *   7     -                           format and message
 *   8-12  -                           format 4: CCHHR of the record
 *   8-13  -                           2305, always: CCHHR of the count field
 *                                     that was processed last, its sector
 *
 * Source: GA26-1599, GA26-1592, GA26-1619, GA26-1638, "Sense Information"; for
 * the 2305 the tables by which OS/VS EREP prints its sense bytes and its log
 * (IFCE2305, IFCET002).
 */
#include "disk.h"

#include "../cpu/bytes.h"

enum {
    SENSE0_SEEK_CHECK = 0x01,       /* 2314 */
    SENSE1_INVALID_SEQUENCE = 0x10, /* 2314 */
    SENSE1_DATA_CHECK_COUNT = 0x80, /* 2314 */
    SENSE2_LOG_PRESENT = 0x10,
    SENSE2_RPS = 0x80,
    SENSE3_ON_LINE = 0x40,
    SENSE3_END_OF_CYLINDER = 0x04,
    RESTART_READ = 0x06,
    RESTART_WRITE = 0x05,
    RESTART_SEARCH_LOST = 0x55,
    RESTART_SEARCH_HIGH = 0x75,
    LOG_2305_USAGE = 0x80,
};

enum sense_format {
    FORMAT_PROGRAM = 0x00,
    FORMAT_EQUIPMENT = 0x10,
    FORMAT_DATA_CHECK = 0x40,
    FORMAT_USAGE = 0x60,
};

/* The command that could take up an overflow record again.  A search tells
 * with it how the comparison stands: still equal, not to be satisfied, high. */
static uint8_t
restart_command(const struct device *dev)
{
    const struct disk *d = dev->state;
    uint8_t code = dev->sub.code & (uint8_t)~MULTITRACK;

    switch (code) {
    case CMD_SEARCH_KD_EQ:
    case CMD_SEARCH_KD_HI:
    case CMD_SEARCH_KD_EQHI:
        if (d->order == 0)
            return (uint8_t)(code & SEARCH_CONDITIONS) | RESTART_WRITE;
        return d->order > 0 && code != CMD_SEARCH_KD_EQ ? RESTART_SEARCH_HIGH
                                                        : RESTART_SEARCH_LOST;
    default:
        return disk_is_write(code) ? RESTART_WRITE : RESTART_READ;
    }
}

static void
sense_2314(struct device *dev, uint8_t message)
{
    uint8_t *sense = dev->sense;

    if (message & MESSAGE_MASK)
        sense[1] |= SENSE1_FILE_PROTECTED;
    else if (message & MESSAGE_SEEK)
        sense[0] |= SENSE0_SEEK_CHECK;
    else if (message == MESSAGE_SEQUENCE)
        sense[1] |= SENSE1_INVALID_SEQUENCE;
    sense[3] = SENSE3_ON_LINE;
    if (sense[1] & SENSE1_END_OF_CYLINDER)
        sense[3] |= SENSE3_END_OF_CYLINDER;
    if (sense[1] & SENSE1_INCOMPLETE)
        sense[5] = restart_command(dev);
}

static uint8_t
drive_byte(const struct device *dev, enum ckd_unit unit)
{
    unsigned drive = dev->devno & 7;

    switch (unit) {
    case UNIT_3330: /* its number, and before it the complement */
        return (uint8_t)((~drive & 7) << 3 | drive);
    case UNIT_3340:
    case UNIT_3350:
        return (uint8_t)(0x80 >> drive);
    default:
        return 0;
    }
}

/* Bytes 2 and 4 to 6: which drive, and where it stands. */
static void
sense_drive(const struct device *dev, uint8_t *sense)
{
    const struct disk *d = dev->state;
    const struct ckd_type *type = d->image.type;
    bool small = type->unit == UNIT_3330 && type->cylinders <= 512;

    sense[4] = drive_byte(dev, type->unit);
    sense[5] = (uint8_t)d->cylinder;
    sense[6] = (uint8_t)(d->cylinder >> 8 << (small ? 6 : 5) | d->head);
    if (type->unit == UNIT_3340)
        sense[2] = SENSE2_RPS | (type->cylinders > 512 ? 2 : 1);
}

/* The count field at the head, on the track that is loaded.  NULL: none. */
static const uint8_t *
count_field(const struct disk *d)
{
    if (!d->track.loaded || d->record >= d->track.nrecords)
        return NULL;
    return d->track.data + d->track.record[d->record].offset;
}

static void
sense_2305(const struct disk *d, uint8_t *sense)
{
    const struct ckd_type *type = d->image.type;
    const uint8_t *count = count_field(d);

    if (count == NULL)
        return;
    memcpy(sense + 8, count, 5);
    sense[13] =
        (uint8_t)(d->last_position * type->sectors / ckd_type_track(type));
}

static void
sense_24(struct device *dev, uint8_t message)
{
    const struct disk *d = dev->state;
    const uint8_t *count = count_field(d);
    uint8_t *sense = dev->sense;

    sense_drive(dev, sense);
    if (sense[1] & SENSE1_INCOMPLETE)
        sense[3] = restart_command(dev);
    sense[7] = message & MESSAGE_NUMBER;
    if (sense[0] & SENSE_EQUIPMENT)
        sense[7] = FORMAT_EQUIPMENT;
    if (sense[0] & SENSE_DATA_CHECK) {
        sense[7] = FORMAT_DATA_CHECK;
        sense[8] = (uint8_t)(d->cylinder >> 8);
        sense[9] = (uint8_t)d->cylinder;
        sense[11] = (uint8_t)d->head;
        if (count != NULL)
            sense[12] = count[4];
    }
    if (d->image.type->unit == UNIT_2305)
        sense_2305(d, sense);
}

uint8_t
disk_check(struct device *dev, uint8_t sense0, uint8_t sense1, uint8_t message)
{
    const struct disk *d = dev->state;

    memset(dev->sense, 0, sizeof(dev->sense));
    dev->sense[0] = sense0;
    dev->sense[1] = sense1;
    if (d->image.type->unit == UNIT_2314)
        sense_2314(dev, message);
    else
        sense_24(dev, message);
    return DS_UNIT_CHECK;
}

void
disk_fail(struct device *dev, uint8_t sense0, uint8_t sense1, uint8_t message)
{
    struct disk *d = dev->state;

    d->failed = true;
    d->area = AREA_UNKNOWN;
    d->prior = PRIOR_NONE;
    disk_check(dev, sense0, sense1, message);
}

bool
disk_result(struct device *dev, enum ckd_result result)
{
    const struct disk *d = dev->state;
    bool is_2314 = d->image.type->unit == UNIT_2314;

    switch (result) {
    case CKD_OK:
        return true;
    case CKD_HOST_ERROR:
        disk_fail(dev, SENSE_EQUIPMENT, is_2314 ? 0 : SENSE1_PERMANENT,
                  MESSAGE_NONE);
        return false;
    case CKD_DAMAGED:
        disk_fail(dev, SENSE_DATA_CHECK,
                  is_2314 ? SENSE1_DATA_CHECK_COUNT : SENSE1_PERMANENT,
                  MESSAGE_NONE);
        return false;
    case CKD_FULL:
        disk_fail(dev, 0, SENSE1_TRACK_FORMAT, MESSAGE_NONE);
        return false;
    }
    return false;
}

/* The buffered log of a 2835 has 16 entries of 8 bytes; the first three bits of
 * each say what it is, 000 that it is empty.  Errors would be further entries:
 * here is that of usage and overruns (none) alone, its count in bytes 4-7. */
static uint32_t
log_2305(const struct disk *d, uint8_t log[DISK_LOG_MAX])
{
    log[0] = LOG_2305_USAGE;
    store_be32(log + 4, d->bytes_read);
    return DISK_LOG_MAX;
}

/* Format 6 of the sense bytes. */
static uint32_t
log_24(const struct device *dev, uint8_t log[DISK_LOG_MAX])
{
    const struct disk *d = dev->state;

    sense_drive(dev, log);
    log[2] |= SENSE2_LOG_PRESENT;
    log[7] = FORMAT_USAGE;
    store_be32(log + 8, d->bytes_read);
    log[16] = (uint8_t)(d->seeks >> 8);
    log[17] = (uint8_t)d->seeks;
    return SENSE_MAX;
}

uint32_t
disk_log(struct device *dev, uint8_t log[DISK_LOG_MAX])
{
    struct disk *d = dev->state;
    uint32_t len;

    memset(log, 0, DISK_LOG_MAX);
    len =
        d->image.type->unit == UNIT_2305 ? log_2305(d, log) : log_24(dev, log);
    d->bytes_read = 0;
    d->seeks = 0;
    return len;
}
