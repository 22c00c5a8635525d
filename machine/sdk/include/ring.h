/*
 * ring.h - ring buffers of bytes
 *
 * What one puts in, another takes out later, in the same order: a device's
 * interruption handler and the program that reads the device, say.  The
 * positions only count up, and their difference is what the ring holds; the
 * size is a power of two so that a position's low bits are its place.
 *
 * Without disabling anything, one may call ring_put() or ring_write() while
 * another is interrupted in ring_get() or ring_read(), and the other way
 * round: each changes only its own position, and only after the byte has been
 * moved.  Two that put, or two that take, have to exclude each other.
 */
#ifndef RING_H
#define RING_H

#include <stdbool.h>
#include <stddef.h>

struct ring {
    unsigned char *bytes;
    size_t size;         /* a power of two */
    volatile size_t in;  /* bytes put in since ring_init() */
    volatile size_t out; /* bytes taken out */
};

/* Begin with an empty ring in bytes[size], which the caller owns as long as
 * the ring is used.  A size that is no power of two fails an assertion. */
void ring_init(struct ring *r, void *bytes, size_t size);

/* Bytes that can be taken out; that there is room for. */
size_t ring_used(const struct ring *r);
size_t ring_room(const struct ring *r);

/* One byte: false if the ring is full; -1 if it is empty. */
bool ring_put(struct ring *r, unsigned char byte);
int ring_get(struct ring *r);

/* Up to n bytes; returns how many there was room for, or were there. */
size_t ring_write(struct ring *r, const void *from, size_t n);
size_t ring_read(struct ring *r, void *to, size_t n);

#endif
