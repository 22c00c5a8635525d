/*
 * live.c - which virtual registers hold a value that is still needed?
 *
 * The classic backward data flow: live-in = use | (live-out & ~def), live-out
 * = union of the successors' live-in, repeated until nothing changes.
 */
#include "ir.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
block_use_def(struct ir_block *b, uint32_t *use, uint32_t *def)
{
    for (int i = 0; i < b->nins; i++) {
        int *u[IR_MAX_USES];
        int n = ir_uses(&b->ins[i], u);

        for (int k = 0; k < n; k++)
            if (!set_has(def, *u[k]))
                set_put(use, *u[k]);
        if (b->ins[i].d != 0)
            set_put(def, b->ins[i].d);
        if (b->ins[i].d2 != 0)
            set_put(def, b->ins[i].d2);
    }
}

uint32_t *
ir_live_out(struct ir_func *f, size_t *words)
{
    size_t w = (size_t)f->nvregs / 32 + 1;
    size_t n = w * (size_t)f->nblocks;
    uint32_t *out = calloc(3 * n + 1, sizeof(uint32_t));
    uint32_t *use = out + n;
    uint32_t *def = use + n;
    bool changed = true;

    if (out == NULL)
        fatal("out of memory");
    for (int i = 0; i < f->nblocks; i++)
        block_use_def(&f->blocks[i], use + w * (size_t)i, def + w * (size_t)i);
    while (changed) {
        changed = false;
        for (int i = f->nblocks - 1; i >= 0; i--) {
            struct ir_block *b = &f->blocks[i];
            uint32_t *o = out + w * (size_t)i;
            int ns = ir_nsucc(b);

            for (int s = 0; s < ns; s++) {
                size_t t = w * (size_t)b->succ[s];

                for (size_t k = 0; k < w; k++) {
                    uint32_t in = use[t + k] | (out[t + k] & ~def[t + k]);

                    if ((in & ~o[k]) != 0) {
                        o[k] |= in;
                        changed = true;
                    }
                }
            }
        }
    }
    *words = w;
    return out;
}
