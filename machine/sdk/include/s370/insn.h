/*
 * insn.h - instructions that C has no words for, one function each
 *
 * Each is a few lines of assembler in machine/sdk/lib/s370_*.asm; only those
 * that a program calls become part of its image.  All but STCK and CS are
 * privileged: in the problem state they end in a privileged-operation
 * interruption.  What an instruction does with bad operands, the function
 * does too.  Where an instruction sets the condition code, the function
 * returns it (0 to 3).
 *
 * Addresses are 24-bit real addresses unless they are called vaddr.  Source:
 * GA22-7000, under each instruction's name.
 */
#ifndef S370_INSN_H
#define S370_INSN_H

#include <stdint.h>

#include <s370/psw.h>

/* ---- input/output: device X'cuu' ----------------------------------------- */

int s370_sio(uint32_t device);   /* START I/O: 0 started, 1 CSW stored, 2
                                    busy, 3 not operational */
int s370_siof(uint32_t device);  /* START I/O FAST RELEASE: the same */
int s370_tio(uint32_t device);   /* TEST I/O: 0 available, 1 CSW stored, 2
                                    busy, 3 not operational */
int s370_clrio(uint32_t device); /* CLEAR I/O */
int s370_hio(uint32_t device);   /* HALT I/O */
int s370_hdv(uint32_t device);   /* HALT DEVICE */
int s370_tch(uint32_t device);   /* TEST CHANNEL */
int s370_stidc(uint32_t device); /* STORE CHANNEL ID, into X'A8' */

/* ---- PSW ------------------------------------------------------------------
 */

/* LOAD PSW from a doubleword. */
_Noreturn void s370_lpsw(const psw_t *psw);
/* SET SYSTEM MASK: bits 0-7 of the PSW. */
void s370_ssm(uint8_t mask);
/* STORE THEN AND/OR SYSTEM MASK: bits 0-7 are anded (ored) with `mask`; the
 * former ones are returned, for s370_ssm() to put them back. */
uint8_t s370_stnsm(uint8_t mask);
uint8_t s370_stosm(uint8_t mask);
/* LOAD PSW of a disabled wait with this code: the program's end. */
_Noreturn void s370_stop(uint32_t code);

/* ---- control registers ----------------------------------------------------
 */

/* LOAD CONTROL, STORE CONTROL: registers first to last (0-15, wrapping from
 * 15 to 0) from or to as many words. */
void s370_lctl(unsigned first, unsigned last, const uint32_t *words);
void s370_stctl(unsigned first, unsigned last, uint32_t *words);

/* ---- storage: keys and translation --------------------------------------- */

/* SET STORAGE KEY, INSERT STORAGE KEY of the 2 KiB block at raddr.  In BC
 * mode the reference and change bits of s370_isk() are zero. */
void s370_ssk(uint32_t raddr, uint8_t key);
uint8_t s370_isk(uint32_t raddr);
/* RESET REFERENCE BIT: 0 reference and change were off, 1 change was on, 2
 * reference was on, 3 both. */
int s370_rrb(uint32_t raddr);
/* LOAD REAL ADDRESS: 0 *raddr is it; 1, 2, 3 segment invalid, page invalid,
 * table too short: *raddr is then that of the entry. */
int s370_lra(uint32_t vaddr, uint32_t *raddr);
/* PURGE TLB: after a table entry was changed. */
void s370_ptlb(void);
/* SET PREFIX, STORE PREFIX. */
void s370_spx(const uint32_t *prefix);
void s370_stpx(uint32_t *prefix);

/* ---- clocks: 64-bit TOD units, bit 51 is a microsecond ------------------- */

int s370_sck(const uint64_t *tod);   /* SET CLOCK: 0 set, 1 switch is off, 3
                                        not operational */
int s370_stck(uint64_t *tod);        /* STORE CLOCK: 0 set, 1 not set */
void s370_sckc(const uint64_t *tod); /* SET CLOCK COMPARATOR */
void s370_stckc(uint64_t *tod);      /* STORE CLOCK COMPARATOR */
void s370_spt(const int64_t *tod);   /* SET CPU TIMER */
void s370_stpt(int64_t *tod);        /* STORE CPU TIMER */

/* ---- others ---------------------------------------------------------------
 */

/* STORE CPU ID: version(8) serial(24) model(16) length of the logout(16). */
void s370_stidp(uint64_t *id);
/* COMPARE AND SWAP: 0 *word was `old` and is now `new`; 1 it was not, and is
 * as it was. */
int s370_cs(uint32_t *word, uint32_t old, uint32_t new);

#endif
