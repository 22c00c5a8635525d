/*
 * crc.h - cyclic redundancy checks
 *
 * The remainder of the bytes, taken as one long polynomial over bits, by a
 * fixed one: a damaged bit, or any burst of damage no longer than the
 * remainder, changes it.  Both functions go on from a remainder, so that a
 * text can come in pieces:
 *
 *     crc = crc32(crc32(0, first, n), second, m);
 *
 * They count with bytes as they are: a text in EBCDIC has another remainder
 * than the same in ASCII.
 */
#ifndef CRC_H
#define CRC_H

#include <stddef.h>
#include <stdint.h>

/* That of Ethernet, gzip and PNG (X'EDB88320', reflected).  Begin with 0. */
uint32_t crc32(uint32_t crc, const void *bytes, size_t n);

/* That of HDLC, XMODEM and disks, CCITT (X'1021').  Begin with 0, or X'FFFF'
 * where leading zeros must count. */
uint16_t crc16(uint16_t crc, const void *bytes, size_t n);

#endif
