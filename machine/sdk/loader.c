/*
 * loader.c - images and loaders (see loader.h)
 */
#include "loader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine/io/ebcdic.h"

#define LOADER_ROOM 1024

static _Noreturn void
fail(const char *path, const char *what)
{
    fprintf(stderr, "%s: %s\n", path, what);
    exit(1);
}

struct image
image_read(const char *path)
{
    struct image image = {calloc(1, STORAGE_MAX + LOW_BYTES), 0};
    FILE *f = fopen(path, "rb");
    size_t n;

    if (image.bytes == NULL)
        fail(path, "no memory");
    if (f == NULL)
        fail(path, strerror(errno));
    n = fread(image.bytes, 1, STORAGE_MAX + 1, f);
    if (ferror(f))
        fail(path, strerror(errno));
    fclose(f);
    if (n == 0)
        fail(path, "the image is empty");
    if (n > STORAGE_MAX - LOADER_ROOM)
        fail(path, "the image is larger than 16 MiB less 1 KiB, the most that "
                   "can be loaded");
    image.size = n < LOW_BYTES ? LOW_BYTES : (uint32_t)n;
    return image;
}

void
put_be16(uint8_t *p, uint32_t value)
{
    p[0] = (uint8_t)(value >> 8);
    p[1] = (uint8_t)value;
}

void
put_be24(uint8_t *p, uint32_t value)
{
    p[0] = (uint8_t)(value >> 16);
    put_be16(p + 1, value);
}

void
put_be32(uint8_t *p, uint32_t value)
{
    put_be16(p, value >> 16);
    put_be16(p + 2, value);
}

void
seal(uint8_t *bytes, size_t nwords, size_t offset)
{
    uint32_t sum = 0;
    size_t i;

    put_be32(bytes + offset, 0);
    for (i = 0; i < 4 * nwords; i += 4)
        sum += (uint32_t)bytes[i] << 24 | (uint32_t)bytes[i + 1] << 16 |
               (uint32_t)bytes[i + 2] << 8 | bytes[i + 3];
    put_be32(bytes + offset, ~sum);
}

void
loader_prepare(uint8_t *loader, size_t len, const struct image *image)
{
    put_be32(loader + LOADER_SIZE, image->size);
    put_be32(loader + LOADER_WORDS, (uint32_t)len / 4);
    memcpy(loader + LOADER_LOW, image->bytes, LOW_BYTES);
    seal(loader, len / 4, LOADER_SUM);
}

int
text_to_ebcdic(uint8_t *to, size_t len, const char *text)
{
    const char *end = text + strlen(text);
    size_t n = 0;

    memset(to, 0x40, len);
    while (text < end)
        if (n == len || ebcdic_from_utf8(&text, end, &to[n++]) != 0)
            return -1;
    return 0;
}

void
file_write(const char *path, const uint8_t *bytes, size_t len)
{
    FILE *f = fopen(path, "wb");

    if (f == NULL)
        fail(path, strerror(errno));
    if (fwrite(bytes, 1, len, f) != len || fclose(f) != 0) {
        int error = errno;

        remove(path);
        fail(path, strerror(error));
    }
}
