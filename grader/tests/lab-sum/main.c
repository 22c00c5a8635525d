/* main.c - adds up a list that tests can change; ends with code 0, or 1. */
#include "sum.h"

#include <stdio.h>

__attribute__((used)) int list[4] = {1, 2, 3, 4};
__attribute__((used)) int length = 4;
__attribute__((used)) int result;

int
main(void)
{
    printf("sums\n");
    result = sum(list, length);
    printf("done\n");
    return result < 0;
}
