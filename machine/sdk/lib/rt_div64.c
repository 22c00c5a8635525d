/*
 * rt_div64.c - 64-bit division for C programs; the compiler calls these.
 *
 * The machine divides 64 by 31 bits at most (DR).  What fits into 32 bits is
 * given to the 32-bit division; everything else is done as on paper, one bit
 * at a time, beginning at the first bit of the dividend that can matter.
 * Division by zero ends in the fixed-point-divide exception of DR.
 */

/* n / d; the remainder goes to *rest. */
static unsigned long long
divide(unsigned long long n, unsigned long long d, unsigned long long *rest)
{
    unsigned long long q = 0;
    unsigned long long bit = 1;

    if (n >> 32 == 0 && d >> 32 == 0) {
        *rest = (unsigned)n % (unsigned)d;
        return (unsigned)n / (unsigned)d;
    }
    if (d == 0)
        return (unsigned)n / (unsigned)d;
    while (d < n && d >> 63 == 0) {
        d <<= 1;
        bit <<= 1;
    }
    while (bit != 0) {
        if (n >= d) {
            n -= d;
            q |= bit;
        }
        d >>= 1;
        bit >>= 1;
    }
    *rest = n;
    return q;
}

unsigned long long
__udivdi3(unsigned long long n, unsigned long long d)
{
    unsigned long long rest;

    return divide(n, d, &rest);
}

unsigned long long
__umoddi3(unsigned long long n, unsigned long long d)
{
    unsigned long long rest = 0;

    divide(n, d, &rest);
    return rest;
}

/* Quotients are rounded towards zero. */
long long
__divdi3(long long n, long long d)
{
    unsigned long long rest;
    unsigned long long un = n < 0 ? 0 - (unsigned long long)n : n;
    unsigned long long ud = d < 0 ? 0 - (unsigned long long)d : d;
    unsigned long long q = divide(un, ud, &rest);

    return (n < 0) != (d < 0) ? 0 - q : q;
}

/* The remainder has the sign of the dividend. */
long long
__moddi3(long long n, long long d)
{
    unsigned long long rest = 0;
    unsigned long long un = n < 0 ? 0 - (unsigned long long)n : n;
    unsigned long long ud = d < 0 ? 0 - (unsigned long long)d : d;

    divide(un, ud, &rest);
    return n < 0 ? 0 - rest : rest;
}
