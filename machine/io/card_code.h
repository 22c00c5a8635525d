/*
 * card_code.h - the holes of a card column
 */
#ifndef IO_CARD_CODE_H
#define IO_CARD_CODE_H

#include <stdint.h>

/* The holes that stand for an EBCDIC character: rows 12, 11, 0, 1, ... 9 are
 * X'800', X'400', X'200', X'100', ... X'001'. */
uint16_t card_holes(uint8_t code);

#endif
