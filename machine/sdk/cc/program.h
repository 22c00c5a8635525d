/*
 * program.h - the program as a whole: all units, what of them goes into the
 * image, and the NASM source.
 */
#ifndef CC_PROGRAM_H
#define CC_PROGRAM_H

#include "tree.h"

/* A symbol with a link name that a unit defines. */
void program_define(struct symbol *s);
/* A name of the source in EBCDIC. */
void program_ebcdic(const char *text, uint8_t **bytes, int *n);

#endif
