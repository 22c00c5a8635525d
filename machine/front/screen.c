/*
 * screen.c - draws a session with ncurses
 *
 * From top to bottom: the tabs; the paper of the current terminal, its end at
 * the bottom; the input line; the keys, or a message; the status of the
 * machine.  Everything is drawn anew each time, ncurses sends what differs;
 * no place depends on an earlier size of the window.  Colours are not used
 * here, only reverse and bold, which a monochrome display has as well.  The
 * panel, a tab like the others, is drawn by panel_draw.c.
 */
#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "console.h"
#include "front.h"
#include "stop.h"

/* Rows that are not paper: tabs, input, keys, status. */
enum { ROWS_AROUND = 4, TAB_WIDTH = 10, FIRST_TAB_KEY = 2, LAST_TAB_KEY = 8 };

/* As many rows as the paper has in 24. */
static const char *const help[] = {
    "F2 ... F8         terminals 1 to 7; the first is the operator's console",
    "F9                the operator's panel",
    "Tab, F12          the next terminal       Shift-Tab, F11   the one before",
    "                  * marks a terminal that has printed something new",
    "",
    "Enter             end of the line: it goes to the program that reads",
    "Esc               attention: the request key; ends a read that is pending",
    "                  So does Enter with an empty line when no read is "
    "pending",
    "Ctrl-C            the cancel key: ends a read without a line",
    "",
    "Page Up, Down     look back over the paper",
    "Up, Down          lines entered earlier",
    "Left Right Home End Backspace Delete  Ctrl-A Ctrl-E Ctrl-U Ctrl-W   edit",
    "Ctrl-L            draw the screen again",
    "F10, Ctrl-Q       end (asks first)",
    "",
    "Before the input line, > says that a read is pending, - that none is: a",
    "line sent then is kept for the next read.  What you type is not shown "
    "when",
    "the program has asked for a secret.",
    "Any key goes back.",
};

/* Terminals of today send these, whatever TERM says: a person whose TERM is
 * that of a plain one has function keys all the same. */
static void
usual_keys(void)
{
    static const struct {
        const char *sends;
        int key;
    } usual[] = {
        /* clang-format off */
        {"\033[A", KEY_UP}, {"\033[B", KEY_DOWN},
        {"\033[C", KEY_RIGHT}, {"\033[D", KEY_LEFT},
        {"\033OA", KEY_UP}, {"\033OB", KEY_DOWN},
        {"\033OC", KEY_RIGHT}, {"\033OD", KEY_LEFT},
        {"\033[H", KEY_HOME}, {"\033[F", KEY_END},
        {"\033[1~", KEY_HOME}, {"\033[4~", KEY_END},
        {"\033[3~", KEY_DC}, {"\033[5~", KEY_PPAGE},
        {"\033[6~", KEY_NPAGE},
        {"\033OP", KEY_F(1)}, {"\033OQ", KEY_F(2)},
        {"\033OR", KEY_F(3)}, {"\033OS", KEY_F(4)},
        {"\033[11~", KEY_F(1)}, {"\033[12~", KEY_F(2)},
        {"\033[13~", KEY_F(3)}, {"\033[14~", KEY_F(4)},
        {"\033[15~", KEY_F(5)}, {"\033[17~", KEY_F(6)},
        {"\033[18~", KEY_F(7)}, {"\033[19~", KEY_F(8)},
        {"\033[20~", KEY_F(9)}, {"\033[21~", KEY_F(10)},
        {"\033[23~", KEY_F(11)}, {"\033[24~", KEY_F(12)},
        /* clang-format on */
    };
    size_t i;

    for (i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
        if (key_defined(usual[i].sends) == 0)
            define_key(usual[i].sends, usual[i].key);
}

int
screen_open(const char *program)
{
    const char *type = getenv("TERM");
    SCREEN *screen = newterm(NULL, stdout, stdin);

    if (screen == NULL) {
        fprintf(stderr,
                "%s: a terminal of type \"%s\" is not known; set TERM\n",
                program, type == NULL ? "" : type);
        return -1;
    }
    set_term(screen);
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    usual_keys();
    nodelay(stdscr, TRUE);
    set_escdelay(50);
    panel_colours();
    return 0;
}

void
screen_close(void)
{
    endwin();
}

unsigned
screen_page(void)
{
    return LINES > ROWS_AROUND + 2 ? (unsigned)(LINES - ROWS_AROUND - 1) : 1;
}

void
screen_bar(int row, unsigned attributes, const char *text)
{
    attrset((attr_t)attributes);
    mvhline(row, 0, ' ', COLS);
    mvaddnstr(row, 0, text, COLS);
    attrset(A_NORMAL);
}

/* ---- tabs ---------------------------------------------------------------- */

static void
draw_tabs(const struct session *s)
{
    unsigned fit = COLS < 3 * TAB_WIDTH ? 1 : (unsigned)(COLS / TAB_WIDTH) - 1;
    unsigned first = s->current < fit ? 0 : s->current - fit + 1, i;
    char key[8], tab[TAB_WIDTH + 8];

    for (i = first; i < s->nterminals && i < first + fit; i++) {
        const struct terminal *t = &s->terminals[i];

        key[0] = '\0';
        if (i + FIRST_TAB_KEY <= LAST_TAB_KEY)
            snprintf(key, sizeof(key), "F%u", i + FIRST_TAB_KEY);
        snprintf(tab, sizeof(tab), " %2s %03X%c ", key, t->devno,
                 t->news ? '*' : ' ');
        attrset(i == s->current && !s->at_panel ? A_REVERSE | A_BOLD
                : t->news                       ? A_BOLD
                                                : A_NORMAL);
        mvaddnstr(0, (int)(i - first) * TAB_WIDTH, tab, TAB_WIDTH - 1);
    }
    attrset(s->at_panel ? A_REVERSE | A_BOLD : A_NORMAL);
    if (COLS >= 2 * TAB_WIDTH)
        mvaddstr(0, COLS - TAB_WIDTH, " F9 panel ");
    attrset(A_NORMAL);
}

/* ---- paper --------------------------------------------------------------- */

static int
rows_of(const struct paper_line *line)
{
    return line->length == 0 ? 1 : (line->length + COLS - 1) / COLS;
}

static void
draw_paper_line(int row, const struct paper_line *line, int top)
{
    wchar_t text[PAPER_COLUMNS + 1];
    int i, from;

    for (i = 0; i < line->length; i++)
        text[i] = line->text[i];
    for (from = 0; from < line->length; from += COLS, row++)
        if (row >= top)
            mvaddnwstr(row, 0, text + from,
                       line->length - from < COLS ? line->length - from : COLS);
}

/* The lines from the one that is last in view upwards.  A new empty line at
 * the very end is not worth a row. */
static void
draw_paper(const struct terminal *t, int top, int bottom)
{
    unsigned n = t->scrolled;
    const struct paper_line *line = paper_from_end(&t->paper, n);
    int row = bottom;

    if (n == 0 && line->length == 0)
        n++;
    for (; n < t->paper.count && row > top; n++) {
        line = paper_from_end(&t->paper, n);
        row -= rows_of(line);
        draw_paper_line(row, line, top);
    }
}

static void
draw_help(int top, int bottom)
{
    int i, n = sizeof(help) / sizeof(help[0]);

    for (i = 0; i < n && top + i < bottom; i++)
        mvaddnstr(top + i, 0, help[i], COLS);
}

/* ---- the input line ------------------------------------------------------ */

/* Shows the part of the line round the cursor.  Returns the cursor's column. */
static int
draw_input(const struct session *s, const struct terminal *t, int row)
{
    bool waiting = machine_console_waiting(s->m, t->devno);
    bool hidden = machine_console_hidden(s->m, t->devno);
    const struct editor *ed = &t->editor;
    int room = COLS - 3, cursor = (int)ed->cursor, from;

    mvaddstr(row, 0, waiting ? "> " : "- ");
    if (room < 1)
        return 0;
    if (hidden) {
        attrset(A_BOLD);
        mvaddnstr(row, 2, "(not shown)", room);
        attrset(A_NORMAL);
        return 2;
    }
    from = cursor < room ? 0 : cursor - room;
    mvaddnwstr(row, 2, ed->text + from,
               (int)ed->len - from < room ? (int)ed->len - from : room);
    return 2 + cursor - from;
}

/* ---- keys and status ----------------------------------------------------- */

static void
draw_keys(const struct session *s, const struct terminal *t, int row)
{
    char text[400], why[300];

    if (s->dialog == DIALOG_END) {
        screen_bar(row, A_REVERSE | A_BOLD, SCREEN_END_QUESTION);
        return;
    }
    if (session_manual(s)) {
        screen_bar(row, A_REVERSE | A_BOLD,
                   "THE MACHINE IS STOPPED at the operator's panel: F9");
        return;
    }
    if (s->stopped) {
        stop_describe(s->m, s->stop, why, sizeof(why));
        snprintf(text, sizeof(text), "THE MACHINE HAS STOPPED: %s", why);
        screen_bar(row, A_REVERSE | A_BOLD, text);
        return;
    }
    if (s->hint != NULL)
        screen_bar(row, A_BOLD, s->hint);
    else if (t->scrolled > 0) {
        snprintf(text, sizeof(text),
                 "%u lines above the end; Page Down goes back", t->scrolled);
        screen_bar(row, A_BOLD, text);
    } else
        screen_bar(row, A_NORMAL,
                   "F1 help  Tab next terminal  Esc attention  ^C cancel  PgUp "
                   "scroll  F10 end");
}

void
screen_rate(uint64_t rate, char *buf, size_t size)
{
    if (rate >= 1000000)
        snprintf(buf, size, "%.2f M", (double)rate / 1e6);
    else if (rate >= 1000)
        snprintf(buf, size, "%.2f k", (double)rate / 1e3);
    else
        snprintf(buf, size, "%u", (unsigned)rate);
}

static void
draw_status(const struct session *s, int row)
{
    uint64_t psw = 0, tod = 0;
    struct tod_date d;
    char text[160], rate[32];
    const char *state;

    machine_get(s->m, "psw", &psw);
    machine_get(s->m, "tod", &tod);
    d = tod_to_date(tod);
    state = s->stopped ? "STOP" : machine_waiting(s->m) ? "WAIT" : "RUN ";
    screen_rate(s->pace.insns_per_second, rate, sizeof(rate));
    snprintf(text, sizeof(text),
             " %s  PSW %08X %08X  %04u-%02u-%02u %02u:%02u:%02u  "
             "instructions %s/s",
             state, (unsigned)(psw >> 32), (unsigned)psw, d.year, d.month,
             d.day, d.hour, d.minute, d.second, rate);
    screen_bar(row, A_REVERSE, text);
}

static void
draw_panel(struct session *s)
{
    int column;

    draw_tabs(s);
    column = panel_draw(s);
    /* Where there is nothing to type the cursor only disturbs. */
    curs_set(column >= 0);
    if (column >= 0)
        move(panel_input_row(), column);
    refresh();
}

void
screen_draw(struct session *s)
{
    const struct terminal *t = &s->terminals[s->current];
    int column;

    erase();
    if (s->at_panel) {
        draw_panel(s);
        return;
    }
    curs_set(1);
    if (LINES <= ROWS_AROUND) {
        screen_bar(0, A_BOLD, "the window is too small");
        refresh();
        return;
    }
    draw_tabs(s);
    if (s->dialog == DIALOG_HELP)
        draw_help(1, LINES - 3);
    else
        draw_paper(t, 1, LINES - 3);
    column = draw_input(s, t, LINES - 3);
    draw_keys(s, t, LINES - 2);
    draw_status(s, LINES - 1);
    move(LINES - 3, column);
    refresh();
}
