/* counter.c - guest program that prints numbered lines and computes a while
 * between them */
#include <stdio.h>

int
main(void)
{
    unsigned i, n, sum = 0;

    for (i = 1; i <= 30; i++) {
        for (n = 0; n < 20000; n++)
            sum = sum * 3 + n;
        printf("LINE %u OF 30, SUM %08X\n", i, sum);
    }
    return 0;
}
