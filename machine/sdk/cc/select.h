/*
 * select.h - what the files of the instruction selection share.
 *
 * A virtual register that got no machine register is used as a storage
 * operand where the instruction allows one, or goes through a scratch
 * register:  R0 (and R1) for values, R14 for a base, R15 for an index.  No
 * scratch register holds anything from one IR instruction to the next.
 */
#ifndef CC_SELECT_H
#define CC_SELECT_H

#include "emit.h"

struct select {
    struct ir_func *f;
    struct code *c;
    int *block_label;
};

/* A storage operand D(X,B) as an instruction can have it. */
struct operand {
    int x, b, d;
};

/* The register of v; if v has none, load it into scratch. */
int sel_use(struct select *s, int v, int scratch);
/* Load v into this very register. */
void sel_load(struct select *s, int v, int r);
/* The register to compute v in: its own or scratch; then sel_done. */
int sel_dest(struct select *s, int v, int scratch);
void sel_done(struct select *s, int v, int r);
void sel_const(struct select *s, int r, uint32_t value);
/* r = address of m. */
void sel_address(struct select *s, const struct ir_mem *m, int r);
/* Register r may be taken for the index, and R14 for the base. */
struct operand sel_rx(struct select *s, const struct ir_mem *m, int r);
/* The same without index, for SI, SS and RS instructions. */
struct operand sel_based(struct select *s, const struct ir_mem *m, int r);
/* r op= B, and r op= v, by an instruction in its RX form, or in its RR form,
 * whose opcode is RR_OF less. */
enum { RR_OF = MC_L - MC_LR };
void sel_apply(struct select *s, enum mc_op rx, int r, const struct ir_ins *in);
void sel_apply_reg(struct select *s, enum mc_op rx, int r, int v);
/* Is v in machine register r? */
bool sel_is_in(const struct select *s, int v, int r);
/* Is machine register r part of the B operand? */
bool sel_b_mentions(struct select *s, const struct ir_ins *in, int r);
/* Compare a with B: the condition code tells of in->cond. */
void sel_compare(struct select *s, const struct ir_ins *in);

/* Append the code of an instruction that is no terminator. */
void sel_instruction(struct select *s, struct ir_ins *in);

/* The library routine for unsigned division: R0 = dividend, R1 = divisor; back:
 * R0 = remainder, R1 = quotient.  rt_div.asm. */
#define RT_UDIV "__udivmod"

#endif
