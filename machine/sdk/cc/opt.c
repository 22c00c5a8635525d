/*
 * opt.c - the passes in their order, and what they share.
 */
#include "opt.h"

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
    opt_invariants(f);
    opt_induction(f);
    opt_values(f);
    opt_dead(f);
    opt_fold(f);
    opt_dead(f);
}

bool *
opt_escaped(struct ir_func *f)
{
    bool *escaped = cc_alloc((size_t)f->nslots * sizeof(bool));

    for (int i = 0; i < f->nslots; i++)
        escaped[i] = f->slots[i].shared;

    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; j < f->blocks[i].nins; j++) {
            const struct ir_ins *in = &f->blocks[i].ins[j];

            if (in->op == IR_ADDR)
                escaped[in->m.slot] = true;
        }
    return escaped;
}

struct opt_counts
opt_count(struct ir_func *f)
{
    size_t n = (size_t)f->nvregs + 1;
    struct opt_counts c;

    c.defs = cc_alloc(n * sizeof(int));
    c.uses = cc_alloc(n * sizeof(int));
    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; j < f->blocks[i].nins; j++) {
            struct ir_ins *in = &f->blocks[i].ins[j];
            int *use[IR_MAX_USES];
            int nu = ir_uses(in, use);

            for (int k = 0; k < nu; k++)
                c.uses[*use[k]]++;
            c.defs[in->d]++;
            c.defs[in->d2]++;
        }
    return c;
}

bool
opt_overlap(const bool *escaped, const struct ir_mem *a, uint32_t an,
            const struct ir_mem *b, uint32_t bn)
{
    bool same_base =
        a->base == b->base && a->index == b->index && a->slot == b->slot;

    if (same_base)
        return a->disp < b->disp + (int32_t)bn &&
               b->disp < a->disp + (int32_t)an;
    if (a->slot != 0 && b->slot != 0)
        return a->slot == b->slot;
    if (a->slot == SLOT_OUT || b->slot == SLOT_OUT)
        return false;
    if (a->slot != 0)
        return escaped[a->slot];
    if (b->slot != 0)
        return escaped[b->slot];
    return true;
}
