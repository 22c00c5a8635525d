/*
 * translation.c - guest program: instructions under dynamic address
 * translation, in all four formats, with tables good, bad and absurd.  What
 * each does is printed, the same on the bare machine and under CP.
 *
 * probe() runs an instruction at a virtual address that leads to real page 0;
 * the interruption that ends it turns translation off.
 */
#include <s370/dat.h>
#include <s370/insn.h>
#include <s370/lowcore.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "probe.h"

/* Real storage that the program does not use otherwise. */
#define SEGMENT_TABLES 0x80000u /* three of 1 KiB */
#define PAGE_TABLES 0x81000u    /* of 1 KiB each */
#define DATA 0xA0000u           /* what pages lead to */

#define CODE_V 0x000000u  /* leads to real page 0 */
#define GOOD_V 0x215000u  /* two good pages of 4 KiB ... */
#define HOLE_V 0x217000u  /* ... before one that is invalid */
#define ZEROS_V 0x219000u /* entry with ones where zeros must be */
#define LOST_V 0x21A000u  /* leads beyond storage */
#define SHORT_V 0x3F0000u /* page table too short for it */
#define GAP_V 0x400000u   /* segment invalid */
#define BAD_V 0x500000u   /* segment table entry with ones */
#define FAR_V 0x600000u   /* page table beyond storage */
#define END_V 0xF00000u   /* segment table too short, of 64 KiB segments */

static struct probe p;
static uint32_t cr0, next_table;

/* ---- tables -------------------------------------------------------------- */

static unsigned
segment_shift(void)
{
    return (cr0 & CR0_SEGMENT_MASK) == CR0_SEGMENT_1M ? 20 : 16;
}

static unsigned
page_shift(void)
{
    return (cr0 & CR0_PAGE_MASK) == CR0_PAGE_2K ? 11 : 12;
}

static uint16_t
page_invalid(void)
{
    return page_shift() == 11 ? 4 : 8;
}

static unsigned
pages(void)
{
    return 1u << (segment_shift() - page_shift());
}

static uint32_t *
segment_entry(unsigned space, uint32_t vaddr)
{
    return (uint32_t *)(SEGMENT_TABLES + space * 1024) +
           (vaddr >> segment_shift());
}

static uint16_t *
page_entry(unsigned space, uint32_t vaddr)
{
    uint32_t *segment = segment_entry(space, vaddr);
    unsigned i;

    if (*segment & SEGMENT_INVALID) {
        *segment = 0xF0000000u | next_table;
        next_table += 1024;
        for (i = 0; i < pages(); i++)
            ((uint16_t *)(*segment & 0xFFFFF8))[i] = page_invalid();
    }
    return (uint16_t *)(*segment & 0xFFFFF8) +
           (vaddr >> page_shift() & (pages() - 1));
}

/* Let the 4 KiB at vaddr lead to raddr. */
static void
map(unsigned space, uint32_t vaddr, uint32_t raddr)
{
    *page_entry(space, vaddr) = (uint16_t)(raddr >> 8);
    if (page_shift() == 11)
        *page_entry(space, vaddr + 2048) = (uint16_t)((raddr + 2048) >> 8);
}

static void
space_make(unsigned space, uint32_t data)
{
    unsigned i;

    for (i = 0; i < 256; i++)
        ((uint32_t *)(SEGMENT_TABLES + space * 1024))[i] = SEGMENT_INVALID;
    map(space, CODE_V, 0);
    map(space, GOOD_V, data);
    map(space, GOOD_V + 4096, data + 4096);
    map(space, LOST_V, 0xFF0000);
    map(space, ZEROS_V, data);
    *page_entry(space, ZEROS_V) |= 2;
    map(space, SHORT_V, data);
    *segment_entry(space, SHORT_V) &= 0x0FFFFFFF;
    *segment_entry(space, BAD_V) = 0x01000000;
    *segment_entry(space, FAR_V) = 0xF0F00000;
}

static uint32_t
cr1_of(unsigned space)
{
    return 0x0E000000 | (SEGMENT_TABLES + space * 1024);
}

static void
enter_space(unsigned space)
{
    uint32_t cr1 = cr1_of(space);

    s370_lctl(1, 1, &cr1);
}

/* ---- one instruction ----------------------------------------------------- */

static void
show(const char *name)
{
    unsigned i;

    printf("%-16s ", name);
    if (p.interrupted)
        printf("pgm %04X ilc %u", p.word & 0xFFFF, p.word >> 16);
    else
        printf("ended         ");
    printf(" old %08X %06X at 90 %06X", (uint32_t)(p.old >> 32),
           (uint32_t)p.old & 0xFFFFFF, LOWCORE->pgm_address);
    for (i = 0; i < 10; i++)
        if (p.gr[i] != 0x01010101u * i)
            printf(" R%u=%08X", i, p.gr[i]);
    /* Reference (2) and change (1) bits of the first three blocks. */
    printf(" RC %d%d%d\n", s370_rrb(DATA), s370_rrb(DATA + 2048),
           s370_rrb(DATA + 4096));
}

struct row {
    const char *name;
    uint8_t insn[6];
    uint32_t operand; /* in R10 */
};

static void
try_row(const struct row *row, psw_t mode, bool execute)
{
    unsigned i;

    memset(&p, 0, sizeof p);
    for (i = 0; i < 13; i++)
        p.gr[i] = 0x01010101u * i;
    p.gr[10] = row->operand;
    p.gr[12] = GOOD_V;
    p.psw = mode | (CODE_V + (uint32_t)probe_slot);
    for (i = 0; i < 3; i++)
        p.insn[2 * i] = p.target[2 * i] = 0x07;
    if (execute) {
        p.gr[11] = CODE_V + (uint32_t)probe_target;
        memcpy(p.target, row->insn, 6);
        memcpy(p.insn, "\x44\x00\xB0\x00", 4);
    } else {
        memcpy(p.insn, row->insn, 6);
    }
    for (i = 0; i < 4; i++)
        s370_ssk(DATA + i * 2048, 0x30);
    memset((void *)DATA, 0x5A, 64);
    *(psw_t *)(DATA + 8) =
        PSW_EC | PSW_DAT | PSW_KEY(3) | (CODE_V + (uint32_t)probe_after);
    *(uint32_t *)(DATA + 16) = cr0;
    *(uint32_t *)(DATA + 20) = cr1_of(1);
    *(uint8_t *)(DATA + 24) = 0x04; /* a system mask: DAT stays on */
    s370_ssk(DATA, 0x30);
    LOWCORE->pgm_address = 0;
    probe(&p);
    show(row->name);
}

#define NOPS 0x07, 0x00

static const struct row rows[] = {
    {"L", {0x58, 0x10, 0xA0, 0x00, NOPS}, GOOD_V},
    {"L across", {0x58, 0x10, 0xA0, 0x00, NOPS}, GOOD_V + 4094},
    {"L hole", {0x58, 0x10, 0xA0, 0x00, NOPS}, HOLE_V + 8},
    {"L into hole", {0x58, 0x10, 0xA0, 0x00, NOPS}, HOLE_V - 2},
    {"L zeros", {0x58, 0x10, 0xA0, 0x00, NOPS}, ZEROS_V},
    {"L lost", {0x58, 0x10, 0xA0, 0x00, NOPS}, LOST_V},
    {"L short", {0x58, 0x10, 0xA0, 0x00, NOPS}, SHORT_V + 0xF000},
    {"L gap", {0x58, 0x10, 0xA0, 0x00, NOPS}, GAP_V + 0x123},
    {"L bad", {0x58, 0x10, 0xA0, 0x00, NOPS}, BAD_V},
    {"L far", {0x58, 0x10, 0xA0, 0x00, NOPS}, FAR_V},
    {"L end", {0x58, 0x10, 0xA0, 0x00, NOPS}, END_V},
    {"L wraps", {0x58, 0x10, 0xA0, 0x00, NOPS}, 0xFFFFFE},
    {"ST", {0x50, 0x10, 0xA0, 0x00, NOPS}, GOOD_V + 32},
    {"ST second page", {0x50, 0x10, 0xA0, 0x00, NOPS}, GOOD_V + 4096},
    {"ST hole", {0x50, 0x10, 0xA0, 0x00, NOPS}, HOLE_V},
    {"MVC", {0xD2, 0x0F, 0xC0, 0x20, 0xA0, 0x00}, GOOD_V},
    {"MVC from hole", {0xD2, 0x0F, 0xC0, 0x20, 0xA0, 0x00}, HOLE_V - 4},
    {"MVC to hole", {0xD2, 0x0F, 0xA0, 0x00, 0xC0, 0x20}, HOLE_V - 4},
    {"branch to hole", {0x47, 0xF0, 0xA0, 0x00, NOPS}, HOLE_V},
    {"branch to bad", {0x47, 0xF0, 0xA0, 0x00, NOPS}, BAD_V},
    {"branch to lost", {0x47, 0xF0, 0xA0, 0x00, NOPS}, LOST_V},
    {"EX of hole", {0x44, 0x00, 0xA0, 0x00, NOPS}, HOLE_V},
    {"LRA", {0xB1, 0x10, 0xA0, 0x08, NOPS}, GOOD_V},
    {"LRA hole", {0xB1, 0x10, 0xA0, 0x00, NOPS}, HOLE_V},
    {"LRA zeros", {0xB1, 0x10, 0xA0, 0x00, NOPS}, ZEROS_V},
    {"LRA lost", {0xB1, 0x10, 0xA0, 0x00, NOPS}, LOST_V},
    {"LRA short", {0xB1, 0x10, 0xA0, 0x00, NOPS}, SHORT_V + 0xF000},
    {"LRA gap", {0xB1, 0x10, 0xA0, 0x00, NOPS}, GAP_V},
    {"LRA bad", {0xB1, 0x10, 0xA0, 0x00, NOPS}, BAD_V},
    {"LRA far", {0xB1, 0x10, 0xA0, 0x00, NOPS}, FAR_V},
    {"LRA end", {0xB1, 0x10, 0xA0, 0x00, NOPS}, END_V},
    {"STCTL", {0xB6, 0x01, 0xA0, 0x00, NOPS}, GOOD_V + 32},
    {"STCTL across", {0xB6, 0x01, 0xA0, 0x00, NOPS}, GOOD_V + 4092},
    {"STCTL into hole", {0xB6, 0x01, 0xA0, 0x00, NOPS}, HOLE_V - 4},
    {"STCTL gap", {0xB6, 0x01, 0xA0, 0x00, NOPS}, GAP_V},
    {"STCTL bad", {0xB6, 0x01, 0xA0, 0x00, NOPS}, BAD_V},
    {"STCTL lost", {0xB6, 0x01, 0xA0, 0x00, NOPS}, LOST_V},
    {"LCTL", {0xB7, 0x01, 0xA0, 0x10, NOPS}, GOOD_V},
    {"LCTL hole", {0xB7, 0x01, 0xA0, 0x10, NOPS}, HOLE_V},
    {"LPSW", {0x82, 0x00, 0xA0, 0x08, NOPS}, GOOD_V},
    {"LPSW hole", {0x82, 0x00, 0xA0, 0x08, NOPS}, HOLE_V},
    {"SSM", {0x80, 0x00, 0xA0, 0x18, NOPS}, GOOD_V},
    {"SSM gap", {0x80, 0x00, 0xA0, 0x18, NOPS}, GAP_V},
    {"STNSM", {0xAC, 0xFF, 0xA0, 0x00, NOPS}, GOOD_V + 1},
    {"STNSM DAT off", {0xAC, 0xFB, 0xA0, 0x00, NOPS}, GOOD_V},
    {"STOSM hole", {0xAD, 0x00, 0xA0, 0x00, NOPS}, HOLE_V + 1},
    {"STCKC", {0xB2, 0x07, 0xA0, 0x20, NOPS}, GOOD_V},
    {"STCKC odd", {0xB2, 0x07, 0xA0, 0x04, NOPS}, HOLE_V},
    {"STPT gap", {0xB2, 0x09, 0xA0, 0x08, NOPS}, GAP_V},
    {"SPT hole", {0xB2, 0x08, 0xA0, 0x08, NOPS}, HOLE_V},
    {"SCKC hole", {0xB2, 0x06, 0xA0, 0x08, NOPS}, HOLE_V},
    {"STIDP hole", {0xB2, 0x02, 0xA0, 0x08, NOPS}, HOLE_V},
    {"ISK real", {0x09, 0x2A, NOPS, NOPS}, DATA},
    {"SSK real", {0x08, 0x1A, NOPS, NOPS}, DATA + 4096},
    {"RRB real", {0xB2, 0x13, 0xA0, 0x00, NOPS}, DATA},
    {"RRB lost", {0xB2, 0x13, 0xA0, 0x00, NOPS}, 0xF00000},
    {"TPROT key 3", {0xE5, 0x01, 0xA0, 0x00, 0x00, 0x30}, GOOD_V},
    {"TPROT key 4", {0xE5, 0x01, 0xA0, 0x00, 0x00, 0x40}, GOOD_V},
    {"TPROT hole", {0xE5, 0x01, 0xA0, 0x00, 0x00, 0x00}, HOLE_V},
    {"TPROT gap", {0xE5, 0x01, 0xA0, 0x00, 0x00, 0x00}, GAP_V},
    {"TPROT bad", {0xE5, 0x01, 0xA0, 0x00, 0x00, 0x00}, BAD_V},
    {"TPROT lost", {0xE5, 0x01, 0xA0, 0x00, 0x00, 0x00}, LOST_V},
    {"SVC", {0x0A, 0x2A, NOPS, NOPS}, 0},
    {"none", {0xB2, 0xFF, 0x00, 0x00, NOPS}, 0},
};

static void
all(psw_t mode, bool execute)
{
    unsigned i;

    printf("-- CR0 %08X PSW %08X %s\n", cr0, (uint32_t)(mode >> 32),
           execute ? "EX" : "");
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        s370_lctl(0, 0, &cr0);
        enter_space(0);
        try_row(&rows[i], mode, execute);
    }
}

/* ---- what the lookaside buffer may keep ---------------------------------- */

static const struct row load = {"L", {0x58, 0x10, 0xA0, 0x00, NOPS}, GOOD_V};
static const struct row load_hole = {
    "L", {0x58, 0x10, 0xA0, 0x00, NOPS}, HOLE_V};
static const struct row store = {"ST", {0x50, 0x10, 0xA0, 0x00, NOPS}, GOOD_V};
static const psw_t on = PSW_EC | PSW_DAT;

static void
try_it(const char *what, const struct row *row, psw_t mode)
{
    struct row named = *row;

    named.name = what;
    try_row(&named, mode, false);
}

static void
changes(void)
{
    uint32_t other = cr0 ^ CR0_PAGE_MASK; /* the other size of pages */

    printf("-- changes\n");
    *(uint32_t *)(DATA + 8192) = 0xDADADADA;
    enter_space(0);
    try_it("before", &load, on);
    map(0, GOOD_V, DATA + 8192);
    s370_ptlb();
    try_it("other frame", &load, on);
    enter_space(1);
    try_it("other space", &load, on);
    enter_space(0);
    try_it("and back", &load, on);
    try_it("hole", &load_hole, on);
    map(0, HOLE_V, DATA + 8192);
    try_it("hole filled", &load_hole, on);
    *page_entry(0, HOLE_V) |= page_invalid();
    s370_ptlb();
    try_it("and gone", &load_hole, on);
    map(0, GOOD_V, DATA);
    s370_ptlb();
    s370_lctl(0, 0, &other);
    try_it("other format", &load, on);
    other = 0;
    s370_lctl(0, 0, &other);
    try_it("no format", &load, on);
    s370_lctl(0, 0, &cr0);
    try_it("format again", &load, on);
    try_it("key 3", &store, on | PSW_KEY(3));
    try_it("key 4", &store, on | PSW_KEY(4));
    try_it("problem", &store, on | PSW_PROBLEM | PSW_KEY(3));
    try_it("problem, key 4", &store, on | PSW_PROBLEM | PSW_KEY(4));
    try_it("problem, hole", &load_hole, on | PSW_PROBLEM);
}

/* IPTE R2,R10 with R2 as a segment table entry. */
static void
try_ipte(const char *what, uint32_t origin)
{
    static const uint8_t ipte[6] = {0xB2, 0x21, 0x00, 0x2A, NOPS};

    memset(&p, 0, sizeof p);
    p.gr[2] = origin;
    p.gr[10] = GOOD_V;
    p.psw = on | (CODE_V + (uint32_t)probe_slot);
    memcpy(p.insn, ipte, 6);
    probe(&p);
    printf("%s: %u %04X, entry %04X\n", what, p.interrupted, p.word & 0xFFFF,
           *page_entry(0, GOOD_V));
}

static void
invalidate(void)
{
    printf("-- IPTE\n");
    try_it("before", &load, on);
    try_ipte("IPTE", *segment_entry(0, GOOD_V));
    try_it("after", &load, on);
    try_ipte("IPTE lost", 0xF00000);
}

int
main(void)
{
    static const uint32_t formats[] = {
        CR0_PAGE_4K | CR0_SEGMENT_64K, CR0_PAGE_2K | CR0_SEGMENT_64K,
        CR0_PAGE_4K | CR0_SEGMENT_1M, CR0_PAGE_2K | CR0_SEGMENT_1M};
    unsigned i;

    for (i = 0; i < 4; i++) {
        cr0 = formats[i];
        next_table = PAGE_TABLES;
        space_make(0, DATA);
        space_make(1, DATA + 8192);
        s370_ptlb();
        all(on, false);
        all(on, true);
        all(on | PSW_KEY(3) | PSW_PROBLEM, false);
        changes();
        invalidate();
    }
    cr0 = 0;
    s370_lctl(0, 0, &cr0);
    return 0;
}
