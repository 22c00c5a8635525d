/*
 * keys.c - what the keys of the host's keyboard do
 *
 * A 3215 has three keys besides those of a typewriter: REQUEST, which asks
 * the program for attention, END, which ends a line, and CANCEL, which ends a
 * read without one.  They are Esc, Enter and Ctrl-C; Enter is the request key
 * as well when the line is empty and no read is pending.  While one is, the
 * request key has no effect before it ends: Esc then presses CANCEL, so that
 * a program always hears of the person.
 */
#define NCURSES_WIDECHAR 1
#include <ncurses.h>

#include "console.h"

enum { CTRL_A = 1, CTRL_C = 3, CTRL_D = 4, CTRL_E = 5, CTRL_L = 12 };
enum { CTRL_Q = 17, CTRL_U = 21, CTRL_W = 23, ESCAPE = 27, DELETE = 127 };

/* ---- the 3215's keys ----------------------------------------------------- */

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

static void
edit(struct session *s, enum editor_key key)
{
    if (!editor_key(&session_terminal(s)->editor, key))
        beep();
}

static void
next_terminal(struct session *s, unsigned step)
{
    session_select(s, (s->current + step) % s->nterminals);
}

static void
function_key(struct session *s, wint_t key)
{
    if (key >= (wint_t)KEY_F(2) && key <= (wint_t)KEY_F(9)) {
        session_select(s, key - (wint_t)KEY_F(2));
        return;
    }
    switch (key) {
    case KEY_F(1):
        s->dialog = DIALOG_HELP;
        break;
    case KEY_F(10):
        s->dialog = DIALOG_END;
        break;
    case KEY_F(11):
    case KEY_BTAB:
        next_terminal(s, s->nterminals - 1);
        break;
    case KEY_F(12):
        next_terminal(s, 1);
        break;
    case KEY_PPAGE:
        scroll_by(s, (int)screen_page());
        break;
    case KEY_NPAGE:
        scroll_by(s, -(int)screen_page());
        break;
    case KEY_ENTER:
        press_end(s);
        break;
    case KEY_LEFT:
        edit(s, EDIT_LEFT);
        break;
    case KEY_RIGHT:
        edit(s, EDIT_RIGHT);
        break;
    case KEY_HOME:
        edit(s, EDIT_HOME);
        break;
    case KEY_END:
        edit(s, EDIT_END);
        break;
    case KEY_BACKSPACE:
        edit(s, EDIT_BACKSPACE);
        break;
    case KEY_DC:
        edit(s, EDIT_DELETE);
        break;
    case KEY_UP:
        edit(s, EDIT_UP);
        break;
    case KEY_DOWN:
        edit(s, EDIT_DOWN);
        break;
    case KEY_RESIZE:
        break;
    default:
        beep();
    }
}

static void
character(struct session *s, wint_t c)
{
    switch (c) {
    case '\r':
    case '\n':
        press_end(s);
        break;
    case ESCAPE:
        press_request(s);
        break;
    case CTRL_C:
        press_cancel(s);
        break;
    case CTRL_Q:
        s->dialog = DIALOG_END;
        break;
    case '\t':
        next_terminal(s, 1);
        break;
    case '\b':
    case DELETE:
        edit(s, EDIT_BACKSPACE);
        break;
    case CTRL_A:
        edit(s, EDIT_HOME);
        break;
    case CTRL_E:
        edit(s, EDIT_END);
        break;
    case CTRL_D:
        edit(s, EDIT_DELETE);
        break;
    case CTRL_U:
        edit(s, EDIT_ERASE);
        break;
    case CTRL_W:
        edit(s, EDIT_ERASE_WORD);
        break;
    case CTRL_L:
        clearok(curscr, TRUE);
        break;
    default:
        if (!editor_insert(&session_terminal(s)->editor, c))
            beep();
    }
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
    if (function)
        function_key(s, key);
    else
        character(s, key);
}
