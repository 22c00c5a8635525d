/*
 * parse_expr.c - the grammar of expressions.
 */
#include "parse.h"

#include <string.h>

/* ---- postfix, unary, cast ------------------------------------------------ */

static struct node *
postfix(struct parser *p, struct node *n)
{
    for (;;) {
        const struct token *tok = p->t;

        if (accept(p, "[")) {
            struct node *index = nested(p, parse_expression);

            expect(p, "]", "behind the index");
            n = expr_deref(expr_binary(OP_ADD, n, index, tok), tok);
        } else if (accept(p, "("))
            n = parse_call(p, n, tok);
        else if (accept(p, ".") || accept(p, "->")) {
            const struct token *name = expect_name(p, "the name of a member");

            if (token_is(tok, "->"))
                n = expr_deref(n, tok);
            n = expr_member(n, name->text, name);
        } else if (accept(p, "++") || accept(p, "--"))
            n = expr_update(token_is(tok, "--") ? OP_SUB : OP_ADD, n,
                            node_number(1, type_int, tok), true, tok);
        else
            return n;
        nest_link(p);
    }
}

static struct node *
compound_literal(struct parser *p, struct type *type, const struct token *tok)
{
    struct node *n = node_new(E_LITERAL, type, tok);
    bool is_static = p->function == NULL;

    n->sym = unnamed_object(p, "literal", tok, type, is_static);
    n->sym->used = true;
    n->sym->init = parse_initializer(p, &type, is_static);
    n->type = n->sym->type = type;
    return n;
}

/* Pass a `(` that has a type behind it. */
static bool
accept_type(struct parser *p)
{
    if (!accept(p, "("))
        return false;
    if (starts_type(p))
        return true;
    p->t--;
    return false;
}

static struct node *
size_of(struct parser *p)
{
    const struct token *tok = p->t - 1;
    struct type *t;

    if (accept_type(p)) {
        t = parse_type_name(p);
        expect(p, ")", "behind the type");
        if (at(p, "{"))
            t = postfix(p, compound_literal(p, t, tok))->type;
    } else {
        if (token_is(tok, "_Alignof"))
            parse_gnu(p, "_Alignof of something else than a type");
        struct node *n;

        p->unevaluated++;
        n = nested(p, parse_cast);
        p->unevaluated--;
        if (n->kind == E_MEMBER && n->member->is_bits)
            error_at(tok, "a bit-field has no size in bytes");
        t = n->type;
    }
    if (t->kind == T_ERROR)
        return expr_error(tok, NULL);
    if (!type_is_complete(t))
        return expr_error(tok, "`%s' has no known size", type_name(t));
    return node_number(token_is(tok, "sizeof") ? type_size(t) : type_align(t),
                       type_uint, tok);
}

static struct node *
unary(struct parser *p)
{
    const struct token *tok = p->t;
    struct node *n;

    if (accept(p, "sizeof") || accept(p, "_Alignof"))
        return size_of(p);
    if (at(p, "&&"))
        parse_gnu(p, "the address of a label");
    if (accept(p, "++") || accept(p, "--"))
        return expr_update(token_is(tok, "--") ? OP_SUB : OP_ADD,
                           nested(p, parse_cast), node_number(1, type_int, tok),
                           false, tok);
    if (!accept(p, "+") && !accept(p, "-") && !accept(p, "~") &&
        !accept(p, "!") && !accept(p, "*") && !accept(p, "&"))
        return postfix(p, parse_primary(p));
    n = nested(p, parse_cast);
    if (token_is(tok, "*"))
        return expr_deref(n, tok);
    if (token_is(tok, "&"))
        return expr_address(n, tok);
    return expr_unary(tok->word[0], n, tok);
}

static struct node *
cast(struct type *to, struct node *n, const struct token *tok)
{
    if (type_is_integer(n->type) && n->kind == E_MEMBER)
        n = expr_promote(n);
    n = expr_value(n);
    if (to->kind == T_VOID)
        return node_unary(E_CAST, to, n, tok);
    if (expr_is_error(n) || to->kind == T_ERROR)
        return expr_error(tok, NULL);
    if (!type_is_scalar(to) || !type_is_scalar(n->type))
        return expr_error(tok, "a `%s' cannot be cast to `%s'",
                          type_name(n->type), type_name(to));
    return node_unary(E_CAST, type_unqualified(to), n, n->tok);
}

struct node *
parse_cast(struct parser *p)
{
    const struct token *tok = p->t;
    struct type *type;

    if (!accept_type(p))
        return unary(p);
    type = parse_type_name(p);
    expect(p, ")", "behind the type");
    if (at(p, "{"))
        return postfix(p, compound_literal(p, type, tok));
    return cast(type, nested(p, parse_cast), tok);
}

/* ---- binary, conditional, assignment ------------------------------------- */

/* && and || bind less than the others and are no operators of E_BINARY. */
static const struct {
    const char *word;
    int precedence;
    enum operator op;
} operators[] = {
    {"*", 10, OP_MUL}, {"/", 10, OP_DIV}, {"%", 10, OP_MOD}, {"+", 9, OP_ADD},
    {"-", 9, OP_SUB},  {"<<", 8, OP_SHL}, {">>", 8, OP_SHR}, {"<", 7, OP_LT},
    {">", 7, OP_GT},   {"<=", 7, OP_LE},  {">=", 7, OP_GE},  {"==", 6, OP_EQ},
    {"!=", 6, OP_NE},  {"&", 5, OP_AND},  {"^", 4, OP_XOR},  {"|", 3, OP_OR},
    {"&&", 2, OP_ADD}, {"||", 1, OP_ADD},
};
enum { NOPERATORS = sizeof(operators) / sizeof(operators[0]) };

static struct node *
truth_value(struct node *n)
{
    check_truth(n);
    n = expr_value(n);
    if (expr_is_error(n) || type_is_scalar(n->type))
        return n;
    return expr_error(n->tok,
                      "a condition is a number or a pointer, not a `%s'",
                      type_name(n->type));
}

static struct node *
binary(struct parser *p, int lowest)
{
    struct node *a = parse_cast(p);

    for (;;) {
        const struct token *tok = p->t;
        struct node *b;
        int i = 0;

        while (i < NOPERATORS && !token_is(tok, operators[i].word))
            i++;
        if (i == NOPERATORS || operators[i].precedence < lowest)
            return a;
        p->t++;
        nest_link(p);
        b = binary(p, operators[i].precedence + 1);
        if (operators[i].precedence > 2) {
            check_precedence(operators[i].op, a, b, tok);
            a = expr_binary(operators[i].op, a, b, tok);
        } else {
            a = truth_value(a);
            b = truth_value(b);
            a = node_binary(token_is(tok, "&&") ? E_ANDAND : E_OROR, type_int,
                            a, b, tok);
        }
    }
}

static struct node *
conditional(struct parser *p)
{
    struct node *a = binary(p, 1);
    const struct token *tok = p->t;
    struct node *b;

    if (!accept(p, "?"))
        return a;
    if (at(p, ":"))
        parse_gnu(p, "`?:' without a value in the middle");
    a = truth_value(a);
    b = nested(p, parse_expression);
    expect(p, ":", "between the two values");
    return expr_conditional(a, b, nested(p, conditional), tok);
}

struct node *
parse_assignment(struct parser *p)
{
    struct node *a = conditional(p);
    const struct token *tok = p->t;
    size_t n = strlen(tok->word);

    if (accept(p, "="))
        return expr_assign(a, nested(p, parse_assignment), tok);
    if (n < 2 || tok->word[n - 1] != '=')
        return a;
    /* The comparisons have been read: this is `+=' or the like. */
    for (int i = 0; i < NOPERATORS; i++)
        if (strlen(operators[i].word) == n - 1 &&
            strncmp(tok->word, operators[i].word, n - 1) == 0) {
            p->t++;
            return expr_update(operators[i].op, a, nested(p, parse_assignment),
                               false, tok);
        }
    return a;
}

struct node *
parse_expression(struct parser *p)
{
    struct node *a = parse_assignment(p);
    const struct token *tok = p->t;

    while (accept(p, ",")) {
        struct node *b = expr_value(parse_assignment(p));

        nest_link(p);
        a = node_binary(E_COMMA, type_unqualified(b->type), expr_value(a), b,
                        tok);
        tok = p->t;
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
    bool wanted = constant_wanted(true);
    struct node *n = expr_value(conditional(p));
    struct constant c = {.value = 1};

    /* Also offsetof as the address of a member at location 0. */
    if (!expr_is_error(n) &&
        (!type_is_integer(n->type) || !constant_of(n, &c) || c.sym != NULL)) {
        constant_missing(tok,
                         cc_format("%s must be an integer constant", what));
        c.value = 1;
    }
    constant_wanted(wanted);
    return c.value;
}
