/*
 * machine_check.c - errors of storage, and the machine checks they cause
 *
 * The host's storage does not fail, so an error is put there by hand
 * (machine_storage_error(), the monitor's `inject`): a doubleword whose
 * checking bits are wrong.  Blocks with one are kept out of the lookaside; all
 * accesses to them come by storage_error_meet().
 *
 * Uncorrected errors.  A fetch, or a store of a part of the doubleword, ends
 * the instruction before it changes anything: instruction-processing damage,
 * backed up, storage error uncorrected.  Is PSW bit 13 off, the CPU goes to
 * the check-stop state, provided that bit 0 of control register 14 is on;
 * otherwise it goes on with the data as they are and the condition stays
 * pending.  A store of the whole doubleword mends it.  A channel goes on with
 * the data and notes a channel data check.
 *
 * Corrected errors.  The data are good; system recovery becomes pending,
 * for PSW bit 13 and bit 4 of control register 14 to admit.
 *
 * An interruption stores
 *     X'D8' CPU timer   X'E0' clock comparator   X'E8' interruption code
 *     X'F8' failing storage address   X'FC' region code (0)
 *     X'160' floating-point, X'180' general, X'1C0' control registers
 * and there is no extended logout: its length in the code is 0.
 *
 * Source: GA22-7000, "Machine-Check Handling".
 */
#include "access.h"

/* Bits of the machine-check-interruption code. */
#define CODE_DAMAGE UINT64_C(0x4000000000000000)      /* 1: processing damage */
#define CODE_RECOVERY UINT64_C(0x2000000000000000)    /* 2: system recovery */
#define CODE_BACKED_UP UINT64_C(0x0002000000000000)   /* 14 */
#define CODE_UNCORRECTED UINT64_C(0x0000800000000000) /* 16 */
#define CODE_CORRECTED UINT64_C(0x0000400000000000)   /* 17 */
/* 20-24: PSW and failing storage address; 27-29: registers; 31: storage; 46,
 * 47: clocks.  All that is stored is valid. */
#define CODE_VALID UINT64_C(0x00000F9D00030000)

#define CR14_CHECK_STOP UINT32_C(0x80000000)
#define CR14_RECOVERY UINT32_C(0x08000000)

enum {
    CPU_TIMER_SAVE = 0xD8,
    COMPARATOR_SAVE = 0xE0,
    CODE_LOCATION = 0xE8,
    FAILING_ADDRESS_LOCATION = 0xF8,
    REGION_CODE_LOCATION = 0xFC,
    FLOAT_SAVE = 0x160,
    GENERAL_SAVE = 0x180,
    CONTROL_SAVE = 0x1C0,
};

/* ---- errors -------------------------------------------------------------- */

bool
storage_error_in_block(const struct cpu *cpu, uint32_t aaddr)
{
    unsigned i;

    for (i = 0; i < cpu->nerrors; i++)
        if (cpu->errors[i].aaddr / BLOCK_BYTES == aaddr / BLOCK_BYTES)
            return true;
    return false;
}

static void
error_remove(struct cpu *cpu, unsigned i)
{
    cpu->errors[i] = cpu->errors[--cpu->nerrors];
}

/* Make a machine check pending.  One of damage takes the place of a report
 * that has not been taken. */
static void
set_pending(struct cpu *cpu, uint64_t code, uint32_t aaddr)
{
    if (cpu->machine_check & CODE_DAMAGE)
        return;
    cpu->machine_check = code | CODE_VALID;
    cpu->failing_address = aaddr;
}

/* The error at index i is met by a fetch or a store of a part of it. */
static int
error_met(struct cpu *cpu, unsigned i)
{
    uint32_t aaddr = cpu->errors[i].aaddr;

    if (cpu->errors[i].corrected) {
        error_remove(cpu, i);
        set_pending(cpu, CODE_RECOVERY | CODE_CORRECTED, aaddr);
        return DONE;
    }
    set_pending(cpu, CODE_DAMAGE | CODE_BACKED_UP | CODE_UNCORRECTED, aaddr);
    if (cpu->psw.machine_check)
        return MACHINE_CHECK;
    if (cpu->cr[14] & CR14_CHECK_STOP) {
        cpu->check_stopped = true;
        return MACHINE_CHECK;
    }
    error_remove(cpu, i);
    return DONE;
}

/* How an access of the bytes from aaddr on meets an error. */
enum meeting { APART, MENDED, MET };

static enum meeting
meeting(const struct storage_error *e, uint32_t aaddr, uint32_t len,
        enum access access)
{
    if (e->aaddr + 8 <= aaddr || e->aaddr >= aaddr + len)
        return APART;
    if (access == ACCESS_STORE && aaddr <= e->aaddr &&
        e->aaddr + 8 <= aaddr + len)
        return MENDED;
    return MET;
}

int
storage_error_meet(struct cpu *cpu, uint32_t aaddr, uint32_t len,
                   enum access access)
{
    unsigned i = cpu->nerrors;

    while (i-- > 0) {
        switch (meeting(&cpu->errors[i], aaddr, len, access)) {
        case APART:
            break;
        case MENDED:
            error_remove(cpu, i);
            break;
        case MET:
            TRY(error_met(cpu, i));
            break;
        }
    }
    return DONE;
}

bool
storage_error_meets_channel(struct cpu *cpu, uint32_t aaddr, uint32_t len,
                            enum access access)
{
    unsigned i = cpu->nerrors;
    bool spoiled = false;

    while (i-- > 0) {
        enum meeting how = meeting(&cpu->errors[i], aaddr, len, access);

        if (how == MET && !cpu->errors[i].corrected)
            spoiled = true;
        else if (how == MET)
            set_pending(cpu, CODE_RECOVERY | CODE_CORRECTED,
                        cpu->errors[i].aaddr);
        if (how == MENDED || (how == MET && cpu->errors[i].corrected))
            error_remove(cpu, i);
    }
    return spoiled;
}

int
machine_storage_error(struct machine *m, uint32_t raddr, bool corrected)
{
    struct cpu *cpu = m->cpu;
    uint32_t aaddr;

    if (raddr >= cpu->storage_bytes)
        return machine_fail(m,
                            "X'%06X' is not in storage: it ends before X'%X'",
                            raddr, cpu->storage_bytes);
    if (cpu->nerrors == STORAGE_ERRORS)
        return machine_fail(m,
                            "storage has %u errors already: `reset clear` or "
                            "storing a whole doubleword takes one away",
                            cpu->nerrors);
    input_note(m, &(struct input){.kind = INPUT_STORAGE_ERROR,
                                  .address = raddr,
                                  .number = corrected});
    aaddr = real_to_absolute(cpu, raddr) & ~UINT32_C(7);
    cpu->errors[cpu->nerrors++] = (struct storage_error){aaddr, corrected};
    storage_changed(cpu, aaddr, 8);
    side_purge(cpu);
    return 0;
}

/* ---- interruptions ------------------------------------------------------- */

bool
machine_check_admitted(const struct cpu *cpu)
{
    if (!cpu->psw.machine_check)
        return false;
    return (cpu->machine_check & CODE_DAMAGE) != 0 ||
           (cpu->cr[14] & CR14_RECOVERY) != 0;
}

static void
save_doubleword(struct cpu *cpu, uint32_t raddr, uint64_t value)
{
    uint8_t bytes[8];

    store_be64(bytes, value);
    low_store(cpu, raddr, bytes, 8);
}

static void
save_word(struct cpu *cpu, uint32_t raddr, uint32_t value)
{
    uint8_t bytes[4];

    store_be32(bytes, value);
    low_store(cpu, raddr, bytes, 4);
}

void
machine_check_take(struct cpu *cpu)
{
    unsigned i;

    save_doubleword(cpu, CPU_TIMER_SAVE, cpu_timer(cpu));
    save_doubleword(cpu, COMPARATOR_SAVE, cpu->clock_comparator);
    save_doubleword(cpu, CODE_LOCATION, cpu->machine_check);
    save_word(cpu, FAILING_ADDRESS_LOCATION, cpu->failing_address);
    save_word(cpu, REGION_CODE_LOCATION, 0);
    for (i = 0; i < 4; i++)
        save_doubleword(cpu, FLOAT_SAVE + 8 * i, cpu->fr[i]);
    for (i = 0; i < 16; i++) {
        save_word(cpu, GENERAL_SAVE + 4 * i, cpu->gr[i]);
        save_word(cpu, CONTROL_SAVE + 4 * i, cpu->cr[i]);
    }
    cpu->machine_check = 0;
    interrupt_machine_check(cpu);
}
