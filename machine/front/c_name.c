/*
 * c_name.c - the words of expressions: names of variables, functions and
 * constants, characters, types in casts
 *
 * A name means the innermost variable of the call that was chosen, automatic or
 * static, else one of the files; of several in different files the one in the
 * file of that call.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "c_parse.h"
#include "machine.h"

#include "machine/io/ebcdic.h"

const struct ctype parse_int = {.kind = CT_INT, .size = 4, .is_signed = true};

/* ---- taking the text apart ----------------------------------------------- */

struct cvalue
parse_fail(struct parser *p, const char *format, ...)
{
    va_list ap;

    if (p->error[0] == '\0') {
        va_start(ap, format);
        vsnprintf(p->error, EXPRESSION_ERROR, format, ap);
        va_end(ap);
    }
    return (struct cvalue){.type = &parse_int};
}

bool
parse_failed(const struct parser *p)
{
    return p->error[0] != '\0';
}

bool
parse_accept(struct parser *p, const char *text)
{
    p->s += strspn(p->s, " \t");
    if (strncmp(p->s, text, strlen(text)) != 0)
        return false;
    p->s += strlen(text);
    return true;
}

bool
parse_storage(struct parser *p, const struct cvalue *v)
{
    if (p->dead > 0)
        return false;
    if (!v->in_storage || v->type->kind == CT_FUNCTION ||
        debug_has(p->m, v->addr, cvalue_bytes(v)))
        return true;
    parse_fail(p, "there is no storage at X'%06X'", v->addr);
    return false;
}

int64_t
parse_number(struct parser *p, const struct cvalue *v)
{
    return parse_storage(p, v) ? cvalue_number(p->m, v) : 0;
}

void
parse_expect(struct parser *p, const char *text)
{
    if (!parse_accept(p, text))
        parse_fail(p, "expected %s at \"%.20s\"", text, p->s);
}

size_t
parse_name(struct parser *p)
{
    size_t n = 0;

    p->s += strspn(p->s, " \t");
    if (!isdigit((unsigned char)*p->s))
        while (isalnum((unsigned char)p->s[n]) || p->s[n] == '_' ||
               (unsigned char)p->s[n] >= 0x80) /* UTF-8 */
            n++;
    return n;
}

bool
parse_word(struct parser *p, const char *word)
{
    size_t n = parse_name(p);

    if (n != strlen(word) || memcmp(p->s, word, n) != 0)
        return false;
    p->s += n;
    return true;
}

/* ---- names --------------------------------------------------------------- */

/* A name that is nowhere, or not here: a variable has a scope. */
static struct cvalue
unknown(struct parser *p, const char *name)
{
    const struct cfunction *fn = p->f == NULL ? NULL : p->f->fn;

    for (size_t i = 0; fn != NULL && i < fn->nvariables; i++) {
        const struct cvariable *v = &fn->variables[i];

        if (!v->is_argument && strcmp(v->name, name) == 0)
            return v->from == v->to
                       ? parse_fail(p, "%s is a variable of line %u only", name,
                                    v->to)
                       : parse_fail(p,
                                    "%s is a variable of lines %u to %u only",
                                    name, v->from, v->to);
    }
    return parse_fail(p,
                      "no variable \"%s\" here or in an image that was loaded "
                      "with its map",
                      name);
}

/* There are n of the name, one of them in the file `of`; `file`: the one that
 * was said, or NULL. */
static void
several(struct parser *p, int n, const char *name, const char *file,
        const char *of)
{
    if (file != NULL)
        parse_fail(p, "there are %d of the name \"%s\" in %s", n, name, file);
    else
        parse_fail(p,
                   "there are %d of the name \"%s\": write '%s'::%s for one "
                   "of them, and so the others",
                   n, name, of, name);
}

/* A symbol, whose type is not known yet, or a constant of an enumeration, which
 * is an int, in `file` or anywhere.  Returns as map_symbol(). */
static int
object(struct parser *p, const char *name, const char *file, struct cvalue *v,
       const char **of)
{
    int others = map_symbol(p->m, false, name, file, &v->addr, of);
    const struct ctype *type = NULL;
    int32_t value;

    *v = (struct cvalue){.in_storage = true, .addr = v->addr};
    if (others >= 0)
        return others;
    others = map_type(p->m, MAP_CONSTANT, name, file, &type, &value, of);
    if (others >= 0)
        *v = (struct cvalue){.type = &parse_int,
                             .bits = (uint64_t)(int64_t)value};
    return others;
}

static struct cvalue
global(struct parser *p, const char *name, const char *file)
{
    static const struct ctype code = {.kind = CT_FUNCTION, .size = 1};
    const char *of = "";
    struct cvalue v;
    uint32_t start;
    int others = -1;

    if (file == NULL && p->f != NULL && p->f->file != NULL)
        others = object(p, name, p->f->file, &v, &of);
    if (others < 0)
        others = object(p, name, file, &v, &of);
    if (others < 0)
        others = map_symbol(p->m, true, name, file, &v.addr, &of);
    if (others < 0 && file != NULL)
        return parse_fail(p, "no variable \"%s\" in %s", name, file);
    if (others < 0)
        return unknown(p, name);
    if (others > 0)
        several(p, others + 1, name, file, of);
    if (v.type != NULL || others > 0)
        return v;
    v.type = map_object(p->m, v.addr);
    if (v.type == NULL && map_compiled(p->m, v.addr) != NULL &&
        map_function(p->m, v.addr, &start) != NULL)
        v.type = &code;
    if (v.type == NULL)
        return parse_fail(
            p,
            "\"%s\" is a label of an assembler file: it has no type; "
            "its value is X'%06X'",
            name, v.addr);
    v.addr = debug_logical(p->m, v.addr);
    return v;
}

struct cvalue
parse_variable(struct parser *p, size_t n)
{
    struct cvalue v = {.type = &parse_int};
    char name[100];

    snprintf(name, sizeof(name), "%.*s", (int)n, p->s);
    p->s += n;
    if (p->f != NULL)
        switch (frame_variable(p->m, p->f, name, &v)) {
        case FOUND:
            return v;
        case FOUND_AWAY:
            return parse_fail(p, "%s is optimized away here", name);
        case FOUND_UNCLEAR:
            return parse_fail(p,
                              "the scope of one of several variables %s begins "
                              "or ends on line %u; `locals' shows them",
                              name, p->f->line);
        default:
            break;
        }
    return global(p, name, NULL);
}

/* The character or escape sequence that is next in '...'. */
static bool
one_character(struct parser *p, const char *end, uint8_t *code)
{
    static const char letters[] = "abfnrtv";
    static const uint8_t codes[] = {0x2F, 0x16, 0x0C, 0x15, 0x0D, 0x05, 0x0B};
    const char *letter;
    char *after;

    if (*p->s != '\\')
        return ebcdic_from_utf8(&p->s, end, code) == 0;
    p->s++;
    letter = strchr(letters, *p->s);
    if (*p->s == 'x' || (*p->s >= '0' && *p->s <= '7')) {
        p->s += *p->s == 'x';
        *code = (uint8_t)strtoul(p->s, &after, p->s[-1] == 'x' ? 16 : 8);
        p->s = after;
        return true;
    }
    if (letter != NULL) {
        *code = codes[letter - letters];
        p->s++;
        return true;
    }
    return strchr("'\"\\?", *p->s) != NULL &&
           ebcdic_from_utf8(&p->s, end, code) == 0;
}

/* 'file.c':: in front of a name; NULL: it is not next. */
static const char *
quoted_file(struct parser *p, char file[200])
{
    size_t n;

    p->s += strspn(p->s, " \t");
    n = *p->s == '\'' ? strcspn(p->s + 1, "'") : 0;
    if (n == 0 || strncmp(p->s + 1 + n, "'::", 3) != 0)
        return NULL;
    snprintf(file, 200, "%.*s", (int)n, p->s + 1);
    p->s += n + 4;
    return file;
}

struct cvalue
parse_quoted(struct parser *p)
{
    /* As wide as in C, and shown as a character. */
    static const struct ctype character = {.kind = CT_CHAR, .size = 4};
    const char *start, *end;
    char file[200], name[100];
    uint8_t code;
    size_t n;

    if (quoted_file(p, file) == NULL) {
        start = end = ++p->s;
        while (*end != '\0' && *end != '\'')
            end += *end == '\\' && end[1] != '\0' ? 2 : 1;
        if (*end == '\0')
            return parse_fail(p, "a quote is missing");
        if (end == start || !one_character(p, end, &code) || p->s != end)
            return parse_fail(p, "'%.*s' is not one character",
                              (int)(end - start), start);
        p->s++;
        return (struct cvalue){.type = &character, .bits = code};
    }
    n = parse_name(p);
    if (n == 0)
        return parse_fail(p, "expected a name at \"%.20s\"", p->s);
    snprintf(name, sizeof(name), "%.*s", (int)n, p->s);
    p->s += n;
    return global(p, name, file);
}

/* ---- types in casts ------------------------------------------------------ */

/* In C one hides the other; files have their own names. */
static bool
is_variable(const struct parser *p, const char *name)
{
    struct cvalue v;
    uint32_t raddr;
    const char *of;

    return map_symbol(p->m, false, name, NULL, &raddr, &of) >= 0 ||
           (p->f != NULL && frame_variable(p->m, p->f, name, &v) != FOUND_NOT);
}

/* A type that the expression makes. */
static const struct ctype *
make(struct parser *p, struct ctype type)
{
    if (p->nmade == EXPRESSION_TYPES) {
        parse_fail(p, "too many pointers and casts");
        return &parse_int;
    }
    p->made[p->nmade] = type;
    return &p->made[p->nmade++];
}

const struct ctype *
parse_pointer(struct parser *p, const struct ctype *target)
{
    return make(
        p, (struct ctype){.kind = CT_POINTER, .size = 4, .target = target});
}

static void
qualifiers(struct parser *p)
{
    while (parse_word(p, "const") || parse_word(p, "volatile") ||
           parse_word(p, "restrict"))
        ;
}

/* long unsigned int and the like; NULL: none of these words is next. */
static const struct ctype *
integer_words(struct parser *p)
{
    static const char *const word[] = {"signed", "unsigned", "char",
                                       "short",  "int",      "long"};
    int n[6] = {0}, all = 0;
    size_t k;

    do {
        qualifiers(p);
        for (k = 0; k < 6 && !parse_word(p, word[k]); k++)
            ;
        if (k < 6)
            n[k]++, all++;
    } while (k < 6);
    if (all == 0)
        return NULL;
    if (n[2] && n[0] + n[1] == 0)
        return make(p, (struct ctype){.kind = CT_CHAR, .size = 1});
    return make(p, (struct ctype){.kind = CT_INT,
                                  .size = n[2]       ? 1
                                          : n[3]     ? 2
                                          : n[5] > 1 ? 8
                                                     : 4,
                                  .is_signed = !n[1]});
}

/* A type of this name in the file; in any, first in that of the call. */
static const struct ctype *
type_named(struct parser *p, enum map_kind kind, const char *name,
           const char *file)
{
    const struct ctype *t = NULL;
    const char *of = "";
    int32_t value;
    int others = -1;

    if (file == NULL && p->f != NULL && p->f->file != NULL)
        others = map_type(p->m, kind, name, p->f->file, &t, &value, &of);
    if (others < 0)
        others = map_type(p->m, kind, name, file, &t, &value, &of);
    if (others > 0)
        several(p, others + 1, name, file, of);
    return t;
}

/* The words of a type, or NULL and nothing is read. */
static const struct ctype *
type_words(struct parser *p)
{
    static const struct {
        const char *word;
        struct ctype type;
    } simple[] = {
        {"void", {.kind = CT_VOID, .size = 1}},
        {"_Bool", {.kind = CT_BOOL, .size = 1}},
        {"bool", {.kind = CT_BOOL, .size = 1}},
        {"int8_t", {.kind = CT_INT, .size = 1, .is_signed = true}},
        {"int16_t", {.kind = CT_INT, .size = 2, .is_signed = true}},
        {"int32_t", {.kind = CT_INT, .size = 4, .is_signed = true}},
        {"int64_t", {.kind = CT_INT, .size = 8, .is_signed = true}},
        {"uint8_t", {.kind = CT_INT, .size = 1}},
        {"uint16_t", {.kind = CT_INT, .size = 2}},
        {"uint32_t", {.kind = CT_INT, .size = 4}},
        {"uint64_t", {.kind = CT_INT, .size = 8}},
        {"size_t", {.kind = CT_INT, .size = 4}},
        {"uintptr_t", {.kind = CT_INT, .size = 4}},
    };
    const struct ctype *t;
    const char *start, *file;
    char tag[100], buf[200];
    size_t n;

    qualifiers(p);
    start = p->s;
    file = quoted_file(p, buf);
    n = parse_name(p);
    snprintf(tag, sizeof(tag), "%.*s", (int)n, p->s);
    if (n > 0 && (file != NULL || !is_variable(p, tag)) &&
        (t = type_named(p, MAP_TYPEDEF, tag, file)) != NULL) {
        p->s += n;
        return t;
    }
    p->s = start;
    if (parse_word(p, "struct") || parse_word(p, "union") ||
        parse_word(p, "enum")) {
        file = quoted_file(p, buf);
        n = parse_name(p);
        snprintf(tag, sizeof(tag), "%.*s", (int)n, p->s);
        p->s += n;
        t = type_named(p, MAP_TAG, tag, file);
        if (t == NULL)
            parse_fail(p,
                       "the map has no structure, union or enumeration \"%s\"",
                       tag);
        return t == NULL ? &parse_int : t;
    }
    for (size_t i = 0; i < sizeof(simple) / sizeof(simple[0]); i++)
        if (parse_word(p, simple[i].word))
            return &simple[i].type;
    return integer_words(p);
}

/* Over (...), whose parenthesis is next. */
static void
skip_parentheses(struct parser *p)
{
    int depth = 0;

    do {
        depth += (*p->s == '(') - (*p->s == ')');
        p->s++;
    } while (depth > 0 && *p->s != '\0');
}

/* What [N] and (...) behind a type make of it. */
static const struct ctype *
suffixes(struct parser *p, const struct ctype *t)
{
    unsigned long n;
    char *end;

    if (parse_accept(p, "(")) {
        p->s--;
        skip_parentheses(p);
        return make(p, (struct ctype){.kind = CT_FUNCTION, .size = 1});
    }
    if (parse_failed(p) || !parse_accept(p, "["))
        return t;
    n = strtoul(p->s, &end, 0);
    p->s = end;
    parse_expect(p, "]");
    t = suffixes(p, t);
    if (n > 0xFFFFFF || n * (uint64_t)ctype_size(t) > 0xFFFFFF)
        parse_fail(p, "that array is larger than storage");
    return make(
        p, (struct ctype){.kind = CT_ARRAY, .count = (uint32_t)n, .target = t});
}

/* What stands behind the words: *, (*)(int), [4]. */
static const struct ctype *
declarator(struct parser *p, const struct ctype *t)
{
    const char *inner, *end;

    while (!parse_failed(p) && parse_accept(p, "*")) {
        t = parse_pointer(p, t);
        qualifiers(p);
    }
    if (!parse_accept(p, "("))
        return suffixes(p, t);
    inner = p->s--;
    if (inner[strspn(inner, " \t")] != '*' || ++p->nesting > NESTED_MAX)
        return suffixes(p, t);
    skip_parentheses(p);
    t = suffixes(p, t);
    end = p->s;
    p->s = inner;
    t = declarator(p, t);
    parse_expect(p, ")");
    p->s = end;
    p->nesting--;
    return t;
}

const struct ctype *
parse_cast(struct parser *p)
{
    const char *start = p->s;
    const struct ctype *t = parse_accept(p, "(") ? type_words(p) : NULL;

    if (t == NULL) {
        p->s = start;
        return NULL;
    }
    qualifiers(p);
    t = declarator(p, t);
    parse_expect(p, ")");
    return t;
}
