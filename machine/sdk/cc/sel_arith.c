/*
 * sel_arith.c - 32-bit arithmetic, moves and loads.
 *
 * AL, SL and their RR forms are used for C's int as well: they give the same
 * 32 bits as A and S and never cause a fixed-point-overflow interruption.
 */
#include "select.h"

#include <assert.h>

/* d = a op B by a two-address instruction. */
static void
two_address(struct select *s, struct ir_ins *in, enum mc_op rr, enum mc_op rx)
{
    int rd = sel_dest(s, in->d, 0);
    int ra = in->a != 0 ? s->f->reg[in->a] : -1;

    if (rd != ra && sel_b_mentions(s, in, rd)) {
        if (in->b_kind == B_REG && ir_is_commutative(in->op)) {
            sel_apply_reg(s, rr, rx, rd, in->a);
            sel_done(s, in->d, rd);
            return;
        }
        rd = 0;
    }
    sel_load(s, in->a, rd);
    sel_apply(s, rr, rx, rd, in);
    sel_done(s, in->d, rd);
}

static void
add_sub(struct select *s, struct ir_ins *in)
{
    uint32_t n = (uint32_t)in->imm;

    if (in->b_kind == B_IMM) {
        int rd = sel_dest(s, in->d, 0);

        if (in->op == IR_SUB)
            n = 0 - n;
        sel_load(s, in->a, rd);
        if (n == 0xffffffffu)
            mc_rr(s->c, MC_BCTR, rd, 0);
        else if (n != 0)
            mc_rx_literal(s->c, MC_AL, rd, 0, lit_word(s->c, n));
        sel_done(s, in->d, rd);
    } else if (in->op == IR_ADD)
        two_address(s, in, MC_ALR, MC_AL);
    else
        two_address(s, in, MC_SLR, MC_SL);
}

static void
multiply(struct select *s, struct ir_ins *in)
{
    bool half = (in->b_kind == B_MEM && in->size == 2) ||
                (in->b_kind == B_IMM && in->imm >= -32768 && in->imm < 32768);

    if (half) {
        int rd = sel_dest(s, in->d, 0);

        if (s->f->reg[in->a] != rd && sel_b_mentions(s, in, rd))
            rd = 0;
        sel_load(s, in->a, rd);
        if (in->b_kind == B_IMM)
            mc_rx_literal(s->c, MC_MH, rd, 0,
                          lit_half(s->c, (uint32_t)in->imm));
        else
            sel_apply(s, MC_MH, MC_MH, rd, in);
        sel_done(s, in->d, rd);
        return;
    }
    sel_load(s, in->a, 1);
    sel_apply(s, MC_MR, MC_M, 0, in);
    sel_done(s, in->d, 1);
}

/* R0:R1 = a, extended; then R0 = remainder, R1 = quotient. */
static void
divide(struct select *s, struct ir_ins *in)
{
    sel_load(s, in->a, 0);
    mc_rx(s->c, in->is_signed ? MC_SRDA : MC_SRDL, 0, 0, 0, 32);
    sel_apply(s, MC_DR, MC_D, 0, in);
    sel_done(s, in->d, in->op == IR_DIV ? 1 : 0);
}

static void
shift(struct select *s, struct ir_ins *in)
{
    enum mc_op op = in->op == IR_SHL   ? MC_SLL
                    : in->op == IR_SHR ? MC_SRL
                                       : MC_SRA;
    int rd = sel_dest(s, in->d, 0);

    if (in->b_kind == B_IMM) {
        sel_load(s, in->a, rd);
        if ((in->imm & 31) != 0)
            mc_rx(s->c, op, rd, 0, 0, in->imm & 31);
    } else {
        if (s->f->reg[in->b] == rd && s->f->reg[in->a] != rd)
            rd = 0;
        sel_load(s, in->a, rd);
        mc_rx(s->c, op, rd, 0, sel_use(s, in->b, 15), 0);
    }
    sel_done(s, in->d, rd);
}

static void
negate(struct select *s, struct ir_ins *in)
{
    int rd = sel_dest(s, in->d, 0);
    int ra = s->f->reg[in->a];

    /* LCR could interrupt for the largest negative number. */
    if (ra == rd)
        rd = 0;
    mc_rr(s->c, MC_SLR, rd, rd);
    sel_apply_reg(s, MC_SLR, MC_SL, rd, in->a);
    sel_done(s, in->d, rd);
}

static void
sign_extend(struct select *s, struct ir_ins *in)
{
    int rd = sel_dest(s, in->d, 0);
    int n = 32 - 8 * in->size;

    sel_load(s, in->a, rd);
    mc_rx(s->c, MC_SLL, rd, 0, 0, n);
    mc_rx(s->c, MC_SRA, rd, 0, 0, n);
    sel_done(s, in->d, rd);
}

/* C, LA and BC leave the condition code and each other alone. */
static void
set_bool(struct select *s, struct ir_ins *in)
{
    int mask = sel_compare(s, in);
    int rd = sel_dest(s, in->d, 0);
    int label = mc_label(s->c);

    mc_rx(s->c, MC_LA, rd, 0, 0, 1);
    mc_branch(s->c, mask, label);
    mc_rr(s->c, MC_SLR, rd, rd);
    mc_bind(s->c, label);
    sel_done(s, in->d, rd);
}

/* d = base + index + disp, 24 bits. */
static void
address(struct select *s, struct ir_ins *in)
{
    int rd = sel_dest(s, in->d, 0);
    const struct ir_mem *m = &in->m;

    if (m->sym == NULL && m->slot == 0 && m->base != 0 && m->disp < 0) {
        /* No borrow reaches the high byte: base is at least -disp. */
        if (rd != s->f->reg[m->base] && m->index != 0 &&
            rd == s->f->reg[m->index])
            rd = 0;
        sel_load(s, m->base, rd);
        if (m->disp == -1)
            mc_rr(s->c, MC_BCTR, rd, 0);
        else
            mc_rx_literal(s->c, MC_AL, rd, 0,
                          lit_word(s->c, (uint32_t)m->disp));
        if (m->index != 0) {
            sel_apply_reg(s, MC_ALR, MC_AL, rd, m->index);
            if (rd != 0)
                mc_rx(s->c, MC_LA, rd, 0, rd, 0);
        }
        sel_done(s, in->d, rd);
        return;
    }
    sel_address(s, m, rd);
    sel_done(s, in->d, rd);
}

void
sel_arith(struct select *s, struct ir_ins *in)
{
    int rd;

    switch (in->op) {
    case IR_CONST:
        if (s->f->reg[in->d] >= 0) {
            if (in->imm == 0)
                mc_rr(s->c, MC_SLR, s->f->reg[in->d], s->f->reg[in->d]);
            else
                sel_const(s, s->f->reg[in->d], (uint32_t)in->imm);
        } else if (s->f->remat[in->d].op == IR_NOP) {
            sel_const(s, 0, (uint32_t)in->imm);
            sel_done(s, in->d, 0);
        }
        break;
    case IR_ADDR:
        if (s->f->reg[in->d] >= 0 || s->f->remat[in->d].op == IR_NOP)
            address(s, in);
        break;
    case IR_COPY:
        rd = sel_dest(s, in->d, s->f->reg[in->a] >= 0 ? s->f->reg[in->a] : 0);
        sel_load(s, in->a, rd);
        sel_done(s, in->d, rd);
        break;
    case IR_PARAMS:
        sel_done(s, in->d, 1);
        break;
    case IR_ADD:
    case IR_SUB:
        add_sub(s, in);
        break;
    case IR_MUL:
        multiply(s, in);
        break;
    case IR_AND:
        two_address(s, in, MC_NR, MC_N);
        break;
    case IR_OR:
        two_address(s, in, MC_OR, MC_O);
        break;
    case IR_XOR:
        two_address(s, in, MC_XR, MC_X);
        break;
    case IR_SHL:
    case IR_SHR:
    case IR_SAR:
        shift(s, in);
        break;
    case IR_DIV:
    case IR_MOD:
        divide(s, in);
        break;
    case IR_NEG:
        negate(s, in);
        break;
    case IR_SEXT:
        sign_extend(s, in);
        break;
    case IR_SET:
        set_bool(s, in);
        break;
    default:
        assert(!"arithmetic instruction");
    }
}
