/*
 * sim.c - from a privileged-operation interruption to the routine that
 * simulates the instruction (compare DMKPRV)
 *
 * The instruction is fetched from the guest's storage again and decoded; when
 * it was the target of EXECUTE, that is followed first.  What is not in the
 * tables below the virtual machine does not have: operation exception, also
 * for what the real one has (the multiprocessing instructions SIGP, SPX, STPX
 * and STAP; VM/370's virtual machines do not have them either).
 */
#include "sim.h"
#include "guest.h"
#include "shadow.h"
#include "vpsw.h"

typedef void routine(struct vm *vm, const struct insn *in);

#define OP_EXECUTE 0x44
#define OP_B2 0xB2
#define OP_TPROT 0xE501

static bool interrupted; /* sim_program() was called */

static routine *const by_first_byte[256] = {
    [0x08] = sim_ssk,   [0x09] = sim_isk,      [0x80] = sim_ssm,
    [0x82] = sim_lpsw,  [0x83] = sim_diagnose, [0x9C] = sim_sio,
    [0x9D] = sim_tio,   [0x9E] = sim_hio,      [0x9F] = sim_tch,
    [0xAC] = sim_stnsm, [0xAD] = sim_stosm,    [0xB1] = sim_lra,
    [0xB6] = sim_stctl, [0xB7] = sim_lctl,
};

/* X'B2xx' */
static routine *const by_second_byte[0x22] = {
    [0x02] = sim_stidp, [0x03] = sim_stidc, [0x04] = sim_sck,
    [0x06] = sim_sckc,  [0x07] = sim_stckc, [0x08] = sim_spt,
    [0x09] = sim_stpt,  [0x0A] = sim_spka,  [0x0B] = sim_ipk,
    [0x0D] = sim_ptlb,  [0x13] = sim_rrb,   [0x21] = sim_ipte,
};

static routine *
find_routine(const struct insn *in)
{
    if (in->word >> 16 == OP_TPROT)
        return sim_tprot;
    if (in->bytes[0] != OP_B2)
        return by_first_byte[in->bytes[0]];
    return in->i2 < sizeof by_second_byte / sizeof by_second_byte[0]
               ? by_second_byte[in->i2]
               : NULL;
}

/* ---- decoding ------------------------------------------------------------ */

/* Four or six bytes, of which those behind the second count where the operation
 * code says that they belong to it.  False when storage has changed so that
 * they are not there. */
static bool
fetch_bytes(struct vm *vm, uint32_t laddr, struct insn *in)
{
    const uint32_t *there = logical_look(vm, laddr, 4);

    if (there != NULL) {
        in->word = *there;
    } else {
        if (logical_fetch(vm, laddr, in->bytes, 2, 0) != PGM_NONE)
            return false;
        in->bytes[2] = in->bytes[3] = 0;
        if (in->bytes[0] >= 0x40 &&
            logical_fetch(vm, laddr + 2, in->bytes + 2, 2, 0) != PGM_NONE)
            return false;
    }
    return in->bytes[0] < 0xC0 ||
           logical_fetch(vm, laddr + 4, in->bytes + 4, 2, 0) == PGM_NONE;
}

static uint32_t
based_address(const struct vm *vm, const struct insn *in)
{
    unsigned base = in->bytes[2] >> 4;
    uint32_t d = (uint32_t)(in->bytes[2] & 15) << 8 | in->bytes[3];

    return (d + (base != 0 ? vm->gr[base] : 0)) & 0xFFFFFF;
}

static void
decode(const struct vm *vm, struct insn *in)
{
    in->i2 = in->bytes[1];
    in->r1 = in->i2 >> 4;
    in->r3 = in->i2 & 15;
    in->laddr = based_address(vm, in);
}

/* in is an EXECUTE: replace it by its target, the second byte ored with the
 * last byte of register R1. */
static bool
execute_target(struct vm *vm, struct insn *in)
{
    unsigned r1 = in->r1;
    uint32_t laddr = in->laddr + (in->r3 != 0 ? vm->gr[in->r3] : 0);

    if (!fetch_bytes(vm, laddr & 0xFFFFFF, in))
        return false;
    if (r1 != 0)
        in->bytes[1] |= (uint8_t)vm->gr[r1];
    decode(vm, in);
    return true;
}

void
sim_instruction(struct vm *vm, unsigned ilc, bool watched)
{
    struct insn in;
    routine *run = NULL;
    bool there = fetch_bytes(vm, (vpsw_address(vm->psw) - ilc) & 0xFFFFFF, &in);

    in.ilc = ilc;
    in.watched = watched;
    in.real = false;
    if (there) {
        decode(vm, &in);
        if (in.bytes[0] == OP_EXECUTE)
            there = execute_target(vm, &in);
    }
    if (there)
        run = find_routine(&in);
    if (run == NULL) {
        sim_program(vm, &in, PGM_OPERATION);
        return;
    }
    interrupted = false;
    run(vm, &in);
    if (watched && !interrupted && !(vm->state & ~(unsigned)VM_WAIT))
        sim_program(vm, &in, 0);
}

/* ---- operands ------------------------------------------------------------ */

void
sim_program(struct vm *vm, const struct insn *in, unsigned code)
{
    interrupted = true;
    /* Nullified: the PSW goes back to the instruction. */
    if (code == PGM_SEGMENT || code == PGM_PAGE)
        vm->psw = vpsw_with_address(vm->psw, vpsw_address(vm->psw) - in->ilc);
    reflect_program(vm, in->watched ? code | PGM_PER : code, in->ilc);
}

bool
sim_fetch(struct vm *vm, const struct insn *in, void *to, uint32_t len,
          uint32_t boundary)
{
    unsigned key = vpsw_key(vm->psw);
    int code = PGM_SPECIFICATION;

    if (in->laddr % boundary == 0)
        code = in->real ? guest_fetch_key(vm, in->laddr, to, len, key)
                        : logical_fetch(vm, in->laddr, to, len, key);
    if (code != PGM_NONE)
        sim_program(vm, in, (unsigned)code);
    return code == PGM_NONE;
}

bool
sim_store(struct vm *vm, const struct insn *in, const void *from, uint32_t len,
          uint32_t boundary)
{
    unsigned key = vpsw_key(vm->psw);
    int code = PGM_SPECIFICATION;

    if (in->laddr % boundary == 0)
        code = in->real ? guest_store_key(vm, in->laddr, from, len, key)
                        : logical_store(vm, in->laddr, from, len, key);
    if (code != PGM_NONE)
        sim_program(vm, in, (unsigned)code);
    return code == PGM_NONE;
}
