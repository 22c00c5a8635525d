/*
 * disk_data.c - searching and reading records
 *
 * start() finds the record that a command is for and says when its last byte
 * will have passed the head; end() moves the bytes.  A record that overflows
 * has one more end() for each further segment.
 *
 *   SEARCH  HA X'39'   ID X'31' X'51' X'71' (equal, high, equal or high)
 *           KEY X'29' X'49' X'69'   2314: KEY AND DATA X'2D' X'4D' X'6D'
 *   READ    HA X'1A'  R0 X'16'  COUNT X'12'  DATA X'06'  KEY+DATA X'0E'
 *           COUNT, KEY, DATA X'1E'  IPL X'02'   SPACE COUNT X'0F'
 * All but X'02' and X'0F' with bit 0 on (X'80' added) are multitrack.
 *
 * Source: the manuals named in ckd_types.c, "Search Commands", "Read
 * Commands"; GA26-1599, "File Scan".
 */
#include "disk.h"

enum { ID_BYTES = 5, ANY_BYTE = 0xFF };

/* ---- start: where, and how long? ----------------------------------------- */

static uint64_t
read_ipl_start(struct device *dev)
{
    struct disk *d = dev->state;
    uint64_t seek_ns = disk_seek_ns(d->image.type, d->cylinder, 0);
    uint64_t revolution_ns = d->image.type->revolution_ns;

    d->cylinder = 0;
    d->head = 0;
    d->area = AREA_HOME;
    d->index_passes = 0;
    seek_ns = (seek_ns + revolution_ns - 1) / revolution_ns * revolution_ns;
    return seek_ns + disk_next_record(dev, false, false, CKD_DATA);
}

uint8_t
disk_data_start(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct disk *d = dev->state;
    bool multi = (code & MULTITRACK) != 0;

    if (disk_is_write(code))
        return disk_write_start(dev, code, delay_ns);
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
    case CMD_SEARCH_KD_EQ:
    case CMD_SEARCH_KD_HI:
    case CMD_SEARCH_KD_EQHI:
        if (d->image.type->unit != UNIT_2314)
            break;
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
        if (d->mask_set)
            return disk_check(dev, SENSE_COMMAND_REJECT, 0, MESSAGE_SEQUENCE);
        *delay_ns = read_ipl_start(dev);
        return 0;
    case CMD_SPACE_COUNT:
        *delay_ns = disk_next_record(dev, false, false, CKD_COUNT);
        return 0;
    default:
        d->prior = PRIOR_NONE;
        return disk_check(dev, SENSE_COMMAND_REJECT, 0, MESSAGE_COMMAND);
    }
}

/* ---- end: move the bytes ------------------------------------------------- */

static bool
satisfies(uint8_t code, int order)
{
    return ((code & SEARCH_EQUAL) && order == 0) ||
           ((code & SEARCH_HIGH) && order > 0);
}

/* Compare bytes from the channel with those on the disk, as a search code
 * says; fewer bytes from the channel make a shorter comparison, which may be
 * satisfied but does not prove that the record is the one to write. */
static bool
compare(struct device *dev, uint8_t code, const uint8_t *disk, uint32_t len,
        bool *proved)
{
    struct disk *d = dev->state;
    uint8_t arg[256];
    uint32_t n = channel_get(dev, arg, len);
    int order = n > 0 ? memcmp(disk, arg, n) : 0;

    if (n < len)
        channel_note_long(dev);
    d->bytes_read += n;
    *proved = n == len && n > 0 && order == 0 &&
              (code & SEARCH_CONDITIONS) == SEARCH_EQUAL;
    return n > 0 && satisfies(code, order);
}

static uint8_t
end_search(struct device *dev, uint8_t code)
{
    struct disk *d = dev->state;
    const struct ckd_record *rec = disk_target(d);
    uint8_t count[CKD_COUNT_BYTES];
    bool found, proved;

    if (code == CMD_SEARCH_HA) {
        found =
            compare(dev, code, d->track.data + 1, CKD_HA_BYTES - 1, &proved);
        d->area = AREA_HOME;
        d->prior = proved ? PRIOR_HOME : PRIOR_NONE;
    } else if ((code & 0x1F) == (CMD_SEARCH_ID_EQ & 0x1F)) {
        ckd_count_field(&d->track, rec, count);
        found = compare(dev, code, count, ID_BYTES, &proved);
        disk_passed(d, AREA_COUNT, proved ? PRIOR_ID : PRIOR_NONE);
    } else {
        found =
            compare(dev, code, d->track.data + ckd_field_offset(rec, CKD_KEY),
                    rec->key_length, &proved);
        disk_passed(d, AREA_KEY, proved ? PRIOR_KEY : PRIOR_NONE);
    }
    return found ? DS_NORMAL | DS_MODIFIER : DS_NORMAL;
}

/* Compare a segment of the key and data; a byte X'FF' from the channel goes
 * with any on the disk.  The first difference decides. */
static uint8_t
end_search_key_data(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct disk *d = dev->state;
    const struct ckd_record *rec = disk_target(d);
    enum ckd_field first = d->segment ? CKD_DATA : CKD_KEY;
    uint32_t at = ckd_field_offset(rec, first);
    uint32_t end = ckd_field_offset(rec, CKD_DATA) + rec->data_length;
    uint8_t arg;

    d->index_passes = 0;
    for (; at < end && channel_get(dev, &arg, 1) == 1; at++)
        if (d->order == 0 && arg != ANY_BYTE)
            d->order = d->track.data[at] - arg;
    if (at < end)
        channel_note_long(dev);
    disk_passed(d, AREA_DATA, PRIOR_NONE);
    if (rec->overflow) {
        *delay_ns = disk_next_segment(dev);
        return d->failed ? DS_NORMAL | DS_UNIT_CHECK : 0;
    }
    if (rec->data_length == 0)
        return DS_NORMAL | DS_UNIT_EXCEPTION;
    return satisfies(code, d->order) ? DS_NORMAL | DS_MODIFIER : DS_NORMAL;
}

/* Give the channel the fields `first` to data of the target; of a further
 * segment the data. */
static uint8_t
end_read(struct device *dev, enum ckd_field first, enum disk_prior prior,
         uint64_t *delay_ns)
{
    struct disk *d = dev->state;
    const struct ckd_record *rec = disk_target(d);
    uint32_t begin = ckd_field_offset(rec, d->segment ? CKD_DATA : first);
    uint32_t end = ckd_field_offset(rec, CKD_DATA) + rec->data_length;
    uint8_t count[CKD_COUNT_BYTES];
    bool whole = true;

    d->index_passes = 0;
    if (first == CKD_COUNT && !d->segment) {
        ckd_count_field(&d->track, rec, count);
        whole = channel_put(dev, count, sizeof(count)) == sizeof(count);
        begin += CKD_COUNT_BYTES;
    }
    if (whole)
        d->bytes_read += channel_put(dev, d->track.data + begin, end - begin);
    disk_passed(d, AREA_DATA, prior);
    if (rec->overflow) {
        *delay_ns = disk_next_segment(dev);
        return d->failed ? DS_NORMAL | DS_UNIT_CHECK : 0;
    }
    return rec->data_length == 0 ? DS_NORMAL | DS_UNIT_EXCEPTION : DS_NORMAL;
}

static uint8_t
end_read_count(struct device *dev)
{
    struct disk *d = dev->state;
    uint8_t count[CKD_COUNT_BYTES];

    ckd_count_field(&d->track, disk_target(d), count);
    channel_put(dev, count, sizeof(count));
    disk_passed(d, AREA_COUNT, PRIOR_NONE);
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
    d->last_position = 0;
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
    disk_passed(d, AREA_COUNT, PRIOR_NONE);
    return DS_NORMAL;
}

uint8_t
disk_data_end(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct disk *d = dev->state;
    enum disk_prior kept;

    if (d->failed)
        return DS_NORMAL | DS_UNIT_CHECK;
    if (disk_is_write(code))
        return disk_write_end(dev, code, delay_ns);
    kept = d->prior == PRIOR_ID || d->prior == PRIOR_KEY ? PRIOR_ACCESS
                                                         : PRIOR_NONE;
    if (d->segment)
        kept = d->prior;
    switch (code & ~MULTITRACK) {
    case CMD_SPACE_COUNT:
        return end_space_count(dev);
    case CMD_READ_IPL:
        return end_read(dev, CKD_DATA, PRIOR_NONE, delay_ns);
    case CMD_READ_DATA:
        return end_read(dev, CKD_DATA, kept, delay_ns);
    case CMD_READ_KEY_DATA:
        return end_read(dev, CKD_KEY, kept, delay_ns);
    case CMD_READ_CKD:
    case CMD_READ_R0:
        return end_read(dev, CKD_COUNT, PRIOR_NONE, delay_ns);
    case CMD_READ_COUNT:
        return end_read_count(dev);
    case CMD_READ_HA:
        return end_read_home(dev);
    case CMD_SEARCH_KD_EQ:
    case CMD_SEARCH_KD_HI:
    case CMD_SEARCH_KD_EQHI:
        return end_search_key_data(dev, code, delay_ns);
    default:
        return end_search(dev, code & (uint8_t)~MULTITRACK);
    }
}
