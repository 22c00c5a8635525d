/*
 * diag.c - storage, names, source lines, and messages.
 *
 * A message shows the line of the source as the programmer wrote it, though
 * the compiler only ever saw what the preprocessor made of it.  The column
 * is found again by comparing the words of that line with the tokens that it
 * became; what is not there came out of a macro, at which the message points.
 */
#include "cc.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* ---- storage ------------------------------------------------------------- */

/* Pools are made of huge pages, where the system has such: page by page, the
 * first access to each would take as long as all our work on it. */
enum { HUGE_PAGE = 2 << 20, POOL_BYTES = 2 * HUGE_PAGE, FEW = 8 };

static char *
new_pool(size_t bytes)
{
    static void **last; /* each begins with the address of the one before */
    void **pool = calloc(1, sizeof(*pool) + HUGE_PAGE + bytes);
    char *start = (char *)(pool + 1);

    if (pool == NULL)
        fatal("out of memory");
    *pool = last;
    last = pool;
    start += -(uintptr_t)start % HUGE_PAGE;
    madvise(start, bytes, MADV_HUGEPAGE);
    return start;
}

/* What is left of the last pool. */
static char *rest;
static size_t left;

void *
cc_alloc(size_t bytes)
{
    bytes = (bytes + 15) & ~(size_t)15;
    if (bytes > left) {
        left = bytes > POOL_BYTES ? bytes : POOL_BYTES;
        rest = new_pool(left);
    }
    rest += bytes;
    left -= bytes;
    return rest - bytes;
}

void *
cc_room(void *array, int n, size_t element)
{
    void *larger;

    if (n != 0 && (n < FEW || (n & (n - 1)) != 0))
        return array;
    larger = cc_alloc((size_t)(n < FEW ? FEW : 2 * n) * element);
    return n == 0 ? larger : memcpy(larger, array, (size_t)n * element);
}

static char *
format(const char *fmt, va_list ap)
{
    va_list again;
    char *written = rest, *text; /* in most cases there is room */
    size_t n;

    va_copy(again, ap);
    n = (size_t)vsnprintf(rest, left, fmt, ap) + 1;
    text = cc_alloc(n);
    if (text != written)
        vsnprintf(text, n, fmt, again);
    va_end(again);
    return text;
}

char *
cc_format(const char *fmt, ...)
{
    va_list ap;
    char *p;

    va_start(ap, fmt);
    p = format(fmt, ap);
    va_end(ap);
    return p;
}

size_t
cc_word(const char *s)
{
    size_t n = 0;

    while (isalnum((unsigned char)s[n]) || s[n] == '_')
        n++;
    return n;
}

struct name {
    struct name *next;
    struct meaning meaning;
    size_t n;
    char text[];
};

enum { NAME_HASH = 16384 };

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

struct meaning *
cc_meaning(const char *name)
{
    char *entry = (char *)(uintptr_t)name - offsetof(struct name, text);

    return &((struct name *)(void *)entry)->meaning;
}

/* ---- sources ------------------------------------------------------------- */

struct source {
    const char *name;
    bool tried;
    char **line; /* starts; [nlines + 1], the last one is the end */
    int nlines;
};

static struct source *sources;
static int nsources;

int
source_file(const char *name, size_t n)
{
    const char *s = cc_intern(name, n);
    int *number = &cc_meaning(s)->source;

    if (*number == 0) {
        sources = cc_room(sources, nsources, sizeof(*sources));
        sources[nsources].name = s;
        *number = ++nsources;
    }
    return *number;
}

const char *
source_name(int file)
{
    return file > 0 ? sources[file - 1].name : "?";
}

char *
cc_read_open(FILE *f, size_t *n)
{
    char *text = NULL, *copy;
    size_t got;

    rewind(f);
    *n = 0;
    do {
        text = realloc(text, *n + 65536);
        if (text == NULL)
            fatal("out of memory");
        got = fread(text + *n, 1, 65536, f);
        *n += got;
    } while (got == 65536);
    copy = ferror(f) ? NULL : memcpy(cc_alloc(*n + 1), text, *n);
    fclose(f);
    free(text);
    return copy;
}

char *
cc_read(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");

    return f == NULL ? NULL : cc_read_open(f, n);
}

_Noreturn static void
not_written(const char *path)
{
    error_plain("cannot write %s: %s", path, strerror(errno));
    exit(1);
}

FILE *
cc_create(const char *path)
{
    FILE *f = fopen(path, "w");

    if (f == NULL)
        not_written(path);
    return f;
}

void
cc_close(FILE *f, const char *path)
{
    bool failed = ferror(f) != 0;

    if (fclose(f) != 0 || failed)
        not_written(path);
}

static void
source_read(struct source *s)
{
    size_t n;
    char *p = cc_read(s->name, &n), *stop;

    s->tried = true;
    if (p == NULL)
        return;
    for (stop = p + n; p <= stop; s->nlines++) {
        char *end = memchr(p, '\n', (size_t)(stop - p));

        s->line = cc_room(s->line, s->nlines, sizeof(*s->line));
        s->line[s->nlines] = p;
        p = end == NULL ? stop + 1 : end + 1;
    }
    s->line = cc_room(s->line, s->nlines, sizeof(*s->line));
    s->line[s->nlines] = p;
}

const char *
source_shown(int file)
{
    const char *name = source_name(file), *sdk = sdk_folder();
    size_t n = strlen(sdk);

    if (strncmp(name, sdk, n) == 0 && name[n] == '/')
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
    "uninitialized", "format",      "empty-body",  "misleading-indentation"};
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
    bool off = strncmp(text, "no-", 3) == 0;
    const char *word = off ? text + 3 : text;

    for (int i = 0; i < NGROUPS; i++)
        if (strcmp(groups[i], word) == 0) {
            group_off[i] = off;
            return true;
        }
    if (strcmp(word, "error") == 0)
        warnings_are_errors = !off;
    else if (strcmp(text, "no-all") == 0)
        no_warnings = true;
    else /* all are on unless they are turned off */
        return strcmp(text, "all") == 0 || strcmp(text, "extra") == 0;
    return true;
}

/* The column of a word of an assembler file. */
static int
column_of_word(const char *word, const char *line, int length)
{
    int n = (int)strlen(word);

    for (int i = 0; n > 0 && i + n <= length; i++)
        if (memcmp(line + i, word, (size_t)n) == 0 &&
            (i == 0 || !isalnum((uint8_t)line[i - 1]) ||
             !isalnum((uint8_t)word[0])) &&
            (i + n == length || !isalnum((uint8_t)line[i + n]) ||
             !isalnum((uint8_t)word[n - 1])))
            return i;
    return -1;
}

/* The words of a source line. */
struct words {
    const char *line;
    int *column, n;
};

static struct words
words_of(const char *line, int length)
{
    static int *column, most;
    struct words w = {line, NULL, 0};
    size_t n;

    for (int i = 0; i < length; i += (int)n) {
        n = lex_length(line + i);
        if (isspace((uint8_t)line[i]) || (line[i] == '/' && n > 1))
            continue;
        if (w.n == most)
            column = cc_room(column, most++, sizeof(*column));
        column[w.n++] = i;
    }
    w.column = column;
    return w;
}

static bool
is_word(const struct token *t, const struct words *w, int k)
{
    const char *s = w->line + w->column[k];

    return lex_length(s) == strlen(t->text) &&
           memcmp(s, t->text, strlen(t->text)) == 0;
}

/* Of the n tokens from `first' on and the words from..to, as many as can be are
 * the same, in one order; the others came out of macros, whose names are among
 * the other words.  The column of `first + k'; -1: there are too many. */
static int
column_among(const struct token *first, int n, const struct words *w, int from,
             int to, int k)
{
    enum { MOST = 250 };
    static uint8_t same[MOST + 1][MOST + 1]; /* behind token i and word j */
    int macro = from, column = -1;

    if (n > MOST || to - from > MOST)
        return -1;
    memset(same, 0, sizeof(same));
    for (int i = n; i-- > 0;)
        for (int j = to - from; j-- > 0;)
            same[i][j] = is_word(first + i, w, from + j)
                             ? same[i + 1][j + 1] + 1
                         : same[i + 1][j] > same[i][j + 1] ? same[i + 1][j]
                                                           : same[i][j + 1];
    for (int i = 0, j = 0;;) {
        bool more = from + j < to;
        int word = w->column[more ? from + j : macro];

        if (more && is_word(first + i, w, from + j)) {
            if (i++ == k)
                return word;
            j++;
            continue;
        }
        if (i == k && column < 0)
            column = cc_word(w->line + word) > 0 ? word : w->column[macro];
        if (i < k && same[i + 1][j] == same[i][j])
            i++;
        else if (more && same[i][j + 1] == same[i][j]) {
            if (cc_word(w->line + word) > 0)
                macro = from + j;
            j++;
        } else
            return column;
    }
}

/* The column of t in its source line, from 0; -1 if it is not there. */
static int
column_of(const struct token *t, const char *line, int length)
{
    struct words w = words_of(line, length);
    const struct token *first = t - t->index, *last = t;
    int k = 0, from = 0, to = w.n;

    if (t->index == INDEX_ANY) {
        while (k < w.n && !is_word(t, &w, k))
            k++;
        return k < w.n ? w.column[k] : -1;
    }
    while (last->kind != TK_EOF && last->line == t->line &&
           last->file == t->file)
        last++;
    /* No macro is in front of the first difference, or behind the last. */
    for (; from < to && first < last && is_word(first, &w, from); first++)
        if (from++, first == t)
            return w.column[from - 1];
    for (; from < to && first < last && is_word(last - 1, &w, to - 1); last--)
        if (to--, last - 1 == t)
            return w.column[to];
    return from < to && first < last
               ? column_among(first, (int)(last - first), &w, from, to,
                              (int)(t - first))
               : -1;
}

/* The text of a message, with "an" where it says "a" in front of a vowel. */
static void
put_text(const char *s)
{
    for (char before = ' '; *s != '\0'; before = *s++) {
        fputc(*s, stderr);
        if (before == ' ' && strncmp(s, "a `", 3) == 0 &&
            strchr("aeiou", s[3]) != NULL && strncmp(s + 3, "union", 5) != 0)
            fputc('n', stderr);
    }
}

enum { LONGEST_LINE = 1000 }; /* that is shown */

static void
message(const struct token *t, const char *kind, const char *group,
        const char *text)
{
    int length = 0;
    const char *line = source_line(t->file, t->line, &length);
    int column = line == NULL || t->kind == TK_EOF ? -1
                 : t->index == INDEX_ASSEMBLER
                     ? column_of_word(t->text, line, length)
                     : column_of(t, line, length);

    fprintf(stderr, "%s:%d:", source_name(t->file), t->line);
    if (column >= 0)
        fprintf(stderr, "%d:", column + 1);
    fprintf(stderr, " %s: ", kind);
    put_text(text);
    if (group != NULL)
        fprintf(stderr, " [-W%s]", group);
    fputc('\n', stderr);
    if (line == NULL || length > LONGEST_LINE)
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
error_list(const struct token *t, const char *fmt, va_list ap)
{
    static const struct token *last;
    static char *said;
    char *text = format(fmt, ap);

    /* It may be wrong twice in one string. */
    if (t == last && strcmp(text, said) == 0)
        return;
    last = t;
    said = text;
    message(t, "error", NULL, text);
    count_error();
}

void
error_at(const struct token *t, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    error_list(t, fmt, ap);
    va_end(ap);
}

bool
warn_at(const struct token *t, const char *group, const char *fmt, ...)
{
    va_list ap;

    if (no_warnings)
        return false;
    for (int i = 0; i < NGROUPS; i++)
        if (strcmp(groups[i], group) == 0 && group_off[i])
            return false;
    va_start(ap, fmt);
    message(t, warnings_are_errors ? "error" : "warning", group,
            format(fmt, ap));
    va_end(ap);
    if (warnings_are_errors)
        count_error();
    return true;
}

void
note_at(const struct token *t, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    message(t, "note", NULL, format(fmt, ap));
    va_end(ap);
}

void
error_line(int file, int line, const char *word, const char *text)
{
    struct token t = {.kind = TK_IDENT,
                      .text = word == NULL ? "" : word,
                      .index = INDEX_ASSEMBLER,
                      .file = file,
                      .line = line};

    message(&t, "error", NULL, text);
    errors++;
}

void
error_plain(const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    fprintf(stderr, "cc370: %s\n", format(fmt, ap));
    va_end(ap);
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
