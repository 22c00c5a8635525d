/*
 * expr.c - expressions with their types.
 *
 * Each function takes operands that have their types and makes the node for
 * one operator, with every implicit conversion written out as a cast.  What
 * the operands may be depends on whether they are numbers or pointers;
 * numbers are brought to a common type first.  After a message the result has
 * type_error.
 */
#include "parse.h"

#include <string.h>

/* ---- lvalues ------------------------------------------------------------- */

static bool
is_lvalue(const struct node *n)
{
    switch (n->kind) {
    case E_VAR:
        return n->sym->kind == SYM_OBJECT;
    case E_DEREF:
    case E_LITERAL:
        return true;
    case E_MEMBER:
        return is_lvalue(n->a);
    default:
        return false;
    }
}

/* The object may be reached through a pointer from now on. */
static void
mark_addressed(struct node *n)
{
    while (n->kind == E_MEMBER)
        n = n->a;
    if (n->kind == E_VAR && (n->sym->flags & F_REGISTER) != 0)
        error_at(n->tok, "`%s' is register: it has no address", n->sym->name);
    if (n->kind == E_VAR || n->kind == E_LITERAL)
        n->sym->addressed = true;
}

bool
expr_in_string(const struct node *n)
{
    while (n->kind == E_DEREF || n->kind == E_ADDR || n->kind == E_CAST ||
           n->kind == E_PTRADD)
        n = n->a;
    return n->kind == E_VAR && n->sym->name != NULL &&
           strcmp(n->sym->name, STRING_NAME) == 0;
}

/* A string with one character. */
static bool
is_short_string(const struct node *n)
{
    return n->kind == E_ADDR && expr_in_string(n) &&
           n->a->type->kind == T_ARRAY && n->a->type->length == 2;
}

/* Error, false: nothing can be assigned to n. */
static bool
check_modifiable(const struct node *n, const struct token *tok)
{
    if (expr_is_error(n))
        return false;
    if (n->type->kind == T_ARRAY)
        error_at(tok, "an array cannot be assigned to, only its elements");
    else if (!is_lvalue(n) || n->type->kind == T_FUNC)
        error_at(tok, "this cannot be assigned to");
    else if (type_is_const(n->type))
        error_at(tok, "this is const");
    else if (n->kind == E_DEREF && expr_in_string(n))
        error_at(tok, "a string literal is constant: copy it into an array");
    else
        return true;
    return false;
}

struct node *
expr_value(struct node *n)
{
    if (n->type->kind == T_FUNC)
        return node_unary(E_ADDR, type_pointer(n->type), n, n->tok);
    if (n->type->kind != T_ARRAY)
        return n;
    mark_addressed(n);
    return node_unary(E_ADDR, type_pointer(n->type->base), n, n->tok);
}

/* ---- conversions --------------------------------------------------------- */

const struct member *
expr_bit_field(const struct node *n)
{
    while (n->kind == E_COMMA || n->kind == E_ASSIGN || n->kind == E_UPDATE)
        n = n->kind == E_COMMA ? n->b : n->a;
    return n->kind == E_MEMBER && n->member->is_bits ? n->member : NULL;
}

struct node *
expr_promote(struct node *n)
{
    const struct member *m = expr_bit_field(n);

    n = expr_value(n);
    if (m != NULL &&
        (m->width < 32 || (m->width == 32 && type_is_signed(m->type))))
        return expr_cast(n, type_int);
    if (type_is_integer(n->type))
        return expr_cast(n, type_promoted(n->type));
    return n;
}

struct node *
expr_cast(struct node *n, struct type *to)
{
    if (expr_is_error(n) || to->kind == T_ERROR || n->type == to)
        return n;
    return node_unary(E_CAST, type_unqualified(to), n, n->tok);
}

static bool
is_null_pointer(const struct node *n)
{
    return n->kind == E_NUM && n->value == 0 &&
           (type_is_integer(n->type) ||
            (n->type->kind == T_PTR && n->type->base == type_void));
}

/* Pointers to compatible types, or one to void and one to an object. */
static bool
pointers_agree(const struct type *a, const struct type *b)
{
    const struct type *other = a->base->kind == T_VOID ? b->base : a->base;

    return type_alike(a->base, b->base) ||
           ((a->base->kind == T_VOID || b->base->kind == T_VOID) &&
            other->kind != T_FUNC);
}

/* A pointer n becomes one of type `to`: is that what was meant? */
static void
check_pointers(const struct node *n, const struct type *to, const char *what,
               const struct token *tok)
{
    const struct type *from = n->type;
    int lost = from->base->quals & ~to->base->quals;

    if (!pointers_agree(to, from) && !is_null_pointer(n))
        warn_at(tok, "pointers", "%s is a `%s' where a `%s' is expected", what,
                type_name(from), type_name(to));
    else if (lost != 0 && to->base->kind != T_FUNC &&
             from->base->kind != T_FUNC)
        warn_at(tok, "pointers", "%s loses the qualifier `%s'", what,
                (lost & Q_CONST) != 0      ? "const"
                : (lost & Q_VOLATILE) != 0 ? "volatile"
                                           : "restrict");
    else if (n->kind == E_ADDR && expr_in_string(n) &&
             (to->base->quals & Q_CONST) == 0)
        warn_at(
            tok, "pointers",
            "%s is a string literal, which is constant: a `%s' should point "
            "to it",
            what,
            type_name(type_pointer(type_qualified(n->a->type->base, Q_CONST))));
}

struct node *
expr_convert(struct node *n, struct type *to, const char *what,
             const struct token *tok)
{
    struct type *from;
    bool to_integer = type_is_integer(to);

    n = expr_value(n);
    from = n->type;
    if (expr_is_error(n) || to->kind == T_ERROR)
        return n;
    if (from->kind == T_VOID)
        return expr_error(tok, "%s is a void expression: it has no value",
                          what);
    if (type_is_record(to) && type_alike(to, from))
        return n;
    if (to->kind == T_PTR && from->kind == T_PTR)
        check_pointers(n, to, what, tok);
    else if (to_integer && to->kind != T_BOOL && type_is_integer(from))
        check_narrowing(n, to, what, tok);
    else if ((to->kind != T_PTR || !is_null_pointer(n)) &&
             (to->kind != T_BOOL || !type_is_scalar(from))) {
        if (type_is_scalar(to) && type_is_scalar(from))
            return expr_error(
                tok, "%s is %s (`%s') where %s (`%s') is expected%s", what,
                to_integer ? "a pointer" : "an integer", type_name(from),
                to_integer ? "an integer" : "a pointer", type_name(to),
                n->tok->text[0] == '\'' ? "; a string has double quotes"
                : is_short_string(n)    ? "; a character has single quotes"
                : n->kind == E_ADDR && expr_in_string(n)
                    ? ""
                    : "; a cast makes one of the other");
        return expr_error(tok, "%s is a `%s' where a `%s' is expected", what,
                          type_name(from), type_name(to));
    }
    return expr_cast(n, to);
}

/* ---- places ------------------------------------------------------------- */

struct node *
expr_deref(struct node *a, const struct token *tok)
{
    a = expr_value(a);
    if (expr_is_error(a))
        return a;
    if (a->type->kind != T_PTR)
        return expr_error(tok, "`%s' needs a pointer, not a `%s'%s", tok->text,
                          type_name(a->type),
                          token_is(tok, "->") && type_is_record(a->type)
                              ? ": use . instead of ->"
                              : "");
    if (a->kind == E_ADDR && a->type->base == a->a->type)
        return a->a; /* *&x; but not the first element of an array */
    return node_unary(E_DEREF, a->type->base, a, tok);
}

struct node *
expr_address(struct node *a, const struct token *tok)
{
    if (expr_is_error(a))
        return a;
    if (a->type->kind != T_FUNC && !is_lvalue(a))
        return expr_error(tok, "this has no address");
    if (a->kind == E_MEMBER && a->member->is_bits)
        return expr_error(tok, "a bit-field has no address");
    if (a->kind == E_DEREF && a->a->type->kind == T_PTR)
        return a->a;
    mark_addressed(a);
    return node_unary(E_ADDR, type_pointer(a->type), a, tok);
}

struct node *
expr_member(struct node *a, const char *name, const struct token *tok)
{
    struct type *t = a->type;
    struct node *n;
    struct member *m;
    uint32_t offset = 0;

    if (expr_is_error(a))
        return a;
    if (t->kind == T_PTR && type_is_record(t->base))
        return expr_error(tok, "a pointer has no members: use -> instead of .");
    if (!type_is_record(t))
        return expr_error(tok, "a `%s' has no members", type_name(t));
    if (!expr_complete(t, tok))
        return expr_error(tok, NULL);
    m = record_find(t->rec, name, &offset);
    if (m == NULL)
        return expr_error(tok, "`%s' has no member `%s'%s", type_name(t), name,
                          record_hint(t->rec, name));
    n = node_unary(E_MEMBER, type_qualified(m->type, t->quals), a, tok);
    n->member = m;
    n->value = offset + m->offset;
    return n;
}

/* ---- binary operators ---------------------------------------------------- */

static struct node *
bad_operands(struct node *a, struct node *b, const struct token *tok)
{
    if (expr_is_error(a) || expr_is_error(b))
        return expr_error(tok, NULL);
    return expr_error(tok, "`%s' cannot have the operands `%s' and `%s'%s",
                      tok->text, type_name(a->type), type_name(b->type),
                      type_is_integer(a->type) && is_short_string(b)
                          ? "; a character has single quotes"
                          : "");
}

static struct node *
binary_node(enum operator op, struct type *type, struct node *a, struct node *b,
            const struct token *tok)
{
    struct node *n = node_new(E_BINARY, type, tok);

    n->op = op;
    n->a = a;
    n->b = b;
    return constant_fold(n);
}

static bool
check_pointee(const struct node *a, const struct token *tok)
{
    return a->type->base->kind == T_VOID || expr_complete(a->type->base, tok);
}

/* The size of what a points to; void counts as bytes. */
static uint32_t
pointee_size(const struct node *a)
{
    const struct type *t = a->type->base;

    return t->kind == T_VOID ? 1 : type_size(t);
}

static struct node *
pointer_add(struct node *a, struct node *b, bool minus, const struct token *tok)
{
    struct node *n;

    if (!check_pointee(a, tok))
        return expr_error(tok, NULL);
    b = expr_cast(expr_promote(b), type_int); /* modulo 2**24 */
    if (minus)
        b = node_unary(E_NEG, type_int, b, tok);
    n = node_binary(E_PTRADD, type_unqualified(a->type), a, b, tok);
    n->scale = pointee_size(a);
    return n;
}

/* The difference of the addresses, divided: there is no remainder, so that a
 * shift will do where the size is a power of two. */
static struct node *
pointer_difference(struct node *a, struct node *b, const struct token *tok)
{
    uint32_t size, k = 0;
    struct node *n;

    if (!pointers_agree(a->type, b->type))
        return bad_operands(a, b, tok);
    if (!check_pointee(a, tok))
        return expr_error(tok, NULL);
    size = pointee_size(a);
    n = binary_node(OP_SUB, type_int, expr_cast(a, type_int),
                    expr_cast(b, type_int), tok);
    if (size <= 1)
        return n;
    while ((size >> k & 1) == 0)
        k++;
    if (size >> k == 1)
        return binary_node(OP_SHR, type_int, n, node_number(k, type_int, tok),
                           tok);
    return binary_node(OP_DIV, type_int, n, node_number(size, type_int, tok),
                       tok);
}

static struct node *
compare_pointers(enum operator op, struct node *a, struct node *b,
                 const struct token *tok)
{
    bool pa = a->type->kind == T_PTR;
    bool pb = b->type->kind == T_PTR;

    if (pa && pb) {
        if ((a->kind == E_ADDR && expr_in_string(a)) ||
            (b->kind == E_ADDR && expr_in_string(b)))
            warn_at(tok, "pointers",
                    "`%s' compares where the strings are: strcmp() compares "
                    "what is in them",
                    tok->text);
        /* Only the same kind of objects have an order. */
        if (op < OP_EQ ? a->type->base->kind == T_FUNC ||
                             !type_alike(a->type->base, b->type->base)
                       : !pointers_agree(a->type, b->type) &&
                             !is_null_pointer(a) && !is_null_pointer(b))
            warn_at(tok, "pointers",
                    op < OP_EQ ? "a `%s' and a `%s' have no order"
                               : "comparing a `%s' with a `%s'",
                    type_name(a->type), type_name(b->type));
    } else if (op < OP_EQ || !is_null_pointer(pa ? b : a))
        return bad_operands(a, b, tok);
    else if ((pa ? b : a)->tok->text[0] == '\'')
        warn_at(tok, "pointers",
                "`%s' compares a pointer with a character: "
                "`*' or an index is missing",
                tok->text);
    return binary_node(op, type_int, expr_cast(a, type_uint),
                       expr_cast(b, type_uint), tok);
}

static const char *
overflow(const struct token *tok, const struct type *type)
{
    return cc_format("the result of `%s' does not fit into `%s'", tok->text,
                     type_name(type));
}

/* What was not folded, though it has numbers as operands, has no value in C. */
static struct node *
checked_overflow(struct node *n)
{
    if ((n->kind == E_NEG && n->a->kind == E_NUM) ||
        (n->kind == E_BINARY && n->op <= OP_DIV && n->a->kind == E_NUM &&
         n->b->kind == E_NUM && (n->op != OP_DIV || n->b->value != 0)))
        constant_undefined(n->tok, overflow(n->tok, n->type));
    return n;
}

struct node *
expr_binary(enum operator op, struct node *a, struct node *b,
            const struct token *tok)
{
    bool pa, pb;
    struct type *t;

    a = expr_promote(a);
    b = expr_promote(b);
    if (expr_is_error(a) || expr_is_error(b))
        return expr_error(tok, NULL);
    pa = a->type->kind == T_PTR;
    pb = b->type->kind == T_PTR;
    if (!type_is_scalar(a->type) || !type_is_scalar(b->type))
        return bad_operands(a, b, tok);
    if (op >= OP_LT && (pa || pb))
        return compare_pointers(op, a, b, tok);
    if (op == OP_ADD && pa != pb)
        return pa ? pointer_add(a, b, false, tok)
                  : pointer_add(b, a, false, tok);
    if (op == OP_SUB && pa)
        return pb ? pointer_difference(a, b, tok)
                  : pointer_add(a, b, true, tok);
    if (pa || pb)
        return bad_operands(a, b, tok);
    if (op == OP_SHL || op == OP_SHR) {
        b = expr_cast(b, type_int);
        if (b->kind == E_NUM &&
            (b->value < 0 || b->value >= (int64_t)type_size(a->type) * 8))
            constant_undefined(tok, cc_format("shifting a `%s' by %lld bits",
                                              type_name(a->type),
                                              (long long)b->value));
        else if (op == OP_SHL && a->kind == E_NUM && b->kind == E_NUM &&
                 a->type == type_int &&
                 (a->value * ((int64_t)1 << b->value) > UINT32_MAX ||
                  a->value * ((int64_t)1 << b->value) < INT32_MIN))
            warn_at(tok, "constants", "%s", overflow(tok, a->type));
        return binary_node(op, a->type, a, b, tok);
    }
    if ((op == OP_DIV || op == OP_MOD) && b->kind == E_NUM && b->value == 0)
        constant_undefined(tok, "division by zero");
    if (op >= OP_LT)
        check_comparison(op, a, b, tok);
    t = type_common(a->type, b->type);
    return checked_overflow(binary_node(op, op >= OP_LT ? type_int : t,
                                        expr_cast(a, t), expr_cast(b, t), tok));
}

/* ---- unary operators ----------------------------------------------------- */

struct node *
expr_unary(char op, struct node *a, const struct token *tok)
{
    if (op == '!')
        check_truth(a);
    a = op == '!' ? expr_value(a) : expr_promote(a);
    if (expr_is_error(a))
        return a;
    if (op == '!' ? !type_is_scalar(a->type) : !type_is_integer(a->type))
        return expr_error(tok, "`%s' cannot have the operand `%s'", tok->text,
                          type_name(a->type));
    if (op == '+') /* the value: nothing can be assigned to it */
        return is_lvalue(a) ? node_unary(E_CAST, a->type, a, a->tok) : a;
    if (op == '!')
        return node_unary(E_LNOT, type_int, a, tok);
    return checked_overflow(
        node_unary(op == '-' ? E_NEG : E_NOT, a->type, a, tok));
}

/* ---- assignment ---------------------------------------------------------- */

struct node *
expr_assign(struct node *a, struct node *b, const struct token *tok)
{
    if (!check_modifiable(a, tok))
        return expr_error(tok, NULL);
    if (a->kind == E_VAR && b->kind == E_UPDATE && b->postfix &&
        b->a->kind == E_VAR && b->a->sym == a->sym)
        warn_at(tok, "unused",
                "both `=' and `%s' set `%s': which one lasts is not defined",
                b->tok->text, a->sym->name);
    b = expr_convert(b, a->type, "the right side", tok);
    check_bit_field(b, expr_bit_field(a), tok);
    return node_binary(E_ASSIGN, type_unqualified(a->type), a, b, tok);
}

struct node *
expr_update(enum operator op, struct node *a, struct node *b, bool postfix,
            const struct token *tok)
{
    struct node *n, *r;

    if (!check_modifiable(a, tok))
        return expr_error(tok, NULL);
    /* The binary operator checks and converts; its right side is used. */
    r = expr_binary(op, a, b, tok);
    if (expr_is_error(r))
        return r;
    if ((r->kind == E_PTRADD) != (a->type->kind == T_PTR))
        return bad_operands(a, b, tok);
    check_update(op, a, b, tok);
    n = node_binary(E_UPDATE, type_unqualified(a->type), a, r->b, tok);
    n->op = op;
    n->scale = r->scale;
    n->ctype = r->a->type;
    n->postfix = postfix;
    return n;
}

/* ---- a ? b : c ----------------------------------------------------------- */

/* The type of both branches together; NULL if there is none. */
static struct type *
branch_type(struct node *b, struct node *c, const struct token *tok)
{
    struct type *tb = b->type, *tc = c->type;
    int quals;

    if (type_is_integer(tb) && type_is_integer(tc))
        return type_common(tb, tc);
    if (tb->kind == T_VOID && tc->kind == T_VOID)
        return type_void;
    if (type_is_record(tb) || type_is_record(tc))
        return type_alike(tb, tc) ? type_unqualified(tb) : NULL;
    if (tb->kind == T_PTR && is_null_pointer(c))
        return tb;
    if (tc->kind == T_PTR && is_null_pointer(b))
        return tc;
    if (tb->kind != T_PTR || tc->kind != T_PTR)
        return NULL;
    quals = tb->base->quals | tc->base->quals;
    if (!pointers_agree(tb, tc))
        warn_at(tok, "pointers", "one of a `%s' and a `%s'", type_name(tb),
                type_name(tc));
    if (tb->base->kind == T_VOID || tc->base->kind == T_VOID)
        return type_pointer(type_qualified(type_void, quals));
    return type_pointer(type_qualified(
        type_composite(type_unqualified(tb->base), type_unqualified(tc->base)),
        quals));
}

struct node *
expr_conditional(struct node *a, struct node *b, struct node *c,
                 const struct token *tok)
{
    struct type *t;
    struct node *n;

    b = expr_promote(b);
    c = expr_promote(c);
    if (expr_is_error(a) || expr_is_error(b) || expr_is_error(c))
        return expr_error(tok, NULL);
    t = branch_type(b, c, tok);
    if (t == NULL)
        return bad_operands(b, c, tok);
    n = node_new(E_COND, t, tok);
    n->a = a;
    n->b = t->kind == T_VOID || type_is_record(t) ? b : expr_cast(b, t);
    n->c = t->kind == T_VOID || type_is_record(t) ? c : expr_cast(c, t);
    return constant_fold(n);
}
