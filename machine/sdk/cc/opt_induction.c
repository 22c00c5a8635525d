/*
 * opt_induction.c - sums instead of products, moving pointers.
 *
 * What a loop computes from an induction variable v by products, sums and
 * addresses is  base + add + mult * v,  where base is what the loop does not
 * change.  Such a value gets a register p of its own, that is set in front of
 * the loop and moves on by mult * step where v does:  i * 160 costs one
 * addition in each turn, at the place of a multiplication at each use.  All
 * uses with the same base and mult share one p, whatever is added; so one
 * scaled index serves all arrays of a loop, as D(X,B) adds the base for
 * nothing.
 *
 * An address p + i of bytes costs nothing either.  It gets a moving pointer
 * only if v is not needed any more then, and the loop can be counted
 * (opt_counter.c).
 *
 * The arithmetic is the same modulo 2**32, or 2**24 for addresses, before and
 * after: no value differs, whatever the program computes.  p lives all through
 * the loop, so no more are made than there are registers to spare.
 */
#include "opt_induction.h"

#include <stdlib.h>
#include <string.h>

enum {
    LARGEST = 1 << 30, /* blocks * blocks * registers that are looked at */
    REGISTERS = 10,
    COUNTED = 4 /* AL, C, BL: BCT */
};

int
loop_top(const struct loop *l)
{
    return l->f->blocks[l->entry].succ[0];
}

bool
loop_reads(struct ir_ins *in, const struct induction *iv)
{
    int *use[IR_MAX_USES];

    for (int k = ir_uses(in, use) - 1; k >= 0; k--)
        if (*use[k] == iv->v || *use[k] == iv->t)
            return true;
    return false;
}

/* ---- induction variables ------------------------------------------------- */

static bool
is_step(const struct loops *s, const struct ir_ins *in, int v,
        struct induction *iv)
{
    iv->step_reg = 0;
    if (in->op != IR_ADD)
        return false;
    if (in->b_kind == B_IMM && in->a == v) {
        iv->step = in->imm;
        return true;
    }
    if (in->b_kind != B_REG || (in->a != v && in->b != v))
        return false;
    iv->step_reg = in->a == v ? in->b : in->a;
    return s->l.set[iv->step_reg] == 0;
}

static bool
is_induction(const struct loops *s, int block, int at, struct induction *iv)
{
    const struct ir_block *b = &s->l.f->blocks[block];
    const struct ir_ins *in = &b->ins[at];

    *iv = (struct induction){.v = in->d, .block = block, .at = at, .t_at = -1};
    if (in->d == 0 || s->l.set[in->d] != 1 || b->depth != s->l.depth)
        return false;
    if (in->op != IR_COPY)
        return is_step(s, in, iv->v, iv);
    iv->t = in->a;
    if (s->count.defs[iv->t] != 1)
        return false;
    for (int j = at - 1; j >= 0; j--)
        if (b->ins[j].d == iv->t) {
            iv->t_at = j;
            return is_step(s, &b->ins[j], iv->v, iv);
        }
    return false;
}

static void
find_inductions(struct loops *s)
{
    struct ir_func *f = s->l.f;

    s->list = cc_alloc(((size_t)f->nvregs + 1) * sizeof(*s->list));
    s->n = 0;
    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; s->l.in[i] && j < f->blocks[i].nins; j++)
            s->n += is_induction(s, i, j, &s->list[s->n]);
}

/* The loop is looked at (again) as it is now. */
static void
look_at(struct loops *s, struct ir_func *f, int block)
{
    loop_find(&s->l, f, block);
    s->n = 0;
    if (s->l.entry < 0)
        return;
    s->count = opt_count(f);
    find_inductions(s);
    if (s->n == 0)
        return;
    s->live_out = ir_live_out(f, &s->words);
}

/* ---- registers ----------------------------------------------------------- */

/* How many of the registers that the loop mentions are live at once. */
static int
pressure(const struct loops *s)
{
    struct ir_func *f = s->l.f;
    size_t regs = (size_t)f->nvregs + 1;
    bool *mentioned = cc_alloc(regs), *live = cc_alloc(regs);
    int *use[IR_MAX_USES], most = 0;

    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; s->l.in[i] && j < f->blocks[i].nins; j++) {
            for (int k = ir_uses(&f->blocks[i].ins[j], use) - 1; k >= 0; k--)
                mentioned[*use[k]] = true;
            mentioned[f->blocks[i].ins[j].d] = true;
            mentioned[f->blocks[i].ins[j].d2] = true;
        }
    mentioned[0] = false;
    for (int i = 0; i < f->nblocks; i++) {
        const struct ir_block *b = &f->blocks[i];
        int n = 0;

        for (int v = 0; s->l.in[i] && v <= f->nvregs; v++) {
            live[v] =
                mentioned[v] && set_has(s->live_out + s->words * (size_t)i, v);
            n += live[v];
        }
        for (int j = b->nins - 1; s->l.in[i] && j >= 0; j--) {
            int d[2] = {b->ins[j].d, b->ins[j].d2};

            for (int k = 0; k < 2; k++) {
                n -= live[d[k]];
                live[d[k]] = false;
            }
            for (int k = ir_uses(&b->ins[j], use) - 1; k >= 0; k--) {
                n += !live[*use[k]];
                live[*use[k]] = true;
            }
            most = n > most ? n : most;
        }
    }
    return most;
}

/* Can the loop be executed without block b? */
static bool
is_left_out(const struct loop *l, int b, bool *seen, int *work)
{
    int top = loop_top(l), n = 0;

    if (b == top)
        return false;
    memset(seen, 0, (size_t)l->f->nblocks);
    work[n++] = top;
    while (n > 0) {
        const struct ir_block *at = &l->f->blocks[work[--n]];

        for (int k = 0; k < ir_nsucc(at); k++) {
            int to = ir_succ(at, k);

            if (to == top)
                return true;
            if (!l->in[to] || to == b || seen[to])
                continue;
            seen[to] = true;
            work[n++] = to;
        }
    }
    return false;
}

static void
weigh(struct reduce *r)
{
    struct ir_func *f = r->s.l.f;
    bool *seen = cc_alloc((size_t)f->nblocks);
    int *work = cc_alloc((size_t)f->nblocks * sizeof(int));

    r->weight = cc_alloc((size_t)f->nblocks * sizeof(int));
    for (int i = 0; i < f->nblocks; i++)
        if (r->s.l.in[i])
            r->weight[i] = f->blocks[i].depth > r->s.l.depth     ? DEEPER
                           : is_left_out(&r->s.l, i, seen, work) ? BRANCH
                                                                 : TURN;
}

/* ---- what is worth it ---------------------------------------------------- */

static struct group *
best(struct reduce *r)
{
    struct group *found = NULL;

    for (int i = 0; i < r->ngroups; i++) {
        struct group *g = &r->group[i];

        if (g->p == 0 && g->gain > 0 &&
            (found == NULL || g->gain > found->gain))
            found = g;
    }
    return found;
}

static bool
choose(struct reduce *r, const struct induction *iv)
{
    struct ir_func *f = r->s.l.f;
    int some = 0, all = COUNTED;
    int spare = REGISTERS - pressure(&r->s);
    struct group *g;
    bool any = false;

    form_find_groups(r, iv);
    for (int i = 0; i < r->ngroups; i++)
        some += r->group[i].gain > 0 ? r->group[i].gain : 0;
    if (form_find_operands(r, iv)) {
        for (int i = 0; i < r->ngroups; i++)
            all += r->group[i].gain;
        for (int i = 0; all > some && r->ngroups <= spare && i < r->ngroups;
             i++)
            r->group[i].p = ir_new_vreg(f);
        if (all > some && r->ngroups <= spare)
            return r->ngroups > 0;
    }
    form_find_groups(r, iv);
    for (; spare > 0 && (g = best(r)) != NULL; spare--, any = true)
        g->p = ir_new_vreg(f);
    return any;
}

/* Sums for what is computed from iv.  True: the code is another one now. */
static bool
reduce(struct reduce *r, const struct induction *iv)
{
    struct ir_func *f = r->s.l.f;
    size_t regs = (size_t)f->nvregs + 1, all = 0;

    for (int i = 0; i < f->nblocks; i++)
        if (r->s.l.in[i])
            all += (size_t)f->blocks[i].nins;
    weigh(r);
    r->node_of = cc_alloc(regs * sizeof(int));
    r->node = cc_alloc((all + 1) * sizeof(*r->node));
    r->group = cc_alloc(3 * all * sizeof(*r->group));
    r->use = cc_alloc(3 * all * sizeof(*r->use));
    r->nnodes = 0;
    form_find_nodes(r);
    if (!choose(r, iv))
        return false;
    moving_put(r);
    return true;
}

/* Nothing but the test and what counts reads the variable. */
static bool
only_counts(const struct loops *s, const struct induction *iv,
            const struct trip *trip)
{
    const struct ir_func *f = s->l.f;

    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; s->l.in[i] && j < f->blocks[i].nins; j++)
            if (loop_reads(&f->blocks[i].ins[j], iv) &&
                !counter_replaces(s, iv, trip, i, j))
                return false;
    return true;
}

/* A variable of the loop that has not been looked at, or NULL. */
static struct induction *
next_variable(struct loops *s, bool *done, int nvregs)
{
    for (int i = 0; i < s->n; i++) {
        struct induction *iv = &s->list[i];

        if (iv->v <= nvregs && !done[iv->v]) {
            done[iv->v] = true;
            return iv;
        }
    }
    return NULL;
}

static bool
reduce_loop(struct ir_func *f, int block)
{
    struct reduce r = {.nnodes = 0};
    struct induction *iv;
    int nvregs = f->nvregs;
    bool *done = cc_alloc((size_t)nvregs + 1);
    bool changed = false, fresh = true;
    struct trip trip;

    look_at(&r.s, f, block);
    while ((iv = next_variable(&r.s, done, nvregs)) != NULL) {
        if (fresh && reduce(&r, iv)) {
            done[iv->v] = false; /* once more, for the count */
            fresh = false;
        } else if (counter_find(&r.s, iv, &trip) &&
                   only_counts(&r.s, iv, &trip)) {
            counter_put(&r.s, iv, &trip);
            fresh = true;
        } else {
            fresh = true;
            continue;
        }
        changed = true;
        free(r.s.live_out);
        r.s.live_out = NULL;
        opt_dead(f);
        look_at(&r.s, f, block);
    }
    free(r.s.live_out);
    return changed;
}

void
opt_induction(struct ir_func *f)
{
    bool *done = cc_alloc((size_t)f->nblocks);
    bool changed = false;
    int depth = 0;
    struct loop l;

    if ((uint64_t)f->nblocks * (uint64_t)f->nblocks * (uint64_t)f->nvregs >
        LARGEST)
        return;
    for (int i = 0; i < f->nblocks; i++)
        depth = f->blocks[i].depth > depth ? f->blocks[i].depth : depth;
    for (; depth > 0; depth--)
        while (loop_next(&l, f, done, depth))
            if (l.entry >= 0)
                changed |= reduce_loop(f, l.block);
    if (changed) {
        opt_values(f);
        opt_dead(f);
    }
}
