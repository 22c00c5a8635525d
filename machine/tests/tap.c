/*
 * tap.c - Test Anything Protocol for test programs in C
 */
#include "tap.h"

#include <stdarg.h>
#include <stdio.h>

static unsigned ntests, nfailed;

static bool
report(bool good, const char *format, va_list args)
{
    ntests++;
    nfailed += !good;
    printf("%sok %u - ", good ? "" : "not ", ntests);
    vprintf(format, args);
    putchar('\n');
    return good;
}

bool
ok(bool good, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    report(good, format, args);
    va_end(args);
    return good;
}

bool
is(unsigned long long got, unsigned long long expected, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    report(got == expected, format, args);
    va_end(args);
    if (got != expected)
        diag("is X'%llX', expected X'%llX'", got, expected);
    return got == expected;
}

void
diag(const char *format, ...)
{
    va_list args;

    fflush(stdout);
    fputs("# ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}

int
done(void)
{
    printf("1..%u\n", ntests);
    return nfailed == 0 ? 0 : 1;
}
