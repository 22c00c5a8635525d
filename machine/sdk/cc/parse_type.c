/*
 * parse_type.c - declaration specifiers, structures, enumerations and
 * declarators.
 *
 * A declarator is read inside out: what stands nearest to the name comes
 * first in a list (`*a[3]`: array of 3, pointer), which is then applied to
 * the type of the specifiers from its far end.
 */
#include "parse.h"

#include <string.h>

static const struct {
    enum keyword code;
    const char *what;
} rejected[] = {
    {KW_FLOAT, "floating point is not part of this C: cc370 has only integers"},
    {KW_DOUBLE,
     "floating point is not part of this C: cc370 has only integers"},
    {KW_COMPLEX, "_Complex is not part of this C: cc370 has only integers"},
    {KW_ATOMIC, "_Atomic is not part of this C: use s370/cs.h or disable "
                "interruptions"},
    {KW_THREAD_LOCAL, "_Thread_local is not part of this C: there are no "
                      "threads"},
};
enum { NREJECTED = sizeof(rejected) / sizeof(rejected[0]) };

bool
starts_type(const struct parser *p)
{
    const struct symbol *s;

    if (p->t->kind == TK_IDENT) {
        s = scope_find(p->t->text);
        return (s != NULL && s->kind == SYM_TYPEDEF) ||
               (s == NULL && strcmp(p->t->text, "__builtin_va_list") == 0);
    }
    if (p->t->kind != TK_KEYWORD)
        return false;
    switch (p->t->code) {
    case KW_ALIGNAS:
    case KW_ATOMIC:
    case KW_ATTRIBUTE:
    case KW_AUTO:
    case KW_BOOL:
    case KW_CHAR:
    case KW_COMPLEX:
    case KW_CONST:
    case KW_DOUBLE:
    case KW_ENUM:
    case KW_EXTERN:
    case KW_FLOAT:
    case KW_INLINE:
    case KW_INT:
    case KW_LONG:
    case KW_NORETURN:
    case KW_REGISTER:
    case KW_RESTRICT:
    case KW_SHORT:
    case KW_SIGNED:
    case KW_STATIC:
    case KW_STRUCT:
    case KW_THREAD_LOCAL:
    case KW_TYPEDEF:
    case KW_UNION:
    case KW_UNSIGNED:
    case KW_VOID:
    case KW_VOLATILE:
        return true;
    default:
        return false;
    }
}

/* ---- attributes and alignment -------------------------------------------- */

static uint32_t
checked_alignment(const struct token *tok, int64_t n)
{
    if (n == 0)
        return 0;
    if (n < 0 || n > 0x100000 || (n & (n - 1)) != 0) {
        error_at(tok, "an alignment is a power of two up to 1 MiB, not %lld",
                 (long long)n);
        return 0;
    }
    return (uint32_t)n;
}

uint32_t
parse_alignas(struct parser *p)
{
    const struct token *tok = p->t - 1;
    uint32_t align;

    expect(p, '(', "behind _Alignas");
    if (starts_type(p))
        align = type_align(parse_type_name(p));
    else
        align = checked_alignment(tok, parse_constant(p, "an alignment"));
    expect(p, ')', "behind the alignment");
    return align;
}

static bool
named(const struct token *t, const char *name)
{
    size_t n = strlen(name);

    if (strncmp(t->text, "__", 2) == 0 && strlen(t->text) == n + 4)
        return memcmp(t->text + 2, name, n) == 0;
    return strcmp(t->text, name) == 0;
}

static void
skip_parentheses(struct parser *p)
{
    int open = 0;

    do {
        if (is_punct(p, '('))
            open++;
        else if (is_punct(p, ')'))
            open--;
        else if (p->t->kind == TK_EOF)
            parse_error(p, "`)'");
        p->t++;
    } while (open > 0);
}

static void
attribute(struct parser *p, struct specifiers *s)
{
    static const char *const harmless[] = {"format",
                                           "const",
                                           "pure",
                                           "always_inline",
                                           "noinline",
                                           "nonnull",
                                           "may_alias",
                                           "cold",
                                           "hot",
                                           "malloc",
                                           "returns_twice",
                                           "fallthrough",
                                           "warn_unused_result",
                                           "deprecated"};
    const struct token *t = p->t++;

    if (named(t, "aligned")) {
        s->align = 8;
        if (accept(p, '(')) {
            s->align = checked_alignment(t, parse_constant(p, "an alignment"));
            expect(p, ')', "behind the alignment");
        }
        return;
    }
    if (named(t, "packed"))
        s->packed = true;
    else if (named(t, "noreturn"))
        s->noreturn = true;
    else if (named(t, "unused"))
        s->quiet = true;
    else if (named(t, "used"))
        s->keep = true;
    else if (named(t, "section"))
        warn_at(t, "attributes",
                "an image has no sections: the attribute does nothing");
    else {
        bool known = false;

        for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
            known |= named(t, harmless[i]);
        if (!known)
            warn_at(t, "attributes", "attribute `%s' is not known here",
                    t->text);
    }
    if (is_punct(p, '('))
        skip_parentheses(p);
}

void
parse_attributes(struct parser *p, struct specifiers *s)
{
    while (accept_keyword(p, KW_ATTRIBUTE)) {
        expect(p, '(', "behind __attribute__");
        expect(p, '(', "behind __attribute__(");
        while (!is_punct(p, ')')) {
            if (p->t->kind != TK_IDENT && p->t->kind != TK_KEYWORD)
                parse_error(p, "the name of an attribute");
            attribute(p, s);
            if (!accept(p, ','))
                break;
        }
        expect(p, ')', "behind the attributes");
        expect(p, ')', "behind the attributes");
    }
}

/* ---- structures and unions ----------------------------------------------- */

void
parse_static_assert(struct parser *p)
{
    const struct token *tok = p->t - 1;
    const uint8_t *bytes;
    const char *text = "";
    int n;
    int64_t value;

    expect(p, '(', "behind _Static_assert");
    value = parse_constant(p, "the condition of _Static_assert");
    if (accept(p, ',')) {
        if (p->t->kind != TK_STR)
            parse_error(p, "a string");
        text = p->t->text;
        parse_string(p, &bytes, &n);
    }
    expect(p, ')', "behind _Static_assert's text");
    expect(p, ';', "behind _Static_assert");
    if (value == 0)
        error_at(tok, "the assertion does not hold%s%s",
                 text[0] != '\0' ? ": " : "", text);
}

static void
check_member(struct record *r, struct member *m, const struct token *tok)
{
    uint32_t offset = 0;

    if (m->name != NULL && record_find(r, m->name, &offset) != NULL)
        error_at(tok, "there is a member `%s' already", m->name);
    if (m->type->kind == T_FUNC) {
        error_at(tok, "a member cannot be a function; a pointer to one can");
        m->type = type_error;
    } else if (m->type->kind == T_ARRAY && m->type->length < 0 &&
               type_is_complete(m->type->base)) {
        r->flexible = true;
    } else if (!type_is_complete(m->type)) {
        error_at(tok, "`%s' is not complete: its size is not known here",
                 type_name(m->type));
        m->type = type_error;
    }
}

static void
bit_field(struct parser *p, struct member *m)
{
    const struct token *tok = p->t;
    int64_t width = parse_constant(p, "the width of a bit-field");
    int64_t most =
        m->type->kind == T_BOOL ? 1 : (int64_t)type_size(m->type) * 8;

    m->is_bits = true;
    if (!type_is_integer(m->type)) {
        error_at(tok, "a bit-field has an integer type, not `%s'",
                 type_name(m->type));
        m->type = type_int;
        most = 32;
    }
    if (width < 0 || width > most) {
        error_at(tok, "a bit-field of `%s' has 0 to %lld bits, not %lld",
                 type_name(m->type), (long long)most, (long long)width);
        width = 1;
    }
    if (width == 0 && m->name != NULL) {
        error_at(tok, "a bit-field of width 0 has no name");
        width = 1;
    }
    m->width = (int)width;
}

static void
members(struct parser *p, struct record *r, bool is_union)
{
    struct member **last = &r->members;

    while (!accept(p, '}')) {
        struct specifiers s;

        if (accept_keyword(p, KW_STATIC_ASSERT)) {
            parse_static_assert(p);
            continue;
        }
        if (accept(p, ';'))
            continue;
        if (!starts_type(p))
            parse_error(p, "a member's type or `}'");
        parse_specifiers(p, &s);
        if (s.storage != 0)
            error_at(s.tok, "a member has no storage class");
        if (is_punct(p, ';') && !type_is_record(s.type)) {
            if (s.type->kind != T_ENUM)
                warn_at(s.tok, "unused", "this declares no member");
            p->t++;
            continue;
        }
        do {
            struct member *m = cc_alloc(sizeof(*m));
            const struct token *name = NULL;
            struct specifiers own = s;

            m->type = s.type;
            if (!is_punct(p, ':') && !is_punct(p, ';'))
                m->type = parse_declarator(p, s.type, &name);
            m->name = name != NULL ? name->text : NULL;
            m->tok = name != NULL ? name : s.tok;
            if (accept(p, ':'))
                bit_field(p, m);
            else if (name == NULL && !type_is_record(m->type))
                error_at(s.tok, "this member needs a name");
            parse_attributes(p, &own);
            if (r->flexible && !is_union)
                error_at(m->tok, "nothing can follow the flexible array");
            check_member(r, m, m->tok);
            m->offset = own.align; /* for record_lay_out() */
            *last = m;
            last = &m->next;
        } while (accept(p, ','));
        expect(p, ';', "behind the member");
    }
}

static struct type *
tagged_type(struct parser *p, enum type_kind kind, const struct token *tok,
            bool defines)
{
    struct tag *tag = NULL;
    struct type *type;
    const struct token *name = NULL;

    if (p->t->kind == TK_IDENT) {
        name = p->t++;
        tag = scope_find_tag(name->text);
    } else if (!defines && !is_punct(p, '{'))
        parse_error(p, "a tag or `{'");
    defines |= is_punct(p, '{');
    if (tag != NULL &&
        (tag->depth == p->depth || (!defines && !is_punct(p, ';')))) {
        if (tag->type->kind == kind)
            return tag->type;
        error_at(name, "`%s' is the tag of something else", name->text);
        note_at(tag->type->rec->tok, "it was declared here");
        return type_record(kind, name->text, name);
    }
    type = type_record(kind, name != NULL ? name->text : NULL,
                       name != NULL ? name : tok);
    if (name != NULL)
        scope_declare_tag(p, name->text, type);
    return type;
}

static struct type *
structure(struct parser *p, enum type_kind kind)
{
    const struct token *tok = p->t - 1;
    struct specifiers s = {.type = NULL};
    struct type *type;
    struct record *r;

    parse_attributes(p, &s);
    type = tagged_type(p, kind, tok, false);
    if (!is_punct(p, '{'))
        return type;
    r = type->rec;
    if (r->complete || r->members != NULL) {
        error_at(p->t - 1, "`%s' is defined twice", type_name(type));
        note_at(r->tok, "it was defined here");
        type = type_record(kind, r->tag, tok);
        r = type->rec;
    }
    p->t++;
    nest_enter(p);
    members(p, r, kind == T_UNION);
    nest_leave(p);
    parse_attributes(p, &s);
    r->packed = s.packed;
    record_lay_out(r, kind == T_UNION, s.align);
    return type;
}

/* ---- enumerations -------------------------------------------------------- */

static struct type *
enumeration(struct parser *p)
{
    const struct token *tok = p->t - 1;
    struct specifiers s = {.type = NULL};
    struct type *type;
    int64_t next = 0;

    parse_attributes(p, &s);
    type = tagged_type(p, T_ENUM, tok, false);
    if (!accept(p, '{')) {
        if (!type->rec->complete) {
            error_at(tok, "`%s' is not declared", type_name(type));
            type->rec->complete = true;
        }
        return type;
    }
    if (type->rec->complete)
        error_at(p->t - 1, "`%s' is defined twice", type_name(type));
    while (!is_punct(p, '}')) {
        const struct token *name = p->t;
        struct symbol *c;

        if (name->kind != TK_IDENT)
            parse_error(p, "the name of a constant");
        p->t++;
        if (accept(p, '='))
            next = parse_constant(p, "the value of an enumeration constant");
        if (next < INT32_MIN || next > INT32_MAX)
            error_at(name, "%lld is not an int", (long long)next);
        c = scope_find(name->text);
        if (c != NULL && c->depth == p->depth) {
            error_at(name, "`%s' is declared already", name->text);
            note_at(c->tok, "it was declared here");
        }
        c = scope_declare(p, SYM_CONSTANT, name->text, name, type_int);
        c->value = next++;
        if (c->value < 0)
            type->rec->is_signed = true;
        if (!accept(p, ','))
            break;
    }
    expect(p, '}', "behind the constants");
    parse_attributes(p, &s);
    type->rec->complete = true;
    return type;
}

/* ---- specifiers ---------------------------------------------------------- */

/* How often each word was there. */
struct words {
    int is_void, is_bool, is_char, is_short, is_int, is_long, is_signed,
        is_unsigned;
};

static struct type *
arithmetic_type(const struct words *w, const struct token *tok)
{
    bool u = w->is_unsigned > 0;
    int sizes = w->is_char + w->is_short + w->is_void + w->is_bool;

    if (w->is_signed + w->is_unsigned > 1 || sizes > 1 || w->is_int > 1 ||
        w->is_long > 2 || (sizes > 0 && w->is_long > 0) ||
        ((w->is_char || w->is_void || w->is_bool) && w->is_int) ||
        ((w->is_void || w->is_bool) && (w->is_signed || u))) {
        error_at(tok, "these words together are not a type");
        return type_error;
    }
    if (w->is_void)
        return type_void;
    if (w->is_bool)
        return type_bool;
    if (w->is_char)
        return u ? type_uchar : w->is_signed ? type_schar : type_char;
    if (w->is_short)
        return u ? type_ushort : type_short;
    if (w->is_long == 1)
        return u ? type_ulong : type_long;
    if (w->is_long == 2)
        return u ? type_ullong : type_llong;
    return u ? type_uint : type_int;
}

static int
storage_class(enum keyword code)
{
    switch (code) {
    case KW_TYPEDEF:
        return S_TYPEDEF;
    case KW_EXTERN:
        return S_EXTERN;
    case KW_STATIC:
        return S_STATIC;
    case KW_AUTO:
        return S_AUTO;
    case KW_REGISTER:
        return S_REGISTER;
    default:
        return 0;
    }
}

/* A word that belongs to the type itself; false if it is another one. */
static bool
type_word(struct parser *p, struct words *w, struct type **type)
{
    int code = p->t->code;

    /* Mostly a `;' that is missing behind a structure. */
    if (*type != NULL && *type != type_error && storage_class(code) == 0 &&
        starts_type(p))
        parse_error(p, "a name or `;'");
    switch (code) {
    case KW_VOID:
        w->is_void++;
        break;
    case KW_BOOL:
        w->is_bool++;
        break;
    case KW_CHAR:
        w->is_char++;
        break;
    case KW_SHORT:
        w->is_short++;
        break;
    case KW_INT:
        w->is_int++;
        break;
    case KW_LONG:
        w->is_long++;
        break;
    case KW_SIGNED:
        w->is_signed++;
        break;
    case KW_UNSIGNED:
        w->is_unsigned++;
        break;
    case KW_STRUCT:
    case KW_UNION:
    case KW_ENUM:
        p->t++;
        *type = code == KW_ENUM
                    ? enumeration(p)
                    : structure(p, code == KW_STRUCT ? T_STRUCT : T_UNION);
        return true;
    default:
        return false;
    }
    p->t++;
    return true;
}

static int
qualifier(enum keyword code)
{
    switch (code) {
    case KW_CONST:
        return Q_CONST;
    case KW_VOLATILE:
        return Q_VOLATILE;
    case KW_RESTRICT:
        return Q_RESTRICT;
    default:
        return 0;
    }
}

static void
reject(struct parser *p)
{
    for (int i = 0; i < NREJECTED; i++)
        if (is_keyword(p, rejected[i].code)) {
            error_at(p->t, "%s", rejected[i].what);
            return;
        }
}

void
parse_specifiers(struct parser *p, struct specifiers *s)
{
    struct words w = {0};
    struct type *type = NULL;
    int quals = 0;
    static const struct words none;

    memset(s, 0, sizeof(*s));
    s->tok = p->t;
    for (;;) {
        const struct symbol *sym;

        if (p->t->kind == TK_IDENT) {
            sym = scope_find(p->t->text);
            if (type != NULL || memcmp(&w, &none, sizeof(w)) != 0)
                break;
            if (sym != NULL && sym->kind == SYM_TYPEDEF)
                type = sym->type;
            else if (sym == NULL &&
                     strcmp(p->t->text, "__builtin_va_list") == 0)
                type = type_pointer(type_uint);
            else
                break;
            p->t++;
            continue;
        }
        if (p->t->kind != TK_KEYWORD)
            break;
        if (storage_class(p->t->code) != 0) {
            if (s->storage != 0)
                error_at(p->t, "only one storage class, please");
            s->storage = storage_class(p->t->code);
        } else if (qualifier(p->t->code) != 0)
            quals |= qualifier(p->t->code);
        else if (p->t->code == KW_INLINE)
            s->is_inline = true;
        else if (p->t->code == KW_NORETURN)
            s->noreturn = true;
        else if (p->t->code == KW_ALIGNAS) {
            uint32_t align;

            p->t++;
            align = parse_alignas(p);
            s->align = align > s->align ? align : s->align;
            continue;
        } else if (p->t->code == KW_ATTRIBUTE) {
            parse_attributes(p, s);
            continue;
        } else if (type_word(p, &w, &type))
            continue;
        else {
            const struct token *before = p->t;

            reject(p);
            if (before->code != KW_FLOAT && before->code != KW_DOUBLE &&
                before->code != KW_COMPLEX && before->code != KW_ATOMIC &&
                before->code != KW_THREAD_LOCAL)
                break;
            if (before->code != KW_THREAD_LOCAL && type == NULL)
                type = type_error;
        }
        p->t++;
    }
    if (type == NULL && memcmp(&w, &none, sizeof(w)) == 0) {
        error_at(s->tok, "a type is missing here");
        type = type_error;
    } else if (type == NULL)
        type = arithmetic_type(&w, s->tok);
    else if (memcmp(&w, &none, sizeof(w)) != 0 && type != type_error)
        error_at(s->tok, "two types in one declaration");
    s->type = type_qualified(type, quals);
}

/* ---- declarators --------------------------------------------------------- */

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

static void
add_param(struct type *f, int *cap, struct type *type, const struct token *name)
{
    if (f->nparams == *cap)
        f->params = cc_grow(f->params, cap, sizeof(*f->params));
    if (type->kind == T_ARRAY)
        type = type_qualified(type_pointer(type->base), 0);
    else if (type->kind == T_FUNC)
        type = type_pointer(type);
    f->params[f->nparams].type = type;
    f->params[f->nparams].name = name != NULL ? name->text : NULL;
    f->params[f->nparams].tok = name;
    f->nparams++;
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
            f->variadic = true;
            break;
        }
        if (!starts_type(p)) {
            if (p->t->kind == TK_IDENT)
                parse_error(p, "a parameter's type (parameters without types "
                               "are not part of this C)");
            parse_error(p, "a parameter's type");
        }
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
           (p->t->kind == TK_KEYWORD && qualifier(p->t->code) != 0))
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
        while (p->t->kind == TK_KEYWORD &&
               (qualifier(p->t->code) != 0 || p->t->code == KW_ATTRIBUTE)) {
            if (p->t->code == KW_ATTRIBUTE)
                parse_attributes(p, &ignored);
            else
                pointers[n].quals |= qualifier((p->t++)->code);
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
