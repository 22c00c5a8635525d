/*
 * machine_check.c - errors of storage: machine checks, check stop, channel
 * checks
 */
#include <stdio.h>
#include <string.h>

#include "board.h"
#include "tap.h"

enum {
    CODE = 0x4000,
    SPOILED = 0x5008,
    MC_OLD = 0x30,
    PRINTER = 0x00E,
};
#define DAMAGE UINT64_C(0x40028F9D00030000)
#define RECOVERY UINT64_C(0x20004F9D00030000)

static struct machine *m;

static void
poke(uint32_t at, const char *hex)
{
    uint8_t bytes[32];
    unsigned v, n = 0;

    for (; sscanf(hex, "%2x", &v) == 1; hex += 2)
        bytes[n++] = (uint8_t)v;
    machine_write(m, at, bytes, n);
}

static uint64_t
doubleword(uint32_t at)
{
    return (uint64_t)board_word_at(m, at) << 32 | board_word_at(m, at + 4);
}

/* A cleared machine that is about to execute `hex` at CODE, with or without
 * the machine-check mask; all new PSWs wait. */
static void
fresh(const char *hex, bool enabled)
{
    unsigned i;

    machine_reset(m, true);
    for (i = 0x58; i <= 0x78; i += 8) {
        board_word(m, i, 0x00020000);
        board_word(m, i + 4, i << 8);
    }
    poke(CODE, hex);
    machine_set(m, "psw",
                (enabled ? UINT64_C(0x000C000000000000)
                         : UINT64_C(0x0008000000000000)) |
                    CODE);
}

static void
test_fetch(void)
{
    fresh("581050000000", true); /* L R1,0(,R5) */
    machine_set(m, "gr5", SPOILED + 4);
    machine_set(m, "gr1", 0x11223344);
    machine_set(m, "fr2", UINT64_C(0x4112345600000000));
    is(machine_storage_error(m, SPOILED + 3, false), 0, "a word is spoiled");
    is(machine_run(m, 10, UINT64_MAX), STOP_WAIT, "its fetch interrupts");
    is(doubleword(MC_OLD), UINT64_C(0x000C000000000000) | CODE,
       "the old PSW points to the instruction");
    is(doubleword(0xE8), DAMAGE,
       "the code: processing damage, backed up, storage error uncorrected");
    is(board_word_at(m, 0xF8), SPOILED, "the failing storage address");
    is(board_word_at(m, 0x180 + 4), 0x11223344, "general registers saved");
    is(doubleword(0x160 + 8), UINT64_C(0x4112345600000000),
       "floating-point registers saved");
    is(board_word_at(m, 0x1C0 + 56), 0xC2000000, "control registers saved");
}

static void
test_check_stop(void)
{
    fresh("5810500000000000", false);
    machine_set(m, "gr5", SPOILED);
    machine_storage_error(m, SPOILED, false);
    is(machine_run(m, 10, UINT64_MAX), STOP_CHECK,
       "with the mask off the CPU stops");
    is(machine_run(m, 10, UINT64_MAX), STOP_CHECK, "for good");
    is(board_word_at(m, MC_OLD), 0, "without an interruption");
    machine_reset(m, false);
    machine_set(m, "psw", 0x00080000ull << 32 | CODE);
    is(machine_run(m, 1, UINT64_MAX), STOP_CHECK,
       "a reset ends it; the error is there yet");
    machine_reset(m, true);
    machine_set(m, "psw", 0x00080000ull << 32 | SPOILED);
    machine_run(m, 1, UINT64_MAX);
    is(board_word_at(m, MC_OLD), 0, "a reset with clearing mends storage");
}

/* Control register 14 bit 0 off: the CPU tries to continue. */
static void
test_continue(void)
{
    uint64_t value;

    fresh("5810500082000800", false); /* L; LPSW */
    machine_set(m, "gr5", SPOILED);
    machine_set(m, "cr14", 0);
    poke(SPOILED, "0000002A00000000");
    poke(0x800, "000E000000000123");
    machine_storage_error(m, SPOILED, false);
    is(machine_run(m, 1, UINT64_MAX), STOP_LIMIT, "it does not stop");
    machine_get(m, "gr1", &value);
    is(value, 0x2A, "the data are as they are");
    is(machine_run(m, 10, UINT64_MAX), STOP_WAIT, "goes on");
    is(doubleword(MC_OLD), UINT64_C(0x000E000000000123),
       "is interrupted when the PSW admits it");
    is(doubleword(0xE8), DAMAGE, "with the code it had");
}

static void
test_stores(void)
{
    fresh("60005000"
          "58105000",
          true); /* STD; L */
    machine_set(m, "gr5", SPOILED);
    machine_storage_error(m, SPOILED, false);
    machine_run(m, 2, UINT64_MAX);
    is(board_word_at(m, MC_OLD), 0, "a store of the whole doubleword mends");
    fresh("50105000", true); /* ST */
    machine_set(m, "gr5", SPOILED);
    machine_set(m, "gr1", 7);
    machine_storage_error(m, SPOILED, false);
    machine_run(m, 10, UINT64_MAX);
    is(doubleword(0xE8), DAMAGE, "a store of a part of it does not");
    is(board_word_at(m, SPOILED), 0, "nothing is stored");
    fresh("D20750076000", true); /* MVC across it */
    machine_set(m, "gr5", SPOILED - 3);
    machine_set(m, "gr6", 0x6000);
    machine_storage_error(m, SPOILED, false);
    machine_run(m, 10, UINT64_MAX);
    is(doubleword(0xE8), DAMAGE, "MVC that ends in it");
    fresh("0E24", true); /* MVCL over it, and past */
    machine_set(m, "gr2", 0x4800);
    machine_set(m, "gr3", 0x1000);
    machine_storage_error(m, SPOILED, false);
    machine_run(m, 10, UINT64_MAX);
    is(board_word_at(m, MC_OLD), 0, "MVCL over all of it mends");
    fresh("0E24", true);
    machine_set(m, "gr2", 0x6000);
    machine_set(m, "gr3", 0x1000);
    machine_set(m, "gr4", 0x4800);
    machine_set(m, "gr5", 0x1000);
    machine_storage_error(m, SPOILED, false);
    machine_run(m, 10, UINT64_MAX);
    is(board_word_at(m, MC_OLD + 4), CODE, "MVCL from it is interrupted");
    is(board_word_at(m, 0x180 + 16), 0x5000,
       "the registers say how far it came");
}

static void
test_instruction(void)
{
    fresh("1812181318140700", true);
    machine_run(m, 1, UINT64_MAX);
    machine_storage_error(m, CODE + 4, false);
    machine_run(m, 10, UINT64_MAX);
    is(doubleword(MC_OLD), UINT64_C(0x000C000000000000) | (CODE + 2),
       "an instruction that was executed before cannot be fetched");
}

static void
test_corrected(void)
{
    uint64_t value;

    fresh("58105000"
          "18321832",
          true);
    machine_set(m, "gr5", SPOILED);
    poke(SPOILED, "0000002A00000000");
    machine_storage_error(m, SPOILED, true);
    machine_run(m, 2, UINT64_MAX);
    machine_get(m, "gr1", &value);
    is(value, 0x2A, "a corrected error does no harm");
    is(board_word_at(m, MC_OLD), 0, "control register 14 keeps it silent");
    machine_set(m, "cr14", 0xCA000000);
    machine_run(m, 10, UINT64_MAX);
    is(doubleword(0xE8), RECOVERY, "bit 4 lets it report system recovery");
    is(board_word_at(m, 0xF8), SPOILED, "with the address");
}

static void
test_channel(void)
{
    struct csw csw;

    fresh("0700", true);
    board_attach(m, PRINTER, "1403", board_file("paper", "", 0), NULL);
    board_ccw(m, 0x6000, 0x09, SPOILED - 4, CC | SLI, 20);
    board_ccw(m, 0x6008, 0x09, SPOILED - 4, SLI, 20);
    machine_storage_error(m, SPOILED, false);
    is(board_run(m, PRINTER, 0x6000, &csw), CE | DE | 0x08,
       "the printer prints, and the channel notes a data check");
    is(csw.addr, 0x6008, "which ends the chain");
    fresh("0700", true);
    board_ccw(m, 0x6000, 0x09, SPOILED, CC | SLI, 20);
    board_ccw(m, 0x6008, 0x09, SPOILED, SLI, 20);
    machine_storage_error(m, 0x6008, false);
    is(board_run(m, PRINTER, 0x6000, &csw) & 0xFF, 0x04,
       "a CCW that cannot be read is a channel control check");
    fresh("0700", true);
    board_ccw(m, 0x6000, 0x09, SPOILED, SLI, 20);
    machine_storage_error(m, 0x6000, true);
    is(board_run(m, PRINTER, 0x6000, &csw), CE | DE,
       "a corrected error is none to the channel");
}

int
main(void)
{
    unsigned i;

    m = board_new();
    test_fetch();
    test_check_stop();
    test_continue();
    test_stores();
    test_instruction();
    test_corrected();
    test_channel();
    machine_reset(m, true);
    for (i = 0; machine_storage_error(m, 8 * i, false) == 0; i++)
        ;
    is(i, 16, "so many errors and no more");
    is(machine_storage_error(m, 0x40000, false), (unsigned long long)-1,
       "none outside of storage");
    board_end(m);
    return done();
}
