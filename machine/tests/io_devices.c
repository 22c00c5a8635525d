/*
 * io_devices.c - reader, punch, printer, console: their commands, and what is
 * said about files and words that are no good
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../io/card_code.h"
#include "board.h"
#include "tap.h"

enum {
    CONSOLE = 0x009,
    READER = 0x00C,
    PUNCH = 0x00D,
    PRINTER = 0x00E,
    P = 0x1000,
    D = 0x2000,
};

static struct machine *m;
static char paper[2000]; /* what the console has printed */

/* One command with `count` bytes at D. */
static unsigned
command(uint16_t devno, uint8_t code, uint16_t count)
{
    struct csw csw;

    board_ccw(m, P, code, D, SLI, count);
    return board_run(m, devno, P, &csw);
}

/* Sense bytes 0 to 3. */
static uint32_t
sense_word(uint16_t devno)
{
    struct csw csw;

    board_ccw(m, P, 0x04, D, SLI, 4);
    is(board_run(m, devno, P, &csw), CE | DE, "SENSE");
    return board_word_at(m, D);
}

static bool
file_is(const char *path, const char *text)
{
    static char there[8192];
    FILE *f = fopen(path, "rb");
    size_t n;

    if (f == NULL)
        return false;
    n = fread(there, 1, sizeof(there) - 1, f);
    there[n] = '\0';
    fclose(f);
    if (strcmp(there, text) == 0)
        return true;
    diag("the file is: %s", there);
    return false;
}

static void
test_reader(void)
{
    char *words[] = {(char *)board_file("one", "FIRST\nSECOND\n", 13),
                     (char *)board_file("two", "THIRD \xC3\xA4!", 9), "ascii",
                     "eof"};
    struct csw csw;
    int i;

    is(machine_attach(m, READER, "3505", 4, words), 0, "two decks");
    is(command(READER, 0x02, 80), CE | DE, "READ, feed, stacker 1");
    ok(board_has_text(m, D, "FIRST     "), "the first card, padded");
    is(command(READER, 0xC2, 80), CE | DE, "READ without feeding");
    ok(board_has_text(m, D, "SECOND"), "the second card");
    is(command(READER, 0x42, 80), CE | DE, "READ, feed, stacker 2");
    ok(board_has_text(m, D, "SECOND"), "is still the second");
    is(command(READER, 0x82, 80), CE | DE, "the second deck follows");
    ok(board_has_text(m, D, "THIRD \xC3\xA4!"), "its last line has no end");
    is(command(READER, 0x02, 80), CE | DE | UX, "end of file once");
    is(command(READER, 0x02, 80), UC, "then unit check");
    is(board_sense(m, READER, 0), 0x40, "intervention required");
    is(board_sense(m, READER, 0), 0x00, "which SENSE has reset");
    is(command(READER, 0x12, 80), UC, "there is no format mode");
    is(board_sense(m, READER, 0), 0x80, "command reject");
    machine_detach(m, READER);
    words[1] = "ascii";
    is(machine_attach(m, READER, "3505", 2, words), 0, "one deck, no eof");
    is(command(READER, 0x23, 1), CE | DE, "FEED");
    is(command(READER, 0x02, 80), CE | DE, "READ");
    ok(board_has_text(m, D, "SECOND"), "the second card");
    is(command(READER, 0x43, 1), UC, "X'43' is no command");
    is(command(READER, 0x02, 80), UC, "no end of file without the word");
    is(board_sense(m, READER, 0), 0x40, "intervention required");
    is(machine_attach(m, READER, "3505", 2, words), 0, "more cards");
    is(board_wait(m, &csw), READER, "it gets ready");
    is(csw.status, DE, "device end");
    is(machine_attach(m, READER, "3505", 2, words), 0, "and more");
    words[1] = "/nonexistent/deck";
    is(machine_attach(m, READER, "3505", 2, words), -1, "no such deck");
    for (i = 0; i < 4; i++)
        is(command(READER, 0x02, 80), CE | DE, "four cards, READ");
    is(command(READER, 0x02, 80), UC, "and no more");
    machine_detach(m, READER);
}

/* All 256 characters have holes of their own; some of them, and a card read in
 * column binary. */
static void
test_card_code(void)
{
    const struct {
        uint8_t code;
        uint16_t holes;
    } some[] = {
        {0x40, 0x000}, {0xC1, 0x900}, {0xD9, 0x401}, {0xE2, 0x280},
        {0xF0, 0x200}, {0xF9, 0x001}, {0x4B, 0x842}, {0x5C, 0x422},
        {0x6B, 0x242}, {0x7C, 0x022}, {0x61, 0x300}, {0x81, 0xB00},
        {0x99, 0xC01}, {0xA9, 0x601}, {0x15, 0x411}, {0xFF, 0xE07},
        {0x79, 0x102}, {0xE0, 0x282},
    };
    static bool used[0x1000];
    unsigned code, twice = 0;
    size_t i;

    for (code = 0; code < 256; code++) {
        twice += used[card_holes((uint8_t)code)];
        used[card_holes((uint8_t)code)] = true;
    }
    is(twice, 0, "256 patterns of holes");
    for (i = 0; i < sizeof(some) / sizeof(some[0]); i++)
        is(card_holes(some[i].code), some[i].holes, "X'%02X'", some[i].code);
    board_attach(m, READER, "3505", board_file("binary", "A9 Z\n", 5), "ascii");
    is(command(READER, 0x22, 160), CE | DE, "READ in data mode 2");
    is(board_word_at(m, D), 0x24000001, "A, 9");
    is(board_word_at(m, D + 4), 0x00000801, "blank, Z");
    machine_detach(m, READER);
}

/* Column binary is punched and read again; what is no character needs it. */
static void
test_binary_cards(void)
{
    const char *pipe;
    const char *path = board_file("holes", "", 0);
    const char *text = board_file("characters", "", 0);

    board_attach(m, PUNCH, "3525", path, "binary");
    board_word(m, D, 0x3F3F2400); /* all holes; an A */
    board_word(m, D + 4, 0x00010000);
    is(command(PUNCH, 0x21, 8), CE | DE, "WRITE in data mode 2");
    board_text(m, D, "A9");
    is(command(PUNCH, 0x01, 2), CE | DE, "and in data mode 1");
    machine_detach(m, PUNCH);
    is(board_attach(m, READER, "3505", path, "binary"), 0, "a binary deck");
    is(command(READER, 0xE2, 160), CE | DE, "READ in data mode 2");
    is(board_word_at(m, D), 0x3F3F2400, "the holes");
    is(command(READER, 0x02, 80), CE | DE | UC, "READ in data mode 1");
    is(board_sense(m, READER, 0), 0x08, "not all are characters: data check");
    is(command(READER, 0x02, 80), CE | DE, "the other card");
    ok(board_has_text(m, D, "A9  "), "has some");
    machine_detach(m, READER);
    is(board_attach(m, READER, "3505", text, "binary"), -1, "no cards");
    pipe = board_file("pipe", "", 0);
    is(unlink(pipe) | mkfifo(pipe, 0600), 0, "a pipe that nobody writes");
    is(board_attach(m, READER, "3505", pipe, "ascii"), -1, "is no deck");
    is(board_attach(m, READER, "3505", board_file("odd", "AB", 2), "binary"),
       -1, "no binary deck");
    board_attach(m, PUNCH, "3525", text, "ascii");
    board_word(m, D, 0x3F3F2400);
    is(command(PUNCH, 0x21, 160), CE | DE | UC, "holes in a file of text");
    is(board_sense(m, PUNCH, 0), 0x10, "equipment check");
    board_word(m, D, 0x24000001);
    board_word(m, D + 4, 0);
    is(command(PUNCH, 0xA1, 8), CE | DE, "but characters can be");
    machine_detach(m, PUNCH);
    ok(file_is(text, "A9\n"), "that card is there");
}

static void
test_punch(void)
{
    const char *path = board_file("cards", "", 0);

    is(board_attach(m, PUNCH, "3525", path, "ascii"), 0, "punch");
    board_text(m, D, "HELLO, WORLD");
    is(command(PUNCH, 0x01, 5), CE | DE, "WRITE");
    is(command(PUNCH, 0x41, 12), CE | DE, "WRITE, stacker 2");
    is(command(PUNCH, 0x23, 1), CE | DE, "FEED");
    is(command(PUNCH, 0xC1, 12), UC, "there is no stacker 4");
    is(board_sense(m, PUNCH, 0), 0x80, "command reject");
    is(command(PUNCH, 0x43, 1), UC, "X'43' is no command");
    machine_detach(m, PUNCH);
    ok(file_is(path, "HELLO\nHELLO, WORLD\n"), "the cards");
}

static void
test_printer(void)
{
    const char *path = board_file("lines", "", 0);
    char expected[512];
    int i;

    is(board_attach(m, PRINTER, "1403", path, NULL), 0, "printer");
    board_text(m, D, "UNDER");
    is(command(PRINTER, 0x09, 5), CE | DE, "WRITE, space 1");
    is(command(PRINTER, 0x01, 5), CE | DE, "WRITE without spacing");
    is(command(PRINTER, 0x11, 3), CE | DE, "over it; space 2");
    is(command(PRINTER, 0x1B, 1), CE | DE, "space 3 at once");
    is(command(PRINTER, 0x8B, 1), CE | DE, "skip to channel 1");
    is(command(PRINTER, 0x91, 5), CE | DE, "WRITE, skip to channel 2");
    is(command(PRINTER, 0x00 | 0xE3, 1), CE | DE, "skip to channel 12");
    is(command(PRINTER, 0x0B, 1), CE | DE, "on to line 62");
    is(command(PRINTER, 0x0B, 1), CE | DE | UC, "channel 9: unit check");
    is(board_sense(m, PRINTER, 0), 0x01, "sense bit 7");
    is(command(PRINTER, 0xE3, 1), CE | DE, "channel 12 of the next form");
    is(command(PRINTER, 0xDB, 1), CE | DE, "skip to channel 11");
    is(command(PRINTER, 0x1B, 1), CE | DE, "line 58");
    is(command(PRINTER, 0x1B, 1), CE | DE | UX, "channel 12: unit exception");
    is(command(PRINTER, 0x21, 1), UC, "no such command");
    is(board_sense(m, PRINTER, 0), 0x80, "command reject");
    is(command(PRINTER, 0xE9, 1), UC, "no channel 13");
    machine_detach(m, PRINTER);
    strcpy(expected, "UNDER\nUNDER\rUND\n\n\n\n\n\fUNDER");
    for (i = 1; i < 61; i++)
        strcat(expected, "\n");
    strcat(expected, "\n\n");
    for (i = 63; i < 66 + 61; i++)
        strcat(expected, "\n");
    for (i = 61; i < 66 + 55; i++)
        strcat(expected, "\n");
    strcat(expected, "\n\n\n\n\n\n");
    ok(file_is(path, expected), "the paper");
}

/* A carriage tape of ten lines with channel 1 at line 2, 2 at line 5. */
static void
test_carriage_tape(void)
{
    const char *path = board_file("tape", "", 0);

    is(board_attach(m, PRINTER, "1403", path, "carriage=10:2,5"), 0, "1403");
    is(command(PRINTER, 0x93, 1), CE | DE, "skip to channel 2, line 5");
    is(command(PRINTER, 0x8B, 1), CE | DE, "to channel 1 of the next form");
    is(command(PRINTER, 0x93, 1), CE | DE, "and 3 lines on");
    is(command(PRINTER, 0x9B, 1), CE | DE | UC, "channel 3 is nowhere");
    is(board_sense(m, PRINTER, 0), 0x40, "intervention required");
    machine_detach(m, PRINTER);
    ok(file_is(path, "\n\n\n\n\f\n\n\n\n\n\n\n\n\n\n\n\n\n"), "the paper");
    is(board_attach(m, PRINTER, "1403", path, "carriage=10:11"), -1,
       "no line 11 of 10");
    is(board_attach(m, PRINTER, "1403", path, "carriage=0"), -1, "no lines");
    is(board_attach(m, PRINTER, "1403", path, "carriage=181"), -1, "too many");
    is(board_attach(m, PRINTER, "1403", path, "carriage=9:1,2x"), -1, "noise");
}

/* A train of A B C only. */
static void
test_train(void)
{
    const char *path = board_file("train", "", 0);
    struct csw csw;
    unsigned i;

    is(board_attach(m, PRINTER, "1403", path, NULL), 0, "1403");
    for (i = 0; i < 240; i += 4)
        board_word(m, D + 0x100 + i, 0xC1C2C340);
    board_text(m, D, "ABCD");
    is(command(PRINTER, 0x09, 4), CE | DE, "the standard train has all");
    is(command(PRINTER, 0xFB, 240), UC, "loading needs the gate");
    is(board_sense(m, PRINTER, 0), 0x80, "command reject");
    board_ccw(m, P, 0xEB, 0, CC | SLI, 1);
    board_ccw(m, P + 8, 0xFB, D + 0x100, 0, 240);
    is(board_run(m, PRINTER, P, &csw), CE | DE, "UCS GATE LOAD, load");
    is(command(PRINTER, 0x09, 4), CE | DE | UC, "D is not on the train");
    is(board_sense(m, PRINTER, 0), 0x08, "data check");
    is(command(PRINTER, 0x73, 1), CE | DE, "BLOCK DATA CHECK");
    is(command(PRINTER, 0x09, 4), CE | DE, "no data check");
    is(command(PRINTER, 0x7B, 1), CE | DE, "ALLOW DATA CHECK");
    board_text(m, D, "abc");
    is(command(PRINTER, 0x09, 3), CE | DE | UC, "no small letters");
    board_ccw(m, P, 0xEB, 0, CC | SLI, 1);
    board_ccw(m, P + 8, 0xF3, D + 0x100, 0, 240);
    is(board_run(m, PRINTER, P, &csw), CE | DE, "load and fold");
    is(command(PRINTER, 0x09, 3), CE | DE, "small letters print as capitals");
    board_ccw(m, P, 0xEB, 0, CC | SLI, 1);
    board_ccw(m, P + 8, 0xFB, D + 0x100, SLI, 239);
    board_run(m, PRINTER, P, &csw);
    is(csw.status, CE | DE | UC, "a character set that is too short");
    is(command(PRINTER, 0x63, 1), UC, "a 1403 has no forms control buffer");
    machine_detach(m, PRINTER);
    ok(file_is(path, "ABCD\nABC \nABC \n   \nABC\n"), "the paper");
}

static void
test_3211(void)
{
    char *intervention[] = {(char *)"intervention", (char *)"count=1"};
    const char *path = board_file("3211", "", 0);
    unsigned i;

    is(board_attach(m, PRINTER, "3211", path, NULL), 0, "3211");
    board_word(m, D, 0x01000900);     /* lines 1 to 4: channels 1, -, 9, - */
    board_word(m, D + 4, 0x0C100000); /* 12 in line 5; line 6 is the last */
    is(command(PRINTER, 0x63, 6), CE | DE, "LOAD FCB");
    is(command(PRINTER, 0xCB, 1), CE | DE, "skip to channel 9");
    is(command(PRINTER, 0x13, 1), CE | DE | UX, "space 2 to channel 12");
    is(command(PRINTER, 0x8B, 1), CE | DE, "skip to channel 1");
    is(command(PRINTER, 0x13, 1), CE | DE | UC, "space 2 to channel 9");
    is(board_sense(m, PRINTER, 0), 0x01, "sense bit 7");
    is(command(PRINTER, 0x93, 1), CE | DE | UC, "channel 2 is nowhere");
    is(sense_word(PRINTER), 0x08100000, "data check, line position");
    board_word(m, D, 0);
    is(command(PRINTER, 0x12, 180), CE | DE, "READ FCB");
    is(board_word_at(m, D), 0x01000900, "the buffer");
    board_word(m, D + 4, 0x0D100000);
    is(command(PRINTER, 0x63, 6), CE | DE | UC, "there is no channel 13");
    is(board_sense(m, PRINTER, 0), 0x02, "load check");
    board_word(m, D + 4, 0);
    is(command(PRINTER, 0x63, 8), CE | DE | UC, "a form without an end");
    for (i = 0; i < 512; i += 4)
        board_word(m, D + i, 0xC1C2C340);
    is(command(PRINTER, 0xFB, 512), CE | DE, "LOAD UCS");
    board_text(m, D, "abc");
    is(command(PRINTER, 0x43, 1), CE | DE, "FOLD");
    is(command(PRINTER, 0x01, 3), CE | DE, "WRITE");
    is(command(PRINTER, 0x23, 1), CE | DE, "UNFOLD");
    is(command(PRINTER, 0x09, 3), CE | DE | UC, "WRITE: data check");
    is(sense_word(PRINTER), 0x08400000, "data check, print check");
    is(command(PRINTER, 0x02, 132), CE | DE, "read the print-line buffer");
    ok(board_has_text(m, D, "abc   "), "the line");
    is(command(PRINTER, 0x0A, 512), CE | DE, "read the UCS buffer");
    is(board_word_at(m, D + 508), 0xC1C2C340, "the train");
    is(machine_fault(m, PRINTER, 2, intervention), 0, "a fault");
    is(command(PRINTER, 0x09, 3), UC, "WRITE while the printer is not ready");
    is(sense_word(PRINTER), 0x40040000, "intervention, command suppressed");
    machine_detach(m, PRINTER);
    ok(file_is(path, "\n\n\n\n\f\n\n\n\n\n\n\n\nABC\r   \n"), "the paper");
}

static void
print(void *ctx, const char *text, size_t len)
{
    (void)ctx;
    strncat(paper, text, len);
}

static void
test_console(void)
{
    struct csw csw;

    is(board_attach(m, CONSOLE, "3215", NULL, NULL), 0, "console");
    machine_console_listen(m, CONSOLE, print, NULL);
    board_text(m, D, "ABC");
    is(command(CONSOLE, 0x01, 3), CE | DE, "WRITE");
    is(command(CONSOLE, 0x09, 3), CE | DE, "WRITE, carrier return");
    is(strcmp(paper, "ABCABC\n"), 0, "the paper");
    is(command(CONSOLE, 0x0B, 1), CE | DE, "ALARM");
    paper[0] = '\0';
    machine_type(m, CONSOLE, "early \xC3\xA9");
    is(command(CONSOLE, 0x0A, 80), CE | DE,
       "READ INQUIRY of a line typed "
       "before");
    ok(board_has_text(m, D, "early \xC3\xA9"), "the line");
    is(strcmp(paper, "early \xC3\xA9\n"), 0, "it is printed");
    board_ccw(m, P, 0x0E, D, 0, 80);
    is(board_start(m, CONSOLE, P), 0, "a read without printing");
    ok(machine_console_waiting(m, CONSOLE), "the keyboard is open");
    ok(machine_console_hidden(m, CONSOLE), "and hidden");
    machine_stop_at_read(m, false);
    paper[0] = '\0';
    machine_type(m, CONSOLE, "secret");
    is(board_wait(m, &csw), CONSOLE, "the read ends");
    is(csw.count, 74, "count");
    is(strcmp(paper, "\n"), 0, "nothing but the carrier return is printed");
    ok(!machine_console_waiting(m, CONSOLE), "the keyboard is closed");
    board_ccw(m, P, 0x0A, D, 0, 80);
    board_start(m, CONSOLE, P);
    machine_cancel(m, CONSOLE);
    board_wait(m, &csw);
    is(csw.status & UX, UX, "the cancel key: unit exception");
    is(command(CONSOLE, 0x02, 1), UC, "no such command");
    is(board_sense(m, CONSOLE, 0), 0x80, "command reject");
    is(machine_type(m, 0x123, "X"), -1, "typing where no console is");
    ok(strstr(machine_error(m), "0123") != NULL, "the message has the address");
    machine_detach(m, CONSOLE);
}

/* What must be refused, and a part of the message. */
static void
test_refused(void)
{
    static const char deck_79[79] = "no cards", empty[1];
    const char *ascii_81 =
        board_file("long",
                   "0123456789012345678901234567890123456789"
                   "01234567890123456789012345678901234567890\n",
                   82);
    const char *greek = board_file("greek", "OK\n\xCE\xB1\n", 6);
    const char *odd = board_file("odd", deck_79, sizeof(deck_79));
    const char *none = board_file("empty", empty, 0);
    const struct {
        const char *type, *word1, *word2, *message;
    } bad[] = {
        {"3505", "/nonexistent/deck", NULL, "/nonexistent/deck"},
        {"3505", "/", NULL, "not a regular file"},
        {"3505", odd, NULL, "79 bytes"},
        {"3505", none, NULL, "no cards"},
        {"3505", ascii_81, "ascii", "line 1 is longer"},
        {"3505", greek, "ascii", "line 2"},
        {"3525", "/nonexistent/cards", NULL, "cannot write"},
        {"3525", NULL, NULL, "name the file"},
        {"1403", "/nonexistent/lines", NULL, "cannot write"},
        {"1403", NULL, NULL, "name one file"},
        {"3215", "words", NULL, "words"},
        {"3330", NULL, NULL, "name an image"},
        {"3330", odd, NULL, "too short"},
        {"3330", "/nonexistent/disk", NULL, "/nonexistent/disk"},
        {"2540", NULL, NULL, "unknown device type"},
    };
    size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        is(board_attach(m, 0x0E0, bad[i].type, bad[i].word1, bad[i].word2), -1,
           "refused: %s %s", bad[i].type, bad[i].message);
        ok(strstr(machine_error(m), bad[i].message) != NULL, "the message");
    }
    is(board_attach(m, 0x700, "3215", NULL, NULL), -1, "no channel 7");
    is(board_attach(m, 0x009, "3215", NULL, NULL), 0, "once");
    is(board_attach(m, 0x009, "3215", NULL, NULL), -1, "but not twice");
    is(machine_detach(m, 0x008), -1, "nothing to detach");
}

int
main(void)
{
    m = board_new();
    test_reader();
    test_card_code();
    test_binary_cards();
    test_punch();
    test_printer();
    test_carriage_tape();
    test_train();
    test_3211();
    test_console();
    test_refused();
    board_end(m);
    return done();
}
