/*
 * editor.c - the input line of a terminal, with its history
 *
 * Only characters of code page 037 come in, which are those of ISO 8859-1.
 * Going up and down through the history replaces the line; what is entered
 * then is a new entry of its own.
 */
#include "editor.h"

#include <string.h>

static void
remove_before(struct editor *ed, unsigned n)
{
    wmemmove(ed->text + ed->cursor - n, ed->text + ed->cursor,
             ed->len - ed->cursor + 1);
    ed->cursor -= n;
    ed->len -= n;
}

static unsigned
word_before(const struct editor *ed)
{
    unsigned start = ed->cursor;

    while (start > 0 && ed->text[start - 1] == L' ')
        start--;
    while (start > 0 && ed->text[start - 1] != L' ')
        start--;
    return ed->cursor - start;
}

static void
replace(struct editor *ed, const wchar_t *text)
{
    wcscpy(ed->text, text);
    ed->len = ed->cursor = (unsigned)wcslen(text);
}

static const wchar_t *
history_line(const struct editor *ed, unsigned back)
{
    return ed->history[(ed->nhistory - back) % HISTORY_MAX];
}

static bool
history_go(struct editor *ed, int step)
{
    unsigned kept = ed->nhistory < HISTORY_MAX ? ed->nhistory : HISTORY_MAX;

    if ((step > 0 && ed->back == kept) || (step < 0 && ed->back == 0))
        return false;
    ed->back += step;
    replace(ed, ed->back == 0 ? L"" : history_line(ed, ed->back));
    return true;
}

static bool
move_cursor(struct editor *ed, bool possible, unsigned to)
{
    if (possible)
        ed->cursor = to;
    return possible;
}

bool
editor_key(struct editor *ed, enum editor_key key)
{
    switch (key) {
    case EDIT_LEFT:
        return move_cursor(ed, ed->cursor > 0, ed->cursor - 1);
    case EDIT_RIGHT:
        return move_cursor(ed, ed->cursor < ed->len, ed->cursor + 1);
    case EDIT_HOME:
        return move_cursor(ed, true, 0);
    case EDIT_END:
        return move_cursor(ed, true, ed->len);
    case EDIT_DELETE:
        if (!move_cursor(ed, ed->cursor < ed->len, ed->cursor + 1))
            return false;
        remove_before(ed, 1);
        return true;
    case EDIT_BACKSPACE:
        if (ed->cursor == 0)
            return false;
        remove_before(ed, 1);
        return true;
    case EDIT_ERASE:
        replace(ed, L"");
        return true;
    case EDIT_ERASE_WORD:
        remove_before(ed, word_before(ed));
        return true;
    case EDIT_UP:
        return history_go(ed, 1);
    case EDIT_DOWN:
        return history_go(ed, -1);
    }
    return false;
}

bool
editor_insert(struct editor *ed, wint_t c)
{
    if (ed->len == INPUT_MAX || c < 0x20 || (c > 0x7E && c < 0xA0) || c > 0xFF)
        return false;
    wmemmove(ed->text + ed->cursor + 1, ed->text + ed->cursor,
             ed->len - ed->cursor + 1);
    ed->text[ed->cursor++] = (wchar_t)c;
    ed->len++;
    return true;
}

static void
to_utf8(const wchar_t *from, char *to)
{
    for (; *from != 0; from++) {
        if (*from < 0x80) {
            *to++ = (char)*from;
        } else {
            *to++ = (char)(0xC0 | *from >> 6);
            *to++ = (char)(0x80 | (*from & 0x3F));
        }
    }
    *to = '\0';
}

void
editor_enter(struct editor *ed, bool secret, char text[2 * INPUT_MAX + 1])
{
    to_utf8(ed->text, text);
    if (!secret && ed->len > 0 &&
        (ed->nhistory == 0 || wcscmp(ed->text, history_line(ed, 1)) != 0))
        wcscpy(ed->history[ed->nhistory++ % HISTORY_MAX], ed->text);
    wmemset(ed->text, 0, INPUT_MAX + 1);
    ed->len = ed->cursor = ed->back = 0;
}
