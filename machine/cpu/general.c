/*
 * general.c - fixed-point arithmetic and the moves around it
 *
 * Two's complement in 32 bits.  Signed operations set condition code 3 when
 * the result does not fit, and are then interrupted if the program mask says
 * so: the result stands either way.  Operands in storage need no boundary.
 *
 * Source: GA22-7000, "General Instructions".
 */
#include "access.h"

static uint8_t
sign_cc(uint32_t value)
{
    return (uint8_t)((int32_t)value < 0 ? 1 : value != 0 ? 2 : 0);
}

/* The result was too large: the condition code says so, and perhaps an
 * interruption. */
static int
fixed_overflow(struct cpu *cpu)
{
    cpu->psw.cc = 3;
    return cpu->psw.program_mask & MASK_FIXED_OVERFLOW ? PGM_FIXED_OVERFLOW
                                                       : DONE;
}

/* ---- register to register ------------------------------------------------ */

int
op_lr(struct cpu *cpu, const struct insn *in)
{
    cpu->gr[in->r1] = cpu->gr[in->r2];
    return DONE;
}

int
op_ltr(struct cpu *cpu, const struct insn *in)
{
    cpu->gr[in->r1] = cpu->gr[in->r2];
    cpu->psw.cc = sign_cc(cpu->gr[in->r1]);
    return DONE;
}

static int
set_complement(struct cpu *cpu, unsigned r, uint32_t value)
{
    cpu->gr[r] = 0 - value;
    if (value == 0x80000000)
        return fixed_overflow(cpu);
    cpu->psw.cc = sign_cc(cpu->gr[r]);
    return DONE;
}

int
op_lcr(struct cpu *cpu, const struct insn *in)
{
    return set_complement(cpu, in->r1, cpu->gr[in->r2]);
}

int
op_lpr(struct cpu *cpu, const struct insn *in)
{
    if ((int32_t)cpu->gr[in->r2] < 0)
        return set_complement(cpu, in->r1, cpu->gr[in->r2]);
    return op_ltr(cpu, in);
}

int
op_lnr(struct cpu *cpu, const struct insn *in)
{
    if ((int32_t)cpu->gr[in->r2] > 0)
        return set_complement(cpu, in->r1, cpu->gr[in->r2]);
    return op_ltr(cpu, in);
}

/* ---- loads and stores ---------------------------------------------------- */

int
op_la(struct cpu *cpu, const struct insn *in)
{
    cpu->gr[in->r1] = address2(cpu, in);
    return DONE;
}

int
op_l(struct cpu *cpu, const struct insn *in)
{
    return fetch_word(cpu, address2(cpu, in), &cpu->gr[in->r1]);
}

int
op_st(struct cpu *cpu, const struct insn *in)
{
    return store_word(cpu, address2(cpu, in), cpu->gr[in->r1]);
}

/* A signed halfword as 32 bits. */
static int
fetch_half(struct cpu *cpu, const struct insn *in, uint32_t *value)
{
    uint16_t half;

    TRY(fetch_halfword(cpu, address2(cpu, in), &half));
    *value = (uint32_t)(int32_t)(int16_t)half;
    return DONE;
}

int
op_lh(struct cpu *cpu, const struct insn *in)
{
    return fetch_half(cpu, in, &cpu->gr[in->r1]);
}

int
op_sth(struct cpu *cpu, const struct insn *in)
{
    return store_halfword(cpu, address2(cpu, in), (uint16_t)cpu->gr[in->r1]);
}

int
op_ic(struct cpu *cpu, const struct insn *in)
{
    uint8_t byte;

    TRY(fetch_byte(cpu, address2(cpu, in), &byte));
    cpu->gr[in->r1] = (cpu->gr[in->r1] & 0xFFFFFF00) | byte;
    return DONE;
}

int
op_stc(struct cpu *cpu, const struct insn *in)
{
    return store_byte(cpu, address2(cpu, in), (uint8_t)cpu->gr[in->r1]);
}

/* LM, STM: registers R1 to R3, going round from 15 to 0. */
static unsigned
registers_in_range(const struct insn *in)
{
    return ((in->r2 - in->r1) & 0xFu) + 1;
}

int
op_lm(struct cpu *cpu, const struct insn *in)
{
    unsigned n = registers_in_range(in), i;
    uint32_t laddr = address2(cpu, in);
    const uint8_t *from = fetch_piece(cpu, laddr, 4 * n);
    uint8_t bytes[64];

    if (from == NULL) {
        TRY(fetch_bytes(cpu, laddr, bytes, 4 * n));
        from = bytes;
    }
    for (i = 0; i < n; i++)
        cpu->gr[(in->r1 + i) & 0xF] = load_be32(from + 4 * i);
    return DONE;
}

int
op_stm(struct cpu *cpu, const struct insn *in)
{
    unsigned n = registers_in_range(in), i;
    uint8_t bytes[64], *to = bytes;
    struct field f;

    TRY(field_open(cpu, address2(cpu, in), 4 * n, ACCESS_STORE, &f));
    if (LIKELY(field_whole(&f)))
        to = f.host[0];
    for (i = 0; i < n; i++)
        store_be32(to + 4 * i, cpu->gr[(in->r1 + i) & 0xF]);
    if (to == bytes)
        field_write(&f, bytes);
    else
        field_stored(&f);
    return DONE;
}

/* ---- add, subtract, compare ---------------------------------------------- */

static int
set_sum(struct cpu *cpu, unsigned r, uint32_t a, uint32_t b)
{
    int32_t sum;
    bool overflow = __builtin_add_overflow((int32_t)a, (int32_t)b, &sum);

    cpu->gr[r] = (uint32_t)sum;
    if (UNLIKELY(overflow))
        return fixed_overflow(cpu);
    cpu->psw.cc = sign_cc((uint32_t)sum);
    return DONE;
}

static int
set_difference(struct cpu *cpu, unsigned r, uint32_t a, uint32_t b)
{
    int32_t difference;
    bool overflow = __builtin_sub_overflow((int32_t)a, (int32_t)b, &difference);

    cpu->gr[r] = (uint32_t)difference;
    if (UNLIKELY(overflow))
        return fixed_overflow(cpu);
    cpu->psw.cc = sign_cc((uint32_t)difference);
    return DONE;
}

/* Logical: condition code bit 2 is the carry, bit 1 "not zero". */
static int
set_logical_sum(struct cpu *cpu, unsigned r, uint32_t a, uint32_t b)
{
    uint32_t sum = a + b;

    cpu->gr[r] = sum;
    cpu->psw.cc = (uint8_t)((sum < a ? 2 : 0) | (sum != 0 ? 1 : 0));
    return DONE;
}

static int
set_logical_difference(struct cpu *cpu, unsigned r, uint32_t a, uint32_t b)
{
    cpu->gr[r] = a - b;
    cpu->psw.cc = (uint8_t)((a >= b ? 2 : 0) | (a != b ? 1 : 0));
    return DONE;
}

static int
compare_signed(struct cpu *cpu, uint32_t a, uint32_t b)
{
    cpu->psw.cc = (uint8_t)(a == b ? 0 : (int32_t)a < (int32_t)b ? 1 : 2);
    return DONE;
}

int
op_ar(struct cpu *cpu, const struct insn *in)
{
    return set_sum(cpu, in->r1, cpu->gr[in->r1], cpu->gr[in->r2]);
}

int
op_sr(struct cpu *cpu, const struct insn *in)
{
    return set_difference(cpu, in->r1, cpu->gr[in->r1], cpu->gr[in->r2]);
}

int
op_alr(struct cpu *cpu, const struct insn *in)
{
    return set_logical_sum(cpu, in->r1, cpu->gr[in->r1], cpu->gr[in->r2]);
}

int
op_slr(struct cpu *cpu, const struct insn *in)
{
    return set_logical_difference(cpu, in->r1, cpu->gr[in->r1],
                                  cpu->gr[in->r2]);
}

int
op_cr(struct cpu *cpu, const struct insn *in)
{
    return compare_signed(cpu, cpu->gr[in->r1], cpu->gr[in->r2]);
}

int
op_a(struct cpu *cpu, const struct insn *in)
{
    uint32_t word;

    TRY(fetch_word(cpu, address2(cpu, in), &word));
    return set_sum(cpu, in->r1, cpu->gr[in->r1], word);
}

int
op_s(struct cpu *cpu, const struct insn *in)
{
    uint32_t word;

    TRY(fetch_word(cpu, address2(cpu, in), &word));
    return set_difference(cpu, in->r1, cpu->gr[in->r1], word);
}

int
op_al(struct cpu *cpu, const struct insn *in)
{
    uint32_t word;

    TRY(fetch_word(cpu, address2(cpu, in), &word));
    return set_logical_sum(cpu, in->r1, cpu->gr[in->r1], word);
}

int
op_sl(struct cpu *cpu, const struct insn *in)
{
    uint32_t word;

    TRY(fetch_word(cpu, address2(cpu, in), &word));
    return set_logical_difference(cpu, in->r1, cpu->gr[in->r1], word);
}

int
op_c(struct cpu *cpu, const struct insn *in)
{
    uint32_t word;

    TRY(fetch_word(cpu, address2(cpu, in), &word));
    return compare_signed(cpu, cpu->gr[in->r1], word);
}

int
op_ah(struct cpu *cpu, const struct insn *in)
{
    uint32_t half;

    TRY(fetch_half(cpu, in, &half));
    return set_sum(cpu, in->r1, cpu->gr[in->r1], half);
}

int
op_sh(struct cpu *cpu, const struct insn *in)
{
    uint32_t half;

    TRY(fetch_half(cpu, in, &half));
    return set_difference(cpu, in->r1, cpu->gr[in->r1], half);
}

int
op_ch(struct cpu *cpu, const struct insn *in)
{
    uint32_t half;

    TRY(fetch_half(cpu, in, &half));
    return compare_signed(cpu, cpu->gr[in->r1], half);
}

/* ---- multiply and divide ------------------------------------------------- */

static void
set_pair(struct cpu *cpu, unsigned r, uint64_t value)
{
    cpu->gr[r] = (uint32_t)(value >> 32);
    cpu->gr[r + 1] = (uint32_t)value;
}

static void
multiply(struct cpu *cpu, unsigned r, uint32_t multiplier)
{
    int64_t product =
        (int64_t)(int32_t)cpu->gr[r + 1] * (int64_t)(int32_t)multiplier;

    set_pair(cpu, r, (uint64_t)product);
}

int
op_mr(struct cpu *cpu, const struct insn *in)
{
    TRY(require_even(in->r1));
    multiply(cpu, in->r1, cpu->gr[in->r2]);
    return DONE;
}

int
op_m(struct cpu *cpu, const struct insn *in)
{
    uint32_t word;

    TRY(require_even(in->r1));
    TRY(fetch_word(cpu, address2(cpu, in), &word));
    multiply(cpu, in->r1, word);
    return DONE;
}

int
op_mh(struct cpu *cpu, const struct insn *in)
{
    uint32_t half;

    TRY(fetch_half(cpu, in, &half));
    cpu->gr[in->r1] *= half;
    return DONE;
}

/* Remainder to R1, quotient to R1 + 1; the remainder has the dividend's
 * sign.  A quotient that does not fit suppresses the operation. */
static int
divide(struct cpu *cpu, unsigned r, uint32_t word)
{
    int64_t dividend = (int64_t)((uint64_t)cpu->gr[r] << 32 | cpu->gr[r + 1]);
    int64_t divisor = (int32_t)word, quotient;

    if (divisor == 0 || (divisor == -1 && dividend == INT64_MIN))
        return PGM_FIXED_DIVIDE;
    quotient = dividend / divisor;
    if (quotient > INT32_MAX || quotient < INT32_MIN)
        return PGM_FIXED_DIVIDE;
    cpu->gr[r] = (uint32_t)(dividend % divisor);
    cpu->gr[r + 1] = (uint32_t)quotient;
    return DONE;
}

int
op_dr(struct cpu *cpu, const struct insn *in)
{
    TRY(require_even(in->r1));
    return divide(cpu, in->r1, cpu->gr[in->r2]);
}

int
op_d(struct cpu *cpu, const struct insn *in)
{
    uint32_t word;

    TRY(require_even(in->r1));
    TRY(fetch_word(cpu, address2(cpu, in), &word));
    return divide(cpu, in->r1, word);
}

/* ---- shifts -------------------------------------------------------------- */

/* The last six bits of the second-operand address. */
static unsigned
shift_amount(const struct cpu *cpu, const struct insn *in)
{
    return address2(cpu, in) & 0x3F;
}

static uint64_t
get_pair(const struct cpu *cpu, unsigned r)
{
    return (uint64_t)cpu->gr[r] << 32 | cpu->gr[r + 1];
}

int
op_srl(struct cpu *cpu, const struct insn *in)
{
    cpu->gr[in->r1] =
        (uint32_t)((uint64_t)cpu->gr[in->r1] >> shift_amount(cpu, in));
    return DONE;
}

int
op_sll(struct cpu *cpu, const struct insn *in)
{
    cpu->gr[in->r1] =
        (uint32_t)((uint64_t)cpu->gr[in->r1] << shift_amount(cpu, in));
    return DONE;
}

int
op_srdl(struct cpu *cpu, const struct insn *in)
{
    TRY(require_even(in->r1));
    set_pair(cpu, in->r1, get_pair(cpu, in->r1) >> shift_amount(cpu, in));
    return DONE;
}

int
op_sldl(struct cpu *cpu, const struct insn *in)
{
    TRY(require_even(in->r1));
    set_pair(cpu, in->r1, get_pair(cpu, in->r1) << shift_amount(cpu, in));
    return DONE;
}

int
op_sra(struct cpu *cpu, const struct insn *in)
{
    int64_t value = (int32_t)cpu->gr[in->r1];

    cpu->gr[in->r1] = (uint32_t)(value >> shift_amount(cpu, in));
    cpu->psw.cc = sign_cc(cpu->gr[in->r1]);
    return DONE;
}

static uint8_t
sign_cc64(uint64_t value)
{
    return (uint8_t)((int64_t)value < 0 ? 1 : value != 0 ? 2 : 0);
}

int
op_srda(struct cpu *cpu, const struct insn *in)
{
    int64_t value;

    TRY(require_even(in->r1));
    value = (int64_t)get_pair(cpu, in->r1) >> shift_amount(cpu, in);
    set_pair(cpu, in->r1, (uint64_t)value);
    cpu->psw.cc = sign_cc64((uint64_t)value);
    return DONE;
}

/* Shift the bits behind the sign left; it stays.  *lost: a bit unlike the
 * sign was shifted out. */
static uint64_t
shift_left_arithmetic(uint64_t value, unsigned amount, bool *lost)
{
    const uint64_t sign = UINT64_C(1) << 63;
    int64_t result = (int64_t)(value << amount);

    *lost = amount != 0 && (result >> amount != (int64_t)value ||
                            ((uint64_t)result & sign) != (value & sign));
    return ((uint64_t)result & ~sign) | (value & sign);
}

int
op_sla(struct cpu *cpu, const struct insn *in)
{
    uint64_t value = (uint64_t)cpu->gr[in->r1] << 32;
    bool lost;

    value = shift_left_arithmetic(value, shift_amount(cpu, in), &lost);
    cpu->gr[in->r1] = (uint32_t)(value >> 32);
    if (lost)
        return fixed_overflow(cpu);
    cpu->psw.cc = sign_cc(cpu->gr[in->r1]);
    return DONE;
}

int
op_slda(struct cpu *cpu, const struct insn *in)
{
    uint64_t value;
    bool lost;

    TRY(require_even(in->r1));
    value = shift_left_arithmetic(get_pair(cpu, in->r1), shift_amount(cpu, in),
                                  &lost);
    set_pair(cpu, in->r1, value);
    if (lost)
        return fixed_overflow(cpu);
    cpu->psw.cc = sign_cc64(value);
    return DONE;
}
