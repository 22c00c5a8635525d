/*
 * panel_keys.c - the keys of the panel
 *
 * A letter is a key of the machine.  Those that need a value ask for it on
 * the line above the list of keys: Enter gives it, Esc leaves all as it is.
 */
#define NCURSES_WIDECHAR 1
#include <ctype.h>
#include <ncurses.h>
#include <stdio.h>

#include "console.h"

enum { ESCAPE = 27, CTRL_C = 3, CTRL_L = 12, CTRL_Q = 17, ROW_BYTES = 16 };

/* ---- questions ----------------------------------------------------------- */

void
panel_question_text(const struct panel *p, char *buf, size_t size)
{
    switch (p->question) {
    case ASK_NOTHING:
        buf[0] = '\0';
        break;
    case ASK_UNIT:
        snprintf(buf, size, "load unit (now %03X): ", p->load_unit);
        break;
    case ASK_COMPARE:
        snprintf(buf, size, "stop at address or name (nothing: nowhere): ");
        break;
    case ASK_ADDRESS:
        snprintf(buf, size, "storage from address or name: ");
        break;
    case ASK_STORE:
        snprintf(buf, size, "bytes to store at %06X: ", p->storage);
        break;
    case ASK_REGISTER:
        snprintf(buf, size, "register=value (gr cr fr psw ia prefix cc ct): ");
        break;
    case ASK_TOD:
        snprintf(buf, size, "date/time, as 1976-11-24/19:02:00, or now: ");
        break;
    case ASK_MAP:
        snprintf(buf, size, "map file [address of its image]: ");
        break;
    }
}

static void
ask(struct session *s, enum panel_question question)
{
    editor_key(&s->panel.editor, EDIT_ERASE);
    s->panel.question = question;
}

static void
answer_given(struct session *s)
{
    char text[2 * INPUT_MAX + 1];

    editor_enter(&s->panel.editor, false, text);
    if (panel_answer(s, text))
        s->panel.question = ASK_NOTHING;
    else
        beep();
}

static void
question_key(struct session *s, wint_t key, bool function)
{
    if (function ? key == KEY_ENTER : key == '\r' || key == '\n')
        answer_given(s);
    else if (!function && (key == ESCAPE || key == CTRL_C))
        s->panel.question = ASK_NOTHING;
    else if (!key_edits(&s->panel.editor, key, function))
        beep();
}

/* ---- the windows --------------------------------------------------------- */

static void
scroll_storage(struct panel *p, int rows)
{
    int64_t size = machine_storage_size(p->m);
    int64_t to = (int64_t)p->storage + (int64_t)rows * ROW_BYTES;

    if (to < 0)
        to = 0;
    if (to >= size)
        to = size - ROW_BYTES;
    p->storage = (uint32_t)to;
}

static void
scroll_devices(struct panel *p, int step)
{
    int n = (int)panel_devices(p, NULL, 0), to = (int)p->first_device + step;
    int last = n - (int)panel_devices_shown();

    if (to > last)
        to = last;
    p->first_device = (unsigned)(to < 0 ? 0 : to);
}

/* False: it is not for the windows. */
static bool
window_key(struct panel *p, wint_t key)
{
    int page = (int)panel_storage_rows();

    switch (key) {
    case KEY_UP:
        scroll_storage(p, -1);
        return true;
    case KEY_DOWN:
        scroll_storage(p, 1);
        return true;
    case KEY_PPAGE:
        scroll_storage(p, -page);
        return true;
    case KEY_NPAGE:
        scroll_storage(p, page);
        return true;
    case KEY_LEFT:
        scroll_devices(p, -(int)panel_devices_shown());
        return true;
    case KEY_RIGHT:
        scroll_devices(p, (int)panel_devices_shown());
        return true;
    default:
        return false;
    }
}

/* ---- letters ------------------------------------------------------------- */

static bool
letter_key(struct session *s, wint_t key)
{
    struct panel *p = &s->panel;

    switch (key < 0x80 ? toupper((int)key) : 0) {
    case 'S':
        panel_start(s);
        break;
    case 'P':
        panel_stop(s);
        break;
    case ' ':
        panel_step(s);
        break;
    case 'R':
        p->step_rate = !p->step_rate;
        if (p->step_rate)
            panel_stop(s);
        break;
    case 'L':
        panel_load(s);
        break;
    case 'U':
        ask(s, ASK_UNIT);
        break;
    case 'N':
        panel_reset(s, false);
        break;
    case 'K':
        panel_reset(s, true);
        break;
    case 'T':
        panel_restart(s);
        break;
    case 'I':
        panel_interrupt(s);
        break;
    case 'A':
        ask(s, ASK_COMPARE);
        break;
    case 'M':
        ask(s, ASK_ADDRESS);
        break;
    case 'E':
        ask(s, ASK_STORE);
        break;
    case 'G':
        ask(s, ASK_REGISTER);
        break;
    case 'O':
        ask(s, ASK_TOD);
        break;
    case 'C':
        ask(s, ASK_MAP);
        break;
    default:
        return false;
    }
    return true;
}

bool
panel_key(struct session *s, wint_t key, bool function)
{
    bool help_or_tab =
        function && key >= (wint_t)KEY_F(1) && key <= (wint_t)KEY_F(12);

    s->panel.message[0] = '\0';
    if (help_or_tab || (!function && (key == CTRL_Q || key == CTRL_L)))
        return false;
    if (s->panel.question != ASK_NOTHING) {
        question_key(s, key, function);
        return true;
    }
    return function ? window_key(&s->panel, key) : letter_key(s, key);
}
