/*
 * expr.c - expressions with their types: C's conversions and constraints.
 *
 * Each function takes operands that have their types and makes the node for
 * one operator, with every implicit conversion written out as a cast.  After
 * a message the result has type_error.
 */
#include "parse.h"

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

static struct node *
error_node(const struct token *tok)
{
    return node_number(1, type_error, tok);
}

static bool
is_error(const struct node *n)
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

/* Is this the object of a string literal, or an address or element of it? */
static bool
is_in_string(const struct node *n)
{
    while (n->kind == E_DEREF || n->kind == E_ADDR || n->kind == E_CAST ||
           n->kind == E_PTRADD)
        n = n->a;
    return n->kind == E_VAR && n->sym->name != NULL &&
           strcmp(n->sym->name, STRING_NAME) == 0;
}

static bool
check_modifiable(const struct node *n, const struct token *tok)
{
    if (is_error(n))
        return false;
    if (!is_lvalue(n) || n->type->kind == T_ARRAY || n->type->kind == T_FUNC) {
        error_at(tok, "this cannot be assigned to");
        return false;
    }
    if ((n->type->quals & Q_CONST) != 0 ||
        (type_is_record(n->type) && n->type->rec->has_const)) {
        error_at(tok, "this is const");
        return false;
    }
    if (n->kind == E_DEREF && is_in_string(n)) {
        error_at(tok, "a string literal is constant: copy it into an array");
        return false;
    }
    return true;
}

struct node *
expr_value(struct node *n)
{
    struct node *r;

    if (n->type->kind == T_ARRAY) {
        mark_addressed(n);
        r = node_new(E_ADDR, type_pointer(n->type->base), n->tok);
        r->a = n;
        return r;
    }
    if (n->type->kind == T_FUNC) {
        r = node_new(E_ADDR, type_pointer(n->type), n->tok);
        r->a = n;
        return r;
    }
    return n;
}

/* ---- conversions --------------------------------------------------------- */

/* The bit-field whose value n is, or NULL. */
static const struct member *
bit_field_of(const struct node *n)
{
    while (n->kind == E_COMMA || n->kind == E_ASSIGN || n->kind == E_UPDATE)
        n = n->kind == E_COMMA ? n->b : n->a;
    return n->kind == E_MEMBER && n->member->is_bits ? n->member : NULL;
}

struct node *
expr_promote(struct node *n)
{
    const struct member *m = bit_field_of(n);

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
    struct node *r;

    if (is_error(n) || to->kind == T_ERROR || n->type == to)
        return n;
    to = type_unqualified(to);
    r = node_new(E_CAST, to, n->tok);
    r->a = n;
    return constant_fold(r);
}

static bool
is_null_pointer(const struct node *n)
{
    return n->kind == E_NUM && n->value == 0 &&
           (type_is_integer(n->type) ||
            (n->type->kind == T_PTR && n->type->base->kind == T_VOID));
}

static bool
pointers_agree(const struct type *a, const struct type *b)
{
    struct type *ua = type_unqualified(a->base);
    struct type *ub = type_unqualified(b->base);

    return ua->kind == T_VOID || ub->kind == T_VOID || type_compatible(ua, ub);
}

/* char * and unsigned char *, int * and long *, ... */
static bool
differ_in_sign_only(const struct type *a, const struct type *b)
{
    return type_is_integer(a->base) && type_is_integer(b->base) &&
           type_size(a->base) == type_size(b->base);
}

struct node *
expr_convert(struct node *n, struct type *to, const char *what,
             const struct token *tok)
{
    struct type *from;

    n = expr_value(n);
    from = n->type;
    if (is_error(n) || to->kind == T_ERROR)
        return n;
    if (from->kind == T_VOID) {
        error_at(tok, "%s is a void expression: it has no value", what);
        return error_node(tok);
    }
    if (type_is_record(to) || type_is_record(from)) {
        if (type_compatible(type_unqualified(to), type_unqualified(from)))
            return n;
    } else if (to->kind == T_PTR && from->kind == T_PTR) {
        int lost = from->base->quals & ~to->base->quals & ~Q_RESTRICT;

        if (!pointers_agree(to, from) && !is_null_pointer(n) &&
            !differ_in_sign_only(to, from))
            warn_at(tok, "pointers", "%s is a `%s' where a `%s' is expected",
                    what, type_name(from), type_name(to));
        else if (lost != 0 && to->base->kind != T_FUNC &&
                 from->base->kind != T_FUNC)
            warn_at(tok, "pointers", "%s loses the qualifier `%s'", what,
                    (lost & Q_CONST) != 0 ? "const" : "volatile");
        else if (n->kind == E_ADDR && is_in_string(n) &&
                 (to->base->quals & Q_CONST) == 0)
            warn_at(tok, "pointers",
                    "%s is a string literal, which is constant: a "
                    "`const char *' should point to it",
                    what);
        return expr_cast(n, to);
    } else if (to->kind == T_PTR && is_null_pointer(n)) {
        return expr_cast(n, to);
    } else if (to->kind == T_BOOL && type_is_scalar(from)) {
        return expr_cast(n, to);
    } else if (type_is_integer(to) && type_is_integer(from)) {
        check_narrowing(n, to, what, tok);
        return expr_cast(n, to);
    }
    if (to->kind == T_PTR && type_is_integer(from))
        error_at(tok,
                 "%s is an integer (`%s') where a pointer (`%s') is "
                 "expected; a cast makes one of the other",
                 what, type_name(from), type_name(to));
    else if (type_is_integer(to) && from->kind == T_PTR)
        error_at(tok,
                 "%s is a pointer (`%s') where an integer (`%s') is "
                 "expected; a cast makes one of the other",
                 what, type_name(from), type_name(to));
    else
        error_at(tok, "%s is a `%s' where a `%s' is expected", what,
                 type_name(from), type_name(to));
    return error_node(tok);
}

/* ---- binary operators ---------------------------------------------------- */

static struct node *
bad_operands(struct node *a, struct node *b, const struct token *tok)
{
    if (!is_error(a) && !is_error(b))
        error_at(tok, "`%s' cannot have the operands `%s' and `%s'", tok->text,
                 type_name(a->type), type_name(b->type));
    return error_node(tok);
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
check_pointee(const struct node *n, const struct token *tok)
{
    const struct type *t = n->type->base;

    if (t->kind == T_VOID || type_is_complete(t))
        return true;
    error_at(tok, "`%s' points to an incomplete type: its size is not known",
             type_name(n->type));
    return false;
}

/* The size by which a pointer moves; void and functions count as bytes. */
static uint32_t
pointee_size(const struct node *n)
{
    uint32_t size = type_size(n->type->base);

    return n->type->base->kind == T_VOID ? 1 : size;
}

static struct node *
pointer_add(struct node *a, struct node *b, bool minus, const struct token *tok)
{
    struct node *n;

    if (!check_pointee(a, tok))
        return error_node(tok);
    b = expr_promote(b);
    b = expr_cast(b, type_int); /* addresses count modulo 2**24 */
    if (minus) {
        n = node_new(E_NEG, type_int, tok);
        n->a = b;
        b = constant_fold(n);
    }
    n = node_new(E_PTRADD, type_unqualified(a->type), tok);
    n->a = a;
    n->b = b;
    n->scale = pointee_size(a);
    return n;
}

static struct node *
pointer_difference(struct node *a, struct node *b, const struct token *tok)
{
    struct node *n;

    if (!pointers_agree(a->type, b->type))
        return bad_operands(a, b, tok);
    if (!check_pointee(a, tok))
        return error_node(tok);
    n = node_new(E_PTRDIFF, type_int, tok);
    n->a = a;
    n->b = b;
    n->scale = pointee_size(a);
    return n;
}

static struct node *
compare_pointers(enum operator op, struct node *a, struct node *b,
                 const struct token *tok)
{
    bool pa = a->type->kind == T_PTR;
    bool pb = b->type->kind == T_PTR;

    if (pa && pb) {
        if ((a->kind == E_ADDR && is_in_string(a)) ||
            (b->kind == E_ADDR && is_in_string(b)))
            warn_at(tok, "pointers",
                    "`%s' compares where the strings are: strcmp() compares "
                    "what is in them",
                    tok->text);
        if (!pointers_agree(a->type, b->type) && !is_null_pointer(a) &&
            !is_null_pointer(b) && !differ_in_sign_only(a->type, b->type))
            warn_at(tok, "pointers", "comparing a `%s' with a `%s'",
                    type_name(a->type), type_name(b->type));
    } else if (!is_null_pointer(pa ? b : a))
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
    if (is_error(a) || is_error(b))
        return error_node(tok);
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
expr_unary(int punct, struct node *a, const struct token *tok)
{
    struct node *n;

    a = punct == '!' ? expr_value(a) : expr_promote(a);
    if (is_error(a))
        return a;
    if (punct == '!' ? !type_is_scalar(a->type) : !type_is_integer(a->type)) {
        error_at(tok, "`%s' cannot have the operand `%s'", tok->text,
                 type_name(a->type));
        return error_node(tok);
    }
    if (punct == '+')
        return a;
    n = node_new(punct == '-'   ? E_NEG
                 : punct == '~' ? E_NOT
                                : E_LNOT,
                 punct == '!' ? type_int : a->type, tok);
    n->a = a;
    return constant_fold(n);
}

struct node *
expr_deref(struct node *a, const struct token *tok)
{
    struct node *n;

    a = expr_value(a);
    if (is_error(a))
        return a;
    if (a->type->kind != T_PTR) {
        error_at(tok, "`%s' needs a pointer, not a `%s'", tok->text,
                 type_name(a->type));
        return error_node(tok);
    }
    if (a->kind == E_ADDR && a->type->base == a->a->type)
        return a->a; /* *&x; but not the first element of an array */
    n = node_new(E_DEREF, a->type->base, tok);
    n->a = a;
    return n;
}

struct node *
expr_address(struct node *a, const struct token *tok)
{
    struct node *n;

    if (is_error(a))
        return a;
    if (a->type->kind != T_FUNC && !is_lvalue(a)) {
        error_at(tok, "this has no address");
        return error_node(tok);
    }
    if (a->kind == E_MEMBER && a->member->is_bits) {
        error_at(tok, "a bit-field has no address");
        return error_node(tok);
    }
    if (a->kind == E_DEREF && a->a->type->kind == T_PTR)
        return a->a;
    mark_addressed(a);
    n = node_new(E_ADDR, type_pointer(a->type), tok);
    n->a = a;
    return n;
}

struct node *
expr_member(struct node *a, const char *name, const struct token *tok)
{
    struct node *n;
    struct member *m;
    uint32_t offset = 0;

    if (is_error(a))
        return a;
    if (!type_is_record(a->type)) {
        if (a->type->kind == T_PTR && type_is_record(a->type->base))
            error_at(tok, "a pointer has no members: use -> instead of .");
        else if (a->type->kind != T_PTR || a->type->base->kind != T_ERROR)
            error_at(tok, "a `%s' has no members", type_name(a->type));
        return error_node(tok);
    }
    if (!a->type->rec->complete) {
        error_at(tok, "`%s' is not complete: its members are not known here",
                 type_name(a->type));
        return error_node(tok);
    }
    m = record_find(a->type->rec, name, &offset);
    if (m == NULL) {
        error_at(tok, "`%s' has no member `%s'%s", type_name(a->type), name,
                 record_hint(a->type->rec, name));
        return error_node(tok);
    }
    n = node_new(E_MEMBER, type_qualified(m->type, a->type->quals), tok);
    n->a = a;
    n->member = m;
    n->value = offset + m->offset;
    return n;
}

/* ---- assignment ---------------------------------------------------------- */

struct node *
expr_assign(enum operator op, bool plain, struct node *a, struct node *b,
            const struct token *tok)
{
    struct node *n, *r;

    if (!check_modifiable(a, tok))
        return error_node(tok);
    if (plain) {
        b = expr_convert(b, a->type, "the right side", tok);
        check_bit_field(b, bit_field_of(a), tok);
        n = node_new(E_ASSIGN, type_unqualified(a->type), tok);
        n->a = a;
        n->b = b;
        return n;
    }
    /* The binary operator checks and converts; its right side is used. */
    r = expr_binary(op, a, b, tok);
    if (is_error(r))
        return r;
    if (r->kind == E_PTRDIFF || (r->kind == E_PTRADD && a->type->kind != T_PTR))
        return bad_operands(a, b, tok);
    n = node_new(E_UPDATE, type_unqualified(a->type), tok);
    n->op = op;
    n->a = a;
    n->b = r->b;
    n->scale = r->scale;
    n->ctype = r->a->type;
    return n;
}

struct node *
expr_step(bool down, bool postfix, struct node *a, const struct token *tok)
{
    struct node *n = expr_assign(down ? OP_SUB : OP_ADD, false, a,
                                 node_number(1, type_int, tok), tok);

    if (n->kind == E_UPDATE)
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

    if (type_is_integer(b->type) && type_is_integer(c->type)) {
        b = expr_promote(b);
        c = expr_promote(c);
    }
    b = expr_value(b);
    c = expr_value(c);
    if (is_error(a) || is_error(b) || is_error(c))
        return error_node(tok);
    t = branch_type(b, c, tok);
    if (t == NULL)
        return bad_operands(b, c, tok);
    n = node_new(E_COND, t, tok);
    n->a = a;
    n->b = t->kind == T_VOID || type_is_record(t) ? b : expr_cast(b, t);
    n->c = t->kind == T_VOID || type_is_record(t) ? c : expr_cast(c, t);
    return constant_fold(n);
}
