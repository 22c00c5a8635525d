/*
 * sandbox.c - programs that touch a submission see nothing but it and the SDK
 *
 * Building: cc370, and under it cc -E and nasm, read what a student wrote and
 * may be told to read any file (#include, INCBIN) or to work for ever.  They
 * run under bubblewrap: no network, no other process, an empty environment,
 * and of the file system only the system's programs, the SDK and two folders;
 * nothing that is another at each look, such as /proc or /dev/urandom, for a
 * grade must not depend on it.
 * Where bubblewrap may make no namespaces, as in most containers, Landlock and
 * seccomp draw the same borders (confine.c); then it can be found out that a
 * file or a process exists, but nothing about it.
 *
 * Limits of storage, file size and processor time hold in both cases.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "grade.h"

enum {
    TMP_MIB = 128,
    ARGUMENTS_MAX = 200,
    SLOW_FACTOR = 20, /* wall clock over processor time, on a loaded host */
};

/* ---- bubblewrap ---------------------------------------------------------- */

struct words {
    char *word[ARGUMENTS_MAX];
    int n;
};

static void
add(struct words *w, const char *word)
{
    if (w->n == ARGUMENTS_MAX - 1)
        broken("too many words for a program in the sandbox");
    w->word[w->n++] = (char *)(uintptr_t)word;
}

static void
add_list(struct words *w, const char *const list[])
{
    for (; *list != NULL; list++)
        add(w, *list);
}

static const char *const confined[] = {"bwrap",
                                       "--unshare-all",
                                       "--die-with-parent",
                                       "--new-session",
                                       "--cap-drop",
                                       "ALL",
                                       "--clearenv",
                                       "--setenv",
                                       "PATH",
                                       "/usr/bin:/bin",
                                       "--setenv",
                                       "SOURCE_DATE_EPOCH",
                                       "0",
                                       "--setenv",
                                       "LC_ALL",
                                       "C",
                                       "--setenv",
                                       "TMPDIR",
                                       "/tmp",
                                       "--setenv",
                                       "CPLAB_SDK",
                                       "/kit/machine/sdk",
                                       "--ro-bind",
                                       "/usr",
                                       "/usr",
                                       "--ro-bind-try",
                                       "/bin",
                                       "/bin",
                                       "--ro-bind-try",
                                       "/lib",
                                       "/lib",
                                       "--ro-bind-try",
                                       "/lib64",
                                       "/lib64",
                                       "--ro-bind-try",
                                       "/lib32",
                                       "/lib32",
                                       "--ro-bind-try",
                                       "/etc/alternatives",
                                       "/etc/alternatives",
                                       "--dev-bind",
                                       "/dev/null",
                                       "/dev/null",
#ifdef __SANITIZE_ADDRESS__ /* which reads the map of its own storage */
                                       "--proc",
                                       "/proc",
#endif
                                       "--size",
                                       "134217728",
                                       "--tmpfs",
                                       "/tmp",
                                       NULL};
_Static_assert(TMP_MIB == 134217728 >> 20, "as --size has it");

/* Which kind of sandbox this host has; found out once. */
static enum { UNKNOWN, BUBBLEWRAP, LANDLOCK, NONE } kind;

static bool
bubblewrap_works(void)
{
    int status;
    pid_t pid = fork();

    if (pid == 0) {
        struct words w = {.n = 0};

        if (freopen("/dev/null", "w", stderr) == NULL)
            _exit(127);
        add_list(&w, confined);
        add(&w, "true");
        execvp(w.word[0], w.word);
        _exit(127);
    }
    return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

bool
sandbox_available(void)
{
    if (kind == UNKNOWN)
        kind = bubblewrap_works()         ? BUBBLEWRAP
               : confine_files_possible() ? LANDLOCK
                                          : NONE;
    return kind != NONE;
}

static void
exec_confined(const struct sandbox *s, char *const argv[])
{
    struct words w = {.n = 0};
    char sdk[PATH_BYTES + 32], program[PATH_BYTES];

    snprintf(sdk, sizeof(sdk), "%s/machine/sdk", s->root);
    snprintf(program, sizeof(program), "/kit/bin/%s", argv[0]);
    add_list(&w, confined);
    add_list(&w, (const char *const[]){
                     "--ro-bind", sdk, "/kit/machine/sdk", "--ro-bind", s->bin,
                     "/kit/bin", "--ro-bind", s->src, "/src", "--bind", s->out,
                     "/out", "--chdir", "/src", NULL});
    if (s->prepared != NULL)
        add_list(&w, (const char *const[]){"--ro-bind", s->prepared,
                                           "/prepared", NULL});
    add(&w, "--");
    add(&w, program);
    add_list(&w, (const char *const *)argv + 1);
    execvp(w.word[0], w.word);
    _exit(127);
}

/* What bubblewrap shows of the file system, with the paths of the host. */
static void
draw_borders(const struct sandbox *s)
{
    char sdk[PATH_BYTES + 32];
    const char *const readable[] = {"/usr",
                                    "/bin",
                                    "/lib",
                                    "/lib64",
                                    "/lib32",
                                    "/etc/alternatives",
                                    "/etc/ld.so.cache",
                                    sdk,
                                    s->bin,
                                    s->src,
                                    s->prepared,
                                    NULL};
    const char *const writable[] = {s->out, "/dev/null", NULL};

    snprintf(sdk, sizeof(sdk), "%s/machine/sdk", s->root);
    confine_files(readable, writable);
    confine_calls(true);
}

/* A word of argv where the paths /out and /prepared, which are only under
 * bubblewrap, are those of the host. */
static char *
on_host(const struct sandbox *s, char *word)
{
    const char *folder = strncmp(word, "/out/", 5) == 0         ? s->out
                         : strncmp(word, "/prepared/", 10) == 0 ? s->prepared
                                                                : NULL;
    size_t size = PATH_BYTES + strlen(word);
    char *path = folder != NULL ? malloc(size) : word;

    if (path == NULL)
        _exit(127);
    if (folder != NULL)
        snprintf(path, size, "%s%s", folder, strchr(word + 1, '/'));
    return path;
}

static void
exec_in_place(const struct sandbox *s, char *const argv[])
{
    char program[PATH_BYTES + 64];
    char tmp[PATH_BYTES + 64], sdk[PATH_BYTES + 64];
    char *environment[] = {"PATH=/usr/bin:/bin",
                           "LC_ALL=C",
                           "SOURCE_DATE_EPOCH=0",
                           tmp,
                           sdk,
                           NULL};
    struct words w = {.n = 0};

    if (chdir(s->src) != 0)
        _exit(127);
    snprintf(tmp, sizeof(tmp), "TMPDIR=%s", s->out);
    snprintf(sdk, sizeof(sdk), "CPLAB_SDK=%s/machine/sdk", s->root);
    snprintf(program, sizeof(program), "%s/%s", s->bin, argv[0]);
    add(&w, program);
    for (int i = 1; argv[i] != NULL; i++)
        add(&w, on_host(s, argv[i]));
    if (!s->trusted)
        draw_borders(s);
    execve(program, w.word, environment);
    _exit(127);
}

/* ---- running a program --------------------------------------------------- */

/* Read what the program says until it is silent for good, keeping the
 * beginning.  False when the time was up. */
static bool
listen_to(int fd, unsigned seconds, char *text, size_t size)
{
    time_t end = time(NULL) + seconds;
    size_t used = 0;
    char buf[4096];
    ssize_t n;
    fd_set set;

    for (;;) {
        struct timeval one = {1, 0};

        FD_ZERO(&set);
        FD_SET(fd, &set);
        if (select(fd + 1, &set, NULL, NULL, &one) > 0) {
            n = read(fd, buf, sizeof(buf));
            if (n <= 0)
                break;
            if ((size_t)n > size - 1 - used)
                n = (ssize_t)(size - 1 - used);
            memcpy(text + used, buf, (size_t)n);
            used += (size_t)n;
        }
        if (time(NULL) > end) {
            text[used] = 0;
            return false;
        }
    }
    text[used] = 0;
    return true;
}

int
sandbox_run(const struct sandbox *s, char *const argv[], char *text,
            size_t size)
{
    int ends[2], status;
    bool ended;
    pid_t pid;

    if (pipe(ends) != 0)
        broken("pipe: %s", strerror(errno));
    pid = fork();
    if (pid < 0)
        broken("fork: %s", strerror(errno));
    if (pid == 0) {
        int null = open("/dev/null", O_RDONLY);

        setpgid(0, 0);
        dup2(null, STDIN_FILENO);
        dup2(ends[1], STDOUT_FILENO);
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        close(ends[1]);
        confine_limits(s->cpu_seconds);
        if (s->trusted || kind == LANDLOCK)
            exec_in_place(s, argv);
        exec_confined(s, argv);
    }
    close(ends[1]);
    ended = listen_to(ends[0], s->cpu_seconds * SLOW_FACTOR, text, size);
    close(ends[0]);
    if (!ended)
        kill(-pid, SIGKILL);
    if (waitpid(pid, &status, 0) != pid)
        broken("waitpid: %s", strerror(errno));
    if (!ended)
        return SANDBOX_TIME;
    /* Bubblewrap tells of a signal as shells do. */
    status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return status == 128 + SIGXCPU ? SANDBOX_TIME : status;
}
