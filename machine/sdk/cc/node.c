/*
 * node.c - making the nodes of the tree.
 *
 * A node whose operands are numbers becomes a number as it is made.  What a
 * mistake leaves is a number as well, of type_error, so that the parser can
 * go on with it.
 */
#include "parse.h"

#include <stdarg.h>

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
    n->sym = s;
    return n;
}

void
node_append(struct node *list, struct node *n)
{
    list->list = cc_room(list->list, list->nlist, sizeof(*list->list));
    list->list[list->nlist++] = n;
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

bool
expr_complete(const struct type *t, const struct token *tok)
{
    if (!type_is_complete(t))
        error_at(tok,
                 t->kind == T_ARRAY ? "the length of the array `%s' is missing"
                 : t->kind == T_FUNC
                     ? "`%s' is the type of a function, which has no size"
                     : "`%s' is not complete: what is in it is not known here",
                 type_name(t));
    return type_is_complete(t);
}
