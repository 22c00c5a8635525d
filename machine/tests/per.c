/*
 * per.c - program-event recording: each event, alone and beside an exception
 */
#include <stdio.h>

#include "board.h"
#include "tap.h"

enum { PGM_OLD = 0x28, PGM_NEW = 0x68, CODE = 0xC00, DATA = 0x1800 };
enum { BRANCH = 8, FETCH = 4, STORAGE = 2, REGISTER = 1 };
/* EC mode with PER on. */
#define PER_PSW (UINT64_C(0x4008000000000000) | CODE)

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

/* Execute `code` (at X'C00', ended by SVC 0) while `events` in an area and of
 * registers are watched.  Any interruption ends in a disabled wait. */
static void
watch(const char *code, unsigned events, uint32_t registers, uint32_t from,
      uint32_t to)
{
    machine_reset(m, true);
    poke(CODE, "0A00");
    poke(CODE + 2, "0A000A000A000A00");
    poke(CODE, code);
    board_word(m, PGM_NEW, 0x00020000);
    board_word(m, PGM_NEW + 4, 0x00000111);
    board_word(m, 0x60, 0x000A0000);
    board_word(m, 0x64, 0x00000222);
    machine_set(m, "gr5", DATA);
    machine_set(m, "gr15", 0xF00000); /* outside of storage */
    machine_set(m, "cr9", (uint64_t)events << 28 | registers);
    machine_set(m, "cr10", from);
    machine_set(m, "cr11", to);
    machine_set(m, "psw", PER_PSW);
    machine_run(m, 100, UINT64_MAX);
}

/* The interruption that came: its code, the PER code and address, and the
 * instruction address of the old PSW. */
static void
saw(const char *name, unsigned code, unsigned events, uint32_t at,
    uint32_t next)
{
    is(board_word_at(m, 0x8C) & 0xFFFF, code, "%s: interruption code", name);
    is(board_word_at(m, 0x94) & 0xFFFF, events << 12, "%s: PER code", name);
    is(board_word_at(m, 0x98), at, "%s: PER address", name);
    is(board_word_at(m, PGM_OLD + 4), next, "%s: old PSW", name);
}

/* No program interruption: the SVC was reached. */
static void
saw_nothing(const char *name)
{
    uint64_t psw;

    machine_get(m, "psw", &psw);
    is(psw & 0xFFFFFF, 0x222, "%s: no event", name);
}

int
main(void)
{
    m = board_new();
    watch("18121834", FETCH, 0, CODE + 2, CODE + 2);
    saw("fetch in the area", 0x80, FETCH, CODE + 2, CODE + 4);
    watch("1812", FETCH, 0, CODE + 8, CODE + 9);
    saw_nothing("fetch outside");
    watch("1812", FETCH, 0, 0xF00000, CODE);
    saw("an area that wraps", 0x80, FETCH, CODE, CODE + 2);

    watch("47F00C06", BRANCH, 0, 0, 0);
    saw("a branch", 0x80, BRANCH, CODE, CODE + 6);
    watch("47F05000", BRANCH, 0, 0, 0);
    saw("a branch to another block", 0x80, BRANCH, CODE, DATA);
    watch("47000C06", BRANCH, 0, 0, 0);
    saw_nothing("a branch not taken");

    watch("50105004", STORAGE, 0, DATA + 7, DATA + 7);
    saw("ST", 0x80, STORAGE, CODE, CODE + 4);
    watch("50105000", STORAGE, 0, DATA + 7, DATA + 7);
    saw_nothing("ST beside the area");
    watch("5010500050105004", STORAGE, 0, DATA + 7, DATA + 7);
    saw("the second ST of two", 0x80, STORAGE, CODE + 4, CODE + 8);
    watch("58105004", STORAGE, 0, DATA, DATA + 7);
    saw_nothing("L");
    watch("D20750005010", STORAGE, 0, DATA + 6, DATA + 6);
    saw("MVC", 0x80, STORAGE, CODE, CODE + 6);

    watch("1A12", REGISTER, 0x4000, 0, 0);
    saw("AR", 0x80, REGISTER, CODE, CODE + 2);
    watch("1A12", REGISTER, 0xBFFF, 0, 0);
    saw_nothing("other registers");
    watch("98EF5000", REGISTER, 0x0001, 0, 0);
    saw("LM", 0x80, REGISTER, CODE, CODE + 4);
    watch("441050000000", REGISTER, 0x0800, 0, 0);
    is(board_word_at(m, 0x8C) & 0xFFFF, 0x01, "EX of no operation");
    watch("44000C080A0000001842", REGISTER, 0x0800, 0, 0);
    saw("EX of LR", 0x80, REGISTER, CODE, CODE + 4);

    watch("44000C0A0A00000000001842", FETCH, 0, CODE + 10, CODE + 10);
    saw("the target of EX in the area", 0x80, FETCH, CODE, CODE + 4);
    watch("44000C0A0A00000000004400", FETCH, 0, CODE + 10, CODE + 10);
    saw("EX of an EX there", 0x83, FETCH, CODE, CODE + 4);
    watch("50105001D20750005010", FETCH | STORAGE, 0, DATA, 0x7FFFFF);
    is(board_word_at(m, 0x94) & 0xFFFF, STORAGE << 12, "ST, odd address");
    watch("D2075000F000", STORAGE, 0, DATA, DATA + 7);
    saw("nothing is altered by an MVC that is refused", 0x05, 0, 0, CODE + 6);

    watch("1842", FETCH | REGISTER, 0x0800, CODE, CODE);
    saw("two at once", 0x80, FETCH | REGISTER, CODE, CODE + 2);
    watch("5810500100", FETCH, 0, CODE, CODE);
    saw("unaligned", 0x80, FETCH, CODE, CODE + 4);
    watch("1D13", FETCH, 0, CODE, CODE);
    saw("beside an exception", 0x86, FETCH, CODE, CODE + 2);
    watch("0A05", FETCH, 0, CODE, CODE);
    saw("after an SVC", 0x80, FETCH, CODE, 0x222);
    board_end(m);
    return done();
}
