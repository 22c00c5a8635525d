/*
 * sel_memory.c - loads, stores, and copying and clearing of storage.
 *
 * A volatile object is touched by one instruction of exactly its width.
 */
#include "select.h"

#include <assert.h>

/* Longer moves are one MVCL, shorter ones up to four MVCs. */
enum { LONG_MOVE = 1024 };

static void
load(struct select *s, struct ir_ins *in)
{
    int rd = sel_dest(s, in->d, 0);
    struct operand o;

    if (in->size == 1 && in->is_signed) {
        o = sel_rx(s, &in->m, 14, 15);
        if (o.x == 0) {
            mc_rx(s->c, MC_ICM, rd, 8, o.b, o.d);
        } else {
            mc_rx(s->c, MC_IC, rd, o.x, o.b, o.d);
            mc_rx(s->c, MC_SLL, rd, 0, 0, 24);
        }
        mc_rx(s->c, MC_SRA, rd, 0, 0, 24);
    } else if (in->size == 1) {
        o = sel_rx(s, &in->m, 14, 15);
        if (rd != 0 && (rd == o.x || rd == o.b)) {
            mc_rx(s->c, MC_IC, rd, o.x, o.b, o.d);
            mc_rx_literal(s->c, MC_N, rd, 0, lit_word(s->c, 0xff));
        } else {
            mc_rr(s->c, MC_SLR, rd, rd);
            mc_rx(s->c, MC_IC, rd, o.x, o.b, o.d);
        }
    } else {
        o = sel_rx(s, &in->m, 14, 15);
        mc_rx(s->c, in->size == 2 ? MC_LH : MC_L, rd, o.x, o.b, o.d);
        if (in->size == 2 && !in->is_signed)
            mc_rx_literal(s->c, MC_N, rd, 0, lit_word(s->c, 0xffff));
    }
    sel_done(s, in->d, rd);
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
        mc_rx(s->c,
              in->size == 1   ? MC_STC
              : in->size == 2 ? MC_STH
                              : MC_ST,
              0, o.x, o.b, o.d);
    }
}

static void
store(struct select *s, struct ir_ins *in)
{
    struct operand o;
    int r;

    if (in->b_kind == B_IMM) {
        store_constant(s, in);
        return;
    }
    r = sel_use(s, in->b, 0);
    o = sel_rx(s, &in->m, 14, 15);
    mc_rx(s->c,
          in->size == 1   ? MC_STC
          : in->size == 2 ? MC_STH
                          : MC_ST,
          r, o.x, o.b, o.d);
}

/* So that up to `bytes` from o on can be addressed from o.b. */
static void
widen(struct select *s, struct operand *o, int32_t bytes, int r)
{
    if (o->d + bytes <= 4096)
        return;
    mc_rx(s->c, MC_LA, r, 0, o->b, o->d);
    *o = (struct operand){0, r, 0};
}

static void
move(struct select *s, struct ir_ins *in)
{
    int32_t left = in->imm;
    struct operand to, from;

    if (left > LONG_MOVE) {
        sel_address(s, &in->m2, 0);
        sel_address(s, &in->m, 14);
        mc_rx_literal(s->c, MC_L, 15, 0, lit_word(s->c, (uint32_t)left));
        mc_rr(s->c, MC_LR, 1, 15);
        mc_rr(s->c, MC_MVCL, 14, 0);
        return;
    }
    from = sel_based(s, &in->m2, 1, 15);
    to = sel_based(s, &in->m, 14, 15);
    widen(s, &from, left, 1);
    widen(s, &to, left, 14);
    while (left > 0) {
        int n = left > 256 ? 256 : left;

        mc_ss(s->c, MC_MVC, n, to.b, to.d, from.b, from.d);
        to.d += n;
        from.d += n;
        left -= n;
    }
}

static void
zero(struct select *s, struct ir_ins *in)
{
    int32_t left = in->imm;
    struct operand to;

    if (left > LONG_MOVE) {
        sel_address(s, &in->m, 14);
        mc_rx_literal(s->c, MC_L, 15, 0, lit_word(s->c, (uint32_t)left));
        mc_rr(s->c, MC_SLR, 0, 0);
        mc_rr(s->c, MC_SLR, 1, 1); /* source length 0, padded with X'00' */
        mc_rr(s->c, MC_MVCL, 14, 0);
        return;
    }
    to = sel_based(s, &in->m, 14, 15);
    widen(s, &to, left, 14);
    while (left > 0) {
        int n = left > 256 ? 256 : left;

        if (n == 1)
            mc_si(s->c, MC_MVI, 0, to.b, to.d);
        else
            mc_ss(s->c, MC_XC, n, to.b, to.d, to.b, to.d);
        to.d += n;
        left -= n;
    }
}

void
sel_memory(struct select *s, struct ir_ins *in)
{
    switch (in->op) {
    case IR_LOAD:
        load(s, in);
        break;
    case IR_STORE:
        store(s, in);
        break;
    case IR_MOVE:
        move(s, in);
        break;
    default:
        assert(in->op == IR_ZERO);
        zero(s, in);
    }
}
