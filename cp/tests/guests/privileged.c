/*
 * privileged.c - guest program: privileged instructions, tried in BC and EC
 * mode, in supervisor and problem state, directly and through EXECUTE.  What
 * each did is printed; the print on the bare machine and under CP must be the
 * same.  Left out is what must differ: STIDP's version code, SCK, the values of
 * clocks.
 */
#include <s370/insn.h>
#include <s370/lowcore.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "probe.h"

#define LOST 0xFFF000 /* outside of a storage of 1 MiB */

/* What instructions store into or fetch from; protected: block of key 7. */
static struct {
    _Alignas(4096) uint8_t area[2048];
    uint8_t protected[2048];
} data;

static struct probe p;

/* The operand of an instruction: R10 points to it. */
static void
show(const char *name)
{
    static const char *const pair[] = {"ok ", "pgm"};
    unsigned i;

    if (p.old >> 51 & 1)
        printf("%s EC %s %08X %06X cc %u", name, pair[p.interrupted],
               p.interrupted ? p.word : 0, (uint32_t)p.old & 0xFFFFFF,
               (uint32_t)(p.old >> 44) & 3);
    else
        printf("%s BC %s %04X ilc %u %06X cc %u", name, pair[p.interrupted],
               p.interrupted ? (uint32_t)(p.old >> 32) & 0xFFFF : 0,
               (uint32_t)p.old >> 30, (uint32_t)p.old & 0xFFFFFF,
               (uint32_t)(p.old >> 28) & 3);
    printf(" mask %02X%02X", (uint32_t)(p.old >> 56),
           (uint32_t)(p.old >> 48) & 0xFF);
    for (i = 0; i < 10; i++)
        if (p.gr[i] != 0x01010101u * i)
            printf(" R%u=%08X", i, p.gr[i]);
    printf(" %08X\n", *(uint32_t *)data.area);
}

struct row {
    const char *name;
    uint8_t insn[6];
    uint32_t operand; /* an address, in R10; 0: data.area */
};

#define P 1 /* for `operand`: data.protected */

static void
try_row(const struct row *row, psw_t mode, bool execute)
{
    unsigned i;

    memset(&p, 0, sizeof p);
    for (i = 0; i < 13; i++)
        p.gr[i] = 0x01010101u * i;
    p.gr[10] = row->operand == 0   ? (uint32_t)data.area
               : row->operand == P ? (uint32_t)data.protected
                                   : row->operand;
    p.psw = mode | (uint32_t)probe_slot;
    for (i = 0; i < 3; i++) /* no-operations */
        p.insn[2 * i] = p.target[2 * i] = 0x07;
    if (execute) {
        p.gr[11] = (uint32_t)probe_target;
        memcpy(p.target, row->insn, 6);
        memcpy(p.insn, "\x44\x00\xB0\x00", 4);
    } else {
        memcpy(p.insn, row->insn, 6);
    }
    memset(data.area, 0x5A, 16);
    *(psw_t *)(data.area + 8) =
        PSW_KEY(3) | (uint32_t)probe_after; /* for LPSW */
    memset(data.area + 16, 0, 64);
    probe(&p);
    show(row->name);
}

static const struct row rows[] = {
    {"SSK", {0x08, 0x1A, 0x07, 0x00, 0x07, 0x00}, 0},
    {"SSK odd", {0x08, 0x11, 0x07, 0x00, 0x07, 0x00}, 0},
    {"SSK lost", {0x08, 0x1A, 0x07, 0x00, 0x07, 0x00}, LOST},
    {"ISK", {0x09, 0x2A, 0x07, 0x00, 0x07, 0x00}, P},
    {"ISK lost", {0x09, 0x2A, 0x07, 0x00, 0x07, 0x00}, LOST},
    {"SSM", {0x80, 0x00, 0xA0, 0x10, 0x07, 0x00}, 0},
    {"SSM lost", {0x80, 0x00, 0xA0, 0x10, 0x07, 0x00}, LOST},
    {"LPSW", {0x82, 0x00, 0xA0, 0x08, 0x07, 0x00}, 0},
    {"LPSW odd", {0x82, 0x00, 0xA0, 0x04, 0x07, 0x00}, 0},
    {"LPSW lost", {0x82, 0x00, 0xA0, 0x08, 0x07, 0x00}, LOST},
    {"STNSM", {0xAC, 0x00, 0xA0, 0x00, 0x07, 0x00}, 0},
    {"STNSM lost", {0xAC, 0x00, 0xA0, 0x00, 0x07, 0x00}, LOST},
    {"STOSM", {0xAD, 0x00, 0xA0, 0x00, 0x07, 0x00}, 0},
    {"LCTL", {0xB7, 0x33, 0xA0, 0x00, 0x07, 0x00}, 0},
    {"LCTL odd", {0xB7, 0x33, 0xA0, 0x02, 0x07, 0x00}, 0},
    {"STCTL", {0xB6, 0x02, 0xA0, 0x00, 0x07, 0x00}, 0},
    {"STCTL 15-0", {0xB6, 0xE0, 0xA0, 0x00, 0x07, 0x00}, 0},
    {"STCTL lost", {0xB6, 0x00, 0xA0, 0x00, 0x07, 0x00}, LOST},
    {"SCKC", {0xB2, 0x06, 0xA0, 0x00, 0x07, 0x00}, 0},
    {"STCKC", {0xB2, 0x07, 0xA0, 0x00, 0x07, 0x00}, 0},
    {"STCKC odd", {0xB2, 0x07, 0xA0, 0x04, 0x07, 0x00}, 0},
    {"SPT", {0xB2, 0x08, 0xA0, 0x00, 0x07, 0x00}, 0},
    {"STPT odd", {0xB2, 0x09, 0xA0, 0x04, 0x07, 0x00}, 0},
    {"STIDP odd", {0xB2, 0x02, 0xA0, 0x04, 0x07, 0x00}, 0},
    {"SPKA", {0xB2, 0x0A, 0x00, 0x50, 0x07, 0x00}, 0},
    {"IPK", {0xB2, 0x0B, 0x00, 0x00, 0x07, 0x00}, 0},
    {"PTLB", {0xB2, 0x0D, 0x00, 0x00, 0x07, 0x00}, 0},
    {"RRB", {0xB2, 0x13, 0xA0, 0x00, 0x07, 0x00}, P},
    {"RRB again", {0xB2, 0x13, 0xA0, 0x00, 0x07, 0x00}, P},
    {"RRB lost", {0xB2, 0x13, 0xA0, 0x00, 0x07, 0x00}, LOST},
    {"LRA", {0xB1, 0x10, 0xA0, 0x00, 0x07, 0x00}, 0},
    {"SIO", {0x9C, 0x00, 0x01, 0x23, 0x07, 0x00}, 0},
    {"TIO", {0x9D, 0x00, 0x01, 0x23, 0x07, 0x00}, 0},
    {"TIO 009", {0x9D, 0x00, 0x00, 0x09, 0x07, 0x00}, 0},
    {"CLRIO", {0x9D, 0x01, 0x01, 0x23, 0x07, 0x00}, 0},
    {"HIO", {0x9E, 0x00, 0x01, 0x23, 0x07, 0x00}, 0},
    {"HDV", {0x9E, 0x01, 0x01, 0x23, 0x07, 0x00}, 0},
    {"TCH", {0x9F, 0x00, 0x00, 0x00, 0x07, 0x00}, 0},
    {"TCH 7", {0x9F, 0x00, 0x07, 0x00, 0x07, 0x00}, 0},
    {"TPROT", {0xE5, 0x01, 0xA0, 0x00, 0x00, 0x20}, P},
    {"TPROT lost", {0xE5, 0x01, 0xA0, 0x00, 0x00, 0x00}, LOST},
    {"none", {0xB2, 0xFF, 0x00, 0x00, 0x07, 0x00}, 0},
    {"zero", {0x00, 0x00, 0x07, 0x00, 0x07, 0x00}, 0},
    {"store lost", {0x50, 0x10, 0xA0, 0x00, 0x07, 0x00}, LOST},
    {"fetch lost", {0x58, 0x10, 0xA0, 0x00, 0x07, 0x00}, LOST},
    {"branch lost", {0x47, 0xF0, 0xA0, 0x00, 0x07, 0x00}, LOST},
    {"branch odd", {0x47, 0xF0, 0xA0, 0x01, 0x07, 0x00}, 0},
    {"EX of EX", {0x44, 0x00, 0xA0, 0x20, 0x07, 0x00}, 0},
    {"divide", {0x5D, 0x00, 0xA0, 0x10, 0x07, 0x00}, 0},
    {"SVC", {0x0A, 0x2A, 0x07, 0x00, 0x07, 0x00}, 0},
};

static void
all(psw_t mode, bool execute)
{
    unsigned i;

    printf("-- %08X %s\n", (uint32_t)(mode >> 32), execute ? "EX" : "");
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++)
        try_row(&rows[i], mode, execute);
}

/* Storage of key 7 under another key: stores and fetches of operands. */
static void
protection(void)
{
    static const struct row protected[] = {
        {"store", {0x50, 0x10, 0xA0, 0x00, 0x07, 0x00}, P},
        {"fetch", {0x58, 0x10, 0xA0, 0x00, 0x07, 0x00}, P},
        {"STCTL", {0xB6, 0x00, 0xA0, 0x00, 0x07, 0x00}, P},
        {"LCTL", {0xB7, 0x33, 0xA0, 0x00, 0x07, 0x00}, P},
        {"SSM", {0x80, 0x00, 0xA0, 0x00, 0x07, 0x00}, P},
        {"LPSW", {0x82, 0x00, 0xA0, 0x00, 0x07, 0x00}, P},
    };
    unsigned i, fetch;

    for (fetch = 0; fetch < 2; fetch++) {
        s370_ssk((uint32_t)data.protected, (uint8_t)(0x70 + 8 * fetch));
        printf("-- key %02X\n", 0x70 + 8 * fetch);
        for (i = 0; i < sizeof protected / sizeof protected[0]; i++)
            try_row(&protected[i], PSW_KEY(2), false);
    }
}

/* Program-event recording of fetches out of the slot, and of branches. */
static void
events(void)
{
    static const struct row watched[] = {
        {"LA", {0x41, 0x10, 0x00, 0x07, 0x07, 0x00}, 0},
        {"branch", {0x07, 0xFB, 0x07, 0x00, 0x07, 0x00}, 0},
        {"SSM", {0x80, 0x00, 0xA0, 0x10, 0x07, 0x00}, 0},
        {"STCTL odd", {0xB6, 0x02, 0xA0, 0x02, 0x07, 0x00}, 0},
        {"LPSW", {0x82, 0x00, 0xA0, 0x08, 0x07, 0x00}, 0},
        {"MC", {0xAF, 0x05, 0xA0, 0x00, 0x07, 0x00}, 0},
        {"none", {0xB2, 0xFF, 0x00, 0x00, 0x07, 0x00}, 0},
    };
    uint32_t control[4] = {0x0000FFFF, 0xC0000000, (uint32_t)probe_slot,
                           (uint32_t)probe_slot + 1};
    unsigned i;

    s370_lctl(8, 11, control);
    for (i = 0; i < sizeof watched / sizeof watched[0]; i++) {
        LOWCORE->per_code = 0;
        LOWCORE->per_address = LOWCORE->monitor_code = 0;
        try_row(&watched[i], PSW_EC | PSW_PER, i == 4);
        printf("   event %04X at %06X, monitor %02X %06X\n", LOWCORE->per_code,
               LOWCORE->per_address, LOWCORE->monitor_class,
               LOWCORE->monitor_code);
    }
}

int
main(void)
{
    s370_ssk((uint32_t)data.protected, 0x76);
    all(0, false);
    all(PSW_EC, false);
    all(PSW_PROBLEM, false);
    all(PSW_EC | PSW_PROBLEM, true);
    all(0, true);
    protection();
    events();
    return 0;
}
