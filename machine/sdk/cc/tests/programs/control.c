/* Loops, switch in all its forms, goto, short circuits. */
#include <stdio.h>

static int calls;

static int
yes(int x)
{
    calls++;
    return x;
}

static int
dense(int x)
{
    switch (x) {
    case -2:
        return 1;
    case -1:
    case 0:
        return 2;
    case 1:
        x = 50;
        /* fall through */
    case 2:
        return x + 3;
    case 5:
        return 4;
    default:
        return 5;
    case 7:
        break;
    }
    return 6;
}

static int
sparse(unsigned x)
{
    switch (x) {
    case 1:
        return 1;
    case 100:
        return 2;
    case 1000:
        return 3;
    case 4000000000u:
        return 4;
    case 70000:
        return 5;
    case 77:
        return 6;
    case 0x80000000u:
        return 7;
    }
    return 0;
}

static void
duff(char *to, const char *from, int count)
{
    int n = (count + 7) / 8;

    switch (count % 8) {
    case 0:
        do {
            *to++ = *from++;
        case 7:
            *to++ = *from++;
        case 6:
            *to++ = *from++;
        case 5:
            *to++ = *from++;
        case 4:
            *to++ = *from++;
        case 3:
            *to++ = *from++;
        case 2:
            *to++ = *from++;
        case 1:
            *to++ = *from++;
        } while (--n > 0);
    }
}

static int
find(int m[5][7], int what)
{
    int i, j;

    for (i = 0; i < 5; i++)
        for (j = 0; j < 7; j++)
            if (m[i][j] == what)
                goto found;
    return -1;
found:
    return i * 100 + j;
}

int
main(void)
{
    char from[30], to[30] = {0};
    int m[5][7], i, j, n = 0;

    for (i = -4; i < 10; i++)
        printf("%d ", dense(i));
    printf("\n");
    printf("%d %d %d %d %d %d %d %d\n", sparse(1), sparse(100), sparse(1000),
           sparse(4000000000u), sparse(70000), sparse(77),
           sparse(0x80000000u), sparse(5));
    for (i = 0; i < 30; i++)
        from[i] = (char)(i * 3);
    duff(to, from, 21);
    for (i = 0; i < 30; i++)
        n += to[i] * i;
    printf("%d\n", n);
    for (i = 0; i < 5; i++)
        for (j = 0; j < 7; j++)
            m[i][j] = i * j;
    printf("%d %d %d\n", find(m, 24), find(m, 0), find(m, 99));
    if (yes(0) && yes(1))
        printf("wrong\n");
    if (yes(1) || yes(2))
        printf("right %d\n", calls);
    n = yes(3) && yes(0) || !yes(0);
    printf("%d %d\n", n, calls);
    n = (yes(2), yes(5)) > 3 ? yes(7) : yes(8);
    printf("%d %d\n", n, calls);
    for (i = 0, j = 10; i < j; i++, j--) {
        if (i == 2)
            continue;
        if (j == 6)
            break;
        n += i * j;
    }
    printf("%d %d %d\n", i, j, n);
    i = 0;
    do {
        if (++i == 3)
            continue;
        n--;
    } while (i < 6);
    while (n-- > 0)
        if (n % 5 == 0)
            break;
    printf("%d %d\n", i, n);
    n = 0;
    for (;;) {
        switch (n++) {
        case 12:
            goto out;
        default:
            continue;
        }
    }
out:
    printf("%d\n", n);
    return 0;
}
