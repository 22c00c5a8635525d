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
#include <stdlib.h>
#include <string.h>

struct lexer {
    const char *p;
    int file, line;
    struct token *tok;
    int ntok, cap;
};

static const struct {
    const char *name;
    enum keyword code;
} keywords[] = {
    {"_Alignas", KW_ALIGNAS},
    {"_Alignof", KW_ALIGNOF},
    {"__alignof__", KW_ALIGNOF},
    {"_Atomic", KW_ATOMIC},
    {"__attribute__", KW_ATTRIBUTE},
    {"__attribute", KW_ATTRIBUTE},
    {"auto", KW_AUTO},
    {"_Bool", KW_BOOL},
    {"break", KW_BREAK},
    {"case", KW_CASE},
    {"char", KW_CHAR},
    {"_Complex", KW_COMPLEX},
    {"const", KW_CONST},
    {"__const", KW_CONST},
    {"continue", KW_CONTINUE},
    {"default", KW_DEFAULT},
    {"do", KW_DO},
    {"double", KW_DOUBLE},
    {"else", KW_ELSE},
    {"enum", KW_ENUM},
    {"extern", KW_EXTERN},
    {"float", KW_FLOAT},
    {"for", KW_FOR},
    {"_Generic", KW_GENERIC},
    {"goto", KW_GOTO},
    {"if", KW_IF},
    {"inline", KW_INLINE},
    {"__inline", KW_INLINE},
    {"__inline__", KW_INLINE},
    {"int", KW_INT},
    {"long", KW_LONG},
    {"_Noreturn", KW_NORETURN},
    {"register", KW_REGISTER},
    {"restrict", KW_RESTRICT},
    {"__restrict", KW_RESTRICT},
    {"return", KW_RETURN},
    {"short", KW_SHORT},
    {"signed", KW_SIGNED},
    {"sizeof", KW_SIZEOF},
    {"static", KW_STATIC},
    {"_Static_assert", KW_STATIC_ASSERT},
    {"struct", KW_STRUCT},
    {"switch", KW_SWITCH},
    {"_Thread_local", KW_THREAD_LOCAL},
    {"typedef", KW_TYPEDEF},
    {"union", KW_UNION},
    {"unsigned", KW_UNSIGNED},
    {"void", KW_VOID},
    {"volatile", KW_VOLATILE},
    {"__volatile__", KW_VOLATILE},
    {"while", KW_WHILE},
};
enum { NKEYWORDS = sizeof(keywords) / sizeof(keywords[0]) };

/* Longest first. */
static const char *const puncts[] = {
    "...", "<<=", ">>=", "->", "++", "--", "<<", ">>", "<=",
    ">=",  "==",  "!=",  "&&", "||", "*=", "/=", "%=", "+=",
    "-=",  "&=",  "^=",  "|=", "<:", ":>", "<%", "%>"};
enum { NPUNCTS = sizeof(puncts) / sizeof(puncts[0]) };

static enum keyword
keyword_code(const char *name)
{
    static const char *interned[NKEYWORDS];

    if (interned[0] == NULL)
        for (int i = 0; i < NKEYWORDS; i++)
            interned[i] = cc_intern(keywords[i].name, strlen(keywords[i].name));
    for (int i = 0; i < NKEYWORDS; i++)
        if (interned[i] == name)
            return keywords[i].code;
    return KW_NONE;
}

static struct token *
add(struct lexer *l, enum token_kind kind, const char *start, size_t n)
{
    struct token *t;

    if (l->ntok == l->cap)
        l->tok = cc_grow(l->tok, &l->cap, sizeof(*l->tok));
    t = &l->tok[l->ntok];
    memset(t, 0, sizeof(*t));
    t->kind = kind;
    t->text = cc_intern(start, n);
    t->file = l->file;
    t->line = l->line;
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
    bool decimal = true, floating = false, u = false;
    int nl = 0, base = 10;
    uint64_t value = 0;
    bool too_big = false;
    struct token *t;

    while (isalnum((unsigned char)*l->p) || *l->p == '.' || *l->p == '_' ||
           ((*l->p == '+' || *l->p == '-') && strchr("eEpP", l->p[-1]) &&
            !(start[0] == '0' && (start[1] | 32) == 'x' &&
              (l->p[-1] | 32) == 'e')))
        l->p++;
    t = add(l, TK_NUM, start, (size_t)(l->p - start));
    t->type = type_int;
    if (start[0] == '0' && (start[1] | 32) == 'x') {
        base = 16;
        start += 2;
    } else if (start[0] == '0' && (start[1] | 32) == 'b') {
        base = 2;
        start += 2;
    } else if (start[0] == '0')
        base = 8;
    decimal = base == 10;
    for (const char *p = start; p < l->p; p++)
        if (*p == '.' || (base == 10 && (*p | 32) == 'e'))
            floating = true;
    if (floating || (base == 8 && memchr(start, 'e', (size_t)(l->p - start)))) {
        error_at(t, "floating point is not part of this C: cc370 has only "
                    "integers");
        return;
    }
    for (; start < l->p; start++) {
        int c = tolower((unsigned char)*start);
        int digit = isdigit(c)             ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                           : 99;

        if (digit >= base)
            break;
        if (value > (UINT64_MAX - (unsigned)digit) / (unsigned)base)
            too_big = true;
        value = value * (unsigned)base + (unsigned)digit;
    }
    for (; start < l->p; start++) {
        if ((*start | 32) == 'u' && !u)
            u = true;
        else if ((*start | 32) == 'l' && nl == 0) {
            nl = start + 1 < l->p && start[1] == start[0] ? 2 : 1;
            start += nl - 1;
        } else {
            error_at(t, "`%s' is not a number: `%c' does not belong there",
                     t->text, *start);
            break;
        }
    }
    if (too_big)
        error_at(t, "this number has more than 64 bits");
    t->value = value;
    if (nl < 2 && value <= 0x7fffffff)
        t->type =
            nl == 1 ? (u ? type_ulong : type_long) : (u ? type_uint : type_int);
    else if (nl < 2 && value <= 0xffffffff && (u || !decimal))
        t->type = nl == 1 ? type_ulong : type_uint;
    else if (u || value > INT64_MAX)
        t->type = type_ullong;
    else
        t->type = type_llong;
}

/* ---- characters and strings ---------------------------------------------- */

static int
escape(struct lexer *l, const struct token *t)
{
    static const char names[] = "ntrbafv";
    static const uint8_t codes[] = {0x15, 0x05, 0x0d, 0x16, 0x2f, 0x0c, 0x0b};
    const char *at;
    int v = 0;

    if (*l->p >= '0' && *l->p <= '7') {
        for (int i = 0; i < 3 && *l->p >= '0' && *l->p <= '7'; i++)
            v = v * 8 + (*l->p++ - '0');
        if (v > 255)
            error_at(t, "an octal character above \\377");
        return v & 255;
    }
    if (*l->p == 'x') {
        l->p++;
        if (!isxdigit((unsigned char)*l->p))
            error_at(t, "hexadecimal digits must follow \\x");
        while (isxdigit((unsigned char)*l->p)) {
            int c = tolower((unsigned char)*l->p++);

            v = v * 16 + (isdigit(c) ? c - '0' : c - 'a' + 10);
            if (v > 255) {
                error_at(t, "a hexadecimal character above \\xFF");
                v = 0;
            }
        }
        return v;
    }
    at = *l->p != '\0' ? strchr(names, *l->p) : NULL;
    if (at != NULL) {
        l->p++;
        return codes[at - names];
    }
    if (strchr("\\'\"?", *l->p) == NULL || *l->p == '\0') {
        error_at(t, "`\\%c' is not an escape sequence of C", *l->p);
        return 0;
    }
    return -1; /* the character itself */
}

/* Everything up to the closing quote, converted. */
static void
quoted(struct lexer *l, enum token_kind kind)
{
    char quote = *l->p;
    const char *start = l->p;
    const char *end = start + 1;
    struct token *t;
    int cap = 0;

    while (*end != quote && *end != '\n' && *end != '\0')
        end += *end == '\\' && end[1] != '\n' && end[1] != '\0' ? 2 : 1;
    t = add(l, kind, start, (size_t)(end - start) + (*end == quote));
    if (*end != quote)
        error_at(t, "the closing %c is missing", quote);
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
        if (t->nbytes == cap)
            t->bytes = cc_grow(t->bytes, &cap, 1);
        t->bytes[t->nbytes++] = code;
    }
    l->p = *end == quote ? end + 1 : end;
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
    char *end;
    long line;

    l->p++;
    if (strncmp(l->p, "line", 4) == 0)
        l->p += 4;
    line = strtol(l->p, &end, 10);
    if (end != l->p && (end[0] == ' ' && end[1] == '"')) {
        const char *close = strchr(end + 2, '"');

        if (close != NULL) {
            l->file = source_file(end + 2, (size_t)(close - end - 2));
            l->line = (int)line - 1; /* the end of this line adds one */
        }
    }
    while (*l->p != '\n' && *l->p != '\0')
        l->p++;
}

static void
word(struct lexer *l)
{
    const char *start = l->p;
    struct token *t;

    while (isalnum((unsigned char)*l->p) || *l->p == '_')
        l->p++;
    if ((*l->p == '"' || *l->p == '\'') && l->p - start <= 2 &&
        strchr("LuU", *start) != NULL) {
        t = add(l, TK_IDENT, start, (size_t)(l->p - start));
        error_at(t, "wide and Unicode characters are not part of this C: all "
                    "text is EBCDIC");
        l->ntok--;
        return;
    }
    t = add(l, TK_IDENT, start, (size_t)(l->p - start));
    t->code = keyword_code(t->text);
    if (t->code != KW_NONE)
        t->kind = TK_KEYWORD;
}

static void
punctuator(struct lexer *l)
{
    size_t n = 1;
    struct token *t;

    for (int i = 0; i < NPUNCTS; i++)
        if (strncmp(l->p, puncts[i], strlen(puncts[i])) == 0) {
            n = strlen(puncts[i]);
            break;
        }
    t = add(l, TK_PUNCT, l->p, n);
    for (size_t i = 0; i < n; i++)
        t->code = t->code << 8 | (uint8_t)l->p[i];
    l->p += n;
    switch (t->code) {
    case PUNCT2('<', ':'):
        t->code = '[';
        break;
    case PUNCT2(':', '>'):
        t->code = ']';
        break;
    case PUNCT2('<', '%'):
        t->code = '{';
        break;
    case PUNCT2('%', '>'):
        t->code = '}';
        break;
    default:
        if (n > 1 || strchr("()[]{}<>=+-*/%&|^!~?:;,.", t->code) != NULL)
            return;
        if (t->code < ' ' || t->code > '~')
            error_at(t, "a byte X'%02X' does not belong into a program",
                     t->code);
        else
            error_at(t, "`%s' does not belong into a C program", t->text);
        l->ntok--;
    }
}

struct token *
lex(const char *text, const char *name)
{
    struct lexer l = {.p = text, .line = 1};
    bool line_begins = true;

    l.file = source_file(name, strlen(name));
    while (*l.p != '\0') {
        char c = *l.p;

        if (c == '\n') {
            l.p++;
            l.line++;
            line_begins = true;
            continue;
        }
        if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v') {
            l.p++;
            continue;
        }
        if (c == '#' && line_begins)
            marker(&l);
        else if (isdigit((unsigned char)c) ||
                 (c == '.' && isdigit((unsigned char)l.p[1])))
            number(&l);
        else if (isalpha((unsigned char)c) || c == '_')
            word(&l);
        else if (c == '"')
            quoted(&l, TK_STR);
        else if (c == '\'')
            quoted(&l, TK_CHAR);
        else
            punctuator(&l);
        line_begins = false;
    }
    add(&l, TK_EOF, "end of file", 11);
    return l.tok;
}
