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
 * looking for #define in the files and in what they include.  That would miss
 * a #define in disguise (a trigraph, a comment in the middle), so the run
 * lists the definitions that it has met (-dD): if there is another one, or
 * there is but one message, the run counts for nothing and each file is
 * preprocessed alone.  So it is at once if something else than a macro would
 * last beyond a file, as `#pragma once` does.
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
start(const char *path, int input, bool definitions)
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
    char **argv = cc_alloc((size_t)(NFIXED + noptions + 3) * sizeof(*argv));
    int n = 0;

    for (int i = 0; i < NFIXED; i++)
        argv[n++] = fixed[i];
    if (definitions)
        argv[n++] = "-dD";
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
    const char **macro; /* that they define; in order, in the end */
    int nmacros;
    int *file, nfiles; /* that were looked through */
    bool alone;        /* one of them does what lasts longer than a file */
    struct tool tool;
    bool running, good;
};

static struct group *groups;

static void look_through(struct group *g, const char *path);

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
    static const char *const lasting[] = {"pragma", "import", "include_next",
                                          "assert", "unassert"};
    const char *word;

    p += strspn(p, " \t");
    word = cc_intern(p, cc_word(p));
    p += strlen(word);
    p += strspn(p, " \t");
    if (strcmp(word, "define") == 0 || strcmp(word, "undef") == 0) {
        g->macro = cc_room(g->macro, g->nmacros, sizeof(*g->macro));
        g->macro[g->nmacros++] = cc_intern(p, cc_word(p));
    } else if (strcmp(word, "include") == 0 && (*p == '"' || *p == '<')) {
        size_t n = strcspn(p + 1, *p == '"' ? "\"\n" : ">\n");

        if (p[1 + n] != '\n')
            look_through_included(g, p + 1, n, *p == '"', path);
    }
    for (size_t i = 0; i < sizeof(lasting) / sizeof(*lasting); i++)
        g->alone |= strcmp(word, lasting[i]) == 0;
}

static void
look_through(struct group *g, const char *path)
{
    static const char *const apart[] = {"_Pragma", "__COUNTER__",
                                        "__INCLUDE_LEVEL__", "__BASE_FILE__"};
    int file = source_file(path, strlen(path)), n = 0;
    const char *line = source_line(file, 1, &n);

    for (int i = 0; i < g->nfiles; i++)
        if (g->file[i] == file)
            return;
    g->file = cc_room(g->file, g->nfiles, sizeof(*g->file));
    g->file[g->nfiles++] = file;
    /* The lines stand one behind the other. */
    for (size_t i = 0; line != NULL && i < sizeof(apart) / sizeof(*apart); i++)
        g->alone |= strstr(line, apart[i]) != NULL;
    for (int i = 1; (line = source_line(file, i, &n)) != NULL; i++) {
        line += strspn(line, " \t");
        if (*line == '#')
            look_at_directive(g, line + 1, path);
    }
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Lines of ours in the output, which has others in front of them. */
static const char begin_mark[] = "\n#pragma cc370 begin\n",
                  end_mark[] = "\n#pragma cc370 end\n",
                  known_mark[] = "\n#pragma cc370 known\n";

static void
write_driver(FILE *out, const struct group *g)
{
    /* A macro that is there already would be missing for the next file. */
    for (int i = 0; i < g->nmacros; i++)
        fprintf(out, "#ifdef %s%s#endif\n", g->macro[i], known_mark);
    for (int i = 0; i < g->n; i++) {
        fprintf(out, "%s#include \"%s\"%s", begin_mark, g->path[i], end_mark);
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
    if (g->nmacros > 0)
        qsort(g->macro, (size_t)g->nmacros, sizeof(*g->macro), by_text);
    driver = tool_file();
    write_driver(driver, g);
    g->tool = start("-", fileno(driver), true);
    fclose(driver);
    g->running = true;
    g->next = groups;
    groups = g;
}

/* Is this line a definition, or the end of one, that the driver does not
 * remove? */
static bool
is_stray(const struct group *g, const char *line)
{
    size_t n = strncmp(line, "#define ", 8) == 0  ? 8
               : strncmp(line, "#undef ", 7) == 0 ? 7
                                                  : 0;
    const char *name = line + n;

    if (n == 0)
        return false;
    n = cc_word(name);
    if (strchr(" (\n", name[n]) == NULL)
        return true;
    name = cc_intern(name, n);
    return bsearch(&name, g->macro, (size_t)g->nmacros, sizeof(*g->macro),
                   by_text) == NULL;
}

/* Does the text begin with the line # 1 "PATH" 1, or # 1 "./PATH" 1? */
static bool
is_beginning(const char *text, const char *path)
{
    const char *line = cc_format("# 1 \"%s\" ", path);
    const char *dotted = cc_format("# 1 \"./%s\" ", path);

    return strncmp(text, line, strlen(line)) == 0 ||
           strncmp(text, dotted, strlen(dotted)) == 0;
}

/* Cut off the end of a file's text: the line # N "<stdin>" 2, with which the
 * driver goes on.  False if something is amiss. */
static bool
cut_end(const struct group *g, char *text)
{
    static const char driver[] = "\"<stdin>\" 2\n";
    char *last = NULL, *name;

    for (char *at = strstr(text, "\n#"); at != NULL; at = strstr(at + 1, "\n#"))
        if (at[2] == ' ')
            last = at;
        else if (is_stray(g, at + 1))
            return false;
    name = last == NULL ? NULL : strchr(last, '"');
    if (name == NULL || strncmp(name, driver, sizeof(driver) - 1) != 0)
        return false;
    last[1] = '\0';
    return true;
}

/* Cut the output into its files; false if something is amiss. */
static bool
split(struct group *g, char *output)
{
    char *text = output;

    if (strstr(output, known_mark) != NULL)
        return false;
    for (int i = 0; i < g->n; i++) {
        char *begin = strstr(text, begin_mark);
        char *end = begin == NULL ? NULL : strstr(begin, end_mark);

        if (end == NULL)
            return false;
        text = begin + sizeof(begin_mark) - 1;
        end[1] = '\0';
        if (!is_beginning(text, g->path[i]) || !cut_end(g, text))
            return false;
        g->text[i] = text;
        text = end + 2;
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
    tool = start(path, -1, false);
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
