/*
 * parse_declarator.c - declarators and type names.
 *
 * A declarator is read inside out: what stands nearest to the name comes
 * first in a list (`*a[3]`: array of 3, pointer), which is then applied to
 * the type of the specifiers from its far end.
 */
#include "parse.h"

#include <string.h>

struct derivation {
    enum type_kind kind; /* T_PTR, T_ARRAY or T_FUNC */
    int quals;           /* pointer */
    int64_t length;      /* array */
    struct type *func;   /* function: all but its result */
    const struct token *tok;
};

struct declarator {
    struct derivation *list;
    int n, cap;
    const struct token *name;
};

static struct derivation *
derive(struct declarator *d, enum type_kind kind, const struct token *tok)
{
    if (d->n == d->cap)
        d->list = cc_grow(d->list, &d->cap, sizeof(*d->list));
    memset(&d->list[d->n], 0, sizeof(*d->list));
    d->list[d->n].kind = kind;
    d->list[d->n].tok = tok;
    return &d->list[d->n++];
}

/* An array as a parameter is a pointer, and so is a function. */
static struct type *
adjusted(struct type *type)
{
    if (type->kind == T_ARRAY)
        return type_qualified(type_pointer(type->base), 0);
    return type->kind == T_FUNC ? type_pointer(type) : type;
}

static void
add_param(struct type *f, int *cap, struct type *type, const struct token *name)
{
    if (f->nparams == *cap)
        f->params = cc_grow(f->params, cap, sizeof(*f->params));
    f->params[f->nparams].type = adjusted(type);
    f->params[f->nparams].name = name != NULL ? name->text : NULL;
    f->params[f->nparams].tok = name;
    f->nparams++;
}

/* Only names, as C was written before 1989. */
static void
parameter_names(struct parser *p, struct type *f)
{
    int cap = 0;

    f->old_style = true;
    do {
        if (p->t->kind != TK_IDENT || starts_type(p))
            parse_error(p, "a parameter's name");
        add_param(f, &cap, type_int, p->t);
        p->t++;
    } while (accept(p, ','));
    expect(p, ')', "behind the parameters");
}

void
parse_old_style_types(struct parser *p, struct type *f)
{
    while (starts_type(p)) {
        struct specifiers s;

        parse_specifiers(p, &s);
        do {
            const struct token *name = NULL, *start = p->t;
            struct type *type = parse_declarator(p, s.type, &name);
            int i = 0;

            if (name == NULL)
                parse_error(p, "the name of a parameter");
            while (i < f->nparams && f->params[i].name != name->text)
                i++;
            if (i == f->nparams)
                error_at(start, "`%s' is not a parameter", name->text);
            else
                f->params[i].type = adjusted(type);
        } while (accept(p, ','));
        expect(p, ';', "behind the parameter's type");
    }
    if (!is_punct(p, '{'))
        parse_error(p, "`{'");
}

/* The list in a function's parentheses; `(` was read. */
static struct type *
parameters(struct parser *p)
{
    struct type *f = cc_alloc(sizeof(*f));
    int cap = 0;

    f->kind = T_FUNC;
    if (accept(p, ')'))
        return f;
    check_unknown_type(p);
    if (p->t->kind == TK_IDENT && !starts_type(p)) {
        parameter_names(p, f);
        return f;
    }
    f->prototype = true;
    if (is_keyword(p, KW_VOID) && p->t[1].kind == TK_PUNCT &&
        p->t[1].code == ')') {
        p->t += 2;
        return f;
    }
    scope_enter(p);
    do {
        struct specifiers s;
        const struct token *name = NULL;
        const struct token *start = p->t;
        struct type *type;

        if (accept(p, PUNCT3('.', '.', '.'))) {
            if (f->nparams == 0)
                error_at(p->t - 1, "a parameter must stand before `...'");
            f->variadic = true;
            break;
        }
        check_unknown_type(p);
        if (!starts_type(p))
            parse_error(p, "a parameter's type");
        parse_specifiers(p, &s);
        if ((s.storage & ~S_REGISTER) != 0)
            error_at(start, "a parameter has no storage class");
        type = parse_declarator(p, s.type, &name);
        parse_attributes(p, &s);
        if (type->kind == T_VOID) {
            error_at(start, "a parameter cannot be void");
            type = type_error;
        }
        add_param(f, &cap, type, name != NULL ? name : start);
        if (name == NULL)
            f->params[f->nparams - 1].name = NULL;
    } while (accept(p, ','));
    scope_leave(p);
    expect(p, ')', "behind the parameters");
    return f;
}

static void
array_suffix(struct parser *p, struct declarator *d)
{
    struct derivation *v = derive(d, T_ARRAY, p->t - 1);
    const struct token *tok;

    while (is_keyword(p, KW_STATIC) ||
           (p->t->kind == TK_KEYWORD && parse_qualifier(p->t->code) != 0))
        p->t++;
    v->length = -1;
    if (accept(p, ']'))
        return;
    tok = p->t;
    if (is_punct(p, '*') && p->t[1].kind == TK_PUNCT && p->t[1].code == ']') {
        error_at(tok, "variable-length arrays are not part of this C");
        p->t += 2;
        return;
    }
    v->length = parse_constant(p, "the length of an array (variable-length "
                                  "arrays are not part of this C)");
    if (v->length < 0 || v->length > 0xffffff) {
        error_at(tok, "an array cannot have %lld elements",
                 (long long)v->length);
        v->length = 1;
    }
    expect(p, ']', "behind the array's length");
}

static bool
nested_declarator(const struct parser *p)
{
    struct parser q = *p;

    q.t++;
    if (is_punct(&q, '*') || is_punct(&q, '('))
        return true;
    if (is_keyword(&q, KW_ATTRIBUTE))
        return true;
    return q.t->kind == TK_IDENT && !starts_type(&q);
}

static void
declarator(struct parser *p, struct declarator *d)
{
    struct derivation pointers[32];
    int n = 0;
    struct specifiers ignored = {.type = NULL};

    nest_enter(p);
    while (accept(p, '*')) {
        if (n == 32)
            parse_error(p, "fewer than 32 `*'");
        memset(&pointers[n], 0, sizeof(pointers[n]));
        while (p->t->kind == TK_KEYWORD && (parse_qualifier(p->t->code) != 0 ||
                                            p->t->code == KW_ATTRIBUTE)) {
            if (p->t->code == KW_ATTRIBUTE)
                parse_attributes(p, &ignored);
            else
                pointers[n].quals |= parse_qualifier((p->t++)->code);
        }
        n++;
    }
    parse_attributes(p, &ignored);
    if (is_punct(p, '(') && nested_declarator(p)) {
        p->t++;
        declarator(p, d);
        expect(p, ')', "behind the declarator");
    } else if (p->t->kind == TK_IDENT)
        d->name = p->t++;
    for (;;) {
        if (accept(p, '['))
            array_suffix(p, d);
        else if (accept(p, '(')) {
            const struct token *tok = p->t - 1;
            struct type *f = parameters(p);

            derive(d, T_FUNC, tok)->func = f;
        } else
            break;
    }
    while (n > 0)
        derive(d, T_PTR, p->t)->quals = pointers[--n].quals;
    nest_leave(p);
}

static struct type *
apply(const struct derivation *v, struct type *base)
{
    struct type *f;

    switch (v->kind) {
    case T_PTR:
        return type_qualified(type_pointer(base), v->quals);
    case T_ARRAY:
        if (base->kind == T_FUNC || !type_is_complete(base)) {
            error_at(v->tok, "the elements of an array cannot be `%s'",
                     type_name(base));
            return type_error;
        }
        if (v->length > 0 && (uint64_t)v->length * type_size(base) > 0xffffff) {
            error_at(v->tok, "this array is larger than the 16 MiB of "
                             "storage");
            return type_error;
        }
        return type_array(base, v->length);
    default:
        if (base->kind == T_FUNC || base->kind == T_ARRAY) {
            error_at(v->tok, "a function cannot return `%s'", type_name(base));
            base = type_error;
        }
        f = v->func;
        f->base = type_unqualified(base);
        return f;
    }
}

struct type *
parse_declarator(struct parser *p, struct type *base, const struct token **name)
{
    struct declarator d = {.list = NULL};

    declarator(p, &d);
    for (int i = d.n - 1; i >= 0; i--)
        base = apply(&d.list[i], base);
    *name = d.name;
    return base;
}

struct type *
parse_type_name(struct parser *p)
{
    struct specifiers s;
    const struct token *name;
    struct type *type;

    if (!starts_type(p))
        parse_error(p, "a type");
    parse_specifiers(p, &s);
    type = parse_declarator(p, s.type, &name);
    if (name != NULL)
        error_at(name, "a name does not belong into a type");
    return type;
}
