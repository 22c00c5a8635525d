/* Redundancy checks, and the tables of code pages. */
#include <crc.h>
#include <ebcdic.h>

#include "check.h"

/* "123456789" in ASCII: what every list of checks gives as an example. */
static const unsigned char digits[] = {0x31, 0x32, 0x33, 0x34, 0x35,
                                       0x36, 0x37, 0x38, 0x39};

static void
test_crc(void)
{
    unsigned char text[100];
    uint32_t whole32, undamaged;
    uint16_t whole16;
    int same = 0;

    CHECK(crc32(0, digits, 9) == 0xCBF43926);
    CHECK(crc16(0, digits, 9) == 0x31C3);
    CHECK(crc16(0xFFFF, digits, 9) == 0x29B1);
    CHECK(crc32(0, digits, 0) == 0 && crc16(0x1234, digits, 0) == 0x1234);
    for (int i = 0; i < 100; i++)
        text[i] = (unsigned char)(i * 37);
    whole32 = crc32(0, text, 100);
    whole16 = crc16(0, text, 100);
    for (size_t i = 0; i <= 100; i += 20) {
        CHECK(crc32(crc32(0, text, i), text + i, 100 - i) == whole32);
        CHECK(crc16(crc16(0, text, i), text + i, 100 - i) == whole16);
    }
    /* Each single bit, and its neighbour with it. */
    undamaged = whole32;
    for (int bit = 0; bit < 799; bit++)
        for (int n = 1; n <= 2; n++) {
            for (int b = bit; b < bit + n; b++)
                text[b / 8] ^= (unsigned char)(0x80 >> b % 8);
            same += crc32(0, text, 100) == undamaged;
            same += crc16(0, text, 100) == whole16;
            for (int b = bit; b < bit + n; b++)
                text[b / 8] ^= (unsigned char)(0x80 >> b % 8);
        }
    CHECK(same == 0);
}

static void
test_tables(void)
{
    static const char ebcdic[] = "Hello, World: 0123456789 [x] {y} ~^|\\";
    static const unsigned char ascii[] = {
        0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x2C, 0x20, 0x57, 0x6F, 0x72,
        0x6C, 0x64, 0x3A, 0x20, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35,
        0x36, 0x37, 0x38, 0x39, 0x20, 0x5B, 0x78, 0x5D, 0x20, 0x7B,
        0x79, 0x7D, 0x20, 0x7E, 0x5E, 0x7C, 0x5C};
    unsigned char text[40], all[1000];
    int wrong = 0;

    for (int i = 0; i < 256; i++)
        wrong += latin1_to_ebcdic[ebcdic_to_latin1[i]] != i;
    CHECK(wrong == 0);
    memcpy(text, ebcdic, sizeof(ascii));
    translate(text, sizeof(ascii), ebcdic_to_latin1);
    CHECK(memcmp(text, ascii, sizeof(ascii)) == 0);
    translate(text, sizeof(ascii), latin1_to_ebcdic);
    CHECK(memcmp(text, ebcdic, sizeof(ascii)) == 0);
    /* Lengths round 256; the bytes beside stay. */
    for (int n = 0; n <= 770; n += n == 2 ? 252 : n == 257 ? 253 : 1) {
        for (int i = 0; i < 1000; i++)
            all[i] = (unsigned char)(i * 7);
        translate(all + 1, (size_t)n, latin1_to_ebcdic);
        for (int i = 0; i < 1000; i++) {
            int before = i * 7 & 255;
            int inside = i >= 1 && i <= n;

            wrong += all[i] != (inside ? latin1_to_ebcdic[before] : before);
        }
    }
    CHECK(wrong == 0);
}

int
main(void)
{
    test_crc();
    test_tables();
    return checks_failed;
}
