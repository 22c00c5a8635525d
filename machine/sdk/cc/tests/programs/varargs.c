/* Variable arguments of all sizes; many arguments; recursion. */
#include <stdarg.h>
#include <stdio.h>

struct three {
    char c[3];
};

static long long
collect(const char *kinds, ...)
{
    va_list ap, again;
    long long sum = 0;

    va_start(ap, kinds);
    va_copy(again, ap);
    for (; *kinds; kinds++)
        switch (*kinds) {
        case 'i':
            sum += va_arg(ap, int);
            break;
        case 'w':
            sum ^= va_arg(ap, long long);
            break;
        case 'p':
            sum += *va_arg(ap, short *);
            break;
        case 's':
            sum += va_arg(ap, struct three).c[1];
            break;
        }
    sum = sum * 2 + va_arg(again, int);
    va_end(again);
    va_end(ap);
    return sum;
}

static int
pass(int n, va_list ap)
{
    int r = 0;

    while (n-- > 0)
        r = r * 3 + va_arg(ap, int);
    return r;
}

static int
relay(int n, ...)
{
    va_list ap;
    int r;

    va_start(ap, n);
    r = pass(n, ap);
    va_end(ap);
    return r;
}

static int
many(int a, char b, long long c, short d, int *e, int f, unsigned char g,
     int h, int i, int j, int k, long long l)
{
    return a + b + (int)c + d + *e + f + g + h + i + j + k + (int)(l >> 32);
}

static unsigned
ackermann(unsigned m, unsigned n)
{
    if (m == 0)
        return n + 1;
    if (n == 0)
        return ackermann(m - 1, 1);
    return ackermann(m - 1, ackermann(m, n - 1));
}

static int odd(int n);
static int
even(int n)
{
    return n == 0 ? 1 : odd(n - 1);
}
static int
odd(int n)
{
    return n == 0 ? 0 : even(n - 1);
}

int
main(void)
{
    short s = -12;
    struct three t = {{1, 50, 3}};
    int e = 5;

    printf("%lld\n", collect("iwips", 7, 0x1234567890ll, -3, &s, t));
    printf("%lld\n", collect("i", (char)200));
    printf("%d\n", relay(5, 1, 2, 3, 4, 5));
    printf("%d\n", many(1, 2, 3, 4, &e, 6, 7, 8, 9, 10, 11, 12ll << 32));
    printf("%u\n", ackermann(2, 9));
    printf("%d %d\n", even(101), odd(77));
    printf("%5d|%-5d|%05d|%x|%X|%u|%c%c|%s|%%|%lld|%hhd\n", 42, 42, 42, 255,
           255, 4000000000u, 'o', 'k', "str", -1ll, 300);
    printf("%*d %.3s %8.3s|%+d % d %#x %o\n", 6, 12, "abcdef", "abcdef", 5, 6,
           255, 8);
    return 0;
}
