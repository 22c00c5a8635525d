/*
 * tool.c - the programs that cc370 runs: the host's preprocessor, and NASM.
 *
 * Each runs beside this one until its output is asked for.
 */
#include "program.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What it gets of our surroundings: what else stands there (CPATH, NASMENV,
 * a language for messages) would make another image, or messages that are not
 * understood here. */
static char **
environment(void)
{
    static char *kept[4] = {"LC_ALL=C"};
    static const char *const name[] = {"PATH", "TMPDIR"};
    int n = 1;

    for (int i = 0; i < 2; i++)
        if (getenv(name[i]) != NULL)
            kept[n++] = cc_format("%s=%s", name[i], getenv(name[i]));
    return kept;
}

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
tool_start(char *const argv[], int input)
{
    struct tool tool = {argv[0], 0, tool_file(), tool_file()};
    posix_spawn_file_actions_t files;
    int wrong;

    posix_spawn_file_actions_init(&files);
    if (input >= 0)
        posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, fileno(tool.output),
                                     STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, fileno(tool.messages),
                                     STDERR_FILENO);
    wrong = posix_spawnp(&tool.pid, argv[0], &files, NULL, argv, environment());
    if (wrong == ENOENT)
        fatal("cannot run %s: is it installed?", argv[0]);
    if (wrong != 0)
        fatal("cannot start %s: %s", argv[0], strerror(wrong));
    posix_spawn_file_actions_destroy(&files);
    return tool;
}

char *
tool_finish(struct tool *tool, int *status, char **messages)
{
    size_t n;
    char *output;

    if (waitpid(tool->pid, status, 0) < 0)
        fatal("%s got lost", tool->program);
    output = cc_read_open(tool->output, &n);
    *messages = cc_read_open(tool->messages, &n);
    if (output == NULL || *messages == NULL)
        fatal("the output of %s got lost", tool->program);
    if (WIFSIGNALED(*status)) {
        fputs(*messages, stderr);
        /* A limit that holds for us as well: for whoever set it. */
        if (WTERMSIG(*status) == SIGXCPU || WTERMSIG(*status) == SIGXFSZ)
            raise(WTERMSIG(*status));
        fatal("%s was killed by signal %d", tool->program, WTERMSIG(*status));
    }
    *status = WEXITSTATUS(*status);
    return output;
}
