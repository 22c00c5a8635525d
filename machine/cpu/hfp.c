/*
 * hfp.c - arithmetic on hexadecimal floating-point numbers
 *
 * Exact as the manual describes it: digits that are shifted out are lost, but
 * for the one guard digit of addition; nothing is rounded.  Characteristics
 * may leave their range here; float.c sees to that.
 *
 * Source: GA22-7000, "Floating-Point Instructions".
 */
#include "hfp.h"

#define LONG_FRACTION UINT64_C(0x00FFFFFFFFFFFFFF)

struct hfp
hfp_from_short(uint32_t word)
{
    struct hfp x = {
        .negative = word >> 31,
        .characteristic = word >> 24 & 0x7F,
        .fraction = word & 0xFFFFFF,
    };

    return x;
}

struct hfp
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
struct hfp
hfp_from_extended(uint64_t high, uint64_t low)
{
    struct hfp x = hfp_from_long(high);

    x.fraction = x.fraction << 56 | (low & LONG_FRACTION);
    return x;
}

uint32_t
hfp_to_short(const struct hfp *x)
{
    return (uint32_t)x->negative << 31 |
           (uint32_t)(x->characteristic & 0x7F) << 24 | (uint32_t)x->fraction;
}

static uint64_t
long_part(bool negative, int characteristic, uint64_t fraction)
{
    return (uint64_t)negative << 63 | (uint64_t)(characteristic & 0x7F) << 56 |
           fraction;
}

uint64_t
hfp_to_long(const struct hfp *x)
{
    return long_part(x->negative, x->characteristic, (uint64_t)x->fraction);
}

/* The low-order part has the sign, and a characteristic lower by 14; a true
 * zero is zero in both. */
void
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

static uint128
shift_right_digits(uint128 fraction, int n)
{
    return n < 32 ? fraction >> 4 * n : 0;
}

struct hfp
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

void
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
static uint128
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

struct hfp
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

struct hfp
hfp_quotient(struct hfp a, struct hfp b, unsigned digits)
{
    struct hfp x = {.negative = a.negative != b.negative};

    hfp_normalize(&a, digits);
    hfp_normalize(&b, digits);
    x.characteristic = a.characteristic - b.characteristic + 64;
    if (a.fraction >= b.fraction) {
        x.characteristic++;
        x.fraction = (a.fraction << 4 * (digits - 1)) / b.fraction;
    } else {
        x.fraction = (a.fraction << 4 * digits) / b.fraction;
    }
    return x;
}
