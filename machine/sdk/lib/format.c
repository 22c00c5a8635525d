/*
 * format.c - printf's conversions (stdio.h)
 *
 * One conversion is taken apart into a struct spec, its digits are made from
 * right to left in a buffer, and field() puts them out with prefix, zeros and
 * padding.  An unknown conversion is printed as it stands.
 */
#include "format.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct spec {
    bool left, plus, blank, alternate, zero;
    int width;
    int precision; /* -1: none given */
    int size;      /* bytes of the argument: 1, 2, 4, 8 */
};

static void
put(struct sink *sink, const char *text, size_t len)
{
    if (len > 0)
        sink->put(sink, text, len);
    sink->length += len;
}

static void
pad(struct sink *sink, char c, int n)
{
    char piece[16];

    if (n <= 0)
        return;
    memset(piece, c, sizeof(piece));
    for (; n > (int)sizeof(piece); n -= (int)sizeof(piece))
        put(sink, piece, sizeof(piece));
    put(sink, piece, (size_t)n);
}

/* Prefix, `zeros` zeros and text, in a field of spec->width. */
static void
field(struct sink *sink, const struct spec *spec, const char *prefix, int zeros,
      const char *text, size_t len)
{
    int blanks = spec->width - (int)strlen(prefix) - zeros - (int)len;

    if (!spec->left)
        pad(sink, ' ', blanks);
    put(sink, prefix, strlen(prefix));
    pad(sink, '0', zeros);
    put(sink, text, len);
    if (spec->left)
        pad(sink, ' ', blanks);
}

/* The digits of value, ending before `end`.  Most numbers fit into a word,
 * which is faster to divide. */
static char *
digits(char *end, uint64_t value, unsigned base, bool upper)
{
    const char *letters = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    uint32_t word;

    for (; value >> 32 != 0; value /= base)
        *--end = letters[(unsigned)(value % base)];
    for (word = (uint32_t)value; word != 0; word /= base)
        *--end = letters[word % base];
    return end;
}

static void
number(struct sink *sink, const struct spec *spec, char conversion,
       uint64_t value, const char *sign)
{
    bool upper = conversion == 'X';
    bool hex = upper || conversion == 'x' || conversion == 'p';
    unsigned base = hex ? 16 : conversion == 'o' ? 8 : 10;
    char buffer[24], *end = buffer + sizeof(buffer);
    char *first = digits(end, value, base, upper);
    int len = (int)(end - first);
    int zeros = (spec->precision < 0 ? 1 : spec->precision) - len;

    if (spec->alternate && hex && value != 0)
        sign = upper ? "0X" : "0x";
    if (spec->alternate && base == 8 && zeros < 1 &&
        (len == 0 || *first != '0'))
        zeros = 1;
    if (spec->zero && !spec->left && spec->precision < 0 &&
        zeros < spec->width - (int)strlen(sign) - len)
        zeros = spec->width - (int)strlen(sign) - len;
    field(sink, spec, sign, zeros < 0 ? 0 : zeros, first, (size_t)len);
}

static void
signed_number(struct sink *sink, const struct spec *spec, int64_t value)
{
    const char *sign = spec->plus ? "+" : spec->blank ? " " : "";

    if (value < 0)
        number(sink, spec, 'd', 0 - (uint64_t)value, "-");
    else
        number(sink, spec, 'd', (uint64_t)value, sign);
}

static const char *
flags(struct spec *spec, const char *f)
{
    memset(spec, 0, sizeof(*spec));
    for (;; f++) {
        if (*f == '-')
            spec->left = true;
        else if (*f == '+')
            spec->plus = true;
        else if (*f == ' ')
            spec->blank = true;
        else if (*f == '#')
            spec->alternate = true;
        else if (*f == '0')
            spec->zero = true;
        else
            return f;
    }
}

static const char *
decimal(const char *f, int *value)
{
    for (*value = 0; isdigit((unsigned char)*f); f++)
        *value = *value * 10 + (*f - '0');
    return f;
}

/* char is 1 byte, short 2, int, long and pointers 4, long long 8. */
static const char *
size(struct spec *spec, const char *f)
{
    spec->size = 4;
    if (f[0] == 'h')
        spec->size = f[1] == 'h' ? 1 : 2;
    else if (f[0] == 'j' || (f[0] == 'l' && f[1] == 'l'))
        spec->size = 8;
    while (*f == 'h' || *f == 'l' || *f == 'j' || *f == 'z' || *f == 't')
        f++;
    return f;
}

void
__format(struct sink *sink, const char *f, va_list ap)
{
    struct spec spec;
    const char *start, *text;
    int64_t value;
    char c;

    for (;;) {
        for (start = f; *f != 0 && *f != '%'; f++)
            ;
        put(sink, start, (size_t)(f - start));
        if (*f == 0)
            return;
        start = f;
        f = flags(&spec, f + 1);
        if (*f == '*') {
            spec.width = va_arg(ap, int);
            if (spec.width < 0) {
                spec.left = true;
                spec.width = -spec.width;
            }
            f++;
        } else
            f = decimal(f, &spec.width);
        spec.precision = -1;
        if (*f == '.') {
            if (*++f == '*') {
                spec.precision = va_arg(ap, int);
                f++;
            } else
                f = decimal(f, &spec.precision);
        }
        f = size(&spec, f);
        switch (c = *f) {
        case 'd':
        case 'i':
            value = spec.size == 8 ? va_arg(ap, long long) : va_arg(ap, int);
            if (spec.size == 1)
                value = (signed char)value;
            else if (spec.size == 2)
                value = (short)value;
            signed_number(sink, &spec, value);
            break;
        case 'u':
        case 'o':
        case 'x':
        case 'X':
            value = spec.size == 8 ? va_arg(ap, long long)
                                   : (int64_t)va_arg(ap, unsigned);
            if (spec.size < 4)
                value &= spec.size == 1 ? 0xFF : 0xFFFF;
            number(sink, &spec, c, (uint64_t)value, "");
            break;
        case 'p':
            spec.alternate = true;
            number(sink, &spec, c, (uintptr_t)va_arg(ap, void *), "");
            break;
        case 'c':
            c = (char)va_arg(ap, int);
            field(sink, &spec, "", 0, &c, 1);
            break;
        case 's':
            text = va_arg(ap, const char *);
            field(sink, &spec, "", 0, text,
                  spec.precision < 0 ? strlen(text)
                                     : strnlen(text, (size_t)spec.precision));
            break;
        case '%':
            put(sink, "%", 1);
            break;
        default:
            put(sink, start, (size_t)(f - start));
            if (c == 0)
                return;
            put(sink, f, 1);
        }
        f++;
    }
}
