/*
 * ckd_types.c - the table of disk types
 *
 * Sources, under "Track Capacity", "Access Time" and "Data Rate" of each:
 *   2314  GA26-1599 (times: model A)       3330  GA26-1592, GA26-1615
 *   2305  GA26-1589                        3340  GA26-1619
 *   3350  GA26-1638
 * The sums are theirs: what a record takes beside its bytes, without and with
 * a key, and what a track takes beside home address and a record 0 of eight
 * bytes.  How a sum is divided over the gaps is our choice; it decides the
 * microsecond at which a field passes, not what fits on a track.
 *
 *              track  record  + key  largest  revolution  rate
 *   2314        7294     101     45     7294    25.0  ms   312 KB/s
 *   2305-1     14568     432    202    14136    10.0 *    3000
 *   2305-2     14858     198     91    14660    10.0      1500
 *   3330       13165     135     56    13030    16.7       806
 *   3340        8535     167     75     8368    20.24 *    885
 *   3350       19254     185     82    19069    16.7      1198
 *
 * A 2305-1 has two sets of heads, half a turn apart, and so finds the start of
 * a track every 5 ms.  In a turn of the 3340 two tracks pass, those of an even
 * head and of the odd one behind it.
 */
#include "ckd_type.h"

#include <stddef.h>
#include <string.h>

#define US(n) (UINT64_C(1000) * (n))
#define MS(n) (UINT64_C(1000000) * (n))

/* The models of a family differ in cylinders; the smallest comes first. */
#define ROWS_3330                                                        \
    .family = "3330", .unit = UNIT_3330, .image_type = 0x30,             \
    .image_track_bytes = 13312, .heads = 19, .max_data = 13030,          \
    .circumference = 13440, .tracks_round = 1, .first_record = 132,      \
    .count_bytes = 30, .key_gap = 56, .data_gap = 60, .check_bytes = 45, \
    .revolution_ns = US(16700), .sectors = 128
#define ROWS_3340                                                        \
    .family = "3340", .unit = UNIT_3340, .image_type = 0x40,             \
    .image_track_bytes = 8704, .heads = 12, .max_data = 8368,            \
    .circumference = 17920, .tracks_round = 2, .first_record = 250,      \
    .count_bytes = 40, .key_gap = 75, .data_gap = 75, .check_bytes = 52, \
    .revolution_ns = US(20240), .sectors = 64
#define ROWS_2305                                                        \
    .family = "2305", .unit = UNIT_2305, .image_type = 0x05, .heads = 8, \
    .circumference = 15300, .tracks_round = 1, .sectors = 90,            \
    .seek = {{1, 0}, {2, 0}, {3, 0}}

const struct ckd_type ckd_types[] = {
    {.name = "2314",
     .family = "2314",
     .unit = UNIT_2314,
     .image_type = 0x14,
     .image_track_bytes = 7680,
     .heads = 20,
     .cylinders = 200,
     .max_cylinders = 203,
     .max_data = 7294,
     .circumference = 7800,
     .tracks_round = 1,
     .first_record = 296,
     .count_bytes = 25,
     .key_gap = 45,
     .data_gap = 45,
     .check_bytes = 31,
     .stretch = 89,
     .revolution_ns = MS(25),
     .seek = {{1, MS(25)}, {67, MS(60)}, {199, MS(130)}}},
    {.name = "2305-1",
     ROWS_2305,
     .image_track_bytes = 14336,
     .cylinders = 48,
     .max_cylinders = 48,
     .max_data = 14136,
     .first_record = 292,
     .count_bytes = 100,
     .key_gap = 202,
     .data_gap = 200,
     .check_bytes = 132,
     .revolution_ns = MS(5)},
    {.name = "2305-2",
     ROWS_2305,
     .image_track_bytes = 14848,
     .cylinders = 96,
     .max_cylinders = 96,
     .max_data = 14660,
     .first_record = 236,
     .count_bytes = 45,
     .key_gap = 91,
     .data_gap = 90,
     .check_bytes = 63,
     .revolution_ns = MS(10)},
    {.name = "3330-1",
     ROWS_3330,
     .cylinders = 404,
     .max_cylinders = 411,
     .seek = {{1, MS(10)}, {135, MS(30)}, {403, MS(55)}}},
    {.name = "3330-11",
     ROWS_3330,
     .cylinders = 808,
     .max_cylinders = 815,
     .seek = {{1, MS(10)}, {269, MS(30)}, {807, MS(55)}}},
    {.name = "3340-35",
     ROWS_3340,
     .cylinders = 348,
     .max_cylinders = 349,
     .seek = {{1, MS(10)}, {116, MS(25)}, {347, MS(50)}}},
    {.name = "3340-70",
     ROWS_3340,
     .cylinders = 696,
     .max_cylinders = 698,
     .seek = {{1, MS(10)}, {232, MS(25)}, {695, MS(50)}}},
    {.name = "3350",
     .family = "3350",
     .unit = UNIT_3350,
     .image_type = 0x50,
     .image_track_bytes = 19456,
     .heads = 30,
     .cylinders = 555,
     .max_cylinders = 560,
     .max_data = 19069,
     .circumference = 20007,
     .tracks_round = 1,
     .first_record = 560,
     .count_bytes = 40,
     .key_gap = 82,
     .data_gap = 85,
     .check_bytes = 60,
     .revolution_ns = US(16700),
     .sectors = 128,
     .seek = {{1, MS(10)}, {185, MS(25)}, {554, MS(50)}}},
    {.name = NULL},
};

bool
ckd_type_named(const struct ckd_type *type, const char *word)
{
    return strcmp(type->name, word) == 0 || strcmp(type->family, word) == 0;
}

uint32_t
ckd_type_track(const struct ckd_type *type)
{
    return type->circumference / type->tracks_round;
}
