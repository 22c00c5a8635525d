/*
 * patch.c - what an ORG statement has sent back in the image.
 *
 * NASM writes an image from its beginning to its end.  For statements that
 * belong further up, s370_section.inc uses a section behind the image, which
 * NASM puts on the next word boundary: for each piece a word with its address,
 * a word with its length, its bytes; then, from image.c, a word with the
 * length of the image.  Here the pieces go to where they belong, in the order
 * in which they were written, and the section is cut off.
 */
#include "asm.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool
patches_possible(void)
{
    for (const struct asm_file *f = asm_files(); f != NULL; f = f->next)
        if (f->has_org)
            return true;
    return false;
}

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

    if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (n = ftell(f)) < 4 ||
        fseek(f, 0, SEEK_SET) != 0)
        fatal("cannot read %s: %s", path, strerror(errno));
    *size = (uint32_t)n;
    bytes = cc_alloc((size_t)n);
    if (fread(bytes, 1, (size_t)n, f) != (size_t)n)
        fatal("cannot read %s: %s", path, strerror(errno));
    fclose(f);
    return bytes;
}

void
patch_image(const char *path)
{
    uint32_t size, image, at;
    uint8_t *bytes = read_all(path, &size);
    FILE *out;

    image = load_word(bytes + size - 4);
    at = (image + 3) & ~3u;
    while (at + 8 <= size - 4) {
        uint32_t to = load_word(bytes + at), n = load_word(bytes + at + 4);

        at += 8;
        if (to + n > image || n > size - 4 - at)
            fatal("a piece of %s does not fit: this is a mistake in cc370",
                  path);
        memmove(bytes + to, bytes + at, n);
        at += n;
    }
    out = fopen(path, "wb");
    if (out == NULL || fwrite(bytes, 1, image, out) != image ||
        fclose(out) != 0)
        fatal("cannot write %s: %s", path, strerror(errno));
}
