/*
 * debug.h - the monitor's view of a stopped C program
 *
 * frame.c finds the calls, and in a call where its variables are; c_value.c
 * shows values by their types; c_expr.c computes expressions.  A program of a
 * map that runs with address translation on sees its addresses translated, and
 * so do we; at any other time addresses are real.
 */
#ifndef FRONT_DEBUG_H
#define FRONT_DEBUG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "map.h"

struct machine;

/* ---- c_value.c ----------------------------------------------------------- */

/* A value: in storage at addr, or, of up to 8 bytes, in `bits`. */
struct cvalue {
    const struct ctype *type;
    bool in_storage, is_constant; /* of an enumeration: an int in C */
    uint32_t addr;
    uint64_t bits;
    const struct cmember *field; /* a bit-field of that unit at addr */
};

/* Is there storage of so many bytes? */
bool debug_has(const struct machine *m, uint32_t addr, uint32_t bytes);
/* `bytes` bytes, at most 8, at addr as a number; 0 of what is not there. */
uint64_t debug_read(const struct machine *m, uint32_t addr, unsigned bytes);
/* The bytes that a value takes in storage. */
uint32_t cvalue_bytes(const struct cvalue *v);
/* A scalar's value, extended as its type says. */
int64_t cvalue_number(const struct machine *m, const struct cvalue *v);

struct shown {
    char buf[4000];
    size_t n;
};

void shown_add(struct shown *t, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* hex: integers in hexadecimal. */
void shown_value(const struct machine *m, struct shown *t,
                 const struct cvalue *v, bool hex);

/* ---- frame.c ------------------------------------------------------------- */

/* One call, also one that was replaced by the function's body. */
struct frame {
    uint32_t at; /* the instruction that is next, or inside the call */
    const char *name;
    const struct cfunction *fn; /* NULL: the map tells no more */
    unsigned body;              /* of fn */
    const char *file;           /* NULL: not known */
    unsigned line;
    uint32_t gr[16]; /* of callers: only R2 to R13 */
    uint32_t list;   /* address of the parameter list */
};

/* In a wait the PSW says nothing about where the program is. */
bool frame_waits(const struct machine *m);

/* Call number n, 0 the innermost; in a wait that which R14 and R13 tell.
 * False: there are not as many. */
bool frame_find(const struct machine *m, int n, struct frame *f);

enum found { FOUND, FOUND_NOT, FOUND_AWAY };
/* The variable's value in this call; FOUND_AWAY: it is nowhere. */
enum found frame_value(const struct machine *m, const struct frame *f,
                       const struct cvariable *v, struct cvalue *value);
/* The variable that this name means at this place. */
enum found frame_variable(const struct machine *m, const struct frame *f,
                          const char *name, struct cvalue *value);
/* Is it in scope there, and not hidden by another one? */
bool frame_sees(const struct frame *f, const struct cvariable *v);
/* Is v a parameter of the function or body that the frame is of? */
bool frame_is_parameter(const struct frame *f, const struct cvariable *v);
/* A parameter as it was passed. */
struct cvalue frame_passed(const struct frame *f, const struct cvariable *v);

/* ---- c_expr.c ------------------------------------------------------------ */

/* Compute `text` in a call (NULL: globals only).  The types that it makes are
 * put in `made`, and live as long as that.  False: `error` says why not. */
enum { EXPRESSION_ERROR = 200, EXPRESSION_TYPES = 32 };
bool expression(const struct machine *m, const struct frame *f,
                const char *text, struct cvalue *value,
                struct ctype made[EXPRESSION_TYPES],
                char error[EXPRESSION_ERROR]);

#endif
