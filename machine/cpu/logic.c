/*
 * logic.c - bits and bytes: AND OR XOR, logical comparison, masks, CS
 *
 * Source: GA22-7000, "General Instructions"; for CS and CDS "Multiprogramming
 * and Multiprocessing Examples".
 */
#include "access.h"

static uint8_t
compare_cc(uint32_t a, uint32_t b)
{
    return (uint8_t)(a == b ? 0 : a < b ? 1 : 2);
}

static int
set_bits(struct cpu *cpu, unsigned r, uint32_t value)
{
    cpu->gr[r] = value;
    cpu->psw.cc = value != 0;
    return DONE;
}

int
op_nr(struct cpu *cpu, const struct insn *in)
{
    return set_bits(cpu, in->r1, cpu->gr[in->r1] & cpu->gr[in->r2]);
}

int
op_or(struct cpu *cpu, const struct insn *in)
{
    return set_bits(cpu, in->r1, cpu->gr[in->r1] | cpu->gr[in->r2]);
}

int
op_xr(struct cpu *cpu, const struct insn *in)
{
    return set_bits(cpu, in->r1, cpu->gr[in->r1] ^ cpu->gr[in->r2]);
}

int
op_clr(struct cpu *cpu, const struct insn *in)
{
    cpu->psw.cc = compare_cc(cpu->gr[in->r1], cpu->gr[in->r2]);
    return DONE;
}

int
op_n(struct cpu *cpu, const struct insn *in)
{
    uint32_t word;

    TRY(fetch_word(cpu, address2(cpu, in), &word));
    return set_bits(cpu, in->r1, cpu->gr[in->r1] & word);
}

int
op_o(struct cpu *cpu, const struct insn *in)
{
    uint32_t word;

    TRY(fetch_word(cpu, address2(cpu, in), &word));
    return set_bits(cpu, in->r1, cpu->gr[in->r1] | word);
}

int
op_x(struct cpu *cpu, const struct insn *in)
{
    uint32_t word;

    TRY(fetch_word(cpu, address2(cpu, in), &word));
    return set_bits(cpu, in->r1, cpu->gr[in->r1] ^ word);
}

int
op_cl(struct cpu *cpu, const struct insn *in)
{
    uint32_t word;

    TRY(fetch_word(cpu, address2(cpu, in), &word));
    cpu->psw.cc = compare_cc(cpu->gr[in->r1], word);
    return DONE;
}

/* ---- a byte in storage and an immediate byte ----------------------------- */

int
op_mvi(struct cpu *cpu, const struct insn *in)
{
    return store_byte(cpu, address1(cpu, in), in->i2);
}

int
op_cli(struct cpu *cpu, const struct insn *in)
{
    uint8_t byte;

    TRY(fetch_byte(cpu, address1(cpu, in), &byte));
    cpu->psw.cc = compare_cc(byte, in->i2);
    return DONE;
}

int
op_tm(struct cpu *cpu, const struct insn *in)
{
    uint8_t byte;

    TRY(fetch_byte(cpu, address1(cpu, in), &byte));
    byte &= in->i2;
    cpu->psw.cc = (uint8_t)(byte == 0 ? 0 : byte == in->i2 ? 3 : 1);
    return DONE;
}

/* A byte that is changed in place: checked for storing, which is enough to
 * fetch it too. */
static int
open_byte(struct cpu *cpu, uint32_t laddr, struct field *f)
{
    return field_open(cpu, laddr, 1, ACCESS_STORE, f);
}

static int
put_bits(struct cpu *cpu, const struct field *f, unsigned byte)
{
    *f->host[0] = (uint8_t)byte;
    field_stored(f);
    cpu->psw.cc = byte != 0;
    return DONE;
}

int
op_ni(struct cpu *cpu, const struct insn *in)
{
    struct field f;

    TRY(open_byte(cpu, address1(cpu, in), &f));
    return put_bits(cpu, &f, *f.host[0] & in->i2);
}

int
op_oi(struct cpu *cpu, const struct insn *in)
{
    struct field f;

    TRY(open_byte(cpu, address1(cpu, in), &f));
    return put_bits(cpu, &f, *f.host[0] | in->i2);
}

int
op_xi(struct cpu *cpu, const struct insn *in)
{
    struct field f;

    TRY(open_byte(cpu, address1(cpu, in), &f));
    return put_bits(cpu, &f, *f.host[0] ^ in->i2);
}

int
op_ts(struct cpu *cpu, const struct insn *in)
{
    struct field f;

    TRY(open_byte(cpu, address2(cpu, in), &f));
    cpu->psw.cc = *f.host[0] >> 7;
    *f.host[0] = 0xFF;
    field_stored(&f);
    return DONE;
}

/* ---- bytes of a register under a mask ------------------------------------ */

/* How many bytes the mask selects. */
static uint32_t
mask_bytes(unsigned mask)
{
    return (uint32_t)__builtin_popcount(mask);
}

/* A mask of zero selects no byte, but one is checked for access. */
static int
fetch_masked(struct cpu *cpu, const struct insn *in, uint8_t bytes[4])
{
    uint32_t n = mask_bytes(in->r2);

    return fetch_bytes(cpu, address2(cpu, in), bytes, n == 0 ? 1 : n);
}

int
op_icm(struct cpu *cpu, const struct insn *in)
{
    uint8_t bytes[4] = {0};
    uint32_t value = cpu->gr[in->r1], any = 0;
    unsigned i, n = 0;

    if (in->r2 == 0xF) { /* compilers load and test with it */
        TRY(fetch_word(cpu, address2(cpu, in), &value));
        cpu->gr[in->r1] = value;
        cpu->psw.cc = (uint8_t)(value == 0 ? 0 : value >> 31 ? 1 : 2);
        return DONE;
    }
    TRY(fetch_masked(cpu, in, bytes));
    for (i = 0; i < 4; i++) {
        unsigned shift = 24 - 8 * i;

        if (!(in->r2 & 8u >> i))
            continue;
        value = (value & ~((uint32_t)0xFF << shift)) | (uint32_t)bytes[n]
                                                           << shift;
        any |= bytes[n++];
    }
    cpu->gr[in->r1] = value;
    if (any == 0)
        cpu->psw.cc = 0;
    else
        cpu->psw.cc = bytes[0] & 0x80 ? 1 : 2;
    return DONE;
}

/* The selected bytes of R1, in a row. */
static uint32_t
gather(const struct cpu *cpu, const struct insn *in, uint8_t bytes[4])
{
    uint32_t n = 0;
    unsigned i;

    for (i = 0; i < 4; i++)
        if (in->r2 & 8u >> i)
            bytes[n++] = (uint8_t)(cpu->gr[in->r1] >> (24 - 8 * i));
    return n;
}

int
op_stcm(struct cpu *cpu, const struct insn *in)
{
    uint8_t bytes[4];
    uint32_t n = gather(cpu, in, bytes);
    struct field f;

    if (n == 0)
        return open_byte(cpu, address2(cpu, in), &f);
    return store_bytes(cpu, address2(cpu, in), bytes, n);
}

int
op_clm(struct cpu *cpu, const struct insn *in)
{
    uint8_t mine[4], theirs[4];
    uint32_t n = gather(cpu, in, mine);
    int order;

    TRY(fetch_masked(cpu, in, theirs));
    order = memcmp(mine, theirs, n);
    cpu->psw.cc = (uint8_t)(order == 0 ? 0 : order < 0 ? 1 : 2);
    return DONE;
}

/* ---- compare and swap ---------------------------------------------------- */

/*
 * CS R1,R3,D2(B2)     X'BA'  RS     Compare and Swap
 *
 * When R1 equals the word in storage, R3 is stored there; otherwise the word
 * is loaded into R1.
 * cc:          0 equal, stored; 1 unequal, loaded.
 * Interrupts:  specification (not on a word boundary); access (fetch and
 *              store, even when nothing is stored).
 */
int
op_cs(struct cpu *cpu, const struct insn *in)
{
    uint32_t laddr = address2(cpu, in), word;
    struct field f;

    TRY(require_aligned(laddr, 4));
    TRY(field_open(cpu, laddr, 4, ACCESS_STORE, &f));
    word = load_be32(f.host[0]);
    cpu->psw.cc = word != cpu->gr[in->r1];
    if (cpu->psw.cc == 0) {
        store_be32(f.host[0], cpu->gr[in->r2]);
        field_stored(&f);
    } else {
        cpu->gr[in->r1] = word;
    }
    return DONE;
}

/* CDS: the same with register pairs and a doubleword. */
int
op_cds(struct cpu *cpu, const struct insn *in)
{
    uint32_t laddr = address2(cpu, in);
    uint64_t mine, theirs;
    struct field f;

    TRY(require_even(in->r1 | in->r2));
    TRY(require_aligned(laddr, 8));
    TRY(field_open(cpu, laddr, 8, ACCESS_STORE, &f));
    mine = (uint64_t)cpu->gr[in->r1] << 32 | cpu->gr[in->r1 + 1];
    theirs = load_be64(f.host[0]);
    cpu->psw.cc = mine != theirs;
    if (cpu->psw.cc == 0) {
        store_be32(f.host[0], cpu->gr[in->r2]);
        store_be32(f.host[0] + 4, cpu->gr[in->r2 + 1]);
        field_stored(&f);
    } else {
        cpu->gr[in->r1] = (uint32_t)(theirs >> 32);
        cpu->gr[in->r1 + 1] = (uint32_t)theirs;
    }
    return DONE;
}
