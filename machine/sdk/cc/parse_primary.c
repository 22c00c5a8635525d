/*
 * parse_primary.c - what expressions begin with: names, constants, strings,
 * _Generic; and calls.
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

struct node *
parse_primary(struct parser *p)
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

struct node *
parse_call(struct parser *p, struct node *callee, const struct token *tok)
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
