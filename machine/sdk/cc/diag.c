/*
 * diag.c - storage, names, source lines, and messages.
 *
 * A message shows the line of the source as the programmer wrote it, though
 * the compiler only ever saw what the preprocessor made of it.  The column
 * is found again by looking for the token in that line; a token that is not
 * there came out of a macro, and the message then points at the line only.
 */
#include "cc.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* ---- storage ------------------------------------------------------------- */

struct pool {
    struct pool *next;
};

enum { POOL_BYTES = 256 * 1024, POOL_HEAD = 16 };

static struct pool *pools;
static size_t pool_left;
static char *pool_at;

void *
cc_alloc(size_t bytes)
{
    char *p;

    bytes = (bytes + 15) & ~(size_t)15;
    if (bytes > pool_left) {
        size_t size = bytes > POOL_BYTES ? bytes : POOL_BYTES;
        struct pool *pool = calloc(1, POOL_HEAD + size);

        if (pool == NULL)
            fatal("out of memory");
        pool->next = pools;
        pools = pool;
        pool_at = (char *)pool + POOL_HEAD;
        pool_left = size;
    }
    p = pool_at;
    pool_at += bytes;
    pool_left -= bytes;
    return p;
}

void *
cc_grow(void *old, int *cap, size_t element)
{
    int ncap = *cap < 8 ? 8 : *cap * 2;
    char *p = cc_alloc((size_t)ncap * element);

    if (*cap > 0)
        memcpy(p, old, (size_t)*cap * element);
    *cap = ncap;
    return p;
}

char *
cc_format(const char *fmt, ...)
{
    va_list ap;
    char *p;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    p = cc_alloc((size_t)n + 1);
    va_start(ap, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    va_end(ap);
    return p;
}

struct name {
    struct name *next;
    size_t n;
    char text[];
};

enum { NAME_HASH = 4096 };

const char *
cc_intern(const char *s, size_t n)
{
    static struct name *table[NAME_HASH];
    uint32_t h = 2166136261u;
    struct name *p;

    for (size_t i = 0; i < n; i++)
        h = (h ^ (uint8_t)s[i]) * 16777619u;
    h = (h ^ h >> 15) % NAME_HASH;
    for (p = table[h]; p != NULL; p = p->next)
        if (p->n == n && memcmp(p->text, s, n) == 0)
            return p->text;
    p = cc_alloc(sizeof(*p) + n + 1);
    p->n = n;
    memcpy(p->text, s, n);
    p->next = table[h];
    table[h] = p;
    return p->text;
}

/* ---- sources ------------------------------------------------------------- */

struct source {
    const char *name;
    bool tried;
    char *text;
    char **line; /* starts; [nlines + 1], the last one is the end */
    int nlines, cap;
};

static struct source *sources;
static int nsources, cap_sources;

int
source_file(const char *name, size_t n)
{
    const char *s = cc_intern(name, n);

    for (int i = nsources; i > 0; i--)
        if (sources[i - 1].name == s)
            return i;
    if (nsources == cap_sources)
        sources = cc_grow(sources, &cap_sources, sizeof(*sources));
    sources[nsources].name = s;
    return ++nsources;
}

const char *
source_name(int file)
{
    return file > 0 ? sources[file - 1].name : "?";
}

static void
source_read(struct source *s)
{
    FILE *f = fopen(s->name, "rb");
    size_t room = 0, n = 0, got;
    char *text = NULL;

    s->tried = true;
    if (f == NULL)
        return;
    do {
        room += 65536;
        text = realloc(text, room + 1);
        if (text == NULL)
            fatal("out of memory");
        got = fread(text + n, 1, room - n, f);
        n += got;
    } while (n == room);
    fclose(f);
    s->text = cc_alloc(n + 1);
    memcpy(s->text, text, n);
    free(text);
    for (char *p = s->text; p <= s->text + n;) {
        char *end = memchr(p, '\n', (size_t)(s->text + n - p));

        if (s->nlines + 1 >= s->cap)
            s->line = cc_grow(s->line, &s->cap, sizeof(*s->line));
        s->line[s->nlines++] = p;
        p = end == NULL ? s->text + n + 1 : end + 1;
        s->line[s->nlines] = p;
    }
}

static const char *prefix;

void
source_set_prefix(const char *folder)
{
    prefix = folder;
}

const char *
source_shown(int file)
{
    const char *name = source_name(file);
    size_t n = prefix == NULL ? 0 : strlen(prefix);

    if (n > 0 && strncmp(name, prefix, n) == 0 && name[n] == '/')
        return cc_format("sdk%s", name + n);
    return name;
}

const char *
source_line(int file, int line, int *length)
{
    struct source *s;
    const char *p;
    int n;

    if (file < 1 || file > nsources || line < 1)
        return NULL;
    s = &sources[file - 1];
    if (!s->tried)
        source_read(s);
    if (line > s->nlines)
        return NULL;
    p = s->line[line - 1];
    n = (int)(s->line[line] - p) - 1;
    while (n > 0 && (p[n - 1] == '\r' || p[n - 1] == ' '))
        n--;
    *length = n;
    return p;
}

/* ---- messages ------------------------------------------------------------ */

static int errors;
static bool no_warnings, warnings_are_errors;
static const char *const groups[] = {
    "unused",        "return-type", "parentheses", "pointers",
    "attributes",    "constants",   "conversion",  "sign-compare",
    "uninitialized", "format",      "empty-body"};
enum { NGROUPS = sizeof(groups) / sizeof(groups[0]) };
static bool group_off[NGROUPS];

int
error_count(void)
{
    return errors;
}

bool
warn_option(const char *text)
{
    if (strcmp(text, "all") == 0 || strcmp(text, "extra") == 0)
        return true; /* all warnings are on unless they are turned off */
    if (strcmp(text, "error") == 0) {
        warnings_are_errors = true;
        return true;
    }
    if (strncmp(text, "no-", 3) != 0)
        return false;
    for (int i = 0; i < NGROUPS; i++)
        if (strcmp(groups[i], text + 3) == 0) {
            group_off[i] = true;
            return true;
        }
    if (strcmp(text, "no-all") == 0) {
        no_warnings = true;
        return true;
    }
    return false;
}

static bool
is_word(int c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* The column of t in its source line, from 0; -1 if it is not there. */
static int
column_of(const struct token *t, const char *line, int length)
{
    int n = (int)strlen(t->text);
    int seen = 0;

    if (t->kind == TK_EOF || n == 0)
        return -1;
    for (int i = 0; i + n <= length; i++) {
        if (memcmp(line + i, t->text, (size_t)n) != 0)
            continue;
        if (is_word(t->text[0]) && i > 0 && is_word(line[i - 1]))
            continue;
        if (is_word(t->text[n - 1]) && i + n < length && is_word(line[i + n]))
            continue;
        if (seen++ == t->nth)
            return i;
        i += n - 1;
    }
    return -1;
}

static void
message(const struct token *t, const char *kind, const char *group,
        const char *fmt, va_list ap)
{
    int length = 0;
    const char *line = source_line(t->file, t->line, &length);
    int column = line == NULL ? -1 : column_of(t, line, length);

    fprintf(stderr, "%s:%d:", source_name(t->file), t->line);
    if (column >= 0)
        fprintf(stderr, "%d:", column + 1);
    fprintf(stderr, " %s: ", kind);
    vfprintf(stderr, fmt, ap);
    if (group != NULL)
        fprintf(stderr, " [-W%s]", group);
    fputc('\n', stderr);
    if (line == NULL)
        return;
    fprintf(stderr, "    %.*s\n", length, line);
    if (column < 0)
        return;
    fputs("    ", stderr);
    for (int i = 0; i < column; i++)
        if (((uint8_t)line[i] & 0xc0) != 0x80) /* a UTF-8 character is one */
            fputc(line[i] == '\t' ? '\t' : ' ', stderr);
    fputs("^\n", stderr);
}

static void
count_error(void)
{
    if (++errors < ERROR_LIMIT)
        return;
    fputs("cc370: too many errors\n", stderr);
    exit(1);
}

void
error_at(const struct token *t, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    message(t, "error", NULL, fmt, ap);
    va_end(ap);
    count_error();
}

void
warn_at(const struct token *t, const char *group, const char *fmt, ...)
{
    va_list ap;

    if (no_warnings)
        return;
    for (int i = 0; i < NGROUPS; i++)
        if (strcmp(groups[i], group) == 0 && group_off[i])
            return;
    va_start(ap, fmt);
    message(t, warnings_are_errors ? "error" : "warning", group, fmt, ap);
    va_end(ap);
    if (warnings_are_errors)
        count_error();
}

void
note_at(const struct token *t, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    message(t, "note", NULL, fmt, ap);
    va_end(ap);
}

static void
error_text(const struct token *t, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    message(t, "error", NULL, fmt, ap);
    va_end(ap);
}

void
error_line(int file, int line, const char *word, const char *text)
{
    struct token t = {.kind = word == NULL ? TK_EOF : TK_IDENT,
                      .text = word == NULL ? "" : word,
                      .file = file,
                      .line = line};

    error_text(&t, "%s", text);
    errors++;
}

void
error_plain(const char *fmt, ...)
{
    va_list ap;

    fputs("cc370: ", stderr);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
    count_error();
}

void
fatal(const char *fmt, ...)
{
    va_list ap;

    fputs("cc370: ", stderr);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
    exit(2);
}
