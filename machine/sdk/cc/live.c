/*
 * live.c - which virtual registers hold a value that is still needed?
 *
 * The classic backward data flow: live-in = use | (live-out & ~def), live-out
 * = union of the successors' live-in, repeated until nothing changes.  Most
 * registers are set in the same block in front of all that reads them; only
 * the others are numbered, and have a bit in each block's sets.
 */
#include "ir.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST = 1 << 24 /* words of sets, of which there are three */ };

/* Number the registers that a block reads before it sets them. */
static void
number(struct ir_func *f, struct live *l)
{
    int *set_in = cc_alloc(((size_t)f->nvregs + 1) * sizeof(int));

    l->number = cc_alloc(((size_t)f->nvregs + 1) * sizeof(int));
    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; j < f->blocks[i].nins; j++) {
            struct ir_ins *in = &f->blocks[i].ins[j];
            int *use[IR_MAX_USES];

            for (int k = ir_uses(in, use) - 1; k >= 0; k--) {
                if (set_in[*use[k]] == i + 1 || l->number[*use[k]] != 0)
                    continue;
                l->reg = cc_room(l->reg, l->n, sizeof(int));
                l->reg[l->n++] = *use[k];
                l->number[*use[k]] = l->n;
            }
            set_in[in->d] = set_in[in->d2] = i + 1;
        }
}

static void
block_use_def(const struct live *l, struct ir_block *b, uint32_t *use,
              uint32_t *def)
{
    set_put(def, 0); /* all that have no number */
    for (int i = 0; i < b->nins; i++) {
        int *u[IR_MAX_USES];
        int n = ir_uses(&b->ins[i], u);

        for (int k = 0; k < n; k++)
            if (!set_has(def, l->number[*u[k]]))
                set_put(use, l->number[*u[k]]);
        set_put(def, l->number[b->ins[i].d]);
        set_put(def, l->number[b->ins[i].d2]);
    }
}

struct live
live_find(struct ir_func *f)
{
    struct live l = {.n = 0};
    uint32_t *use, *def;
    size_t w, n;
    bool changed = true;

    number(f, &l);
    w = l.words = (size_t)l.n / 32 + 1;
    n = w * (size_t)f->nblocks;
    if (n > LARGEST)
        ir_too_large(f);
    l.out = calloc(3 * n + 1, sizeof(uint32_t));
    if (l.out == NULL)
        fatal("out of memory");
    use = l.out + n;
    def = use + n;
    for (int i = 0; i < f->nblocks; i++)
        block_use_def(&l, &f->blocks[i], use + w * (size_t)i,
                      def + w * (size_t)i);
    while (changed) {
        changed = false;
        for (int i = f->nblocks - 1; i >= 0; i--) {
            struct ir_block *b = &f->blocks[i];
            uint32_t *o = l.out + w * (size_t)i;
            int ns = ir_nsucc(b);

            for (int s = 0; s < ns; s++) {
                size_t t = w * (size_t)b->succ[s];

                for (size_t k = 0; k < w; k++) {
                    uint32_t in = use[t + k] | (l.out[t + k] & ~def[t + k]);

                    if ((in & ~o[k]) != 0) {
                        o[k] |= in;
                        changed = true;
                    }
                }
            }
        }
    }
    return l;
}

bool
live_has(const struct live *l, int block, int v)
{
    return l->number[v] != 0 &&
           set_has(l->out + l->words * (size_t)block, l->number[v]);
}

void
live_at_end(const struct live *l, int block, struct regs *regs)
{
    const uint32_t *out = l->out + l->words * (size_t)block;

    regs->n = 0;
    for (size_t k = 0; k < l->words; k++)
        for (uint32_t left = out[k]; left != 0; left &= left - 1)
            regs_put(regs, l->reg[32 * k + (size_t)__builtin_ctz(left) - 1]);
}

void
live_step_back(struct regs *regs, struct ir_ins *in)
{
    int *use[IR_MAX_USES];

    regs_drop(regs, in->d);
    regs_drop(regs, in->d2);
    for (int k = ir_uses(in, use) - 1; k >= 0; k--)
        regs_put(regs, *use[k]);
}

struct regs
regs_new(int nvregs)
{
    size_t bytes = ((size_t)nvregs + 1) * sizeof(int);

    return (struct regs){0, cc_alloc(bytes), cc_alloc(bytes)};
}
