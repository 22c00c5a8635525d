/*
 * sim_psw.c - the instructions that load or change the PSW (compare DMKPRV;
 * GA22-7000, "Control Instructions").  The real ones: machine/cpu/control.c.
 */
#include <s370/dat.h>

#include "sim.h"
#include "vpsw.h"

/* The doubleword becomes the virtual PSW; vpsw_load() looks whether the
 * machine can go on with it. */
void
sim_lpsw(struct vm *vm, const struct insn *in)
{
    psw_t psw;

    if (sim_fetch(vm, in, &psw, sizeof psw, 8))
        vpsw_load(vm, psw);
}

static void
change_mask(struct vm *vm, uint8_t mask)
{
    vpsw_load(vm, vpsw_with_mask(vm->psw, mask));
}

void
sim_ssm(struct vm *vm, const struct insn *in)
{
    uint8_t mask;

    if (vm->cr[0] & CR0_SSM_SUPPRESS)
        sim_program(vm, in, PGM_SPECIAL_OPERATION);
    else if (sim_fetch(vm, in, &mask, 1, 1))
        change_mask(vm, mask);
}

void
sim_stnsm(struct vm *vm, const struct insn *in)
{
    uint8_t mask = vpsw_mask(vm->psw);

    if (sim_store(vm, in, &mask, 1, 1))
        change_mask(vm, (uint8_t)(mask & in->i2));
}

void
sim_stosm(struct vm *vm, const struct insn *in)
{
    uint8_t mask = vpsw_mask(vm->psw);

    if (sim_store(vm, in, &mask, 1, 1))
        change_mask(vm, (uint8_t)(mask | in->i2));
}

/* SET PSW KEY FROM ADDRESS: bits 24-27 of the operand address. */
void
sim_spka(struct vm *vm, const struct insn *in)
{
    vm->psw = (vm->psw & ~PSW_KEY(15)) | PSW_KEY(in->laddr >> 4);
}

/* INSERT PSW KEY: into bits 24-27 of general register 2, 28-31 zero. */
void
sim_ipk(struct vm *vm, const struct insn *in)
{
    (void)in;
    vm->gr[2] = (vm->gr[2] & 0xFFFFFF00) | vpsw_key(vm->psw) << 4;
}
