/*
 * convert.c - between binary, packed and zoned decimal
 *
 *     packed  dd dd ... ds     two digits a byte, the sign in the last half
 *     zoned   Zd Zd ... sd     a digit a byte, the sign in the last zone
 *
 * PACK, UNPK and MVO look at no digit: they only move half bytes, from right
 * to left, storing each result byte before they fetch the next operand byte.
 * CVB and CVD belong to the general instructions too.
 *
 * Source: GA22-7000, "General Instructions", "Decimal Instructions".
 */
#include "access.h"
#include "packed.h"

/* Both operands of an SS instruction with two lengths. */
static int
open_both(struct cpu *cpu, const struct insn *in, struct field *to,
          struct field *from)
{
    TRY(field_open(cpu, address2(cpu, in), in->r2 + 1u, ACCESS_FETCH, from));
    return field_open(cpu, address1(cpu, in), in->r1 + 1u, ACCESS_STORE, to);
}

/* The i-th byte from the right; zero to the left of the field. */
static uint8_t
byte_from_right(const struct field *f, uint32_t i)
{
    return i < f->len ? *field_at(f, f->len - 1 - i) : 0;
}

static void
set_from_right(const struct field *f, uint32_t i, unsigned byte)
{
    *field_at(f, f->len - 1 - i) = (uint8_t)byte;
}

int
op_pack(struct cpu *cpu, const struct insn *in)
{
    struct field to, from;
    uint32_t i;
    uint8_t low, high;

    TRY(open_both(cpu, in, &to, &from));
    low = byte_from_right(&from, 0);
    set_from_right(&to, 0, (unsigned)(low << 4 | low >> 4));
    for (i = 1; i < to.len; i++) {
        low = byte_from_right(&from, 2 * i - 1);
        high = byte_from_right(&from, 2 * i);
        set_from_right(&to, i, (unsigned)((high & 0xF) << 4 | (low & 0xF)));
    }
    field_stored(&to);
    return DONE;
}

int
op_unpk(struct cpu *cpu, const struct insn *in)
{
    struct field to, from;
    uint32_t i;
    uint8_t byte;

    TRY(open_both(cpu, in, &to, &from));
    byte = byte_from_right(&from, 0);
    set_from_right(&to, 0, (unsigned)(byte << 4 | byte >> 4));
    for (i = 1; i < to.len; i++) {
        if (i % 2 == 1)
            byte = byte_from_right(&from, (i + 1) / 2);
        set_from_right(&to, i, 0xF0u | (i % 2 == 1 ? byte & 0xFu : byte >> 4));
    }
    field_stored(&to);
    return DONE;
}

/* MVO: the second operand, moved half a byte to the left, beside the
 * rightmost half byte of the first. */
int
op_mvo(struct cpu *cpu, const struct insn *in)
{
    struct field to, from;
    uint32_t i;
    unsigned carried, byte;

    TRY(open_both(cpu, in, &to, &from));
    carried = byte_from_right(&to, 0) & 0xF;
    for (i = 0; i < to.len; i++) {
        byte = byte_from_right(&from, i);
        set_from_right(&to, i, (byte & 0xF) << 4 | carried);
        carried = byte >> 4;
    }
    field_stored(&to);
    return DONE;
}

/*
 * CVB R1,D2(X2,B2)    X'4F'  RX     Convert to Binary
 *
 * Interrupts:  access (fetch); data (invalid digit or sign); fixed-point
 *              divide (the number needs more than 32 bits: R1 has the last
 *              32).
 */
int
op_cvb(struct cpu *cpu, const struct insn *in)
{
    uint8_t bytes[8];
    struct packed p;
    int64_t value = 0;
    int i;

    TRY(fetch_bytes(cpu, address2(cpu, in), bytes, 8));
    TRY(packed_get(&p, bytes, 8));
    for (i = p.ndigits - 1; i >= 0; i--)
        value = 10 * value + p.digit[i];
    if (p.negative)
        value = -value;
    cpu->gr[in->r1] = (uint32_t)value;
    return value == (int32_t)value ? DONE : PGM_FIXED_DIVIDE;
}

int
op_cvd(struct cpu *cpu, const struct insn *in)
{
    int64_t value = (int32_t)cpu->gr[in->r1];
    struct packed p = {.ndigits = 15, .negative = value < 0};
    uint8_t bytes[8];
    int i;

    if (value < 0)
        value = -value;
    for (i = 0; i < 15; i++) {
        p.digit[i] = (uint8_t)(value % 10);
        value /= 10;
    }
    packed_put(&p, bytes, 8);
    return store_bytes(cpu, address2(cpu, in), bytes, 8);
}
