/*
 * insn.h - the instruction table as people see it
 */
#ifndef FRONT_INSN_H
#define FRONT_INSN_H

#include <stdbool.h>
#include <stdint.h>

/* cpu/optable.inc explains them. */
enum insn_format {
    FORMAT_RR,
    FORMAT_RR_M,
    FORMAT_RR_1,
    FORMAT_RR_I,
    FORMAT_RX,
    FORMAT_RX_M,
    FORMAT_RS,
    FORMAT_RS_M,
    FORMAT_RS_SHIFT,
    FORMAT_SI,
    FORMAT_S,
    FORMAT_S_0,
    FORMAT_SS1,
    FORMAT_SS2,
    FORMAT_SS_SRP,
    FORMAT_RRE,
    FORMAT_SSE,
};

struct insn_info {
    uint16_t code; /* one byte, or two: above X'FF' */
    const char *name;
    enum insn_format format;
};

/* The row for an instruction; NULL when there is no such operation code. */
const struct insn_info *insn_find(const uint8_t *bytes);
/* 2, 4 or 6 bytes, as the first two bits say. */
unsigned insn_length(uint8_t first_byte);
/* Its register operands are floating-point registers. */
bool insn_is_float(const uint8_t *bytes);

#endif
