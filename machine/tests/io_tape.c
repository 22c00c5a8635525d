/*
 * io_tape.c - the 3420: commands, status, sense, times, damaged reels
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "board.h"
#include "tap.h"

enum {
    TAPE = 0x180,
    P = 0x1000,
    D = 0x2000,
    WRITE = 0x01,
    READ = 0x02,
    NOP = 0x03,
    REWIND = 0x07,
    READ_BACKWARD = 0x0C,
    UNLOAD = 0x0F,
    ERASE_GAP = 0x17,
    WRITE_MARK = 0x1F,
    BACK_BLOCK = 0x27,
    BACK_FILE = 0x2F,
    FORWARD_BLOCK = 0x37,
    FORWARD_FILE = 0x3F,
    SECURITY_ERASE = 0x97,
};
#define MS UINT64_C(1000000)

static struct machine *m;

static unsigned
command(uint8_t code, uint32_t data, uint16_t count)
{
    struct csw csw;

    board_ccw(m, P, code, data, SLI, count);
    return board_run(m, TAPE, P, &csw);
}

static int
attach(const char *w1, const char *w2, const char *w3)
{
    char *words[] = {(char *)w1, (char *)w2, (char *)w3};

    return machine_attach(m, TAPE, "3420",
                          w1 == NULL   ? 0
                          : w2 == NULL ? 1
                          : w3 == NULL ? 2
                                       : 3,
                          words);
}

static void
write_text(const char *text)
{
    board_text(m, D, text);
    is(command(WRITE, D, (uint16_t)strlen(text)), CE | DE, "WRITE %s", text);
}

/* One step along a reel AAAA BB mark CCC mark mark. */
static void
test_motion(void)
{
    const struct step {
        uint8_t code;
        unsigned status;
        const char *text; /* read, or NULL */
    } steps[] = {
        {READ, CE | DE, "AAAA"},
        {READ, CE | DE, "BB"},
        {READ, CE | DE | UX, NULL},
        {READ, CE | DE, "CCC"},
        {READ_BACKWARD, CE | DE, NULL},
        {BACK_BLOCK, CE | DE | UX, NULL},
        {BACK_BLOCK, CE | DE, NULL},
        {READ, CE | DE, "BB"},
        {FORWARD_FILE, CE | DE, NULL},
        {READ, CE | DE, "CCC"},
        {BACK_FILE, CE | DE, NULL},
        {FORWARD_BLOCK, CE | DE | UX, NULL},
        {FORWARD_BLOCK, CE | DE, NULL},
        {FORWARD_FILE, CE | DE, NULL},
        {FORWARD_FILE, CE | DE, NULL},
        {FORWARD_BLOCK, CE | DE | UC, NULL}, /* nothing there */
        {BACK_FILE, CE | DE, NULL},
        {BACK_FILE, CE | DE, NULL},
        {BACK_FILE, CE | DE, NULL},
        {BACK_FILE, CE | DE | UC, NULL}, /* the load point */
        {READ, CE | DE, "AAAA"},
        {REWIND, CE | DE, NULL},
        {BACK_BLOCK, CE | DE | UC, NULL},
        {READ_BACKWARD, CE | DE | UC, NULL},
        {READ, CE | DE, "AAAA"},
    };
    size_t i;

    is(command(REWIND, 0, 1), CE | DE, "REWIND");
    for (i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        const struct step *s = &steps[i];

        is(command(s->code, D, 80), s->status, "step %zu: X'%02X'", i, s->code);
        if (s->text != NULL)
            ok(board_has_text(m, D, s->text), "step %zu: %s", i, s->text);
    }
}

static void
test_sense(const char *path)
{
    is(command(REWIND, 0, 1), CE | DE, "REWIND");
    is(board_sense(m, TAPE, 1), 0x48, "ready, at the load point");
    is(board_sense(m, TAPE, 5), 0xC0, "a 3803");
    is(board_sense(m, TAPE, 6), 0x3B, "dual density, 6250 set, model 8");
    command(READ, D, 80);
    is(board_sense(m, TAPE, 1), 0x40, "off the load point");
    is(board_sense(m, TAPE, 3), 0x00, "not 1600, not backward");
    command(BACK_BLOCK, 0, 1);
    is(board_sense(m, TAPE, 3), 0x02, "backward");
    is(command(0x4B, 0, 1), UC, "no such command");
    is(board_sense(m, TAPE, 0), 0x80, "command reject");
    is(command(SECURITY_ERASE, 0, 1), UC, "DATA SECURITY ERASE alone");
    is(board_sense(m, TAPE, 0), 0x80, "must be chained to ERASE GAP");
    is(command(BACK_BLOCK, 0, 1), CE | DE | UC, "backward at the load point");
    is(board_sense(m, TAPE, 0), 0x00, "no error bit ...");
    command(BACK_BLOCK, 0, 1);
    is(board_sense(m, TAPE, 1), 0x48, "... but load point");

    is(attach(path, "ro", NULL), 0, "the same reel without its ring");
    is(command(WRITE, D, 4), BUSY | DE, "it has just got ready");
    is(command(WRITE, D, 4), UC, "WRITE is refused");
    is(board_sense(m, TAPE, 0), 0x80, "command reject");
    is(board_sense(m, TAPE, 1), 0x4A, "file protected");
    is(command(WRITE_MARK, 0, 1), UC, "WRITE TAPE MARK too");
    is(command(READ, D, 4), CE | DE, "READ is not");
}

static void
test_readiness(const char *path)
{
    const char *pipe;
    struct csw csw;

    is(attach(NULL, NULL, NULL), 0, "the reel is taken off");
    is(command(READ, D, 4), UC, "not ready");
    is(board_sense(m, TAPE, 0), 0x40, "intervention required");
    is(board_sense(m, TAPE, 1), 0x20, "not ready");
    is(command(NOP, 0, 1), CE | DE, "NO OPERATION");
    is(command(0xC3, 0, 1), CE | DE, "MODE SET");
    is(attach(path, NULL, NULL), 0, "a reel is put on");
    is(board_wait(m, &csw), TAPE, "it gets ready");
    is(csw.status, DE, "device end");
    is(command(READ, D, 4), CE | DE, "READ");
    is(command(UNLOAD, 0, 1) & (CE | DE | UC), CE | DE | UC, "REWIND UNLOAD");
    is(board_sense(m, TAPE, 0), 0x40, "intervention required");
    is(command(READ, D, 4), UC, "the reel is off");
    is(attach("/nonexistent/reel", "ro", NULL), -1, "no such reel");
    ok(strstr(machine_error(m), "/nonexistent/reel") != NULL, "the message");
    is(attach(path, "model=9", NULL), -1, "no model 9");
    is(attach(path, "feet=9", NULL), -1, "no reel of 9 feet");
    is(attach(path, "rw", NULL), -1, "no such word");
    is(attach("/", "ro", NULL), -1, "no regular file");
    pipe = board_file("pipe", "", 0);
    is(unlink(pipe) | mkfifo(pipe, 0600), 0, "a pipe that nobody writes");
    is(attach(pipe, "ro", NULL), -1, "is not waited for");
}

static void
test_backward_data(void)
{
    struct csw csw;

    command(REWIND, 0, 1);
    command(READ, D, 4);
    command(READ, D, 4);
    board_word(m, D, 0);
    board_ccw(m, P, READ_BACKWARD, D + 9, 0, 2);
    board_run(m, TAPE, P, &csw);
    is(csw.status, CE | DE, "READ BACKWARD");
    ok(board_has_text(m, D + 8, "BB"), "it fills storage downward");
    board_ccw(m, P, READ_BACKWARD, D + 1, 0, 2);
    board_run(m, TAPE, P, &csw);
    is(csw.status, CE | DE | IL, "a longer block: incorrect length");
    ok(board_has_text(m, D, "AA"), "its end is there");
}

/* Blocks of 6250 bytes at 6250 an inch: 1.3 inches each, at 200 an inch a
 * second. */
static void
test_time_and_end(void)
{
    const char *path = board_file("short", "", 0);
    uint64_t since;
    unsigned status, n = 0;

    is(attach(path, "feet=50", NULL), 0, "a reel of 50 feet");
    board_io(m, TIO, TAPE);
    since = machine_time(m);
    is(command(WRITE, D, 6250), CE | DE, "WRITE");
    ok(machine_time(m) - since > 13 * MS / 2 &&
           machine_time(m) - since < 7 * MS,
       "6.5 ms");
    command(REWIND, 0, 1);
    command(0xC3, 0, 1);
    since = machine_time(m);
    command(WRITE, D, 6250);
    ok(machine_time(m) - since > 22 * MS && machine_time(m) - since < 23 * MS,
       "at 1600: 22.5 ms");
    is(board_sense(m, TAPE, 3), 0x04, "1600 set");
    command(REWIND, 0, 1);
    command(0xD3, 0, 1);
    do
        status = command(WRITE, D, 6250);
    while (status == (CE | DE) && ++n < 1000);
    is(status, CE | DE | UX, "the end of the reel: unit exception");
    is(n, 25 * 12 * 10 / 13, "where its marker is");
    is(board_sense(m, TAPE, 4), 0x20, "tape indicate");
    is(command(WRITE_MARK, 0, 1), CE | DE | UX, "a mark still fits");
    is(command(BACK_BLOCK, 0, 1), CE | DE | UX, "back over it");
    is(command(BACK_BLOCK, 0, 1), CE | DE, "BACKSPACE BLOCK");
    is(command(READ, D, 6250), CE | DE, "reading tells nothing of the end");
    do
        status = command(WRITE, D, 6250);
    while (status == (CE | DE | UX) && ++n < 1000);
    is(status, CE | DE | UC, "the tape runs off");
    is(board_sense(m, TAPE, 0), 0x50, "intervention required");
    is(n, 50 * 12 * 10 / 13 - 1, "after 50 feet");
}

static void
test_erase(const char *path)
{
    struct csw csw;
    struct stat st;

    attach(path, NULL, NULL);
    board_io(m, TIO, TAPE);
    command(READ, D, 4);
    board_ccw(m, P, ERASE_GAP, 0, CC | SLI, 1);
    board_ccw(m, P + 8, SECURITY_ERASE, 0, SLI, 1);
    is(board_run(m, TAPE, P, &csw), CE | DE, "ERASE GAP, DATA SECURITY ERASE");
    is(stat(path, &st) == 0 ? (unsigned)st.st_size : 0, 10, "one block left");
    is(command(READ, D, 4), CE | DE | UC, "blank tape");
    is(board_sense(m, TAPE, 0), 0x08, "data check");
}

/* Chunks of 100 bytes, as other programs write them. */
static void
test_chunks(void)
{
    static const char file[] = "\x03\x00\x00\x00\x80\x00"
                               "\xC1\xC2\xC3"
                               "\x02\x00\x03\x00\x00\x00"
                               "\xC4\xC5"
                               "\x01\x00\x02\x00\x20\x00"
                               "\xC6"
                               "\x00\x00\x01\x00\x40\x00";
    struct csw csw;

    is(attach(board_file("chunks", file, sizeof(file) - 1), "ro", NULL), 0,
       "a block in three chunks");
    board_io(m, TIO, TAPE);
    board_ccw(m, P, READ, D, 0, 6);
    board_run(m, TAPE, P, &csw);
    is(csw.status, CE | DE, "is one block");
    ok(board_has_text(m, D, "ABCDEF"), "of all the bytes");
    is(command(READ, D, 6), CE | DE | UX, "the mark");
    is(command(BACK_BLOCK, 0, 1), CE | DE | UX, "back");
    board_ccw(m, P, READ_BACKWARD, D + 15, 0, 6);
    board_run(m, TAPE, P, &csw);
    is(csw.status, CE | DE, "backward likewise");
    ok(board_has_text(m, D + 10, "ABCDEF"), "of all the bytes");
}

static void
test_large_block(void)
{
    struct csw csw;
    unsigned i;

    is(attach(board_file("large", "", 0), NULL, NULL), 0, "a reel");
    board_io(m, TIO, TAPE);
    for (i = 0; i < 4; i++)
        board_ccw(m, P + 8 * i, WRITE, 0x10000, i < 3 ? CD : 0, 50000);
    board_run(m, TAPE, P, &csw);
    is(csw.status, CE | DE, "200,000 bytes by data chaining");
    command(REWIND, 0, 1);
    for (i = 0; i < 4; i++)
        board_ccw(m, P + 8 * i, READ, 0x10000, i < 3 ? CD : 0, 50000);
    board_run(m, TAPE, P, &csw);
    is(csw.status, CE | DE, "are one block again");
    is(csw.count, 0, "complete");
}

/* An IPL record (PSW, a CCW that reads on, one that is not used), then the
 * program. */
static void
test_ipl(void)
{
    static const char file[] = "\x18\x00\x00\x00\xA0\x00"
                               "\x00\x02\x00\x00\x00\x00\x12\x34"
                               "\x02\x00\x30\x00\x20\x00\x00\x50"
                               "\x00\x00\x00\x00\x00\x00\x00\x00"
                               "\x04\x00\x18\x00\xA0\x00\xD7\xC7\xD4\x5A";
    uint64_t psw;

    is(attach(board_file("ipl", file, sizeof(file) - 1), "ro", NULL), 0,
       "a reel to load from");
    is(machine_ipl(m, TAPE), 0, "initial program loading");
    machine_get(m, "psw", &psw);
    is(psw & 0xFFFFFF, 0x1234, "its PSW");
    ok(board_has_text(m, 0x3000, "PGM!"), "its program");
}

/* The second header of a reel is damaged in different ways; the first block
 * is good. */
static void
test_damage(void)
{
#define GOOD "\x01\x00\x00\x00\xA0\x00\xC1"
    static const struct damage {
        const char *name, *bytes;
        size_t len;
    } bad[] = {
        {"header cut off", GOOD "\x04\x00\x01", 10},
        {"block cut off", GOOD "\x04\x00\x01\x00\xA0\x00\xC1", 14},
        {"longer than the file", GOOD "\xFF\xFF\x01\x00\xA0\x00\xC1\xC2", 15},
        {"no first chunk", GOOD "\x01\x00\x01\x00\x20\x00\xC1", 14},
        {"no last chunk", GOOD "\x01\x00\x01\x00\x80\x00\xC1", 14},
        {"mark with a length", GOOD "\x01\x00\x01\x00\x40\x00\xC1", 14},
        {"no length, no mark", GOOD "\x00\x00\x01\x00\xA0\x00", 13},
        {"compressed", GOOD "\x01\x00\x01\x00\xA1\x00\xC1", 14},
    };
    static const char wrong_before[] = GOOD "\x01\x00\x09\x00\xA0\x00\xC2";
    static const char far_before[] = GOOD "\x01\x00\xFF\xFF\xA0\x00\xC2";
    static const char text[] = "not a tape at all";
    size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        is(attach(board_file("bad", bad[i].bytes, bad[i].len), "ro", NULL), 0,
           "%s", bad[i].name);
        board_io(m, TIO, TAPE);
        is(command(READ, D, 80), CE | DE, "the good block");
        is(command(READ, D, 80), CE | DE | UC, "the bad one: unit check");
        is(board_sense(m, TAPE, 0), 0x08, "data check");
        is(command(FORWARD_FILE, 0, 1), CE | DE | UC, "no way past it");
        is(command(BACK_FILE, 0, 1), CE | DE | UC, "but back");
        is(board_sense(m, TAPE, 1) & 0x08, 0x08, "to the load point");
    }
    attach(board_file("back", wrong_before, sizeof(wrong_before) - 1), NULL,
           NULL);
    board_io(m, TIO, TAPE);
    is(command(READ, D, 1), CE | DE, "forward");
    is(command(READ, D, 1), CE | DE, "a header of a wrong length before it");
    is(command(READ_BACKWARD, D, 1), CE | DE, "backward over its block");
    is(command(READ_BACKWARD, D, 1), CE | DE | UC, "no further");
    attach(board_file("far", far_before, sizeof(far_before) - 1), NULL, NULL);
    board_io(m, TIO, TAPE);
    command(FORWARD_FILE, 0, 1);
    is(command(BACK_FILE, 0, 1), CE | DE | UC,
       "a length before the load point");
    is(board_sense(m, TAPE, 0), 0x08, "data check");
    is(attach(board_file("text", text, sizeof(text) - 1), NULL, NULL), -1,
       "a file of another kind is refused");
    ok(strstr(machine_error(m), "no AWSTAPE file") != NULL, "the message");
}

int
main(void)
{
    const char *path = board_file("reel", "", 0);

    m = board_new();
    is(attach(path, NULL, NULL), 0, "an empty reel");
    write_text("AAAA");
    write_text("BB");
    is(command(WRITE_MARK, 0, 1), CE | DE, "WRITE TAPE MARK");
    write_text("CCC");
    is(command(WRITE_MARK, 0, 1), CE | DE, "WRITE TAPE MARK");
    is(command(WRITE_MARK, 0, 1), CE | DE, "WRITE TAPE MARK");
    test_motion();
    test_backward_data();
    test_sense(path);
    test_readiness(path);
    test_time_and_end();
    test_erase(path);
    test_chunks();
    test_large_block();
    test_damage();
    test_ipl();
    board_end(m);
    return done();
}
