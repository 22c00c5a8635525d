/*
 * snapshot.c - a whole machine as a string of bytes, and its hash
 *
 * The file, numbers with the high byte first:
 *
 *     0  "S370SNAP"                  8  version of the format (4 bytes)
 *    12  hash of what follows (8)   20  the state, compressed by zstd
 *
 * The state is what the walk of state.h names, in parts: the configuration,
 * which must be that of the machine it is loaded into; CPU and storage;
 * channels and devices; the media.
 *
 * The hash is compared first, so that a file that was damaged changes nothing.
 * Should loading fail later (a medium cannot be written, or somebody made the
 * file up), the machine is reset and cleared.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "cpu/bytes.h"
#include "internal.h"
#include "io/events.h"
#include "state.h"

enum {
    VERSION = 2,
    LEVEL = 1, /* of compression: storage is mostly empty or repeats itself */
    VERSION_AT = 8,
    HASH_AT = 12,
    HEADER_BYTES = 20,
    GROW_BYTES = 1 << 20,
};

static const char magic[VERSION_AT + 1] = "S370SNAP";

/* ---- the walk ------------------------------------------------------------ */

static void
configuration(struct state *s)
{
    struct machine_options *opt = &s->m->options;
    uint32_t storage = opt->storage_bytes, serial = opt->cpu_serial;
    uint32_t mips = opt->cpu_mips, output = opt->output_bytes;

    state_part(s, PART_CONFIGURATION);
    state_u32(s, &storage);
    serial = state_number(s, serial, 0xFFFFFF);
    mips = state_number(s, mips, 1000);
    output = state_number(s, output, 1 << 30);
    if (mips == 0)
        state_fail(s, "its CPU has no speed");
    if (storage != opt->storage_bytes)
        state_fail(s, "it has %u KiB of storage, this machine %u KiB",
                   storage / 1024, opt->storage_bytes / 1024);
    if (output > s->m->output_max)
        state_fail(s, "OUTLIMIT is %u KiB in it, %u KiB in this machine",
                   output / 1024, s->m->output_max / 1024);
    io_configuration(s);
    if (s->failed)
        return;
    opt->cpu_serial = serial;
    opt->cpu_mips = mips;
    opt->output_bytes = output;
}

/* A queue that somebody made up would let time run backward. */
static void
events_state(struct state *s)
{
    const struct event *ev = s->m->events;

    for (; ev != NULL && ev->next != NULL; ev = ev->next)
        if (ev->when_ns > ev->next->when_ns)
            state_fail(s, "its events are not in order of time");
}

static void
walk(struct state *s)
{
    cpu_state(s);
    io_state(s);
    events_state(s);
    if (s->mode != STATE_HASH)
        io_media_state(s);
    state_end(s);
}

/* ---- hash ---------------------------------------------------------------- */

void
machine_hash_parts(struct machine *m,
                   void (*part)(void *ctx, uint32_t part, uint64_t hash),
                   void *ctx)
{
    struct state s = {.mode = STATE_HASH, .m = m, .part = part, .ctx = ctx};

    walk(&s);
}

static void
add_part(void *ctx, uint32_t part, uint64_t hash)
{
    uint8_t bytes[12];

    store_be32(bytes, part);
    store_be64(bytes + 4, hash);
    hash_add(ctx, bytes, sizeof(bytes));
}

uint64_t
machine_hash(struct machine *m)
{
    struct hash h;

    hash_begin(&h);
    machine_hash_parts(m, add_part, &h);
    return hash_value(&h);
}

static uint64_t
hash_of(const uint8_t *bytes, size_t len)
{
    struct hash h;

    hash_begin(&h);
    hash_add(&h, bytes, len);
    return hash_value(&h);
}

/* ---- saving -------------------------------------------------------------- */

struct packer {
    struct machine *m;
    ZSTD_CCtx *zstd;
    uint8_t *bytes;
    size_t len, room;
};

static int
make_room(struct packer *p)
{
    uint8_t *bytes;

    if (p->room - p->len >= GROW_BYTES)
        return 0;
    bytes = realloc(p->bytes, p->room + p->room / 2 + GROW_BYTES);
    if (bytes == NULL)
        return machine_fail(p->m, "no memory for a snapshot");
    p->bytes = bytes;
    p->room += p->room / 2 + GROW_BYTES;
    return 0;
}

static int
pack(struct packer *p, const uint8_t *bytes, size_t len, ZSTD_EndDirective end)
{
    ZSTD_inBuffer from = {bytes, len, 0};
    size_t left;

    do {
        ZSTD_outBuffer to;

        if (make_room(p) != 0)
            return -1;
        to = (ZSTD_outBuffer){p->bytes, p->room, p->len};
        left = ZSTD_compressStream2(p->zstd, &to, &from, end);
        if (ZSTD_isError(left))
            return machine_fail(p->m, "snapshot: %s", ZSTD_getErrorName(left));
        p->len = to.pos;
    } while (from.pos < len || (end == ZSTD_e_end && left > 0));
    return 0;
}

static int
put(void *ctx, const uint8_t *bytes, size_t len)
{
    return pack(ctx, bytes, len, ZSTD_e_continue);
}

int
machine_save(struct machine *m, uint8_t **bytes, size_t *len)
{
    struct packer p = {.m = m, .zstd = ZSTD_createCCtx()};
    struct state *s = calloc(1, sizeof(*s));
    int result = -1;

    input_note(m, &(struct input){.kind = INPUT_SAVE});
    if (s == NULL || p.zstd == NULL || make_room(&p) != 0) {
        machine_fail(m, "no memory for a snapshot");
    } else {
        ZSTD_CCtx_setParameter(p.zstd, ZSTD_c_compressionLevel, LEVEL);
        *s = (struct state){.mode = STATE_SAVE, .m = m, .put = put, .ctx = &p};
        memset(p.bytes, 0, HEADER_BYTES);
        p.len = HEADER_BYTES;
        configuration(s);
        walk(s);
        if (!s->failed && pack(&p, NULL, 0, ZSTD_e_end) == 0) {
            memcpy(p.bytes, magic, VERSION_AT);
            store_be32(p.bytes + VERSION_AT, VERSION);
            store_be64(p.bytes + HASH_AT,
                       hash_of(p.bytes + HEADER_BYTES, p.len - HEADER_BYTES));
            result = 0;
        }
    }
    ZSTD_freeCCtx(p.zstd);
    free(s);
    if (result != 0) {
        free(p.bytes);
        return -1;
    }
    *bytes = p.bytes;
    *len = p.len;
    return 0;
}

/* ---- loading ------------------------------------------------------------- */

struct unpacker {
    ZSTD_DCtx *zstd;
    ZSTD_inBuffer from;
    bool damaged;
};

/* Up to `room` bytes of the state; fewer at its end, or where it is damaged. */
static size_t
get(void *ctx, uint8_t *bytes, size_t room)
{
    struct unpacker *u = ctx;
    ZSTD_outBuffer to = {bytes, room, 0};
    size_t before, result;

    while (to.pos < room && !u->damaged) {
        before = u->from.pos + to.pos;
        result = ZSTD_decompressStream(u->zstd, &to, &u->from);
        if (ZSTD_isError(result))
            u->damaged = true;
        if (u->from.pos + to.pos == before)
            break;
    }
    return to.pos;
}

/* Is it a snapshot, undamaged? */
static int
check(struct machine *m, const uint8_t *bytes, size_t len)
{
    if (len < HEADER_BYTES || memcmp(bytes, magic, VERSION_AT) != 0)
        return machine_fail(m, "no snapshot: it does not begin with %s", magic);
    if (load_be32(bytes + VERSION_AT) != VERSION)
        return machine_fail(m,
                            "a snapshot of version %u; this program knows "
                            "version %d",
                            load_be32(bytes + VERSION_AT), VERSION);
    if (hash_of(bytes + HEADER_BYTES, len - HEADER_BYTES) !=
        load_be64(bytes + HASH_AT))
        return machine_fail(m, "the snapshot is damaged, or cut off");
    return 0;
}

/* The walk, after all has been checked that can be beforehand.  A snapshot that
 * does not fit changes nothing, and is no input. */
static int
load(struct machine *m, struct state *s, const struct input *in)
{
    char why[sizeof(m->error)];

    configuration(s);
    if (s->failed) {
        snprintf(why, sizeof(why), "%s", m->error);
        return machine_fail(m, "the snapshot does not fit: %.200s", why);
    }
    input_note(m, in);
    m->watch = NULL;
    io_reset(m);
    walk(s);
    if (!s->failed)
        return 0;
    snprintf(why, sizeof(why), "%s", m->error);
    machine_reset(m, true);
    return machine_fail(m,
                        "the snapshot cannot be loaded, and the machine is "
                        "reset: %.180s",
                        why);
}

int
machine_load(struct machine *m, const uint8_t *bytes, size_t len)
{
    struct input_watch *watch = m->watch;
    struct unpacker u = {0};
    struct state *s;
    int result;

    if (check(m, bytes, len) != 0)
        return -1;
    u.zstd = ZSTD_createDCtx();
    u.from = (ZSTD_inBuffer){bytes + HEADER_BYTES, len - HEADER_BYTES, 0};
    s = calloc(1, sizeof(*s));
    if (s == NULL || u.zstd == NULL) {
        result = machine_fail(m, "no memory for a snapshot");
    } else {
        *s = (struct state){.mode = STATE_LOAD, .m = m, .get = get, .ctx = &u};
        result = load(m, s,
                      &(struct input){
                          .kind = INPUT_SNAPSHOT, .bytes = bytes, .len = len});
        m->watch = watch;
    }
    ZSTD_freeDCtx(u.zstd);
    free(s);
    return result;
}

/* ---- files --------------------------------------------------------------- */

int
machine_save_file(struct machine *m, const char *path)
{
    uint8_t *bytes;
    size_t len;
    bool good;
    FILE *f;

    if (machine_save(m, &bytes, &len) != 0)
        return -1;
    f = fopen(path, "wb");
    good = f != NULL && fwrite(bytes, 1, len, f) == len;
    if (f != NULL && fclose(f) != 0)
        good = false;
    free(bytes);
    if (good)
        return 0;
    return machine_fail(m, "%.120s: cannot be written: %s", path,
                        strerror(errno));
}

/* All of a stream; NULL after machine_fail(). */
static uint8_t *
read_stream(struct machine *m, const char *path, FILE *f, size_t *len)
{
    uint8_t *bytes = NULL, *more;
    size_t room = 0, n;

    *len = 0;
    do {
        room += room / 2 + GROW_BYTES;
        more = realloc(bytes, room);
        if (more == NULL) {
            free(bytes);
            machine_fail(m, "%.120s: no memory for it", path);
            return NULL;
        }
        bytes = more;
        n = fread(bytes + *len, 1, room - *len, f);
        *len += n;
    } while (*len == room);
    if (!ferror(f))
        return bytes;
    free(bytes);
    machine_fail(m, "%.120s: cannot be read: %s", path, strerror(errno));
    return NULL;
}

int
machine_load_file(struct machine *m, const char *path)
{
    FILE *f = fopen(path, "rb");
    char why[sizeof(m->error)];
    uint8_t *bytes;
    size_t len;
    int result;

    if (f == NULL)
        return machine_fail(m, "%.120s: %s", path, strerror(errno));
    bytes = read_stream(m, path, f, &len);
    fclose(f);
    if (bytes == NULL)
        return -1;
    result = machine_load(m, bytes, len);
    free(bytes);
    if (result == 0)
        return 0;
    snprintf(why, sizeof(why), "%s", m->error);
    return machine_fail(m, "%.60s: %.190s", path, why);
}
