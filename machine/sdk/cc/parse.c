/*
 * parse.c - the parser's hold on tokens, scopes and names.
 *
 * A name means one thing at a time: it leads to its innermost declaration,
 * which remembers the one it hides.  Leaving a scope puts those back.  Tags are
 * names of their own.  Link names: an external symbol is called in the image as
 * in C; a static one gets @unit behind its name (walk@vccw), a number more if
 * it is inside a function.
 */
#include "parse.h"

#include <stdlib.h>
#include <string.h>

#include "program.h"

enum { MAX_NESTING = 400, MAX_LINKS = 5000 };

/* What its name leads to. */
static struct symbol **
meaning_of(const struct symbol *s)
{
    struct meaning *m = cc_meaning(s->name);

    return s->kind == SYM_TAG ? &m->tag : &m->symbol;
}

/* ---- tokens -------------------------------------------------------------- */

/* What to include for a name of the library that is not declared, or "". */
static const char *
header_hint(const char *name)
{
    const char *header =
        cc_meaning(name)->symbol == NULL ? library_header(name) : NULL;

    return header == NULL ? ""
                          : cc_format(": is #include <%s> missing?", header);
}

void
parse_error(struct parser *p, const char *expected)
{
    if (p->t->kind == TK_EOF)
        error_at(p->t, "expected %s, but the file ends here", expected);
    else
        error_at(p->t, "expected %s, not `%s'%s", expected, p->t->text,
                 p->t->kind == TK_IDENT ? header_hint(p->t->text) : "");
    longjmp(*p->recover, 1);
}

void
parse_gnu(struct parser *p, const char *construct)
{
    error_at(p->t, "%s is an extension of GNU C that cc370 does not have",
             construct);
    longjmp(*p->recover, 1);
}

void
expect(struct parser *p, const char *word, const char *where)
{
    if (accept(p, word))
        return;
    if (word[0] == ';' && p->t->kind != TK_EOF &&
        (at(p, "}") || p->t->line != p->t[-1].line)) {
        error_at(p->t, "expected `;' %s, not `%s'", where, p->t->text);
        return; /* that is all that is wrong */
    }
    parse_error(p, cc_format("`%s' %s", word, where));
}

const struct token *
expect_name(struct parser *p, const char *what)
{
    if (p->t->kind != TK_IDENT)
        parse_error(p, what);
    return p->t++;
}

const struct token *
behind_parentheses(const struct token *t)
{
    int open = 0, braces = 0;

    do {
        open += token_is(t, "(") - token_is(t, ")");
        braces += token_is(t, "{") - token_is(t, "}");
        if (t->kind == TK_EOF || braces < 0 ||
            (braces == 0 && token_is(t, ";")))
            return t;
        t++;
    } while (open > 0);
    return t;
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

void
nest_link(struct parser *p)
{
    if (++p->links > MAX_LINKS) {
        error_at(p->t, "more than %d operators follow each other", MAX_LINKS);
        longjmp(*p->recover, 1);
    }
}

struct node *
nested(struct parser *p, struct node *(*parse)(struct parser *))
{
    struct node *n;

    nest_enter(p);
    n = parse(p);
    nest_leave(p);
    return n;
}

/* ---- recovery from errors ------------------------------------------------ */

/* To behind the end of the statement or declaration that begins at start: a
 * `;' or the brace that closes, behind which it does not go on.  One that
 * closes the block is left alone. */
static void
skip(struct parser *p, const struct token *start, bool in_block)
{
    int braces = 0; /* that are open */

    for (; start < p->t; start++)
        if (token_is(start, "{"))
            braces++;
        else if (token_is(start, "}") && braces > 0)
            braces--;
    for (; p->t->kind != TK_EOF; p->t++)
        if (at(p, "{"))
            braces++;
        else if (at(p, "}") ? --braces <= 0 : braces == 0 && at(p, ";")) {
            if (in_block && braces < 0)
                return;
            braces = 0;
            if (token_is(p->t + 1, "else") || token_is(p->t + 1, ")") ||
                token_is(p->t + 1, ","))
                continue;
            if (!accept(p, ";") && p->t++ && !in_block)
                accept(p, ";");
            return;
        }
}

/* False after a syntax error in the item. */
static bool
parsed(struct parser *p, struct node *block,
       void (*item)(struct parser *p, struct node *block))
{
    jmp_buf recover;

    p->recover = &recover;
    if (setjmp(recover) != 0) {
        p->broken = true; /* what is passed may use what seems unused */
        constant_wanted(false);
        return false;
    }
    item(p, block);
    return true;
}

bool
parse_guarded(struct parser *p, struct node *block,
              void (*item)(struct parser *p, struct node *block))
{
    const struct parser before = *p;
    bool good;

    p->links = 0;
    good = parsed(p, block, item);
    if (!good) {
        while (p->scope != before.scope)
            scope_leave(p);
        p->nesting = before.nesting;
        p->loops = before.loops;
        p->in_switch = before.in_switch;
        p->members = before.members;
        p->unevaluated = before.unevaluated;
        p->function = before.function;
        if (p->resume == NULL)
            skip(p, before.t, block != NULL);
        else if (block != NULL) {
            p->recover = before.recover;
            longjmp(*p->recover, 1);
        }
    }
    p->recover = before.recover;
    return good;
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
    if ((s->flags & (F_UNUSED | F_USED)) != 0 || s->is_param || s->depth == 0 ||
        s->kind != SYM_OBJECT || s->link != NULL || s->type->kind == T_ERROR)
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
        if (!p->broken)
            warn_unused(s);
        s->last_line = p->t[-1].line;
        if (s->depth > 0 && s->link != NULL && s->use != NULL && !s->defined)
            program_use(s->link, s->use);
        *meaning_of(s) = s->hidden;
    }
    p->scope = p->scope->outer;
    p->depth--;
}

const char *
scope_hint(const struct parser *p, const char *name, bool types)
{
    static const char *const usual[2][8] = {
        {"while", "for", "if", "switch", "return", "break", "continue",
         "sizeof"},
        {"int", "char", "short", "long", "void"}};
    const char *header = header_hint(name);
    struct near near;

    if (*header != '\0')
        return header;
    if (types && cc_meaning(name)->tag != NULL)
        return cc_format(": did you mean `%s'?",
                         type_name(cc_meaning(name)->tag->type));
    near_begin(&near, name);
    for (size_t i = 0; i < sizeof(usual[0]) / sizeof(usual[0][0]); i++)
        near_try(&near, usual[types][i]);
    for (const struct scope *c = p->scope; c != NULL; c = c->outer)
        for (const struct symbol *s = c->symbols; s != NULL; s = s->in_scope)
            if (s->kind != SYM_TAG && (s->kind == SYM_TYPEDEF) == types &&
                s->type->kind != T_ERROR)
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

static bool
is_among(const char *word, const char *words)
{
    return strstr(words, cc_format(" %s ", word)) != NULL;
}

void
check_gnu(struct parser *p)
{
    const char *word = p->t->text;

    if (p->t->kind != TK_IDENT || cc_meaning(word)->symbol != NULL)
        return;
    if (is_among(word, " asm __asm __asm__ ")) {
        error_at(p->t, "assembler goes into a file of its own, which "
                       "asm(\"FILE.asm\"); outside of functions takes in");
        longjmp(*p->recover, 1);
    }
    if (is_among(word, " __typeof __typeof__ __label__ __real__ __imag__ "
                       "__real __imag __int128 __int128_t __uint128_t ") ||
        (strcmp(word, "typeof") == 0 && token_is(p->t + 1, "(")))
        parse_gnu(p, word);
}

void
check_unknown_type(struct parser *p)
{
    const struct token *t = p->t;
    const char *word;

    check_gnu(p);
    if (t->kind != TK_IDENT || cc_meaning(t->text)->symbol != NULL ||
        starts_type(p) ||
        (t[1].kind != TK_IDENT && t[1].kind != TK_NUM &&
         (!token_is(t + 1, "*") || t[2].kind == TK_NUM ||
          token_is(t + 2, "("))))
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
    scope_declare(p, SYM_TYPEDEF, t, type_error);
}

bool
at_untyped_function(const struct parser *p)
{
    const struct token *t = p->t;

    if (t->kind != TK_IDENT || !token_is(t + 1, "(") || starts_type(p))
        return false;
    t = behind_parentheses(t + 1);
    return token_is(t, "{") || /* int f(a) int a; { */
           (t->kind == TK_KEYWORD && *header_hint(p->t->text) == '\0');
}

struct symbol *
scope_find_here(const struct parser *p, const char *name)
{
    struct symbol *s = cc_meaning(name)->symbol;

    return s != NULL && s->depth == p->depth ? s : NULL;
}

static struct symbol *
new_symbol(enum symbol_kind kind, const char *name, const struct token *tok,
           struct type *type)
{
    struct symbol *s = cc_alloc(sizeof(*s));

    s->kind = kind;
    s->name = name;
    s->tok = tok;
    s->type = type;
    return s;
}

static struct symbol *
enter_symbol(struct parser *p, struct symbol *s)
{
    s->depth = p->depth;
    s->hidden = *meaning_of(s);
    s->in_scope = p->scope->symbols;
    p->scope->symbols = s;
    return *meaning_of(s) = s;
}

struct symbol *
scope_declare(struct parser *p, enum symbol_kind kind, const struct token *name,
              struct type *type)
{
    return enter_symbol(p, new_symbol(kind, name->text, name, type));
}

void
scope_take_over(struct parser *p, struct symbol *symbols)
{
    for (struct symbol *next; symbols != NULL; symbols = next) {
        next = symbols->in_scope;
        if (symbols->kind == SYM_TAG || symbols->kind == SYM_CONSTANT)
            enter_symbol(p, symbols);
    }
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
unnamed_object(struct parser *p, const char *stem, const struct token *tok,
               struct type *type, bool is_static)
{
    struct symbol *s = new_symbol(SYM_OBJECT, stem, tok, type);

    if (!is_static)
        return s;
    s->link = cc_format("%s@%s.%d", stem, p->unit, ++p->nstatics);
    s->is_static = true;
    unit_define(s);
    return s;
}

void
unit_define(struct symbol *s)
{
    if (!s->defined)
        program_define(s);
    s->defined = true;
}

/* ---- a translation unit -------------------------------------------------- */

static void
warn_unused_static(const struct symbol *s)
{
    if (!s->is_static || s->used ||
        (s->flags & (F_UNUSED | F_USED | F_INLINE)) != 0)
        return;
    if (s->kind == SYM_FUNCTION && s->defined)
        warn_at(s->tok, "unused", "static function `%s' is not used", s->name);
    else if (s->kind == SYM_OBJECT && (s->defined || s->tentative) &&
             !type_is_const(s->type))
        warn_at(s->tok, "unused", "static variable `%s' is not used", s->name);
}

/* `int x;': what no declaration initialized is zero. */
static void
define_tentative(struct symbol *s)
{
    if (s->type->kind == T_ARRAY && s->type->length < 0 && !s->is_static)
        s->type = type_array(s->type->base, 1);
    if (expr_complete(s->type, s->tok))
        unit_define(s);
}

static void
finish_unit(struct parser *p)
{
    for (struct symbol *s = p->scope->symbols; s != NULL; s = s->in_scope) {
        if (s->kind == SYM_TYPEDEF)
            map_typedef(s);
        if (s->link != NULL && !s->is_static) {
            if (s->use != NULL && !s->defined)
                program_use(s->link, s->use);
            if (s->use != NULL || s->defined || s->tentative)
                program_declare(s);
        }
        if (s->kind == SYM_FUNCTION && s->is_static && s->use != NULL &&
            !s->defined)
            error_at(s->tok,
                     "static function `%s' is used but defined nowhere in "
                     "this file",
                     s->name);
        if (s->is_inline && s->own_static != NULL)
            error_at(s->own_static,
                     "`%s' is static, but is used in `%s', which is inline and "
                     "not static: put `static' in front of that",
                     s->own_static->text, s->name);
        warn_unused_static(s);
        if (s->kind == SYM_OBJECT && s->tentative)
            define_tentative(s);
    }
}

static void
outside(struct parser *p, struct node *block)
{
    p->broken = false;
    if (at(p, "{") && p->scope->symbols != NULL && token_is(p->t - 1, ";")) {
        error_at(p->t, "no `;' belongs between a function and its block");
        longjmp(*p->recover, 1);
    }
    if (at(p, "}") || (p->t->kind == TK_KEYWORD && !starts_type(p) &&
                       !at(p, "_Static_assert")))
        parse_error(p, "a declaration (are the braces above right?)");
    parse_declaration(p, block);
}

/* After an error, what does not look like a declaration is passed: it is the
 * rest of a function. */
static void
parse_outside(struct parser *p)
{
    bool failed = !parse_guarded(p, NULL, outside);

    if (p->resume != NULL)
        p->t = p->resume;
    p->resume = NULL;
    while (failed && p->t->kind != TK_EOF && !starts_type(p) &&
           !at(p, "_Static_assert") && !at_untyped_function(p) &&
           (p->t->kind != TK_IDENT ||
            (p->t[1].kind != TK_IDENT && !token_is(p->t + 1, "*"))))
        p->t++;
}

void
parse_unit(const struct token *tokens, const char *unit)
{
    struct parser p = {.t = tokens, .unit = unit, .depth = -1};

    scope_enter(&p);
    while (p.t->kind != TK_EOF)
        parse_outside(&p);
    finish_unit(&p);
    scope_leave(&p);
}
