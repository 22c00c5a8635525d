#include "sum.h"

int
sum(const int *list, int length)
{
    /* LAB BEGIN */
    int total = 0;

    for (int i = 0; i < length; i++)
        total += list[i];
    return total;
    /* LAB END */
}
