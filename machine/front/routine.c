/*
 * routine.c - what an assembler routine has done with its caller's registers
 *
 * The map tells where such a routine is entered, and no more.  So its
 * instructions are followed from there to the one that is next, both ways at
 * each branch, and noted on the way: which registers hold the caller's R13 and
 * R14; which of the caller's registers were stored, and where; how far below
 * its caller's R13 is; and which registers hold an address that is the same in
 * every run, for those are the bases of branches.
 *
 * The first way that leads there counts: wherever two ways meet, a routine has
 * the same in its registers.  Constants in storage are taken to be constant.
 */
#include <string.h>

#include "debug.h"
#include "front.h"
#include "insn.h"
#include "machine.h"

enum { ADDRESS = 0xFFFFFF, WINDOW = 0x10000, WAYS_MAX = 64, ROOTS_MAX = 64 };
enum { BEHIND_R13, AT_ADDRESS }; /* routine.stored */

enum op {
    OP_BALR = 0x05,
    OP_BCTR = 0x06,
    OP_BCR = 0x07,
    OP_BASR = 0x0D,
    OP_MVCL = 0x0E,
    OP_CLCL = 0x0F,
    OP_LR = 0x18,
    OP_LA = 0x41,
    OP_BAL = 0x45,
    OP_BCT = 0x46,
    OP_BC = 0x47,
    OP_AH = 0x4A,
    OP_SH = 0x4B,
    OP_BAS = 0x4D,
    OP_ST = 0x50,
    OP_L = 0x58,
    OP_A = 0x5A,
    OP_S = 0x5B,
    OP_AL = 0x5E,
    OP_SL = 0x5F,
    OP_LPSW = 0x82,
    OP_BXH = 0x86,
    OP_BXLE = 0x87,
    OP_STM = 0x90,
    OP_LM = 0x98,
    OP_ICM = 0xBF
};

struct way {
    uint32_t at;
    struct routine r;
};

/* Addresses are logical. */
struct walk {
    const struct machine *m;
    uint32_t goal;
    uint8_t seen[WINDOW / 16];
    struct way ways[WAYS_MAX]; /* still to be gone */
    int nways;
    uint32_t roots[ROOTS_MAX]; /* where routines are entered */
    int nroots;
};

struct operand {
    unsigned r1, r3, x, b;
    uint32_t d;
};

static bool
has(unsigned set, unsigned reg)
{
    return (set >> reg & 1) != 0;
}

/* ---- registers ----------------------------------------------------------- */

/* A register gets a value that nothing is known of. */
static void
changes(struct routine *r, unsigned reg)
{
    uint16_t others = (uint16_t) ~(1U << reg);

    r->known &= others;
    r->callers13 &= others;
    r->callers14 &= others;
    if (reg == 13)
        r->has_depth = false;
}

static void
becomes(struct routine *r, unsigned reg, uint32_t value)
{
    changes(r, reg);
    r->known |= (uint16_t)(1U << reg);
    r->value[reg] = value & ADDRESS;
}

/* A register gets the caller's R13 less depth. */
static void
points(struct routine *r, unsigned reg, uint32_t depth)
{
    changes(r, reg);
    if (depth == 0)
        r->callers13 |= (uint16_t)(1U << reg);
    if (reg == 13) {
        r->has_depth = true;
        r->depth = depth;
    }
}

static void
copies(struct routine *r, unsigned to, unsigned from)
{
    bool is13 = has(r->callers13, from), is14 = has(r->callers14, from);

    if (is13)
        points(r, to, 0);
    else if (has(r->known, from))
        becomes(r, to, r->value[from]);
    else
        changes(r, to);
    if (is14)
        r->callers14 |= (uint16_t)(1U << to);
}

static void
begins(struct routine *r)
{
    r->known = r->callers13 = r->stored[0] = r->stored[1] = 0;
    r->callers14 = 1U << 14;
    points(r, 13, 0);
}

/* ---- storage ------------------------------------------------------------- */

static bool
address(const struct routine *r, const struct operand *o, uint32_t *addr)
{
    if ((o->x != 0 && !has(r->known, o->x)) ||
        (o->b != 0 && !has(r->known, o->b)))
        return false;
    *addr = o->d + (o->x == 0 ? 0 : r->value[o->x]) +
            (o->b == 0 ? 0 : r->value[o->b]);
    *addr &= ADDRESS;
    return true;
}

/* An operand's place: BEHIND_R13 of the caller so many bytes, or AT_ADDRESS;
 * -1: not known. */
static int
place_of(const struct routine *r, const struct operand *o, uint32_t *n)
{
    if (o->b != 0 && o->x == 0 && has(r->callers13, o->b))
        *n = o->d;
    else if (o->b == 13 && o->x == 0 && r->has_depth)
        *n = o->d - r->depth;
    else
        return address(r, o, n) ? AT_ADDRESS : -1;
    return BEHIND_R13;
}

/* The caller's register that a register holds; -1: none that is wanted back. */
static int
callers(const struct routine *r, unsigned reg)
{
    if (has(r->callers13, reg))
        return 13;
    if (has(r->callers14, reg))
        return 14;
    return reg >= 2 && reg <= 12 ? (int)reg : -1;
}

static void
store(struct routine *r, const struct operand *o)
{
    uint32_t n;
    int where = place_of(r, o, &n), reg;

    for (unsigned i = o->r1; where >= 0; i = (i + 1) & 15, n += 4) {
        reg = callers(r, i);
        if (reg >= 0 && !has(r->stored[0] | r->stored[1], (unsigned)reg) &&
            (reg != 13 || where == AT_ADDRESS)) {
            r->stored[where] |= (uint16_t)(1U << reg);
            r->place[reg] = n;
        }
        if (i == o->r3)
            break;
    }
}

/* What was stored comes back; and an L of R13, when R13 is not the caller's, is
 * taken for the end of a frame.  R13 and R14 together: setjmp's caller goes on,
 * or an interrupted program. */
static void
load(const struct walk *w, struct routine *r, const struct operand *o)
{
    struct routine was = *r;
    uint32_t n = 0;
    int where = place_of(r, o, &n);

    if (((13 - o->r1) & 15) < ((o->r3 - o->r1) & 15)) {
        begins(r);
        return;
    }
    for (unsigned i = o->r1;; i = (i + 1) & 15, n += 4) {
        bool back =
            where >= 0 && has(was.stored[where], i) && was.place[i] == n;

        changes(r, i);
        if (i == 13 && !has(was.callers13, 13))
            points(r, 13, 0);
        else if (i == 14 && back)
            r->callers14 |= 1U << 14;
        else if (back)
            r->stored[where] &= (uint16_t) ~(1U << i);
        else if (where == AT_ADDRESS)
            becomes(r, i, (uint32_t)debug_read(w->m, n, 4));
        if (i == o->r3)
            break;
    }
}

/* R13 goes down, or up, by an operand. */
static void
moves(const struct walk *w, struct routine *r, const struct operand *o, int op)
{
    bool half = op == OP_AH || op == OP_SH, down;
    uint32_t addr, n;

    if (!r->has_depth || !address(r, o, &addr)) {
        changes(r, 13);
        return;
    }
    n = (uint32_t)debug_read(w->m, addr, half ? 2 : 4);
    if (half)
        n = (uint32_t)(int16_t)n;
    down = op == OP_S || op == OP_SL || op == OP_SH;
    points(r, 13, r->depth + (down ? n : 0 - n));
}

/* ---- instructions -------------------------------------------------------- */

static bool
in_list(const uint8_t *list, size_t n, unsigned op)
{
    while (n > 0 && list[n - 1] != op)
        n--;
    return n > 0;
}

/* Any other instruction: only the registers that it changes matter. */
static void
result(struct routine *r, const uint8_t *code, enum insn_format format)
{
    /* SSK CLR CR STH STC EX CH CVD CL C; MVCL CLCL MR DR M D, shifts, CDS */
    static const uint8_t none[] = {0x08, 0x15, 0x19, 0x40, 0x42,
                                   0x44, 0x49, 0x4E, 0x55, 0x59};
    static const uint8_t pairs[] = {0x0E, 0x0F, 0x1C, 0x1D, 0x5C, 0x5D,
                                    0x8C, 0x8D, 0x8E, 0x8F, 0xBB};
    unsigned op = code[0], r1 = code[1] >> 4, r2 = code[1] & 15;

    if ((format != FORMAT_RR && format != FORMAT_RX && format != FORMAT_RS &&
         format != FORMAT_RS_SHIFT && op != OP_ICM) ||
        insn_is_float(code) || in_list(none, sizeof(none), op))
        return;
    changes(r, r1);
    if (in_list(pairs, sizeof(pairs), op))
        changes(r, r1 | 1);
    if (op == OP_MVCL || op == OP_CLCL) {
        changes(r, r2);
        changes(r, r2 | 1);
    }
}

static void
goes_to(struct walk *w, uint32_t at, const struct routine *r)
{
    if (w->nways < WAYS_MAX)
        w->ways[w->nways++] = (struct way){at & ADDRESS, *r};
}

/* R14 calls another routine, which may change R0 and R1, and far away R14 and
 * R15; with another register what is called is part of this one. */
static void
calls(struct walk *w, struct routine *r, const struct operand *o, bool far,
      const uint32_t *to)
{
    changes(r, o->r1);
    if (to != NULL && o->r1 != 14)
        goes_to(w, *to, r);
    else if (to != NULL && w->nroots < ROOTS_MAX)
        w->roots[w->nroots++] = *to;
    changes(r, 0);
    changes(r, 1);
    if (far) {
        changes(r, 14);
        changes(r, 15);
    }
}

static struct operand
operand_of(const uint8_t *code, enum insn_format format)
{
    unsigned r1 = code[1] >> 4, low = code[1] & 15;
    bool rr = format == FORMAT_RR || format == FORMAT_RR_M;

    return (struct operand){
        .r1 = r1,
        .r3 = format == FORMAT_RS ? low : r1,
        .x = rr || format == FORMAT_RX || format == FORMAT_RX_M ? low : 0,
        .b = rr ? 0 : code[2] >> 4,
        .d = rr ? 0 : (code[2] & 15U) << 8 | code[3]};
}

/* Note what an instruction does, and where it may branch to; false: the one
 * behind it is not next. */
static bool
follow(struct walk *w, const uint8_t *code, uint32_t behind, struct routine *r)
{
    const struct insn_info *info = insn_find(code);
    struct operand o;
    uint32_t to;
    bool known;

    if (info == NULL || code[0] == OP_LPSW)
        return false;
    o = operand_of(code, info->format);
    known = address(r, &o, &to);
    switch (code[0]) {
    case OP_BALR:
    case OP_BASR:
        if (o.x == 0)
            becomes(r, o.r1, behind);
        else
            calls(w, r, &o, true, known ? &to : NULL);
        break;
    case OP_BAL:
    case OP_BAS:
        calls(w, r, &o, false, known ? &to : NULL);
        break;
    case OP_BXH:
    case OP_BXLE:
    case OP_BCT:
    case OP_BCTR:
        changes(r, o.r1);
        /* fall through */
    case OP_BC:
    case OP_BCR:
        if (known && (o.x != 0 || code[0] > OP_BCR))
            goes_to(w, to, r);
        return (code[0] != OP_BC && code[0] != OP_BCR) || o.r1 != 15;
    case OP_LR:
        copies(r, o.r1, o.x);
        break;
    case OP_ST:
    case OP_STM:
        store(r, &o);
        break;
    case OP_L:
    case OP_LM:
        load(w, r, &o);
        break;
    case OP_LA:
        if (o.x + o.b == 13 && (o.x == 0 || o.b == 0) && r->has_depth)
            points(r, o.r1, r->depth - o.d);
        else if (known)
            becomes(r, o.r1, to);
        else
            changes(r, o.r1);
        break;
    case OP_A:
    case OP_S:
    case OP_AL:
    case OP_SL:
    case OP_AH:
    case OP_SH:
        if (o.r1 == 13) {
            moves(w, r, &o, code[0]);
            break;
        }
        /* fall through */
    default:
        result(r, code, info->format);
        break;
    }
    return true;
}

/* ---- routines ------------------------------------------------------------ */

/* Go all ways from a root until one leads to the goal. */
static bool
reaches(struct walk *w, uint32_t root, struct routine *r)
{
    uint32_t first = root < WINDOW / 2 ? 0 : root - WINDOW / 2;

    memset(w->seen, 0, sizeof(w->seen));
    w->nways = 0;
    begins(r);
    becomes(r, 15, root);
    goes_to(w, root, r);
    while (w->nways > 0) {
        uint32_t at = w->ways[--w->nways].at, n, behind;

        *r = w->ways[w->nways].r;
        for (;; at = behind) {
            uint8_t code[6];
            uint64_t bytes;

            if (at == w->goal)
                return true;
            n = (at - first) / 2;
            if (at % 2 != 0 || at - first >= WINDOW ||
                has(w->seen[n / 8], n % 8))
                break;
            w->seen[n / 8] |= (uint8_t)(1U << n % 8);
            bytes = debug_read(w->m, at, 6);
            for (unsigned i = 0; i < 6; i++)
                code[i] = (uint8_t)(bytes >> (40 - 8 * i));
            behind = at + insn_length(code[0]);
            if (!follow(w, code, behind, r))
                break;
        }
    }
    begins(r);
    return false;
}

/* Does an interruption or IPL lead there, and no call? */
static bool
is_handler(const struct machine *m, uint32_t addr, struct walk *w)
{
    static const uint8_t psws[] = {0x00, 0x58, 0x60, 0x68, 0x70, 0x78};
    bool is = false;

    for (size_t i = 0; i < sizeof(psws); i++) {
        uint8_t b[3] = {0};
        uint32_t to;

        machine_read(m, psws[i] + 5U, b, 3);
        to = (uint32_t)b[0] << 16 | (uint32_t)b[1] << 8 | b[2];
        is |= to == addr;
        if (w != NULL)
            w->roots[w->nroots++] = to;
    }
    return is;
}

void
routine_find(const struct machine *m, uint32_t at, uint32_t raddr,
             struct routine *r)
{
    struct walk w = {.m = m, .goal = at};
    uint32_t real = raddr + 1;

    while (w.nroots < ROOTS_MAX / 2 && map_entry(m, real, &real) &&
           raddr - real < WINDOW / 2)
        w.roots[w.nroots++] = real + at - raddr;
    is_handler(m, 0, &w);
    map_function(m, raddr, &real);
    *r = (struct routine){.is_known = true};
    for (int i = 0; i < w.nroots; i++)
        if (reaches(&w, w.roots[i], r)) {
            r->is_handler = is_handler(m, w.roots[i], NULL);
            r->start = w.roots[i];
            return;
        }
    r->start = real + at - raddr;
    reaches(&w, r->start, r);
    r->is_known = false;
}

/* The lowest register of a set; -1: it is empty. */
static int
lowest(unsigned set)
{
    for (unsigned reg = 0; reg < 16; reg++)
        if (has(set, reg))
            return (int)reg;
    return -1;
}

static uint32_t
stored_at(const struct routine *r, unsigned reg, uint32_t area)
{
    return r->place[reg] + (has(r->stored[BEHIND_R13], reg) ? area : 0);
}

/* Of a routine that is not known the linkage is taken to be the usual one. */
bool
routine_leave(const struct machine *m, const struct routine *r, bool innermost,
              uint32_t gr[16])
{
    unsigned there = innermost ? 0xFFFF : 0x3FFC, stored;
    int copy13 = lowest(r->callers13 & there);
    int copy14 = lowest(r->callers14 & there);
    bool usual = !r->is_known && !innermost;
    uint32_t area;

    stored = r->stored[BEHIND_R13] | r->stored[AT_ADDRESS];
    if (r->has_depth && !usual)
        area = gr[13] + r->depth;
    else if (copy13 >= 0 && !has(stored, 13) && !usual)
        area = gr[copy13];
    else
        area = (uint32_t)debug_read(
            m, has(stored, 13) ? r->place[13] : gr[13] + 4, 4);
    area &= ADDRESS;
    if (has(stored, 14) || usual)
        gr[14] = (uint32_t)debug_read(
            m, usual ? area + 12 : stored_at(r, 14, area), 4);
    else if (copy14 >= 0)
        gr[14] = gr[copy14];
    for (unsigned reg = 2; reg <= 12; reg++)
        if (has(stored, reg) || usual)
            gr[reg] = (uint32_t)debug_read(
                m, usual ? area + 20 + 4 * reg : stored_at(r, reg, area), 4);
    gr[13] = area;
    return has(stored, 14) || usual || copy14 >= 0;
}
