/*
 * strtol.c - numbers from text (stdlib.h)
 */
#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The value of a digit or letter, 0 to 35; 99 for other characters. */
static unsigned
digit_value(int c)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";

    if (isdigit(c))
        return (unsigned)(c - '0');
    if (isalpha(c))
        return 10 + (unsigned)(strchr(letters, tolower(c)) - letters);
    return 99;
}

/* The magnitude; *over when it needs more than 32 bits. */
static unsigned long
scan(const char *s, char **end, int base, bool *negative, bool *over)
{
    const char *start = s;
    unsigned long value = 0;
    unsigned digit;

    *negative = *over = false;
    while (isspace((unsigned char)*s))
        s++;
    if (*s == '-' || *s == '+')
        *negative = *s++ == '-';
    if ((base == 0 || base == 16) && s[0] == '0' &&
        (s[1] == 'x' || s[1] == 'X') && digit_value((unsigned char)s[2]) < 16) {
        s += 2;
        base = 16;
    } else if (base == 0)
        base = *s == '0' ? 8 : 10;
    for (; (digit = digit_value((unsigned char)*s)) < (unsigned)base; s++) {
        if (value > (ULONG_MAX - digit) / (unsigned)base)
            *over = true;
        value = value * (unsigned)base + digit;
        start = s + 1;
    }
    if (end != NULL)
        *end = (char *)start;
    return value;
}

unsigned long
strtoul(const char *s, char **end, int base)
{
    bool negative, over;
    unsigned long value = scan(s, end, base, &negative, &over);

    if (over)
        return ULONG_MAX;
    return negative ? 0 - value : value;
}

long
strtol(const char *s, char **end, int base)
{
    bool negative, over;
    unsigned long value = scan(s, end, base, &negative, &over);

    if (negative)
        return over || value > LONG_MAX ? LONG_MIN : -(long)value;
    return over || value > LONG_MAX ? LONG_MAX : (long)value;
}

int
atoi(const char *s)
{
    return (int)strtol(s, NULL, 10);
}

long
atol(const char *s)
{
    return strtol(s, NULL, 10);
}
