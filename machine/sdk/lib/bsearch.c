/*
 * bsearch.c - searching a sorted array (stdlib.h)
 */
#include <stdlib.h>

void *
bsearch(const void *key, const void *base, size_t n, size_t size,
        int (*compare)(const void *, const void *))
{
    const unsigned char *first = base;

    while (n > 0) {
        const unsigned char *middle = first + n / 2 * size;
        int order = compare(key, middle);

        if (order == 0)
            return (void *)middle;
        if (order > 0) {
            first = middle + size;
            n -= n / 2 + 1;
        } else
            n /= 2;
    }
    return NULL;
}
