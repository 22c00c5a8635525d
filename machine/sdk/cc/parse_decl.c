/*
 * parse_decl.c - declarations of objects, functions and typedefs, outside
 * functions and inside.
 *
 * A name may be declared often, if all declarations agree, and be defined
 * once.  One symbol stands for all declarations at file scope; an `extern`
 * inside a function shares the link name of the one outside.
 */
#include "parse.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "machine/sdk/asmcheck/asm.h"

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
        error_at(tok, "`%s' is declared as `%s', but was `%s' before%s",
                 tok->text, type_name(type), type_name(old->type),
                 type->prototype && old->type->prototype &&
                         strcmp(type_name(type), type_name(old->type)) == 0
                     ? ": a tag that a list of parameters declares is unknown "
                       "outside of it"
                     : "");
    else
        error_at(tok, "`%s' is declared again as something else", tok->text);
    note_at(old->tok, "the earlier declaration");
}

static void
declare_typedef(struct parser *p, const struct token *name, struct type *type)
{
    struct symbol *s = scope_find_here(p, name->text);

    if (s != NULL)
        check_again(s, SYM_TYPEDEF, name, type);
    else
        scope_declare(p, SYM_TYPEDEF, name, type);
}

/* An object or function with a link name. */
static struct symbol *
declare_linked(struct parser *p, const struct specifiers *s,
               const struct token *name, struct type *type)
{
    enum symbol_kind kind = type->kind == T_FUNC ? SYM_FUNCTION : SYM_OBJECT;
    struct symbol *outer = cc_meaning(name->text)->symbol;
    struct symbol *sym = scope_find_here(p, name->text);
    bool is_static = s->storage == S_STATIC;
    bool is_inline = (s->flags & F_INLINE) != 0 && s->storage == 0;

    if ((s->storage & (S_AUTO | S_REGISTER)) != 0)
        error_at(name, "auto and register are for variables in functions");
    if (s->storage == S_STATIC && p->depth > 0)
        error_at(name, "a function that is declared in another is not static");
    if (sym != NULL)
        check_again(sym, kind, name, type);
    if (sym != NULL && sym->link != NULL) {
        if (s->storage == S_STATIC
                ? !sym->is_static
                : sym->is_static && s->storage == 0 && kind == SYM_OBJECT) {
            error_at(name, "`%s' is %sstatic here, but was%s before",
                     name->text, sym->is_static ? "not " : "",
                     sym->is_static ? "" : " not");
            note_at(sym->tok, "the earlier declaration");
        }
        sym->is_inline &= is_inline;
    } else {
        sym = scope_declare(p, kind, name, type);
        sym->is_static = is_static;
        sym->is_inline = is_inline;
        if (outer != NULL && outer->link != NULL && outer->kind == kind &&
            s->storage != S_STATIC && (outer->depth == 0 || !outer->defined)) {
            sym->link = outer->link;
            sym->is_static = outer->is_static;
            outer->used = true;
            if (type_compatible(outer->type, type))
                sym->type = type_composite(outer->type, type);
            else
                check_again(outer, kind, name, type);
        } else
            sym->link =
                is_static ? static_link_name(p, name->text) : name->text;
    }
    sym->flags |= s->flags;
    if (s->align > sym->align)
        sym->align = s->align;
    if (s->section != NULL)
        sym->section = s->section;
    if (kind == SYM_FUNCTION && s->format != 0) {
        sym->type->format = s->format;
        sym->type->format_first = s->format_first;
    }
    if (kind == SYM_FUNCTION && (s->flags & F_NORETURN) != 0)
        sym->type->noreturn = true;
    return sym;
}

/* The type of an object, which cannot be void. */
static struct type *
object_type(const struct token *name, struct type *type)
{
    if (type->kind != T_VOID)
        return type;
    error_at(name, "an object cannot be void");
    return type_error;
}

static void
declare_outside(struct parser *p, const struct specifiers *s,
                const struct token *name, struct type *type)
{
    struct symbol *sym;

    if (s->storage != S_EXTERN || at(p, "="))
        type = object_type(name, type);
    sym = declare_linked(p, s, name, type);
    if (type->kind == T_FUNC)
        return;
    if (accept(p, "=")) {
        if (sym->init != NULL) {
            error_at(name, "`%s' is initialized twice", name->text);
            note_at(sym->tok, "here as well");
        }
        sym->tok = name;
        sym->init = parse_initializer(p, &sym->type, true);
        unit_define(sym);
        sym->tentative = false;
    } else if (s->storage != S_EXTERN) {
        sym->tentative = !sym->defined;
        sym->tok = name;
    }
}

static void
declare_inside(struct parser *p, const struct specifiers *s,
               const struct token *name, struct type *type, struct node *block)
{
    struct symbol *old = scope_find_here(p, name->text);
    bool is_static = s->storage == S_STATIC;
    struct symbol *sym;
    struct node *n;

    if (type->kind == T_FUNC || s->storage == S_EXTERN) {
        declare_linked(p, s, name, type);
        if (at(p, "="))
            parse_error(p, "`;' (an extern declaration in a function has no "
                           "initializer)");
        return;
    }
    type = object_type(name, type);
    if (old != NULL && token_is(name - 1, ",") && !at(p, "=") && !at(p, ",") &&
        !at(p, ";")) { /* for (int i = 0, i < 10, i++) */
        p->t = name - 1;
        parse_error(p, cc_format("`;' in front of `%s', which is declared",
                                 name->text));
    }
    if (old != NULL) {
        error_at(name, "`%s' is declared already", name->text);
        note_at(old->tok, "here");
    }
    sym = scope_declare(p, SYM_OBJECT, name, type);
    sym->flags = s->flags | (s->storage == S_REGISTER ? F_REGISTER : 0);
    sym->align = s->align;
    sym->section = s->section;
    sym->is_static = is_static;
    sym->addressed = !is_static && (type->quals & Q_VOLATILE) != 0;
    if (is_static) {
        sym->link = static_link_name(p, name->text);
        if (!type_is_const(type))
            p->function->own_static = name;
    }
    if (s->section != NULL && !is_static)
        error_at(name,
                 "`%s' is not static: only what is in the image has a "
                 "section",
                 name->text);
    if (accept(p, "="))
        sym->init = parse_initializer(p, &sym->type, is_static);
    if (is_static)
        unit_define(sym);
    n = node_new(S_DECLARE, type_void, name);
    n->sym = sym;
    node_append(block, n);
    if (!expr_complete(sym->type, name))
        sym->type = type_error;
}

/* ---- functions ----------------------------------------------------------- */

static struct symbol *
declare_param(struct parser *p, const struct token *fn, int n, struct param *q)
{
    struct symbol *s;

    if (q->name == NULL && q->type->kind == T_ERROR)
        return NULL;
    if (q->name == NULL) {
        error_at(q->tok, "parameter %d of `%s' needs a name", n, fn->text);
        return NULL;
    }
    if (!expr_complete(q->type, q->tok))
        q->type = type_error;
    s = scope_declare(p, SYM_OBJECT, q->tok, q->type);
    s->is_param = true;
    s->flags = q->in_register ? F_REGISTER : 0;
    s->addressed = (q->type->quals & Q_VOLATILE) != 0;
    return s;
}

static void
function_definition(struct parser *p, const struct specifiers *s,
                    const struct token *name, struct type *type)
{
    struct symbol *fn;

    if (s->storage == S_TYPEDEF)
        error_at(name, "a typedef has no body");
    fn = declare_linked(p, s, name, type);
    if (fn->defined) {
        error_at(name, "`%s' is defined twice", name->text);
        note_at(fn->tok, "here as well");
    }
    if (type->base->kind != T_VOID && !expr_complete(type->base, name))
        type->base = type_error;
    type->prototype = true; /* f() {...} takes no arguments */
    type->noreturn |= fn->type->noreturn;
    type->format = fn->type->format;
    type->format_first = fn->type->format_first;
    fn->tok = name;
    fn->type = type;
    if (fn->kind == SYM_FUNCTION)
        unit_define(fn);
    fn->nparams = type->nparams;
    fn->params = cc_alloc((size_t)type->nparams * sizeof(*fn->params));
    scope_enter(p);
    scope_take_over(p, type->names);
    for (int i = 0; i < type->nparams; i++)
        fn->params[i] = declare_param(p, name, i + 1, &type->params[i]);
    fn->body = parse_body(p, fn);
    scope_leave(p);
}

/* ---- the whole declaration ----------------------------------------------- */

/* Does what is behind the head of a function, which begins at `head', look like
 * its body? */
static bool
lacks_brace(const struct parser *p, const struct token *head)
{
    return token_is(p->t - 1, ")") && p->t->line != p->t[-1].line &&
           p->t->kind != TK_EOF && !at(p, "}") && !at(p, ";") && !at(p, ",") &&
           check_is_within(p->t, head);
}

/* A declarator and what belongs to it; true if that was a whole function. */
static bool
declared(struct parser *p, struct specifiers s, struct node *block)
{
    const struct token *name;
    struct type *type;

    parse_attributes(p, &s);
    type = parse_declarator(p, s.type, &name);
    if (name == NULL && token_is(p->t - 1, "]") && p->t->kind == TK_IDENT) {
        name = p->t++; /* int[] a */
        error_at(name, "expected the name in front of `[', not behind `]'");
    }
    if (name == NULL)
        parse_error(p, "a name");
    parse_attributes(p, &s);
    check_gnu(p);
    check_specifiers(&s, type);
    if (type->kind == T_FUNC && type->old_style) {
        if (block != NULL || (!starts_type(p) && !at(p, "{")))
            error_at(name, "the types of the parameters are missing");
        else
            parse_old_style_types(p, type);
    }
    if (type->kind == T_FUNC && block == NULL &&
        (at(p, "{") || lacks_brace(p, s.tok))) {
        if (p->t[-1].kind == TK_IDENT)
            error_at(name,
                     "the body of `%s' needs its parameters in front of "
                     "it: a typedef will not do",
                     name->text);
        function_definition(p, &s, name, type);
        return true;
    }
    if (at(p, "{") && type->kind == T_FUNC &&
        check_is_within(s.tok, p->function->tok)) {
        scope_declare(p, SYM_OBJECT, name, type_error);
        p->t = name;
        parse_gnu(p, "a function within a function");
    }
    if (at(p, "{") && type->kind == T_FUNC) {
        error_at(name,
                 "`%s' begins within `%s': a `}' is missing in front of it",
                 name->text, p->function->name);
        p->resume = s.tok;
        longjmp(*p->recover, 1);
    }
    if (block == NULL && type->kind == T_FUNC && !at(p, ";") && !at(p, ",") &&
        p->t->line != p->t[-1].line && p->t->kind != TK_EOF && !starts_type(p))
        parse_error(p, "`{' or `;' behind the function");
    if ((s.flags & F_PACKED) != 0)
        warn_at(name, "attributes",
                "packed does nothing here: it belongs behind the } of a "
                "structure, or to a member");
    if (s.storage == S_TYPEDEF)
        declare_typedef(p, name,
                        s.align > 0 ? type_aligned(type, s.align) : type);
    else if (block == NULL)
        declare_outside(p, &s, name, type);
    else
        declare_inside(p, &s, name, type, block);
    return false;
}

static bool
is_same_file(const char *a, const char *b)
{
    struct stat x, y;

    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}

/* asm("FILE.asm"); takes an assembler file into the program, once; its name is
 * from the folder of this file on. */
static void
assembler_file(struct parser *p)
{
    const struct token *tok = p->t++, *name = p->t + 1;
    const char *in = source_name(tok->file), *slash = strrchr(in, '/');
    int n = slash == NULL ? 0 : (int)(slash + 1 - in);
    int length = (int)strlen(name->text) - 2;
    const struct asm_file *f = asm_files();
    const char *path;

    expect(p, "(", "behind asm");
    if (name->kind != TK_STR || length < 5 ||
        strcmp(name->text + length - 3, ".asm\"") != 0)
        parse_error(p, "the name of an assembler file, \"FILE.asm\"");
    p->t++;
    path = cc_format("%.*s%.*s", name->text[1] == '/' ? 0 : n, in, length,
                     name->text + 1);
    while (f != NULL && !is_same_file(source_name(f->file), path))
        f = f->next;
    if (access(path, R_OK) != 0)
        error_at(name, "cannot read %s: %s", path, strerror(errno));
    else if (f == NULL)
        asm_add(path, false);
    expect(p, ")", "behind the name");
    expect(p, ";", "behind the assembler file");
}

void
parse_declaration(struct parser *p, struct node *block)
{
    struct specifiers s;

    if (accept(p, "_Static_assert")) {
        parse_static_assert(p);
        return;
    }
    if (block == NULL) {
        if (accept(p, ";"))
            return;
        if (p->t->kind == TK_IDENT && strcmp(p->t->text, "asm") == 0) {
            assembler_file(p);
            return;
        }
    }
    if (block == NULL && at_untyped_function(p)) {
        error_at(p->t, "`%s' has no type: put `int' or `void' in front of it",
                 p->t->text);
        s = (struct specifiers){.tok = p->t, .type = type_error};
    } else
        parse_specifiers(p, &s, "a declaration");
    if (p->t != s.tok && lacks_semicolon(p)) {
        expect(p, ";", "behind the declaration");
        return;
    }
    if (accept(p, ";")) {
        check_specifiers(&s, NULL);
        if (!type_is_record(s.type) && s.type->kind != T_ENUM &&
            s.type->kind != T_ERROR)
            warn_at(s.tok, "unused", "this declares nothing");
        return;
    }
    do
        if (declared(p, s, block))
            return;
    while (accept(p, ",") && !repeats_type(p));
    if (token_is(p->t - 1, ","))
        parse_declaration(p, block);
    else
        expect(p, ";", "behind the declaration");
}
