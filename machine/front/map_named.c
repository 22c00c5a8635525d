/*
 * map_named.c - what a person names: symbols, FILE:LINE, functions to stop in
 *
 * A file is named by the end of its path.  What has two meanings is refused,
 * with both.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../internal.h"
#include "map.h"

/* ---- files --------------------------------------------------------------- */

/* Is `name` the file `full`, or the end of its path? */
static bool
names_file(const char *full, const char *name, size_t len)
{
    size_t n = strlen(full);

    return len > 0 && n >= len && memcmp(full + n - len, name, len) == 0 &&
           (n == len || full[n - len - 1] == '/');
}

/* One more file that the name may mean; the one with just this name goes before
 * all others, and else *other becomes one that is meant as well. */
static void
consider(const char *full, const char *name, size_t len, const char **file,
         const char **other)
{
    if (full == *file || !names_file(full, name, len))
        return;
    if (*file == NULL || strlen(full) == len) {
        *file = full;
        *other = NULL;
    } else if (strlen(*file) != len)
        *other = full;
}

/* ---- symbols ------------------------------------------------------------- */

int
map_symbol(const struct machine *m, bool inner, const char *name,
           const char *file, uint32_t *raddr, const char **of)
{
    int others = -1;
    bool exact = false;

    for (size_t i = 0; m->map != NULL && i < m->map->symbols.n; i++) {
        const struct place *p = &m->map->symbols.item[i];
        bool same = file != NULL && strcmp(p->file, file) == 0;

        if (p->inner != inner || strcmp(p->name, name) != 0 ||
            (file != NULL && !names_file(p->file, file, strlen(file))) ||
            (exact && !same))
            continue;
        others = same && !exact ? 0 : others + 1;
        exact = same;
        *raddr = p->addr;
        *of = p->file;
    }
    return others;
}

/* What of a type has this name?  *value: of a constant. */
static bool
has_name(const struct place *p, enum map_kind kind, const char *name,
         int32_t *value)
{
    const struct ctype *t = p->type;

    *value = 0;
    if (kind != MAP_CONSTANT)
        return strcmp(p->name, name) == 0;
    for (size_t k = 0; t->kind == CT_ENUM && k < t->n; k++)
        if (strcmp(t->constants[k].name, name) == 0) {
            *value = t->constants[k].value;
            return true;
        }
    return false;
}

/* Several images may come from one header. */
static bool
same_type(const struct place *p, const struct place *q)
{
    return p->type == q->type ||
           (p->file == q->file && p->type->kind == q->type->kind &&
            ctype_size(p->type) == ctype_size(q->type));
}

int
map_type(const struct machine *m, enum map_kind kind, const char *name,
         const char *file, const struct ctype **type, int32_t *value,
         const char **of)
{
    const struct places *list = m->map == NULL        ? NULL
                                : kind == MAP_TYPEDEF ? &m->map->typedefs
                                                      : &m->map->types;
    const struct place *found = NULL;
    int others = -1;

    for (size_t i = 0; list != NULL && i < list->n; i++) {
        const struct place *p = &list->item[i];
        bool exact = file != NULL && strcmp(p->file, file) == 0;
        int32_t n;

        if (!has_name(p, kind, name, &n) ||
            (file != NULL && !names_file(p->file, file, strlen(file))))
            continue;
        if (found == NULL || (exact && strcmp(found->file, file) != 0))
            others = 0;
        else if (file != NULL && !exact && strcmp(found->file, file) == 0)
            continue;
        else if (kind == MAP_CONSTANT ? n == *value : same_type(p, found))
            continue;
        else
            others++;
        found = p;
        *value = n;
        *type = p->type;
        *of = p->file;
    }
    return others;
}

bool
map_address(const struct machine *m, const char *place, uint32_t *raddr,
            char error[MAP_ERROR])
{
    struct map_source s;
    const char *of;
    int others = map_symbol(m, false, place, NULL, raddr, &of);

    error[0] = '\0';
    if (others > 0)
        snprintf(error, MAP_ERROR,
                 "there are %d of this name; print &'%.100s'::%.60s tells the "
                 "address of one",
                 others + 1, of, place);
    if (others >= 0)
        return others == 0;
    if (machine_map_symbol(m, place, raddr))
        return true;
    if (!map_source(m, place, &s, error))
        return false;
    if (s.code == 0)
        snprintf(error, MAP_ERROR, "%.200s has no code from line %u on", s.file,
                 s.line);
    *raddr = s.raddr;
    return s.code != 0;
}

/* ---- lines --------------------------------------------------------------- */

bool
map_source(const struct machine *m, const char *place, struct map_source *s,
           char error[MAP_ERROR])
{
    const char *colon = strrchr(place, ':'), *other = NULL;
    const struct map *map = m->map;
    unsigned long line;
    char *end;

    error[0] = '\0';
    *s = (struct map_source){.file = NULL};
    if (colon == NULL || colon == place || map == NULL ||
        !isdigit((unsigned char)colon[1]))
        return false;
    line = strtoul(colon + 1, &end, 10);
    if (*end != '\0')
        return false;
    s->line = line > INT32_MAX ? INT32_MAX : (unsigned)line;
    for (size_t i = 0; i < map->symbols.n; i++)
        consider(map->symbols.item[i].file, place, (size_t)(colon - place),
                 &s->file, &other);
    for (size_t i = 0; i < map->lines.n; i++)
        consider(map->lines.item[i].name, place, (size_t)(colon - place),
                 &s->file, &other);
    if (s->file == NULL)
        snprintf(error, MAP_ERROR, "no map knows a file %.*s",
                 (int)(colon - place), place);
    else if (other != NULL)
        snprintf(error, MAP_ERROR,
                 "there are %.100s and %.100s: write more of the path", s->file,
                 other);
    for (size_t i = 0; i < map->lines.n; i++) {
        const struct place *p = &map->lines.item[i];

        if (p->name == s->file && p->line >= s->line &&
            (s->code == 0 || p->line < s->code) && !map_is_data(m, p->addr)) {
            s->code = p->line;
            s->raddr = p->addr;
        }
    }
    return error[0] == '\0';
}

/* ---- where to stop ------------------------------------------------------- */

static int
add_stop(uint32_t *list, int n, uint32_t raddr)
{
    if (n < MAP_STOPS_MAX)
        list[n] = raddr;
    return n + 1;
}

/* The line's first address in each body of each function: a run may come to
 * it by any of them. */
static int
stops_of_line(const struct machine *m, const struct map_source *s,
              uint32_t *list)
{
    int n = 0;

    for (size_t i = 0; i < m->map->lines.n; i++) {
        const struct place *p = &m->map->lines.item[i];
        const struct cfunction *f, *g;
        bool seen = false;

        if (p->line != s->code || p->name != s->file)
            continue;
        f = map_compiled(m, p->addr);
        for (int k = 0; k < n && k < MAP_STOPS_MAX; k++) {
            g = map_compiled(m, list[k]);
            seen |= f != NULL && f == g &&
                    cfunction_body(f, p->addr - f->addr) ==
                        cfunction_body(f, list[k] - f->addr);
        }
        if (!seen)
            n = add_stop(list, n, p->addr);
    }
    return n;
}

/* The lowest address of each body with this name; *known: there is one. */
static int
stops_in_bodies(const struct machine *m, const char *name, uint32_t *list,
                int n, bool *known)
{
    for (size_t i = 0; m->map != NULL && i < m->map->objects.n; i++) {
        const struct cfunction *f = m->map->objects.item[i].fn;

        for (size_t k = 1; f != NULL && k < f->nbodies; k++) {
            const struct cbody *b = &f->bodies[k];
            uint32_t lowest = UINT32_MAX;

            if (strcmp(b->name, name) != 0)
                continue;
            *known = true;
            for (size_t j = 0; j < b->nranges; j++)
                if (b->ranges[j].from < lowest)
                    lowest = b->ranges[j].from;
            if (b->nranges > 0)
                n = add_stop(list, n, f->addr + lowest);
        }
    }
    return n;
}

int
map_stops(const struct machine *m, const char *place,
          uint32_t list[MAP_STOPS_MAX], char error[MAP_ERROR])
{
    struct map_source s;
    bool known = false;
    int n = 0;

    error[0] = '\0';
    for (size_t i = 0; m->map != NULL && i < m->map->symbols.n; i++) {
        const struct place *p = &m->map->symbols.item[i];

        if (strcmp(p->name, place) != 0)
            continue;
        if (!p->function)
            snprintf(error, MAP_ERROR,
                     "a name of data or of a number, X'%06X', where no "
                     "instruction is; to stop there nevertheless, break %06X",
                     p->addr, p->addr);
        else
            n = add_stop(list, n, p->addr);
    }
    n = stops_in_bodies(m, place, list, n, &known);
    if (n > 0 || known)
        return n;
    if (error[0] != '\0' || !map_source(m, place, &s, error))
        return -1;
    if (s.code == 0) {
        map_address(m, place, list, error);
        return -1;
    }
    return stops_of_line(m, &s, list);
}

void
map_replaced_calls(const struct machine *m, const char *name, char *buf,
                   size_t size)
{
    size_t n = 0;

    buf[0] = '\0';
    for (size_t i = 0; m->map != NULL && i < m->map->objects.n; i++) {
        const struct cfunction *f = m->map->objects.item[i].fn;
        uint32_t start;

        for (size_t k = 1; f != NULL && k < f->nbodies && n < size; k++)
            if (strcmp(f->bodies[k].name, name) == 0)
                n += (size_t)snprintf(
                    buf + n, size - n, "%s%s line %u", n > 0 ? ", " : "",
                    map_function(m, f->addr, &start), f->bodies[k].line);
    }
    if (n >= size)
        memcpy(buf + size - 4, "...", 3);
}
