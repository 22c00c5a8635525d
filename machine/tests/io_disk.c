/*
 * io_disk.c - the 3330: searching, reading, writing, formatting, sense;
 * damaged volumes; initial program loading
 *
 * The volume has two cylinders.  On every track are record 0 and
 *   record 1   24 bytes: on cylinder 0 track 0 the IPL record
 *   record 2   key KEY2, 80 bytes of X'02'
 *   record 3   no data: end of file
 *   record 4   100 bytes of X'04'
 * but track 5 of cylinder 0 has only record 0, and track 6 is damaged.
 */
#include <stdio.h>
#include <string.h>

#include "board.h"
#include "tap.h"
#include "volume.h"

enum {
    DISK = 0x130,
    P = 0x1000,
    ARGUMENT = 0x1800, /* seek and search arguments */
    D = 0x2000,
    HEADS = 19,
    CYLINDERS = 2,
    TRACK_BYTES = 13312,
    IPL_TO = 0x3000,
};
enum {
    READ_IPL = 0x02,
    WRITE_DATA = 0x05,
    READ_DATA = 0x06,
    SEEK = 0x07,
    WRITE_KEY_DATA = 0x0D,
    READ_KEY_DATA = 0x0E,
    READ_COUNT = 0x12,
    RECALIBRATE = 0x13,
    READ_R0 = 0x16,
    READ_HA = 0x1A,
    WRITE_CKD = 0x1D,
    READ_CKD = 0x1E,
    WRITE_HA = 0x19,
    WRITE_R0 = 0x15,
    SET_MASK = 0x1F,
    SET_SECTOR = 0x23,
    READ_SECTOR = 0x22,
    READ_LOG = 0xA4,
    RESERVE = 0xB4,
    SENSE = 0x04,
    SEARCH_KEY = 0x29,
    SEARCH_ID = 0x31,
    TIC = 0x08,
    MULTITRACK = 0x80,
};

static struct machine *m;
static uint8_t volume[VOLUME_HEADER + HEADS * CYLINDERS * TRACK_BYTES];
static uint32_t next; /* where the channel program grows */

/* ---- the volume ---------------------------------------------------------- */

static uint8_t *
track_at(unsigned cylinder, unsigned head)
{
    return volume + VOLUME_HEADER + (cylinder * HEADS + head) * TRACK_BYTES;
}

static void
make_volume(void)
{
    /* PSW, then the CCWs that the IPL goes on with: skip record 2 and 3 by
     * search, read record 4. */
    static const uint8_t ipl[24] = {
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x30, 0x00, 0x06, 0x00, 0x30, 0x00,
        0x20, 0x00, 0x00, 0x50, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00};
    unsigned c, h;

    volume_make(volume, CYLINDERS, HEADS, TRACK_BYTES, VOLUME_3330);
    for (c = 0; c < CYLINDERS; c++) {
        for (h = 0; h < HEADS; h++) {
            uint8_t *p = track_at(c, h) + VOLUME_RECORD_1;

            if (c == 0 && h == 5)
                continue;
            p = volume_record(p, c, h, 1, "", 24, 1);
            p = volume_record(p, c, h, 2, "KEY2", 80, 2);
            p = volume_record(p, c, h, 3, "", 0, 0);
            volume_record(p, c, h, 4, "", 100, 4);
        }
    }
    memcpy(track_at(0, 0) + VOLUME_RECORD_1 + 8, ipl, sizeof(ipl));
    track_at(0, 6)[VOLUME_RECORD_1 + 6] =
        0xF0; /* record 1 longer than the track */
}

/* ---- building channel programs ------------------------------------------- */

static void
add(uint8_t code, uint32_t data, uint8_t flags, uint16_t count)
{
    board_ccw(m, next, code, data, flags, count);
    next += 8;
}

/* Seek, and search for a record until it comes by. */
static void
find(uint8_t cylinder, uint8_t head, uint8_t record)
{
    next = P;
    board_word(m, ARGUMENT, cylinder);
    board_word(m, ARGUMENT + 4, (uint32_t)head << 16 | (uint32_t)record << 8);
    add(SEEK, ARGUMENT, CC, 6);
    add(SEARCH_ID, ARGUMENT + 2, CC | SLI, 5);
    add(TIC, P + 8, 0, 0);
}

static unsigned
run(void)
{
    struct csw csw;

    return board_run(m, DISK, P, &csw);
}

/* ---- reading ------------------------------------------------------------- */

static void
test_read(void)
{
    struct csw csw;

    find(0, 1, 2);
    add(READ_DATA, D, 0, 80);
    is(board_run(m, DISK, P, &csw), CE | DE, "read data");
    is(csw.addr, next, "command address");
    is(csw.count, 0, "count");
    is(board_word_at(m, D + 76), 0x02020202, "the data");
    find(1, 18, 2);
    add(READ_KEY_DATA, D, 0, 84);
    is(run(), CE | DE, "read key and data after a seek");
    is(board_word_at(m, D), 0x4B455932, "the key");
    is(board_word_at(m, D + 4), 0x02020202, "the data");
    find(1, 3, 1);
    add(READ_COUNT, D, CC, 8);
    add(READ_DATA, D + 8, 0, 80);
    is(run(), CE | DE, "read count of the next record, then its data");
    is(board_word_at(m, D), 0x00010003, "cylinder and head");
    is(board_word_at(m, D + 4), 0x02040050, "record, key and data length");
    is(board_word_at(m, D + 8), 0x02020202, "the data");
    find(0, 1, 3);
    add(READ_CKD, D, SLI, 200);
    is(run(), CE | DE, "read count, key and data of the record behind");
    is(board_word_at(m, D + 4), 0x04000064, "its count field");
    find(0, 1, 3);
    add(READ_DATA, D, SLI, 80);
    is(run(), CE | DE | UX, "end of file: unit exception");
    next = P;
    add(SEEK, ARGUMENT, CC, 6);
    add(READ_HA, D, CC, 5);
    add(READ_R0, D + 8, 0, 16);
    is(run(), CE | DE, "home address and record 0");
    is(board_word_at(m, D), 0x00000000, "home address");
    is(board_word_at(m, D + 12), 0x00000008, "record 0's lengths");
    find(0, 1, 4);
    add(READ_DATA, D, 0, 80);
    is(board_run(m, DISK, P, &csw), CE | DE | IL, "the record is longer");
}

static void
test_search(void)
{
    find(0, 1, 9);
    add(READ_DATA, D, 0, 80);
    is(run(), CE | DE | UC, "no such record: unit check");
    is(board_sense(m, DISK, 0), 0, "sense byte 0");
    find(0, 1, 9);
    add(READ_DATA, D, 0, 80);
    run();
    is(board_sense(m, DISK, 1), 0x08, "sense byte 1: no record found");
    next = P;
    board_text(m, ARGUMENT + 16, "    ");
    board_word(m, ARGUMENT + 16, 0x4B455932);
    add(SEEK, ARGUMENT, CC, 6);
    add(SEARCH_KEY, ARGUMENT + 16, CC | SLI, 4);
    add(TIC, P + 8, 0, 0);
    add(READ_DATA, D, 0, 80);
    is(run(), CE | DE, "search key equal");
    is(board_word_at(m, D), 0x02020202, "the record with this key");
    /* Multitrack: record 2 of the next head, then the end of the cylinder. */
    board_word(m, ARGUMENT + 16, 0x00000011);
    board_word(m, ARGUMENT + 20, 0x02000000);
    board_word(m, ARGUMENT + 4, 0x00100000);
    next = P;
    add(SEEK, ARGUMENT, CC, 6);
    add(SEARCH_ID | MULTITRACK, ARGUMENT + 16, CC | SLI, 5);
    add(TIC, P + 8, 0, 0);
    add(READ_DATA, D, 0, 80);
    is(run(), CE | DE, "a multitrack search");
    board_word(m, ARGUMENT + 16, 0x0000FFFF);
    is(run(), CE | DE | UC, "which does not find it");
    is(board_sense(m, DISK, 1), 0x20, "end of cylinder");
}

/* ---- writing ------------------------------------------------------------- */

static void
test_write(void)
{
    board_word(m, D, 0xA1A2A3A4);
    find(1, 1, 2);
    add(WRITE_DATA, D, SLI, 4);
    is(run(), CE | DE, "write data, less than the record has");
    find(1, 1, 2);
    add(READ_KEY_DATA, D, 0, 84);
    run();
    is(board_word_at(m, D + 4), 0xA1A2A3A4, "it is there");
    is(board_word_at(m, D + 8), 0, "filled up with zeros");
    is(board_word_at(m, D), 0x4B455932, "the key is untouched");
    board_word(m, D, 0xD2C5E8F3);
    find(1, 1, 2);
    add(WRITE_KEY_DATA, D, 0, 84);
    is(run(), CE | DE, "write key and data");
    next = P;
    add(SEEK, ARGUMENT, CC, 6);
    add(WRITE_DATA, D, SLI, 4);
    is(run() & UC, UC, "write data without a search before it");
    is(board_sense(m, DISK, 0), 0x80, "command reject");
}

static void
test_format(void)
{
    static const uint8_t count[8] = {0, 1, 0, 2, 3, 0, 0, 8};
    uint32_t mask_at = ARGUMENT + 32;
    struct csw csw;

    machine_write(m, D, count, 8);
    board_word(m, D + 8, 0xC1C2C3C4);
    board_word(m, D + 12, 0xC5C6C7C8);
    find(1, 2, 2);
    add(WRITE_CKD, D, 0, 16);
    is(run(), CE | DE, "write count, key and data behind record 2");
    find(1, 2, 3);
    add(READ_DATA, D + 100, 0, 8);
    is(run(), CE | DE, "the new record is found");
    is(board_word_at(m, D + 104), 0xC5C6C7C8, "with its data");
    find(1, 2, 4);
    add(READ_DATA, D + 100, SLI, 100);
    is(run() & UC, UC, "what stood behind it is gone");
    /* The file mask forbids formatting. */
    board_word(m, mask_at, 0x80000000);
    next = P;
    board_word(m, ARGUMENT, 1);
    board_word(m, ARGUMENT + 4, 0x00020200);
    add(SEEK, ARGUMENT, CC, 6);
    add(SET_MASK, mask_at, CC, 1);
    add(SEARCH_ID, ARGUMENT + 2, CC, 5);
    add(TIC, P + 16, 0, 0);
    add(WRITE_CKD, D, 0, 16);
    is(run() & UC, UC, "the file mask forbids it");
    is(board_sense(m, DISK, 0), 0x80, "command reject");
    board_word(m, mask_at, 0x18000000);
    next = P;
    add(SET_MASK, mask_at, CC, 1);
    add(SEEK, ARGUMENT, 0, 6);
    is(run() & UC, UC, "a mask without seeks");
    is(board_sense(m, DISK, 1), 0x04, "file protected");
    /* Too long for the track. */
    board_word(m, D + 4, 0x04003500);
    find(1, 2, 3);
    add(WRITE_CKD, D, SLI, 16);
    is(board_run(m, DISK, P, &csw) & UC, UC, "a record that does not fit");
    is(board_sense(m, DISK, 1), 0x40, "invalid track format");
}

/* ---- control, sense, damage ---------------------------------------------- */

static void
test_control(void)
{
    struct csw csw;

    next = P;
    board_word(m, ARGUMENT, 1);
    board_word(m, ARGUMENT + 4, 0x00130000);
    add(SEEK, ARGUMENT, 0, 6);
    is(run() & UC, UC, "seek to head 19");
    is(board_sense(m, DISK, 0), 0x80, "command reject");
    board_word(m, ARGUMENT + 4, 0x00010000);
    add(SEEK, ARGUMENT, 0, 6);
    board_ccw(m, P, RECALIBRATE, 0, SLI, 1);
    run();
    board_ccw(m, P, SEEK, ARGUMENT, 0, 6);
    is(board_start(m, DISK, P), 0, "a seek");
    is(board_wait(m, &csw), DISK, "channel end at once");
    is(csw.status, CE, "while the arm moves");
    is(board_io(m, TCH, DISK), 0, "the channel is free");
    is(board_start(m, DISK, P), 1, "the drive is not");
    is(board_csw(m).status, BUSY, "busy");
    is(board_wait(m, &csw), DISK, "device end when it has arrived");
    is(csw.status, DE, "device end");
    board_word(m, ARGUMENT + 16, 0x40000000);
    next = P;
    add(SEEK, ARGUMENT, CC, 6);
    add(SET_SECTOR, ARGUMENT + 16, CC, 1);
    add(READ_COUNT, D, CC, 8);
    add(READ_SECTOR, D + 8, 0, 1);
    is(run(), CE | DE, "set sector, read count, read sector");
    find(0, 1, 4);
    add(READ_DATA, D, 0, 100);
    is(board_start(m, DISK, P), 0, "a transfer begins");
    is(board_wait(m, &csw), DISK, "and ends");
    is(csw.status, CE | DE, "with both ends");
    board_ccw(m, P, 0x99, D, 0, 1);
    is(run(), UC, "no such command");
    is(board_sense(m, DISK, 0), 0x80, "command reject");
}

/* The bytes that say where, and the usage log. */
static void
test_sense(void)
{
    struct csw csw;
    unsigned i;

    find(1, 2, 9);
    add(READ_DATA, D, 0, 80);
    is(board_run(m, DISK, P, &csw) & UC, UC, "no record on cylinder 1, head 2");
    board_ccw(m, P, SENSE, D, 0, 24);
    is(run(), CE | DE, "24 sense bytes");
    is(board_word_at(m, D), 0x00080000, "no record found");
    is(board_word_at(m, D + 4), 0x38010200, "drive, cylinder, head, message");
    find(0, 6, 1);
    add(READ_DATA, D, SLI, 24);
    is(run() & UC, UC, "a damaged track");
    board_ccw(m, P, SENSE, D, 0, 24);
    run();
    is(board_word_at(m, D + 4), 0x38000640, "format 4");
    is(board_word_at(m, D + 8), 0x00000006, "cylinder and head");
    board_ccw(m, P, SENSE, D, 0, 24);
    run();
    is(board_word_at(m, D), 0, "sense is told once");
    board_ccw(m, P, READ_LOG, D, 0, 24);
    is(run(), CE | DE, "read and reset buffered log");
    find(1, 2, 2);
    add(READ_KEY_DATA, D, 0, 84);
    for (i = 0; i < 3; i++)
        run();
    board_ccw(m, P, READ_LOG, D, 0, 24);
    run();
    is(board_word_at(m, D + 4) & 0xFF, 0x60, "format 6");
    ok(board_word_at(m, D + 8) >= 3 * 84, "bytes read: %u",
       board_word_at(m, D + 8));
    is(board_word_at(m, D + 16) >> 16, 1, "one seek moved the arm");
    board_ccw(m, P, READ_LOG, D, 0, 24);
    run();
    is(board_word_at(m, D + 8), 0, "the log begins anew");
    board_ccw(m, P, RESERVE, D, 0, 24);
    is(run(), CE | DE, "reserve gives sense bytes");
    is(board_word_at(m, D), 0, "nothing is wrong");
    is(board_word_at(m, D + 4) >> 24, 0x38, "drive");
}

static void
test_burst(void)
{
    next = P;
    board_word(m, ARGUMENT, 0);
    board_word(m, ARGUMENT + 4, 0x00010000);
    add(READ_COUNT, D, 0, 8);
    is(board_start(m, DISK, P), 0, "burst mode");
    is(board_io(m, TCH, DISK), 2, "TCH: the channel works");
    is(board_io(m, TIO, 0x131), 3, "TIO of no device");
    is(board_io(m, STIDC, 0x100), 2, "STIDC: busy");
    is(board_io(m, HIO, DISK), 2, "HIO ends the burst: cc 2");
    struct csw csw;
    is(board_wait(m, &csw), DISK, "the program ends");
    is(csw.status & (CE | DE), CE | DE, "channel end, device end");
}

static void
test_damage(void)
{
    static uint8_t bad[sizeof(volume)];
    size_t cylinder = HEADS * TRACK_BYTES;

    find(0, 6, 1);
    add(READ_DATA, D, SLI, 24);
    is(run() & UC, UC, "a damaged track");
    is(board_sense(m, DISK, 0), 0x08, "data check");
    memcpy(bad, volume, sizeof(bad));
    bad[0] = 'X';
    is(board_attach(m, 0x131, "3330", board_file("bad1", bad, sizeof(bad)),
                    NULL),
       -1, "no CKD image");
    ok(strstr(machine_error(m), "CKD_P370") != NULL, "the message");
    bad[0] = 'C';
    bad[4] = 'C';
    is(board_attach(m, 0x131, "3330", board_file("bad2", bad, sizeof(bad)),
                    NULL),
       -1, "a compressed image");
    ok(strstr(machine_error(m), "compressed") != NULL, "the message");
    bad[4] = 'P';
    bad[16] = 0x14;
    is(board_attach(m, 0x131, "3330", board_file("bad3", bad, sizeof(bad)),
                    NULL),
       -1, "another type");
    bad[16] = 0x30;
    is(board_attach(m, 0x131, "3330",
                    board_file("bad4", bad, sizeof(bad) - cylinder / 2), NULL),
       -1, "half a cylinder");
    ok(strstr(machine_error(m), "whole cylinders") != NULL, "the message");
}

/* ---- IPL ----------------------------------------------------------------- */

static void
test_ipl(void)
{
    static const uint8_t card[160] = {
        /* PSW, a CCW that reads the second card, nothing */
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x30, 0x10,        0x02,
        0x00, 0x30, 0x10, 0x20, 0x00, 0x00, 0x50, [80] = 0xC1, 0xC2};
    uint64_t psw;

    if (!is(machine_ipl(m, DISK), 0, "IPL from the disk"))
        diag("%s", machine_error(m));
    is(board_word_at(m, IPL_TO), 0x02020202, "the second record is loaded");
    machine_get(m, "psw", &psw);
    is(psw & 0xFFFFFF, IPL_TO, "the PSW at 0 is in force");
    is(board_word_at(m, 0) & 0xFFFF, DISK, "the device's address is stored");
    is(machine_ipl(m, 0x0FF), -1, "IPL where no device is");
    ok(strstr(machine_error(m), "00FF") != NULL, "the message");
    is(board_attach(m, 0x00C, "3505", board_file("deck", card, 160), NULL), 0,
       "a reader");
    if (!is(machine_ipl(m, 0x00C), 0, "IPL from cards"))
        diag("%s", machine_error(m));
    is(board_word_at(m, 0x3010), 0xC1C20000, "the second card is loaded");
    is(machine_ipl(m, 0x00C), -1, "IPL of an empty reader");
    ok(strstr(machine_error(m), "intervention") != NULL, "the message");
}

static void
test_ipl_without_loader(void)
{
    memset(track_at(0, 0) + VOLUME_RECORD_1, 0xFF, 8);
    is(board_attach(m, 0x131, "3330",
                    board_file("void", volume, sizeof(volume)), "ro"),
       0, "a volume without records on its first track");
    is(machine_ipl(m, 0x131), -1, "IPL from it");
    ok(strstr(machine_error(m), "no record found") != NULL, "the message: %s",
       machine_error(m));
}

/* Write the home address of a track of cylinder 1 with a flag, and a record 0
 * that names another one. */
static void
flag_track(uint8_t head, uint8_t flag, uint8_t named)
{
    enum { MASK = ARGUMENT + 8, HOME = ARGUMENT + 16, COUNT = ARGUMENT + 24 };

    board_word(m, ARGUMENT, 1);
    board_word(m, ARGUMENT + 4, (uint32_t)head << 16);
    board_word(m, MASK, 0xC0000000);
    board_word(m, HOME, (uint32_t)flag << 24 | 1 << 8);
    board_word(m, HOME + 4, (uint32_t)head << 24);
    board_word(m, COUNT, 1 << 16 | named);
    board_word(m, COUNT + 4, 8);
    next = P;
    add(SEEK, ARGUMENT, CC, 6);
    add(SET_MASK, MASK, CC, 1);
    add(WRITE_HA, HOME, CC, 5);
    add(WRITE_R0, COUNT, CD, 8);
    add(0, D + 0x100, 0, 8);
    is(run(), CE | DE, "head %u gets flag %u", head, flag);
}

static void
test_alternate(void)
{
    enum { DEFECTIVE = 1, ALTERNATE = 2, TRACK_CONDITION = 0x02 };

    flag_track(16, DEFECTIVE, 17);
    flag_track(17, ALTERNATE, 16);
    find(1, 16, 1);
    add(READ_DATA, D, SLI, 80);
    is(run(), CE | DE | UC, "a record of a defective track: unit check");
    is(board_sense(m, DISK, 0), TRACK_CONDITION, "track condition check");
    next = P;
    add(SEEK, ARGUMENT, CC, 6);
    add(READ_HA, D, CC, 5);
    add(READ_R0, D + 8, 0, 16);
    is(run(), CE | DE, "its home address and record 0 can be read");
    is(board_word_at(m, D), DEFECTIVE << 24 | 1 << 8, "with the flag");
    is(board_word_at(m, D + 8), 1 << 16 | 17, "and what stands for it");
    next = P;
    board_word(m, ARGUMENT + 4, 17 << 16);
    add(SEEK, ARGUMENT, CC, 6);
    add(READ_R0, D, 0, 16);
    is(run(), CE | DE, "the alternate track can be read");
    is(board_word_at(m, D), 1 << 16 | 16, "it names the other");
    find(1, 17, 9);
    board_ccw(m, P + 8, SEARCH_ID | MULTITRACK, ARGUMENT + 2, CC | SLI, 5);
    add(READ_DATA, D, SLI, 8);
    is(run(), CE | DE | UC, "no search goes on behind it");
    is(board_sense(m, DISK, 0), TRACK_CONDITION, "track condition check");
    find(1, 15, 9);
    board_ccw(m, P + 8, SEARCH_ID | MULTITRACK, ARGUMENT + 2, CC | SLI, 5);
    add(READ_DATA, D, SLI, 8);
    is(run(), CE | DE | UC, "nor on a defective track");
    is(board_sense(m, DISK, 0), TRACK_CONDITION, "track condition check");
    flag_track(16, 0, 16);
    find(1, 16, 0);
    add(READ_DATA, D, SLI, 8);
    is(run(), CE | DE, "without the flag it is a track as others");
}

int
main(void)
{
    m = board_new();
    make_volume();
    if (board_attach(m, DISK, "3330",
                     board_file("volume", volume, sizeof(volume)), NULL) != 0) {
        diag("%s", machine_error(m));
        return 2;
    }
    test_read();
    test_search();
    test_write();
    test_format();
    test_control();
    test_sense();
    test_burst();
    test_damage();
    test_alternate();
    test_ipl();
    test_ipl_without_loader();
    board_end(m);
    return done();
}
