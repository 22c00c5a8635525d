/*
 * opcode.h - what optable.inc says about one instruction
 */
#ifndef CPU_OPCODE_H
#define CPU_OPCODE_H

#include <stdint.h>

struct cpu;
struct insn;

/* How operands lie in an instruction: see the head of optable.inc. */
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

enum { PRIV = 1 }; /* privileged */

struct opcode {
    uint16_t code; /* X'1A', or with two bytes X'B202' */
    uint8_t format;
    uint8_t flags;
    int (*routine)(struct cpu *cpu, const struct insn *in);
};

#endif
