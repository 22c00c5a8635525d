/*
 * uninitialized.c - variables that are read before they are set.
 *
 * The lowered code is looked at before it is changed.  Three mistakes are
 * found, none of which needs a guess at how the program's tests go together;
 * of variables in storage only the first one, and only as long as nothing is
 * stored in any part of them and nobody else has their address:
 *
 * - A read that no way from the function's beginning has set.  The registers
 *   that may have been set flow along all edges until nothing changes.  What
 *   is computed from one that is not set is not set either, so that `sum += x'
 *   does not count as setting sum.
 * - A read that is sure to come, in a loop that sets the variable behind it.
 * - An outcome of a branch that makes a read sure to come, where no way to the
 *   branch has set the variable: the other outcomes set it, this one has been
 *   forgotten.  Where a loop sets it, this holds in its first turn only; there,
 *   the branch must be one that may leave the loop, not one that looks at what
 *   the turns before have done.
 *
 * `if (c) x = 1; ... if (c) use(x)' is none of them: no outcome of the first
 * test makes the read sure.  An outcome does not count that the way to it
 * rules out (way.c), as that of `for (i = 0; i < 10; i++)' in the first turn.
 */
#include "lower.h"

#include <stdlib.h>
#include <string.h>

enum {
    LARGEST = 8 * 1024 * 1024, /* words of tables; such code is not read */
    SEARCHES = 2000,           /* in the graph, for one function */
    NEW = -3,
    MANY = -2,
    NONE = -1 /* no block */
};

struct flow {
    struct ir_func *f;
    struct live live;
    uint32_t *in;  /* of each block, variables that may have been set */
    uint32_t *now; /* where pass() has come to */
    size_t words;
    int *slot;  /* by register: the one whose address it is, or 0 */
    int *entry; /* by block: see entry_of(), or NEW */
    bool *seen; /* by search() */
    int *work, nsearches;
    int v; /* the variable at hand: a register, or a slot behind them all */
    uint32_t *touched; /* of each block, variables that it reads or sets */
    bool *comes;       /* by block: is a read of v sure to come at its start? */
    int *way;          /* blocks that lead to a branch, the last one first */
};

/* ---- what a block does --------------------------------------------------- */

/* Does a block read or set v? */
static bool
touches(const struct flow *w, int block)
{
    return set_has(w->touched + w->words * (size_t)block, w->v);
}

/* The first instruction of a block that touches v, a register. */
static struct ir_ins *
first_touch(const struct flow *w, int block)
{
    struct ir_ins *in = w->f->blocks[block].ins;

    while (!ir_reads(in, w->v) && in->d != w->v && in->d2 != w->v)
        in++;
    return in;
}

static bool
has_all(const uint32_t *set, struct ir_ins *in)
{
    int *use[IR_MAX_USES];

    for (int k = ir_uses(in, use) - 1; k >= 0; k--)
        if (!set_has(set, *use[k]))
            return false;
    return true;
}

/* The variable that m is in, or 0. */
static int
accessed(const struct flow *w, const struct ir_mem *m)
{
    int slot = m->slot != 0 ? m->slot : w->slot[m->base];

    return slot > SLOT_OUT ? w->f->nvregs + slot : 0;
}

/* An instruction may set what it stores into, or whose address it uses for
 * something else than access. */
static void
put_slots(struct flow *w, struct ir_ins *in)
{
    int *use[IR_MAX_USES];
    bool accesses = in->op == IR_LOAD || in->op == IR_ADDR;

    for (int k = ir_uses(in, use) - 1; k >= 0; k--)
        if (w->slot[*use[k]] != 0 && (!accesses || use[k] != &in->m.base))
            set_put(w->now, w->f->nvregs + w->slot[*use[k]]);
    if (!accesses && !ir_is_note(in->op)) {
        set_put(w->now, accessed(w, &in->m));
        set_put(w->now, accessed(w, &in->m2));
    }
}

/* Find what may have been set in front of an instruction, NULL: at the end of
 * the block. */
static void
pass(struct flow *w, int block, const struct ir_ins *end)
{
    const struct ir_block *b = &w->f->blocks[block];

    memcpy(w->now, w->in + w->words * (size_t)block,
           w->words * sizeof(uint32_t));
    for (int j = 0; j < b->nins && &b->ins[j] != end; j++) {
        struct ir_ins *in = &b->ins[j];

        if (in->op == IR_LOAD && accessed(w, &in->m) != 0 &&
            !set_has(w->now, accessed(w, &in->m)))
            continue;
        if (in->op != IR_CALL && !has_all(w->now, in))
            continue;
        set_put(w->now, in->d);
        set_put(w->now, in->d2);
        put_slots(w, in);
    }
}

static bool
unset_at_end(struct flow *w, int block)
{
    pass(w, block, NULL);
    return !set_has(w->now, w->v);
}

/* ---- flow ---------------------------------------------------------------- */

/* Which registers hold the addresses of slots, or of places in them?  Each of
 * these is set once. */
static void
find_slots(struct flow *w)
{
    for (int i = 0; i < w->f->nblocks; i++)
        for (int j = 0; j < w->f->blocks[i].nins; j++) {
            struct ir_ins *in = &w->f->blocks[i].ins[j];

            if (in->op == IR_ADDR && accessed(w, &in->m) != 0)
                w->slot[in->d] = accessed(w, &in->m) - w->f->nvregs;
        }
}

static void
find_touched(struct flow *w)
{
    int *use[IR_MAX_USES];

    for (int i = 0; i < w->f->nblocks; i++) {
        uint32_t *set = w->touched + w->words * (size_t)i;

        for (int j = 0; j < w->f->blocks[i].nins; j++) {
            struct ir_ins *in = &w->f->blocks[i].ins[j];

            for (int k = ir_uses(in, use) - 1; k >= 0; k--)
                set_put(set, *use[k]);
            set_put(set, in->d);
            set_put(set, in->d2);
            if (in->op == IR_LOAD)
                set_put(set, accessed(w, &in->m));
        }
    }
}

/* Register 0 is set where a block is reached at all. */
static void
find_set(struct flow *w)
{
    bool changed;

    w->in[0] = 1;
    do {
        changed = false;
        for (int i = 0; i < w->f->nblocks; i++) {
            const struct ir_block *b = &w->f->blocks[i];

            if (!b->reachable)
                continue;
            pass(w, i, NULL);
            for (int k = 0; k < ir_nsucc(b); k++) {
                uint32_t *in = w->in + w->words * (size_t)b->succ[k];

                for (size_t n = 0; n < w->words; n++) {
                    changed |= (w->now[n] & ~in[n]) != 0;
                    in[n] |= w->now[n];
                }
            }
        }
    } while (changed);
}

/* Is a read sure to come at the end of a block?  Ways that never end are not
 * counted. */
static bool
comes_at_end(const struct flow *w, const struct ir_block *b)
{
    int n = ir_nsucc(b);

    for (int k = 0; k < n; k++)
        if (!w->comes[b->succ[k]])
            return false;
    return n > 0;
}

static void
find_comes(struct flow *w)
{
    const struct ir_block *b = w->f->blocks;
    bool changed;

    for (int i = 0; i < w->f->nblocks; i++)
        w->comes[i] = touches(w, i) ? ir_reads(first_touch(w, i), w->v)
                                    : live_has(&w->live, i, w->v);
    do {
        changed = false;
        for (int i = w->f->nblocks - 1; i >= 0; i--)
            if (w->comes[i] && !touches(w, i) && !comes_at_end(w, &b[i])) {
                w->comes[i] = false;
                changed = true;
            }
    } while (changed);
}

/* Mark what can be reached from a block, without passing another, or any that
 * touches v. */
static void
search(struct flow *w, int from, int without, bool untouched)
{
    int n = 0;

    memset(w->seen, 0, (size_t)w->f->nblocks * sizeof(bool));
    w->nsearches++;
    w->seen[from] = true;
    w->work[n++] = from;
    while (n > 0) {
        int i = w->work[--n];
        const struct ir_block *b = &w->f->blocks[i];

        for (int k = 0; k < ir_nsucc(b) && !(untouched && touches(w, i)); k++) {
            int to = b->succ[k];

            if (!w->seen[to] && to != without) {
                w->seen[to] = true;
                w->work[n++] = to;
            }
        }
    }
}

/* ---- the branch that forgets --------------------------------------------- */

/* The only one of the blocks that search() has marked that leads to this one.
 */
static int
only_seen(const struct flow *w, int block)
{
    int from = NONE;

    for (int i = 0; i < w->f->nblocks; i++)
        for (int k = 0; w->seen[i] && k < ir_nsucc(&w->f->blocks[i]); k++)
            if (w->f->blocks[i].succ[k] == block && from != i)
                from = from == NONE ? i : MANY;
    return from == MANY ? NONE : from;
}

/* The only block that leads to this one from elsewhere than from behind it:
 * so that from which a loop is entered that begins here. */
static int
entry_of(struct flow *w, int block)
{
    if (w->entry[block] == NEW) {
        if (w->nsearches > SEARCHES)
            return NONE;
        search(w, 0, block, false);
        w->entry[block] = only_seen(w, block);
    }
    return w->entry[block];
}

/* Does a block decide whether the loop that begins with `top' is left? */
static bool
may_leave(struct flow *w, int block, int top)
{
    const struct ir_block *b = &w->f->blocks[block];

    for (int k = 0; k < ir_nsucc(b) && w->nsearches <= SEARCHES; k++) {
        search(w, b->succ[k], NONE, false);
        if (!w->seen[top])
            return true;
    }
    return false;
}

/* Has nothing set v where a block ends, at least for the first time, and can
 * it lead to `to` then? */
static bool
forgets(struct flow *w, int block, int to)
{
    int n = 0;

    for (; block != NONE && !unset_at_end(w, block);
         block = entry_of(w, block)) {
        if (touches(w, block))
            return false;
        w->way[n++] = block;
    }
    if (block == NONE || (n > 0 && !may_leave(w, w->way[0], w->way[n - 1])))
        return false;
    for (; block != NONE; block = entry_of(w, block))
        w->way[n++] = block;
    return !way_rules_out(w->f, w->way, n, to);
}

/* An edge to a sure read from where it is not sure; false: there is none. */
static bool
find_forgetting(struct flow *w, int *from, int *to)
{
    for (*from = 0; *from < w->f->nblocks; ++*from) {
        const struct ir_block *b = &w->f->blocks[*from];

        if (!b->reachable || comes_at_end(w, b))
            continue;
        for (int k = 0; k < ir_nsucc(b); k++) {
            *to = b->succ[k];
            if (w->comes[*to] && forgets(w, *from, *to))
                return true;
        }
    }
    return false;
}

/* ---- messages ------------------------------------------------------------ */

static bool
reads(const struct flow *w, struct ir_ins *in)
{
    if (w->v <= w->f->nvregs)
        return ir_reads(in, w->v);
    return in->op == IR_LOAD && accessed(w, &in->m) == w->v;
}

/* Is the way to a block ruled out, as far as there is one way only? */
static bool
is_ruled_out(struct flow *w, int block)
{
    int n = 0;

    search(w, 0, NONE, false);
    for (int i = only_seen(w, block); i != NONE; i = only_seen(w, i))
        w->way[n++] = i;
    return way_rules_out(w->f, w->way, n, block);
}

/* The line of a read that no way has set; 0: none. */
static int
line_never_set(struct flow *w)
{
    for (int i = 0; i < w->f->nblocks; i++) {
        const struct ir_block *b = &w->f->blocks[i];

        for (int j = 0; b->reachable && touches(w, i) && j < b->nins; j++) {
            if (!reads(w, &b->ins[j]))
                continue;
            pass(w, i, &b->ins[j]);
            if (!set_has(w->now, w->v) && !is_ruled_out(w, i))
                return b->ins[j].line;
        }
    }
    return 0;
}

/* The first line with a read that is sure to come from a block. */
static int
line_from(struct flow *w, int block)
{
    int line = 0;

    search(w, block, NONE, true);
    for (int i = 0; i < w->f->nblocks; i++)
        if (w->seen[i] && touches(w, i)) {
            int at = first_touch(w, i)->line;

            line = line == 0 || at < line ? at : line;
        }
    return line;
}

static struct token
token_of(const struct ir_func *f, int line, const char *name)
{
    return (struct token){.kind = name != NULL ? TK_IDENT : TK_EOF,
                          .text = name != NULL ? name : "",
                          .index = INDEX_ANY,
                          .file = f->lines[line].file,
                          .line = f->lines[line].line};
}

static void
check(struct flow *w, const struct symbol *var)
{
    int from, to, line;
    struct token at, test;

    w->v = var->reg != 0 ? var->reg : w->f->nvregs + var->slot;
    line = line_never_set(w);
    if (line == 0 && var->reg != 0) {
        find_comes(w);
        line = w->comes[0] ? line_from(w, 0) : 0;
    }
    if (line != 0) {
        at = token_of(w->f, line, var->name);
        warn_at(&at, "uninitialized", "`%s' is used here, but has no value yet",
                var->name);
        return;
    }
    if (var->reg == 0 || !find_forgetting(w, &from, &to))
        return;
    at = token_of(w->f, line_from(w, to), var->name);
    if (!warn_at(&at, "uninitialized", "`%s' may be used uninitialized",
                 var->name))
        return;
    note_at(var->tok, var->init == NULL
                          ? "it is declared here, without a value"
                          : "it gets its value here, if nothing jumps over it");
    line = w->f->blocks[from].ins[w->f->blocks[from].nins - 1].line;
    test = token_of(w->f, line, NULL);
    note_at(&test, "one outcome of this test leads there without setting it");
}

void
check_uninitialized(struct ir_func *f, struct symbol *const *variables, int n)
{
    size_t blocks = (size_t)f->nblocks;
    size_t bits = (size_t)f->nvregs + (size_t)f->nslots;
    struct flow w = {.f = f, .words = bits / 32 + 1};
    struct regs start;

    if (n == 0 || blocks * w.words > LARGEST)
        return;
    w.live = live_find(f);
    start = regs_new(f->nvregs);
    live_at_end(&w.live, 0, &start);
    for (int j = f->blocks[0].nins - 1; j >= 0; j--)
        live_step_back(&start, &f->blocks[0].ins[j]);
    for (int i = 0; i < n; i++) {
        if (variables[i]->reg != 0 && !regs_has(&start, variables[i]->reg))
            continue;
        if (w.in == NULL) {
            ir_mark_reachable(f);
            w.in = cc_alloc(blocks * w.words * sizeof(uint32_t));
            w.now = cc_alloc(w.words * sizeof(uint32_t));
            w.slot = cc_alloc(((size_t)f->nvregs + 1) * sizeof(int));
            w.entry = cc_alloc(blocks * sizeof(int));
            w.work = cc_alloc(blocks * sizeof(int));
            w.seen = cc_alloc(blocks * sizeof(bool));
            w.touched = cc_alloc(blocks * w.words * sizeof(uint32_t));
            w.comes = cc_alloc(blocks * sizeof(bool));
            w.way = cc_alloc((blocks + 1) * sizeof(int));
            find_slots(&w);
            find_touched(&w);
            find_set(&w);
            for (size_t b = 0; b < blocks; b++)
                w.entry[b] = b == 0 ? NONE : NEW;
        }
        check(&w, variables[i]);
    }
    free(w.live.out);
}
