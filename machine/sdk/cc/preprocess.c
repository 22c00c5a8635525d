/*
 * preprocess.c - the host's preprocessor, `cc -E`.
 *
 * It is used for its macros only: nothing of the host's is defined, no host
 * header can be found.
 *
 * One run of it takes all files that are known beforehand, and writes what it
 * makes of each behind that of the one before.  If there is but one message,
 * the run counts for nothing and each file is preprocessed alone.
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
start(const char *const path[], int n)
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
    char **argv = cc_alloc((size_t)(NFIXED + noptions + n + 1) * sizeof(*argv));

    for (int i = 0; i < NFIXED; i++)
        argv[i] = fixed[i];
    for (int i = 0; i < noptions; i++)
        argv[NFIXED + i] = option[i];
    for (int i = 0; i < n; i++)
        argv[NFIXED + noptions + i] = cc_format("%s", path[i]);
    return tool_start(argv);
}

/* ---- several files in one run -------------------------------------------- */

struct group {
    struct group *next;
    const char **path; /* of each file */
    char **text;       /* what became of it, when the run is good */
    int n;
    struct tool tool;
    bool running, good;
};

static struct group *groups;

void
preprocess_ahead(const char *const path[], int n)
{
    struct group *g = cc_alloc(sizeof(*g));

    g->path = cc_alloc((size_t)n * sizeof(*g->path));
    g->text = cc_alloc((size_t)n * sizeof(*g->text));
    for (int i = 0; i < n; i++)
        if (access(path[i], R_OK) == 0)
            g->path[g->n++] = path[i];
    if (g->n < 2)
        return;
    g->tool = start(g->path, g->n);
    g->running = true;
    g->next = groups;
    groups = g;
}

/* Cut the output into its files: each begins with its name in line 0, or 1, and
 * that of what is built in.  False if something is amiss. */
static bool
split(struct group *g, char *output)
{
    for (int i = 0; i < g->n; i++) {
        for (char line = '0'; line <= '1' && g->text[i] == NULL; line++)
            g->text[i] =
                strstr(output, cc_format("# %c \"%s\"\n# %c \"<built-in>\"",
                                         line, g->path[i], line));
        if (g->text[i] == NULL)
            return false;
        output = g->text[i] + 1;
        if (i > 0)
            g->text[i][-1] = '\0';
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
    tool = start(&path, 1);
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
