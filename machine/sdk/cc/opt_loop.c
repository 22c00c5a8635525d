/*
 * opt_loop.c - what a loop does not change is computed in front of it.
 *
 * The lowering notes for each block how many loops of C are around it, and
 * puts the blocks of a loop one behind the other.  So a loop is a run of
 * blocks that are at its depth or deeper.  What is done to one is right for
 * each run of blocks that is entered at one place only: two loops that touch
 * may be taken for one, and what goto makes is none.
 *
 * An instruction of a loop that computes one register, from registers that the
 * loop does not set, gives the same in each turn: the address of a global
 * object, which is a load from the literals; n * 160 of a row of an array.  It
 * is moved to the block in front of the loop, or takes the value of an equal
 * one that was moved there before.  Outer loops come first, so it goes as far
 * out as it can.
 *
 * Only registers with one definition are moved, and of which no note speaks:
 * those are no variables, so their definition stands on every way to their
 * uses, and these find what they found before.  The instruction may be
 * executed now where it was not: it can neither interrupt nor be seen.
 */
#include "opt.h"

#include <string.h>

/* ---- finding loops ------------------------------------------------------- */

int
loop_depth(const struct ir_func *f)
{
    int depth = 0;

    for (int i = 0; i < f->nblocks; i++)
        depth = f->blocks[i].depth > depth ? f->blocks[i].depth : depth;
    return depth;
}

static void
find_ways(struct loop *l)
{
    const struct ir_func *f = l->f;

    l->nregs = f->nvregs;
    l->set = cc_alloc(((size_t)f->nvregs + 1) * sizeof(int));
    l->least = cc_alloc((size_t)f->nblocks * sizeof(int));
    l->greatest = cc_alloc((size_t)f->nblocks * sizeof(int));
    for (int i = 0; i < f->nblocks; i++)
        l->least[i] = f->nblocks;
    for (int i = 0; i < f->nblocks; i++)
        for (int k = 0; k < ir_nsucc(&f->blocks[i]); k++) {
            int to = f->blocks[i].succ[k];

            l->least[to] = i < l->least[to] ? i : l->least[to];
            l->greatest[to] = i;
        }
}

/* Count (1) or forget (0) the loop's definitions. */
static void
count_sets(struct loop *l, int by)
{
    for (int i = l->first; i < l->end; i++)
        for (int j = 0; j < l->f->blocks[i].nins; j++) {
            int d[2] = {l->f->blocks[i].ins[j].d, l->f->blocks[i].ins[j].d2};

            for (int k = 0; k < 2; k++)
                if (d[k] != 0 && d[k] <= l->nregs)
                    l->set[d[k]] = by * (l->set[d[k]] + 1);
        }
}

static bool
has_entry(const struct loop *l)
{
    if (l->first == 0 || ir_nsucc(&l->f->blocks[l->first - 1]) != 1)
        return false;
    for (int i = l->first; i < l->end; i++)
        if (l->least[i] < l->first - 1 || l->greatest[i] >= l->end)
            return false;
    return true;
}

bool
loop_next(struct loop *l)
{
    const struct ir_func *f = l->f;

    if (l->set == NULL)
        find_ways(l);
    count_sets(l, 0);
    do {
        l->first = l->end;
        while (l->first < f->nblocks && f->blocks[l->first].depth < l->depth)
            l->first++;
        l->end = l->first;
        while (l->end < f->nblocks && f->blocks[l->end].depth >= l->depth)
            l->end++;
    } while (l->first < f->nblocks && !has_entry(l));
    count_sets(l, 1);
    return l->first < f->nblocks;
}

bool
loop_keeps(const struct loop *l, int reg)
{
    return reg <= l->nregs && l->set[reg] == 0;
}

void
loop_insert(const struct loop *l, const struct ir_ins *in)
{
    struct ir_ins *end = ir_append(l->f, l->first - 1, IR_NOP);

    *end = end[-1];
    end[-1] = *in;
    end[-1].line = end->line;
}

/* ---- moving -------------------------------------------------------------- */

struct mover {
    struct loop l;
    bool *fixed; /* by register: a variable, or not set once */
};

/* Does it compute one register from others, without storage, and always? */
static bool
is_movable(const struct ir_ins *in)
{
    return in->d != 0 && in->d2 == 0 && in->b_kind != B_MEM &&
           (in->op == IR_ADDR || (in->op >= IR_ADD && in->op <= IR_SAR) ||
            in->op == IR_SEXT);
}

static bool
is_invariant(const struct mover *m, struct ir_ins *in)
{
    int *use[IR_MAX_USES];

    if (!is_movable(in) || m->fixed[in->d])
        return false;
    for (int k = ir_uses(in, use) - 1; k >= 0; k--)
        if (!loop_keeps(&m->l, *use[k]))
            return false;
    return true;
}

static void
move(struct mover *m, struct ir_ins *in)
{
    const struct ir_block *b = &m->l.f->blocks[m->l.first - 1];
    struct ir_ins copy = {
        .op = IR_COPY, .size = 4, .d = in->d, .line = in->line};

    for (int j = b->nins - 2; j >= 0 && copy.a == 0; j--)
        if (!m->fixed[b->ins[j].d] && ir_same(&b->ins[j], in))
            copy.a = b->ins[j].d;
    if (copy.a != 0) {
        *in = copy;
        return;
    }
    loop_insert(&m->l, in);
    m->l.set[in->d] = 0;
    memset(in, 0, sizeof(*in));
}

void
opt_invariants(struct ir_func *f)
{
    struct opt_counts count = opt_count(f);
    struct mover m = {.l.f = f, .fixed = count.noted};

    for (int v = 0; v <= f->nvregs; v++)
        m.fixed[v] |= count.defs[v] != 1;
    for (int depth = 1; depth <= loop_depth(f); depth++) {
        m.l.depth = depth;
        m.l.end = 0;
        while (loop_next(&m.l))
            for (int i = m.l.first; i < m.l.end; i++)
                for (int j = 0; j < f->blocks[i].nins; j++)
                    if (is_invariant(&m, &f->blocks[i].ins[j]))
                        move(&m, &f->blocks[i].ins[j]);
    }
}
