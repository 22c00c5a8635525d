/*
 * ebcdic.h - between EBCDIC and ASCII
 *
 * Programs for the machine have their texts in EBCDIC, code page 037.  What
 * comes from elsewhere, or goes there, is ISO 8859-1, of which ASCII is the
 * first half: code page 037 has exactly its 256 characters, so each table is
 * the other one turned round and no byte is lost.  Lines end differently: '\n'
 * is X'15' in a program, NEW LINE, X'85' on the other side; ASCII ends lines
 * with LINE FEED, X'0A', which is X'25' here.
 */
#ifndef EBCDIC_H
#define EBCDIC_H

#include <stddef.h>

/* Indexed by the one code, the bytes of the other. */
extern const unsigned char ebcdic_to_latin1[256];
extern const unsigned char latin1_to_ebcdic[256];

/* Replace each byte b of bytes[n] by table[b], 256 at a time by TRANSLATE. */
void translate(void *bytes, size_t n, const unsigned char table[256]);

#endif
