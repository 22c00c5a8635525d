/*
 * abs.c - absolute values and division with remainder (stdlib.h)
 */
#include <stdlib.h>

int
abs(int n)
{
    return n < 0 ? -n : n;
}

long
labs(long n)
{
    return n < 0 ? -n : n;
}

long long
llabs(long long n)
{
    return n < 0 ? -n : n;
}

div_t
div(int n, int d)
{
    div_t result = {n / d, n % d};

    return result;
}

ldiv_t
ldiv(long n, long d)
{
    ldiv_t result = {n / d, n % d};

    return result;
}

lldiv_t
lldiv(long long n, long long d)
{
    lldiv_t result = {n / d, n % d};

    return result;
}
