/*
 * sim_control.c - control registers, identity and clocks (compare DMKPRV,
 * DMKTMR; GA22-7000, "Control Instructions")
 */
#include <s370/insn.h>

#include "entry.h"
#include "sim.h"
#include "vpsw.h"

#define VIRTUAL_VERSION 0xFFull /* the version code of a virtual machine */

/* ---- control registers --------------------------------------------------- */

static unsigned
register_count(const struct insn *in)
{
    return ((in->r3 - in->r1) & 15) + 1;
}

void
sim_lctl(struct vm *vm, const struct insn *in)
{
    unsigned i, n = register_count(in);
    uint32_t words[16];

    if (!sim_fetch(vm, in, words, n * 4, 4))
        return;
    for (i = 0; i < n; i++)
        vm->cr[(in->r1 + i) & 15] = words[i];
    vm->attend = true; /* what registers 0 and 2 mask may have changed */
}

void
sim_stctl(struct vm *vm, const struct insn *in)
{
    unsigned i, n = register_count(in);
    uint32_t words[16];

    for (i = 0; i < n; i++)
        words[i] = vm->cr[(in->r1 + i) & 15];
    sim_store(vm, in, words, n * 4, 4);
}

/* ---- identity ------------------------------------------------------------ */

/* That of the real CPU, but the version code tells that it is not one. */
void
sim_stidp(struct vm *vm, const struct insn *in)
{
    uint64_t id;

    s370_stidp(&id);
    id = (id & 0x00FFFFFFFFFF0000ull) | VIRTUAL_VERSION << 56;
    sim_store(vm, in, &id, sizeof id, 8);
}

/* ---- clocks -------------------------------------------------------------- */

/* The TOD clock is everybody's: for a virtual machine the switch that lets it
 * be set is always off, condition code 1. */
void
sim_sck(struct vm *vm, const struct insn *in)
{
    uint64_t tod;

    if (sim_fetch(vm, in, &tod, sizeof tod, 8))
        vm->psw = vpsw_with_cc(vm->psw, 1);
}

void
sim_sckc(struct vm *vm, const struct insn *in)
{
    uint64_t tod;

    if (!sim_fetch(vm, in, &tod, sizeof tod, 8))
        return;
    vm->clock_comparator = tod;
    vm->attend = true;
    dispatch_deadline();
}

void
sim_stckc(struct vm *vm, const struct insn *in)
{
    sim_store(vm, in, &vm->clock_comparator, 8, 8);
}

void
sim_spt(struct vm *vm, const struct insn *in)
{
    int64_t timer;

    if (!sim_fetch(vm, in, &timer, sizeof timer, 8))
        return;
    vm->cpu_timer = timer;
    vm->attend = true;
}

void
sim_stpt(struct vm *vm, const struct insn *in)
{
    sim_store(vm, in, &vm->cpu_timer, 8, 8);
}
