/*
 * rand.c - numbers that look random (stdlib.h): the generator that C11 7.22.2.2
 * prints, so the numbers of many a textbook
 */
#include <stdlib.h>

static unsigned state = 1;

int
rand(void)
{
    state = state * 1103515245 + 12345;
    return (int)(state / 65536 % 32768);
}

void
srand(unsigned seed)
{
    state = seed;
}
