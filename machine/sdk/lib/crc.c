/*
 * crc.c - cyclic redundancy checks (crc.h)
 *
 * Four bits at a time, with a table of 16 remainders: half as quick as bytes
 * with a table of 256, for a sixteenth of the storage.
 */
#include <crc.h>

uint32_t
crc32(uint32_t crc, const void *bytes, size_t n)
{
    static const uint32_t table[16] = {
        0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4,
        0x4DB26158, 0x5005713C, 0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
        0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C};
    const unsigned char *p = bytes;

    crc = ~crc;
    while (n-- > 0) {
        crc ^= *p++;
        crc = crc >> 4 ^ table[crc & 15];
        crc = crc >> 4 ^ table[crc & 15];
    }
    return ~crc;
}

uint16_t
crc16(uint16_t crc, const void *bytes, size_t n)
{
    static const uint16_t table[16] = {
        0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50A5, 0x60C6, 0x70E7,
        0x8108, 0x9129, 0xA14A, 0xB16B, 0xC18C, 0xD1AD, 0xE1CE, 0xF1EF};
    const unsigned char *p = bytes;
    unsigned c = crc;

    while (n-- > 0) {
        c ^= (unsigned)*p++ << 8;
        c = (c << 4 ^ table[c >> 12 & 15]) & 0xFFFF;
        c = (c << 4 ^ table[c >> 12 & 15]) & 0xFFFF;
    }
    return (uint16_t)c;
}
