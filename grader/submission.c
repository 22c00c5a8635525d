/*
 * submission.c - the files of a student
 *
 * A submission is a folder or an archive (tar, also compressed; zip).  Of its
 * content only files with the names that the lab asks for are taken: regular
 * ones of a bounded size, in the folder itself, or in the one folder that the
 * archive packs.  A folder without any of them that holds one thing only, as
 * platforms make it of an upload, stands for that archive or folder.  Links are
 * never followed, nothing else is ever written, and an archive is read by a
 * confined process of its own.
 *
 * All sources of the lab and the files taken end in work/src, as a flat
 * folder with the given system beside it in `common`.
 */
#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sha2.h> /* wants sys/types.h */

#include "grade.h"

enum {
    ENTRIES_MAX = 10000,  /* looked at in an archive */
    ARCHIVE_MIB_MAX = 64, /* unpacked, of one archive */
    ARCHIVE_CPU_SECONDS = 10,
    NAMES_MAX = 64,
};

static void
note(struct grade *g, const char *list, const char *text)
{
    json_array_append_new(json_object_get(g->record, list),
                          record_text(text, strlen(text), 200));
}

static bool
asked_for(const struct grade *g, const char *name)
{
    json_t *file;
    size_t i;

    json_array_foreach(json_object_get(g->lab, "files"), i,
                       file) if (strcmp(json_string_value(file), name) ==
                                 0) return true;
    return false;
}

/* ---- copying ------------------------------------------------------------- */

static bool
copy_bytes(int from, int to, size_t max)
{
    char buf[16384];
    size_t done = 0;
    ssize_t n;

    while ((n = read(from, buf, sizeof(buf))) > 0) {
        done += (size_t)n;
        if (done > max || write(to, buf, (size_t)n) != n)
            return false;
    }
    return n == 0;
}

static int
create(const struct grade *g, const char *name)
{
    char path[2 * PATH_BYTES];

    snprintf(path, sizeof(path), "%s/src/%s", g->work, name);
    unlink(path);
    return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
}

/* Copy the regular file `name` of an open folder.  Returns NULL, or what is
 * wrong with it. */
static const char *
copy_file(const struct grade *g, int folder, const char *name, const char *as,
          size_t max)
{
    const char *fault = NULL;
    struct stat st;
    int from =
        openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    int to;

    if (from < 0)
        return errno == ENOENT  ? "is missing"
               : errno == ELOOP ? "is a symbolic link: hand in the file itself"
                                : "cannot be read";
    if (fstat(from, &st) != 0 || !S_ISREG(st.st_mode))
        fault = "is no regular file";
    else if (st.st_size > (off_t)max)
        fault = "is too large: 262144 bytes are the most";
    if (fault != NULL) {
        close(from);
        return fault;
    }
    to = create(g, as);
    if (to < 0)
        broken("%s/src/%s: %s", g->work, as, strerror(errno));
    if (!copy_bytes(from, to, max))
        fault = "cannot be read";
    close(from);
    close(to);
    return fault;
}

/* ---- what the lab gives -------------------------------------------------- */

static void
copy_folder(struct grade *g, const char *path, const char *prefix)
{
    DIR *dir = opendir(path);
    const struct dirent *entry;
    const char *fault;
    char as[PATH_BYTES];

    if (dir == NULL)
        return;
    while ((entry = readdir(dir)) != NULL) {
        const char *dot = strrchr(entry->d_name, '.');

        if (dot == NULL ||
            (strcmp(dot, ".c") != 0 && strcmp(dot, ".h") != 0 &&
             strcmp(dot, ".asm") != 0 && strcmp(dot, ".inc") != 0))
            continue;
        if (prefix[0] == 0 && asked_for(g, entry->d_name))
            continue;
        snprintf(as, sizeof(as), "%s%s", prefix, entry->d_name);
        fault = copy_file(g, dirfd(dir), entry->d_name, as, FILE_BYTES_MAX);
        if (fault != NULL)
            broken("%s/%s %s", path, entry->d_name, fault);
    }
    closedir(dir);
}

static void
make_folder(const struct grade *g, const char *name)
{
    char path[PATH_BYTES + 64];

    snprintf(path, sizeof(path), "%s/%s", g->work, name);
    if (mkdir(path, 0755) != 0)
        broken("%s: %s", path, strerror(errno));
}

static void
take_given(struct grade *g)
{
    char path[PATH_BYTES + 64];

    make_folder(g, "src");
    make_folder(g, "src/common");
    make_folder(g, "src/tests");
    make_folder(g, "src/hidden");
    make_folder(g, "out");
    snprintf(path, sizeof(path), "%s/../common", g->lab_folder);
    copy_folder(g, path, "common/");
    copy_folder(g, g->lab_folder, "");
    snprintf(path, sizeof(path), "%s/tests", g->lab_folder);
    copy_folder(g, path, "tests/");
    snprintf(path, sizeof(path), "%s/hidden", g->lab_folder);
    if (g->hidden)
        copy_folder(g, path, "hidden/");
}

/* ---- archives ------------------------------------------------------------ */

/* The name of an entry in the root of the archive or one folder below it;
 * NULL for any other. */
static const char *
flat_name(const char *path, bool *deep)
{
    const char *slash;

    while (strncmp(path, "./", 2) == 0)
        path += 2;
    slash = strchr(path, '/');
    *deep = slash != NULL;
    if (slash == NULL)
        return path;
    if (slash == path || strncmp(path, "..", 2) == 0 ||
        strchr(slash + 1, '/') != NULL)
        return NULL;
    return slash + 1;
}

/* Copy one entry; says on `report` what is wrong with it. */
static void
take_entry(const struct grade *g, struct archive *a, struct archive_entry *e,
           const char *name, FILE *report)
{
    const void *block;
    size_t len;
    la_int64_t at;
    int to, status;

    if (archive_entry_filetype(e) != AE_IFREG ||
        archive_entry_hardlink(e) != NULL) {
        fprintf(report, "%s is no regular file\n", name);
        return;
    }
    to = create(g, name);
    if (to < 0)
        _exit(2);
    while ((status = archive_read_data_block(a, &block, &len, &at)) ==
           ARCHIVE_OK) {
        if (at < 0 || (size_t)at > FILE_BYTES_MAX ||
            len > FILE_BYTES_MAX - (size_t)at) {
            fprintf(report, "%s is too large: %d bytes are the most\n", name,
                    FILE_BYTES_MAX);
            if (ftruncate(to, 0) != 0)
                _exit(2);
            break;
        }
        if (pwrite(to, block, len, at) != (ssize_t)len)
            _exit(2);
    }
    if (status != ARCHIVE_OK && status != ARCHIVE_EOF)
        fprintf(report, "%s cannot be unpacked: the archive is damaged\n",
                name);
    close(to);
}

static void
read_archive(const struct grade *g, const char *path, FILE *report)
{
    struct archive *a = archive_read_new();
    struct archive_entry *e;
    bool in_root[NAMES_MAX] = {false}, deep;
    la_int64_t unpacked = 0;
    const char *name;
    int entries = 0, status;

    archive_read_support_filter_gzip(a);
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_xz(a);
    archive_read_support_filter_zstd(a);
    archive_read_support_format_tar(a);
    archive_read_support_format_zip(a);
    if (archive_read_open_filename(a, path, 16384) != ARCHIVE_OK) {
        fprintf(report, "no tar or zip archive that can be read\n");
        return;
    }
    while ((status = archive_read_next_header(a, &e)) == ARCHIVE_OK ||
           status == ARCHIVE_WARN) {
        const json_t *files = json_object_get(g->lab, "files");
        size_t i;

        if (archive_entry_size_is_set(e))
            unpacked += archive_entry_size(e);
        if (++entries > ENTRIES_MAX || unpacked > (la_int64_t)ARCHIVE_MIB_MAX
                                                      << 20) {
            fprintf(report, "the archive holds too much: pack only the lab's "
                            "files\n");
            break;
        }
        name = archive_entry_pathname(e) != NULL
                   ? flat_name(archive_entry_pathname(e), &deep)
                   : NULL;
        if (name == NULL || !asked_for(g, name))
            continue;
        for (i = 0; i < json_array_size(files); i++)
            if (strcmp(json_string_value(json_array_get(files, i)), name) == 0)
                break;
        if (i >= NAMES_MAX || (deep && in_root[i]))
            continue; /* a file in the root goes before one in a folder */
        in_root[i] |= !deep;
        take_entry(g, a, e, name, report);
    }
    if (status == ARCHIVE_FATAL || status == ARCHIVE_FAILED)
        fprintf(report, "a damaged archive, or no tar or zip\n");
    archive_read_free(a);
}

static void
take_archive(struct grade *g, const char *path)
{
    char line[400];
    int ends[2], status;
    FILE *report;
    pid_t pid;

    if (pipe(ends) != 0 || (pid = fork()) < 0)
        broken("cannot start a process: %s", strerror(errno));
    if (pid == 0) {
        char src[PATH_BYTES + 8], full[PATH_BYTES];

        report = fdopen(ends[1], "w");
        snprintf(src, sizeof(src), "%s/src", g->work);
        if (report == NULL || realpath(path, full) == NULL || chdir(src) != 0)
            _exit(2);
        confine_process(ARCHIVE_CPU_SECONDS, full);
        read_archive(g, full, report);
        fclose(report);
        _exit(0);
    }
    close(ends[1]);
    report = fdopen(ends[0], "r");
    if (report == NULL)
        broken("no memory");
    for (int i = 0; i < NAMES_MAX && fgets(line, sizeof(line), report); i++) {
        line[strcspn(line, "\n")] = 0;
        note(g, "notes", line);
    }
    fclose(report);
    if (waitpid(pid, &status, 0) != pid || status != 0)
        note(g, "notes", "the archive could not be unpacked within the limits");
}

/* ---- folders ------------------------------------------------------------- */

static void
take_folder(struct grade *g, int folder)
{
    const char *fault;
    char line[400];
    json_t *file;
    size_t i;

    json_array_foreach(json_object_get(g->lab, "files"), i, file)
    {
        const char *name = json_string_value(file);

        fault = copy_file(g, folder, name, name, FILE_BYTES_MAX);
        if (fault != NULL && strcmp(fault, "is missing") != 0) {
            snprintf(line, sizeof(line), "%s %s", name, fault);
            note(g, "notes", line);
        }
    }
}

/* The only thing in a folder that has no file of the lab; what a system of
 * students' own adds to an archive does not count. */
static bool
has_only(const struct grade *g, int folder, char name[PATH_BYTES])
{
    DIR *dir = fdopendir(dup(folder));
    const struct dirent *entry;
    int n = 0;

    if (dir == NULL)
        broken("%s: %s", g->submission, strerror(errno));
    while ((entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.' || strcmp(entry->d_name, "__MACOSX") == 0)
            continue;
        n += asked_for(g, entry->d_name) ? 2 : 1;
        snprintf(name, PATH_BYTES, "%s", entry->d_name);
    }
    closedir(dir);
    return n == 1;
}

static void
take_folder_or_only(struct grade *g, int folder)
{
    char name[PATH_BYTES], path[2 * PATH_BYTES];
    struct stat st;
    int below;

    if (!has_only(g, folder, name) ||
        fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
        take_folder(g, folder);
    } else if (S_ISREG(st.st_mode)) {
        snprintf(path, sizeof(path), "%s/%s", g->submission, name);
        take_archive(g, path);
    } else {
        below = openat(folder, name,
                       O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK |
                           O_CLOEXEC);
        take_folder(g, below >= 0 ? below : folder);
        if (below >= 0)
            close(below);
    }
}

/* ---- both ---------------------------------------------------------------- */

/* Add a file with its name to the sum that tells submissions apart. */
static void
digest_file(SHA2_CTX *sum, const char *name, const char *path)
{
    uint8_t buf[16384];
    FILE *f = fopen(path, "rb");
    size_t n;

    if (f == NULL)
        return;
    SHA256Update(sum, (const uint8_t *)name, strlen(name) + 1);
    while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
        SHA256Update(sum, buf, n);
    fclose(f);
}

static void
list_taken(struct grade *g)
{
    char path[2 * PATH_BYTES], digest[SHA256_DIGEST_STRING_LENGTH];
    SHA2_CTX sum;
    json_t *file;
    size_t i;

    SHA256Init(&sum);

    json_array_foreach(json_object_get(g->lab, "files"), i, file)
    {
        const char *name = json_string_value(file);

        snprintf(path, sizeof(path), "%s/src/%s", g->work, name);
        note(g, access(path, F_OK) == 0 ? "files" : "missing", name);
        digest_file(&sum, name, path);
    }
    json_object_set_new(g->record, "sha256",
                        json_string(SHA256End(&sum, digest)));
}

void
submission_take(struct grade *g)
{
    struct stat st;
    int folder;

    if (stat(g->submission, &st) != 0)
        wrong_use("%s: %s", g->submission, strerror(errno));
    take_given(g);
    if (S_ISREG(st.st_mode)) {
        take_archive(g, g->submission);
    } else {
        folder = open(g->submission, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (folder < 0)
            wrong_use("%s: %s", g->submission, strerror(errno));
        take_folder_or_only(g, folder);
        close(folder);
    }
    list_taken(g);
}
