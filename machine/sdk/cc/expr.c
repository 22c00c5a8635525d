/*
 * expr.c - expressions with their types: values, conversions, places.
 *
 * Each function takes operands that have their types and makes the node for
 * one operator, with every implicit conversion written out as a cast.  After
 * a message the result has type_error.
 */
#include "parse.h"

#include <stdarg.h>
#include <string.h>

struct node *
node_new(enum node_kind kind, struct type *type, const struct token *tok)
{
    struct node *n = cc_alloc(sizeof(*n));

    n->kind = kind;
    n->type = type;
    n->tok = tok;
    return n;
}

struct node *
node_binary(enum node_kind kind, struct type *type, struct node *a,
            struct node *b, const struct token *tok)
{
    struct node *n = node_new(kind, type, tok);

    n->a = a;
    n->b = b;
    return constant_fold(n);
}

struct node *
node_unary(enum node_kind kind, struct type *type, struct node *a,
           const struct token *tok)
{
    return node_binary(kind, type, a, NULL, tok);
}

struct node *
node_number(int64_t value, struct type *type, const struct token *tok)
{
    struct node *n = node_new(E_NUM, type, tok);

    n->value = constant_wrap(type, value);
    return n;
}

struct node *
node_variable(struct symbol *s, const struct token *tok)
{
    struct node *n = node_new(E_VAR, s->type, tok);

    s->used = true;
    s->uses++;
    if (s->use == NULL)
        s->use = tok;
    n->sym = s;
    return n;
}

struct node *
expr_error(const struct token *tok, const char *fmt, ...)
{
    va_list ap;

    if (fmt != NULL) {
        va_start(ap, fmt);
        error_list(tok, fmt, ap);
        va_end(ap);
    }
    return node_number(1, type_error, tok);
}

bool
expr_is_error(const struct node *n)
{
    return n->type->kind == T_ERROR;
}

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

bool
expr_check_modifiable(const struct node *n, const struct token *tok)
{
    if (expr_is_error(n))
        return false;
    if (!is_lvalue(n) || n->type->kind == T_ARRAY || n->type->kind == T_FUNC)
        error_at(tok, "this cannot be assigned to");
    else if ((n->type->quals & Q_CONST) != 0 ||
             (type_is_record(n->type) && n->type->rec->has_const))
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

bool
expr_is_null_pointer(const struct node *n)
{
    return n->kind == E_NUM && n->value == 0 &&
           (type_is_integer(n->type) ||
            (n->type->kind == T_PTR && n->type->base->kind == T_VOID));
}

bool
expr_pointers_agree(const struct type *a, const struct type *b)
{
    struct type *ua = type_unqualified(a->base);
    struct type *ub = type_unqualified(b->base);

    return ua->kind == T_VOID || ub->kind == T_VOID || type_compatible(ua, ub);
}

bool
expr_differ_in_sign(const struct type *a, const struct type *b)
{
    return type_is_integer(a->base) && type_is_integer(b->base) &&
           type_size(a->base) == type_size(b->base);
}

/* A pointer n becomes one of type `to`: is that what was meant? */
static void
check_pointers(const struct node *n, const struct type *to, const char *what,
               const struct token *tok)
{
    const struct type *from = n->type;
    int lost = from->base->quals & ~to->base->quals & ~Q_RESTRICT;

    if (!expr_pointers_agree(to, from) && !expr_is_null_pointer(n) &&
        !expr_differ_in_sign(to, from))
        warn_at(tok, "pointers", "%s is a `%s' where a `%s' is expected", what,
                type_name(from), type_name(to));
    else if (lost != 0 && to->base->kind != T_FUNC &&
             from->base->kind != T_FUNC)
        warn_at(tok, "pointers", "%s loses the qualifier `%s'", what,
                (lost & Q_CONST) != 0 ? "const" : "volatile");
    else if (n->kind == E_ADDR && expr_in_string(n) &&
             (to->base->quals & Q_CONST) == 0)
        warn_at(tok, "pointers",
                "%s is a string literal, which is constant: a "
                "`const char *' should point to it",
                what);
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
    if (type_is_record(to) &&
        type_compatible(type_unqualified(to), type_unqualified(from)))
        return n;
    if (to->kind == T_PTR && from->kind == T_PTR)
        check_pointers(n, to, what, tok);
    else if (to_integer && to->kind != T_BOOL && type_is_integer(from))
        check_narrowing(n, to, what, tok);
    else if ((to->kind != T_PTR || !expr_is_null_pointer(n)) &&
             (to->kind != T_BOOL || !type_is_scalar(from))) {
        if (type_is_scalar(to) && type_is_scalar(from))
            return expr_error(
                tok,
                "%s is %s (`%s') where %s (`%s') is expected; a cast makes "
                "one of the other",
                what, to_integer ? "a pointer" : "an integer", type_name(from),
                to_integer ? "an integer" : "a pointer", type_name(to));
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
        return expr_error(tok, "`%s' needs a pointer, not a `%s'", tok->text,
                          type_name(a->type));
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
    if (t->kind == T_PTR && t->base->kind == T_ERROR)
        return expr_error(tok, NULL);
    if (!type_is_record(t))
        return expr_error(tok, "a `%s' has no members", type_name(t));
    if (!t->rec->complete)
        return expr_error(
            tok, "`%s' is not complete: its members are not known here",
            type_name(t));
    m = record_find(t->rec, name, &offset);
    if (m == NULL)
        return expr_error(tok, "`%s' has no member `%s'%s", type_name(t), name,
                          record_hint(t->rec, name));
    n = node_unary(E_MEMBER, type_qualified(m->type, t->quals), a, tok);
    n->member = m;
    n->value = offset + m->offset;
    return n;
}
