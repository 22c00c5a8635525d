/*
 * ir.h - the intermediate representation between the C tree and the machine.
 *
 * A function is a list of basic blocks of three-address instructions over
 * virtual registers.  A virtual register holds 32 bits; a 64-bit value lives
 * in two of them (high word, low word).  Virtual register 0 means "none".
 * It is not SSA: a C variable whose address is never taken is one virtual
 * register, assigned as often as the program assigns it.
 *
 * The shape is that of the machine: the second operand of most operations
 * may be a register, a constant or a storage operand D(X,B), because System
 * /370 has RX forms for all of them.  lower_*.c builds this, opt.c improves
 * it, regalloc.c gives each virtual register a machine register or a place
 * in the frame, sel_*.c selects instructions.  Block numbers are also the
 * order in which blocks are laid out, after opt.c has renumbered them.
 */
#ifndef CC_IR_H
#define CC_IR_H

#include "cc.h"

enum ir_op {
    IR_NOP,
    /* For the map only; no code, and nothing is kept alive for them. */
    IR_VALUE,  /* variable cell m.disp has its new value: in a; the same value
                * is in B; neither: not known; m.slot: from now on there */
    IR_GONE,   /* what a held would have changed here: it is dead */
    IR_PARAMS, /* d = address of the parameter list (R1 at entry) */
    IR_CONST,  /* d = imm */
    IR_ADDR,   /* d = address of m, modulo 2**24 */
    IR_COPY,   /* d = a */
    IR_LOAD,   /* d = m, size 1, 2 or 4, sign-extended if is_signed */
    /* d = a op B */
    IR_ADD,
    IR_SUB,
    IR_MUL,
    IR_AND,
    IR_OR,
    IR_XOR,
    IR_SHL,
    IR_SHR, /* logical */
    IR_SAR, /* arithmetic */
    IR_DIV, /* is_signed says how */
    IR_MOD,
    IR_SEXT, /* d = low size bytes of a, sign-extended */
    IR_SET,  /* d = (a cond B) */
    /* d:d2 = a:a2 op b:b2, high word first */
    IR_ADD8,
    IR_SUB8,
    IR_MUL8, /* d:d2 = a * b, 32 x 32 bits, signed */
    IR_SHL8, /* shift count: B */
    IR_SHR8,
    IR_SAR8,
    /* Not pure: they change something. */
    IR_STORE, /* m = B (register or constant), size 1, 2 or 4 */
    IR_CALL,  /* d or d:d2 = call of m.sym, or of a; imm bytes of arguments */
    IR_MOVE,  /* imm bytes from m2 to m; they do not overlap */
    IR_ZERO,  /* imm bytes at m become zero */
    /* terminators */
    IR_JMP,   /* to succ[0] */
    IR_BR,    /* a cond B ? succ[0] : succ[1] */
    IR_BR8,   /* a:a2 cond b:b2 ? succ[0] : succ[1] */
    IR_BRTM,  /* (byte m & imm) cond 0, cond EQ or NE */
    IR_BRCLI, /* (byte m) cond imm, unsigned */
    IR_RET,   /* return a, or a:a2, or nothing */
    IR_STOP   /* never reached */
};

/* Conditions are the masks of BC for the condition codes that a comparison
 * sets: 8 equal, 4 low, 2 high; 1 is never set, and makes two opposites 15 when
 * added.  Those with COND_LOGICAL compare unsigned numbers. */
enum ir_cond {
    COND_EQ = 8,
    COND_NE = 7,
    COND_LT = 4,
    COND_GE = 11,
    COND_GT = 2,
    COND_LE = 13,
    COND_LOGICAL = 16,
    COND_ULT = COND_LOGICAL + COND_LT,
    COND_UGE = COND_LOGICAL + COND_GE,
    COND_UGT = COND_LOGICAL + COND_GT,
    COND_ULE = COND_LOGICAL + COND_LE
};

enum ir_b { B_NONE, B_REG, B_IMM, B_MEM };

/* A storage operand: base + index + disp, where the base may instead be a
 * place in the frame (slot) or, in IR_ADDR and IR_CALL only, a symbol. */
struct ir_mem {
    int base;
    int index;
    int32_t disp;
    int slot;        /* 0 none, SLOT_OUT, or a number from ir_new_slot() */
    const char *sym; /* link name, or NULL */
};

enum { SLOT_OUT = 1 }; /* the outgoing parameter list, at 72(R13) */

struct ir_ins {
    enum ir_op op;
    enum ir_cond cond;
    enum ir_b b_kind;
    int size; /* of LOAD, STORE, SEXT and of a B_MEM operand: 1, 2, 4 */
    bool is_signed;
    bool is_volatile;
    bool is_packed; /* LOAD, STORE: not on a boundary of its size */
    int d, d2, a, a2, b, b2;
    int32_t imm;
    struct ir_mem m, m2;
    int line; /* index of a source position, 0 = none */
};

struct ir_block {
    struct ir_ins *ins;
    int nins, cap;
    int succ[2]; /* of the terminator, which is the last instruction */
    int depth;   /* loops around this block */
    bool reachable;
};

struct ir_slot {
    uint32_t size, align;
    uint32_t offset; /* from R13, set by emit */
};

/* One source position: instructions refer to these by index. */
struct ir_line {
    int file, line;
    int inlined; /* the body it is in: ir_func.inlined */
};

/* A body in the place of a call. */
struct ir_inlined {
    const char *name; /* link name of the function */
    int parent;       /* the body with the call; 0: the function itself */
    int file, line;   /* where the call is in the source */
};

/* A variable, for the map.  Its value is in one cell, or in two, the high
 * word first; a cell has its place from the IR_VALUE on that names it. */
struct ir_var {
    const struct symbol *sym;
    int inlined;  /* the body it belongs to */
    int cell;     /* the first one, 1 ...; 0: a structure in the list, or
                   * static */
    int from;     /* of a static one: the first line of its scope */
    bool in_list; /* a parameter that nobody assigns to */
    int32_t list; /* of a parameter: its offset in the parameter list */
};

struct symbol;

struct ir_func {
    const char *name; /* link name */
    struct ir_block *blocks;
    int nblocks;
    int *order; /* blocks as they were placed */
    int norder;
    int nvregs; /* virtual registers are 1 .. nvregs */
    struct ir_slot *slots;
    int nslots;
    struct ir_line *lines;
    int nlines;
    struct ir_inlined *inlined; /* 0: none */
    int ninlined;
    struct ir_var *vars; /* 0: none */
    int nvars;
    int ncells;
    uint32_t out_bytes; /* size of the largest outgoing parameter list */
    /* Set by regalloc.c, indexed by virtual register: its machine register,
     * or -1 and then its slot in the frame, or 0 if it is not used. */
    int *reg;
    int *spill;
};

/* A new, empty function.  name must live as long as the function. */
struct ir_func *ir_func_new(const char *name);
int ir_new_vreg(struct ir_func *f);
int ir_new_slot(struct ir_func *f, uint32_t size, uint32_t align);
int ir_new_block(struct ir_func *f, int depth);
int ir_new_line(struct ir_func *f, int file, int line, int inlined);
int ir_new_inlined(struct ir_func *f, struct ir_inlined new);
/* A variable with so many cells. */
int ir_new_var(struct ir_func *f, const struct symbol *sym, int cells);
/* Append a zeroed instruction to a block.  Valid until the next append. */
struct ir_ins *ir_append(struct ir_func *f, int block, enum ir_op op);

/* Find out which blocks can be reached. */
void ir_mark_reachable(struct ir_func *f);
/* The block is the next one in the order of the code; */
void ir_place(struct ir_func *f, int block);
/* number the blocks anew, in this order.  Those that were not placed are never
 * reached, and vanish. */
void ir_reorder(struct ir_func *f);

bool ir_is_terminator(enum ir_op op);
/* IR_NOP, IR_VALUE, IR_GONE: nothing that is executed. */
bool ir_is_note(enum ir_op op);
/* d = a op B operations, IR_ADD .. IR_MOD. */
bool ir_is_binary(enum ir_op op);
/* Does it run code elsewhere?  Unsigned division does, but by numbers for which
 * the machine's own is right. */
bool ir_is_call(const struct ir_ins *in);
/* Is it a move, or a clearing, that takes MVCL? */
bool ir_is_long_move(const struct ir_ins *in);
bool ir_is_commutative(enum ir_op op);
enum ir_cond ir_cond_negate(enum ir_cond c);
enum ir_cond ir_cond_swap(enum ir_cond c); /* a c b  ==  b swap(c) a */
/* Does it ask only whether two numbers are equal? */
bool ir_cond_is_equality(enum ir_cond c);
/* True if the instruction only computes d (and d2) from its operands. */
bool ir_is_pure(const struct ir_ins *in);

/* The registers an instruction reads: pointers into it, at most IR_MAX_USES.
 * Returns how many. */
enum { IR_MAX_USES = 8 };
int ir_uses(struct ir_ins *in, int *use[IR_MAX_USES]);
bool ir_reads(struct ir_ins *in, int v);
/* Do two instructions that set one register compute it from the same
 * operands? */
bool ir_same(const struct ir_ins *x, const struct ir_ins *y);
/* The successors of a block; one that has no end yet has none. */
int ir_nsucc(const struct ir_block *b);

/* Fold a cond b for constants. */
bool ir_cond_holds(enum ir_cond c, uint32_t a, uint32_t b);

/* Print f for the maintainer: cc370 --dump-ir. */
void ir_dump(const struct ir_func *f);

/* The passes, in their order: opt_early() for a body that may be copied into
 * others, opt_run() for what is emitted. */
void opt_early(struct ir_func *f);
void opt_run(struct ir_func *f);
/* Give every virtual register one of the registers R2, ..., R11 or a place in
 * the frame. */
void regalloc_run(struct ir_func *f);

/* The function needs more storage than cc370 may take: the end. */
_Noreturn void ir_too_large(const struct ir_func *f);

/* A set as a vector of bits. */
static inline bool
set_has(const uint32_t *set, int v)
{
    return (set[v / 32] >> (v % 32) & 1) != 0;
}

static inline void
set_put(uint32_t *set, int v)
{
    set[v / 32] |= (uint32_t)1 << (v % 32);
}

/* A set of registers: its members, in no order, and where each of them is. */
struct regs {
    int n, *member, *at;
};

/* An empty set, for registers up to nvregs. */
struct regs regs_new(int nvregs);

static inline bool
regs_has(const struct regs *s, int v)
{
    return s->at[v] < s->n && s->member[s->at[v]] == v;
}

static inline void
regs_put(struct regs *s, int v)
{
    if (regs_has(s, v))
        return;
    s->at[v] = s->n;
    s->member[s->n++] = v;
}

static inline void
regs_drop(struct regs *s, int v)
{
    int last;

    if (!regs_has(s, v))
        return;
    last = s->member[--s->n];
    s->member[s->at[v]] = last;
    s->at[last] = s->at[v];
}

/* Live registers at the end of each block (live.c). */
struct live {
    uint32_t *out;        /* block after block; to be freed by the caller */
    size_t words;         /* of each */
    int n, *number, *reg; /* the bit of a register or 0; and back, from 0 */
};

struct live live_find(struct ir_func *f);
bool live_has(const struct live *l, int block, int v);
/* The live registers at the end of a block, */
void live_at_end(const struct live *l, int block, struct regs *regs);
/* and in front of an instruction, from those behind it. */
void live_step_back(struct regs *regs, struct ir_ins *in);

#endif
