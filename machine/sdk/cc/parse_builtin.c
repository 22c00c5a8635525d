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
    if (n->type->kind != T_PTR && !expr_is_error(n))
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
    if (!type_is_complete(t))
        error_at(tok, "`%s' is not complete", type_name(t));
    else if (type_is_integer(t) && type_size(t) < 4)
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

struct node *
parse_builtin(struct parser *p, const struct token *tok)
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
