/* char, short, _Bool: conversions, stepping, arrays, wrap-around. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

static int8_t s8;
static uint8_t u8;
static int16_t s16;
static uint16_t u16;
static char plain = (char)200;
static int8_t table8[] = {1, -1, 127, -128};
static uint16_t table16[] = {1, 65535, 32768, 255};

static int8_t
narrow(int x)
{
    return (int8_t)x;
}

static unsigned
sum(int8_t a, uint8_t b, int16_t c, uint16_t d, bool e)
{
    return (unsigned)(a + b + c + d + e);
}

int
main(void)
{
    int i;
    bool flag = 256;
    uint8_t local = 250;
    short step = 32760;

    for (i = 0; i < 300; i++) {
        s8++;
        u8 += 3;
        s16 = (int16_t)(s16 - 251);
        u16 = (uint16_t)(u16 * 3 + 1);
        local++;
        step += 5;
    }
    printf("%d %u %d %u %u %d\n", s8, u8, s16, u16, local, step);
    printf("%d %d %d\n", plain, plain > 0, (signed char)plain);
    printf("%d %d %d %d\n", narrow(127), narrow(128), narrow(-129),
           narrow(1000));
    printf("%d %d\n", flag, (bool)0x100 == true ? 1 : 0);
    printf("%u\n", sum(-1, 255, -32768, 65535, (bool)"x"));
    for (i = 0; i < 4; i++)
        printf("%d %u %d %d\n", table8[i], table16[i], table8[i] >> 1,
               -table16[i]);
    s8 = -128;
    s8--;
    u8 = (uint8_t)-1;
    i = u8++;
    printf("%d %d %d\n", s8, i, u8);
    i = --u8;
    printf("%d %d\n", i, u8);
    u8 >>= 3;
    s8 = -100;
    s8 >>= 2;
    s8 *= 7;
    s8 /= -3;
    s16 = -30000;
    s16 %= 77;
    printf("%u %d %d\n", u8, s8, s16);
    flag = 2;
    flag += 5;
    printf("%d %d\n", flag, flag << 3);
    flag ^= 1;
    flag |= 0x100;
    printf("%d %d\n", flag, !!u16 + !u16);
    u16 = 0xffff;
    printf("%d %d\n", (u16 + 1) == 0x10000, (uint16_t)(u16 + 1) == 0);
    printf("%d\n", (int)(u8 - 40u > 0) + (u8 - 40 > 0) * 2);
    return 0;
}
