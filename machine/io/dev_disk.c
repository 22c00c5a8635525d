/*
 * dev_disk.c - 3330 disk storage behind a 3830 control unit
 *
 * This file attaches an image and executes what moves no record: seeks, file
 * mask, sector commands, sense.  Searches, reads and writes are in
 * disk_data.c.  A seek gives channel end at once and device end when the arm
 * is there, SET SECTOR device end when the sector comes by: between them the
 * channel is free for others (block multiplexing).
 *
 *   X'07' SEEK      X'0B' SEEK CYLINDER  X'1B' SEEK HEAD  X'13' RECALIBRATE
 *   X'1F' SET FILE MASK  X'23' SET SECTOR  X'22' READ SECTOR  X'03' NO-OP
 *   X'17' RESTORE   X'04' SENSE (24 bytes)  X'A4' READ AND RESET BUFFERED LOG
 *
 * Words: IMAGE [ro]
 *
 * Source: GA26-1592, "Commands", "Sense Information"; GA26-1615 (3330).
 */
#include "disk.h"

enum {
    CMD_NOP = 0x03,
    CMD_SEEK = 0x07,
    CMD_SEEK_CYLINDER = 0x0B,
    CMD_RECALIBRATE = 0x13,
    CMD_RESTORE = 0x17,
    CMD_SEEK_HEAD = 0x1B,
    CMD_SET_FILE_MASK = 0x1F,
    CMD_READ_SECTOR = 0x22,
    CMD_SET_SECTOR = 0x23,
    CMD_BUFFERED_LOG = 0xA4,
    SEEK_BYTES = 6,
    NO_SECTOR = 0xFF,
};
/* A control command's few bytes. */
#define CONTROL_NS (20 * NS_PER_US)

/* One more type is one more row, and its device_ops below. */
static const struct ckd_type type_3330 = {
    .name = "3330",
    .image_type = 0x30,
    .heads = 19,
    .max_cylinders = 815,
    .circumference = 13440,
    .first_record = 132,
    .count_bytes = 30,
    .key_gap = 56,
    .data_gap = 60,
    .check_bytes = 45,
    .revolution_ns = 16700 * NS_PER_US,
    .sectors = 128,
    .seek = {{1, 10 * NS_PER_MS}, {135, 30 * NS_PER_MS}, {403, 55 * NS_PER_MS}},
};

/* ---- sense --------------------------------------------------------------- */

uint8_t
disk_check(struct device *dev, uint8_t sense0, uint8_t sense1, uint8_t message)
{
    struct disk *d = dev->state;

    memset(dev->sense, 0, sizeof(dev->sense));
    dev->sense[0] = sense0;
    dev->sense[1] = sense1;
    dev->sense[4] = (uint8_t)(0x80 >> (dev->devno & 7));
    dev->sense[5] = (uint8_t)d->cylinder;
    dev->sense[6] = (uint8_t)((d->cylinder >> 8 & 3) << 6 | d->head);
    dev->sense[7] = message;
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
    switch (result) {
    case CKD_OK:
        return true;
    case CKD_HOST_ERROR:
        disk_fail(dev, SENSE_EQUIPMENT, SENSE1_PERMANENT, MESSAGE_NONE);
        return false;
    case CKD_DAMAGED:
        disk_fail(dev, SENSE_DATA_CHECK, SENSE1_PERMANENT, MESSAGE_NONE);
        return false;
    case CKD_FULL:
        disk_fail(dev, 0, SENSE1_TRACK_FORMAT, MESSAGE_NONE);
        return false;
    }
    return false;
}

/* ---- commands without records -------------------------------------------- */

static uint8_t
reject(struct device *dev, uint8_t message)
{
    return disk_check(dev, SENSE_COMMAND_REJECT, 0, message);
}

/* Whether the file mask lets `code` move the arm or switch heads. */
static bool
seek_permitted(uint8_t code, uint8_t mask)
{
    switch (mask & MASK_SEEK) {
    case 0:
        return true;
    case MASK_SEEK_NOT_RECALIBRATE:
        return code != CMD_RECALIBRATE;
    case MASK_SEEK_HEAD:
        return code == CMD_SEEK_HEAD;
    default:
        return false;
    }
}

static uint8_t
recalibrate(struct device *dev)
{
    struct disk *d = dev->state;

    dev->tail_ns = disk_seek_ns(d->image.type, d->cylinder, 0);
    d->cylinder = 0;
    d->head = 0;
    d->index_passes = 0;
    d->area = AREA_UNKNOWN;
    d->prior = PRIOR_NONE;
    return dev->tail_ns == 0 ? DS_NORMAL : DS_CHANNEL_END;
}

/* Forget what the program before this one had arranged. */
static void
begin_chain(struct disk *d)
{
    d->mask = 0;
    d->mask_set = false;
    d->area = AREA_UNKNOWN;
    d->prior = PRIOR_NONE;
    d->index_passes = 0;
}

static uint8_t
disk_start(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct disk *d = dev->state;

    if (!channel_chained(dev))
        begin_chain(d);
    d->failed = false;
    d->count_taken = false;
    switch (code) {
    case CMD_NOP:
    case CMD_RESTORE:
        d->area = AREA_UNKNOWN;
        d->prior = PRIOR_NONE;
        return DS_NORMAL;
    case CMD_SEEK:
    case CMD_SEEK_CYLINDER:
    case CMD_SEEK_HEAD:
    case CMD_RECALIBRATE:
        if (!seek_permitted(code, d->mask))
            return disk_check(dev, 0, SENSE1_FILE_PROTECTED, MESSAGE_NONE);
        if (code == CMD_RECALIBRATE)
            return recalibrate(dev);
        break;
    case CMD_SET_FILE_MASK:
        if (d->mask_set)
            return reject(dev, MESSAGE_SEQUENCE);
        break;
    case CMD_SET_SECTOR:
    case CMD_READ_SECTOR:
    case CMD_BUFFERED_LOG:
        break;
    default:
        return disk_data_start(dev, code, delay_ns);
    }
    *delay_ns = CONTROL_NS;
    return 0;
}

static uint8_t
end_seek(struct device *dev, uint8_t code)
{
    struct disk *d = dev->state;
    uint8_t arg[SEEK_BYTES];
    unsigned cylinder, head;

    if (channel_get(dev, arg, SEEK_BYTES) < SEEK_BYTES)
        return DS_NORMAL | reject(dev, MESSAGE_COUNT);
    cylinder = (unsigned)arg[2] << 8 | arg[3];
    head = (unsigned)arg[4] << 8 | arg[5];
    if (arg[0] != 0 || arg[1] != 0 || head >= d->image.type->heads ||
        cylinder >= d->image.cylinders)
        return DS_NORMAL | reject(dev, MESSAGE_ARGUMENT);
    if (code == CMD_SEEK_HEAD)
        cylinder = d->cylinder;
    dev->tail_ns = disk_seek_ns(d->image.type, d->cylinder, cylinder);
    d->cylinder = cylinder;
    d->head = head;
    d->index_passes = 0;
    return dev->tail_ns == 0 ? DS_NORMAL : DS_CHANNEL_END;
}

static uint8_t
end_set_file_mask(struct device *dev)
{
    struct disk *d = dev->state;
    uint8_t mask;

    if (channel_get(dev, &mask, 1) < 1)
        return DS_NORMAL | reject(dev, MESSAGE_COUNT);
    if (mask & MASK_INVALID)
        return DS_NORMAL | reject(dev, MESSAGE_ARGUMENT);
    d->mask = mask;
    d->mask_set = true;
    return DS_NORMAL;
}

static uint8_t
end_set_sector(struct device *dev)
{
    struct disk *d = dev->state;
    const struct ckd_type *type = d->image.type;
    uint8_t sector;

    if (channel_get(dev, &sector, 1) < 1)
        return DS_NORMAL | reject(dev, MESSAGE_COUNT);
    if (sector == NO_SECTOR)
        return DS_NORMAL;
    if (sector >= type->sectors)
        return DS_NORMAL | reject(dev, MESSAGE_ARGUMENT);
    dev->tail_ns =
        disk_rotation_to(dev, type->circumference / type->sectors * sector, 0);
    return DS_CHANNEL_END;
}

static uint8_t
end_read_sector(struct device *dev)
{
    struct disk *d = dev->state;
    const struct ckd_type *type = d->image.type;
    uint8_t sector =
        (uint8_t)(d->last_position * type->sectors / type->circumference);

    channel_put(dev, &sector, 1);
    return DS_NORMAL;
}

static uint8_t
disk_end(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    static const uint8_t empty_log[SENSE_MAX];
    struct disk *d = dev->state;

    switch (code) {
    case CMD_SEEK:
    case CMD_SEEK_CYLINDER:
    case CMD_SEEK_HEAD:
        d->area = AREA_UNKNOWN;
        d->prior = PRIOR_NONE;
        return end_seek(dev, code);
    case CMD_SET_FILE_MASK:
        d->area = AREA_UNKNOWN;
        d->prior = PRIOR_NONE;
        return end_set_file_mask(dev);
    case CMD_SET_SECTOR:
        d->area = AREA_UNKNOWN;
        d->prior = PRIOR_NONE;
        return end_set_sector(dev);
    case CMD_READ_SECTOR:
        return end_read_sector(dev);
    case CMD_BUFFERED_LOG:
        channel_put(dev, empty_log, sizeof(empty_log));
        return DS_NORMAL;
    default:
        return disk_data_end(dev, code, delay_ns);
    }
}

/* ---- attaching ----------------------------------------------------------- */

static int
disk_attach(struct device *dev, int argc, char *const argv[],
            const struct ckd_type *type)
{
    struct disk *d = dev->state;
    bool read_only = argc == 2 && strcmp(argv[1], "ro") == 0;

    if (argc < 1 || (argc > 1 && !read_only))
        return machine_fail(dev->m,
                            "%s at %04X: name an image file, and "
                            "\"ro\" if it shall not be written",
                            type->name, dev->devno);
    return ckd_open(dev->m, dev->devno, argv[0], read_only, type, &d->image);
}

static int
attach_3330(struct device *dev, int argc, char *const argv[])
{
    return disk_attach(dev, argc, argv, &type_3330);
}

static void
disk_detach(struct device *dev)
{
    struct disk *d = dev->state;

    ckd_close(&d->image);
}

/* A format write that was cut off leaves its record, filled up with zeros. */
static void
disk_halt(struct device *dev)
{
    struct disk *d = dev->state;

    if (d->count_taken)
        disk_result(dev, ckd_save(&d->image, &d->track));
    d->count_taken = false;
}

static void
disk_reset(struct device *dev)
{
    disk_halt(dev);
    begin_chain(dev->state);
}

const struct device_ops device_3330 = {
    .type = "3330",
    .state_size = sizeof(struct disk),
    .sense_bytes = 24,
    .burst = true,
    .attach = attach_3330,
    .detach = disk_detach,
    .start = disk_start,
    .end = disk_end,
    .halt = disk_halt,
    .reset = disk_reset,
};
