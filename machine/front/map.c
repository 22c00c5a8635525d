/*
 * map.c - what stands where in storage
 *
 * The machine keeps all maps that were loaded in one list of places for each
 * kind of item, in address order.  A map replaces what was known about the
 * addresses that its image covers.  Texts, types and functions of all maps
 * come from one chain of chunks, which goes with the machine.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../internal.h"
#include "front.h"
#include "map.h"

/* ---- storage ------------------------------------------------------------- */

enum { CHUNK_BYTES = 16 * 1024 };

struct map_chunk {
    struct map_chunk *next;
    size_t size, used;
    _Alignas(max_align_t) char bytes[];
};

void *
map_alloc(struct map *map, size_t bytes)
{
    struct map_chunk *c = map->chunks;
    size_t size = bytes > CHUNK_BYTES ? bytes : CHUNK_BYTES;
    char *p;

    bytes = (bytes + 15) & ~(size_t)15;
    if (c == NULL || c->size - c->used < bytes) {
        c = calloc(1, sizeof(*c) + size + 16);
        if (c == NULL)
            return NULL;
        c->size = size + 16;
        c->next = map->chunks;
        map->chunks = c;
    }
    p = c->bytes + c->used;
    c->used += bytes;
    return p;
}

const char *
map_name(struct map *map, const char *s, size_t n)
{
    char *copy = map_alloc(map, n + 1);

    if (copy != NULL)
        memcpy(copy, s, n);
    return copy;
}

void
map_destroy(struct machine *m)
{
    struct map *map = m->map;

    m->map = NULL;
    if (map == NULL)
        return;
    while (map->chunks != NULL) {
        struct map_chunk *next = map->chunks->next;

        free(map->chunks);
        map->chunks = next;
    }
    free(map->symbols.item);
    free(map->objects.item);
    free(map->typedefs.item);
    free(map->lines.item);
    free(map->files);
    free(map->numbered);
    free(map);
}

struct place *
places_add(struct places *p)
{
    struct place *item;
    size_t room;

    if (p->n == p->room) {
        room = p->room == 0 ? 256 : 2 * p->room;
        item = realloc(p->item, room * sizeof(*item));
        if (item == NULL)
            return NULL;
        p->item = item;
        p->room = room;
    }
    memset(&p->item[p->n], 0, sizeof(p->item[0]));
    return &p->item[p->n++];
}

const char *
map_file_name(struct map *map, const char *name)
{
    const char **files, *copy;

    for (size_t i = map->nfiles; i > 0; i--)
        if (strcmp(map->files[i - 1], name) == 0)
            return map->files[i - 1];
    files = realloc(map->files, (map->nfiles + 1) * sizeof(*files));
    if (files == NULL)
        return NULL;
    map->files = files;
    copy = map_name(map, name, strlen(name));
    if (copy != NULL)
        files[map->nfiles++] = copy;
    return copy;
}

/* ---- loading ------------------------------------------------------------- */

static int
by_address(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    if (x->addr != y->addr)
        return x->addr < y->addr ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

/* Forget the places in [from, end) that were there before, and the values that
 * came with them; those behind the first `old` are new. */
static void
places_replace(struct places *p, size_t old, uint32_t from, uint32_t end)
{
    size_t kept = 0;

    for (size_t i = 0; i < p->n; i++) {
        const struct place *item = &p->item[i];
        uint32_t addr = item->absolute ? item->home : item->addr;

        if (i >= old || addr < from || addr >= end)
            p->item[kept++] = *item;
    }
    p->n = kept;
    if (kept > 0)
        qsort(p->item, kept, sizeof(p->item[0]), by_address);
}

/* How many places are before addr. */
static size_t
places_before(const struct places *p, uint64_t addr)
{
    size_t low = 0, high = p->n, mid;

    while (low < high) {
        mid = low + (high - low) / 2;
        if (p->item[mid].addr < addr)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* The symbols that are static variables of functions. */
static void
mark_inner(struct map *map)
{
    struct places *s = &map->symbols;

    for (size_t i = 0; i < map->objects.n; i++) {
        const struct cfunction *f = map->objects.item[i].fn;

        for (size_t k = 0; f != NULL && k < f->nvariables; k++) {
            const struct cvariable *v = &f->variables[k];
            size_t n;

            if (v->nplaces == 0 || v->places[0].kind[0] != 's')
                continue;
            for (n = places_before(s, (uint64_t)v->places[0].n[0] + 1);
                 n > 0 && s->item[n - 1].addr == v->places[0].n[0]; n--)
                if (strcmp(s->item[n - 1].name, v->name) == 0)
                    s->item[n - 1].inner = true;
        }
    }
}

int
machine_map_load(struct machine *m, const char *path, uint32_t base)
{
    struct map *map = m->map;
    size_t symbols, objects, lines, typedefs;
    uint32_t end;
    char error[400];
    int result;

    if (map == NULL)
        map = m->map = calloc(1, sizeof(*map));
    if (map == NULL)
        return machine_fail(m, "no memory for the map %s", path);
    symbols = map->symbols.n;
    objects = map->objects.n;
    lines = map->lines.n;
    typedefs = map->typedefs.n;
    result = map_read(map, path, base, &end, error, sizeof(error));
    if (result != 0) {
        map->symbols.n = symbols;
        map->objects.n = objects;
        map->lines.n = lines;
        map->typedefs.n = typedefs;
        return machine_fail(m, "%s", error);
    }
    places_replace(&map->symbols, symbols, base, end);
    places_replace(&map->objects, objects, base, end);
    places_replace(&map->lines, lines, base, end);
    mark_inner(map);
    return 0;
}

int
machine_map_find(struct machine *m, const char *image, uint32_t base)
{
    size_t len = strlen(image);
    char *path = malloc(len + 5);
    FILE *f;
    int result = 0;

    if (path == NULL)
        return machine_fail(m, "no memory for the map of %s", image);
    memcpy(path, image, len);
    memcpy(path + len, ".map", 5);
    f = fopen(path, "r");
    if (f != NULL) {
        fclose(f);
        result = machine_map_load(m, path, base);
    }
    free(path);
    return result;
}

/* ---- asking -------------------------------------------------------------- */

/* The last place at or before addr; NULL when there is none. */
static const struct place *
places_at(const struct places *p, uint32_t addr)
{
    size_t n = places_before(p, (uint64_t)addr + 1);

    return n == 0 ? NULL : &p->item[n - 1];
}

/* The function or object that holds addr. */
static const struct place *
symbol_at(const struct map *map, uint32_t addr)
{
    const struct place *p = places_at(&map->symbols, addr);

    while (p != NULL) {
        if (!p->absolute &&
            (addr - p->addr < p->size || p->addr == addr ||
             (p->size == 0 && p->function && addr - p->addr < 0x1000)))
            return p;
        if (p == map->symbols.item)
            return NULL;
        p--;
    }
    return NULL;
}

bool
machine_map_where(const struct machine *m, uint32_t raddr, char *buf,
                  size_t size)
{
    const struct place *symbol, *line;
    char offset[16] = "";

    if (m->map == NULL)
        return false;
    symbol = symbol_at(m->map, raddr);
    line = places_at(&m->map->lines, raddr);
    /* A line belongs to the instructions up to the next one, but not past
     * the function it is in. */
    if (line != NULL && symbol != NULL && line->addr < symbol->addr)
        line = NULL;
    if (line != NULL && symbol == NULL && line->addr != raddr)
        line = NULL;
    if (symbol != NULL && raddr != symbol->addr)
        snprintf(offset, sizeof(offset), "+X'%X'", raddr - symbol->addr);
    if (line != NULL && symbol != NULL)
        snprintf(buf, size, "%s:%u (%s%s)", line->name, line->line,
                 symbol->name, offset);
    else if (line != NULL)
        snprintf(buf, size, "%s:%u", line->name, line->line);
    else if (symbol != NULL)
        snprintf(buf, size, "%s%s", symbol->name, offset);
    else
        return false;
    return true;
}

bool
machine_map_symbol(const struct machine *m, const char *name, uint32_t *raddr)
{
    const struct place *found = NULL;

    for (size_t i = 0; m->map != NULL && i < m->map->symbols.n; i++) {
        const struct place *p = &m->map->symbols.item[i];

        if (strcmp(p->name, name) == 0 &&
            (found == NULL || (found->inner && !p->inner)))
            found = p;
    }
    if (found != NULL)
        *raddr = found->addr;
    return found != NULL;
}

/* Is `name` the file `full`, or the end of its path? */
static bool
names_file(const char *full, const char *name, size_t len)
{
    size_t n = strlen(full);

    return n >= len && memcmp(full + n - len, name, len) == 0 &&
           (n == len || full[n - len - 1] == '/');
}

int
map_symbol(const struct machine *m, bool inner, const char *name,
           const char *file, uint32_t *raddr)
{
    int others = -1;

    for (size_t i = 0; m->map != NULL && i < m->map->symbols.n; i++) {
        const struct place *p = &m->map->symbols.item[i];

        if (p->inner == inner && strcmp(p->name, name) == 0 &&
            (file == NULL || names_file(p->file, file, strlen(file)))) {
            others++;
            *raddr = p->addr;
        }
    }
    return others;
}

static const struct place *
object_at(const struct machine *m, uint32_t raddr)
{
    return m->map == NULL ? NULL : places_at(&m->map->objects, raddr);
}

const struct ctype *
map_object(const struct machine *m, uint32_t raddr)
{
    const struct place *p = object_at(m, raddr);

    return p != NULL && p->addr == raddr ? p->type : NULL;
}

const struct cfunction *
map_compiled(const struct machine *m, uint32_t raddr)
{
    uint32_t start;
    const struct place *p;

    if (map_function(m, raddr, &start) == NULL)
        return NULL;
    p = object_at(m, start);
    return p != NULL && p->addr == start ? p->fn : NULL;
}

const struct ctype *
map_numbered(const struct machine *m, size_t i)
{
    return m->map != NULL && i < m->map->nnumbered ? m->map->numbered[i] : NULL;
}

const struct ctype *
map_tag(const struct machine *m, const char *tag)
{
    const struct ctype *t;

    for (size_t i = 0; (t = map_numbered(m, i)) != NULL; i++)
        if (t->tag != NULL && strcmp(t->tag, tag) == 0)
            return t;
    return NULL;
}

const struct ctype *
map_typedef(const struct machine *m, const char *name)
{
    for (size_t i = m->map == NULL ? 0 : m->map->typedefs.n; i > 0; i--)
        if (strcmp(m->map->typedefs.item[i - 1].name, name) == 0)
            return m->map->typedefs.item[i - 1].type;
    return NULL;
}

int
machine_map_area(const struct machine *m, uint32_t raddr, bool *kept)
{
    enum { STM_BYTES = 4, LINKAGE_BYTES = 12 };
    const struct cfunction *f = map_compiled(m, raddr);
    uint32_t start = 0, offset;

    map_function(m, raddr, &start);
    offset = raddr - start;
    *kept = start == 0 || offset >= STM_BYTES;
    if (f == NULL)
        return *kept && offset >= LINKAGE_BYTES ? MAP_AREA_CHAINED : 0;
    return crange_has(f->owned, f->nowned, offset) ? (int)f->frame : 0;
}

bool
crange_has(const struct crange *r, size_t n, uint32_t offset)
{
    for (size_t i = 0; i < n; i++)
        if (r[i].from <= offset && offset < r[i].to)
            return true;
    return false;
}

/* Bodies come in the order in which they contain each other. */
unsigned
cfunction_body(const struct cfunction *f, uint32_t offset)
{
    for (size_t i = f->nbodies; i-- > 1;)
        if (crange_has(f->bodies[i].ranges, f->bodies[i].nranges, offset))
            return (unsigned)i;
    return 0;
}

const char *
map_function(const struct machine *m, uint32_t raddr, uint32_t *start)
{
    const struct place *p = m->map == NULL ? NULL : symbol_at(m->map, raddr);

    if (p == NULL || !p->function)
        return NULL;
    *start = p->addr;
    return p->name;
}

const char *
map_line(const struct machine *m, uint32_t raddr, unsigned *line)
{
    const struct place *p =
        m->map == NULL ? NULL : places_at(&m->map->lines, raddr);

    if (p == NULL)
        return NULL;
    *line = p->line;
    return p->name;
}

/* The code of a line without any is that of the next line which has some. */
bool
map_line_address(const struct machine *m, const char *place, uint32_t *raddr,
                 const char **file, unsigned *line)
{
    const char *colon = strrchr(place, ':');
    const struct place *best = NULL;
    unsigned long wanted;
    char *end;

    if (colon == NULL || m->map == NULL || !isdigit((unsigned char)colon[1]))
        return false;
    wanted = strtoul(colon + 1, &end, 10);
    if (*end != '\0')
        return false;
    for (size_t i = 0; i < m->map->lines.n; i++) {
        const struct place *p = &m->map->lines.item[i];

        if (p->line >= wanted && (best == NULL || p->line < best->line) &&
            names_file(p->name, place, (size_t)(colon - place)))
            best = p;
    }
    if (best == NULL)
        return false;
    *raddr = best->addr;
    *file = best->name;
    *line = best->line;
    return true;
}

/* ---- where to stop ------------------------------------------------------- */

/* The line's first address in each body of each function: a run may come to
 * it by any of them. */
static int
stops_of_line(const struct machine *m, const char *file, unsigned line,
              uint32_t *list)
{
    int n = 0;

    for (size_t i = 0; i < m->map->lines.n; i++) {
        const struct place *p = &m->map->lines.item[i];
        const struct cfunction *f, *g;
        bool seen = false;

        if (p->line != line || strcmp(p->name, file) != 0)
            continue;
        f = map_compiled(m, p->addr);
        for (int k = 0; k < n && k < MAP_STOPS_MAX; k++) {
            g = map_compiled(m, list[k]);
            seen |= f != NULL && f == g &&
                    cfunction_body(f, p->addr - f->addr) ==
                        cfunction_body(f, list[k] - f->addr);
        }
        if (!seen && n < MAP_STOPS_MAX)
            list[n++] = p->addr;
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
            if (b->nranges > 0 && n < MAP_STOPS_MAX)
                list[n++] = f->addr + lowest;
        }
    }
    return n;
}

int
map_stops(const struct machine *m, const char *place, uint32_t *list)
{
    const char *file;
    unsigned line;
    bool known = false;
    int n = 0;

    for (size_t i = 0; m->map != NULL && i < m->map->symbols.n; i++) {
        const struct place *p = &m->map->symbols.item[i];

        if (strcmp(p->name, place) == 0 && n < MAP_STOPS_MAX)
            list[n++] = p->addr;
    }
    n = stops_in_bodies(m, place, list, n, &known);
    if (n > 0 || known)
        return n;
    if (!map_line_address(m, place, list, &file, &line))
        return -1;
    return stops_of_line(m, file, line, list);
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
}
