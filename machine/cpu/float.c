/*
 * float.c - floating-point addition, comparison, multiplication, division
 *
 * Here are condition codes and what happens when a characteristic leaves its
 * range:
 *
 * overflow      interruption; the characteristic is 128 too small
 * underflow     with the mask on an interruption, 128 too large; with the
 *               mask off a true zero
 * significance  a sum's fraction is zero: with the mask on an interruption,
 *               the characteristic is kept; with the mask off a true zero
 *
 * Source: GA22-7000, "Floating-Point Instructions".
 */
#include "float.h"

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
