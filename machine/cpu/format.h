/*
 * format.h - how operands lie in an instruction
 *
 * The head of optable.inc says how each format is written.  The CPU decodes by
 * it, the disassembler prints by it.
 */
#ifndef CPU_FORMAT_H
#define CPU_FORMAT_H

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

#endif
