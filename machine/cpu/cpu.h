/*
 * cpu.h - the processing unit: its state, and what its files share
 *
 * How an instruction is executed.  Fetch, decode and execute are three steps
 * in three places.  run.c asks fetch_instruction() (decode.c) for the decoded
 * instruction at the PSW's address and calls its routine; the routine (op_*,
 * one for each line of optable.inc) does the work and returns what comes
 * next: enum outcome, or the code of a program interruption.  Nobody unwinds
 * the stack: exceptions are returned, TRY() passes them up.  Each routine
 * checks everything first and changes registers and storage last; that alone
 * makes suppression and nullification come out right.
 *
 * Three lookasides make it fast, none of which a program can see:
 * - decoded instructions, kept for each 2 KiB block of storage that was
 *   executed (struct code_block); stores reset what they overwrite;
 * - struct side: from (logical block, address space, key) to host storage,
 *   holding the results of translation and key checks;
 * - `left`: how many instructions may be executed before anything can happen
 *   in time, so that no instruction looks at a clock.
 *
 * Addresses.  laddr: logical, as the program gives it; raddr: real, after
 * translation; aaddr: absolute, after prefixing, an index into storage.
 *
 * Manual: GA22-7000, IBM System/370 Principles of Operation.
 */
#ifndef CPU_CPU_H
#define CPU_CPU_H

#include "../internal.h"
#include "bytes.h"
#include "opcode.h"

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

/* Pass an exception (or any outcome but DONE) up. */
#define TRY(expression)                 \
    do {                                \
        int try_code = (expression);    \
        if (UNLIKELY(try_code != DONE)) \
            return try_code;            \
    } while (0)

enum {
    ADDRESS_MASK = 0xFFFFFF,
    BLOCK_BYTES = 2048, /* storage has one key for so many bytes */
    BLOCK_SHIFT = 11,
    BLOCK_MASK = BLOCK_BYTES - 1,
    PREFIX_MASK = 0xFFF000,
    SIDE_ENTRIES = 8192, /* a block of any address has its own */
    GENERATIONS = 65536, /* of their contents: see psw_update() */
    ZERO_REGISTER = 16,  /* gr[16] is always 0: "no base, no index" */
};

/* What a routine returns: the code of a program interruption (above 0), or
 * how to go on. */
enum outcome {
    DONE = 0,       /* with the next instruction in storage */
    TAKEN = -1,     /* with the decoded instruction cpu->next */
    ELSEWHERE = -2, /* at psw.ia, which was set */
    LOOK = -3,     /* at psw.ia; key, address space or masks may have changed */
    RETIME = -4,   /* likewise, and the next event in time with them */
    PAGE_END = -5, /* this was no instruction: the decoded block is over */
    BREAK_HERE = -6,    /* at psw.ia there is a breakpoint */
    MACHINE_CHECK = -7, /* at psw.ia, after a machine check */
};

/* Program interruption codes (GA22-7000, "Program Interruption"). */
enum {
    PGM_OPERATION = 0x01,
    PGM_PRIVILEGED = 0x02,
    PGM_EXECUTE = 0x03,
    PGM_PROTECTION = 0x04,
    PGM_ADDRESSING = 0x05,
    PGM_SPECIFICATION = 0x06,
    PGM_DATA = 0x07,
    PGM_FIXED_OVERFLOW = 0x08,
    PGM_FIXED_DIVIDE = 0x09,
    PGM_DECIMAL_OVERFLOW = 0x0A,
    PGM_DECIMAL_DIVIDE = 0x0B,
    PGM_EXPONENT_OVERFLOW = 0x0C,
    PGM_EXPONENT_UNDERFLOW = 0x0D,
    PGM_SIGNIFICANCE = 0x0E,
    PGM_FLOAT_DIVIDE = 0x0F,
    PGM_SEGMENT = 0x10,
    PGM_PAGE = 0x11,
    PGM_TRANSLATION_SPEC = 0x12,
    PGM_SPECIAL_OPERATION = 0x13,
    PGM_MONITOR = 0x40,
    PGM_PER = 0x80,
};

/* Program mask: PSW bits 36-39 (BC) or 20-23 (EC). */
enum {
    MASK_FIXED_OVERFLOW = 8,
    MASK_DECIMAL_OVERFLOW = 4,
    MASK_EXPONENT_UNDERFLOW = 2,
    MASK_SIGNIFICANCE = 1,
};

/* System mask: PSW bits 0-7.  In BC mode the first six are channels 0-5. */
enum {
    MASK_EC_PER = 0x40,
    MASK_EC_DAT = 0x04,
    MASK_IO = 0x02, /* EC: all channels; BC: channel 6 and up */
    MASK_EXTERNAL = 0x01,
    MASK_EC_UNASSIGNED = 0xB8,
};

/* External interruption conditions, each at the place of its mask in control
 * register 0. */
enum {
    EXT_EMERGENCY_SIGNAL = 0x4000,
    EXT_EXTERNAL_CALL = 0x2000,
    EXT_CLOCK_COMPARATOR = 0x0800,
    EXT_CPU_TIMER = 0x0400,
    EXT_INTERVAL_TIMER = 0x0080,
    EXT_INTERRUPT_KEY = 0x0040,
};

/* Control registers. */
enum {
    CR0_SSM_SUPPRESSION = 0x40000000,
    CR0_LOW_PROTECTION = 0x10000000,
    CR0_PAGE_SIZE = 0x00C00000,
    CR0_PAGE_2K = 0x00400000,
    CR0_PAGE_4K = 0x00800000,
    CR0_SEGMENT_SIZE = 0x00380000,
    CR0_SEGMENT_64K = 0x00000000,
    CR0_SEGMENT_1M = 0x00100000,
    CR0_TRANSLATION = CR0_PAGE_SIZE | CR0_SEGMENT_SIZE,
};

/* Storage key: the byte that SSK sets and ISK inserts. */
enum {
    KEY_ACCESS = 0xF0,
    KEY_FETCH = 0x08, /* fetch protection */
    KEY_REFERENCE = 0x04,
    KEY_CHANGE = 0x02,
    KEY_BITS = 0xFE,
};

/* The program status word, taken apart.  `mask` is PSW bits 0-7. */
struct psw {
    uint8_t mask;
    uint8_t key; /* 0-15 */
    bool ec;
    bool machine_check;
    bool wait;
    bool problem;
    uint8_t cc;
    uint8_t program_mask; /* 4 bits */
    uint32_t ia;          /* not kept up to date while run.c executes */
    uint64_t invalid;     /* bits an EC PSW must not have, as loaded */
};

/* A decoded instruction. */
struct insn {
    int (*exec)(struct cpu *cpu, const struct insn *in);
    const struct opcode *op; /* NULL: no such instruction */
    uint8_t halfwords;       /* length */
    uint8_t r1;              /* R1, M1; SS2: length code L1 */
    uint8_t r2;              /* R2, R3, M3; SS2: length code L2; SRP: I3 */
    uint8_t i2;              /* second byte: I, I2, length code L */
    uint8_t b1, b2, x2;      /* indexes of cpu->gr; ZERO_REGISTER: none */
    uint8_t code;            /* first byte */
    uint16_t d1, d2;
};

/* The decoded instructions of a block of absolute storage, one for each
 * halfword; the three behind it end the block for any length. */
enum { BLOCK_INSNS = BLOCK_BYTES / 2, CODE_BLOCKS = 1024 };
struct code_block {
    uint32_t aaddr;
    struct insn insn[BLOCK_INSNS + 3];
};

/* One looked-up block.  tag: see cpu->tag, with the block's logical address
 * in the 13 bits of the last 24 that tell blocks apart. */
struct side {
    uint64_t tag;
    uint8_t *host;
    struct code_block *code; /* NULL: nothing in the block was decoded */
};

enum access { ACCESS_FETCH, ACCESS_STORE };

/* A doubleword of storage whose checking bits are wrong. */
enum { STORAGE_ERRORS = 16 };
struct storage_error {
    uint32_t aaddr; /* a multiple of 8 */
    bool corrected; /* by the storage itself: a single bit */
};

/* For people and graders: no program sees them, no snapshot has them. */
enum insn_class {
    CLASS_GENERAL,
    CLASS_BRANCH,
    CLASS_STORAGE, /* character strings, translation, edit */
    CLASS_DECIMAL,
    CLASS_FLOAT,
    CLASS_CONTROL, /* privileged, SVC, MC */
    CLASS_IO,
    CLASSES,
};
struct cpu_counters {
    uint64_t interruptions[5]; /* enum interruption_class, and their codes: */
    uint64_t program[256];
    uint64_t svc[256];
    uint64_t external[10]; /* interval timer, key; 2 + n: code X'1x0n' */
    uint64_t channel[16];
    uint64_t side_misses;    /* blocks looked up again, and of them ... */
    uint64_t translations;   /* ... with DAT on */
    bool classes;            /* are instructions counted? */
    uint64_t insns[CLASSES]; /* so many, while they were */
};

struct cpu {
    uint32_t gr[ZERO_REGISTER + 1];
    struct psw psw;

    /* Being executed (run.c). */
    const struct insn *current;   /* in `code`: for its address and length */
    const struct insn *next;      /* with TAKEN */
    const struct insn *code;      /* decoded block the CPU executes in ... */
    uint32_t code_ia;             /* ... its logical address ... */
    struct code_block *executing; /* ... and itself */
    uint64_t left;                /* instructions that may still be executed */
    uint64_t synced; /* value of `left` at machine->now_ns and count */
    /* Generation, segment table, DAT, key: which entries of side count. */
    uint64_t tag;
    bool watched; /* by the tracer or by PER: executed one by one */

    uint64_t fr[4]; /* floating-point registers 0, 2, 4, 6 */
    uint32_t cr[16];
    uint32_t prefix;
    uint64_t count; /* instructions executed, up to `synced` */
    uint64_t insn_ns;

    struct insn scratch; /* target of EX; instruction in two blocks */
    struct insn fault;   /* stands for one that cannot be fetched */
    int fault_code;

    /* Interruptions. */
    uint32_t external; /* pending: EXT_* */
    uint32_t translation_address;
    uint32_t monitor_class, monitor_code;
    struct cpu_counters counters;

    /* Machine checks (machine_check.c). */
    struct storage_error errors[STORAGE_ERRORS]; /* of storage ... */
    unsigned nerrors;                            /* ... so many */
    uint64_t machine_check; /* pending: its code; 0: none */
    uint32_t failing_address;
    bool check_stopped;

    /* Clocks (timer.c). */
    uint64_t tod_base; /* value at virtual time 0 */
    uint64_t clock_comparator;
    uint64_t cpu_timer_zero; /* elapsed TOD units at which it reaches 0 */
    uint64_t ticks;          /* of the interval timer, so far */
    /* Virtual times at which a clock's condition may be another one; 0: to be
     * worked out again. */
    uint64_t tick_ns, comparator_ns, cpu_timer_ns;

    /* Program-event recording (per.c): what the present instruction did. */
    const struct insn *executed; /* itself, or the target of EX */
    unsigned per_wanted, per_events;
    uint32_t per_address;
    bool per_stored, edit_marked;

    uint32_t *breaks; /* absolute addresses */
    size_t nbreaks;
    uint64_t resumed_at; /* count when machine_run() was called */

    /* What a renewed machine keeps, from here on: see cpu_renew(). */
    struct machine *m;
    uint8_t *storage;
    uint8_t *keys; /* [storage / 2 KiB] */
    /* [storage / 2 KiB]: the generation in which a lookaside got the block. */
    uint32_t *looked_up;
    uint32_t storage_bytes;
    uint32_t generation;
    struct code_block *blocks; /* [nblocks], used in turn */
    unsigned nblocks, next_block;
    unsigned blocks_used; /* those behind hold nothing yet, not even zeros */
    struct code_block **code_of; /* [storage / 2 KiB] */
    const struct opcode *by_code[256];
    const struct opcode *by_second_byte[2][256]; /* of X'B2', X'E5' */
    const struct opcode *by_last_bit[4][2];      /* of X'9C'-X'9F' */
    struct side fetch_side[SIDE_ENTRIES];
    struct side store_side[SIDE_ENTRIES];
};

/* ---- addresses of operands and of the instruction itself ----------------- */

static inline uint32_t
address1(const struct cpu *cpu, const struct insn *in)
{
    return (cpu->gr[in->b1] + in->d1) & ADDRESS_MASK;
}

/* D2(B2) of RS, S, SS; D2(X2,B2) of RX. */
static inline uint32_t
address2(const struct cpu *cpu, const struct insn *in)
{
    return (cpu->gr[in->b2] + cpu->gr[in->x2] + in->d2) & ADDRESS_MASK;
}

/* Where the instruction in execution stands; for the target of an EXECUTE,
 * where the EXECUTE stands. */
static inline uint32_t
current_address(const struct cpu *cpu)
{
    return (cpu->code_ia + 2 * (uint32_t)(cpu->current - cpu->code)) &
           ADDRESS_MASK;
}

static inline uint32_t
next_address(const struct cpu *cpu)
{
    return (current_address(cpu) + 2u * cpu->current->halfwords) & ADDRESS_MASK;
}

/* Leave the straight path, having changed what may matter to it. */
static inline int
look_again(struct cpu *cpu)
{
    cpu->psw.ia = next_address(cpu);
    return LOOK;
}

/* psw.c */
void psw_load(struct cpu *cpu, uint64_t value);
/* The PSW as an interruption stores it; code and ilc matter in BC mode. */
uint64_t psw_value(const struct cpu *cpu, uint16_t code, unsigned ilc);
/* Work out cpu->tag again after a change of PSW or control registers. */
void psw_update(struct cpu *cpu);
/* New PSW bits 0-7, checked as the manual says. */
void psw_set_mask(struct cpu *cpu, uint8_t mask);

/* storage.c */
int storage_create(struct cpu *cpu);
void storage_destroy(struct cpu *cpu);
void storage_clear(struct cpu *cpu);
/* `len` bytes at `image` from address 0, zeros behind, all keys zero.  What was
 * decoded in blocks that do not change remains. */
void storage_renew(struct cpu *cpu, const uint8_t *image, uint32_t len);
/* Forget all lookaside entries: the prefix or table format has changed. */
void side_purge(struct cpu *cpu);
/* Forget at least those of a block of absolute storage: its key has changed. */
void side_purge_block(struct cpu *cpu, uint32_t block);
uint32_t real_to_absolute(const struct cpu *cpu, uint32_t raddr);
/* Store into the assigned locations; no key, R and C bits set. */
void low_store(struct cpu *cpu, uint32_t raddr, const void *buf, uint32_t len);
uint64_t low_doubleword(const struct cpu *cpu, uint32_t raddr);
/* Note that bytes of absolute storage have changed behind the CPU's back. */
void storage_changed(struct cpu *cpu, uint32_t aaddr, uint32_t len);

/* translate.c */
struct translation {
    int code;       /* DONE, or the exception */
    uint32_t raddr; /* DONE: the result; otherwise the table entry's address */
    bool length;    /* the exception is one of table length */
};
void translate(const struct cpu *cpu, uint32_t laddr, struct translation *t);
/* Real address of the entry for laddr in the page table at `origin`, and the
 * bit that makes it invalid.  False: control register 0 names no format. */
bool translate_page_entry(const struct cpu *cpu, uint32_t origin,
                          uint32_t laddr, uint32_t *raddr, uint16_t *invalid);
/* The block that holds laddr, translated and checked for access. */
int side_fill(struct cpu *cpu, uint32_t laddr, enum access access,
              struct side *found);

/* interrupt.c */
enum interruption_class {
    INT_EXTERNAL,
    INT_SVC,
    INT_PROGRAM,
    INT_IO,
    INT_MACHINE_CHECK,
};
void interrupt_program(struct cpu *cpu, int code, unsigned ilc);
void interrupt_svc(struct cpu *cpu, uint8_t number, unsigned ilc);
/* True when an interruption is pending that the PSW admits. */
bool interrupt_ready(const struct cpu *cpu);
/* Take it. */
void interrupt_take(struct cpu *cpu);
/* True when the PSW and control registers admit no I/O and no external
 * interruption at all. */
bool interrupt_disabled(const struct cpu *cpu);

/* Exchange PSWs for a machine check; its code and the rest are stored
 * before. */
void interrupt_machine_check(struct cpu *cpu);

/* machine_check.c */

/* The block holds an error: its accesses must be looked at one by one. */
bool storage_error_in_block(const struct cpu *cpu, uint32_t aaddr);
/* The CPU refers to so many bytes of absolute storage, all in one block.
 * DONE, or MACHINE_CHECK. */
int storage_error_meet(struct cpu *cpu, uint32_t aaddr, uint32_t len,
                       enum access access);
/* A channel does: true when the data are spoiled. */
bool storage_error_meets_channel(struct cpu *cpu, uint32_t aaddr, uint32_t len,
                                 enum access access);
/* True when a machine check is pending that PSW and control register 14
 * admit. */
bool machine_check_admitted(const struct cpu *cpu);
static inline bool
machine_check_ready(const struct cpu *cpu)
{
    return UNLIKELY(cpu->machine_check != 0) && machine_check_admitted(cpu);
}
void machine_check_take(struct cpu *cpu);

/* timer.c */
void timer_reset(struct cpu *cpu);
/* Ticks of the interval timer from time 0 until now. */
uint64_t timer_ticks(const struct cpu *cpu);
/* A clock was set, other than by the functions here. */
void timer_changed(struct cpu *cpu);
/* Bring machine->now_ns and the count up to the current instruction. */
void timer_sync(struct cpu *cpu);
void timer_catch_up(struct cpu *cpu);
/* Let the interval timer and the pending conditions catch up with now.  The
 * answers of the three below are good once it was called. */
static inline void
timer_update(struct cpu *cpu)
{
    uint64_t now = cpu->m->now_ns;

    if (UNLIKELY(now >= cpu->tick_ns || now >= cpu->comparator_ns ||
                 now >= cpu->cpu_timer_ns))
        timer_catch_up(cpu);
}
/* Virtual time at which a clock makes a condition pending that it is not now;
 * `enabled_only`: of those that the PSW and control register 0 admit.
 * UINT64_MAX: never. */
uint64_t timer_next(const struct cpu *cpu, bool enabled_only);
static inline uint64_t
timer_next_tick(const struct cpu *cpu)
{
    return cpu->tick_ns;
}
/* Virtual time up to which no clock can interrupt, whatever is stored. */
uint64_t timer_next_admitted(const struct cpu *cpu);
uint64_t tod_clock(const struct cpu *cpu);
void tod_set(struct cpu *cpu, uint64_t value);
uint64_t cpu_timer(const struct cpu *cpu);
void cpu_timer_set(struct cpu *cpu, uint64_t value);

/* decode.c */
void decode_create(struct cpu *cpu);
/* Decode an instruction that has no place of its own, and execute it. */
int execute_bytes(struct cpu *cpu, const uint8_t *bytes);
/* The instruction at psw.ia.  Never fails: what cannot be fetched is an
 * instruction whose execution is the exception. */
const struct insn *fetch_instruction(struct cpu *cpu);
/* Bytes of a decoded block have changed. */
void code_changed(struct code_block *code, uint32_t offset, uint32_t len);
/* All of it may be different. */
void code_forget(struct code_block *code);
/* False for what only stands in the place of an instruction. */
bool is_instruction(const struct cpu *cpu, const struct insn *in);

/* per.c */

/* True when the PSW and control register 9 ask for any event. */
bool per_active(const struct cpu *cpu);
bool per_watches_storage(const struct cpu *cpu);
void per_note_store(struct cpu *cpu, uint32_t laddr, uint32_t len);
/* The target of an EXECUTE is fetched from there. */
void per_note_target(struct cpu *cpu, uint32_t laddr);
/* Before an instruction is executed, and after it: the outcome, to which an
 * event may have been added. */
void per_begin(struct cpu *cpu);
int per_end(struct cpu *cpu, int outcome);

/* counters.c: the instruction that was executed. */
void count_class(struct cpu *cpu);

/* run.c */
void cpu_initial_reset(struct cpu *cpu);

/* The routines. */
#define INSN(code, mnemonic, format, routine, flags) \
    int routine(struct cpu *cpu, const struct insn *in);
#include "optable.inc"
#undef INSN

#endif
