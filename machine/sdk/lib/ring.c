/*
 * ring.c - ring buffers of bytes (ring.h)
 */
#include <assert.h>
#include <ring.h>

void
ring_init(struct ring *r, void *bytes, size_t size)
{
    assert(size > 0 && (size & (size - 1)) == 0);
    r->bytes = bytes;
    r->size = size;
    r->in = 0;
    r->out = 0;
}

size_t
ring_used(const struct ring *r)
{
    return r->in - r->out;
}

size_t
ring_room(const struct ring *r)
{
    return r->size - (r->in - r->out);
}

bool
ring_put(struct ring *r, unsigned char byte)
{
    size_t in = r->in;

    if (in - r->out == r->size)
        return false;
    r->bytes[in & (r->size - 1)] = byte;
    r->in = in + 1;
    return true;
}

int
ring_get(struct ring *r)
{
    size_t out = r->out;
    int byte;

    if (r->in == out)
        return -1;
    byte = r->bytes[out & (r->size - 1)];
    r->out = out + 1;
    return byte;
}

size_t
ring_write(struct ring *r, const void *from, size_t n)
{
    const unsigned char *p = from;
    size_t i = 0;

    while (i < n && ring_put(r, p[i]))
        i++;
    return i;
}

size_t
ring_read(struct ring *r, void *to, size_t n)
{
    unsigned char *p = to;
    size_t i;

    for (i = 0; i < n; i++) {
        int byte = ring_get(r);

        if (byte < 0)
            break;
        p[i] = (unsigned char)byte;
    }
    return i;
}
