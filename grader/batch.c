/*
 * batch.c - grade batch LAB DIR: every hand-in of a folder
 *
 * As many as there are processors are graded at the same time, each in a
 * process of its own: a copy of the pool, which has the lab and knows nothing
 * of the gradebook.  The results go there as they come, while the pool goes on.
 * Killed and started again, the batch goes on with what is not there yet; a
 * hand-in that was changed since is graded again. What could not be graded is
 * told at once, with its cause, and makes the exit status 2.
 */
#define _XOPEN_SOURCE 700
#include <argp.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "batch.h"
#include "grade.h"

enum { JOBS_MAX = 256 };
enum { OPT_HIDDEN = 256, OPT_TRUSTED, OPT_AGAIN, OPT_PATIENCE };

struct batch {
    const char *lab, *folder, *gradebook;
    bool hidden, trusted, again;
    long jobs, patience;
    struct handins handins;
    size_t errors;
    struct grade work; /* the lab, and the batch's folder */
    pid_t pool;
    int to_pool, from_pool;
    struct {
        pid_t pid; /* 0: free */
        size_t handin;
    } job[JOBS_MAX];
};

/* What the pool says of a hand-in: how its process ended. */
struct outcome {
    size_t handin;
    int status;
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

/* ---- the pool ------------------------------------------------------------ */

/* The result of a hand-in, ".json", or what its grader complained, ".err". */
static void
output_path(const struct batch *b, size_t handin, const char *ending,
            char *path, size_t size)
{
    snprintf(path, size, "%s/%zu%s", b->work.work, handin, ending);
}

/* Grade a hand-in, in a process of its own. */
static void
grade_handin(struct batch *b, size_t handin)
{
    struct grade *g = &b->work;
    char path[PATH_BYTES + 32], err[PATH_BYTES + 32], folder[PATH_BYTES];

    output_path(b, handin, ".json", path, sizeof(path));
    output_path(b, handin, ".err", err, sizeof(err));
    if (freopen(err, "w", stderr) == NULL)
        _exit(EXIT_BROKEN);
    if (g->lua == NULL)
        lab_load(g);
    snprintf(folder, sizeof(folder), "%s", g->work);
    g->submission = b->handins.item[handin].path;
    grade_submission(g, folder, NULL, NULL);
    record_write(g, path, render_json);
    work_folder_remove();
    _exit(EXIT_GRADED);
}

static void
start(struct batch *b, const int ends[2], size_t handin)
{
    long slot = 0;
    pid_t pid = fork();

    if (pid < 0)
        broken("fork: %s", strerror(errno));
    if (pid == 0) {
        close(ends[0]);
        close(ends[1]);
        grade_handin(b, handin);
    }
    while (b->job[slot].pid != 0)
        slot++;
    b->job[slot].pid = pid;
    b->job[slot].handin = handin;
}

/* Wait for one process, and pass on what became of it. */
static void
wait_one(struct batch *b, int to)
{
    struct outcome outcome;
    pid_t pid = wait(&outcome.status);
    long slot = 0;

    if (pid < 0)
        broken("wait: %s", strerror(errno));
    while (b->job[slot].pid != pid)
        slot++;
    b->job[slot].pid = 0;
    outcome.handin = b->job[slot].handin;
    if (write(to, &outcome, sizeof(outcome)) != sizeof(outcome))
        _exit(EXIT_BROKEN);
}

/* What all hand-ins have in common is done once, with what is handed out.  In a
 * process of its own: false when something is wrong with the lab, which each
 * hand-in's process will say. */
static bool
prepare(struct batch *b)
{
    struct grade *g = &b->work;
    pid_t pid = fork();
    int status;

    if (pid < 0)
        broken("fork: %s", strerror(errno));
    if (pid > 0)
        return waitpid(pid, &status, 0) == pid && status == 0;
    if (freopen("/dev/null", "w", stderr) == NULL)
        _exit(EXIT_BROKEN);
    g->submission = b->lab;
    lab_load(g);
    record_begin(g);
    submission_take(g);
    if (g->trusted || sandbox_available())
        build_prepare(g);
    _exit(EXIT_GRADED);
}

/* The pool: reads the numbers of hand-ins, all of them, and grades these. */
static void
run_pool(struct batch *b, const int ends[2])
{
    size_t *todo = calloc(b->handins.n + 1, sizeof(*todo)), n = 0;
    char prepared[PATH_BYTES + 8];
    long running = 0;

    if (todo == NULL)
        broken("no memory");
    while (read(ends[0], &todo[n], sizeof(*todo)) == sizeof(*todo))
        n++;
    if (n > 0 && prepare(b)) {
        lab_load(&b->work);
        snprintf(prepared, sizeof(prepared), "%s/out", b->work.work);
        b->work.prepared = prepared;
    }
    if (!b->trusted)
        sandbox_available();
    for (size_t next = 0; next < n || running > 0;) {
        if (next < n && running < b->jobs) {
            start(b, ends, todo[next++]);
            running++;
        } else {
            wait_one(b, ends[1]);
            running--;
        }
    }
    _exit(EXIT_GRADED);
}

/* ---- the gradebook --------------------------------------------------------
 */

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

/* Keep what was found about a hand-in. */
static void
keep(struct batch *b, struct gradebook *book, const struct outcome *outcome)
{
    char path[PATH_BYTES + 32], err[PATH_BYTES + 32];
    const struct handin *h = &b->handins.item[outcome->handin];
    json_t *record = NULL;

    output_path(b, outcome->handin, ".json", path, sizeof(path));
    output_path(b, outcome->handin, ".err", err, sizeof(err));
    if (outcome->status == 0)
        record = json_load_file(path, 0, NULL);
    if (!gradebook_put(book, h->name, h->changed, b->hidden, record)) {
        tell_error(h, outcome->status, err, record);
        b->errors++;
    }
    unlink(path);
    unlink(err);
    json_decref(record);
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

/* Tell the pool what there is to do, and keep what comes of it. */
static void
grade_all(struct batch *b, struct gradebook *book)
{
    size_t n = 0, done = 0;
    struct outcome outcome;

    for (size_t i = 0; i < b->handins.n; i++)
        if (b->again || !gradebook_has(book, b->handins.item[i].name,
                                       b->handins.item[i].changed, b->hidden)) {
            if (write(b->to_pool, &i, sizeof(i)) != sizeof(i))
                broken("the pool of graders has ended");
            n++;
        }
    close(b->to_pool);
    progress(0, n);
    while (done < n) {
        if (read(b->from_pool, &outcome, sizeof(outcome)) != sizeof(outcome))
            broken("the pool of graders has ended");
        keep(b, book, &outcome);
        progress(++done, n);
    }
    waitpid(b->pool, NULL, 0);
}

/* Made before the gradebook is opened: what is graded has no copy of it. */
static void
make_pool(struct batch *b)
{
    int todo[2], outcomes[2];

    if (pipe(todo) != 0 || pipe(outcomes) != 0 || (b->pool = fork()) < 0)
        broken("cannot start a process: %s", strerror(errno));
    if (b->pool == 0) {
        close(todo[1]);
        close(outcomes[0]);
        run_pool(b, (const int[]){todo[0], outcomes[1]});
    }
    signal(SIGPIPE, SIG_IGN); /* write() tells */
    close(todo[0]);
    close(outcomes[1]);
    b->to_pool = todo[1];
    b->from_pool = outcomes[0];
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
    handins_find(&b.handins, b.folder, b.gradebook);
    b.work.lab_folder = b.lab;
    b.work.hidden = b.hidden;
    b.work.trusted = b.trusted;
    b.work.patience = b.patience;
    find_kit(&b.work);
    work_folder_make(&b.work, NULL);
    make_pool(&b);
    snprintf(lab, sizeof(lab), "%s", b.lab);
    for (len = strlen(lab); len > 1 && lab[len - 1] == '/'; len--)
        lab[len - 1] = 0;
    book = gradebook_open(
        b.gradebook, strrchr(lab, '/') != NULL ? strrchr(lab, '/') + 1 : lab);
    grade_all(&b, book);
    gradebook_summary(book, stdout);
    handins_tell_others(&b.handins, stdout);
    gradebook_close(book);
    work_folder_remove();
    if (fflush(stdout) != 0)
        broken("standard output: %s", strerror(errno));
    return b.errors == 0 ? EXIT_GRADED : EXIT_BROKEN;
}
