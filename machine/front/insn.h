/*
 * insn.h - the instruction table as people see it
 */
#ifndef FRONT_INSN_H
#define FRONT_INSN_H

#include <stdbool.h>
#include <stdint.h>

#include "../cpu/format.h"

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
