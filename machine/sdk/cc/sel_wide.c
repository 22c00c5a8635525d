/*
 * sel_wide.c - 64-bit arithmetic in the register pair R0, R1, and calls.
 */
#include "select.h"

#include <assert.h>

static void
load_pair(struct select *s, int hi, int lo)
{
    sel_load(s, hi, 0);
    sel_load(s, lo, 1);
}

static void
store_pair(struct select *s, struct ir_ins *in)
{
    sel_done(s, in->d, 0);
    sel_done(s, in->d2, 1);
}

/* The low words last: their condition code tells of the carry.  The result is
 * computed in its own registers if no operand is still needed in them. */
static void
add_sub(struct select *s, struct ir_ins *in)
{
    bool add = in->op == IR_ADD8;
    enum mc_op rx = add ? MC_AL : MC_SL;
    int label = mc_label(s->c);
    int hi = sel_dest(s, in->d, 0), lo = sel_dest(s, in->d2, 1);

    if (in->op == IR_NEG8) {
        hi = 0;
        mc_rr(s->c, MC_SLR, 0, 0);
        mc_rr(s->c, MC_SLR, 1, 1);
        sel_apply_reg(s, rx, 0, in->a);
        sel_apply_reg(s, rx, 1, in->a2);
        lo = 1;
    } else {
        if (sel_is_in(s, in->a2, hi) || sel_is_in(s, in->b2, hi) ||
            (sel_is_in(s, in->b, hi) && in->b != in->a))
            hi = 0;
        if (sel_is_in(s, in->b2, lo) && in->b2 != in->a2)
            lo = 1;
        sel_load(s, in->a, hi);
        sel_apply_reg(s, rx, hi, in->b);
        sel_load(s, in->a2, lo);
        sel_apply_reg(s, rx, lo, in->b2);
    }
    mc_branch(s->c, add ? 12 : 3, label);
    mc_rx_literal(s->c, rx, hi, 0, lit_word(s->c, 1));
    mc_bind(s->c, label);
    sel_done(s, in->d, hi);
    sel_done(s, in->d2, lo);
}

/* MR takes signed operands: a negative one counts 2**32 too little. */
static void
multiply(struct select *s, struct ir_ins *in)
{
    sel_load(s, in->a, 1);
    sel_apply_reg(s, MC_M, 0, in->b);
    if (!in->is_signed) {
        int operand[2][2] = {{in->a, in->b}, {in->b, in->a}};

        for (int i = 0; i < 2; i++) {
            int label = mc_label(s->c);
            int r = sel_use(s, operand[i][0], 15);

            mc_rr(s->c, MC_LTR, r, r);
            mc_branch(s->c, 11, label);
            sel_apply_reg(s, MC_AL, 0, operand[i][1]);
            mc_bind(s->c, label);
        }
    }
    store_pair(s, in);
}

static void
shift(struct select *s, struct ir_ins *in)
{
    enum mc_op op = in->op == IR_SHL8   ? MC_SLDL
                    : in->op == IR_SHR8 ? MC_SRDL
                                        : MC_SRDA;
    load_pair(s, in->a, in->a2);
    if (in->b_kind == B_IMM)
        mc_rx(s->c, op, 0, 0, 0, in->imm & 63);
    else
        mc_rx(s->c, op, 0, 0, sel_use(s, in->b, 15), 0);
    store_pair(s, in);
}

static void
unsigned_divide(struct select *s, struct ir_ins *in)
{
    load_pair(s, in->a, in->b);
    mc_rx_literal(s->c, MC_L, 15, 0, lit_address(s->c, RT_UDIV, 0));
    mc_rr(s->c, MC_BALR, 14, 15);
    sel_done(s, in->d2, 0);
    sel_done(s, in->d, 1);
}

void
sel_wide(struct select *s, struct ir_ins *in)
{
    switch (in->op) {
    case IR_ADD8:
    case IR_SUB8:
    case IR_NEG8:
        add_sub(s, in);
        break;
    case IR_MUL8:
        multiply(s, in);
        break;
    case IR_UDIV:
        unsigned_divide(s, in);
        break;
    default:
        assert(in->op == IR_SHL8 || in->op == IR_SHR8 || in->op == IR_SAR8);
        shift(s, in);
    }
}

/* The arguments are in the outgoing parameter list already. */
void
sel_call(struct select *s, struct ir_ins *in)
{
    if (in->imm > 0)
        mc_rx(s->c, MC_LA, 1, 0, 13, 72);
    if (in->m.sym != NULL)
        mc_rx_literal(s->c, MC_L, 15, 0, lit_address(s->c, in->m.sym, 0));
    else
        sel_load(s, in->a, 15);
    mc_rr(s->c, MC_BALR, 14, 15);
    if (in->d2 != 0)
        store_pair(s, in);
    else
        sel_done(s, in->d, 15);
}
