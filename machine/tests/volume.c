/*
 * volume.c - images of disks for the tests
 */
#include "volume.h"

#include <string.h>

enum { HOME_BYTES = 5, COUNT_BYTES = 8, RECORD_0_BYTES = 8 };

static void
store_le32(uint8_t *p, uint32_t value)
{
    p[0] = (uint8_t)value;
    p[1] = (uint8_t)(value >> 8);
    p[2] = (uint8_t)(value >> 16);
    p[3] = (uint8_t)(value >> 24);
}

static void
store_address(uint8_t *p, unsigned cylinder, unsigned head)
{
    p[0] = (uint8_t)(cylinder >> 8);
    p[1] = (uint8_t)cylinder;
    p[2] = (uint8_t)(head >> 8);
    p[3] = (uint8_t)head;
}

void
volume_header(uint8_t header[VOLUME_HEADER], uint32_t heads,
              uint32_t track_bytes, uint8_t type)
{
    memset(header, 0, VOLUME_HEADER);
    memcpy(header, "CKD_P370", 8);
    store_le32(header + 8, heads);
    store_le32(header + 12, track_bytes);
    header[16] = type;
}

uint8_t *
volume_record(uint8_t *at, unsigned cylinder, unsigned head, uint8_t record,
              const char *key, unsigned len, uint8_t fill)
{
    size_t key_bytes = strlen(key);

    store_address(at, cylinder, head);
    at[4] = record;
    at[5] = (uint8_t)key_bytes;
    at[6] = (uint8_t)(len >> 8);
    at[7] = (uint8_t)len;
    at += COUNT_BYTES;
    memcpy(at, key, key_bytes);
    memset(at + key_bytes, fill, len);
    at += key_bytes + len;
    memset(at, 0xFF, COUNT_BYTES);
    return at;
}

void
volume_track(uint8_t *track, unsigned cylinder, unsigned head)
{
    track[0] = 0;
    store_address(track + 1, cylinder, head);
    volume_record(track + HOME_BYTES, cylinder, head, 0, "", RECORD_0_BYTES, 0);
}

void
volume_make(uint8_t *image, unsigned cylinders, uint32_t heads,
            uint32_t track_bytes, uint8_t type)
{
    uint8_t *track = image + VOLUME_HEADER;
    unsigned cylinder, head;

    volume_header(image, heads, track_bytes, type);
    memset(track, 0, (size_t)cylinders * heads * track_bytes);
    for (cylinder = 0; cylinder < cylinders; cylinder++)
        for (head = 0; head < heads; head++) {
            volume_track(track, cylinder, head);
            track += track_bytes;
        }
}
