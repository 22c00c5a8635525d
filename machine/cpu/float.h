/*
 * float.h - registers and operands of the floating-point instructions
 *
 * Registers 0, 2, 4, 6 are 64 bits; short numbers use the first half and
 * leave the second alone; extended ones use the pairs 0-2 and 4-6.  float.c
 * calculates with them, float_load.c loads, stores, rounds and halves; hfp.h
 * does the arithmetic of fractions.
 */
#ifndef CPU_FLOAT_H
#define CPU_FLOAT_H

#include "access.h"
#include "hfp.h"

/* An operation on register R1 and an operand that has been fetched. */
typedef int operation(struct cpu *cpu, unsigned r1, struct hfp b);

static inline int
require_register(unsigned r)
{
    return (r & ~6u) == 0 ? DONE : PGM_SPECIFICATION;
}

static inline int
require_pair(unsigned r)
{
    return (r & ~4u) == 0 ? DONE : PGM_SPECIFICATION;
}

static inline uint32_t
get_short(const struct cpu *cpu, unsigned r)
{
    return (uint32_t)(cpu->fr[r / 2] >> 32);
}

static inline void
set_short(struct cpu *cpu, unsigned r, uint32_t word)
{
    cpu->fr[r / 2] = (cpu->fr[r / 2] & 0xFFFFFFFF) | (uint64_t)word << 32;
}

static inline struct hfp
short_register(const struct cpu *cpu, unsigned r)
{
    return hfp_from_short(get_short(cpu, r));
}

static inline struct hfp
long_register(const struct cpu *cpu, unsigned r)
{
    return hfp_from_long(cpu->fr[r / 2]);
}

static inline struct hfp
extended_register(const struct cpu *cpu, unsigned r)
{
    return hfp_from_extended(cpu->fr[r / 2], cpu->fr[r / 2 + 1]);
}

/* Put a result into a register or pair, as many digits as it has. */
static inline void
set_result(struct cpu *cpu, unsigned r, const struct hfp *x, unsigned digits)
{
    if (digits == HFP_SHORT)
        set_short(cpu, r, hfp_to_short(x));
    else if (digits == HFP_LONG)
        cpu->fr[r / 2] = hfp_to_long(x);
    else
        hfp_to_extended(x, &cpu->fr[r / 2], &cpu->fr[r / 2 + 1]);
}

static inline struct hfp
get_register(const struct cpu *cpu, unsigned r, unsigned digits)
{
    if (digits == HFP_SHORT)
        return short_register(cpu, r);
    return digits == HFP_LONG ? long_register(cpu, r)
                              : extended_register(cpu, r);
}

static inline uint8_t
float_cc(const struct hfp *x)
{
    return (uint8_t)(x->fraction == 0 ? 0 : x->negative ? 1 : 2);
}

static inline void
set_true_zero(struct hfp *x)
{
    memset(x, 0, sizeof(*x));
    x->true_zero = true;
}

/* Bring the characteristic back into its range. */
static inline int
check_range(const struct cpu *cpu, struct hfp *x)
{
    if (x->characteristic > 127) {
        x->characteristic -= 128;
        return PGM_EXPONENT_OVERFLOW;
    }
    if (x->characteristic >= 0)
        return DONE;
    if (cpu->psw.program_mask & MASK_EXPONENT_UNDERFLOW) {
        x->characteristic += 128;
        return PGM_EXPONENT_UNDERFLOW;
    }
    set_true_zero(x);
    return DONE;
}

/* ---- ways to operands ---------------------------------------------------- */

static inline int
rr_short(struct cpu *cpu, const struct insn *in, operation *op)
{
    TRY(require_register(in->r1 | in->r2));
    return op(cpu, in->r1, short_register(cpu, in->r2));
}

static inline int
rr_long(struct cpu *cpu, const struct insn *in, operation *op)
{
    TRY(require_register(in->r1 | in->r2));
    return op(cpu, in->r1, long_register(cpu, in->r2));
}

static inline int
rr_extended(struct cpu *cpu, const struct insn *in, operation *op)
{
    TRY(require_pair(in->r1 | in->r2));
    return op(cpu, in->r1, extended_register(cpu, in->r2));
}

static inline int
rx_short(struct cpu *cpu, const struct insn *in, operation *op)
{
    uint32_t word;

    TRY(require_register(in->r1));
    TRY(fetch_word(cpu, address2(cpu, in), &word));
    return op(cpu, in->r1, hfp_from_short(word));
}

static inline int
rx_long(struct cpu *cpu, const struct insn *in, operation *op)
{
    uint64_t doubleword;

    TRY(require_register(in->r1));
    TRY(fetch_doubleword(cpu, address2(cpu, in), &doubleword));
    return op(cpu, in->r1, hfp_from_long(doubleword));
}

#endif
