/*
 * loader.h - an IPL loader and the image that it is to load, for mkdeck and
 * mkdasd
 *
 * The loaders are assembled from deck_loader.asm and disk_loader.asm when the
 * tools are built.  A loader is put behind the image in storage and holds the
 * image's first 128 bytes, which come to their place last.
 */
#ifndef SDK_LOADER_H
#define SDK_LOADER_H

#include <stddef.h>
#include <stdint.h>

enum {
    LOADER_SIZE = 0,   /* offsets of what is filled in: bytes of the image, */
    LOADER_WORDS = 4,  /* ... words of the loader, */
    LOADER_SUM = 8,    /* ... what makes their sum X'FFFFFFFF', */
    LOADER_HEADS = 12, /* ... the disk's heads, */
    LOADER_TRACK = 14, /* ... bytes of the image on one of its tracks, */
    LOADER_LOW = 16,   /* ... the image's low end */
    LOADER_ENTRY = 144,
    LOW_BYTES = 128,
    STORAGE_MAX = 1 << 24,
};

struct image {
    uint8_t *bytes; /* padded with zeros up to at least LOW_BYTES */
    uint32_t size;  /* without the padding, but at least LOW_BYTES */
};

/* Read an image file.  Ends the program with a message, exit status 1, when
 * it cannot be read, is empty or larger than the storage of a machine less
 * the room that a loader takes. */
struct image image_read(const char *path);

void put_be16(uint8_t *p, uint32_t value);
void put_be24(uint8_t *p, uint32_t value);
void put_be32(uint8_t *p, uint32_t value);

/* Make the sum of `n` big-endian words, of which the one at `offset` is free,
 * X'FFFFFFFF'. */
void seal(uint8_t *bytes, size_t nwords, size_t offset);

/* Fill in a copy of a loader, whose length is a multiple of 8. */
void loader_prepare(uint8_t *loader, size_t len, const struct image *image);

/* One text in EBCDIC, padded with blanks to `len`; -1 when it is longer or
 * has characters that code page 037 has not. */
int text_to_ebcdic(uint8_t *to, size_t len, const char *text);

/* Write a whole file under a name that is complete or absent: ends the
 * program, exit status 1, when that fails. */
void file_write(const char *path, const uint8_t *bytes, size_t len);

#endif
