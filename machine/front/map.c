/*
 * map.c - what stands where in storage
 *
 * The machine keeps all maps that were loaded in one list of places for each
 * kind of item, in address order.  A map replaces what was known about the
 * addresses that its image covers.  Texts, types and functions of all maps
 * come from one chain of chunks, which goes with the machine.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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
    free(map->types.item);
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
    struct map_file *files;
    size_t i = map->nfiles;

    while (i > 0 && strcmp(map->files[i - 1].name, name) != 0)
        i--;
    if (i == 0) {
        files = realloc(map->files, (map->nfiles + 1) * sizeof(*files));
        if (files == NULL)
            return NULL;
        map->files = files;
        i = map->nfiles + 1;
        files[i - 1].name = map_name(map, name, strlen(name));
        if (files[i - 1].name == NULL)
            return NULL;
        map->nfiles = i;
    }
    map->files[i - 1].built = map->written;
    return map->files[i - 1].name;
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
    size_t old[5];
    uint32_t end;
    char error[400];
    int result;

    if (map == NULL)
        map = m->map = calloc(1, sizeof(*map));
    if (map == NULL)
        return machine_fail(m, "no memory for the map %s", path);
    struct places *list[] = {&map->symbols, &map->objects, &map->lines,
                             &map->typedefs, &map->types};
    for (int i = 0; i < 5; i++)
        old[i] = list[i]->n;
    result = map_read(map, path, base, &end, error, sizeof(error));
    for (int i = 0; i < 5; i++)
        if (result != 0)
            list[i]->n = old[i];
        else
            places_replace(list[i], old[i], base, end);
    if (result != 0)
        return machine_fail(m, "%s", error);
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
        if (!p->absolute && (addr - p->addr < p->size || p->addr == addr ||
                             (p->label && addr - p->addr < 0x1000)))
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
    const struct place *symbol;
    char offset[16] = "";
    unsigned number;
    const char *file = map_line(m, raddr, &number);

    if (m->map == NULL)
        return false;
    symbol = symbol_at(m->map, raddr);
    if (symbol != NULL && raddr != symbol->addr)
        snprintf(offset, sizeof(offset), "+X'%X'", raddr - symbol->addr);
    if (file != NULL && symbol != NULL)
        snprintf(buf, size, "%s:%u (%s%s)", file, number, symbol->name, offset);
    else if (file != NULL)
        snprintf(buf, size, "%s:%u", file, number);
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

bool
map_entry(const struct machine *m, uint32_t before, uint32_t *raddr)
{
    const struct places *s = &m->map->symbols;

    for (size_t i = places_before(s, before); i-- > 0;)
        if (s->item[i].entry) {
            *raddr = s->item[i].addr;
            return true;
        }
    return false;
}

bool
map_is_data(const struct machine *m, uint32_t raddr)
{
    const struct place *p = m->map == NULL ? NULL : symbol_at(m->map, raddr);

    return p != NULL && !p->function;
}

/* A line belongs to the instructions up to the next one, but not past the
 * function that it is in. */
const char *
map_line(const struct machine *m, uint32_t raddr, unsigned *line)
{
    const struct place *p, *symbol;

    if (m->map == NULL)
        return NULL;
    p = places_at(&m->map->lines, raddr);
    symbol = symbol_at(m->map, raddr);
    if (p == NULL || p->addr < (symbol != NULL ? symbol->addr : raddr))
        return NULL;
    *line = p->line;
    return p->name;
}

bool
map_outdated(const struct machine *m, const char *file)
{
    const struct map *map = m->map;
    struct stat st;

    for (size_t i = 0; map != NULL && i < map->nfiles; i++)
        if (strcmp(map->files[i].name, file) == 0)
            return stat(file, &st) == 0 && st.st_mtime > map->files[i].built;
    return false;
}
