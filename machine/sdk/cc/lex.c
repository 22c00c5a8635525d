/*
 * lex.c - tokens from what the preprocessor wrote.
 *
 * `# LINE "FILE"` lines say where the text comes from; other lines that begin
 * with # are pragmas and mean nothing here.
 */
#include "tree.h"

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
    "_Alignas _Alignof _Atomic _Bool _Complex _Generic _Imaginary _Noreturn "
    "_Static_assert _Thread_local __attribute__ auto break case char const "
    "continue default do double else enum extern float for goto if inline int "
    "long register restrict return short signed sizeof static struct switch "
    "typedef union unsigned void volatile while "
    "... -> ++ -- << >> <= >= == != && || *= /= %= += -= &= ^= |= <<= >>= "
    "( ) [ ] { } < > = + - * / % & | ^ ! ~ ? : ; , .";

/* Other spellings, each in front of the usual one. */
static const char others[] =
    "__alignof _Alignof __alignof__ _Alignof __attribute __attribute__ "
    "__complex _Complex __complex__ _Complex __const const __const__ const "
    "__inline inline __inline__ inline __restrict restrict "
    "__restrict__ restrict __signed signed __signed__ signed "
    "__volatile volatile __volatile__ volatile <: [ :> ] <% { %> }";

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
    const char *text = cc_intern(start, n);
    struct meaning *m = cc_meaning(text);
    struct token *t;

    bool goes_on;

    if (l->ntok + 1 >= most) {
        most = 2 * most + 1024;
        tokens = realloc(tokens, (size_t)most * sizeof(*tokens));
        if (tokens == NULL)
            fatal("out of memory");
    }
    t = &tokens[l->ntok++];
    goes_on = l->ntok > 1 && t[-1].line == l->line && t[-1].file == l->file;
    *t = (struct token){.kind = kind,
                        .text = text,
                        .word = m->word != NULL ? m->word : "",
                        .file = l->file,
                        .line = l->line,
                        .index = goes_on ? t[-1].index + 1 : 0};
    t[1].kind = TK_EOF; /* for a message about this one */
    return t;
}

/* Read a letter of a name that is not of ASCII, in UTF-8 or, as the
 * preprocessor may write it, as \u00e4; 0 if there is none.  C11, annex D. */
static uint32_t
foreign_letter(const char **p)
{
    static const struct {
        uint32_t first, last;
    } letters[] = {
        {0xA8, 0xA8},      {0xAA, 0xAA},     {0xAD, 0xAD},     {0xAF, 0xAF},
        {0xB2, 0xB5},      {0xB7, 0xBA},     {0xBC, 0xBE},     {0xC0, 0xD6},
        {0xD8, 0xF6},      {0xF8, 0x167F},   {0x1681, 0x180D}, {0x180F, 0x1FFF},
        {0x200B, 0x200D},  {0x202A, 0x202E}, {0x203F, 0x2040}, {0x2054, 0x2054},
        {0x2060, 0x218F},  {0x2460, 0x24FF}, {0x2776, 0x2793}, {0x2C00, 0x2DFF},
        {0x2E80, 0x2FFF},  {0x3004, 0x3007}, {0x3021, 0x302F}, {0x3031, 0xD7FF},
        {0xF900, 0xFD3D},  {0xFD40, 0xFDCF}, {0xFDF0, 0xFE44}, {0xFE47, 0xFFFD},
        {0x10000, 0xEFFFD}};
    const char *s = *p;
    uint32_t c;

    size_t digits = s[0] != '\\' ? 0 : s[1] == 'u' ? 4 : s[1] == 'U' ? 8 : 0;
    size_t i = 0, n = sizeof(letters) / sizeof(letters[0]);

    if (digits > 0 && strspn(s + 2, "0123456789abcdefABCDEF") >= digits) {
        c = (uint32_t)strtoul(cc_intern(s + 2, digits), NULL, 16);
        s += 2 + digits;
    } else
        c = utf8_get(&s);
    while (i < n && c > letters[i].last)
        i++;
    if (i == n || c < letters[i].first)
        return 0;
    *p = s;
    return c;
}

/* ---- how long a token is ------------------------------------------------- */

/* Everything up to the closing quote. */
static size_t
quoted_length(const char *s, bool *closed)
{
    const char *open = s + literal_prefix(s), *end = open + 1;

    while (*end != *open && *end != '\n' && *end != '\0')
        end += *end == '\\' && end[1] != '\n' && end[1] != '\0' ? 2 : 1;
    *closed = *end == *open;
    /* What ends the statement was hardly meant to be text. */
    while (!*closed && end > open + 1 && strchr("); \t\r", end[-1]) != NULL)
        end--;
    return (size_t)(end - s) + *closed;
}

static bool
begins_number(const char *s)
{
    return isdigit((unsigned char)s[*s == '.']);
}

static bool
begins_quoted(const char *s)
{
    return *s == '"' || *s == '\'' || literal_prefix(s) > 0;
}

size_t
lex_length(const char *s)
{
    const char *end = s;
    bool closed, hex = *s == '0' && (s[1] | 32) == 'x';
    size_t n = strspn(s, ".-+<>=!&|*/%^:"); /* of those with more than one */

    if (s[0] == '/' && s[1] == '/')
        return strlen(s);
    if (s[0] == '/' && s[1] == '*')
        return (end = strstr(s + 2, "*/")) != NULL ? (size_t)(end + 2 - s)
                                                   : strlen(s);
    if (begins_quoted(s))
        return quoted_length(s, &closed);
    if (begins_number(s)) {
        while (cc_word(end) > 0 || *end == '.' ||
               ((*end == '+' || *end == '-') &&
                strchr(hex ? "pP" : "eEpP", end[-1]) != NULL))
            end++;
        return (size_t)(end - s);
    }
    do
        end += cc_word(end);
    while (foreign_letter(&end) != 0);
    if (end > s)
        return (size_t)(end - s);
    for (n = n > 3 ? 3 : n; n > 1; n--)
        if (cc_meaning(cc_intern(s, n))->word != NULL)
            return n;
    return utf8_is_character(utf8_get(&end)) ? (size_t)(end - s) : 1;
}

/* ---- numbers ------------------------------------------------------------- */

static void
number(struct lexer *l)
{
    const char *start = l->p;
    int base = start[0] != '0'                                   ? 10
               : (start[1] | 32) == 'x'                          ? 16
               : (start[1] | 32) == 'b' && (start[2] | 1) == '1' ? 2
                                                                 : 8;
    bool u = false;
    int nl = 0;
    struct token *t;
    char *p;

    l->p += lex_length(start);
    t = add(l, TK_NUM, start, (size_t)(l->p - start));
    t->type = type_int;
    if (strchr(t->text, '.') != NULL ||
        (base != 2 && strpbrk(t->text, base == 16 ? "pP" : "eE") != NULL)) {
        error_at(t, "floating point is not part of this C: cc370 has only "
                    "integers");
        return;
    }
    errno = 0;
    t->value = strtoull(start + (base == 2 ? 2 : 0), &p, base);
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
    if (base == 10 && !u && t->value > INT64_MAX)
        warn_at(t, "constants",
                "%s is more than a long long holds, so that it has no sign: "
                "an U behind it says so",
                t->text);
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

static void
quoted(struct lexer *l)
{
    bool closed;
    size_t n = quoted_length(l->p, &closed);
    char quote = l->p[literal_prefix(l->p)];
    struct token *t = add(l, quote == '"' ? TK_STR : TK_CHAR, l->p, n);

    l->p += n;
    t->type = type_error;
    if (!closed)
        error_at(t, "the closing %c is missing", quote);
    else if (quote == '\'')
        literal_character(t);
}

/* ---- the rest ------------------------------------------------------------ */

/* #pragma: C's own, and GCC's of its messages, change nothing here. */
static void
pragma(struct lexer *l, const char *word)
{
    size_t n = cc_word(word);
    struct token *t = add(l, TK_IDENT, word, n > 0 ? n : 1);

    if (strcmp(t->text, "STDC") != 0 && strcmp(t->text, "GCC") != 0)
        warn_at(t, "attributes", "#pragma %s means nothing here%s", t->text,
                strcmp(t->text, "pack") == 0
                    ? ": __attribute__((packed)) packs a structure"
                    : "");
    l->ntok--;
}

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
        if (strncmp(name, "./", 2) == 0) /* clang has that, gcc not */
            name += 2;
        l->file = source_file(name, (size_t)(close - name));
        l->line = (int)line - 1; /* the end of this line adds one */
    } else if (strncmp(l->p, "pragma ", 7) == 0)
        pragma(l, l->p + 7);
    l->p += strcspn(l->p, "\n");
}

static void
word(struct lexer *l)
{
    size_t n = lex_length(l->p);
    const char *end = l->p + n, *name = l->p;
    char *to;

    if (n > cc_word(name)) { /* all of it as UTF-8 */
        name = to = cc_alloc((size_t)(end - l->p));
        while (l->p < end) {
            uint32_t c = foreign_letter(&l->p);

            to += utf8_put(to, c != 0 ? c : (uint8_t)*l->p++);
        }
        n = (size_t)(to - name);
    }
    l->p = end;
    if (strcmp(add(l, TK_IDENT, name, n)->text, "__extension__") == 0)
        l->ntok--; /* it only tells gcc that what follows is meant */
    else if (tokens[l->ntok - 1].word[0] != '\0')
        tokens[l->ntok - 1].kind = TK_KEYWORD;
}

static void
punctuator(struct lexer *l)
{
    size_t n = lex_length(l->p);
    const char *start = l->p;
    uint32_t c = utf8_get(&start);
    bool is_dash = (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
    struct token *t = add(l, TK_PUNCT, l->p, n);

    l->p += n;
    if (t->word[0] != '\0')
        return;
    if (!utf8_is_character(c) || c < ' ' || c == 0x7F)
        error_at(t, "a byte X'%02X' does not belong into a program",
                 (uint8_t)t->text[0]);
    else
        error_at(t, "`%s' does not belong into a C program%s", t->text,
                 c >= 0x2018 && c <= 0x201F ? ": quotes are straight, ' and \""
                 : is_dash                  ? ": a minus is -"
                 : c == 0xA0                ? ": it is a blank of another kind"
                                            : "");
    l->ntok--;
    if (is_dash)
        add(l, TK_PUNCT, "-", 1);
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
        const char *next = l.p;
        char c = *l.p;

        if (isspace((unsigned char)c)) {
            l.line += c == '\n';
            line_begins |= c == '\n';
            l.p++;
            continue;
        }
        if (c == '#' && line_begins)
            marker(&l);
        else if (begins_number(l.p))
            number(&l);
        else if (begins_quoted(l.p))
            quoted(&l);
        else if (cc_word(l.p) > 0 || foreign_letter(&next) != 0)
            word(&l);
        else
            punctuator(&l);
        line_begins = false;
    }
    add(&l, TK_EOF, "end of file", 11);
    literal_strings(tokens);
    n = (size_t)l.ntok * sizeof(*tokens);
    return memcpy(cc_alloc(n), tokens, n);
}
