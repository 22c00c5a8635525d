/*
 * numbers.c - stdlib.h, setjmp.h and 64-bit division
 */
#include "check.h"

#include <errno.h>
#include <inttypes.h>
#include <iso646.h>
#include <limits.h>
#include <setjmp.h>
#include <stdalign.h>
#include <stdlib.h>
#include <stdnoreturn.h>

static int
by_value(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;

    return x < y ? -1 : x > y;
}

static void
sorting(void)
{
    int a[101], i, wrong = 0, key = 500;
    unsigned seed = 1;

    for (i = 0; i < 101; i++) {
        seed = seed * 1103515245 + 12345;
        a[i] = (int)(seed >> 16) % 1000;
    }
    a[50] = key;
    qsort(a, 101, sizeof(a[0]), by_value);
    for (i = 1; i < 101; i++)
        wrong += a[i - 1] > a[i];
    CHECK(wrong == 0);
    CHECK(*(int *)bsearch(&key, a, 101, sizeof(a[0]), by_value) == 500);
    key = 1000;
    CHECK(bsearch(&key, a, 101, sizeof(a[0]), by_value) == NULL);
}

static void
conversions(void)
{
    const char *text = " -0x1Fz";
    char *end;

    CHECK(strtol(text, &end, 0) == -31 && *end == 'z');
    CHECK(strtol("0x", &end, 16) == 0 && *end == 'x');
    CHECK(strtol("777", NULL, 8) == 511 && strtol("zZ", NULL, 36) == 1295);
    CHECK(strtol("2147483648", NULL, 10) == LONG_MAX);
    CHECK(strtol("-2147483649", NULL, 10) == LONG_MIN);
    CHECK(strtoul("4294967295", NULL, 10) == ULONG_MAX);
    CHECK(strtoul("4294967296", NULL, 10) == ULONG_MAX);
    CHECK(strtol("none", &end, 10) == 0 && *end == 'n');
    CHECK(atoi("42abc") == 42 && atol("-7") == -7);
    CHECK(abs(-5) == 5 && labs(5) == 5 && llabs(-5000000000ll) == 5000000000ll);
    CHECK(div(-7, 2).quot == -3 && div(-7, 2).rem == -1);
    CHECK(ldiv(-7, 2).rem == -1 && lldiv(-70000000001ll, 2).rem == -1);
}

/* C11 7.22.1.4: what is out of range, and where a number ends. */
static void
ranges(void)
{
    const char *long_one = "0000000000000000000000000000000000000000000012";
    const char *empty = " +";
    char *end;

    errno = 0;
    CHECK(strtol("-2147483648", NULL, 10) == LONG_MIN and errno == 0);
    CHECK(strtoul("-1", NULL, 10) == ULONG_MAX and errno == 0);
    CHECK(strtoll("-9223372036854775808", NULL, 0) == LLONG_MIN);
    CHECK(strtoull("0xFFFFFFFFFFFFFFFF", NULL, 0) == ULLONG_MAX);
    CHECK(strtoll(long_one, &end, 3) == 5 and *end == 0 and errno == 0);
    CHECK(atoll("-12345678901") == -12345678901ll and errno == 0);
    CHECK(strtol("12", &end, 1) == 0 and strtol("12", &end, -1) == 0);
    CHECK(strtol(empty, &end, 10) == 0 and end == empty and errno == 0);
    CHECK(strtoll("9223372036854775808", NULL, 10) == LLONG_MAX);
    CHECK(errno == ERANGE);
    errno = 0;
    CHECK(strtoull("-18446744073709551616x", &end, 10) == ULLONG_MAX);
    CHECK(errno == ERANGE and *end == 'x');
    errno = 0;
    CHECK(strtol("-2147483649", NULL, 10) == LONG_MIN and errno == ERANGE);
    srand(1);
    CHECK(rand() == 16838 and rand() == 5758 and rand() == 10113);
}

/* The headers that are nothing but macros. */
static void
headers(void)
{
    static alignas(64) char aligned[3];
    char text[60];

    CHECK((uintptr_t)aligned % 64 == 0 and alignof(int64_t) == 8);
    sprintf(text, "%" PRId8 " %" PRIuLEAST16 " %" PRIXFAST32 " %" PRIu64,
            (int8_t)-1, (uint_least16_t)65535, (uint_fast32_t)0xABCD,
            UINT64_MAX);
    CHECK(strcmp(text, "-1 65535 ABCD 18446744073709551615") == 0);
    CHECK(UINT_LEAST8_MAX == 255 and INT_FAST16_MIN == INT_MIN);
    CHECK(WCHAR_MAX == INT_MAX and SIG_ATOMIC_MIN == INT_MIN);
}

static uint32_t
divide(uint32_t n, uint32_t d)
{
    return n / d;
}

static uint64_t
divide_long(uint64_t n, uint64_t d, uint64_t *rest)
{
    *rest = n % d;
    return n / d;
}

static void
division(void)
{
    uint64_t rest;
    volatile int64_t n = -7000000000ll, d = 3;

    CHECK(divide(0xFFFFFFFF, 1) == 0xFFFFFFFF);
    CHECK(divide(0xFFFFFFFF, 0x80000000) == 1);
    CHECK(divide(0x7FFFFFFF, 0x80000000) == 0);
    CHECK(divide(0xFFFFFFFE, 0xFFFFFFFF) == 0);
    CHECK(divide(4000000000u, 7) == 571428571);
    CHECK(divide_long(10000000000ull, 7, &rest) == 1428571428 && rest == 4);
    CHECK(divide_long(~0ull, 10, &rest) == 1844674407370955161 && rest == 5);
    CHECK(divide_long(~0ull, 1ull << 63, &rest) == 1 && rest == ~0ull >> 1);
    CHECK(n / d == -2333333333ll && n % d == -1);
}

static jmp_buf place;

static noreturn void
jump(int value)
{
    longjmp(place, value);
}

static void
jumps(void)
{
    volatile int times = 0;
    int value = setjmp(place);

    times++;
    if (value == 0)
        jump(17);
    if (value == 17)
        jump(0);
    CHECK(value == 1 && times == 3);
}

int
main(void)
{
    sorting();
    conversions();
    ranges();
    headers();
    division();
    jumps();
    return checks_failed;
}
