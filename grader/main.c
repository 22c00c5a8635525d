/*
 * main.c - grade: the command line and the order of things
 *
 *     grade LAB DIR|ARCHIVE [--format F] [--output FILE] [--hidden] ...
 *     grade batch LAB DIR ...          (batch.c)
 *
 * Before anything that a submission could disturb there is a record of
 * "not finished, 0" in the output file; it is replaced after every test.  So
 * however a run ends, the file never holds more than was really earned.
 */
#include <argp.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch.h"
#include "grade.h"

const char *argp_program_version = "grade (CP-Lab) 1";

enum { OPT_HIDDEN = 256, OPT_TEST, OPT_REPLAY, OPT_TRUSTED, OPT_PATIENCE };

static const struct argp_option option_table[] = {
    {"format", 'f', "FORMAT", 0,
     "text (default), json, gradescope, junit, tap or csv", 0},
    {"output", 'o', "FILE", 0, "where the result goes (default: here)", 0},
    {"hidden", OPT_HIDDEN, NULL, 0, "run the lab's hidden tests as well", 0},
    {"test", OPT_TEST, "NAME", 0, "run this test, and what it needs", 0},
    {"replay", OPT_REPLAY, "REC", 0,
     "repeat --test to the place REC that a failure names, in the monitor", 0},
    {"patience", OPT_PATIENCE, "SECONDS", 0,
     "give up a test that this host has not done by then, as an error of ours "
     "(default: 600)",
     0},
    {"trusted", OPT_TRUSTED, NULL, 0,
     "the submission is harmless: build without a sandbox", 0},
    {0},
};

static const struct {
    const char *name;
    render_fn *render;
} formats[] = {
    {"text", render_text},   {"json", render_json},
    {"junit", render_junit}, {"gradescope", render_gradescope},
    {"tap", render_tap},     {"csv", render_csv},
};

struct arguments {
    struct grade g;
    render_fn *render;
    const char *output;
};

/* ---- ends ---------------------------------------------------------------- */

static void
complain(const char *format, va_list args)
{
    fputs("grade: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
}

void
broken(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    complain(format, args);
    va_end(args);
    work_folder_remove();
    exit(EXIT_BROKEN);
}

void
wrong_use(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    complain(format, args);
    va_end(args);
    work_folder_remove();
    exit(EXIT_USAGE);
}

/* ---- the command line ---------------------------------------------------- */

long
patience_of(const char *arg, const struct argp_state *state)
{
    enum { SECONDS_MAX = 86400 };
    char *end;
    long seconds = strtol(arg, &end, 10);

    if (*end != 0 || seconds < 1 || seconds > SECONDS_MAX)
        argp_error(state,
                   "--patience \"%s\": a number of seconds from 1 to %d is "
                   "wanted",
                   arg, SECONDS_MAX);
    return seconds;
}

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct arguments *a = state->input;
    size_t i;

    switch (key) {
    case 'f':
        for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
            if (strcmp(arg, formats[i].name) == 0) {
                a->render = formats[i].render;
                return 0;
            }
        argp_error(state,
                   "there is no format \"%s\"; text, json, gradescope, "
                   "junit, tap and csv are known",
                   arg);
        return 0;
    case 'o':
        a->output = arg;
        return 0;
    case OPT_HIDDEN:
        a->g.hidden = true;
        return 0;
    case OPT_TEST:
        a->g.only_test = arg;
        return 0;
    case OPT_REPLAY:
        a->g.replay = arg;
        return 0;
    case OPT_TRUSTED:
        a->g.trusted = true;
        return 0;
    case OPT_PATIENCE:
        a->g.patience = patience_of(arg, state);
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num == 0)
            a->g.lab_folder = arg;
        else if (state->arg_num == 1)
            a->g.submission = arg;
        else
            argp_error(state,
                       "one submission at a time; \"%s\" is one too "
                       "many",
                       arg);
        return 0;
    case ARGP_KEY_END:
        if (state->arg_num < 2)
            argp_error(state, "name the folder of a lab, and the folder or "
                              "archive with the submission");
        if (a->g.replay != NULL && a->g.only_test == NULL)
            argp_error(state, "--replay wants --test as well");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* The kit is above the folder that this program is in. */
void
find_kit(struct grade *g)
{
    char probe[PATH_BYTES + 32];
    ssize_t n = readlink("/proc/self/exe", g->bin, sizeof(g->bin) - 1);
    char *slash;

    if (n < 0)
        broken("cannot find out where grade is: %s", strerror(errno));
    g->bin[n] = 0;
    *strrchr(g->bin, '/') = 0;
    strcpy(g->root, g->bin);
    while ((slash = strrchr(g->root, '/')) != NULL) {
        *slash = 0;
        snprintf(probe, sizeof(probe), "%s/machine/sdk/lib", g->root);
        if (access(probe, R_OK | X_OK) == 0)
            return;
    }
    broken("cannot find the folder machine/sdk above %s", g->bin);
}

/* ---- the work ------------------------------------------------------------ */

static json_t *
test_named(const struct grade *g, const char *name)
{
    size_t i;
    json_t *test;

    json_array_foreach(json_object_get(g->lab, "tests"), i,
                       test) if (strcmp(text_of(test, "name"), name) ==
                                 0) return test;
    return NULL;
}

/* Is `test` the one of --test, or needed by it, at any distance?  Tests stand
 * behind those that they need, so there is an end to this. */
static bool
wanted(const struct grade *g, const json_t *test, const char *goal)
{
    const json_t *end = test_named(g, goal);
    json_t *name;
    size_t i;

    if (end == test)
        return true;
    json_array_foreach(
        json_object_get(end, "needs"), i,
        name) if (wanted(g, test, json_string_value(name))) return true;
    return false;
}

static void
run_tests(struct grade *g, const char *output, render_fn *render)
{
    json_t *test;
    size_t i;

    json_array_foreach(json_object_get(g->lab, "tests"), i, test)
    {
        if (g->only_test != NULL && !wanted(g, test, g->only_test))
            continue;
        run_test(g, test, record_row(g, test));
        record_sum(g);
        if (output != NULL)
            record_write(g, output, render);
    }
}

void
grade_submission(struct grade *g, const char *folder, const char *output,
                 render_fn *render)
{
    record_begin(g);
    if (output != NULL)
        record_write(g, output, render);
    if (!g->trusted && !sandbox_available())
        broken("no sandbox can be had here, and submissions may be hostile: "
               "install bubblewrap and allow user namespaces, or say "
               "--trusted if you trust this one");
    work_folder_make(g, folder);
    submission_take(g);
    if (g->replay != NULL)
        run_replay(g);
    run_tests(g, output, render);
    tester_end(g);
    json_object_set_new(g->record, "finished", json_true());
    record_sum(g);
    if (output != NULL)
        record_write(g, output, render);
}

int
main(int argc, char *argv[])
{
    static const struct argp argp = {
        option_table,
        parse,
        "LAB DIR|ARCHIVE",
        "Grade a submission for the lab in folder LAB.\v"
        "Exit status: 0 graded, whatever the score; 1 wrong use; 2 the grader "
        "could not do its work.",
        NULL,
        NULL,
        NULL};
    static struct arguments a = {.render = render_text,
                                 .g.patience = PATIENCE_SECONDS};
    struct grade *g = &a.g;

    argp_err_exit_status = EXIT_USAGE;
    if (argc > 1 && strcmp(argv[1], "batch") == 0)
        return batch_main(argc - 1, argv + 1);
    argp_parse(&argp, argc, argv, 0, NULL, &a);
    find_kit(g);
    lab_load(g);
    if (g->only_test != NULL && test_named(g, g->only_test) == NULL)
        wrong_use("lab %s has no test \"%s\"", text_of(g->lab, "name"),
                  g->only_test);
    grade_submission(g, NULL, a.output, a.render);
    if (a.output == NULL)
        a.render(g->record, stdout);
    json_decref(g->record);
    json_decref(g->built);
    json_decref(g->lab);
    lua_close(g->lua);
    work_folder_remove();
    if (fflush(stdout) != 0)
        broken("standard output: %s", strerror(errno));
    return EXIT_GRADED;
}
