/* probe.h - one instruction, tried out (probe.asm) */
#ifndef PROBE_H
#define PROBE_H

#include <s370/psw.h>
#include <stdint.h>

struct probe {
    psw_t psw;           /* X'00' under which it runs, its address included */
    uint8_t insn[6];     /* X'08' */
    uint8_t target[6];   /* X'0E' what EXECUTE may execute */
    uint32_t gr[13];     /* X'14' R0 to R12 before, and after */
    psw_t old;           /* X'48' the PSW after it */
    uint32_t word;       /* X'50' EC mode: length and code */
    uint8_t interrupted; /* X'54' a program interruption came of it */
};

void probe(struct probe *p);
extern uint8_t probe_target[], probe_after[], probe_slot[];

#endif
