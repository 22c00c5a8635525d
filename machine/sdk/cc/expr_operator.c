/*
 * expr_operator.c - operators that compute: binary, unary, assignments, and
 * a ? b : c.
 *
 * What their operands may be depends on whether they are numbers or pointers;
 * numbers are brought to a common type first.
 */
#include "parse.h"

/* ---- binary operators ---------------------------------------------------- */

static struct node *
bad_operands(struct node *a, struct node *b, const struct token *tok)
{
    if (expr_is_error(a) || expr_is_error(b))
        return expr_error(tok, NULL);
    return expr_error(tok, "`%s' cannot have the operands `%s' and `%s'",
                      tok->text, type_name(a->type), type_name(b->type));
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
    const struct type *t = a->type->base;

    if (t->kind == T_VOID || type_is_complete(t))
        return true;
    error_at(tok, "`%s' points to an incomplete type: its size is not known",
             type_name(a->type));
    return false;
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

    if (!expr_pointers_agree(a->type, b->type))
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
        if (!expr_pointers_agree(a->type, b->type) &&
            !expr_is_null_pointer(a) && !expr_is_null_pointer(b) &&
            !expr_differ_in_sign(a->type, b->type))
            warn_at(tok, "pointers", "comparing a `%s' with a `%s'",
                    type_name(a->type), type_name(b->type));
    } else if (!expr_is_null_pointer(pa ? b : a))
        return bad_operands(a, b, tok);
    return binary_node(op, type_int, expr_cast(a, type_uint),
                       expr_cast(b, type_uint), tok);
}

static struct node *
shift(enum operator op, struct node *a, struct node *b, const struct token *tok)
{
    a = expr_promote(a);
    b = expr_cast(expr_promote(b), type_int);
    if (b->kind == E_NUM &&
        (b->value < 0 || b->value >= (int64_t)type_size(a->type) * 8))
        warn_at(tok, "constants", "shifting a `%s' by %lld bits",
                type_name(a->type), (long long)b->value);
    return binary_node(op, a->type, a, b, tok);
}

struct node *
expr_binary(enum operator op, struct node *a, struct node *b,
            const struct token *tok)
{
    bool pa, pb;
    struct type *t;

    /* Bit-fields are promoted by their width, so look before. */
    if (type_is_integer(a->type))
        a = expr_promote(a);
    if (type_is_integer(b->type))
        b = expr_promote(b);
    a = expr_value(a);
    b = expr_value(b);
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
    if (op == OP_SHL || op == OP_SHR)
        return shift(op, a, b, tok);
    if ((op == OP_DIV || op == OP_MOD) && b->kind == E_NUM && b->value == 0)
        warn_at(tok, "constants", "division by zero");
    if (op >= OP_LT)
        check_comparison(op, a, b, tok);
    t = type_common(a->type, b->type);
    return binary_node(op, op >= OP_LT ? type_int : t, expr_cast(a, t),
                       expr_cast(b, t), tok);
}

/* ---- unary operators ----------------------------------------------------- */

struct node *
expr_unary(char op, struct node *a, const struct token *tok)
{
    a = op == '!' ? expr_value(a) : expr_promote(a);
    if (expr_is_error(a))
        return a;
    if (op == '!' ? !type_is_scalar(a->type) : !type_is_integer(a->type))
        return expr_error(tok, "`%s' cannot have the operand `%s'", tok->text,
                          type_name(a->type));
    if (op == '+')
        return a;
    if (op == '!')
        return node_unary(E_LNOT, type_int, a, tok);
    return node_unary(op == '-' ? E_NEG : E_NOT, a->type, a, tok);
}

/* ---- assignment ---------------------------------------------------------- */

struct node *
expr_assign(struct node *a, struct node *b, const struct token *tok)
{
    if (!expr_check_modifiable(a, tok))
        return expr_error(tok, NULL);
    b = expr_convert(b, a->type, "the right side", tok);
    check_bit_field(b, expr_bit_field(a), tok);
    return node_binary(E_ASSIGN, type_unqualified(a->type), a, b, tok);
}

struct node *
expr_update(enum operator op, struct node *a, struct node *b, bool postfix,
            const struct token *tok)
{
    struct node *n, *r;

    if (!expr_check_modifiable(a, tok))
        return expr_error(tok, NULL);
    /* The binary operator checks and converts; its right side is used. */
    r = expr_binary(op, a, b, tok);
    if (expr_is_error(r))
        return r;
    if ((r->kind == E_PTRADD) != (a->type->kind == T_PTR))
        return bad_operands(a, b, tok);
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
        return type_compatible(type_unqualified(tb), type_unqualified(tc))
                   ? type_unqualified(tb)
                   : NULL;
    if (tb->kind == T_PTR && expr_is_null_pointer(c))
        return tb;
    if (tc->kind == T_PTR && expr_is_null_pointer(b))
        return tc;
    if (tb->kind != T_PTR || tc->kind != T_PTR)
        return NULL;
    quals = tb->base->quals | tc->base->quals;
    if (!expr_pointers_agree(tb, tc))
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

    if (type_is_integer(b->type) && type_is_integer(c->type)) {
        b = expr_promote(b);
        c = expr_promote(c);
    }
    b = expr_value(b);
    c = expr_value(c);
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
