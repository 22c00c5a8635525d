/*
 * inout.c - the I/O instructions as the CPU sees them
 *
 * The CPU checks the state, works out the device address, and hands over to
 * the channels, which give the condition code and store what there is to
 * store.  Afterwards the next event may be an earlier one.
 *
 * Source: GA22-7000, "Input/Output Instructions".
 */
#include "access.h"

/* The second-operand address, bits 16-31: channel and device. */
static uint16_t
device_address(struct cpu *cpu, const struct insn *in)
{
    timer_sync(cpu);
    return (uint16_t)address2(cpu, in);
}

static int
set_cc(struct cpu *cpu, int cc)
{
    cpu->psw.cc = (uint8_t)cc;
    cpu->psw.ia = next_address(cpu);
    return RETIME;
}

int
op_sio(struct cpu *cpu, const struct insn *in)
{
    return set_cc(cpu, io_start(cpu->m, device_address(cpu, in), false));
}

int
op_siof(struct cpu *cpu, const struct insn *in)
{
    return set_cc(cpu, io_start(cpu->m, device_address(cpu, in), true));
}

int
op_tio(struct cpu *cpu, const struct insn *in)
{
    return set_cc(cpu, io_test(cpu->m, device_address(cpu, in)));
}

int
op_clrio(struct cpu *cpu, const struct insn *in)
{
    return set_cc(cpu, io_clear(cpu->m, device_address(cpu, in)));
}

int
op_hio(struct cpu *cpu, const struct insn *in)
{
    return set_cc(cpu, io_halt(cpu->m, device_address(cpu, in)));
}

int
op_hdv(struct cpu *cpu, const struct insn *in)
{
    return set_cc(cpu, io_halt_device(cpu->m, device_address(cpu, in)));
}

int
op_tch(struct cpu *cpu, const struct insn *in)
{
    return set_cc(cpu, io_test_channel(cpu->m, device_address(cpu, in)));
}

int
op_stidc(struct cpu *cpu, const struct insn *in)
{
    return set_cc(cpu, io_channel_id(cpu->m, device_address(cpu, in)));
}
