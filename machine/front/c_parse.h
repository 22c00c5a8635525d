/*
 * c_parse.h - what the two files of the expression parser share
 *
 * The parser goes down by precedence and computes as it reads; after an error
 * every step returns at once.
 */
#ifndef FRONT_C_PARSE_H
#define FRONT_C_PARSE_H

#include "debug.h"

struct parser {
    const struct machine *m;
    const struct frame *f;
    const char *s;
    int nesting;
    int dead;    /* > 0: what is read is not to be computed, as x in 0 && x */
    char *error; /* empty: none */
    /* Types that the expression makes: pointers by & and casts. */
    struct ctype *made;
    int nmade;
};

enum { NESTED_MAX = 64 };
extern const struct ctype parse_int;

/* Note the first error; returns something that can be computed with. */
struct cvalue parse_fail(struct parser *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool parse_failed(const struct parser *p);
/* Go over this punctuation, or this word, if it is next. */
bool parse_accept(struct parser *p, const char *text);
bool parse_word(struct parser *p, const char *word);
void parse_expect(struct parser *p, const char *text);
/* Is the value's storage there?  Otherwise it fails. */
bool parse_storage(struct parser *p, const struct cvalue *v);
/* The scalar v, of which that was asked. */
int64_t parse_number(struct parser *p, const struct cvalue *v);
/* The length of the name that is next; 0: none. */
size_t parse_name(struct parser *p);
const struct ctype *parse_pointer(struct parser *p, const struct ctype *target);
/* The variable, function or constant whose name of n characters is next. */
struct cvalue parse_variable(struct parser *p, size_t n);
/* 'c' or 'file.c'::name, which is next. */
struct cvalue parse_quoted(struct parser *p);
/* (TYPE), with the parentheses; or NULL and nothing is read. */
const struct ctype *parse_cast(struct parser *p);

#endif
