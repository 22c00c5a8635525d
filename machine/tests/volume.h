/*
 * volume.h - images of disks for the tests, in the format of Hercules
 *
 * An image is a header and, cylinder by cylinder, its tracks, each of the same
 * number of bytes.  A track is a home address, records, and eight bytes X'FF'
 * behind the last one.
 */
#ifndef TESTS_VOLUME_H
#define TESTS_VOLUME_H

#include <stdint.h>

enum {
    VOLUME_HEADER = 512,
    VOLUME_RECORD_1 = 21,    /* where in a track it begins */
    VOLUME_EMPTY_TRACK = 29, /* bytes of one that has only record 0 */
    VOLUME_2314 = 0x14,      /* types, as the header has them */
    VOLUME_3330 = 0x30,
    VOLUME_3340 = 0x40,
};

void volume_header(uint8_t header[VOLUME_HEADER], uint32_t heads,
                   uint32_t track_bytes, uint8_t type);
/* Home address, record 0 of eight zeros, end of the track. */
void volume_track(uint8_t *track, unsigned cylinder, unsigned head);
/* A record at `at`, which is where the track ended up to now, with `len` bytes
 * `fill` behind its key.  Returns where the track ends then. */
uint8_t *volume_record(uint8_t *at, unsigned cylinder, unsigned head,
                       uint8_t record, const char *key, unsigned len,
                       uint8_t fill);
/* A whole image of zeros, header, and tracks that have only record 0. */
void volume_make(uint8_t *image, unsigned cylinders, uint32_t heads,
                 uint32_t track_bytes, uint8_t type);

#endif
