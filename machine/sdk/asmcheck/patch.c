/*
 * patch.c - what an ORG statement has sent back in the image.
 *
 * NASM writes an image from its beginning to its end.  For statements that
 * belong further up, s370_section.inc uses a section behind the image, which
 * NASM puts on the next word boundary: for each piece a word with its address,
 * a word with its length, its bytes.  Here the pieces go to where they belong,
 * in the order in which they were written.
 */
#include "asm.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static uint32_t
load_word(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
}

/* All of a file; *size is its length. */
static uint8_t *
read_all(const char *path, uint32_t *size)
{
    FILE *f = fopen(path, "rb");
    uint8_t *bytes = NULL;
    long n;

    if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (n = ftell(f)) < 0 ||
        fseek(f, 0, SEEK_SET) != 0)
        fatal("cannot read %s: %s", path, strerror(errno));
    *size = (uint32_t)n;
    bytes = cc_alloc((size_t)n + 1);
    if (fread(bytes, 1, (size_t)n, f) != (size_t)n)
        fatal("cannot read %s: %s", path, strerror(errno));
    fclose(f);
    return bytes;
}

uint8_t *
asm_image(const char *path, uint32_t length)
{
    uint32_t size, at = (length + 3) & ~3u;
    uint8_t *bytes = read_all(path, &size);

    while (at + 8 <= size) {
        uint32_t to = load_word(bytes + at), n = load_word(bytes + at + 4);

        at += 8;
        if (to > length || n > length - to || n > size - at)
            break;
        memmove(bytes + to, bytes + at, n);
        at += n;
    }
    if (size != length && at != size) {
        error_plain("an assembler file has sections of its own, which have no "
                    "place in the image");
        return NULL;
    }
    return bytes;
}
