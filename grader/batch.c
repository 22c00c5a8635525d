/*
 * batch.c - grade batch LAB DIR: every hand-in of a folder
 *
 * Each entry of DIR, a folder or an archive, is a hand-in, named as the entry
 * without .tar.gz and the like.  They are graded by as many processes as there
 * are processors, each `grade` itself; the results go into a gradebook as they
 * come.  Killed and started again, the batch goes on with what is not there
 * yet; a hand-in that was changed since is graded again.  What could not be
 * graded is told at once, with its cause, and makes the exit status 2.
 */
#define _XOPEN_SOURCE 700
#include <argp.h>
#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "batch.h"
#include "grade.h"

enum { JOBS_MAX = 256, DEPTH_MAX = 8 };
enum { OPT_HIDDEN = 256, OPT_TRUSTED, OPT_AGAIN, OPT_PATIENCE };

struct handin {
    char *path, *name;
    int64_t changed; /* ns */
};

struct batch {
    const char *lab, *folder, *gradebook;
    bool hidden, trusted, again;
    long jobs, patience;
    struct handin *handins;
    size_t n, errors;
    struct grade work; /* what is handed out, and the batch's folder */
    struct {
        pid_t pid;
        size_t handin;
    } job[JOBS_MAX];
};

static const struct argp_option option_table[] = {
    {"gradebook", 'g', "FILE", 0, "SQLite file (default: grades.sqlite)", 0},
    {"jobs", 'j', "N", 0, "at the same time (default: one a processor)", 0},
    {"hidden", OPT_HIDDEN, NULL, 0, "run the lab's hidden tests as well", 0},
    {"trusted", OPT_TRUSTED, NULL, 0, "build without a sandbox", 0},
    {"patience", OPT_PATIENCE, "SECONDS", 0,
     "give up a test that this host has not done by then (default: 600)", 0},
    {"again", OPT_AGAIN, NULL, 0, "grade also what is in the gradebook", 0},
    {0},
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct batch *b = state->input;
    char *end;

    switch (key) {
    case 'g':
        b->gradebook = arg;
        return 0;
    case 'j':
        b->jobs = strtol(arg, &end, 10);
        if (*end != 0 || b->jobs < 1 || b->jobs > JOBS_MAX)
            argp_error(state, "--jobs \"%s\": a number from 1 to %d is wanted",
                       arg, JOBS_MAX);
        return 0;
    case OPT_HIDDEN:
        b->hidden = true;
        return 0;
    case OPT_TRUSTED:
        b->trusted = true;
        return 0;
    case OPT_AGAIN:
        b->again = true;
        return 0;
    case OPT_PATIENCE:
        b->patience = patience_of(arg, state);
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 1)
            argp_error(state, "\"%s\" is one word too many", arg);
        *(state->arg_num == 0 ? &b->lab : &b->folder) = arg;
        return 0;
    case ARGP_KEY_END:
        if (state->arg_num < 2)
            argp_error(state, "name the folder of a lab, and the folder with "
                              "the hand-ins");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* ---- hand-ins ------------------------------------------------------------ */

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

static void
cut_ending(char *name)
{
    static const char *const endings[] = {
        ".tar.gz", ".tgz", ".tar.xz", ".tar.zst", ".tar.bz2", ".tar", ".zip"};
    size_t len = strlen(name), i;

    for (i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        size_t n = strlen(endings[i]);

        if (len > n && strcmp(name + len - n, endings[i]) == 0) {
            name[len - n] = 0;
            return;
        }
    }
}

static int
visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int
by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void
find_handins(struct batch *b)
{
    struct dirent **entries;
    int n = scandir(b->folder, &entries, visible, by_bytes);

    if (n < 0)
        wrong_use("%s: %s", b->folder, strerror(errno));
    b->handins = calloc((size_t)n + 1, sizeof(*b->handins));
    if (b->handins == NULL)
        broken("no memory");
    for (int i = 0; i < n; i++) {
        struct handin *h = &b->handins[b->n++];
        size_t size = strlen(b->folder) + strlen(entries[i]->d_name) + 2;

        h->path = malloc(size);
        h->name = strdup(entries[i]->d_name);
        if (h->path == NULL || h->name == NULL)
            broken("no memory");
        snprintf(h->path, size, "%s/%s", b->folder, entries[i]->d_name);
        h->changed = last_change(h->path);
        cut_ending(h->name);
        if (b->n > 1 && strcmp(h->name, h[-1].name) == 0)
            wrong_use("%s and %s are both hand-ins of %s: remove one",
                      h[-1].path, h->path, h->name);
        free(entries[i]);
    }
    free(entries);
}

/* ---- the pool ------------------------------------------------------------ */

/* The result of a hand-in, ".json", or what its grader complained, ".err". */
static void
output_path(const struct batch *b, size_t handin, const char *ending,
            char *path, size_t size)
{
    snprintf(path, size, "%s/%zu%s", b->work.work, handin, ending);
}

static void
start(struct batch *b, long slot, size_t handin)
{
    char path[PATH_BYTES + 32], err[PATH_BYTES + 32], patience[40];
    char prepared[PATH_BYTES + 32], *argv[12];
    int n = 0;
    pid_t pid;

    output_path(b, handin, ".json", path, sizeof(path));
    output_path(b, handin, ".err", err, sizeof(err));
    snprintf(patience, sizeof(patience), "--patience=%ld", b->patience);
    snprintf(prepared, sizeof(prepared), "--prepared=%s/out", b->work.work);
    argv[n++] = "grade";
    argv[n++] = "--format=json";
    argv[n++] = "--output";
    argv[n++] = path;
    argv[n++] = patience;
    argv[n++] = prepared;
    if (b->hidden)
        argv[n++] = "--hidden";
    if (b->trusted)
        argv[n++] = "--trusted";
    argv[n++] = "--";
    argv[n++] = (char *)(uintptr_t)b->lab;
    argv[n++] = b->handins[handin].path;
    argv[n] = NULL;
    pid = fork();
    if (pid < 0)
        broken("fork: %s", strerror(errno));
    if (pid == 0) {
        if (freopen(err, "w", stderr) != NULL)
            execv("/proc/self/exe", argv);
        _exit(EXIT_BROKEN);
    }
    b->job[slot].pid = pid;
    b->job[slot].handin = handin;
}

/* Why this hand-in has no grade: its grader's own words, or the test that is
 * wrong. */
static void
tell_error(const struct handin *h, int status, const char *err_path,
           const json_t *record)
{
    char line[400] = "";
    FILE *f = fopen(err_path, "r");
    json_t *row;
    size_t i;

    if (f != NULL && fgets(line, sizeof(line), f) != NULL)
        line[strcspn(line, "\n")] = 0;
    if (f != NULL)
        fclose(f);
    if (WIFSIGNALED(status))
        snprintf(line, sizeof(line), "grade: killed by signal %d",
                 WTERMSIG(status));
    json_array_foreach(json_object_get(record, "tests"), i, row)
    {
        if (line[0] == 0 && strcmp(text_of(row, "status"), "error") == 0)
            snprintf(line, sizeof(line), "test %s: %s", text_of(row, "name"),
                     text_of(row, "reason"));
    }
    fprintf(stderr, "%s%s is not graded: %s\n",
            isatty(STDERR_FILENO) ? "\r\033[K" : "", h->name, line);
}

/* Wait for one process and keep what it found.  Returns its slot. */
static long
wait_one(struct batch *b, struct gradebook *book)
{
    char path[PATH_BYTES + 32], err[PATH_BYTES + 32];
    int status;
    pid_t pid = wait(&status);
    long slot = 0;
    const struct handin *h;
    json_t *record = NULL;

    if (pid < 0)
        broken("wait: %s", strerror(errno));
    while (b->job[slot].pid != pid)
        slot++;
    h = &b->handins[b->job[slot].handin];
    output_path(b, b->job[slot].handin, ".json", path, sizeof(path));
    output_path(b, b->job[slot].handin, ".err", err, sizeof(err));
    if (status == 0)
        record = json_load_file(path, 0, NULL);
    if (!gradebook_put(book, h->name, h->changed, b->hidden, record)) {
        tell_error(h, status, err, record);
        b->errors++;
    }
    unlink(path);
    unlink(err);
    json_decref(record);
    b->job[slot].pid = 0;
    return slot;
}

static void
progress(size_t done, size_t all)
{
    enum { WIDTH = 40 };
    size_t filled = all > 0 ? done * WIDTH / all : WIDTH;

    if (!isatty(STDERR_FILENO))
        return;
    fprintf(stderr, "\r[%.*s%.*s] %zu of %zu", (int)filled,
            "########################################", (int)(WIDTH - filled),
            "........................................", done, all);
    if (done == all)
        fputc('\n', stderr);
}

static void
grade_all(struct batch *b, struct gradebook *book)
{
    size_t *todo = calloc(b->n + 1, sizeof(*todo)), n = 0, next = 0, done = 0;
    long slot, running = 0;

    if (todo == NULL)
        broken("no memory");
    for (size_t i = 0; i < b->n; i++)
        if (b->again || !gradebook_has(book, b->handins[i].name,
                                       b->handins[i].changed, b->hidden))
            todo[n++] = i;
    progress(0, n);
    while (done < n) {
        if (running < b->jobs && next < n) {
            slot = running++;
            start(b, slot, todo[next++]);
            continue;
        }
        slot = wait_one(b, book);
        progress(++done, n);
        if (next < n)
            start(b, slot, todo[next++]);
    }
    free(todo);
}

/* What all hand-ins have in common is done once, with what is handed out.  In a
 * process of its own: what is wrong with the lab, each hand-in's grader will
 * say. */
static void
prepare(struct batch *b)
{
    struct grade *g = &b->work;
    pid_t pid = fork();

    if (pid < 0)
        broken("fork: %s", strerror(errno));
    if (pid > 0) {
        waitpid(pid, NULL, 0);
        return;
    }
    if (freopen("/dev/null", "w", stderr) == NULL)
        _exit(EXIT_BROKEN);
    g->lab_folder = b->lab;
    g->submission = b->lab;
    g->trusted = b->trusted;
    find_kit(g);
    lab_load(g);
    record_begin(g);
    submission_take(g);
    if (g->trusted || sandbox_available())
        build_prepare(g);
    _exit(EXIT_GRADED);
}

/* ---- the command --------------------------------------------------------- */

int
batch_main(int argc, char *argv[])
{
    static const struct argp argp = {
        option_table,
        parse,
        "LAB DIR",
        "Grade every hand-in of the folder DIR for the lab in folder LAB.\v"
        "Exit status: 0 all are graded, whatever the scores; 1 wrong use; 2 "
        "some could not be graded: the next run tries them again.",
        NULL,
        NULL,
        NULL};
    static struct batch b = {.gradebook = "grades.sqlite",
                             .patience = PATIENCE_SECONDS};
    struct gradebook *book;
    char lab[PATH_BYTES];
    size_t len;

    b.jobs = sysconf(_SC_NPROCESSORS_ONLN);
    argp_parse(&argp, argc, argv, 0, NULL, &b);
    if (snprintf(lab, sizeof(lab), "%s/lab.lua", b.lab), access(lab, R_OK) != 0)
        wrong_use("%s: no folder of a lab: it has no lab.lua", b.lab);
    find_handins(&b);
    snprintf(lab, sizeof(lab), "%s", b.lab);
    for (len = strlen(lab); len > 1 && lab[len - 1] == '/'; len--)
        lab[len - 1] = 0;
    book = gradebook_open(
        b.gradebook, strrchr(lab, '/') != NULL ? strrchr(lab, '/') + 1 : lab);
    work_folder_make(&b.work);
    prepare(&b);
    grade_all(&b, book);
    gradebook_summary(book, stdout);
    gradebook_close(book);
    work_folder_remove();
    if (fflush(stdout) != 0)
        broken("standard output: %s", strerror(errno));
    return b.errors == 0 ? EXIT_GRADED : EXIT_BROKEN;
}
