/*
 * parse.c - the parser's hold on tokens, scopes and names.
 *
 * A name means one thing at a time: a table leads from each name to its
 * innermost declaration, which remembers the one it hides.  Leaving a scope
 * puts those back.  Link names: an external symbol is called in the image as
 * in C; a static one gets @unit behind its name (walk@vccw), a number more if
 * it is inside a function.
 */
#include "parse.h"

#include <stdlib.h>
#include <string.h>

#include "program.h"

struct binding {
    struct binding *next;
    const char *name;
    struct symbol *symbol;
    struct tag *tag;
};

enum { BINDINGS = 1024, MAX_NESTING = 400 };

static struct binding *
binding_of(const char *name)
{
    static struct binding *table[BINDINGS];
    struct binding **list =
        &table[((uintptr_t)name >> 4 ^ (uintptr_t)name >> 14) % BINDINGS];
    struct binding *b;

    for (b = *list; b != NULL; b = b->next)
        if (b->name == name)
            return b;
    b = cc_alloc(sizeof(*b));
    b->name = name;
    b->next = *list;
    *list = b;
    return b;
}

/* ---- tokens -------------------------------------------------------------- */

void
parse_error(struct parser *p, const char *expected)
{
    if (p->t->kind == TK_EOF)
        error_at(p->t, "expected %s, but the file ends here", expected);
    else
        error_at(p->t, "expected %s, not `%s'", expected, p->t->text);
    longjmp(*p->recover, 1);
}

bool
is_punct(const struct parser *p, int code)
{
    return p->t->kind == TK_PUNCT && p->t->code == code;
}

bool
is_keyword(const struct parser *p, enum keyword code)
{
    return p->t->kind == TK_KEYWORD && p->t->code == (int)code;
}

bool
accept(struct parser *p, int punct)
{
    if (!is_punct(p, punct))
        return false;
    p->t++;
    return true;
}

bool
accept_keyword(struct parser *p, enum keyword code)
{
    if (!is_keyword(p, code))
        return false;
    p->t++;
    return true;
}

void
expect(struct parser *p, int punct, const char *where)
{
    if (accept(p, punct))
        return;
    if (punct == ';' && p->t->kind != TK_EOF &&
        (is_punct(p, '}') || p->t->line != p->t[-1].line)) {
        error_at(p->t, "expected `;' %s, not `%s'", where, p->t->text);
        return; /* that is all that is wrong */
    }
    parse_error(p, cc_format("`%c' %s", punct, where));
}

void
nest_enter(struct parser *p)
{
    if (++p->nesting > MAX_NESTING) {
        error_at(p->t, "nested more than %d deep", MAX_NESTING);
        longjmp(*p->recover, 1);
    }
}

void
nest_leave(struct parser *p)
{
    p->nesting--;
}

/* ---- scopes -------------------------------------------------------------- */

void
scope_enter(struct parser *p)
{
    struct scope *s = cc_alloc(sizeof(*s));

    s->outer = p->scope;
    p->scope = s;
    p->depth++;
}

static void
warn_unused(const struct symbol *s)
{
    if (s->quiet || s->keep || s->is_param || s->depth == 0 ||
        s->kind != SYM_OBJECT || s->link != NULL)
        return;
    if (!s->used)
        warn_at(s->tok, "unused", "variable `%s' is not used", s->name);
    else if (s->sets > 0 && s->sets == s->uses)
        warn_at(s->tok, "unused", "variable `%s' is set, but never used",
                s->name);
}

void
scope_leave(struct parser *p)
{
    for (struct symbol *s = p->scope->symbols; s != NULL; s = s->in_scope) {
        warn_unused(s);
        s->last_line = p->t[-1].line;
        if (s->depth > 0 && s->link != NULL && s->use != NULL && !s->defined)
            program_use(s->link, s->use);
        binding_of(s->name)->symbol = s->hidden;
    }
    for (struct tag *t = p->scope->tags; t != NULL; t = t->in_scope)
        binding_of(t->name)->tag = t->hidden;
    p->scope = p->scope->outer;
    p->depth--;
}

const char *
scope_hint(const struct parser *p, const char *name, bool types)
{
    const char *header = library_header(name);
    struct near near;

    if (header != NULL)
        return cc_format(": is #include <%s> missing?", header);
    near_begin(&near, name);
    for (const struct scope *c = p->scope; c != NULL; c = c->outer)
        for (const struct symbol *s = c->symbols; s != NULL; s = s->in_scope)
            if ((s->kind == SYM_TYPEDEF) == types && s->type->kind != T_ERROR)
                near_try(&near, s->name);
    return near_hint(&near);
}

/* `retrun x;' looks like a declaration of x. */
static const char *
misspelt_keyword(const char *name)
{
    static const char *const words[] = {
        "return", "goto",    "case",     "else",   "static", "extern",
        "struct", "union",   "enum",     "const",  "void",   "unsigned",
        "signed", "typedef", "volatile", "inline", "while"};
    struct near near;

    near_begin(&near, name);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        near_try(&near, words[i]);
    return near.best;
}

void
check_unknown_type(struct parser *p)
{
    const struct token *t = p->t;
    const char *word;

    if (t->kind != TK_IDENT || scope_find(t->text) != NULL ||
        strcmp(t->text, "__builtin_va_list") == 0 ||
        (t[1].kind != TK_IDENT && t[1].kind != TK_NUM &&
         !(t[1].kind == TK_PUNCT && t[1].code == '*' && t[2].kind == TK_IDENT &&
           t[3].kind == TK_PUNCT && (t[3].code == ';' || t[3].code == '='))))
        return;
    word = misspelt_keyword(t->text);
    if (word != NULL) {
        error_at(t, "`%s' is neither a type nor a keyword: did you mean `%s'?",
                 t->text, word);
        longjmp(*p->recover, 1);
    }
    if (t[1].kind == TK_NUM)
        return;
    error_at(t, "the type `%s' is not declared%s", t->text,
             scope_hint(p, t->text, true));
    scope_declare(p, SYM_TYPEDEF, t->text, t, type_error);
}

struct symbol *
scope_find(const char *name)
{
    return binding_of(name)->symbol;
}

struct tag *
scope_find_tag(const char *name)
{
    return binding_of(name)->tag;
}

struct symbol *
scope_declare(struct parser *p, enum symbol_kind kind, const char *name,
              const struct token *tok, struct type *type)
{
    struct binding *b = binding_of(name);
    struct symbol *s = cc_alloc(sizeof(*s));

    s->kind = kind;
    s->name = name;
    s->tok = tok;
    s->type = type;
    s->depth = p->depth;
    s->hidden = b->symbol;
    s->in_scope = p->scope->symbols;
    p->scope->symbols = s;
    b->symbol = s;
    return s;
}

struct tag *
scope_declare_tag(struct parser *p, const char *name, struct type *type)
{
    struct binding *b = binding_of(name);
    struct tag *t = cc_alloc(sizeof(*t));

    t->name = name;
    t->type = type;
    t->depth = p->depth;
    t->hidden = b->tag;
    t->in_scope = p->scope->tags;
    p->scope->tags = t;
    b->tag = t;
    return t;
}

/* ---- link names ---------------------------------------------------------- */

const char *
static_link_name(struct parser *p, const char *name)
{
    if (p->depth == 0)
        return cc_format("%s@%s", name, p->unit);
    return cc_format("%s@%s.%d", name, p->unit, ++p->nstatics);
}

struct symbol *
static_object(struct parser *p, const char *stem, const struct token *tok,
              struct type *type)
{
    struct symbol *s = cc_alloc(sizeof(*s));

    s->kind = SYM_OBJECT;
    s->name = stem;
    s->link = cc_format("%s@%s.%d", stem, p->unit, ++p->nstatics);
    s->tok = tok;
    s->type = type;
    s->is_static = s->defined = true;
    unit_define(p, s);
    return s;
}

void
unit_define(struct parser *p, struct symbol *s)
{
    if (p->ndefined == p->cap_defined)
        p->defined = cc_grow(p->defined, &p->cap_defined, sizeof(*p->defined));
    p->defined[p->ndefined++] = s;
}

/* ---- a translation unit -------------------------------------------------- */

int
open_braces(const struct token *from, const struct token *to)
{
    int n = 0;

    for (; from < to; from++)
        if (from->kind == TK_PUNCT && (from->code == '{' || from->code == '}'))
            n += from->code == '{' ? 1 : n > 0 ? -1 : 0;
    return n;
}

/* After an error outside functions: behind the next `;' or closing brace. */
static void
skip_declaration(struct parser *p, const struct token *start)
{
    int braces = open_braces(start, p->t);

    while (p->t->kind != TK_EOF) {
        if (is_punct(p, '{'))
            braces++;
        else if (is_punct(p, '}') && --braces <= 0) {
            p->t++;
            accept(p, ';');
            return;
        } else if (is_punct(p, ';') && braces == 0) {
            p->t++;
            return;
        }
        p->t++;
    }
}

static void
finish_unit(struct parser *p)
{
    for (struct symbol *s = p->scope->symbols; s != NULL; s = s->in_scope) {
        if (s->kind == SYM_TYPEDEF)
            map_typedef(s);
        if (s->link != NULL && s->use != NULL && !s->defined && !s->is_static)
            program_use(s->link, s->use);
        if (s->link != NULL && !s->is_static &&
            (s->use != NULL || s->defined || s->tentative))
            program_declare(s);
        if (s->kind == SYM_FUNCTION && s->is_static && s->used && !s->defined)
            error_at(s->tok,
                     "static function `%s' is used but defined nowhere in "
                     "this file",
                     s->name);
        if (s->kind == SYM_FUNCTION && s->is_static && s->defined && !s->used &&
            !s->quiet && !s->keep)
            warn_at(s->tok, "unused", "static function `%s' is not used",
                    s->name);
        if (s->kind == SYM_OBJECT && s->is_static && !s->used && !s->quiet &&
            !s->keep && (s->defined || s->tentative) &&
            (s->type->quals & Q_CONST) == 0)
            warn_at(s->tok, "unused", "static variable `%s' is not used",
                    s->name);
        if (s->kind != SYM_OBJECT || !s->tentative)
            continue;
        /* What no declaration initialized is zero. */
        if (s->type->kind == T_ARRAY && s->type->length < 0)
            s->type = type_array(s->type->base, 1);
        if (!type_is_complete(s->type))
            error_at(s->tok, "the type of `%s', `%s', was never completed",
                     s->name, type_name(s->type));
        else if (!s->defined) {
            s->defined = true;
            unit_define(p, s);
        }
    }
    for (int i = 0; i < p->ndefined; i++)
        program_define(p->defined[i]);
}

void
parse_unit(const struct token *tokens, const char *unit)
{
    struct parser p = {.t = tokens, .unit = unit, .depth = -1};
    jmp_buf recover;
    struct scope *file;

    scope_enter(&p);
    file = p.scope;
    p.recover = &recover;
    while (p.t->kind != TK_EOF) {
        const struct token *start = p.t;

        if (setjmp(recover) == 0)
            parse_external_declaration(&p);
        else {
            p.recover = &recover;
            while (p.scope != file)
                scope_leave(&p);
            p.nesting = 0;
            p.function = NULL;
            p.pending = NULL;
            skip_declaration(&p, start);
        }
        if (p.t == start)
            p.t++;
    }
    finish_unit(&p);
    scope_leave(&p);
}
