/*
 * parse_declarator.c - declarators and type names.
 *
 * A declarator is read from the outside: `*' in front makes a pointer of the
 * type of the specifiers, and what stands behind the name makes an array or a
 * function of that.  The type is then that of the name, or goes on into the
 * parentheses that stand in the place of the name: they are passed first and
 * read when what is behind them is known.
 */
#include "parse.h"

enum { MAX_POINTERS = 32 };

/* An array as a parameter is a pointer, and so is a function. */
static struct type *
adjusted(struct type *type)
{
    if (type->kind == T_ARRAY)
        return type_qualified(type_pointer(type->base),
                              type->quals & ~Q_STATIC);
    return type->kind == T_FUNC ? type_pointer(type) : type;
}

static const char two_parameters[] = "two parameters are called `%s'";

/* name: NULL if it has none; tok: where it is */
static void
add_param(struct type *f, struct type *type, const struct token *name,
          const struct token *tok)
{
    f->params = cc_room(f->params, f->nparams, sizeof(*f->params));
    f->params[f->nparams++] =
        (struct param){.type = adjusted(type),
                       .name = name != NULL ? name->text : NULL,
                       .tok = tok};
}

/* Only names, as C was written before 1989. */
static void
parameter_names(struct parser *p, struct type *f)
{
    f->old_style = true;
    do {
        if (starts_type(p))
            parse_error(p, "a parameter's name");
        expect_name(p, "a parameter's name");
        for (int i = 0; i < f->nparams; i++)
            if (f->params[i].name == p->t[-1].text)
                error_at(p->t - 1, two_parameters, p->t[-1].text);
        add_param(f, type_void, p->t - 1, p->t - 1); /* not yet known */
    } while (accept(p, ","));
}

void
parse_old_style_types(struct parser *p, struct type *f)
{
    while (starts_type(p)) {
        struct specifiers s;

        parse_specifiers(p, &s, "a parameter's type");
        check_specifiers(&s, NULL);
        do {
            const struct token *name, *start = p->t;
            struct type *type = parse_declarator(p, s.type, &name);
            int i = 0;

            if (name == NULL)
                parse_error(p, "the name of a parameter");
            while (i < f->nparams && f->params[i].name != name->text)
                i++;
            if (i == f->nparams)
                error_at(start, "`%s' is not a parameter", name->text);
            else {
                f->params[i].type = adjusted(type);
                f->params[i].in_register = s.storage == S_REGISTER;
            }
        } while (accept(p, ","));
        expect(p, ";", "behind the parameter's type");
    }
    for (int i = 0; i < f->nparams; i++)
        if (f->params[i].type->kind == T_VOID) {
            error_at(f->params[i].tok, "parameter `%s' has no type",
                     f->params[i].name);
            f->params[i].type = type_error;
        }
    if (!at(p, "{"))
        parse_error(p, "`{'");
}

static void
parameter(struct parser *p, struct type *f)
{
    struct specifiers s;
    const struct token *name, *start = p->t;
    const struct symbol *old;
    struct type *type;

    check_unknown_type(p);
    parse_specifiers(p, &s, "a parameter's type");
    if ((s.storage & ~S_REGISTER) != 0)
        error_at(start, "a parameter has no storage class");
    type = parse_declarator(p, s.type, &name);
    parse_attributes(p, &s);
    check_specifiers(&s, NULL);
    if (type->kind == T_VOID) {
        error_at(start, "a parameter cannot be void");
        type = type_error;
    }
    old = name != NULL ? scope_find_here(p, name->text) : NULL;
    if (old != NULL)
        error_at(name,
                 old->is_param ? two_parameters : "`%s' is declared already",
                 name->text);
    add_param(f, type, name, name != NULL ? name : start);
    f->params[f->nparams - 1].in_register = s.storage == S_REGISTER;
    /* Those behind it may need its size: int n, char text[sizeof(n)]. */
    if (name != NULL)
        scope_declare(p, SYM_OBJECT, name, adjusted(type))->is_param = true;
}

/* Passes what is in front of one more parameter. */
static bool
goes_on(struct parser *p)
{
    struct parser next = *p;

    if (accept(p, ","))
        return true;
    if (!accept(&next, ";") || !starts_type(&next) ||
        next.t->line != p->t->line)
        return false;
    error_at(p->t++, "expected `,' between the parameters, not `;'");
    return true;
}

/* The list in a function's parentheses; `(` was read. */
static struct type *
parameters(struct parser *p)
{
    struct type *f = cc_alloc(sizeof(*f));

    *f = (struct type){.kind = T_FUNC, .size = 1, .align = 2};
    if (accept(p, ")"))
        return f;
    check_unknown_type(p);
    f->prototype = p->t->kind != TK_IDENT || starts_type(p);
    if (!f->prototype)
        parameter_names(p, f);
    else if (at(p, "void") && token_is(p->t + 1, ")"))
        p->t++;
    else {
        scope_enter(p);
        do {
            if (accept(p, "...")) {
                if (f->nparams == 0)
                    error_at(p->t - 1, "a parameter must stand before `...'");
                f->variadic = true;
                break;
            }
            parameter(p, f);
        } while (goes_on(p));
        f->names = p->scope->symbols;
        scope_leave(p);
    }
    expect(p, ")", "behind the parameters");
    return f;
}

/* What stands between [ and ]; -1: nothing.  Sets *quals. */
static int64_t
array_length(struct parser *p, int *quals)
{
    const struct token *tok;
    int64_t length;

    *quals = parse_qualifiers(p);
    if (accept(p, "static"))
        *quals |= Q_STATIC | parse_qualifiers(p);
    if ((*quals & Q_STATIC) == 0 && accept(p, "]"))
        return -1;
    tok = p->t;
    if (at(p, "*") && token_is(p->t + 1, "]")) {
        error_at(tok, "variable-length arrays are not part of this C");
        p->t += 2;
        return -1;
    }
    length = parse_constant(p, "the length of an array (variable-length "
                               "arrays are not part of this C)");
    if (length <= 0 || length > 0xffffff) {
        error_at(tok, "an array cannot have %lld elements", (long long)length);
        length = 1;
    }
    expect(p, "]", "behind the array's length");
    return length;
}

static struct type *
array_of(struct type *base, int64_t length, const struct token *tok)
{
    check_array(base, tok);
    if (!type_is_complete(base))
        error_at(tok, "the elements of an array cannot be `%s'",
                 type_name(base));
    else if (type_is_record(base) && base->rec->flexible)
        error_at(tok, "`%s' has a flexible array: there are no arrays of it",
                 type_name(base));
    else if (base->aligned != 0 && type_size(base) % base->aligned != 0)
        error_at(tok, "elements of %u bytes cannot each be aligned to %u",
                 (unsigned)type_size(base), (unsigned)base->aligned);
    else if (length > 0 && (uint64_t)length * type_size(base) > 0xffffff)
        error_at(tok, "this array is larger than the 16 MiB of storage");
    else
        return type_array(base, length);
    return type_error;
}

/* What is behind the name: `int x[2][3]` is an array of arrays. */
static struct type *
suffixes(struct parser *p, struct type *base)
{
    const struct token *tok = p->t;

    if (accept(p, "[")) {
        int quals;
        int64_t length = array_length(p, &quals);

        nest_enter(p);
        base = suffixes(p, base);
        nest_leave(p);
        base = array_of(base, length, tok);
        if (base != type_error)
            base->quals = quals;
        return base;
    }
    if (accept(p, "(")) {
        struct type *f = parameters(p);

        nest_enter(p);
        base = suffixes(p, base);
        nest_leave(p);
        if (base->kind == T_FUNC || base->kind == T_ARRAY) {
            error_at(tok, "a function cannot return `%s'", type_name(base));
            base = type_error;
        }
        f->base = type_unqualified(base);
        return f;
    }
    return base;
}

/* Does the `(` begin a declarator, and not a list of parameters? */
static bool
nested_declarator(const struct parser *p)
{
    struct parser q = *p;

    if (!accept(&q, "("))
        return false;
    return at(&q, "*") || at(&q, "(") || at(&q, "[") ||
           at(&q, "__attribute__") ||
           (q.t->kind == TK_IDENT && !starts_type(&q));
}

struct type *
parse_declarator(struct parser *p, struct type *base, const struct token **name)
{
    *name = NULL;
    nest_enter(p);
    ignore_attributes(p);
    for (int n = 1; accept(p, "*"); n++) {
        check_array(base, p->t - 1);
        if (n > MAX_POINTERS)
            parse_error(p, cc_format("fewer than %d `*'", MAX_POINTERS));
        base =
            check_qualified(type_pointer(base), parse_qualifiers(p), p->t - 1);
    }
    if (nested_declarator(p)) {
        const struct token *inside = p->t + 1, *behind;

        p->t = behind_parentheses(p->t);
        base = suffixes(p, base);
        behind = p->t;
        p->t = inside;
        base = parse_declarator(p, base, name);
        expect(p, ")", "behind the declarator");
        p->t = behind;
    } else {
        if (p->t->kind == TK_IDENT)
            *name = p->t++;
        base = suffixes(p, base);
    }
    nest_leave(p);
    return base;
}

struct type *
parse_type_name(struct parser *p)
{
    struct specifiers s;
    const struct token *name;
    struct type *type;
    bool is_literal; /* the type of one, whose object is aligned so */

    parse_specifiers(p, &s, "a type");
    if (s.storage != 0)
        error_at(s.tok, "a storage class does not belong into a type");
    type = parse_declarator(p, s.type, &name);
    is_literal = at(p, ")") && token_is(p->t + 1, "{");
    check_specifiers(&s, is_literal ? type : NULL);
    if (name != NULL)
        error_at(name, "a name does not belong into a type");
    return is_literal && s.align > 0 ? type_aligned(type, s.align) : type;
}
