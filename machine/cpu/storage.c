/*
 * storage.c - main storage, its keys, and moving bytes to and from it
 *
 * Storage is one array indexed by absolute address.  Each block of 2 KiB has
 * a key: access control 4 bits, fetch protection, reference, change.
 * Prefixing exchanges the first 4 KiB with those that the prefix register
 * names, and is its own inverse.
 *
 * Whoever changes storage says so: the CPU's own stores through
 * side_stored() and field_stored(), everyone else through storage_changed(),
 * since instructions there may have been decoded.
 *
 * Source: GA22-7000, "Storage", "Prefixing", "Protection".
 */
#include <stdlib.h>

#include "access.h"

int
storage_create(struct cpu *cpu)
{
    uint32_t nblocks;

    cpu->storage_bytes = cpu->m->options.storage_bytes;
    nblocks = cpu->storage_bytes / BLOCK_BYTES;
    cpu->storage = calloc(1, cpu->storage_bytes);
    cpu->keys = calloc(nblocks, 1);
    cpu->looked_up = calloc(nblocks, sizeof(*cpu->looked_up));
    cpu->code_of = calloc(nblocks, sizeof(struct code_block *));
    cpu->nblocks = nblocks < CODE_BLOCKS ? nblocks : CODE_BLOCKS;
    cpu->blocks = malloc(cpu->nblocks * sizeof(struct code_block));
    if (cpu->storage == NULL || cpu->keys == NULL || cpu->looked_up == NULL ||
        cpu->code_of == NULL || cpu->blocks == NULL)
        return machine_fail(cpu->m, "no memory for %u KiB of storage",
                            cpu->storage_bytes / 1024);
    return 0;
}

void
storage_destroy(struct cpu *cpu)
{
    free(cpu->storage);
    free(cpu->keys);
    free(cpu->looked_up);
    free(cpu->code_of);
    free(cpu->blocks);
}

void
storage_clear(struct cpu *cpu)
{
    memset(cpu->storage, 0, cpu->storage_bytes);
    memset(cpu->keys, 0, cpu->storage_bytes / BLOCK_BYTES);
    cpu->nerrors = 0;
    storage_changed(cpu, 0, cpu->storage_bytes);
    side_purge(cpu);
}

/* The bytes of one block; true when they were others. */
static bool
block_set(uint8_t *block, const uint8_t *bytes, uint32_t len)
{
    static const uint8_t zeros[BLOCK_BYTES];

    if (memcmp(block, bytes, len) == 0 &&
        memcmp(block + len, zeros, BLOCK_BYTES - len) == 0)
        return false;
    memcpy(block, bytes, len);
    memset(block + len, 0, BLOCK_BYTES - len);
    return true;
}

void
storage_renew(struct cpu *cpu, const uint8_t *image, uint32_t len)
{
    uint32_t aaddr, n;

    for (aaddr = 0; aaddr < cpu->storage_bytes; aaddr += BLOCK_BYTES) {
        n = len < BLOCK_BYTES ? len : BLOCK_BYTES;
        if (block_set(cpu->storage + aaddr, image, n))
            storage_changed(cpu, aaddr, BLOCK_BYTES);
        image += n;
        len -= n;
    }
    memset(cpu->keys, 0, cpu->storage_bytes / BLOCK_BYTES);
}

void
side_purge(struct cpu *cpu)
{
    cpu->generation++;
    if (cpu->generation == GENERATIONS) {
        memset(cpu->fetch_side, 0, sizeof(cpu->fetch_side));
        memset(cpu->store_side, 0, sizeof(cpu->store_side));
        memset(cpu->looked_up, 0,
               cpu->storage_bytes / BLOCK_BYTES * sizeof(*cpu->looked_up));
        cpu->generation = 1;
    }
    psw_update(cpu);
}

void
side_purge_block(struct cpu *cpu, uint32_t block)
{
    if (cpu->looked_up[block] == cpu->generation)
        side_purge(cpu);
}

uint32_t
real_to_absolute(const struct cpu *cpu, uint32_t raddr)
{
    uint32_t page = raddr & PREFIX_MASK;

    if (page == 0)
        return raddr | cpu->prefix;
    if (page == cpu->prefix)
        return raddr & ~(uint32_t)PREFIX_MASK;
    return raddr;
}

void
storage_changed(struct cpu *cpu, uint32_t aaddr, uint32_t len)
{
    uint32_t offset, n;

    while (len > 0) {
        struct code_block *code = cpu->code_of[aaddr / BLOCK_BYTES];

        offset = aaddr % BLOCK_BYTES;
        n = BLOCK_BYTES - offset < len ? BLOCK_BYTES - offset : len;
        if (code != NULL)
            code_changed(code, offset, n);
        aaddr += n;
        len -= n;
    }
}

void
low_store(struct cpu *cpu, uint32_t raddr, const void *buf, uint32_t len)
{
    uint32_t aaddr = real_to_absolute(cpu, raddr);

    memcpy(cpu->storage + aaddr, buf, len);
    cpu->keys[aaddr / BLOCK_BYTES] |= KEY_REFERENCE | KEY_CHANGE;
    storage_changed(cpu, aaddr, len);
}

uint64_t
low_doubleword(const struct cpu *cpu, uint32_t raddr)
{
    return load_be64(cpu->storage + real_to_absolute(cpu, raddr));
}

/* ---- operands ------------------------------------------------------------ */

/* Does the field meet an error of storage? */
static int
field_check(struct cpu *cpu, const struct field *f, enum access access)
{
    TRY(storage_error_meet(cpu, (uint32_t)(f->host[0] - cpu->storage), f->split,
                           access));
    if (field_whole(f))
        return DONE;
    return storage_error_meet(cpu, (uint32_t)(f->host[1] - cpu->storage),
                              f->len - f->split, access);
}

int
field_open_slow(struct cpu *cpu, uint32_t laddr, uint32_t len,
                enum access access, struct field *f)
{
    uint32_t offset = laddr & BLOCK_MASK;
    const struct side *side = side_slot(cpu, access, laddr);

    if (UNLIKELY(cpu->watched) && access == ACCESS_STORE)
        per_note_store(cpu, laddr, len);
    f->offset = offset;
    f->len = len;
    if (side_holds(cpu, side, laddr, 1))
        f->part[0] = *side;
    else
        TRY(side_fill(cpu, laddr, access, &f->part[0]));
    f->host[0] = f->part[0].host + offset;
    f->split = len;
    if (LIKELY(offset + len <= BLOCK_BYTES))
        return UNLIKELY(cpu->nerrors > 0) ? field_check(cpu, f, access) : DONE;
    f->split = BLOCK_BYTES - offset;
    TRY(side_fill(cpu, (laddr + f->split) & ADDRESS_MASK, access, &f->part[1]));
    f->host[1] = f->part[1].host;
    return UNLIKELY(cpu->nerrors > 0) ? field_check(cpu, f, access) : DONE;
}

void
field_stored(const struct field *f)
{
    if (UNLIKELY(f->part[0].code != NULL))
        code_changed(f->part[0].code, f->offset, f->split);
    if (UNLIKELY(!field_whole(f) && f->part[1].code != NULL))
        code_changed(f->part[1].code, 0, f->len - f->split);
}

void
field_read(const struct field *f, uint8_t *buf)
{
    memcpy(buf, f->host[0], f->split);
    if (!field_whole(f))
        memcpy(buf + f->split, f->host[1], f->len - f->split);
}

void
field_write(const struct field *f, const uint8_t *buf)
{
    memcpy(f->host[0], buf, f->split);
    if (!field_whole(f))
        memcpy(f->host[1], buf + f->split, f->len - f->split);
    field_stored(f);
}

int
fetch_bytes(struct cpu *cpu, uint32_t laddr, void *buf, uint32_t len)
{
    struct field f;

    TRY(field_open(cpu, laddr, len, ACCESS_FETCH, &f));
    field_read(&f, buf);
    return DONE;
}

int
store_bytes(struct cpu *cpu, uint32_t laddr, const void *buf, uint32_t len)
{
    struct field f;

    TRY(field_open(cpu, laddr, len, ACCESS_STORE, &f));
    field_write(&f, buf);
    return DONE;
}

int
fetch_halfword_slow(struct cpu *cpu, uint32_t laddr, uint16_t *value)
{
    uint8_t bytes[2];

    TRY(fetch_bytes(cpu, laddr, bytes, 2));
    *value = load_be16(bytes);
    return DONE;
}

int
fetch_word_slow(struct cpu *cpu, uint32_t laddr, uint32_t *value)
{
    uint8_t bytes[4];

    TRY(fetch_bytes(cpu, laddr, bytes, 4));
    *value = load_be32(bytes);
    return DONE;
}

int
fetch_doubleword_slow(struct cpu *cpu, uint32_t laddr, uint64_t *value)
{
    uint8_t bytes[8];

    TRY(fetch_bytes(cpu, laddr, bytes, 8));
    *value = load_be64(bytes);
    return DONE;
}

int
store_halfword_slow(struct cpu *cpu, uint32_t laddr, uint16_t value)
{
    uint8_t bytes[2];

    store_be16(bytes, value);
    return store_bytes(cpu, laddr, bytes, 2);
}

int
store_word_slow(struct cpu *cpu, uint32_t laddr, uint32_t value)
{
    uint8_t bytes[4];

    store_be32(bytes, value);
    return store_bytes(cpu, laddr, bytes, 4);
}

int
store_doubleword_slow(struct cpu *cpu, uint32_t laddr, uint64_t value)
{
    uint8_t bytes[8];

    store_be64(bytes, value);
    return store_bytes(cpu, laddr, bytes, 8);
}

/* ---- channels ------------------------------------------------------------ */

static inline enum channel_access
channel_check(struct cpu *cpu, uint32_t aaddr, uint8_t key, bool store)
{
    uint8_t *skey;

    if (aaddr >= cpu->storage_bytes)
        return ACCESS_ADDRESS;
    skey = &cpu->keys[aaddr / BLOCK_BYTES];
    if (key != 0 && *skey >> 4 != key && (store || (*skey & KEY_FETCH)))
        return ACCESS_PROTECTED;
    *skey |= store ? KEY_REFERENCE | KEY_CHANGE : KEY_REFERENCE;
    return ACCESS_OK;
}

/* Bytes of one block.  (memmove() is for speed: gcc makes a string instruction
 * of memcpy() here, which is slow for a few bytes.) */
static inline void
channel_copy(struct cpu *cpu, uint32_t aaddr, uint8_t *in, const uint8_t *out,
             uint32_t len)
{
    struct code_block *code;

    if (out == NULL) {
        memmove(in, cpu->storage + aaddr, len);
        return;
    }
    memmove(cpu->storage + aaddr, out, len);
    code = cpu->code_of[aaddr / BLOCK_BYTES];
    if (code != NULL)
        code_changed(code, aaddr % BLOCK_BYTES, len);
}

/* One of in and out is NULL: the direction.  Nearly all that channels move
 * stays in a block. */
static enum channel_access
channel_move(struct cpu *cpu, uint32_t aaddr, uint8_t *in, const uint8_t *out,
             uint32_t len, uint8_t key, uint32_t *done)
{
    enum channel_access access, result = ACCESS_OK;
    uint32_t n;

    *done = 0;
    if (LIKELY(len <= BLOCK_BYTES - aaddr % BLOCK_BYTES && cpu->nerrors == 0)) {
        access = channel_check(cpu, aaddr, key, out != NULL);
        if (access != ACCESS_OK)
            return access;
        channel_copy(cpu, aaddr, in, out, len);
        *done = len;
        return ACCESS_OK;
    }
    while (*done < len) {
        access = channel_check(cpu, aaddr, key, out != NULL);
        if (access != ACCESS_OK)
            return access;
        n = BLOCK_BYTES - aaddr % BLOCK_BYTES;
        if (n > len - *done)
            n = len - *done;
        if (out != NULL)
            channel_copy(cpu, aaddr, NULL, out + *done, n);
        else
            channel_copy(cpu, aaddr, in + *done, NULL, n);
        if (UNLIKELY(cpu->nerrors > 0) &&
            storage_error_meets_channel(
                cpu, aaddr, n, out != NULL ? ACCESS_STORE : ACCESS_FETCH))
            result = ACCESS_DAMAGED;
        *done += n;
        aaddr += n;
    }
    return result;
}

enum channel_access
storage_channel_read(struct machine *m, uint32_t aaddr, void *buf, uint32_t len,
                     uint8_t key, uint32_t *done)
{
    return channel_move(m->cpu, aaddr, buf, NULL, len, key, done);
}

enum channel_access
storage_channel_write(struct machine *m, uint32_t aaddr, const void *buf,
                      uint32_t len, uint8_t key, uint32_t *done)
{
    return channel_move(m->cpu, aaddr, NULL, buf, len, key, done);
}

enum channel_access
storage_channel_doubleword(struct machine *m, uint32_t aaddr, uint8_t key,
                           uint64_t *value)
{
    struct cpu *cpu = m->cpu;
    enum channel_access access = channel_check(cpu, aaddr, key, false);

    if (access != ACCESS_OK)
        return access;
    *value = load_be64(cpu->storage + aaddr);
    if (UNLIKELY(cpu->nerrors > 0) &&
        storage_error_meets_channel(cpu, aaddr, 8, ACCESS_FETCH))
        return ACCESS_DAMAGED;
    return ACCESS_OK;
}

uint32_t
storage_low_word(const struct machine *m, uint32_t raddr)
{
    return load_be32(m->cpu->storage + real_to_absolute(m->cpu, raddr));
}

void
storage_set_low(struct machine *m, uint32_t raddr, const void *buf,
                uint32_t len)
{
    low_store(m->cpu, raddr, buf, len);
}

/* ---- for the operator and the host --------------------------------------- */

uint32_t
machine_storage_size(const struct machine *m)
{
    return m->cpu->storage_bytes;
}

int
machine_read(const struct machine *m, uint32_t raddr, void *buf, size_t len)
{
    const struct cpu *cpu = m->cpu;
    uint8_t *to = buf;
    uint32_t aaddr, n;
    size_t i;

    if (raddr > cpu->storage_bytes || len > cpu->storage_bytes - raddr)
        return -1;
    for (i = 0; i < len; i += n) {
        aaddr = real_to_absolute(cpu, raddr + (uint32_t)i);
        n = BLOCK_BYTES - aaddr % BLOCK_BYTES;
        if (n > len - i)
            n = (uint32_t)(len - i);
        memcpy(to + i, cpu->storage + aaddr, n);
    }
    return 0;
}

int
machine_write(struct machine *m, uint32_t raddr, const void *buf, size_t len)
{
    struct cpu *cpu = m->cpu;
    const uint8_t *from = buf;
    uint32_t aaddr, n;
    size_t i;

    if (raddr > cpu->storage_bytes || len > cpu->storage_bytes - raddr)
        return machine_fail(m,
                            "%zu bytes at X'%06X' do not fit into storage: it "
                            "ends before X'%X'",
                            len, raddr, cpu->storage_bytes);
    input_note(m, &(struct input){.kind = INPUT_STORAGE,
                                  .address = raddr,
                                  .bytes = buf,
                                  .len = len});
    for (i = 0; i < len; i += n) {
        aaddr = real_to_absolute(cpu, raddr + (uint32_t)i);
        n = BLOCK_BYTES - aaddr % BLOCK_BYTES;
        if (n > len - i)
            n = (uint32_t)(len - i);
        memcpy(cpu->storage + aaddr, from + i, n);
        storage_error_meets_channel(cpu, aaddr, n, ACCESS_STORE);
        storage_changed(cpu, aaddr, n);
    }
    return 0;
}

static int
no_such_block(struct machine *m, uint32_t raddr)
{
    return machine_fail(m, "X'%06X' is not in storage: it ends before X'%X'",
                        raddr, m->cpu->storage_bytes);
}

int
machine_key_get(const struct machine *m, uint32_t raddr, uint8_t *key)
{
    const struct cpu *cpu = m->cpu;

    if (raddr >= cpu->storage_bytes)
        return -1;
    *key = cpu->keys[real_to_absolute(cpu, raddr) / BLOCK_BYTES];
    return 0;
}

int
machine_key_set(struct machine *m, uint32_t raddr, uint8_t key)
{
    struct cpu *cpu = m->cpu;

    if (raddr >= cpu->storage_bytes)
        return no_such_block(m, raddr);
    input_note(m, &(struct input){.kind = INPUT_STORAGE_KEY,
                                  .address = raddr,
                                  .number = key});
    cpu->keys[real_to_absolute(cpu, raddr) / BLOCK_BYTES] = key & KEY_BITS;
    side_purge(cpu);
    return 0;
}
