/*
 * commands_debug.c - monitor commands that speak of the C source
 *
 * where, frame, up and down show the calls and choose one; print and locals
 * show values there, list its source.  The one that was chosen is forgotten
 * when the machine has executed an instruction.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "debug.h"
#include "monitor.h"

enum { CALLS_SHOWN = 64, CALLS_MAX = 1000000, LIST_LINES = 10 };

/* The number of the call that was chosen. */
static int
chosen(struct monitor *mon)
{
    uint64_t now = machine_count(mon->m);

    if (mon->frame_count != now)
        mon->frame = 0;
    mon->frame_count = now;
    return mon->frame;
}

/* ---- calls --------------------------------------------------------------- */

/* The parameters: as they were passed, or those of a body in the place of its
 * call as they are. */
static void
add_parameters(const struct machine *m, struct shown *t, const struct frame *f)
{
    const char *comma = "";

    for (size_t i = 0; f->fn != NULL && i < f->fn->nvariables; i++) {
        const struct cvariable *v = &f->fn->variables[i];
        struct cvalue value;

        if (!frame_is_parameter(f, v))
            continue;
        shown_add(t, "%s%s=", comma, v->name);
        comma = ", ";
        if (v->is_argument)
            value = frame_passed(f, v);
        else if (frame_value(m, f, v, &value) != FOUND) {
            shown_add(t, "?");
            continue;
        }
        shown_value(m, t, &value, false);
    }
}

static void
tell_call(struct monitor *mon, int n, const struct frame *f)
{
    struct shown t = {.n = 0};

    add_parameters(mon->m, &t, f);
    shown_add(&t, ")%s", f->body != 0 ? " in the place of its call" : "");
    if (f->file != NULL)
        shown_add(&t, " %s:%u", f->file, f->line);
    answer(mon, "#%d %06X %s(%s", n, f->at, f->name, t.buf);
}

static bool
no_call(struct monitor *mon, const char *word)
{
    uint64_t ia = 0;

    machine_get(mon->m, "ia", &ia);
    if (frame_waits(mon->m))
        complain(mon, word, "a wait, and R14 leads behind no call in a map");
    else
        complain(mon, word,
                 "no function of a map is at %06X, and R14 leads behind no "
                 "call in one",
                 (unsigned)ia);
    return false;
}

void
cmd_where(struct monitor *mon, const struct words *w)
{
    struct frame f;
    bool more;
    int n = 0;

    if (!frame_first(mon->m, &f)) {
        no_call(mon, w->word[0]);
        return;
    }
    if (f.how[0] != '\0')
        answer(mon, "%s", f.how);
    do {
        tell_call(mon, n++, &f);
        more = frame_up(mon->m, &f);
    } while (more && n < CALLS_SHOWN);
    if (f.why[0] != '\0')
        answer(mon, "the chain of calls ends: %s", f.why);
    else if (more)
        answer(mon, "and more: frame %d is the next one", n);
    answer(mon, "%s", "");
}

static void
choose(struct monitor *mon, const char *word, int n)
{
    struct frame f;

    if (!frame_find(mon->m, 0, &f))
        no_call(mon, word);
    else if (n < 0 || n >= CALLS_MAX || !frame_find(mon->m, n, &f))
        complain(mon, word, "there is no such call; `where' numbers them");
    else {
        mon->frame = n;
        tell_call(mon, n, &f);
    }
}

void
cmd_frame(struct monitor *mon, const struct words *w)
{
    uint64_t n = (uint64_t)chosen(mon);

    if (w->n > 1 && !operand_decimal(mon, w->word[1], "a call", &n))
        return;
    choose(mon, w->word[w->n - 1], n < CALLS_MAX ? (int)n : CALLS_MAX);
}

void
cmd_up(struct monitor *mon, const struct words *w)
{
    choose(mon, w->word[0], chosen(mon) + 1);
}

void
cmd_down(struct monitor *mon, const struct words *w)
{
    choose(mon, w->word[0], chosen(mon) - 1);
}

/* ---- values -------------------------------------------------------------- */

static bool
chosen_frame(struct monitor *mon, struct frame *f)
{
    return frame_find(mon->m, chosen(mon), f);
}

void
cmd_print(struct monitor *mon, const struct words *w)
{
    bool hex = strcmp(w->word[1], "/x") == 0, has_frame;
    char text[400] = "", error[EXPRESSION_ERROR];
    struct ctype made[EXPRESSION_TYPES];
    struct shown t = {.n = 0};
    struct cvalue value;
    struct frame f;
    size_t n;

    n = (size_t)snprintf(text, sizeof(text), "%s%s%s", hex ? "" : w->word[1],
                         hex || w->text[0] == '\0' ? "" : " ", w->text);
    while (n > 0 && n < sizeof(text) && text[n - 1] == ' ')
        text[--n] = '\0';
    has_frame = chosen_frame(mon, &f);
    if (n >= sizeof(text))
        complain(mon, "print", "the expression is too long");
    else if (!expression(mon->m, has_frame ? &f : NULL, text, &value, made,
                         error))
        complain(mon, n == 0 ? "print" : text, "%s", error);
    else {
        shown_value(mon->m, &t, &value, hex);
        answer(mon, "%s = %s", text, t.buf);
    }
}

void
cmd_locals(struct monitor *mon, const struct words *w)
{
    struct frame f;

    if (!chosen_frame(mon, &f)) {
        no_call(mon, w->word[0]);
        return;
    }
    if (f.fn == NULL) {
        complain(mon, w->word[0],
                 f.is_lost
                     ? "the variables of %s are not known in this wait"
                     : "%s is an assembler routine, without variables of C",
                 f.name);
        return;
    }
    for (size_t i = 0; i < f.fn->nvariables; i++) {
        const struct cvariable *v = &f.fn->variables[i];
        struct shown t = {.n = 0};
        struct cvalue value;

        if (!frame_sees(&f, v))
            continue;
        if (frame_value(mon->m, &f, v, &value) == FOUND)
            shown_value(mon->m, &t, &value, false);
        else
            shown_add(&t, "optimized away here");
        answer(mon, "%s = %s", v->name, t.buf);
    }
    answer(mon, "%s", "");
}

/* ---- list ---------------------------------------------------------------- */

static void
list_file(struct monitor *mon, const char *path, unsigned line)
{
    unsigned first = line > LIST_LINES / 2 ? line - LIST_LINES / 2 : 1, n = 0;
    FILE *f = fopen(path, "r");
    char *text = NULL;
    size_t room = 0;

    if (f == NULL) {
        complain(mon, path, "the source cannot be read from here");
        return;
    }
    while (getline(&text, &room, f) >= 0) {
        text[strcspn(text, "\r\n")] = '\0';
        if (++n == first && map_outdated(mon->m, path))
            answer(mon, "%s was changed after the image was built", path);
        if (n >= first && n < first + LIST_LINES)
            answer(mon, "%5u%s %s", n, n == line ? ">" : " ", text);
    }
    free(text);
    fclose(f);
    if (n < line)
        complain(mon, path, "the file has %u lines, and no line %u", n, line);
    answer(mon, "%s", "");
}

/* The places of a name; those in one file are one. */
static void
list_places(struct monitor *mon, const char *word, const uint32_t *at, int n)
{
    const char *listed[MAP_STOPS_MAX];
    int nlisted = 0, k;

    for (int i = 0; i < n && i < MAP_STOPS_MAX; i++) {
        unsigned line = 0;
        const char *file = map_line(mon->m, at[i], &line);

        for (k = 0; k < nlisted && listed[k] != file; k++)
            ;
        if (file == NULL || k < nlisted)
            continue;
        listed[nlisted++] = file;
        list_file(mon, file, line);
    }
    if (nlisted == 0)
        complain(mon, word, "no line of a map is there");
}

void
cmd_list(struct monitor *mon, const struct words *w)
{
    uint32_t stops[MAP_STOPS_MAX];
    char error[MAP_ERROR];
    struct map_source s;
    struct frame f;
    int n;

    if (w->n == 1) {
        if (chosen_frame(mon, &f) && f.file != NULL)
            list_file(mon, f.file, f.line);
        else
            no_call(mon, "list");
    } else if (map_source(mon->m, w->word[1], &s, error))
        list_file(mon, s.file, s.line);
    else if (error[0] != '\0')
        complain(mon, w->word[1], "%s", error);
    else if ((n = map_stops(mon->m, w->word[1], stops, error)) > 0)
        list_places(mon, w->word[1], stops, n);
    else if (operand_address(mon, w->word[1], &stops[0]))
        list_places(mon, w->word[1], stops, 1);
}
