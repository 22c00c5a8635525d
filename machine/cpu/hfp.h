/*
 * hfp.h - hexadecimal floating-point numbers
 *
 *     (-1)^negative * 0.fraction * 16^(characteristic - 64)
 *
 * `fraction` is an integer of 6, 14 or 28 hexadecimal digits: short, long,
 * extended.
 */
#ifndef CPU_HFP_H
#define CPU_HFP_H

#include <stdbool.h>
#include <stdint.h>

__extension__ typedef unsigned __int128 uint128;

enum { HFP_SHORT = 6, HFP_LONG = 14, HFP_EXTENDED = 28 }; /* digits */

struct hfp {
    bool negative;
    int characteristic; /* 0-127; intermediate results go beyond */
    uint128 fraction;
    bool true_zero; /* zero in every part, low-order characteristic too */
};

struct hfp hfp_from_short(uint32_t word);
struct hfp hfp_from_long(uint64_t doubleword);
struct hfp hfp_from_extended(uint64_t high, uint64_t low);
uint32_t hfp_to_short(const struct hfp *x);
uint64_t hfp_to_long(const struct hfp *x);
void hfp_to_extended(const struct hfp *x, uint64_t *high, uint64_t *low);

/* a + b with one guard digit; the fraction of the result has that digit as
 * its last. */
struct hfp hfp_sum(struct hfp a, struct hfp b);
/* Shift a fraction of so many digits until the first one is not 0; zero
 * stays as it is. */
void hfp_normalize(struct hfp *x, unsigned digits);
/* a * b, normalized: operands of so many digits, and the result's. */
struct hfp hfp_product(struct hfp a, struct hfp b, unsigned digits,
                       unsigned result_digits);
/* a / b, normalized; b is not 0.  Short and long only. */
struct hfp hfp_quotient(struct hfp a, struct hfp b, unsigned digits);

#endif
