/*
 * disassemble.c - for disassemble.t: every row of the instruction table with
 * several operands, a line each: the bytes, a blank, the text
 *
 * Only what an assembler can write: bits that are ignored are zero, registers
 * that must be even are, and a multiplier or divisor is shorter than the other
 * operand.
 */
#include <stdio.h>

#include "machine.h"
#include "machine/front/insn.h"

static const uint16_t codes[] = {
#define INSN(code, name, format, routine, flags) code,
#include "machine/cpu/optable.inc"
#undef INSN
};

enum { NCODES = sizeof(codes) / sizeof(codes[0]) };

/* Second byte, and base and displacement twice. */
static const uint8_t operands[][5] = {
    {0x24, 0x30, 0x00, 0xC0, 0x08}, {0x40, 0x0F, 0xFF, 0x01, 0x23},
    {0x84, 0x00, 0x00, 0xFF, 0xFF}, {0xEE, 0xE8, 0x00, 0x10, 0x01},
    {0x00, 0xC1, 0x20, 0x00, 0x04},
};

static void
make(uint16_t code, const uint8_t operand[5], uint8_t b[6])
{
    const struct insn_info *info;
    unsigned i;

    b[0] = code > 0xFF ? (uint8_t)(code >> 8) : (uint8_t)code;
    b[1] = code > 0xFF ? (uint8_t)code : operand[0];
    for (i = 2; i < 6; i++)
        b[i] = operand[i - 1];
    info = insn_find(b);
    if (insn_is_float(b))
        b[1] &= info->format == FORMAT_RR ? 0x44 : 0x4F;
    if (info->format == FORMAT_RR_1 || info->format == FORMAT_RS_SHIFT)
        b[1] &= 0xF0;
    if (info->format == FORMAT_S && code <= 0xFF)
        b[1] = 0;
    if (info->format == FORMAT_SS_SRP)
        b[1] = (b[1] & 0xF0) | (b[1] & 0xF) % 10;
    if (code == 0xFC || code == 0xFD) /* MP, DP: 1 to 8 of 9 to 16 bytes */
        b[1] = (b[1] & 0xF7) | 0x80;
    if (info->format == FORMAT_RRE)
        b[2] = 0;
    if (info->format == FORMAT_S_0)
        b[2] = b[3] = 0;
}

int
main(void)
{
    uint8_t b[6];
    char text[100];
    unsigned i, j, k, length;

    for (i = 0; i < NCODES; i++)
        for (j = 0; j < sizeof(operands) / sizeof(operands[0]); j++) {
            make(codes[i], operands[j], b);
            length = machine_disassemble(b, text, sizeof(text));
            for (k = 0; k < length; k++)
                printf("%02X", b[k]);
            printf(" %s\n", text);
        }
    return 0;
}
