/*
 * decimal.c - decimal arithmetic on packed numbers in storage
 *
 * Numbers are up to 31 digits, so they are taken apart (packed.c), worked on
 * digit by digit as on paper, and put together again; products and quotients
 * are worked out in binary, for which 128 bits are enough.  Both operands are
 * fetched whole before anything is stored: they may overlap where the manual
 * lets them.  Digits and signs are checked before the result is stored, and
 * so before protection against storing.
 *
 * Source: GA22-7000, "Decimal Instructions".
 */
#include "access.h"
#include "packed.h"

/* The operands of an SS instruction with two lengths. */
struct operands {
    uint32_t laddr, len; /* of the first, where the result goes */
    struct packed first, second;
};

static int
get_packed(struct cpu *cpu, uint32_t laddr, uint32_t len, struct packed *p)
{
    uint8_t bytes[16];

    TRY(fetch_bytes(cpu, laddr, bytes, len));
    return packed_get(p, bytes, len);
}

static int
put_packed(struct cpu *cpu, const struct operands *o, const struct packed *p)
{
    uint8_t bytes[16];

    packed_put(p, bytes, o->len);
    return store_bytes(cpu, o->laddr, bytes, o->len);
}

static int
get_first(struct cpu *cpu, const struct insn *in, struct operands *o)
{
    o->laddr = address1(cpu, in);
    o->len = in->r1 + 1u;
    return get_packed(cpu, o->laddr, o->len, &o->first);
}

static int
get_second(struct cpu *cpu, const struct insn *in, struct operands *o)
{
    return get_packed(cpu, address2(cpu, in), in->r2 + 1u, &o->second);
}

/* Both must be there before either is found to be no number. */
static int
get_operands(struct cpu *cpu, const struct insn *in, struct operands *o)
{
    struct field f;

    TRY(field_open(cpu, address1(cpu, in), in->r1 + 1u, ACCESS_FETCH, &f));
    TRY(field_open(cpu, address2(cpu, in), in->r2 + 1u, ACCESS_FETCH, &f));
    TRY(get_first(cpu, in, o));
    return get_second(cpu, in, o);
}

/* ---- digits -------------------------------------------------------------- */

static bool
is_zero(const struct packed *p)
{
    int i;

    for (i = 0; i < PACKED_DIGITS; i++)
        if (p->digit[i] != 0)
            return false;
    return true;
}

/* Below, equal to, above 0 as |a| is to |b|. */
static int
compare_digits(const struct packed *a, const struct packed *b)
{
    int i;

    for (i = PACKED_DIGITS - 1; i >= 0; i--)
        if (a->digit[i] != b->digit[i])
            return a->digit[i] - b->digit[i];
    return 0;
}

static void
add_digits(struct packed *a, const struct packed *b)
{
    int i, carry = 0;

    for (i = 0; i < PACKED_DIGITS; i++) {
        carry += a->digit[i] + b->digit[i];
        a->digit[i] = (uint8_t)(carry % 10);
        carry /= 10;
    }
}

/* a - b; |a| is not below |b|. */
static void
subtract_digits(struct packed *a, const struct packed *b)
{
    int i, borrow = 0;

    for (i = 0; i < PACKED_DIGITS; i++) {
        int digit = a->digit[i] - b->digit[i] - borrow;

        borrow = digit < 0;
        a->digit[i] = (uint8_t)(digit + 10 * borrow);
    }
}

/* a + b with signs. */
static void
add_signed(struct packed *a, const struct packed *b)
{
    struct packed other;

    if (a->negative == b->negative) {
        add_digits(a, b);
    } else if (compare_digits(a, b) >= 0) {
        subtract_digits(a, b);
    } else {
        other = *b;
        subtract_digits(&other, a);
        *a = other;
    }
}

/* Move the digits to the left (n > 0) or right, losing what falls off. */
static void
shift_digits(struct packed *p, int n)
{
    uint8_t moved[PACKED_DIGITS] = {0};
    int i;

    for (i = 0; i < PACKED_DIGITS; i++)
        if (i + n >= 0 && i + n < PACKED_DIGITS)
            moved[i + n] = p->digit[i];
    memcpy(p->digit, moved, sizeof(moved));
}

/* ---- results ------------------------------------------------------------- */

static uint8_t
decimal_cc(const struct packed *p)
{
    return (uint8_t)(is_zero(p) ? 0 : p->negative ? 1 : 2);
}

/*
 * Store a sum or shifted number and set the condition code.  A zero is
 * positive, unless digits were lost: then it keeps the sign of the whole.
 */
static int
put_result(struct cpu *cpu, const struct operands *o, struct packed *p)
{
    int ndigits = (int)(2 * o->len - 1), i;
    bool lost = false;

    for (i = ndigits; i < PACKED_DIGITS; i++)
        lost = lost || p->digit[i] != 0;
    if (is_zero(p))
        p->negative = false;
    TRY(put_packed(cpu, o, p));
    if (!lost) {
        cpu->psw.cc = decimal_cc(p);
        return DONE;
    }
    cpu->psw.cc = 3;
    return cpu->psw.program_mask & MASK_DECIMAL_OVERFLOW ? PGM_DECIMAL_OVERFLOW
                                                         : DONE;
}

/* ---- add, subtract, compare, move ---------------------------------------- */

int
op_zap(struct cpu *cpu, const struct insn *in)
{
    struct operands o;

    o.laddr = address1(cpu, in);
    o.len = in->r1 + 1u;
    TRY(get_second(cpu, in, &o));
    return put_result(cpu, &o, &o.second);
}

int
op_ap(struct cpu *cpu, const struct insn *in)
{
    struct operands o;

    TRY(get_operands(cpu, in, &o));
    add_signed(&o.first, &o.second);
    return put_result(cpu, &o, &o.first);
}

int
op_sp(struct cpu *cpu, const struct insn *in)
{
    struct operands o;

    TRY(get_operands(cpu, in, &o));
    o.second.negative = !o.second.negative;
    add_signed(&o.first, &o.second);
    return put_result(cpu, &o, &o.first);
}

int
op_cp(struct cpu *cpu, const struct insn *in)
{
    struct operands o;

    TRY(get_operands(cpu, in, &o));
    o.second.negative = !o.second.negative;
    add_signed(&o.first, &o.second);
    cpu->psw.cc = decimal_cc(&o.first);
    return DONE;
}

/*
 * SRP D1(L1,B1),D2(B2),I3   X'F0'  SS   Shift and Round Decimal
 *
 * Bits 26-31 of the second-operand address are a signed number of digits to
 * shift to the left.  To the right, I3 is added to the last digit that falls
 * off, and the carry to what remains.
 */
int
op_srp(struct cpu *cpu, const struct insn *in)
{
    int amount = (int)(address2(cpu, in) & 0x3F);
    struct packed rounding = {.digit = {0}}, *p;
    struct operands o;

    p = &o.first;
    TRY(get_first(cpu, in, &o));
    if (in->r2 > 9)
        return PGM_DATA;
    if (amount >= 32) {
        shift_digits(p, amount - 64 + 1);
        rounding.digit[0] = in->r2;
        add_digits(p, &rounding);
        shift_digits(p, -1);
    } else {
        shift_digits(p, amount);
    }
    return put_result(cpu, &o, p);
}

/* ---- multiply and divide ------------------------------------------------- */

/* The second operand has at most 15 digits and is the shorter one. */
static int
require_lengths(const struct insn *in)
{
    return in->r2 > 7 || in->r2 >= in->r1 ? PGM_SPECIFICATION : DONE;
}

/* The first operand must begin with as many bytes of zeros as the second has
 * bytes: then the product fits. */
int
op_mp(struct cpu *cpu, const struct insn *in)
{
    struct packed product = {.digit = {0}};
    struct operands o;
    int free_digits = 2 * (in->r2 + 1), i;

    TRY(require_lengths(in));
    TRY(get_operands(cpu, in, &o));
    for (i = 0; i < free_digits; i++)
        if (o.first.digit[o.first.ndigits - 1 - i] != 0)
            return PGM_DATA;
    packed_set(&product, packed_value(&o.first) * packed_value(&o.second));
    product.negative = o.first.negative != o.second.negative;
    return put_packed(cpu, &o, &product);
}

/*
 * DP D1(L1,B1),D2(L2,B2)    X'FD'  SS   Divide Decimal
 *
 * The quotient replaces the left part of the first operand, the remainder,
 * as long as the divisor, the right part.
 * Interrupts:  specification; access; data; decimal divide (the quotient does
 *              not fit, or the divisor is zero): suppressed.
 */
int
op_dp(struct cpu *cpu, const struct insn *in)
{
    struct packed quotient = {.digit = {0}}, rest = {.digit = {0}};
    unsigned divisor_bytes = in->r2 + 1u, quotient_bytes, i;
    uint128 dividend, divisor;
    struct operands o;
    uint8_t bytes[16];

    TRY(require_lengths(in));
    TRY(get_operands(cpu, in, &o));
    quotient_bytes = o.len - divisor_bytes;
    dividend = packed_value(&o.first);
    divisor = packed_value(&o.second);
    if (divisor == 0)
        return PGM_DECIMAL_DIVIDE;
    packed_set(&quotient, dividend / divisor);
    for (i = 2 * quotient_bytes - 1; i < PACKED_DIGITS; i++)
        if (quotient.digit[i] != 0)
            return PGM_DECIMAL_DIVIDE;
    packed_set(&rest, dividend % divisor);
    quotient.negative = o.first.negative != o.second.negative;
    rest.negative = o.first.negative;
    packed_put(&quotient, bytes, quotient_bytes);
    packed_put(&rest, bytes + quotient_bytes, divisor_bytes);
    return store_bytes(cpu, o.laddr, bytes, o.len);
}
