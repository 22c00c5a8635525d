/*
 * cpu.c - what is not the work of one instruction: PSWs, interruptions and
 * their priorities, address translation, prefixing, clocks, waits
 *
 * All new PSWs wait, so every test runs until the first interruption.
 */
#include <stdio.h>
#include <string.h>

#include "board.h"
#include "tap.h"

enum {
    EXT_OLD = 0x18,
    SVC_OLD = 0x20,
    PGM_OLD = 0x28,
    IO_OLD = 0x38,
    EXT_NEW = 0x58,
    PGM_NEW = 0x68,
    IO_NEW = 0x78,
    CODE = 0xC00,
    CONSOLE = 0x009,
};
#define MS UINT64_C(1000000)

static struct machine *m;

/* Bytes, written in hexadecimal, at `at`. */
static void
poke(uint32_t at, const char *hex)
{
    uint8_t byte;
    unsigned v;

    for (; sscanf(hex, "%2x", &v) == 1; hex += 2, at++) {
        byte = (uint8_t)v;
        machine_write(m, at, &byte, 1);
    }
}

/* A cleared machine with new PSWs that wait; the address says which. */
static void
fresh(void)
{
    unsigned i;

    machine_reset(m, true);
    for (i = 0x58; i <= 0x78; i += 8) {
        board_word(m, i, 0x00020000);
        board_word(m, i + 4, i << 8);
    }
}

static uint64_t
doubleword(uint32_t at)
{
    return (uint64_t)board_word_at(m, at) << 32 | board_word_at(m, at + 4);
}

/* Run from this PSW until a wait; the wait PSW's address: which interruption
 * it was, as the offset of its new PSW. */
static unsigned
run(uint64_t psw)
{
    uint64_t now;

    machine_set(m, "psw", psw);
    if (machine_run(m, 1000000, UINT64_MAX) != STOP_WAIT)
        return 0;
    machine_get(m, "psw", &now);
    return (unsigned)now >> 8 & 0xFFFF;
}

/* ---- PSWs ---------------------------------------------------------------- */

static void
test_psw(void)
{
    fresh();
    poke(CODE, "82000800");
    poke(0x800, "8008000000002000");
    is(run(CODE), PGM_NEW, "an EC PSW with bit 0 on");
    is(doubleword(PGM_OLD), UINT64_C(0x8008000000002000), "is loaded first");
    is(board_word_at(m, 0x8C), 0x00000006, "specification, ILC 0");
    fresh();
    poke(CODE, "82000800");
    poke(0x800, "0008000001002000");
    is(run(CODE), PGM_NEW, "an EC PSW with an address of more than 24 bits");
    is(board_word_at(m, 0x8C), 0x00000006, "specification, ILC 0");
    fresh();
    poke(CODE, "47F00801");
    is(run(CODE), PGM_NEW, "a branch to an odd address");
    is(board_word_at(m, PGM_OLD) & 0xFFFF, 6, "specification");
    is(board_word_at(m, PGM_OLD + 4) & 1, 1, "the old PSW's is odd, too");
    fresh();
    poke(0x3FFFC, "1A121A12");
    is(run(0x3FFFC), PGM_NEW, "running past the end of storage");
    is(board_word_at(m, PGM_OLD) & 0xFFFF, 5, "addressing");
    fresh();
    poke(CODE, "0A05");
    is(run(UINT64_C(0x0001000025000000) | CODE), 0x60, "SVC, BC mode");
    is(doubleword(SVC_OLD), UINT64_C(0x0001000565000C02), "its old PSW");
    fresh();
    poke(CODE, "0A05");
    is(run(UINT64_C(0x0009250000000000) | CODE), 0x60, "SVC, EC mode");
    is(doubleword(SVC_OLD), UINT64_C(0x0009250000000C02), "its old PSW");
    is(board_word_at(m, 0x88), 0x00020005, "ILC and code");
}

/* ---- external interruptions, priorities ---------------------------------- */

static void
test_external(void)
{
    fresh();
    poke(CODE, "47F00C00");
    machine_external_key(m);
    is(run(UINT64_C(0x0100000000000000) | CODE), EXT_NEW, "interrupt key");
    is(board_word_at(m, EXT_OLD), 0x01000040, "code X'0040' in a BC PSW");
    fresh();
    poke(CODE, "47F00C00");
    machine_external_key(m);
    is(run(UINT64_C(0x0108000000000000) | CODE), EXT_NEW, "in EC mode");
    is(board_word_at(m, EXT_OLD), 0x01080000, "the old PSW has no code");
    is(board_word_at(m, 0x84) & 0xFFFF, 0x0040, "it is at X'86'");
    fresh();
    poke(CODE, "47F00C00");
    machine_set(m, "cr0", 0x00000000);
    machine_external_key(m);
    is(run(UINT64_C(0x0100000000000000) | CODE), 0, "masked by register 0");
    fresh();
    poke(CODE, "47F00C00");
    is(run(CODE), 0, "masked by the PSW");
}

static void
test_priorities(void)
{
    fresh();
    board_attach(m, CONSOLE, "3215", NULL, NULL);
    machine_attention(m, CONSOLE);
    machine_external_key(m);
    poke(CODE, "0A05");
    /* SVC first; its new PSW lets external in before I/O. */
    board_word(m, 0x60, 0xFF000000);
    board_word(m, 0x64, CODE);
    board_word(m, EXT_NEW, 0xFE000000);
    board_word(m, EXT_NEW + 4, 0x2000);
    is(run(CODE), IO_NEW, "SVC, external, I/O in this order");
    is(board_word_at(m, SVC_OLD) & 0xFFFF, 5, "SVC old PSW: the program's");
    is(board_word_at(m, EXT_OLD + 4) & 0xFFFFFF, CODE,
       "external old PSW: the SVC new PSW");
    is(board_word_at(m, IO_OLD + 4) & 0xFFFFFF, 0x2000,
       "I/O old PSW: the external new PSW");
    is(board_word_at(m, IO_OLD) & 0xFFFF, CONSOLE, "with the device address");
    machine_attention(m, CONSOLE);
    machine_set(m, "cr2", 0x80000000);
    is(run(UINT64_C(0x020A000000000000)), IO_NEW, "I/O in EC mode");
    is(board_word_at(m, 0xB8) & 0xFFFF, CONSOLE, "the address is at X'BA'");
    machine_attention(m, CONSOLE);
    machine_set(m, "cr2", 0x7FFFFFFF);
    machine_set(m, "psw", UINT64_C(0x020A000000000000));
    is(machine_run(m, 1000, machine_time(m) + MS), STOP_IDLE,
       "masked by register 2: the machine has nothing to do");
    machine_detach(m, CONSOLE);
}

/* ---- waits, check stop --------------------------------------------------- */

static void
test_waits(void)
{
    fresh();
    machine_set(m, "psw", UINT64_C(0x0002000000001000));
    is(machine_run(m, 10, UINT64_MAX), STOP_WAIT, "a disabled wait");
    machine_set(m, "psw", UINT64_C(0x000A000000001000));
    is(machine_run(m, 10, UINT64_MAX), STOP_WAIT, "the same in EC mode");
    machine_set(m, "psw", UINT64_C(0xFF02000000001000));
    machine_set(m, "cr0", 0);
    is(machine_run(m, 10, UINT64_MAX), STOP_IDLE, "nothing can end this wait");
    fresh();
    poke(CODE, "47F00C00");
    machine_set(m, "psw", CODE);
    is(machine_run(m, 1000, UINT64_MAX), STOP_LIMIT, "the limit");
    fresh();
    /* A program new PSW that cannot be used: interruption after
     * interruption, which the machine must survive. */
    board_word(m, PGM_NEW, 0);
    board_word(m, PGM_NEW + 4, 0x801);
    machine_set(m, "psw", 0x801);
    ok(machine_run(m, 1000, machine_time(m) + MS) != STOP_WAIT,
       "a string of program interruptions ends some time");
    fresh();
    poke(CODE, "1A121A12");
    machine_break_set(m, CODE + 2);
    machine_set(m, "psw", CODE);
    is(machine_run(m, 1000, UINT64_MAX), STOP_BREAK, "a breakpoint");
    machine_break_clear(m, CODE + 2);
}

/* ---- address translation ------------------------------------------------- */

/* 4 KiB pages, 64 KiB segments.  Virtual pages 0 and 1 are real; 2 is real
 * page 5, 3 is invalid, 4 is real page 4; segment 1 is invalid; segment 2 has
 * a page table entry with a forbidden bit. */
static void
translation(void)
{
    fresh();
    machine_set(m, "cr0", 0x00800000);
    machine_set(m, "cr1", 0x00003000);
    poke(0x3000, "F000310000000001F0003200");
    board_word(m, 0x300C, 1);
    poke(0x3100, "00000010005000080040");
    poke(0x3200, "0002");
    poke(0x5000, "11112222");
}

#define EC_DAT UINT64_C(0x0408000000000000)

static void
test_translation(void)
{
    uint64_t v;
    uint8_t key;

    translation();
    poke(CODE, "5820A0005030A0100A01");
    machine_set(m, "gr10", 0x2000);
    machine_set(m, "gr3", 0x33334444);
    machine_key_set(m, 0x5000, 0);
    is(run(EC_DAT | CODE), 0x60, "load and store through the tables");
    machine_get(m, "gr2", &v);
    is(v, 0x11112222, "from real page 5");
    is(board_word_at(m, 0x5010), 0x33334444, "to real page 5");
    machine_key_get(m, 0x5000, &key);
    is(key & 6, 6, "reference and change bits are those of the real block");
    /* Not valid: nullified, the address is stored. */
    translation();
    poke(CODE, "5820A000");
    machine_set(m, "gr10", 0x3124);
    is(run(EC_DAT | CODE), PGM_NEW, "an invalid page");
    is(board_word_at(m, 0x8C), 0x00040011, "page translation, ILC 2");
    is(board_word_at(m, 0x90) & 0xFFFFFF, 0x3124,
       "translation exception "
       "address");
    is(board_word_at(m, PGM_OLD + 4), CODE, "nullified: at the instruction");
    translation();
    poke(CODE, "5820A000");
    machine_set(m, "gr10", 0x10000);
    is(run(EC_DAT | CODE), PGM_NEW, "an invalid segment");
    is(board_word_at(m, 0x8C), 0x00040010, "segment translation");
    is(board_word_at(m, 0x90) & 0xFFFFFF, 0x10000, "its address");
    translation();
    poke(CODE, "5820A000");
    machine_set(m, "gr10", 0x20000);
    is(run(EC_DAT | CODE), PGM_NEW, "a bad page table entry");
    is(board_word_at(m, 0x8C), 0x00040012, "translation specification");
    is(board_word_at(m, PGM_OLD + 4), CODE + 4, "suppressed: behind it");
    translation();
    poke(CODE, "D203AFFEB000");
    machine_set(m, "gr10", 0x2000);
    machine_set(m, "gr11", CODE);
    is(run(EC_DAT | CODE), PGM_NEW, "MVC that runs into the invalid page");
    is(board_word_at(m, 0x8C), 0x00060011, "page translation, ILC 3");
    is(board_word_at(m, 0x90) & 0xFFF000, 0x3000, "the second page's address");
    is(board_word_at(m, 0x5FFC), 0, "nothing is stored in the first");
    is(board_word_at(m, PGM_OLD + 4), CODE, "nullified");
    translation();
    is(run(EC_DAT | 0x3000), PGM_NEW, "fetching from the invalid page");
    is(board_word_at(m, 0x8C) & 0xFFFF, 0x0011, "page translation");
    is(board_word_at(m, PGM_OLD + 4), 0x3000, "at that address");
    translation();
    poke(0x310A, "0008");
    poke(0x4FFE, "5820");
    is(run(EC_DAT | 0x4FFE), PGM_NEW,
       "an instruction across the end of "
       "the segment's pages");
    is(board_word_at(m, 0x8C) & 0xFFFF, 0x0011, "page translation");
}

static void
test_ptlb(void)
{
    uint64_t v;

    /* Load through page 2, change its entry, purge, load again. */
    translation();
    poke(0x6000, "55556666");
    poke(CODE, "5820A000"
               "D201B004C000"
               "B20D0000"
               "5830A000"
               "0A01");
    /* The program reaches the table, at real 3100, through virtual page 4. */
    poke(0x3108, "0030");
    machine_set(m, "gr10", 0x2000);
    machine_set(m, "gr11", 0x4100);
    machine_set(m, "gr12", 0x1800);
    poke(0x1800, "0060");
    is(run(EC_DAT | CODE), 0x60, "an entry is changed, then PTLB");
    machine_get(m, "gr2", &v);
    is(v, 0x11112222, "the old page before");
    machine_get(m, "gr3", &v);
    is(v, 0x55556666, "the new page after");
}

/* ---- prefix -------------------------------------------------------------- */

/* Whatever the lookaside knows of a block, the next access after a change of
 * its key goes by the new one. */
static void
test_keys(void)
{
    static const char *const seen[] = {"gr4", "gr5", "gr6", "gr7", "gr8"};
    static const uint8_t expected[] = {0x20, 0x24, 0x26, 0x20, 0x26};
    uint64_t value;
    unsigned i;

    fresh();
    poke(CODE, "08B3"             /* SSK  R11,R3 */
               "B20A0020"         /* SPKA X'20' */
               "50103000"         /* ST   R1,0(,R3) */
               "B2133000B2133800" /* RRB  0(R3), RRB X'800'(R3) */
               "08B30943"         /* SSK  R11,R3; ISK R4,R3 */
               "581030000953"     /* L    R1,0(,R3); ISK R5,R3 */
               "501030000963"     /* ST   R1,0(,R3); ISK R6,R3 */
               "08B30973"         /* SSK  R11,R3; ISK R7,R3 */
               "501030000983"     /* ST   R1,0(,R3); ISK R8,R3 */
               "B213300058103000" /* RRB  0(R3); L R1,0(,R3) */
               "0993"             /* ISK  R9,R3 */
               "08A3B2133800"     /* SSK  R10,R3; RRB X'800'(R3) */
               "501030000A05");   /* ST   R1,0(,R3): refused */
    machine_set(m, "gr3", 0x2000);
    machine_set(m, "gr10", 0x10);
    machine_set(m, "gr11", 0x20);
    is(run(UINT64_C(0x0008000000000000) | CODE), PGM_NEW,
       "a store into a block whose key has become another");
    is(board_word_at(m, 0x8C) & 0xFFFF, 4, "protection");
    for (i = 0; i < sizeof(seen) / sizeof(seen[0]); i++) {
        machine_get(m, seen[i], &value);
        is(value & 0xFF, expected[i], "the key that %s has", seen[i]);
    }
    machine_get(m, "gr9", &value);
    is(value & 0xFF, 0x26, "after RRB a fetch sets the reference bit again");
}

static void
test_prefix(void)
{
    uint64_t v;

    fresh();
    poke(0x4800, "AAAABBBB");
    poke(0x800, "00004000");
    poke(0x2000, "B2100800"
                 "58200800"
                 "B2110804"
                 "58300804");
    machine_set(m, "psw", 0x2000);
    machine_run(m, 4, UINT64_MAX);
    machine_get(m, "prefix", &v);
    is(v, 0x4000, "SET PREFIX");
    machine_get(m, "gr2", &v);
    is(v, 0xAAAABBBB, "real 800 is absolute 4800");
    machine_get(m, "gr3", &v);
    is(v, 0x4000, "STORE PREFIX stores there, too");
}

/* ---- clocks -------------------------------------------------------------- */

static void
test_clocks(void)
{
    uint64_t before, after;

    fresh();
    poke(CODE, "B2050800"
               "B2050808"
               "B2080810"
               "B2090818"
               "B2020820");
    poke(0x810, "0000100000000000");
    machine_set(m, "psw", CODE);
    machine_run(m, 5, UINT64_MAX);
    before = doubleword(0x800);
    after = doubleword(0x808);
    ok(after > before, "the TOD clock goes on");
    ok(after - before < 4096, "by less than a microsecond");
    after = doubleword(0x818);
    ok(after < UINT64_C(0x0000100000000000), "the CPU timer goes back");
    ok(UINT64_C(0x0000100000000000) - after < 8192, "a little");
    is(board_word_at(m, 0x820) & 0xFFFFFF, 0x001967, "STIDP: serial number");
    fresh();
    poke(CODE, "47F00C00");
    machine_set(m, "psw", CODE);
    board_word(m, 0x50, 0x00010000);
    machine_run(m, UINT64_MAX, machine_time(m) + 100 * MS);
    before = board_word_at(m, 0x50);
    ok(before == 0x00010000 - 0x1E00 || before == 0x00010000 - 0x1D00,
       "the interval timer loses 30 units of bit 23 in 100 ms");
    board_word(m, 0x50, 0x00000100);
    is(run(UINT64_C(0x0100000000000000) | CODE), EXT_NEW,
       "past zero it interrupts");
    is(board_word_at(m, EXT_OLD) & 0xFFFF, 0x0080, "code X'0080'");
}

static void
test_clock_interruptions(void)
{
    uint64_t tod, start;

    fresh();
    machine_get(m, "tod", &tod);
    machine_set(m, "cr0", 0x00000800);
    machine_set(m, "cc", tod + (UINT64_C(5000) << 12));
    start = machine_time(m);
    is(run(UINT64_C(0x010A000000000000)), EXT_NEW, "clock comparator");
    is(board_word_at(m, 0x84) & 0xFFFF, 0x1004, "code X'1004'");
    ok(machine_time(m) - start >= 5 * MS && machine_time(m) - start < 6 * MS,
       "after 5 ms: the wait was jumped over");
    fresh();
    machine_set(m, "cr0", 0x00000400);
    machine_set(m, "ct", UINT64_C(5000) << 12);
    start = machine_time(m);
    is(run(UINT64_C(0x010A000000000000)), EXT_NEW, "CPU timer");
    is(board_word_at(m, 0x84) & 0xFFFF, 0x1005, "code X'1005'");
    ok(machine_time(m) - start >= 5 * MS && machine_time(m) - start < 6 * MS,
       "after 5 ms");
    fresh();
    machine_set(m, "cr0", 0x00000C00);
    machine_set(m, "cc", 0);
    machine_set(m, "ct", UINT64_MAX);
    is(run(UINT64_C(0x010A000000000000)), EXT_NEW, "both at once");
    is(board_word_at(m, 0x84) & 0xFFFF, 0x1004, "the comparator comes first");
    is(run(UINT64_C(0x0100000000001000)), EXT_NEW, "and stays pending");
}

int
main(void)
{
    m = board_new();
    test_psw();
    test_external();
    test_priorities();
    test_waits();
    test_translation();
    test_ptlb();
    test_keys();
    test_prefix();
    test_clocks();
    test_clock_interruptions();
    board_end(m);
    return done();
}
