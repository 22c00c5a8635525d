/*
 * card_code.h - the holes of a card column
 */
#ifndef IO_CARD_CODE_H
#define IO_CARD_CODE_H

#include <stdint.h>

/* The holes that stand for an EBCDIC character: rows 12, 11, 0, 1, ... 9 are
 * X'800', X'400', X'200', X'100', ... X'001'. */
uint16_t card_holes(uint8_t code);

enum { CARD_PATTERNS = 1 << 12 };
enum { CARD_NO_CHARACTER = 0x100 };

/* The other way: the character of each pattern, or CARD_NO_CHARACTER. */
void card_characters(uint16_t characters[CARD_PATTERNS]);

/* Column binary: rows 12 to 3 in bits 2-7 of the first byte of a column, rows
 * 4 to 9 in those of its second. */
static inline uint16_t
card_column(const uint8_t bytes[2])
{
    return (uint16_t)((bytes[0] & 0x3F) << 6 | (bytes[1] & 0x3F));
}

static inline void
card_column_bytes(uint16_t holes, uint8_t bytes[2])
{
    bytes[0] = (uint8_t)(holes >> 6);
    bytes[1] = holes & 0x3F;
}

#endif
