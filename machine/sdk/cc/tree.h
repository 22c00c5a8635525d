/*
 * tree.h - types, symbols and the typed tree, between parser and lowering.
 *
 * The parser gives every expression its type and writes every conversion out
 * as a cast; arrays and functions have become addresses, `+` of a pointer has
 * become E_PTRADD.  The lowering thus needs to know the sizes of types but
 * none of C's rules.
 */
#ifndef CC_TREE_H
#define CC_TREE_H

#include "cc.h"

/* ---- types (type.c) ------------------------------------------------------ */

enum type_kind {
    T_ERROR, /* of what was in error already: causes no more messages */
    T_VOID,
    T_BOOL,
    T_CHAR, /* plain: unsigned */
    T_SCHAR,
    T_UCHAR,
    T_SHORT,
    T_USHORT,
    T_INT,
    T_UINT,
    T_LONG,
    T_ULONG,
    T_LLONG,
    T_ULLONG,
    T_ENUM,
    T_PTR,
    T_ARRAY,
    T_FUNC,
    T_STRUCT,
    T_UNION
};

/* Q_STATIC: in the [] of an array that is a parameter, as others may be */
enum { Q_CONST = 1, Q_VOLATILE = 2, Q_RESTRICT = 4, Q_STATIC = 8 };

struct member {
    struct member *next;
    const char *name; /* NULL: an anonymous structure or union */
    const struct token *tok;
    struct type *type;
    uint32_t offset; /* bytes; of a bit-field: of the unit that is accessed */
    int width;       /* of a bit-field; 0: not one */
    int unit;        /* of a bit-field: 1 to 9 bytes, at offset */
    int shift;       /* of a bit-field: bits to its right in the unit */
    bool is_bits, packed;
};

/* What all qualified forms of a structure, union or enumeration share. */
struct record {
    const char *tag;
    const struct token *tok;
    struct member *members;
    struct symbol *constants; /* of an enumeration, the last one first */
    uint32_t size, align;
    int number; /* in the map; 0: none yet */
    bool complete, begun, packed, is_signed, flexible, has_const;
};

struct param {
    const char *name;
    const struct token *tok;
    struct type *type;
    bool in_register; /* said to be */
};

struct type {
    enum type_kind kind;
    const char *name;     /* void and arithmetic types */
    uint32_t size, align; /* all but arrays, structures and unions */
    uint32_t aligned;     /* at least to so many bytes; 0: not said */
    bool is_signed;       /* arithmetic types */
    int quals;
    struct type *base; /* pointer, array: element; function: result */
    int64_t length;    /* array; -1: not known */
    struct param *params;
    int nparams;
    struct symbol *names; /* of the scope of the parameters */
    bool prototype, variadic, noreturn;
    bool old_style;           /* f(a, b): the names only, types follow */
    int format, format_first; /* parameters of attribute format, from 1 */
    struct record *rec;
    struct type *pointer; /* the pointer to it, once there is one */
};

/* void and the arithmetic types by kind */
extern struct type type_scalar[];
#define type_error (&type_scalar[T_ERROR])
#define type_void (&type_scalar[T_VOID])
#define type_bool (&type_scalar[T_BOOL])
#define type_char (&type_scalar[T_CHAR])
#define type_schar (&type_scalar[T_SCHAR])
#define type_uchar (&type_scalar[T_UCHAR])
#define type_short (&type_scalar[T_SHORT])
#define type_ushort (&type_scalar[T_USHORT])
#define type_int (&type_scalar[T_INT])
#define type_uint (&type_scalar[T_UINT])
#define type_long (&type_scalar[T_LONG])
#define type_ulong (&type_scalar[T_ULONG])
#define type_llong (&type_scalar[T_LLONG])
#define type_ullong (&type_scalar[T_ULLONG])

struct type *type_pointer(struct type *base);
struct type *type_array(struct type *base, int64_t length);
struct type *type_qualified(struct type *t, int quals);
struct type *type_unqualified(struct type *t);
/* The same type, aligned at least so. */
struct type *type_aligned(struct type *t, uint32_t align);
struct type *type_record(enum type_kind kind, const char *tag,
                         const struct token *tok);
uint32_t type_size(const struct type *t);
uint32_t type_align(const struct type *t);
bool type_is_integer(const struct type *t);
bool type_is_scalar(const struct type *t);
bool type_is_record(const struct type *t);
bool type_is_signed(const struct type *t);
bool type_is_complete(const struct type *t);
/* Is it, or something in it, const? */
bool type_is_const(const struct type *t);
bool type_compatible(const struct type *a, const struct type *b);
/* The same but for the qualifiers of the types themselves. */
bool type_alike(const struct type *a, const struct type *b);
/* The same for types of two units, where structures of one tag and one
 * contents are the same. */
bool type_agrees(const struct type *a, const struct type *b);
/* Of two compatible types, what both together say. */
struct type *type_composite(struct type *a, struct type *b);
/* The result of the integer promotions; of the usual conversions. */
struct type *type_promoted(struct type *t);
struct type *type_common(struct type *a, struct type *b);
/* As C writes it, for messages. */
const char *type_name(const struct type *t);
/* Give members their places; the record becomes complete. */
void record_lay_out(struct record *r, bool is_union, uint32_t min_align);
/* The member, also one of an anonymous member: its offset is added up in
 * *offset. */
struct member *record_find(const struct record *r, const char *name,
                           uint32_t *offset);
/* A hint at the member whose name is nearest. */
const char *record_hint(const struct record *r, const char *name);

/* ---- symbols ------------------------------------------------------------- */

/* What a declaration says by `inline', `_Noreturn' and attributes. */
enum {
    F_INLINE = 1,
    F_NOINLINE = 2,
    F_NORETURN = 4,
    F_PACKED = 8,
    F_UNUSED = 16,  /* it may be: no warning */
    F_USED = 32,    /* it goes into the image */
    F_REGISTER = 64 /* it has no address */
};

enum symbol_kind {
    SYM_OBJECT,
    SYM_FUNCTION,
    SYM_TYPEDEF,
    SYM_CONSTANT,
    SYM_TAG /* of a structure, union or enumeration: names of their own */
};

struct node;
struct init;

struct symbol {
    enum symbol_kind kind;
    const char *name; /* as the programmer wrote it */
    const char *link; /* in the image; NULL: automatic storage */
    const struct token *tok;
    const struct token *use; /* the first one that is evaluated */
    struct type *type;
    int64_t value;       /* SYM_CONSTANT */
    struct symbol *next; /* SYM_CONSTANT: of the same enumeration */
    bool is_static;      /* internal linkage */
    bool is_param;
    bool defined, tentative;
    bool addressed; /* cannot be in a register */
    bool used;
    int uses, sets;      /* how often it is named; how often only to be set */
    int flags;           /* F_... */
    bool calls_setjmp;   /* a function that does: variables stay in storage */
    uint32_t align;      /* 0: that of its type */
    const char *section; /* where it goes in the image; NULL: anywhere */
    struct init *init;
    /* functions */
    struct node *body;
    struct symbol **params;
    int nparams;
    bool is_inline;                 /* an inline definition, C11 6.7.4: any unit
                                     * may have one */
    const struct token *own_static; /* what only this unit has, in its body */
    /* the parser's */
    struct symbol *hidden; /* declared further out under the same name */
    struct symbol *in_scope;
    int depth;
    int last_line; /* of its scope */
    /* the lowering's: registers or a slot; its number in ir_func.vars */
    int reg, reg_hi, slot, var;
};

/* ---- the tree ------------------------------------------------------------ */

enum node_kind {
    E_NUM,
    E_VAR,    /* lvalue or function: sym */
    E_ADDR,   /* &a */
    E_DEREF,  /* *a, an lvalue */
    E_MEMBER, /* a.member at value (offset) */
    E_CALL,   /* a(args) */
    E_ASSIGN, /* a = b */
    E_UPDATE, /* a op= b, computed in ctype; postfix: value before */
    E_BINARY, /* a op b */
    E_PTRADD, /* a + b * scale */
    E_NEG,
    E_NOT, /* ~a */
    E_LNOT,
    E_CAST,
    E_COND, /* a ? b : c */
    E_COMMA,
    E_ANDAND,
    E_OROR,
    E_LITERAL,  /* compound literal: sym with its init, an lvalue */
    E_VA_START, /* a = the list; value: bytes of named parameters */
    E_VA_ARG,   /* next argument of list a */
    E_COPY,     /* memcpy(a, b, value bytes), value: a */
    E_ZERO,     /* memset(a, 0, value bytes), value: a */
    E_UNREACHABLE,
    S_EXPR,
    S_IF,     /* a ? b : c */
    S_DO,     /* body b, a */
    S_FOR,    /* init d; a; c, body b; also while: no d, no c */
    S_SWITCH, /* a, body b; cases */
    S_CASE,   /* value; in the switch's list as well */
    S_DEFAULT,
    S_LABEL, /* label */
    S_GOTO,
    S_BREAK,
    S_CONTINUE,
    S_RETURN,
    S_BLOCK,  /* list */
    S_DECLARE /* sym with its init */
};

enum operator{
    OP_ADD,
    OP_SUB,
    OP_MUL,
    OP_DIV,
    OP_MOD,
    OP_AND,
    OP_OR,
    OP_XOR,
    OP_SHL,
    OP_SHR,
    OP_LT,
    OP_GT,
    OP_LE,
    OP_GE,
    OP_EQ,
    OP_NE
};

struct label {
    struct label *next;
    const char *name;
    const struct symbol *function;
    const struct token *tok; /* of its first use or its definition */
    bool defined, used;
    int block;
};

struct node {
    enum node_kind kind;
    enum operator op;
    struct type *type;
    const struct token *tok;
    struct node *a, *b, *c, *d;
    int64_t value;
    struct type *ctype;
    uint32_t scale;
    bool postfix;
    bool parens; /* written in parentheses */
    struct symbol *sym;
    struct member *member;
    struct node **list; /* arguments, statements, cases */
    int nlist;
    struct label *label;
    int block; /* S_CASE, S_DEFAULT: set by the lowering */
};

/* One value of an initializer at its place in the object. */
struct init_item {
    struct init_item *next;
    uint32_t offset, size; /* bytes; of a bit-field: of its unit */
    struct type *type;
    struct member *bits; /* a bit-field */
    struct node *value;  /* or a string: */
    const uint8_t *bytes;
    uint32_t nbytes;
};

struct init {
    struct init_item *first, **last;
    uint32_t extent; /* bytes from the start of the object */
};

/* A constant: a number, or an address and an offset from it. */
struct constant {
    struct symbol *sym;
    int64_t value;
};
/* const.c: false if n is not constant. */
bool constant_of(const struct node *n, struct constant *c);
/* Must what is read from now on be constant?  Returns what was said before.
 * Then an operation without a value is an error where its value is needed, else
 * it is warned of at once. */
bool constant_wanted(bool wanted);
/* This operation has no value. */
void constant_undefined(const struct token *tok, const char *why);
/* Error: there is no constant at tok, because of that, or else of `why'. */
void constant_missing(const struct token *tok, const char *why);
/* value as an object of type t holds it. */
int64_t constant_wrap(const struct type *t, int64_t value);
/* Replace n by a number if its operands are numbers. */
struct node *constant_fold(struct node *n);

#endif
