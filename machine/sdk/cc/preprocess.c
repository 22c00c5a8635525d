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
    static char *const fixed[] = {"cc",           "-E",
                                  "-undef",       "-nostdinc",
                                  "-std=c11",     "-ffreestanding",
                                  "-xc",          "-D__cc370__=1",
                                  "-D__s370__=1", "-D__CHAR_UNSIGNED__=1"};
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
    return tool_start(argv, input, 1);
}

/* ---- the macros that files define ---------------------------------------- */

struct names {
    const char **name;
    int n;
};

/* What is found in files and in what they include. */
struct survey {
    struct names macros; /* in order, in the end */
    int *file, nfiles;   /* that were looked through */
    bool alone;          /* one of them does what lasts longer than a file */
};

static void look_through(struct survey *s, const char *path);

/* The file that `name`, in quotes or angle brackets, includes. */
static void
look_through_included(struct survey *s, const char *name, size_t n, bool quotes,
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
        look_through(s, path);
}

/* A line that begins with #; p is behind it. */
static void
look_at_directive(struct survey *s, const char *p, const char *path)
{
    static const char *const lasting[] = {"pragma", "import", "include_next",
                                          "assert", "unassert"};
    struct names *m = &s->macros;
    const char *word;

    p += strspn(p, " \t");
    word = cc_intern(p, cc_word(p));
    p += strlen(word);
    p += strspn(p, " \t");
    if (strcmp(word, "define") == 0 || strcmp(word, "undef") == 0) {
        m->name = cc_room(m->name, m->n, sizeof(*m->name));
        m->name[m->n++] = cc_intern(p, cc_word(p));
    } else if (strcmp(word, "include") == 0 && (*p == '"' || *p == '<')) {
        size_t n = strcspn(p + 1, *p == '"' ? "\"\n" : ">\n");

        if (p[1 + n] == '"' || p[1 + n] == '>')
            look_through_included(s, p + 1, n, *p == '"', path);
    }
    for (size_t i = 0; i < sizeof(lasting) / sizeof(*lasting); i++)
        s->alone |= strcmp(word, lasting[i]) == 0;
}

static void
look_through(struct survey *s, const char *path)
{
    static const char *const apart[] = {"_Pragma", "__COUNTER__",
                                        "__INCLUDE_LEVEL__", "__BASE_FILE__"};
    int file = source_file(path, strlen(path)), n = 0;
    const char *line = source_line(file, 1, &n);

    for (int i = 0; i < s->nfiles; i++)
        if (s->file[i] == file)
            return;
    s->file = cc_room(s->file, s->nfiles, sizeof(*s->file));
    s->file[s->nfiles++] = file;
    /* The lines stand one behind the other. */
    for (size_t i = 0; line != NULL && i < sizeof(apart) / sizeof(*apart); i++)
        s->alone |= strstr(line, apart[i]) != NULL;
    for (int i = 1; (line = source_line(file, i, &n)) != NULL; i++) {
        line += strspn(line, " \t");
        if (*line == '#')
            look_at_directive(s, line + 1, path);
    }
}

static int
by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* In order, each once. */
static void
put_in_order(struct names *m)
{
    int n = 0;

    if (m->n > 0)
        qsort(m->name, (size_t)m->n, sizeof(*m->name), by_text);
    for (int i = 0; i < m->n; i++)
        if (n == 0 || m->name[n - 1] != m->name[i])
            m->name[n++] = m->name[i];
    m->n = n;
}

/* ---- several files in one run -------------------------------------------- */

struct group {
    struct group *next;
    struct tool tool;
    bool running, good;
    struct names macros;
    const char **path; /* of each file */
    char **text;       /* what became of it, when the run is good */
    int n;
};

static struct group *groups;

/* Lines of ours in the output. */
static const char begin_mark[] = "#pragma cc370 begin\n",
                  end_mark[] = "#pragma cc370 end\n",
                  known_mark[] = "#pragma cc370 known\n";

/* A file that the driver is in, read from its beginning; it has no name.  -1:
 * there is no place for one. */
static int
write_driver(const struct group *g)
{
    const char *tmp = getenv("TMPDIR");
    char *path = cc_format("%s/cc370.XXXXXX", tmp != NULL ? tmp : "/tmp");
    int fd = mkstemp(path);
    FILE *out = fd < 0 ? NULL : fdopen(fd, "w");

    if (out == NULL)
        return -1;
    unlink(path);
    /* A macro that is there already would be missing for the next file. */
    for (int i = 0; i < g->macros.n; i++)
        fprintf(out, "#ifdef %s\n%s#endif\n", g->macros.name[i], known_mark);
    for (int i = 0; i < g->n; i++) {
        fprintf(out, "%s#include \"%s\"\n%s", begin_mark, g->path[i], end_mark);
        for (int j = 0; j < g->macros.n; j++)
            fprintf(out, "#undef %s\n", g->macros.name[j]);
    }
    fd = dup(fd);
    return fclose(out) == 0 && lseek(fd, 0, SEEK_SET) == 0 ? fd : -1;
}

void
preprocess_ahead(const char *const path[], int n)
{
    struct group *g = cc_alloc(sizeof(*g));
    struct survey s = {.nfiles = 0};
    int input;

    memset(g, 0, sizeof(*g));
    g->path = cc_alloc((size_t)n * sizeof(*g->path));
    g->text = cc_alloc((size_t)n * sizeof(*g->text));
    for (int i = 0; i < n; i++)
        if (access(path[i], R_OK) == 0 && strpbrk(path[i], "\"\n") == NULL)
            g->path[g->n++] = path[i];
    for (int i = 0; i < g->n; i++)
        look_through(&s, g->path[i]);
    if (g->n < 2 || s.alone)
        return;
    put_in_order(&s.macros);
    g->macros = s.macros;
    input = write_driver(g);
    if (input < 0)
        return;
    g->tool = start("-", input, true);
    close(input);
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
    return bsearch(&name, g->macros.name, (size_t)g->macros.n,
                   sizeof(*g->macros.name), by_text) == NULL;
}

/* # LINE "<stdin>" 2: the driver goes on. */
static bool
is_return(const char *line, const char *next)
{
    static const char name[] = " \"<stdin>\" 2\n";
    size_t n = sizeof(name) - 1;

    return (size_t)(next - line) > n && strncmp(next - n, name, n) == 0;
}

/* # 1 "PATH" 1: the file begins.  Some preprocessors call it ./PATH, which
 * would get into __FILE__ and the map. */
static bool
is_beginning(const char *line, const char *path)
{
    size_t n = strlen(path);

    return strncmp(line, "# 1 \"", 5) == 0 && strncmp(line + 5, path, n) == 0 &&
           line[5 + n] == '"';
}

/* Cut the output into its files; false if something is amiss.  A file ends
 * where the driver goes on. */
static bool
split(struct group *g, char *output)
{
    int n = 0;
    bool inside = false;
    char *marker = NULL, *next;

    for (char *line = output; *line != '\0'; line = next) {
        next = strchr(line, '\n');
        if (next == NULL)
            return false;
        next++;
        if (*line != '#')
            continue;
        if (strncmp(line, begin_mark, sizeof(begin_mark) - 1) == 0) {
            if (inside || n == g->n || !is_beginning(next, g->path[n]))
                return false;
            inside = true;
            g->text[n] = next;
        } else if (strncmp(line, end_mark, sizeof(end_mark) - 1) == 0) {
            if (!inside || marker == NULL)
                return false;
            *marker = '\0';
            marker = NULL;
            inside = false;
            n++;
        } else if (strncmp(line, known_mark, sizeof(known_mark) - 1) == 0)
            return false;
        else if (inside && line[1] == ' ')
            marker = is_return(line, next) ? line : NULL;
        else if (inside && is_stray(g, line))
            return false;
    }
    return n == g->n && !inside;
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

/* What the preprocessor says, but not that a quote is not closed: where that
 * matters, the lexer says it.  A message may have "In file included from"
 * lines in front, and goes on in lines that are indented. */
static void
show(const char *messages)
{
    const char *next, *held = NULL;
    bool hidden = false;

    for (const char *line = messages; *line != '\0'; line = next) {
        next = line + strcspn(line, "\n");
        next += *next == '\n';
        if (strncmp(line, "In file included", 16) == 0)
            held = line;
        else if (line[0] != ' ' || held == NULL) {
            const char *quote = strstr(line, "warning: missing terminating");

            if (line[0] != ' ')
                hidden = quote != NULL && quote < next;
            if (held != NULL)
                line = held;
            if (!hidden)
                fprintf(stderr, "%.*s", (int)(next - line), line);
            held = NULL;
        }
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
        error_plain("%s: the preprocessor found the mistakes above", path);
        return NULL;
    }
    return text;
}
