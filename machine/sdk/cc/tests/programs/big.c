/* A frame and objects larger than one displacement; a function larger than
 * one base register reaches. */
#include <stdio.h>

static int far_table[5000];
static char far_bytes[20000];

#define STEP(n)                                                              \
    x = x * 5 + (n);                                                         \
    if (x & 0x10)                                                            \
        x ^= a[(unsigned)x % 100];                                           \
    switch (x & 7) {                                                         \
    case 0:                                                                  \
        x += (n);                                                            \
        break;                                                               \
    case 1:                                                                  \
        x -= 3 * (n);                                                         \
        break;                                                               \
    case 2:                                                                  \
        x = ~x;                                                              \
        break;                                                               \
    case 3:                                                                  \
    case 4:                                                                  \
        x ^= x >> 5;                                                         \
        break;                                                               \
    case 5:                                                                  \
        a[(n) % 100] += x;                                                     \
        break;                                                               \
    }                                                                        \
    y += (unsigned)x / 7u + 123456789 % ((n) + 2);
#define STEPS(n)                                                             \
    STEP(n) STEP(n + 1) STEP(n + 2) STEP(n + 3) STEP(n + 4) STEP(n + 5)      \
    STEP(n + 6) STEP(n + 7) STEP(n + 8) STEP(n + 9)

static int
small_reach(int *a, int x)
{
    unsigned y = 0;

    STEPS(0)
    return x + (int)y;
}

static int
medium_reach(int *a, int x)
{
    unsigned y = 0;

    for (int i = 0; i < 3; i++) {
        STEPS(10)
        STEPS(20)
        STEPS(30)
    }
    return x + (int)y;
}

static int
far_reach(int *a, int x)
{
    unsigned y = 0;

    for (int i = 0; i < 3; i++) {
        STEPS(100)
        STEPS(200)
        STEPS(300)
        STEPS(400)
        STEPS(500)
        STEPS(600)
        STEPS(700)
        STEPS(800)
        STEPS(900)
    }
    return x + (int)y;
}

static int
large_frame(int n)
{
    int first[1200], second[1200];
    char third[6000];
    struct {
        int pad[1500];
        int last;
    } s;
    int i, sum = 0;

    for (i = 0; i < 1200; i++) {
        first[i] = i * n;
        second[1199 - i] = first[i] - 7;
    }
    for (i = 0; i < 6000; i++)
        third[i] = (char)(i >> 3);
    s.last = second[3];
    s.pad[1499] = third[5999];
    for (i = 0; i < 1200; i += 100)
        sum = sum * 3 + first[i] + second[i] + third[i * 5];
    return n > 0 ? sum + large_frame(n - 1) : sum + s.last + s.pad[1499];
}

/* Literals that lie further away than two base registers reach: stored from
 * storage to storage, and a table of a switch. */
#define STORE(n) p[(n) % 50] ^= 70000 + (n) * 3; q[(n) % 60] = 90001 + (n) * 7;
#define TENTH(n)                                                             \
    STORE(n) STORE(n + 1) STORE(n + 2) STORE(n + 3) STORE(n + 4)             \
    STORE(n + 5) STORE(n + 6) STORE(n + 7) STORE(n + 8) STORE(n + 9)
#define HUNDRED(n)                                                           \
    TENTH(n) TENTH(n + 10) TENTH(n + 20) TENTH(n + 30) TENTH(n + 40)         \
    TENTH(n + 50) TENTH(n + 60) TENTH(n + 70) TENTH(n + 80) TENTH(n + 90)

static int
far_literals(int *p, int *q, int x)
{
    HUNDRED(0) HUNDRED(100) HUNDRED(200) HUNDRED(300) HUNDRED(400)
    HUNDRED(500) HUNDRED(600) HUNDRED(700) HUNDRED(800) HUNDRED(900)
    HUNDRED(1000) HUNDRED(1100)
    switch (x) {
    case 1:
        return p[1];
    case 2:
        return q[1];
    case 3:
        return p[2];
    case 4:
        return q[2] + 1;
    case 5:
        return 7;
    case 6:
        return p[3] - 1;
    default:
        return q[59];
    }
}

int
main(void)
{
    int a[100] = {0};
    long sum = 0;

    for (int i = 0; i < 5000; i++)
        far_table[i] = i * 3;
    for (int i = 0; i < 20000; i++)
        far_bytes[i] = (char)(far_table[i % 5000] ^ i);
    for (int i = 0; i < 20000; i += 777)
        sum += far_bytes[i] + far_table[i / 4];
    printf("%ld %d %d\n", sum, far_table[4999], far_bytes[19999]);
    printf("%d\n", small_reach(a, 77));
    printf("%d\n", medium_reach(a, 78));
    printf("%d\n", far_reach(a, 79));
    printf("%d\n", large_frame(3));
    for (int i = 0; i < 8; i++)
        printf("%d\n", far_literals(a, far_table, i));
    return 0;
}
