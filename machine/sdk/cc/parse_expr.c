/*
 * parse_expr.c - the grammar of expressions.
 */
#include "parse.h"

#include <string.h>

#include "program.h"

/* ---- strings ------------------------------------------------------------- */

void
parse_string(struct parser *p, const uint8_t **bytes, int *n)
{
    const struct token *t = p->t;
    uint8_t *all;
    int total = 0;

    while (p->t->kind == TK_STR)
        total += (p->t++)->nbytes;
    all = cc_alloc((size_t)total + 1);
    *bytes = all;
    *n = total;
    for (; t < p->t; t++) {
        if (t->nbytes > 0)
            memcpy(all, t->bytes, (size_t)t->nbytes);
        all += t->nbytes;
    }
}

/* An array object with this text; the same text is the same object. */
static struct node *
string_object(struct parser *p, const uint8_t *bytes, int n,
              const struct token *tok)
{
    static struct known {
        struct known *next;
        const char *text;
        struct symbol *s;
    } * known;
    const char *text = cc_intern((const char *)bytes, (size_t)n);
    struct symbol *s;
    struct known *k;

    for (k = known; k != NULL; k = k->next)
        if (k->text == text)
            return node_variable(k->s, tok);
    s = static_object(p, "text", tok, type_array(type_char, n + 1));
    s->name = STRING_NAME;
    s->init = cc_alloc(sizeof(*s->init));
    s->init->first = cc_alloc(sizeof(*s->init->first));
    s->init->first->type = s->type;
    s->init->first->bytes = bytes;
    s->init->first->nbytes = (uint32_t)n;
    s->init->extent = (uint32_t)n + 1;
    k = cc_alloc(sizeof(*k));
    k->next = known;
    k->text = text;
    k->s = s;
    known = k;
    return node_variable(s, tok);
}

static struct node *
string_literal(struct parser *p)
{
    const struct token *tok = p->t;
    const uint8_t *bytes;
    int n;

    parse_string(p, &bytes, &n);
    return string_object(p, bytes, n, tok);
}

/* ---- primary ------------------------------------------------------------- */

static struct node *
identifier(struct parser *p)
{
    const struct token *tok = p->t++;
    struct symbol *s = scope_find(tok->text);
    struct node *n;
    bool found;

    if (s == NULL) {
        n = parse_builtin(p, tok, &found);
        if (found)
            return n;
        if (p->function != NULL && strcmp(tok->text, "__func__") == 0) {
            struct token *t = cc_alloc(sizeof(*t));

            *t = *p->function->tok;
            t->kind = TK_STR;
            program_ebcdic(t->text, &t->bytes, &t->nbytes);
            return string_object(p, t->bytes, t->nbytes, tok);
        }
        if (strcmp(tok->text, "asm") == 0)
            error_at(tok, "assembler goes into .asm files");
        else if (is_punct(p, '('))
            error_at(tok, "function `%s' is not declared%s", tok->text,
                     scope_hint(p, tok->text, false));
        else
            error_at(tok, "`%s' is not declared%s", tok->text,
                     scope_hint(p, tok->text, false));
        /* Complain once only. */
        s = scope_declare(p, SYM_OBJECT, tok->text, tok, type_error);
        s->quiet = s->used = true;
        return node_number(1, type_error, tok);
    }
    if (s->kind == SYM_TYPEDEF) {
        p->t--;
        parse_error(p, "an expression");
    }
    if (s->type->kind == T_ERROR) {
        s->used = true;
        return node_number(1, type_error, tok);
    }
    if (s->kind == SYM_CONSTANT)
        return node_number(s->value, type_int, tok);
    return node_variable(s, tok);
}

static struct node *
generic(struct parser *p)
{
    const struct token *tok = p->t++;
    struct node *control, *chosen = NULL, *otherwise = NULL;
    struct type **known = NULL;
    int nknown = 0, cap = 0;

    expect(p, '(', "behind _Generic");
    control = expr_value(parse_assignment(p));
    while (accept(p, ',')) {
        const struct token *start = p->t;
        struct type *t = NULL;
        struct node *value;

        if (!accept_keyword(p, KW_DEFAULT))
            t = parse_type_name(p);
        if (t == NULL && otherwise != NULL)
            error_at(start, "a second default in this _Generic");
        for (int i = 0; i < nknown && t != NULL; i++)
            if (type_compatible(t, known[i]))
                error_at(start, "`%s' is a choice of this _Generic already",
                         type_name(t));
        if (nknown == cap)
            known = cc_grow(known, &cap, sizeof(*known));
        if (t != NULL)
            known[nknown++] = t;
        expect(p, ':', "behind the type");
        value = parse_assignment(p);
        if (t == NULL)
            otherwise = value;
        else if (chosen == NULL &&
                 type_compatible(t, type_unqualified(control->type)))
            chosen = value;
    }
    expect(p, ')', "behind _Generic");
    chosen = chosen != NULL ? chosen : otherwise;
    if (chosen == NULL) {
        error_at(tok, "no choice of _Generic fits `%s'",
                 type_name(control->type));
        return node_number(1, type_error, tok);
    }
    return chosen;
}

static struct node *
primary(struct parser *p)
{
    const struct token *tok = p->t;
    struct node *n;

    if (tok->kind == TK_IDENT)
        return identifier(p);
    if (tok->kind == TK_NUM || tok->kind == TK_CHAR) {
        p->t++;
        return node_number((int64_t)tok->value, tok->type, tok);
    }
    if (tok->kind == TK_STR)
        return string_literal(p);
    if (is_keyword(p, KW_GENERIC))
        return generic(p);
    if (!accept(p, '('))
        parse_error(p, "an expression");
    if (is_punct(p, '{'))
        parse_error(p, "an expression (statements in expressions are not "
                       "part of C)");
    nest_enter(p);
    n = parse_expression(p);
    nest_leave(p);
    expect(p, ')', "behind the expression");
    n->parens = true;
    return n;
}

/* ---- calls --------------------------------------------------------------- */

static void
check_arguments(struct node *call, const struct type *f, const char *name)
{
    if (f->prototype && (call->nlist < f->nparams ||
                         (call->nlist > f->nparams && !f->variadic)))
        error_at(call->tok, "%s takes %d argument%s%s, not %d", name,
                 f->nparams, f->nparams == 1 ? "" : "s",
                 f->variadic ? " or more" : "", call->nlist);
    for (int i = 0; i < call->nlist; i++) {
        struct node *a = call->list[i];

        if (i < f->nparams)
            call->list[i] = expr_convert(
                a, f->params[i].type,
                cc_format("argument %d of %s", i + 1, name), a->tok);
        else {
            call->list[i] = expr_promote(a);
            if (call->list[i]->type->kind == T_VOID)
                error_at(a->tok, "argument %d of %s has no value", i + 1, name);
        }
    }
}

/* memcpy and memset of a known length need no call. */
static struct node *
as_move(struct node *call, const struct symbol *s)
{
    bool copy = strcmp(s->name, "memcpy") == 0;
    struct node *n;

    if ((!copy && strcmp(s->name, "memset") != 0) || s->is_static ||
        call->nlist != 3 || call->list[2]->kind != E_NUM ||
        call->list[2]->value <= 0 || call->list[2]->value > 0xffffff ||
        call->list[0]->type->kind != T_PTR)
        return call;
    if (!copy && (call->list[1]->kind != E_NUM || call->list[1]->value != 0))
        return call;
    n = node_new(copy ? E_COPY : E_ZERO, call->type, call->tok);
    n->a = call->list[0];
    n->b = call->list[1];
    n->value = call->list[2]->value;
    return n;
}

static struct node *
call(struct parser *p, struct node *callee, const struct token *tok)
{
    struct node *n = node_new(E_CALL, type_error, callee->tok);
    const struct symbol *s = callee->kind == E_VAR ? callee->sym : NULL;
    const char *name = s != NULL ? cc_format("`%s'", s->name) : "the function";
    struct type *f;

    nest_enter(p);
    if (!is_punct(p, ')'))
        do
            node_append(n, parse_assignment(p));
        while (accept(p, ','));
    nest_leave(p);
    expect(p, ')', "behind the arguments");
    if (s != NULL && p->function != NULL && strcmp(s->name, "setjmp") == 0)
        p->function->calls_setjmp = true;
    n->a = expr_value(callee);
    f = n->a->type->kind == T_PTR ? n->a->type->base : n->a->type;
    if (f->kind == T_ERROR)
        return node_number(1, type_error, tok);
    if (f->kind != T_FUNC) {
        error_at(tok, "this is not a function: its type is `%s'",
                 type_name(callee->type));
        return node_number(1, type_error, tok);
    }
    if (f->base->kind != T_VOID && !type_is_complete(f->base)) {
        error_at(tok, "the result of %s has the incomplete type `%s'", name,
                 type_name(f->base));
        return node_number(1, type_error, tok);
    }
    n->type = f->base;
    check_arguments(n, f, name);
    check_format(n, f, s != NULL ? s->name : "the function");
    return s != NULL ? as_move(n, s) : n;
}

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
            n = call(p, n, tok);
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
        return postfix(p, primary(p));
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
        return postfix(p, primary(p));
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
