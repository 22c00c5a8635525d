/*
 * dev_disk.c - disk drives, each with its control unit: 2314, 2305 behind a
 * 2835, 3330, 3340 and 3350 behind a 3830
 *
 * This file attaches an image and executes what moves no record: seeks, file
 * mask, sector commands, sense.  Searches and reads are in disk_data.c, writes
 * in disk_write.c.  A seek gives channel end at once and device end when the
 * arm is there, SET SECTOR device end when the sector comes by: between them
 * the channel is free for others (block multiplexing).
 *
 *   X'07' SEEK      X'0B' SEEK CYLINDER  X'1B' SEEK HEAD  X'13' RECALIBRATE
 *   X'1F' SET FILE MASK  X'03' NO-OP  X'17' RESTORE  X'04' SENSE
 *   X'B4' DEVICE RESERVE  X'94' DEVICE RELEASE
 * all but the 2314:
 *   X'23' SET SECTOR  X'22' READ SECTOR  X'A4' READ AND RESET BUFFERED LOG
 *
 * Words: IMAGE [ro]
 *
 * Source: the manuals named in ckd_types.c and GA26-1617 (3830), "Channel
 * Commands".
 */
#include "../state.h"
#include "disk.h"
#include "media.h"

enum { SEEK_BYTES = 6, NO_SECTOR = 0xFF };
/* A control command's few bytes. */
#define CONTROL_NS (20 * NS_PER_US)

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
    case MASK_SEEK_PARTS:
        return code == CMD_SEEK_CYLINDER || code == CMD_SEEK_HEAD;
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
    d->segment = false;
    d->order = 0;
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
    case CMD_RESERVE:
    case CMD_RELEASE:
        if (d->mask_set)
            return reject(dev, MESSAGE_SEQUENCE);
        break;
    case CMD_SET_SECTOR:
    case CMD_READ_SECTOR:
    case CMD_BUFFERED_LOG:
        if (d->image.type->sectors == 0)
            return reject(dev, MESSAGE_COMMAND);
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
        return DS_NORMAL | reject(dev, MESSAGE_SEEK | MESSAGE_COUNT);
    cylinder = (unsigned)arg[2] << 8 | arg[3];
    head = (unsigned)arg[4] << 8 | arg[5];
    if (code == CMD_SEEK_HEAD)
        cylinder = d->cylinder;
    if (arg[0] != 0 || arg[1] != 0 || head >= d->image.type->heads ||
        cylinder >= d->image.cylinders)
        return DS_NORMAL | reject(dev, MESSAGE_SEEK | MESSAGE_ARGUMENT);
    if (cylinder != d->cylinder)
        d->seeks++;
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
    if (mask &
        (d->image.type->unit == UNIT_2314 ? MASK_INVALID_2314 : MASK_INVALID))
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
        disk_rotation_to(dev, sector * ckd_type_track(type) / type->sectors, 0);
    return DS_CHANNEL_END;
}

/* A sector early enough to find the record that was processed last. */
static uint8_t
end_read_sector(struct device *dev)
{
    struct disk *d = dev->state;
    const struct ckd_type *type = d->image.type;
    uint32_t number = d->last_position * type->sectors / ckd_type_track(type);
    uint8_t sector = number > 0 ? (uint8_t)(number - 1) : 0;

    channel_put(dev, &sector, 1);
    return DS_NORMAL;
}

/* There is no second channel from which the drive could be taken away.  The
 * data are sense bytes. */
static uint8_t
end_reserve(struct device *dev)
{
    disk_check(dev, 0, 0, MESSAGE_NONE);
    channel_put(dev, dev->sense, dev->ops->sense_bytes);
    memset(dev->sense, 0, sizeof(dev->sense));
    return DS_NORMAL;
}

static uint8_t
end_log(struct device *dev)
{
    uint8_t log[DISK_LOG_MAX];
    uint32_t len = disk_log(dev, log);

    channel_put(dev, log, len);
    return DS_NORMAL;
}

static uint8_t
disk_end(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
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
        return end_log(dev);
    case CMD_RESERVE:
    case CMD_RELEASE:
        return end_reserve(dev);
    default:
        return disk_data_end(dev, code, delay_ns);
    }
}

/* ---- attaching ----------------------------------------------------------- */

static int
disk_attach(struct device *dev, int argc, char *const argv[])
{
    struct disk *d = dev->state;
    bool read_only = argc == 2 && strcmp(argv[1], "ro") == 0;

    if (argc < 1 || (argc > 1 && !read_only))
        return machine_fail(dev->m,
                            "%s at %04X: name an image file, and "
                            "\"ro\" if it shall not be written",
                            dev->ops->type, dev->devno);
    return ckd_open(dev->m, dev->devno, argv[0], read_only, dev->ops->type,
                    &d->image);
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

static uint8_t
disk_scripted(struct device *dev, uint8_t sense0)
{
    return disk_check(dev, sense0, 0, MESSAGE_NONE);
}

static void
disk_place(const struct device *dev, unsigned *cylinder, unsigned *head)
{
    const struct disk *d = dev->state;

    *cylinder = d->cylinder;
    *head = d->head;
}

/* ---- snapshots ----------------------------------------------------------- */

static uint64_t
volume_bytes(const struct ckd_image *image)
{
    return CKD_HEADER_BYTES +
           (uint64_t)image->cylinders * image->type->heads * image->track_bytes;
}

/* Below, at, or above what was searched for. */
static void
order_state(struct state *s, struct disk *d)
{
    uint32_t order = d->order < 0 ? 0 : d->order > 0 ? 2 : 1;

    order = state_number(s, order, 2);
    if (state_loading(s))
        d->order = (int)order - 1;
}

/* The track under the head as it is in the drive: a record that is being
 * written is not on the volume yet. */
static void
track_state(struct state *s, struct disk *d)
{
    struct ckd_track *track = &d->track;
    unsigned i;

    state_bool(s, &track->loaded);
    STATE_NUMBER(s, track->cylinder, d->image.cylinders - 1);
    STATE_NUMBER(s, track->head, d->image.type->heads - 1);
    STATE_NUMBER(s, track->nrecords, CKD_RECORDS_MAX);
    for (i = 0; i < track->nrecords; i++) {
        struct ckd_record *rec = &track->record[i];

        STATE_NUMBER(s, rec->offset, d->image.track_bytes - CKD_COUNT_BYTES);
        state_u32(s, &rec->position);
        STATE_NUMBER(s, rec->data_length, 0xFFFF);
        state_u8(s, &rec->key_length);
        state_bool(s, &rec->overflow);
        if (ckd_field_offset(rec, CKD_DATA) + rec->data_length >
            d->image.track_bytes)
            state_fail(s, "a record runs over the end of its track");
    }
    state_bytes(s, track->data, d->image.track_bytes);
    if (s->failed) {
        track->loaded = false;
        track->nrecords = 0;
    }
}

static void
disk_state(struct device *dev, struct state *s)
{
    struct disk *d = dev->state;

    STATE_NUMBER(s, d->cylinder, d->image.cylinders - 1);
    STATE_NUMBER(s, d->head, d->image.type->heads - 1);
    state_u32(s, &d->bytes_read);
    state_u16(s, &d->seeks);
    state_u8(s, &d->mask);
    state_bool(s, &d->mask_set);
    STATE_NUMBER(s, d->prior, PRIOR_FORMAT);
    state_u32(s, &d->index_passes);
    STATE_NUMBER(s, d->area, AREA_DATA);
    STATE_NUMBER(s, d->record, CKD_RECORDS_MAX - 1);
    state_u32(s, &d->last_position);
    STATE_NUMBER(s, d->target, CKD_RECORDS_MAX - 1);
    state_bool(s, &d->failed);
    state_bool(s, &d->count_taken);
    state_bool(s, &d->segment);
    order_state(s, d);
    track_state(s, d);
}

static void
disk_medium(struct device *dev, struct state *s)
{
    struct disk *d = dev->state;

    media_volume_state(dev, s, d->image.fd, volume_bytes(&d->image),
                       d->image.read_only && !dev->m->options.private_media);
    if (state_loading(s))
        memset(d->image.written, 0xFF,
               d->image.cylinders * d->image.type->heads / 8 + 1);
}

static uint64_t
disk_shape(const struct device *dev)
{
    const struct disk *d = dev->state;

    return volume_bytes(&d->image);
}

#define DISK(word, bytes)                                                \
    {                                                                    \
        .type = (word), .state_size = sizeof(struct disk),               \
        .sense_bytes = (bytes), .burst = true, .attach = disk_attach,    \
        .detach = disk_detach, .start = disk_start, .end = disk_end,     \
        .halt = disk_halt, .reset = disk_reset, .check = disk_scripted,  \
        .place = disk_place, .state = disk_state, .medium = disk_medium, \
        .shape = disk_shape,                                             \
    }

/* The families, then their models. */
const struct device_ops device_disks[DEVICE_DISKS] = {
    DISK("2314", 6),     DISK("2305", 24),    DISK("3330", 24),
    DISK("3340", 24),    DISK("3350", 24),    DISK("2305-1", 24),
    DISK("2305-2", 24),  DISK("3330-1", 24),  DISK("3330-11", 24),
    DISK("3340-35", 24), DISK("3340-70", 24),
};

int
machine_disk_written(struct machine *m, uint16_t devno,
                     void (*fn)(void *ctx, unsigned cylinder, unsigned head),
                     void *ctx)
{
    const struct device *dev = device_find(m, devno);
    const struct ckd_image *image;
    unsigned n, heads;

    if (dev == NULL || dev->ops->start != disk_start)
        return machine_fail(m, "no disk is attached at %04X", devno);
    image = &((const struct disk *)dev->state)->image;
    heads = image->type->heads;
    for (n = 0; n < image->cylinders * heads; n++)
        if (image->written[n / 8] >> n % 8 & 1)
            fn(ctx, n / heads, n % heads);
    return 0;
}
