/*
 * emit.c - a function from allocated IR to laid-out instructions.
 *
 * The frame, upwards from R13: save area, outgoing parameter list, spilled
 * registers and other small things, large ones; so that a frame larger than
 * 4 KiB still has most of what it uses within one displacement.
 * A function that calls nothing and keeps nothing in storage has no frame.
 */
#include "select.h"

#include <assert.h>
#include <string.h>

enum { SAVE_AREA = 72 };

/* Place the slots; returns the size of the frame. */
static uint32_t
lay_out_frame(struct ir_func *f)
{
    uint32_t at = SAVE_AREA;

    f->slots[SLOT_OUT].offset = at;
    at += (f->out_bytes + 3) & ~3u;
    for (int large = 0; large < 2; large++)
        for (int i = SLOT_OUT + 1; i < f->nslots; i++) {
            struct ir_slot *sl = &f->slots[i];

            if ((sl->size > 64) != (large == 1))
                continue;
            at = (at + sl->align - 1) & ~(sl->align - 1);
            sl->offset = at;
            at += sl->size;
        }
    return (at + 7) & ~7u;
}

/* Without a frame R14 is what it was: what takes it as a scratch register is
 * in the frame. */
static bool
needs_frame(const struct ir_func *f)
{
    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; j < f->blocks[i].nins; j++)
            if (ir_is_call(&f->blocks[i].ins[j]) ||
                ir_is_long_move(&f->blocks[i].ins[j]))
                return true;
    for (int i = 2; i < f->nslots; i++)
        if (f->slots[i].size > 0)
            return true;
    return false;
}

static void
prologue(struct select *s)
{
    struct code *c = s->c;

    mc_rx(c, MC_STM, 14, 12, 13, 12);
    mc_rr(c, MC_LR, 12, 15);
    if (c->frame == 0)
        return;
    mc_rr(c, MC_LR, 14, 13);
    mc_rx_literal(c, MC_SL, 13, lit_word(c, c->frame));
    mc_rx(c, MC_ST, 14, 0, 13, 4);
}

/* Leave the result in R15 or R0:R1 alone and everything else as it was. */
static void
epilogue(struct select *s, bool has_result)
{
    struct code *c = s->c;

    if (c->frame != 0)
        mc_rx(c, MC_L, 13, 0, 13, 4);
    if (!has_result)
        mc_rx(c, MC_LM, 14, 12, 13, 12);
    else {
        if (c->frame != 0)
            mc_rx(c, MC_L, 14, 0, 13, 12);
        mc_rx(c, MC_LM, 2, 12, 13, 28);
    }
    mc_rr(c, MC_BCR, 15, 14);
}

/* Branch to succ[0] if mask holds, else to succ[1]; one may be next. */
static void
branch_two(struct select *s, int mask, const int succ[2], int next)
{
    if (succ[0] == next) {
        mc_branch(s->c, 15 - mask, s->block_label[succ[1]]);
        return;
    }
    mc_branch(s->c, mask, s->block_label[succ[0]]);
    if (succ[1] != next)
        mc_branch(s->c, 15, s->block_label[succ[1]]);
}

/* High words first; they decide unless they are equal. */
static void
branch_wide(struct select *s, const struct ir_ins *in, const int succ[2],
            int next)
{
    int yes = s->block_label[succ[0]], no = s->block_label[succ[1]];
    bool equality = ir_cond_is_equality(in->cond);
    bool logical = (in->cond & COND_LOGICAL) != 0 || equality;
    bool less = (in->cond & COND_LT) != 0;

    sel_apply_reg(s, logical ? MC_CL : MC_C, sel_use(s, in->a, 0), in->b);
    if (equality)
        mc_branch(s->c, 7, in->cond == COND_EQ ? no : yes);
    else {
        mc_branch(s->c, less ? 4 : 2, yes);
        mc_branch(s->c, less ? 2 : 4, no);
    }
    sel_apply_reg(s, MC_CL, sel_use(s, in->a2, 0), in->b2);
    branch_two(s, in->cond & 15, succ, next);
}

static void
terminator(struct select *s, struct ir_block *b, struct ir_ins *in, int next)
{
    struct operand o;

    switch (in->op) {
    case IR_JMP:
        if (b->succ[0] != next)
            mc_branch(s->c, 15, s->block_label[b->succ[0]]);
        break;
    case IR_BR:
        sel_compare(s, in);
        branch_two(s, in->cond & 15, b->succ, next);
        break;
    case IR_BR8:
        branch_wide(s, in, b->succ, next);
        break;
    case IR_BRTM:
    case IR_BRCLI:
        o = sel_based(s, &in->m, 15);
        mc_si(s->c, in->op == IR_BRTM ? MC_TM : MC_CLI, in->imm & 0xff, o.b,
              o.d);
        branch_two(s, in->cond & 15, b->succ, next);
        break;
    case IR_RET:
        if (in->a2 != 0) {
            sel_load(s, in->a, 0);
            sel_load(s, in->a2, 1);
        } else if (in->a != 0)
            sel_load(s, in->a, 15);
        else if (in->b_kind == B_IMM)
            sel_const(s, 15, (uint32_t)in->imm);
        epilogue(s, in->a != 0 || in->b_kind == B_IMM);
        break;
    default:
        assert(in->op == IR_STOP);
        /* Should it be reached after all: an operation exception. */
        mc_rr(s->c, MC_INVALID, 0, 0);
    }
}

/* The code of the next IR instruction begins here. */
static void
note_place(struct code *c)
{
    c->at = cc_room(c->at, c->nat, sizeof(*c->at));
    c->at[c->nat++] = (uint32_t)c->nins;
}

struct code *
emit_func(struct ir_func *f)
{
    struct code *c = cc_alloc(sizeof(*c));
    struct select s = {.f = f, .c = c};

    opt_run(f);
    regalloc_run(f);
    c->f = f;
    s.block_label = cc_alloc((size_t)f->nblocks * sizeof(int));
    for (int i = 0; i < f->nblocks; i++)
        s.block_label[i] = mc_label(c);
    c->frame = needs_frame(f) ? lay_out_frame(f) : 0;
    c->line = f->nlines > 1 ? 1 : 0; /* that of the function */
    prologue(&s);
    for (int i = 0; i < f->nblocks; i++) {
        struct ir_block *b = &f->blocks[i];

        mc_bind(c, s.block_label[i]);
        for (int j = 0; j < b->nins; j++) {
            struct ir_ins *in = &b->ins[j];

            if (in->line != 0)
                c->line = in->line;
            note_place(c);
            if (ir_is_terminator(in->op))
                terminator(&s, b, in, i + 1);
            else if (!ir_is_note(in->op))
                sel_instruction(&s, in);
        }
    }
    note_place(c);
    code_layout(c);
    return c;
}
