/*
 * literal.c - characters and strings.
 *
 * They become what the machine has, in EBCDIC or, by their prefix, in a form of
 * Unicode: the rest of the compiler never sees the host's character set again.
 */
#include "tree.h"

#include "machine/io/ebcdic.h"

#include <stdlib.h>
#include <string.h>

/* ---- Unicode ------------------------------------------------------------- */

bool
utf8_is_character(uint32_t c)
{
    return c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
}

int
utf8_put(char *to, uint32_t c)
{
    int more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;

    to[0] = (char)(more == 0 ? c : 0xFFu << (7 - more) | c >> 6 * more);
    for (int i = 1; i <= more; i++)
        to[i] = (char)(0x80 | (c >> 6 * (more - i) & 0x3F));
    return more + 1;
}

uint32_t
utf8_get(const char **p)
{
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    uint32_t c = (uint8_t) * (*p)++;
    int more = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3, i = 0;
    bool good = c < 0x80 || (c >= 0xC0 && c < 0xF8);

    c &= more == 0 ? 0x7F : 0x3F >> more;
    for (; i < more && ((uint8_t) * *p & 0xC0) == 0x80; i++)
        c = c << 6 | ((uint8_t) * (*p)++ & 0x3F);
    return good && i == more && c >= least[more] ? c : UINT32_MAX;
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

size_t
literal_prefix(const char *s)
{
    size_t n = *s == 'L' || *s == 'u' || *s == 'U';

    if (strncmp(s, "u8\"", 3) == 0)
        n = 2;
    return s[n] == '"' || s[n] == '\'' ? n : 0;
}

static char
prefix_of(const struct token *t)
{
    size_t n = literal_prefix(t->text);

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
    const char *from = utf8, *end = utf8 + utf8_put(utf8, c);
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
    uint32_t c = utf8_get(&x->p);

    if (!utf8_is_character(c)) {
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
    else if (!utf8_is_character(c))
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

    x.p = t->text + literal_prefix(t->text) + 1;
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

void
literal_character(struct token *t)
{
    char prefix = prefix_of(t);
    struct text x = convert(t, prefix);
    int most_bytes = prefix == '\0' ? 4 : (int)type_size(x.element);
    uint64_t value = 0;

    if (x.n == 0)
        error_at(t, "a character constant needs a character");
    if (x.n > most_bytes && prefix == '\0')
        error_at(t, "a character constant has at most four characters; a "
                    "string has double quotes");
    else if (x.n > most_bytes)
        error_at(t,
                 "a character constant with %c has one character, of %d bits",
                 prefix, 8 * most_bytes);
    for (int i = 0; i < x.n && i < most_bytes; i++)
        value = value << 8 | x.bytes[i];
    t->type = x.n == 0 || x.n > most_bytes ? type_error
              : prefix == '\0'             ? type_int
                                           : x.element;
    t->value = (uint64_t)constant_wrap(t->type, (int64_t)value);
}

void
literal_strings(struct token *t)
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
