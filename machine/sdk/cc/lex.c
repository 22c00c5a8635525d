/*
 * lex.c - tokens from what the preprocessor wrote.
 *
 * `# LINE "FILE"` lines say where the text comes from; other lines that begin
 * with # are pragmas and mean nothing here.  Characters and strings leave
 * this file as the machine has them, in EBCDIC or, by their prefix, in a form
 * of Unicode: the rest of the compiler never sees the host's character set
 * again.
 */
#include "tree.h"

#include "machine/io/ebcdic.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define NOT_UTF8 UINT32_MAX /* no character */

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

/* ---- Unicode ------------------------------------------------------------- */

static bool
is_character(uint32_t c)
{
    return c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
}

/* Write c in UTF-8; returns the number of bytes, at most 4. */
static int
encode(char *to, uint32_t c)
{
    int more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;

    to[0] = (char)(more == 0 ? c : 0xFFu << (7 - more) | c >> 6 * more);
    for (int i = 1; i <= more; i++)
        to[i] = (char)(0x80 | (c >> 6 * (more - i) & 0x3F));
    return more + 1;
}

/* Read one character in UTF-8; what is none becomes NOT_UTF8. */
static uint32_t
decode(const char **p)
{
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    uint32_t c = (uint8_t) * (*p)++;
    int more = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3, i = 0;
    bool good = c < 0x80 || (c >= 0xC0 && c < 0xF8);

    c &= more == 0 ? 0x7F : 0x3F >> more;
    for (; i < more && ((uint8_t) * *p & 0xC0) == 0x80; i++)
        c = c << 6 | ((uint8_t) * (*p)++ & 0x3F);
    return good && i == more && c >= least[more] ? c : NOT_UTF8;
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
        c = decode(&s);
    while (i < n && c > letters[i].last)
        i++;
    if (i == n || c < letters[i].first)
        return 0;
    *p = s;
    return c;
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

/* A string or character constant on its way into the machine's bytes.  The
 * prefix: 0 and L are EBCDIC, 8 (of u8), u and U are UTF-8, UTF-16, UTF-32. */
struct text {
    const struct token *t;
    const char *p, *end; /* what is to be converted */
    char prefix;
    struct type *element;
    uint8_t *bytes;
    int n;
};

/* How long the prefix of the literal at s is; 0 too if there is none. */
static size_t
prefix_length(const char *s)
{
    size_t n = *s == 'L' || *s == 'u' || *s == 'U';

    if (strncmp(s, "u8\"", 3) == 0)
        n = 2;
    return s[n] == '"' || s[n] == '\'' ? n : 0;
}

static char
prefix_of(const struct token *t)
{
    size_t n = prefix_length(t->text);

    return n == 0 ? '\0' : t->text[n - 1];
}

static void
put(struct text *x, uint32_t code)
{
    for (uint32_t i = type_size(x->element); i-- > 0;) {
        x->bytes = cc_room(x->bytes, x->n, 1);
        x->bytes[x->n++] = (uint8_t)(code >> 8 * i);
    }
}

/* A character that has this number in Unicode. */
static void
put_character(struct text *x, uint32_t c)
{
    char utf8[4];
    const char *from = utf8, *end = utf8 + encode(utf8, c);
    uint8_t code = 0;

    if (x->prefix == '8') {
        while (from < end)
            put(x, (uint8_t)*from++);
    } else if (x->prefix == 'U') {
        put(x, c);
    } else if (x->prefix == 'u') {
        if (c > 0xFFFF)
            put(x, 0xD800 - (0x10000 >> 10) + (c >> 10));
        put(x, c > 0xFFFF ? 0xDC00 | (c & 0x3FF) : c);
    } else {
        if (ebcdic_from_utf8(&from, end, &code) != 0)
            error_at(x->t,
                     "a character that EBCDIC code page 037 does not have");
        put(x, code);
    }
}

/* One character as the source has it. */
static void
source_character(struct text *x)
{
    uint32_t c = decode(&x->p);

    if (!is_character(c)) {
        error_at(x->t, "this text is not in UTF-8: save the file in UTF-8, or "
                       "write the bytes as \\x");
        c = '?';
    }
    put_character(x, c);
}

/* \uXXXX or \UXXXXXXXX, of which the \ was read */
static void
universal(struct text *x)
{
    size_t want = *x->p == 'u' ? 4 : 8;
    size_t n = strspn(++x->p, "0123456789abcdefABCDEF");
    const char *digits = cc_intern(x->p, n < want ? n : want);
    uint32_t c = (uint32_t)strtoul(digits, NULL, 16);

    x->p += strlen(digits);
    if (n < want)
        error_at(x->t, "%d hexadecimal digits must follow \\%c", (int)want,
                 want == 4 ? 'u' : 'U');
    else if (!is_character(c))
        error_at(x->t, "there is no character \\%c%s", want == 4 ? 'u' : 'U',
                 digits);
    else if (c < 0xA0 && c != '$' && c != '@' && c != '`')
        error_at(x->t,
                 "\\%c%s is not for this character: write it as it is, "
                 "or by \\x",
                 want == 4 ? 'u' : 'U', digits);
    else
        put_character(x, c);
}

/* \x and hexadecimal digits, or up to three octal ones; the \ was read */
static void
numeric(struct text *x)
{
    bool hex = *x->p == 'x';
    size_t n = strspn(x->p + hex, hex ? "0123456789abcdefABCDEF" : "01234567");
    const char *digits = cc_intern(x->p + hex, hex || n < 3 ? n : 3);
    unsigned long v = strtoul(digits, NULL, hex ? 16 : 8);
    uint32_t most = UINT32_MAX >> (32 - 8 * type_size(x->element));

    if (digits[0] == '\0')
        error_at(x->t, "hexadecimal digits must follow \\x");
    if (v > most)
        error_at(x->t,
                 hex ? "a hexadecimal character above \\x%X"
                     : "an octal character above \\%o",
                 most);
    x->p += hex + strlen(digits);
    put(x, (uint32_t)v & most);
}

/* What follows a \. */
static void
escape(struct text *x)
{
    static const char names[] = "ntrbafv";
    static const uint8_t codes[][7] = {
        {0x15, 0x05, 0x0d, 0x16, 0x2f, 0x0c, 0x0b}, /* EBCDIC */
        {0x0a, 0x09, 0x0d, 0x08, 0x07, 0x0c, 0x0b}};
    bool unicode = x->prefix != '\0' && x->prefix != 'L';
    char c = *x->p;
    const char *at = c != '\0' ? strchr(names, c) : NULL;

    if (at != NULL) {
        x->p++;
        put(x, codes[unicode][at - names]);
    } else if (c == 'x' || (c >= '0' && c <= '7'))
        numeric(x);
    else if (c == 'u' || c == 'U')
        universal(x);
    else if (c == '\0' || strchr("\\'\"?", c) == NULL)
        error_at(x->t, "`\\%.1s' is not an escape sequence of C", x->p);
    else
        source_character(x);
}

/* A closed literal, as its own prefix or that of its neighbours wants it. */
static struct text
convert(const struct token *t, char prefix)
{
    struct text x = {.t = t, .prefix = prefix};

    x.p = t->text + prefix_length(t->text) + 1;
    x.end = t->text + strlen(t->text) - 1;
    x.element = prefix == 'L'   ? type_int /* wchar_t in <stddef.h> */
                : prefix == 'u' ? type_ushort
                : prefix == 'U' ? type_uint
                                : type_char;
    x.bytes = cc_room(NULL, 0, 1);
    while (x.p < x.end)
        if (*x.p == '\\') {
            x.p++;
            escape(&x);
        } else
            source_character(&x);
    return x;
}

static void
character(struct token *t)
{
    char prefix = prefix_of(t);
    struct text x = convert(t, prefix);
    int most_bytes = prefix == '\0' ? 4 : (int)type_size(x.element);
    uint64_t value = 0;

    if (x.n == 0)
        error_at(t, "a character constant needs a character");
    if (x.n > most_bytes && prefix == '\0')
        error_at(t, "a character constant has at most four characters");
    else if (x.n > most_bytes)
        error_at(t,
                 "a character constant with %c has one character, of %d bits",
                 prefix, 8 * most_bytes);
    for (int i = 0; i < x.n && i < most_bytes; i++)
        value = value << 8 | x.bytes[i];
    t->type = prefix == '\0' ? type_int : x.element;
    t->value = (uint64_t)constant_wrap(t->type, (int64_t)value);
}

/* Strings side by side become bytes together: a prefix is for all of them. */
static void
strings(struct token *t)
{
    for (; t->kind != TK_EOF; t++) {
        struct token *end = t;
        char prefix = '\0';

        for (; end->kind == TK_STR; end++) {
            char own = prefix_of(end);

            if (prefix == '\0')
                prefix = own;
            else if (own != '\0' && own != prefix)
                error_at(end, "strings side by side have different prefixes");
        }
        for (; t < end; t++) {
            struct text x = convert(t, prefix);

            t->element = x.element;
            t->bytes = x.bytes;
            t->nbytes = x.n;
        }
    }
}

/* Everything up to the closing quote. */
static void
quoted(struct lexer *l)
{
    const char *start = l->p;
    const char *open = start + prefix_length(start), *end = open + 1;
    char quote = *open;
    struct token *t;
    bool closed;

    while (*end != quote && *end != '\n' && *end != '\0')
        end += *end == '\\' && end[1] != '\n' && end[1] != '\0' ? 2 : 1;
    closed = *end == quote;
    /* What ends the statement was hardly meant to be text. */
    while (!closed && end > open + 1 && strchr("); \t\r", end[-1]) != NULL)
        end--;
    t = add(l, quote == '"' ? TK_STR : TK_CHAR, start,
            (size_t)(end - start) + closed);
    l->p = end + closed;
    if (!closed)
        error_at(t, "the closing %c is missing", quote);
    if (quote == '\'')
        character(t);
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
    const char *end = l->p + n, *name = l->p;
    char *to;

    while (foreign_letter(&end) != 0)
        end += cc_word(end);
    if (end > l->p + n) { /* all of it as UTF-8 */
        name = to = cc_alloc((size_t)(end - l->p));
        while (l->p < end) {
            uint32_t c = foreign_letter(&l->p);

            to += encode(to, c != 0 ? c : (uint8_t)*l->p++);
        }
        n = (size_t)(to - name);
    }
    l->p = end;
    if (add(l, TK_IDENT, name, n)->word[0] != '\0')
        tokens[l->ntok - 1].kind = TK_KEYWORD;
}

static void
punctuator(struct lexer *l)
{
    size_t n = strspn(l->p, ".-+<>=!&|*/%^:"); /* of those with more than one */
    const char *end = l->p;
    uint32_t c = decode(&end);
    struct token *t;

    for (n = n > 3 ? 3 : n; n > 1; n--)
        if (cc_meaning(cc_intern(l->p, n))->word != NULL)
            break;
    if (n <= 1)
        n = is_character(c) ? (size_t)(end - l->p) : 1;
    t = add(l, TK_PUNCT, l->p, n);
    l->p += n;
    if (t->word[0] != '\0')
        return;
    if (!is_character(c) || c < ' ' || c == 0x7F)
        error_at(t, "a byte X'%02X' does not belong into a program",
                 (uint8_t)t->text[0]);
    else
        error_at(t, "`%s' does not belong into a C program%s", t->text,
                 c >= 0x2018 && c <= 0x201F ? ": quotes are straight, ' and \""
                                            : "");
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
        else if (isdigit((unsigned char)c) ||
                 (c == '.' && isdigit((unsigned char)l.p[1])))
            number(&l);
        else if (c == '"' || c == '\'' || prefix_length(l.p) > 0)
            quoted(&l);
        else if (cc_word(l.p) > 0 || foreign_letter(&next) != 0)
            word(&l);
        else
            punctuator(&l);
        line_begins = false;
    }
    add(&l, TK_EOF, "end of file", 11);
    strings(tokens);
    n = (size_t)l.ntok * sizeof(*tokens);
    return memcpy(cc_alloc(n), tokens, n);
}
