/*
 * parse_primary.c - what expressions begin with: names, constants, strings,
 * _Generic; and calls, also of the __builtin_ functions that the SDK's headers
 * use.
 */
#include "parse.h"

#include <string.h>

#include "program.h"

/* ---- strings ------------------------------------------------------------- */

const struct token *
parse_string(struct parser *p)
{
    const struct token *t = p->t++;
    struct token *all;
    uint8_t *bytes;

    if (p->t->kind != TK_STR)
        return t;
    all = cc_alloc(sizeof(*all));
    *all = *t;
    for (; p->t->kind == TK_STR; p->t++)
        all->nbytes += p->t->nbytes;
    all->bytes = bytes = cc_alloc((size_t)all->nbytes + 1);
    for (; t < p->t; bytes += t++->nbytes)
        memcpy(bytes, t->bytes, (size_t)t->nbytes);
    return all;
}

/* An array object with this text; mostly, the same text is the same object. */
static struct node *
string_object(struct parser *p, const struct token *string,
              const struct token *tok)
{
    uint32_t n = (uint32_t)string->nbytes, size = type_size(string->element);
    struct meaning *m = cc_meaning(cc_intern((const char *)string->bytes, n));
    struct init *init;
    struct symbol *s;

    if (m->string != NULL && m->string->type->base == string->element)
        return node_variable(m->string, tok);
    s = unnamed_object(p, "text", tok,
                       type_array(string->element, n / size + 1), true);
    m->string = s;
    s->name = STRING_NAME;
    s->init = init = cc_alloc(sizeof(*init));
    init->first = cc_alloc(sizeof(*init->first));
    init->first->type = s->type;
    init->first->bytes = string->bytes;
    init->first->nbytes = n;
    init->extent = n + size;
    return node_variable(s, tok);
}

/* ---- built-in functions -------------------------------------------------- */

static struct node *
list_operand(struct parser *p)
{
    struct node *n = parse_assignment(p);

    if (n->kind == E_VAR)
        n->sym->used = true;
    if (!type_alike(n->type, type_pointer(type_uint)))
        error_at(n->tok, "this is not a va_list");
    return n;
}

/* Bytes of the parameter list that the named parameters take. */
static uint32_t
named_bytes(const struct type *f)
{
    uint32_t bytes = type_is_record(f->base) ? 4 : 0;

    for (int i = 0; i < f->nparams; i++)
        bytes += (type_size(f->params[i].type) + 3) & ~3u;
    return bytes;
}

static struct node *
va_start_of(struct parser *p, const struct token *tok)
{
    struct node *n = node_unary(E_VA_START, type_void, list_operand(p), tok);

    if (accept(p, ","))
        parse_assignment(p);
    if (p->function == NULL || !p->function->type->variadic)
        error_at(tok, "va_start belongs into a function with `...'");
    else
        n->value = named_bytes(p->function->type);
    return n;
}

static struct node *
va_arg_of(struct parser *p, const struct token *tok)
{
    struct node *list = list_operand(p);
    struct type *t;

    expect(p, ",", "behind the va_list");
    t = type_unqualified(parse_type_name(p));
    if (expr_complete(t, tok) && type_is_integer(t) && type_size(t) < 4)
        error_at(tok, "arguments are promoted: take an int, not a `%s'",
                 type_name(t));
    return node_unary(E_VA_ARG, t, list, tok);
}

/* The address of the member of an object at location 0. */
static struct node *
offset_of(struct parser *p, const struct token *tok)
{
    struct type *t = parse_type_name(p);
    struct node *n = expr_deref(node_number(0, type_pointer(t), tok), tok);
    const struct token *before = p->t;
    struct constant c;

    expect(p, ",", "behind the type");
    do {
        if (token_is(before, "[")) {
            n = expr_binary(OP_ADD, n, parse_expression(p), before);
            n = expr_deref(n, before);
            expect(p, "]", "behind the index");
        } else {
            const struct token *name = expect_name(p, "the name of a member");

            n = expr_member(n, name->text, name);
        }
        before = p->t;
    } while (accept(p, ".") || accept(p, "["));
    n = expr_cast(expr_address(n, tok), type_uint);
    if (!expr_is_error(n) && constant_of(n, &c) && c.sym == NULL)
        return node_number(c.value, type_uint, tok);
    return n;
}

/* What stands in the parentheses of a built-in function; NULL: it is none. */
static struct node *
builtin(struct parser *p, const char *name, const struct token *tok)
{
    struct node *n;

    if (strcmp(name, "va_start") == 0)
        return va_start_of(p, tok);
    if (strcmp(name, "va_arg") == 0)
        return va_arg_of(p, tok);
    if (strcmp(name, "va_end") == 0)
        return expr_cast(list_operand(p), type_void);
    if (strcmp(name, "va_copy") == 0) {
        n = list_operand(p);
        expect(p, ",", "behind the va_list");
        return expr_assign(n, list_operand(p), tok);
    }
    if (strcmp(name, "offsetof") == 0)
        return offset_of(p, tok);
    if (strcmp(name, "expect") == 0) {
        n = expr_cast(expr_promote(parse_assignment(p)), type_long);
        expect(p, ",", "behind the value");
        parse_assignment(p);
        return n;
    }
    if (strcmp(name, "constant_p") == 0)
        return node_number(parse_assignment(p)->kind == E_NUM, type_int, tok);
    if (strcmp(name, "unreachable") == 0 || strcmp(name, "trap") == 0)
        return node_new(E_UNREACHABLE, type_void, tok);
    return NULL;
}

/* A call of a built-in function, whose name was read; NULL: it is none. */
static struct node *
builtin_call(struct parser *p, const struct token *tok)
{
    struct node *n;

    if (strncmp(tok->text, "__builtin_", 10) != 0 || !accept(p, "("))
        return NULL;
    n = builtin(p, tok->text + 10, tok);
    if (n == NULL)
        p->t--;
    else
        expect(p, ")", "behind the arguments");
    return n;
}

/* ---- primary ------------------------------------------------------------- */

/* A name that is not declared. */
static struct node *
unknown(struct parser *p, const struct token *tok)
{
    struct node *n = builtin_call(p, tok);
    struct parser function = *p; /* its outermost scope */
    struct symbol *s;

    if (n != NULL)
        return n;
    if (p->function != NULL && (strcmp(tok->text, "__func__") == 0 ||
                                strcmp(tok->text, "__FUNCTION__") == 0)) {
        struct token *t = cc_alloc(sizeof(*t));

        *t = *tok;
        t->kind = TK_STR;
        t->element = type_char;
        program_ebcdic(p->function->name, &t->bytes, &t->nbytes);
        return string_object(p, t, tok);
    }
    error_at(tok, "%s`%s' is not declared%s", at(p, "(") ? "function " : "",
             tok->text, scope_hint(p, tok->text, false));
    /* Complain once only. */
    for (; function.depth > 1; function.depth--)
        function.scope = function.scope->outer;
    s = scope_declare(&function, SYM_OBJECT, tok, type_error);
    s->flags = F_UNUSED;
    s->used = true;
    return expr_error(tok, NULL);
}

static struct node *
identifier(struct parser *p)
{
    const struct token *tok = p->t;
    struct symbol *s = cc_meaning(tok->text)->symbol;

    if (s != NULL && s->kind == SYM_TYPEDEF)
        parse_error(p, "an expression");
    check_gnu(p);
    p->t++;
    if (s == NULL)
        return unknown(p, tok);
    if (s->type->kind == T_ERROR) {
        s->used = true;
        return expr_error(tok, NULL);
    }
    if (s->kind == SYM_CONSTANT)
        return node_number(s->value, type_int, tok);
    if (s->use == NULL && p->unevaluated == 0)
        s->use = tok;
    if (s->is_static && s->depth == 0 && p->function != NULL)
        p->function->own_static = tok;
    return node_variable(s, tok);
}

static struct node *
generic(struct parser *p)
{
    const struct token *tok = p->t - 1;
    struct node *control, *chosen = NULL, *otherwise = NULL;
    struct type **known = NULL;
    int nknown = 0;

    expect(p, "(", "behind _Generic");
    p->unevaluated++;
    control = expr_value(parse_assignment(p));
    p->unevaluated--;
    while (accept(p, ",")) {
        const struct token *start = p->t;
        struct type *t = accept(p, "default") ? NULL : parse_type_name(p);
        struct node *value;

        if (t == NULL && otherwise != NULL)
            error_at(start, "a second default in this _Generic");
        for (int i = 0; i < nknown && t != NULL; i++)
            if (type_compatible(t, known[i]))
                error_at(start, "`%s' is a choice of this _Generic already",
                         type_name(t));
        if (t != NULL && expr_complete(t, start)) {
            known = cc_room(known, nknown, sizeof(struct type *));
            known[nknown++] = t;
        }
        expect(p, ":", "behind the type");
        value = parse_assignment(p);
        if (t == NULL)
            otherwise = value;
        else if (chosen == NULL &&
                 type_compatible(t, type_unqualified(control->type)))
            chosen = value;
    }
    expect(p, ")", "behind _Generic");
    if (chosen == NULL && otherwise == NULL)
        return expr_error(tok, "no choice of _Generic fits `%s'",
                          type_name(control->type));
    return chosen != NULL ? chosen : otherwise;
}

struct node *
parse_primary(struct parser *p)
{
    const struct token *tok = p->t;
    struct node *n;

    if (tok->kind == TK_IDENT)
        return identifier(p);
    if (tok->kind == TK_STR)
        return string_object(p, parse_string(p), tok);
    if (tok->kind == TK_NUM || tok->kind == TK_CHAR) {
        p->t++;
        return node_number((int64_t)tok->value, tok->type, tok);
    }
    if (accept(p, "_Generic"))
        return generic(p);
    if (!accept(p, "("))
        parse_error(p, "an expression");
    if (at(p, "{"))
        parse_gnu(p, "a block as an expression");
    n = nested(p, parse_expression);
    expect(p, ")", "behind the expression");
    n->parens = true;
    return n;
}

/* ---- calls --------------------------------------------------------------- */

static void
check_arguments(struct node *call, const struct type *f, const char *name)
{
    if (f->prototype && (call->nlist < f->nparams ||
                         (call->nlist > f->nparams && !f->variadic))) {
        error_at(call->tok, "%s takes %d argument%s%s, not %d", name,
                 f->nparams, f->nparams == 1 ? "" : "s",
                 f->variadic ? " or more" : "", call->nlist);
        call->type = type_error; /* which argument is which is not known */
        return;
    }
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

/* memcpy, and memset to 0, of a known length need no call. */
static struct node *
as_move(struct node *call, const struct symbol *s)
{
    bool copy = strcmp(s->name, "memcpy") == 0;
    struct node **arg = call->list, *n;

    if ((!copy && strcmp(s->name, "memset") != 0) || s->is_static ||
        call->nlist != 3 || arg[0]->type->kind != T_PTR ||
        arg[2]->kind != E_NUM || arg[2]->value <= 0 ||
        arg[2]->value > 0xffffff ||
        (!copy && (arg[1]->kind != E_NUM || arg[1]->value != 0)))
        return call;
    n = node_binary(copy ? E_COPY : E_ZERO, call->type, arg[0], arg[1],
                    call->tok);
    n->value = arg[2]->value;
    return n;
}

/* Arguments up to the closing parenthesis, which is left. */
static struct node *
arguments(struct parser *p)
{
    struct node *call = node_new(E_CALL, type_error, p->t);

    if (!at(p, ")"))
        do
            node_append(call, parse_assignment(p));
        while (accept(p, ","));
    return call;
}

struct node *
parse_call(struct parser *p, struct node *callee, const struct token *tok)
{
    struct node *n = nested(p, arguments);
    const struct symbol *s = callee->kind == E_VAR ? callee->sym : NULL;
    const char *name = s != NULL ? cc_format("`%s'", s->name) : "the function";
    struct type *f;

    expect(p, ")", "behind the arguments");
    if (s != NULL && p->function != NULL && strcmp(s->name, "setjmp") == 0)
        p->function->calls_setjmp = true;
    n->tok = callee->tok;
    n->a = expr_value(callee);
    f = n->a->type->kind == T_PTR ? n->a->type->base : n->a->type;
    if (f->kind == T_ERROR)
        return expr_error(tok, NULL);
    if (f->kind != T_FUNC)
        return expr_error(tok, "this is not a function: its type is `%s'",
                          type_name(callee->type));
    if (f->base->kind != T_VOID && !expr_complete(f->base, tok))
        return expr_error(tok, NULL);
    n->type = f->base;
    check_arguments(n, f, name);
    check_format(n, f, s != NULL ? s->name : "the function");
    return s != NULL ? as_move(n, s) : n;
}
