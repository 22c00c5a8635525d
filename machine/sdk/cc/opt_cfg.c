/*
 * opt_cfg.c - the shape of the flow graph.
 *
 * Jumps to jumps go to the final target, blocks nobody reaches vanish, a
 * block with one successor that has no other predecessor swallows it.  The
 * remaining blocks keep their order and are numbered anew.
 */
#include "opt.h"

#include <string.h>

/* Where a jump to block b really ends. */
static int
final_target(const struct ir_func *f, int b)
{
    for (int hops = 0; hops < 32; hops++) {
        const struct ir_block *p = &f->blocks[b];

        if (p->ins[0].op != IR_JMP || p->succ[0] == b)
            break;
        b = p->succ[0];
    }
    return b;
}

static void
thread_jumps(struct ir_func *f)
{
    for (int i = 0; i < f->nblocks; i++)
        for (int k = 0; k < ir_nsucc(&f->blocks[i]); k++)
            f->blocks[i].succ[k] = final_target(f, f->blocks[i].succ[k]);
}

void
opt_append(struct ir_func *f, int block)
{
    struct ir_block *to = &f->blocks[block], *from = &f->blocks[to->succ[0]];

    to->nins--;
    for (int j = 0; j < from->nins; j++)
        *ir_append(f, block, IR_NOP) = from->ins[j];
    to->succ[0] = from->succ[0];
    to->succ[1] = from->succ[1];
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
                npred[f->blocks[i].succ[k]]++;
    for (int i = 0; i < f->nblocks; i++) {
        struct ir_block *b = &f->blocks[i];

        while (b->reachable && b->ins[b->nins - 1].op == IR_JMP &&
               b->succ[0] != i && npred[b->succ[0]] == 1) {
            f->blocks[b->succ[0]].reachable = false;
            opt_append(f, i);
        }
    }
}

void
opt_cfg(struct ir_func *f)
{
    int *work = cc_alloc((size_t)f->nblocks * sizeof(int));

    thread_jumps(f);
    ir_mark_reachable(f);
    join(f, work);
    for (int i = 0; i < f->nblocks; i++)
        if (f->blocks[i].reachable)
            ir_place(f, i);
    ir_reorder(f);
}
