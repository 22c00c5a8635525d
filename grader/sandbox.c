/*
 * sandbox.c - programs that touch a submission see nothing but it and the SDK
 *
 * Building: cc370, and under it cc -E and nasm, read what a student wrote and
 * may be told to read any file (#include, INCBIN) or to work for ever.  They
 * run under bubblewrap: no network, no other process, an empty environment,
 * and of the file system only the system's programs, the SDK and two folders.
 *
 * Running: a guest is data that libmachine interprets, and can name no file.
 * Should it find a hole in libmachine, the process that runs it can start no
 * program and no process, open no connection and reach no other process
 * (seccomp); it can change files only in the folder of its test (Landlock,
 * where the kernel has it).
 *
 * Limits of storage, file size and processor time hold in both.
 */
#define _GNU_SOURCE /* O_PATH */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "grade.h"

enum {
    STORAGE_MIB = 1024,
    OUTPUT_MIB = 64,
    TMP_MIB = 128,
    ARGUMENTS_MAX = 200,
    SLOW_FACTOR = 20, /* wall clock over processor time, on a loaded host */
};

static void
limit(int what, rlim_t value)
{
    struct rlimit r = {value, value};

    setrlimit(what, &r);
}

static void
limit_all(unsigned cpu_seconds)
{
#ifndef __SANITIZE_ADDRESS__ /* it reserves far more than it uses */
    limit(RLIMIT_AS, (rlim_t)STORAGE_MIB << 20);
#endif
    limit(RLIMIT_FSIZE, (rlim_t)OUTPUT_MIB << 20);
    limit(RLIMIT_CPU, cpu_seconds);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, 64);
}

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
                                       "--proc",
                                       "/proc",
                                       "--dev",
                                       "/dev",
                                       "--size",
                                       "134217728",
                                       "--tmpfs",
                                       "/tmp",
                                       NULL};
_Static_assert(TMP_MIB == 134217728 >> 20, "as --size has it");

bool
sandbox_available(void)
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
                     "/out", "--chdir", "/src", "--", program, NULL});
    add_list(&w, (const char *const *)argv + 1);
    execvp(w.word[0], w.word);
    _exit(127);
}

/* The paths /src and /out are only in the sandbox: argv has `out` itself
 * where it says /out. */
static void
exec_trusted(const struct sandbox *s, char *const argv[])
{
    char *environment[] = {"PATH=/usr/bin:/bin", "LC_ALL=C",
                           "SOURCE_DATE_EPOCH=0", NULL};
    char program[PATH_BYTES + 64], path[PATH_BYTES + 64];
    struct words w = {.n = 0};
    char *copy;

    if (chdir(s->src) != 0)
        _exit(127);
    snprintf(program, sizeof(program), "%s/%s", s->bin, argv[0]);
    add(&w, program);
    for (int i = 1; argv[i] != NULL; i++) {
        if (strncmp(argv[i], "/out/", 5) == 0) {
            snprintf(path, sizeof(path), "%s/%s", s->out, argv[i] + 5);
            copy = strdup(path);
            add(&w, copy != NULL ? copy : "");
        } else {
            add(&w, argv[i]);
        }
    }
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
        limit_all(s->cpu_seconds);
        if (s->trusted)
            exec_trusted(s, argv);
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
    if (WIFSIGNALED(status))
        return WTERMSIG(status) == SIGXCPU ? SANDBOX_TIME
                                           : 128 + WTERMSIG(status);
    return WEXITSTATUS(status);
}

/* ---- confining this process ---------------------------------------------- */

/* Files may be changed below the current folder only.  Without Landlock in
 * the kernel seccomp alone must do. */
static void
enter_landlock(void)
{
    struct landlock_ruleset_attr attr = {
        .handled_access_fs =
            LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |
            LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
            LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_SYM |
            LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_SOCK};
    struct landlock_path_beneath_attr here = {
        .allowed_access = LANDLOCK_ACCESS_FS_WRITE_FILE |
                          LANDLOCK_ACCESS_FS_MAKE_REG |
                          LANDLOCK_ACCESS_FS_REMOVE_FILE,
        .parent_fd = open(".", O_PATH | O_CLOEXEC)};
    int rules =
        (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr), 0);

    if (rules < 0 || here.parent_fd < 0)
        return;
    if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &here,
                0) == 0)
        syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
    close(here.parent_fd);
}

/* System calls that a machine has no need of. */
static const int forbidden[] = {
    SCMP_SYS(execve),     SCMP_SYS(execveat),    SCMP_SYS(fork),
    SCMP_SYS(vfork),      SCMP_SYS(clone),       SCMP_SYS(clone3),
    SCMP_SYS(socket),     SCMP_SYS(connect),     SCMP_SYS(ptrace),
    SCMP_SYS(kill),       SCMP_SYS(mount),       SCMP_SYS(umount2),
    SCMP_SYS(unshare),    SCMP_SYS(setns),       SCMP_SYS(chroot),
    SCMP_SYS(pivot_root), SCMP_SYS(symlink),     SCMP_SYS(symlinkat),
    SCMP_SYS(link),       SCMP_SYS(linkat),      SCMP_SYS(chmod),
    SCMP_SYS(fchmodat),   SCMP_SYS(chown),       SCMP_SYS(fchownat),
    SCMP_SYS(bpf),        SCMP_SYS(keyctl),      SCMP_SYS(io_uring_setup),
    SCMP_SYS(reboot),     SCMP_SYS(init_module), SCMP_SYS(process_vm_writev),
};

void
sandbox_enter(unsigned cpu_seconds)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    size_t i;

    limit_all(cpu_seconds);
    signal(SIGXFSZ, SIG_IGN); /* a write that fails says enough */
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || filter == NULL)
        broken("cannot confine the process of a test: %s", strerror(errno));
    enter_landlock();
    for (i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), forbidden[i], 0) !=
            0)
            broken("cannot confine the process of a test: seccomp");
    if (seccomp_load(filter) != 0)
        broken("cannot confine the process of a test: %s", strerror(errno));
    seccomp_release(filter);
}
