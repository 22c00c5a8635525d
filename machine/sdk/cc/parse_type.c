/*
 * parse_type.c - declaration specifiers, attributes and alignment.
 *
 * The words of a specifier list come in any order (`long const unsigned`), so
 * they are collected in a set, and the type is that of the set at the end.
 */
#include "parse.h"

#include <string.h>

/* The words of arithmetic types and void, as members of a set. */
enum {
    W_VOID = 1,
    W_BOOL = 2,
    W_CHAR = 4,
    W_SHORT = 8,
    W_INT = 16,
    W_LONG = 32,
    W_LONG_LONG = 64, /* a second `long' */
    W_SIGNED = 128,
    W_UNSIGNED = 256,
    W_TWICE = 512 /* any other word that is there twice */
};

/* Everything that a declaration begins with, but names of types. */
enum word_class {
    BASE,      /* value: W_... */
    TAGGED,    /* value: T_... */
    STORAGE,   /* value: S_... */
    QUALIFIER, /* value: Q_... */
    FLAG,      /* value: F_... */
    ALIGNAS,
    ATTRIBUTE,
    REJECTED
};

static const struct word {
    const char *text;
    enum word_class is;
    int value;
    const char *why; /* REJECTED */
} words[] = {
    {"void", BASE, W_VOID, NULL},
    {"_Bool", BASE, W_BOOL, NULL},
    {"char", BASE, W_CHAR, NULL},
    {"short", BASE, W_SHORT, NULL},
    {"int", BASE, W_INT, NULL},
    {"long", BASE, W_LONG, NULL},
    {"signed", BASE, W_SIGNED, NULL},
    {"unsigned", BASE, W_UNSIGNED, NULL},
    {"struct", TAGGED, T_STRUCT, NULL},
    {"union", TAGGED, T_UNION, NULL},
    {"enum", TAGGED, T_ENUM, NULL},
    {"typedef", STORAGE, S_TYPEDEF, NULL},
    {"extern", STORAGE, S_EXTERN, NULL},
    {"static", STORAGE, S_STATIC, NULL},
    {"auto", STORAGE, S_AUTO, NULL},
    {"register", STORAGE, S_REGISTER, NULL},
    {"const", QUALIFIER, Q_CONST, NULL},
    {"volatile", QUALIFIER, Q_VOLATILE, NULL},
    {"restrict", QUALIFIER, Q_RESTRICT, NULL},
    {"inline", FLAG, F_INLINE, NULL},
    {"_Noreturn", FLAG, F_NORETURN, NULL},
    {"_Alignas", ALIGNAS, 0, NULL},
    {"__attribute__", ATTRIBUTE, 0, NULL},
    {"float", REJECTED, 0,
     "floating point is not part of this C: cc370 has only integers"},
    {"double", REJECTED, 0,
     "floating point is not part of this C: cc370 has only integers"},
    {"_Complex", REJECTED, 0,
     "_Complex is not part of this C: cc370 has only integers"},
    {"_Imaginary", REJECTED, 0,
     "_Imaginary is not part of this C: cc370 has only integers"},
    {"_Atomic", REJECTED, 0,
     "_Atomic is not part of this C: use s370_cs() or disable interruptions"},
    {"_Thread_local", REJECTED, 0,
     "_Thread_local is not part of this C: there are no threads"},
};

static const struct word *
word_at(const struct token *t)
{
    if (t->kind == TK_KEYWORD)
        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
            if (token_is(t, words[i].text))
                return &words[i];
    return NULL;
}

/* The type that a name stands for; NULL: none. */
static struct type *
named_type(const struct token *t)
{
    const struct symbol *s =
        t->kind == TK_IDENT ? cc_meaning(t->text)->symbol : NULL;

    if (s != NULL)
        return s->kind == SYM_TYPEDEF ? s->type : NULL;
    return strcmp(t->text, "__builtin_va_list") == 0 ? type_pointer(type_uint)
                                                     : NULL;
}

bool
starts_type(const struct parser *p)
{
    return word_at(p->t) != NULL || named_type(p->t) != NULL;
}

bool
repeats_type(const struct parser *p)
{
    if (p->t->kind != TK_KEYWORD || !starts_type(p) || at(p, "__attribute__"))
        return false;
    error_at(p->t, "expected a name behind `,', not `%s'", p->t->text);
    return true;
}

int
parse_qualifiers(struct parser *p)
{
    const struct word *w;
    int quals = 0;

    while ((w = word_at(p->t)) != NULL &&
           (w->is == QUALIFIER || w->is == ATTRIBUTE || w->is == REJECTED))
        if (w->is == ATTRIBUTE)
            ignore_attributes(p);
        else if (w->is == QUALIFIER) {
            quals |= w->value;
            p->t++;
        } else
            error_at(p->t++, "%s", w->why);
    return quals;
}

struct type *
check_qualified(struct type *type, int quals, const struct token *tok)
{
    const struct type *t = type;

    while (t->kind == T_ARRAY)
        t = t->base;
    if ((quals & Q_RESTRICT) != 0 && t->kind != T_ERROR &&
        (t->kind != T_PTR || t->base->kind == T_FUNC))
        error_at(tok, "only a pointer to an object can be restrict");
    return type_qualified(type, quals);
}

bool
lacks_semicolon(const struct parser *p)
{
    const struct token *t = p->t;
    const struct word *w;

    if (!token_is(t - 1, "}") || t->line == t[-1].line)
        return false;
    while ((w = word_at(t)) != NULL && (w->is == STORAGE || w->is == QUALIFIER))
        t++;
    return w != NULL && w->is != ATTRIBUTE && w->is != ALIGNAS;
}

/* ---- attributes and alignment -------------------------------------------- */

static uint32_t
checked_alignment(const struct token *tok, int64_t n)
{
    if (n >= 0 && n <= 0x100000 && (n & (n - 1)) == 0)
        return (uint32_t)n;
    error_at(tok, "an alignment is a power of two up to 1 MiB, not %lld",
             (long long)n);
    return 0;
}

/* _Alignas( type or constant ) */
static uint32_t
alignas_specifier(struct parser *p)
{
    const struct token *tok = p->t - 1;
    uint32_t align;

    expect(p, "(", "behind _Alignas");
    if (starts_type(p)) {
        struct type *type = parse_type_name(p);

        align = expr_complete(type, tok) ? type_align(type) : 0;
    } else
        align = checked_alignment(tok, parse_constant(p, "an alignment"));
    expect(p, ")", "behind the alignment");
    return align;
}

void
check_array(const struct type *type, const struct token *tok)
{
    if (type->kind == T_ARRAY && type->quals != 0)
        error_at(tok, "static and qualifiers stand in the first [] of a "
                      "parameter only");
}

void
check_specifiers(const struct specifiers *s, const struct type *type)
{
    if (s->function != NULL &&
        (type == NULL || type->kind != T_FUNC || s->storage == S_TYPEDEF))
        error_at(s->function, "only a function can be %s", s->function->text);
    if (type != NULL)
        check_array(type, s->tok);
    if (s->alignas == NULL)
        return;
    if (type == NULL || type->kind == T_FUNC || s->storage == S_TYPEDEF ||
        s->storage == S_REGISTER)
        error_at(s->alignas, "_Alignas aligns objects and members, not types, "
                             "functions, parameters, bit-fields and what is "
                             "register");
    else if (s->align > 0 && s->align < type_align(type))
        error_at(s->alignas, "a `%s' is aligned to %u already", type_name(type),
                 (unsigned)type_align(type));
}

static bool
named(const struct token *t, const char *name)
{
    size_t n = strlen(name);

    if (strncmp(t->text, "__", 2) == 0 && strlen(t->text) == n + 4)
        return memcmp(t->text + 2, name, n) == 0;
    return strcmp(t->text, name) == 0;
}

/* format(printf, 1, 2) */
static void
format_attribute(struct parser *p, struct specifiers *s)
{
    bool is_printf;

    expect(p, "(", "behind format");
    is_printf = p->t->kind == TK_IDENT && named(p->t, "printf");
    p->t++;
    expect(p, ",", "behind the kind of format");
    s->format = (int)parse_constant(p, "the number of a parameter");
    expect(p, ",", "behind the number of the format");
    s->format_first = (int)parse_constant(p, "the number of a parameter");
    expect(p, ")", "behind the attribute");
    if (!is_printf || s->format < 1 || s->format_first < 0)
        s->format = s->format_first = 0;
}

/* section("NAME"), of a name that can be part of another */
static void
section_attribute(struct parser *p, struct specifiers *s)
{
    const struct token *t;
    size_t n;

    expect(p, "(", "behind section");
    t = p->t;
    if (t->kind != TK_STR)
        parse_error(p, "the name of the section in quotes");
    p->t++;
    n = cc_word(t->text + 1);
    s->section = cc_intern(t->text + 1, n);
    if (n == 0 || n + 2 != strlen(t->text))
        error_at(t, "the name of a section has letters, digits and _ only");
    expect(p, ")", "behind the name of the section");
}

enum { REFUSED = -1 };

static void
attribute(struct parser *p, struct specifiers *s)
{
    static const struct {
        const char *name;
        int flag; /* 0: it may be ignored; REFUSED: it may not */
    } attributes[] = {{"packed", F_PACKED},
                      {"noreturn", F_NORETURN},
                      {"unused", F_UNUSED},
                      {"noinline", F_NOINLINE},
                      {"used", F_USED},
                      {"const", 0},
                      {"pure", 0},
                      {"always_inline", 0},
                      {"nonnull", 0},
                      {"may_alias", 0},
                      {"cold", 0},
                      {"hot", 0},
                      {"malloc", 0},
                      {"fallthrough", 0},
                      {"warn_unused_result", 0},
                      {"deprecated", 0},
                      {"vector_size", REFUSED},
                      {"mode", REFUSED},
                      {"alias", REFUSED},
                      {"weak", REFUSED},
                      {"weakref", REFUSED},
                      {"ifunc", REFUSED},
                      {"cleanup", REFUSED},
                      {"constructor", REFUSED},
                      {"destructor", REFUSED},
                      {"transparent_union", REFUSED},
                      {"scalar_storage_order", REFUSED},
                      {"returns_twice", REFUSED},
                      {"ms_struct", REFUSED},
                      {"naked", REFUSED},
                      {"gnu_inline", REFUSED}};
    enum { NATTRIBUTES = sizeof(attributes) / sizeof(attributes[0]) };
    const struct token *t = p->t++;
    int i = 0;

    if (named(t, "aligned")) {
        s->align = 8;
        if (accept(p, "(")) {
            s->align = checked_alignment(t, parse_constant(p, "an alignment"));
            expect(p, ")", "behind the alignment");
        }
        return;
    }
    if (named(t, "format")) {
        format_attribute(p, s);
        return;
    }
    if (named(t, "section")) {
        section_attribute(p, s);
        return;
    }
    while (i < NATTRIBUTES && !named(t, attributes[i].name))
        i++;
    if (i == NATTRIBUTES)
        warn_at(t, "attributes", "attribute `%s' is not known here", t->text);
    else if (attributes[i].flag == REFUSED)
        error_at(
            t,
            "attribute `%s' would change what the program does: cc370 does "
            "not have it",
            t->text);
    else
        s->flags |= attributes[i].flag;
    if (at(p, "(")) {
        p->t = behind_parentheses(p->t);
        if (!token_is(p->t - 1, ")"))
            parse_error(p, "`)'");
    }
}

void
parse_attributes(struct parser *p, struct specifiers *s)
{
    while (accept(p, "__attribute__")) {
        expect(p, "(", "behind __attribute__");
        expect(p, "(", "behind __attribute__(");
        while (!at(p, ")")) {
            if (p->t->kind != TK_IDENT && p->t->kind != TK_KEYWORD)
                parse_error(p, "the name of an attribute");
            attribute(p, s);
            if (!accept(p, ","))
                break;
        }
        expect(p, ")", "behind the attributes");
        expect(p, ")", "behind the attributes");
    }
}

void
ignore_attributes(struct parser *p)
{
    const struct token *tok = p->t;
    struct specifiers s = {.type = NULL};

    parse_attributes(p, &s);
    if (s.align > 0 || s.section != NULL || (s.flags & F_PACKED) != 0)
        warn_at(tok, "attributes", "%s does nothing here",
                s.align > 0         ? "aligned"
                : s.section != NULL ? "section"
                                    : "packed");
}

/* ---- specifiers ---------------------------------------------------------- */

static struct type *
arithmetic_type(int set, const struct token *tok)
{
    static const struct {
        int words, more; /* those that it has, and may have */
        enum type_kind kind;
    } types[] = {{W_VOID, 0, T_VOID},
                 {W_BOOL, 0, T_BOOL},
                 {W_CHAR, 0, T_CHAR},
                 {W_SIGNED | W_CHAR, 0, T_SCHAR},
                 {W_UNSIGNED | W_CHAR, 0, T_UCHAR},
                 {W_SHORT, W_SIGNED | W_INT, T_SHORT},
                 {W_UNSIGNED | W_SHORT, W_INT, T_USHORT},
                 {W_INT, W_SIGNED, T_INT},
                 {W_SIGNED, 0, T_INT},
                 {W_UNSIGNED, W_INT, T_UINT},
                 {W_LONG, W_SIGNED | W_INT, T_LONG},
                 {W_UNSIGNED | W_LONG, W_INT, T_ULONG},
                 {W_LONG | W_LONG_LONG, W_SIGNED | W_INT, T_LLONG},
                 {W_UNSIGNED | W_LONG | W_LONG_LONG, W_INT, T_ULLONG}};

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if ((set & ~types[i].more) == types[i].words)
            return &type_scalar[types[i].kind];
    error_at(tok, "these words together are not a type");
    return type_error;
}

void
parse_specifiers(struct parser *p, struct specifiers *s, const char *what)
{
    struct type *type = NULL;
    int set = 0, quals = 0;
    uint32_t align;

    check_unknown_type(p);
    if (!starts_type(p))
        parse_error(p, what);
    memset(s, 0, sizeof(*s));
    s->tok = p->t;
    for (;;) {
        const struct word *w = word_at(p->t);

        if (w == NULL) {
            check_gnu(p);
            if (type != NULL || set != 0)
                break;
            check_unknown_type(p);
            type = named_type(p->t);
            if (type == NULL)
                break;
            p->t++;
            continue;
        }
        if (type != NULL && lacks_semicolon(p))
            break;
        if (type != NULL && type != type_error &&
            (w->is == BASE || w->is == TAGGED || w->is == REJECTED))
            parse_error(p, "a name or `;'");
        if (w->is == ATTRIBUTE) {
            parse_attributes(p, s);
            continue;
        }
        p->t++;
        switch (w->is) {
        case BASE:
            if ((set & w->value) == 0)
                set |= w->value;
            else if (w->value == W_LONG && (set & W_LONG_LONG) == 0)
                set |= W_LONG_LONG;
            else
                set |= W_TWICE;
            break;
        case TAGGED:
            type = w->value == T_ENUM ? parse_enumeration(p)
                                      : parse_structure(p, w->value);
            break;
        case STORAGE:
            if (s->storage != 0)
                error_at(p->t - 1, "only one storage class, please");
            s->storage = w->value;
            break;
        case QUALIFIER:
            quals |= w->value;
            break;
        case FLAG:
            s->function = p->t - 1;
            s->flags |= w->value;
            break;
        case ALIGNAS:
            s->alignas = p->t - 1;
            align = alignas_specifier(p);
            s->align = align > s->align ? align : s->align;
            break;
        default:
            if (type != type_error)
                error_at(p->t - 1, "%s", w->why);
            if (strcmp(w->text, "_Atomic") == 0 && at(p, "("))
                p->t = behind_parentheses(p->t);
            if (type == NULL && strcmp(w->text, "_Thread_local") != 0)
                type = type_error;
        }
    }
    if (type == NULL && set == 0) {
        error_at(s->tok, "a type is missing here");
        type = type_error;
    } else if (type == NULL)
        type = arithmetic_type(set, s->tok);
    else if (set != 0 && type != type_error)
        error_at(s->tok, "two types in one declaration");
    s->type = check_qualified(type, quals, s->tok);
}
