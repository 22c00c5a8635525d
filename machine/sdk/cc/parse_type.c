/*
 * parse_type.c - declaration specifiers, attributes and alignment.
 *
 * The words of a specifier list come in any order (`long const unsigned`), so
 * they are counted, and the type is made of the counts at the end.
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
    {KW_ATOMIC, "_Atomic is not part of this C: use s370_cs() or disable "
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

/* format(printf, 1, 2) */
static void
format_attribute(struct parser *p, struct specifiers *s)
{
    bool is_printf;

    expect(p, '(', "behind format");
    is_printf = p->t->kind == TK_IDENT && named(p->t, "printf");
    p->t++;
    expect(p, ',', "behind the kind of format");
    s->format = (int)parse_constant(p, "the number of a parameter");
    expect(p, ',', "behind the number of the format");
    s->format_first = (int)parse_constant(p, "the number of a parameter");
    expect(p, ')', "behind the attribute");
    if (!is_printf || s->format < 1 || s->format_first < 0)
        s->format = s->format_first = 0;
}

/* section("NAME"), of a name that can be part of another */
static void
section_attribute(struct parser *p, struct specifiers *s)
{
    const struct token *t;
    size_t n;

    expect(p, '(', "behind section");
    t = p->t;
    if (t->kind != TK_STR)
        parse_error(p, "the name of the section in quotes");
    p->t++;
    n = strlen(t->text);
    s->section = cc_intern(t->text + 1, n < 2 ? 0 : n - 2);
    if (n <= 2 || strspn(s->section, "abcdefghijklmnopqrstuvwxyz"
                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789_") != n - 2)
        error_at(t, "the name of a section has letters, digits and _ only");
    expect(p, ')', "behind the name of the section");
}

static void
attribute(struct parser *p, struct specifiers *s)
{
    static const char *const harmless[] = {"const",
                                           "pure",
                                           "always_inline",
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
    if (named(t, "format")) {
        format_attribute(p, s);
        return;
    }
    if (named(t, "section")) {
        section_attribute(p, s);
        return;
    }
    if (named(t, "packed"))
        s->packed = true;
    else if (named(t, "noreturn"))
        s->noreturn = true;
    else if (named(t, "unused"))
        s->quiet = true;
    else if (named(t, "noinline"))
        s->noinline = true;
    else if (named(t, "used"))
        s->keep = true;
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
        *type =
            code == KW_ENUM
                ? parse_enumeration(p)
                : parse_structure(p, code == KW_STRUCT ? T_STRUCT : T_UNION);
        return true;
    default:
        return false;
    }
    p->t++;
    return true;
}

bool
lacks_semicolon(const struct parser *p)
{
    const struct token *t = p->t;

    if (t[-1].kind != TK_PUNCT || t[-1].code != '}' || t->line == t[-1].line)
        return false;
    while (t->kind == TK_KEYWORD &&
           (storage_class(t->code) != 0 || parse_qualifier(t->code) != 0))
        t++;
    return t->kind == TK_KEYWORD && t->code != KW_ATTRIBUTE &&
           t->code != KW_ALIGNAS && starts_type(&(struct parser){.t = t});
}

int
parse_qualifier(enum keyword code)
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
        if (p->t->kind != TK_KEYWORD || (type != NULL && lacks_semicolon(p)))
            break;
        if (storage_class(p->t->code) != 0) {
            if (s->storage != 0)
                error_at(p->t, "only one storage class, please");
            s->storage = storage_class(p->t->code);
        } else if (parse_qualifier(p->t->code) != 0)
            quals |= parse_qualifier(p->t->code);
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
