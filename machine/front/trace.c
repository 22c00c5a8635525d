/*
 * trace.c - tracing: what the machine does, a line at a time
 *
 * Each letter switches one kind of line on:
 *     i  instructions: address, code, text, operands -> results, source line
 *     k  those of them that concern storage keys       t  ... clocks
 *     d  translations that the lookaside did not have
 *     x  interruptions       o  I/O instructions       c  channel programs
 *
 * The line of an instruction is begun before it is executed and finished
 * after it: then the registers are compared with those from before, so that
 * whatever an instruction changes is shown without a rule for each.  When the
 * end does not come, because the instruction was interrupted, the line is
 * written without results as soon as the next one begins.
 *
 * With no letter on, the CPU and the channels ask trace_on() and go on.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../internal.h"
#include "front.h"
#include "insn.h"

static const char letters_known[] = "ixocdkt";

enum { OPERAND_SHOWN = 16, TRACE_LINE_MAX = 400 };

/* A storage operand of the instruction that is being executed. */
struct operand {
    uint32_t laddr;
    unsigned len; /* bytes shown; 0: there is no such operand */
    bool there;   /* it could be read */
    uint8_t before[OPERAND_SHOWN];
};

struct tracer {
    unsigned on; /* a bit for each of letters_known */
    void (*fn)(void *ctx, const char *line);
    void *ctx;
    uint32_t from, to; /* logical addresses that are traced */
    uint64_t nlines;   /* that are still to come */
    /* The instruction whose line is begun. */
    bool begun;
    char line[TRACE_LINE_MAX];
    size_t len;
    char where[160];
    uint32_t next_ia;
    uint64_t psw;
    uint32_t gr[16];
    uint64_t fr[4];
    struct operand operand[2];
    bool has_key; /* it is about a storage key: */
    uint32_t key_raddr;
    uint8_t key;
};

/* ---- lines --------------------------------------------------------------- */

static void add(struct tracer *t, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
add(struct tracer *t, const char *format, ...)
{
    va_list args;
    int n;

    if (t->len >= sizeof(t->line) - 1)
        return;
    va_start(args, format);
    n = vsnprintf(t->line + t->len, sizeof(t->line) - t->len, format, args);
    va_end(args);
    if (n > 0)
        t->len += (size_t)n;
}

static void
add_bytes(struct tracer *t, const uint8_t *bytes, unsigned len)
{
    unsigned i;

    for (i = 0; i < len; i++)
        add(t, "%02X", bytes[i]);
}

/* The last line of those that were asked for switches the trace off. */
static void
emit(struct tracer *t, const char *line)
{
    t->fn(t->ctx, line);
    if (t->nlines != UINT64_MAX && --t->nlines == 0)
        t->on = 0;
}

/* Write the line that is begun. */
static void
write_begun(struct tracer *t)
{
    if (!t->begun)
        return;
    t->begun = false;
    if (t->where[0] != '\0')
        add(t, "  %s", t->where);
    emit(t, t->line);
}

void
trace_flush(struct machine *m)
{
    if (m->tracer != NULL)
        write_begun(m->tracer);
}

bool
trace_letter_on(const struct machine *m, char letter)
{
    const char *p;

    if (m->tracer->on == 0)
        return false;
    p = strchr(letters_known, letter);
    return p != NULL && (m->tracer->on >> (p - letters_known) & 1) != 0;
}

bool
trace_at(const struct machine *m, char letter, uint32_t laddr)
{
    return trace_on(m, letter) && laddr >= m->tracer->from &&
           laddr <= m->tracer->to;
}

bool
trace_instructions(const struct machine *m)
{
    return trace_on(m, 'i') || trace_on(m, 'k') || trace_on(m, 't');
}

void
trace_line(struct machine *m, const char *format, ...)
{
    char line[TRACE_LINE_MAX];
    va_list args;

    if (m->tracer == NULL || m->tracer->on == 0)
        return;
    write_begun(m->tracer);
    if (m->tracer->on == 0)
        return;
    va_start(args, format);
    vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    emit(m->tracer, line);
}

/* ---- operands ------------------------------------------------------------ */

static uint32_t
gr(const struct machine *m, unsigned n)
{
    return (uint32_t)cpu_register_get(m, REGISTER_GR, n);
}

/* The address of base and displacement at `bd`. */
static uint32_t
address(const struct machine *m, const uint8_t *bd)
{
    unsigned base = bd[0] >> 4;
    uint32_t d = (bd[0] & 0xFU) << 8 | bd[1];

    return ((base == 0 ? 0 : gr(m, base)) + d) & 0xFFFFFF;
}

static unsigned
rx_bytes(uint8_t op)
{
    switch (op) {
    case 0x41: /* LA */
    case 0x45: /* BAL */
    case 0x46: /* BCT */
    case 0x4D: /* BAS */
    case 0xB1: /* LRA */
        return 0;
    case 0x42: /* STC */
    case 0x43: /* IC */
        return 1;
    case 0x40: /* STH */
    case 0x48: /* LH */
    case 0x49: /* CH */
    case 0x4A: /* AH */
    case 0x4B: /* SH */
    case 0x4C: /* MH */
        return 2;
    case 0x44: /* EX: its target */
        return 6;
    case 0x4E: /* CVD */
    case 0x4F: /* CVB */
        return 8;
    default:
        return op >= 0x60 && op <= 0x6F ? 8 : 4;
    }
}

static unsigned
rs_bytes(const uint8_t *b)
{
    switch (b[0]) {
    case 0x90: /* STM */
    case 0x98: /* LM */
    case 0xB6: /* STCTL */
    case 0xB7: /* LCTL */
        return 4 * (((b[1] & 0xFU) - (b[1] >> 4U)) % 16 + 1);
    case 0xBA: /* CS */
        return 4;
    case 0xBB: /* CDS */
        return 8;
    default:
        return 0;
    }
}

static unsigned
s_bytes(const uint8_t *b)
{
    if (b[0] == 0x80 || b[0] == 0x93) /* SSM, TS */
        return 1;
    if (b[0] == 0x82) /* LPSW */
        return 8;
    if (b[0] != 0xB2)
        return 0;
    switch (b[1]) {
    case 0x02: /* STIDP and the clocks */
    case 0x04:
    case 0x05:
    case 0x06:
    case 0x07:
    case 0x08:
    case 0x09:
        return 8;
    case 0x10: /* SPX */
    case 0x11: /* STPX */
        return 4;
    case 0x12: /* STAP */
        return 2;
    default:
        return 0;
    }
}

static unsigned
mask_bytes(unsigned mask)
{
    return (mask >> 3 & 1) + (mask >> 2 & 1) + (mask >> 1 & 1) + (mask & 1);
}

static void
operand_note(struct machine *m, unsigned i, uint32_t laddr, unsigned len)
{
    struct operand *o = &m->tracer->operand[i];

    o->laddr = laddr & 0xFFFFFF;
    o->len = len < OPERAND_SHOWN ? len : OPERAND_SHOWN;
    o->there = o->len > 0 && cpu_peek(m, o->laddr, o->before, o->len) == 0;
}

/* Find the storage operands and note what is in them. */
static void
operands_note(struct machine *m, const struct insn_info *info, const uint8_t *b)
{
    unsigned l1 = (b[1] >> 4) + 1U, l2 = (b[1] & 0xF) + 1U, x = b[1] & 0xF;

    operand_note(m, 0, 0, 0);
    operand_note(m, 1, 0, 0);
    switch (info->format) {
    case FORMAT_RX:
        operand_note(m, 0, address(m, b + 2) + (x == 0 ? 0 : gr(m, x)),
                     rx_bytes(b[0]));
        break;
    case FORMAT_RS:
        operand_note(m, 0, address(m, b + 2), rs_bytes(b));
        break;
    case FORMAT_RS_M:
        operand_note(m, 0, address(m, b + 2), mask_bytes(x));
        break;
    case FORMAT_SI:
        operand_note(m, 0, address(m, b + 2), b[0] == 0xAF ? 0 : 1);
        break;
    case FORMAT_S:
        operand_note(m, 0, address(m, b + 2), s_bytes(b));
        break;
    case FORMAT_SS1:
        operand_note(m, 0, address(m, b + 2), b[1] + 1U);
        operand_note(m, 1, address(m, b + 4), b[1] + 1U);
        break;
    case FORMAT_SS2:
        operand_note(m, 0, address(m, b + 2), l1);
        operand_note(m, 1, address(m, b + 4), l2);
        break;
    case FORMAT_SS_SRP:
        operand_note(m, 0, address(m, b + 2), l1);
        break;
    default:
        break;
    }
}

static void
add_register(struct machine *m, const uint8_t *b, unsigned n)
{
    if (!insn_is_float(b))
        add(m->tracer, " R%u=%08X", n, gr(m, n));
    else if (n <= 6 && n % 2 == 0)
        add(m->tracer, " FPR%u=%016llX", n,
            (unsigned long long)cpu_register_get(m, REGISTER_FR, n));
}

/* Registers that the instruction names as operands, and storage. */
static void
add_operands(struct machine *m, const struct insn_info *info, const uint8_t *b)
{
    const struct tracer *t = m->tracer;
    unsigned r1 = b[1] >> 4, r2 = b[1] & 0xF, i;

    switch (info->format) {
    case FORMAT_RR:
    case FORMAT_RS:
        add_register(m, b, r1);
        if (r2 != r1)
            add_register(m, b, r2);
        break;
    case FORMAT_RRE:
        add_register(m, b, b[3] >> 4);
        add_register(m, b, b[3] & 0xF);
        break;
    case FORMAT_RR_M:
        add_register(m, b, r2);
        break;
    case FORMAT_RR_1:
    case FORMAT_RX:
    case FORMAT_RS_M:
    case FORMAT_RS_SHIFT:
        add_register(m, b, r1);
        break;
    default:
        break;
    }
    for (i = 0; i < 2; i++) {
        if (t->operand[i].len == 0)
            continue;
        add(m->tracer, " %06X=", t->operand[i].laddr);
        if (t->operand[i].there)
            add_bytes(m->tracer, t->operand[i].before, t->operand[i].len);
        else
            add(m->tracer, "?");
    }
}

/* ---- results ------------------------------------------------------------- */

#define PSW_EC (UINT64_C(1) << (63 - 12))

static unsigned
psw_cc(uint64_t psw)
{
    return (psw & PSW_EC) != 0 ? psw >> (63 - 19) & 3 : psw >> (63 - 35) & 3;
}

/* The bits that are neither condition code, program mask, length code nor
 * addresses. */
static uint64_t
psw_states(uint64_t psw)
{
    return (psw & PSW_EC) != 0 ? psw & UINT64_C(0xFFFFC0FFFF000000)
                               : psw & UINT64_C(0xFFFF000000000000);
}

static void
add_changes(struct machine *m)
{
    struct tracer *t = m->tracer;
    uint8_t now[OPERAND_SHOWN];
    uint64_t fr;
    unsigned i;

    for (i = 0; i < 16; i++)
        if (gr(m, i) != t->gr[i])
            add(t, " R%u=%08X", i, gr(m, i));
    for (i = 0; i < 4; i++) {
        fr = cpu_register_get(m, REGISTER_FR, 2 * i);
        if (fr != t->fr[i])
            add(t, " FPR%u=%016llX", 2 * i, (unsigned long long)fr);
    }
    for (i = 0; i < 2; i++) {
        struct operand *o = &t->operand[i];

        if (!o->there || cpu_peek(m, o->laddr, now, o->len) != 0 ||
            memcmp(now, o->before, o->len) == 0)
            continue;
        add(t, " %06X=", o->laddr);
        add_bytes(t, now, o->len);
    }
}

/* ---- instructions -------------------------------------------------------- */

static void
registers_note(struct machine *m)
{
    struct tracer *t = m->tracer;
    unsigned i;

    t->psw = cpu_register_get(m, REGISTER_PSW, 0);
    for (i = 0; i < 16; i++)
        t->gr[i] = gr(m, i);
    for (i = 0; i < 4; i++)
        t->fr[i] = cpu_register_get(m, REGISTER_FR, 2 * i);
}

static void
where_note(struct machine *m, uint32_t ia)
{
    struct tracer *t = m->tracer;
    uint32_t raddr;

    if (machine_real(m, ia, &raddr) != 0 ||
        !machine_map_where(m, raddr, t->where, sizeof(t->where)))
        t->where[0] = '\0';
}

static bool
is_key_instruction(const uint8_t *b)
{
    return b[0] == 0x08 || b[0] == 0x09 || /* SSK, ISK */
           (b[0] == 0xB2 && (b[1] == 0x0A || b[1] == 0x0B || b[1] == 0x13));
}

static bool
is_clock_instruction(const uint8_t *b)
{
    return b[0] == 0xB2 && b[1] >= 0x04 && b[1] <= 0x09;
}

/* Does a letter that is on ask for this instruction? */
static bool
is_wanted(const struct machine *m, uint32_t ia, const uint8_t *b)
{
    return trace_at(m, 'i', ia) ||
           (is_key_instruction(b) && trace_at(m, 'k', ia)) ||
           (is_clock_instruction(b) && trace_at(m, 't', ia));
}

/* The storage key that SSK, ISK or RRB is about. */
static void
key_note(struct machine *m, const uint8_t *b)
{
    struct tracer *t = m->tracer;
    uint32_t raddr;

    t->has_key = false;
    if (b[0] == 0x08 || b[0] == 0x09)
        raddr = gr(m, b[1] & 0xF) & 0xFFFFFF;
    else if (b[0] == 0xB2 && b[1] == 0x13)
        raddr = address(m, b + 2);
    else
        return;
    t->key_raddr = raddr & ~UINT32_C(0x7FF);
    t->has_key = machine_key_get(m, t->key_raddr, &t->key) == 0;
    if (t->has_key)
        add(t, " key(%06X)=%02X", t->key_raddr, t->key);
}

static void
add_key_change(struct machine *m)
{
    struct tracer *t = m->tracer;
    uint8_t now;

    if (t->has_key && machine_key_get(m, t->key_raddr, &now) == 0 &&
        now != t->key)
        add(t, " key(%06X)=%02X", t->key_raddr, now);
}

void
trace_instruction(struct machine *m, uint32_t ia, const uint8_t *insn)
{
    const struct insn_info *info = insn_find(insn);
    struct tracer *t = m->tracer;
    unsigned length = insn_length(insn[0]);
    char text[100];

    if (t == NULL)
        return;
    write_begun(t);
    if (!is_wanted(m, ia, insn))
        return;
    t->begun = true;
    t->len = 0;
    t->next_ia = (ia + length) & 0xFFFFFF;
    registers_note(m);
    where_note(m, ia);
    machine_disassemble(insn, text, sizeof(text));
    add(t, "%06X ", ia);
    add_bytes(t, insn, length);
    add(t, "%*s %-26s", (int)(12 - 2 * length), "", text);
    memset(t->operand, 0, sizeof(t->operand));
    if (info != NULL) {
        operands_note(m, info, insn);
        add_operands(m, info, insn);
    }
    key_note(m, insn);
}

void
trace_instruction_end(struct machine *m)
{
    struct tracer *t = m->tracer;
    uint64_t psw;
    uint32_t ia;

    if (t == NULL || !t->begun)
        return;
    psw = cpu_register_get(m, REGISTER_PSW, 0);
    ia = (uint32_t)cpu_register_get(m, REGISTER_IA, 0);
    add(t, " ->");
    add_changes(m);
    add_key_change(m);
    if (psw_states(psw) != psw_states(t->psw))
        add(t, " psw=%016llX", (unsigned long long)psw);
    else if (ia != t->next_ia)
        add(t, " ia=%06X", ia);
    add(t, " cc=%u", psw_cc(psw));
    write_begun(t);
}

/* ---- on and off ---------------------------------------------------------- */

int
machine_trace(struct machine *m, const char *letters,
              void (*fn)(void *ctx, const char *line), void *ctx)
{
    const char *p, *known;
    unsigned on = 0;

    for (p = letters == NULL ? "" : letters; *p != '\0'; p++) {
        known = strchr(letters_known, *p);
        if (known == NULL)
            return machine_fail(m,
                                "there is no trace letter \"%c\": there are i "
                                "instructions, x interruptions, o I/O "
                                "instructions, c channel programs, d address "
                                "translation, k storage keys, t clocks",
                                *p);
        on |= 1U << (known - letters_known);
    }
    trace_flush(m);
    if (m->tracer == NULL && on != 0)
        m->tracer = calloc(1, sizeof(*m->tracer));
    if (m->tracer == NULL)
        return on == 0 ? 0 : machine_fail(m, "no memory for tracing");
    m->tracer->on = on;
    m->tracer->fn = fn;
    m->tracer->ctx = ctx;
    machine_trace_limit(m, 0, UINT32_MAX, UINT64_MAX);
    return 0;
}

void
machine_trace_limit(struct machine *m, uint32_t from, uint32_t to,
                    uint64_t nlines)
{
    if (m->tracer == NULL)
        return;
    m->tracer->from = from;
    m->tracer->to = to;
    m->tracer->nlines = nlines;
    if (nlines == 0)
        m->tracer->on = 0;
}

void
tracer_destroy(struct machine *m)
{
    free(m->tracer);
    m->tracer = NULL;
}

void
front_destroy(struct machine *m)
{
    tracer_destroy(m);
    map_destroy(m);
}
