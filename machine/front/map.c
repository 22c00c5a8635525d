/*
 * map.c - what stands where in storage: the .map files of images
 *
 * A map is text that cc370 writes beside an image, one item a line, numbers
 * hexadecimal:
 *
 *     # cc370 map 1
 *     image NAME size HEX bss HEX
 *     sym ADDR SIZE KIND NAME [FILE]    KIND: func data bss asm abs
 *     type ADDR TYPE                    of the object or function at ADDR
 *     line ADDR FILE:LINE
 *
 * A TYPE is  i4 u4 ...  an integer and its bytes;  c  a char;  b  a _Bool;
 * s  a pointer to char;  p  another pointer;  [N]TYPE  an array;
 * {TAG#SIZE;NAME@OFFSET:TYPE;...}  a structure or union, where the TYPE of a
 * bit-field is  ~uUNIT,SHIFT,WIDTH  (or ~i);  (NAME:TYPE;...)FRAME  a function
 * with its parameters and the bytes of its frame in hexadecimal, with R behind
 * the parenthesis if it returns a structure.
 *
 * The machine keeps all maps that were loaded in one list of places for each
 * of the two kinds of item, in address order.  A map replaces what was known
 * about the addresses that its image covers.  File names are kept once each.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../internal.h"
#include "front.h"

enum { MAP_LINE_MAX = 1024, STORAGE_END = 0x1000000 };

struct place {
    uint32_t addr;
    uint32_t size; /* symbols: 0 when unknown; lines: 0 */
    unsigned line; /* lines: number in the file */
    bool absolute; /* an EQU-like value: not an address of anything */
    bool function; /* func or asm: code */
    char *name;    /* symbols: its own; lines: file in `files` */
};

struct places {
    struct place *item;
    size_t n, room;
};

struct map {
    struct places symbols, types, lines;
    char **files;
    size_t nfiles;
};

/* What reading one file needs. */
struct reader {
    struct map *map;
    const char *path;
    unsigned line_number;
    uint32_t base;
    uint32_t end; /* of the image with bss, from its image line */
    bool bad;
    char message[160];
};

static void
map_free(struct map *map)
{
    size_t i;

    if (map == NULL)
        return;
    for (i = 0; i < map->symbols.n; i++)
        free(map->symbols.item[i].name);
    for (i = 0; i < map->types.n; i++)
        free(map->types.item[i].name);
    free(map->types.item);
    for (i = 0; i < map->nfiles; i++)
        free(map->files[i]);
    free(map->files);
    free(map->symbols.item);
    free(map->lines.item);
    free(map);
}

void
map_destroy(struct machine *m)
{
    map_free(m->map);
    m->map = NULL;
}

static void
bad_line(struct reader *r, const char *what, const char *word)
{
    if (r->bad)
        return;
    r->bad = true;
    snprintf(r->message, sizeof(r->message), "%s \"%.40s\"", what, word);
}

static struct place *
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

/* The one copy of a file's name. */
static char *
file_name(struct map *map, const char *name)
{
    char **files;
    size_t i;

    for (i = map->nfiles; i > 0; i--)
        if (strcmp(map->files[i - 1], name) == 0)
            return map->files[i - 1];
    files = realloc(map->files, (map->nfiles + 1) * sizeof(*files));
    if (files == NULL)
        return NULL;
    map->files = files;
    files[map->nfiles] = strdup(name);
    if (files[map->nfiles] == NULL)
        return NULL;
    return files[map->nfiles++];
}

/* ---- reading ------------------------------------------------------------- */

static uint32_t
hex_word(struct reader *r, const char *word)
{
    char *end;
    unsigned long value;

    if (word == NULL || !isxdigit((unsigned char)word[0])) {
        bad_line(r, "expected a hexadecimal number, not",
                 word == NULL ? "" : word);
        return 0;
    }
    errno = 0;
    value = strtoul(word, &end, 16);
    if (*end != '\0' || errno != 0 || value > 0xFFFFFFFFUL)
        bad_line(r, "expected a hexadecimal number, not", word);
    return (uint32_t)value;
}

static uint32_t
address_word(struct reader *r, const char *word)
{
    uint32_t value = hex_word(r, word);

    if (value > STORAGE_END - r->base)
        bad_line(r, "an address past the end of storage:", word);
    return value + r->base;
}

static void
read_image(struct reader *r, char *rest)
{
    char *save, *word;
    uint32_t size = 0;

    strtok_r(rest, " \t", &save); /* its name */
    while ((word = strtok_r(NULL, " \t", &save)) != NULL) {
        if (strcmp(word, "size") != 0 && strcmp(word, "bss") != 0)
            bad_line(r, "expected size or bss, not", word);
        size += hex_word(r, strtok_r(NULL, " \t", &save));
    }
    if (size > STORAGE_END - r->base)
        bad_line(r, "an image larger than storage:", "");
    r->end = r->base + size;
}

static void
read_symbol(struct reader *r, char *rest)
{
    static const char *const kinds[] = {"func", "asm", "data", "bss", "abs"};
    char *save;
    uint32_t addr, size;
    const char *addr_word, *kind, *name;
    struct place *p;
    size_t k;

    addr_word = strtok_r(rest, " \t", &save);
    size = hex_word(r, strtok_r(NULL, " \t", &save));
    kind = strtok_r(NULL, " \t", &save);
    name = strtok_r(NULL, " \t", &save);
    if (kind == NULL || name == NULL) {
        bad_line(r, "expected sym ADDR SIZE KIND NAME, not",
                 kind == NULL ? "" : kind);
        return;
    }
    for (k = 0; k < 5 && strcmp(kind, kinds[k]) != 0; k++)
        ;
    if (k == 5)
        bad_line(r, "expected func, data, bss, asm or abs, not", kind);
    addr = k == 4 ? hex_word(r, addr_word) : address_word(r, addr_word);
    if (r->bad)
        return;
    p = places_add(&r->map->symbols);
    if (p != NULL && (p->name = strdup(name)) == NULL) {
        r->map->symbols.n--;
        p = NULL;
    }
    if (p == NULL) {
        bad_line(r, "no memory for", name);
        return;
    }
    p->addr = addr;
    p->size = size;
    p->function = k <= 1;
    p->absolute = k == 4;
}

static void
read_type(struct reader *r, char *rest)
{
    char *save;
    uint32_t addr = address_word(r, strtok_r(rest, " \t", &save));
    const char *text = strtok_r(NULL, "", &save);
    struct place *p;

    if (text == NULL || !map_type_valid(text))
        bad_line(r, "expected type ADDR TYPE, not", text == NULL ? "" : text);
    if (r->bad)
        return;
    p = places_add(&r->map->types);
    if (p == NULL || (p->name = strdup(text)) == NULL) {
        if (p != NULL)
            r->map->types.n--;
        bad_line(r, "no memory for", text);
        return;
    }
    p->addr = addr;
}

static void
read_line_item(struct reader *r, char *rest)
{
    char *save, *word, *colon, *end;
    unsigned long number;
    uint32_t addr;
    struct place *p;

    addr = address_word(r, strtok_r(rest, " \t", &save));
    word = strtok_r(NULL, "", &save); /* a file name may hold blanks */
    colon = word == NULL ? NULL : strrchr(word, ':');
    if (colon == NULL || colon == word) {
        bad_line(r, "expected FILE:LINE, not", word == NULL ? "" : word);
        return;
    }
    number = strtoul(colon + 1, &end, 10);
    if (!isdigit((unsigned char)colon[1]) || *end != '\0' ||
        number > 10000000) {
        bad_line(r, "expected FILE:LINE, not", word);
        return;
    }
    if (r->bad)
        return;
    *colon = '\0';
    p = places_add(&r->map->lines);
    if (p == NULL || (p->name = file_name(r->map, word)) == NULL) {
        bad_line(r, "no memory for", word);
        return;
    }
    p->addr = addr;
    p->line = (unsigned)number;
}

static void
read_item(struct reader *r, char *line)
{
    char *rest = strpbrk(line, " \t");
    char empty[1] = "";

    if (line[0] == '#' || line[0] == '\0')
        return;
    if (rest != NULL)
        *rest++ = '\0';
    else
        rest = empty;
    if (strcmp(line, "image") == 0)
        read_image(r, rest);
    else if (strcmp(line, "sym") == 0)
        read_symbol(r, rest);
    else if (strcmp(line, "type") == 0)
        read_type(r, rest);
    else if (strcmp(line, "line") == 0)
        read_line_item(r, rest);
    else
        bad_line(r, "expected image, sym or line, not", line);
}

static void
read_all(struct reader *r, FILE *f)
{
    char line[MAP_LINE_MAX];
    size_t len;

    while (!r->bad && fgets(line, sizeof(line), f) != NULL) {
        r->line_number++;
        len = strlen(line);
        if (len > 0 && line[len - 1] == '\n')
            line[--len] = '\0';
        else if (len == sizeof(line) - 1)
            bad_line(r, "the line is too long:", line);
        if (len > 0 && line[len - 1] == '\r')
            line[--len] = '\0';
        if (r->line_number == 1 && strcmp(line, "# cc370 map 1") != 0)
            bad_line(r,
                     "not a map: the first line is not \"# cc370 map 1\" but",
                     line);
        if (!r->bad)
            read_item(r, line);
    }
    if (!r->bad && r->line_number == 0) {
        r->line_number = 1;
        bad_line(r, "the map is empty", "");
    }
}

/* ---- the machine's list -------------------------------------------------- */

static int
by_address(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    if (x->addr != y->addr)
        return x->addr < y->addr ? -1 : 1;
    return x->line < y->line ? -1 : x->line > y->line;
}

static void
places_sort(struct places *p)
{
    if (p->n > 0)
        qsort(p->item, p->n, sizeof(p->item[0]), by_address);
}

/* Forget the places in [from, end). */
static void
places_drop(struct places *p, uint32_t from, uint32_t end, bool own_names)
{
    size_t i, kept = 0;

    for (i = 0; i < p->n; i++) {
        if (p->item[i].addr < from || p->item[i].addr >= end)
            p->item[kept++] = p->item[i];
        else if (own_names)
            free(p->item[i].name);
    }
    p->n = kept;
}

static int
places_join(struct places *to, struct places *from, struct map *names)
{
    struct place *p;
    size_t i;

    for (i = 0; i < from->n; i++) {
        if ((p = places_add(to)) == NULL)
            return -1;
        *p = from->item[i];
        if (names != NULL && (p->name = file_name(names, p->name)) == NULL)
            return -1;
    }
    places_sort(to);
    return 0;
}

static void
find_end(struct reader *r)
{
    const struct places *s = &r->map->symbols;
    const struct places *l = &r->map->lines;
    size_t i;

    for (i = 0; i < s->n; i++)
        if (!s->item[i].absolute && s->item[i].addr >= r->end)
            r->end = s->item[i].addr + 1;
    for (i = 0; i < l->n; i++)
        if (l->item[i].addr >= r->end)
            r->end = l->item[i].addr + 1;
}

static int
map_install(struct machine *m, struct reader *r)
{
    struct map *old = m->map;

    find_end(r);
    if (old == NULL) {
        m->map = r->map;
        r->map = NULL;
        places_sort(&m->map->symbols);
        places_sort(&m->map->types);
        places_sort(&m->map->lines);
        return 0;
    }
    places_drop(&old->symbols, r->base, r->end, true);
    places_drop(&old->types, r->base, r->end, true);
    places_drop(&old->lines, r->base, r->end, false);
    if (places_join(&old->symbols, &r->map->symbols, NULL) != 0 ||
        places_join(&old->types, &r->map->types, NULL) != 0 ||
        places_join(&old->lines, &r->map->lines, old) != 0) {
        r->map->symbols.n = r->map->types.n = 0;
        return machine_fail(m, "no memory for the map %s", r->path);
    }
    r->map->symbols.n = r->map->types.n = 0; /* its names have moved */
    return 0;
}

int
machine_map_load(struct machine *m, const char *path, uint32_t base)
{
    struct reader r = {.path = path, .base = base, .end = base};
    FILE *f = fopen(path, "r");
    int result;

    if (f == NULL)
        return machine_fail(m, "map %s: %s", path, strerror(errno));
    r.map = calloc(1, sizeof(*r.map));
    if (r.map == NULL) {
        fclose(f);
        return machine_fail(m, "no memory for the map %s", path);
    }
    read_all(&r, f);
    if (!r.bad && ferror(f))
        bad_line(&r, "cannot be read:", strerror(errno));
    fclose(f);
    if (r.bad)
        result = machine_fail(m, "map %.100s:%u: %s; build the image again",
                              path, r.line_number, r.message);
    else
        result = map_install(m, &r);
    map_free(r.map);
    return result;
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
    size_t low = 0, high = p->n, mid;

    while (low < high) {
        mid = low + (high - low) / 2;
        if (p->item[mid].addr <= addr)
            low = mid + 1;
        else
            high = mid;
    }
    return low == 0 ? NULL : &p->item[low - 1];
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
    size_t i;

    for (i = 0; m->map != NULL && i < m->map->symbols.n; i++)
        if (strcmp(m->map->symbols.item[i].name, name) == 0) {
            *raddr = m->map->symbols.item[i].addr;
            return true;
        }
    return false;
}

const char *
map_type(const struct machine *m, uint32_t raddr)
{
    const struct place *p =
        m->map == NULL ? NULL : places_at(&m->map->types, raddr);

    return p != NULL && p->addr == raddr ? p->name : NULL;
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

/* Is `name` the file `full`, or the end of its path? */
static bool
names_file(const char *full, const char *name, size_t len)
{
    size_t n = strlen(full);

    return n >= len && memcmp(full + n - len, name, len) == 0 &&
           (n == len || full[n - len - 1] == '/');
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
