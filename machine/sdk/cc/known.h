/*
 * known.h - what is known on a way through a function: known.c.
 */
#ifndef CC_KNOWN_H
#define CC_KNOWN_H

#include "ir.h"

struct term; /* a value, as it is computed */

/* The terms of one function. */
struct terms {
    const int *defs; /* by register: how many instructions set it */
    struct term *list;
    int n;
    int hash[256];
};

enum { KNOWN_NAMES = 40, KNOWN_VALUES = 32, KNOWN_ORDERS = 16, KNOWN_BUT = 4 };

struct known {
    int nnames, nvalues, norders;
    /* Register `reg` holds the value of a term. */
    struct {
        int reg, term;
    } name[KNOWN_NAMES];
    /* A term is from low to high, and not `but`. */
    struct range {
        int term;
        int32_t low, high;
        int nbut;
        int32_t but[KNOWN_BUT];
    } value[KNOWN_VALUES];
    /* How two terms compare: bits LESS, EQUAL, GREATER of what is possible. */
    struct {
        int a, b;
        bool is_unsigned;
        unsigned mask;
    } order[KNOWN_ORDERS];
};

void known_terms(struct terms *t, struct ir_func *f);
/* After an instruction that is no terminator. */
void known_execute(struct terms *t, struct known *k, const struct ir_ins *in);
/* The block is left to its successor number `to`; false: that cannot be. */
bool known_branch(struct terms *t, struct known *k, const struct ir_ins *in,
                  int to);
/* Is all that a knows known to b? */
bool known_less(const struct known *a, const struct known *b);
/* Forget what b does not know as well. */
void known_meet(struct known *a, const struct known *b);

#endif
