/*
 * packed.c - packed decimal numbers taken apart and put together
 *
 * Digits 0-9; signs A C E F are plus, B D minus; results have C and D.
 *
 * Source: GA22-7000, "Decimal-Number Representation".
 */
#include "packed.h"

#include "cpu.h"

int
packed_get(struct packed *p, const uint8_t *bytes, unsigned len)
{
    uint8_t sign = bytes[len - 1] & 0xF;
    unsigned i;

    memset(p, 0, sizeof(*p));
    p->ndigits = (int)(2 * len - 1);
    if (sign < 10)
        return PGM_DATA;
    p->negative = sign == 0xB || sign == 0xD;
    for (i = 0; i < 2 * len - 1; i++) {
        uint8_t byte = bytes[len - 1 - (i + 1) / 2];

        p->digit[i] = i % 2 == 0 ? byte >> 4 : byte & 0xF;
        if (p->digit[i] > 9)
            return PGM_DATA;
    }
    return DONE;
}

void
packed_put(const struct packed *p, uint8_t *bytes, unsigned len)
{
    unsigned i;

    bytes[len - 1] = (uint8_t)(p->digit[0] << 4 | (p->negative ? 0xD : 0xC));
    for (i = 1; i < len; i++)
        bytes[len - 1 - i] =
            (uint8_t)(p->digit[2 * i] << 4 | p->digit[2 * i - 1]);
}

/* ---- in binary ----------------------------------------------------------- */

/* So many digits are taken together: they fit into 64 bits. */
enum { PART_DIGITS = 16 };
#define PART UINT64_C(10000000000000000)

static uint64_t
part_value(const uint8_t *digits)
{
    uint64_t value = 0;
    int i;

    for (i = PART_DIGITS - 1; i >= 0; i--)
        value = 10 * value + digits[i];
    return value;
}

static void
part_set(uint8_t *digits, uint64_t value)
{
    int i;

    for (i = 0; i < PART_DIGITS; i++, value /= 10)
        digits[i] = (uint8_t)(value % 10);
}

uint128
packed_value(const struct packed *p)
{
    uint64_t low = part_value(p->digit);

    if (p->ndigits <= PART_DIGITS)
        return low;
    return (uint128)part_value(p->digit + PART_DIGITS) * PART + low;
}

void
packed_set(struct packed *p, uint128 value)
{
    memset(p->digit, 0, sizeof(p->digit));
    part_set(p->digit, (uint64_t)(value % PART));
    if (value >= PART)
        part_set(p->digit + PART_DIGITS, (uint64_t)(value / PART));
}
