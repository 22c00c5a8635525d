/*
 * ckd_type.h - what tells one type of count-key-data disk from another
 *
 * One table serves the simulated drives and mkdasd.  It says how a type's
 * images look, how much its tracks take, how fast it turns and seeks, and
 * which control unit's commands and sense bytes it has.
 */
#ifndef IO_CKD_TYPE_H
#define IO_CKD_TYPE_H

#include <stdbool.h>
#include <stdint.h>

/* The control unit's ways: 6 bytes of sense for the 2314, 24 for others, with
 * differences in bytes 2 to 6. */
enum ckd_unit { UNIT_2314, UNIT_2305, UNIT_3330, UNIT_3340, UNIT_3350 };

/* Bytes are those that pass a head.  A record takes count_bytes, the key and
 * a key_gap if it has a key, data_gap, the data, and check_bytes; of `stretch`
 * see ckd_position_behind().  The seek curve goes through three points:
 * shortest, average and longest seek. */
struct ckd_type {
    const char *name;   /* with the model: "3330-11"; NULL ends the table */
    const char *family; /* without: "3330" */
    enum ckd_unit unit;
    uint8_t image_type;         /* byte 16 of an image's header */
    uint32_t image_track_bytes; /* of a track in the image */
    unsigned heads;
    unsigned cylinders;     /* for use ... */
    unsigned max_cylinders; /* ... and with those for alternate tracks */
    uint32_t max_data;      /* the longest record of a track, without key */
    uint32_t circumference; /* in a revolution ... */
    unsigned tracks_round;  /* ... which is so many tracks */
    uint32_t first_record;  /* from a track's index to record 0 */
    uint32_t count_bytes;
    uint32_t key_gap;
    uint32_t data_gap;
    uint32_t check_bytes;
    uint32_t stretch;
    uint64_t revolution_ns;
    unsigned sectors; /* of a track; 0: no rotational position sensing */
    struct {
        unsigned cylinders;
        uint64_t ns;
    } seek[3];
};

extern const struct ckd_type ckd_types[];

/* Does `word`, with or without a model, name this type? */
bool ckd_type_named(const struct ckd_type *type, const char *word);
/* Bytes of one track, from index to index. */
uint32_t ckd_type_track(const struct ckd_type *type);

#endif
