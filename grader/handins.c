/*
 * handins.c - which entries of a folder are hand-ins
 *
 * A hand-in is a folder, or a file that is an archive by its name or by how it
 * begins: an archive that is damaged, or of a kind that we do not read, is the
 * student's all the same.  Its name is that of the entry without .tar.gz and
 * the like.  Anything else there, a roster, the notes of the staff, is passed
 * over, and that is told.
 */
#define _XOPEN_SOURCE 700
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch.h"
#include "grade.h"

enum { DEPTH_MAX = 8, NAME_BYTES_MAX = 1000, OTHERS_TOLD = 20 };

/* ---- what changed -------------------------------------------------------- */

static int64_t
changed(const struct stat *st)
{
    return (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

static int64_t change_seen;

static int
look_at_change(const char *path, const struct stat *st, int kind,
               struct FTW *ftw)
{
    (void)path, (void)kind;
    if (changed(st) > change_seen)
        change_seen = changed(st);
    return ftw->level > DEPTH_MAX;
}

/* When the entry, or something in it, was changed last. */
static int64_t
last_change(const char *path)
{
    change_seen = 0;
    nftw(path, look_at_change, DEPTH_MAX, FTW_PHYS);
    return change_seen;
}

/* ---- archives ------------------------------------------------------------ */

/* Where the ending of an archive begins in a name; at its end if it has none.
 * Those after .zip are read by nobody here, but meant to be archives. */
static size_t
archive_ending(const char *name)
{
    static const char *const endings[] = {
        ".tar.gz",  ".tgz", ".tar.xz", ".txz", ".tar.zst", ".tzst",
        ".tar.bz2", ".tbz", ".tar",    ".zip", ".rar",     ".7z"};
    size_t len = strlen(name);

    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        size_t n = strlen(endings[i]);

        if (len > n && strcasecmp(name + len - n, endings[i]) == 0)
            return len - n;
    }
    return len;
}

/* Does the file begin as an archive or a compressed file does? */
static bool
begins_as_archive(const char *path)
{
    static const struct {
        size_t at, len;
        const char *bytes;
    } signs[] = {
        {0, 4, "PK\3\4"},   /* zip */
        {0, 4, "PK\5\6"},   /* zip, empty */
        {0, 2, "\x1F\x8B"}, /* gzip */
        {0, 3, "BZh"},      /* bzip2 */
        {0, 6,
         "\xFD"
         "7zXZ"},                   /* xz */
        {0, 4, "\x28\xB5\x2F\xFD"}, /* zstd */
        {257, 5, "ustar"},          /* tar */
    };
    char begin[512] = "";
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, begin, sizeof(begin)) : 0;

    if (fd >= 0)
        close(fd);
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
        if (n >= (ssize_t)(signs[i].at + signs[i].len) &&
            memcmp(begin + signs[i].at, signs[i].bytes, signs[i].len) == 0)
            return true;
    return false;
}

/* ---- entries ------------------------------------------------------------- */

/* A name for people and the gradebook: UTF-8, in one line. */
static char *
shown(const char *name, size_t len)
{
    json_t *text = record_text(name, len, NAME_BYTES_MAX);
    char *copy = strdup(json_string_value(text));

    json_decref(text);
    if (copy == NULL)
        broken("no memory");
    for (char *p = copy; *p != 0; p++)
        if (*p == '\n' || *p == '\t')
            *p = '?';
    return copy;
}

static bool
is_same_file(const struct stat *st, const char *path)
{
    struct stat other;

    return stat(path, &other) == 0 && other.st_dev == st->st_dev &&
           other.st_ino == st->st_ino;
}

static void
take(struct handins *h, const char *folder, const char *entry,
     const char *gradebook)
{
    size_t size = strlen(folder) + strlen(entry) + 2;
    size_t len = archive_ending(entry);
    char *path = malloc(size);
    struct stat st;
    bool there;

    if (path == NULL)
        broken("no memory");
    snprintf(path, size, "%s/%s", folder, entry);
    there = stat(path, &st) == 0;
    if (there && entry[0] != '.' &&
        (S_ISDIR(st.st_mode) ||
         (S_ISREG(st.st_mode) &&
          (entry[len] != 0 || begins_as_archive(path))))) {
        struct handin *new = &h->item[h->n++];

        new->path = path;
        new->changed = last_change(path);
        new->name = shown(entry, len);
        return;
    }
    if (!there || !is_same_file(&st, gradebook))
        h->other[h->nothers++] = shown(entry, strlen(entry));
    free(path);
}

static int
by_name(const void *a, const void *b)
{
    const struct handin *x = a, *y = b;

    return strcmp(x->name, y->name);
}

static int
is_entry(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static int
by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

void
handins_find(struct handins *h, const char *folder, const char *gradebook)
{
    struct dirent **entries;
    int n = scandir(folder, &entries, is_entry, by_bytes);

    if (n < 0)
        wrong_use("%s: %s", folder, strerror(errno));
    h->item = calloc((size_t)n + 1, sizeof(*h->item));
    h->other = calloc((size_t)n + 1, sizeof(*h->other));
    if (h->item == NULL || h->other == NULL)
        broken("no memory");
    for (int i = 0; i < n; i++) {
        take(h, folder, entries[i]->d_name, gradebook);
        free(entries[i]);
    }
    free(entries);
    qsort(h->item, h->n, sizeof(h->item[0]), by_name);
    for (size_t i = 1; i < h->n; i++)
        if (strcmp(h->item[i - 1].name, h->item[i].name) == 0)
            wrong_use("%s and %s are both hand-ins of %s: remove one",
                      h->item[i - 1].path, h->item[i].path, h->item[i].name);
}

void
handins_tell_others(const struct handins *h, FILE *f)
{
    if (h->nothers == 0)
        return;
    fputs(
        "\npassed over, for a hand-in is a folder or an archive with no dot in "
        "front:\n",
        f);
    for (size_t i = 0; i < h->nothers && i < OTHERS_TOLD; i++)
        fprintf(f, "    %s\n", h->other[i]);
    if (h->nothers > OTHERS_TOLD)
        fprintf(f, "    ... and %zu more\n", h->nothers - OTHERS_TOLD);
}
