/*
 * parse_expr.c - the grammar of expressions.
 */
#include "parse.h"

#include <string.h>

#include "program.h"

/* ---- postfix, unary, cast ------------------------------------------------ */

static struct node *
postfix(struct parser *p, struct node *n)
{
    for (;;) {
        const struct token *tok = p->t;

        if (accept(p, '[')) {
            struct node *index = parse_expression(p);

            expect(p, ']', "behind the index");
            n = expr_deref(expr_binary(OP_ADD, n, index, tok), tok);
        } else if (accept(p, '(')) {
            n = parse_call(p, n, tok);
        } else if (accept(p, '.') || accept(p, PUNCT2('-', '>'))) {
            if (p->t->kind != TK_IDENT)
                parse_error(p, "the name of a member");
            if (tok->code != '.')
                n = expr_deref(n, tok);
            n = expr_member(n, p->t->text, p->t);
            p->t++;
        } else if (accept(p, PUNCT2('+', '+')))
            n = expr_step(false, true, n, tok);
        else if (accept(p, PUNCT2('-', '-')))
            n = expr_step(true, true, n, tok);
        else
            return n;
    }
}

static struct node *
compound_literal(struct parser *p, struct type *type, const struct token *tok)
{
    struct node *n = node_new(E_LITERAL, type, tok);
    bool is_static = p->function == NULL;

    if (is_static)
        n->sym = static_object(p, "literal", tok, type);
    else {
        n->sym = cc_alloc(sizeof(*n->sym));
        n->sym->kind = SYM_OBJECT;
        n->sym->name = "literal";
        n->sym->tok = tok;
        n->sym->used = true;
    }
    n->sym->init = parse_initializer(p, &type, is_static);
    n->type = n->sym->type = type;
    return n;
}

/* `(` type-name `)` comes next. */
static bool
type_in_parentheses(const struct parser *p)
{
    struct parser q = *p;

    if (!accept(&q, '('))
        return false;
    return starts_type(&q);
}

static struct node *
size_of(struct parser *p, bool align)
{
    const struct token *tok = p->t++;
    struct type *t;

    if (type_in_parentheses(p)) {
        p->t++;
        t = parse_type_name(p);
        expect(p, ')', "behind the type");
        if (is_punct(p, '{'))
            t = postfix(p, compound_literal(p, t, tok))->type;
    } else {
        /* The operand is not evaluated. */
        struct node *n;

        nest_enter(p);
        n = parse_cast(p);
        nest_leave(p);
        if (n->kind == E_MEMBER && n->member->is_bits)
            error_at(tok, "a bit-field has no size in bytes");
        t = n->type;
    }
    if (t->kind == T_ERROR)
        return node_number(1, type_error, tok);
    if (t->kind == T_FUNC || !type_is_complete(t)) {
        error_at(tok, "`%s' has no known size", type_name(t));
        return node_number(1, type_error, tok);
    }
    return node_number(align ? type_align(t) : type_size(t), type_uint, tok);
}

static struct node *
unary(struct parser *p)
{
    const struct token *tok = p->t;
    struct node *n;

    if (is_keyword(p, KW_SIZEOF))
        return size_of(p, false);
    if (is_keyword(p, KW_ALIGNOF))
        return size_of(p, true);
    if (tok->kind == TK_IDENT && strcmp(tok->text, "__extension__") == 0) {
        p->t++;
        return parse_cast(p);
    }
    if (tok->kind != TK_PUNCT)
        return postfix(p, parse_primary(p));
    switch (tok->code) {
    case '+':
    case '-':
    case '~':
    case '!':
        p->t++;
        nest_enter(p);
        n = expr_unary(tok->code, parse_cast(p), tok);
        nest_leave(p);
        return n;
    case '*':
        p->t++;
        nest_enter(p);
        n = expr_deref(parse_cast(p), tok);
        nest_leave(p);
        return n;
    case '&':
        p->t++;
        nest_enter(p);
        n = expr_address(parse_cast(p), tok);
        nest_leave(p);
        return n;
    case PUNCT2('+', '+'):
    case PUNCT2('-', '-'):
        p->t++;
        nest_enter(p);
        n = parse_cast(p);
        nest_leave(p);
        return expr_step(tok->code == PUNCT2('-', '-'), false, n, tok);
    default:
        return postfix(p, parse_primary(p));
    }
}

static struct node *
cast(struct type *to, struct node *n, const struct token *tok)
{
    struct node *r;

    if (type_is_integer(n->type) && n->kind == E_MEMBER)
        n = expr_promote(n);
    n = expr_value(n);
    if (to->kind == T_VOID) {
        r = node_new(E_CAST, to, tok);
        r->a = n;
        return r;
    }
    if (n->type->kind == T_ERROR || to->kind == T_ERROR)
        return node_number(1, type_error, tok);
    if (!type_is_scalar(to) || !type_is_scalar(n->type)) {
        if (type_is_record(to) &&
            type_compatible(type_unqualified(to), type_unqualified(n->type)))
            return n;
        error_at(tok, "a `%s' cannot be cast to `%s'", type_name(n->type),
                 type_name(to));
        return node_number(1, type_error, tok);
    }
    r = expr_cast(n, to);
    if (r == n) { /* no longer an lvalue */
        r = node_new(E_CAST, type_unqualified(to), tok);
        r->a = n;
        r = constant_fold(r);
    }
    return r;
}

struct node *
parse_cast(struct parser *p)
{
    const struct token *tok = p->t;
    struct type *type;
    struct node *n;

    if (!type_in_parentheses(p))
        return unary(p);
    p->t++;
    type = parse_type_name(p);
    expect(p, ')', "behind the type");
    if (is_punct(p, '{'))
        return postfix(p, compound_literal(p, type, tok));
    nest_enter(p);
    n = cast(type, parse_cast(p), tok);
    nest_leave(p);
    return n;
}

/* ---- binary, conditional, assignment ------------------------------------- */

static const struct {
    int punct, precedence;
    enum operator op;
} binary_ops[] = {
    {'*', 10, OP_MUL},
    {'/', 10, OP_DIV},
    {'%', 10, OP_MOD},
    {'+', 9, OP_ADD},
    {'-', 9, OP_SUB},
    {PUNCT2('<', '<'), 8, OP_SHL},
    {PUNCT2('>', '>'), 8, OP_SHR},
    {'<', 7, OP_LT},
    {'>', 7, OP_GT},
    {PUNCT2('<', '='), 7, OP_LE},
    {PUNCT2('>', '='), 7, OP_GE},
    {PUNCT2('=', '='), 6, OP_EQ},
    {PUNCT2('!', '='), 6, OP_NE},
    {'&', 5, OP_AND},
    {'^', 4, OP_XOR},
    {'|', 3, OP_OR},
    {PUNCT2('&', '&'), 2, OP_ADD},
    {PUNCT2('|', '|'), 1, OP_ADD},
};
enum { NBINARY = sizeof(binary_ops) / sizeof(binary_ops[0]) };

static struct node *
truth_value(struct node *n)
{
    n = expr_value(n);
    if (n->type->kind != T_ERROR && !type_is_scalar(n->type)) {
        error_at(n->tok, "a condition is a number or a pointer, not a `%s'",
                 type_name(n->type));
        return node_number(1, type_error, n->tok);
    }
    return n;
}

static struct node *
logical(enum node_kind kind, struct node *a, struct node *b,
        const struct token *tok)
{
    struct node *n = node_new(kind, type_int, tok);

    n->a = truth_value(a);
    n->b = truth_value(b);
    return constant_fold(n);
}

/* a & b == c, a << b + c: hardly what was meant. */
static void
check_precedence(enum operator op, const struct node *a, const struct node *b,
                 const struct token *tok)
{
    if (op != OP_AND && op != OP_OR && op != OP_XOR)
        return;
    if ((!a->parens && a->kind == E_BINARY && a->op >= OP_LT) ||
        (!b->parens && b->kind == E_BINARY && b->op >= OP_LT))
        warn_at(tok, "parentheses",
                "comparisons bind tighter than `%s': put "
                "parentheses",
                tok->text);
}

static struct node *
binary(struct parser *p, int lowest)
{
    struct node *a = parse_cast(p);

    while (p->t->kind == TK_PUNCT) {
        const struct token *tok = p->t;
        struct node *b;
        int i;

        for (i = 0; i < NBINARY && binary_ops[i].punct != tok->code; i++)
            ;
        if (i == NBINARY || binary_ops[i].precedence < lowest)
            break;
        p->t++;
        b = binary(p, binary_ops[i].precedence + 1);
        if (binary_ops[i].precedence > 2) {
            check_precedence(binary_ops[i].op, a, b, tok);
            a = expr_binary(binary_ops[i].op, a, b, tok);
        } else
            a = logical(binary_ops[i].precedence == 2 ? E_ANDAND : E_OROR, a, b,
                        tok);
    }
    return a;
}

static struct node *
conditional(struct parser *p)
{
    struct node *a = binary(p, 1);
    const struct token *tok = p->t;
    struct node *b, *c;

    if (!accept(p, '?'))
        return a;
    a = truth_value(a);
    nest_enter(p);
    b = parse_expression(p);
    expect(p, ':', "between the two values");
    c = conditional(p);
    nest_leave(p);
    return expr_conditional(a, b, c, tok);
}

static const struct {
    int punct;
    enum operator op;
} assign_ops[] = {
    {PUNCT2('+', '='), OP_ADD},      {PUNCT2('-', '='), OP_SUB},
    {PUNCT2('*', '='), OP_MUL},      {PUNCT2('/', '='), OP_DIV},
    {PUNCT2('%', '='), OP_MOD},      {PUNCT2('&', '='), OP_AND},
    {PUNCT2('|', '='), OP_OR},       {PUNCT2('^', '='), OP_XOR},
    {PUNCT3('<', '<', '='), OP_SHL}, {PUNCT3('>', '>', '='), OP_SHR},
};
enum { NASSIGN = sizeof(assign_ops) / sizeof(assign_ops[0]) };

struct node *
parse_assignment(struct parser *p)
{
    struct node *a = conditional(p);
    const struct token *tok = p->t;
    struct node *b;

    if (tok->kind != TK_PUNCT)
        return a;
    if (tok->code == '=') {
        p->t++;
        nest_enter(p);
        b = parse_assignment(p);
        nest_leave(p);
        return expr_assign(OP_ADD, true, a, b, tok);
    }
    for (int i = 0; i < NASSIGN; i++)
        if (assign_ops[i].punct == tok->code) {
            p->t++;
            nest_enter(p);
            b = parse_assignment(p);
            nest_leave(p);
            return expr_assign(assign_ops[i].op, false, a, b, tok);
        }
    return a;
}

struct node *
parse_expression(struct parser *p)
{
    struct node *a = parse_assignment(p);

    while (is_punct(p, ',')) {
        struct node *n = node_new(E_COMMA, NULL, p->t++);

        n->a = expr_value(a);
        n->b = expr_value(parse_assignment(p));
        n->type = type_unqualified(n->b->type);
        a = n;
    }
    return a;
}

struct node *
parse_condition(struct parser *p)
{
    struct node *n = parse_expression(p);

    if (n->kind == E_ASSIGN && !n->parens)
        warn_at(n->tok, "parentheses",
                "an assignment as condition: == compares; if = is meant, put "
                "parentheses around it");
    return truth_value(n);
}

int64_t
parse_constant(struct parser *p, const char *what)
{
    const struct token *tok = p->t;
    struct node *n = expr_value(conditional(p));
    struct constant c;

    if (n->type->kind == T_ERROR)
        return 1;
    if (n->kind == E_NUM && type_is_integer(n->type))
        return n->value;
    /* offsetof as the address of a member at location 0 */
    if (type_is_integer(n->type) && constant_of(n, &c) && c.sym == NULL)
        return c.value;
    error_at(tok, "%s must be an integer constant", what);
    return 1;
}
