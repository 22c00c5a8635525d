/*
 * float_load.c - floating-point loads, stores, rounding and halving
 *
 * Source: GA22-7000, "Floating-Point Instructions".
 */
#include "float.h"

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
