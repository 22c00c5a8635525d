/*
 * preprocess.c - the host's preprocessor, `cc -E`.
 *
 * It is used for its macros only: nothing of the host's is defined, no host
 * header can be found.
 *
 * To start it takes longer than its work on a file.  So files that are known
 * beforehand go through one run of it: a driver includes one after the other,
 * and after each removes all macros that any of them defines, since each is a
 * translation unit of its own.  The names of these macros are found by
 * looking for #define in the files and in what they include.  If a directive is
 * not plain to see, or something else than a macro would last beyond a file, as
 * `#pragma once' does, each file is preprocessed alone; and so it is if there
 * is but one message in the run.
 */
#include "program.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char **option;
static int noptions;

void
preprocess_option(char *text)
{
    option = cc_room(option, noptions, sizeof(*option));
    option[noptions++] = text;
}

static struct tool
start(const char *path, int input)
{
    /* The same image whenever it is made: no clock and no date of a file. */
    static char *const fixed[] = {
        "cc",
        "-E",
        "-undef",
        "-nostdinc",
        "-std=c11",
        "-ffreestanding",
        "-xc",
        "-D__cc370__=1",
        "-D__s370__=1",
        "-D__CHAR_UNSIGNED__=1",
        "-D__ORDER_BIG_ENDIAN__=4321",
        "-D__ORDER_LITTLE_ENDIAN__=1234",
        "-D__BYTE_ORDER__=__ORDER_BIG_ENDIAN__",
        "-D__STDC_NO_ATOMICS__=1",
        "-D__STDC_NO_COMPLEX__=1",
        "-D__STDC_NO_THREADS__=1",
        "-D__STDC_NO_VLA__=1",
        "-Wno-builtin-macro-redefined",
        "-D__DATE__=\"Jan  1 1970\"",
        "-D__TIME__=\"00:00:00\"",
        "-D__TIMESTAMP__=\"Thu Jan  1 00:00:00 1970\"",
        "-fmacro-prefix-map=./="}; /* which clang has in front, gcc not */
    enum { NFIXED = sizeof(fixed) / sizeof(fixed[0]) };
    char **argv = cc_alloc((size_t)(NFIXED + noptions + 2) * sizeof(*argv));
    int n = 0;

    for (int i = 0; i < NFIXED; i++)
        argv[n++] = fixed[i];
    for (int i = 0; i < noptions; i++)
        argv[n++] = option[i];
    argv[n++] = cc_format("%s", path);
    return tool_start(argv, input);
}

/* ---- several files in one run -------------------------------------------- */

struct group {
    struct group *next;
    const char **path; /* of each file */
    char **text;       /* what became of it, when the run is good */
    int n;
    /* found in the files and in what they include: */
    const char **macro; /* that they define */
    int nmacros;
    int *file, nfiles; /* that were looked through */
    bool alone;        /* one of them does what lasts longer than a file */
    struct tool tool;
    bool running, good;
};

static struct group *groups;

static void look_through(struct group *g, const char *path);

#define BLANKS " \t\f\v" /* in a line */

/* The file that `name`, in quotes or angle brackets, includes. */
static void
look_through_included(struct group *g, const char *name, size_t n, bool quotes,
                      const char *from)
{
    const char *slash = strrchr(from, '/');
    int folder = slash == NULL ? 0 : (int)(slash + 1 - from);
    char *path = cc_format("%.*s%.*s", folder, from, (int)n, name);
    bool found = quotes && access(path, R_OK) == 0;

    for (int i = 0; i < noptions && !found; i++)
        if (strncmp(option[i], "-I", 2) == 0) {
            path = cc_format("%s/%.*s", option[i] + 2, (int)n, name);
            found = access(path, R_OK) == 0;
        }
    if (found)
        look_through(g, path);
}

/* A line that begins with #; p is behind it. */
static void
look_at_directive(struct group *g, const char *p, const char *path)
{
    static const char *const plain[] = {"if",    "ifdef",   "ifndef",
                                        "elif",  "else",    "endif",
                                        "error", "warning", "line"};
    const char *word;
    size_t n;

    p += strspn(p, " \t");
    word = cc_intern(p, cc_word(p));
    p += strlen(word);
    p += strspn(p, " \t");
    if (strcmp(word, "define") == 0 || strcmp(word, "undef") == 0) {
        n = cc_word(p);
        g->alone |= n == 0 || strchr(" \t\r\n(/", p[n]) == NULL;
        g->macro = cc_room(g->macro, g->nmacros, sizeof(*g->macro));
        g->macro[g->nmacros++] = cc_intern(p, n);
    } else if (strcmp(word, "include") == 0 && (*p == '"' || *p == '<')) {
        n = strcspn(p + 1, *p == '"' ? "\"\n" : ">\n");
        look_through_included(g, p + 1, n, *p == '"', path);
    } else {
        for (n = 0; n < sizeof(plain) / sizeof(*plain); n++)
            if (strcmp(word, plain[n]) == 0)
                return;
        g->alone = true;
    }
}

static void
look_through(struct group *g, const char *path)
{
    static const char *const apart[] = {
        "_Pragma",       "__COUNTER__", "__INCLUDE_LEVEL__",
        "__BASE_FILE__", "?\?=",        "%:"};
    int file = source_file(path, strlen(path)), n = 0;
    const char *text = source_line(file, 1, &n), *line = text;

    for (int i = 0; i < g->nfiles; i++)
        if (g->file[i] == file)
            return;
    g->file = cc_room(g->file, g->nfiles, sizeof(*g->file));
    g->file[g->nfiles++] = file;
    /* The lines stand one behind the other. */
    for (size_t i = 0; text != NULL && i < sizeof(apart) / sizeof(*apart); i++)
        g->alone |= strstr(text, apart[i]) != NULL;
    for (; text != NULL && (text = strstr(text, "*/")) != NULL; text++)
        g->alone |= text[2 + strspn(text + 2, BLANKS)] == '#';
    for (int i = 1; line != NULL; line = source_line(file, ++i, &n)) {
        line += strspn(line, BLANKS);
        if (*line == '#')
            look_at_directive(g, line + 1, path);
    }
}

static void
write_driver(FILE *out, const struct group *g)
{
    /* A macro that is there already would be missing for the next file. */
    for (int i = 0; i < g->nmacros; i++)
        fprintf(out, "#ifdef %s\n#error\n#endif\n", g->macro[i]);
    for (int i = 0; i < g->n; i++) {
        fprintf(out, "#include \"%s\"\n", g->path[i]);
        for (int j = 0; j < g->nmacros; j++)
            fprintf(out, "#undef %s\n", g->macro[j]);
    }
    rewind(out);
}

void
preprocess_ahead(const char *const path[], int n)
{
    struct group *g = cc_alloc(sizeof(*g));
    FILE *driver;

    g->path = cc_alloc((size_t)n * sizeof(*g->path));
    g->text = cc_alloc((size_t)n * sizeof(*g->text));
    for (int i = 0; i < n; i++)
        if (access(path[i], R_OK) == 0 && strpbrk(path[i], "\"\n") == NULL) {
            g->path[g->n++] = path[i];
            look_through(g, path[i]);
        }
    if (g->n < 2 || g->alone)
        return;
    driver = tool_file();
    write_driver(driver, g);
    g->tool = start("-", fileno(driver));
    fclose(driver);
    g->running = true;
    g->next = groups;
    groups = g;
}

/* Cut the output into its files, each from the line # 1 "PATH" 1 to that with
 * which the driver goes on, # N "<stdin>" 2; clang says ./PATH.  False if
 * something is amiss. */
static bool
split(struct group *g, char *output)
{
    for (int i = 0; i < g->n; i++) {
        char *begin = strstr(output, cc_format("\n# 1 \"%s\" 1\n", g->path[i]));
        char *end;

        if (begin == NULL)
            begin = strstr(output, cc_format("\n# 1 \"./%s\" 1\n", g->path[i]));
        end = begin == NULL ? NULL : strstr(begin, "\"<stdin>\" 2\n");
        if (end == NULL)
            return false;
        g->text[i] = begin + 1;
        output = end + 1;
        while (*end != '\n')
            end--;
        if (end[1] != '#')
            return false;
        end[1] = '\0';
    }
    return true;
}

/* The file's text out of a group that has it; NULL: it must go alone. */
static char *
from_group(const char *path)
{
    for (struct group *g = groups; g != NULL; g = g->next)
        for (int i = 0; i < g->n; i++) {
            if (strcmp(g->path[i], path) != 0)
                continue;
            if (g->running) {
                char *messages, *output;
                int status;

                output = tool_finish(&g->tool, &status, &messages);
                g->running = false;
                g->good = status == 0 && *messages == '\0' && split(g, output);
            }
            return g->good ? g->text[i] : NULL;
        }
    return NULL;
}

/* ---- one file ------------------------------------------------------------ */

static const char *
next_line(const char *s)
{
    s += strcspn(s, "\n");
    return s + (*s == '\n');
}

/* What the preprocessor says, but not that a quote is not closed: where that
 * matters, the lexer says it.  A message may have "In file included from"
 * lines in front, and goes on in lines that are indented. */
static void
show(const char *message)
{
    while (*message != '\0') {
        const char *text = message, *behind, *quote;

        while (strncmp(text, "In file included", 16) == 0 || *text == ' ')
            text = next_line(text);
        behind = next_line(text);
        quote = strstr(text, "warning: missing terminating");
        quote = quote != NULL && quote < behind ? quote : NULL;
        while (*behind == ' ')
            behind = next_line(behind);
        if (quote == NULL)
            fwrite(message, 1, (size_t)(behind - message), stderr);
        message = behind;
    }
}

char *
preprocess(const char *path)
{
    char *text = from_group(path), *messages;
    struct tool tool;
    int status;

    if (text != NULL)
        return text;
    tool = start(path, -1);
    text = tool_finish(&tool, &status, &messages);
    show(messages);
    if (status != 0) {
        /* as gcc or clang says it */
        bool missing = strstr(messages, ": No such file") != NULL ||
                       strstr(messages, " file not found") != NULL;

        error_plain("%s: the preprocessor found the mistakes above%s", path,
                    missing ? "; a header in <> is one of the kit's or in a "
                              "folder given with -I: there is no operating "
                              "system, no floating point, no threads"
                            : "");
        return NULL;
    }
    return text;
}
