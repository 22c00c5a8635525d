/*
 * tool.c - the programs that cc370 runs: the host's preprocessor, and NASM.
 *
 * Each runs beside this one until its output is asked for.
 */
#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Not by fork(): a copy of all our storage would cost as much as the
 * compiler. */
struct tool
tool_start(char *const argv[], int input, int fd)
{
    struct tool tool = {.program = argv[0]};
    posix_spawn_file_actions_t files;
    int wanted[2], messages[2], wrong;

    if (pipe(wanted) != 0 || pipe(messages) != 0)
        fatal("cannot make a pipe: %s", strerror(errno));
    /* Not for other programs. */
    fcntl(wanted[0], F_SETFD, FD_CLOEXEC);
    fcntl(messages[0], F_SETFD, FD_CLOEXEC);
    posix_spawn_file_actions_init(&files);
    if (input >= 0)
        posix_spawn_file_actions_adddup2(&files, input, 0);
    posix_spawn_file_actions_adddup2(&files, messages[1], 2);
    posix_spawn_file_actions_adddup2(&files, wanted[1], fd);
    posix_spawn_file_actions_addclose(&files, wanted[1]);
    posix_spawn_file_actions_addclose(&files, messages[1]);
    wrong = posix_spawnp(&tool.pid, argv[0], &files, NULL, argv, environ);
    if (wrong == ENOENT)
        fatal("cannot run %s: is it installed?", argv[0]);
    if (wrong != 0)
        fatal("cannot start %s: %s", argv[0], strerror(wrong));
    posix_spawn_file_actions_destroy(&files);
    close(wanted[1]);
    close(messages[1]);
    tool.wanted = wanted[0];
    tool.messages = messages[0];
    return tool;
}

/* What has been read of a pipe, with a 0 behind it. */
struct buffer {
    char *text;
    size_t n, room;
};

/* Read what is there; false at the end. */
static bool
drain(int fd, struct buffer *b)
{
    ssize_t got;

    if (b->room - b->n < 4096) {
        char *larger = cc_alloc(2 * b->room + 65536 + 1);

        if (b->n > 0)
            memcpy(larger, b->text, b->n);
        b->room = 2 * b->room + 65536;
        b->text = larger;
    }
    got = read(fd, b->text + b->n, b->room - b->n);
    if (got > 0)
        b->n += (size_t)got;
    b->text[b->n] = '\0';
    return got > 0;
}

char *
tool_finish(struct tool *tool, int *status, char **messages)
{
    struct pollfd from[2] = {{.fd = tool->wanted, .events = POLLIN},
                             {.fd = tool->messages, .events = POLLIN}};
    struct buffer to[2] = {{0}, {0}};

    while (from[0].fd >= 0 || from[1].fd >= 0) {
        if (poll(from, 2, -1) < 0)
            fatal("%s got lost", tool->program);
        for (int i = 0; i < 2; i++)
            if (from[i].fd >= 0 && from[i].revents &&
                !drain(from[i].fd, &to[i])) {
                close(from[i].fd);
                from[i].fd = -1;
            }
    }
    if (waitpid(tool->pid, status, 0) < 0)
        fatal("%s got lost", tool->program);
    if (WIFSIGNALED(*status)) {
        fputs(to[1].text, stderr);
        /* A limit that holds for us as well: for whoever set it. */
        if (WTERMSIG(*status) == SIGXCPU || WTERMSIG(*status) == SIGXFSZ)
            raise(WTERMSIG(*status));
        fatal("%s was killed by signal %d", tool->program, WTERMSIG(*status));
    }
    *status = WEXITSTATUS(*status);
    *messages = to[1].text;
    return to[0].text;
}
