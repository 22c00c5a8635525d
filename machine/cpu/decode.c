/*
 * decode.c - from bytes in storage to struct insn, once
 *
 * A block of storage in which the CPU executes gets a struct code_block with
 * a slot for every halfword.  A slot that nobody has executed yet holds the
 * routine exec_undecoded(), which decodes the bytes, puts the result into the
 * slot and executes it; from then on the slot calls the instruction's own
 * routine.  A store into the block puts exec_undecoded() back into the slots
 * of the instructions it touches, and so a program may modify itself, even
 * its next instruction.
 *
 * Special slots: an instruction that runs over the end of its block is never
 * kept, since the next logical block may be anywhere; behind the last halfword
 * stand slots that say PAGE_END; where there is a breakpoint, exec_break().
 *
 * There are up to CODE_BLOCKS of them, used in turn.
 *
 * Source: GA22-7000, "Instruction Formats", "Instruction Execution".
 */
#include "access.h"

enum { LONGEST = 6 };

static const struct opcode opcodes[] = {
#define INSN(code, mnemonic, format, routine, flags) \
    {code, FORMAT_##format, flags, routine},
#include "optable.inc"
#undef INSN
};

static int
exec_operation_exception(struct cpu *cpu, const struct insn *in)
{
    (void)cpu, (void)in;
    return PGM_OPERATION;
}

static int
exec_privileged(struct cpu *cpu, const struct insn *in)
{
    if (cpu->psw.problem)
        return PGM_PRIVILEGED;
    return in->op->routine(cpu, in);
}

/* ---- decoding ------------------------------------------------------------ */

static const struct opcode *
opcode_find(const struct cpu *cpu, const uint8_t *bytes)
{
    switch (bytes[0]) {
    case 0xB2:
        return cpu->by_second_byte[0][bytes[1]];
    case 0xE5:
        return cpu->by_second_byte[1][bytes[1]];
    case 0x9C:
    case 0x9D:
    case 0x9E:
        return cpu->by_last_bit[bytes[0] - 0x9C][bytes[1] & 1];
    default:
        return cpu->by_code[bytes[0]];
    }
}

static unsigned
halfwords_of(uint8_t code)
{
    static const uint8_t halfwords[4] = {1, 2, 2, 3};

    return halfwords[code >> 6];
}

static uint8_t
base_register(unsigned r)
{
    return (uint8_t)(r == 0 ? ZERO_REGISTER : r);
}

/* Operand addresses are B in the first digit, D in the other three. */
static void
decode(const struct cpu *cpu, struct insn *in, const uint8_t *bytes)
{
    const struct opcode *op = opcode_find(cpu, bytes);

    memset(in, 0, sizeof(*in));
    in->op = op;
    in->code = bytes[0];
    in->halfwords = (uint8_t)halfwords_of(bytes[0]);
    in->i2 = bytes[1];
    in->r1 = bytes[1] >> 4;
    in->r2 = bytes[1] & 0xF;
    in->b1 = in->b2 = in->x2 = ZERO_REGISTER;
    if (op == NULL) {
        in->exec = exec_operation_exception;
        return;
    }
    in->exec = op->flags & PRIV ? exec_privileged : op->routine;
    if (in->halfwords == 1)
        return;
    if (op->format == FORMAT_SI || in->halfwords == 3) {
        in->b1 = base_register(bytes[2] >> 4);
        in->d1 = load_be16(bytes + 2) & 0xFFF;
    } else {
        in->b2 = base_register(bytes[2] >> 4);
        in->d2 = load_be16(bytes + 2) & 0xFFF;
    }
    if (in->halfwords == 3) {
        in->b2 = base_register(bytes[4] >> 4);
        in->d2 = load_be16(bytes + 4) & 0xFFF;
    }
    if (op->format == FORMAT_RRE) {
        in->r1 = bytes[3] >> 4;
        in->r2 = bytes[3] & 0xF;
    }
    if (op->format == FORMAT_RX || op->format == FORMAT_RX_M)
        in->x2 = base_register(bytes[1] & 0xF);
}

void
decode_create(struct cpu *cpu)
{
    size_t i;

    for (i = 0; i < sizeof(opcodes) / sizeof(opcodes[0]); i++) {
        const struct opcode *op = &opcodes[i];
        unsigned first = op->code >> 8;

        if (op->code <= 0xFF)
            cpu->by_code[op->code] = op;
        else if (first == 0xB2 || first == 0xE5)
            cpu->by_second_byte[first == 0xE5][op->code & 0xFF] = op;
        else
            cpu->by_last_bit[first - 0x9C][op->code & 1] = op;
    }
}

/* ---- slots --------------------------------------------------------------- */

static bool
is_break(const struct cpu *cpu, uint32_t aaddr)
{
    size_t i;

    for (i = 0; i < cpu->nbreaks; i++)
        if (cpu->breaks[i] == aaddr)
            return true;
    return false;
}

int
execute_bytes(struct cpu *cpu, const uint8_t *bytes)
{
    decode(cpu, &cpu->scratch, bytes);
    cpu->executed = &cpu->scratch;
    return cpu->scratch.exec(cpu, &cpu->scratch);
}

/* An instruction whose first bytes are at the end of this block; decoded
 * each time it is executed. */
static int
exec_across(struct cpu *cpu, const struct insn *in)
{
    uint8_t bytes[LONGEST] = {0};

    TRY(fetch_bytes(cpu, current_address(cpu), bytes, 2u * in->halfwords));
    return execute_bytes(cpu, bytes);
}

/* Nothing has been executed since the machine was told to run. */
static bool
resumed_here(const struct cpu *cpu)
{
    return cpu->count + (cpu->synced - cpu->left) == cpu->resumed_at + 1;
}

/* The instruction at a breakpoint is executed only when the machine was told
 * to run on from there. */
static int
exec_break(struct cpu *cpu, const struct insn *in)
{
    uint8_t bytes[LONGEST] = {0};

    if (!resumed_here(cpu)) {
        cpu->psw.ia = current_address(cpu);
        return BREAK_HERE;
    }
    TRY(fetch_bytes(cpu, current_address(cpu), bytes, 2u * in->halfwords));
    return execute_bytes(cpu, bytes);
}

static int
exec_undecoded(struct cpu *cpu, const struct insn *in)
{
    struct code_block *block = cpu->executing;
    struct insn *slot = &block->insn[in - block->insn];
    uint32_t offset = 2 * (uint32_t)(slot - block->insn);
    const uint8_t *bytes = cpu->storage + block->aaddr + offset;
    unsigned halfwords = halfwords_of(bytes[0]);

    if (UNLIKELY(cpu->nerrors > 0))
        TRY(storage_error_meet(cpu, block->aaddr + offset, 2 * halfwords,
                               ACCESS_FETCH));
    if (is_break(cpu, block->aaddr + offset)) {
        slot->halfwords = (uint8_t)halfwords;
        slot->exec = exec_break;
    } else if (offset + 2 * halfwords > BLOCK_BYTES) {
        slot->halfwords = (uint8_t)halfwords;
        slot->exec = exec_across;
    } else {
        decode(cpu, slot, bytes);
    }
    return slot->exec(cpu, slot);
}

static int
exec_page_end(struct cpu *cpu, const struct insn *in)
{
    (void)in;
    cpu->psw.ia = current_address(cpu);
    return PAGE_END;
}

void
code_changed(struct code_block *code, uint32_t offset, uint32_t len)
{
    /* The longest instruction that reaches `offset` begins 4 bytes before. */
    uint32_t first = offset < 4 ? 0 : (offset - 4) / 2;
    uint32_t last = (offset + len - 1) / 2;
    uint32_t i;

    for (i = first; i <= last; i++)
        code->insn[i].exec = exec_undecoded;
}

void
code_forget(struct code_block *code)
{
    code_changed(code, 0, BLOCK_BYTES);
}

/* ---- fetching ------------------------------------------------------------ */

/* A code block for the block of storage at host address `host`. */
static struct code_block *
code_create(struct cpu *cpu, const uint8_t *host)
{
    struct code_block *code = &cpu->blocks[cpu->next_block];
    unsigned i;

    if (cpu->next_block < cpu->blocks_used)
        cpu->code_of[code->aaddr / BLOCK_BYTES] = NULL;
    else
        cpu->blocks_used++;
    cpu->next_block = (cpu->next_block + 1) % cpu->nblocks;
    code->aaddr = (uint32_t)(host - cpu->storage);
    cpu->code_of[code->aaddr / BLOCK_BYTES] = code;
    code_forget(code);
    for (i = BLOCK_INSNS; i < BLOCK_INSNS + 3; i++)
        code->insn[i].exec = exec_page_end;
    side_purge(cpu); /* its entries must know of this */
    return code;
}

static int
exec_fault(struct cpu *cpu, const struct insn *in)
{
    (void)in;
    return cpu->fault_code;
}

/* The instruction cannot be fetched: its place is taken by one that consists
 * of the exception.  Its length, which nobody knows, counts as 2. */
static const struct insn *
fetch_fault(struct cpu *cpu, int code)
{
    cpu->fault_code = code;
    cpu->fault.exec = exec_fault;
    cpu->fault.halfwords = 1;
    cpu->code = &cpu->fault;
    cpu->code_ia = cpu->psw.ia;
    return &cpu->fault;
}

const struct insn *
fetch_instruction(struct cpu *cpu)
{
    uint32_t ia = cpu->psw.ia;
    struct side side;
    int code;

    if (ia % 2 != 0)
        return fetch_fault(cpu, PGM_SPECIFICATION);
    side = *side_slot(cpu, ACCESS_FETCH, ia);
    if (!side_holds(cpu, &side, ia, 2)) {
        code = side_fill(cpu, ia, ACCESS_FETCH, &side);
        if (code != DONE)
            return fetch_fault(cpu, code);
    }
    if (side.code == NULL)
        side.code = code_create(cpu, side.host);
    cpu->executing = side.code;
    cpu->code = side.code->insn;
    cpu->code_ia = ia & ~(uint32_t)BLOCK_MASK;
    return &cpu->code[(ia & BLOCK_MASK) / 2];
}

bool
is_instruction(const struct cpu *cpu, const struct insn *in)
{
    return in->exec != exec_page_end && in->exec != exec_fault &&
           !(in->exec == exec_break && !resumed_here(cpu));
}
