/*
 * state.c - one walk over the state of a machine, for three purposes
 *
 * The hash runs four lanes of multiply and rotate over blocks of 32 bytes,
 * which the host executes side by side: a periodic hash of all storage costs
 * milliseconds.
 */
#include "state.h"

#include <stdarg.h>
#include <string.h>

#include "cpu/bytes.h"
#include "internal.h"
#include "io/events.h"

/* ---- hashes -------------------------------------------------------------- */

#define PRIME_1 UINT64_C(0x9E3779B97F4A7C15)
#define PRIME_2 UINT64_C(0xC2B2AE3D27D4EB4F)

enum { BLOCK = 32 };

static uint64_t
rotate(uint64_t x, unsigned n)
{
    return x << n | x >> (64 - n);
}

static uint64_t
mix(uint64_t lane, uint64_t word)
{
    return rotate(lane ^ word * PRIME_1, 31) * PRIME_2;
}

void
hash_begin(struct hash *h)
{
    unsigned i;

    memset(h, 0, sizeof(*h));
    for (i = 0; i < 4; i++)
        h->lane[i] = PRIME_1 * (i + 1);
}

static void
hash_block(struct hash *h, const uint8_t *p)
{
    unsigned i;

    for (i = 0; i < 4; i++)
        h->lane[i] = mix(h->lane[i], load_be64(p + 8 * i));
}

void
hash_add(struct hash *h, const void *bytes, size_t len)
{
    const uint8_t *p = bytes;
    size_t n;

    h->total += len;
    if (h->nrest > 0) {
        n = BLOCK - h->nrest < len ? BLOCK - h->nrest : len;
        memcpy(h->rest + h->nrest, p, n);
        h->nrest += (unsigned)n;
        p += n;
        len -= n;
        if (h->nrest < BLOCK)
            return;
        hash_block(h, h->rest);
        h->nrest = 0;
    }
    for (; len >= BLOCK; len -= BLOCK, p += BLOCK)
        hash_block(h, p);
    if (len > 0)
        memcpy(h->rest, p, len);
    h->nrest = (unsigned)len;
}

uint64_t
hash_value(const struct hash *h)
{
    uint64_t value = h->total * PRIME_1;
    unsigned i;

    for (i = 0; i < 4; i++)
        value = mix(value, h->lane[i]);
    for (i = 0; i < h->nrest; i++)
        value = mix(value, h->rest[i] + UINT64_C(1));
    value ^= value >> 29;
    value *= PRIME_2;
    return value ^ value >> 32;
}

/* ---- bytes --------------------------------------------------------------- */

void
state_fail(struct state *s, const char *format, ...)
{
    va_list args;

    if (s->failed)
        return;
    s->failed = true;
    va_start(args, format);
    vsnprintf(s->m->error, sizeof(s->m->error), format, args);
    va_end(args);
}

static void
flush(struct state *s)
{
    if (s->at > 0 && !s->failed && s->put(s->ctx, s->buf, s->at) != 0)
        s->failed = true;
    s->at = 0;
}

static void
out(struct state *s, const uint8_t *bytes, size_t len)
{
    size_t n;

    if (s->mode == STATE_HASH) {
        hash_add(&s->hash, bytes, len);
        return;
    }
    for (; len > 0; bytes += n, len -= n) {
        if (s->at == sizeof(s->buf))
            flush(s);
        n = sizeof(s->buf) - s->at < len ? sizeof(s->buf) - s->at : len;
        memcpy(s->buf + s->at, bytes, n);
        s->at += n;
    }
}

static void
in(struct state *s, uint8_t *bytes, size_t len)
{
    size_t n;

    for (; len > 0 && !s->failed; bytes += n, len -= n) {
        if (s->at == s->len) {
            s->len = s->get(s->ctx, s->buf, sizeof(s->buf));
            s->at = 0;
        }
        n = s->len - s->at < len ? s->len - s->at : len;
        memcpy(bytes, s->buf + s->at, n);
        s->at += n;
        if (n == 0)
            state_fail(s, "it ends too early");
    }
    if (s->failed)
        memset(bytes, 0, len);
}

void
state_bytes(struct state *s, void *bytes, size_t len)
{
    if (state_loading(s))
        in(s, bytes, len);
    else
        out(s, bytes, len);
}

/* ---- fields -------------------------------------------------------------- */

void
state_u8(struct state *s, uint8_t *v)
{
    state_bytes(s, v, 1);
}

void
state_u16(struct state *s, uint16_t *v)
{
    uint8_t b[2];

    store_be16(b, *v);
    state_bytes(s, b, 2);
    if (state_loading(s))
        *v = load_be16(b);
}

void
state_u32(struct state *s, uint32_t *v)
{
    uint8_t b[4];

    store_be32(b, *v);
    state_bytes(s, b, 4);
    if (state_loading(s))
        *v = load_be32(b);
}

void
state_u64(struct state *s, uint64_t *v)
{
    uint8_t b[8];

    store_be64(b, *v);
    state_bytes(s, b, 8);
    if (state_loading(s))
        *v = load_be64(b);
}

uint32_t
state_number(struct state *s, uint32_t value, uint32_t max)
{
    state_u32(s, &value);
    if (value <= max)
        return value;
    state_fail(s, "%u stands where %u is the most there can be", value, max);
    return 0;
}

void
state_bool(struct state *s, bool *v)
{
    uint8_t b = *v;

    state_u8(s, &b);
    if (b > 1)
        state_fail(s, "%u stands where yes or no should", b);
    if (state_loading(s))
        *v = b == 1;
}

void
state_text(struct state *s, char *buf, size_t size)
{
    uint32_t len = state_loading(s) ? 0 : (uint32_t)strlen(buf);

    len = state_number(s, len, (uint32_t)size - 1);
    state_bytes(s, buf, len);
    buf[len] = '\0';
    if (strlen(buf) != len)
        state_fail(s, "a text holds a zero byte");
}

/* ---- parts --------------------------------------------------------------- */

/* In a hash every part begins anew. */
static void
part_over(struct state *s)
{
    if (s->mode != STATE_HASH)
        return;
    if (s->present != 0)
        s->part(s->ctx, s->present, hash_value(&s->hash));
    hash_begin(&s->hash);
}

void
state_part(struct state *s, uint32_t part)
{
    uint32_t saved = part;

    part_over(s);
    s->present = part;
    if (s->mode == STATE_HASH)
        return;
    state_u32(s, &saved);
    if (saved != part)
        state_fail(s, "part %X stands where part %X should", saved, part);
}

void
state_end(struct state *s)
{
    part_over(s);
    if (s->mode == STATE_SAVE)
        flush(s);
    else if (state_loading(s) && !s->failed &&
             (s->at < s->len || s->get(s->ctx, s->buf, 1) > 0))
        state_fail(s, "something follows its end");
}

/* ---- times, events ------------------------------------------------------- */

void
state_time(struct state *s, uint64_t *v)
{
    state_u64(s, v);
    if (!state_loading(s) || *v <= UINT64_C(1) << 62)
        return;
    state_fail(s, "a time is beyond the end of the TOD clock");
    *v = 0;
}

static uint32_t
place_in_queue(const struct machine *m, const struct event *ev)
{
    const struct event *other;
    uint32_t place = 0;

    for (other = m->events; other != NULL && other != ev; other = other->next)
        place++;
    return place;
}

/* Put it into the queue as it was: while loading, `order` of equal times is
 * the order in which they are added, so those with a lower place that are
 * added later must go in front.  The place is kept in the event. */
static void
insert(struct machine *m, struct event *ev)
{
    struct event **p = &m->events;

    while (*p != NULL && (*p)->place < ev->place)
        p = &(*p)->next;
    ev->next = *p;
    ev->queued = true;
    *p = ev;
}

void
state_event(struct state *s, struct event *ev)
{
    bool queued = ev->queued;
    uint64_t when_ns = queued ? ev->when_ns : 0;
    uint32_t place = queued ? place_in_queue(s->m, ev) : 0;

    state_bool(s, &queued);
    state_time(s, &when_ns);
    place = state_number(s, place, STATE_EVENTS);
    if (!state_loading(s))
        return;
    event_cancel(s->m, ev);
    ev->when_ns = when_ns;
    ev->place = place;
    if (queued && !s->failed)
        insert(s->m, ev);
}
