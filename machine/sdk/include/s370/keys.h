/*
 * keys.h - the storage key of a 2 KiB block
 *
 *   access key (4) | fetch protection | reference | change | 0
 *
 * A store needs a PSW key of zero or equal to the block's access key; so does
 * a fetch, if the fetch-protection bit is on.  Reference and change bits are
 * set by the machine (GA22-7000, "Storage Key", "Key-Controlled Protection").
 */
#ifndef S370_KEYS_H
#define S370_KEYS_H

#define KEY_BLOCK 2048 /* bytes that have one key */

#define KEY_ACCESS(key) ((uint8_t)(((key)&15) << 4))
#define KEY_FETCH 0x08 /* fetch protection, of the key byte */
#define KEY_REFERENCE                                                     \
    0x04                /* the block was used since RRB or SSK cleared it \
                         */
#define KEY_CHANGE 0x02 /* it was stored into */

#endif
