/*
 * packed.h - packed decimal numbers taken apart
 */
#ifndef CPU_PACKED_H
#define CPU_PACKED_H

#include <stdbool.h>
#include <stdint.h>

#include "uint128.h"

enum { PACKED_DIGITS = 64 };

/* digit[0] is the rightmost; those from ndigits on are 0. */
struct packed {
    uint8_t digit[PACKED_DIGITS];
    int ndigits;
    bool negative;
};

/* Take `len` bytes (1-16) apart.  DONE, or PGM_DATA: a digit that is none or a
 * sign that is none. */
int packed_get(struct packed *p, const uint8_t *bytes, unsigned len);
/* The reverse, with the preferred signs C and D; digits that do not fit are
 * left out. */
void packed_put(const struct packed *p, uint8_t *bytes, unsigned len);

/* The digits as a binary number without a sign, and the reverse; of at most
 * 31 digits. */
uint128 packed_value(const struct packed *p);
void packed_set(struct packed *p, uint128 value);

#endif
