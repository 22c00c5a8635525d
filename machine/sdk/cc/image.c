/*
 * image.c - the NASM source of the whole image.
 *
 * Assembler files first, in their order (the first one is what IPL finds at
 * location 0), then functions, then objects, each on the boundary it needs;
 * then the sections that attributes name, each between __start_NAME and
 * __stop_NAME. Zero objects come last and have addresses only: bss.  All of it
 * is one NASM section whose first byte is location 0.
 *
 * Names: C's `name` is NASM's `$name`.  The $ keeps NASM from seeing an
 * instruction, register or macro in it, so that every C name will do; it is
 * not part of the name: assembler files say A(name).  For names that NASM has
 * a meaning of its own for see s370.inc, "Several files in one run".
 */
#include "program.h"

#include <errno.h>
#include <string.h>

static void
put_zeros(FILE *out, uint32_t n)
{
    if (n > 0)
        fprintf(out, " times %u db 0\n", (unsigned)n);
}

static uint32_t
align_to(FILE *out, uint32_t at, uint32_t align)
{
    uint32_t next = (at + align - 1) & ~(align - 1);

    put_zeros(out, next - at);
    return next;
}

/* Bytes from `from` on, up to `to`. */
static void
put_bytes(FILE *out, const uint8_t *bytes, uint32_t from, uint32_t to)
{
    while (from < to) {
        uint32_t zeros = 0, n;

        while (from + zeros < to && bytes[from + zeros] == 0)
            zeros++;
        if (zeros > 16) {
            put_zeros(out, zeros);
            from += zeros;
            continue;
        }
        n = to - from < 16 ? to - from : 16;
        fputs(" db ", out);
        for (uint32_t i = 0; i < n; i++)
            fprintf(out, "%s0x%02x", i > 0 ? "," : "", bytes[from + i]);
        fputc('\n', out);
        from += n;
    }
}

static void
put_data(FILE *out, const struct piece *p)
{
    const struct data *d = p->data;
    uint32_t at = 0;

    fprintf(out, "$%s equ __here\n", p->sym->link);
    if (d->bytes == NULL)
        put_zeros(out, d->size);
    for (int i = 0; i < d->nreloc; i++) {
        const struct reloc *r = &d->reloc[i];
        char s[300];

        put_bytes(out, d->bytes, at, r->offset);
        snprintf(s, sizeof(s), "$%.250s%+d", r->link, (int)r->addend);
        fprintf(out, " db 0,(%s)>>16&255,(%s)>>8&255,(%s)&255\n", s, s, s);
        at = r->offset + 4;
    }
    if (d->bytes != NULL)
        put_bytes(out, d->bytes, at, d->size);
}

/* Which of NASM's passes the lines are for: in those before the last one only
 * the places of names matter. */
enum pass { BEFORE, LAST };

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

/* A function or an object; returns the location behind it. */
static uint32_t
put_piece(FILE *out, const struct piece *p, uint32_t at, enum pass pass)
{
    at = align_to(out, at, p->align);
    if (pass == BEFORE) {
        fprintf(out, "$%s equ __here\n", p->sym->link);
        put_zeros(out, p->size);
    } else if (p->code != NULL)
        code_write(p->code, out);
    else
        put_data(out, p);
    return at + p->size;
}

/* All pieces of a section, which begins on the boundary that the largest of
 * them needs. */
static uint32_t
put_section(FILE *out, const char *name, uint32_t at, enum pass pass)
{
    uint32_t most = 1;
    struct piece *p;

    for (p = program_pieces(); p != NULL; p = p->next)
        if (p->reached && p->sym->section == name && p->align > most)
            most = p->align;
    at = align_to(out, at, most);
    fprintf(out, "$__start_%s equ __here\n", name);
    for (p = program_pieces(); p != NULL; p = p->next)
        if (p->reached && p->sym->section == name)
            at = put_piece(out, p, at, pass);
    fprintf(out, "$__stop_%s equ __here\n", name);
    return at;
}

/* Is this the first piece of its section? */
static bool
begins_section(const struct piece *p)
{
    const struct piece *q = program_pieces();

    while (q != p && !(q->reached && q->sym->section == p->sym->section))
        q = q->next;
    return q == p;
}

/* `line`: lines written so far. */
static void
put_asm_files(FILE *out, int line)
{
    for (struct asm_file *f = asm_files(); f != NULL; f = f->next) {
        const char *path = f->copy != NULL ? f->copy : f->path;

        fprintf(out, " __file_begin\n%%include ");
        if (strcmp(path, f->path) == 0 && asm_is_sdk_file(f))
            fprintf(out, "__library(\"%s\")\n", path);
        else
            fprintf(out, "\"%s\"\n", path);
        line += 2;
        f->include_line = line;
    }
    fputs(" __file_end\n", out);
}

/* Objects without contents, by address only.  Returns their bytes. */
static uint32_t
put_bss(FILE *out)
{
    uint32_t at = 0;

    for (struct piece *p = program_pieces(); p != NULL; p = p->next) {
        if (part_of(p) != BSS)
            continue;
        at = (at + p->align - 1) & ~(p->align - 1);
        fprintf(out, "$%s equ $__data_end+%u\n", p->sym->link, (unsigned)at);
        at += p->size;
    }
    at = (at + 7) & ~7u;
    fprintf(out, "$__image_end equ $__data_end+%u\n", (unsigned)at);
    return at;
}

/* All of C: functions, objects, sections, each from a boundary of `most`. */
static void
put_pieces(FILE *out, uint32_t most, enum pass pass)
{
    uint32_t at = 0;
    struct piece *p;

    fprintf(out, " times (-($-$$))&%u db 0\n", (unsigned)most - 1);
    for (enum part part = FUNCTIONS; part <= OBJECTS; part++)
        for (p = program_pieces(); p != NULL; p = p->next)
            if (part_of(p) == part)
                at = put_piece(out, p, at, pass);
    for (p = program_pieces(); p != NULL; p = p->next)
        if (part_of(p) == SECTIONS && begins_section(p))
            at = put_section(out, p->sym->section, at, pass);
    align_to(out, at, most);
}

/* All of C for the last pass: in a file of its own, since NASM reads to the end
 * also what it leaves out. */
static void
put_last(FILE *out, uint32_t most, const char *folder)
{
    const char *path = cc_format("%s/%s", folder, IMAGE_PIECES);
    FILE *pieces = fopen(path, "w");

    if (pieces == NULL)
        fatal("cannot write %s: %s", path, strerror(errno));
    fputs("[list +]\n", pieces);
    put_pieces(pieces, most, LAST);
    if (fclose(pieces) != 0)
        fatal("cannot write %s: %s", path, strerror(errno));
    fprintf(out, "%%include \"%s\"\n", path);
}

uint32_t
image_write(FILE *out, const char *folder)
{
    uint32_t at;
    uint32_t most = 8;
    struct piece *p;

    fputs("[list -]\n", out);
    if (folder != NULL)
        fprintf(out, "[map symbols %s/%s]\n", folder, IMAGE_SYMBOLS);
    if (patches_possible())
        fputs("%define __patching\n", out);
    /* NASM looks into its working folder first: our own files are named with
     * theirs, where nobody sees it in the listing. */
    if (folder != NULL)
        fprintf(out,
                "%%define __library(name) %%strcat(\"%s/lib/\", name)\n"
                "%%include \"%s/asm/s370.inc\"\n",
                sdk_folder(), sdk_folder());
    else
        fputs("%define __library(name) name\n%include \"s370.inc\"\n", out);
    fputs("[list +]\n", out);
    put_asm_files(out, 4 + (folder != NULL) + patches_possible());
    for (p = program_pieces(); p != NULL; p = p->next)
        if (p->reached && p->align > most)
            most = p->align;
    /* NASM makes five passes; __p2 is defined in the last one. */
    fputs("[list -]\n%ifndef __p2\n", out);
    put_pieces(out, most, BEFORE);
    fputs("%else\n", out);
    if (folder != NULL)
        put_last(out, most, folder);
    else {
        fputs("[list +]\n", out);
        put_pieces(out, most, LAST);
    }
    fputs("%endif\n", out);
    fputs("$__data_end equ __here\n", out);
    at = put_bss(out);
    if (patches_possible())
        fputs("[section .patches]\n db 0,$__data_end>>16&255,"
              "$__data_end>>8&255,$__data_end&255\n",
              out);
    return at;
}
