#include "sum.h"

int
sum(const int *list, int length)
{
    /* LAB BEGIN */
    (void)list, (void)length;
    return -1;
    /* LAB END */
}
