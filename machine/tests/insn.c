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
 *     ?ADDR=N  N bytes of storage that are not compared
 *     psw=16 digits: the whole PSW (its ILC and interruption code are not
 *     compared)
 *
 * insn/possible.txt says what each instruction can come to.  At the end every
 * instruction of the machine's table must have shown each of its condition
 * codes and program interruptions, and nothing else; with B in the environment
 * $B/tests/insn-coverage.txt reports how many rows did: name, cc or pgm, code,
 * rows.
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
    const char *name, *format;
} known[] = {
#define INSN(opcode, name, format, routine, flags) {opcode, #name, #format},
#include "../cpu/optable.inc"
#undef INSN
};
enum { NKNOWN = sizeof(known) / sizeof(known[0]) };

/* Of each instruction: how many rows came to it, and whether it is possible. */
enum { CODES = 0x100 };
static struct coverage {
    bool listed;
    unsigned cc[4], pgm[CODES];
    bool cc_possible[4], pgm_possible[CODES];
} coverage[NKNOWN];
static const char possible_path[] = "machine/tests/insn/possible.txt";

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
    bool has_ia, has_psw, has_cc;
    uint64_t psw;
    struct {
        uint32_t addr;
        uint8_t key;
    } key[8];
    unsigned nkeys;
    uint32_t any, nany;
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
        s->psw.cc = (uint8_t)v, out->has_cc = true;
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
    } else if (after && word[0] == '?') {
        out->any = (uint32_t)strtoul(word + 1, NULL, 16);
        out->nany = (uint32_t)v;
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
        if (storage[i] != s->storage[i] && i - out->any >= out->nany)
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

/* The instruction `name` at `at`; NKNOWN: none. */
static unsigned
find_known(const char *name, const struct state *s, uint32_t at)
{
    unsigned one = s->storage[at], two = one << 8 | s->storage[at + 1];
    unsigned i;

    for (i = 0; i < NKNOWN; i++)
        if (strcmp(known[i].name, name) == 0 &&
            known[i].opcode == (known[i].opcode > 0xFF ? two : one))
            break;
    return i;
}

static void
note_coverage(unsigned insn, const struct state *s, const struct outcome *out)
{
    if (insn == NKNOWN)
        return;
    if (out->has_cc)
        coverage[insn].cc[s->psw.cc]++;
    if (out->pgm >= 0)
        coverage[insn].pgm[out->pgm & (CODES - 1)]++;
}

/* One row, as words; "->" stands between before and after.  False: it is no
 * row. */
static bool
run_row(struct machine *m, int nwords, char *words[], const char *row)
{
    static struct state s;
    struct outcome before = {.pgm = -1, .svc = -1, .ilc = -1}, after = before;
    uint32_t at, length;
    unsigned ilc, insn;
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
    insn = find_known(words[0], &s, at & ~1u);
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
    note_coverage(insn, &s, &after);
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

/* Run a row given as a string. */
static bool
run_text(struct machine *m, const char *text)
{
    char line[512], *words[WORDS];
    int n = 0;

    snprintf(line, sizeof(line), "%s", text);
    for (char *w = strtok(line, " "); w != NULL && n < WORDS;
         w = strtok(NULL, " "))
        words[n++] = w;
    return n >= 3 && run_row(m, n, words, text);
}

/* ---- access exceptions --------------------------------------------------- */

/* A probe: an operand where it cannot be used.  Pages of 4 KiB; B is invalid,
 * C has ones where zeros must be; segment 1 is invalid. */
#define DAT                                                            \
    "ec sys=04 c0=00800000 c1=00003000 @3000=F0003100 @3004=00000001 " \
    "@3100=00000010002000300040005000600070008000900"                  \
    "0A0000800C6"
static const struct probe {
    const char *before, *after;
    unsigned pgm;
} probes[] = {
    {"r2=00010000 r3=4000", "pgm=5", 5},
    {"r2=00012000 r3=4000 " DAT, "pgm=10 @90=00012000 ia=1000", 0x10},
    {"r2=0000B000 r3=4000 " DAT, "pgm=11 @90=0000B000 ia=1000", 0x11},
    {"r2=0000C000 r3=4000 " DAT, "pgm=12", 0x12},
};
static const struct probe fetch_probe = {
    "r2=2000 r3=4000 key=1 k2000=28 k4000=18", "pgm=4", 4};
static const struct probe store_probe = {
    "r2=2000 r3=4000 key=1 k2000=20 k4000=18", "pgm=4", 4};

/* The instruction with operand `n` at the address in register 2. */
static void
probe_code(const struct known *k, unsigned n, char *code, size_t size)
{
    unsigned op = k->opcode;

    if (strncmp(k->format, "SS", 2) == 0)
        snprintf(code, size, "%02X%s%s", op, k->format[2] == '1' ? "00" : "10",
                 n == 1 ? "20003000" : "30002000");
    else if (op > 0xFF)
        snprintf(code, size, "%04X2000", op);
    else if (strcmp(k->format, "RS_M") == 0)
        snprintf(code, size, "%02X4F2000", op);
    else if (strcmp(k->format, "RS") == 0)
        snprintf(code, size, "%02X462000", op);
    else if (strncmp(k->format, "RX", 2) == 0)
        snprintf(code, size, "%02X402000", op);
    else
        snprintf(code, size, "%02X002000", op);
}

static void
run_probe(struct machine *m, unsigned insn, const char *code, const char *with,
          const struct probe *p)
{
    char row[512];

    coverage[insn].pgm_possible[p->pgm] = true;
    snprintf(row, sizeof(row), "%s %s %s %s -> %s", known[insn].name, code,
             p->before, with, p->after);
    if (!run_text(m, row))
        ok(false, "no row: %s", row);
}

/* `word` is fetch, store, fetch1, ... */
static bool
run_probes(struct machine *m, unsigned insn, const char *word, const char *code,
           const char *with)
{
    bool store = strncmp(word, "store", 5) == 0;
    unsigned n = word[5] == '1' ? 1 : 2, i;
    char own[16];

    if (!store && strncmp(word, "fetch", 5) != 0)
        return false;
    if (code == NULL) {
        probe_code(&known[insn], n, own, sizeof(own));
        code = own;
    }
    for (i = 0; i < sizeof(probes) / sizeof(probes[0]); i++)
        run_probe(m, insn, code, with, &probes[i]);
    run_probe(m, insn, code, with, store ? &store_probe : &fetch_probe);
    return true;
}

/* ---- what is possible ---------------------------------------------------- */

/* What stands behind the colon, for one instruction. */
static bool
possible_words(struct machine *m, unsigned insn, const char *text)
{
    struct coverage *c = &coverage[insn];
    char line[256], *word[WORDS], *code = NULL;
    const char *with = strstr(text, " with ");
    unsigned n = 0, i;

    snprintf(line, sizeof(line), "%.*s",
             with == NULL ? (int)strlen(text) : (int)(with - text), text);
    with = with == NULL ? "" : with + 6;
    for (char *w = strtok(line, " "); w != NULL && n < WORDS;
         w = strtok(NULL, " "))
        word[n++] = w;
    if (n >= 2 && strcmp(word[n - 2], "as") == 0) {
        code = word[n - 1];
        n -= 2;
    }
    c->listed = true;
    for (i = 0; i < n; i++) {
        if (strncmp(word[i], "cc=", 3) == 0) {
            for (const char *p = word[i] + 3; *p >= '0' && *p <= '3'; p++)
                c->cc_possible[*p - '0'] = true;
        } else if (strncmp(word[i], "pgm=", 4) == 0) {
            for (char *p = word[i] + 3; *p != '\0';)
                c->pgm_possible[strtoul(p + 1, &p, 16) & (CODES - 1)] = true;
        } else if (!run_probes(m, insn, word[i], code, with)) {
            return false;
        }
    }
    return true;
}

static int
read_possible(struct machine *m)
{
    char line[256], *rest, *save;
    FILE *f = fopen(possible_path, "r");
    unsigned number = 0, i;

    if (f == NULL) {
        diag("%s cannot be read", possible_path);
        return -1;
    }
    while (fgets(line, sizeof(line), f) != NULL) {
        number++;
        line[strcspn(line, "#\n")] = '\0';
        rest = strchr(line, ':');
        if (rest == NULL)
            continue;
        *rest++ = '\0';
        for (char *name = strtok_r(line, " ", &save); name != NULL;
             name = strtok_r(NULL, " ", &save)) {
            for (i = 0; i < NKNOWN && strcmp(known[i].name, name) != 0; i++)
                ;
            if (i == NKNOWN || !possible_words(m, i, rest))
                ok(false, "%s:%u: %s is not right", possible_path, number,
                   name);
        }
    }
    fclose(f);
    return 0;
}

/* One test for each code of an instruction that is possible or came. */
static void
check_code(FILE *report, const char *name, const char *kind, unsigned code,
           unsigned rows, bool possible)
{
    /* A row may name a condition code that stays. */
    if (!possible && (rows == 0 || kind[0] == 'c'))
        return;
    ok(possible == (rows > 0), "%s: %s %X is possible and has a row", name,
       kind, code);
    if (report != NULL)
        fprintf(report, "%s\t%s\t%X\t%u\n", name, kind, code, rows);
}

static void
check_coverage(void)
{
    const char *b = getenv("B");
    char path[300];
    FILE *report = NULL;
    unsigned i, k;

    if (b != NULL) {
        snprintf(path, sizeof(path), "%s/tests/insn-coverage.txt", b);
        report = fopen(path, "w");
    }
    for (i = 0; i < NKNOWN; i++) {
        const struct coverage *c = &coverage[i];

        ok(c->listed, "%s (X'%X') is in possible.txt", known[i].name,
           known[i].opcode);
        for (k = 0; k < 4; k++)
            check_code(report, known[i].name, "cc", k, c->cc[k],
                       c->cc_possible[k]);
        for (k = 0; k < CODES; k++)
            check_code(report, known[i].name, "pgm", k, c->pgm[k],
                       c->pgm_possible[k]);
    }
    if (report != NULL)
        fclose(report);
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
    if (argc == 1) {
        if (read_possible(m) != 0)
            return 2;
        check_coverage();
    }
    machine_destroy(m);
    return done();
}
