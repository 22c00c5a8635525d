/*
 * io_channel.c - channel programs, CSWs, and the I/O instructions
 *
 * The device is a card reader on channel 0 with cards that begin CARD 01,
 * CARD 02 ..., and a printer, since it takes data; a disk on channel 1 for
 * what is different in burst mode.
 */
#include <stdio.h>
#include <string.h>

#include "board.h"
#include "tap.h"

enum {
    READER = 0x00C,
    PRINTER = 0x00E,
    CONSOLE = 0x009,
    P = 0x1000, /* channel program */
    D = 0x2000, /* data */
    READ = 0x02,
    READ_STAY = 0xC2, /* the card stays: channel end and device end together */
    WRITE = 0x01,
    NOP = 0x03,
    TIC = 0x08,
};

static struct machine *m;

static void
expect(const struct csw *csw, uint32_t addr, unsigned status, unsigned count,
       const char *what)
{
    is(csw->addr, addr, "%s: command address", what);
    is(csw->status, status, "%s: status", what);
    is(csw->count, count, "%s: count", what);
}

static void
test_normal_end(void)
{
    struct csw csw;

    machine_key_set(m, D, 0x30);
    board_ccw(m, P, READ_STAY, D, 0, 80);
    is(board_start(m, READER, 0x30000000 | P), 0, "SIO starts the reader");
    is(board_wait(m, &csw), READER, "it interrupts");
    expect(&csw, P + 8, CE | DE, 0, "normal end");
    is(csw.key, 3, "the CSW has the key of the CAW");
    ok(board_has_text(m, D, "CARD 01"), "the card is in storage");
    is(board_io(m, TIO, READER), 0, "TIO: available afterwards");
}

static void
test_length(void)
{
    struct csw csw;

    board_ccw(m, P, READ_STAY, D, 0, 100);
    board_run(m, READER, P, &csw);
    expect(&csw, P + 8, CE | DE | IL, 20, "the record is shorter");
    board_ccw(m, P, READ_STAY, D, 0, 50);
    board_run(m, READER, P, &csw);
    expect(&csw, P + 8, CE | DE | IL, 0, "the record is longer");
    board_ccw(m, P, READ_STAY, D, SLI, 100);
    board_run(m, READER, P, &csw);
    expect(&csw, P + 8, CE | DE, 20, "suppressed");
    board_ccw(m, P, READ_STAY, D, CC, 100);
    board_ccw(m, P + 8, NOP, D, SLI, 1);
    board_run(m, READER, P, &csw);
    expect(&csw, P + 8, CE | DE | IL, 20, "wrong length ends a chain");
    board_ccw(m, P, READ_STAY, D, CC | SLI, 100);
    board_run(m, READER, P, &csw);
    expect(&csw, P + 16, CE | DE, 1, "unless it is suppressed");
}

static void
test_skip(void)
{
    struct csw csw;

    board_word(m, D, 0x11111111);
    board_ccw(m, P, READ_STAY, D, SKIP, 80);
    board_run(m, READER, P, &csw);
    expect(&csw, P + 8, CE | DE, 0, "skip");
    is(board_word_at(m, D), 0x11111111, "skip: storage is untouched");
    board_ccw(m, P, READ_STAY, 0xFFFFF0, SKIP, 80);
    board_run(m, READER, P, &csw);
    expect(&csw, P + 8, CE | DE, 0, "skip: the data address is not used");
}

static void
test_data_chaining(void)
{
    struct csw csw;

    board_word(m, D + 5, 0x11111111);
    board_ccw(m, P, READ_STAY, D, CD, 5);
    board_ccw(m, P + 8, 0, D + 0x100, CD | SKIP, 5);
    board_ccw(m, P + 16, 0, D + 0x200, 0, 70);
    board_run(m, READER, P, &csw);
    expect(&csw, P + 24, CE | DE, 0, "data chaining");
    ok(board_has_text(m, D, "CARD "), "first part");
    is(board_word_at(m, D + 5), 0x11111111, "and nothing behind it");
    board_ccw(m, P, READ_STAY, D, CD | SLI, 100);
    board_ccw(m, P + 8, 0, D, 0, 5);
    board_run(m, READER, P, &csw);
    expect(&csw, P + 8, CE | DE | IL, 20, "SLI does not count with CD");
    board_ccw(m, P, READ_STAY, D, CD, 40);
    board_ccw(m, P + 8, TIC, P + 0x40, 0, 0);
    board_ccw(m, P + 0x40, 0, D + 40, 0, 40);
    board_run(m, READER, P, &csw);
    expect(&csw, P + 0x48, CE | DE, 0, "a TIC between the parts");
    board_ccw(m, P, READ_STAY, D, CD, 40);
    board_ccw(m, P + 8, 0, D + 40, 0, 0);
    board_run(m, READER, P, &csw);
    is(csw.status & PROGRAM, PROGRAM, "a count of zero in the chain");
    is(csw.addr, P + 16, "the CSW points behind that CCW");
}

static void
test_command_chaining(void)
{
    struct csw csw;

    board_ccw(m, P, READ_STAY, D, CC, 80);
    board_ccw(m, P + 8, TIC, P + 0x20, 0, 0);
    board_ccw(m, P + 0x20, READ_STAY, D + 80, 0, 80);
    board_run(m, READER, P, &csw);
    expect(&csw, P + 0x28, CE | DE, 0, "through a TIC");
    ok(board_has_text(m, D + 80, "CARD 01"), "the second command's data");
    board_ccw(m, P, TIC, P + 8, 0, 0);
    is(board_start(m, READER, P), 1, "TIC first: CSW stored");
    is(board_csw(m).status, PROGRAM, "TIC first: program check");
    board_ccw(m, P, NOP, 0, CC | SLI, 1);
    board_ccw(m, P + 8, TIC, P + 16, 0, 0);
    board_ccw(m, P + 16, TIC, P, 0, 0);
    board_run(m, READER, P, &csw);
    is(csw.status & PROGRAM, PROGRAM, "TIC to TIC: program check");
    board_ccw(m, P + 8, TIC, P + 17, 0, 0);
    board_run(m, READER, P, &csw);
    expect(&csw, P + 16, PROGRAM, 1, "TIC to an odd address");
    board_ccw(m, P + 8, 0xFF, D, 0, 1);
    board_run(m, READER, P, &csw);
    expect(&csw, P + 16, UC, 1, "a command that is rejected in the chain");
    is(board_sense(m, READER, 0), 0x80, "sense: command reject");
    board_ccw(m, P, 0xFF, D, 0, 1);
    is(board_start(m, READER, P), 1, "rejected at once: CSW stored");
    is(board_csw(m).status, UC, "with unit check");
}

static void
test_immediate(void)
{
    board_ccw(m, P, NOP, 0, 0, 1);
    is(board_start(m, READER, P), 1, "no-operation: CSW stored");
    is(board_csw(m).status, CE | DE, "channel end, device end, no length");
    is(board_io(m, TCH, 0), 0, "no interruption is left");
}

static void
test_program_checks(void)
{
    static const struct {
        const char *what;
        uint32_t caw, word0, word1;
    } bad[] = {
        {"CAW not on a doubleword", P + 4, READ << 24 | D, 80},
        {"CAW bits 4-7 not zero", 0x01000000 | P, READ << 24 | D, 80},
        {"CCW outside storage", 0x40000, READ << 24 | D, 80},
        {"command code 0", P, D, 80},
        {"command code X'10'", P, 0x10000000 | D, 80},
        {"count zero", P, READ << 24 | D, 0},
        {"CCW bits 38-39 not zero", P, READ << 24 | D, 0x01000050},
        {"IDAW not on a word", P, READ << 24 | D | 2, 0x04000050},
    };
    struct csw csw;
    size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        board_word(m, P, bad[i].word0);
        board_word(m, P + 4, bad[i].word1);
        is(board_start(m, READER, bad[i].caw), 1, "%s: cc 1", bad[i].what);
        is(board_csw(m).status, PROGRAM, "%s: program check", bad[i].what);
    }
    board_ccw(m, P, READ_STAY, 0x3FFE0, 0, 80);
    board_run(m, READER, P, &csw);
    expect(&csw, P + 8, CE | DE | PROGRAM, 48, "data outside storage");
}

static void
test_protection(void)
{
    struct csw csw;

    machine_key_set(m, D, 0x30);
    board_ccw(m, P, READ_STAY, D, 0, 80);
    machine_key_set(m, P, 0x20);
    board_run(m, READER, 0x20000000 | P, &csw);
    expect(&csw, P + 8, CE | DE | PROTECTION, 80, "key does not match");
    board_ccw(m, P, READ_STAY, D - 10, 0, 80);
    board_run(m, READER, 0x20000000 | P, &csw);
    expect(&csw, P + 8, CE | DE | PROTECTION, 80, "from the first block on");
    board_run(m, READER, 0x00000000 | P, &csw);
    expect(&csw, P + 8, CE | DE, 0, "key 0 fits every block");
    machine_key_set(m, P, 0x38);
    is(board_start(m, READER, 0x20000000 | P), 1,
       "CCW in a block that is "
       "fetch-protected");
    is(board_csw(m).status, PROTECTION, "is a protection check");
    machine_key_set(m, P, 0);
    machine_key_set(m, D, 0);
}

static void
test_idaw(void)
{
    struct csw csw;

    board_word(m, P + 0x80, D + 0x7F0);
    board_word(m, P + 0x84, D + 0x1800);
    board_ccw(m, P, READ_STAY, P + 0x80, IDA, 80);
    board_run(m, READER, P, &csw);
    expect(&csw, P + 8, CE | DE, 0, "indirect data addresses");
    ok(board_has_text(m, D + 0x7F0, "CARD 01"), "first piece");
    is(board_word_at(m, D + 0x1800), 0x40404040, "second piece");
    board_word(m, P + 0x84, D + 0x1801);
    board_run(m, READER, P, &csw);
    expect(&csw, P + 8, CE | DE | PROGRAM, 64, "second IDAW not on a block");
    board_word(m, P + 0x80, 0x01000000 | D);
    board_run(m, READER, P, &csw);
    expect(&csw, P + 8, CE | DE | PROGRAM, 80, "IDAW bits 0-7 not zero");
    board_ccw(m, P, READ_STAY, P + 0x80, IDA, 16);
    board_word(m, P + 0x80, D + 0x7F0);
    board_word(m, P + 0x84, 0xFFFFFFFF);
    board_run(m, READER, P, &csw);
    is(csw.status, CE | DE | IL, "an IDAW that is not needed is not used");
}

static void
test_pci(void)
{
    struct csw csw;

    board_ccw(m, P, READ_STAY, D, CC, 80);
    board_ccw(m, P + 8, READ_STAY, D, PCI, 80);
    is(board_start(m, READER, P), 0, "PCI: the program starts");
    is(board_wait(m, &csw), READER, "it interrupts when that CCW begins");
    is(csw.status, CPCI, "status: PCI alone");
    is(csw.addr, P + 16, "command address behind that CCW");
    is(board_io(m, TIO, READER), 2, "and the subchannel works on");
    is(board_wait(m, &csw), READER, "then it ends");
    expect(&csw, P + 16, CE | DE, 0, "without the PCI again");
    board_ccw(m, P, READ_STAY, D, PCI, 80);
    board_start(m, READER, P);
    machine_set(m, "psw", UINT64_C(0x0000000000000800));
    board_word(m, 0x800, 0x47F00800); /* a loop, disabled for I/O */
    machine_run(m, 10000000, machine_time(m) + 1000000000);
    is(board_wait(m, &csw), READER, "PCI not taken in time");
    is(csw.status, CE | DE | CPCI, "comes with the end");
}

static void
test_busy(void)
{
    struct csw csw;

    board_ccw(m, P, READ_STAY, D, 0, 80);
    board_start(m, READER, P);
    is(board_io(m, SIO, READER), 2, "SIO while it works: cc 2");
    is(board_io(m, TIO, READER), 2, "TIO: cc 2");
    is(board_io(m, TCH, READER), 0, "TCH of a multiplexer channel: cc 0");
    board_wait(m, &csw);
    /* Feeding takes longer than reading: device end comes by itself. */
    board_ccw(m, P, READ, D, 0, 80);
    board_start(m, READER, P);
    is(board_wait(m, &csw), READER, "channel end");
    expect(&csw, P + 8, CE, 0, "channel end alone");
    is(board_start(m, READER, P), 1, "SIO before device end: CSW stored");
    is(board_csw(m).status, BUSY, "busy");
    is(board_io(m, TIO, READER), 1, "TIO: CSW stored");
    is(board_csw(m).status, BUSY, "busy");
    is(board_io(m, CLRIO, READER), 0, "CLRIO: the subchannel is available");
    is(board_wait(m, &csw), READER, "device end interrupts");
    expect(&csw, 0, DE, 0, "device end");
    ok(board_has_text(m, D, "CARD 01"), "that was the first card");
}

/* Device end waits; TIO, SIO, and the interruption take it. */
static void
wait_disabled(uint64_t ns)
{
    machine_set(m, "psw", UINT64_C(0x0000000000000800));
    board_word(m, 0x800, 0x47F00800);
    machine_run(m, UINT64_MAX, machine_time(m) + ns);
}

static void
test_pending(void)
{
    board_ccw(m, P, READ, D, 0, 80);
    board_start(m, READER, P);
    wait_disabled(10000000);
    is(board_io(m, TCH, READER), 1, "TCH: an interruption is pending");
    is(board_io(m, SIO, READER), 2, "SIO: the subchannel holds channel end");
    is(board_io(m, HIO, READER), 0, "HIO: likewise");
    is(board_io(m, TIO, READER), 1, "TIO takes it");
    is(board_csw(m).status, CE, "channel end");
    is(board_csw(m).addr, P + 8, "with the command address");
    is(board_io(m, TCH, READER), 0, "TCH: nothing is pending any more");
    wait_disabled(100000000);
    is(board_start(m, READER, P), 1, "SIO takes device end");
    is(board_csw(m).status, DE | BUSY, "with busy");
    is(board_io(m, TIO, READER), 0, "then it is available");
    board_start(m, READER, P);
    wait_disabled(100000000);
    is(board_io(m, CLRIO, READER), 1, "CLRIO takes channel end");
    is(board_csw(m).status, CE, "which was there");
    is(board_io(m, TIO, READER), 1, "TIO then takes device end");
    is(board_csw(m).status, DE, "which came after it");
}

static void
test_halt(void)
{
    struct csw csw;

    is(board_io(m, HIO, 0x0FF), 3, "HIO without a device: cc 3");
    is(board_io(m, HDV, 0x0FF), 3, "HDV likewise");
    board_word(m, 0x44, 0xFFFFFFFF);
    board_ccw(m, P, 0x0A, D, 0, 80);
    board_start(m, CONSOLE, P);
    is(board_io(m, HIO, CONSOLE), 1, "HIO of a waiting read: cc 1");
    is(board_word_at(m, 0x44), 0x0000FFFF, "status zero is stored, no more");
    is(board_wait(m, &csw), CONSOLE, "the program ends");
    is(csw.status & (CE | DE), CE | DE, "channel end, device end");
    is(csw.addr, P + 8, "command address");
    board_start(m, CONSOLE, P);
    is(board_io(m, HDV, CONSOLE), 1, "HDV: the same");
    board_wait(m, &csw);
    is(csw.status & (CE | DE), CE | DE, "it ends");
    board_start(m, CONSOLE, P);
    is(board_io(m, CLRIO, CONSOLE), 1, "CLRIO of a waiting read: cc 1");
    csw = board_csw(m);
    expect(&csw, P + 8, 0, 80, "the subchannel as it was");
    is(board_wait(m, &csw), CONSOLE, "the device ends by itself");
    is(csw.status, DE, "with device end");
    board_ccw(m, P, 0x0A, D, CC, 80);
    board_ccw(m, P + 8, WRITE, D, 0, 1);
    board_start(m, CONSOLE, P);
    board_io(m, HIO, CONSOLE);
    board_wait(m, &csw);
    is(csw.addr, P + 8, "a halted program does not chain");
}

static void
test_attention(void)
{
    struct csw csw;

    machine_attention(m, CONSOLE);
    is(board_wait(m, &csw), CONSOLE, "the request key interrupts");
    expect(&csw, 0, ATTENTION, 0, "attention");
    board_ccw(m, P, 0x0A, D, 0, 80);
    machine_attention(m, CONSOLE);
    is(board_start(m, CONSOLE, P), 1, "SIO finds the attention");
    is(board_csw(m).status, ATTENTION | BUSY, "with busy");
    is(board_start(m, CONSOLE, P), 0, "the next SIO starts");
    machine_attention(m, CONSOLE);
    machine_type(m, CONSOLE, "HELLO");
    is(board_wait(m, &csw), CONSOLE, "the read ends first");
    expect(&csw, P + 8, CE | DE | IL, 75, "with the line");
    is(board_wait(m, &csw), CONSOLE, "then attention comes");
    is(csw.status, ATTENTION, "alone");
}

static void
test_priority(void)
{
    struct csw csw;

    machine_attention(m, CONSOLE);
    board_ccw(m, P, NOP, 0, CC | SLI, 1);
    board_ccw(m, P + 8, READ_STAY, D, 0, 80);
    board_start(m, READER, P);
    wait_disabled(100000000);
    is(board_wait(m, &csw), CONSOLE, "the lower address interrupts first");
    is(board_wait(m, &csw), READER, "then the other");
}

static void
test_reset(void)
{
    struct csw csw;

    board_ccw(m, P, READ_STAY, D, 0, 80);
    board_start(m, READER, P);
    machine_attention(m, CONSOLE);
    machine_reset(m, false);
    is(board_io(m, TIO, READER), 0, "system reset ends a program");
    is(board_io(m, TIO, CONSOLE), 0, "and clears pending status");
    is(board_wait(m, &csw), -1, "no interruption comes");
}

static void
test_absent(void)
{
    is(board_start(m, 0x013, P), 3, "SIO without a device: cc 3");
    is(board_io(m, TIO, 0x013), 3, "TIO: cc 3");
    is(board_io(m, CLRIO, 0x013), 3, "CLRIO: cc 3");
    is(board_io(m, TIO, 0x713), 3, "no such channel: cc 3");
    is(board_io(m, TCH, 0x700), 3, "TCH: cc 3");
    is(board_io(m, STIDC, 0x000), 0, "STIDC: cc 0");
    is(board_word_at(m, 0xA8), 0x10000000, "a byte multiplexer");
    is(board_io(m, STIDC, 0x100), 0, "STIDC: cc 0");
    is(board_word_at(m, 0xA8), 0x20000000, "a block multiplexer");
}

int
main(void)
{
    char deck[40 * 81], *p = deck;
    int i;

    for (i = 1; i <= 20; i++)
        p += sprintf(p, "CARD %02d\n", i);
    m = board_new();
    if (board_attach(m, READER, "3505",
                     board_file("deck", deck, (size_t)(p - deck)),
                     "ascii") != 0 ||
        board_attach(m, CONSOLE, "3215", NULL, NULL) != 0) {
        diag("%s", machine_error(m));
        return 2;
    }
    test_normal_end();
    test_length();
    test_skip();
    test_data_chaining();
    test_command_chaining();
    test_immediate();
    test_program_checks();
    test_protection();
    test_idaw();
    test_pci();
    test_busy();
    test_pending();
    test_halt();
    test_attention();
    test_priority();
    test_absent();
    test_reset();
    board_end(m);
    return done();
}
