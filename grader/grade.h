/*
 * grade.h - the grader's parts and what they hand to each other
 *
 * One submission is graded in steps: lab.c reads what the lab is made of,
 * submission.c takes the student's files, build.c makes the images in a
 * sandbox, run.c has each test executed by tester.c's process, record.c keeps
 * what came of it, render_*.c say it in the formats of the platforms.
 *
 * What a lab and a record consist of is kept as JSON values (jansson); the
 * head of record.c lists the members.  Points are hundredths, so that sums
 * are exact.
 *
 * Two kinds of error are kept apart everywhere.  What a submission does
 * wrong becomes a line of its record.  What we or the lab do wrong ends the
 * grader with exit status 2, or is a test of status "error".
 */
#ifndef GRADER_GRADE_H
#define GRADER_GRADE_H

#include <jansson.h>
#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

enum { EXIT_GRADED = 0, EXIT_USAGE = 1, EXIT_BROKEN = 2 };
/* The reason of a test whose image does not build; its detail are the messages.
 */
#define NO_BUILD "the system does not build"

enum { PATIENCE_SECONDS = 600 }; /* unless --patience is given */

/* Caps on what a submission can make us keep. */
enum {
    FILE_BYTES_MAX = 256 * 1024, /* a file that is handed in */
    DETAIL_BYTES_MAX = 4096,     /* a test's account of a failure */
    MESSAGES_BYTES_MAX = 4096,   /* what a compiler says */
    PATH_BYTES = 4096,
};

struct grade {
    const char *lab_folder, *submission;
    const char *only_test; /* --test; NULL: all */
    const char *replay;    /* --replay; NULL: none */
    const char *prepared;  /* work/out of a batch; NULL: none */
    bool hidden, trusted;
    long patience; /* seconds of the wall clock for a test: our problem, not the
                      student's */
    char root[PATH_BYTES]; /* the kit: the folder that has machine/sdk */
    char bin[PATH_BYTES];  /* the folder of grade, cc370 and machine */
    char work[PATH_BYTES]; /* ours, removed at the end */
    lua_State *lua;
    json_t *lab;
    json_t *record;
    json_t *built; /* build.c: what was built, and what went wrong */
    pid_t tester;  /* tester.c: the process that runs tests; 0: none ... */
    int tester_fd; /* ... and the way to it */
};

/* A problem of ours: message to standard error, work folder removed, exit
 * status 2. */
void broken(const char *format, ...)
    __attribute__((format(printf, 1, 2), noreturn));
/* The same for what is wrong in the call or the lab: exit status 1. */
void wrong_use(const char *format, ...)
    __attribute__((format(printf, 1, 2), noreturn));

/* work.c: make g->work, in the folder `inside` or (NULL) where such folders
 * are; called once.  It is removed when this process ends by broken(),
 * wrong_use() or a signal, and before any other end by this: */
void work_folder_remove(void);
void work_folder_make(struct grade *g, const char *inside);

/* main.c: find `root` and `bin`. */
void find_kit(struct grade *g);

/* lab.c: read lab.lua, points.txt and the tests; g->lua and g->lab are set. */
void lab_load(struct grade *g);
/* A Lua value as JSON: a table with [1] is an array, others are objects. */
json_t *lua_json(lua_State *lua, int index);

/* submission.c: copy the files that the lab asks for to work/src; what is
 * there and what is not goes into the record. */
void submission_take(struct grade *g);

/* build.c: make an image once.  Returns NULL, or why the submission cannot be
 * built (text for the student, owned by the record). */
const char *build_image(struct grade *g, const char *name);
/* Preprocess the given sources of all images, and what they need of the
 * library, once for many submissions: from work/src to work/out, which is
 * `prepared` there. */
void build_prepare(const struct grade *g);
/* Likewise the media of an image that is built, {"deck": "3505", "disk": type
 * of the disk}: files with these endings. */
const char *build_media(struct grade *g, const char *name, json_t *media);

/* sandbox.c */
struct sandbox {
    const char *src;      /* read-only, becomes /src and the current folder */
    const char *out;      /* the one place that can be written: /out */
    const char *prepared; /* read-only, becomes /prepared; NULL: none */
    const char *root;     /* the kit */
    const char *bin;
    unsigned cpu_seconds;
    bool trusted; /* no sandbox: limits and a clean environment only */
};
/* Run argv[0], a program of the kit's bin folder.  Standard output and error
 * go to `text`, at most size - 1 bytes.  Returns the exit status, or 128 + the
 * signal; SANDBOX_TIME when the time was up. */
enum { SANDBOX_TIME = 1000 };
int sandbox_run(const struct sandbox *s, char *const argv[], char *text,
                size_t size);
/* Whether programs can be confined here. */
bool sandbox_available(void);

/* confine.c: this process gives up rights, for good.  Errors are broken(). */
void confine_limits(unsigned cpu_seconds); /* storage, file size, time */
/* From now on only so many seconds more, of those that there are. */
void confine_time(unsigned cpu_seconds);
bool confine_files_possible(void);
/* Only these files, and what is below these folders (lists ended by NULL). */
void confine_files(const char *const readable[], const char *const writable[]);
/* No network, no other process; no program either, if so wanted. */
void confine_calls(bool may_start_programs);
/* From now on compute, change files in the current folder, and read those
 * below `readable`. */
void confine_process(unsigned cpu_seconds, const char *readable);

/* tester.c: a run of a test, in a process that has given up its rights.  The
 * result is what G.run() returns for it (grader/lua), or of status "error". */
struct job {
    size_t test; /* of the lab's list */
    int64_t seed;
    int64_t replay_machine; /* 0: none */
    int64_t replay_count;
};
json_t *tester_run(struct grade *g, const struct job *j);
/* End that process, if there is one; its status for waitpid(). */
int tester_end(struct grade *g);

/* run.c: run one test with all its seeds; its row is put into the record. */
void run_test(struct grade *g, json_t *test, json_t *row);
/* Repeat a test as --replay says and give the machine to the monitor.  Does
 * not return. */
void run_replay(struct grade *g) __attribute__((noreturn));

/* bind_machine.c, bind_state.c: the functions of libmachine for Lua, as table
 * `native`. */
void bind_machine(lua_State *lua);
/* volume.c: disk volumes, in the same table. */
void bind_volume(lua_State *lua);
/* bind_replacement.c: page replacement as it should be, likewise. */
void bind_replacement(lua_State *lua);

/* record.c */
void record_begin(struct grade *g);
/* A row for a test, of status "error" until something else is known. */
json_t *record_row(struct grade *g, json_t *test);
void record_sum(struct grade *g);
/* A string for records: valid UTF-8 without control bytes but newline and
 * tab, at most `max` bytes, the middle left out. */
json_t *record_text(const char *text, size_t len, size_t max);
const char *text_of(const json_t *object, const char *key);
int64_t number_of(const json_t *object, const char *key);
/* Points as people write them: "4", "2.5". */
const char *points_text(int64_t hundredths, char buf[24]);

/* Renderers: write the record to f. */
typedef void render_fn(const json_t *record, FILE *f);
render_fn render_text, render_json, render_gradescope, render_junit, render_tap,
    render_csv;
/* Replace the file at `path` by the record, all or nothing. */
void record_write(const struct grade *g, const char *path, render_fn *render);

/* main.c: grade one submission, with the lab loaded and a work folder of its
 * own (see work_folder_make()): g->record is what came of it.  `output`, if not
 * NULL, holds the record as it is after each test. */
void grade_submission(struct grade *g, const char *inside, const char *output,
                      render_fn *render);

#endif
