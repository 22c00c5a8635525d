/*
 * expr.h - what the two files that build expressions share.
 */
#ifndef CC_EXPR_H
#define CC_EXPR_H

#include "parse.h"

/* What a mistake leaves, which nothing complains about again; is it that? */
struct node *expr_error(const struct token *tok);
bool expr_is_error(const struct node *n);
/* Is this the object of a string literal, or an address or element of it? */
bool expr_in_string(const struct node *n);
/* Error, false: nothing can be assigned to n. */
bool expr_check_modifiable(const struct node *n, const struct token *tok);
bool expr_is_null_pointer(const struct node *n);
/* Pointers to compatible types, or one to void. */
bool expr_pointers_agree(const struct type *a, const struct type *b);
/* char * and unsigned char *, int * and long *, ... */
bool expr_differ_in_sign(const struct type *a, const struct type *b);
/* The bit-field whose value n is, or NULL. */
const struct member *expr_bit_field(const struct node *n);

#endif
