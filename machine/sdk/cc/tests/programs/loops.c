/* Loops whose index becomes a count, a moving pointer or a sum: at the edges
 * of types, with no turns, with several ends, up and down. */
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define APART __attribute__((noinline))

struct odd {
    char name[5];
    short number;
    int values[3];
};

static int a[40], b[40], grid[7][9];
static short halves[40];
static unsigned char bytes[300];
static struct odd odd[12];
static volatile int calls;

static void
start(void)
{
    for (int i = 0; i < 40; i++) {
        a[i] = i * 17 - 90;
        b[i] = 1000 - i * i;
        halves[i] = (short)(i * 1000);
    }
    for (int i = 0; i < 300; i++)
        bytes[i] = (unsigned char)(i * 31 + 5);
    for (int i = 0; i < 7; i++)
        for (int j = 0; j < 9; j++)
            grid[i][j] = i * 100 + j;
    for (int i = 0; i < 12; i++) {
        odd[i].number = (short)(i * 3);
        for (int j = 0; j < 3; j++)
            odd[i].values[j] = i * j - 7;
    }
}

/* ---- how often ----------------------------------------------------------- */

APART static int
up(int from, int to)
{
    int n = 0;
    for (int i = from; i < to; i++)
        n++;
    return n;
}
APART static int
up_equal(int from, int to)
{
    int n = 0;
    for (int i = from; i <= to; i++)
        n++;
    return n;
}
APART static int
down(int from, int to)
{
    int n = 0;
    for (int i = from; i > to; i--)
        n++;
    return n;
}
APART static int
down_equal(int from, int to)
{
    int n = 0;
    for (int i = from; i >= to; i--)
        n++;
    return n;
}
APART static int
unlike(unsigned from, unsigned to)
{
    int n = 0;
    for (unsigned i = from; i != to; i++)
        n++;
    return n;
}
APART static int
up_unsigned(unsigned from, unsigned to)
{
    int n = 0;
    for (unsigned i = from; i < to; i++)
        n++;
    return n;
}
APART static int
at_least_once(int from, int to)
{
    int n = 0;
    do
        n++;
    while (++from < to);
    return n;
}
APART static int
old_value(int i)
{
    int n = 0;
    while (i-- > 0)
        n++;
    return n;
}
APART static int
old_nonzero(unsigned i)
{
    int n = 0;
    while (i--)
        n++;
    return n;
}
APART static int
old_up(int i, int to)
{
    int n = 0;
    while (i++ < to)
        n++;
    return n;
}
APART static int
new_value(int i)
{
    int n = 0;
    while (--i > 0)
        n++;
    return n;
}
APART static int
by_three(int from, int to)
{
    int n = 0;
    for (int i = from; i < to; i += 3)
        n++;
    return n;
}
APART static int
by_step(int from, int to, int by)
{
    int n = 0;
    for (int i = from; i <= to; i += by)
        n++;
    return n;
}

static void
how_often(void)
{
    static const int from[] = {0, 1, -3, 5, 7, INT_MAX - 4, INT_MIN + 2, 0};
    static const int to[] = {0, 5, 4, 5, 3, INT_MAX - 1, INT_MIN + 8, -1};

    for (int k = 0; k < 8; k++)
        printf("%d..%d: %d %d %d %d %d %d\n", from[k], to[k],
               up(from[k], to[k]), up_equal(from[k], to[k]),
               down(to[k], from[k]), down_equal(to[k], from[k]),
               at_least_once(from[k], to[k]), by_three(from[k], to[k]));
    printf("%d %d %d %d\n", unlike(UINT_MAX - 3, 4), unlike(9, 9),
           up_unsigned(UINT_MAX - 5, UINT_MAX), up_unsigned(3, 2));
    printf("%d %d %d %d %d %d\n", old_value(0), old_value(-4), old_value(6),
           old_nonzero(0), old_nonzero(5), old_up(-2, 3));
    printf("%d %d %d %d\n", new_value(1), new_value(7), new_value(-5),
           by_step(0, 30, 7));
    int n = 0;
    for (uint8_t i = 250; i != 4; i++)
        n++;
    for (unsigned i = 0; i <= 9; i += 4)
        n += 100;
    for (int i = 10; i != 0; i -= 5)
        n += 1000;
    for (int i = 3; i < 3; i++)
        n += 10000;
    for (unsigned i = 5; i-- > 0;)
        n += 100000;
    for (int64_t i = 0; i < 3; i++)
        n += 1000000;
    printf("%d\n", n);
}

/* ---- what is reached ------------------------------------------------------
 */

APART static int
sums(int n)
{
    int sum = 0;

    for (int i = 0; i < n; i++)
        sum += a[i] * b[i] + halves[i];
    for (int i = 1; i < n - 1; i++)
        sum += a[i - 1] - 2 * a[i] + a[i + 1];
    for (int i = n; i-- > 0;)
        sum = sum * 3 + b[i];
    for (int i = n - 1; i >= 0; i -= 2)
        sum ^= halves[i];
    return sum;
}

APART static int
columns(int n, int m)
{
    int sum = 0;

    for (int j = 0; j < m; j++)
        for (int i = 0; i < n; i++)
            sum = sum * 5 + grid[i][j] - grid[i][m - 1 - j];
    for (int i = 0; i < n; i++)
        sum += grid[i][i] + grid[n - 1 - i][i];
    return sum;
}

APART static int
records(struct odd *p, int n)
{
    int sum = 0;

    for (int i = 0; i < n; i++) {
        p[i].number = (short)(p[i].number + i);
        for (int j = 0; j < 3; j++)
            sum += p[i].values[j] * p[i].number;
        memset(p[i].name, 65 + i, sizeof p[i].name);
    }
    for (const struct odd *q = p; q < p + n; q++)
        sum = sum * 7 + q->name[4];
    return sum;
}

/* Copies that overlap move byte by byte. */
APART static void
spread(unsigned char *to, const unsigned char *from, int n)
{
    for (int i = 0; i < n; i++)
        to[i] = from[i];
}

APART static int
is_prime(int n)
{
    static unsigned char crossed[200];

    for (int i = 0; i < 200; i++)
        crossed[i] = 0;
    for (int i = 2; i < 200; i++)
        for (int j = i + i; j < 200; j += i)
            crossed[j] = 1;
    return !crossed[n];
}

APART static int
far_from_zero(int low, int high)
{
    const int *middle = &a[20];
    int sum = 0;

    for (int i = low; i <= high; i++)
        sum = sum * 3 + middle[i];
    return sum;
}

static void
what(void)
{
    unsigned long sum = 0;

    printf("%d %d %d\n", sums(40), sums(1), sums(0));
    printf("%d %d\n", columns(7, 9), columns(0, 9));
    printf("%d %d\n", records(odd, 12), records(odd, 0));
    spread(bytes + 3, bytes, 200);
    spread(bytes + 10, bytes + 20, 100);
    spread(bytes, bytes + 1, 0);
    for (int i = 0; i < 300; i++)
        sum = (sum * 33 + bytes[i]) & 0xffffff;
    printf("%lu\n", sum);
    for (int i = 190; i < 200; i++)
        printf("%d", is_prime(i));
    printf(" %d %d\n", far_from_zero(-20, 19), far_from_zero(3, 2));
}

/* ---- several ends ---------------------------------------------------------
 */

APART static int
find(const char *in, char c, int most)
{
    for (int i = 0; i < most; i++) {
        if (in[i] == c)
            return i;
        if (in[i] == 0)
            break;
    }
    return -1;
}

/* The index is needed behind the loop, by one of its ends only. */
APART static int
position(const int *p, int n, int value)
{
    int i, steps = 0;

    for (i = 0; i < n; i++) {
        steps++;
        if (p[i] == value)
            break;
        if (p[i] > 10 * value)
            return -steps;
    }
    return i * 100 + steps;
}

/* The limit changes, and so does the index. */
APART static int
moving_limit(int n)
{
    int sum = 0;

    for (int i = 0; i < n; i++) {
        sum += a[i];
        if (a[i] > 0)
            n--;
        if (i == 5)
            i += 2;
    }
    return sum;
}

APART static int
skipping(int n)
{
    int sum = 0, i = 0;

    while (i < n) {
        if (a[i] % 2 != 0) {
            i++;
            continue;
        }
        sum += a[i] * i;
        i++;
    }
    for (int k = 0; k < n; k++) {
        if (k % 3 == 0)
            continue;
        sum ^= b[k];
    }
    return sum;
}

/* j is the next i, but not to begin with. */
APART static int
behind(int n)
{
    int i = 0, j = 30, sum = 0;

    while (j < 39 && n-- > 0) {
        sum = sum * 3 + a[j] + b[i];
        j = i + 1;
        i = j;
    }
    return sum * 100 + i;
}

static int
count(void)
{
    return ++calls;
}

static void
ends(void)
{
    int i, n = 0;

    printf("%d %d %d\n", find("volume", 'u', 99), find("volume", 'x', INT_MAX),
           find("volume", 'e', 5));
    printf("%d %d %d\n", position(a, 40, 12), position(a, 40, -9),
           position(a, 0, 1));
    printf("%d %d %d\n", moving_limit(30), skipping(40), behind(9));
    for (i = 0; i < 10; i += count())
        n = n * 10 + i;
    printf("%d %d\n", n, i);
    for (i = 0; i < 4; i++)
        for (int k = i; k < 4; k++)
            if (k == 2)
                goto out;
out:
    printf("%d\n", i);
    /* Into the middle, as Duff does. */
    n = 0;
    i = 11;
    switch (i % 4) {
        do {
        case 0:
            n = n * 2 + a[i];
        /* fall through */
        case 3:
            n = n * 2 + b[i];
        /* fall through */
        case 2:
            n ^= a[i];
        /* fall through */
        case 1:
            n -= b[i];
        } while ((i -= 4) > 0);
    }
    printf("%d %d\n", n, i);
}

int
main(void)
{
    start();
    how_often();
    what();
    ends();
    return 0;
}
