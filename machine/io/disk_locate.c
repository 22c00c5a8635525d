/*
 * disk_locate.c - where the disk is, and how long until a field comes by
 *
 * All disks turn together: virtual time modulo one revolution is the angle,
 * and index passes the heads at 0.  Where two tracks make a revolution, those
 * of odd heads begin half a turn later.  A command that is chained to another
 * goes on from the field that has just passed (the gaps give the channel time
 * to fetch a CCW); any other begins with whatever count field comes next.
 */
#include "disk.h"

/* Two passes of index without finding what was searched for end a chain. */
enum { INDEX_PASSES_MAX = 2 };

/* bytes * revolution_ns / circumference, for up to 2**17 bytes: byte_ns is
 * rounded up, by too little to carry. */
static uint64_t
bytes_ns(const struct ckd_image *image, uint32_t bytes)
{
    return bytes * image->byte_ns >> CKD_BYTE_NS_SHIFT;
}

/* How far the disk has turned since index. */
static uint64_t
turned_ns(struct device *dev)
{
    struct disk *d = dev->state;
    uint64_t now = dev->m->now_ns, turned = now - d->index_ns;

    if (turned >= d->image.type->revolution_ns) {
        turned = now % d->image.type->revolution_ns;
        d->index_ns = now - turned;
    }
    return turned;
}

/* The same since the track under the head began. */
static uint64_t
angle_ns(struct device *dev)
{
    const struct disk *d = dev->state;
    const struct ckd_type *type = d->image.type;
    uint64_t turned = turned_ns(dev), begin;

    if (type->tracks_round == 1)
        return turned;
    begin = d->head % type->tracks_round *
            (type->revolution_ns / type->tracks_round);
    return turned >= begin ? turned - begin
                           : turned + type->revolution_ns - begin;
}

uint64_t
disk_rotation_to(struct device *dev, uint32_t position, uint32_t bytes)
{
    struct disk *d = dev->state;
    const struct ckd_type *type = d->image.type;
    uint64_t place = bytes_ns(&d->image, position), angle = angle_ns(dev);

    if (place >= type->revolution_ns)
        place -= type->revolution_ns;
    if (place < angle)
        place += type->revolution_ns;
    return place - angle + bytes_ns(&d->image, bytes);
}

bool
disk_load_track(struct device *dev)
{
    struct disk *d = dev->state;

    if (ckd_holds(&d->track, d->cylinder, d->head))
        return true;
    return disk_result(dev,
                       ckd_load(&d->image, &d->track, d->cylinder, d->head));
}

bool
disk_load_good_track(struct device *dev)
{
    const struct disk *d = dev->state;

    if (!disk_load_track(dev))
        return false;
    if ((d->track.data[0] & CKD_DEFECTIVE) == 0)
        return true;
    disk_fail(dev, SENSE0_TRACK_CONDITION, 0, MESSAGE_NONE);
    return false;
}

/* The next head's turn; none follows an alternate track.  False: failed; an
 * overflow record is then `incomplete`. */
static bool
next_head(struct device *dev, bool for_records, uint8_t incomplete)
{
    struct disk *d = dev->state;
    uint8_t sense0 = 0, sense1 = 0;

    if (d->track.data[0] & CKD_ALTERNATE)
        sense0 = SENSE0_TRACK_CONDITION;
    else if ((d->mask & MASK_SEEK) == MASK_SEEK_NONE)
        sense1 = SENSE1_FILE_PROTECTED;
    else if (d->head + 1 >= d->image.type->heads)
        sense1 = SENSE1_END_OF_CYLINDER;
    if ((sense0 | sense1) != 0) {
        disk_fail(dev, sense0, sense1 | incomplete, MESSAGE_NONE);
        return false;
    }
    d->head++;
    return for_records ? disk_load_good_track(dev) : disk_load_track(dev);
}

/* Index has come before the record: the next head's turn, or once more round
 * this track.  False: failed. */
static bool
pass_index(struct device *dev, bool multitrack, bool for_records)
{
    struct disk *d = dev->state;

    if (multitrack) {
        d->index_passes = 0;
        return next_head(dev, for_records, 0);
    }
    if (++d->index_passes < INDEX_PASSES_MAX)
        return true;
    disk_fail(dev, 0, SENSE1_NO_RECORD, MESSAGE_NONE);
    return false;
}

/* First record that begins at or behind the present angle; nrecords: none. */
static unsigned
record_at_angle(struct device *dev, unsigned first)
{
    const struct disk *d = dev->state;
    uint64_t angle = angle_ns(dev);
    unsigned n = first;

    while (n < d->track.nrecords &&
           bytes_ns(&d->image, d->track.record[n].position) < angle)
        n++;
    return n;
}

static uint64_t
field_passes(struct device *dev, enum ckd_field field)
{
    struct disk *d = dev->state;
    const struct ckd_record *rec = &d->track.record[d->target];
    uint32_t start = ckd_field_position(d->image.type, rec, CKD_COUNT);
    uint32_t end = ckd_field_position(d->image.type, rec, field) +
                   (field == CKD_COUNT ? d->image.type->count_bytes
                                       : ckd_field_bytes(rec, field));

    return disk_rotation_to(dev, start, end - start);
}

uint64_t
disk_next_record(struct device *dev, bool zero_too, bool multitrack,
                 enum ckd_field field)
{
    struct disk *d = dev->state;
    unsigned first = zero_too ? 0 : 1;
    unsigned n = 0;

    if (!disk_load_good_track(dev))
        return disk_rotation_to(dev, 0, 0);
    if (d->area == AREA_UNKNOWN)
        n = record_at_angle(dev, first);
    else if (d->area == AREA_HOME)
        n = first;
    else
        n = d->record + 1;
    while (n >= d->track.nrecords) {
        if (!pass_index(dev, multitrack, true))
            return disk_rotation_to(dev, 0, 0);
        n = first;
    }
    d->target = n;
    return field_passes(dev, field);
}

uint64_t
disk_this_record(struct device *dev, bool multitrack, enum ckd_field field)
{
    struct disk *d = dev->state;
    const struct ckd_record *rec;
    uint32_t start;

    if (d->area != AREA_COUNT && !(d->area == AREA_KEY && field == CKD_DATA))
        return disk_next_record(dev, false, multitrack, field);
    if (!disk_load_good_track(dev))
        return disk_rotation_to(dev, 0, 0);
    d->target = d->record;
    rec = &d->track.record[d->target];
    start = ckd_field_position(d->image.type, rec, field);
    return disk_rotation_to(dev, start, ckd_field_bytes(rec, field));
}

uint64_t
disk_home(struct device *dev, bool multitrack, enum ckd_field field,
          bool record_zero)
{
    struct disk *d = dev->state;
    const struct ckd_type *type = d->image.type;
    const struct ckd_record *zero = &d->track.record[0];
    uint32_t end;

    if (!disk_load_track(dev))
        return disk_rotation_to(dev, 0, 0);
    d->target = 0;
    if (record_zero && d->area == AREA_HOME)
        return field_passes(dev, field);
    if (multitrack && !pass_index(dev, true, false))
        return disk_rotation_to(dev, 0, 0);
    end = type->first_record / 2;
    if (record_zero)
        end = ckd_field_position(type, zero, field) +
              ckd_field_bytes(zero, field);
    return disk_rotation_to(dev, 0, end);
}

uint64_t
disk_next_segment(struct device *dev)
{
    struct disk *d = dev->state;
    const struct ckd_record *rec;
    uint32_t start;

    d->segment = true;
    if (!next_head(dev, true, SENSE1_INCOMPLETE))
        return 0;
    if (d->track.nrecords < 2) {
        disk_fail(dev, 0, SENSE1_NO_RECORD | SENSE1_INCOMPLETE, MESSAGE_NONE);
        return disk_rotation_to(dev, 0, 0);
    }
    d->target = 1;
    rec = disk_target(d);
    start = ckd_field_position(d->image.type, rec, CKD_DATA);
    return disk_rotation_to(dev, start, rec->data_length);
}

void
disk_passed(struct disk *d, enum disk_area area, enum disk_prior prior)
{
    d->record = d->target;
    d->area = area;
    d->prior = prior;
    d->last_position = disk_target(d)->position;
}

uint64_t
disk_seek_ns(const struct ckd_type *type, unsigned from, unsigned to)
{
    unsigned distance = from > to ? from - to : to - from;
    unsigned i;

    if (distance == 0)
        return 0;
    for (i = 1; i < 2 && distance > type->seek[i].cylinders; i++)
        ;
    if (distance <= type->seek[0].cylinders)
        return type->seek[0].ns;
    if (distance >= type->seek[2].cylinders)
        return type->seek[2].ns;
    return type->seek[i - 1].ns +
           (type->seek[i].ns - type->seek[i - 1].ns) *
               (distance - type->seek[i - 1].cylinders) /
               (type->seek[i].cylinders - type->seek[i - 1].cylinders);
}
