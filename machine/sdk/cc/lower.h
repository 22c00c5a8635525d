/*
 * lower.h - from the typed tree to the intermediate representation.
 *
 * A value of up to 32 bits is in one virtual register, extended as its type
 * says; one of 64 bits is in two.  The value of a structure is its address.
 * The value of a variable that lives in a register is that register itself,
 * not a copy: C does not allow it to change before the value is used, and
 * where it may (postfix operators) a copy is made.
 *
 * Blocks are numbered as they are made and laid out as they are placed:
 * lower_place_block(); at the end they are renumbered in that order.
 */
#ifndef CC_LOWER_H
#define CC_LOWER_H

#include "ir.h"
#include "tree.h"

struct value {
    int lo; /* the register, or the low half */
    int hi; /* 0, or the high half */
};

struct place {
    struct ir_mem m;
    struct symbol *reg; /* a variable in a register; m is then unused */
    const struct member *bits;
    bool is_volatile, is_packed;
};

struct lower {
    struct ir_func *f;
    struct symbol *fn;
    int block; /* instructions are appended here */
    int depth; /* of loops */
    int line;
    int params; /* register with the address of the parameter list */
    int result; /* register with the address for a structure result */
    int break_to, continue_to;
    struct symbol **variables; /* for check_uninitialized() */
    int nvariables;
};

/* A function, not yet optimised.  Warns if its end can be reached but must
 * not be. */
struct ir_func *lower_function(struct symbol *fn);

/* ---- uninitialized.c ----------------------------------------------------- */

/* Warn of variables that are read before they are set. */
void check_uninitialized(struct ir_func *f, struct symbol *const *variables,
                         int n);

/* ---- way.c --------------------------------------------------------------- */

/* Do the tests on a way rule out that it leads on to block `to`?  way: its n
 * blocks, the last one first. */
bool way_rules_out(const struct ir_func *f, const int *way, int n, int to);

/* ---- check.c ------------------------------------------------------------- */

/* Warn of an object, an E_DEREF, that lies outside of its array. */
void check_index(const struct node *object);

/* ---- lower.c ------------------------------------------------------------- */

/* Append an instruction, of the line at hand and of size 4 if it has none. */
void lower_emit(struct lower *l, struct ir_ins in);
/* The same with a new register, or two, for its result. */
int lower_new(struct lower *l, struct ir_ins in);
struct value lower_new_wide(struct lower *l, struct ir_ins in);
void lower_copy(struct lower *l, int d, int a);
int lower_constant(struct lower *l, int64_t value);
/* d = a op b for registers, in a new register. */
int lower_op(struct lower *l, enum ir_op op, int a, int b);
int lower_op_constant(struct lower *l, enum ir_op op, int a, int32_t b);
int lower_address(struct lower *l, const struct ir_mem *m);
int lower_symbol_address(struct lower *l, const char *link, int32_t offset);
void lower_place_block(struct lower *l, int block);
void lower_jump(struct lower *l, int to);
void lower_branch(struct lower *l, struct ir_ins in, int yes, int no);
void lower_branch_if(struct lower *l, enum ir_cond cond, int a, int32_t b,
                     int yes, int no);
void lower_line(struct lower *l, const struct token *tok);
int lower_slot(struct lower *l, const struct type *t, uint32_t align);
/* For the map: s has a new value in its registers, copied from v, or is in its
 * slot now. */
void lower_note(struct lower *l, const struct symbol *s, struct value v);

/* ---- lower_expr.c -------------------------------------------------------- */

struct value lower_value(struct lower *l, const struct node *n);
/* test ? a : b, of type t. */
struct value lower_choice(struct lower *l, const struct type *t,
                          const struct node *test, const struct node *a,
                          const struct node *b);
/* Only what it does, not its value. */
void lower_effect(struct lower *l, const struct node *n);

/* ---- lower_condition.c --------------------------------------------------- */

/* Go to yes or no. */
void lower_condition(struct lower *l, const struct node *n, int yes, int no);
/* The same for a cond b. */
void lower_compare(struct lower *l, enum ir_cond cond, struct value a,
                   struct value b, int yes, int no);
/* Is the value of n 0 or 1 already? */
bool lower_is_truth(const struct node *n);

/* ---- lower_arith.c ------------------------------------------------------- */

/* Does a value of this type take two registers? */
bool lower_is_wide(const struct type *t);
struct value lower_number(struct lower *l, const struct type *t, int64_t n);
/* a op b where both have type t, but for the count of a shift; op is not a
 * comparison. */
struct value lower_arithmetic(struct lower *l, enum operator op,
                              const struct type *t, struct value a,
                              struct value b);
enum ir_cond lower_condition_code(enum operator op, const struct type *t);
/* a cond b, where none takes two registers, as 0 or 1. */
struct value lower_set(struct lower *l, enum ir_cond cond, struct value a,
                       struct value b);
/* v cond 0, as 0 or 1. */
struct value lower_compare_zero(struct lower *l, struct value v,
                                enum ir_cond cond);
struct value lower_convert(struct lower *l, struct value v,
                           const struct type *from, const struct type *to);

/* ---- lower_call.c -------------------------------------------------------- */

struct value lower_call(struct lower *l, const struct node *n);
struct value lower_va_arg(struct lower *l, const struct node *n);
/* Call of a library routine with two 64-bit arguments and result. */
struct value lower_wide_call(struct lower *l, const char *link, struct value a,
                             struct value b);

/* ---- lower_place.c ------------------------------------------------------- */

struct place lower_place(struct lower *l, const struct node *n);
struct value lower_load(struct lower *l, const struct place *p,
                        const struct type *t);
/* Returns the value as the object holds it. */
struct value lower_store(struct lower *l, const struct place *p,
                         const struct type *t, struct value v);
void lower_move(struct lower *l, const struct ir_mem *to,
                const struct ir_mem *from, uint32_t bytes);
void lower_initialize(struct lower *l, struct symbol *s);
/* Give a local variable its register or slot. */
void lower_allocate(struct lower *l, struct symbol *s);
/* Tell the map of a static variable inside the function. */
void lower_static(struct lower *l, const struct symbol *s);

/* ---- lower_stmt.c -------------------------------------------------------- */

void lower_statement(struct lower *l, const struct node *n);

#endif
