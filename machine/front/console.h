/*
 * console.h - the program `console`: terminals for people, or for a script
 *
 * console.c reads the command line.  At a terminal, session.c lets machine and
 * person take turns, keys.c obeys the keyboard, screen.c draws; each 3215 of
 * the machine is a tab with its paper (paper.c) and input line (editor.c), the
 * operator's panel (panel.h) is another, and pace.c holds the machine to the
 * wall clock.  `machine --panel` is the same.  Elsewhere line_mode.c
 * connects one 3215 to standard input (line_input.c) and standard output.
 */
#ifndef FRONT_CONSOLE_H
#define FRONT_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

#include "editor.h"
#include "machine.h"
#include "panel.h"

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
uint64_t pace_wall_ns(void); /* the wall clock */
/* Let the machine catch up with the wall clock, never pass it.  Comes back
 * after some 30 ms at the latest, so that keys are obeyed; a machine that
 * cannot keep up falls behind for good rather than rush later. */
enum machine_stop pace_run(struct pace *p, struct machine *m);

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
    struct line_input typed;   /* lines to be typed first ... */
    struct terminal *typed_at; /* ... here; NULL: none are left */
    struct panel panel;
    bool at_panel; /* it is looked at, not the current terminal */
    struct pace pace;
    bool stopped;           /* the machine is not run */
    enum machine_stop stop; /* why: STOP_LIMIT is the operator */
    enum dialog dialog;
    const char *hint; /* instead of the list of keys, until the next key */
    bool dirty, end;
};

/* How a session begins. */
struct session_start {
    const char *program;  /* whose messages these are */
    bool panel;           /* with the panel; otherwise with a console */
    bool stopped;         /* nothing was loaded yet */
    uint16_t load_unit;   /* on the dials */
    int typed_fd;         /* lines to be typed first; -1: none; it is closed */
    uint16_t typed_devno; /* ... at this console, which is shown first */
};

/* session.c.  Show the machine's consoles and its panel until the person ends
 * it.  Returns the exit status. */
int session_main(struct machine *m, const struct session_start *start);
struct terminal *session_terminal(struct session *s); /* the current one */
void session_select(struct session *s, unsigned index);
/* The machine runs from now on; it does not any more. */
void session_run(struct session *s);
void session_stop(struct session *s, enum machine_stop stop);
/* Stopped by the operator's hand, or for it: the manual state. */
bool session_manual(const struct session *s);

/* keys.c.  Obey one key as get_wch() gives it: `function` says that it is a
 * KEY_ code. */
void key_pressed(struct session *s, wint_t key, bool function);
/* Let an input line have a key.  False: it is none that edits. */
bool key_edits(struct editor *ed, wint_t key, bool function);

/* screen.c */
int screen_open(const char *program); /* -1 after a message */
void screen_close(void);
void screen_draw(struct session *s);
unsigned screen_page(void); /* lines that "page up" goes back */
/* Fill a row with text in one attribute (attr_t), cut off at the edge. */
void screen_bar(int row, unsigned attributes, const char *text);
#define SCREEN_END_QUESTION \
    "End?  All that runs on the machine is lost.  y: end  n: go on"
/* "12.34 k", for something counted each second. */
void screen_rate(uint64_t rate, char *buf, size_t size);

/* keys.c.  Make the program at the console hear of the person: the request
 * key or, while a read is pending, the cancel key. */
void console_attention(struct machine *m, uint16_t devno);

/* ---- line_mode.c ----------------------------------------------------------
 */

/* Connect 3215 `devno` to standard input and output.  What typed_fd, of the
 * file `typed`, has comes before standard input; -1: nothing; it is closed.
 * The run ends after limit_insns instructions (UINT64_MAX: any number), or
 * when for very long no line was taken though there is one, or none will
 * come.  Returns the exit status. */
int line_mode_main(struct machine *m, uint16_t devno, const char *typed,
                   int typed_fd, uint64_t limit_insns);

#endif
