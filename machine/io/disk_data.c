/*
 * disk_data.c - searching, reading and writing records
 *
 * start() finds the record that a command is for and says when its last byte
 * will have passed the head; end() moves the bytes.  A format write has two
 * ends: at the count field, whose bytes say how long the rest will take, and
 * behind the data.
 *
 *   SEARCH  HA X'39'   ID X'31' X'51' X'71' (equal, high, equal or high)
 *           KEY X'29' X'49' X'69'
 *   READ    HA X'1A'  R0 X'16'  COUNT X'12'  DATA X'06'  KEY+DATA X'0E'
 *           COUNT, KEY, DATA X'1E'  IPL X'02'   SPACE COUNT X'0F'
 *   WRITE   HA X'19'  R0 X'15'  COUNT, KEY, DATA X'1D'  ERASE X'11'
 *           DATA X'05'  KEY+DATA X'0D'
 * Searches and reads but X'02' with bit 0 on (X'80' added) are multitrack.
 *
 * Source: GA26-1592, "Search Commands", "Read Commands", "Write Commands".
 */
#include "disk.h"

enum {
    MULTITRACK = 0x80,
    CMD_READ_IPL = 0x02,
    CMD_WRITE_DATA = 0x05,
    CMD_READ_DATA = 0x06,
    CMD_WRITE_KEY_DATA = 0x0D,
    CMD_READ_KEY_DATA = 0x0E,
    CMD_SPACE_COUNT = 0x0F,
    CMD_ERASE = 0x11,
    CMD_READ_COUNT = 0x12,
    CMD_WRITE_R0 = 0x15,
    CMD_READ_R0 = 0x16,
    CMD_WRITE_HA = 0x19,
    CMD_READ_HA = 0x1A,
    CMD_WRITE_CKD = 0x1D,
    CMD_READ_CKD = 0x1E,
    CMD_SEARCH_KEY_EQ = 0x29,
    CMD_SEARCH_KEY_HI = 0x49,
    CMD_SEARCH_KEY_EQHI = 0x69,
    CMD_SEARCH_ID_EQ = 0x31,
    CMD_SEARCH_ID_HI = 0x51,
    CMD_SEARCH_ID_EQHI = 0x71,
    CMD_SEARCH_HA = 0x39,
    SEARCH_EQUAL = 0x20, /* of the search codes */
    SEARCH_HIGH = 0x40,
    ID_BYTES = 5,
    ZERO_DATA_BYTES = 8, /* of the record 0 that WRITE HA leaves behind */
};

static struct ckd_record *
target(struct disk *d)
{
    return &d->track.record[d->target];
}

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

    if (!disk_load_track(dev))
        return 0;
    d->target = d->record + 1;
    position = ckd_position_behind(type, &d->track.record[d->record]);
    return disk_rotation_to(dev, position, type->count_bytes);
}

static uint8_t
write_start(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct disk *d = dev->state;
    const struct ckd_type *type = d->image.type;

    if (!write_permitted(code, d->mask) || !write_in_sequence(code, d->prior))
        return disk_check(dev, SENSE_COMMAND_REJECT, 0, MESSAGE_SEQUENCE);
    if (d->image.read_only)
        return disk_check(dev, SENSE_EQUIPMENT, SENSE1_WRITE_INHIBITED,
                          MESSAGE_NONE);
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
    default:
        *delay_ns = behind_last(dev);
        break;
    }
    return 0;
}

static uint64_t
read_ipl_start(struct device *dev)
{
    struct disk *d = dev->state;
    uint64_t seek_ns = disk_seek_ns(d->image.type, d->cylinder, 0);
    uint64_t revolution_ns = d->image.type->revolution_ns;

    d->cylinder = 0;
    d->head = 0;
    d->area = AREA_HOME;
    seek_ns = (seek_ns + revolution_ns - 1) / revolution_ns * revolution_ns;
    return seek_ns + disk_next_record(dev, false, false, CKD_DATA);
}

uint8_t
disk_data_start(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct disk *d = dev->state;
    bool multi = (code & MULTITRACK) != 0;

    switch (code & ~MULTITRACK) {
    case CMD_SEARCH_ID_EQ:
    case CMD_SEARCH_ID_HI:
    case CMD_SEARCH_ID_EQHI:
        *delay_ns = disk_next_record(dev, true, multi, CKD_COUNT);
        return 0;
    case CMD_SEARCH_KEY_EQ:
    case CMD_SEARCH_KEY_HI:
    case CMD_SEARCH_KEY_EQHI:
        *delay_ns = disk_this_record(dev, multi, CKD_KEY);
        return 0;
    case CMD_READ_COUNT:
        *delay_ns = disk_next_record(dev, false, multi, CKD_COUNT);
        return 0;
    case CMD_READ_CKD:
        *delay_ns = disk_next_record(dev, false, multi, CKD_DATA);
        return 0;
    case CMD_READ_DATA:
    case CMD_READ_KEY_DATA:
        *delay_ns = disk_this_record(dev, multi, CKD_DATA);
        return 0;
    case CMD_SEARCH_HA:
    case CMD_READ_HA:
        *delay_ns = disk_home(dev, multi, CKD_COUNT, false);
        return 0;
    case CMD_READ_R0:
        *delay_ns = disk_home(dev, multi, CKD_DATA, true);
        return 0;
    default:
        break;
    }
    switch (code) {
    case CMD_READ_IPL:
        if (channel_chained(dev))
            return disk_check(dev, SENSE_COMMAND_REJECT, 0, MESSAGE_SEQUENCE);
        *delay_ns = read_ipl_start(dev);
        return 0;
    case CMD_SPACE_COUNT:
        *delay_ns = disk_next_record(dev, false, false, CKD_COUNT);
        return 0;
    case CMD_WRITE_DATA:
    case CMD_WRITE_KEY_DATA:
    case CMD_WRITE_CKD:
    case CMD_WRITE_R0:
    case CMD_WRITE_HA:
    case CMD_ERASE:
        return write_start(dev, code, delay_ns);
    default:
        d->prior = PRIOR_NONE;
        return disk_check(dev, SENSE_COMMAND_REJECT, 0, MESSAGE_COMMAND);
    }
}

/* ---- end: move the bytes ------------------------------------------------- */

/* The head has passed `area` of the target. */
static void
passed(struct disk *d, enum disk_area area, enum disk_prior prior)
{
    d->record = d->target;
    d->area = area;
    d->prior = prior;
    d->last_position = target(d)->position;
}

/* Compare bytes from the channel with those on the disk, as a search code
 * says; fewer bytes from the channel make a shorter comparison. */
static bool
compare(struct device *dev, uint8_t code, const uint8_t *disk, uint32_t len)
{
    uint8_t arg[256];
    uint32_t n = channel_get(dev, arg, len);
    int order;

    if (n < len)
        channel_note_long(dev);
    if (n == 0)
        return false;
    order = memcmp(disk, arg, n);
    return ((code & SEARCH_EQUAL) && order == 0) ||
           ((code & SEARCH_HIGH) && order > 0);
}

static uint8_t
end_search(struct device *dev, uint8_t code)
{
    struct disk *d = dev->state;
    const struct ckd_record *rec = target(d);
    bool equal_only = (code & (SEARCH_EQUAL | SEARCH_HIGH)) == SEARCH_EQUAL;
    bool found;

    if (code == CMD_SEARCH_HA) {
        found = compare(dev, code, d->track.data + 1, CKD_HA_BYTES - 1);
        d->area = AREA_HOME;
        d->prior = found ? PRIOR_HOME : PRIOR_NONE;
    } else if ((code & 0x1F) == (CMD_SEARCH_ID_EQ & 0x1F)) {
        found = compare(dev, code, d->track.data + rec->offset, ID_BYTES);
        passed(d, AREA_COUNT, found && equal_only ? PRIOR_ID : PRIOR_NONE);
    } else {
        found =
            compare(dev, code, d->track.data + ckd_field_offset(rec, CKD_KEY),
                    rec->key_length);
        passed(d, AREA_KEY, found && equal_only ? PRIOR_KEY : PRIOR_NONE);
    }
    return found ? DS_NORMAL | DS_MODIFIER : DS_NORMAL;
}

/* Give the channel the fields `first` to data of the target. */
static uint8_t
end_read(struct device *dev, enum ckd_field first, enum disk_prior prior)
{
    struct disk *d = dev->state;
    const struct ckd_record *rec = target(d);
    uint32_t begin = ckd_field_offset(rec, first);
    uint32_t end = ckd_field_offset(rec, CKD_DATA) + rec->data_length;

    d->index_passes = 0;
    channel_put(dev, d->track.data + begin, end - begin);
    passed(d, AREA_DATA, prior);
    return rec->data_length == 0 ? DS_NORMAL | DS_UNIT_EXCEPTION : DS_NORMAL;
}

static uint8_t
end_read_count(struct device *dev)
{
    struct disk *d = dev->state;

    d->index_passes = 0;
    channel_put(dev, d->track.data + target(d)->offset, CKD_COUNT_BYTES);
    passed(d, AREA_COUNT, PRIOR_NONE);
    return DS_NORMAL;
}

static uint8_t
end_read_home(struct device *dev)
{
    struct disk *d = dev->state;

    d->index_passes = 0;
    channel_put(dev, d->track.data, CKD_HA_BYTES);
    d->area = AREA_HOME;
    d->prior = PRIOR_NONE;
    return DS_NORMAL;
}

/* The program may say what lengths the unreadable count field had; ours is
 * readable, and these bytes are only taken. */
static uint8_t
end_space_count(struct device *dev)
{
    struct disk *d = dev->state;
    uint8_t lengths[3];

    channel_get(dev, lengths, sizeof(lengths));
    d->index_passes = 0;
    passed(d, AREA_COUNT, PRIOR_NONE);
    return DS_NORMAL;
}

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

static uint8_t
end_update(struct device *dev, enum ckd_field first)
{
    struct disk *d = dev->state;
    const struct ckd_record *rec = target(d);
    uint32_t begin = ckd_field_offset(rec, first);
    uint32_t end = ckd_field_offset(rec, CKD_DATA) + rec->data_length;
    uint8_t status;

    d->index_passes = 0;
    passed(d, AREA_DATA, PRIOR_ACCESS);
    status = fill_and_save(dev, begin, end - begin);
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
end_format_count(struct device *dev, uint64_t *delay_ns)
{
    struct disk *d = dev->state;
    const struct ckd_type *type = d->image.type;
    uint8_t count[CKD_COUNT_BYTES];
    enum ckd_result result;
    uint32_t behind;

    if (channel_get(dev, count, CKD_COUNT_BYTES) < CKD_COUNT_BYTES)
        return short_count(dev);
    result = ckd_append(&d->image, &d->track, d->target, count);
    if (!disk_result(dev, result)) {
        d->track.loaded = false;
        return DS_NORMAL | DS_UNIT_CHECK;
    }
    d->count_taken = true;
    behind = ckd_position_behind(type, target(d)) - type->check_bytes;
    *delay_ns = (behind - target(d)->position - type->count_bytes) *
                type->revolution_ns / type->circumference;
    return 0;
}

static uint8_t
end_format_data(struct device *dev)
{
    struct disk *d = dev->state;
    const struct ckd_record *rec = target(d);

    d->count_taken = false;
    d->index_passes = 0;
    passed(d, AREA_DATA, PRIOR_FORMAT);
    return fill_and_save(dev, rec->offset + CKD_COUNT_BYTES,
                         rec->key_length + rec->data_length);
}

/* Only the track's own home address can be written; the track then holds an
 * empty record 0 and nothing else. */
static uint8_t
end_write_home(struct device *dev)
{
    struct disk *d = dev->state;
    uint8_t home[CKD_HA_BYTES], count[CKD_COUNT_BYTES] = {0};

    if (channel_get(dev, home, CKD_HA_BYTES) < CKD_HA_BYTES)
        return short_count(dev);
    if (memcmp(home, d->track.data, CKD_HA_BYTES) != 0) {
        disk_fail(dev, SENSE_COMMAND_REJECT, 0, MESSAGE_ARGUMENT);
        return DS_NORMAL | DS_UNIT_CHECK;
    }
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
    uint8_t bytes[256];

    while (channel_get(dev, bytes, sizeof(bytes)) == sizeof(bytes))
        ;
    ckd_truncate(&d->image, &d->track, d->target);
    d->area = AREA_UNKNOWN;
    d->prior = PRIOR_NONE;
    if (!disk_result(dev, ckd_save(&d->image, &d->track)))
        return DS_NORMAL | DS_UNIT_CHECK;
    return DS_NORMAL;
}

uint8_t
disk_data_end(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct disk *d = dev->state;
    enum disk_prior kept;

    if (d->failed)
        return DS_NORMAL | DS_UNIT_CHECK;
    kept = d->prior == PRIOR_ID || d->prior == PRIOR_KEY ? PRIOR_ACCESS
                                                         : PRIOR_NONE;
    switch (code) {
    case CMD_WRITE_DATA:
        return end_update(dev, CKD_DATA);
    case CMD_WRITE_KEY_DATA:
        return end_update(dev, CKD_KEY);
    case CMD_WRITE_CKD:
    case CMD_WRITE_R0:
        return d->count_taken ? end_format_data(dev)
                              : end_format_count(dev, delay_ns);
    case CMD_WRITE_HA:
        return end_write_home(dev);
    case CMD_ERASE:
        return end_erase(dev);
    case CMD_SPACE_COUNT:
        return end_space_count(dev);
    case CMD_READ_IPL:
        return end_read(dev, CKD_DATA, PRIOR_NONE);
    default:
        break;
    }
    switch (code & ~MULTITRACK) {
    case CMD_READ_DATA:
        return end_read(dev, CKD_DATA, kept);
    case CMD_READ_KEY_DATA:
        return end_read(dev, CKD_KEY, kept);
    case CMD_READ_CKD:
    case CMD_READ_R0:
        return end_read(dev, CKD_COUNT, PRIOR_NONE);
    case CMD_READ_COUNT:
        return end_read_count(dev);
    case CMD_READ_HA:
        return end_read_home(dev);
    default:
        return end_search(dev, code & (uint8_t)~MULTITRACK);
    }
}
