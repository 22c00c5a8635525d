/*
 * map.h - what a .map file told, as the debugger's commands see it
 *
 * A map is read by map_read.c and map_type.c, kept and searched by map.c.
 * Everything here lives until the machine is destroyed, and is never changed
 * once it was read.  Addresses are real ones; offsets count from the entry of
 * their function.
 */
#ifndef FRONT_MAP_H
#define FRONT_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct machine;
struct map;

/* ---- types --------------------------------------------------------------- */

enum ctype_kind {
    CT_UNKNOWN, /* only while a map is read */
    CT_VOID,
    CT_INT,
    CT_CHAR,
    CT_BOOL,
    CT_POINTER,
    CT_ARRAY,
    CT_FUNCTION,
    CT_RECORD,
    CT_ENUM
};

struct ctype {
    enum ctype_kind kind;
    uint32_t size; /* bytes; of an array: ctype_size() */
    bool is_signed;
    uint32_t count;             /* of an array */
    const struct ctype *target; /* of a pointer or an array */
    const char *tag;            /* of a record or enumeration; "?": none */
    struct cmember *members;    /* of a record */
    struct cconstant *constants;
    size_t n; /* of members or constants */
};

struct cmember {
    const char *name; /* "?": a structure or union without one */
    const struct ctype *type;
    uint32_t offset;
    unsigned unit, shift, width; /* of a bit-field; width 0: not one */
};

struct cconstant {
    const char *name;
    int32_t value;
};

uint32_t ctype_size(const struct ctype *t);
/* Is it a structure or union whose members no file tells? */
bool ctype_is_declared(const struct ctype *t);

/* ---- functions ----------------------------------------------------------- */

/* from <= offset < to of the instruction that is next. */
struct crange {
    uint32_t from, to;
};

/* Where a value is in a range; of two words the high one is first. */
struct cplace {
    struct crange range;
    int words;
    char kind[2]; /* r register, @ frame, # constant, l list, s static */
    uint32_t n[2];
};

struct cvariable {
    const char *name;
    const struct ctype *type;
    bool is_argument;      /* one of the function's own */
    uint32_t list;         /* then: its place in the parameter list */
    unsigned body;         /* else: whose it is, 0 the function's own ... */
    unsigned from, to;     /* ... and the lines of its scope */
    struct cplace *places; /* the first one that has the offset counts */
    size_t nplaces;
};

/* A body in the place of a call.  Number 0 is the function itself. */
struct cbody {
    const char *name;
    unsigned parent;
    const char *file; /* where the call was */
    unsigned line;
    struct crange *ranges;
    size_t nranges;
};

struct cfunction {
    uint32_t addr, frame; /* frame: bytes */
    struct crange *owned; /* R13 points to its own frame */
    size_t nowned;
    struct cvariable *variables;
    size_t nvariables;
    struct cbody *bodies;
    size_t nbodies;
};

bool crange_has(const struct crange *r, size_t n, uint32_t offset);
/* The innermost body that the instruction belongs to. */
unsigned cfunction_body(const struct cfunction *f, uint32_t offset);

/* ---- asking (map.c) ------------------------------------------------------ */

/* The object at raddr; the compiled function that holds raddr.  NULL: none is
 * known. */
const struct ctype *map_object(const struct machine *m, uint32_t raddr);
const struct cfunction *map_compiled(const struct machine *m, uint32_t raddr);

/* The function that holds raddr; the line of the code at raddr, with its file.
 * NULL: not known. */
const char *map_function(const struct machine *m, uint32_t raddr,
                         uint32_t *start);
const char *map_line(const struct machine *m, uint32_t raddr, unsigned *line);
/* The last entry of an assembler routine before `before`. */
bool map_entry(const struct machine *m, uint32_t before, uint32_t *raddr);

/* Is it known that raddr belongs to data? */
bool map_is_data(const struct machine *m, uint32_t raddr);

/* Was this source file changed after the image was built? */
bool map_outdated(const struct machine *m, const char *file);

/* ---- what a person names (map_named.c) ------------------------------------
 */

/* An object or function of this name, in `file` (the end of a path) or in any,
 * with the file that it is of; or a static variable inside a function.  Returns
 * how many others there are as well; -1: there is none. */
int map_symbol(const struct machine *m, bool inner, const char *name,
               const char *file, uint32_t *raddr, const char **of);

/* The same of a type or of a constant of an enumeration, whose FILE is that of
 * its definition; others are different ones. */
enum map_kind { MAP_TAG, MAP_TYPEDEF, MAP_CONSTANT };
int map_type(const struct machine *m, enum map_kind kind, const char *name,
             const char *file, const struct ctype **type, int32_t *value,
             const char **of);

/* "FILE:LINE", FILE being the end of a path: the line, and that or the next one
 * which has code, with the address of it.  False: `error` says why not; it is
 * empty if `place` is not of this form. */
enum { MAP_ERROR = 300 };
struct map_source {
    const char *file;
    unsigned line, code; /* code 0: there is none up to the end of the file */
    uint32_t raddr;
};
bool map_source(const struct machine *m, const char *place,
                struct map_source *s, char error[MAP_ERROR]);

/* The real address that a symbol or FILE:LINE stands for.  False: as above. */
bool map_address(const struct machine *m, const char *place, uint32_t *raddr,
                 char error[MAP_ERROR]);

/* Where a run has to stop for FILE:LINE or a function: also in bodies that
 * stand in the place of calls.  Returns how many addresses there are, of which
 * MAP_STOPS_MAX at most are in `list`; -1: as above.  0: calls of the function
 * were replaced, and nothing is left of it. */
enum { MAP_STOPS_MAX = 64 };
int map_stops(const struct machine *m, const char *place,
              uint32_t list[MAP_STOPS_MAX], char error[MAP_ERROR]);

/* Where the calls were: "main line 12, ..." */
void map_replaced_calls(const struct machine *m, const char *name, char *buf,
                        size_t size);

/* ---- reading ------------------------------------------------------------- */

struct place {
    uint32_t addr;
    uint32_t size;    /* symbols: 0 when unknown; lines: 0 */
    unsigned line;    /* lines: number in the file */
    bool absolute;    /* an EQU-like value: not an address of anything */
    uint32_t home;    /* symbols: where their image begins */
    bool function;    /* func, asm or entry: code */
    bool entry;       /* symbols: of an assembler routine */
    bool label;       /* symbols: of an assembler file, without a size */
    bool inner;       /* symbols: a static variable inside a function */
    const char *name; /* symbols: theirs; lines: that of the file */
    const char *file; /* symbols; types: of their definition */
    const struct ctype *type;   /* objects, types */
    const struct cfunction *fn; /* functions */
};

struct places {
    struct place *item;
    size_t n, room;
};

struct map {
    struct places symbols, objects, lines;
    /* Names of types, and records and enumerations, at their map's begin. */
    struct places typedefs, types;
    struct map_file {
        const char *name;
        time_t built; /* when the map was written that speaks of it */
    } * files;
    size_t nfiles;
    time_t written;          /* the map that is read */
    struct ctype **numbered; /* types of the map that is read */
    size_t nnumbered;
    struct map_chunk *chunks; /* storage of map_alloc() */
};

/* Zeroed storage that lives as long as the map; NULL: there is none. */
void *map_alloc(struct map *map, size_t bytes);
const char *map_name(struct map *map, const char *s, size_t n);
struct place *places_add(struct places *p);
/* The one copy of a file's name, of which the map that is read speaks. */
const char *map_file_name(struct map *map, const char *name);

/* map_type.c: the type in `text`, whose #N are numbered[N - 1]; NULL: it is no
 * type, or there is no memory.  map_type_define() gives number N its
 * contents. */
struct ctype *map_type_parse(struct map *map, const char **text);
bool map_type_define(struct map *map, size_t number, const char *text);
/* Was every number defined?  Completes what files of the image only declare. */
bool map_types_complete(const struct map *map);

/* map_places.c: the ranges or places in `word`; those of `v` in an image at
 * base.  False: they are none, or there is no memory. */
enum { STORAGE_END = 0x1000000 };
bool map_ranges_parse(struct map *map, const char *word, struct crange **list,
                      size_t *n);
bool map_places_parse(struct map *map, const char *word, uint32_t base,
                      struct cvariable *v);

/* map_read.c: put what the file says into an empty map; *end becomes the end
 * of the image.  Returns 0, or -1 with a message in `error`. */
int map_read(struct map *map, const char *path, uint32_t base, uint32_t *end,
             char *error, size_t size);

#endif
