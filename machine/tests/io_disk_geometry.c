/*
 * io_disk_geometry.c - what fits on a track, and how long things take
 *
 * For every type: tracks are formatted with equal records until one does not
 * fit, which must be after as many as the formulas of the manuals say; seeks,
 * revolutions and SET SECTOR take the manuals' times.  The volumes have all
 * their cylinders, as holes in a file; only the first track is formatted.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "board.h"
#include "tap.h"
#include "volume.h"

enum {
    DISK = 0x130,
    SECOND = 0x131,
    PROGRAM_AT = 0x1000,
    MASK_AT = 0xF00,
    SECTOR_AT = 0xF04,
    SEEK_AT = 0xF08,   /* six bytes, of which the last four are an ID's ... */
    RECORD_AT = 0xF0E, /* ... whose fifth is this */
    COUNT_AT = 0x4000,
    DATA = 0x8000,
    CONTROL_US = 300, /* a channel program beside it; home address */
};

static struct machine *m;

/* Times in microseconds; records of a track with 80 bytes, with a key of 8
 * before them, with 4096. */
static const struct row {
    const char *name;
    uint32_t heads, track_bytes;
    uint8_t type;
    unsigned cylinders, track_us, seek_1, seek_third, seek_all;
    unsigned third, sectors;
    unsigned fit_80, fit_key, fit_4096;
} rows[] = {
    {"2314", 20, 7680, 0x14, 200, 25000, 25000, 60000, 130000, 67, 0, 40, 31,
     1},
    {"2305-1", 8, 14336, 0x05, 48, 5000, 0, 0, 0, 16, 90, 28, 20, 3},
    {"2305-2", 8, 14848, 0x05, 96, 10000, 0, 0, 0, 32, 90, 53, 39, 3},
    {"3330-1", 19, 13312, 0x30, 404, 16700, 10000, 30000, 55000, 135, 128, 61,
     47, 3},
    {"3330-11", 19, 13312, 0x30, 808, 16700, 10000, 30000, 55000, 269, 128, 61,
     47, 3},
    {"3340-35", 12, 8704, 0x40, 348, 20240, 10000, 25000, 50000, 116, 64, 34,
     25, 2},
    {"3340-70", 12, 8704, 0x40, 696, 20240, 10000, 25000, 50000, 232, 64, 34,
     25, 2},
    {"3350", 30, 19456, 0x50, 555, 16700, 10000, 25000, 50000, 185, 128, 72, 54,
     4},
};

/* ---- a volume ------------------------------------------------------------ */

/* Tracks 0 and 1 are there, with record 0 only. */
static int
make_volume(const char *path, const struct row *row)
{
    uint8_t header[VOLUME_HEADER], track[VOLUME_EMPTY_TRACK];
    FILE *f = fopen(path, "wb");
    unsigned head;

    if (f == NULL)
        return -1;
    volume_header(header, row->heads, row->track_bytes, row->type);
    fwrite(header, 1, sizeof(header), f);
    for (head = 0; head < 2; head++) {
        volume_track(track, 0, head);
        fseek(f, VOLUME_HEADER + (long)head * (long)row->track_bytes, SEEK_SET);
        fwrite(track, 1, sizeof(track), f);
    }
    if (fclose(f) != 0)
        return -1;
    return truncate(path, VOLUME_HEADER + (off_t)row->heads * row->track_bytes *
                                              row->cylinders);
}

/* ---- channel programs ---------------------------------------------------- */

static void
place(unsigned cylinder, unsigned head)
{
    board_word(m, SEEK_AT, cylinder);
    board_word(m, SEEK_AT + 4, head << 16);
}

/* Run one command, the last one behind a seek to where place() said; how long
 * it took until device end, in microseconds. */
static unsigned
run(unsigned ccws)
{
    uint64_t begin = machine_time(m);
    struct csw csw;
    unsigned status = board_run(m, DISK, PROGRAM_AT, &csw);

    if (status != (CE | DE))
        diag("%u CCWs: status %04X", ccws, status);
    return (unsigned)((machine_time(m) - begin) / 1000);
}

static unsigned
seek(unsigned cylinder, unsigned head)
{
    place(cylinder, head);
    board_ccw(m, PROGRAM_AT, 0x07, SEEK_AT, 0, 6);
    return run(1);
}

static unsigned
read_home(void)
{
    board_ccw(m, PROGRAM_AT, 0x1A, DATA + 64, 0, 5);
    return run(1);
}

static bool
near(unsigned us, unsigned expected)
{
    if (us + CONTROL_US >= expected && us <= expected + CONTROL_US)
        return true;
    diag("%u us, expected %u", us, expected);
    return false;
}

/* ---- tests --------------------------------------------------------------- */

/* Put equal records on track 0 behind record 0 until one does not fit. */
static unsigned
fill_track(unsigned key_len, unsigned len)
{
    uint8_t count[8] = {0};
    struct csw csw;
    unsigned n, status;

    place(0, 0);
    board_ccw(m, PROGRAM_AT, 0x07, SEEK_AT, CC, 6);
    board_ccw(m, PROGRAM_AT + 8, 0x31, SEEK_AT + 2, CC, 5);
    board_ccw(m, PROGRAM_AT + 16, 0x08, PROGRAM_AT + 8, 0, 0);
    board_ccw(m, PROGRAM_AT + 24, 0x1D, COUNT_AT, 0,
              (uint16_t)(8 + key_len + len));
    for (n = 0; n < 200; n++) {
        uint8_t number = (uint8_t)n;

        count[4] = (uint8_t)(n + 1);
        count[5] = (uint8_t)key_len;
        count[6] = (uint8_t)(len >> 8);
        count[7] = (uint8_t)len;
        machine_write(m, RECORD_AT, &number, 1);
        machine_write(m, COUNT_AT, count, sizeof(count));
        status = board_run(m, DISK, PROGRAM_AT, &csw);
        if (status & UC)
            break;
    }
    is(board_sense(m, DISK, 1), 0x40, "the next one does not fit");
    return n;
}

static void
test_capacity(const struct row *row)
{
    is(fill_track(0, 80), row->fit_80, "%s: records of 80 bytes", row->name);
    is(fill_track(8, 80), row->fit_key, "%s: ... with keys of 8", row->name);
    is(fill_track(0, 4096), row->fit_4096, "%s: records of 4096 bytes",
       row->name);
}

static void
test_times(const struct row *row)
{
    unsigned to_odd = row->type == 0x40 ? row->track_us / 2 : row->track_us;

    seek(0, 0);
    ok(near(seek(1, 0), row->seek_1), "%s: a seek over one cylinder",
       row->name);
    seek(0, 0);
    ok(near(seek(row->third, 0), row->seek_third), "%s: over a third",
       row->name);
    seek(0, 0);
    ok(near(seek(row->cylinders - 1, 0), row->seek_all), "%s: over all",
       row->name);
    seek(0, 0);
    read_home();
    ok(near(read_home(), row->track_us), "%s: a revolution", row->name);
    place(0, 1);
    board_ccw(m, PROGRAM_AT, 0x1B, SEEK_AT, CC, 6);
    board_ccw(m, PROGRAM_AT + 8, 0x1A, DATA, 0, 5);
    ok(near(run(2), to_odd), "%s: to the track of head 1", row->name);
    seek(0, 0);
}

static void
test_sectors(const struct row *row)
{
    unsigned track_us = row->type == 0x40 ? row->track_us / 2 : row->track_us;
    uint8_t sector = (uint8_t)(row->sectors / 2);
    struct csw csw;

    if (row->sectors == 0)
        return;
    machine_write(m, SECTOR_AT, &sector, 1);
    read_home();
    board_ccw(m, PROGRAM_AT, 0x23, SECTOR_AT, 0, 1);
    ok(near(run(1), track_us / 2), "%s: half a track to sector %u", row->name,
       sector);
    /* A record's sector is early enough to find it in the same turn. */
    fill_track(0, 80);
    read_home();
    board_ccw(m, PROGRAM_AT, 0x12, DATA, CC, 8);
    board_ccw(m, PROGRAM_AT + 8, 0x12, DATA, CC, 8);
    board_ccw(m, PROGRAM_AT + 16, 0x12, DATA, CC, 8);
    board_ccw(m, PROGRAM_AT + 24, 0x22, SECTOR_AT, 0, 1);
    run(4);
    read_home();
    board_ccw(m, PROGRAM_AT, 0x23, SECTOR_AT, CC, 1);
    board_ccw(m, PROGRAM_AT + 8, 0x12, DATA + 8, 0, 8);
    board_run(m, DISK, PROGRAM_AT, &csw);
    ok(board_word_at(m, DATA + 12) >> 24 <= board_word_at(m, DATA + 4) >> 24,
       "%s: set sector comes before the record that read sector is for",
       row->name);
    ok((board_word_at(m, DATA + 12) >> 24) + 1 >= board_word_at(m, DATA + 4) >>
           24,
       "%s: ... and not long before", row->name);
}

/* A 2305 tells in all its sense data which count field came last, and where;
 * the track holds what test_sectors() has put there. */
static void
test_last_count(const struct row *row)
{
    const uint8_t id[5] = {0, 0, 0, 0, 250};
    uint8_t sense[24];
    struct csw csw;

    if (row->sectors == 0)
        return;
    place(0, 0);
    machine_write(m, COUNT_AT, id, sizeof(id));
    board_ccw(m, PROGRAM_AT, 0x07, SEEK_AT, CC, 6);
    board_ccw(m, PROGRAM_AT + 8, 0x31, COUNT_AT, CC, 5);
    board_ccw(m, PROGRAM_AT + 16, 0x08, PROGRAM_AT + 8, 0, 0);
    is(board_run(m, DISK, PROGRAM_AT, &csw) & UC, UC, "%s: no such record",
       row->name);
    board_ccw(m, PROGRAM_AT, 0x04, DATA, 0, 24);
    run(1);
    machine_read(m, DATA, sense, sizeof(sense));
    is(sense[1], 0x08, "no record found");
    if (row->type == 0x05) {
        is(sense[12], row->fit_80, "%s: the last record of the track",
           row->name);
        ok(sense[13] > row->sectors / 2 && sense[13] < row->sectors,
           "its sector, %u", sense[13]);
    } else {
        is(sense[12] | sense[13], 0, "%s: not in format 0", row->name);
    }
}

/* The buffered log of a 2835, 16 entries of 8 bytes, of which one counts what
 * was read; and a write to a drive that must not be written. */
static void
test_2305(const struct row *row, const char *path)
{
    uint8_t log[128];
    struct csw csw;
    unsigned i, rest = 0;

    for (i = 0; i < 2; i++) {
        board_ccw(m, PROGRAM_AT, 0xA4, DATA, 0, 128);
        is(board_run(m, DISK, PROGRAM_AT, &csw), CE | DE,
           "%s: the log has 128 bytes", row->name);
        machine_read(m, DATA, log, sizeof(log));
        is(log[0], 0x80, "the entry of usage and overruns");
        is(log[5] + log[6] + log[7] != 0, i == 0,
           i == 0 ? "so much was read" : "and then begins anew");
    }
    for (i = 8; i < sizeof(log); i++)
        rest |= log[i];
    is(rest | log[1] | log[2] | log[3] | log[4], 0, "nothing else");
    machine_detach(m, DISK);
    is(board_attach(m, DISK, row->name, path, "ro"), 0, "for reading only");
    place(0, 0);
    board_ccw(m, PROGRAM_AT, 0x1F, MASK_AT, CC, 1);
    board_ccw(m, PROGRAM_AT + 8, 0x07, SEEK_AT, CC, 6);
    board_ccw(m, PROGRAM_AT + 16, 0x39, SEEK_AT + 2, CC, 4);
    board_ccw(m, PROGRAM_AT + 24, 0x08, PROGRAM_AT + 16, 0, 0);
    board_ccw(m, PROGRAM_AT + 32, 0x15, DATA, 0, 16);
    is(board_run(m, DISK, PROGRAM_AT, &csw) & UC, UC, "WRITE RECORD 0");
    is(board_sense(m, DISK, 0), 0x80, "command reject");
    board_run(m, DISK, PROGRAM_AT, &csw);
    is(board_sense(m, DISK, 1), 0x04, "file protected");
}

/* While one arm moves, the channel can start the other. */
static void
test_overlap(const struct row *row, const char *path)
{
    uint64_t begin;
    struct csw csw;
    unsigned ends = 0, us;

    is(board_attach(m, DISK, row->name, path, NULL), 0, "%s: a drive",
       row->name);
    is(board_attach(m, SECOND, row->name, path, "ro"), 0, "and a second one");
    place(row->cylinders - 1, 0);
    board_ccw(m, PROGRAM_AT, 0x07, SEEK_AT, 0, 6);
    begin = machine_time(m);
    is(board_start(m, DISK, PROGRAM_AT), 0, "a seek on the first");
    is(board_wait(m, &csw), DISK, "which frees the channel at once");
    is(csw.status, CE, "by channel end");
    is(board_start(m, SECOND, PROGRAM_AT), 0, "a seek on the second");
    while (board_wait(m, &csw) >= 0)
        ends += (csw.status & DE) != 0;
    is(ends, 2, "both end");
    us = (unsigned)((machine_time(m) - begin) / 1000);
    ok(near(us, row->seek_all), "in the time of one");
    machine_detach(m, SECOND);
    machine_detach(m, DISK);
}

int
main(void)
{
    const char *path;
    unsigned i;

    m = board_new();
    path = board_file("volume", "", 0);
    board_word(m, MASK_AT, 0xC0000000);
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (make_volume(path, &rows[i]) != 0 ||
            board_attach(m, DISK, rows[i].name, path, NULL) != 0) {
            diag("%s: %s", rows[i].name, machine_error(m));
            return 2;
        }
        test_capacity(&rows[i]);
        test_times(&rows[i]);
        test_sectors(&rows[i]);
        test_last_count(&rows[i]);
        if (rows[i].type == 0x05)
            test_2305(&rows[i], path);
        machine_detach(m, DISK);
        if (rows[i].seek_all != 0)
            test_overlap(&rows[i], path);
    }
    board_end(m);
    return done();
}
