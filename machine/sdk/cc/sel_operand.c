/*
 * sel_operand.c - operands: registers, constants, storage.
 */
#include "select.h"

#include <assert.h>

void
sel_const(struct select *s, int r, uint32_t value)
{
    if (value == 0)
        mc_rr(s->c, MC_SLR, r, r);
    else if (value < 4096)
        mc_rx(s->c, MC_LA, r, 0, 0, (int)value);
    else
        mc_rx_literal(s->c, MC_L, r, lit_word(s->c, value));
}

/* r op= v, or r = v, where v lives in the frame; a far slot goes through the
 * index register. */
static void
apply_spilled(struct select *s, enum mc_op rx, int r, int v, int index)
{
    struct ir_mem m = {.slot = s->f->spill[v]};
    struct operand o = sel_rx(s, &m, index);

    assert(m.slot != 0);
    mc_rx(s->c, rx, r, o.x, o.b, o.d);
}

void
sel_load(struct select *s, int v, int r)
{
    if (s->f->reg[v] == r)
        return;
    if (s->f->reg[v] >= 0)
        mc_rr(s->c, MC_LR, r, s->f->reg[v]);
    else /* the target itself will do as an index */
        apply_spilled(s, MC_L, r, v, r != 0 ? r : 15);
}

int
sel_use(struct select *s, int v, int scratch)
{
    if (s->f->reg[v] >= 0)
        return s->f->reg[v];
    sel_load(s, v, scratch);
    return scratch;
}

int
sel_dest(struct select *s, int v, int scratch)
{
    return v != 0 && s->f->reg[v] >= 0 ? s->f->reg[v] : scratch;
}

void
sel_done(struct select *s, int v, int r)
{
    if (v == 0)
        return;
    if (s->f->reg[v] >= 0) {
        if (s->f->reg[v] != r)
            mc_rr(s->c, MC_LR, s->f->reg[v], r);
    } else if (s->f->spill[v] != 0) /* r is R15 behind a call */
        apply_spilled(s, MC_ST, r, v, r != 15 ? 15 : 14);
}

struct operand
sel_rx(struct select *s, const struct ir_mem *m, int r)
{
    struct operand o = {0, 0, m->disp};
    int32_t far;

    assert(m->sym == NULL);
    if (m->slot != 0) {
        o.b = 13;
        o.d += (int32_t)s->f->slots[m->slot].offset;
    } else if (m->base != 0)
        o.b = sel_use(s, m->base, 14);
    if (m->index != 0)
        o.x = sel_use(s, m->index, r);
    if (o.d >= 0 && o.d < 4096)
        return o;
    far = o.d;
    o.d = 0;
    if (o.x == r) { /* make room for the displacement */
        mc_rx(s->c, MC_LA, 14, o.x, o.b, 0);
        o = (struct operand){0, 14, 0};
    }
    sel_const(s, r, (uint32_t)far);
    if (o.x != 0)
        mc_rx(s->c, MC_LA, r, o.x, r, 0);
    o.x = o.b != 0 ? r : 0;
    o.b = o.b != 0 ? o.b : r;
    return o;
}

struct operand
sel_based(struct select *s, const struct ir_mem *m, int r)
{
    struct operand o = sel_rx(s, m, r);

    if (o.x != 0) {
        mc_rx(s->c, MC_LA, r, o.x, o.b, o.d);
        o = (struct operand){0, r, 0};
    }
    return o;
}

void
sel_address(struct select *s, const struct ir_mem *m, int r)
{
    struct operand o;

    if (m->sym != NULL) {
        mc_rx_literal(s->c, MC_L, r, lit_address(s->c, m->sym, m->disp));
        return;
    }
    o = sel_rx(s, m, 15);
    if (o.x == 0 && o.d == 0 && o.b != 0) {
        if (o.b != r)
            mc_rr(s->c, MC_LR, r, o.b);
        return;
    }
    mc_rx(s->c, MC_LA, r, o.x, o.b, o.d);
}

void
sel_apply_reg(struct select *s, enum mc_op rx, int r, int v)
{
    if (s->f->reg[v] >= 0)
        mc_rr(s->c, rx - RR_OF, r, s->f->reg[v]);
    else
        apply_spilled(s, rx, r, v, 15);
}

void
sel_apply(struct select *s, enum mc_op rx, int r, const struct ir_ins *in)
{
    struct operand o;
    uint32_t n = (uint32_t)in->imm;

    if (in->b_kind == B_REG)
        sel_apply_reg(s, rx, r, in->b);
    else if (in->b_kind == B_IMM)
        mc_rx_literal(s->c, rx, r,
                      rx == MC_MH ? lit_half(s->c, n) : lit_word(s->c, n));
    else {
        o = sel_rx(s, &in->m, 15);
        /* A halfword: MH, or CH in the place of C. */
        mc_rx(s->c, in->size == 2 && rx == MC_C ? MC_CH : rx, r, o.x, o.b, o.d);
    }
}

bool
sel_is_in(const struct select *s, int v, int r)
{
    return v != 0 && s->f->reg[v] == r;
}

bool
sel_b_mentions(struct select *s, const struct ir_ins *in, int r)
{
    return (in->b_kind == B_REG && sel_is_in(s, in->b, r)) ||
           (in->b_kind == B_MEM &&
            (sel_is_in(s, in->m.base, r) || sel_is_in(s, in->m.index, r)));
}

/* Compare register r with zero.  Often the instruction before can do it, or
 * has done it. */
static void
test_register(struct select *s, enum ir_cond cond, int r)
{
    struct mc_ins *last = s->c->nins > 0 ? &s->c->ins[s->c->nins - 1] : NULL;

    if (last != NULL && last->fix != FIX_BIND && last->r1 == r)
        switch (last->op) {
        case MC_L:
            if (last->fix != FIX_NONE || last->x2 != 0)
                break;
            last->op = MC_ICM;
            last->x2 = 15;
            return;
        case MC_LR:
            last->op = MC_LTR;
            return;
        case MC_N:
        case MC_NR:
        case MC_O:
        case MC_OR:
        case MC_X:
        case MC_XR:
            if (ir_cond_is_equality(cond))
                return;
            break;
        default:
            break;
        }
    mc_rr(s->c, MC_LTR, r, r);
}

void
sel_compare(struct select *s, const struct ir_ins *in)
{
    bool logical = (in->cond & COND_LOGICAL) != 0;
    int a = sel_use(s, in->a, 0);

    if (in->b_kind == B_IMM && in->imm == 0 && !logical)
        test_register(s, in->cond, a);
    else
        sel_apply(s, logical ? MC_CL : MC_C, a, in);
}
