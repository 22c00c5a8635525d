/*
 * confine.c - this process gives up what it does not need
 *
 * A guest is data that libmachine interprets, and can name no file.  Should it
 * find a hole in libmachine, the process that runs it can start no program and
 * no process, open no connection and reach no other process (seccomp); it can
 * read and change files only in the work folder (Landlock, where the kernel
 * has it).  What is given up is given up for good, also for programs that are
 * started then.
 *
 * Limits that are ours alone cannot be left out by a submission; they are wide
 * enough that no honest one meets them.
 */
#define _GNU_SOURCE /* O_PATH */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "grade.h"

enum { STORAGE_MIB = 1024, OUTPUT_MIB = 64 };

static void
limit(int what, rlim_t value)
{
    struct rlimit r = {value, value};

    setrlimit(what, &r);
}

void
confine_limits(unsigned cpu_seconds)
{
#ifndef __SANITIZE_ADDRESS__ /* it reserves far more than it uses */
    limit(RLIMIT_AS, (rlim_t)STORAGE_MIB << 20);
#endif
    limit(RLIMIT_FSIZE, (rlim_t)OUTPUT_MIB << 20);
    /* SIGXCPU, of which one can tell what it was, and SIGKILL for who does not
     * heed it. */
    setrlimit(RLIMIT_CPU, &(struct rlimit){.rlim_cur = cpu_seconds,
                                           .rlim_max = cpu_seconds + 1});
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, 64);
}

void
confine_time(unsigned cpu_seconds)
{
    struct rusage used;
    struct rlimit r;

    getrusage(RUSAGE_SELF, &used);
    getrlimit(RLIMIT_CPU, &r);
    r.rlim_cur =
        (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 1) + cpu_seconds;
    if (r.rlim_cur > r.rlim_max)
        r.rlim_cur = r.rlim_max;
    setrlimit(RLIMIT_CPU, &r);
}

/* ---- files --------------------------------------------------------------- */

enum {
    READ = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE |
           LANDLOCK_ACCESS_FS_READ_DIR,
    WRITE = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |
            LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
            LANDLOCK_ACCESS_FS_REMOVE_DIR,
    NEVER = LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_SOCK |
            LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
            LANDLOCK_ACCESS_FS_MAKE_SYM,
    /* What can be said of a file that is no folder. */
    OF_A_FILE = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE |
                LANDLOCK_ACCESS_FS_WRITE_FILE,
};

bool
confine_files_possible(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, (size_t)0,
                   LANDLOCK_CREATE_RULESET_VERSION) >= 1;
}

/* Paths that are not there need no rule. */
static void
allow(int rules, const char *const paths[], uint64_t access)
{
    for (; *paths != NULL; paths++) {
        struct landlock_path_beneath_attr rule = {
            .allowed_access = access,
            .parent_fd = open(*paths, O_PATH | O_CLOEXEC)};
        struct stat st;

        if (rule.parent_fd < 0)
            continue;
        if (fstat(rule.parent_fd, &st) != 0 || !S_ISDIR(st.st_mode))
            rule.allowed_access &= OF_A_FILE;
        if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
                    &rule, 0) != 0)
            broken("landlock: %s: %s", *paths, strerror(errno));
        close(rule.parent_fd);
    }
}

void
confine_files(const char *const readable[], const char *const writable[])
{
    struct landlock_ruleset_attr attr = {.handled_access_fs =
                                             READ | WRITE | NEVER};
    int rules =
        (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr), 0);

    if (rules < 0)
        broken("landlock: %s", strerror(errno));
    allow(rules, readable, READ);
    allow(rules, writable, READ | WRITE);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        syscall(SYS_landlock_restrict_self, rules, 0) != 0)
        broken("landlock: %s", strerror(errno));
    close(rules);
}

/* ---- system calls -------------------------------------------------------- */

/* What neither a compiler nor a machine has a need of. */
static const int forbidden[] = {
    SCMP_SYS(socket),
    SCMP_SYS(connect),
    SCMP_SYS(ptrace),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(chroot),
    SCMP_SYS(pivot_root),
    SCMP_SYS(symlink),
    SCMP_SYS(symlinkat),
    SCMP_SYS(link),
    SCMP_SYS(linkat),
    SCMP_SYS(chown),
    SCMP_SYS(fchownat),
    SCMP_SYS(bpf),
    SCMP_SYS(keyctl),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(reboot),
    SCMP_SYS(init_module),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(kill),
    SCMP_SYS(process_vm_writev),
};
/* What a compiler has. */
static const int starting[] = {
    SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork),  SCMP_SYS(vfork),
    SCMP_SYS(clone),  SCMP_SYS(clone3),   SCMP_SYS(chmod), SCMP_SYS(fchmodat),
};

static void
forbid(scmp_filter_ctx filter, const int calls[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), calls[i], 0) != 0)
            broken("seccomp: no rule for system call %d", calls[i]);
}

void
confine_calls(bool may_start_programs)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);

    if (filter == NULL || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        broken("seccomp: %s", strerror(errno));
    forbid(filter, forbidden, sizeof(forbidden) / sizeof(forbidden[0]));
    if (!may_start_programs)
        forbid(filter, starting, sizeof(starting) / sizeof(starting[0]));
    if (seccomp_load(filter) != 0)
        broken("seccomp: %s", strerror(errno));
    seccomp_release(filter);
}

void
confine_process(unsigned cpu_seconds, const char *readable)
{
    const char *const readables[] = {readable, NULL};
    const char *const writable[] = {".", NULL};

    confine_limits(cpu_seconds);
    signal(SIGXFSZ, SIG_IGN); /* a write that fails says enough */
    if (confine_files_possible())
        confine_files(readables, writable);
    confine_calls(false);
}
