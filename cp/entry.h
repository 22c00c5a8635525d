/*
 * entry.h - what entry.asm and C share
 *
 * One stack, CP_STACK_BYTES long, begins afresh at every entry; its lowest
 * word holds STACK_MARK, which dispatch() looks at, for an overflow would
 * otherwise go unnoticed.
 */
#ifndef CP_ENTRY_H
#define CP_ENTRY_H

#include <s370/lowcore.h>
#include <stddef.h>
#include <stdint.h>

#include "vm.h"

#define CP_STACK_BYTES 16384 /* entry.asm has the same number */
#define STACK_MARK 0xC3D740E2u

/* Low storage of CP. */
struct entry {
    struct lowcore low;
    uint32_t gr[16];   /* X'200' registers at the last interruption */
    int64_t timer;     /* X'240' CPU timer at the last interruption */
    int64_t timer_set; /* X'248' what guest_run() had set it to */
    uint32_t constants[10];
    uint32_t has_float; /* X'278' there are floating-point registers */
};
_Static_assert(offsetof(struct entry, gr) == 0x200, "entry.asm");
_Static_assert(offsetof(struct entry, timer_set) == 0x248, "entry.asm");
_Static_assert(offsetof(struct entry, has_float) == 0x278, "entry.asm");

#define ENTRY ((struct entry *)0)

extern uint32_t cp_stack[CP_STACK_BYTES / 4];

/* Go on with a guest: registers of vm, this real PSW, this CPU timer. */
void guest_run(struct vm *vm, psw_t psw, int64_t timer)
    __attribute__((noreturn));
/* Wait under this PSW for an interruption. */
void cp_wait(psw_t psw) __attribute__((noreturn));
/* Let one pending I/O interruption in; comes back when there is none. */
void cp_window(void);
/* Does a location of real storage exist?  Are there floating-point
 * instructions (a feature of the System/370)? */
int storage_there(uint32_t raddr);
int float_there(void);

/* Called by entry.asm, never to return. */
void start(void) __attribute__((noreturn));         /* start.c */
void trap_external(void) __attribute__((noreturn)); /* trap.c */
void trap_svc(void) __attribute__((noreturn));
void trap_program(void) __attribute__((noreturn));
void trap_machine(void) __attribute__((noreturn));
void trap_io(void) __attribute__((noreturn));

/* dispatch.c, for trap.c and vm.c.  Charge the guest that was interrupted for
 * the time it has run; the dispatcher must look at all machines (after an
 * interruption that may concern any); the TOD clock has reached the
 * comparator, or what the comparator was set for has changed; a machine will
 * be gone. */
void dispatch_charge(void);
void dispatch_look(void);
void dispatch_deadline(void);
void dispatch_forget(const struct vm *vm);

#endif
