/* total.c - a C program that calls an assembler function */
#include <stdio.h>

int total(const int *numbers, int count);

int
main(void)
{
    static const int numbers[] = {3, 7, 3, 31};

    printf("The total is %d.\n", total(numbers, 4));
    return 0;
}
