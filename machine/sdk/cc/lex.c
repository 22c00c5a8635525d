/*
 * lex.c - tokens from what the preprocessor wrote.
 *
 * `# LINE "FILE"` lines say where the text comes from; other lines that begin
 * with # are pragmas and mean nothing here.  Characters and strings leave
 * this file in EBCDIC: the rest of the compiler never sees the host's
 * character set again.
 */
#include "tree.h"

#include "machine/io/ebcdic.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct lexer {
    const char *p;
    int file, line;
    struct token *tok;
    int ntok;
};

static const char *const keywords[] = {"_Alignas",      "_Alignof",
                                       "_Atomic",       "_Bool",
                                       "_Complex",      "_Generic",
                                       "_Noreturn",     "_Static_assert",
                                       "auto",          "_Thread_local",
                                       "__attribute__", "break",
                                       "case",          "char",
                                       "const",         "continue",
                                       "default",       "do",
                                       "double",        "else",
                                       "enum",          "extern",
                                       "float",         "for",
                                       "goto",          "if",
                                       "inline",        "int",
                                       "long",          "register",
                                       "restrict",      "return",
                                       "short",         "signed",
                                       "sizeof",        "static",
                                       "struct",        "switch",
                                       "typedef",       "union",
                                       "unsigned",      "void",
                                       "volatile",      "while"};

/* Longest first. */
static const char *const puncts[] = {
    "...", "<<=", ">>=", "->", "++", "--", "<<", ">>", "<=", ">=",
    "==",  "!=",  "&&",  "||", "*=", "/=", "%=", "+=", "-=", "&=",
    "^=",  "|=",  "<:",  ":>", "<%", "%>", "(",  ")",  "[",  "]",
    "{",   "}",   "<",   ">",  "=",  "+",  "-",  "*",  "/",  "%",
    "&",   "|",   "^",   "!",  "~",  "?",  ":",  ";",  ",",  "."};

/* Other spellings of keywords and punctuators. */
static const struct {
    const char *text, *word;
} spellings[] = {{"__alignof__", "_Alignof"},
                 {"__attribute", "__attribute__"},
                 {"__const", "const"},
                 {"__inline", "inline"},
                 {"__inline__", "inline"},
                 {"__restrict", "restrict"},
                 {"__volatile__", "volatile"},
                 {"<:", "["},
                 {":>", "]"},
                 {"<%", "{"},
                 {"%>", "}"}};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* Most texts differ in their first character. */
static bool
same(const char *a, const char *b)
{
    return a[0] == b[0] && strcmp(a, b) == 0;
}

bool
token_is(const struct token *t, const char *word)
{
    return same(t->word, word);
}

static const char *
usual_spelling(const char *text)
{
    for (size_t i = 0; i < LENGTH(spellings); i++)
        if (same(text, spellings[i].text))
            return spellings[i].word;
    return text;
}

static struct token *
add(struct lexer *l, enum token_kind kind, const char *start, size_t n)
{
    struct token *t;

    l->tok = cc_room(l->tok, l->ntok, sizeof(*l->tok));
    t = &l->tok[l->ntok];
    *t = (struct token){.kind = kind,
                        .text = cc_intern(start, n),
                        .word = "",
                        .file = l->file,
                        .line = l->line};
    for (int i = l->ntok - 1;
         i >= 0 && l->tok[i].line == l->line && l->tok[i].file == l->file; i--)
        if (l->tok[i].text == t->text) {
            t->nth = l->tok[i].nth + 1;
            break;
        }
    l->ntok++;
    return t;
}

/* ---- numbers ------------------------------------------------------------- */

static void
number(struct lexer *l)
{
    const char *start = l->p;
    int base = start[0] != '0'          ? 10
               : (start[1] | 32) == 'x' ? 16
               : (start[1] | 32) == 'b' ? 2
                                        : 8;
    bool u = false;
    int nl = 0;
    struct token *t;
    char *p;

    while (cc_word(l->p) > 0 || *l->p == '.' ||
           ((*l->p == '+' || *l->p == '-') &&
            strchr(base == 16 ? "pP" : "eEpP", l->p[-1]) != NULL))
        l->p++;
    t = add(l, TK_NUM, start, (size_t)(l->p - start));
    t->type = type_int;
    if (strchr(t->text, '.') != NULL ||
        ((base == 10 || base == 8) && strpbrk(t->text, "eE") != NULL)) {
        error_at(t, "floating point is not part of this C: cc370 has only "
                    "integers");
        return;
    }
    errno = 0;
    t->value = strtoull(start + (base == 2 || base == 16 ? 2 : 0), &p, base);
    if (errno == ERANGE)
        error_at(t, "this number has more than 64 bits");
    for (; p < l->p; p++) {
        if ((*p | 32) == 'u' && !u)
            u = true;
        else if ((*p | 32) == 'l' && nl == 0) {
            nl = p[1] == p[0] ? 2 : 1;
            p += nl - 1;
        } else {
            error_at(t, "`%s' is not a number: `%c' does not belong there",
                     t->text, *p);
            break;
        }
    }
    /* Only a decimal number would rather be long long than unsigned. */
    if (t->value > INT64_MAX || (nl < 2 && base != 10 && t->value > INT32_MAX &&
                                 t->value <= UINT32_MAX))
        u = true;
    if (nl == 2 || t->value > (u ? UINT32_MAX : INT32_MAX))
        t->type = u ? type_ullong : type_llong;
    else if (nl == 1)
        t->type = u ? type_ulong : type_long;
    else
        t->type = u ? type_uint : type_int;
}

/* ---- characters and strings ---------------------------------------------- */

/* The code of an escape sequence, of which the \ was read; -1: that of the
 * character that comes next. */
static int
escape(struct lexer *l, const struct token *t)
{
    static const char names[] = "ntrbafv";
    static const uint8_t codes[] = {0x15, 0x05, 0x0d, 0x16, 0x2f, 0x0c, 0x0b};
    const char *at = *l->p != '\0' ? strchr(names, *l->p) : NULL;
    bool hex = *l->p == 'x';

    if (at != NULL) {
        l->p++;
        return codes[at - names];
    }
    if (hex || (*l->p >= '0' && *l->p <= '7')) {
        size_t n =
            strspn(l->p + hex, hex ? "0123456789abcdefABCDEF" : "01234567");
        const char *digits = cc_intern(l->p + hex, hex || n < 3 ? n : 3);
        unsigned long v = strtoul(digits, NULL, hex ? 16 : 8);

        if (digits[0] == '\0')
            error_at(t, "hexadecimal digits must follow \\x");
        if (v > 255)
            error_at(t, hex ? "a hexadecimal character above \\xFF"
                            : "an octal character above \\377");
        l->p += hex + strlen(digits);
        return (int)(v & 255);
    }
    if (*l->p != '\0' && strchr("\\'\"?", *l->p) != NULL)
        return -1;
    error_at(t, "`\\%c' is not an escape sequence of C", *l->p);
    return 0;
}

/* Everything up to the closing quote, converted. */
static void
quoted(struct lexer *l, enum token_kind kind)
{
    char quote = *l->p;
    const char *start = l->p;
    const char *end = start + 1;
    struct token *t;
    bool closed;

    while (*end != quote && *end != '\n' && *end != '\0')
        end += *end == '\\' && end[1] != '\n' && end[1] != '\0' ? 2 : 1;
    closed = *end == quote;
    /* What ends the statement was hardly meant to be text. */
    while (!closed && end > start + 1 && strchr("); \t\r", end[-1]) != NULL)
        end--;
    t = add(l, kind, start, (size_t)(end - start) + closed);
    if (!closed)
        error_at(t, "the closing %c is missing", quote);
    t->bytes = cc_room(NULL, 0, 1);
    l->p++;
    while (l->p < end) {
        uint8_t code = 0;
        int e = -1;

        if (*l->p == '\\') {
            l->p++;
            e = escape(l, t);
        }
        if (e >= 0)
            code = (uint8_t)e;
        else if (ebcdic_from_utf8(&l->p, end, &code) != 0)
            error_at(t, "a character that EBCDIC code page 037 does not have");
        t->bytes = cc_room(t->bytes, t->nbytes, 1);
        t->bytes[t->nbytes++] = code;
    }
    l->p = end + closed;
    if (kind == TK_STR)
        return;
    t->type = type_int;
    if (t->nbytes == 0)
        error_at(t, "a character constant needs a character");
    if (t->nbytes > 4)
        error_at(t, "a character constant has at most four characters");
    for (int i = 0; i < t->nbytes && i < 4; i++)
        t->value = t->value << 8 | t->bytes[i];
    t->value = (uint64_t)(int64_t)(int32_t)t->value;
}

/* ---- the rest ------------------------------------------------------------ */

/* A line that begins with #. */
static void
marker(struct lexer *l)
{
    const char *name, *close;
    char *end;
    long line;

    l->p += strncmp(l->p, "#line", 5) == 0 ? 5 : 1;
    line = strtol(l->p, &end, 10);
    name = end + 2;
    if (end != l->p && strncmp(end, " \"", 2) == 0 &&
        (close = strchr(name, '"')) != NULL) {
        l->file = source_file(name, (size_t)(close - name));
        l->line = (int)line - 1; /* the end of this line adds one */
    }
    l->p += strcspn(l->p, "\n");
}

static void
word(struct lexer *l)
{
    size_t n = cc_word(l->p);
    struct token *t = add(l, TK_IDENT, l->p, n);
    const char *usual = usual_spelling(t->text);

    l->p += n;
    if ((*l->p == '"' || *l->p == '\'') && n <= 2 &&
        strchr("LuU", t->text[0]) != NULL) {
        error_at(t, "wide and Unicode characters are not part of this C: all "
                    "text is EBCDIC");
        l->ntok--;
        return;
    }
    for (size_t i = 0; i < LENGTH(keywords); i++)
        if (same(usual, keywords[i])) {
            t->kind = TK_KEYWORD;
            t->word = keywords[i];
        }
}

static void
punctuator(struct lexer *l)
{
    uint8_t c = (uint8_t)*l->p;
    struct token *t;

    for (size_t i = 0; i < LENGTH(puncts); i++)
        if (*l->p == puncts[i][0] &&
            strncmp(l->p, puncts[i], strlen(puncts[i])) == 0) {
            t = add(l, TK_PUNCT, l->p, strlen(puncts[i]));
            t->word = usual_spelling(puncts[i]);
            l->p += strlen(puncts[i]);
            return;
        }
    t = add(l, TK_PUNCT, l->p++, 1);
    if (c < ' ' || c > '~')
        error_at(t, "a byte X'%02X' does not belong into a program", c);
    else
        error_at(t, "`%s' does not belong into a C program", t->text);
    l->ntok--;
}

struct token *
lex(const char *text, const char *name)
{
    struct lexer l = {.p = text, .line = 1};
    bool line_begins = true;

    l.file = source_file(name, strlen(name));
    while (*l.p != '\0') {
        char c = *l.p;

        if (strchr(" \t\r\f\v\n", c) != NULL) {
            l.line += c == '\n';
            line_begins |= c == '\n';
            l.p++;
            continue;
        }
        if (c == '#' && line_begins)
            marker(&l);
        else if (isdigit((unsigned char)c) ||
                 (c == '.' && isdigit((unsigned char)l.p[1])))
            number(&l);
        else if (cc_word(l.p) > 0)
            word(&l);
        else if (c == '"' || c == '\'')
            quoted(&l, c == '"' ? TK_STR : TK_CHAR);
        else
            punctuator(&l);
        line_begins = false;
    }
    add(&l, TK_EOF, "end of file", 11);
    return l.tok;
}
