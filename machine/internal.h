/*
 * internal.h - what the parts of the machine may ask of each other
 *
 * Three parts make the machine: cpu/ (processing unit, storage, clocks), io/
 * (event queue, channels, devices) and front/ (monitor, tracing, console).
 * front/ uses machine.h and the few names here that say so; cpu/ and io/ meet
 * only in this file.
 *
 * Lines of authority:
 * - Time.  machine->now_ns is virtual time.  The CPU adds the time of the
 *   instructions it executes before it calls anything of io/; events run
 *   between instructions, from machine_run() only, never inside one.
 * - Storage.  A channel reads and writes absolute storage with a key through
 *   the storage_channel_*() functions; no device sees storage.
 * - Interruptions.  io/ keeps what is pending; the CPU asks for it when its
 *   PSW and control register 2 admit it, and stores PSWs itself.
 */
#ifndef MACHINE_INTERNAL_H
#define MACHINE_INTERNAL_H

#include <stdarg.h>

#include "machine.h"

struct cpu;    /* cpu/cpu.h */
struct io;     /* io/channel.h: channels, devices, pending interruptions */
struct event;  /* io/events.h */
struct tracer; /* front/trace.c */
struct map;    /* front/map.c */
struct state;  /* state.h */

/* What comes from outside (machine.h), with what its function was given. */
enum input_kind {
    INPUT_ATTACH = 1, /* devno, words: the type first */
    INPUT_DETACH,     /* devno */
    INPUT_FAULT,      /* devno, words */
    INPUT_RESET,      /* number: clear */
    INPUT_IPL,        /* devno */
    INPUT_RESTART,
    INPUT_EXTERNAL_KEY,
    INPUT_REGISTER,      /* words[0], number */
    INPUT_STORAGE,       /* address, bytes */
    INPUT_STORAGE_KEY,   /* address, number */
    INPUT_STORAGE_ERROR, /* address, number: corrected */
    INPUT_TYPE,          /* devno, words[0] */
    INPUT_ATTENTION,     /* devno */
    INPUT_CANCEL,        /* devno */
    INPUT_SAVE,          /* a snapshot: the lookasides are emptied */
    INPUT_SNAPSHOT,      /* bytes: one that is loaded */
    INPUT_LINE,          /* devno, bytes: what a look at a line has brought */
    INPUT_KINDS,
};

enum { INPUT_WORDS_MAX = 65 };

struct input {
    enum input_kind kind;
    uint16_t devno;
    uint32_t address;
    uint64_t number;
    int nwords;
    const char *const *words;
    const uint8_t *bytes;
    size_t len;
};

/* Who wants to hear of every input, before it has any effect, and be called
 * each time the machine has run, at least after `piece` instructions. */
struct input_watch {
    void (*input)(struct input_watch *w, const struct input *in);
    void (*ran)(struct input_watch *w);
    uint64_t piece;
};

struct machine {
    struct machine_options options;
    uint32_t output_max; /* OUTLIMIT, whatever a snapshot brings */
    uint64_t now_ns;
    uint32_t io_pending; /* as io_pending() gives it */
    struct cpu *cpu;
    struct io *io;
    struct event *events;  /* the queue's head, in order of time, device */
    struct tracer *tracer; /* NULL until tracing was first asked for */
    struct map *map;       /* symbols of the images in storage; NULL: none */
    uint64_t paused_at;    /* count when a run came to its time limit */
    bool stop_at_read;
    bool stop_requested; /* a listener wants STOP_DEVICE after this event */
    struct input_watch *watch; /* NULL: nobody */
    bool saves_lines;          /* into the snapshot that a record begins with */
    char error[256];
};

static inline void
input_note(struct machine *m, const struct input *in)
{
    if (m->watch != NULL)
        m->watch->input(m->watch, in);
}

/* Note a message for machine_error() and return -1. */
int machine_fail(struct machine *m, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Let a look at the line of a CTCA, at a time that is to come, bring what was
 * recorded of it.  False: there is no such line, or the bytes make no sense. */
bool line_replay(struct machine *m, uint16_t devno, uint64_t time_ns,
                 const uint8_t *bytes, size_t len);

/* ---- storage (cpu/storage.c), for channels: absolute addresses ---------- */

/* What the channel reports when an access is refused; ACCESS_DAMAGED: all was
 * moved, but storage had an error there. */
enum channel_access {
    ACCESS_OK,
    ACCESS_PROTECTED,
    ACCESS_ADDRESS,
    ACCESS_DAMAGED,
};

/* Move `len` bytes between storage and a channel under `key` (0-15).  Sets
 * reference and change bits; invalidates decoded instructions.  The access is
 * checked for each 2 KiB block; bytes before the first refused one are moved
 * and *done says how many. */
enum channel_access storage_channel_read(struct machine *m, uint32_t aaddr,
                                         void *buf, uint32_t len, uint8_t key,
                                         uint32_t *done);
enum channel_access storage_channel_write(struct machine *m, uint32_t aaddr,
                                          const void *buf, uint32_t len,
                                          uint8_t key, uint32_t *done);
/* The same for a doubleword on its boundary: a CCW. */
enum channel_access storage_channel_doubleword(struct machine *m,
                                               uint32_t aaddr, uint8_t key,
                                               uint64_t *value);
/* Words of the assigned locations (CAW at X'48', CSW at X'40', ...), prefix
 * applied, no key. */
uint32_t storage_low_word(const struct machine *m, uint32_t raddr);
void storage_set_low(struct machine *m, uint32_t raddr, const void *buf,
                     uint32_t len);

/* ---- input/output (io/channel.c), for the CPU --------------------------- */

/* The I/O instructions: the condition code; what they store at X'40'... is
 * stored by them.  `devno` is the low 16 bits of the operand address. */
int io_start(struct machine *m, uint16_t devno, bool fast); /* SIO, SIOF */
int io_test(struct machine *m, uint16_t devno);             /* TIO */
int io_clear(struct machine *m, uint16_t devno);            /* CLRIO */
int io_halt(struct machine *m, uint16_t devno);             /* HIO */
int io_halt_device(struct machine *m, uint16_t devno);      /* HDV */
int io_test_channel(struct machine *m, uint16_t devno);     /* TCH */
int io_channel_id(struct machine *m, uint16_t devno);       /* STIDC */

/* One bit for each channel with an interruption pending: channel 0 is
 * X'80000000', as in control register 2. */
static inline uint32_t
io_pending(const struct machine *m)
{
    return m->io_pending;
}
/* Take the interruption of highest priority of the channels in `mask`: clears
 * it and gives the device address and the CSW (8 bytes).  False: none. */
bool io_accept(struct machine *m, uint32_t mask, uint16_t *devno,
               uint8_t csw[8]);
/* System reset of all channels and devices. */
void io_reset(struct machine *m);
/* The channel program of IPL: reads 24 bytes to 0 and runs on from the CCW at
 * 8; advances virtual time.  0, or -1 with a message. */
int io_ipl(struct machine *m, uint16_t devno);

int io_create(struct machine *m);
void io_destroy(struct machine *m);

/* ---- events (io/events.c) ------------------------------------------------ */

/* Virtual time of the first event; UINT64_MAX when the queue is empty. */
uint64_t events_next(const struct machine *m);
/* Run, in order, every event due at or before m->now_ns. */
void events_run(struct machine *m);

/* ---- CPU (cpu/), for machine.c ------------------------------------------- */

int cpu_create(struct machine *m);
void cpu_destroy(struct machine *m);
/* As it was made, with `len` bytes at `image` in storage. */
void cpu_renew(struct machine *m, const uint8_t *image, uint32_t len);
void cpu_reset(struct machine *m, bool clear);
/* Load the PSW at real location 0 after IPL; the I/O address goes to X'BA'
 * in EC mode and to bytes 2-3 in BC mode (GA22-7000, "Initial Program
 * Loading"). */
void cpu_ipl_psw(struct machine *m, uint16_t devno);
/* The CPU part of machine_run(). */
enum machine_stop cpu_run(struct machine *m, uint64_t insns, uint64_t until_ns);

/* ---- snapshots (state.h): what each part has to remember ---------------- */

void cpu_state(struct state *s);
/* Empty the lookasides of the CPU. */
void cpu_forget(struct machine *m);
/* Which devices there are; fails when a snapshot has others. */
void io_configuration(struct state *s);
void io_state(struct state *s);
void io_media_state(struct state *s);
/* The hash of each part (enum state_part) but for media. */
void machine_hash_parts(struct machine *m,
                        void (*part)(void *ctx, uint32_t part, uint64_t hash),
                        void *ctx);

/* ---- registers (cpu/), for front/registers.c ----------------------------- */

enum cpu_register {
    REGISTER_GR,     /* n = 0-15, 32 bits */
    REGISTER_CR,     /* n = 0-15, 32 bits */
    REGISTER_FR,     /* n = 0, 2, 4, 6, 64 bits */
    REGISTER_PSW,    /* as it would be stored, BC or EC */
    REGISTER_PREFIX, /* 24 bits, multiple of 4 KiB */
    REGISTER_TOD,
    REGISTER_CC, /* clock comparator */
    REGISTER_CT, /* CPU timer */
    REGISTER_IA, /* instruction address of the PSW */
};

/* Registers for people: no interruption comes of it; a PSW that is set takes
 * effect (and is checked) when the CPU runs on. */
uint64_t cpu_register_get(const struct machine *m, enum cpu_register r,
                          unsigned n);
void cpu_register_set(struct machine *m, enum cpu_register r, unsigned n,
                      uint64_t value);
/* Read logical storage as the current PSW addresses it, for tracing: no key
 * check, no interruption, no reference bit.  -1 when it is not there. */
int cpu_peek(const struct machine *m, uint32_t laddr, void *buf, size_t len);

/* ---- tracing (front/trace.c), for everyone ------------------------------- */

/* Letter 'i': called by the CPU, when it is on, before and after it executes
 * the instruction `insn` (2, 4 or 6 bytes) at logical address `ia`.  A
 * program interruption between the two leaves the second out. */
void trace_instruction(struct machine *m, uint32_t ia, const uint8_t *insn);
void trace_instruction_end(struct machine *m);
/* Called by machine_run() when it comes back: the line of an instruction that
 * was interrupted is still to be written. */
void trace_flush(struct machine *m);

/* True when the letter is on; the caller then formats a line. */
bool trace_letter_on(const struct machine *m, char letter);
static inline bool
trace_on(const struct machine *m, char letter)
{
    return m->tracer != NULL && trace_letter_on(m, letter);
}
/* The same for a line that belongs to a logical address: is it in the range
 * that is traced? */
bool trace_at(const struct machine *m, char letter, uint32_t laddr);
/* True when instructions must be shown to the tracer, one by one. */
bool trace_instructions(const struct machine *m);
void trace_line(struct machine *m, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Free what front/ keeps in the machine: tracer and map. */
void front_destroy(struct machine *m);

#endif
