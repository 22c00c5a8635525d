/*
 * hostile.c - what a guest must not be able to do to the host: keep the
 * monitor from coming back, or fill the disk
 *
 * Reading and writing outside of storage: io_random.c and fuzz/, with the
 * sanitizers.
 */
#include <stdio.h>
#include <sys/stat.h>

#include "board.h"
#include "tap.h"

enum {
    PRINTER = 0x00E,
    PUNCH = 0x00D,
    TAPE = 0x180,
    P = 0x2000,
    DATA = 0x3000,
    PAPER_MAX_BYTES = 32 << 20,
    LONGEST_LINE = 400,
    INSNS = 100000,
};
#define WAIT_FOR_ALL UINT64_C(0xFF02000000000000)

static struct machine *m;

static void
clear(void)
{
    machine_reset(m, true);
    board_word(m, 0x78, 0x00020000);
}

static unsigned long long
size_of(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 ? (unsigned long long)st.st_size : 0;
}

/* ---- programs without end ------------------------------------------------ */

static void
test_loops(void)
{
    clear();
    board_word(m, 0x68, 0xFF0C0000); /* program new PSW: no valid EC PSW */
    machine_set(m, "psw", 0x4000);   /* X'0000': operation exception */
    is(machine_run(m, INSNS, UINT64_MAX), STOP_LIMIT,
       "program interruptions without end");
    clear();
    board_word(m, 0x6C, 0x00000001); /* program new PSW: an odd address */
    machine_set(m, "psw", 1);
    is(machine_run(m, INSNS, UINT64_MAX), STOP_LIMIT,
       "instructions that cannot be fetched, without end");
    clear();
    board_word(m, 0x58, 0x01020000); /* external new PSW: waits for the next */
    machine_set(m, "cr0", 0x00000080);
    machine_set(m, "psw", UINT64_C(0x0102000000000000));
    is(machine_run(m, INSNS, UINT64_MAX), STOP_LIMIT,
       "interval timer interruptions in waits without end");
}

static void
test_channel_loop(void)
{
    clear();
    board_attach(m, PUNCH, "3525", board_file("cards", "", 0), NULL);
    board_ccw(m, P, 0x03, DATA, CC | SLI, 1);
    board_ccw(m, P + 8, 0x08, P, 0, 0);
    board_start(m, PUNCH, P);
    machine_set(m, "psw", WAIT_FOR_ALL);
    is(machine_run(m, INSNS, UINT64_MAX), STOP_LIMIT,
       "a wait for a channel program without end");
    machine_reset(m, false);
}

/* ---- the host's disk ----------------------------------------------------- */

/* Run a command for ever, until the device wants the operator: true.  The
 * carriage tape's channels 9 and 12 end a chain before that. */
static bool
fill(uint16_t devno, uint8_t code, uint16_t count)
{
    const uint8_t intervention = 0x40;
    struct csw csw;
    unsigned i;

    board_ccw(m, P, code, DATA, CC | SLI, count);
    board_ccw(m, P + 8, 0x08, P, 0, 0);
    for (i = 0; i < 10000; i++)
        if ((board_run(m, devno, P, &csw) & UC) != 0 &&
            board_sense(m, devno, 0) == intervention)
            return true;
    return false;
}

static void
test_output(void)
{
    const char *lines = board_file("lines", "", 0);
    const char *cards = board_file("cards", "", 0);
    uint8_t line[132];
    unsigned i;

    clear();
    for (i = 0; i < sizeof(line); i++)
        line[i] = 0x4A; /* two bytes in UTF-8 */
    machine_write(m, DATA, line, sizeof(line));
    board_attach(m, PRINTER, "1403", lines, NULL);
    ok(fill(PRINTER, 0x09, sizeof(line)),
       "a printer without paper needs the operator");
    ok(size_of(lines) <= PAPER_MAX_BYTES + LONGEST_LINE,
       "its file has 32 MiB at most");
    machine_detach(m, PUNCH);
    board_attach(m, PUNCH, "3525", cards, NULL);
    ok(fill(PUNCH, 0x01, 80), "a punch without cards likewise");
    ok(size_of(cards) <= PAPER_MAX_BYTES + LONGEST_LINE,
       "its file has 32 MiB at most");
}

static void
test_tape(void)
{
    const char *reel = board_file("reel", "", 0);
    unsigned long long size = 0;
    struct csw csw;
    unsigned i;

    clear();
    board_attach(m, TAPE, "3420", reel, "feet=60");
    board_ccw(m, P, 0x01, DATA, SLI, 0x8000);
    for (i = 0; i < 400; i++) {
        board_run(m, TAPE, P, &csw);
        if (i == 200)
            size = size_of(reel);
    }
    ok(size > 0, "a reel takes blocks");
    is(size_of(reel), size, "until it is full");
}

int
main(void)
{
    m = board_new();
    test_loops();
    test_channel_loop();
    test_output();
    test_tape();
    board_end(m);
    return done();
}
