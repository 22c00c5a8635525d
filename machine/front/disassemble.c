/*
 * disassemble.c - instructions as assembler text
 *
 * The operands are written as the assembler takes them: displacements and
 * lengths decimal, a left-out index as in 4(,R2), immediate bytes X'40'.
 */
#include "insn.h"

#include <stdio.h>

#include "machine.h"

static const struct insn_info table[] = {
#define INSN(code, name, format, routine, flags) {code, #name, FORMAT_##format},
#include "machine/cpu/optable.inc"
#undef INSN
};

/* SIO and SIOF, TIO and CLRIO, HIO and HDV differ in the last bit of their
 * second byte; its others are ignored. */
static bool
last_bit_counts(uint8_t first)
{
    return first >= 0x9C && first <= 0x9E;
}

static bool
is_code(const uint8_t *bytes, uint16_t code)
{
    if (code <= 0xFF)
        return bytes[0] == code;
    if (bytes[0] != code >> 8)
        return false;
    return last_bit_counts(bytes[0]) ? (bytes[1] & 1) == (code & 1)
                                     : bytes[1] == (code & 0xFF);
}

const struct insn_info *
insn_find(const uint8_t *bytes)
{
    size_t i;

    for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        if (is_code(bytes, table[i].code))
            return &table[i];
    return NULL;
}

unsigned
insn_length(uint8_t first_byte)
{
    static const unsigned length[] = {2, 4, 4, 6};

    return length[first_byte >> 6];
}

bool
insn_is_float(const uint8_t *bytes)
{
    return (bytes[0] >= 0x20 && bytes[0] <= 0x3F) ||
           (bytes[0] >= 0x60 && bytes[0] <= 0x7F);
}

/* ---- operands ------------------------------------------------------------ */

/* "D(B)" of the two bytes at `bd`. */
static void
base_text(const uint8_t *bd, char *buf, size_t size)
{
    unsigned base = bd[0] >> 4, d = (bd[0] & 0xFU) << 8 | bd[1];

    if (base == 0)
        snprintf(buf, size, "%u", d);
    else
        snprintf(buf, size, "%u(R%u)", d, base);
}

/* "D(L,B)". */
static void
length_text(unsigned length, const uint8_t *bd, char *buf, size_t size)
{
    unsigned base = bd[0] >> 4, d = (bd[0] & 0xFU) << 8 | bd[1];

    if (base == 0)
        snprintf(buf, size, "%u(%u)", d, length);
    else
        snprintf(buf, size, "%u(%u,R%u)", d, length, base);
}

/* "D(X,B)". */
static void
index_text(unsigned index, const uint8_t *bd, char *buf, size_t size)
{
    unsigned base = bd[0] >> 4, d = (bd[0] & 0xFU) << 8 | bd[1];

    if (index == 0 && base == 0)
        snprintf(buf, size, "%u", d);
    else if (index == 0)
        snprintf(buf, size, "%u(,R%u)", d, base);
    else if (base == 0)
        snprintf(buf, size, "%u(R%u)", d, index);
    else
        snprintf(buf, size, "%u(R%u,R%u)", d, index, base);
}

/* `buf` is empty before; it stays so where there are no operands. */
static void
operands_text(const struct insn_info *info, const uint8_t *b, char *buf,
              size_t size)
{
    unsigned r1 = b[1] >> 4, r2 = b[1] & 0xF;
    const char *reg = insn_is_float(b) ? "FPR" : "R";
    char first[32], second[32];

    switch (info->format) {
    case FORMAT_RR:
        snprintf(buf, size, "%s%u,%s%u", reg, r1, reg, r2);
        break;
    case FORMAT_RR_M:
        snprintf(buf, size, "%u,R%u", r1, r2);
        break;
    case FORMAT_RR_1:
        snprintf(buf, size, "R%u", r1);
        break;
    case FORMAT_RR_I:
        snprintf(buf, size, "%u", b[1]);
        break;
    case FORMAT_RX:
        index_text(r2, b + 2, second, sizeof(second));
        snprintf(buf, size, "%s%u,%s", reg, r1, second);
        break;
    case FORMAT_RX_M:
        index_text(r2, b + 2, second, sizeof(second));
        snprintf(buf, size, "%u,%s", r1, second);
        break;
    case FORMAT_RS:
        base_text(b + 2, second, sizeof(second));
        snprintf(buf, size, "R%u,R%u,%s", r1, r2, second);
        break;
    case FORMAT_RS_M:
        base_text(b + 2, second, sizeof(second));
        snprintf(buf, size, "R%u,%u,%s", r1, r2, second);
        break;
    case FORMAT_RS_SHIFT:
        base_text(b + 2, second, sizeof(second));
        snprintf(buf, size, "R%u,%s", r1, second);
        break;
    case FORMAT_SI:
        base_text(b + 2, first, sizeof(first));
        snprintf(buf, size, "%s,X'%02X'", first, b[1]);
        break;
    case FORMAT_S:
        base_text(b + 2, buf, size);
        break;
    case FORMAT_S_0:
        break;
    case FORMAT_SS1:
        length_text(b[1] + 1U, b + 2, first, sizeof(first));
        base_text(b + 4, second, sizeof(second));
        snprintf(buf, size, "%s,%s", first, second);
        break;
    case FORMAT_SS2:
        length_text(r1 + 1, b + 2, first, sizeof(first));
        length_text(r2 + 1, b + 4, second, sizeof(second));
        snprintf(buf, size, "%s,%s", first, second);
        break;
    case FORMAT_RRE:
        snprintf(buf, size, "R%u,R%u", b[3] >> 4, b[3] & 0xF);
        break;
    case FORMAT_SSE:
        base_text(b + 2, first, sizeof(first));
        base_text(b + 4, second, sizeof(second));
        snprintf(buf, size, "%s,%s", first, second);
        break;
    case FORMAT_SS_SRP:
        length_text(r1 + 1, b + 2, first, sizeof(first));
        base_text(b + 4, second, sizeof(second));
        snprintf(buf, size, "%s,%s,%u", first, second, r2);
        break;
    }
}

unsigned
machine_disassemble(const uint8_t *bytes, char *buf, size_t size)
{
    const struct insn_info *info = insn_find(bytes);
    unsigned length = insn_length(bytes[0]), i;
    char operands[80] = "", digits[13];

    if (info == NULL) {
        for (i = 0; i < length; i++)
            snprintf(digits + 2 * i, 3, "%02X", bytes[i]);
        snprintf(buf, size, "DC    X'%s'", digits);
        return length;
    }
    operands_text(info, bytes, operands, sizeof(operands));
    if (operands[0] == '\0')
        snprintf(buf, size, "%s", info->name);
    else
        snprintf(buf, size, "%-5s %s", info->name, operands);
    return length;
}
