/*
 * select.c - the System/370 instructions for those of the intermediate
 * representation that do not end a block.
 *
 * AL, SL and their RR forms are used for C's int as well: they give the same
 * 32 bits as A and S and never cause a fixed-point-overflow interruption.  A
 * volatile object is touched by one instruction of exactly its width.  Values
 * of 64 bits that need a pair of registers are in R0 and R1.
 */
#include "select.h"

#include <assert.h>

/* Operation codes, in the RX form where there is one. */
static const uint8_t operation[] = {
    [IR_ADD] = MC_AL,    [IR_SUB] = MC_SL,    [IR_AND] = MC_N,
    [IR_OR] = MC_O,      [IR_XOR] = MC_X,     [IR_SHL] = MC_SLL,
    [IR_SHR] = MC_SRL,   [IR_SAR] = MC_SRA,   [IR_ADD8] = MC_AL,
    [IR_SUB8] = MC_SL,   [IR_SHL8] = MC_SLDL, [IR_SHR8] = MC_SRDL,
    [IR_SAR8] = MC_SRDA,
};

/* Each function here may compute in register rd, which is that of d or R0, and
 * returns the register where d is; d2 it puts away itself. */

/* ---- one word ------------------------------------------------------------ */

/* a op B by a two-address instruction. */
static int
two_address(struct select *s, struct ir_ins *in, enum mc_op rx, int rd)
{
    if (!sel_is_in(s, in->a, rd) && sel_b_mentions(s, in, rd)) {
        if (in->b_kind == B_REG && ir_is_commutative(in->op)) {
            sel_apply_reg(s, rx, rd, in->a);
            return rd;
        }
        rd = 0;
    }
    sel_load(s, in->a, rd);
    if (rx == MC_AL && in->b_kind == B_IMM && in->imm == -1)
        mc_rr(s->c, MC_BCTR, rd, 0);
    else
        sel_apply(s, rx, rd, in);
    return rd;
}

static int
multiply(struct select *s, struct ir_ins *in, int rd)
{
    if ((in->b_kind == B_MEM && in->size == 2) ||
        (in->b_kind == B_IMM && in->imm == (int16_t)in->imm))
        return two_address(s, in, MC_MH, rd);
    sel_load(s, in->a, 1);
    sel_apply(s, MC_M, 0, in);
    return 1;
}

static void
call(struct select *s, const char *link)
{
    mc_rx_literal(s->c, MC_L, 15, lit_address(s->c, link, 0));
    mc_rr(s->c, MC_BALR, 14, 15);
}

/* R0 = remainder, R1 = quotient. */
static int
divide(struct select *s, struct ir_ins *in)
{
    sel_load(s, in->a, 0);
    if (ir_is_call(in)) {
        sel_apply(s, MC_L, 1, in);
        call(s, RT_UDIV);
    } else {
        mc_rx(s->c, in->is_signed ? MC_SRDA : MC_SRDL, 0, 0, 0, 32);
        sel_apply(s, MC_D, 0, in);
    }
    return in->op == IR_DIV ? 1 : 0;
}

static void
shift_by_b(struct select *s, struct ir_ins *in, int r)
{
    enum mc_op op = operation[in->op];

    if (in->b_kind == B_REG)
        mc_rx(s->c, op, r, 0, sel_use(s, in->b, 15), 0);
    else
        mc_rx(s->c, op, r, 0, 0, in->imm & 63);
}

static int
shift(struct select *s, struct ir_ins *in, int rd)
{
    if (in->b_kind == B_REG && sel_is_in(s, in->b, rd) &&
        !sel_is_in(s, in->a, rd))
        rd = 0;
    sel_load(s, in->a, rd);
    shift_by_b(s, in, rd);
    return rd;
}

/* The bits behind the first n of r, extended by their sign. */
static void
sign_extend(struct select *s, int r, int n)
{
    mc_rx(s->c, MC_SLL, r, 0, 0, n);
    mc_rx(s->c, MC_SRA, r, 0, 0, n);
}

/* C, LA and BC leave the condition code and each other alone. */
static int
set_bool(struct select *s, struct ir_ins *in, int rd)
{
    int label = mc_label(s->c);

    sel_compare(s, in);
    mc_rx(s->c, MC_LA, rd, 0, 0, 1);
    mc_branch(s->c, in->cond & 15, label);
    mc_rr(s->c, MC_SLR, rd, rd);
    mc_bind(s->c, label);
    return rd;
}

/* ---- two words ----------------------------------------------------------- */

static int
done_pair(struct select *s, struct ir_ins *in)
{
    sel_done(s, in->d2, 1);
    return 0;
}

/* The low words last: their condition code tells of the carry. */
static int
add_sub(struct select *s, struct ir_ins *in)
{
    enum mc_op rx = operation[in->op];
    int label = mc_label(s->c);

    sel_load(s, in->a, 0);
    sel_apply_reg(s, rx, 0, in->b);
    sel_load(s, in->a2, 1);
    sel_apply_reg(s, rx, 1, in->b2);
    mc_branch(s->c, rx == MC_AL ? 12 : 3, label);
    mc_rx_literal(s->c, rx, 0, lit_word(s->c, 1));
    mc_bind(s->c, label);
    return done_pair(s, in);
}

static int
multiply_pair(struct select *s, struct ir_ins *in)
{
    sel_load(s, in->a, 1);
    sel_apply_reg(s, MC_M, 0, in->b);
    return done_pair(s, in);
}

static int
shift_pair(struct select *s, struct ir_ins *in)
{
    sel_load(s, in->a, 0);
    sel_load(s, in->a2, 1);
    shift_by_b(s, in, 0);
    return done_pair(s, in);
}

/* ---- storage ------------------------------------------------------------- */

static int
load(struct select *s, struct ir_ins *in, int rd)
{
    struct operand o = sel_rx(s, &in->m, 15);

    mc_rx(s->c,
          in->size == 1   ? MC_IC
          : in->size == 2 ? MC_LH
                          : MC_L,
          rd, o.x, o.b, o.d);
    if (in->size == 1 && in->is_signed)
        sign_extend(s, rd, 24);
    else if (in->size < 4 && !in->is_signed)
        mc_rx_literal(s->c, MC_N, rd,
                      lit_word(s->c, in->size == 1 ? 0xff : 0xffff));
    return rd;
}

static void
store(struct select *s, struct ir_ins *in)
{
    struct operand o;
    int r = 0;

    if (in->b_kind == B_IMM && in->size == 1) {
        o = sel_based(s, &in->m, 15);
        mc_si(s->c, MC_MVI, in->imm & 0xff, o.b, o.d);
        return;
    }
    if (in->b_kind == B_IMM)
        sel_const(s, 0, (uint32_t)in->imm);
    else
        r = sel_use(s, in->b, 0);
    o = sel_rx(s, &in->m, 15);
    mc_rx(s->c,
          in->size == 1   ? MC_STC
          : in->size == 2 ? MC_STH
                          : MC_ST,
          r, o.x, o.b, o.d);
}

/* An operand of so many bytes, all of which can be addressed from o.b, which is
 * not the scratch register that the other operand may take. */
static struct operand
block_operand(struct select *s, const struct ir_mem *m, int32_t bytes, int r)
{
    struct operand o = sel_based(s, m, r);

    if (o.b == 14 || o.d + bytes > 4096) {
        mc_rx(s->c, MC_LA, r, 0, o.b, o.d);
        o = (struct operand){0, r, 0};
    }
    return o;
}

/* MVCL: R14 and R15 say where to and how much, R0 and R1 where from; R1 = 0:
 * from nowhere, padded with X'00'. */
static void
long_block(struct select *s, struct ir_ins *in)
{
    if (in->op == IR_MOVE)
        sel_address(s, &in->m2, 0);
    sel_address(s, &in->m, 14);
    mc_rx_literal(s->c, MC_L, 15, lit_word(s->c, (uint32_t)in->imm));
    if (in->op == IR_MOVE)
        mc_rr(s->c, MC_LR, 1, 15);
    else
        mc_rr(s->c, MC_SLR, 1, 1);
    mc_rr(s->c, MC_MVCL, 14, 0);
}

static void
block(struct select *s, struct ir_ins *in)
{
    struct operand to, from = {0, 0, 0};

    if (in->op == IR_MOVE)
        from = block_operand(s, &in->m2, in->imm, 1);
    to = block_operand(s, &in->m, in->imm, 15);
    for (int n, left = in->imm; left > 0; left -= n) {
        n = left > 256 ? 256 : left;
        if (in->op == IR_MOVE)
            mc_ss(s->c, MC_MVC, n, to.b, to.d, from.b, from.d);
        else if (n == 1)
            mc_si(s->c, MC_MVI, 0, to.b, to.d);
        else
            mc_ss(s->c, MC_XC, n, to.b, to.d, to.b, to.d);
        to.d += n;
        from.d += n;
    }
}

/* ---- all of them --------------------------------------------------------- */

static int
compute(struct select *s, struct ir_ins *in, int rd)
{
    switch (in->op) {
    case IR_PARAMS:
        return 1;
    case IR_CONST:
        sel_const(s, rd, (uint32_t)in->imm);
        return rd;
    case IR_ADDR:
        sel_address(s, &in->m, rd);
        return rd;
    case IR_COPY:
        if (rd == 0)
            return sel_use(s, in->a, 0);
        sel_load(s, in->a, rd);
        return rd;
    case IR_LOAD:
        return load(s, in, rd);
    case IR_MUL:
        return multiply(s, in, rd);
    case IR_DIV:
    case IR_MOD:
        return divide(s, in);
    case IR_SHL:
    case IR_SHR:
    case IR_SAR:
        return shift(s, in, rd);
    case IR_SEXT:
        sel_load(s, in->a, rd);
        sign_extend(s, rd, 32 - 8 * in->size);
        return rd;
    case IR_SET:
        return set_bool(s, in, rd);
    case IR_ADD8:
    case IR_SUB8:
        return add_sub(s, in);
    case IR_MUL8:
        return multiply_pair(s, in);
    case IR_SHL8:
    case IR_SHR8:
    case IR_SAR8:
        return shift_pair(s, in);
    case IR_CALL: /* the arguments are in the parameter list already */
        if (in->imm > 0)
            mc_rx(s->c, MC_LA, 1, 0, 13, 72);
        if (in->m.sym != NULL)
            call(s, in->m.sym);
        else {
            sel_load(s, in->a, 15);
            mc_rr(s->c, MC_BALR, 14, 15);
        }
        return in->d2 != 0 ? done_pair(s, in) : 15;
    default:
        assert(operation[in->op] != 0);
        return two_address(s, in, operation[in->op], rd);
    }
}

void
sel_instruction(struct select *s, struct ir_ins *in)
{
    if (in->op == IR_STORE)
        store(s, in);
    else if (in->op != IR_MOVE && in->op != IR_ZERO)
        sel_done(s, in->d, compute(s, in, sel_dest(s, in->d, 0)));
    else if (ir_is_long_move(in))
        long_block(s, in);
    else
        block(s, in);
}
