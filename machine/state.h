/*
 * state.h - one walk over the state of a machine, for three purposes
 *
 * Each part of the machine has one function that names, field by field, what
 * it would have to remember: state_u32(s, &field) and so on.  The walk saves
 * the fields (big-endian, of fixed width), loads them again, or only takes
 * their hash; the part does not care which, so that the three cannot differ.
 *
 * Loading trusts nothing.  A number is held against its greatest value; when
 * something cannot be, state_fail() notes why, and from then on everything
 * that is loaded is zero.
 */
#ifndef MACHINE_STATE_H
#define MACHINE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct machine;
struct event;

/* ---- hashes -------------------------------------------------------------- */

/* 64 bits over bytes in order; the same on every host.  It finds differences,
 * not forgers. */
struct hash {
    uint64_t lane[4];
    uint64_t total;
    uint8_t rest[32];
    unsigned nrest;
};

void hash_begin(struct hash *h);
void hash_add(struct hash *h, const void *bytes, size_t len);
uint64_t hash_value(const struct hash *h);

/* ---- the walk ------------------------------------------------------------ */

enum state_mode { STATE_SAVE, STATE_LOAD, STATE_HASH };

/* Parts of the state; storage and devices are many. */
enum state_part {
    PART_CONFIGURATION = 0x01,
    PART_CPU = 0x02,
    PART_CHANNELS = 0x03,
    PART_EVENTS = 0x04,
    PART_STORAGE = 0x100,  /* and number: blocks of STORAGE_PART bytes */
    PART_DEVICE = 0x10000, /* and device address */
    PART_MEDIUM = 0x20000, /* likewise */
};
enum { STORAGE_PART = 65536, STATE_BUFFER = 65536, STATE_EVENTS = 4096 };

struct state {
    enum state_mode mode;
    struct machine *m;
    bool failed; /* why is machine_error() */
    struct hash hash;
    /* Save and load: where bytes go, -1 when they cannot; where they come
     * from, how many. */
    int (*put)(void *ctx, const uint8_t *bytes, size_t len);
    size_t (*get)(void *ctx, uint8_t *bytes, size_t room);
    /* Hash: called at the end of each part. */
    void (*part)(void *ctx, uint32_t part, uint64_t hash);
    void *ctx;
    uint32_t present; /* part */
    size_t at, len;
    uint8_t buf[STATE_BUFFER];
};

/* Begin a part; when loading, it must be the one that was saved here. */
void state_part(struct state *s, uint32_t part);
/* The walk is over: what is in the buffer goes out. */
void state_end(struct state *s);

static inline bool
state_loading(const struct state *s)
{
    return s->mode == STATE_LOAD;
}

void state_fail(struct state *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

void state_u8(struct state *s, uint8_t *v);
void state_u16(struct state *s, uint16_t *v);
void state_u32(struct state *s, uint32_t *v);
void state_u64(struct state *s, uint64_t *v);
void state_bool(struct state *s, bool *v);
void state_bytes(struct state *s, void *bytes, size_t len);
/* A number that is at most `max`. */
uint32_t state_number(struct state *s, uint32_t value, uint32_t max);
/* A virtual time or a span of it, in nanoseconds: at most 2**62, which is more
 * than the TOD clock can count.  No sum of two of them runs over. */
void state_time(struct state *s, uint64_t *v);
/* A text in buf[size]. */
void state_text(struct state *s, char *buf, size_t size);
/* The same for any integer or enum field. */
#define STATE_NUMBER(s, field, max)                                     \
    do {                                                                \
        uint32_t state_n = state_number((s), (uint32_t)(field), (max)); \
        if (state_loading(s))                                           \
            (field) = (__typeof__(field))state_n;                       \
    } while (0)

/* An event: whether and when it is due, and its place in the queue.  Before
 * any is loaded the queue must be empty. */
void state_event(struct state *s, struct event *ev);

#endif
