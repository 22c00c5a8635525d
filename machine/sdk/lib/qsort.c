/*
 * qsort.c - sorting (stdlib.h)
 *
 * Heapsort: in place, never slow, and its depth of calls does not grow, which
 * matters where the stack is all the storage there is.
 */
#include <stdlib.h>

/* Exchange two elements. */
static void
swap(unsigned char *a, unsigned char *b, size_t size)
{
    while (size-- > 0) {
        unsigned char c = *a;

        *a++ = *b;
        *b++ = c;
    }
}

/* Let the element at `root` sink until no child of it is greater.  Children
 * of i are 2i+1 and 2i+2. */
static void
sift(unsigned char *base, size_t root, size_t n, size_t size,
     int (*compare)(const void *, const void *))
{
    size_t child;

    while ((child = 2 * root + 1) < n) {
        if (child + 1 < n &&
            compare(base + child * size, base + (child + 1) * size) < 0)
            child++;
        if (compare(base + root * size, base + child * size) >= 0)
            return;
        swap(base + root * size, base + child * size, size);
        root = child;
    }
}

void
qsort(void *base, size_t n, size_t size,
      int (*compare)(const void *, const void *))
{
    unsigned char *first = base;
    size_t i;

    for (i = n / 2; i-- > 0;)
        sift(first, i, n, size, compare);
    for (i = n; i-- > 1;) {
        swap(first, first + i * size, size);
        sift(first, 0, i, size, compare);
    }
}
