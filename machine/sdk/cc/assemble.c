/*
 * assemble.c - the tools that cc370 runs: the host's preprocessor, and NASM.
 *
 * The preprocessor is used for its macros only: nothing of the host's is
 * defined, no host header can be found.  NASM reports mistakes at the line of
 * the student's assembler file; what it says of the generated source is a bug
 * of the compiler.
 */
#include "program.h"

#include <errno.h>
#include <poll.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* A program that is running.  What it writes to one of the outputs is wanted;
 * its messages are shown when it has ended.  Both come through pipes. */
struct job {
    const char *what; /* argv[0], or the file that is preprocessed */
    const char *program;
    pid_t pid;
    int wanted, messages;
};

/* Start a program whose output `fd` (1 or 2) is wanted.  Not by fork(): a copy
 * of all our storage, dozens of times, would cost as much as the compiler. */
static struct job
start(char *const argv[], int fd, const char *what)
{
    struct job job = {.what = what, .program = argv[0]};
    posix_spawn_file_actions_t files;
    int wanted[2], messages[2], wrong;

    if (pipe(wanted) != 0 || pipe(messages) != 0)
        fatal("cannot make a pipe: %s", strerror(errno));
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, messages[1], 2);
    posix_spawn_file_actions_adddup2(&files, wanted[1], fd);
    for (int i = 0; i < 2; i++) {
        posix_spawn_file_actions_addclose(&files, wanted[i]);
        posix_spawn_file_actions_addclose(&files, messages[i]);
    }
    wrong = posix_spawnp(&job.pid, argv[0], &files, NULL, argv, environ);
    if (wrong == ENOENT)
        fatal("cannot run %s: is it installed?", argv[0]);
    if (wrong != 0)
        fatal("cannot start %s: %s", argv[0], strerror(wrong));
    posix_spawn_file_actions_destroy(&files);
    close(wanted[1]);
    close(messages[1]);
    job.wanted = wanted[0];
    job.messages = messages[0];
    return job;
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
        b->room = 2 * b->room + 65536;
        b->text = realloc(b->text, b->room + 1);
        if (b->text == NULL)
            fatal("out of memory");
    }
    got = read(fd, b->text + b->n, b->room - b->n);
    if (got > 0)
        b->n += (size_t)got;
    b->text[b->n] = '\0';
    return got > 0;
}

/* Wait for its end; returns what it wrote, shows its messages. */
static char *
finish(struct job *job, int *status)
{
    struct pollfd from[2] = {{.fd = job->wanted, .events = POLLIN},
                             {.fd = job->messages, .events = POLLIN}};
    struct buffer to[2] = {{0}, {0}};

    while (from[0].fd >= 0 || from[1].fd >= 0) {
        if (poll(from, 2, -1) < 0)
            fatal("%s got lost", job->program);
        for (int i = 0; i < 2; i++)
            if (from[i].fd >= 0 && from[i].revents &&
                !drain(from[i].fd, &to[i])) {
                close(from[i].fd);
                from[i].fd = -1;
            }
    }
    if (waitpid(job->pid, status, 0) < 0)
        fatal("%s got lost", job->program);
    fputs(to[1].text, stderr);
    free(to[1].text);
    if (WIFSIGNALED(*status))
        fatal("%s was killed by signal %d", job->program, WTERMSIG(*status));
    *status = WEXITSTATUS(*status);
    return to[0].text;
}

/* ---- the preprocessor ---------------------------------------------------- */

static struct job
start_preprocessor(const char *path, char *const options[], int noptions)
{
    static char *const fixed[] = {"cc",           "-E",
                                  "-undef",       "-nostdinc",
                                  "-std=c11",     "-ffreestanding",
                                  "-xc",          "-D__cc370__=1",
                                  "-D__s370__=1", "-D__CHAR_UNSIGNED__=1"};
    enum { NFIXED = sizeof(fixed) / sizeof(fixed[0]) };
    char **argv = cc_alloc((size_t)(NFIXED + noptions + 2) * sizeof(*argv));
    int n = 0;

    for (int i = 0; i < NFIXED; i++)
        argv[n++] = fixed[i];
    for (int i = 0; i < noptions; i++)
        argv[n++] = options[i];
    argv[n++] = cc_format("%s", path);
    return start(argv, 1, path);
}

/* The job that preprocess_ahead() has started. */
static struct job ahead;

void
preprocess_ahead(const char *path, char *const options[], int noptions)
{
    if (ahead.what == NULL)
        ahead = start_preprocessor(path, options, noptions);
}

char *
preprocess(const char *path, char *const options[], int noptions)
{
    struct job job = ahead;
    int status;
    char *text, *copy;

    if (ahead.what == path)
        ahead.what = NULL;
    else
        job = start_preprocessor(path, options, noptions);
    text = finish(&job, &status);
    if (status != 0) {
        free(text);
        error_plain("%s: the preprocessor found the mistakes above", path);
        return NULL;
    }
    copy = cc_format("%s", text);
    free(text);
    return copy;
}

/* ---- NASM ---------------------------------------------------------------- */

/* What NASM says: FILE:LINE: error: (macro:N) TEXT.  Errors in assembler files
 * are noted; warnings, and errors in files that these include, are shown in
 * the first run.  Returns who is to blame. */
enum blame { NOBODY, STUDENT, COMPILER };

/* The first error in the generated source. */
static const char *complaint;

static enum blame
listen(char *line, const char *source, bool first)
{
    char *kind = strstr(line, ": error: ");
    char *text = kind == NULL ? NULL : kind + 9;
    char *number = kind;

    if (strstr(line, ": ... from macro") != NULL)
        return NOBODY;
    if (kind == NULL) {
        if (first)
            fprintf(stderr, "%s\n", line);
        return NOBODY;
    }
    if (text[0] == '(' && strstr(text, ") ") != NULL)
        text = strstr(text, ") ") + 2;
    *kind = '\0';
    while (number > line && number[-1] != ':')
        number--;
    for (struct asm_file *f = asm_files(); f != NULL; f = f->next) {
        const char *path = f->copy != NULL ? f->copy : f->path;
        size_t n = strlen(path);

        if (strncmp(line, path, n) == 0 && line + n + 1 == number) {
            asm_complain(f, atoi(number), text);
            return STUDENT;
        }
    }
    if (strncmp(line, source, strlen(source)) == 0) {
        if (complaint == NULL)
            complaint = cc_format("%s", text);
        return COMPILER;
    }
    if (first)
        fprintf(stderr, "%s: error: %s\n", line, text);
    return STUDENT;
}

/* One run; returns whose mistakes there are. */
static enum blame
run_nasm(const char *source, const char *image, const char *listing,
         const char *asm_folder, const char *lib_folder)
{
    static bool first = true;
    enum blame worst = NOBODY;
    char *argv[] = {"nasm",
                    "-f",
                    "bin",
                    cc_format("-I%s/", asm_folder),
                    cc_format("-I%s/", lib_folder),
                    "-l",
                    cc_format("%s", listing),
                    "-o",
                    cc_format("%s", image),
                    cc_format("%s", source),
                    NULL};
    struct job job = start(argv, 2, argv[0]);
    int status;
    char *text = finish(&job, &status);
    char *save, *line;

    for (line = strtok_r(text, "\n", &save); line != NULL;
         line = strtok_r(NULL, "\n", &save)) {
        enum blame blame = listen(line, source, first);

        if (blame > worst)
            worst = blame;
    }
    first = false;
    free(text);
    return status != 0 && worst == NOBODY ? COMPILER : worst;
}

/* The generated source again, with copies of the files that have mistakes. */
static void
write_again(const char *source)
{
    FILE *out = fopen(source, "w");

    if (out == NULL)
        fatal("cannot write %s: %s", source, strerror(errno));
    image_write(out, NULL);
    if (fclose(out) != 0)
        fatal("cannot write %s: %s", source, strerror(errno));
}

/* Has the program assembler files of its own, which may hold directives of NASM
 * that change the meaning of the lines behind them? */
static bool
has_own_files(void)
{
    for (const struct asm_file *f = asm_files(); f != NULL; f = f->next)
        if (!f->library && strcmp(f->path, "crt0.asm") != 0)
            return true;
    return false;
}

bool
assemble(const char *source, const char *image, const char *listing,
         const char *asm_folder, const char *lib_folder, const char *folder)
{
    enum blame blame = STUDENT;

    asm_check(asm_folder, lib_folder);
    for (bool again = true; again && blame != NOBODY; again = asm_more()) {
        if (asm_write_copies(folder))
            write_again(source);
        blame = run_nasm(source, image, listing, asm_folder, lib_folder);
    }
    if (!asm_report() && blame == COMPILER) {
        if (!has_own_files())
            fatal("NASM does not accept the compiler's output: this is a "
                  "mistake in cc370");
        error_plain("an assembler file disturbs what stands behind it: %s",
                    complaint != NULL ? complaint : "NASM gives up");
    }
    if (error_count() == 0 && blame == NOBODY) {
        if (patches_possible())
            patch_image(image);
        return true;
    }
    remove(image);
    remove(listing);
    return false;
}
