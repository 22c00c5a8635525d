/*
 * tester.c - the process that runs tests
 *
 * Tests run in a copy of this process that has given up all it does not need.
 * It is asked for one run after the other, a test with a seed each, and
 * answers with one JSON value that a zero byte ends.  There is a time limit of
 * the host for each, as the last resort: when a run has ended the process, or
 * was ended, the next one begins in another.
 */
#define _GNU_SOURCE /* SOCK_CLOEXEC */
#include <errno.h>
#include <lauxlib.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
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

/* ---- in the process of the tests ----------------------------------------- */

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

/* G.run(job) */
static json_t *
call_lua(const struct grade *g, const struct job *j)
{
    lua_State *lua = g->lua;
    const json_t *test =
        json_array_get(json_object_get(g->lab, "tests"), j->test);
    char out[PATH_BYTES + 8], src[PATH_BYTES + 8];
    json_t *result;

    snprintf(out, sizeof(out), "%s/out", g->work);
    snprintf(src, sizeof(src), "%s/src", g->work);
    lua_getglobal(lua, "G");
    lua_getfield(lua, -1, "run");
    lua_newtable(lua);
    set_string(lua, "test", text_of(test, "name"));
    set_string(lua, "images", out);
    set_string(lua, "files", src);
    set_string(lua, "lab_folder", g->lab_folder);
    set_string(lua, "submission", g->submission);
    set_integer(lua, "seed", j->seed);
    set_integer(lua, "replay_machine", j->replay_machine);
    set_integer(lua, "replay_count", j->replay_count);
    if (lua_pcall(lua, 1, 1, 0) != LUA_OK)
        result = json_pack("{s:s,s:o}", "status", "error", "reason",
                           json_string(lua_tostring(lua, -1)));
    else
        result = lua_json(lua, lua_gettop(lua));
    lua_settop(lua, 0);
    return result;
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

/* Of processor time, for all that may be asked for. */
static unsigned
seconds_for_all(const struct grade *g)
{
    unsigned seconds = 0;
    json_t *test;
    size_t i;

    json_array_foreach(json_object_get(g->lab, "tests"), i, test) seconds +=
        TEST_CPU_SECONDS * (unsigned)number_of(test, "seeds");
    return seconds;
}

static void
answer(int fd, const json_t *result)
{
    char *text = json_dumps(result, JSON_COMPACT);
    size_t len, sent = 0;

    if (text == NULL)
        _exit(2);
    for (len = strlen(text) + 1; sent < len;) {
        ssize_t n = write(fd, text + sent, len - sent);

        if (n <= 0)
            _exit(2);
        sent += (size_t)n;
    }
    free(text);
}

static void
work(const struct grade *g, int fd)
{
    char path[PATH_BYTES + 16];
    struct job j;
    json_t *result;

    snprintf(path, sizeof(path), "%s/run", g->work);
    if (chdir(path) != 0)
        _exit(2);
    keep_storage();
    confine_process(seconds_for_all(g), "..");
    while (read(fd, &j, sizeof(j)) == sizeof(j)) {
        confine_time(TEST_CPU_SECONDS);
        result = call_lua(g, &j);
        answer(fd, result);
        json_decref(result);
    }
    _exit(0);
}

/* ---- in the process that asks -------------------------------------------- */

static void
begin(struct grade *g)
{
    char path[PATH_BYTES + 32];
    int ends[2];

    snprintf(path, sizeof(path), "%s/run", g->work);
    mkdir(path, 0755);
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        broken("socketpair: %s", strerror(errno));
    fflush(stdout);
    g->tester = fork();
    if (g->tester < 0)
        broken("fork: %s", strerror(errno));
    if (g->tester == 0) {
        close(ends[0]);
        work(g, ends[1]);
    }
    close(ends[1]);
    g->tester_fd = ends[0];
}

/* All that comes, until the answer ends, the process, or the time. */
static char *
read_answer(int fd, size_t *len, time_t end)
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
        if (text[*len - 1] == 0)
            return text;
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

int
tester_end(struct grade *g)
{
    int status = 0;

    if (g->tester == 0)
        return 0;
    /* Where it has ended already this changes nothing. */
    kill(g->tester, SIGKILL);
    if (waitpid(g->tester, &status, 0) != g->tester)
        broken("waitpid: %s", strerror(errno));
    close(g->tester_fd);
    g->tester = 0;
    return status;
}

/* Why there is no answer: the process has ended, or the time is over. */
static json_t *
no_answer(struct grade *g, bool ended)
{
    int status = tester_end(g);

    if (!ended)
        return result_error("the test took more time than the grader has");
    if (!WIFSIGNALED(status))
        return result_error("the grader's process failed");
    return result_error(WTERMSIG(status) == SIGXCPU
                            ? "the test took more processor time than the "
                              "grader has"
                            : "the grader's process was killed");
}

json_t *
tester_run(struct grade *g, const struct job *j)
{
    json_t *result;
    char *text;
    size_t len;

    if (g->tester == 0)
        begin(g);
    /* Should it not arrive, there is no answer either. */
    send(g->tester_fd, j, sizeof(*j), MSG_NOSIGNAL);
    text = read_answer(g->tester_fd, &len, time(NULL) + g->patience);
    if (text == NULL || len == 0 || text[len - 1] != 0) {
        result = no_answer(g, text != NULL);
    } else {
        result = json_loadb(text, len - 1, 0, NULL);
        if (result == NULL) {
            tester_end(g);
            result = result_error("the grader's process made no sense");
        }
    }
    free(text);
    return result;
}
