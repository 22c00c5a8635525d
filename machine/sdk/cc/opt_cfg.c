/*
 * opt_cfg.c - the shape of the flow graph.
 *
 * Jumps to jumps go to the final target, blocks nobody reaches vanish, a
 * block with one successor that has no other predecessor swallows it.  The
 * remaining blocks keep their order and are numbered anew.
 */
#include "opt.h"

#include <string.h>

static bool
only_jumps(const struct ir_block *b)
{
    int n = 0;

    while (ir_is_note(b->ins[n].op))
        n++;
    return b->ins[n].op == IR_JMP;
}

/* Where a jump to block b really ends. */
static int
final_target(const struct ir_func *f, int b)
{
    for (int hops = 0; hops < 32; hops++) {
        const struct ir_block *p = &f->blocks[b];

        if (!only_jumps(p) || p->succ[0] == b)
            break;
        b = p->succ[0];
    }
    return b;
}

static bool
same_note(const struct ir_ins *x, const struct ir_ins *y)
{
    return x->op == y->op && x->a == y->a && x->a2 == y->a2 &&
           x->b_kind == y->b_kind && x->m.slot == y->m.slot &&
           x->m.disp == y->m.disp;
}

/* Put a note in front of block b, unless it is there. */
static void
put_note(struct ir_block *b, const struct ir_ins *note)
{
    struct ir_ins *ins;

    for (int j = 0; ir_is_note(b->ins[j].op); j++)
        if (same_note(&b->ins[j], note))
            return;
    ins = cc_alloc((size_t)(b->nins + 1) * sizeof(*ins));
    ins[0] = *note;
    memcpy(ins + 1, b->ins, (size_t)b->nins * sizeof(*ins));
    b->ins = ins;
    b->cap = ++b->nins;
}

/* What the notes say of the variables on the way from block `from` to block
 * `to`, that is left out, is not true of every way to `to`: there, nothing is
 * known of these variables. */
static void
forget_on_the_way(struct ir_func *f, int from, int to)
{
    for (; from != to; from = f->blocks[from].succ[0])
        for (int j = 0; ir_is_note(f->blocks[from].ins[j].op); j++) {
            struct ir_ins note = f->blocks[from].ins[j];

            note.a = note.op == IR_GONE ? note.a : 0;
            note.b = note.imm = 0;
            note.b_kind = B_NONE;
            note.m.slot = 0;
            if (note.op != IR_NOP)
                put_note(&f->blocks[to], &note);
        }
}

static void
thread_jumps(struct ir_func *f)
{
    for (int i = 0; i < f->nblocks; i++) {
        struct ir_block *b = &f->blocks[i];
        struct ir_ins *t;
        int n = ir_nsucc(b);

        for (int k = 0; k < n; k++) {
            int to = final_target(f, ir_succ(b, k));

            forget_on_the_way(f, ir_succ(b, k), to);
            b->succ[k] = to;
        }
        t = &b->ins[b->nins - 1];
        if (n == 2 && b->succ[0] == b->succ[1] && !t->is_volatile) {
            int line = t->line;

            memset(t, 0, sizeof(*t));
            t->op = IR_JMP;
            t->line = line;
        }
    }
}

static void
append_block(struct ir_block *to, struct ir_block *from)
{
    struct ir_ins *ins;
    int n = to->nins - 1 + from->nins;

    ins = cc_alloc((size_t)n * sizeof(*ins));
    memcpy(ins, to->ins, (size_t)(to->nins - 1) * sizeof(*ins));
    memcpy(ins + to->nins - 1, from->ins, (size_t)from->nins * sizeof(*ins));
    to->ins = ins;
    to->nins = to->cap = n;
    to->succ[0] = from->succ[0];
    to->succ[1] = from->succ[1];
    from->reachable = false;
}

/* Join chains of blocks. */
static void
join(struct ir_func *f, int *npred)
{
    memset(npred, 0, (size_t)f->nblocks * sizeof(int));
    npred[0] = 1;
    for (int i = 0; i < f->nblocks; i++)
        if (f->blocks[i].reachable)
            for (int k = 0; k < ir_nsucc(&f->blocks[i]); k++)
                npred[ir_succ(&f->blocks[i], k)]++;
    for (int i = 0; i < f->nblocks; i++) {
        struct ir_block *b = &f->blocks[i];

        while (b->reachable && b->ins[b->nins - 1].op == IR_JMP &&
               b->succ[0] != i && npred[b->succ[0]] == 1)
            append_block(b, &f->blocks[b->succ[0]]);
    }
}

static void
renumber(struct ir_func *f, int *number)
{
    int n = 0;

    for (int i = 0; i < f->nblocks; i++)
        number[i] = f->blocks[i].reachable ? n++ : -1;
    for (int i = 0; i < f->nblocks; i++) {
        struct ir_block *b = &f->blocks[i];

        if (!b->reachable)
            continue;
        for (int k = 0; k < ir_nsucc(b); k++)
            b->succ[k] = number[b->succ[k]];
        if (number[i] != i)
            f->blocks[number[i]] = *b;
    }
    f->nblocks = n;
}

void
opt_cfg(struct ir_func *f)
{
    int *work = cc_alloc((size_t)f->nblocks * sizeof(int));

    /* A block that was never ended does not return. */
    for (int i = 0; i < f->nblocks; i++) {
        struct ir_block *b = &f->blocks[i];

        if (b->nins == 0 || !ir_is_terminator(b->ins[b->nins - 1].op))
            ir_append(f, i, IR_STOP);
    }
    thread_jumps(f);
    ir_mark_reachable(f);
    join(f, work);
    renumber(f, work);
}
