/*
 * io_halt.c - a channel program is stopped at every moment
 *
 * HALT I/O, HALT DEVICE and CLEAR I/O come so and so many microseconds after
 * START I/O, for all such times until the program would have ended.  Whenever
 * it is, the program ends once, the device tells its end once and is free, and
 * the same program then runs as if nothing had been.
 */
#include <string.h>

#include "board.h"
#include "tap.h"
#include "volume.h"

enum {
    P = 0x1000,
    WORDS = 0x1100, /* what the programs write, and where they seek */
    D = 0x2000,
    LOOP = 0x800,
    DISK = 0x130,
    TAPE = 0x180,
    READER = 0x00C,
    PUNCH = 0x00D,
    PRINTER = 0x00E,
};

/* A 3330 of two cylinders, each track only with a record 0. */
enum { HEADS = 19, TRACK_BYTES = 13312, CYLINDERS = 2 };
static uint8_t volume[VOLUME_HEADER + HEADS * CYLINDERS * TRACK_BYTES];

static struct machine *m;

/* ---- the programs -------------------------------------------------------- */

static void
add(uint32_t *at, uint8_t code, uint32_t data, uint8_t flags, uint16_t count)
{
    board_ccw(m, *at, code, data, flags, count);
    *at += 8;
}

/* Seek to cylinder 1, search record 0, write a record behind it, and from the
 * home address on read it back.  WORDS has cylinder and head, then the ID. */
static void
disk_program(void)
{
    uint32_t at = P;

    board_word(m, WORDS, 1);
    board_word(m, WORDS + 4, 0);
    board_word(m, WORDS + 0x10, 1 << 16);
    board_word(m, WORDS + 0x14, 0x01000100); /* record 1, 256 bytes */
    board_word(m, WORDS + 0x20, 0xC0000000);
    add(&at, 0x07, WORDS, CC, 6);
    add(&at, 0x1F, WORDS + 0x20, CC, 1);
    add(&at, 0x31, WORDS + 2, CC, 5);
    add(&at, 0x08, at - 8, 0, 1);
    add(&at, 0x1D, WORDS + 0x10, CC | CD, 8);
    add(&at, 0, D, CC, 256);
    add(&at, 0x1A, D + 0x200, CC, 5);
    add(&at, 0x1E, D + 0x200, CC | SLI, 5);
    add(&at, 0x1E, D + 0x200, SLI, 264);
}

static void
tape_program(void)
{
    uint32_t at = P;

    add(&at, 0x07, 0, CC | SLI, 1);
    add(&at, 0x01, D, CC, 800);
    add(&at, 0x27, 0, CC | SLI, 1);
    add(&at, 0x02, D, 0, 800);
}

static void
reader_program(void)
{
    uint32_t at = P;

    add(&at, 0xC2, D, CC, 80);
    add(&at, 0x02, D, 0, 80);
}

static void
punch_program(void)
{
    uint32_t at = P;

    add(&at, 0x01, D, CC, 80);
    add(&at, 0x41, D, 0, 80);
}

static void
printer_program(void)
{
    uint32_t at = P;

    add(&at, 0x09, D, CC, 132);
    add(&at, 0x8B, 0, CC | SLI, 1);
    add(&at, 0x11, D, 0, 132);
}

/* ---- stopping them ------------------------------------------------------- */

/* Let time pass with interruptions disabled. */
static void
pass(uint64_t ns)
{
    board_word(m, LOOP, 0x47F00000 | LOOP);
    machine_set(m, "psw", LOOP);
    machine_run(m, UINT64_MAX, machine_time(m) + ns);
}

struct tally {
    unsigned channel_ends, device_ends, others;
};

static void
count_status(struct tally *t, unsigned status)
{
    t->channel_ends += (status & CE) != 0;
    t->device_ends += (status & DE) != 0;
    t->others += (status & ~(CE | DE | IL)) != 0;
}

/* Stop the program `ns` after its start.  True: all is as it must be. */
static bool
stopped_well(unsigned op, uint16_t devno, uint64_t ns)
{
    struct tally t = {0, 0, 0};
    struct csw csw;
    int cc;

    machine_reset(m, false);
    if (board_start(m, devno, P) != 0)
        return false;
    pass(ns);
    cc = board_io(m, op, devno);
    if (cc == 3 || (cc == 2 && op == CLRIO))
        return false;
    if (op == CLRIO && cc == 1)
        count_status(&t, board_csw(m).status);
    while (board_wait(m, &csw) == devno)
        count_status(&t, csw.status);
    return t.device_ends == 1 && t.others == 0 &&
           (op == CLRIO ? t.channel_ends <= 1 : t.channel_ends == 1) &&
           board_io(m, TIO, devno) == 0;
}

/* All moments, about 25 of them, and the program once more. */
static void
test_halts(const char *what, uint16_t devno, void (*program)(void))
{
    static const struct {
        const char *name;
        unsigned op;
    } ops[] = {{"HIO", HIO}, {"HDV", HDV}, {"CLRIO", CLRIO}};
    uint64_t began, lasts_ns, ns;
    struct csw csw;
    size_t i;

    program();
    began = machine_time(m);
    is(board_run(m, devno, P, &csw), CE | DE, "%s: the program", what);
    lasts_ns = machine_time(m) - began;
    for (i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
        uint64_t wrong = 0;

        for (ns = 0; ns < lasts_ns && wrong == 0; ns += lasts_ns / 25 + 1)
            if (!stopped_well(ops[i].op, devno, ns))
                wrong = ns + 1;
        is(wrong, 0, "%s: %s at every moment", what, ops[i].name);
        program();
        is(board_run(m, devno, P, &csw), CE | DE, "%s: afterwards", what);
    }
}

int
main(void)
{
    static char deck[800 * 3 + 1];
    unsigned i;

    for (i = 0; i < 800; i++)
        memcpy(deck + 3 * i, "AB\n", 3);
    volume_make(volume, CYLINDERS, HEADS, TRACK_BYTES, VOLUME_3330);
    m = board_new();
    if (board_attach(m, DISK, "3330",
                     board_file("volume", volume, sizeof(volume)), NULL) != 0 ||
        board_attach(m, TAPE, "3420", board_file("reel", "", 0), NULL) != 0 ||
        board_attach(m, READER, "3505",
                     board_file("deck", deck, sizeof(deck) - 1),
                     "ascii") != 0 ||
        board_attach(m, PUNCH, "3525", board_file("cards", "", 0), NULL) != 0 ||
        board_attach(m, PRINTER, "1403", board_file("paper", "", 0), NULL) !=
            0) {
        diag("%s", machine_error(m));
        return 2;
    }
    test_halts("disk", DISK, disk_program);
    test_halts("tape", TAPE, tape_program);
    test_halts("reader", READER, reader_program);
    test_halts("punch", PUNCH, punch_program);
    test_halts("printer", PRINTER, printer_program);
    board_end(m);
    return done();
}
