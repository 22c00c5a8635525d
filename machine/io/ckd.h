/*
 * ckd.h - count-key-data disks: geometry, image files, the track under a head
 *
 * A track is a sequence of records round the disk: home address, record 0,
 * records 1 to n; each has a count field (cylinder, head, record, key length,
 * data length), perhaps a key, and data.  The geometry table says how many
 * bytes of the circumference the gaps between these take; from that follow
 * both what fits on a track and when each field passes the head.
 *
 * ckd_track.c keeps tracks in uncompressed Hercules CKD images, ckd_locate.c
 * turns positions into times, dev_disk.c and ckd_data.c execute commands.
 */
#ifndef IO_CKD_H
#define IO_CKD_H

#include "channel.h"

enum {
    CKD_HEADER_BYTES = 512,
    CKD_HA_BYTES = 5,    /* flag, cylinder, head: also leads the image track */
    CKD_COUNT_BYTES = 8, /* cylinder, head, record, key and data length */
    CKD_RECORDS_MAX = 512,
    CKD_TRACK_MAX = 65536,
};

/* A disk type; the seek curve goes through three points of its manual. */
struct ckd_type {
    const char *name;
    uint8_t image_type; /* byte 16 of the image's header */
    unsigned heads;
    unsigned max_cylinders;
    uint32_t circumference; /* bytes that pass a head in a revolution */
    uint32_t first_record;  /* position of record 0's count field */
    uint32_t count_bytes;   /* gap and count field ... */
    uint32_t key_gap;       /* ... gap before a key: only with a key ... */
    uint32_t data_gap;      /* ... gap before the data ... */
    uint32_t check_bytes;   /* ... and after it */
    uint64_t revolution_ns;
    unsigned sectors;
    struct {
        unsigned cylinders;
        uint64_t ns;
    } seek[3];
};

struct ckd_record {
    uint32_t offset;   /* of its count field in track->data */
    uint32_t position; /* of its count field on the circumference */
    uint32_t data_length;
    uint8_t key_length;
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
    unsigned cylinders;
    uint32_t track_bytes;
};

enum ckd_field { CKD_COUNT, CKD_KEY, CKD_DATA };

/* Open and check an image file.  0, or -1 after machine_fail() with what is
 * wrong with it. */
int ckd_open(struct machine *m, uint16_t devno, const char *path,
             bool read_only, const struct ckd_type *type,
             struct ckd_image *image);
void ckd_close(struct ckd_image *image);

/* The result of touching the image. */
enum ckd_result {
    CKD_OK,
    CKD_HOST_ERROR, /* the file could not be read or written */
    CKD_DAMAGED,    /* what it holds is no track */
    CKD_FULL,       /* the record does not fit on the track */
};

/* Make `track` hold the given track; nothing is read when it does already. */
enum ckd_result ckd_load(const struct ckd_image *image, struct ckd_track *track,
                         unsigned cylinder, unsigned head);
/* Write it back. */
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

/* A field's bytes in track->data, and its place on the circumference. */
uint32_t ckd_field_offset(const struct ckd_record *rec, enum ckd_field field);
uint32_t ckd_field_bytes(const struct ckd_record *rec, enum ckd_field field);
uint32_t ckd_field_position(const struct ckd_type *type,
                            const struct ckd_record *rec, enum ckd_field field);
/* Where the record after `rec` begins, or would begin. */
uint32_t ckd_position_behind(const struct ckd_type *type,
                             const struct ckd_record *rec);

#endif
