/*
 * hostile.c - what a guest must not be able to do to the host: keep the
 * monitor from coming back, or fill the disk
 *
 * Reading and writing outside of storage: io_random.c and fuzz/, with the
 * sanitizers.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "board.h"
#include "tap.h"
#include "volume.h"

enum {
    CONSOLE = 0x009,
    READER = 0x00C,
    PRINTER = 0x00E,
    PUNCH = 0x00D,
    DISK = 0x130,
    TAPE = 0x180,
    P = 0x2000,
    DATA = 0x3000,
    LIMIT = 64 << 10, /* of output */
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

/* Conditions that are pending again as soon as they are taken. */
static void
test_storms(void)
{
    static const struct {
        const char *what;
        uint64_t cr0, clock_comparator, cpu_timer;
    } storms[] = {
        {"of the clock comparator", 0x800, 0, 0},
        {"of the CPU timer", 0x400, UINT64_MAX, UINT64_MAX},
        {"of all clocks", 0xCE0, 0, UINT64_MAX},
    };
    size_t i;

    for (i = 0; i < sizeof(storms) / sizeof(storms[0]); i++) {
        clear();
        board_word(m, 0x58, 0x01020000); /* external new PSW: waits again */
        machine_set(m, "cr0", storms[i].cr0);
        machine_set(m, "cc", storms[i].clock_comparator);
        machine_set(m, "ct", storms[i].cpu_timer);
        machine_set(m, "psw", UINT64_C(0x0102000000000000));
        is(machine_run(m, INSNS, UINT64_MAX), STOP_LIMIT,
           "interruptions %s in waits without end", storms[i].what);
    }
}

/* Each CCW asks for an interruption, which is taken in a wait. */
static void
test_pci(void)
{
    const uint64_t begin = machine_time(m);

    clear();
    board_attach(m, READER, "3505", NULL, NULL);
    board_word(m, 0x78, 0xFE020000);
    board_ccw(m, P, 0x03, DATA, CC | SLI | PCI, 1);
    board_ccw(m, P + 8, 0x08, P, 0, 0);
    board_start(m, READER, P);
    machine_set(m, "psw", UINT64_C(0xFE02000000000000));
    is(machine_run(m, 1000, UINT64_MAX), STOP_LIMIT,
       "program-controlled interruptions without end");
    is(machine_run(m, UINT64_MAX, machine_time(m) + 1000000), STOP_LIMIT,
       "a limit of time ends it as well");
    ok(machine_time(m) > begin, "time goes on");
    machine_reset(m, false);
}

/* The data that come in are the list of where they go. */
static void
test_idaws(void)
{
    enum { LIST = DATA + 0x800 - 8 }; /* the last two words of a block */
    /* In EBCDIC: the first eight bytes replace both words of the list. */
    static const char beyond[] = "\xC3\xBF\xC3\xBF\xC3\xBF\xC3\xBF"
                                 "\xC3\xBF\xC3\xBF\xC3\xBF\xC3\xBF\n";
    struct csw csw;

    clear();
    machine_detach(m, READER);
    board_attach(m, READER, "3505",
                 board_file("deck", beyond, sizeof(beyond) - 1), "ascii");
    board_word(m, LIST, LIST);
    board_word(m, LIST + 4, DATA);
    board_ccw(m, P, 0x02, LIST, IDA, 80);
    is(board_run(m, READER, P, &csw) & 0xFF, PROGRAM,
       "a list that its own data make invalid");
    is(board_word_at(m, LIST + 4), 0xDFDFDFDF, "it was replaced");
    is(board_word_at(m, DATA), 0, "and not followed as it had been");
}

/* A program on a volume or in a deck whose loading never ends. */
static void
test_ipl(void)
{
    static const uint8_t loader[80] = {
        [12] = 0x60, [15] = 1, [8] = 0x03, [16] = 0x08, [19] = 8};

    clear();
    machine_detach(m, READER);
    board_attach(m, READER, "3505",
                 board_file("loader", loader, sizeof(loader)), "ebcdic");
    is(machine_ipl(m, READER), -1, "a loader without end is given up");
    ok(strstr(machine_error(m), "does not end") != NULL, "and named");
    machine_detach(m, READER);
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
            (board_sense(m, devno, 0) & intervention) != 0)
            return true;
    return false;
}

static void
test_paper(void)
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
    ok(size_of(lines) <= LIMIT + LONGEST_LINE, "its file is at its limit");
    machine_detach(m, PRINTER);
    board_attach(m, PRINTER, "1403", lines, NULL);
    ok(fill(PRINTER, 0x01, sizeof(line)), "lines over one another likewise");
    ok(size_of(lines) <= LIMIT + LONGEST_LINE, "its file is at its limit");
    machine_detach(m, PUNCH);
    board_attach(m, PUNCH, "3525", cards, NULL);
    ok(fill(PUNCH, 0x01, 80), "a punch without cards likewise");
    ok(size_of(cards) <= LIMIT + LONGEST_LINE, "its file is at its limit");
}

static void
note_printed(void *ctx, const char *text, size_t len)
{
    (void)text;
    *(unsigned long long *)ctx += len;
}

static void
test_console(void)
{
    unsigned long long printed = 0;
    struct csw csw;

    clear();
    board_attach(m, CONSOLE, "3215", NULL, NULL);
    machine_console_listen(m, CONSOLE, note_printed, &printed);
    ok(fill(CONSOLE, 0x09, 120), "a console without paper likewise");
    ok(printed <= LIMIT + LONGEST_LINE, "it has printed no more");
    board_ccw(m, P, 0x0A, DATA, SLI, 80);
    is(board_run(m, CONSOLE, P, &csw), UC, "and reads no more");
    machine_detach(m, CONSOLE);
    board_attach(m, CONSOLE, "3215", NULL, NULL);
    board_ccw(m, P, 0x09, DATA, SLI, 80);
    is(board_run(m, CONSOLE, P, &csw), CE | DE, "attached again it has paper");
}

/* A reel ends at its length, or at the limit. */
static void
test_tape(const char *words, const char *what)
{
    const char *reel = board_file("reel", "", 0);
    unsigned long long size = 0;
    bool marker = false;
    struct csw csw;
    unsigned i;

    clear();
    board_attach(m, TAPE, "3420", reel, words);
    board_ccw(m, P, 0x01, DATA, SLI, 0x800);
    for (i = 0; i < 4000; i++) {
        marker = (board_run(m, TAPE, P, &csw) & UX) != 0 || marker;
        if (i == 2000)
            size = size_of(reel);
    }
    ok(marker, "%s: its end is told before", what);
    ok(size > 0 && size <= LIMIT + 0x800 + 6, "%s: it takes blocks", what);
    is(size_of(reel), size, "%s: until it is full", what);
    machine_detach(m, TAPE);
}

/* Format writes go round and round a volume: it keeps its size. */
static void
test_volume(void)
{
    enum { HEADS = 20, TRACK = 7680 }; /* a 2314's cylinder */
    static uint8_t volume[VOLUME_HEADER + HEADS * TRACK];
    const char *path;
    struct csw csw;
    unsigned n;

    volume_make(volume, 1, HEADS, TRACK, VOLUME_2314);
    path = board_file("volume", volume, sizeof(volume));
    clear();
    is(board_attach(m, DISK, "2314", path, NULL), 0, "a volume");
    /* Seek to the last track; mask; record 0, then records without end. */
    board_word(m, DATA, 0);
    board_word(m, DATA + 4, (HEADS - 1) << 16);
    board_word(m, DATA + 8, 0x00000013); /* CC HH of record 1 */
    board_word(m, DATA + 12, 0x010001F4);
    board_word(m, DATA + 16, 0xC0000000);
    board_ccw(m, P, 0x07, DATA, CC, 6);
    board_ccw(m, P + 8, 0x1F, DATA + 16, CC, 1);
    board_ccw(m, P + 16, 0x31, DATA + 2, CC | SLI, 4);
    board_ccw(m, P + 24, 0x08, P + 16, 0, 0);
    board_ccw(m, P + 32, 0x1D, DATA + 8, CC | CD, 8);
    board_ccw(m, P + 40, 0, DATA, CC, 500);
    board_ccw(m, P + 48, 0x08, P + 32, 0, 0);
    for (n = 0; n < 50; n++)
        board_run(m, DISK, P, &csw);
    ok((csw.status & UC) != 0, "a track takes so many records");
    is(size_of(path), sizeof(volume), "the volume keeps its size");
    machine_detach(m, DISK);
}

/* The checks of a record are the guest's doing, the inputs a person's. */
static void
test_record(void)
{
    enum { ROUNDS = 400, INPUT_BYTES = 100, INSNS_BETWEEN = 100001 };
    const char *path = board_file("record", "", 0);
    unsigned long long began, half = 0;
    unsigned i;

    clear();
    board_word(m, 0x800, 0x47F00800);
    is(machine_record(m, path), 0, "a run is recorded");
    began = size_of(path);
    machine_set(m, "psw", 0x800);
    for (i = 0; i < ROUNDS; i++) {
        if (i == ROUNDS / 2)
            half = size_of(path);
        machine_run(m, INSNS_BETWEEN, UINT64_MAX);
        machine_external_key(m);
    }
    ok(half > began + LIMIT, "a check before each input");
    ok(size_of(path) < half + ROUNDS / 2 * INPUT_BYTES,
       "but none when they have taken what they may");
    is(machine_record_end(m), 0, "it ends well");
}

int
main(void)
{
    m = board_new_limited(LIMIT);
    test_loops();
    test_storms();
    test_pci();
    test_idaws();
    test_ipl();
    test_channel_loop();
    test_paper();
    test_console();
    test_tape("feet=60", "a short reel");
    test_tape(NULL, "a long reel");
    test_volume();
    test_record();
    board_end(m);
    return done();
}
