/*
 * opt_induction.h - what the passes over the variables of loops share.
 *
 * An induction variable is a register that a loop sets in one place only, to
 * its own value and a step that the loop does not change:  v = v + step, or
 * t = v + step; v = t, where t is set nowhere else.  Between turns t is then
 * another name of v, since nobody reads t before it is set.
 */
#ifndef CC_OPT_INDUCTION_H
#define CC_OPT_INDUCTION_H

#include "opt_loop.h"

struct induction {
    int v, t;            /* t: 0 if there is none */
    int block, at, t_at; /* where v is set, and t, in the same block */
    int step_reg;        /* or 0: the step is `step` */
    int32_t step;
};

/* What the loops of one function are looked at with. */
struct loops {
    struct loop l;
    struct opt_counts count;
    struct induction *list;
    int n;
    uint32_t *live_out; /* ir_live_out() */
    size_t words;
};

/* The block at which the loop begins. */
int loop_top(const struct loop *l);
/* Does the instruction read the variable, under either name? */
bool loop_reads(struct ir_ins *in, const struct induction *iv);

/* How often a loop goes on: a number, or a register's value and v's. */
struct trip {
    bool is_const;
    uint32_t n; /* is_const: so often */
    int limit;  /* else: +-(limit + add - v); limit may be 0 */
    int32_t add;
    bool negative;
    int test; /* the register that is compared */
};

/* opt_counter.c: can the loop be counted, so that the test needs v no more?
 * v is not needed behind the loop then, but may be in it. */
bool counter_find(const struct loops *s, const struct induction *iv,
                  struct trip *trip);
/* Is an instruction of the block with the test only there for v? */
bool counter_replaces(const struct loops *s, const struct induction *iv,
                      const struct trip *trip, int block, int at);
/* Count instead of comparing v, which nothing else may need. */
void counter_put(struct loops *s, const struct induction *iv,
                 const struct trip *trip);

/* base[0] + base[1] + slot + add + mult * v */
struct form {
    const struct induction *iv;
    uint32_t mult;
    int32_t add;
    int base[2];
    int slot;
    bool is_address; /* modulo 2**24 */
};

/* An instruction that computes such a value. */
struct node {
    struct form form;
    int reg, block, at;
    int tree;   /* instructions that are only there for it, with itself */
    int inside; /* uses by other nodes */
};

/* What one register p may stand for. */
struct group {
    struct form form;
    int gain; /* in halves of an instruction in each turn */
    int p;    /* 0: none */
};

/* What is to be replaced: an instruction, or one of its storage operands. */
struct use {
    int group;
    int block, at;
    int32_t add;
    int m; /* 0: the instruction, 1: m, 2: m2 */
};

struct reduce {
    struct loops s;
    int *node_of; /* by register: number in `node`, + 1 */
    struct node *node;
    int nnodes;
    struct group *group;
    int ngroups;
    struct use *use;
    int nuses;
    int *weight; /* by block */
};

enum {
    NEAR = 4096, /* of displacements */
    TURN = 2,    /* the gain of an instruction that each turn executes, */
    BRANCH = 1,  /* that not every turn does, */
    DEEPER = 4   /* that is in a loop inside */
};

/* opt_form.c: what the loop computes from its variables, */
void form_find_nodes(struct reduce *r);
/* what of it, computed from iv, could be one register each, */
void form_find_groups(struct reduce *r, const struct induction *iv);
/* and the storage operands as well: would iv be of no use then? */
bool form_find_operands(struct reduce *r, const struct induction *iv);

/* opt_moving.c: registers for the groups that have a p. */
void moving_put(struct reduce *r);

#endif
