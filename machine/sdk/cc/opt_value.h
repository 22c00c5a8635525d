/*
 * opt_value.h - what the two files of the value numbering share.
 */
#ifndef CC_OPT_VALUE_H
#define CC_OPT_VALUE_H

#include "opt.h"

struct value {
    int holder; /* a register that held it; it may hold another one now */
    bool is_const;
    int32_t imm;
    struct ir_ins def;     /* the expression; op IR_NOP: unknown */
    int a, b, base, index; /* value numbers of its operands */
    int next;              /* in the hash chain */
    bool dead;             /* a load that a store has made invalid */
};

enum { HASH = 256 };

struct vn {
    struct ir_func *f;
    struct value *val;
    int nval;
    int first; /* values below are of an earlier trace */
    int *of;   /* register -> value number */
    int hash[HASH];
    int *loads; /* value numbers of available loads */
    int nloads;
    bool *escaped;
    struct ir_ins *global; /* register -> its only, constant, definition */
    bool *gone; /* register -> it had others, that were dead: for notes */
};

/* The number of the value in a register. */
int vn_value_of(struct vn *n, int reg);
/* The register to read instead of reg. */
int vn_leader(struct vn *n, int reg);
bool vn_known_const(struct vn *n, int reg, int32_t *imm);
/* A register that holds value v now, or 0. */
int vn_held_by(struct vn *n, int v);

/* opt_rewrite.c: put constants and leaders in the place of the operands of an
 * instruction of block b, and make of it what it is then. */
void vn_rewrite(struct vn *n, struct ir_block *b, struct ir_ins *in);

#endif
