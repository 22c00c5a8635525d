/*
 * line_mode.c - one 3215 on standard input and standard output
 *
 * What the console prints, typed lines included, goes to standard output as
 * it stands on the paper.  A line of standard input is typed when the console
 * waits for one; until it has come, virtual time stands still, so that a run
 * depends on the lines alone.  When the machine has nothing more to do and no
 * read is there for the next line, the request key is pressed, as a person
 * would.  Lines of a file may be typed before those of standard input.  A line
 * that begins with `!` is for this program:
 *
 *     !attention   press the request key; the cancel key while a read is
 *                  pending, when the request key has no effect
 *     !cancel      press the cancel key
 *     !pause MS    let MS milliseconds of virtual time pass
 *     !!TEXT       type !TEXT
 *
 * They are obeyed as soon as the line before has been taken.  After the end
 * of the input the machine runs on until nothing is left to run.  A program
 * that neither takes the line that waits nor comes to its end is stopped in
 * the end, so that it cannot hold up the one that called.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "console.h"
#include "front.h"
#include "stop.h"

#define NS_PER_MS UINT64_C(1000000)
#define NS_PER_S (1000 * NS_PER_MS)
#define SLICE_NS (50 * NS_PER_MS)

/* Ten minutes of a machine of 10 MIPS, and a day: a program that has taken no
 * line for so long will take none. */
#define LOOP_INSNS UINT64_C(6000000000)
#define LOOP_NS (86400 * NS_PER_S)

enum { LINE_CHARACTERS_MAX = 126, PAUSE_MAX_MS = 86400000 };

struct line_mode {
    struct machine *m;
    uint16_t devno;
    struct line_input input;
    const char *source; /* of the input, for messages */
    char *line;         /* waits to be typed or obeyed; NULL: none */
    size_t len_bytes;
    uint64_t limit_insns; /* machine_count() does not go beyond */
    uint64_t since_insns; /* count and time when the last line was taken, ... */
    uint64_t since_ns;    /* ... or when it was seen that none was there */
    bool at_end;          /* of the input */
    bool line_begun;      /* on standard output */
    bool idle;            /* nothing can happen without input */
    bool asked;           /* the request key was pressed for the line */
    uint64_t pause_end_ns; /* 0: no pause */
};

static void
print(void *ctx, const char *text, size_t len)
{
    struct line_mode *lm = ctx;

    fwrite(text, 1, len, stdout);
    lm->line_begun = text[len - 1] != '\n';
}

/* ---- messages ------------------------------------------------------------ */

/* Before anything goes to standard error. */
static void
finish_output(struct line_mode *lm)
{
    if (lm->line_begun)
        putchar('\n');
    lm->line_begun = false;
    fflush(stdout);
}

static int
bad_line(struct line_mode *lm, const char *what)
{
    char shown[WORD_SHOWN + 1];

    finish_output(lm);
    fprintf(stderr, "console: %s:%u: %s: %s\n", lm->source,
            lm->input.line_number, word_shown(lm->line, shown), what);
    return STATUS_INPUT;
}

static int
finish(struct line_mode *lm, enum machine_stop stop)
{
    int status = stop == STOP_IDLE ? STATUS_OK : stop_status(lm->m, stop);
    char why[300];

    finish_output(lm);
    if (ferror(stdout)) {
        fprintf(stderr, "console: standard output cannot be written\n");
        return STATUS_GUEST;
    }
    if (status != STATUS_OK) {
        stop_describe(lm->m, stop, why, sizeof(why));
        fprintf(stderr, "console: the machine has stopped: %s\n", why);
    }
    return status;
}

/* The machine goes on, but takes no line; or none will come. */
static int
no_progress(struct line_mode *lm)
{
    finish_output(lm);
    fprintf(
        stderr,
        "console: %s: the machine has taken no line for %llu instructions "
        "and %llu s of its time, and still does not wait: its program may "
        "be in a loop; --max-instructions N gives it N in all\n",
        lm->line != NULL ? "a line waits" : "the input is at its end",
        (unsigned long long)(machine_count(lm->m) - lm->since_insns),
        (unsigned long long)((machine_time(lm->m) - lm->since_ns) / NS_PER_S));
    return STATUS_GUEST;
}

static int
nobody_reads(struct line_mode *lm)
{
    char shown[WORD_SHOWN + 1];

    finish_output(lm);
    fprintf(stderr,
            "console: %s:%u: %s: nobody reads this line: the machine "
            "waits, no read is pending at %04X, and the request key does not "
            "help\n",
            lm->source, lm->input.line_number, word_shown(lm->line, shown),
            lm->devno);
    return STATUS_GUEST;
}

/* ---- a line -------------------------------------------------------------- */

/* NULL when the console has keys for all of the line, else what is wrong.
 * Tabs become blanks. */
static const char *
check_text(char *line, size_t len_bytes)
{
    uint8_t *c = (uint8_t *)line, *end = c + len_bytes;
    unsigned characters = 0;

    for (; c < end; c++) {
        if (*c == '\t')
            *c = ' ';
        if ((*c == 0xC2 && c[1] >= 0xA0) || (*c == 0xC3 && c[1] >= 0x80))
            c++; /* U+00A0 to U+00FF, as in code page 037 */
        else if (*c < 0x20 || *c > 0x7E)
            return "the line holds a character that a 3215 has no key for; "
                   "write text of code page 037 in UTF-8";
        if (++characters > LINE_CHARACTERS_MAX)
            return "the line is longer than the 126 characters of a 3215";
    }
    return NULL;
}

static void
progress(struct line_mode *lm)
{
    lm->since_insns = machine_count(lm->m);
    lm->since_ns = machine_time(lm->m);
}

static void
line_taken(struct line_mode *lm)
{
    lm->line = NULL;
    lm->idle = false;
    progress(lm);
}

static int
type_line(struct line_mode *lm, const char *text)
{
    const char *wrong = check_text(lm->line, lm->len_bytes);

    if (wrong != NULL)
        return bad_line(lm, wrong);
    if (!machine_console_waiting(lm->m, lm->devno)) {
        if (!lm->idle)
            return STATUS_OK; /* later */
        if (lm->asked)
            return nobody_reads(lm);
        machine_attention(lm->m, lm->devno);
        lm->asked = true;
        lm->idle = false;
        return STATUS_OK;
    }
    if (machine_type(lm->m, lm->devno, text) != 0)
        return bad_line(lm, machine_error(lm->m));
    line_taken(lm);
    return STATUS_OK;
}

static int
obey_line(struct line_mode *lm)
{
    char *words[WORDS_MAX];
    const char *error;
    int n = words_split(lm->line, words, &error);
    uint64_t ms;

    if (n == 1 && strcmp(words[0], "!attention") == 0) {
        console_attention(lm->m, lm->devno);
    } else if (n == 1 && strcmp(words[0], "!cancel") == 0) {
        machine_cancel(lm->m, lm->devno);
    } else if (n >= 1 && strcmp(words[0], "!pause") == 0) {
        if (n != 2 || !word_number(words[1], 10, PAUSE_MAX_MS, &ms))
            return bad_line(lm, "write !pause MS, milliseconds in decimal, "
                                "86400000 at most");
        lm->pause_end_ns = machine_time(lm->m) + ms * NS_PER_MS;
    } else {
        return bad_line(lm, "lines with ! are !attention, !cancel, !pause MS, "
                            "and !!TEXT for the text !TEXT");
    }
    line_taken(lm);
    return STATUS_OK;
}

static int
use_line(struct line_mode *lm)
{
    if (lm->line[0] != '!')
        return type_line(lm, lm->line);
    if (lm->line[1] == '!')
        return type_line(lm, lm->line + 1);
    return obey_line(lm);
}

/* After the lines of the file standard input comes.  False: that was it. */
static bool
next_source(struct line_mode *lm)
{
    if (lm->input.fd == STDIN_FILENO)
        return false;
    close(lm->input.fd);
    free(lm->input.buf);
    lm->input = (struct line_input){.fd = STDIN_FILENO};
    lm->source = "stdin";
    return true;
}

/* Look for the next line; wait for it when nothing can go on without. */
static void
next_line(struct line_mode *lm)
{
    bool wait = lm->idle || machine_console_waiting(lm->m, lm->devno);

    if (wait)
        fflush(stdout);
    switch (line_input_next(&lm->input, wait, &lm->line, &lm->len_bytes)) {
    case LINE_GIVEN:
        if (lm->len_bytes > 0 && lm->line[lm->len_bytes - 1] == '\r')
            lm->line[--lm->len_bytes] = '\0';
        lm->asked = false;
        break;
    case LINE_END:
        lm->at_end = !next_source(lm);
        lm->line = NULL;
        break;
    case LINE_NONE:
        lm->line = NULL;
        break;
    }
}

/* ---- running ------------------------------------------------------------- */

static enum machine_stop
run_on(struct line_mode *lm)
{
    uint64_t until_ns = machine_time(lm->m) + SLICE_NS;
    enum machine_stop stop;

    if (lm->pause_end_ns != 0)
        until_ns = lm->pause_end_ns;
    stop = machine_run(lm->m, lm->limit_insns - machine_count(lm->m), until_ns);
    lm->idle = stop == STOP_IDLE;
    if (lm->pause_end_ns != 0 &&
        (lm->idle || machine_time(lm->m) >= lm->pause_end_ns)) {
        lm->pause_end_ns = 0;
        progress(lm);
    }
    if (lm->line == NULL && !lm->at_end)
        progress(lm); /* a line may come yet */
    fflush(stdout);
    return stop;
}

static int
take_turns(struct line_mode *lm)
{
    enum machine_stop stop;
    int status;

    for (;;) {
        if (lm->pause_end_ns == 0) {
            if (lm->line == NULL && !lm->at_end)
                next_line(lm);
            if (lm->line != NULL && (status = use_line(lm)) != STATUS_OK)
                return status;
            if (lm->idle && lm->line == NULL && lm->at_end)
                return finish(lm, STOP_IDLE);
        }
        stop = run_on(lm);
        if (stop == STOP_WAIT || stop == STOP_CHECK ||
            (stop == STOP_LIMIT && machine_count(lm->m) >= lm->limit_insns))
            return finish(lm, stop);
        if (lm->pause_end_ns == 0 &&
            ((lm->limit_insns == UINT64_MAX &&
              machine_count(lm->m) - lm->since_insns > LOOP_INSNS) ||
             machine_time(lm->m) - lm->since_ns > LOOP_NS))
            return no_progress(lm);
    }
}

int
line_mode_main(struct machine *m, uint16_t devno, const char *typed,
               int typed_fd, uint64_t limit_insns)
{
    struct line_mode lm = {.m = m,
                           .devno = devno,
                           .input = {.fd = typed_fd},
                           .source = typed,
                           .limit_insns = limit_insns};
    int status;

    if (typed_fd < 0) {
        lm.input.fd = STDIN_FILENO;
        lm.source = "stdin";
    }

    if (machine_console_listen(m, devno, print, &lm) != 0) {
        fprintf(stderr, "console: %s; name another with --line\n",
                machine_error(m));
        return STATUS_INPUT;
    }
    machine_stop_at_read(m, true);
    status = take_turns(&lm);
    machine_console_listen(m, devno, NULL, NULL);
    if (lm.input.fd != STDIN_FILENO)
        close(lm.input.fd);
    free(lm.input.buf);
    return status;
}
