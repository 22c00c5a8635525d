/*
 * ckd.h - count-key-data disks: geometry, image files, the track under a head
 *
 * A track is a sequence of records round the disk: home address, record 0,
 * records 1 to n; each has a count field (cylinder, head, record, key length,
 * data length), perhaps a key, and data.  The table of types says how many
 * bytes of the circumference the gaps between these take; from that follow
 * both what fits on a track and when each field passes the head.
 *
 * ckd_image.c opens uncompressed Hercules CKD images, ckd_track.c takes their
 * tracks apart; disk.h goes on from there.
 */
#ifndef IO_CKD_H
#define IO_CKD_H

#include "channel.h"
#include "ckd_type.h"

enum {
    CKD_HEADER_BYTES = 512,
    CKD_HA_BYTES = 5,    /* flag, cylinder, head: also leads the image track */
    CKD_COUNT_BYTES = 8, /* cylinder, head, record, key and data length */
    CKD_RECORDS_MAX = 512,
    CKD_TRACK_MAX = 20480,
};

/* In a count field as images have it, the first bit of the cylinder number
 * says that the record overflows to the next track; programs do not see it. */
enum { CKD_OVERFLOW = 0x80 };

/* The flag byte of a home address.  A defective track has a record 0 whose
 * count field names its alternate; that of the alternate names it. */
enum { CKD_DEFECTIVE = 0x01, CKD_ALTERNATE = 0x02, CKD_FLAGS = 0x03 };

struct ckd_record {
    uint32_t offset;   /* of its count field in track->data */
    uint32_t position; /* of its count field on the circumference */
    uint32_t data_length;
    uint8_t key_length;
    bool overflow; /* goes on as the first record of the next track */
};

/* One track as the image holds it. */
struct ckd_track {
    bool loaded;
    unsigned cylinder, head;
    unsigned nrecords; /* with record 0: at least 1 */
    struct ckd_record record[CKD_RECORDS_MAX];
    uint8_t data[CKD_TRACK_MAX];
};

struct ckd_image {
    int fd;
    bool read_only;
    const struct ckd_type *type;
    uint64_t byte_ns; /* time of a byte of the track, times 2**32 */
    unsigned cylinders;
    uint32_t track_bytes;
    uint8_t *written; /* a bit for each track, in order: since it was opened */
};

enum { CKD_BYTE_NS_SHIFT = 32 };

enum ckd_field { CKD_COUNT, CKD_KEY, CKD_DATA };

/* ckd_image.c */

/* Open an image file and check that it is one of a disk type that `word`
 * names; which model is seen from its size.  0, or -1 after machine_fail() with
 * what is wrong with it. */
int ckd_open(struct machine *m, uint16_t devno, const char *path,
             bool read_only, const char *word, struct ckd_image *image);
void ckd_close(struct ckd_image *image);

/* ckd_track.c: the result of touching the image. */
enum ckd_result {
    CKD_OK,
    CKD_HOST_ERROR, /* the file could not be read or written */
    CKD_DAMAGED,    /* what it holds is no track */
    CKD_FULL,       /* the record does not fit on the track */
};

static inline bool
ckd_holds(const struct ckd_track *track, unsigned cylinder, unsigned head)
{
    return track->loaded && track->cylinder == cylinder && track->head == head;
}
/* Make `track` hold the given track; nothing is read when it does already. */
enum ckd_result ckd_load(const struct ckd_image *image, struct ckd_track *track,
                         unsigned cylinder, unsigned head);
/* Write it back, and note that in image->written. */
enum ckd_result ckd_save(const struct ckd_image *image,
                         struct ckd_track *track);
/* Cut the track off behind its first `nrecords` records and add one with this
 * count field; key and data are zeros.  The caller fills and saves it. */
enum ckd_result ckd_append(const struct ckd_image *image,
                           struct ckd_track *track, unsigned nrecords,
                           const uint8_t count[CKD_COUNT_BYTES]);
/* Cut the track off behind its first `nrecords` records. */
void ckd_truncate(const struct ckd_image *image, struct ckd_track *track,
                  unsigned nrecords);

/* The count field as programs see it. */
void ckd_count_field(const struct ckd_track *track,
                     const struct ckd_record *rec,
                     uint8_t count[CKD_COUNT_BYTES]);

/* A field's bytes in track->data, and its place on the circumference. */

static inline uint32_t
ckd_field_offset(const struct ckd_record *rec, enum ckd_field field)
{
    if (field == CKD_COUNT)
        return rec->offset;
    return rec->offset + CKD_COUNT_BYTES +
           (field == CKD_DATA ? rec->key_length : 0);
}

static inline uint32_t
ckd_field_bytes(const struct ckd_record *rec, enum ckd_field field)
{
    if (field == CKD_COUNT)
        return CKD_COUNT_BYTES;
    return field == CKD_KEY ? rec->key_length : rec->data_length;
}

static inline uint32_t
ckd_field_position(const struct ckd_type *type, const struct ckd_record *rec,
                   enum ckd_field field)
{
    uint32_t position = rec->position;

    if (field == CKD_COUNT)
        return position;
    position += type->count_bytes;
    if (rec->key_length == 0)
        return position + type->data_gap;
    position += type->key_gap;
    if (field == CKD_KEY)
        return position;
    return position + rec->key_length + type->data_gap;
}

/* Does the record end before the track does? */
bool ckd_fits(const struct ckd_type *type, const struct ckd_record *rec);
/* Where the record after `rec` begins, or would begin: behind its bytes, and
 * `stretch` for each 2048 of them, which a 2314 leaves for drives that turn
 * faster than the one that wrote the track. */
uint32_t ckd_position_behind(const struct ckd_type *type,
                             const struct ckd_record *rec);

#endif
