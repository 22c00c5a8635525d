/*
 * map_places.c - in a map, where code and variables are
 *
 * Ranges are FROM-TO,... in bytes from the function's entry, TO not included;
 * `-`: none.  PLACES are  [FROM-TO=]PLACE[:PLACE],...  with two places for a
 * value of 64 bits that is in two words, the high one first; a PLACE is  rN  a
 * register,  @N  the frame's byte N,  #N  the value itself,  lN  byte N of the
 * parameter list,  sN  byte N of the image: a static variable, which has a sym
 * item as well.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "map.h"

static bool
hex(const char **s, uint32_t *value)
{
    char *end;

    if (!isxdigit((unsigned char)**s))
        return false;
    *value = (uint32_t)strtoul(*s, &end, 16);
    *s = end;
    return true;
}

static bool
range(const char **s, struct crange *range, char end)
{
    if (!hex(s, &range->from) || *(*s)++ != '-' || !hex(s, &range->to))
        return false;
    return end == '\0' || *(*s)++ == end;
}

static size_t
commas(const char *word)
{
    size_t n = 1;

    for (; *word != '\0'; word++)
        n += *word == ',';
    return n;
}

bool
map_ranges_parse(struct map *map, const char *word, struct crange **list,
                 size_t *n)
{
    const char *s = word;

    *n = 0;
    if (strcmp(word, "-") == 0)
        return true;
    *list = map_alloc(map, commas(word) * sizeof(**list));
    if (*list == NULL)
        return false;
    do {
        if (!range(&s, &(*list)[(*n)++], '\0'))
            return false;
    } while (*s++ == ',');
    return s[-1] == '\0';
}

static bool
place(const char **s, uint32_t base, struct cplace *p)
{
    p->range.to = UINT32_MAX;
    if (isxdigit((unsigned char)**s) && !range(s, &p->range, '='))
        return false;
    do {
        if (p->words == 2 || **s == '\0' || strchr("r@#ls", **s) == NULL)
            return false;
        p->kind[p->words] = *(*s)++;
        if (!hex(s, &p->n[p->words]) ||
            (p->kind[p->words] == 'r' && p->n[p->words] > 15))
            return false;
        if (p->kind[p->words] == 's') {
            if (p->n[p->words] > STORAGE_END - base)
                return false;
            p->n[p->words] += base;
        }
        p->words++;
    } while (**s == ':' && *(*s)++ == ':');
    return true;
}

bool
map_places_parse(struct map *map, const char *word, uint32_t base,
                 struct cvariable *v)
{
    const char *s = word;

    if (strcmp(word, "-") == 0)
        return true;
    v->places = map_alloc(map, commas(word) * sizeof(*v->places));
    if (v->places == NULL)
        return false;
    do {
        if (!place(&s, base, &v->places[v->nplaces++]))
            return false;
    } while (*s++ == ',');
    return s[-1] == '\0';
}
