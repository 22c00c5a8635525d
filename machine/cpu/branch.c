/*
 * branch.c - branches, EXECUTE, and the calls to the supervisor
 *
 * A branch to a place in the decoded block in which the CPU executes goes
 * straight to its decoded instruction; any other goes through
 * fetch_instruction(), where a wrong address is found out: the exceptions of
 * fetching belong to the instruction that could not be fetched, not to the
 * branch.
 *
 * Source: GA22-7000, "General Instructions": "Branching".
 */
#include "access.h"

static int
branch_to(struct cpu *cpu, uint32_t laddr)
{
    uint32_t distance = laddr - cpu->code_ia;

    if (LIKELY(distance < BLOCK_BYTES && distance % 2 == 0)) {
        cpu->next = &cpu->code[distance / 2];
        return TAKEN;
    }
    cpu->psw.ia = laddr;
    return ELSEWHERE;
}

/* What BAL and BALR put into R1: instruction length code, condition code,
 * program mask, address of the next instruction. */
static uint32_t
link_information(const struct cpu *cpu)
{
    return (uint32_t)cpu->current->halfwords << 30 |
           (uint32_t)cpu->psw.cc << 28 | (uint32_t)cpu->psw.program_mask << 24 |
           next_address(cpu);
}

/* ---- conditional branches ------------------------------------------------ */

static bool
mask_admits(const struct cpu *cpu, const struct insn *in)
{
    return (in->r1 & 8 >> cpu->psw.cc) != 0;
}

int
op_bcr(struct cpu *cpu, const struct insn *in)
{
    if (in->r2 == 0 || !mask_admits(cpu, in))
        return DONE;
    return branch_to(cpu, cpu->gr[in->r2] & ADDRESS_MASK);
}

int
op_bc(struct cpu *cpu, const struct insn *in)
{
    if (!mask_admits(cpu, in))
        return DONE;
    return branch_to(cpu, address2(cpu, in));
}

int
op_bctr(struct cpu *cpu, const struct insn *in)
{
    uint32_t target = cpu->gr[in->r2] & ADDRESS_MASK;

    cpu->gr[in->r1]--;
    if (cpu->gr[in->r1] == 0 || in->r2 == 0)
        return DONE;
    return branch_to(cpu, target);
}

/* Does this BRANCH ON COUNT, here in storage, branch to itself again and again,
 * with nobody to watch? */
static bool
counts_down(const struct cpu *cpu, const struct insn *in, uint32_t target)
{
    return in == cpu->current && target == current_address(cpu) &&
           in->b2 != in->r1 && in->x2 != in->r1 && !cpu->watched;
}

/* A program that passes the time by counting down is spared the way: what it
 * would execute until the count is 1, or until something can happen in time,
 * counts as executed. */
int
op_bct(struct cpu *cpu, const struct insn *in)
{
    uint32_t target = address2(cpu, in);
    uint64_t skipped;

    cpu->gr[in->r1]--;
    if (cpu->gr[in->r1] == 0)
        return DONE;
    if (UNLIKELY(counts_down(cpu, in, target))) {
        skipped = cpu->gr[in->r1] - 1;
        if (skipped > cpu->left)
            skipped = cpu->left;
        cpu->gr[in->r1] -= (uint32_t)skipped;
        cpu->left -= skipped;
        cpu->psw.ia = target;
        return ELSEWHERE;
    }
    return branch_to(cpu, target);
}

/* BXH, BXLE: add the increment in R3 to R1; the comparand is in R3 itself
 * when it is odd, in the register after it when it is even. */
static bool
index_is_high(struct cpu *cpu, const struct insn *in)
{
    int32_t comparand = (int32_t)cpu->gr[in->r2 | 1];

    cpu->gr[in->r1] += cpu->gr[in->r2];
    return (int32_t)cpu->gr[in->r1] > comparand;
}

int
op_bxh(struct cpu *cpu, const struct insn *in)
{
    uint32_t target = address2(cpu, in);

    return index_is_high(cpu, in) ? branch_to(cpu, target) : DONE;
}

int
op_bxle(struct cpu *cpu, const struct insn *in)
{
    uint32_t target = address2(cpu, in);

    return index_is_high(cpu, in) ? DONE : branch_to(cpu, target);
}

/* ---- branches that leave a way back -------------------------------------- */

int
op_balr(struct cpu *cpu, const struct insn *in)
{
    uint32_t target = cpu->gr[in->r2] & ADDRESS_MASK;

    cpu->gr[in->r1] = link_information(cpu);
    return in->r2 == 0 ? DONE : branch_to(cpu, target);
}

int
op_bal(struct cpu *cpu, const struct insn *in)
{
    uint32_t target = address2(cpu, in);

    cpu->gr[in->r1] = link_information(cpu);
    return branch_to(cpu, target);
}

int
op_basr(struct cpu *cpu, const struct insn *in)
{
    uint32_t target = cpu->gr[in->r2] & ADDRESS_MASK;

    cpu->gr[in->r1] = next_address(cpu);
    return in->r2 == 0 ? DONE : branch_to(cpu, target);
}

int
op_bas(struct cpu *cpu, const struct insn *in)
{
    uint32_t target = address2(cpu, in);

    cpu->gr[in->r1] = next_address(cpu);
    return branch_to(cpu, target);
}

/*
 * EX R1,D2(X2,B2)     X'44'  RX     Execute
 *
 * The instruction at the second-operand address is executed with the last
 * byte of R1 (nothing, when R1 is 0) ORed into its second byte.  Address and
 * length of the instruction remain those of the EX.
 * Interrupts:  specification (odd address); access (fetch); execute (the
 *              target is an EX too); whatever the target gives.
 */
int
op_ex(struct cpu *cpu, const struct insn *in)
{
    uint32_t target = address2(cpu, in);
    uint8_t bytes[6] = {0};
    unsigned len;

    TRY(require_aligned(target, 2));
    TRY(fetch_bytes(cpu, target, bytes, 2));
    if (UNLIKELY(cpu->watched))
        per_note_target(cpu, target);
    if (bytes[0] == 0x44)
        return PGM_EXECUTE;
    len = bytes[0] < 0x40 ? 2 : bytes[0] < 0xC0 ? 4 : 6;
    if (len > 2)
        TRY(fetch_bytes(cpu, (target + 2) & ADDRESS_MASK, bytes + 2, len - 2));
    if (in->r1 != 0)
        bytes[1] |= (uint8_t)cpu->gr[in->r1];
    return execute_bytes(cpu, bytes);
}

/* ---- program mask, supervisor, monitor ----------------------------------- */

int
op_spm(struct cpu *cpu, const struct insn *in)
{
    cpu->psw.cc = cpu->gr[in->r1] >> 28 & 3;
    cpu->psw.program_mask = cpu->gr[in->r1] >> 24 & 0xF;
    return DONE;
}

int
op_svc(struct cpu *cpu, const struct insn *in)
{
    cpu->psw.ia = next_address(cpu);
    timer_sync(cpu);
    interrupt_svc(cpu, in->i2, cpu->current->halfwords);
    return LOOK;
}

/*
 * MC D1(B1),I2        X'AF'  SI     Monitor Call
 *
 * A program interruption when the bit of control register 8 for the class I2
 * is on; nothing otherwise.  The first-operand address is the monitor code.
 * Interrupts:  specification (bits 8-11 not zero); monitor event.
 */
int
op_mc(struct cpu *cpu, const struct insn *in)
{
    if (in->i2 > 0xF)
        return PGM_SPECIFICATION;
    if (!(cpu->cr[8] & 0x8000u >> in->i2))
        return DONE;
    cpu->monitor_class = in->i2;
    cpu->monitor_code = address1(cpu, in);
    return PGM_MONITOR;
}
