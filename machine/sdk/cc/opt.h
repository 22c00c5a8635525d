/*
 * opt.h - the passes behind opt_run().
 */
#ifndef CC_OPT_H
#define CC_OPT_H

#include "ir.h"

/* opt_cfg.c: drop unreachable blocks, join and thread the others. */
void opt_cfg(struct ir_func *f);
/* What a block jumps to, another one, takes the place of the jump. */
void opt_append(struct ir_func *f, int block);
/* opt_value.c: constants, copies and addresses become operands. */
void opt_values(struct ir_func *f);
/* opt_fold.c: storage operands, branch fusion, dead code. */
void opt_fold(struct ir_func *f);
void opt_dead(struct ir_func *f);
/* opt_loop.c: what loops do not change is computed in front of them. */
void opt_invariants(struct ir_func *f);
/* opt_induction.c: sums instead of products. */
void opt_induction(struct ir_func *f);

/* opt_simplify.c: what an instruction is with the constant that it has as B, */
void opt_simplify(struct ir_ins *in);
/* or if its first operand is the constant a: a constant, if it can be. */
void opt_compute(struct ir_ins *in, uint32_t a);

/* How often each register is assigned and read, and whether a note speaks of
 * it; [nvregs + 1] each. */
struct opt_counts {
    int *defs, *uses;
    bool *noted;
};
struct opt_counts opt_count(struct ir_func *f);
/* A loop (opt_loop.c).  Begin with f, and again with depth and end = 0. */
struct loop {
    struct ir_func *f;
    int depth;
    int first, end; /* its blocks are first .. end - 1; its entry, the block
                     * in front of them, alone leads into it, and only there */
    int nregs;      /* registers above came later, and are not looked at */
    int *set;       /* by register: definitions in the loop */
    int *least, *greatest; /* by block: the blocks from which it is reached */
};

/* The greatest depth in a function. */
int loop_depth(const struct ir_func *f);
/* The next loop at this depth that has an entry; false: there is none. */
bool loop_next(struct loop *l);
/* The register is known to be the same all through the loop. */
bool loop_keeps(const struct loop *l, int reg);
/* Put an instruction in front of the loop, at the end of its entry. */
void loop_insert(const struct loop *l, const struct ir_ins *in);

#endif
