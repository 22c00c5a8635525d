/*
 * map.c - IMAGE.map: which symbol and which line of source is where.
 *
 * Where the lines of a C function are inside it, the compiler knows; those of
 * assembler files are in NASM's listing beside their addresses.  Types and the
 * variables of functions are the business of map_type.c and map_function.c. The
 * format of the map is described in machine/front/map_read.c, which reads it.
 */
#include "program.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    uint32_t addr;
    char *text;
};

struct list {
    struct entry *item;
    int n;
};

static void
add(struct list *l, uint32_t addr, char *text)
{
    l->item = cc_room(l->item, l->n, sizeof(*l->item));
    l->item[l->n].addr = addr;
    l->item[l->n++].text = text;
}

static int
by_address(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    if (x->addr != y->addr)
        return x->addr < y->addr ? -1 : 1;
    return strcmp(x->text, y->text);
}

static void
print(FILE *out, struct list *l)
{
    if (l->n > 0)
        qsort(l->item, (size_t)l->n, sizeof(*l->item), by_address);
    for (int i = 0; i < l->n; i++)
        fprintf(out, "%s\n", l->item[i].text);
}

/* ---- C ------------------------------------------------------------------- */

static void
function_lines(struct list *l, const struct code *c, uint32_t base)
{
    int line = -1;

    for (int i = 0; i < c->nins; i++) {
        const struct mc_ins *in = &c->ins[i];
        const struct ir_line *at = &c->f->lines[in->line];

        if (in->length == 0 || in->line == 0 || in->line == line)
            continue;
        line = in->line;
        add(l, base + in->offset,
            cc_format("line %06X %s:%d", (unsigned)(base + in->offset),
                      source_shown(at->file), at->line));
    }
}

static void
add_pieces(struct list *symbols, struct list *objects, struct list *lines)
{
    for (const struct piece *p = program_pieces(); p != NULL; p = p->next) {
        uint32_t addr;

        if (!p->reached || !program_address(p->sym->link, &addr))
            continue;
        add(symbols, addr,
            cc_format("sym %06X %X %s %s %s", (unsigned)addr, (unsigned)p->size,
                      p->code != NULL          ? "func"
                      : p->data->bytes != NULL ? "data"
                                               : "bss",
                      p->sym->name, source_shown(p->sym->tok->file)));
        if (p->code != NULL) {
            add(objects, addr, map_function(p, addr));
            function_lines(lines, p->code, addr);
        } else
            add(objects, addr,
                cc_format("obj %06X %s", (unsigned)addr,
                          map_type(p->sym->type)));
    }
}

/* ---- assembler ----------------------------------------------------------- */

static const char *
label_kind(const struct asm_name *n)
{
    if (!program_in_image(n->name))
        return "abs";
    if (n->is_data)
        return "dc";
    return n->is_entry || n->is_section ? "entry" : "asm";
}

static void
add_labels(struct list *symbols)
{
    for (struct asm_file *f = asm_files(); f != NULL; f = f->next)
        for (int i = 0; i < f->nnames; i++) {
            uint32_t addr;

            if (f->name[i].is_label && program_address(f->name[i].name, &addr))
                add(symbols, addr,
                    cc_format("sym %06X 0 %s %s %s", (unsigned)addr,
                              label_kind(&f->name[i]), f->name[i].name,
                              f->path));
        }
}

/* The listing's lines: number, address and bytes, <depth>, source.  Depth 1
 * is in an assembler file, which a line of depth 0 has included; what is
 * deeper are the statements of a macro of that file, and belong to the line
 * that calls it.  Of a DSECT, NASM lists ??? or <res> for bytes.  Behind a
 * remark in column 1 comes C. */
static void
add_asm_lines(struct list *lines, const char *listing)
{
    FILE *in = fopen(listing, "r");
    char text[2048];
    const struct asm_file *file = NULL;
    int line = 0; /* of depth 1 */

    if (in == NULL)
        return;
    while (fgets(text, sizeof(text), in) != NULL && text[0] != ';') {
        int number = 0, used = 0, depth = 0;
        unsigned addr = 0;
        char byte = '?';
        bool has_address;
        const char *mark;

        if (sscanf(text, "%d%n", &number, &used) != 1)
            continue;
        has_address = text[used] == ' ' &&
                      isxdigit((unsigned char)text[used + 1]) &&
                      sscanf(text + used, "%x %c", &addr, &byte) == 2 &&
                      isxdigit((unsigned char)byte);
        mark = strlen(text) > 40 ? strchr(text + 30, '<') : NULL;
        if (mark != NULL && mark - text <= 42)
            sscanf(mark, "<%d>", &depth);
        if (depth == 0 && strstr(text, "%include ") != NULL)
            file = file == NULL ? asm_files() : file->next;
        if (depth == 0)
            continue;
        if (depth == 1)
            line = number;
        if (file != NULL && has_address)
            add(lines, addr,
                cc_format("line %06X %s:%d", addr, file->path, line));
    }
    fclose(in);
}

static void
add_end(struct list *symbols, uint32_t addr, const char *name)
{
    add(symbols, addr, cc_format("sym %06X 0 end %s", (unsigned)addr, name));
}

void
map_write(const char *image, const char *listing)
{
    const char *path = cc_format("%s.map", image), *slash = strrchr(image, '/');
    struct list symbols = {.n = 0}, objects = {.n = 0}, lines = {.n = 0};
    uint32_t size = 0, end = 0;
    FILE *out;

    program_address("__data_end", &size);
    program_address("__image_end", &end);
    add_pieces(&symbols, &objects, &lines);
    add_end(&symbols, size, "__data_end");
    add_end(&symbols, end, "__image_end");
    add_labels(&symbols);
    add_asm_lines(&lines, listing);
    out = cc_create(path);
    fprintf(out, "# cc370 map 4\nimage %s size %X bss %X\n",
            slash == NULL ? image : slash + 1, (unsigned)size,
            (unsigned)(end - size));
    print(out, &symbols);
    map_types(out);
    print(out, &objects);
    print(out, &lines);
    cc_close(out, path);
}
