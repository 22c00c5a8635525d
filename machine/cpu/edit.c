/*
 * edit.c - ED and EDMK: packed numbers for people
 *
 * The first operand is a pattern that the result replaces, byte for byte.
 * Digit selectors and significance starters take the next digit of the
 * second operand; until significance has begun, zeros and message characters
 * turn into the fill character, which is the pattern's first byte.
 *
 * The result is built beside the pattern and stored when all is done, since
 * an access exception for a digit may come late.  An invalid digit terminates
 * the operation: what was edited before it is stored.
 *
 * Source: GA22-7000, "Edit", "Edit and Mark".
 */
#include "access.h"

enum { DIGIT_SELECTOR = 0x20, SIGNIFICANCE_STARTER = 0x21, SEPARATOR = 0x22 };

struct editor {
    uint8_t fill;
    bool significance;
    bool nonzero;     /* a digit of the present field was not 0 */
    uint32_t source;  /* address of the next byte of digits */
    uint8_t low;      /* second digit of the last byte ... */
    bool low_waiting; /* ... still to be used */
    bool marked;
    uint32_t mark; /* position of the first significant digit */
};

/* The next digit; *plus: a plus sign stands behind it. */
static int
next_digit(struct cpu *cpu, struct editor *e, uint8_t *digit, bool *plus)
{
    uint8_t byte;

    *plus = false;
    if (e->low_waiting) {
        *digit = e->low;
        e->low_waiting = false;
        return DONE;
    }
    TRY(fetch_byte(cpu, e->source, &byte));
    e->source = (e->source + 1) & ADDRESS_MASK;
    *digit = byte >> 4;
    e->low = byte & 0xF;
    if (*digit > 9)
        return PGM_DATA;
    e->low_waiting = e->low <= 9;
    *plus = !e->low_waiting && e->low != 0xB && e->low != 0xD;
    return DONE;
}

/* A digit selector or significance starter at `position`. */
static int
edit_digit(struct cpu *cpu, struct editor *e, uint32_t position, bool starter,
           uint8_t *result)
{
    uint8_t digit;
    bool plus;

    TRY(next_digit(cpu, e, &digit, &plus));
    if (!e->significance && digit == 0) {
        *result = e->fill;
    } else {
        if (!e->significance) {
            e->marked = true;
            e->mark = position;
        }
        *result = 0xF0 | digit;
        e->significance = true;
    }
    if (digit != 0)
        e->nonzero = true;
    if (starter)
        e->significance = true;
    if (plus)
        e->significance = false;
    return DONE;
}

static int
edit_byte(struct cpu *cpu, struct editor *e, uint32_t position, uint8_t *byte)
{
    switch (*byte) {
    case DIGIT_SELECTOR:
        return edit_digit(cpu, e, position, false, byte);
    case SIGNIFICANCE_STARTER:
        return edit_digit(cpu, e, position, true, byte);
    case SEPARATOR:
        e->significance = false;
        e->nonzero = false;
        *byte = e->fill;
        return DONE;
    default:
        if (!e->significance)
            *byte = e->fill;
        return DONE;
    }
}

static int
edit(struct cpu *cpu, const struct insn *in, bool mark)
{
    struct editor e = {.source = address2(cpu, in)};
    uint32_t pattern = address1(cpu, in), i;
    uint8_t bytes[256];
    struct field f;
    int code = DONE;

    TRY(field_open(cpu, pattern, in->i2 + 1u, ACCESS_STORE, &f));
    field_read(&f, bytes);
    e.fill = bytes[0];
    for (i = 0; i < f.len && code == DONE; i++)
        code = edit_byte(cpu, &e, i, &bytes[i]);
    if (code == DONE || code == PGM_DATA)
        field_write(&f, bytes);
    if (code != DONE)
        return code;
    cpu->edit_marked = e.marked;
    if (mark && e.marked)
        cpu->gr[1] = (cpu->gr[1] & ~(uint32_t)ADDRESS_MASK) |
                     ((pattern + e.mark) & ADDRESS_MASK);
    cpu->psw.cc = (uint8_t)(!e.nonzero ? 0 : e.significance ? 1 : 2);
    return DONE;
}

int
op_ed(struct cpu *cpu, const struct insn *in)
{
    return edit(cpu, in, false);
}

int
op_edmk(struct cpu *cpu, const struct insn *in)
{
    return edit(cpu, in, true);
}
