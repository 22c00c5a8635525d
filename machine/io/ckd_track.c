/*
 * ckd_track.c - tracks in uncompressed CKD image files
 *
 * Behind the header (ckd_image.c) every track takes the same number of bytes:
 * home address (5 bytes), records as they come (count 8, key, data), and eight
 * bytes X'FF'.
 *
 * Nothing in an image is trusted: each length is checked against the track.
 */
#include <unistd.h>

#include "ckd.h"

enum { STRETCH_UNIT = 2048 };

static const uint8_t end_of_track[CKD_COUNT_BYTES] = {0xFF, 0xFF, 0xFF, 0xFF,
                                                      0xFF, 0xFF, 0xFF, 0xFF};

/* ---- fields -------------------------------------------------------------- */

bool
ckd_fits(const struct ckd_type *type, const struct ckd_record *rec)
{
    return ckd_field_position(type, rec, CKD_DATA) + rec->data_length +
               type->check_bytes <=
           ckd_type_track(type);
}

uint32_t
ckd_position_behind(const struct ckd_type *type, const struct ckd_record *rec)
{
    uint32_t stretched = rec->key_length + rec->data_length;

    return ckd_field_position(type, rec, CKD_DATA) + rec->data_length +
           stretched * type->stretch / STRETCH_UNIT + type->check_bytes;
}

void
ckd_count_field(const struct ckd_track *track, const struct ckd_record *rec,
                uint8_t count[CKD_COUNT_BYTES])
{
    memcpy(count, track->data + rec->offset, CKD_COUNT_BYTES);
    if (rec->overflow)
        count[0] &= (uint8_t)~CKD_OVERFLOW;
}

static uint32_t
offset_behind(const struct ckd_record *rec)
{
    return rec->offset + CKD_COUNT_BYTES + rec->key_length + rec->data_length;
}

/* ---- tracks -------------------------------------------------------------- */

static uint32_t
track_number(const struct ckd_image *image, unsigned cylinder, unsigned head)
{
    return cylinder * image->type->heads + head;
}

static off_t
track_place(const struct ckd_image *image, unsigned cylinder, unsigned head)
{
    uint64_t number = track_number(image, cylinder, head);

    return (off_t)(CKD_HEADER_BYTES + number * image->track_bytes);
}

/* Fill in the next record from its count field.  False: it runs over the end
 * of the track's bytes. */
static bool
add_record(const struct ckd_image *image, struct ckd_track *track,
           uint32_t offset)
{
    struct ckd_record *rec = &track->record[track->nrecords];
    const uint8_t *count = track->data + offset;

    rec->offset = offset;
    rec->key_length = count[5];
    rec->data_length = (uint32_t)count[6] << 8 | count[7];
    rec->overflow = (count[0] & CKD_OVERFLOW) && count[0] != 0xFF;
    rec->position = track->nrecords == 0
                        ? image->type->first_record
                        : ckd_position_behind(image->type, rec - 1);
    track->nrecords++;
    return offset_behind(rec) <= image->track_bytes;
}

/* Find the records of the bytes that were read. */
static enum ckd_result
parse(const struct ckd_image *image, struct ckd_track *track, unsigned cylinder,
      unsigned head)
{
    const uint8_t address[CKD_HA_BYTES - 1] = {
        (uint8_t)(cylinder >> 8), (uint8_t)cylinder, (uint8_t)(head >> 8),
        (uint8_t)head};
    uint32_t offset = CKD_HA_BYTES;

    if ((track->data[0] & ~CKD_FLAGS) != 0 ||
        memcmp(track->data + 1, address, sizeof(address)) != 0)
        return CKD_DAMAGED;
    track->nrecords = 0;
    while (offset + CKD_COUNT_BYTES <= image->track_bytes &&
           memcmp(track->data + offset, end_of_track, CKD_COUNT_BYTES) != 0) {
        if (track->nrecords == CKD_RECORDS_MAX ||
            !add_record(image, track, offset))
            return CKD_DAMAGED;
        offset = offset_behind(&track->record[track->nrecords - 1]);
    }
    return track->nrecords == 0 ? CKD_DAMAGED : CKD_OK;
}

enum ckd_result
ckd_load(const struct ckd_image *image, struct ckd_track *track,
         unsigned cylinder, unsigned head)
{
    enum ckd_result result;

    if (ckd_holds(track, cylinder, head))
        return CKD_OK;
    track->loaded = false;
    if (pread(image->fd, track->data, image->track_bytes,
              track_place(image, cylinder, head)) !=
        (ssize_t)image->track_bytes)
        return CKD_HOST_ERROR;
    result = parse(image, track, cylinder, head);
    track->cylinder = cylinder;
    track->head = head;
    track->loaded = result == CKD_OK;
    return result;
}

enum ckd_result
ckd_save(const struct ckd_image *image, struct ckd_track *track)
{
    uint32_t number = track_number(image, track->cylinder, track->head);

    image->written[number / 8] |= (uint8_t)(1 << number % 8);
    if (pwrite(image->fd, track->data, image->track_bytes,
               track_place(image, track->cylinder, track->head)) ==
        (ssize_t)image->track_bytes)
        return CKD_OK;
    track->loaded = false;
    return CKD_HOST_ERROR;
}

void
ckd_truncate(const struct ckd_image *image, struct ckd_track *track,
             unsigned nrecords)
{
    uint32_t offset = CKD_HA_BYTES;

    track->nrecords = nrecords;
    if (nrecords > 0)
        offset = offset_behind(&track->record[nrecords - 1]);
    memset(track->data + offset, 0, image->track_bytes - offset);
    if (offset + CKD_COUNT_BYTES <= image->track_bytes)
        memcpy(track->data + offset, end_of_track, CKD_COUNT_BYTES);
}

enum ckd_result
ckd_append(const struct ckd_image *image, struct ckd_track *track,
           unsigned nrecords, const uint8_t count[CKD_COUNT_BYTES])
{
    struct ckd_record *rec = &track->record[nrecords];
    uint32_t offset = CKD_HA_BYTES;

    if (nrecords > 0)
        offset = offset_behind(rec - 1);
    ckd_truncate(image, track, nrecords);
    if (nrecords == CKD_RECORDS_MAX ||
        offset + CKD_COUNT_BYTES > image->track_bytes)
        return CKD_FULL;
    memcpy(track->data + offset, count, CKD_COUNT_BYTES);
    if (!add_record(image, track, offset) || !ckd_fits(image->type, rec)) {
        ckd_truncate(image, track, nrecords);
        return CKD_FULL;
    }
    offset = offset_behind(rec);
    memset(track->data + rec->offset + CKD_COUNT_BYTES, 0,
           offset - rec->offset - CKD_COUNT_BYTES);
    if (offset + CKD_COUNT_BYTES <= image->track_bytes)
        memcpy(track->data + offset, end_of_track, CKD_COUNT_BYTES);
    return CKD_OK;
}
