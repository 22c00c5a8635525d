/*
 * library.c - members of the SDK's library, by need.
 *
 * A member is a file of machine/sdk/lib.  What it defines is found without
 * compiling it: ENTRY statements of a .asm file; in a .c file the functions
 * whose names stand in the first column in front of a parenthesis, which is
 * how the kit lays out C.
 */
#include "program.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

struct definition {
    struct definition *next;
    const char *name;
    const char *file;
};

static const char *folder;
static struct definition *definitions;
static const char **added;
static int nadded;

void
library_set(const char *path)
{
    folder = path;
}

static void
define(const char *name, size_t n, const char *file)
{
    struct definition *d = cc_alloc(sizeof(*d));

    d->name = cc_intern(name, n);
    d->file = file;
    d->next = definitions;
    definitions = d;
}

static void
scan_line(const char *p, int n, const char *file, bool is_asm)
{
    const char *end = p + n;
    const char *start;

    if (!is_asm) {
        for (start = p; p < end && (isalnum((unsigned char)*p) || *p == '_');)
            p++;
        if (p > start && p < end && *p == '(')
            define(start, (size_t)(p - start), file);
        return;
    }
    while (p < end && isspace((unsigned char)*p))
        p++;
    if (end - p < 6 || strncmp(p, "ENTRY ", 6) != 0)
        return;
    for (p += 6; p < end && *p != ';';) {
        for (start = p; p < end && (isalnum((unsigned char)*p) || *p == '_');)
            p++;
        if (p > start)
            define(start, (size_t)(p - start), file);
        else
            p++;
    }
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of the members, in order. */
static char **
members(int *n)
{
    DIR *dir = opendir(folder);
    struct dirent *e;
    char **name = NULL;

    *n = 0;
    if (dir == NULL)
        fatal("cannot read the library in %s: set CPLAB_SDK to the folder "
              "machine/sdk",
              folder);
    while ((e = readdir(dir)) != NULL) {
        const char *dot = strrchr(e->d_name, '.');

        if (dot == NULL || (strcmp(dot, ".c") != 0 && strcmp(dot, ".asm") != 0))
            continue;
        name = cc_room(name, *n, sizeof(*name));
        name[(*n)++] = cc_format("%s", e->d_name);
    }
    closedir(dir);
    qsort(name, (size_t)*n, sizeof(*name), by_name);
    return name;
}

char **
library_c_files(int *n)
{
    int all = 0;
    char **name = members(&all);

    *n = 0;
    for (int i = 0; i < all; i++)
        if (strstr(name[i], ".asm") == NULL)
            name[(*n)++] = cc_format("%s/%s", folder, name[i]);
    return name;
}

static void
scan(void)
{
    int n = 0;
    char **name = members(&n);

    for (int i = n - 1; i >= 0; i--) {
        char *path = cc_format("%s/%s", folder, name[i]);
        int file = source_file(path, strlen(path));
        bool is_asm = strstr(name[i], ".asm") != NULL;
        int length = 0;

        for (int l = 1;; l++) {
            const char *line = source_line(file, l, &length);

            if (line == NULL)
                break;
            scan_line(line, length, name[i], is_asm);
        }
    }
}

/* Does this line of a header declare the name: a function that begins in the
 * first column, a macro, a type? */
static bool
declares(const char *line, int n, const char *name)
{
    const char *end = line + n;
    int length = (int)strlen(name);

    if (n == 0 || isspace((unsigned char)line[0]) || strchr("/*", line[0]))
        return false;
    for (const char *p = line + 1; p + length <= end; p++) {
        char before = p[-1], behind = p + length < end ? p[length] : '\0';

        if (strncmp(p, name, (size_t)length) != 0 ||
            isalnum((unsigned char)before) || before == '_' ||
            isalnum((unsigned char)behind) || behind == '_')
            continue;
        if (strncmp(line, "#define ", 8) == 0)
            return p == line + 8;
        return behind == '(' || behind == '[' ||
               (behind == ';' && strncmp(line, "typedef ", 8) == 0);
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
        char *path = cc_format("%s/../include/%s", folder, headers[i]);
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

    if (folder == NULL)
        return false;
    if (definitions == NULL)
        scan();
    for (d = definitions; d != NULL; d = d->next)
        if (strcmp(d->name, name) == 0)
            break;
    if (d == NULL)
        return false;
    for (int i = 0; i < nadded; i++)
        if (added[i] == d->file)
            return false;
    added = cc_room(added, nadded, sizeof(*added));
    added[nadded++] = d->file;
    if (strstr(d->file, ".asm") != NULL)
        return asm_add(cc_format("%s/%s", folder, d->file), d->file, true);
    program_library(true);
    ok = unit_add(cc_format("%s/%s", folder, d->file));
    program_library(false);
    return ok;
}
