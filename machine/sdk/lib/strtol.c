/*
 * strtol.c - numbers from text (stdlib.h)
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The value of a digit or letter, 0 to 35; 99 for other characters. */
static int
digit_value(char c)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";

    if (isdigit(c))
        return c - '0';
    if (isalpha(c))
        return 10 + (int)(strchr(letters, tolower(c)) - letters);
    return 99;
}

/*
 * The number, whose magnitude is at most `most`, or `least` behind a minus;
 * one out of range is that limit.  The magnitude is multiplied word by word,
 * so what does not fit shows itself without a division.
 */
static uint64_t
number(const char *s, char **end, int base, uint64_t most, uint64_t least)
{
    const char *start = s;
    uint32_t high = 0, low = 0;
    bool negative = false, over = false;
    int digit;

    while (isspace((unsigned char)*s))
        s++;
    if (*s == '-' || *s == '+')
        negative = *s++ == '-';
    if ((base == 0 || base == 16) && s[0] == '0' &&
        (s[1] == 'x' || s[1] == 'X') && digit_value(s[2]) < 16) {
        s += 2;
        base = 16;
    } else if (base == 0)
        base = *s == '0' ? 8 : 10;
    else if (base < 2 || base > 36)
        base = 0;
    for (; (digit = digit_value(*s)) < base; s++) {
        uint64_t l = (uint64_t)low * (unsigned)base + (unsigned)digit;
        uint64_t h = (uint64_t)high * (unsigned)base + (l >> 32);

        low = (uint32_t)l;
        high = (uint32_t)h;
        over |= h >> 32 != 0;
        start = s + 1;
    }
    if (end != NULL)
        *end = (char *)start;
    if (negative)
        most = least;
    if (over || ((uint64_t)high << 32 | low) > most) {
        errno = ERANGE;
        return most;
    }
    most = (uint64_t)high << 32 | low;
    return negative ? 0 - most : most;
}

long long
strtoll(const char *s, char **end, int base)
{
    return (long long)number(s, end, base, LLONG_MAX, LLONG_MAX + 1ull);
}

unsigned long long
strtoull(const char *s, char **end, int base)
{
    return number(s, end, base, ULLONG_MAX, ULLONG_MAX);
}

long
strtol(const char *s, char **end, int base)
{
    return (long)number(s, end, base, LONG_MAX, LONG_MAX + 1ull);
}

unsigned long
strtoul(const char *s, char **end, int base)
{
    return (unsigned long)number(s, end, base, ULONG_MAX, ULONG_MAX);
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

long long
atoll(const char *s)
{
    return strtoll(s, NULL, 10);
}
