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

struct member_file {
    const char *path;
    bool is_asm, added;
};

/* What a line of a member defines: p is its beginning. */
static void
scan_line(const char *p, struct member_file *by)
{
    size_t n = cc_word(p);

    if (!by->is_asm) {
        if (n > 0 && p[n] == '(')
            cc_meaning(cc_intern(p, n))->library = by;
        return;
    }
    p += strspn(p, " \t");
    if (strncmp(p, "ENTRY ", 6) != 0)
        return;
    for (p += 6; *p != ';' && *p != '\n' && *p != '\0'; p += n > 0 ? n : 1) {
        n = cc_word(p);
        if (n > 0)
            cc_meaning(cc_intern(p, n))->library = by;
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
        struct member_file *by = cc_alloc(sizeof(*by));
        int file = source_file(path[n], strlen(path[n]));

        *by = (struct member_file){.path = path[n], .is_asm = is_asm};
        for (int l = 1; (line = source_line(file, l, &length)) != NULL; l++)
            scan_line(line, by);
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
        "stdio.h",    "string.h",    "stdlib.h",       "stdbool.h",
        "stdint.h",   "stddef.h",    "ctype.h",        "limits.h",
        "stdarg.h",   "assert.h",    "setjmp.h",       "list.h",
        "ring.h",     "crc.h",       "ebcdic.h",       "s370/insn.h",
        "s370/ccw.h", "s370/psw.h",  "s370/lowcore.h", "s370/console.h",
        "s370/dat.h", "s370/keys.h", "uchar.h",        "errno.h",
        "inttypes.h", "iso646.h",    "stdalign.h",     "stdnoreturn.h"};

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
    static bool scanned;
    struct member_file *by;
    bool ok;

    if (!scanned) {
        scan(true);
        scan(false);
        scanned = true;
    }
    by = cc_meaning(cc_intern(name, strlen(name)))->library;
    if (by == NULL || by->added)
        return false;
    by->added = true;
    if (by->is_asm)
        return asm_add(by->path, true);
    program_library(true);
    ok = unit_add(by->path);
    program_library(false);
    return ok;
}
