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
#include <string.h>

#include "c_parse.h"
#include "machine.h"

#include "machine/io/ebcdic.h"

const struct ctype parse_int = {.kind = CT_INT, .size = 4, .is_signed = true};

static const struct ctype type_char = {.kind = CT_CHAR, .size = 1};

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

const struct ctype *
parse_pointer(struct parser *p, const struct ctype *target)
{
    struct ctype *t = &p->made[p->nmade];

    if (p->nmade == EXPRESSION_TYPES) {
        parse_fail(p, "too many pointers and casts");
        return &parse_int;
    }
    p->nmade++;
    *t = (struct ctype){.kind = CT_POINTER, .size = 4, .target = target};
    return t;
}

/* ---- names --------------------------------------------------------------- */

/* A constant of any enumeration that the map tells of. */
static bool
enumeration(const struct machine *m, const char *name, struct cvalue *v)
{
    const struct ctype *t;

    for (size_t i = 0; (t = map_numbered(m, i)) != NULL; i++)
        for (size_t k = 0; t->kind == CT_ENUM && k < t->n; k++)
            if (strcmp(t->constants[k].name, name) == 0) {
                *v = (struct cvalue){
                    .type = t,
                    .bits = (uint64_t)(int64_t)t->constants[k].value};
                return true;
            }
    return false;
}

/* A name that is nowhere, or not here: a variable has a scope. */
static struct cvalue
unknown(struct parser *p, const char *name)
{
    const struct cfunction *fn = p->f == NULL ? NULL : p->f->fn;

    for (size_t i = 0; fn != NULL && i < fn->nvariables; i++) {
        const struct cvariable *v = &fn->variables[i];

        if (!v->is_argument && strcmp(v->name, name) == 0)
            return parse_fail(p, "%s is a variable of lines %u to %u only",
                              name, v->from, v->to);
    }
    return parse_fail(p,
                      "no variable \"%s\" here or in an image that was loaded "
                      "with its map",
                      name);
}

static struct cvalue
global(struct parser *p, const char *name, const char *file)
{
    static const struct ctype code = {.kind = CT_FUNCTION, .size = 1};
    struct cvalue v = {.type = NULL, .in_storage = true};
    const char *wanted = file;
    uint32_t start;
    int others;

    if (wanted == NULL && p->f != NULL)
        wanted = p->f->file;
    others = map_symbol(p->m, name, wanted, &v.addr);
    if (others < 0 && enumeration(p->m, name, &v))
        return v;
    if (others < 0)
        return unknown(p, name);
    if (others > 0 || (others == 0 && file != NULL &&
                       map_symbol(p->m, name, file, &v.addr) != 0))
        return parse_fail(p, "%d files have a \"%s\": write 'file.c'::%s",
                          others + 1, name, name);
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
        default:
            break;
        }
    return global(p, name, NULL);
}

struct cvalue
parse_quoted(struct parser *p)
{
    size_t len = strcspn(p->s, "'"), n;
    char file[200], name[100];
    const char *c = p->s;
    uint8_t code;
    struct cvalue v;

    if (p->s[len] != '\'' || len == 0)
        return parse_fail(p, "a quote is missing");
    snprintf(file, sizeof(file), "%.*s", (int)len, p->s);
    p->s += len + 1;
    if (strncmp(p->s, "::", 2) != 0) {
        ebcdic_from_utf8(&c, p->s - 1, &code);
        if (c != p->s - 1)
            return parse_fail(p, "'%.20s' is not one character", file);
        v = (struct cvalue){.type = &type_char, .bits = code};
        return v;
    }
    p->s += 2;
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

    return map_symbol(p->m, name, NULL, &raddr) >= 0 ||
           (p->f != NULL && frame_variable(p->m, p->f, name, &v) != FOUND_NOT);
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
        {"char", {.kind = CT_CHAR, .size = 1}},
        {"_Bool", {.kind = CT_BOOL, .size = 1}},
        {"bool", {.kind = CT_BOOL, .size = 1}},
        {"short", {.kind = CT_INT, .size = 2, .is_signed = true}},
        {"int", {.kind = CT_INT, .size = 4, .is_signed = true}},
        {"long", {.kind = CT_INT, .size = 4, .is_signed = true}},
        {"unsigned", {.kind = CT_INT, .size = 4}},
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
    char tag[100];
    size_t n = parse_name(p);

    snprintf(tag, sizeof(tag), "%.*s", (int)n, p->s);
    t = map_typedef(p->m, tag);
    if (t != NULL && !is_variable(p, tag)) {
        p->s += n;
        return t;
    }
    if (parse_word(p, "struct") || parse_word(p, "union") ||
        parse_word(p, "enum")) {
        n = parse_name(p);
        snprintf(tag, sizeof(tag), "%.*s", (int)n, p->s);
        p->s += n;
        t = map_tag(p->m, tag);
        if (t == NULL)
            parse_fail(p,
                       "the map has no structure, union or enumeration \"%s\"",
                       tag);
        return t == NULL ? &parse_int : t;
    }
    for (size_t i = 0; i < sizeof(simple) / sizeof(simple[0]); i++)
        if (parse_word(p, simple[i].word)) {
            t = &simple[i].type;
            if (t->kind != CT_INT || strchr(simple[i].word, '_') != NULL)
                return t;
            /* unsigned char, unsigned short, long long, short int */
            while ((n = parse_name(p)) > 0) {
                struct ctype *made;

                if (p->nmade == EXPRESSION_TYPES)
                    break;
                made = &p->made[p->nmade];
                *made = *t;
                if (parse_word(p, "char"))
                    made->size = 1;
                else if (parse_word(p, "short"))
                    made->size = 2;
                else if (parse_word(p, "long"))
                    made->size =
                        t->size == 4 && strcmp(simple[i].word, "long") == 0 ? 8
                                                                            : 4;
                else if (!parse_word(p, "int"))
                    break;
                p->nmade++;
                t = made;
            }
            return t;
        }
    return NULL;
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
    while (!parse_failed(p) && parse_accept(p, "*"))
        t = parse_pointer(p, t);
    parse_expect(p, ")");
    return t;
}
