/*
 * sel_arith.c - 32-bit arithmetic, moves and loads.
 *
 * AL, SL and their RR forms are used for C's int as well: they give the same
 * 32 bits as A and S and never cause a fixed-point-overflow interruption.
 */
#include "select.h"

#include <assert.h>

/* Each function here computes in register rd, which is that of d or R0, and
 * returns the register where the result is. */

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

/* R0:R1 = a, extended; then R0 = remainder, R1 = quotient. */
static int
divide(struct select *s, struct ir_ins *in)
{
    sel_load(s, in->a, 0);
    mc_rx(s->c, in->is_signed ? MC_SRDA : MC_SRDL, 0, 0, 0, 32);
    sel_apply(s, MC_D, 0, in);
    return in->op == IR_DIV ? 1 : 0;
}

static int
shift(struct select *s, struct ir_ins *in, enum mc_op op, int rd)
{
    if (in->b_kind == B_REG && sel_is_in(s, in->b, rd) &&
        !sel_is_in(s, in->a, rd))
        rd = 0;
    sel_load(s, in->a, rd);
    if (in->b_kind == B_REG)
        mc_rx(s->c, op, rd, 0, sel_use(s, in->b, 15), 0);
    else
        mc_rx(s->c, op, rd, 0, 0, in->imm & 31);
    return rd;
}

/* LCR could interrupt for the largest negative number. */
static int
negate(struct select *s, struct ir_ins *in, int rd)
{
    if (sel_is_in(s, in->a, rd))
        rd = 0;
    mc_rr(s->c, MC_SLR, rd, rd);
    sel_apply_reg(s, MC_SL, rd, in->a);
    return rd;
}

static int
sign_extend(struct select *s, struct ir_ins *in, int rd)
{
    int n = 32 - 8 * in->size;

    sel_load(s, in->a, rd);
    mc_rx(s->c, MC_SLL, rd, 0, 0, n);
    mc_rx(s->c, MC_SRA, rd, 0, 0, n);
    return rd;
}

/* C, LA and BC leave the condition code and each other alone. */
static int
set_bool(struct select *s, struct ir_ins *in, int rd)
{
    int mask = sel_compare(s, in);
    int label = mc_label(s->c);

    mc_rx(s->c, MC_LA, rd, 0, 0, 1);
    mc_branch(s->c, mask, label);
    mc_rr(s->c, MC_SLR, rd, rd);
    mc_bind(s->c, label);
    return rd;
}

/* base + index + disp, 24 bits. */
static int
address(struct select *s, struct ir_ins *in, int rd)
{
    const struct ir_mem *m = &in->m;

    if (m->sym != NULL || m->slot != 0 || m->base == 0 || m->disp >= 0) {
        sel_address(s, m, rd);
        return rd;
    }
    /* No borrow reaches the high byte: base is at least -disp. */
    if (!sel_is_in(s, m->base, rd) && sel_is_in(s, m->index, rd))
        rd = 0;
    sel_load(s, m->base, rd);
    if (m->disp == -1)
        mc_rr(s->c, MC_BCTR, rd, 0);
    else
        mc_rx_literal(s->c, MC_AL, rd, 0, lit_word(s->c, (uint32_t)m->disp));
    if (m->index != 0) {
        sel_apply_reg(s, MC_AL, rd, m->index);
        if (rd != 0)
            mc_rx(s->c, MC_LA, rd, 0, rd, 0);
    }
    return rd;
}

static int
compute(struct select *s, struct ir_ins *in, int rd)
{
    switch (in->op) {
    case IR_CONST:
        if (in->imm == 0 && rd != 0)
            mc_rr(s->c, MC_SLR, rd, rd);
        else
            sel_const(s, rd, (uint32_t)in->imm);
        return rd;
    case IR_ADDR:
        return address(s, in, rd);
    case IR_COPY:
        if (rd == 0)
            return sel_use(s, in->a, 0);
        sel_load(s, in->a, rd);
        return rd;
    case IR_PARAMS:
        return 1;
    case IR_ADD:
        return two_address(s, in, MC_AL, rd);
    case IR_SUB:
        return two_address(s, in, MC_SL, rd);
    case IR_MUL:
        return multiply(s, in, rd);
    case IR_AND:
        return two_address(s, in, MC_N, rd);
    case IR_OR:
        return two_address(s, in, MC_O, rd);
    case IR_XOR:
        return two_address(s, in, MC_X, rd);
    case IR_SHL:
        return shift(s, in, MC_SLL, rd);
    case IR_SHR:
        return shift(s, in, MC_SRL, rd);
    case IR_SAR:
        return shift(s, in, MC_SRA, rd);
    case IR_DIV:
    case IR_MOD:
        return divide(s, in);
    case IR_NEG:
        return negate(s, in, rd);
    case IR_SEXT:
        return sign_extend(s, in, rd);
    default:
        assert(in->op == IR_SET);
        return set_bool(s, in, rd);
    }
}

void
sel_arith(struct select *s, struct ir_ins *in)
{
    /* What is computed again where it is used, need not be here. */
    if (s->f->reg[in->d] >= 0 || s->f->remat[in->d].op == IR_NOP)
        sel_done(s, in->d, compute(s, in, sel_dest(s, in->d, 0)));
}
