/*
 * library.c - members of the SDK's library, by need.
 *
 * A member is a file of machine/sdk/lib.  What it defines is found without
 * compiling it: ENTRY statements of a .asm file; in a .c file the functions
 * whose names stand in the first column in front of a parenthesis, which is
 * how the kit lays out C.
 */
#include "program.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

struct definition {
    struct definition *next;
    const char *name;
    const char *path; /* of the member */
    bool is_asm;
};

static struct definition *definitions;
static const char **added;
static int nadded;

static void
define(const char *name, size_t n, const char *path, bool is_asm)
{
    struct definition *d = cc_alloc(sizeof(*d));

    d->name = cc_intern(name, n);
    d->path = path;
    d->is_asm = is_asm;
    d->next = definitions;
    definitions = d;
}

/* What a line of a member defines: p is its beginning. */
static void
scan_line(const char *p, const char *path, bool is_asm)
{
    size_t n = cc_word(p);

    if (!is_asm) {
        if (n > 0 && p[n] == '(')
            define(p, n, path, false);
        return;
    }
    p += strspn(p, " \t");
    if (strncmp(p, "ENTRY ", 6) != 0)
        return;
    for (p += 6; *p != ';' && *p != '\n' && *p != '\0'; p += n > 0 ? n : 1) {
        n = cc_word(p);
        if (n > 0)
            define(p, n, path, true);
    }
}

const char **
library_members(const char *kind, int *n)
{
    const char *folder = cc_format("%s/lib", sdk_folder()), **path;
    struct dirent **entry;
    int all = scandir(folder, &entry, NULL, alphasort);

    if (all < 0)
        fatal("cannot read the library in %s: set CPLAB_SDK to the folder "
              "machine/sdk",
              folder);
    path = cc_alloc((size_t)all * sizeof(*path));
    *n = 0;
    for (int i = 0; i < all; i++) {
        const char *name = entry[i]->d_name, *dot = strrchr(name, '.');

        if (dot != NULL && strcmp(dot, kind) == 0)
            path[(*n)++] = cc_format("%s/%s", folder, name);
        free(entry[i]);
    }
    free(entry);
    return path;
}

static void
scan(bool is_asm)
{
    int n, length;
    const char **path = library_members(is_asm ? ".asm" : ".c", &n), *line;

    while (n-- > 0) {
        int file = source_file(path[n], strlen(path[n]));

        for (int l = 1; (line = source_line(file, l, &length)) != NULL; l++)
            scan_line(line, path[n], is_asm);
    }
}

/* Does this line of a header declare the name: a function that begins in the
 * first column, a macro, a type? */
static bool
declares(const char *line, int n, const char *name)
{
    size_t length = strlen(name), word;
    const char *end = line + n;

    if (n == 0 || strchr(" \t/*", line[0]) != NULL)
        return false;
    for (const char *p = line; end > p; p += word > 0 ? word : 1) {
        word = cc_word(p);
        if (p == line || word != length || strncmp(p, name, length) != 0)
            continue;
        if (strncmp(line, "#define ", 8) == 0)
            return p == line + 8;
        return p[word] == '(' || p[word] == '[' ||
               (p[word] == ';' && strncmp(line, "typedef ", 8) == 0);
    }
    return false;
}

const char *
library_header(const char *name)
{
    static const char *const headers[] = {
        "stdio.h",    "string.h",   "stdlib.h",       "stdbool.h",
        "stdint.h",   "stddef.h",   "ctype.h",        "limits.h",
        "stdarg.h",   "assert.h",   "setjmp.h",       "list.h",
        "ring.h",     "crc.h",      "ebcdic.h",       "s370/insn.h",
        "s370/ccw.h", "s370/psw.h", "s370/lowcore.h", "s370/console.h",
        "s370/dat.h", "s370/keys.h"};

    for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
        char *path = cc_format("%s/include/%s", sdk_folder(), headers[i]);
        int file = source_file(path, strlen(path)), n = 0;
        const char *line;

        for (int l = 1; (line = source_line(file, l, &n)) != NULL; l++)
            if (declares(line, n, name))
                return headers[i];
    }
    return NULL;
}

bool
library_add(const char *name)
{
    const struct definition *d;
    bool ok;

    if (definitions == NULL) {
        scan(true);
        scan(false);
    }
    for (d = definitions; d != NULL && strcmp(d->name, name) != 0;)
        d = d->next;
    for (int i = 0; d != NULL && i < nadded; i++)
        if (added[i] == d->path)
            return false;
    if (d == NULL)
        return false;
    added = cc_room(added, nadded, sizeof(*added));
    added[nadded++] = d->path;
    if (d->is_asm)
        return asm_add(d->path, strrchr(d->path, '/') + 1, true);
    program_library(true);
    ok = unit_add(d->path);
    program_library(false);
    return ok;
}
