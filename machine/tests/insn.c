/*
 * insn.c - instructions, one at a time, against the manual
 *
 *     insn [TABLE ...]
 *
 * Without a name all tables of machine/tests/insn.
 *
 * Each line of a table is an instruction, the state before it and what is
 * different after it:
 *
 *     AR 1A12  r1=7FFFFFFF r2=1 -> r1=80000000 cc=3
 *
 * Whatever is not named must stay as it was: all registers and all of the 64
 * KiB of storage.  State that is not named is zero (control registers: their
 * initial values).  The items, numbers in hexadecimal:
 *
 *     r0-rF c0-cF f0 f2 f4 f6   registers     @ADDR=BYTES   storage
 *     kADDR=KEY  storage key    cc=  mask= (program mask)  key=  sys= (mask)
 *     p  problem state          ec  EC mode   at=ADDR  where it stands (1000)
 *     tod= clock, cmp= clock comparator, cpt= CPU timer (16 digits)
 *   and after it only:
 *     ia=ADDR  instruction address, if it is not that of the next one
 *     pgm=CODE svc=CODE  an interruption; the old PSW and, in EC mode, code
 *     and instruction length are checked; ilc=N if it is not the length / 2
 *     psw=16 digits: the whole PSW (its ILC and interruption code are not
 *     compared)
 *
 * At the end: has every row of the instruction table a line?
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine.h"
#include "tap.h"

enum {
    STORAGE = 65536,
    SVC_OLD = 0x20,
    PGM_OLD = 0x28,
    SVC_HANDLER = 0xE40,
    PGM_HANDLER = 0xE80,
    WORDS = 64,
};

static const struct known {
    unsigned opcode;
    const char *name;
} known[] = {
#define INSN(opcode, name, format, routine, flags) {opcode, #name},
#include "../cpu/optable.inc"
#undef INSN
};
enum { NKNOWN = sizeof(known) / sizeof(known[0]) };
static bool tested[NKNOWN];

static const char *const tables[] = {
    "machine/tests/insn/general.txt", "machine/tests/insn/branch.txt",
    "machine/tests/insn/storage.txt", "machine/tests/insn/control.txt",
    "machine/tests/insn/decimal.txt", "machine/tests/insn/float.txt",
};
enum { NTABLES = sizeof(tables) / sizeof(tables[0]) };

struct psw {
    uint8_t system, key, cc, mask;
    bool ec, problem;
    uint32_t ia;
};

struct state {
    uint64_t gr[16], cr[16], fr[4], tod, cmp, cpt;
    struct psw psw;
    uint8_t storage[STORAGE];
    bool has_tod, has_cmp, has_cpt;
};

/* What a row says besides state. */
struct outcome {
    int pgm, svc, ilc; /* -1: none */
    bool has_ia, has_psw;
    uint64_t psw;
    struct {
        uint32_t addr;
        uint8_t key;
    } key[8];
    unsigned nkeys;
};

/* ---- reading a row ------------------------------------------------------- */

static bool
put_bytes(struct state *s, uint32_t addr, const char *hex)
{
    unsigned byte;

    for (; hex[0] != '\0'; hex += 2, addr++) {
        if (addr >= STORAGE || sscanf(hex, "%2x", &byte) != 1 ||
            !isxdigit((unsigned char)hex[1]))
            return false;
        s->storage[addr] = (uint8_t)byte;
    }
    return true;
}

/* One item that is the same before and after. */
static bool
state_item(struct state *s, struct outcome *out, const char *name,
           const char *value)
{
    uint64_t v = value == NULL ? 0 : strtoull(value, NULL, 16);
    unsigned n = (unsigned)strtoul(name + 1, NULL, 16);

    if (strcmp(name, "p") == 0)
        s->psw.problem = true;
    else if (strcmp(name, "ec") == 0)
        s->psw.ec = true;
    else if (value == NULL)
        return false;
    else if (strcmp(name, "cc") == 0)
        s->psw.cc = (uint8_t)v;
    else if (strcmp(name, "mask") == 0)
        s->psw.mask = (uint8_t)v;
    else if (strcmp(name, "key") == 0)
        s->psw.key = (uint8_t)v;
    else if (strcmp(name, "sys") == 0)
        s->psw.system = (uint8_t)v;
    else if (strcmp(name, "tod") == 0)
        s->tod = v, s->has_tod = true;
    else if (strcmp(name, "cmp") == 0)
        s->cmp = v, s->has_cmp = true;
    else if (strcmp(name, "cpt") == 0)
        s->cpt = v, s->has_cpt = true;
    else if (name[0] == 'r' && n < 16)
        s->gr[n] = v;
    else if (name[0] == 'c' && n < 16)
        s->cr[n] = v;
    else if (name[0] == 'f' && n < 8)
        s->fr[n / 2] = v;
    else if (name[0] == 'k' && out->nkeys < 8)
        out->key[out->nkeys].addr = n, out->key[out->nkeys++].key = (uint8_t)v;
    else if (name[0] == '@')
        return put_bytes(s, n, value);
    else
        return false;
    return true;
}

static bool
item(struct state *s, struct outcome *out, bool after, char *word)
{
    char *value = strchr(word, '=');
    uint64_t v;

    if (value != NULL)
        *value++ = '\0';
    v = value == NULL ? 0 : strtoull(value, NULL, 16);
    if (strcmp(word, after ? "ia" : "at") == 0) {
        s->psw.ia = (uint32_t)v;
        out->has_ia = true;
    } else if (after && strcmp(word, "pgm") == 0) {
        out->pgm = (int)v;
    } else if (after && strcmp(word, "svc") == 0) {
        out->svc = (int)v;
    } else if (after && strcmp(word, "ilc") == 0) {
        out->ilc = (int)v;
    } else if (after && strcmp(word, "psw") == 0) {
        out->psw = v;
        out->has_psw = true;
    } else {
        return state_item(s, out, word, value);
    }
    return true;
}

/* ---- PSWs ---------------------------------------------------------------- */

static uint64_t
psw_image(const struct psw *p, unsigned ilc, unsigned code)
{
    uint64_t state = (uint64_t)p->key << 4 | (p->ec ? 8 : 0) | p->problem;

    if (p->ec)
        return (uint64_t)p->system << 56 | state << 48 |
               (uint64_t)(p->cc << 4 | p->mask) << 40 | p->ia;
    return (uint64_t)p->system << 56 | state << 48 | (uint64_t)code << 32 |
           (uint64_t)ilc << 30 | (uint64_t)p->cc << 28 |
           (uint64_t)p->mask << 24 | p->ia;
}

static void
store(uint8_t *at, uint64_t value, unsigned bytes)
{
    while (bytes-- > 0) {
        at[bytes] = (uint8_t)value;
        value >>= 8;
    }
}

/* An interruption: what the old PSW and the assigned locations hold, and the
 * new PSW. */
static void
interrupt(struct state *s, uint32_t old, unsigned ilc, unsigned code,
          uint32_t handler)
{
    store(s->storage + old, psw_image(&s->psw, ilc, code), 8);
    if (s->psw.ec)
        store(s->storage + (old == PGM_OLD ? 0x8C : 0x88),
              (uint64_t)ilc << 17 | code, 4);
    memset(&s->psw, 0, sizeof(s->psw));
    s->psw.ia = handler;
}

/* ---- running ------------------------------------------------------------- */

static void
registers(struct machine *m, struct state *s)
{
    char name[8];
    unsigned i;

    for (i = 0; i < 16; i++) {
        snprintf(name, sizeof(name), "gr%u", i);
        machine_get(m, name, &s->gr[i]);
        snprintf(name, sizeof(name), "cr%u", i);
        machine_get(m, name, &s->cr[i]);
    }
    for (i = 0; i < 4; i++) {
        snprintf(name, sizeof(name), "fr%u", 2 * i);
        machine_get(m, name, &s->fr[i]);
    }
}

static void
set_registers(struct machine *m, const struct state *s)
{
    char name[8];
    unsigned i;

    for (i = 0; i < 16; i++) {
        snprintf(name, sizeof(name), "gr%u", i);
        machine_set(m, name, s->gr[i]);
        snprintf(name, sizeof(name), "cr%u", i);
        machine_set(m, name, s->cr[i]);
    }
    for (i = 0; i < 4; i++) {
        snprintf(name, sizeof(name), "fr%u", 2 * i);
        machine_set(m, name, s->fr[i]);
    }
    if (s->has_tod)
        machine_set(m, "tod", s->tod);
    if (s->has_cmp)
        machine_set(m, "cc", s->cmp);
    if (s->has_cpt)
        machine_set(m, "ct", s->cpt);
    machine_set(m, "psw", psw_image(&s->psw, 0, 0));
}

static bool
same(const char *what, unsigned n, uint64_t got, uint64_t expected)
{
    if (got != expected)
        diag("%s%X is X'%llX', expected X'%llX'", what, n,
             (unsigned long long)got, (unsigned long long)expected);
    return got == expected;
}

/* Bits of the current PSW that mean nothing: ILC and code of a BC PSW. */
static uint64_t
current(uint64_t psw)
{
    return psw & UINT64_C(0x0008000000000000)
               ? psw
               : psw & UINT64_C(0xFFFF00003FFFFFFF);
}

static bool
compare(struct machine *m, const struct state *s, const struct outcome *out)
{
    static uint8_t storage[STORAGE];
    static struct state now;
    uint64_t psw = out->has_psw ? out->psw : psw_image(&s->psw, 0, 0), got;
    bool good = true;
    uint8_t key;
    unsigned i;

    registers(m, &now);
    machine_read(m, 0, storage, STORAGE);
    for (i = 0; i < 16; i++) {
        good &= same("r", i, now.gr[i], s->gr[i]);
        good &= same("c", i, now.cr[i], s->cr[i]);
    }
    for (i = 0; i < 4; i++)
        good &= same("f", 2 * i, now.fr[i], s->fr[i]);
    machine_get(m, "psw", &got);
    good &= same("psw", 0, current(got), current(psw));
    for (i = 0; i < STORAGE; i++)
        if (storage[i] != s->storage[i])
            good &= same("@", i, storage[i], s->storage[i]);
    for (i = 0; i < out->nkeys; i++) {
        machine_key_get(m, out->key[i].addr, &key);
        good &= same("k", out->key[i].addr, key, out->key[i].key);
    }
    if (s->has_tod && machine_get(m, "tod", &got) == 0)
        good &= same("tod", 0, got >> 12, s->tod >> 12);
    if (s->has_cmp && machine_get(m, "cc", &got) == 0)
        good &= same("cmp", 0, got, s->cmp);
    if (s->has_cpt && machine_get(m, "ct", &got) == 0)
        good &= same("cpt", 0, got >> 16, s->cpt >> 16);
    return good;
}

static void
note_tested(const char *name, const struct state *s, uint32_t at)
{
    unsigned one = s->storage[at], two = one << 8 | s->storage[at + 1];
    unsigned i;

    for (i = 0; i < NKNOWN; i++)
        if (strcmp(known[i].name, name) == 0 &&
            known[i].opcode == (known[i].opcode > 0xFF ? two : one))
            tested[i] = true;
}

/* One row, as words; "->" stands between before and after.  False: it is no
 * row. */
static bool
run_row(struct machine *m, int nwords, char *words[], const char *row)
{
    static struct state s;
    struct outcome before = {.pgm = -1, .svc = -1, .ilc = -1}, after = before;
    uint32_t at, length;
    unsigned ilc;
    int i;

    memset(&s, 0, sizeof(s));
    machine_reset(m, true);
    registers(m, &s);
    s.psw.ia = 0x1000;
    store(s.storage + 0x60, SVC_HANDLER, 8);
    store(s.storage + 0x68, PGM_HANDLER, 8);
    for (i = 2; i < nwords && strcmp(words[i], "->") != 0; i++)
        if (!item(&s, &before, false, words[i]))
            return false;
    at = s.psw.ia;
    if (i == nwords || !put_bytes(&s, at & ~1u, words[1]))
        return false;
    note_tested(words[0], &s, at & ~1u);
    set_registers(m, &s);
    machine_write(m, 0, s.storage, STORAGE);
    for (unsigned k = 0; k < before.nkeys; k++)
        machine_key_set(m, before.key[k].addr, before.key[k].key);
    machine_run(m, 1, UINT64_MAX);

    length = s.storage[at] < 0x40 ? 2 : s.storage[at] < 0xC0 ? 4 : 6;
    s.psw.ia += length;
    for (i++; i < nwords; i++)
        if (!item(&s, &after, true, words[i]))
            return false;
    ilc = after.ilc >= 0 ? (unsigned)after.ilc : length / 2;
    if (after.pgm >= 0)
        interrupt(&s, PGM_OLD, ilc, (unsigned)after.pgm, PGM_HANDLER);
    else if (after.svc >= 0)
        interrupt(&s, SVC_OLD, ilc, (unsigned)after.svc, SVC_HANDLER);
    ok(compare(m, &s, &after), "%s", row);
    return true;
}

static int
run_table(struct machine *m, const char *path)
{
    char line[512], row[512], *words[WORDS];
    FILE *f = fopen(path, "r");
    unsigned number = 0;
    int n;

    if (f == NULL) {
        diag("%s cannot be read", path);
        return -1;
    }
    while (fgets(line, sizeof(line), f) != NULL) {
        number++;
        line[strcspn(line, "#\n")] = '\0';
        strcpy(row, line);
        n = 0;
        for (char *w = strtok(line, " "); w != NULL && n < WORDS;
             w = strtok(NULL, " "))
            words[n++] = w;
        if (n > 0 && (n < 3 || !run_row(m, n, words, row)))
            ok(false, "%s:%u is no row: %s", path, number, row);
    }
    fclose(f);
    return 0;
}

int
main(int argc, char *argv[])
{
    struct machine_options opt;
    struct machine *m;
    char err[200];
    int i;

    machine_options_default(&opt);
    opt.storage_bytes = STORAGE;
    m = machine_create(&opt, err, sizeof(err));
    if (m == NULL) {
        diag("%s", err);
        return 2;
    }
    for (i = 1; i < argc; i++)
        if (run_table(m, argv[i]) != 0)
            return 2;
    for (i = 0; argc == 1 && i < NTABLES; i++)
        if (run_table(m, tables[i]) != 0)
            return 2;
    for (i = 0; i < NKNOWN; i++)
        ok(tested[i], "%s (X'%X') has a row", known[i].name, known[i].opcode);
    machine_destroy(m);
    return done();
}
