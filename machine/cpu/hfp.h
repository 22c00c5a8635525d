/*
 * hfp.h - hexadecimal floating-point numbers
 *
 *     (-1)^negative * 0.fraction * 16^(characteristic - 64)
 *
 * `fraction` is an integer of 6, 14 or 28 hexadecimal digits: short, long,
 * extended.  Everything is exact as the manual describes it: digits that are
 * shifted out are lost, but for the one guard digit of addition; nothing is
 * rounded.  Characteristics may leave their range here; float.h sees to that.
 * All is inline, since the number of digits is a constant where it is used.
 *
 * Source: GA22-7000, "Floating-Point Instructions".
 */
#ifndef CPU_HFP_H
#define CPU_HFP_H

#include <stdbool.h>
#include <stdint.h>

#include "uint128.h"

enum { HFP_SHORT = 6, HFP_LONG = 14, HFP_EXTENDED = 28 }; /* digits */

struct hfp {
    bool negative;
    int characteristic; /* 0-127; intermediate results go beyond */
    uint128 fraction;
    bool true_zero; /* zero in every part, low-order characteristic too */
};

#define LONG_FRACTION UINT64_C(0x00FFFFFFFFFFFFFF)

static inline struct hfp
hfp_from_short(uint32_t word)
{
    struct hfp x = {
        .negative = word >> 31,
        .characteristic = word >> 24 & 0x7F,
        .fraction = word & 0xFFFFFF,
    };

    return x;
}

static inline struct hfp
hfp_from_long(uint64_t doubleword)
{
    struct hfp x = {
        .negative = doubleword >> 63,
        .characteristic = doubleword >> 56 & 0x7F,
        .fraction = doubleword & LONG_FRACTION,
    };

    return x;
}

/* Sign and characteristic of the low-order part mean nothing. */
static inline struct hfp
hfp_from_extended(uint64_t high, uint64_t low)
{
    struct hfp x = hfp_from_long(high);

    x.fraction = x.fraction << 56 | (low & LONG_FRACTION);
    return x;
}

static inline uint32_t
hfp_to_short(const struct hfp *x)
{
    return (uint32_t)x->negative << 31 |
           (uint32_t)(x->characteristic & 0x7F) << 24 | (uint32_t)x->fraction;
}

static inline uint64_t
long_part(bool negative, int characteristic, uint64_t fraction)
{
    return (uint64_t)negative << 63 | (uint64_t)(characteristic & 0x7F) << 56 |
           fraction;
}

static inline uint64_t
hfp_to_long(const struct hfp *x)
{
    return long_part(x->negative, x->characteristic, (uint64_t)x->fraction);
}

/* The low-order part has the sign, and a characteristic lower by 14; a true
 * zero is zero in both. */
static inline void
hfp_to_extended(const struct hfp *x, uint64_t *high, uint64_t *low)
{
    *high = long_part(x->negative, x->characteristic,
                      (uint64_t)(x->fraction >> 56));
    *low = 0;
    if (!x->true_zero)
        *low = long_part(x->negative, x->characteristic - 14,
                         (uint64_t)x->fraction & LONG_FRACTION);
}

/* ---- arithmetic ---------------------------------------------------------- */

static inline uint128
shift_right_digits(uint128 fraction, int n)
{
    return n < 32 ? fraction >> 4 * n : 0;
}

/* a + b with one guard digit; the fraction of the result has that digit as
 * its last. */
static inline struct hfp
hfp_sum(struct hfp a, struct hfp b)
{
    struct hfp small = a, large = b;

    if (a.characteristic > b.characteristic) {
        small = b;
        large = a;
    }
    large.fraction <<= 4;
    small.fraction = shift_right_digits(
        small.fraction << 4, large.characteristic - small.characteristic);
    if (small.negative == large.negative) {
        large.fraction += small.fraction;
    } else if (large.fraction >= small.fraction) {
        large.fraction -= small.fraction;
    } else {
        large.fraction = small.fraction - large.fraction;
        large.negative = small.negative;
    }
    return large;
}

/* Shift a fraction of so many digits until the first one is not 0; zero
 * stays as it is. */
static inline void
hfp_normalize(struct hfp *x, unsigned digits)
{
    if (x->fraction == 0)
        return;
    while (x->fraction >> 4 * (digits - 1) == 0) {
        x->fraction <<= 4;
        x->characteristic--;
    }
}

/* The first n of the 2n digits of a * b; *rest: the others. */
static inline uint128
multiply_fractions(uint128 a, uint128 b, unsigned digits, uint128 *rest)
{
    const uint128 mask = ((uint128)1 << 56) - 1;
    uint128 middle, low, high;

    if (digits <= HFP_LONG) {
        *rest = a * b & (((uint128)1 << 4 * digits) - 1);
        return a * b >> 4 * digits;
    }
    /* In halves of 56 bits. */
    low = (a & mask) * (b & mask);
    middle = (a >> 56) * (b & mask) + (low >> 56);
    high = (a >> 56) * (b >> 56) + (middle >> 56);
    middle = (a & mask) * (b >> 56) + (middle & mask);
    high += middle >> 56;
    *rest = (middle & mask) << 56 | (low & mask);
    return high;
}

/* a * b, normalized: operands of so many digits, and the result's. */
static inline struct hfp
hfp_product(struct hfp a, struct hfp b, unsigned digits, unsigned result_digits)
{
    struct hfp x = {.negative = a.negative != b.negative};
    uint128 rest;

    hfp_normalize(&a, digits);
    hfp_normalize(&b, digits);
    x.fraction = multiply_fractions(a.fraction, b.fraction, digits, &rest);
    x.characteristic = a.characteristic + b.characteristic - 64;
    if (x.fraction >> 4 * (digits - 1) == 0) {
        x.fraction = x.fraction << 4 | rest >> 4 * (digits - 1);
        rest = rest << 4 & (((uint128)1 << 4 * digits) - 1);
        x.characteristic--;
    }
    if (result_digits > digits) {
        unsigned more = result_digits - digits;

        if (more <= digits)
            x.fraction = x.fraction << 4 * more | rest >> 4 * (digits - more);
        else
            x.fraction = (x.fraction << 4 * digits | rest)
                         << 4 * (more - digits);
    }
    return x;
}

/* a / b, normalized; b is not 0.  Short and long only. */
static inline struct hfp
hfp_quotient(struct hfp a, struct hfp b, unsigned digits)
{
    struct hfp x = {.negative = a.negative != b.negative};
    unsigned shift;

    hfp_normalize(&a, digits);
    hfp_normalize(&b, digits);
    x.characteristic = a.characteristic - b.characteristic + 64;
    shift = 4 * digits;
    if (a.fraction >= b.fraction) {
        x.characteristic++;
        shift -= 4;
    }
    /* Short numbers need no more than 64 bits. */
    if (digits == HFP_SHORT)
        x.fraction = ((uint64_t)a.fraction << shift) / (uint64_t)b.fraction;
    else
        x.fraction = (a.fraction << shift) / b.fraction;
    return x;
}

#endif
