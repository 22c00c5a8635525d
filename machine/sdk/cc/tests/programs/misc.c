/* What the other programs do not show: chains of assignments, side effects
 * once, tentative definitions, qualifiers, calls through members, casts. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

extern int table[];
int tentative;
int tentative;
static int forward[3];
static const volatile int constant = 5;
int table[4] = {1, 2, 3, 4};
static int forward[3] = {7, 8, 9};

struct ops {
    int (*open)(struct ops *, int);
    void (*close)(void);
    union {
        struct {
            unsigned char hi, lo;
        };
        unsigned char both[2];
    };
    int state[3];
};

static int closed;
static int
do_open(struct ops *o, int mode)
{
    o->state[mode]++;
    return o->state[mode] * 10 + mode;
}
static void
do_close(void)
{
    closed++;
}
static struct ops ops = {do_open, do_close, .both = {3, 4}};
static struct {
    struct {
        struct ops *list[2];
        int (*f[2])(struct ops *, int);
    } inner[2];
} deep = {.inner[1].list[0] = &ops, .inner[1].f = {[1] = do_open}};
static const uintptr_t address = (uintptr_t)&table[1];

static int evaluations;
static int *
once(int *p)
{
    evaluations++;
    return p;
}

static unsigned
low_bits(uint64_t x)
{
    return (unsigned)x;
}

static int
before(signed char c)
{
    switch (c) {
    case -128:
        return 1;
    case -1:
        return 2;
    case 'a' - 'a':
        return 3;
    case 127:
        return 4;
    }
    return 0;
}

static void
nothing(int n)
{
    if (n)
        return;
    (void)n;
}

int
main(void)
{
    struct ops a, b, c, *p = &ops;
    int i = 0, j, v[5] = {0, 1, 2, 3, 4};
    char line[40], *s = line;
    const char *from = "copied by hand";
    unsigned char uc = 200;
    volatile short vs = -3;
    long long wide = 7;

    tentative = table[2] + forward[1] + constant;
    printf("%d %d\n", tentative, p->open(p, 1) + (*p->open)(p, 1));
    p->close();
    (*p->close)();
    (**do_close)();
    printf("%d %d %d\n", closed, p->hi, ops.both[1]);
    a = b = c = ops;
    a.hi = b.lo = c.both[0] = 77;
    printf("%d %d %d %d\n", a.both[0], b.both[1], c.hi, a.lo);
    printf("%d %d\n", deep.inner[1].f[1](deep.inner[1].list[0], 2),
           deep.inner[0].list[1] == NULL);
    *once(v + 1) += 5;
    (*once(v + 2))++;
    once(v)[3] <<= 2;
    i = *once(&v[4]) = 9;
    printf("%d %d %d %d %d %d %d\n", v[0], v[1], v[2], v[3], v[4], i,
           evaluations);
    i = 0;
    v[i++] += 100;
    v[++i] -= 3;
    printf("%d %d %d %d\n", i, v[0], v[1], v[2]);
    while ((*s++ = *from++) != '\0')
        ;
    printf("%s %d\n", line, (int)(s - line));
    for (j = 10; j-- > 5;)
        i += j & 1 ? j : -j;
    printf("%d %d\n", i, j);
    printf("%d %d %d\n", uc + 100, (signed char)uc, (unsigned char)(uc * 2));
    vs *= 4;
    vs++;
    printf("%d %d %d\n", vs, vs < 0u, -1 < (int)sizeof(int));
    wide += uc;
    wide = wide > 200 ? wide : -wide;
    printf("%u %lld %d\n", low_bits((uint64_t)wide << 33 | 5), wide,
           wide == 207 && (int)wide == 207);
    printf("%d %d %d %d %d\n", before(-128), before(-1), before(0),
           before(127), before(5));
    printf("%d\n", address == (uintptr_t)(table + 1) && *(int *)address == 2);
    nothing(1);
    {
        int (*volatile compare)(const void *, const void *, size_t) = memcmp;
        int x = 3, *px = &x, **ppx = &px;

        **ppx = *px * **ppx;
        printf("%d %d\n", compare("ab", "ab", 2), x);
    }
    {
        unsigned mask = 0x80000000u >> 4, shift = 3;
        int negative = -17;

        mask |= 1u << shift | ~0u << 30;
        printf("%x %d %d %d %d\n", mask, negative / 4, negative % 4,
               negative >> 2, (int)((unsigned)negative >> 28));
    }
    printf("%s " "and " "%s\n", "one", __FILE__[0] ? "two" : "");
    return 200;
}
