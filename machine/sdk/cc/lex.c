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
    int ntok;
};

/* Of one text, until all its tokens are known. */
static struct token *tokens;
static int most; /* that a text had */

/* ---- keywords and punctuators -------------------------------------------- */

/* As C spells them. */
static const char usual[] =
    "_Alignas _Alignof _Atomic _Bool _Complex _Generic _Noreturn "
    "_Static_assert _Thread_local __attribute__ auto break case char const "
    "continue default do double else enum extern float for goto if inline int "
    "long register restrict return short signed sizeof static struct switch "
    "typedef union unsigned void volatile while "
    "... -> ++ -- << >> <= >= == != && || *= /= %= += -= &= ^= |= <<= >>= "
    "( ) [ ] { } < > = + - * / % & | ^ ! ~ ? : ; , .";

/* Other spellings, each in front of the usual one. */
static const char others[] =
    "__alignof__ _Alignof __attribute __attribute__ __const const "
    "__inline inline __inline__ inline __restrict restrict "
    "__volatile__ volatile <: [ :> ] <% { %> }";

/* The first word of a list, which then begins behind it. */
static const char *
take_word(const char **list)
{
    size_t n = strcspn(*list, " ");
    const char *word = cc_intern(*list, n);

    *list += n;
    *list += strspn(*list, " ");
    return word;
}

static void
define_words(void)
{
    const char *list = usual, *word;

    while (*list != '\0') {
        word = take_word(&list);
        cc_meaning(word)->word = word;
    }
    for (list = others; *list != '\0';) {
        word = take_word(&list);
        cc_meaning(word)->word = take_word(&list);
    }
}

/* ---- tokens -------------------------------------------------------------- */

static struct token *
add(struct lexer *l, enum token_kind kind, const char *start, size_t n)
{
    struct token *t;

    if (l->ntok == most)
        tokens = cc_room(tokens, most++, sizeof(*tokens));
    t = &tokens[l->ntok];
    *t = (struct token){.kind = kind,
                        .text = cc_intern(start, n),
                        .file = l->file,
                        .line = l->line};
    t->word = cc_meaning(t->text)->word;
    if (t->word == NULL)
        t->word = "";
    for (int i = l->ntok - 1;
         i >= 0 && tokens[i].line == l->line && tokens[i].file == l->file; i--)
        if (tokens[i].text == t->text) {
            t->nth = tokens[i].nth + 1;
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
        (base != 2 && strpbrk(t->text, base == 16 ? "pP" : "eE") != NULL)) {
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
    uint8_t *bytes = cc_room(NULL, 0, 1);
    int n = 0;
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
        bytes = cc_room(bytes, n, 1);
        bytes[n++] = code;
    }
    l->p = end + closed;
    if (kind == TK_STR) {
        t->bytes = bytes;
        t->nbytes = n;
        return;
    }
    t->type = type_int;
    if (n == 0)
        error_at(t, "a character constant needs a character");
    if (n > 4)
        error_at(t, "a character constant has at most four characters");
    for (int i = 0; i < n && i < 4; i++)
        t->value = t->value << 8 | bytes[i];
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

/* Is this another letter, as the preprocessor writes it: \u00e4? */
static bool
is_foreign_letter(const char *s)
{
    return s[0] == '\\' && (s[1] | 32) == 'u' && cc_word(s + 2) > 0;
}

static void
word(struct lexer *l)
{
    size_t n = cc_word(l->p), ascii = n;
    struct token *t;

    while (is_foreign_letter(l->p + n))
        n += 1 + cc_word(l->p + n + 1);
    t = add(l, TK_IDENT, l->p, n);
    l->p += n;
    if (t->word[0] != '\0')
        t->kind = TK_KEYWORD;
    if (n > ascii)
        error_at(t, "a name has the letters a to z and A to Z, digits and _");
    if ((*l->p == '"' || *l->p == '\'') && n <= 2 &&
        strchr("LuU", t->text[0]) != NULL) {
        error_at(t, "wide and Unicode characters are not part of this C: all "
                    "text is EBCDIC");
        l->ntok--;
    }
}

static void
punctuator(struct lexer *l)
{
    size_t n = strspn(l->p, ".-+<>=!&|*/%^:"); /* of those with more than one */
    uint8_t c = (uint8_t)*l->p;
    struct token *t;

    for (n = n > 3 ? 3 : n; n > 1; n--)
        if (cc_meaning(cc_intern(l->p, n))->word != NULL)
            break;
    n = n < 1 ? 1 : n;
    t = add(l, TK_PUNCT, l->p, n);
    l->p += n;
    if (t->word[0] != '\0')
        return;
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
    size_t n;

    if (most == 0)
        define_words();
    l.file = source_file(name, strlen(name));
    while (*l.p != '\0') {
        char c = *l.p;

        if (isspace((unsigned char)c)) {
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
        else if (cc_word(l.p) > 0 || is_foreign_letter(l.p))
            word(&l);
        else if (c == '"' || c == '\'')
            quoted(&l, c == '"' ? TK_STR : TK_CHAR);
        else
            punctuator(&l);
        line_begins = false;
    }
    add(&l, TK_EOF, "end of file", 11);
    n = (size_t)l.ntok * sizeof(*tokens);
    return memcpy(cc_alloc(n), tokens, n);
}
