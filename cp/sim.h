/*
 * sim.h - privileged instructions of a virtual machine
 *
 * sim.c decodes one and calls its routine; sim_psw.c, sim_storage.c,
 * sim_control.c and sim_io.c have the routines.  When a routine is called the
 * virtual CPU is in the supervisor state and vm->psw points behind the
 * instruction; the routine sets condition code and registers, or reflects a
 * program interruption and changes nothing else.
 */
#ifndef CP_SIM_H
#define CP_SIM_H

#include "vm.h"

/* An instruction of format RR, RX, RS, SI, S or SSE; each uses some of this. */
struct insn {
    union {
        uint8_t bytes[6];
        uint32_t word;
    };
    unsigned r1, r3; /* the second byte's halves: R1, R2 or R3 or X2 */
    unsigned i2;     /* the second byte */
    uint32_t laddr;  /* B2 and D2, or B1 and D1; 24 bits */
    bool real;       /* laddr is a real one (gaddr): DIAGNOSE */
    bool watched;    /* PGM_PER joins a program interruption */
    unsigned ilc;    /* bytes; 4 for the target of EXECUTE */
};

/* The operand of len bytes at in->laddr, under the virtual PSW's key, after
 * the check of its boundary; false: a program interruption was reflected. */
bool sim_fetch(struct vm *vm, const struct insn *in, void *to, uint32_t len,
               uint32_t boundary);
bool sim_store(struct vm *vm, const struct insn *in, const void *from,
               uint32_t len, uint32_t boundary);
void sim_program(struct vm *vm, const struct insn *in, unsigned code);

/* sim_psw.c */
void sim_lpsw(struct vm *vm, const struct insn *in);
void sim_ssm(struct vm *vm, const struct insn *in);
void sim_stnsm(struct vm *vm, const struct insn *in);
void sim_stosm(struct vm *vm, const struct insn *in);
void sim_spka(struct vm *vm, const struct insn *in);
void sim_ipk(struct vm *vm, const struct insn *in);
/* sim_storage.c */
void sim_ssk(struct vm *vm, const struct insn *in);
void sim_isk(struct vm *vm, const struct insn *in);
void sim_rrb(struct vm *vm, const struct insn *in);
void sim_lra(struct vm *vm, const struct insn *in);
void sim_ptlb(struct vm *vm, const struct insn *in);
void sim_ipte(struct vm *vm, const struct insn *in);
void sim_tprot(struct vm *vm, const struct insn *in);
/* sim_control.c */
void sim_lctl(struct vm *vm, const struct insn *in);
void sim_stctl(struct vm *vm, const struct insn *in);
void sim_stidp(struct vm *vm, const struct insn *in);
void sim_sck(struct vm *vm, const struct insn *in);
void sim_sckc(struct vm *vm, const struct insn *in);
void sim_stckc(struct vm *vm, const struct insn *in);
void sim_spt(struct vm *vm, const struct insn *in);
void sim_stpt(struct vm *vm, const struct insn *in);
/* sim_io.c */
void sim_sio(struct vm *vm, const struct insn *in); /* and SIOF */
void sim_tio(struct vm *vm, const struct insn *in); /* and CLRIO */
void sim_hio(struct vm *vm, const struct insn *in); /* and HDV */
void sim_tch(struct vm *vm, const struct insn *in);
void sim_stidc(struct vm *vm, const struct insn *in);
/* diagnose.c */
void sim_diagnose(struct vm *vm, const struct insn *in);

#endif
