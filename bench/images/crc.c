/* crc.c - the cyclic redundancy check of a buffer, by table */
#include <stdint.h>

enum { BYTES = 4096, ROUNDS = 1000 };

static uint32_t table[256];
static uint8_t buffer[BYTES];

static void
fill(void)
{
    for (uint32_t n = 0; n < 256; n++) {
        uint32_t c = n;
        for (int k = 0; k < 8; k++)
            c = c & 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
        table[n] = c;
    }
    for (int i = 0; i < BYTES; i++)
        buffer[i] = (uint8_t)(i * 7);
}

static uint32_t
crc32(uint32_t crc, const uint8_t *p, int len)
{
    while (len-- > 0)
        crc = table[(crc ^ *p++) & 0xFF] ^ (crc >> 8);
    return crc;
}

int
main(void)
{
    uint32_t crc = 0xFFFFFFFF;

    fill();
    for (int k = 0; k < ROUNDS; k++)
        crc = crc32(crc, buffer, BYTES);
    return crc == 0;
}
