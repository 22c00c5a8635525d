/*
 * map_read.c - reading a .map file
 *
 * A map is text that cc370 writes beside an image, one item a line; numbers
 * are hexadecimal, but lines, bodies and types decimal:
 *
 *     # cc370 map 4
 *     image NAME size HEX bss HEX
 *     sym ADDR SIZE KIND NAME [FILE]    KIND: func data bss end; in assembler
 *                                       files: entry (ENTRY or CSECT) or asm
 *                                       before an instruction, dc before data,
 *                                       or abs: a number, as of an EQU
 *     type N DEFINITION [FILE]          see map_type.c
 *     typedef NAME TYPE [FILE]          a name for a type
 *     func ADDR FRAME OWNED             bytes of the frame, and the ranges in
 *                                       which R13 points to it
 *     inl N PARENT NAME OWNED FILE:LINE
 *                                       of that function: body N, of function
 *                                       NAME, in the place of a call there in
 *                                       body PARENT
 *     arg NAME TYPE LIST PLACES         a parameter, LIST bytes into the list
 *     var BODY NAME TYPE FROM-TO PLACES a variable and the lines of its scope
 *     obj ADDR TYPE                     of the object at ADDR
 *     line ADDR FILE:LINE
 *
 * For the ranges of OWNED and for PLACES see map_places.c.  The scope of a
 * static variable of a function's outermost block is told from the line of the
 * function's name on.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "map.h"

enum { LINE_MAX_BYTES = 1 << 20 };

struct reader {
    struct map *map;
    unsigned line_number;
    uint32_t base;
    uint32_t end;         /* of the image with bss, from its image line */
    struct cfunction *fn; /* whose variables follow */
    size_t vars, bodies;  /* room in it */
    const char *words;    /* what the words should be */
    bool bad;
    char message[200];
};

static void
bad_line(struct reader *r, const char *what, const char *word)
{
    if (r->bad)
        return;
    r->bad = true;
    snprintf(r->message, sizeof(r->message), "%s \"%.40s\"", what,
             word == NULL ? "" : word);
}

static void *
alloc(struct reader *r, size_t bytes)
{
    void *p = map_alloc(r->map, bytes);

    if (p == NULL)
        bad_line(r, "no memory for", "the map");
    return p;
}

/* Room for one more in an array of the map; NULL: no memory. */
static void *
grow(struct reader *r, void *old, size_t n, size_t *room, size_t size)
{
    void *p;

    if (n < *room)
        return old;
    *room = n == 0 ? 8 : 2 * n;
    p = alloc(r, *room * size);
    if (p != NULL && n > 0)
        memcpy(p, old, n * size);
    return p;
}

/* ---- words --------------------------------------------------------------- */

static uint32_t
hex_word(struct reader *r, const char *word)
{
    char *end;
    unsigned long value;

    if (word == NULL || !isxdigit((unsigned char)word[0])) {
        bad_line(r, "expected a hexadecimal number, not", word);
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

static unsigned
decimal_word(struct reader *r, const char *word)
{
    char *end;
    unsigned long value = 0;

    if (word != NULL && isdigit((unsigned char)word[0])) {
        value = strtoul(word, &end, 10);
        if (*end == '\0' && value <= 10000000)
            return (unsigned)value;
    }
    bad_line(r, "expected a decimal number, not", word);
    return 0;
}

static const char *
name_word(struct reader *r, const char *word)
{
    const char *name = word == NULL ? "" : map_name(r->map, word, strlen(word));

    if (word == NULL || name == NULL)
        bad_line(r, word == NULL ? r->words : "no memory for", word);
    return name;
}

/* NULL: no file. */
static const char *
file_word(struct reader *r, const char *word)
{
    const char *file = word == NULL ? "" : map_file_name(r->map, word);

    if (file == NULL)
        bad_line(r, "no memory for", word);
    return file;
}

/* FILE:LINE, which is cut into its parts. */
static const char *
source_word(struct reader *r, char *word, unsigned *line)
{
    char *colon = word == NULL ? NULL : strrchr(word, ':');

    if (colon == NULL || colon == word || !isdigit((unsigned char)colon[1])) {
        bad_line(r, "expected FILE:LINE, not", word);
        return "";
    }
    *colon = '\0';
    *line = decimal_word(r, colon + 1);
    return file_word(r, word);
}

static const struct ctype *
type_word(struct reader *r, const char *word)
{
    const char *s = word;
    const struct ctype *t =
        s == NULL || r->bad ? NULL : map_type_parse(r->map, &s);

    if (t == NULL || *s != '\0')
        bad_line(r, "expected a type, not", word);
    return t;
}

static struct crange *
ranges_word(struct reader *r, const char *word, size_t *n)
{
    struct crange *list = NULL;

    if (word == NULL || !map_ranges_parse(r->map, word, &list, n))
        bad_line(r, word == NULL ? r->words : "expected ranges, not", word);
    return list;
}

static void
places_word(struct reader *r, const char *word, struct cvariable *v)
{
    if (word == NULL || !map_places_parse(r->map, word, r->base, v))
        bad_line(r, word == NULL ? r->words : "expected places, not", word);
}

/* ---- items --------------------------------------------------------------- */

/* The name may hold blanks. */
static void
read_image(struct reader *r, char **word)
{
    char *at = NULL, *bss;
    uint32_t size;

    for (char *s = word[0]; s != NULL && (s = strstr(s, " size ")) != NULL; s++)
        at = s;
    bss = at == NULL ? NULL : strstr(at, " bss ");
    if (bss == NULL) {
        bad_line(r, r->words, word[0]);
        return;
    }
    *bss = '\0';
    size = hex_word(r, at + 6) + hex_word(r, bss + 5);
    if (size > STORAGE_END - r->base)
        bad_line(r, "an image larger than storage:", word[0]);
    r->end = r->base + size;
}

static struct place *
add_place(struct reader *r, struct places *list, uint32_t addr)
{
    struct place *p = r->bad ? NULL : places_add(list);

    if (p == NULL)
        bad_line(r, "no memory for", "the map");
    else
        p->addr = addr;
    return p;
}

static void
read_symbol(struct reader *r, char **word)
{
    static const char *const kinds[] = {"func", "entry", "asm", "dc",
                                        "data", "bss",   "end", "abs"};
    enum { ENTRY = 1, ASM, DC, END = 6, ABS, KINDS };
    uint32_t addr, size = hex_word(r, word[1]);
    struct place *p;
    size_t k = 0;

    while (k < KINDS && word[2] != NULL && strcmp(word[2], kinds[k]) != 0)
        k++;
    if (k == KINDS || word[2] == NULL)
        bad_line(r, "expected a kind of symbol, such as func or data, not",
                 word[2]);
    addr = k == ABS ? hex_word(r, word[0]) : address_word(r, word[0]);
    p = add_place(r, &r->map->symbols, addr);
    if (p == NULL)
        return;
    p->size = size;
    p->function = k <= ASM;
    p->entry = k == ENTRY;
    p->label = k >= ENTRY && k <= DC && size == 0;
    p->absolute = k >= END;
    p->home = r->base;
    p->name = name_word(r, word[3]);
    p->file = file_word(r, word[4]);
}

/* A type that has a name in a file; it goes with its map. */
static void
add_type(struct reader *r, struct places *list, const char *name,
         const struct ctype *type, const char *file)
{
    struct place *p = add_place(r, list, r->base);

    if (p == NULL)
        return;
    p->name = name;
    p->type = type;
    p->file = file_word(r, file);
}

static void
read_definition(struct reader *r, char **word)
{
    unsigned n = decimal_word(r, word[0]);
    const struct ctype *type;

    if (word[1] == NULL || !map_type_define(r->map, n, word[1])) {
        bad_line(r, "expected type N DEFINITION [FILE], not", word[1]);
        return;
    }
    type = r->map->numbered[n - 1];
    if (!ctype_is_declared(type))
        add_type(r, &r->map->types, type->tag, type, word[2]);
}

static void
read_typedef(struct reader *r, char **word)
{
    const char *name = name_word(r, word[0]);

    add_type(r, &r->map->typedefs, name, type_word(r, word[1]), word[2]);
}

static void
read_object(struct reader *r, char **word)
{
    uint32_t addr = address_word(r, word[0]);
    const struct ctype *type = type_word(r, word[1]);
    struct place *p = add_place(r, &r->map->objects, addr);

    if (p != NULL)
        p->type = type;
}

static void
read_function(struct reader *r, char **word)
{
    struct cfunction *f = alloc(r, sizeof(*f));
    uint32_t addr = address_word(r, word[0]);
    struct place *p = add_place(r, &r->map->objects, addr);

    if (p == NULL || f == NULL)
        return;
    p->fn = f;
    f->addr = addr;
    f->frame = hex_word(r, word[1]) & (STORAGE_END - 1);
    f->owned = ranges_word(r, word[2], &f->nowned);
    f->bodies = alloc(r, sizeof(*f->bodies));
    f->nbodies = r->bodies = 1;
    r->fn = f;
    r->vars = 0;
}

static void
read_body(struct reader *r, char **word)
{
    struct cfunction *f = r->fn;
    struct cbody *b;

    f->bodies = grow(r, f->bodies, f->nbodies, &r->bodies, sizeof(*b));
    if (r->bad)
        return;
    b = &f->bodies[f->nbodies];
    if (decimal_word(r, word[0]) != f->nbodies)
        bad_line(r, "expected bodies in their order, not", word[0]);
    b->parent = decimal_word(r, word[1]);
    if (b->parent >= f->nbodies)
        bad_line(r, "expected a body from above, not", word[1]);
    b->name = name_word(r, word[2]);
    b->ranges = ranges_word(r, word[3], &b->nranges);
    b->file = source_word(r, word[4], &b->line);
    f->nbodies++;
}

static struct cvariable *
add_variable(struct reader *r)
{
    struct cfunction *f = r->fn;

    f->variables =
        grow(r, f->variables, f->nvariables, &r->vars, sizeof(*f->variables));
    return r->bad ? NULL : &f->variables[f->nvariables++];
}

static void
read_argument(struct reader *r, char **word)
{
    struct cvariable *v = add_variable(r);

    if (v == NULL)
        return;
    v->is_argument = true;
    v->to = UINT32_MAX;
    v->name = name_word(r, word[0]);
    v->type = type_word(r, word[1]);
    v->list = hex_word(r, word[2]);
    places_word(r, word[3], v);
}

static void
read_variable(struct reader *r, char **word)
{
    struct cvariable *v = add_variable(r);
    char *dash = word[3] == NULL ? NULL : strchr(word[3], '-');

    if (v == NULL || dash == NULL) {
        bad_line(r, r->words, word[3]);
        return;
    }
    *dash = '\0';
    v->body = decimal_word(r, word[0]);
    if (v->body >= r->fn->nbodies)
        bad_line(r, "expected a body from above, not", word[0]);
    v->name = name_word(r, word[1]);
    v->type = type_word(r, word[2]);
    v->from = decimal_word(r, word[3]);
    v->to = decimal_word(r, dash + 1);
    places_word(r, word[4], v);
}

/* A file name may hold blanks. */
static void
read_line_item(struct reader *r, char **word)
{
    uint32_t addr = address_word(r, word[0]);
    struct place *p = add_place(r, &r->map->lines, addr);

    if (p != NULL)
        p->name = source_word(r, word[1], &p->line);
}

enum { ITEM_WORDS = 5 };

static const struct item {
    const char *name;
    int words; /* the last one is the rest of the line */
    bool of_function;
    void (*read)(struct reader *r, char **word);
    const char *form;
} items[] = {
    {"image", 1, false, read_image, "expected image NAME size N bss N, not"},
    {"sym", 5, false, read_symbol,
     "expected sym ADDR SIZE KIND NAME [FILE], not"},
    {"type", 3, false, read_definition,
     "expected type N DEFINITION [FILE], not"},
    {"typedef", 3, false, read_typedef,
     "expected typedef NAME TYPE [FILE], not"},
    {"func", 3, false, read_function, "expected func ADDR FRAME OWNED, not"},
    {"inl", 5, true, read_body,
     "expected inl N PARENT NAME OWNED FILE:LINE, not"},
    {"arg", 4, true, read_argument, "expected arg NAME TYPE LIST PLACES, not"},
    {"var", 5, true, read_variable,
     "expected var BODY NAME TYPE FROM-TO PLACES, not"},
    {"obj", 2, false, read_object, "expected obj ADDR TYPE, not"},
    {"line", 2, false, read_line_item, "expected line ADDR FILE:LINE, not"},
};

static void
read_item(struct reader *r, char *line)
{
    char *word[ITEM_WORDS] = {NULL}, *name = line;
    const struct item *item = items;
    const struct item *end = items + sizeof(items) / sizeof(items[0]);

    if (line[0] == '#' || line[0] == '\0')
        return;
    line += strcspn(line, " \t");
    if (*line != '\0')
        *line++ = '\0';
    while (item < end && strcmp(item->name, name) != 0)
        item++;
    if (item == end) {
        bad_line(r, "expected an item of a map, such as sym or line, not",
                 name);
        return;
    }
    for (int i = 0; i < item->words; i++) {
        line += strspn(line, " \t");
        if (*line == '\0')
            break;
        word[i] = line;
        line += i == item->words - 1 ? strlen(line) : strcspn(line, " \t");
        if (*line != '\0')
            *line++ = '\0';
    }
    r->words = item->form;
    if (item->of_function && r->fn == NULL)
        bad_line(r, "expected a func item above", name);
    else
        item->read(r, word);
}

static void
read_all(struct reader *r, FILE *f)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t len;

    while (!r->bad && (len = getline(&line, &room, f)) >= 0) {
        r->line_number++;
        if (len > LINE_MAX_BYTES || strlen(line) != (size_t)len) {
            bad_line(r, "the line is too long, or no text:", line);
            break;
        }
        line[strcspn(line, "\r\n")] = '\0';
        if (r->line_number == 1 && strcmp(line, "# cc370 map 4") != 0)
            bad_line(r,
                     "not a map: the first line is not \"# cc370 map 4\" but",
                     line);
        if (!r->bad)
            read_item(r, line);
    }
    free(line);
    if (r->bad)
        return;
    if (r->line_number == 0) {
        r->line_number = 1;
        bad_line(r, "the map is empty", "");
    } else if (!map_types_complete(r->map))
        bad_line(r, "a type is used, but not there", "");
}

/* Symbols and lines may go beyond what the image item says. */
static void
find_end(struct reader *r)
{
    const struct places *s = &r->map->symbols, *l = &r->map->lines;

    for (size_t i = 0; i < s->n; i++)
        if (!s->item[i].absolute && s->item[i].addr >= r->end)
            r->end = s->item[i].addr + 1;
    for (size_t i = 0; i < l->n; i++)
        if (l->item[i].addr >= r->end)
            r->end = l->item[i].addr + 1;
}

int
map_read(struct map *map, const char *path, uint32_t base, uint32_t *end,
         char *error, size_t size)
{
    struct reader r = {.map = map, .base = base, .end = base};
    FILE *f = fopen(path, "r");
    struct stat st;

    if (f == NULL) {
        snprintf(error, size, "map %.100s: %s", path, strerror(errno));
        return -1;
    }
    map->nnumbered = 0;
    map->written = fstat(fileno(f), &st) == 0 ? st.st_mtime : 0;
    read_all(&r, f);
    if (!r.bad && ferror(f))
        bad_line(&r, "cannot be read:", strerror(errno));
    fclose(f);
    if (r.bad) {
        snprintf(error, size, "map %.100s:%u: %s; build the image again", path,
                 r.line_number, r.message);
        return -1;
    }
    find_end(&r);
    *end = r.end;
    return 0;
}
