/*
 * opt_rotate.c - the first test of a loop, made in front of it.
 *
 * A loop with its test at the bottom is entered by a jump to the test.  A
 * short test is copied to where the jump is instead: with constants, as at
 * the beginning of most counted loops, its outcome is known and nothing is
 * left of it.  Between the copy and the loop there is a new block, its entry:
 * what passes move in front of the loop is executed only if the loop is, and
 * the loop's test is known to hold there.
 *
 *         JMP test                        copy: BR a < b ? entry : end
 *     top:                         entry:       JMP top
 *         ...                      top:         ...
 *     test: BR a < b ? top : end   test:        BR a < b ? top : end
 */
#include "opt_loop.h"

#include <string.h>

enum { LONGEST = 4 }; /* instructions of a test that is copied */

struct rotate {
    struct ir_func *f;
    struct opt_counts count;
    int nvregs; /* that have been counted */
    int *renamed;
    int *entry; /* by block: the new block behind it, or 0 */
};

/* The block in the loop that `test` goes to, if it decides between the loop
 * and its end; -1: it does not, or is too long. */
static int
goes_on_to(const struct loop *l, int test)
{
    const struct ir_block *b = &l->f->blocks[test];
    int n = 0;

    for (int j = 0; j < b->nins; j++) {
        const struct ir_ins *in = &b->ins[j];

        if (ir_is_call(in) || in->op == IR_SWITCH)
            return -1;
        n += !ir_is_note(in->op);
    }
    if (n > LONGEST || ir_nsucc(b) != 2 ||
        l->in[b->succ[0]] == l->in[b->succ[1]])
        return -1;
    return b->succ[l->in[b->succ[0]] ? 0 : 1];
}

/* A register that only lives in the test gets another name in the copy, so
 * that each still has one definition. */
static void
rename_locals(struct rotate *r, struct ir_block *b)
{
    int *use[IR_MAX_USES];

    memset(r->renamed, 0, ((size_t)r->nvregs + 1) * sizeof(int));
    for (int j = 0; j < b->nins; j++)
        for (int k = ir_uses(&b->ins[j], use) - 1; k >= 0; k--)
            if (*use[k] <= r->nvregs)
                r->renamed[*use[k]]--;
    for (int j = 0; j < b->nins; j++) {
        int d = b->ins[j].d;

        if (d != 0 && d <= r->nvregs && r->count.defs[d] == 1 &&
            r->renamed[d] == -r->count.uses[d])
            r->renamed[d] = ir_new_vreg(r->f);
    }
    for (int v = 0; v <= r->nvregs; v++)
        if (r->renamed[v] < 0)
            r->renamed[v] = 0;
}

static void
rename_register(const struct rotate *r, int *v)
{
    if (*v <= r->nvregs && r->renamed[*v] != 0)
        *v = r->renamed[*v];
}

static void
rotate(struct rotate *r, const struct loop *l)
{
    struct ir_func *f = r->f;
    int from = l->entry, test = f->blocks[from].succ[0];
    int top = goes_on_to(l, test), entry;
    struct ir_block *b, *t;

    if (top != from + 1 ||
        f->blocks[from].ins[f->blocks[from].nins - 1].op != IR_JMP)
        return;
    entry = ir_new_block(f, f->blocks[from].depth);
    f->blocks[entry].succ[0] = top;
    f->blocks[entry].is_entry = true;
    f->blocks[entry].guard = f->blocks[test].guard = entry;
    ir_append(f, entry, IR_JMP);
    r->entry[from] = entry;
    b = &f->blocks[from];
    t = &f->blocks[test];
    rename_locals(r, t);
    b->nins--;
    for (int j = 0; j < t->nins; j++) {
        struct ir_ins *in = ir_append(f, from, IR_NOP);
        int *use[IR_MAX_USES];

        *in = t->ins[j];
        rename_register(r, &in->d);
        for (int k = ir_uses(in, use) - 1; k >= 0; k--)
            rename_register(r, use[k]);
        if (ir_is_note(in->op)) {
            rename_register(r, &in->a);
            rename_register(r, &in->b);
        }
    }
    for (int k = 0; k < 2; k++)
        b->succ[k] = t->succ[k] == top ? entry : t->succ[k];
}

void
opt_rotate(struct ir_func *f)
{
    struct rotate r = {.f = f, .count = opt_count(f), .nvregs = f->nvregs};
    int nblocks = f->nblocks, n = 0;
    bool *done = cc_alloc((size_t)nblocks * 2); /* a new one for each */
    struct loop l;
    int *order = cc_alloc((size_t)nblocks * 2 * sizeof(int));

    r.renamed = cc_alloc(((size_t)f->nvregs + 1) * sizeof(int));
    r.entry = cc_alloc((size_t)nblocks * sizeof(int));
    while (loop_next(&l, f, done, 0))
        if (l.entry >= 0 && l.entry < nblocks)
            rotate(&r, &l);
    if (f->nblocks == nblocks)
        return;
    for (int i = 0; i < nblocks; i++) {
        order[n++] = i;
        if (r.entry[i] != 0)
            order[n++] = r.entry[i];
    }
    ir_reorder(f, order, n);
}

/* An entry into which nothing was moved is no block of its own. */
void
opt_rotated(struct ir_func *f)
{
    for (int i = 0; i < f->nblocks; i++)
        f->blocks[i].is_entry = false;
    opt_cfg(f);
}
