/*
 * tool.c - the programs that cc370 runs: the host's preprocessor, and NASM.
 *
 * Each runs beside this one until its output is asked for.
 */
#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

const char *
tool_temporary(void)
{
    const char *tmp = getenv("TMPDIR");

    return tmp != NULL ? tmp : "/tmp";
}

FILE *
tool_file(void)
{
    const char *tmp = tool_temporary();
    char *path = cc_format("%s/cc370.XXXXXX", tmp);
    int fd = mkstemp(path);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w+");

    if (file == NULL)
        fatal("cannot make a file in %s: %s", tmp, strerror(errno));
    unlink(path);
    return file;
}

/* Not by fork(): a copy of all our storage would cost as much as the
 * compiler. */
struct tool
tool_start(char *const argv[], int input, int fd)
{
    struct tool tool = {.program = argv[0], .messages = tool_file()};
    posix_spawn_file_actions_t files;
    int wanted[2], wrong;

    if (pipe(wanted) != 0)
        fatal("cannot make a pipe: %s", strerror(errno));
    fcntl(wanted[0], F_SETFD, FD_CLOEXEC); /* not for other programs */
    posix_spawn_file_actions_init(&files);
    if (input >= 0)
        posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, fileno(tool.messages),
                                     STDOUT_FILENO + STDERR_FILENO - fd);
    posix_spawn_file_actions_adddup2(&files, wanted[1], fd);
    posix_spawn_file_actions_addclose(&files, wanted[1]);
    wrong = posix_spawnp(&tool.pid, argv[0], &files, NULL, argv, environ);
    if (wrong == ENOENT)
        fatal("cannot run %s: is it installed?", argv[0]);
    if (wrong != 0)
        fatal("cannot start %s: %s", argv[0], strerror(wrong));
    posix_spawn_file_actions_destroy(&files);
    close(wanted[1]);
    tool.wanted = fdopen(wanted[0], "r");
    return tool;
}

char *
tool_finish(struct tool *tool, int *status, char **messages)
{
    size_t n;
    char *wanted = cc_read_rest(tool->wanted, &n);

    if (wanted == NULL || waitpid(tool->pid, status, 0) < 0)
        fatal("%s got lost", tool->program);
    rewind(tool->messages);
    *messages = cc_read_rest(tool->messages, &n);
    if (WIFSIGNALED(*status)) {
        fputs(*messages, stderr);
        /* A limit that holds for us as well: for whoever set it. */
        if (WTERMSIG(*status) == SIGXCPU || WTERMSIG(*status) == SIGXFSZ)
            raise(WTERMSIG(*status));
        fatal("%s was killed by signal %d", tool->program, WTERMSIG(*status));
    }
    *status = WEXITSTATUS(*status);
    return wanted;
}
