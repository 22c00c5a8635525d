/*
 * record.c - the record of a submission
 *
 * Its members are those of the format json, which the page about the grader
 * (handbook/reference) lists.
 *
 * Every string came through record_text(), so that renderers need only quote.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "grade.h"

const char *
text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text != NULL ? text : "";
}

int64_t
number_of(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

const char *
points_text(int64_t hundredths, char buf[24])
{
    if (hundredths % 100 == 0)
        snprintf(buf, 24, "%lld", (long long)hundredths / 100);
    else if (hundredths % 10 == 0)
        snprintf(buf, 24, "%lld.%lld", (long long)hundredths / 100,
                 (long long)hundredths / 10 % 10);
    else
        snprintf(buf, 24, "%lld.%02lld", (long long)hundredths / 100,
                 (long long)hundredths % 100);
    return buf;
}

/* ---- text ---------------------------------------------------------------- */

/* Bytes of the UTF-8 character at s, 0 if there is none. */
static size_t
utf8_length(const unsigned char *s, size_t len)
{
    size_t n = s[0] < 0x80   ? 1
               : s[0] < 0xC2 ? 0
               : s[0] < 0xE0 ? 2
               : s[0] < 0xF0 ? 3
               : s[0] < 0xF5 ? 4
                             : 0;

    if (n == 0 || n > len)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) ||
        (s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F))
        return 0;
    /* U+FFFE, U+FFFF, and C1 controls, are not for XML. */
    if (s[0] == 0xEF && s[1] == 0xBF && s[2] > 0xBD)
        return 0;
    if (s[0] == 0xC2 && s[1] < 0xA0)
        return 0;
    return n;
}

static size_t
clean(char *to, const char *text, size_t len)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t n, used = 0;

    for (; len > 0; s += n, len -= n) {
        n = utf8_length(s, len);
        if (n == 1 && (s[0] < ' ' || s[0] == 0x7F) && s[0] != '\n' &&
            s[0] != '\t')
            continue;
        if (n == 0) {
            n = 1;
            to[used++] = '?';
            continue;
        }
        memcpy(to + used, s, n);
        used += n;
    }
    return used;
}

json_t *
record_text(const char *text, size_t len, size_t max)
{
    char *buf = malloc(len + 1), *cut;
    size_t n, half = max / 2;
    json_t *value;

    if (buf == NULL)
        broken("no memory");
    n = clean(buf, text, len);
    if (n > max) {
        size_t head = half, tail = n - half;

        while (head > 0 && ((unsigned char)buf[head] & 0xC0) == 0x80)
            head--;
        while (tail < n && ((unsigned char)buf[tail] & 0xC0) == 0x80)
            tail++;
        cut = malloc(max + 80);
        if (cut == NULL)
            broken("no memory");
        memcpy(cut, buf, head);
        head += (size_t)sprintf(cut + head, "\n... %zu bytes left out ...\n",
                                tail - head);
        memcpy(cut + head, buf + tail, n - tail);
        value = json_stringn(cut, head + n - tail);
        free(cut);
    } else {
        value = json_stringn(buf, n);
    }
    free(buf);
    return value;
}

/* ---- rows ---------------------------------------------------------------- */

json_t *
record_row(struct grade *g, json_t *test)
{
    static const char *const copied[] = {"name", "about", "max", "tags",
                                         "visibility"};
    json_t *tests = json_object_get(g->record, "tests"), *row;
    size_t i;

    json_array_foreach(tests, i,
                       row) if (strcmp(text_of(row, "name"),
                                       text_of(test, "name")) == 0) return row;
    row = json_pack("{s:s,s:i,s:s}", "status", "error", "earned", 0, "reason",
                    "the grader did not finish");
    for (i = 0; i < sizeof(copied) / sizeof(copied[0]); i++)
        json_object_set(row, copied[i], json_object_get(test, copied[i]));
    json_array_append_new(tests, row);
    return row;
}

void
record_begin(struct grade *g)
{
    json_t *test;
    size_t i;

    g->record =
        json_pack("{s:O,s:O,s:s,s:o,s:b,s:[],s:[],s:[],s:[]}", "lab",
                  json_object_get(g->lab, "name"), "title",
                  json_object_get(g->lab, "title"), "kit", "1", "submission",
                  record_text(g->submission, strlen(g->submission), PATH_BYTES),
                  "finished", 0, "tests", "files", "missing", "notes");
    if (g->record == NULL)
        broken("no memory for a record");
    json_object_set(g->record, "hidden_points",
                    json_object_get(g->lab, "hidden_points"));
    if (g->only_test == NULL)
        json_array_foreach(json_object_get(g->lab, "tests"), i, test)
            record_row(g, test);
    record_sum(g);
}

void
record_sum(struct grade *g)
{
    int64_t earned = 0, max = 0, ns = 0;
    bool finished = json_is_true(json_object_get(g->record, "finished"));
    json_t *row;
    size_t i;

    json_array_foreach(json_object_get(g->record, "tests"), i, row)
    {
        earned += number_of(row, "earned");
        max += number_of(row, "max");
        ns += number_of(row, "ns");
    }
    /* Nothing is earned before the end: see main.c. */
    json_object_set_new(g->record, "earned",
                        json_integer(finished ? earned : 0));
    json_object_set_new(g->record, "max", json_integer(max));
    json_object_set_new(g->record, "ns", json_integer(ns));
}

/* A file, or the name of none; a folder is refused then.  Links are kept: one
 * of them may be /dev/stdout. */
static bool
can_be_replaced(const char *path)
{
    struct stat st;

    return lstat(path, &st) != 0 || S_ISREG(st.st_mode) || S_ISDIR(st.st_mode);
}

static bool
is_file(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* A terminal, a pipe or a device takes what it is given, for good. */
static void
write_through(const json_t *record, const char *path, render_fn *render)
{
    FILE *f = fopen(path, "w");

    if (f == NULL)
        broken("%s: cannot be written: %s", path, strerror(errno));
    render(record, f);
    if (ferror(f) || fclose(f) != 0)
        broken("%s: cannot be written: %s", path, strerror(errno));
}

void
record_write(const struct grade *g, const char *path, render_fn *render)
{
    char next[PATH_BYTES];
    FILE *f;
    int fd;

    if (!can_be_replaced(path)) {
        if (is_file(path) ||
            json_is_true(json_object_get(g->record, "finished")))
            write_through(g->record, path, render);
        return;
    }
    if ((size_t)snprintf(next, sizeof(next), "%s.XXXXXX", path) >= sizeof(next))
        broken("%s: the name is too long", path);
    fd = mkstemp(next);
    if (fd < 0 || fchmod(fd, 0644) != 0 || (f = fdopen(fd, "w")) == NULL)
        broken("%s: cannot be written: %s", path, strerror(errno));
    render(g->record, f);
    if (fflush(f) != 0 || ferror(f) || fclose(f) != 0 ||
        rename(next, path) != 0) {
        int cause = errno;

        unlink(next);
        broken("%s: cannot be written: %s", path, strerror(cause));
    }
}
