/*
 * access.h - how instructions read and write logical storage
 *
 * fetch_*() and store_*() move one operand of 1, 2, 4 or 8 bytes.  The quick
 * way is one comparison with the lookaside: it holds exactly the blocks that
 * the current key may touch in the current address space, and the operand's
 * alignment takes part in the comparison, so that an aligned operand cannot
 * run over the end of its block.  Everything else, alignment and exceptions
 * alike, goes the long way in storage.c.
 *
 * A struct field is an operand of up to 256 bytes whose every byte has been
 * checked; it lies in at most two blocks.
 */
#ifndef CPU_ACCESS_H
#define CPU_ACCESS_H

#include "cpu.h"

/* storage.c: any length and alignment up to 256 bytes. */
int fetch_bytes(struct cpu *cpu, uint32_t laddr, void *buf, uint32_t len);
int store_bytes(struct cpu *cpu, uint32_t laddr, const void *buf, uint32_t len);
/* The long way for one operand. */
int fetch_halfword_slow(struct cpu *cpu, uint32_t laddr, uint16_t *value);
int fetch_word_slow(struct cpu *cpu, uint32_t laddr, uint32_t *value);
int fetch_doubleword_slow(struct cpu *cpu, uint32_t laddr, uint64_t *value);
int store_halfword_slow(struct cpu *cpu, uint32_t laddr, uint16_t value);
int store_word_slow(struct cpu *cpu, uint32_t laddr, uint32_t value);
int store_doubleword_slow(struct cpu *cpu, uint32_t laddr, uint64_t value);

static inline struct side *
side_slot(struct cpu *cpu, enum access access, uint32_t laddr)
{
    unsigned n = laddr >> BLOCK_SHIFT & (SIDE_ENTRIES - 1);

    return access == ACCESS_FETCH ? &cpu->fetch_side[n] : &cpu->store_side[n];
}

/* True when `side` is the block of an operand of `len` bytes (a power of 2)
 * at laddr and the operand is aligned. */
static inline bool
side_holds(const struct cpu *cpu, const struct side *side, uint32_t laddr,
           uint32_t len)
{
    uint32_t block = laddr & ((ADDRESS_MASK & ~BLOCK_MASK) | (len - 1));

    return LIKELY(side->tag == (cpu->tag | block));
}

static inline int
fetch_byte(struct cpu *cpu, uint32_t laddr, uint8_t *value)
{
    const struct side *side = side_slot(cpu, ACCESS_FETCH, laddr);

    if (!side_holds(cpu, side, laddr, 1))
        return fetch_bytes(cpu, laddr, value, 1);
    *value = side->host[laddr & BLOCK_MASK];
    return DONE;
}

static inline int
fetch_halfword(struct cpu *cpu, uint32_t laddr, uint16_t *value)
{
    const struct side *side = side_slot(cpu, ACCESS_FETCH, laddr);

    if (!side_holds(cpu, side, laddr, 2))
        return fetch_halfword_slow(cpu, laddr, value);
    *value = load_be16(side->host + (laddr & BLOCK_MASK));
    return DONE;
}

static inline int
fetch_word(struct cpu *cpu, uint32_t laddr, uint32_t *value)
{
    const struct side *side = side_slot(cpu, ACCESS_FETCH, laddr);

    if (!side_holds(cpu, side, laddr, 4))
        return fetch_word_slow(cpu, laddr, value);
    *value = load_be32(side->host + (laddr & BLOCK_MASK));
    return DONE;
}

static inline int
fetch_doubleword(struct cpu *cpu, uint32_t laddr, uint64_t *value)
{
    const struct side *side = side_slot(cpu, ACCESS_FETCH, laddr);

    if (!side_holds(cpu, side, laddr, 8))
        return fetch_doubleword_slow(cpu, laddr, value);
    *value = load_be64(side->host + (laddr & BLOCK_MASK));
    return DONE;
}

static inline void
side_stored(const struct side *side, uint32_t laddr, uint32_t len)
{
    if (UNLIKELY(side->code != NULL))
        code_changed(side->code, laddr & BLOCK_MASK, len);
}

static inline int
store_byte(struct cpu *cpu, uint32_t laddr, uint8_t value)
{
    const struct side *side = side_slot(cpu, ACCESS_STORE, laddr);

    if (!side_holds(cpu, side, laddr, 1))
        return store_bytes(cpu, laddr, &value, 1);
    side->host[laddr & BLOCK_MASK] = value;
    side_stored(side, laddr, 1);
    return DONE;
}

static inline int
store_halfword(struct cpu *cpu, uint32_t laddr, uint16_t value)
{
    const struct side *side = side_slot(cpu, ACCESS_STORE, laddr);

    if (!side_holds(cpu, side, laddr, 2))
        return store_halfword_slow(cpu, laddr, value);
    store_be16(side->host + (laddr & BLOCK_MASK), value);
    side_stored(side, laddr, 2);
    return DONE;
}

static inline int
store_word(struct cpu *cpu, uint32_t laddr, uint32_t value)
{
    const struct side *side = side_slot(cpu, ACCESS_STORE, laddr);

    if (!side_holds(cpu, side, laddr, 4))
        return store_word_slow(cpu, laddr, value);
    store_be32(side->host + (laddr & BLOCK_MASK), value);
    side_stored(side, laddr, 4);
    return DONE;
}

static inline int
store_doubleword(struct cpu *cpu, uint32_t laddr, uint64_t value)
{
    const struct side *side = side_slot(cpu, ACCESS_STORE, laddr);

    if (!side_holds(cpu, side, laddr, 8))
        return store_doubleword_slow(cpu, laddr, value);
    store_be64(side->host + (laddr & BLOCK_MASK), value);
    side_stored(side, laddr, 8);
    return DONE;
}

/* Where `len` bytes at laddr are, when they lie in one block that may be
 * fetched from, as is known already; NULL: go another way. */
static inline const uint8_t *
fetch_piece(struct cpu *cpu, uint32_t laddr, uint32_t len)
{
    const struct side *side = side_slot(cpu, ACCESS_FETCH, laddr);
    uint32_t offset = laddr & BLOCK_MASK;

    if (!side_holds(cpu, side, laddr, 1) || offset + len > BLOCK_BYTES)
        return NULL;
    return side->host + offset;
}

/* Low-address protection: nothing is stored at the effective addresses 0 to
 * 511, whatever the key; the lookaside cannot hold part of a block. */
static inline bool
low_block_protected(const struct cpu *cpu, uint32_t laddr)
{
    return (cpu->cr[0] & CR0_LOW_PROTECTION) != 0 && laddr < BLOCK_BYTES;
}

static inline bool
low_protected(const struct cpu *cpu, uint32_t laddr)
{
    return low_block_protected(cpu, laddr) && laddr < 512;
}

/* Operands that must lie on a boundary: privileged instructions, CS, CDS. */
static inline int
require_aligned(uint32_t laddr, uint32_t len)
{
    return laddr % len == 0 ? DONE : PGM_SPECIFICATION;
}

static inline int
require_even(unsigned r)
{
    return r % 2 == 0 ? DONE : PGM_SPECIFICATION;
}

/* ---- fields -------------------------------------------------------------- */

struct field {
    struct side part[2];
    uint8_t *host[2];
    uint32_t offset; /* of its first byte in its block */
    uint32_t split;  /* bytes of it in the first block */
    uint32_t len;
};

int field_open_slow(struct cpu *cpu, uint32_t laddr, uint32_t len,
                    enum access access, struct field *f);

/* Look up and check `len` (1-256) bytes from laddr on.  Nothing is moved. */
static inline int
field_open(struct cpu *cpu, uint32_t laddr, uint32_t len, enum access access,
           struct field *f)
{
    const struct side *side = side_slot(cpu, access, laddr);
    uint32_t offset = laddr & BLOCK_MASK;

    if (!side_holds(cpu, side, laddr, 1) ||
        UNLIKELY(offset + len > BLOCK_BYTES || cpu->watched))
        return field_open_slow(cpu, laddr, len, access, f);
    f->part[0].code = side->code;
    f->host[0] = side->host + offset;
    f->offset = offset;
    f->split = f->len = len;
    return DONE;
}

/* Its bytes have been changed. */
void field_stored(const struct field *f);

static inline uint8_t *
field_at(const struct field *f, uint32_t i)
{
    return i < f->split ? f->host[0] + i : f->host[1] + (i - f->split);
}

/* True when the field lies in one piece: at f->host[0]. */
static inline bool
field_whole(const struct field *f)
{
    return f->split == f->len;
}

void field_read(const struct field *f, uint8_t *buf);
void field_write(const struct field *f, const uint8_t *buf);

#endif
