/*
 * asmfile.c - what the compiler must know of assembler files: their names.
 *
 * NASM and s370.inc understand the statements; here it is enough to see which
 * labels a file defines, which of them it gives to C (ENTRY), and which other
 * names it mentions.  Comments and quoted text are skipped.
 */
#include "statement.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

static struct asm_file *first, **last = &first;

struct asm_file *
asm_files(void)
{
    return first;
}

static struct asm_name *
note(struct asm_file *f, const char *s, size_t n, int line)
{
    const char *name = cc_intern(s, n);
    struct asm_name *p;

    for (int i = 0; i < f->nnames; i++)
        if (f->name[i].name == name)
            return &f->name[i];
    f->name = cc_room(f->name, f->nnames, sizeof(*f->name));
    p = &f->name[f->nnames++];
    *p = (struct asm_name){.name = name, .file = f, .line = line};
    return p;
}

/* As NASM has it; IBM's assembler knows $ # @. */
bool
asm_is_name_char(char c)
{
    return isalnum((unsigned char)c) || (c != '\0' && strchr("_$#@.?~", c));
}

static bool
is_word(const char *s, size_t n, const char *word)
{
    return n == strlen(word) && strncmp(s, word, n) == 0;
}

/* What a label is of, by the rest of its line. */
static void
note_statement(struct asm_name *name, const char *p, const char *end)
{
    const char *op, *rest;
    size_t n;

    while (p < end && isspace((unsigned char)*p))
        p++;
    for (op = p; p < end && !isspace((unsigned char)*p); p++)
        ;
    n = (size_t)(p - op);
    for (rest = p; rest < end && isspace((unsigned char)*rest); rest++)
        ;
    name->is_section = is_word(op, n, "CSECT") || is_word(op, n, "START");
    name->is_data = is_word(op, n, "DC") || is_word(op, n, "CCW") ||
                    is_word(op, n, "PSW") ||
                    (is_word(op, n, "DS") && rest < end && *rest != '0');
}

/* NASM's own statements for macros: their names are no labels. */
static void
scan_line(struct asm_file *f, const char *p, int n, int line)
{
    const char *end = p + n, *start = p;
    bool entry = false, external = false;

    while (p < end && *p != ';') {
        const char *word = p;
        bool in_constant;

        if (*p == '\'') {
            for (p++; p < end && *p != '\''; p++)
                ;
            p++;
            continue;
        }
        if (!isalpha((unsigned char)*p) && *p != '_') {
            p++;
            continue;
        }
        while (p < end && asm_is_name_char(*p))
            p++;
        if (p < end && *p == '\'')
            continue; /* X'..', CL8'..' */
        if (is_word(word, (size_t)(p - word), "ENTRY"))
            entry = true;
        else if (is_word(word, (size_t)(p - word), "EXTRN"))
            external = true;
        else {
            struct asm_name *name = note(f, word, (size_t)(p - word), line);

            in_constant = word - start > 2 && word[-1] == '(' &&
                          (word[-2] == 'A' || word[-2] == 'V');
            name->is_external |= external || in_constant;
            if (entry)
                name->is_entry = true;
            if (word == start && !name->is_label) {
                name->is_label = true;
                name->line = line;
                note_statement(name, p, end);
            }
        }
    }
}

bool
asm_add(const char *path, bool library)
{
    struct asm_file *f = cc_alloc(sizeof(*f));
    int file = source_file(path, strlen(path));
    int length = 0;
    const char *line = source_line(file, 1, &length);

    if (line == NULL) {
        error_plain("cannot read %s: %s", path, strerror(errno));
        return false;
    }
    if (length >= 3 && memcmp(line, "\xEF\xBB\xBF", 3) == 0) {
        error_line(file, 1, NULL,
                   "a byte order mark, which is invisible, begins this file: "
                   "save it without one");
        return false;
    }
    f->path = library ? strrchr(path, '/') + 1 : path;
    f->file = file;
    f->library = library;
    for (int i = 1; line != NULL; line = source_line(file, ++i, &length))
        scan_line(f, line, length, i);
    *last = f;
    last = &f->next;
    return true;
}

bool
asm_mentions(const char *word)
{
    const char *name = cc_intern(word, strlen(word));

    for (struct asm_file *f = first; f != NULL; f = f->next)
        for (int i = 0; i < f->nnames; i++)
            if (f->name[i].name == name)
                return true;
    return false;
}

const struct asm_name *
asm_defines(const char *name)
{
    for (struct asm_file *f = first; f != NULL; f = f->next)
        for (int i = 0; i < f->nnames; i++)
            if ((f->name[i].is_label || f->name[i].is_entry) &&
                strcmp(f->name[i].name, name) == 0)
                return &f->name[i];
    return NULL;
}
