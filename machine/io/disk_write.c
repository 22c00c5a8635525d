/*
 * disk_write.c - writing records
 *
 * A write is permitted by the file mask, and in sequence: commands before it
 * in the chain have proved that the head is where the program believes.  An
 * update rewrites data (and key) of a record that was found; a format write
 * puts a record behind the last one, and all that stood there is gone.  It has
 * two ends: at the count field, whose bytes say how long the rest will take,
 * and behind the data.
 *
 *   DATA X'05'  KEY+DATA X'0D'   HA X'19'  R0 X'15'
 *   COUNT, KEY, DATA X'1D'  SPECIAL COUNT, KEY, DATA X'01'  ERASE X'11'
 *
 * Source: the manuals named in ckd_types.c, "Write Commands", "Set File Mask",
 * "Record Overflow".
 */
#include "disk.h"

enum { ZERO_DATA_BYTES = 8 }; /* of the record 0 that WRITE HA leaves */

/* ---- start: permitted?  where, and how long? ----------------------------- */

static bool
write_permitted(uint8_t code, uint8_t mask)
{
    switch (mask & MASK_WRITE) {
    case MASK_WRITE_ALL:
        return true;
    case MASK_WRITE_NONE:
        return false;
    case MASK_WRITE_DATA:
        return code == CMD_WRITE_DATA || code == CMD_WRITE_KEY_DATA;
    default:
        return code != CMD_WRITE_HA && code != CMD_WRITE_R0;
    }
}

/* Whether the commands before it in the chain make a write safe. */
static bool
write_in_sequence(uint8_t code, enum disk_prior prior)
{
    switch (code) {
    case CMD_WRITE_HA:
        return true;
    case CMD_WRITE_R0:
        return prior == PRIOR_HOME;
    case CMD_WRITE_DATA:
        return prior == PRIOR_ID || prior == PRIOR_KEY;
    case CMD_WRITE_KEY_DATA:
        return prior == PRIOR_ID;
    default: /* count, key and data; erase */
        return prior != PRIOR_NONE && prior != PRIOR_HOME;
    }
}

/* Time until the count field of a record behind the last one has passed. */
static uint64_t
behind_last(struct device *dev)
{
    struct disk *d = dev->state;
    const struct ckd_type *type = d->image.type;
    uint32_t position;

    if (!disk_load_good_track(dev))
        return 0;
    d->target = d->record + 1;
    position = ckd_position_behind(type, &d->track.record[d->record]);
    return disk_rotation_to(dev, position, type->count_bytes);
}

/* A 2314 and a 2305 have no sense bit of their own for it. */
static uint8_t
read_only(struct device *dev)
{
    const struct disk *d = dev->state;

    if (d->image.type->unit == UNIT_2314)
        return disk_check(dev, SENSE_COMMAND_REJECT, 0, MESSAGE_MASK);
    if (d->image.type->unit == UNIT_2305)
        return disk_check(dev, SENSE_COMMAND_REJECT, SENSE1_FILE_PROTECTED,
                          MESSAGE_MASK);
    return disk_check(dev, SENSE_EQUIPMENT, SENSE1_WRITE_INHIBITED,
                      MESSAGE_NONE);
}

uint8_t
disk_write_start(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct disk *d = dev->state;
    const struct ckd_type *type = d->image.type;

    if (!write_permitted(code, d->mask))
        return disk_check(dev, SENSE_COMMAND_REJECT, 0,
                          MESSAGE_MASK | MESSAGE_SEQUENCE);
    if (!write_in_sequence(code, d->prior))
        return disk_check(dev, SENSE_COMMAND_REJECT, 0, MESSAGE_SEQUENCE);
    if (d->image.read_only)
        return read_only(dev);
    switch (code) {
    case CMD_WRITE_DATA:
    case CMD_WRITE_KEY_DATA:
        *delay_ns = disk_this_record(dev, false, CKD_DATA);
        break;
    case CMD_WRITE_HA:
        *delay_ns = disk_home(dev, false, CKD_COUNT, false);
        break;
    case CMD_WRITE_R0:
        disk_load_track(dev);
        d->target = 0;
        *delay_ns =
            disk_rotation_to(dev, type->first_record, type->count_bytes);
        break;
    case CMD_ERASE: /* up to index */
        behind_last(dev);
        *delay_ns = disk_rotation_to(dev, 0, 0);
        break;
    default:
        *delay_ns = behind_last(dev);
        break;
    }
    return 0;
}

/* ---- end: move the bytes ------------------------------------------------- */

/* Fill `bytes` bytes of the track at `offset` from the channel, behind them
 * zeros, and write the track to the image. */
static uint8_t
fill_and_save(struct device *dev, uint32_t offset, uint32_t bytes)
{
    struct disk *d = dev->state;
    uint32_t n = channel_get(dev, d->track.data + offset, bytes);

    if (n < bytes)
        channel_note_long(dev);
    memset(d->track.data + offset + n, 0, bytes - n);
    if (!disk_result(dev, ckd_save(&d->image, &d->track)))
        return DS_NORMAL | DS_UNIT_CHECK;
    return DS_NORMAL;
}

/* Of a further segment only data is written. */
static uint8_t
end_update(struct device *dev, enum ckd_field first, uint64_t *delay_ns)
{
    struct disk *d = dev->state;
    const struct ckd_record *rec = disk_target(d);
    uint32_t begin = ckd_field_offset(rec, d->segment ? CKD_DATA : first);
    uint32_t end = ckd_field_offset(rec, CKD_DATA) + rec->data_length;
    uint8_t status;

    d->index_passes = 0;
    disk_passed(d, AREA_DATA, PRIOR_ACCESS);
    status = fill_and_save(dev, begin, end - begin);
    if (rec->overflow && !(status & DS_UNIT_CHECK)) {
        *delay_ns = disk_next_segment(dev);
        return d->failed ? DS_NORMAL | DS_UNIT_CHECK : 0;
    }
    return rec->data_length == 0 ? status | DS_UNIT_EXCEPTION : status;
}

static uint8_t
short_count(struct device *dev)
{
    disk_fail(dev, SENSE_COMMAND_REJECT, 0, MESSAGE_COUNT);
    return DS_NORMAL | DS_UNIT_CHECK;
}

/* A format write at the end of its count field: the record takes its place,
 * and all behind it is gone.  Comes back when its data has passed. */
static uint8_t
end_format_count(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct disk *d = dev->state;
    const struct ckd_type *type = d->image.type;
    uint8_t count[CKD_COUNT_BYTES];
    enum ckd_result result;
    uint32_t behind;

    if (channel_get(dev, count, CKD_COUNT_BYTES) < CKD_COUNT_BYTES)
        return short_count(dev);
    if (code == CMD_WRITE_SPECIAL)
        count[0] |= CKD_OVERFLOW;
    result = ckd_append(&d->image, &d->track, d->target, count);
    if (!disk_result(dev, result)) {
        d->track.loaded = false;
        return DS_NORMAL | DS_UNIT_CHECK;
    }
    d->count_taken = true;
    behind = ckd_field_position(type, disk_target(d), CKD_DATA) +
             disk_target(d)->data_length;
    *delay_ns = (behind - disk_target(d)->position - type->count_bytes) *
                type->revolution_ns / type->circumference;
    return 0;
}

static uint8_t
end_format_data(struct device *dev)
{
    struct disk *d = dev->state;
    const struct ckd_record *rec = disk_target(d);

    d->count_taken = false;
    d->index_passes = 0;
    disk_passed(d, AREA_DATA, PRIOR_FORMAT);
    return fill_and_save(dev, rec->offset + CKD_COUNT_BYTES,
                         rec->key_length + rec->data_length);
}

/* Only the track's own home address can be written, with a flag byte; the
 * track then holds an empty record 0 and nothing else. */
static uint8_t
end_write_home(struct device *dev)
{
    struct disk *d = dev->state;
    uint8_t home[CKD_HA_BYTES], count[CKD_COUNT_BYTES] = {0};

    if (channel_get(dev, home, CKD_HA_BYTES) < CKD_HA_BYTES)
        return short_count(dev);
    if ((home[0] & ~CKD_FLAGS) != 0 ||
        memcmp(home + 1, d->track.data + 1, CKD_HA_BYTES - 1) != 0) {
        disk_fail(dev, SENSE_COMMAND_REJECT, 0, MESSAGE_ARGUMENT);
        return DS_NORMAL | DS_UNIT_CHECK;
    }
    d->track.data[0] = home[0];
    memcpy(count, home + 1, CKD_HA_BYTES - 1);
    count[7] = ZERO_DATA_BYTES;
    if (!disk_result(dev, ckd_append(&d->image, &d->track, 0, count)) ||
        !disk_result(dev, ckd_save(&d->image, &d->track)))
        return DS_NORMAL | DS_UNIT_CHECK;
    d->area = AREA_HOME;
    d->prior = PRIOR_HOME;
    d->index_passes = 0;
    return DS_NORMAL;
}

/* The rest of the track is erased; the bytes of the record that would have
 * been written are taken from the channel. */
static uint8_t
end_erase(struct device *dev)
{
    struct disk *d = dev->state;
    uint8_t count[CKD_COUNT_BYTES], bytes[256];
    uint32_t left, n;

    if (channel_get(dev, count, sizeof(count)) < sizeof(count))
        return short_count(dev);
    left = count[5] + ((uint32_t)count[6] << 8 | count[7]);
    while (left > 0) {
        n = left < sizeof(bytes) ? left : sizeof(bytes);
        if (channel_get(dev, bytes, n) < n) {
            channel_note_long(dev);
            break;
        }
        left -= n;
    }
    ckd_truncate(&d->image, &d->track, d->target);
    d->area = AREA_UNKNOWN;
    d->prior = PRIOR_NONE;
    d->index_passes = 0;
    if (!disk_result(dev, ckd_save(&d->image, &d->track)))
        return DS_NORMAL | DS_UNIT_CHECK;
    return DS_NORMAL;
}

uint8_t
disk_write_end(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    const struct disk *d = dev->state;

    switch (code) {
    case CMD_WRITE_DATA:
        return end_update(dev, CKD_DATA, delay_ns);
    case CMD_WRITE_KEY_DATA:
        return end_update(dev, CKD_KEY, delay_ns);
    case CMD_WRITE_HA:
        return end_write_home(dev);
    case CMD_ERASE:
        return end_erase(dev);
    default:
        return d->count_taken ? end_format_data(dev)
                              : end_format_count(dev, code, delay_ns);
    }
}
