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

#include <string.h>

static uint32_t
load_word(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 |
           p[3];
}

bool
asm_patch(uint8_t *bytes, size_t size, uint32_t length)
{
    size_t at = (length + 3) & ~3u;

    while (at + 8 <= size) {
        uint32_t to = load_word(bytes + at), n = load_word(bytes + at + 4);

        at += 8;
        if (to > length || n > length - to || n > size - at)
            break;
        memmove(bytes + to, bytes + at, n);
        at += n;
    }
    if (size == length || at == size)
        return true;
    error_plain("an assembler file has sections of its own, which have no "
                "place in the image");
    return false;
}
