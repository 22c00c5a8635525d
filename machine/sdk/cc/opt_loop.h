/*
 * opt_loop.h - loops, for the passes that look at them.
 *
 * A loop is what of the blocks at a depth and deeper can be reached from one
 * of them and leads back to it.  The depth is that of C's loops; what goto
 * makes is none here.
 */
#ifndef CC_OPT_LOOP_H
#define CC_OPT_LOOP_H

#include "opt.h"

struct loop {
    struct ir_func *f;
    int block; /* one of its own, of no loop inside */
    int depth;
    int entry; /* the block that alone leads into it, and only there; -1 */
    bool *in;  /* [nblocks] */
    int *set;  /* by register: definitions in the loop */
};

/* The loop around `block`, whose depth is not 0, at that depth. */
void loop_find(struct loop *l, struct ir_func *f, int block);
/* The next loop at this depth, 0: at any, the outer ones first.  `done` has a
 * place for each block and is false to begin with; false: there is none. */
bool loop_next(struct loop *l, struct ir_func *f, bool *done, int depth);
/* Put an instruction in front of the loop, at the end of its entry. */
void loop_insert(struct loop *l, const struct ir_ins *in);

#endif
