/*
 * editor.h - an input line with its history (editor.c)
 */
#ifndef FRONT_EDITOR_H
#define FRONT_EDITOR_H

#include <stdbool.h>
#include <wchar.h>

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

#endif
