/*
 * ebcdic.h - between EBCDIC (code page 037) and UTF-8
 */
#ifndef IO_EBCDIC_H
#define IO_EBCDIC_H

#include <stdint.h>

/* The character as a terminal shows it; controls become a blank.  Returns the
 * number of bytes written, 1 or 2. */
unsigned ebcdic_to_utf8(uint8_t code, char out[2]);

/* Take one character from *text (which is below `end`) and step over it.  -1,
 * with a question mark in *code, when code page 037 does not have it. */
int ebcdic_from_utf8(const char **text, const char *end, uint8_t *code);

#endif
