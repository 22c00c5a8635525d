/*
 * opt_loop.c - addresses that loops use, and values that they do not change.
 *
 * The address of a global object is a literal load.  One that is used inside
 * a loop is loaded at the function's entry instead, into one register for
 * all of its uses.  Where registers are short the allocator turns this back
 * into a load at each use, so that nothing is lost.
 *
 * What an instruction computes in a loop from registers that the loop does not
 * set is computed in front of the loop: n * 160 of a row of an array.  Only
 * values with one definition, all of whose uses stand behind it in its block
 * and of which no note speaks, are moved, so every use finds what it found
 * before.  The instruction may run now where it did not: it can neither
 * interrupt nor be seen.  A constant that a loop stores at an index is loaded
 * in front of the loop as well.
 */
#include "opt_loop.h"

#include <string.h>

struct address {
    const char *sym;
    int32_t disp;
    int v;
};

static int
register_for(struct ir_func *f, struct address *list, int *n,
             const struct ir_mem *m)
{
    for (int i = 0; i < *n; i++)
        if (strcmp(list[i].sym, m->sym) == 0 && list[i].disp == m->disp)
            return list[i].v;
    list[*n].sym = m->sym;
    list[*n].disp = m->disp;
    list[*n].v = ir_new_vreg(f);
    return list[(*n)++].v;
}

/* Put n instructions at the start of the entry block, behind IR_PARAMS. */
static void
insert(struct ir_func *f, const struct address *list, int n)
{
    struct ir_block *b = &f->blocks[0];
    int at = b->nins > 0 && b->ins[0].op == IR_PARAMS ? 1 : 0;
    struct ir_ins *ins = cc_alloc((size_t)(b->nins + n) * sizeof(*ins));

    memcpy(ins, b->ins, (size_t)at * sizeof(*ins));
    for (int i = 0; i < n; i++) {
        ins[at + i].op = IR_ADDR;
        ins[at + i].size = 4;
        ins[at + i].d = list[i].v;
        ins[at + i].m.sym = list[i].sym;
        ins[at + i].m.disp = list[i].disp;
    }
    memcpy(ins + at + n, b->ins + at, (size_t)(b->nins - at) * sizeof(*ins));
    b->ins = ins;
    b->nins += n;
    b->cap = b->nins;
}

void
opt_hoist(struct ir_func *f)
{
    struct address *list;
    int total = 0, n = 0;

    for (int i = 0; i < f->nblocks; i++)
        total += f->blocks[i].nins;
    list = cc_alloc((size_t)total * sizeof(*list));
    for (int i = 0; i < f->nblocks; i++) {
        struct ir_block *b = &f->blocks[i];

        for (int j = 0; b->depth > 0 && j < b->nins; j++) {
            struct ir_ins *in = &b->ins[j];

            if (in->op != IR_ADDR || in->m.sym == NULL || in->m.base != 0 ||
                in->m.index != 0)
                continue;
            in->a = register_for(f, list, &n, &in->m);
            in->op = IR_COPY;
            memset(&in->m, 0, sizeof(in->m));
        }
    }
    if (n > 0)
        insert(f, list, n);
}

/* ---- finding loops ------------------------------------------------------- */

enum { BEHIND = 1, BEFORE = 2 };

/* Extend `mark` from block `from` along the edges, or against them, within the
 * depth of the loop. */
static void
reach(const struct loop *l, unsigned char *mark, int bit, int from)
{
    bool changed = true;

    mark[from] |= (unsigned char)bit;
    while (changed) {
        changed = false;
        for (int n = 0; n < l->f->nblocks; n++) {
            int i = bit == BEHIND ? n : l->f->nblocks - 1 - n;
            const struct ir_block *b = &l->f->blocks[i];

            /* Only edges that lead from a marked block to one that is not. */
            if (b->depth < l->depth ||
                ((mark[i] & bit) != 0) != (bit == BEHIND))
                continue;
            for (int k = 0; k < ir_nsucc(b); k++) {
                int to = ir_succ(b, k);
                int next = bit == BEHIND ? to : i;
                int last = bit == BEHIND ? i : to;

                if (l->f->blocks[to].depth < l->depth ||
                    (mark[last] & bit) == 0 || (mark[next] & bit) != 0)
                    continue;
                mark[next] |= (unsigned char)bit;
                changed = true;
            }
        }
    }
}

/* The block that alone leads into the loop, and only there; -1: none. */
static int
entry_of(const struct loop *l)
{
    int found = -1;

    if (l->in[0])
        return -1;
    for (int i = 0; i < l->f->nblocks; i++) {
        const struct ir_block *b = &l->f->blocks[i];

        for (int k = 0; !l->in[i] && k < ir_nsucc(b); k++)
            if (l->in[ir_succ(b, k)]) {
                if (found >= 0 || ir_nsucc(b) != 1)
                    return -1;
                found = i;
            }
    }
    return found;
}

void
loop_find(struct loop *l, struct ir_func *f, int block)
{
    size_t blocks = (size_t)f->nblocks;
    unsigned char *mark = cc_alloc(blocks);

    *l = (struct loop){.f = f, .block = block, .depth = f->blocks[block].depth};
    l->in = cc_alloc(blocks);
    reach(l, mark, BEHIND, block);
    reach(l, mark, BEFORE, block);
    for (int k = 0; k < f->nblocks; k++)
        l->in[k] = mark[k] == (BEHIND | BEFORE);
    l->entry = entry_of(l);
    l->set = cc_alloc(((size_t)f->nvregs + 1) * sizeof(int));
    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; l->in[i] && j < f->blocks[i].nins; j++) {
            l->set[f->blocks[i].ins[j].d]++;
            l->set[f->blocks[i].ins[j].d2]++;
        }
    l->set[0] = 0;
}

bool
loop_next(struct loop *l, struct ir_func *f, bool *done, int depth)
{
    for (int i = 0; i < f->nblocks; i++) {
        int d = f->blocks[i].depth;

        if (d == 0 || done[i] || (depth != 0 && d != depth))
            continue;
        loop_find(l, f, i);
        done[i] = true;
        for (int k = 0; k < f->nblocks; k++)
            done[k] |= l->in[k] && f->blocks[k].depth == d;
        return true;
    }
    return false;
}

/* ---- values that a loop does not change ---------------------------------- */

struct movable {
    struct loop l;
    const bool *fixed; /* by register: not to be moved */
    struct opt_counts count;
};

/* Does it compute one register from others, without storage, and always? */
static bool
is_movable(const struct ir_ins *in)
{
    if (in->d == 0 || in->d2 != 0 || in->b_kind == B_MEM)
        return false;
    if (in->op == IR_ADDR)
        return in->m.base != 0 || in->m.index != 0;
    return (in->op >= IR_ADD && in->op <= IR_SAR) || in->op == IR_SEXT;
}

static bool
is_invariant(const struct movable *m, struct ir_block *b, int at)
{
    struct ir_ins *in = &b->ins[at];
    int *use[IR_MAX_USES];
    int n = ir_uses(in, use), left = m->count.uses[in->d];

    if (!is_movable(in) || m->fixed[in->d] || m->count.defs[in->d] != 1)
        return false;
    for (int k = 0; k < n; k++)
        if (m->l.set[*use[k]] != 0)
            return false;
    for (int j = at + 1; j < b->nins && left > 0; j++) {
        n = ir_uses(&b->ins[j], use);
        for (int k = 0; k < n; k++)
            left -= *use[k] == in->d;
    }
    return left == 0;
}

void
loop_insert(struct loop *l, const struct ir_ins *in)
{
    struct ir_ins *end = ir_append(l->f, l->entry, IR_NOP);

    *end = end[-1];
    end[-1] = *in;
    end[-1].line = end->line;
}

static void
move_invariants(struct movable *m)
{
    struct ir_func *f = m->l.f;

    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; m->l.in[i] && j < f->blocks[i].nins; j++) {
            struct ir_ins *in = &f->blocks[i].ins[j];

            if (!is_invariant(m, &f->blocks[i], j))
                continue;
            loop_insert(&m->l, in);
            m->l.set[in->d]--;
            memset(in, 0, sizeof(*in));
        }
}

void
opt_invariants(struct ir_func *f)
{
    struct movable m = {.count = opt_count(f)};
    bool *done = cc_alloc((size_t)f->nblocks);
    bool *fixed = cc_alloc((size_t)f->nvregs + 1);

    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; j < f->blocks[i].nins; j++) {
            const struct ir_ins *in = &f->blocks[i].ins[j];

            if (ir_is_note(in->op))
                fixed[in->a] = fixed[in->a2] = fixed[in->b] = true;
        }
    m.fixed = fixed;
    while (loop_next(&m.l, f, done, 0))
        if (m.l.entry >= 0)
            move_invariants(&m);
}

/* ---- constants that a loop stores -----------------------------------------
 */

/* The register for a constant, loaded in front of the loop. */
static int
constant_for(struct loop *l, struct ir_ins *list, int *n, int32_t imm)
{
    struct ir_ins *in = &list[*n];

    for (int i = 0; i < *n; i++)
        if (list[i].imm == imm)
            return list[i].d;
    in->op = IR_CONST;
    in->size = 4;
    in->d = ir_new_vreg(l->f);
    in->imm = imm;
    loop_insert(l, in);
    return list[(*n)++].d;
}

/* MVI and MVC have no index: a constant that is stored with one goes through a
 * register. */
static void
load_constants(struct loop *l)
{
    struct ir_func *f = l->f;
    int n = 0, most = 0;
    struct ir_ins *list;

    for (int i = 0; i < f->nblocks; i++)
        most += l->in[i] ? f->blocks[i].nins : 0;
    list = cc_alloc((size_t)most * sizeof(*list));
    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; l->in[i] && j < f->blocks[i].nins; j++) {
            struct ir_ins *in = &f->blocks[i].ins[j];

            if (in->op != IR_STORE || in->b_kind != B_IMM ||
                f->blocks[i].depth != l->depth || in->m.index == 0 ||
                (in->m.base == 0 && in->m.slot == 0))
                continue;
            in->b_kind = B_REG;
            in->b = constant_for(l, list, &n, in->imm);
            in->imm = 0;
        }
}

/* After what would put the constants back. */
static void
opt_constants(struct ir_func *f)
{
    bool *done = cc_alloc((size_t)f->nblocks);
    struct loop l;

    while (loop_next(&l, f, done, 0))
        if (l.entry >= 0)
            load_constants(&l);
}

void
opt_early(struct ir_func *f)
{
    opt_cfg(f);
    opt_dead(f);
    opt_values(f);
    opt_cfg(f);
    opt_dead(f);
}

void
opt_run(struct ir_func *f)
{
    opt_early(f);
    opt_rotate(f);
    opt_hoist(f);
    opt_values(f);
    opt_cfg(f);
    opt_dead(f);
    opt_invariants(f);
    opt_induction(f);
    opt_constants(f);
    opt_fold(f);
    opt_dead(f);
    opt_rotated(f);
}
