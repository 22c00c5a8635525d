/* 64-bit arithmetic, conversions and comparisons. */
#include <stdint.h>
#include <stdio.h>

static const int64_t v[] = {
    0, 1, -1, 2, 10, -10, 0x7fffffff, 0x80000000ll, 0xffffffffll,
    0x100000000ll, -0x100000000ll, 0x123456789abcdefll, -0x7fffffffffffffffll,
    0x7fffffffffffffffll, 0x00ff00ff00ff00ffll, -5000000000ll, 3, 1000000007};
enum { N = sizeof v / sizeof v[0] };

static uint64_t hash = 1;

static void
mix(uint64_t x)
{
    hash = (hash ^ x) * 0x100000001b3ull;
    hash ^= hash >> 29;
}

static void
pair(int64_t a, int64_t b)
{
    uint64_t ua = (uint64_t)a, ub = (uint64_t)b;

    mix(ua + ub);
    mix(ua - ub);
    mix(ua * ub);
    mix(ua & ub);
    mix(ua | ub);
    mix(ua ^ ub);
    if (b != 0) {
        mix(ua / ub);
        mix(ua % ub);
        mix((uint64_t)(a / b));
        mix((uint64_t)(a % b));
    }
    mix((uint64_t)((a < b) | (a <= b) << 1 | (a > b) << 2 | (a >= b) << 3 |
                   (a == b) << 4 | (a != b) << 5));
    mix((uint64_t)((ua < ub) | (ua <= ub) << 1 | (ua > ub) << 2 |
                   (ua >= ub) << 3));
    if (a < b && ua > ub)
        mix(77);
    mix((uint64_t)(int32_t)a * (uint64_t)(int64_t)(int32_t)b);
    mix((uint64_t)((int64_t)(int32_t)a * (int32_t)b));
    mix((uint64_t)(uint32_t)a * (uint32_t)b);
}

static int64_t
halve(int64_t x, uint64_t *rest)
{
    *rest = (uint64_t)x % 2u;
    return x / 2;
}

int
main(void)
{
    uint64_t rest;
    volatile int64_t counter = 0;
    long long n = 0;

    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++)
            pair(v[i], v[j]);
        for (int s = 0; s < 64; s++) {
            mix((uint64_t)v[i] << s);
            mix((uint64_t)v[i] >> s);
            mix((uint64_t)(v[i] >> s));
        }
        mix((uint64_t)v[i] << 5);
        mix((uint64_t)(v[i] >> 40));
        mix(0 - (uint64_t)v[i]);
        mix(~(uint64_t)v[i]);
        mix((uint64_t)!v[i]);
        mix((uint64_t)(int8_t)v[i]);
        mix((uint16_t)v[i]);
        mix((uint64_t)halve(v[i], &rest));
        mix(rest);
        mix(v[i] ? 1 : 0);
        counter += v[i] / 3;
        counter++;
        n -= v[i] & 0xffff;
        n ^= n << 7;
        printf("%d %08X%08X\n", i, (unsigned)(hash >> 32), (unsigned)hash);
    }
    printf("%llx %lld %llu\n", (unsigned long long)hash, (long long)counter,
           (unsigned long long)n);
    switch (v[11]) {
    case 0x123456789abcdefll:
        printf("wide case\n");
        break;
    case 0x89abcdef:
        printf("narrow case\n");
        break;
    }
    return 0;
}
