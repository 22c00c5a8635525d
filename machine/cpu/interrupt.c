/*
 * interrupt.c - exchanging PSWs
 *
 * Every interruption stores the current PSW as the old PSW of its class, says
 * why, and loads the new PSW of its class.  The reason stands in the old PSW
 * itself in BC mode and in assigned locations in EC mode.
 *
 *     class     old     new     EC reason
 *     restart   X'08'   X'00'
 *     external  X'18'   X'58'   X'84'
 *     SVC       X'20'   X'60'   X'88'
 *     program   X'28'   X'68'   X'8C', X'90' (translation), X'94' (monitor,
 *                               PER)
 *     machine   X'30'   X'70'   X'E8': machine_check.c
 *     I/O       X'38'   X'78'   X'B8', and the CSW at X'40'
 *
 * Priority of those that wait for the PSW to admit them: machine check,
 * external, input/output.  SVC and program interruptions belong to an
 * instruction and happen at once.
 *
 * Source: GA22-7000, "Interruptions".
 */
#include "cpu.h"

struct class_locations {
    uint32_t old_psw, new_psw, ec_reason;
};

static const struct class_locations locations[] = {
    [INT_EXTERNAL] = {0x18, 0x58, 0x84},   [INT_SVC] = {0x20, 0x60, 0x88},
    [INT_PROGRAM] = {0x28, 0x68, 0x8C},    [INT_IO] = {0x38, 0x78, 0xB8},
    [INT_MACHINE_CHECK] = {0x30, 0x70, 0}, /* the code is everywhere alike */
};

enum {
    RESTART_OLD = 0x08,
    RESTART_NEW = 0x00,
    CSW_LOCATION = 0x40,
    TRANSLATION_ADDRESS_LOCATION = 0x90,
    MONITOR_CLASS_LOCATION = 0x94,
    PER_CODE_LOCATION = 0x96,
    PER_ADDRESS_LOCATION = 0x98,
    MONITOR_CODE_LOCATION = 0x9C,
};

static void
trace_interruption(struct cpu *cpu, enum interruption_class class,
                   uint16_t code, uint64_t old_psw)
{
    static const char *const names[] = {"external", "SVC", "program", "I/O",
                                        "machine-check"};

    if (trace_at(cpu->m, 'x', cpu->psw.ia))
        trace_line(cpu->m, "%s interruption %04X, old PSW %016llX",
                   names[class], code, (unsigned long long)old_psw);
}

static void
count_interruption(struct cpu *cpu, enum interruption_class class,
                   uint16_t code)
{
    struct cpu_counters *c = &cpu->counters;

    c->interruptions[class]++;
    if (class == INT_PROGRAM)
        c->program[code & 0xFF]++;
    else if (class == INT_SVC)
        c->svc[code & 0xFF]++;
    else if (class == INT_IO)
        c->channel[code >> 8 & 0xF]++;
}

/* Exchange PSWs.  ilc is in halfwords. */
static void
interrupt(struct cpu *cpu, enum interruption_class class, uint16_t code,
          unsigned ilc)
{
    const struct class_locations *at = &locations[class];
    uint64_t old_psw = psw_value(cpu, code, ilc);
    uint8_t bytes[8];

    count_interruption(cpu, class, code);
    trace_interruption(cpu, class, code, old_psw);
    store_be64(bytes, old_psw);
    low_store(cpu, at->old_psw, bytes, 8);
    if (cpu->psw.ec && at->ec_reason != 0) {
        bytes[0] = 0;
        bytes[1] = (uint8_t)(ilc << 1);
        store_be16(bytes + 2, code);
        low_store(cpu, at->ec_reason, bytes, 4);
    }
    psw_load(cpu, low_doubleword(cpu, at->new_psw));
}

void
interrupt_program(struct cpu *cpu, int code, unsigned ilc)
{
    int alone = code & ~PGM_PER;
    uint8_t word[4];

    if (alone == PGM_SEGMENT || alone == PGM_PAGE) {
        store_be32(word, cpu->translation_address);
        low_store(cpu, TRANSLATION_ADDRESS_LOCATION, word, 4);
    }
    if (alone == PGM_MONITOR) {
        store_be16(word, (uint16_t)cpu->monitor_class);
        low_store(cpu, MONITOR_CLASS_LOCATION, word, 2);
        store_be32(word, cpu->monitor_code);
        low_store(cpu, MONITOR_CODE_LOCATION, word, 4);
    }
    if (code & PGM_PER) {
        store_be16(word, (uint16_t)(cpu->per_events << 12));
        low_store(cpu, PER_CODE_LOCATION, word, 2);
        store_be32(word, cpu->per_address);
        low_store(cpu, PER_ADDRESS_LOCATION, word, 4);
    }
    interrupt(cpu, INT_PROGRAM, (uint16_t)code, ilc);
}

void
interrupt_svc(struct cpu *cpu, uint8_t number, unsigned ilc)
{
    interrupt(cpu, INT_SVC, number, ilc);
}

void
interrupt_machine_check(struct cpu *cpu)
{
    interrupt(cpu, INT_MACHINE_CHECK, 0, 0);
}

/* ---- those that must be admitted ----------------------------------------- */

/* The channels that may interrupt, as control register 2 counts them. */
static uint32_t
io_mask(const struct cpu *cpu)
{
    uint32_t others = cpu->psw.mask & MASK_IO ? cpu->cr[2] : 0;

    if (cpu->psw.ec)
        return others;
    return (uint32_t)(cpu->psw.mask & 0xFC) << 24 | (others & 0x03FFFFFF);
}

/* The external conditions that may interrupt. */
static uint32_t
external_mask(const struct cpu *cpu)
{
    return cpu->psw.mask & MASK_EXTERNAL ? cpu->cr[0] : 0;
}

bool
interrupt_ready(const struct cpu *cpu)
{
    return (cpu->external & external_mask(cpu)) != 0 ||
           (io_pending(cpu->m) & io_mask(cpu)) != 0 || machine_check_ready(cpu);
}

bool
interrupt_disabled(const struct cpu *cpu)
{
    const uint32_t conditions = EXT_EMERGENCY_SIGNAL | EXT_EXTERNAL_CALL |
                                EXT_CLOCK_COMPARATOR | EXT_CPU_TIMER |
                                EXT_INTERVAL_TIMER | EXT_INTERRUPT_KEY;

    return (external_mask(cpu) & conditions) == 0 && io_mask(cpu) == 0;
}

/* Interval timer, interrupt key (X'80', X'40', or both), and X'100n'. */
static void
count_external(struct cpu *cpu, uint16_t code)
{
    if (code & EXT_INTERVAL_TIMER)
        cpu->counters.external[0]++;
    if (code & EXT_INTERRUPT_KEY)
        cpu->counters.external[1]++;
    if (code >= 0x1000)
        cpu->counters.external[2 + (code & 7)]++;
}

/* The condition of highest priority.  The clocks' conditions last as long as
 * their cause; the others are over when they have been taken.  Interval timer
 * and interrupt key have a bit each in one common code. */
static void
take_external(struct cpu *cpu, uint32_t ready)
{
    const uint32_t common = EXT_INTERVAL_TIMER | EXT_INTERRUPT_KEY;
    uint16_t code;

    if (ready & common) {
        code = (uint16_t)(ready & common);
        cpu->external &= ~(ready & common);
    } else if (ready & EXT_EMERGENCY_SIGNAL) {
        code = 0x1201;
        cpu->external &= ~(uint32_t)EXT_EMERGENCY_SIGNAL;
    } else if (ready & EXT_EXTERNAL_CALL) {
        code = 0x1202;
        cpu->external &= ~(uint32_t)EXT_EXTERNAL_CALL;
    } else {
        code = ready & EXT_CLOCK_COMPARATOR ? 0x1004 : 0x1005;
    }
    count_external(cpu, code);
    interrupt(cpu, INT_EXTERNAL, code, 0);
}

void
interrupt_take(struct cpu *cpu)
{
    uint32_t ready = cpu->external & external_mask(cpu);
    uint16_t devno;
    uint8_t csw[8];

    if (ready != 0) {
        take_external(cpu, ready);
    } else if (io_accept(cpu->m, io_mask(cpu), &devno, csw)) {
        low_store(cpu, CSW_LOCATION, csw, 8);
        interrupt(cpu, INT_IO, devno, 0);
    }
}

int
machine_restart(struct machine *m)
{
    struct cpu *cpu = m->cpu;
    uint8_t bytes[8];

    input_note(m, &(struct input){.kind = INPUT_RESTART});
    store_be64(bytes, psw_value(cpu, 0, 0));
    low_store(cpu, RESTART_OLD, bytes, 8);
    psw_load(cpu, low_doubleword(cpu, RESTART_NEW));
    return 0;
}

void
machine_external_key(struct machine *m)
{
    input_note(m, &(struct input){.kind = INPUT_EXTERNAL_KEY});
    m->cpu->external |= EXT_INTERRUPT_KEY;
}
