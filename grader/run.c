/*
 * run.c - one test, with all its seeds
 *
 * Whether it can be run, what came of it, and its repetition for the monitor.
 * A test with several seeds stops at the first that does not pass, and that
 * one decides.
 */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "grade.h"

/* ---- a test -------------------------------------------------------------- */

static void
set_text(json_t *row, const char *key, const char *text)
{
    json_object_set_new(row, key,
                        record_text(text, strlen(text), DETAIL_BYTES_MAX));
}

static size_t
index_of(const struct grade *g, const char *name)
{
    const json_t *tests = json_object_get(g->lab, "tests");
    size_t i = 0;

    while (strcmp(text_of(json_array_get(tests, i), "name"), name) != 0)
        i++;
    return i;
}

/* Tests that are not run: the reason goes into the row. */
static bool
cannot_run(struct grade *g, const json_t *test, json_t *row)
{
    const json_t *tests = json_object_get(g->record, "tests");
    json_t *name, *other;
    const char *text;
    char line[200];
    size_t i, k;

    json_array_foreach(json_object_get(test, "needs"), i, name)
    {
        json_array_foreach(tests, k, other)
        {
            if (strcmp(text_of(other, "name"), json_string_value(name)) != 0 ||
                strcmp(text_of(other, "status"), "pass") == 0)
                continue;
            snprintf(line, sizeof(line),
                     "it needs %s, which has not passed: first make that work",
                     json_string_value(name));
            set_text(row, "status", "skip");
            set_text(row, "reason", line);
            return true;
        }
    }
    if (!json_is_string(json_object_get(test, "image")))
        return false;
    text = build_image(g, text_of(test, "image"));
    if (text == NULL)
        text = build_media(g, text_of(test, "image"),
                           json_object_get(test, "media"));
    if (text == NULL)
        return false;
    set_text(row, "status", text[0] == '!' ? "error" : "fail");
    set_text(row, "reason", text[0] == '!' ? text + 1 : NO_BUILD);
    if (text[0] != '!')
        set_text(row, "detail", text);
    return true;
}

void
run_test(struct grade *g, json_t *test, json_t *row)
{
    struct job j = {.test = index_of(g, text_of(test, "name"))};
    int64_t seeds = number_of(test, "seeds"), share;
    json_t *result = NULL;

    if (cannot_run(g, test, row))
        return;
    for (j.seed = 0; j.seed < seeds; j.seed++) {
        json_decref(result);
        result = tester_run(g, &j);
        if (strcmp(text_of(result, "status"), "pass") != 0)
            break;
    }
    json_object_set_new(row, "reason", json_string(""));
    json_object_update(row, result);
    json_object_set_new(row, "seed", json_integer(j.seed < seeds ? j.seed : 0));
    /* Parts are weights; rounding is to the student's cost, by less than a
     * hundredth. */
    share = number_of(result, "parts_all") > 0
                ? number_of(test, "max") * number_of(result, "parts_passed") /
                      number_of(result, "parts_all")
                : 0;
    if (strcmp(text_of(row, "status"), "pass") == 0)
        share = number_of(test, "max");
    else if (strcmp(text_of(row, "status"), "partial") != 0)
        share = 0;
    json_object_set_new(row, "earned", json_integer(share));
    json_decref(result);
}

/* ---- replay -------------------------------------------------------------- */

static void
write_file(const struct grade *g, const char *name, const char *text)
{
    char path[PATH_BYTES + 32];
    FILE *f;

    snprintf(path, sizeof(path), "%s/run/%s", g->work, name);
    f = fopen(path, "w");
    if (f == NULL || fputs(text, f) == EOF || fclose(f) != 0)
        broken("%s: %s", path, strerror(errno));
}

/* The sources as the map names them, for the monitor's `list`. */
static void
link_sources(const struct grade *g)
{
    char path[PATH_BYTES + 300], target[300];
    const struct dirent *entry;
    DIR *dir;

    snprintf(path, sizeof(path), "%s/src", g->work);
    dir = opendir(path);
    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        snprintf(target, sizeof(target), "../src/%s", entry->d_name);
        snprintf(path, sizeof(path), "%s/run/%s", g->work, entry->d_name);
        if (symlink(target, path) != 0 && errno != EEXIST)
            broken("%s: %s", path, strerror(errno));
    }
    if (dir != NULL)
        closedir(dir);
}

/* The monitor takes the script, then what the person types.  Ctrl-C is for it
 * alone: it stops the machine that runs. */
static void
start_monitor(const struct grade *g, const json_t *result)
{
    char program[PATH_BYTES + 16], folder[PATH_BYTES + 8];
    pid_t monitor;

    write_file(g, "machine.conf", text_of(result, "config"));
    write_file(g, "machine.script", text_of(result, "script"));
    link_sources(g);
    monitor = fork();
    if (monitor < 0)
        broken("cannot start a process: %s", strerror(errno));
    if (monitor == 0) {
        snprintf(folder, sizeof(folder), "%s/run", g->work);
        snprintf(program, sizeof(program), "%s/machine", g->bin);
        if (chdir(folder) == 0)
            execl(program, "machine", "-f", "machine.conf", "--monitor",
                  "machine.script", "--monitor", "-", (char *)NULL);
        _exit(127);
    }
    signal(SIGINT, SIG_IGN);
    waitpid(monitor, NULL, 0);
}

void
run_replay(struct grade *g)
{
    struct job j = {.test = index_of(g, g->only_test)};
    const json_t *test =
        json_array_get(json_object_get(g->lab, "tests"), j.test);
    long long seed, machine, count;
    const char *text;
    json_t *result;
    int n = 0;

    if (sscanf(g->replay, "%lld:%lld:%lld%n", &seed, &machine, &count, &n) !=
            3 ||
        g->replay[n] != 0 || machine < 1 || seed < 0 || count < 0)
        wrong_use("--replay %s: SEED:MACHINE:COUNT is wanted, as a failure "
                  "names it",
                  g->replay);
    j.seed = seed;
    j.replay_machine = machine;
    j.replay_count = count;
    if (!json_is_string(json_object_get(test, "image")))
        wrong_use("test %s has no machine", g->only_test);
    text = build_image(g, text_of(test, "image"));
    if (text == NULL)
        text = build_media(g, text_of(test, "image"),
                           json_object_get(test, "media"));
    if (text != NULL)
        wrong_use("the submission cannot be built:\n%s", text);
    result = tester_run(g, &j);
    tester_end(g);
    if (text_of(result, "script")[0] == 0)
        wrong_use("the test cannot be repeated: %s", text_of(result, "reason"));
    start_monitor(g, result);
    work_folder_remove();
    exit(EXIT_GRADED);
}
