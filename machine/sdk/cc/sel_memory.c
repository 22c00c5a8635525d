/*
 * sel_memory.c - loads, stores, and copying and clearing of storage.
 *
 * A volatile object is touched by one instruction of exactly its width.
 */
#include "select.h"

/* Longer moves are one MVCL, shorter ones up to four MVCs. */
enum { LONG_MOVE = 1024 };

static void
load(struct select *s, struct ir_ins *in)
{
    int rd = sel_dest(s, in->d, 0);
    struct operand o = sel_rx(s, &in->m, 14, 15);

    if (in->size == 1 && in->is_signed) {
        if (o.x == 0)
            mc_rx(s->c, MC_ICM, rd, 8, o.b, o.d);
        else {
            mc_rx(s->c, MC_IC, rd, o.x, o.b, o.d);
            mc_rx(s->c, MC_SLL, rd, 0, 0, 24);
        }
        mc_rx(s->c, MC_SRA, rd, 0, 0, 24);
    } else if (in->size == 1 && (rd == 0 || (rd != o.x && rd != o.b))) {
        mc_rr(s->c, MC_SLR, rd, rd);
        mc_rx(s->c, MC_IC, rd, o.x, o.b, o.d);
    } else {
        mc_rx(s->c,
              in->size == 1   ? MC_IC
              : in->size == 2 ? MC_LH
                              : MC_L,
              rd, o.x, o.b, o.d);
        if (in->size < 4 && !in->is_signed)
            mc_rx_literal(s->c, MC_N, rd, 0,
                          lit_word(s->c, in->size == 1 ? 0xff : 0xffff));
    }
    sel_done(s, in->d, rd);
}

static enum mc_op
store_op(int size)
{
    return size == 1 ? MC_STC : size == 2 ? MC_STH : MC_ST;
}

static void
store_constant(struct select *s, struct ir_ins *in)
{
    struct operand o = sel_rx(s, &in->m, 14, 15);
    uint32_t v = (uint32_t)in->imm;

    if (o.x == 0 && in->size == 1) {
        mc_si(s->c, MC_MVI, in->imm & 0xff, o.b, o.d);
    } else if (o.x == 0 && !in->is_volatile) {
        if (v == 0)
            mc_ss(s->c, MC_XC, in->size, o.b, o.d, o.b, o.d);
        else
            mc_ss_literal(s->c, MC_MVC, in->size, o.b, o.d,
                          in->size == 2 ? lit_half(s->c, v)
                                        : lit_word(s->c, v));
    } else {
        if (in->size == 1)
            v &= 0xff;
        else if (in->size == 2)
            v = (uint32_t)(int16_t)v;
        /* A literal that is far away would take R15. */
        if (v >= 4096 && o.x == 15) {
            mc_rx(s->c, MC_LA, 14, o.x, o.b, o.d);
            o = (struct operand){0, 14, 0};
        }
        sel_const(s, 0, v);
        mc_rx(s->c, store_op(in->size), 0, o.x, o.b, o.d);
    }
}

static void
store(struct select *s, struct ir_ins *in)
{
    int r = sel_use(s, in->b, 0);
    struct operand o = sel_rx(s, &in->m, 14, 15);

    mc_rx(s->c, store_op(in->size), r, o.x, o.b, o.d);
}

/* An operand of so many bytes, all of which can be addressed from o.b. */
static struct operand
sel_block(struct select *s, const struct ir_mem *m, int32_t bytes, int r)
{
    struct operand o = sel_based(s, m, r, 15);

    if (o.d + bytes > 4096) {
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
    mc_rx_literal(s->c, MC_L, 15, 0, lit_word(s->c, (uint32_t)in->imm));
    if (in->op == IR_MOVE)
        mc_rr(s->c, MC_LR, 1, 15);
    else {
        mc_rr(s->c, MC_SLR, 0, 0);
        mc_rr(s->c, MC_SLR, 1, 1);
    }
    mc_rr(s->c, MC_MVCL, 14, 0);
}

static void
block(struct select *s, struct ir_ins *in)
{
    struct operand to, from = {0, 0, 0};

    if (in->op == IR_MOVE)
        from = sel_block(s, &in->m2, in->imm, 1);
    to = sel_block(s, &in->m, in->imm, 14);
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

void
sel_memory(struct select *s, struct ir_ins *in)
{
    if (in->op == IR_LOAD)
        load(s, in);
    else if (in->op == IR_STORE && in->b_kind == B_IMM)
        store_constant(s, in);
    else if (in->op == IR_STORE)
        store(s, in);
    else if (in->imm > LONG_MOVE)
        long_block(s, in);
    else
        block(s, in);
}
