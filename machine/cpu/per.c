/*
 * per.c - program-event recording
 *
 * While PSW bit 1 (EC mode) is on, control register 9 says what a debugger
 * wants to hear of: a successful branch, an instruction fetched from, or
 * storage altered in, the area that control registers 10 and 11 bound, or one
 * of some general registers altered.  run.c executes such programs one
 * instruction at a time and asks here before and after; nothing of this costs
 * a program that is not watched.
 *
 * An event joins the program interruption that its instruction causes anyway,
 * or causes one of its own after the instruction is completed.
 *
 * Storage: psw_update() puts the watch into cpu->tag, so that no store finds
 * its block in the lookaside, and side_fill() keeps none; all come by
 * field_open() or move_unit() and so by per_note_store().
 *
 * Source: GA22-7000, "Program-Event Recording".
 */
#include "access.h"

enum {
    EVENT_BRANCH = 8,
    EVENT_FETCH = 4,
    EVENT_STORAGE = 2,
    EVENT_REGISTER = 1,
};

static unsigned
wanted(const struct cpu *cpu)
{
    return cpu->cr[9] >> 28;
}

bool
per_active(const struct cpu *cpu)
{
    return cpu->psw.ec && (cpu->psw.mask & MASK_EC_PER) && wanted(cpu) != 0;
}

bool
per_watches_storage(const struct cpu *cpu)
{
    return per_active(cpu) && (wanted(cpu) & EVENT_STORAGE);
}

/* The area goes round the end of storage when it ends before it begins. */
static bool
in_area(const struct cpu *cpu, uint32_t laddr)
{
    uint32_t from = cpu->cr[10] & ADDRESS_MASK;
    uint32_t to = cpu->cr[11] & ADDRESS_MASK;

    return ((laddr - from) & ADDRESS_MASK) <= ((to - from) & ADDRESS_MASK);
}

void
per_note_store(struct cpu *cpu, uint32_t laddr, uint32_t len)
{
    uint32_t i;

    for (i = 0; i < len; i++)
        if (in_area(cpu, (laddr + i) & ADDRESS_MASK))
            cpu->per_stored = true;
}

void
per_note_target(struct cpu *cpu, uint32_t laddr)
{
    if (in_area(cpu, laddr))
        cpu->per_events |= EVENT_FETCH;
}

/* ---- which registers an instruction loads -------------------------------- */

static uint32_t
bit(unsigned r)
{
    return UINT32_C(0x8000) >> (r & 0xF);
}

static uint32_t
pair(unsigned r)
{
    return bit(r) | bit(r + 1);
}

static uint32_t
range(unsigned first, unsigned last)
{
    uint32_t bits = bit(first);

    while (first != last) {
        first = (first + 1) & 0xF;
        bits |= bit(first);
    }
    return bits;
}

/* Control register 9 bits 16-31 of the general registers that `in`, just
 * completed, has loaded, whether their values changed or not. */
static uint32_t
registers_loaded(const struct cpu *cpu, const struct insn *in)
{
    switch (in->code) {
    /* clang-format off */
    case 0x05: case 0x06: case 0x09: case 0x0D:                       /* RR */
    case 0x10: case 0x11: case 0x12: case 0x13: case 0x14:
    case 0x16: case 0x17: case 0x18: case 0x1A: case 0x1B:
    case 0x1E: case 0x1F:
    case 0x41: case 0x43: case 0x45: case 0x46: case 0x48:            /* RX */
    case 0x4A: case 0x4B: case 0x4C: case 0x4D: case 0x4F:
    case 0x54: case 0x56: case 0x57: case 0x58: case 0x5A:
    case 0x5B: case 0x5E: case 0x5F: case 0xB1:
    case 0x86: case 0x87: case 0x88: case 0x89: case 0x8A: case 0x8B: /* RS */
        return bit(in->r1);
    case 0x1C: case 0x1D: case 0x5C: case 0x5D:
    case 0x8C: case 0x8D: case 0x8E: case 0x8F:
        /* clang-format on */
        return pair(in->r1);
    case 0x0E:
    case 0x0F:
        return pair(in->r1) | pair(in->r2);
    case 0x98:
        return range(in->r1, in->r2);
    case 0xAE:
    case 0xBA:
        return cpu->psw.cc == 1 ? bit(in->r1) : 0;
    case 0xBB:
        return cpu->psw.cc == 1 ? pair(in->r1) : 0;
    case 0xBF:
        return in->r2 != 0 ? bit(in->r1) : 0;
    case 0xB2:
        return in->i2 == 0x0B ? bit(2) : 0;
    case 0xDD:
        return cpu->psw.cc != 0 ? bit(1) | bit(2) : 0;
    case 0xDF:
        return cpu->edit_marked ? bit(1) : 0;
    default:
        return 0;
    }
}

/* ---- around an instruction ----------------------------------------------- */

void
per_begin(struct cpu *cpu)
{
    cpu->per_stored = false;
    cpu->per_wanted = wanted(cpu);
    cpu->per_address = current_address(cpu);
    cpu->per_events = in_area(cpu, cpu->per_address) ? EVENT_FETCH : 0;
}

/* Only branches leave their place with these outcomes, and the interruptible
 * instructions that begin anew. */
static bool
branched(const struct insn *in, int outcome)
{
    return outcome == TAKEN ||
           (outcome == ELSEWHERE && in->code != 0x0E && in->code != 0x0F);
}

/* Results stand, although an exception may have come of them. */
static bool
completed(const struct insn *in, int outcome)
{
    switch (outcome) {
    case PGM_FIXED_OVERFLOW:
    case PGM_DECIMAL_OVERFLOW:
    case PGM_EXPONENT_OVERFLOW:
    case PGM_EXPONENT_UNDERFLOW:
    case PGM_SIGNIFICANCE:
        return true;
    case PGM_FIXED_DIVIDE:
        return in->code == 0x4F; /* CVB */
    default:
        return outcome <= DONE;
    }
}

int
per_end(struct cpu *cpu, int outcome)
{
    const struct insn *in = cpu->executed;
    unsigned events = cpu->per_events;

    if (cpu->per_stored && (completed(in, outcome) || in->code == 0x0E))
        events |= EVENT_STORAGE; /* MVCL: of the units before */
    if (branched(in, outcome))
        events |= EVENT_BRANCH;
    if (completed(in, outcome) && (registers_loaded(cpu, in) & cpu->cr[9]) != 0)
        events |= EVENT_REGISTER;
    events &= cpu->per_wanted;
    if (events == 0)
        return outcome;
    cpu->per_events = events;
    if (outcome > DONE)
        return outcome | PGM_PER;
    if (outcome == DONE)
        cpu->psw.ia = next_address(cpu);
    else if (outcome == TAKEN)
        cpu->psw.ia = (cpu->code_ia + 2 * (uint32_t)(cpu->next - cpu->code)) &
                      ADDRESS_MASK;
    timer_sync(cpu);
    interrupt_program(cpu, PGM_PER, cpu->current->halfwords);
    return outcome == RETIME ? RETIME : LOOK;
}
