/*
 * cc.h - what all of cc370's front half shares: storage, sources, tokens and
 * messages.
 *
 * The compiler is one process that ends when its work is done, so storage is
 * taken from one pool and never given back.  A token lives as long as that,
 * and is the way to name a place in the program: every message points at
 * one.
 */
#ifndef CC_CC_H
#define CC_CC_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* ---- diag.c -------------------------------------------------------------- */

/* Zeroed storage for the rest of the run. */
void *cc_alloc(size_t bytes);
/* An array of n elements, with room for one more: itself, or a larger copy.
 * An array grows by this function only, from NULL. */
void *cc_room(void *array, int n, size_t element);
char *cc_format(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* The one copy of this text, so that names compare as pointers. */
const char *cc_intern(const char *s, size_t n);
/* What such a text means; NULL: nothing. */
struct meaning {
    const char *word;            /* keyword or punctuator */
    struct symbol *symbol, *tag; /* where the parser is */
    struct symbol *string;       /* the object with this text */
    struct link *link;           /* in the image */
    struct member_file *library; /* the file of it that defines this */
    struct label *label;         /* in a function: the last one with it */
    int source;                  /* as a file's name: its number */
    int in_map;                  /* as a line of it: its number */
};
struct meaning *cc_meaning(const char *name);
/* The length of the name, of letters, digits and _, at s; 0: there is none. */
size_t cc_word(const char *s);

/* The contents of a file, a 0 behind its *n bytes; NULL: errno says why. */
char *cc_read(const char *path, size_t *n);
/* The same of an open one, which is closed. */
char *cc_read_open(FILE *f, size_t *n);
/* A new file, and its end.  What cannot be written ends the run: exit status
 * 1. */
FILE *cc_create(const char *path);
void cc_close(FILE *f, const char *path);

/* Source files by number, 1 ... */
int source_file(const char *name, size_t n);
const char *source_name(int file);
/* The name for listing and map: what is in the SDK's folder is shown without
 * the place of that folder, so that they are the same everywhere. */
const char *source_shown(int file);
/* The line's text, length without its end; NULL if there is none. */
const char *source_line(int file, int line, int *length);

struct token;

/* Messages: file:line:column, the source line, a caret.  error_at() counts;
 * after ERROR_LIMIT of them the run ends. */
void error_at(const struct token *t, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void error_list(const struct token *t, const char *fmt, va_list ap);
/* `group` is the NAME of -Wno-NAME.  False: it is not wanted. */
bool warn_at(const struct token *t, const char *group, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* More about the message before. */
void note_at(const struct token *t, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* An error without a place in a C file. */
void error_plain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* The tool, not the input, is at fault: exit status 2. */
_Noreturn void fatal(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));
/* -Wno-NAME, -w, -Werror; false if there is no such thing. */
bool warn_option(const char *text);
int error_count(void);
enum { ERROR_LIMIT = 20 };

/* An error at a line of an assembler file, at a word of it if that is found;
 * counts, without a limit: the file is looked through only once. */
void error_line(int file, int line, const char *word, const char *text);

/* ---- main.c -------------------------------------------------------------- */

/* The folder machine/sdk; fatal if it cannot be found. */
const char *sdk_folder(void);

/* ---- near.c -------------------------------------------------------------- */

/* near_begin(), near_try() for each name that could be meant; then `best` is
 * the nearest, the first of equals, or NULL if none is near. */
struct near {
    const char *word, *best;
    int slips;
};
void near_begin(struct near *near, const char *word);
void near_try(struct near *near, const char *name);
/* `: did you mean `NAME'?', or nothing. */
const char *near_hint(const struct near *near);

/* ---- lex.c --------------------------------------------------------------- */

enum token_kind {
    TK_EOF,
    TK_IDENT,
    TK_NUM,
    TK_CHAR,
    TK_STR,
    TK_PUNCT,
    TK_KEYWORD
};

/* struct token.index of a word that is looked for in its line. */
enum { INDEX_ANY = -1, INDEX_ASSEMBLER = -2 };

struct type;

struct token {
    enum token_kind kind;
    const char *text; /* as written; interned: names compare as pointers */
    const char *word; /* keyword or punctuator as C spells it; else empty */
    int file, line;
    int index; /* how many stand before it in its line, without a gap; or: */
    union {
        struct { /* TK_NUM, TK_CHAR */
            uint64_t value;
            struct type *type;
        };
        struct { /* TK_STR: as the machine has it, without the final 0 */
            struct type *element;
            uint8_t *bytes;
            int nbytes;
        };
    };
};

/* The tokens of what `cc -E` wrote; ends in a TK_EOF.  `name` is for messages
 * about a text without line markers. */
struct token *lex(const char *text, const char *name);
/* The length of the token or comment that begins at s, of something else a
 * character's. */
size_t lex_length(const char *s);

/* ---- literal.c ----------------------------------------------------------- */

bool utf8_is_character(uint32_t c);
/* Write c in UTF-8; returns the number of bytes, at most 4. */
int utf8_put(char *to, uint32_t c);
/* Read one character in UTF-8; what is none becomes UINT32_MAX. */
uint32_t utf8_get(const char **p);
/* How long the prefix of the literal at s is; 0 too if there is none. */
size_t literal_prefix(const char *s);
/* The value and type of a character constant. */
void literal_character(struct token *t);
/* The bytes of all strings in the tokens from t on.  Side by side they become
 * bytes together: a prefix is for all of them. */
void literal_strings(struct token *t);

/* ---- tokens -------------------------------------------------------------- */

/* Is it this keyword or punctuator?  Most differ in their first character. */
static inline bool
token_is(const struct token *t, const char *word)
{
    return t->word[0] == word[0] && strcmp(t->word, word) == 0;
}

#endif
