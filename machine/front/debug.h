/*
 * debug.h - the monitor's view of a stopped C program
 *
 * frame.c finds the calls, with the help of routine.c in assembler routines,
 * and in a call where its variables are; c_value.c shows values by their types;
 * c_expr.c computes expressions.  A program of a map that runs with address
 * translation on sees its addresses translated, and so do we; at any other time
 * addresses are real.
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
    bool in_storage;
    uint32_t addr;
    uint64_t bits;
    const struct cmember *field; /* a bit-field of that unit at addr */
};

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

/* ---- routine.c ----------------------------------------------------------- */

/* An assembler routine's caller wants R2 to R14 back.  Of what they were when
 * it was entered, before one of its instructions: */
struct routine {
    uint32_t start;     /* logical */
    bool is_known;      /* else how it came here is not */
    bool is_handler;    /* an interruption led here, and no call */
    uint16_t callers13; /* the registers that hold the caller's R13 */
    uint16_t callers14;
    bool has_depth; /* R13 is the caller's less depth */
    uint32_t depth;
    uint16_t stored[2]; /* registers that are in storage: bytes behind the */
    uint32_t place[16]; /* caller's R13, or at an address */
    uint16_t known;     /* registers with a constant address */
    uint32_t value[16];
};

/* The routine that holds the instruction at a logical address, raddr in real
 * storage. */
void routine_find(const struct machine *m, uint32_t at, uint32_t raddr,
                  struct routine *r);
/* From its R2 to R13, of the innermost call all registers, to its caller's R2
 * to R13, and to R14 as it led back.  False: it has kept no R14. */
bool routine_leave(const struct machine *m, const struct routine *r,
                   bool innermost, uint32_t gr[16]);

/* ---- frame.c ------------------------------------------------------------- */

/* Where an address of the program is in real storage; false: nowhere.  And
 * back: the program's address of what a map tells of. */
bool debug_real(const struct machine *m, uint32_t addr, uint32_t *raddr);
uint32_t debug_logical(const struct machine *m, uint32_t raddr);
/* Is there storage of so many bytes? */
bool debug_has(const struct machine *m, uint32_t addr, uint32_t bytes);
/* `bytes` bytes, at most 8, at addr as a number; 0 of what is not there. */
uint64_t debug_read(const struct machine *m, uint32_t addr, unsigned bytes);
/* One call, also one that was replaced by the function's body. */
struct frame {
    uint32_t at; /* the instruction that is next, or that calls */
    const char *function, *name; /* name: of the body or function */
    const struct cfunction *fn;  /* NULL: the map tells no more */
    uint32_t offset;             /* of `at` in fn */
    struct routine routine;      /* without fn */
    unsigned body;               /* of fn */
    const char *file;            /* NULL: not known */
    unsigned line;
    bool innermost, is_lost; /* lost: R14 tells of it, and nothing else */
    uint32_t gr[16];         /* of callers: only R2 to R13 */
    uint32_t list;           /* address of the parameter list */
    char how[160]; /* the innermost call was found, if not by the PSW */
    char why[120]; /* there is no such call; "": that is right */
};

/* In a wait the PSW says nothing about where the program is. */
bool frame_waits(const struct machine *m);

/* The innermost call, of a lost program that which R14 and R13 tell; its
 * caller; call number n, 0 the innermost.  False: there is none. */
bool frame_first(const struct machine *m, struct frame *f);
bool frame_up(const struct machine *m, struct frame *f);
bool frame_find(const struct machine *m, int n, struct frame *f);

enum found { FOUND, FOUND_NOT, FOUND_AWAY, FOUND_UNCLEAR };
/* The variable's value in this call; FOUND_AWAY: it is nowhere. */
enum found frame_value(const struct machine *m, const struct frame *f,
                       const struct cvariable *v, struct cvalue *value);
/* The variable that this name means at this place; FOUND_UNCLEAR: the line
 * belongs to the scopes of several. */
enum found frame_variable(const struct machine *m, const struct frame *f,
                          const char *name, struct cvalue *value);
/* Is it in scope there, and not known to be hidden by another one? */
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
