/*
 * emit.h - System/370 instructions of one function, before they have
 * addresses.
 *
 * emit.c and sel_*.c append instructions, labels and literals; code_layout()
 * then finds the distance of everything from the base register R12 and
 * lengthens the branches and literal references that are too far away;
 * code_write() makes lines of bytes of it.
 *
 * R12 has the address of the entry; behind the code are the literals.  What is
 * 4 KiB or further away is reached through a register: LA r,page; SLL r,12;
 * then displacement(r,12).  None of these changes the condition code.
 */
#ifndef CC_EMIT_H
#define CC_EMIT_H

#include "ir.h"

#include <stdio.h>

/* Every instruction that cc370 uses: NAME, opcode, format (write.c).  BCR, BCTR
 * and BC have operands, or a name, of their own. */
/* clang-format off */
#define MC_OPS(OP)                                                            \
    OP(INVALID, 0x00, RR) OP(BALR, 0x05, RR) OP(BCTR, 0x06, BCTR)             \
    OP(BCR, 0x07, BCR)                                                        \
    OP(MVCL, 0x0e, RR) OP(LTR, 0x12, RR) OP(NR, 0x14, RR) OP(CLR, 0x15, RR)   \
    OP(OR, 0x16, RR) OP(XR, 0x17, RR) OP(LR, 0x18, RR) OP(CR, 0x19, RR)       \
    OP(AR, 0x1a, RR) OP(SR, 0x1b, RR) OP(MR, 0x1c, RR) OP(DR, 0x1d, RR)       \
    OP(ALR, 0x1e, RR) OP(SLR, 0x1f, RR) OP(STH, 0x40, RX) OP(LA, 0x41, RX)    \
    OP(STC, 0x42, RX) OP(IC, 0x43, RX) OP(BAL, 0x45, RX)    \
    OP(BC, 0x47, BC)                                                          \
    OP(LH, 0x48, RX) OP(CH, 0x49, RX) OP(AH, 0x4a, RX) OP(SH, 0x4b, RX)       \
    OP(MH, 0x4c, RX) OP(ST, 0x50, RX) OP(N, 0x54, RX) OP(CL, 0x55, RX)        \
    OP(O, 0x56, RX) OP(X, 0x57, RX) OP(L, 0x58, RX) OP(C, 0x59, RX)           \
    OP(M, 0x5c, RX) OP(D, 0x5d, RX) OP(AL, 0x5e, RX) OP(SL, 0x5f, RX)         \
    OP(SRL, 0x88, SH) OP(SLL, 0x89, SH) OP(SRA, 0x8a, SH) OP(SRDL, 0x8c, SH)  \
    OP(SLDL, 0x8d, SH) OP(SRDA, 0x8e, SH) OP(STM, 0x90, RS) OP(TM, 0x91, SI)  \
    OP(MVI, 0x92, SI) OP(NI, 0x94, SI) OP(CLI, 0x95, SI) OP(OI, 0x96, SI)     \
    OP(XI, 0x97, SI) OP(LM, 0x98, RS) OP(STCM, 0xbe, RM) OP(ICM, 0xbf, RM)    \
    OP(MVC, 0xd2, SS) OP(CLC, 0xd5, SS) OP(XC, 0xd7, SS)
/* clang-format on */

enum mc_op {
#define MC_ENUM(name, code, format) MC_##name = code,
    MC_OPS(MC_ENUM)
#undef MC_ENUM
};

enum mc_fix {
    FIX_NONE,
    FIX_LABEL,   /* RX branch to a label */
    FIX_LITERAL, /* second operand is a literal */
    FIX_BIND     /* no instruction: label `target` is here */
};

/* All instructions are encoded alike: opcode; r1 and x2; of SS, b1 and d1;
 * but for RR, b2 and d2.  I2 of SI and the length - 1 of SS fill both r1 and
 * x2; the one storage operand of SI is b2, d2. */
struct mc_ins {
    enum mc_op op;
    enum mc_fix fix;
    int r1; /* R1 or M1 */
    int x2; /* X2, R2, R3 or M3 */
    int b1, d1, b2, d2;
    int target; /* label or literal */
    int line;
    uint32_t offset; /* from the entry */
    int length;      /* in bytes, with what reaches a far operand */
};

struct mc_literal {
    int size;        /* in bytes */
    uint32_t value;  /* or the offset from sym */
    const char *sym; /* NULL: a number */
    uint32_t offset; /* from the entry */
    int next;        /* with the same hash: its number + 1, or 0 */
};

struct code {
    struct ir_func *f;
    struct mc_ins *ins;
    int nins;
    /* Where the code of each IR instruction begins, in their order, and its
     * end: the number of an instruction; code_layout() makes it an offset. */
    uint32_t *at;
    int nat;
    struct mc_literal *lit;
    int nlit;
    uint32_t *label; /* offsets */
    int nlabels;
    int line; /* given to what is appended */
    uint32_t size;
    uint32_t frame; /* bytes; 0: none */
};

void mc_rr(struct code *c, enum mc_op op, int r1, int r2);
/* RX and RS; x2 may be R3 or M3; shifts have none: 0. */
void mc_rx(struct code *c, enum mc_op op, int r1, int x2, int b2, int d2);
void mc_si(struct code *c, enum mc_op op, int i2, int b, int d);
void mc_ss(struct code *c, enum mc_op op, int length, int b1, int d1, int b2,
           int d2);
void mc_rx_literal(struct code *c, enum mc_op op, int r1, int lit);
int mc_label(struct code *c);
void mc_bind(struct code *c, int label);
void mc_branch(struct code *c, int mask, int label);

int lit_word(struct code *c, uint32_t value);
int lit_half(struct code *c, uint32_t value);
int lit_address(struct code *c, const char *sym, int32_t offset);

/* Give everything its offset.  c->size is then final. */
void code_layout(struct code *c);
/* Bytes of an instruction without what reaches a far operand. */
int mc_length(enum mc_op op);
/* From the base register to the label or literal of an instruction. */
uint32_t mc_distance(const struct code *c, const struct mc_ins *in);

/* ---- places.c: where variables are, for the map -------------------------- */

enum place_kind {
    PLACE_UNKNOWN,
    PLACE_REG,   /* in register n */
    PLACE_FRAME, /* n bytes behind R13 */
    PLACE_CONST, /* it is n */
    PLACE_LIST   /* n bytes behind the start of the parameter list */
};

/* For the addresses from, ..., to - 1 (from the entry) of the instruction that
 * is next. */
struct place_range {
    int cell;
    bool other; /* counts where no range without it does */
    enum place_kind kind;
    int32_t n;
    uint32_t from, to;
};

/* All ranges of all cells, by cell, `other` and address. */
struct place_range *find_places(struct code *c, int *n);

/* ---- lines.c: where they go ---------------------------------------------- */

/* To the image and its listing, or to a NASM source. */
struct lines {
    FILE *out;      /* source or listing */
    uint8_t *bytes; /* what is behind the assembler files; NULL: a source */
    uint32_t base;  /* the location of the first of them */
    uint32_t at;    /* how many there are */
};

/* A line of bytes begins; the caller writes what stands behind them to `out`,
 * to the end of the line. */
void lines_bytes(struct lines *l, const uint8_t *b, int n);
/* The last n bytes of a word. */
void lines_word(struct lines *l, uint32_t v, int n);
/* A(sym+offset). */
void lines_address(struct lines *l, const char *sym, int32_t offset);
/* Whole lines: zeros up to there; a name. */
void lines_zeros(struct lines *l, uint32_t to);
void lines_name(struct lines *l, const char *name, uint32_t at);

/* ---- write.c ------------------------------------------------------------- */

void code_write(const struct code *c, struct lines *l);

/* Optimise, allocate, emit and lay out. */
struct code *emit_func(struct ir_func *f);

#endif
