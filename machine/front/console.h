/*
 * console.h - the program `console`: terminals for people, or for a script
 *
 * console.c reads the command line.  At a terminal, session.c lets machine and
 * person take turns, keys.c obeys the keyboard, screen.c draws; each 3215 of
 * the machine is a tab with its paper (paper.c) and input line (editor.c),
 * and pace.c holds the machine to the wall clock.  Elsewhere line_mode.c
 * connects one 3215 to standard input (line_input.c) and standard output.
 */
#ifndef FRONT_CONSOLE_H
#define FRONT_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

#include "machine.h"

/* ---- paper.c: what a console has printed, for scrolling back ------------- */

enum {
    PAPER_COLUMNS = 126, /* print positions of a 3215 */
    PAPER_LINES = 2000,  /* older lines are thrown away */
};

struct paper_line {
    uint8_t length;
    uint8_t text[PAPER_COLUMNS]; /* ISO 8859-1, as code page 037 has it */
};

struct paper {
    struct paper_line *lines; /* a ring of PAPER_LINES */
    unsigned first, count;    /* count >= 1: the last one is being printed */
};

int paper_init(struct paper *p); /* -1: no memory */
void paper_free(struct paper *p);
/* UTF-8 as machine_console_listen() gives it.  Returns how many lines were
 * begun. */
unsigned paper_print(struct paper *p, const char *text, size_t len);
/* Line `n` from the end; 0 is the last one. */
const struct paper_line *paper_from_end(const struct paper *p, unsigned n);

/* ---- editor.c: the input line -------------------------------------------- */

enum {
    INPUT_MAX = 126, /* characters in a line */
    HISTORY_MAX = 100,
};

struct editor {
    wchar_t text[INPUT_MAX + 1];
    unsigned len, cursor;
    wchar_t history[HISTORY_MAX][INPUT_MAX + 1]; /* a ring */
    unsigned nhistory;                           /* entered so far */
    unsigned back; /* how far up the line was taken from; 0: it is new */
};

enum editor_key {
    EDIT_LEFT,
    EDIT_RIGHT,
    EDIT_HOME,
    EDIT_END,
    EDIT_BACKSPACE,
    EDIT_DELETE,
    EDIT_ERASE,      /* the whole line */
    EDIT_ERASE_WORD, /* before the cursor */
    EDIT_UP,
    EDIT_DOWN,
};

/* False: the key or character does nothing here (beep). */
bool editor_key(struct editor *ed, enum editor_key key);
bool editor_insert(struct editor *ed, wint_t c);
/* End the line: gives it in UTF-8 (up to 2 * INPUT_MAX bytes and a zero) and
 * begins a new one.  It goes into the history unless it is empty or secret. */
void editor_enter(struct editor *ed, bool secret, char text[2 * INPUT_MAX + 1]);

/* ---- pace.c: virtual time against the wall clock --------------------------
 */

struct pace {
    uint64_t wall_ns, virtual_ns; /* the two clocks agreed here */
    uint64_t sample_wall_ns, sample_count;
    uint64_t insns_per_second;
    bool starting; /* nobody could type yet: no pace is kept */
};

/* The two clocks agree now, and go on together; or, with pace_start(), from
 * the next pace_init(). */
void pace_init(struct pace *p, const struct machine *m);
void pace_start(struct pace *p, const struct machine *m);
/* Let the machine catch up with the wall clock, never pass it.  Comes back
 * after some 30 ms at the latest, so that keys are obeyed; a machine that
 * cannot keep up falls behind for good rather than rush later. */
enum machine_stop pace_run(struct pace *p, struct machine *m);

/* ---- session: the machine, its terminals, and the person ------------------
 */

struct terminal {
    struct session *session;
    uint16_t devno;
    struct paper paper;
    struct editor editor;
    unsigned scrolled; /* lines that the view is above the end */
    bool news;         /* printed while another tab was looked at */
};

enum dialog { DIALOG_NONE, DIALOG_HELP, DIALOG_END };

struct session {
    struct machine *m;
    struct terminal *terminals;
    unsigned nterminals, current;
    struct pace pace;
    bool stopped; /* by a disabled wait or a check stop */
    enum machine_stop stop;
    enum dialog dialog;
    const char *hint; /* instead of the list of keys, until the next key */
    bool dirty, end;
};

/* session.c.  Show the machine's consoles until the person ends it.  Returns
 * the exit status. */
int session_main(struct machine *m);
struct terminal *session_terminal(struct session *s); /* the current one */
void session_select(struct session *s, unsigned index);

/* keys.c.  Obey one key as get_wch() gives it: `function` says that it is a
 * KEY_ code. */
void key_pressed(struct session *s, wint_t key, bool function);

/* screen.c */
int screen_open(void); /* -1 after a message on standard error */
void screen_close(void);
void screen_draw(const struct session *s);
unsigned screen_page(void); /* lines that "page up" goes back */

/* console.c.  Make the program at the console hear of the person: the request
 * key or, while a read is pending, the cancel key. */
void console_attention(struct machine *m, uint16_t devno);

/* ---- line_mode.c ----------------------------------------------------------
 */

/* Connect 3215 `devno` to standard input and output.  Returns the exit
 * status. */
int line_mode_main(struct machine *m, uint16_t devno);

/* ---- line_input.c: lines from a file descriptor ---------------------------
 */

struct line_input {
    int fd;
    char *buf;
    size_t start, len, room; /* bytes in buf that were not given yet */
    unsigned line_number;    /* of the line given last */
    bool end;
};

enum line_state {
    LINE_GIVEN,
    LINE_NONE, /* no whole line is there yet */
    LINE_END,  /* end of file, or it cannot be read */
};

/* The next line without its end, valid until the next call; *len_bytes tells
 * a line with zero bytes.  Waits for it only with `wait`. */
enum line_state line_input_next(struct line_input *in, bool wait, char **line,
                                size_t *len_bytes);

#endif
