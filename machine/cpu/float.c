/*
 * float.c - the floating-point instructions
 *
 * Registers 0, 2, 4, 6 are 64 bits; short numbers use the first half and
 * leave the second alone; extended ones use the pairs 0-2 and 4-6.  hfp.c
 * does the arithmetic; here are operands, condition codes and what happens
 * when a characteristic leaves its range:
 *
 * overflow      interruption; the characteristic is 128 too small
 * underflow     with the mask on an interruption, 128 too large; with the
 *               mask off a true zero
 * significance  a sum's fraction is zero: with the mask on an interruption,
 *               the characteristic is kept; with the mask off a true zero
 *
 * Source: GA22-7000, "Floating-Point Instructions".
 */
#include "access.h"
#include "hfp.h"

/* An operation on register R1 and an operand that has been fetched. */
typedef int operation(struct cpu *cpu, unsigned r1, struct hfp b);

static int
require_register(unsigned r)
{
    return (r & ~6u) == 0 ? DONE : PGM_SPECIFICATION;
}

static int
require_pair(unsigned r)
{
    return (r & ~4u) == 0 ? DONE : PGM_SPECIFICATION;
}

static uint32_t
get_short(const struct cpu *cpu, unsigned r)
{
    return (uint32_t)(cpu->fr[r / 2] >> 32);
}

static void
set_short(struct cpu *cpu, unsigned r, uint32_t word)
{
    cpu->fr[r / 2] = (cpu->fr[r / 2] & 0xFFFFFFFF) | (uint64_t)word << 32;
}

static struct hfp
short_register(const struct cpu *cpu, unsigned r)
{
    return hfp_from_short(get_short(cpu, r));
}

static struct hfp
long_register(const struct cpu *cpu, unsigned r)
{
    return hfp_from_long(cpu->fr[r / 2]);
}

static struct hfp
extended_register(const struct cpu *cpu, unsigned r)
{
    return hfp_from_extended(cpu->fr[r / 2], cpu->fr[r / 2 + 1]);
}

/* Put a result into a register or pair, as many digits as it has. */
static void
set_result(struct cpu *cpu, unsigned r, const struct hfp *x, unsigned digits)
{
    if (digits == HFP_SHORT)
        set_short(cpu, r, hfp_to_short(x));
    else if (digits == HFP_LONG)
        cpu->fr[r / 2] = hfp_to_long(x);
    else
        hfp_to_extended(x, &cpu->fr[r / 2], &cpu->fr[r / 2 + 1]);
}

static struct hfp
get_register(const struct cpu *cpu, unsigned r, unsigned digits)
{
    if (digits == HFP_SHORT)
        return short_register(cpu, r);
    return digits == HFP_LONG ? long_register(cpu, r)
                              : extended_register(cpu, r);
}

static uint8_t
float_cc(const struct hfp *x)
{
    return (uint8_t)(x->fraction == 0 ? 0 : x->negative ? 1 : 2);
}

static void
set_true_zero(struct hfp *x)
{
    memset(x, 0, sizeof(*x));
    x->true_zero = true;
}

/* Bring the characteristic back into its range. */
static int
check_range(const struct cpu *cpu, struct hfp *x)
{
    if (x->characteristic > 127) {
        x->characteristic -= 128;
        return PGM_EXPONENT_OVERFLOW;
    }
    if (x->characteristic >= 0)
        return DONE;
    if (cpu->psw.program_mask & MASK_EXPONENT_UNDERFLOW) {
        x->characteristic += 128;
        return PGM_EXPONENT_UNDERFLOW;
    }
    set_true_zero(x);
    return DONE;
}

/* ---- ways to operands ---------------------------------------------------- */

static int
rr_short(struct cpu *cpu, const struct insn *in, operation *op)
{
    TRY(require_register(in->r1 | in->r2));
    return op(cpu, in->r1, short_register(cpu, in->r2));
}

static int
rr_long(struct cpu *cpu, const struct insn *in, operation *op)
{
    TRY(require_register(in->r1 | in->r2));
    return op(cpu, in->r1, long_register(cpu, in->r2));
}

static int
rr_extended(struct cpu *cpu, const struct insn *in, operation *op)
{
    TRY(require_pair(in->r1 | in->r2));
    return op(cpu, in->r1, extended_register(cpu, in->r2));
}

static int
rx_short(struct cpu *cpu, const struct insn *in, operation *op)
{
    uint32_t word;

    TRY(require_register(in->r1));
    TRY(fetch_word(cpu, address2(cpu, in), &word));
    return op(cpu, in->r1, hfp_from_short(word));
}

static int
rx_long(struct cpu *cpu, const struct insn *in, operation *op)
{
    uint64_t doubleword;

    TRY(require_register(in->r1));
    TRY(fetch_doubleword(cpu, address2(cpu, in), &doubleword));
    return op(cpu, in->r1, hfp_from_long(doubleword));
}

/* ---- loads, stores, signs ------------------------------------------------ */

static int
load_short(struct cpu *cpu, unsigned r1, struct hfp b)
{
    set_result(cpu, r1, &b, HFP_SHORT);
    return DONE;
}

static int
load_long(struct cpu *cpu, unsigned r1, struct hfp b)
{
    set_result(cpu, r1, &b, HFP_LONG);
    return DONE;
}

int
op_ler(struct cpu *cpu, const struct insn *in)
{
    return rr_short(cpu, in, load_short);
}

int
op_le(struct cpu *cpu, const struct insn *in)
{
    return rx_short(cpu, in, load_short);
}

int
op_ldr(struct cpu *cpu, const struct insn *in)
{
    return rr_long(cpu, in, load_long);
}

int
op_ld(struct cpu *cpu, const struct insn *in)
{
    return rx_long(cpu, in, load_long);
}

int
op_ste(struct cpu *cpu, const struct insn *in)
{
    TRY(require_register(in->r1));
    return store_word(cpu, address2(cpu, in), get_short(cpu, in->r1));
}

int
op_std(struct cpu *cpu, const struct insn *in)
{
    TRY(require_register(in->r1));
    return store_doubleword(cpu, address2(cpu, in), cpu->fr[in->r1 / 2]);
}

/* Load R2 with another sign and set the condition code. */
enum sign { SIGN_SAME, SIGN_OTHER, SIGN_PLUS, SIGN_MINUS };

static int
load_signed(struct cpu *cpu, const struct insn *in, unsigned digits,
            enum sign sign)
{
    struct hfp x;

    TRY(require_register(in->r1 | in->r2));
    x = get_register(cpu, in->r2, digits);
    if (sign == SIGN_OTHER)
        x.negative = !x.negative;
    else if (sign != SIGN_SAME)
        x.negative = sign == SIGN_MINUS;
    set_result(cpu, in->r1, &x, digits);
    cpu->psw.cc = float_cc(&x);
    return DONE;
}

int
op_lter(struct cpu *cpu, const struct insn *in)
{
    return load_signed(cpu, in, HFP_SHORT, SIGN_SAME);
}

int
op_lcer(struct cpu *cpu, const struct insn *in)
{
    return load_signed(cpu, in, HFP_SHORT, SIGN_OTHER);
}

int
op_lper(struct cpu *cpu, const struct insn *in)
{
    return load_signed(cpu, in, HFP_SHORT, SIGN_PLUS);
}

int
op_lner(struct cpu *cpu, const struct insn *in)
{
    return load_signed(cpu, in, HFP_SHORT, SIGN_MINUS);
}

int
op_ltdr(struct cpu *cpu, const struct insn *in)
{
    return load_signed(cpu, in, HFP_LONG, SIGN_SAME);
}

int
op_lcdr(struct cpu *cpu, const struct insn *in)
{
    return load_signed(cpu, in, HFP_LONG, SIGN_OTHER);
}

int
op_lpdr(struct cpu *cpu, const struct insn *in)
{
    return load_signed(cpu, in, HFP_LONG, SIGN_PLUS);
}

int
op_lndr(struct cpu *cpu, const struct insn *in)
{
    return load_signed(cpu, in, HFP_LONG, SIGN_MINUS);
}

/* ---- rounding and halving ------------------------------------------------ */

/* Drop the last 4 * `dropped` bits of a fraction of `digits` digits, rounding
 * up when the first of them is on. */
static int
round_off(const struct cpu *cpu, struct hfp *x, unsigned digits,
          unsigned dropped)
{
    x->fraction += (uint128)1 << (4 * dropped - 1);
    x->fraction >>= 4 * dropped;
    if (x->fraction >> 4 * (digits - dropped) != 0) {
        x->fraction >>= 4;
        x->characteristic++;
    }
    return check_range(cpu, x);
}

int
op_lrer(struct cpu *cpu, const struct insn *in)
{
    struct hfp x;
    int code;

    TRY(require_register(in->r1 | in->r2));
    x = long_register(cpu, in->r2);
    code = round_off(cpu, &x, HFP_LONG, HFP_LONG - HFP_SHORT);
    set_result(cpu, in->r1, &x, HFP_SHORT);
    return code;
}

int
op_lrdr(struct cpu *cpu, const struct insn *in)
{
    struct hfp x;
    int code;

    TRY(require_register(in->r1));
    TRY(require_pair(in->r2));
    x = extended_register(cpu, in->r2);
    code = round_off(cpu, &x, HFP_EXTENDED, HFP_EXTENDED - HFP_LONG);
    set_result(cpu, in->r1, &x, HFP_LONG);
    return code;
}

/* Half of R2, normalized; the bit shifted out is kept for that. */
static int
halve(struct cpu *cpu, const struct insn *in, unsigned digits)
{
    struct hfp x;
    int code = DONE;

    TRY(require_register(in->r1 | in->r2));
    x = get_register(cpu, in->r2, digits);
    if (x.fraction == 0) {
        set_true_zero(&x);
    } else {
        x.fraction = x.fraction << 4 >> 1;
        hfp_normalize(&x, digits + 1);
        x.fraction >>= 4;
        code = check_range(cpu, &x);
    }
    set_result(cpu, in->r1, &x, digits);
    return code;
}

int
op_her(struct cpu *cpu, const struct insn *in)
{
    return halve(cpu, in, HFP_SHORT);
}

int
op_hdr(struct cpu *cpu, const struct insn *in)
{
    return halve(cpu, in, HFP_LONG);
}

/* ---- add, subtract, compare ---------------------------------------------- */

/* A sum whose fraction is zero. */
static int
zero_sum(const struct cpu *cpu, struct hfp *x)
{
    x->negative = false;
    x->fraction = 0;
    if (cpu->psw.program_mask & MASK_SIGNIFICANCE)
        return PGM_SIGNIFICANCE;
    set_true_zero(x);
    return DONE;
}

/* From the sum with its guard digit to the result. */
static int
finish_sum(const struct cpu *cpu, struct hfp *x, unsigned digits,
           bool normalize)
{
    if (x->fraction >> 4 * (digits + 1) != 0) { /* carry */
        x->fraction >>= 8;
        x->characteristic++;
        return check_range(cpu, x);
    }
    if (normalize)
        hfp_normalize(x, digits + 1);
    x->fraction >>= 4;
    if (x->fraction == 0)
        return zero_sum(cpu, x);
    return check_range(cpu, x);
}

static int
add(struct cpu *cpu, unsigned r1, struct hfp b, unsigned digits, bool normalize)
{
    struct hfp x = hfp_sum(get_register(cpu, r1, digits), b);
    int code = finish_sum(cpu, &x, digits, normalize);

    set_result(cpu, r1, &x, digits);
    cpu->psw.cc = float_cc(&x);
    return code;
}

static struct hfp
negated(struct hfp x)
{
    x.negative = !x.negative;
    return x;
}

static int
add_short(struct cpu *cpu, unsigned r1, struct hfp b)
{
    return add(cpu, r1, b, HFP_SHORT, true);
}

static int
subtract_short(struct cpu *cpu, unsigned r1, struct hfp b)
{
    return add(cpu, r1, negated(b), HFP_SHORT, true);
}

static int
add_short_unnormalized(struct cpu *cpu, unsigned r1, struct hfp b)
{
    return add(cpu, r1, b, HFP_SHORT, false);
}

static int
subtract_short_unnormalized(struct cpu *cpu, unsigned r1, struct hfp b)
{
    return add(cpu, r1, negated(b), HFP_SHORT, false);
}

static int
add_long(struct cpu *cpu, unsigned r1, struct hfp b)
{
    return add(cpu, r1, b, HFP_LONG, true);
}

static int
subtract_long(struct cpu *cpu, unsigned r1, struct hfp b)
{
    return add(cpu, r1, negated(b), HFP_LONG, true);
}

static int
add_long_unnormalized(struct cpu *cpu, unsigned r1, struct hfp b)
{
    return add(cpu, r1, b, HFP_LONG, false);
}

static int
subtract_long_unnormalized(struct cpu *cpu, unsigned r1, struct hfp b)
{
    return add(cpu, r1, negated(b), HFP_LONG, false);
}

static int
add_extended(struct cpu *cpu, unsigned r1, struct hfp b)
{
    return add(cpu, r1, b, HFP_EXTENDED, true);
}

static int
subtract_extended(struct cpu *cpu, unsigned r1, struct hfp b)
{
    return add(cpu, r1, negated(b), HFP_EXTENDED, true);
}

/* Equal means that the difference, with its guard digit, is zero. */
static int
compare_short(struct cpu *cpu, unsigned r1, struct hfp b)
{
    struct hfp x = hfp_sum(short_register(cpu, r1), negated(b));

    cpu->psw.cc = float_cc(&x);
    return DONE;
}

static int
compare_long(struct cpu *cpu, unsigned r1, struct hfp b)
{
    struct hfp x = hfp_sum(long_register(cpu, r1), negated(b));

    cpu->psw.cc = float_cc(&x);
    return DONE;
}

int
op_aer(struct cpu *cpu, const struct insn *in)
{
    return rr_short(cpu, in, add_short);
}

int
op_ae(struct cpu *cpu, const struct insn *in)
{
    return rx_short(cpu, in, add_short);
}

int
op_ser(struct cpu *cpu, const struct insn *in)
{
    return rr_short(cpu, in, subtract_short);
}

int
op_se(struct cpu *cpu, const struct insn *in)
{
    return rx_short(cpu, in, subtract_short);
}

int
op_aur(struct cpu *cpu, const struct insn *in)
{
    return rr_short(cpu, in, add_short_unnormalized);
}

int
op_au(struct cpu *cpu, const struct insn *in)
{
    return rx_short(cpu, in, add_short_unnormalized);
}

int
op_sur(struct cpu *cpu, const struct insn *in)
{
    return rr_short(cpu, in, subtract_short_unnormalized);
}

int
op_su(struct cpu *cpu, const struct insn *in)
{
    return rx_short(cpu, in, subtract_short_unnormalized);
}

int
op_adr(struct cpu *cpu, const struct insn *in)
{
    return rr_long(cpu, in, add_long);
}

int
op_ad(struct cpu *cpu, const struct insn *in)
{
    return rx_long(cpu, in, add_long);
}

int
op_sdr(struct cpu *cpu, const struct insn *in)
{
    return rr_long(cpu, in, subtract_long);
}

int
op_sd(struct cpu *cpu, const struct insn *in)
{
    return rx_long(cpu, in, subtract_long);
}

int
op_awr(struct cpu *cpu, const struct insn *in)
{
    return rr_long(cpu, in, add_long_unnormalized);
}

int
op_aw(struct cpu *cpu, const struct insn *in)
{
    return rx_long(cpu, in, add_long_unnormalized);
}

int
op_swr(struct cpu *cpu, const struct insn *in)
{
    return rr_long(cpu, in, subtract_long_unnormalized);
}

int
op_sw(struct cpu *cpu, const struct insn *in)
{
    return rx_long(cpu, in, subtract_long_unnormalized);
}

int
op_axr(struct cpu *cpu, const struct insn *in)
{
    return rr_extended(cpu, in, add_extended);
}

int
op_sxr(struct cpu *cpu, const struct insn *in)
{
    return rr_extended(cpu, in, subtract_extended);
}

int
op_cer(struct cpu *cpu, const struct insn *in)
{
    return rr_short(cpu, in, compare_short);
}

int
op_ce(struct cpu *cpu, const struct insn *in)
{
    return rx_short(cpu, in, compare_short);
}

int
op_cdr(struct cpu *cpu, const struct insn *in)
{
    return rr_long(cpu, in, compare_long);
}

int
op_cd(struct cpu *cpu, const struct insn *in)
{
    return rx_long(cpu, in, compare_long);
}

/* ---- multiply and divide ------------------------------------------------- */

/* A product or quotient goes to R1; it is zero when its fraction is. */
static int
put_product(struct cpu *cpu, unsigned r1, struct hfp *x, unsigned digits)
{
    int code = DONE;

    if (x->fraction == 0)
        set_true_zero(x);
    else
        code = check_range(cpu, x);
    set_result(cpu, r1, x, digits);
    return code;
}

static int
multiply_short(struct cpu *cpu, unsigned r1, struct hfp b)
{
    struct hfp x = hfp_product(short_register(cpu, r1), b, HFP_SHORT, HFP_LONG);

    return put_product(cpu, r1, &x, HFP_LONG);
}

static int
multiply_long(struct cpu *cpu, unsigned r1, struct hfp b)
{
    struct hfp x = hfp_product(long_register(cpu, r1), b, HFP_LONG, HFP_LONG);

    return put_product(cpu, r1, &x, HFP_LONG);
}

static int
multiply_extended(struct cpu *cpu, unsigned r1, struct hfp b)
{
    struct hfp x =
        hfp_product(extended_register(cpu, r1), b, HFP_EXTENDED, HFP_EXTENDED);

    return put_product(cpu, r1, &x, HFP_EXTENDED);
}

static int
multiply_long_to_extended(struct cpu *cpu, unsigned r1, struct hfp b)
{
    struct hfp x;

    TRY(require_pair(r1));
    x = hfp_product(long_register(cpu, r1), b, HFP_LONG, HFP_EXTENDED);
    return put_product(cpu, r1, &x, HFP_EXTENDED);
}

static int
divide_short(struct cpu *cpu, unsigned r1, struct hfp b)
{
    struct hfp x;

    if (b.fraction == 0)
        return PGM_FLOAT_DIVIDE;
    x = hfp_quotient(short_register(cpu, r1), b, HFP_SHORT);
    return put_product(cpu, r1, &x, HFP_SHORT);
}

static int
divide_long(struct cpu *cpu, unsigned r1, struct hfp b)
{
    struct hfp x;

    if (b.fraction == 0)
        return PGM_FLOAT_DIVIDE;
    x = hfp_quotient(long_register(cpu, r1), b, HFP_LONG);
    return put_product(cpu, r1, &x, HFP_LONG);
}

int
op_mer(struct cpu *cpu, const struct insn *in)
{
    return rr_short(cpu, in, multiply_short);
}

int
op_me(struct cpu *cpu, const struct insn *in)
{
    return rx_short(cpu, in, multiply_short);
}

int
op_mdr(struct cpu *cpu, const struct insn *in)
{
    return rr_long(cpu, in, multiply_long);
}

int
op_md(struct cpu *cpu, const struct insn *in)
{
    return rx_long(cpu, in, multiply_long);
}

int
op_mxr(struct cpu *cpu, const struct insn *in)
{
    return rr_extended(cpu, in, multiply_extended);
}

int
op_mxdr(struct cpu *cpu, const struct insn *in)
{
    return rr_long(cpu, in, multiply_long_to_extended);
}

int
op_der(struct cpu *cpu, const struct insn *in)
{
    return rr_short(cpu, in, divide_short);
}

int
op_de(struct cpu *cpu, const struct insn *in)
{
    return rx_short(cpu, in, divide_short);
}

int
op_ddr(struct cpu *cpu, const struct insn *in)
{
    return rr_long(cpu, in, divide_long);
}

int
op_dd(struct cpu *cpu, const struct insn *in)
{
    return rx_long(cpu, in, divide_long);
}

/* MXD: R1 is checked before the operand is fetched. */
int
op_mxd(struct cpu *cpu, const struct insn *in)
{
    TRY(require_pair(in->r1));
    return rx_long(cpu, in, multiply_long_to_extended);
}
