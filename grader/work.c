/*
 * work.c - the work folder: made at the start, gone at the end
 *
 * A grader's folder is `grade.XXXXXX`, in the folder that TMPDIR names or else
 * in memory, where files cost the least.  It is removed when the process that
 * made it ends, also by a signal.
 *
 * A process that is killed leaves it behind.  So each holds a lock on the file
 * `owner` in its folder, which appears when it is locked, and which the system
 * takes away with the process (a copy of it, as tests are, does not have it).
 * Whoever makes a folder removes those of the same user beside it whose lock
 * nobody holds.
 */
#define _XOPEN_SOURCE 700 /* nftw */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/magic.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "grade.h"

#define NAME "grade."
#define NAME_END "XXXXXX"

enum { DESCRIPTORS = 16, TIMES = 20 };

static char folder_to_remove[PATH_BYTES];
static pid_t folder_owner;

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    remove(path);
    return 0;
}

static void
remove_all(const char *folder)
{
    nftw(folder, remove_one, DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
}

/* Only in the process that made it: tests run in copies of that one. */
void
work_folder_remove(void)
{
    if (folder_to_remove[0] != 0 && folder_owner == getpid())
        remove_all(folder_to_remove);
    folder_to_remove[0] = 0;
}

static void
on_signal(int number)
{
    work_folder_remove();
    _exit(128 + number);
}

/* ---- owners -------------------------------------------------------------- */

static bool
lock(int fd)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

    return fcntl(fd, F_SETLK, &whole) == 0;
}

/* The lock lasts as long as this process: nothing closes the file. */
static void
own(const char *folder)
{
    char path[PATH_BYTES + 16], next[PATH_BYTES + 16];
    int fd;

    snprintf(path, sizeof(path), "%s/owner", folder);
    snprintf(next, sizeof(next), "%s/owner.new", folder);
    fd = open(next, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 || !lock(fd) || rename(next, path) != 0)
        broken("%s: %s", path, strerror(errno));
}

/* A folder of ours whose owner is there no more? */
static void
remove_if_left(int in, const char *name, const char *path)
{
    int folder =
        openat(in, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    struct stat st;
    int fd = -1;

    if (folder < 0)
        return;
    if (fstat(folder, &st) == 0 && st.st_uid == geteuid())
        fd = openat(folder, "owner", O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    /* What it had started may still be at work there, for a moment. */
    if (fd >= 0 && lock(fd))
        for (int i = 0; i < TIMES && access(path, F_OK) == 0; i++)
            remove_all(path);
    if (fd >= 0)
        close(fd);
    close(folder);
}

static void
remove_left(const char *in)
{
    DIR *dir = opendir(in);
    const struct dirent *entry;
    char path[2 * PATH_BYTES];

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        if (strncmp(entry->d_name, NAME, strlen(NAME)) != 0 ||
            strlen(entry->d_name) != strlen(NAME NAME_END))
            continue;
        snprintf(path, sizeof(path), "%s/%s", in, entry->d_name);
        remove_if_left(dirfd(dir), entry->d_name, path);
    }
    if (dir != NULL)
        closedir(dir);
}

/* ---- the folder ---------------------------------------------------------- */

/* Where folders go: to memory only if there is plenty. */
static const char *
place(void)
{
    static const char memory[] = "/dev/shm";
    enum { ENOUGH_MIB = 2048 };
    const char *tmp = getenv("TMPDIR");
    struct statfs fs;

    if (tmp != NULL)
        return tmp;
    if (statfs(memory, &fs) == 0 && fs.f_type == TMPFS_MAGIC &&
        access(memory, W_OK | X_OK) == 0 &&
        ((uint64_t)fs.f_bavail * (uint64_t)fs.f_bsize) >> 20 >= ENOUGH_MIB)
        return memory;
    return "/tmp";
}

void
work_folder_make(struct grade *g, const char *inside)
{
    const char *in = inside != NULL ? inside : place();
    char path[PATH_BYTES];

    if ((size_t)snprintf(path, sizeof(path), "%s/" NAME NAME_END, in) >=
        sizeof(path))
        broken("%s: the name is too long", in);
    if (inside == NULL)
        remove_left(in);
    if (mkdtemp(path) == NULL)
        broken("cannot make a folder %s: %s", path, strerror(errno));
    snprintf(g->work, sizeof(g->work), "%s", path);
    snprintf(folder_to_remove, sizeof(folder_to_remove), "%s", path);
    folder_owner = getpid();
    signal(SIGINT, on_signal);
    signal(SIGTERM, on_signal);
    signal(SIGHUP, on_signal);
    if (inside == NULL)
        own(path);
}
