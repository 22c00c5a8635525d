/*
 * inline.h - small functions in the place of their calls.
 */
#ifndef CC_INLINE_H
#define CC_INLINE_H

#include "ir.h"

/* The body to put in the place of a call of this function; NULL: call it. */
typedef const struct ir_func *(*inline_body_fn)(const char *link);

/* Replace calls in f, which is lowered but not optimised. */
void inline_calls(struct ir_func *f, inline_body_fn body);
/* The body to put in the place of calls of f, which opt_early() is done with:
 * a copy of f; NULL if it has more than `limit` instructions or cannot be in
 * another function. */
struct ir_func *inline_body(const struct ir_func *f, int limit);

#endif
