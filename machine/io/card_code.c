/*
 * card_code.c - the holes of a card column
 *
 * The 256 characters of EBCDIC have 256 patterns of holes.  They are regular:
 * the high half of the code gives the zone punches, the low half a digit, or
 * 8 and a digit; in half of the table 9 is punched besides.  What is not
 * regular is the column of low half 0, and a few others.
 *
 * Source: GX20-1850, "Code Translation Table".
 */
#include "card_code.h"

#include <stddef.h>

enum {
    ROW_12 = 0x800,
    ROW_11 = 0x400,
    ROW_0 = 0x200,
    ROW_1 = 0x100,
    ROW_8 = 0x002,
    ROW_9 = 0x001,
    LETTERS = ROW_12 | ROW_11 | ROW_0,
};

static uint16_t
row(unsigned digit)
{
    return (uint16_t)(ROW_0 >> digit);
}

/* Zones by the high half; low half 1 to 8 (9) and 9 (A) to F. */
static const uint16_t zone_low[16] = {ROW_12 | ROW_9,
                                      ROW_11 | ROW_9,
                                      ROW_0 | ROW_9,
                                      ROW_9,
                                      ROW_12 | ROW_0 | ROW_9,
                                      ROW_12 | ROW_11 | ROW_9,
                                      ROW_11 | ROW_0 | ROW_9,
                                      LETTERS | ROW_9,
                                      ROW_12 | ROW_0,
                                      ROW_12 | ROW_11,
                                      ROW_11 | ROW_0,
                                      LETTERS,
                                      ROW_12,
                                      ROW_11,
                                      ROW_0,
                                      0};
static const uint16_t zone_high[16] = {ROW_12 | ROW_9,
                                       ROW_11 | ROW_9,
                                       ROW_0 | ROW_9,
                                       ROW_9,
                                       ROW_12,
                                       ROW_11,
                                       ROW_0,
                                       0,
                                       ROW_12 | ROW_0,
                                       ROW_12 | ROW_11,
                                       ROW_11 | ROW_0,
                                       LETTERS,
                                       ROW_12 | ROW_0 | ROW_9,
                                       ROW_12 | ROW_11 | ROW_9,
                                       ROW_11 | ROW_0 | ROW_9,
                                       LETTERS | ROW_9};

static const struct {
    uint8_t code;
    uint16_t holes;
} irregular[] = {
    {0x00, ROW_12 | ROW_0 | ROW_9 | ROW_8 | ROW_1},
    {0x10, ROW_12 | ROW_11 | ROW_9 | ROW_8 | ROW_1},
    {0x20, ROW_11 | ROW_0 | ROW_9 | ROW_8 | ROW_1},
    {0x30, LETTERS | ROW_9 | ROW_8 | ROW_1},
    {0x40, 0},
    {0x50, ROW_12},
    {0x60, ROW_11},
    {0x61, ROW_0 | ROW_1},
    {0x6A, ROW_12 | ROW_11},
    {0x70, LETTERS},
    {0x80, ROW_12 | ROW_0 | ROW_8 | ROW_1},
    {0x90, ROW_12 | ROW_11 | ROW_8 | ROW_1},
    {0xA0, ROW_11 | ROW_0 | ROW_8 | ROW_1},
    {0xB0, LETTERS | ROW_8 | ROW_1},
    {0xC0, ROW_12 | ROW_0},
    {0xD0, ROW_11 | ROW_0},
    {0xE0, ROW_0 | ROW_8 | ROW_1 >> 1},
    {0xE1, ROW_11 | ROW_0 | ROW_9 | ROW_1},
    {0xF0, ROW_0},
};

uint16_t
card_holes(uint8_t code)
{
    unsigned high = code >> 4, low = code & 0x0F;
    size_t i;

    for (i = 0; i < sizeof(irregular) / sizeof(irregular[0]); i++)
        if (irregular[i].code == code)
            return irregular[i].holes;
    if (low <= 8)
        return zone_low[high] | row(low);
    if (low == 9)
        return high < 8 ? zone_high[high] | ROW_8 | ROW_1
                        : zone_low[high] | ROW_9;
    return zone_high[high] | ROW_8 | row(low - 8);
}

void
card_characters(uint16_t characters[CARD_PATTERNS])
{
    unsigned i;

    for (i = 0; i < CARD_PATTERNS; i++)
        characters[i] = CARD_NO_CHARACTER;
    for (i = 0; i < 256; i++)
        characters[card_holes((uint8_t)i)] = (uint16_t)i;
}
