/* 32-bit arithmetic on every pair of interesting values. */
#include <stdint.h>
#include <stdio.h>

static const int32_t v[] = {0,  1,  -1,   2,     -2,    3,          7,
                            -7, 10, 255,  -256,  32767, -32768,     65535,
                            65536, 4095, 4096, -4097, 0x7fffffff, -0x7fffffff - 1,
                            123456789, -987654321};
enum { N = sizeof v / sizeof v[0] };

static unsigned hash = 1;

static void
mix(const char *what, uint32_t x)
{
    hash = (hash ^ x) * 16777619u;
    hash ^= hash >> 13;
    (void)what;
}

static void
pair(int32_t a, int32_t b)
{
    uint32_t ua = (uint32_t)a, ub = (uint32_t)b;

    mix("add", ua + ub);
    mix("sub", ua - ub);
    mix("mul", ua * ub);
    mix("and", ua & ub);
    mix("or", ua | ub);
    mix("xor", ua ^ ub);
    if (b != 0) {
        mix("udiv", ua / ub);
        mix("umod", ua % ub);
    }
    if (b != 0 && !(b == -1 && ua == 0x80000000u)) {
        mix("div", (uint32_t)(a / b));
        mix("mod", (uint32_t)(a % b));
    }
    mix("lt", a < b);
    mix("le", a <= b);
    mix("gt", a > b);
    mix("ge", a >= b);
    mix("eq", a == b);
    mix("ult", ua < ub);
    mix("ule", ua <= ub);
    mix("ugt", ua > ub);
    mix("uge", ua >= ub);
    mix("max", (uint32_t)(a > b ? a : b));
}

int
main(void)
{
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++)
            pair(v[i], v[j]);
        printf("%d %08X\n", (int)v[i], hash);
        for (int s = 0; s < 32; s++) {
            mix("shl", (uint32_t)v[i] << s);
            mix("shr", (uint32_t)v[i] >> s);
            mix("sar", (uint32_t)(v[i] >> s));
        }
        mix("neg", 0 - (uint32_t)v[i]);
        mix("not", ~(uint32_t)v[i]);
        mix("lnot", !v[i]);
        mix("by 10", (uint32_t)v[i] / 10);
        mix("by 10 s", (uint32_t)(v[i] / 10));
        mix("by -3", (uint32_t)(v[i] / -3));
        mix("mod 8", (uint32_t)(v[i] % 8));
        mix("div 8", (uint32_t)(v[i] / 8));
        mix("by big", (uint32_t)v[i] / 0x80000001u);
        mix("times 12", (uint32_t)v[i] * 12u);
        mix("times 100003", (uint32_t)v[i] * 100003u);
    }
    printf("%08X\n", hash);
    return 0;
}
