/*
 * image.c - the image: where everything is, and its bytes.
 *
 * Assembler files first, in their order (the first one is what IPL finds at
 * location 0), then functions, then objects, each on the boundary it needs;
 * then the sections that attributes name, each between __start_NAME and
 * __stop_NAME. Zero objects come last and have addresses only: bss.
 *
 * NASM assembles the assembler files.  How far behind them each C name is, at
 * __c_begin, is known before, and is all that NASM must know of C.  The bytes
 * of C are written when NASM has told where __c_begin is, and its own names.
 * With -S they become NASM source as well.
 *
 * Names: C's `name` is NASM's `$name`.  The $ keeps NASM from seeing an
 * instruction, register or macro in it, so that every C name will do; it is
 * not part of the name: assembler files say A(name).  For names that NASM has
 * a meaning of its own for see s370.inc, "Several files in one run".
 */
#include "program.h"

#include <string.h>

/* ---- the layout ---------------------------------------------------------- */

/* What has a name behind the assembler files, in the order of the image. */
struct item {
    const char *name;
    const struct piece *piece; /* NULL: the name of a place */
    uint32_t at;               /* from __c_begin */
};

static struct item *item;
static int nitems;
static int *told; /* those that NASM learns of: numbers of items */
static int ntold;
static uint32_t end, data_end; /* of all so far; without bss */
static uint32_t most;          /* the largest boundary: that of __c_begin */

static void
align(uint32_t boundary)
{
    end = (end + boundary - 1) & ~(boundary - 1);
}

static void
add_name(const char *name)
{
    item = cc_room(item, nitems, sizeof(*item));
    item[nitems++] = (struct item){.name = name, .at = end};
}

static void
add_piece(struct piece *p)
{
    align(p->align);
    add_name(p->sym->link);
    item[nitems - 1].piece = p;
    end += p->size;
    p->placed = true;
}

/* What follows what in the image. */
enum part { FUNCTIONS, OBJECTS, SECTIONS, BSS, NOWHERE };

static enum part
part_of(const struct piece *p)
{
    return !p->reached               ? NOWHERE
           : p->sym->section != NULL ? SECTIONS
           : p->code != NULL         ? FUNCTIONS
           : p->data->bytes != NULL  ? OBJECTS
                                     : BSS;
}

static void
add_part(enum part part)
{
    for (struct piece *p = program_pieces(); p != NULL; p = p->next)
        if (part_of(p) == part)
            add_piece(p);
}

/* The largest boundary of a section, or (NULL) of all that is reached. */
static uint32_t
largest_boundary(const char *section)
{
    uint32_t largest = 1;

    for (const struct piece *p = program_pieces(); p != NULL; p = p->next)
        if (p->reached && p->align > largest &&
            (section == NULL || p->sym->section == section))
            largest = p->align;
    return largest;
}

static void
add_section(const char *name)
{
    align(largest_boundary(name));
    add_name(cc_format("__start_%s", name));
    for (struct piece *p = program_pieces(); p != NULL; p = p->next)
        if (p->reached && p->sym->section == name)
            add_piece(p);
    add_name(cc_format("__stop_%s", name));
}

void
image_layout(void)
{
    most = largest_boundary(NULL);
    if (most < 8)
        most = 8;
    add_part(FUNCTIONS);
    add_part(OBJECTS);
    for (const struct piece *p = program_pieces(); p != NULL; p = p->next)
        if (part_of(p) == SECTIONS && !p->placed)
            add_section(p->sym->section);
    align(most);
    data_end = end;
    add_name("__data_end");
    add_part(BSS);
    align(8);
    add_name("__image_end");
    for (int i = 0; i < nitems; i++)
        if ((item[i].piece == NULL || !item[i].piece->sym->is_static) &&
            asm_mentions(item[i].name)) {
            told = cc_room(told, ntold, sizeof(*told));
            told[ntold++] = i;
        }
}

const char *
image_told(int k)
{
    return k < ntold ? item[told[k]].name : NULL;
}

uint32_t
image_place(uint32_t asm_end)
{
    uint32_t begin = (asm_end + most - 1) & ~(most - 1);

    for (int i = 0; i < nitems; i++)
        program_place(item[i].name, begin + item[i].at, true);
    return begin;
}

/* ---- the bytes of C ------------------------------------------------------ */

/* Bytes from `from` on, up to `to`. */
static void
put_bytes(struct lines *l, const uint8_t *bytes, uint32_t from, uint32_t to)
{
    while (from < to) {
        uint32_t zeros = 0, n = to - from < 16 ? to - from : 16;

        while (from + zeros < to && bytes[from + zeros] == 0)
            zeros++;
        if (zeros > 16) {
            lines_zeros(l, l->at + zeros);
            n = zeros;
        } else {
            lines_bytes(l, bytes + from, (int)n);
            fputc('\n', l->out);
        }
        from += n;
    }
}

static void
put_data(struct lines *l, const struct data *d)
{
    uint32_t at = 0;

    for (int i = 0; i < d->nreloc; i++) {
        const struct reloc *r = &d->reloc[i];

        put_bytes(l, d->bytes, at, r->offset);
        lines_address(l, r->link, r->addend);
        fprintf(l->out, "A(%s%+d)\n", r->link, (int)r->addend);
        at = r->offset + 4;
    }
    if (d->bytes != NULL)
        put_bytes(l, d->bytes, at, d->size);
    else
        lines_zeros(l, l->at + d->size);
}

void
image_items(struct lines *l)
{
    for (int i = 0; i < nitems; i++) {
        const struct piece *p = item[i].piece;

        if (item[i].at <= data_end)
            lines_zeros(l, item[i].at);
        lines_name(l, item[i].name, item[i].at);
        if (p == NULL || part_of(p) == BSS)
            continue;
        if (p->code != NULL)
            code_write(p->code, l);
        else
            put_data(l, p->data);
    }
}

/* ---- the NASM source ----------------------------------------------------- */

static void
put_asm_files(FILE *out)
{
    for (struct asm_file *f = asm_files(); f != NULL; f = f->next) {
        const char *path = f->copy != NULL ? f->copy : f->path;

        fputs(" __file_begin\n", out);
        asm_free_macros(out, f);
        fputs("%include ", out);
        if (f->copy == NULL && f->library)
            fprintf(out, "__library(\"%s\")\n", path);
        else
            fprintf(out, "\"%s\"\n", path);
    }
    fputs(" __file_end\n", out);
}

static void
put_told(struct lines *l, enum source kind)
{
    for (int k = 0; k < ntold; k++) {
        const struct item *it = &item[told[k]];

        if (kind == SOURCE_FIRST_MARKS || kind == SOURCE_SECOND_MARKS)
            fprintf(l->out, "$%s equ 1<<40|%u\n", it->name,
                    (unsigned)kept_mark(k, kind == SOURCE_SECOND_MARKS));
        else
            lines_name(l, it->name, it->at);
    }
}

void
image_source(FILE *out, const char *folder, enum source kind)
{
    struct lines lines = {.out = out};

    fputs("[list -]\n", out);
    if (kind != SOURCE_ALL)
        fprintf(out, "[map symbols %s/%s]\n", folder, IMAGE_SYMBOLS);
    /* NASM looks into its working folder first: our own files are named with
     * theirs, where nobody sees it in the listing. */
    if (kind != SOURCE_ALL)
        fprintf(out,
                "%%define __library(name) %%strcat(\"%s/lib/\", name)\n"
                "%%include \"%s/asm/s370.inc\"\n",
                sdk_folder(), sdk_folder());
    else
        fputs("%define __library(name) name\n%include \"s370.inc\"\n", out);
    fputs("%define __patching\n[list +]\n", out);
    put_asm_files(out);
    fputs("[list -]\n", out);
    if (kind == SOURCE_ALL) {
        fprintf(out, " times (-($-$$))&%u db 0\n__c_begin equ __here\n",
                (unsigned)most - 1);
        image_items(&lines);
        return;
    }
    fprintf(out, "__asm_end equ __here\n__c_begin equ (__here+%u)&-%u\n",
            (unsigned)most - 1, (unsigned)most);
    put_told(&lines, kind);
}
