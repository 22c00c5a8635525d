/*
 * opt.c - the passes in their order, and what they share.
 */
#include "opt.h"

void
opt_early(struct ir_func *f)
{
    opt_cfg(f);
    opt_values(f);
    opt_cfg(f);
    opt_dead(f);
}

void
opt_run(struct ir_func *f)
{
    opt_invariants(f);
    opt_induction(f);
    opt_values(f);
    opt_dead(f);
    opt_fold(f);
    opt_dead(f);
}

struct opt_counts
opt_count(struct ir_func *f)
{
    size_t n = (size_t)f->nvregs + 1;
    struct opt_counts c;

    c.defs = cc_alloc(n * sizeof(int));
    c.uses = cc_alloc(n * sizeof(int));
    c.noted = cc_alloc(n * sizeof(bool));
    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; j < f->blocks[i].nins; j++) {
            struct ir_ins *in = &f->blocks[i].ins[j];
            int *use[IR_MAX_USES];
            int nu = ir_uses(in, use);

            for (int k = 0; k < nu; k++)
                c.uses[*use[k]]++;
            c.defs[in->d]++;
            c.defs[in->d2]++;
            if (ir_is_note(in->op))
                c.noted[in->a] = c.noted[in->a2] = c.noted[in->b] = true;
        }
    c.noted[0] = false;
    return c;
}
