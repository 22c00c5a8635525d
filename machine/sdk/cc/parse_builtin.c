/*
 * parse_builtin.c - the __builtin_ functions that the SDK's headers use.
 */
#include "parse.h"

#include <string.h>

static struct node *
list_operand(struct parser *p)
{
    struct node *n = parse_assignment(p);

    if (n->kind == E_VAR)
        n->sym->used = true;
    if (n->type->kind != T_PTR && n->type->kind != T_ERROR)
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
builtin_va_start(struct parser *p, const struct token *tok)
{
    struct node *n = node_new(E_VA_START, type_void, tok);

    n->a = list_operand(p);
    if (accept(p, ','))
        parse_assignment(p);
    if (p->function == NULL || !p->function->type->variadic)
        error_at(tok, "va_start belongs into a function with `...'");
    else
        n->value = named_bytes(p->function->type);
    return n;
}

static struct node *
builtin_va_arg(struct parser *p, const struct token *tok)
{
    struct node *n = node_new(E_VA_ARG, type_error, tok);

    n->a = list_operand(p);
    expect(p, ',', "behind the va_list");
    n->type = type_unqualified(parse_type_name(p));
    if (!type_is_complete(n->type))
        error_at(tok, "`%s' is not complete", type_name(n->type));
    else if (type_is_integer(n->type) && type_size(n->type) < 4 &&
             n->type->kind != T_ERROR)
        error_at(tok, "arguments are promoted: take an int, not a `%s'",
                 type_name(n->type));
    return n;
}

static struct node *
offset_of(struct parser *p, const struct token *tok)
{
    struct type *t = parse_type_name(p);
    struct node *n;
    struct constant c;

    expect(p, ',', "behind the type");
    /* The address of the member of an object at location 0. */
    n = expr_deref(node_number(0, type_pointer(t), tok), tok);
    if (p->t->kind != TK_IDENT)
        parse_error(p, "the name of a member");
    n = expr_member(n, p->t->text, p->t);
    p->t++;
    for (;;) {
        const struct token *at = p->t;

        if (accept(p, '.')) {
            if (p->t->kind != TK_IDENT)
                parse_error(p, "the name of a member");
            n = expr_member(n, p->t->text, p->t);
            p->t++;
        } else if (accept(p, '[')) {
            n = expr_deref(expr_binary(OP_ADD, n, parse_expression(p), at), at);
            expect(p, ']', "behind the index");
        } else
            break;
    }
    n = expr_address(n, tok);
    if (n->type->kind == T_ERROR)
        return n;
    n = expr_cast(n, type_uint);
    if (constant_of(n, &c) && c.sym == NULL)
        return node_number(c.value, type_uint, tok);
    return n;
}

struct node *
parse_builtin(struct parser *p, const struct token *tok, bool *found)
{
    const char *name = tok->text;
    struct node *n, *b;

    *found = false;
    if (strncmp(name, "__builtin_", 10) != 0 || !is_punct(p, '('))
        return NULL;
    *found = true;
    name += 10;
    p->t++;
    if (strcmp(name, "va_start") == 0)
        n = builtin_va_start(p, tok);
    else if (strcmp(name, "va_arg") == 0)
        n = builtin_va_arg(p, tok);
    else if (strcmp(name, "va_end") == 0)
        n = expr_cast(list_operand(p), type_void);
    else if (strcmp(name, "va_copy") == 0) {
        n = list_operand(p);
        expect(p, ',', "behind the va_list");
        b = list_operand(p);
        n = expr_assign(OP_ADD, true, n, b, tok);
    } else if (strcmp(name, "offsetof") == 0)
        n = offset_of(p, tok);
    else if (strcmp(name, "expect") == 0) {
        n = expr_cast(expr_promote(parse_assignment(p)), type_long);
        expect(p, ',', "behind the value");
        parse_assignment(p);
    } else if (strcmp(name, "constant_p") == 0)
        n = node_number(parse_assignment(p)->kind == E_NUM, type_int, tok);
    else if (strcmp(name, "unreachable") == 0 || strcmp(name, "trap") == 0)
        n = node_new(E_UNREACHABLE, type_void, tok);
    else {
        *found = false;
        p->t--;
        return NULL;
    }
    expect(p, ')', "behind the arguments");
    return n;
}
