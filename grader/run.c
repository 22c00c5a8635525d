/*
 * run.c - one test: a process for each seed
 *
 * A test runs in a copy of this process that has given up all it does not
 * need, with a time limit of the host as the last resort.  It sends one JSON
 * value and ends.  A test with several seeds stops at the first that does not
 * pass, and that one decides.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <lauxlib.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "grade.h"

enum {
    TEST_CPU_SECONDS = 60,
    RESULT_BYTES_FIRST = 16 * 1024,
    RESULT_BYTES_MAX = 1 << 20,
};

struct job {
    struct grade *g;
    json_t *test;
    int64_t seed;
    int replay_machine; /* 0: none */
    int64_t replay_count;
};

static void
set_string(lua_State *lua, const char *key, const char *value)
{
    lua_pushstring(lua, value);
    lua_setfield(lua, -2, key);
}

static void
set_integer(lua_State *lua, const char *key, int64_t value)
{
    lua_pushinteger(lua, value);
    lua_setfield(lua, -2, key);
}

/* G.run(job): in the process of the test. */
static json_t *
call_lua(const struct job *j)
{
    lua_State *lua = j->g->lua;
    char out[PATH_BYTES + 8], src[PATH_BYTES + 8];

    snprintf(out, sizeof(out), "%s/out", j->g->work);
    snprintf(src, sizeof(src), "%s/src", j->g->work);
    lua_getglobal(lua, "G");
    lua_getfield(lua, -1, "run");
    lua_newtable(lua);
    set_string(lua, "test", text_of(j->test, "name"));
    set_string(lua, "images", out);
    set_string(lua, "files", src);
    set_string(lua, "lab_folder", j->g->lab_folder);
    set_string(lua, "submission", j->g->submission);
    set_integer(lua, "seed", j->seed);
    set_integer(lua, "replay_machine", j->replay_machine);
    set_integer(lua, "replay_count", j->replay_count);
    if (lua_pcall(lua, 1, 1, 0) != LUA_OK)
        return json_pack("{s:s,s:o}", "status", "error", "reason",
                         json_string(lua_tostring(lua, -1)));
    return lua_json(lua, lua_gettop(lua));
}

/* A machine is made of a few large pieces of storage, and a test makes one
 * machine after the other: let the next have the pieces of the last, instead of
 * new pages from the system. */
static void
keep_storage(void)
{
    enum { MIB = 1024 * 1024, PIECE_MIB = 32, KEPT_MIB = 128 };

    mallopt(M_MMAP_THRESHOLD, PIECE_MIB * MIB);
    mallopt(M_TRIM_THRESHOLD, KEPT_MIB * MIB);
}

static void
work_alone(const struct job *j, int to)
{
    char path[PATH_BYTES + 16];
    json_t *result;
    char *text;
    size_t len, sent = 0;

    snprintf(path, sizeof(path), "%s/run", j->g->work);
    if (chdir(path) != 0)
        _exit(2);
    keep_storage();
    confine_process(TEST_CPU_SECONDS, "..");
    result = call_lua(j);
    text = json_dumps(result, JSON_COMPACT);
    if (text == NULL)
        _exit(2);
    for (len = strlen(text); sent < len;) {
        ssize_t n = write(to, text + sent, len - sent);

        if (n <= 0)
            _exit(2);
        sent += (size_t)n;
    }
    _exit(0);
}

/* All that comes, until the end or the time limit. */
static char *
read_all(int fd, size_t *len, time_t end)
{
    size_t room = RESULT_BYTES_FIRST;
    char *text = malloc(room), *more;
    ssize_t n = 0;
    fd_set set;

    *len = 0;
    while (text != NULL && *len < RESULT_BYTES_MAX && time(NULL) < end) {
        struct timeval one = {1, 0};

        FD_ZERO(&set);
        FD_SET(fd, &set);
        if (select(fd + 1, &set, NULL, NULL, &one) <= 0)
            continue;
        n = read(fd, text + *len, room - *len);
        if (n <= 0)
            return text;
        *len += (size_t)n;
        if (*len == room) {
            room *= 2;
            more = realloc(text, room);
            if (more == NULL)
                break;
            text = more;
        }
    }
    free(text);
    return NULL;
}

static json_t *
result_error(const char *reason)
{
    return json_pack("{s:s,s:s}", "status", "error", "reason", reason);
}

static void
folder_make(const struct grade *g)
{
    char path[PATH_BYTES + 32];

    snprintf(path, sizeof(path), "%s/run", g->work);
    mkdir(path, 0755);
}

static json_t *
run_process(const struct job *j)
{
    int ends[2], status;
    json_t *result = NULL;
    char *text;
    size_t len;
    pid_t pid;

    folder_make(j->g);
    if (pipe(ends) != 0)
        broken("pipe: %s", strerror(errno));
    fflush(stdout);
    pid = fork();
    if (pid < 0)
        broken("fork: %s", strerror(errno));
    if (pid == 0) {
        close(ends[0]);
        work_alone(j, ends[1]);
    }
    close(ends[1]);
    text = read_all(ends[0], &len, time(NULL) + j->g->patience);
    close(ends[0]);
    if (text == NULL)
        kill(pid, SIGKILL);
    if (waitpid(pid, &status, 0) != pid)
        broken("waitpid: %s", strerror(errno));
    if (text == NULL)
        result = result_error("the test took more time than the grader has");
    else if (WIFSIGNALED(status))
        result = result_error(WTERMSIG(status) == SIGXCPU
                                  ? "the test took more processor time than "
                                    "the grader has"
                                  : "the grader's process was killed");
    else if (status != 0)
        result = result_error("the grader's process failed");
    if (result == NULL)
        result = json_loadb(text, len, 0, NULL);
    free(text);
    return result != NULL ? result
                          : result_error("the grader's process made no sense");
}

/* ---- a test -------------------------------------------------------------- */

static void
set_text(json_t *row, const char *key, const char *text)
{
    json_object_set_new(row, key,
                        record_text(text, strlen(text), DETAIL_BYTES_MAX));
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
    if (text == NULL) {
        lab_image_built(g, text_of(test, "image"));
        return false;
    }
    set_text(row, "status", text[0] == '!' ? "error" : "fail");
    set_text(row, "reason", text[0] == '!' ? text + 1 : NO_BUILD);
    if (text[0] != '!')
        set_text(row, "detail", text);
    return true;
}

void
run_test(struct grade *g, json_t *test, json_t *row)
{
    struct job j = {.g = g, .test = test};
    int64_t seeds = number_of(test, "seeds"), share;
    json_t *result = NULL;

    if (cannot_run(g, test, row))
        return;
    for (j.seed = 0; j.seed < seeds; j.seed++) {
        json_decref(result);
        result = run_process(&j);
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
    struct job j = {.g = g};
    json_t *test, *result;
    long long seed, count;
    const char *text;
    size_t i;
    int n = 0;

    if (sscanf(g->replay, "%lld:%d:%lld%n", &seed, &j.replay_machine, &count,
               &n) != 3 ||
        g->replay[n] != 0 || j.replay_machine < 1 || seed < 0 || count < 0)
        wrong_use("--replay %s: SEED:MACHINE:COUNT is wanted, as a failure "
                  "names it",
                  g->replay);
    j.seed = seed;
    j.replay_count = count;
    json_array_foreach(json_object_get(g->lab, "tests"), i,
                       test) if (strcmp(text_of(test, "name"), g->only_test) ==
                                 0) j.test = test;
    if (!json_is_string(json_object_get(j.test, "image")))
        wrong_use("test %s has no machine", g->only_test);
    text = build_image(g, text_of(j.test, "image"));
    if (text == NULL)
        text = build_media(g, text_of(j.test, "image"),
                           json_object_get(j.test, "media"));
    if (text != NULL)
        wrong_use("the submission cannot be built:\n%s", text);
    result = run_process(&j);
    if (text_of(result, "script")[0] == 0)
        wrong_use("the test cannot be repeated: %s", text_of(result, "reason"));
    start_monitor(g, result);
    work_folder_remove();
    exit(EXIT_GRADED);
}
