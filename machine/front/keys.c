/*
 * keys.c - what the keys of the host's keyboard do
 *
 * A 3215 has three keys besides those of a typewriter: REQUEST, which asks
 * the program for attention, END, which ends a line, and CANCEL, which ends a
 * read without one.  They are Esc, Enter and Ctrl-C; Enter is the request key
 * as well when the line is empty and no read is pending.  While one is, the
 * request key has no effect before it ends: Esc then presses CANCEL, so that
 * a program always hears of the person.  The panel's keys are in panel_keys.c;
 * those of the program itself are the same in all tabs.
 */
#define NCURSES_WIDECHAR 1
#include <ncurses.h>

#include "console.h"

enum { CTRL_A = 1, CTRL_C = 3, CTRL_D = 4, CTRL_E = 5, CTRL_L = 12 };
enum { CTRL_Q = 17, CTRL_U = 21, CTRL_W = 23, ESCAPE = 27, DELETE = 127 };

/* ---- the 3215's keys ----------------------------------------------------- */

void
console_attention(struct machine *m, uint16_t devno)
{
    if (machine_console_waiting(m, devno))
        machine_cancel(m, devno);
    else
        machine_attention(m, devno);
}

static void
press_request(struct session *s)
{
    console_attention(s->m, session_terminal(s)->devno);
    s->hint = "attention";
}

static void
press_end(struct session *s)
{
    struct terminal *t = session_terminal(s);
    bool waiting = machine_console_waiting(s->m, t->devno);
    bool hidden = machine_console_hidden(s->m, t->devno);
    char text[2 * INPUT_MAX + 1];

    t->scrolled = 0;
    if (!waiting && t->editor.len == 0) {
        press_request(s);
        return;
    }
    editor_enter(&t->editor, hidden, text);
    machine_type(s->m, t->devno, text);
    if (!waiting)
        s->hint = "no read is pending: the line is kept for the next one; Esc "
                  "asks for attention";
}

static void
press_cancel(struct session *s)
{
    struct terminal *t = session_terminal(s);

    editor_key(&t->editor, EDIT_ERASE);
    if (machine_console_waiting(s->m, t->devno)) {
        machine_cancel(s->m, t->devno);
        s->hint = "the read was cancelled";
    } else {
        s->hint = "no read is pending that could be cancelled; F10 ends";
    }
}

/* ---- editing a line ------------------------------------------------------ */

static int
editing_function(wint_t key)
{
    switch (key) {
    case KEY_LEFT:
        return EDIT_LEFT;
    case KEY_RIGHT:
        return EDIT_RIGHT;
    case KEY_HOME:
        return EDIT_HOME;
    case KEY_END:
        return EDIT_END;
    case KEY_BACKSPACE:
        return EDIT_BACKSPACE;
    case KEY_DC:
        return EDIT_DELETE;
    case KEY_UP:
        return EDIT_UP;
    case KEY_DOWN:
        return EDIT_DOWN;
    default:
        return -1;
    }
}

static int
editing_character(wint_t c)
{
    switch (c) {
    case '\b':
    case DELETE:
        return EDIT_BACKSPACE;
    case CTRL_A:
        return EDIT_HOME;
    case CTRL_E:
        return EDIT_END;
    case CTRL_D:
        return EDIT_DELETE;
    case CTRL_U:
        return EDIT_ERASE;
    case CTRL_W:
        return EDIT_ERASE_WORD;
    default:
        return -1;
    }
}

bool
key_edits(struct editor *ed, wint_t key, bool function)
{
    int edit = function ? editing_function(key) : editing_character(key);

    if (edit < 0)
        return !function && editor_insert(ed, key);
    if (!editor_key(ed, (enum editor_key)edit))
        beep();
    return true;
}

/* ---- the program's keys -------------------------------------------------- */

static void
scroll_by(struct session *s, int lines)
{
    struct terminal *t = session_terminal(s);
    int top = (int)t->paper.count - (int)screen_page();
    int to = (int)t->scrolled + lines;

    if (to > top)
        to = top;
    t->scrolled = (unsigned)(to < 0 ? 0 : to);
}

/* From the panel back to the terminal that was looked at before. */
static void
next_terminal(struct session *s, unsigned step)
{
    if (s->at_panel || s->nterminals == 0)
        session_select(s, s->current);
    else
        session_select(s, (s->current + step) % s->nterminals);
}

/* The keys that are the same in every tab.  False: not one of them. */
static bool
program_key(struct session *s, wint_t key, bool function)
{
    if (function && key >= (wint_t)KEY_F(2) && key <= (wint_t)KEY_F(8))
        session_select(s, key - (wint_t)KEY_F(2));
    else if (function ? key == (wint_t)KEY_F(10) : key == CTRL_Q)
        s->dialog = DIALOG_END;
    else if (function ? key == (wint_t)KEY_F(12) : key == '\t')
        next_terminal(s, 1);
    else if (function && key == (wint_t)KEY_F(1))
        s->dialog = DIALOG_HELP;
    else if (function && key == (wint_t)KEY_F(9))
        s->at_panel = true;
    else if (function && (key == (wint_t)KEY_F(11) || key == KEY_BTAB))
        next_terminal(s, s->nterminals - 1);
    else if (!function && key == CTRL_L)
        clearok(curscr, TRUE);
    else
        return false;
    return true;
}

/* The keys of a terminal. */
static void
terminal_key(struct session *s, wint_t key, bool function)
{
    if (function ? key == KEY_ENTER : key == '\r' || key == '\n')
        press_end(s);
    else if (function && key == KEY_PPAGE)
        scroll_by(s, (int)screen_page());
    else if (function && key == KEY_NPAGE)
        scroll_by(s, -(int)screen_page());
    else if (!function && key == ESCAPE)
        press_request(s);
    else if (!function && key == CTRL_C)
        press_cancel(s);
    else if (!key_edits(&session_terminal(s)->editor, key, function))
        beep();
}

void
key_pressed(struct session *s, wint_t key, bool function)
{
    enum dialog dialog = s->dialog;

    if (function && key == KEY_RESIZE)
        return;
    s->hint = NULL;
    s->dialog = DIALOG_NONE;
    if (dialog == DIALOG_END) {
        s->end = !function && (key == 'y' || key == 'Y');
        return;
    }
    if (dialog == DIALOG_HELP)
        return;
    if (s->at_panel) {
        if (!panel_key(s, key, function) && !program_key(s, key, function))
            beep();
    } else if (!program_key(s, key, function)) {
        terminal_key(s, key, function);
    }
}
