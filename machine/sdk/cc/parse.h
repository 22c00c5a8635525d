/*
 * parse.h - what the files of the parser share.
 *
 * Recursive descent over the token array.  A syntax error unwinds to the
 * statement or declaration it is in (parse_error), which then skips to its
 * end; an error of meaning is reported and the tree gets type_error, which
 * nothing complains about again.
 */
#ifndef CC_PARSE_H
#define CC_PARSE_H

#include "tree.h"

struct scope {
    struct scope *outer;
    struct symbol *symbols;
};

struct parser {
    const struct token *t; /* the next token */
    struct scope *scope;
    int depth;   /* of scopes; 0: the file */
    int nesting; /* of statements, expressions and declarators */
    int links;   /* of chains, in the statement or value that is read */
    jmp_buf *recover;
    const struct token *resume; /* after an error, if not behind the item */
    bool broken;                /* there was a syntax error in the function */
    struct symbol *function;
    struct label *labels;
    struct node *in_switch;
    struct member_list *members; /* of the structure that is read */
    int unevaluated; /* in how many operands of sizeof or the like */
    bool ended;      /* that the file ends too early has been said */
    int loops;
    const char *unit; /* for the names of static symbols */
    int nstatics;
};

/* One translation unit, from its tokens.  Its functions and objects are given
 * to program_define(). */
void parse_unit(const struct token *tokens, const char *unit);

/* ---- parse.c: tokens and scopes ------------------------------------------ */

_Noreturn void parse_error(struct parser *p, const char *expected);
/* The same for a construct that other compilers have. */
_Noreturn void parse_gnu(struct parser *p, const char *construct);
/* Is this keyword or punctuator the next token? */
static inline bool
at(const struct parser *p, const char *word)
{
    return token_is(p->t, word);
}

/* Pass it if it is. */
static inline bool
accept(struct parser *p, const char *word)
{
    bool found = at(p, word);

    p->t += found;
    return found;
}

/* `where` completes "expected `;' ...".  A `;' that is missing at the end of a
 * line or block is reported, and the parser goes on as if it were there. */
void expect(struct parser *p, const char *word, const char *where);
/* Pass the name that must come next; `what` it is: "a label". */
const struct token *expect_name(struct parser *p, const char *what);
/* The token behind the parentheses that begin at t, or the one at which the
 * declaration ends without closing them. */
const struct token *behind_parentheses(const struct token *t);
/* Against input nested too deeply; every enter has its leave. */
void nest_enter(struct parser *p);
void nest_leave(struct parser *p);
/* One more operator of a chain such as a + b + c: its tree is as deep as it is
 * long. */
void nest_link(struct parser *p);
/* What this function of the parser makes of the next tokens, one deeper. */
struct node *nested(struct parser *p, struct node *(*parse)(struct parser *));
/* Parse an item of the block, or of the file if that is NULL; after a syntax
 * error in it, pass what is left of it, and false. */
bool parse_guarded(struct parser *p, struct node *block,
                   void (*item)(struct parser *p, struct node *block));
/* A hint at the declared name that is nearest; types only, or no types. */
const char *scope_hint(const struct parser *p, const char *name, bool types);
/* Two names where a declaration can stand, the first one unknown: it is a type
 * that is not declared.  Reports that, and goes on as if it were one. */
void check_unknown_type(struct parser *p);
/* main() { ... }: a function whose type is missing. */
bool at_untyped_function(const struct parser *p);
/* Error: an undeclared name comes next that is a keyword of GNU C. */
void check_gnu(struct parser *p);
void scope_enter(struct parser *p);
void scope_leave(struct parser *p);
/* The symbol, not a tag, that has this name in this very scope, or NULL. */
struct symbol *scope_find_here(const struct parser *p, const char *name);
struct symbol *scope_declare(struct parser *p, enum symbol_kind kind,
                             const struct token *name, struct type *type);
/* The tags and enumeration constants among the symbols of a scope that was left
 * belong to this one as well. */
void scope_take_over(struct parser *p, struct symbol *symbols);
/* Link name of a static symbol. */
const char *static_link_name(struct parser *p, const char *name);
/* An unnamed object; with is_static, in static storage. */
struct symbol *unnamed_object(struct parser *p, const char *stem,
                              const struct token *tok, struct type *type,
                              bool is_static);

/* Definition of a function, or of an object that has a link name. */
void unit_define(struct symbol *s);

/* ---- parse_type.c, parse_record.c, parse_declarator.c, parse_decl.c ------ */

enum { S_TYPEDEF = 1, S_EXTERN = 2, S_STATIC = 4, S_AUTO = 8, S_REGISTER = 16 };

struct specifiers {
    struct type *type;
    const struct token *tok;
    int storage;
    int format, format_first; /* of attribute format */
    int flags;                /* F_... */
    uint32_t align;
    const struct token *alignas;  /* NULL: it is not there */
    const struct token *function; /* inline, _Noreturn; NULL: not there */
    const char *section;          /* NULL: none */
};

bool starts_type(const struct parser *p);
/* Error, true: the type comes again, as in `int a, int b'. */
bool repeats_type(const struct parser *p);
/* Behind the brace of a structure or enumeration: another declaration begins
 * on a line of its own. */
bool lacks_semicolon(const struct parser *p);
/* Pass qualifiers and attributes; returns Q_CONST ... */
int parse_qualifiers(struct parser *p);
/* Behind the word struct, union or enum. */
struct type *parse_structure(struct parser *p, enum type_kind kind);
struct type *parse_enumeration(struct parser *p);
/* `what` is expected: "a declaration". */
void parse_specifiers(struct parser *p, struct specifiers *s, const char *what);
void parse_attributes(struct parser *p, struct specifiers *s);
/* The same where they belong to nothing. */
void ignore_attributes(struct parser *p);
/* Do the specifiers fit what they declare?  _Alignas aligns only objects and
 * members, not less than their type does; inline and _Noreturn are for
 * functions.  NULL: this is none of those. */
void check_specifiers(const struct specifiers *s, const struct type *type);
/* Error: static or a qualifier stands in the [] of this array. */
void check_array(const struct type *type, const struct token *tok);
/* With restrict only if that is a pointer to an object. */
struct type *check_qualified(struct type *type, int quals,
                             const struct token *tok);
/* A declarator; name is NULL for an abstract one. */
struct type *parse_declarator(struct parser *p, struct type *base,
                              const struct token **name);
struct type *parse_type_name(struct parser *p);
/* f(a, b): the declarations of a and b in front of the body. */
void parse_old_style_types(struct parser *p, struct type *f);
/* Behind the word _Static_assert. */
void parse_static_assert(struct parser *p);
/* A declaration in a block, to which S_DECLARE nodes are appended; in the
 * file, if block is NULL. */
void parse_declaration(struct parser *p, struct node *block);

/* ---- parse_init.c -------------------------------------------------------- */

/* An initializer for an object of *type, whose length it may complete. */
struct init *parse_initializer(struct parser *p, struct type **type,
                               bool is_static);

/* ---- parse_stmt.c -------------------------------------------------------- */

struct node *parse_body(struct parser *p, struct symbol *fn);

/* ---- parse_expr.c, parse_primary.c --------------------------------------- */

struct node *parse_expression(struct parser *p);
struct node *parse_assignment(struct parser *p);
struct node *parse_condition(struct parser *p);
struct node *parse_cast(struct parser *p);
struct node *parse_primary(struct parser *p);
/* A call of callee; the parenthesis at tok is read. */
struct node *parse_call(struct parser *p, struct node *callee,
                        const struct token *tok);
int64_t parse_constant(struct parser *p, const char *what);
/* Adjacent string literals as one. */
const struct token *parse_string(struct parser *p);

/* ---- node.c, expr.c ------------------------------------------------------ */

struct node *node_new(enum node_kind kind, struct type *type,
                      const struct token *tok);
/* With operands; folded to a number if that can be. */
struct node *node_unary(enum node_kind kind, struct type *type, struct node *a,
                        const struct token *tok);
struct node *node_binary(enum node_kind kind, struct type *type, struct node *a,
                         struct node *b, const struct token *tok);
struct node *node_number(int64_t value, struct type *type,
                         const struct token *tok);
struct node *node_variable(struct symbol *s, const struct token *tok);
/* One more argument, statement or case. */
void node_append(struct node *list, struct node *n);
/* What a mistake leaves, which nothing complains about again; with a message
 * unless fmt is NULL. */
struct node *expr_error(const struct token *tok, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
bool expr_is_error(const struct node *n);
/* Error, false: the contents of the type are not known here. */
bool expr_complete(const struct type *t, const struct token *tok);
/* As a value: arrays and functions become addresses. */
struct node *expr_value(struct node *n);
struct node *expr_promote(struct node *n);
struct node *expr_cast(struct node *n, struct type *to);
/* For an assignment; `what` names it in messages: "the argument". */
struct node *expr_convert(struct node *n, struct type *to, const char *what,
                          const struct token *tok);
struct node *expr_binary(enum operator op, struct node *a, struct node *b,
                         const struct token *tok);
/* op: + - ~ ! */
struct node *expr_unary(char op, struct node *a, const struct token *tok);
struct node *expr_assign(struct node *a, struct node *b,
                         const struct token *tok);
/* a op= b */
struct node *expr_update(enum operator op, struct node *a, struct node *b,
                         bool postfix, const struct token *tok);
struct node *expr_conditional(struct node *a, struct node *b, struct node *c,
                              const struct token *tok);
struct node *expr_member(struct node *a, const char *name,
                         const struct token *tok);
struct node *expr_deref(struct node *a, const struct token *tok);
struct node *expr_address(struct node *a, const struct token *tok);
/* Is this the object of a string literal, or an address or element of it? */
bool expr_in_string(const struct node *n);
/* The bit-field whose value n is, or NULL. */
const struct member *expr_bit_field(const struct node *n);

/* The name of the object that holds a string literal. */
#define STRING_NAME "(string)"

/* ---- check.c ------------------------------------------------------------- */

/* Warn if `to` cannot hold what n may be. */
void check_narrowing(const struct node *n, const struct type *to,
                     const char *what, const struct token *tok);
/* Warn if the constant n has more bits than the bit-field it goes into; NULL:
 * it goes into none. */
void check_bit_field(const struct node *n, const struct member *field,
                     const struct token *tok);
/* Warn if b in `a op= b' is larger than a can be.  Where a is shorter than an
 * int, it says nothing if b is an int that is not constant. */
void check_update(enum operator op, const struct node *a, const struct node *b,
                  const struct token *tok);
/* Warn of a negative value that is compared as if it were unsigned. */
void check_comparison(enum operator op, const struct node *a,
                      const struct node *b, const struct token *tok);
/* Warn of operands that C puts together in another way than many think. */
void check_precedence(enum operator op, const struct node *a,
                      const struct node *b, const struct token *tok);
/* Warn of a function whose truth is asked for, not that of its result. */
void check_truth(const struct node *n);
/* Warn of what looks as if it belonged to an if, else, for or while, but stands
 * behind its body. */
void check_body(const struct token *head, const struct token *body,
                const struct token *next);
/* Is a function that begins at t meant to be within the one at `outer'? */
bool check_is_within(const struct token *t, const struct token *outer);
/* Compare the arguments of a call with its format, as printf has it. */
void check_format(const struct node *call, const struct type *f,
                  const char *name);

#endif
