/*
 * faults.c - faults that are scripted for devices: what strikes when
 *
 * A punch takes cards for ever; a reader has ten.
 */
#include <string.h>

#include "board.h"
#include "tap.h"
#include "volume.h"

enum {
    READER = 0x00C,
    PUNCH = 0x00D,
    DISK = 0x130,
    P = 0x1000,
    SEEK_TO = 0x1800,
    D = 0x2000,
    HEADS = 19,
    TRACK_BYTES = 13312,
};
#define MS UINT64_C(1000000)

static struct machine *m;

static unsigned
command(uint16_t devno, uint8_t code)
{
    struct csw csw;

    board_ccw(m, P, code, D, SLI, 80);
    return board_run(m, devno, P, &csw);
}

static int
fault(uint16_t devno, const char *w1, const char *w2, const char *w3)
{
    char *words[] = {(char *)w1, (char *)w2, (char *)w3};

    return machine_fault(m, devno, w2 == NULL ? 1 : w3 == NULL ? 2 : 3, words);
}

static void
count_fault(void *ctx, uint16_t devno, const char *words)
{
    (void)devno;
    (void)words;
    ++*(unsigned *)ctx;
}

static void
test_intervention(void)
{
    struct csw csw;

    is(fault(PUNCH, "intervention", "after=1", NULL), 0, "out of cards");
    is(command(PUNCH, 0x01), CE | DE, "the first card is punched");
    is(command(PUNCH, 0x01), UC, "the second is not");
    is(board_sense(m, PUNCH, 0), 0x40, "intervention required");
    is(command(PUNCH, 0x03), CE | DE, "NO OPERATION goes on");
    is(command(PUNCH, 0x01), UC, "still no cards");
    is(fault(PUNCH, "clear", NULL, NULL), 0, "the operator brings cards");
    is(board_wait(m, &csw), PUNCH, "it gets ready");
    is(csw.status, DE, "device end");
    is(command(PUNCH, 0x01), CE | DE, "and punches");

    is(fault(PUNCH, "intervention", "ms=30", NULL), 0, "for 30 ms");
    is(command(PUNCH, 0x01), UC, "not ready");
    is(board_wait(m, &csw), PUNCH, "by itself it gets ready");
    is(command(PUNCH, 0x01), CE | DE, "and punches again");
}

static void
test_sense(void)
{
    struct csw csw;

    is(fault(READER, "data-check", "count=1", NULL), 0, "one bad card");
    is(command(READER, 0x23), CE | DE, "FEED reads nothing");
    is(command(READER, 0x02), CE | DE | UC, "READ: unit check at the end");
    ok(board_has_text(m, D, "CARD 1"), "the data has come");
    is(board_sense(m, READER, 0), 0x08, "data check");
    is(command(READER, 0x02), CE | DE, "the next card is good");
    is(fault(READER, "unit-check", "sense=20", "command=42"), 0, "one code");
    is(command(READER, 0x02), CE | DE, "another code is not struck");
    is(command(READER, 0x42), UC, "this one is refused");
    is(board_sense(m, READER, 0), 0x20, "with its sense");
    is(fault(READER, "clear", NULL, NULL), 0, "repaired");
    is(fault(READER, "unit-check", "sense=10A0", "command=42"), 0, "a jam");
    is(command(READER, 0x42), UC, "refused");
    is(board_sense(m, READER, 1), 0xA0, "permanent, motion malfunction");
    is(fault(PUNCH, "equipment-check", "count=1", NULL), 0, "the punch");
    is(command(PUNCH, 0x01), UC, "fails");
    is(board_sense(m, PUNCH, 1), 0x80, "sense byte 1: permanent error");
    is(fault(READER, "clear", NULL, NULL), 0, "clear");
    is(command(READER, 0x42), CE | DE, "none left");
    is(fault(READER, "equipment-check", "count=1", "at=1000"), 0, "later");
    is(command(READER, 0x02), CE | DE, "before its time");
    machine_set(m, "psw", UINT64_C(0x0102000000000000));
    machine_run(m, UINT64_MAX, 1000 * MS);
    is(machine_time(m), 1000 * MS, "a second of virtual time");
    board_ccw(m, P, 0xC2, D, CC, 80);
    board_ccw(m, P + 8, 0x03, D, 0, 1);
    board_run(m, READER, P, &csw);
    is(csw.status, UC, "struck at its time, and the chain ends");
    is(board_sense(m, READER, 0), 0x10, "equipment check");
}

static void
test_busy(void)
{
    uint64_t since = machine_time(m);
    struct csw csw;

    is(fault(PUNCH, "busy", "ms=50", NULL), 0, "busy");
    is(board_io(m, TIO, PUNCH), 0, "not before START I/O");
    board_ccw(m, P, 0x01, D, SLI, 80);
    is(board_start(m, PUNCH, P), 1, "START I/O: CSW stored");
    is(board_csw(m).status, BUSY, "busy");
    is(board_io(m, TIO, PUNCH), 1, "TEST I/O too");
    is(board_csw(m).status, BUSY, "busy");
    is(board_wait(m, &csw), PUNCH, "it gets free");
    is(csw.status, DE, "device end");
    ok(machine_time(m) >= since + 50 * MS && machine_time(m) < since + 51 * MS,
       "after 50 ms");
    is(command(PUNCH, 0x01), CE | DE, "once only");
    is(fault(PUNCH, "busy", "ms=50", NULL), 0, "again");
    is(board_start(m, PUNCH, P), 1, "busy");
    machine_reset(m, false);
    board_word(m, 0x78, 0x00020000);
    is(command(PUNCH, 0x01), CE | DE, "system reset ends it");
}

/* Another drive of the control unit keeps it busy. */
static void
test_control_unit(void)
{
    uint64_t since = machine_time(m);
    struct csw csw;

    is(fault(PUNCH, "control-unit-busy", "ms=20", NULL), 0, "control unit");
    board_ccw(m, P, 0x01, D, SLI, 80);
    is(board_start(m, PUNCH, P), 1, "START I/O: CSW stored");
    is(board_csw(m).status, BUSY | MODIFIER, "busy with status modifier");
    is(board_io(m, TIO, PUNCH), 1, "TEST I/O too");
    is(board_csw(m).status, BUSY | MODIFIER, "the same");
    is(board_wait(m, &csw), PUNCH, "it gets free");
    is(csw.status, CONTROL_UNIT_END, "control unit end, alone");
    ok(machine_time(m) >= since + 20 * MS && machine_time(m) < since + 21 * MS,
       "after 20 ms");
    is(command(PUNCH, 0x01), CE | DE, "and the command goes well");
    /* The device has something to say, but cannot while that lasts. */
    is(fault(PUNCH, "control-unit-busy", "ms=400", NULL), 0, "again");
    is(fault(PUNCH, "busy", "ms=100", NULL), 0, "and the device");
    is(board_start(m, PUNCH, P), 1, "the control unit strikes first");
    is(board_csw(m).status, BUSY | MODIFIER, "busy with status modifier");
    is(fault(PUNCH, "clear", NULL, NULL), 0, "clear");
    is(board_wait(m, &csw), PUNCH, "it is free at once");
    is(csw.status, CONTROL_UNIT_END, "control unit end");
    is(command(PUNCH, 0x01), CE | DE, "none left");
}

/* A 3330 of two cylinders, with one record of 80 bytes on each track. */
static const char *
make_volume(void)
{
    static uint8_t volume[VOLUME_HEADER + 2 * HEADS * TRACK_BYTES];
    uint8_t *track = volume + VOLUME_HEADER;
    unsigned n;

    volume_make(volume, 2, HEADS, TRACK_BYTES, VOLUME_3330);
    for (n = 0; n < 2 * HEADS; n++, track += TRACK_BYTES)
        volume_record(track + VOLUME_RECORD_1, n / HEADS, n % HEADS, 1, "", 80,
                      0);
    return board_file("volume", volume, sizeof(volume));
}

static unsigned
read_track(unsigned cylinder, unsigned head)
{
    struct csw csw;

    board_word(m, SEEK_TO, cylinder);
    board_word(m, SEEK_TO + 4, head << 16);
    board_ccw(m, P, 0x07, SEEK_TO, CC, 6);
    board_ccw(m, P + 8, 0x06, D, 0, 80);
    return board_run(m, DISK, P, &csw);
}

static void
test_disk(void)
{
    is(board_attach(m, DISK, "3330", make_volume(), NULL), 0, "a volume");
    is(read_track(0, 3), CE | DE, "it can be read");
    is(fault(DISK, "data-check", "cylinder=1", "count=2"), 0, "cylinder 1");
    is(read_track(0, 3), CE | DE, "cylinder 0 is good");
    is(read_track(1, 3), CE | DE | UC, "cylinder 1 is not");
    is(board_sense(m, DISK, 0), 0x08, "data check");
    is(read_track(1, 4), CE | DE | UC, "a second time");
    is(board_sense(m, DISK, 5), 0x01, "sense names the cylinder");
    is(read_track(1, 3), CE | DE, "a retry is good");
    is(fault(DISK, "data-check", "cylinder=1", "head=7"), 0, "one track");
    is(read_track(1, 6), CE | DE, "not another");
    is(read_track(1, 7), CE | DE | UC, "but this one");
    is(board_sense(m, DISK, 12), 1, "sense names the record");
    is(read_track(1, 7), CE | DE | UC, "for ever");
    is(fault(DISK, "clear", NULL, NULL), 0, "the drive is repaired");
    is(read_track(1, 7), CE | DE, "and reads");
}

static void
test_words(void)
{
    const struct {
        const char *w1, *w2, *message;
    } bad[] = {
        {"smoke", NULL, "\"smoke\" is none of"},
        {"busy", NULL, "ms=50"},
        {"busy", "command=01", "ms=50"},
        {"control-unit-busy", NULL, "control-unit-busy needs the time"},
        {"unit-check", NULL, "sense=80"},
        {"unit-check", "sense=8", "pairs of hexadecimal"},
        {"unit-check", "sense=800000", "1 to 2 bytes"},
        {"data-check", "count=", "decimal number"},
        {"data-check", "count=0", "at least once"},
        {"data-check", "count=99999999999999999999", "decimal number"},
        {"data-check", "count", "none of after="},
        {"data-check", "cylinder=3", "no cylinders"},
    };
    unsigned n = 0;
    size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        is(fault(PUNCH, bad[i].w1, bad[i].w2, NULL), -1, "refused: %s %s",
           bad[i].w1, bad[i].w2 == NULL ? "" : bad[i].w2);
        ok(strstr(machine_error(m), bad[i].message) != NULL, "the message: %s",
           machine_error(m));
    }
    is(fault(0x123, "clear", NULL, NULL), -1, "no such device");
    machine_faults(m, count_fault, &n);
    is(n, 0, "nothing that was refused is left");
    is(fault(PUNCH, "intervention", NULL, NULL), 0, "one");
    is(fault(PUNCH, "busy", "ms=1", NULL), 0, "two");
    machine_faults(m, count_fault, &n);
    is(n, 2, "are listed");
}

int
main(void)
{
    static const char deck[] = "CARD 0\nCARD 1\nCARD 2\nCARD 3\nCARD 4\n"
                               "CARD 5\nCARD 6\nCARD 7\nCARD 8\nCARD 9\n";

    m = board_new();
    board_attach(m, READER, "3505", board_file("deck", deck, sizeof(deck) - 1),
                 "ascii");
    board_attach(m, PUNCH, "3525", board_file("cards", "", 0), NULL);
    test_intervention();
    test_sense();
    test_busy();
    test_control_unit();
    test_disk();
    test_words();
    board_end(m);
    return done();
}
