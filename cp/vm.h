/*
 * vm.h - one virtual machine (compare the VMBLOK of VM/370)
 *
 * Everything CP knows of a user is in struct vm: the virtual registers while
 * the machine is not running, its storage, its devices, its place in the
 * dispatcher's queue and the state of its console.  A struct vm exists from
 * LOGON to LOGOFF.
 *
 * Rules that all of CP keeps:
 * - CP runs disabled for interruptions, with DAT off, on one stack that is
 *   empty at every entry.  Interruptions come in while a guest runs or in
 *   the dispatcher's wait; a handler does its work to the end and goes to
 *   dispatch(), which does not return.  So nothing in CP is ever interrupted
 *   half-way, and nothing in CP waits: what takes time has a state and a
 *   call-back.
 * - A guest's storage is touched through guest_fetch() and guest_store()
 *   only, and nothing found there is trusted.
 * - Addresses say their level: raddr host-real, gaddr guest-real.
 */
#ifndef CP_VM_H
#define CP_VM_H

#include <s370/psw.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define USERID_LEN 8
#define MAX_USERS 32 /* logged on at a time */
#define MAX_STORAGE 0x1000000u

struct lowcore;
struct vdev;
struct terminal;
struct dir_user;
struct shadow;

/* Why a virtual machine does not run; it is runnable when none is set. */
enum {
    VM_CPREAD = 1,    /* in CP READ: stopped until BEGIN, IPL, ... */
    VM_WAIT = 2,      /* its PSW is an enabled wait: an interruption ends it */
    VM_CFWAIT = 4,    /* a console function of its own is being executed or
                         waits for output to drain */
    VM_SLEEP = 8,     /* SLEEP command */
    VM_LOGOFF = 16,   /* being logged off: never dispatched again */
    VM_NOTIPLED = 32, /* nothing loaded yet: BEGIN has nothing to begin */
};

/* Virtual external interruptions that are pending. */
enum {
    VEXT_TIMER = 1,     /* interval timer, code X'0080' */
    VEXT_KEY = 2,       /* interrupt key (EXTERNAL), code X'0040' */
    VEXT_CLOCK = 4,     /* clock comparator, X'1004' (level: recomputed) */
    VEXT_CPU_TIMER = 8, /* CPU timer, X'1005' (level: recomputed) */
};

struct vm {
    /* entry.asm relies on the offsets of this group. */
    uint32_t gr[16]; /* X'00' general registers while it does not run */
    uint8_t fr[32];  /* X'40' floating-point registers 0 2 4 6 */
    psw_t psw;       /* X'60' the virtual PSW, BC or EC as its bit 12 says */
    uint32_t cr[16]; /* X'68' virtual control registers */

    /* identity and queue */
    struct vm *next; /* ring of all virtual machines (vm_ring) */
    char userid[9];  /* EBCDIC, 0-terminated, no blanks */
    const struct dir_user *user;
    unsigned state;   /* VM_* bits */
    uint32_t classes; /* privilege classes: BIT for 'A' is 1 << 0 */

    /* storage */
    uint32_t storage_bytes;
    uint32_t *segments; /* real segment table, [storage/64 KiB] entries */
    uint32_t segment_register; /* what control register 1 must hold for it */
    struct lowcore *low;       /* page 0's frame; NULL: not touched yet */
    uint32_t nframes;          /* frames held */
    struct shadow *shadow;     /* shadow.c: the tables when its own DAT is on */

    /* interruptions and clocks */
    unsigned ext_pending; /* VEXT_* */
    bool attend;          /* an interruption may be pending and admitted:
                             reflect_pending() looks before it runs again */
    bool woken;           /* its wait has just ended: runs before others */
    uint64_t clock_comparator;
    int64_t cpu_timer; /* virtual CPU timer, TOD units, as of now */
    enum { TIMER_OFF, TIMER_ON, TIMER_REAL } timer_mode;
    uint32_t timer_rest;  /* of an interval-timer unit, not yet charged */
    uint64_t timer_since; /* TOD up to which a wait has been charged */
    uint64_t cpu_used;    /* virtual (problem) CPU time, TOD units */
    uint64_t cp_used;     /* time CP spent for it, TOD units */
    uint64_t logon_tod;
    int64_t slice_left; /* TOD units of the present time slice */

    /* devices, in address order */
    struct vdev *devices;
    struct vdev *console;

    /* console */
    struct terminal *terminal; /* NULL: disconnected */
    bool set_msg, set_wng, set_imsg, set_run, set_linedit;
    bool set_acnt, set_ecmode;
    enum { EMSG_TEXT, EMSG_ON, EMSG_CODE, EMSG_OFF } set_emsg;
    bool cp_line;         /* the keyboard is lent to CP, SET RUN ON */
    uint64_t sleep_until; /* TOD; 0: until an attention */

    /* DIAGNOSE 8: where replies go instead of to the terminal, when not NULL,
     * and the number of the last error reply */
    struct capture *capture;
    uint32_t error_number;

    /* ADSTOP: is one set, where, and what stood there */
    bool adstop;
    uint16_t adstop_was;
    uint32_t adstop_gaddr;
};

_Static_assert(offsetof(struct vm, fr) == 0x40, "entry.asm");
_Static_assert(offsetof(struct vm, psw) == 0x60, "entry.asm");
_Static_assert(offsetof(struct vm, cr) == 0x68, "entry.asm");

/* Replies for a guest; lines end with a new-line code. */
struct capture {
    uint32_t size, len;
    char *text;
};

/* The ring of logged-on machines; NULL when there is none. */
extern struct vm *vm_ring;
/* The machine whose turn it is (the one that trapped); NULL in the wait. */
extern struct vm *vm_current;

/* vm.c - life of a virtual machine */
struct vm *vm_find(const char *userid);
/* Make one for a user of the directory: storage, devices, cleared state.
 * NULL when CP has no storage for it. */
struct vm *vm_create(const struct dir_user *user);
/* Take it out of every queue, free frames and devices.  It may be
 * vm_current; the caller must then go to dispatch(). */
void vm_destroy(struct vm *vm);
/* System reset: subsystem, virtual CPU (and storage, when clear). */
void vm_reset(struct vm *vm, bool clear);

/* guest.c - the only way to a guest's storage.  `gaddr` is guest-real; the
 * range wraps nowhere: past the end is PGM_ADDRESSING.  Missing pages are
 * brought in (zero).  guest_fetch_key/store_key check the storage key against
 * `key` (a channel's or the PSW's, 0-15).  All or nothing.
 * Return PGM_NONE, PGM_ADDRESSING or PGM_PROTECTION. */
int guest_fetch(struct vm *vm, uint32_t gaddr, void *to, uint32_t len);
int guest_store(struct vm *vm, uint32_t gaddr, const void *from, uint32_t len);
int guest_fetch_key(struct vm *vm, uint32_t gaddr, void *to, uint32_t len,
                    unsigned key);
int guest_store_key(struct vm *vm, uint32_t gaddr, const void *from,
                    uint32_t len, unsigned key);
/* The guest's low storage, where its CPU stores and fetches by itself; it is
 * good until the machine is cleared. */
struct lowcore *guest_low(struct vm *vm);
/* The real address of the frame of a guest page, brought in if needed; 0
 * when gaddr is outside the guest's storage or CP is out of frames. */
uint32_t guest_frame(struct vm *vm, uint32_t gaddr);

/* dispatch.c */
void dispatch(void) __attribute__((noreturn));
/* A reason to run may have come: an interruption became pending, or may now
 * be admitted; ends the wait (VM_WAIT) when it is so. */
void vm_wake(struct vm *vm);
/* Set or clear state bits; a machine that becomes runnable joins the queue. */
void vm_stop(struct vm *vm, unsigned bits);
void vm_start(struct vm *vm, unsigned bits);

/* reflect.c - interruptions to the virtual machine.  Program and supervisor-
 * call interruptions swap PSWs at once; ilc is the length of the instruction
 * in bytes (0: none, as of a PSW that is bad).  The virtual PSW points behind
 * the instruction, or to it when that was nullified (PGM_SEGMENT, PGM_PAGE;
 * the guest's X'90' has been stored then).  External and I/O ones come in
 * as far as the virtual PSW admits them: reflect_pending(), called by the
 * dispatcher, takes what there is and leaves vm->attend false. */
void reflect_program(struct vm *vm, unsigned code, unsigned ilc);
void reflect_svc(struct vm *vm, unsigned code, unsigned ilc);
void reflect_pending(struct vm *vm);
/* Is there an interruption that the virtual PSW admits now? */
bool reflect_ready(struct vm *vm);
/* Load a virtual PSW as LPSW, an interruption or IPL does.  One that is not
 * valid is a specification exception; a disabled wait ends in CP READ with a
 * message. */
void vpsw_load(struct vm *vm, psw_t psw);

/* cmd_adstop.c - was the supervisor call that of ADSTOP?  Then the machine
 * stands before the instruction that it stood for, and in CP READ. */
bool adstop_reached(struct vm *vm, unsigned code, unsigned ilc);

/* sim.c - the privileged instruction that vm trapped at, `ilc` bytes long and
 * ending at the virtual PSW's address, in the virtual supervisor state.  When
 * it is `watched`, a program event (PGM_PER) joins the exception in which it
 * ends, or comes behind it. */
void sim_instruction(struct vm *vm, unsigned ilc, bool watched);

/* vtimer.c - virtual clocks; all times in TOD units.  Charge the time that a
 * guest has run.  Bring the clocks of a machine in its wait up to date.  How
 * long it may run until one of its timers interrupts, at most `limit`.  The
 * TOD at which something happens to a machine that does not run (UINT64_MAX:
 * never).  Which external conditions are pending now, VEXT_* bits. */
void vtimer_charge(struct vm *vm, uint64_t ran);
void vtimer_update(struct vm *vm);
int64_t vtimer_limit(struct vm *vm, int64_t limit);
uint64_t vtimer_deadline(struct vm *vm);
unsigned vtimer_pending(struct vm *vm);

/* frame.c - real storage above the nucleus, in 4 KiB frames and small blocks
 * (compare DMKPTR and DMKFRE). */
uint32_t frame_get(void); /* a zeroed frame, key 0; 0: none left */
void frame_put(uint32_t raddr);
void *block_get(size_t bytes); /* zeroed, doubleword aligned; NULL: none */
void block_put(void *block, size_t bytes);

/* panic.c: CP cannot go on: message on the operator's console as far as that
 * is possible, then a disabled wait with code X'0CF001'. */
void panic(const char *format, ...) __attribute__((noreturn));

#endif
