/*
 * memmove.c - moving between areas that may overlap (string.h)
 *
 * Bytes go from left to right in memcpy(); that is right unless the target
 * begins inside the source.  Then the pieces are moved from the right end,
 * each by way of a buffer.
 */
#include <string.h>

void *
memmove(void *to, const void *from, size_t n)
{
    unsigned char piece[256];
    unsigned char *target = to;
    const unsigned char *source = from;

    if (target <= source || target >= source + n)
        return memcpy(to, from, n);
    while (n > 0) {
        size_t part = n < sizeof(piece) ? n : sizeof(piece);

        n -= part;
        memcpy(piece, source + n, part);
        memcpy(target + n, piece, part);
    }
    return to;
}
