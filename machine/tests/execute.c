/*
 * execute.c - programs that change themselves, and runs that must end
 *
 * The CPU keeps decoded instructions, addresses and keys it has looked up.
 * Nothing of this may be seen: a store, a channel, a new key, another prefix
 * takes effect at once.  And whatever a program does, a limit ends the run.
 */
#include <stdio.h>

#include "board.h"
#include "tap.h"

enum { PGM_OLD = 0x28, PGM_NEW = 0x68, CODE = 0xC00, DATA = 0x1800 };

static struct machine *m;

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

static void
fresh(const char *code)
{
    machine_reset(m, true);
    poke(CODE, code);
    board_word(m, PGM_NEW, 0x00020000);
    board_word(m, PGM_NEW + 4, 0x00000111);
    machine_set(m, "psw", CODE);
}

static uint64_t
gr(unsigned n)
{
    char name[8];
    uint64_t value = 0;

    snprintf(name, sizeof(name), "gr%u", n);
    machine_get(m, name, &value);
    return value;
}

static enum machine_stop
run(uint64_t insns)
{
    return machine_run(m, insns, UINT64_MAX);
}

/* ---- stores into instructions -------------------------------------------- */

static void
test_self_modifying(void)
{
    /* MVI into the R field of the next instruction. */
    fresh("92340C05"
          "1812");
    machine_set(m, "gr4", 0x44);
    run(2);
    is(gr(3), 0x44, "MVI changes the next instruction");
    /* A loop that adds with another register each time round. */
    fresh("1A12"
          "96010C01"
          "46300C00");
    machine_set(m, "gr2", 1);
    machine_set(m, "gr3", 3);
    run(9);
    is(gr(1), 4, "an instruction changed after it was executed");
    fresh("D2050C000C10"
          "1812"
          "FFFF"
          "000000000000"
          "41100777"
          "1812");
    run(1);
    machine_set(m, "psw", CODE);
    run(1);
    is(gr(1), 0x777, "MVC over itself");
    /* The second halfword of an instruction alone. */
    fresh("41100001"
          "40200C02"
          "47F00C00");
    machine_set(m, "gr2", 0x0ABC);
    run(4);
    is(gr(1), 0xABC, "the displacement of an instruction already decoded");
    fresh("44300C08"
          "0A00"
          "0000"
          "1822");
    machine_set(m, "gr3", 0x11);
    machine_set(m, "gr1", 0);
    run(1);
    is(gr(3), 0x11, "EX leaves its register alone");
    is(board_word_at(m, 0xC08) >> 16, 0x1822, "and its target");
    fresh("47F00C20");
    run(1);
    poke(0xC20, "41100123");
    run(1);
    is(gr(1), 0x123, "machine_write between two runs");
    machine_set(m, "psw", 0xC20);
    poke(0xC20, "41100456");
    run(1);
    is(gr(1), 0x456, "and again");
}

/* An instruction on both sides of a block's end, the second changed. */
static void
test_across(void)
{
    fresh("47F00FFE");
    poke(0xFFE, "41100123"
                "47F00FFE");
    run(2);
    is(gr(1), 0x123, "an instruction across two blocks");
    poke(0x1000, "0456");
    run(2);
    is(gr(1), 0x456, "its second half changed");
    fresh("47F007FC");
    poke(0x7FC, "D2031000"
                "180047F00C20");
    machine_set(m, "gr1", 0x1800);
    is(run(2), STOP_LIMIT, "six bytes across");
    fresh("47F00000");
    machine_set(m, "psw", 0x3FFFE);
    poke(0x3FFFE, "4110");
    run(1);
    is(board_word_at(m, PGM_OLD) & 0xFFFF, 5, "across the end of storage");
}

/* ---- keys ---------------------------------------------------------------- */

static void
test_keys(void)
{
    /* Store with key 1, then take the block away with SSK. */
    fresh("50105000"
          "B20A6010"
          "50105000"
          "0823"
          "50105000");
    machine_set(m, "gr5", DATA);
    machine_set(m, "gr2", 0x20);
    machine_set(m, "gr3", DATA);
    machine_key_set(m, DATA, 0x10);
    machine_key_set(m, CODE, 0x10);
    run(5);
    is(board_word_at(m, PGM_OLD) & 0xFFFF, 4, "SSK protects at once");
    is(board_word_at(m, PGM_OLD + 4) & 0xFFFFFF, CODE + 0x12,
       "at the third store");
    fresh("B20A0010"
          "1812");
    machine_key_set(m, CODE, 0x28);
    run(2);
    is(board_word_at(m, PGM_OLD) & 0xFFFF, 4, "fetch protection for code");
    fresh("58105000"
          "B2135000"
          "58105000"
          "B2135000");
    machine_set(m, "gr5", DATA);
    run(2);
    run(2);
    {
        uint64_t psw;

        machine_get(m, "psw", &psw);
        is(psw >> 28 & 3, 2, "a fetch after RRB sets the reference bit again");
    }
}

/* ---- long moves ---------------------------------------------------------- */

static void
test_long(void)
{
    fresh("0E24");
    machine_set(m, "gr2", 0x2000);
    machine_set(m, "gr3", 0x30000);
    machine_set(m, "gr4", 0x2000);
    machine_set(m, "gr5", 0x40000000);
    is(run(2), STOP_LIMIT, "MVCL of padding");
    is(board_word_at(m, 0x2000), 0x40404040, "fills from the beginning");
    is(board_word_at(m, 0x31FFC), 0x40404040, "to the end");
    is(gr(2), 0x32000, "the address went on");
    is(gr(3), 0, "the length is used up");
    fresh("0E24");
    machine_set(m, "gr2", 0x3F000);
    machine_set(m, "gr3", 0x2000);
    machine_set(m, "gr5", 0);
    run(1);
    is(board_word_at(m, PGM_OLD) & 0xFFFF, 5, "MVCL past the end of storage");
    is(gr(2), 0x40000, "after what could be moved");
    is(gr(3), 0x1000, "with the rest of the length");
    fresh("0F24");
    machine_set(m, "gr2", 0x2000);
    machine_set(m, "gr3", 0x20000);
    machine_set(m, "gr4", 0x2000);
    machine_set(m, "gr5", 0x4001FFFF);
    run(8);
    is(gr(3), 1, "CLCL stops where the padding differs");
    is(gr(2), 0x21FFF, "with the address of that byte");
    fresh("0F24");
    machine_set(m, "gr2", 0x2000);
    machine_set(m, "gr3", 0x20000);
    machine_set(m, "gr4", 0x2000);
    machine_set(m, "gr5", 0x1FFFF);
    run(8);
    is(gr(3), 0, "CLCL to the end: the padding is equal");
}

/* ---- prefix -------------------------------------------------------------- */

static void
test_prefix(void)
{
    fresh("41100001");
    is(machine_set(m, "prefix", 0x40000), -1,
       "a prefix behind the end of storage is refused");
    is(machine_set(m, "prefix", 0x3F000), 0, "the last page is not");
    poke(CODE, "41100222");
    machine_set(m, "psw", CODE);
    run(1);
    is(gr(1), 0x222, "real 0 is there now");
    machine_set(m, "prefix", 0);
    machine_set(m, "psw", CODE);
    run(1);
    is(gr(1), 1, "and here again");
}

/* ---- runs end ------------------------------------------------------------ */

static void
test_limits(void)
{
    uint64_t before;

    fresh("0000");
    board_word(m, PGM_NEW, 0x00000000);
    board_word(m, PGM_NEW + 4, CODE);
    is(run(1000), STOP_LIMIT, "operation exceptions for ever");
    fresh("0000");
    board_word(m, PGM_NEW, 0x80080000);
    is(run(1000), STOP_LIMIT, "a program new PSW that is none");
    fresh("0000");
    board_word(m, PGM_NEW, 0);
    board_word(m, PGM_NEW + 4, 0x801);
    is(run(1000), STOP_LIMIT, "one that is odd");
    fresh("47F00C00");
    board_word(m, 0x58, 0x01000000);
    board_word(m, 0x5C, CODE);
    machine_set(m, "cr0", 0x800);
    machine_set(m, "cc", 0);
    machine_set(m, "psw", UINT64_C(0x0100000000000C00));
    before = machine_count(m);
    is(run(1000), STOP_LIMIT, "external interruptions for ever");
    is(machine_count(m) - before, 1000, "each counts");
    fresh("0A00");
    board_word(m, 0x60, 0);
    board_word(m, 0x64, CODE);
    is(run(1000), STOP_LIMIT, "SVCs for ever");
    fresh("44000C00");
    run(1);
    is(board_word_at(m, PGM_OLD) & 0xFFFF, 3, "EX of itself");
    fresh("47F00C00");
    before = machine_time(m);
    machine_run(m, UINT64_MAX, before + 12345);
    ok(machine_time(m) >= before + 12345 && machine_time(m) < before + 12445,
       "a limit of time is kept to the instruction");
}

/* ---- counting down ------------------------------------------------------- */

static void
nothing(void *ctx, const char *line)
{
    (void)ctx, (void)line;
}

/* BCT 5,* with the interval timer running; where the machine then is. */
static uint64_t
count_down(uint32_t timer, bool traced, uint64_t limit)
{
    uint64_t hash;

    fresh("46500C00");
    board_word(m, 0x50, timer);
    board_word(m, 0x58, 0x00020000);
    board_word(m, 0x5C, 0x00000222);
    machine_set(m, "psw", UINT64_C(0x0100000000000000) | CODE);
    machine_set(m, "gr5", 200000);
    machine_trace(m, traced ? "i" : NULL, nothing, NULL);
    run(limit);
    machine_trace(m, NULL, NULL, NULL);
    hash = machine_hash(m);
    return hash ^ machine_count(m);
}

/* Nobody can tell that a program which counts down is helped. */
static void
test_counting_down(void)
{
    uint64_t before;

    fresh("46500C00");
    machine_set(m, "gr5", 5000);
    before = machine_count(m);
    run(1000);
    is(gr(5), 4000, "BCT to itself counts by one");
    is(machine_count(m) - before, 1000, "each time is an instruction");
    run(3999);
    is(gr(5), 1, "up to the limit");
    run(2);
    is(gr(5), 0, "and ends at 0");
    is(machine_count(m) - before, 5001, "the next instruction is one");

    before = machine_count(m);
    count_down(100, false, 100000);
    is(machine_count(m) - before < 50000, 1, "the timer interrupts it");
    machine_reset(m, true);
    for (uint32_t timer = 1; timer <= 0x300; timer += 0x2FF) {
        struct machine *first = m;
        uint64_t alone;

        m = board_new();
        alone = count_down(timer, false, 30000);
        board_end(m);
        m = board_new();
        is(count_down(timer, true, 30000) == alone, 1,
           "with the timer at X'%X': the same when each step is looked at",
           timer);
        board_end(m);
        m = first;
    }

    /* The register of the count is also that of the address. */
    fresh("46550C00");
    machine_set(m, "gr5", 0);
    run(3);
    is(board_word_at(m, PGM_OLD) & 0xFFFF, 6, "a branch address that changes");

    fresh("46500C00");
    machine_set(m, "gr5", 10);
    machine_break_set(m, CODE);
    run(100);
    is(gr(5), 9, "a breakpoint in it stops each time");
    machine_break_clear(m, CODE);

    fresh("44000C08"
          "0A000A00"
          "46500C08");
    machine_set(m, "gr5", 10);
    run(1);
    is(gr(5), 9, "executed by EX it counts once");
    run(2);
    is(gr(5), 7, "and goes on where it stands itself");
}

int
main(void)
{
    m = board_new();
    test_self_modifying();
    test_across();
    test_keys();
    test_long();
    test_prefix();
    test_limits();
    test_counting_down();
    board_end(m);
    return done();
}
