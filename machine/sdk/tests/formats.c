/*
 * formats.c - snprintf() and printf()
 */
#include "check.h"

#include <limits.h>
#include <stdarg.h>

/* Formatting must give exactly this. */
static void
same(int line, const char *want, const char *format, ...)
{
    char got[200];
    va_list ap;
    int len;

    va_start(ap, format);
    len = vsnprintf(got, sizeof(got), format, ap);
    va_end(ap);
    if (len == (int)strlen(want) && strcmp(got, want) == 0)
        return;
    checks_failed++;
    printf("line %d: \"%s\" gave \"%s\", %d\n", line, format, got, len);
}

#define SAME(...) same(__LINE__, __VA_ARGS__)

int
main(void)
{
    char s[5];

    SAME("0 -1 2147483647 -2147483648", "%d %d %d %d", 0, -1, INT_MAX, INT_MIN);
    SAME("   42|42   |00042|+42| 42", "%5d|%-5d|%05d|%+d|% d", 42, 42, 42, 42,
         42);
    SAME("007|     007|007     ||-0007", "%.3d|%8.3d|%-8.3d|%.0d|%05d", 7, 7, 7,
         0, -7);
    SAME("beef BEEF 0xbeef 00BEEF 17 017", "%x %X %#x %06X %o %#o", 0xBEEF,
         0xBEEF, 0xBEEF, 0xBEEF, 15, 15);
    SAME("4294967295 255 -1 65535", "%u %hhu %hhd %hu", UINT_MAX, 511, 255, -1);
    SAME("9223372036854775807 -9223372036854775808", "%lld %lld", LLONG_MAX,
         LLONG_MIN);
    SAME("18446744073709551615 123456789abcdef0", "%llu %llx", ULLONG_MAX,
         0x123456789abcdef0ull);
    SAME("a|  b|c  |%", "%c|%3c|%-3c|%%", 'a', 'b', 'c');
    SAME("abc|  abc|abc  |ab|    x", "%s|%5s|%-5s|%.2s|%*s", "abc", "abc",
         "abc", "abc", 5, "x");
    SAME("0x1234 7 8", "%p %ld %zu", (void *)0x1234, 7l, (size_t)8);
    CHECK(snprintf(s, sizeof(s), "%s", "abcdefgh") == 8);
    CHECK(strcmp(s, "abcd") == 0);
    CHECK(snprintf(NULL, 0, "%d", 12345) == 5);
    CHECK(printf("%s%c", "on the console", '\n') == 15);
    CHECK(puts("puts") == 0 && putchar('p') == 'p');
    puts("");
    /* Longer than printf's buffer. */
    CHECK(printf("%150s\n", "right") == 151);
    return checks_failed;
}
