/*
 * opt.h - the passes behind opt_run().
 */
#ifndef CC_OPT_H
#define CC_OPT_H

#include "ir.h"

/* opt_cfg.c: drop unreachable blocks, join and thread the others. */
void opt_cfg(struct ir_func *f);
/* opt_value.c: constants, copies and common expressions of a block. */
void opt_values(struct ir_func *f);
/* opt_fold.c: storage operands, branch fusion, dead code. */
void opt_fold(struct ir_func *f);
void opt_dead(struct ir_func *f);
/* opt_loop.c: addresses used in loops are loaded in front of them, and values
 * that loops do not change computed there. */
void opt_hoist(struct ir_func *f);
void opt_invariants(struct ir_func *f);
/* opt_rotate.c: test in front of a loop; forget where its entry is. */
void opt_rotate(struct ir_func *f);
void opt_rotated(struct ir_func *f);
/* opt_induction.c: sums instead of products, counts instead of indices. */
void opt_induction(struct ir_func *f);

/* Simplify one instruction whose constant operands are in place already. */
void opt_simplify(struct ir_ins *in);

/* How often each register is assigned and read; [nvregs + 1] each. */
struct opt_counts {
    int *defs, *uses;
};
struct opt_counts opt_count(struct ir_func *f);
/* Slots whose address is used other than in a storage operand. */
bool *opt_escaped(struct ir_func *f);
/* May the storage operands overlap?  Sizes in bytes. */
bool opt_overlap(const bool *escaped, const struct ir_mem *a, uint32_t an,
                 const struct ir_mem *b, uint32_t bn);

#endif
