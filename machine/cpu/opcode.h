/*
 * opcode.h - what optable.inc says about one instruction
 */
#ifndef CPU_OPCODE_H
#define CPU_OPCODE_H

#include <stdint.h>

#include "format.h"

struct cpu;
struct insn;

enum { PRIV = 1 }; /* privileged */

struct opcode {
    uint16_t code; /* X'1A', or with two bytes X'B202' */
    uint8_t format;
    uint8_t flags;
    int (*routine)(struct cpu *cpu, const struct insn *in);
};

#endif
