/*
 * map_type.c - the types in a map
 *
 *     iN uN        an integer of N bytes      c  a char        b  a _Bool
 *     v            void                       f  a function
 *     *TYPE        a pointer to TYPE          [N]TYPE  an array
 *     #N           structure, union or enumeration number N
 *
 * and what a number stands for:
 *
 *     {TAG#SIZE;NAME@OFFSET:TYPE;...}   a structure or union;
 * ~UNIT,SHIFT,WIDTH, in front of the TYPE of a bit-field
 *     <TAG#iN;NAME=VALUE;...>           an enumeration
 *
 * A map is a file that anybody may have written: whoever uses a type later can
 * rely on its form.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "map.h"

enum { NESTED_MAX = 32, SIZE_MAX_BYTES = 0x1000000, NUMBER_MAX = 100000 };

static bool
number(const char **s, unsigned long max, unsigned long *value)
{
    char *end;

    if (!isdigit((unsigned char)**s))
        return false;
    errno = 0;
    *value = strtoul(*s, &end, 10);
    *s = end;
    return errno == 0 && *value <= max;
}

static bool
expect(const char **s, char c)
{
    if (**s != c)
        return false;
    (*s)++;
    return true;
}

/* A name up to the character behind it. */
static const char *
name(struct map *map, const char **s, char end)
{
    size_t n = strcspn(*s, "@:;#={}[]()<>");
    const char *start = *s;

    if (n == 0 || (*s)[n] != end)
        return NULL;
    *s += n + 1;
    return map_name(map, start, n);
}

static struct ctype *
new_type(struct map *map, enum ctype_kind kind, uint32_t size)
{
    struct ctype *t = map_alloc(map, sizeof(*t));

    if (t != NULL) {
        t->kind = kind;
        t->size = size;
    }
    return t;
}

/* The type with this number, which may not be known yet. */
static struct ctype *
numbered(struct map *map, size_t n)
{
    struct ctype **list;

    if (n == 0 || n > NUMBER_MAX)
        return NULL;
    while (map->nnumbered < n) {
        if (map->nnumbered % 256 == 0) {
            list =
                realloc(map->numbered, (map->nnumbered + 256) * sizeof(*list));
            if (list == NULL)
                return NULL;
            map->numbered = list;
        }
        map->numbered[map->nnumbered] = new_type(map, CT_UNKNOWN, 0);
        if (map->numbered[map->nnumbered] == NULL)
            return NULL;
        map->nnumbered++;
    }
    return map->numbered[n - 1];
}

static bool
integer(const char **s, bool *is_signed, uint32_t *size)
{
    if (**s != 'i' && **s != 'u')
        return false;
    *is_signed = **s == 'i';
    (*s)++;
    if (**s == '\0' || strchr("1248", **s) == NULL)
        return false;
    *size = (uint32_t)(**s - '0');
    (*s)++;
    return true;
}

static struct ctype *
parse(struct map *map, const char **s, int depth)
{
    static const struct {
        char letter;
        enum ctype_kind kind;
        uint32_t size;
    } simple[] = {{'c', CT_CHAR, 1},
                  {'b', CT_BOOL, 1},
                  {'v', CT_VOID, 1},
                  {'f', CT_FUNCTION, 1}};
    unsigned long n;
    struct ctype *t;

    if (depth > NESTED_MAX)
        return NULL;
    for (size_t i = 0; i < 4; i++)
        if (expect(s, simple[i].letter))
            return new_type(map, simple[i].kind, simple[i].size);
    if (expect(s, '#'))
        return number(s, NUMBER_MAX, &n) ? numbered(map, n) : NULL;
    if (**s == '*' || **s == '[') {
        t = new_type(map, **s == '*' ? CT_POINTER : CT_ARRAY, 4);
        if (t == NULL)
            return NULL;
        if (*(*s)++ == '[') {
            if (!number(s, SIZE_MAX_BYTES, &n) || !expect(s, ']'))
                return NULL;
            t->count = (uint32_t)n;
        }
        t->target = parse(map, s, depth + 1);
        return t->target == NULL ? NULL : t;
    }
    t = new_type(map, CT_INT, 0);
    return t != NULL && integer(s, &t->is_signed, &t->size) ? t : NULL;
}

struct ctype *
map_type_parse(struct map *map, const char **text)
{
    return parse(map, text, 0);
}

/* ---- what a number stands for -------------------------------------------- */

static size_t
count(const char *s, char c)
{
    size_t n = 0;

    for (; *s != '\0'; s++)
        n += *s == c;
    return n;
}

static bool
bit_field(const char **s, struct cmember *m)
{
    unsigned long unit, shift, width;

    if (!number(s, 9, &unit) || !expect(s, ',') || !number(s, 63, &shift) ||
        !expect(s, ',') || !number(s, 64, &width) || !expect(s, ',') ||
        width == 0 || shift + width > 8 * unit)
        return false;
    m->unit = (unsigned)unit;
    m->shift = (unsigned)shift;
    m->width = (unsigned)width;
    return true;
}

static bool
members(struct map *map, struct ctype *t, const char **s)
{
    unsigned long n;

    t->members = map_alloc(map, (count(*s, '@') + 1) * sizeof(*t->members));
    if (t->members == NULL || !number(s, SIZE_MAX_BYTES, &n) || !expect(s, ';'))
        return false;
    t->size = (uint32_t)n;
    while (!expect(s, '}')) {
        struct cmember *m = &t->members[t->n];

        m->name = name(map, s, '@');
        if (m->name == NULL || !number(s, SIZE_MAX_BYTES, &n) ||
            !expect(s, ':') || (expect(s, '~') && !bit_field(s, m)))
            return false;
        m->offset = (uint32_t)n;
        m->type = parse(map, s, 0);
        if (m->type == NULL || !expect(s, ';'))
            return false;
        t->n++; /* only what is whole can be found */
    }
    return true;
}

static bool
constants(struct map *map, struct ctype *t, const char **s)
{
    char *end;

    t->constants = map_alloc(map, (count(*s, '=') + 1) * sizeof(*t->constants));
    if (t->constants == NULL || !integer(s, &t->is_signed, &t->size) ||
        !expect(s, ';'))
        return false;
    while (!expect(s, '>')) {
        struct cconstant *c = &t->constants[t->n];

        c->name = name(map, s, '=');
        if (c->name == NULL || (!isdigit((unsigned char)**s) && **s != '-'))
            return false;
        c->value = (int32_t)strtol(*s, &end, 10);
        *s = end;
        if (!expect(s, ';'))
            return false;
        t->n++;
    }
    return true;
}

bool
map_type_define(struct map *map, size_t n, const char *text)
{
    struct ctype *t = numbered(map, n);
    bool record = *text == '{', right;

    if (t == NULL || t->kind != CT_UNKNOWN || (!record && *text != '<'))
        return false;
    text++;
    t->kind = record ? CT_RECORD : CT_ENUM;
    t->tag = name(map, &text, '#');
    right = t->tag != NULL &&
            (record ? members(map, t, &text) : constants(map, t, &text));
    return right && *text == '\0';
}

bool
ctype_is_declared(const struct ctype *t)
{
    return t->kind == CT_RECORD && t->n == 0;
}

/* What one file only declares is that which another one defines, if there is
 * but one. */
static void
complete(const struct map *map, struct ctype *t)
{
    const struct ctype *whole = NULL;

    for (size_t i = 0; i < map->nnumbered; i++) {
        const struct ctype *other = map->numbered[i];

        if (other->kind != CT_RECORD || other->n == 0 ||
            strcmp(other->tag, t->tag) != 0)
            continue;
        if (whole != NULL && whole->members != other->members)
            return;
        whole = other;
    }
    if (whole != NULL)
        *t = *whole;
}

bool
map_types_complete(const struct map *map)
{
    for (size_t i = 0; i < map->nnumbered; i++)
        if (map->numbered[i]->kind == CT_UNKNOWN)
            return false;
        else if (ctype_is_declared(map->numbered[i]))
            complete(map, map->numbered[i]);
    return true;
}

uint32_t
ctype_size(const struct ctype *t)
{
    return t->kind == CT_ARRAY ? t->count * ctype_size(t->target) : t->size;
}
