/*
 * parse_decl.c - declarations of objects, functions and typedefs, outside
 * functions and inside.
 *
 * A name may be declared often, if all declarations agree, and be defined
 * once.  One symbol stands for all declarations at file scope; an `extern`
 * inside a function shares the link name of the one outside.
 */
#include "parse.h"

#include <string.h>

/* A declaration of the same name in this scope: do they agree? */
static void
check_again(struct symbol *old, enum symbol_kind kind, const struct token *tok,
            struct type *type)
{
    if (old->kind == kind && type_compatible(old->type, type)) {
        old->type = type_composite(old->type, type);
        return;
    }
    if (old->kind == kind)
        error_at(tok, "`%s' is declared as `%s', but was `%s' before",
                 tok->text, type_name(type), type_name(old->type));
    else
        error_at(tok, "`%s' is declared again as something else", tok->text);
    note_at(old->tok, "the earlier declaration");
}

static void
declare_typedef(struct parser *p, const struct token *name, struct type *type)
{
    struct symbol *s = scope_find(name->text);

    if (s != NULL && s->depth == p->depth)
        check_again(s, SYM_TYPEDEF, name, type);
    else
        scope_declare(p, SYM_TYPEDEF, name->text, name, type);
}

/* An object or function with a link name. */
static struct symbol *
declare_linked(struct parser *p, const struct specifiers *s,
               enum symbol_kind kind, const struct token *name,
               struct type *type)
{
    struct symbol *old = scope_find(name->text);
    struct symbol *sym;
    bool is_static =
        s->storage == S_STATIC || (s->is_inline && s->storage != S_EXTERN);

    if (old != NULL && old->depth == p->depth) {
        check_again(old, kind, name, type);
        if (is_static && !old->is_static && s->storage == S_STATIC) {
            error_at(name, "`%s' is static here, but was not before",
                     name->text);
            note_at(old->tok, "the earlier declaration");
        }
        sym = old;
    } else {
        sym = scope_declare(p, kind, name->text, name, type);
        sym->is_static = is_static;
        if (old != NULL && old->link != NULL && p->depth > 0 &&
            old->kind == kind && s->storage != S_STATIC && old->depth == 0) {
            sym->link = old->link;
            sym->is_static = old->is_static;
            old->used = true;
        } else
            sym->link =
                is_static ? static_link_name(p, name->text) : name->text;
    }
    sym->quiet |= s->quiet || s->is_inline;
    sym->keep |= s->keep;
    sym->is_inline |= s->is_inline;
    sym->noinline |= s->noinline;
    if (s->align > sym->align)
        sym->align = s->align;
    if (s->section != NULL)
        sym->section = s->section;
    if (kind == SYM_FUNCTION && s->format != 0) {
        sym->type->format = s->format;
        sym->type->format_first = s->format_first;
    }
    if (kind == SYM_FUNCTION && s->noreturn)
        sym->type->noreturn = true;
    return sym;
}

/* Object type that is good enough to reserve storage for. */
static bool
check_object(const struct token *name, struct type *type)
{
    if (type_is_complete(type))
        return true;
    if (type->kind == T_ARRAY)
        error_at(name, "the length of array `%s' is missing", name->text);
    else
        error_at(name, "`%s' has the type `%s', which is not complete here",
                 name->text, type_name(type));
    return false;
}

static void
static_initializer(struct parser *p, struct symbol *s, const struct token *name)
{
    if (s->defined && s->init != NULL) {
        error_at(name, "`%s' is initialized twice", name->text);
        note_at(s->tok, "here as well");
    }
    s->init = parse_initializer(p, &s->type, true);
    if (!s->defined)
        unit_define(p, s);
    s->defined = true;
    s->tentative = false;
}

static void
declare_outside(struct parser *p, const struct specifiers *s,
                const struct token *name, struct type *type)
{
    struct symbol *sym;

    if (s->storage == S_TYPEDEF) {
        declare_typedef(p, name, type);
        return;
    }
    if ((s->storage & (S_AUTO | S_REGISTER)) != 0)
        error_at(name, "auto and register do not belong outside functions");
    if (type->kind != T_FUNC && (s->is_inline || s->noreturn))
        error_at(name, "only a function can be %s",
                 s->is_inline ? "inline" : "_Noreturn");
    if (type->kind == T_FUNC) {
        declare_linked(p, s, SYM_FUNCTION, name, type);
        return;
    }
    if (type->kind == T_VOID) {
        error_at(name, "an object cannot be void");
        type = type_error;
    }
    sym = declare_linked(p, s, SYM_OBJECT, name, type);
    if (accept(p, '=')) {
        sym->tok = name;
        static_initializer(p, sym, name);
    } else if (s->storage != S_EXTERN) {
        sym->tentative = !sym->defined;
        sym->tok = name;
    }
}

static void
declare_inside(struct parser *p, const struct specifiers *s,
               const struct token *name, struct type *type, struct node *block)
{
    struct symbol *old = scope_find(name->text);
    struct symbol *sym;
    struct node *n;

    if (s->storage == S_TYPEDEF) {
        declare_typedef(p, name, type);
        return;
    }
    if (type->kind == T_FUNC || s->storage == S_EXTERN) {
        declare_linked(p, s, type->kind == T_FUNC ? SYM_FUNCTION : SYM_OBJECT,
                       name, type);
        if (is_punct(p, '='))
            error_at(p->t, "an extern declaration in a function has no "
                           "initializer");
        return;
    }
    if (type->kind == T_VOID) {
        error_at(name, "an object cannot be void");
        type = type_error;
    }
    if (old != NULL && old->depth == p->depth) {
        error_at(name, "`%s' is declared already", name->text);
        note_at(old->tok, "here");
    }
    sym = scope_declare(p, SYM_OBJECT, name->text, name, type);
    sym->quiet = s->quiet;
    sym->align = s->align;
    sym->section = s->section;
    if (s->section != NULL && s->storage != S_STATIC)
        error_at(name,
                 "`%s' is not static: only what is in the image has a "
                 "section",
                 name->text);
    if (s->storage == S_STATIC) {
        sym->is_static = true;
        sym->link = static_link_name(p, name->text);
        if (accept(p, '='))
            static_initializer(p, sym, name);
        else {
            sym->defined = true;
            unit_define(p, sym);
        }
        if (!check_object(name, sym->type))
            sym->type = type_error;
        return;
    }
    if (type->quals & Q_VOLATILE)
        sym->addressed = true;
    if (accept(p, '='))
        sym->init = parse_initializer(p, &sym->type, false);
    if (!check_object(name, sym->type))
        sym->type = type_error;
    n = node_new(S_DECLARE, type_void, name);
    n->sym = sym;
    node_append(block, n);
}

/* ---- functions ----------------------------------------------------------- */

static void
function_definition(struct parser *p, const struct specifiers *s,
                    const struct token *name, struct type *type)
{
    struct symbol *fn;

    if (s->storage == S_TYPEDEF)
        error_at(name, "a typedef has no body");
    fn = declare_linked(p, s, SYM_FUNCTION, name, type);
    if (fn->defined) {
        error_at(name, "`%s' is defined twice", name->text);
        note_at(fn->tok, "here as well");
    }
    if (type->base->kind != T_VOID && !type_is_complete(type->base)) {
        error_at(name, "the result type `%s' is not complete",
                 type_name(type->base));
        type->base = type_error;
    }
    type->prototype = true; /* f() {...} takes no arguments */
    type->noreturn |= fn->type->noreturn;
    type->format = fn->type->format;
    type->format_first = fn->type->format_first;
    fn->tok = name;
    fn->type = type;
    if (!fn->defined && fn->kind == SYM_FUNCTION)
        unit_define(p, fn);
    fn->defined = true;
    fn->nparams = type->nparams;
    fn->params = cc_alloc((size_t)type->nparams * sizeof(*fn->params));
    scope_enter(p);
    for (int i = 0; i < type->nparams; i++) {
        struct param *q = &type->params[i];
        struct symbol *old;

        if (q->name == NULL) {
            error_at(q->tok, "parameter %d of `%s' needs a name", i + 1,
                     name->text);
            q->name = "";
        }
        if (!type_is_complete(q->type)) {
            error_at(q->tok,
                     "parameter `%s' has the type `%s', which is not "
                     "complete here",
                     q->name, type_name(q->type));
            q->type = type_error;
        }
        old = scope_find(q->name);
        if (old != NULL && old->depth == p->depth)
            error_at(q->tok, "two parameters are called `%s'", q->name);
        fn->params[i] = scope_declare(p, SYM_OBJECT, q->name, q->tok, q->type);
        fn->params[i]->is_param = true;
        if (q->type->quals & Q_VOLATILE)
            fn->params[i]->addressed = true;
    }
    fn->body = parse_body(p, fn);
    scope_leave(p);
}

/* ---- the whole declaration ----------------------------------------------- */

/* block: NULL outside functions. */
static void
declaration(struct parser *p, struct node *block)
{
    struct specifiers s;

    parse_specifiers(p, &s);
    if (p->t != s.tok && lacks_semicolon(p)) {
        expect(p, ';', "behind the declaration");
        return;
    }
    if (accept(p, ';')) {
        if (!type_is_record(s.type) && s.type->kind != T_ENUM &&
            s.type->kind != T_ERROR)
            warn_at(s.tok, "unused", "this declares nothing");
        return;
    }
    do {
        struct specifiers own = s;
        const struct token *name = NULL;
        struct type *type = parse_declarator(p, s.type, &name);

        if (name == NULL)
            parse_error(p, "a name");
        parse_attributes(p, &own);
        if (type->kind == T_FUNC && type->old_style) {
            if (block != NULL || (!starts_type(p) && !is_punct(p, '{')))
                error_at(name, "the types of the parameters are missing");
            else
                parse_old_style_types(p, type);
        }
        if (is_punct(p, '{') && type->kind == T_FUNC && block == NULL) {
            function_definition(p, &own, name, type);
            return;
        }
        if (block == NULL)
            declare_outside(p, &own, name, type);
        else
            declare_inside(p, &own, name, type, block);
    } while (accept(p, ','));
    expect(p, ';', "behind the declaration");
}

void
parse_local_declaration(struct parser *p, struct node *block)
{
    if (accept_keyword(p, KW_STATIC_ASSERT))
        parse_static_assert(p);
    else
        declaration(p, block);
}

void
parse_external_declaration(struct parser *p)
{
    if (accept(p, ';'))
        return;
    if (accept_keyword(p, KW_STATIC_ASSERT)) {
        parse_static_assert(p);
        return;
    }
    if (p->t->kind == TK_IDENT && strcmp(p->t->text, "asm") == 0)
        parse_error(p, "a declaration (assembler goes into .asm files)");
    check_unknown_type(p);
    if (!starts_type(p))
        parse_error(p, "a declaration");
    declaration(p, NULL);
}
