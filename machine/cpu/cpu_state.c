/*
 * cpu_state.c - what a snapshot keeps of the CPU and of storage
 *
 * The lookasides are left out: they can be made anew.  A program could still
 * tell, by changing a table entry without purging, whether a translation was
 * remembered; so they are emptied whenever the state is saved or loaded, and
 * the run goes on in the same way after both.
 */
#include "../state.h"
#include "access.h"

enum { EXTERNAL_BITS = 0xFFFF };

void
cpu_forget(struct machine *m)
{
    struct cpu *cpu = m->cpu;
    size_t i, nblocks = cpu->storage_bytes / BLOCK_BYTES;

    for (i = 0; i < nblocks; i++)
        cpu->code_of[i] = NULL;
    cpu->next_block = cpu->blocks_used = 0;
    side_purge(cpu);
}

static void
psw_state(struct state *s, struct psw *psw)
{
    state_u8(s, &psw->mask);
    STATE_NUMBER(s, psw->key, 15);
    state_bool(s, &psw->ec);
    state_bool(s, &psw->machine_check);
    state_bool(s, &psw->wait);
    state_bool(s, &psw->problem);
    STATE_NUMBER(s, psw->cc, 3);
    STATE_NUMBER(s, psw->program_mask, 15);
    STATE_NUMBER(s, psw->ia, ADDRESS_MASK);
    state_u64(s, &psw->invalid);
}

static void
registers_state(struct state *s, struct cpu *cpu)
{
    unsigned i;

    for (i = 0; i < 16; i++)
        state_u32(s, &cpu->gr[i]);
    for (i = 0; i < 16; i++)
        state_u32(s, &cpu->cr[i]);
    for (i = 0; i < 4; i++)
        state_u64(s, &cpu->fr[i]);
    psw_state(s, &cpu->psw);
    STATE_NUMBER(s, cpu->prefix, PREFIX_MASK);
    cpu->prefix &= PREFIX_MASK;
    if (cpu->prefix >= cpu->storage_bytes)
        state_fail(s, "the prefix X'%06X' is not in storage", cpu->prefix);
    if (s->failed)
        cpu->prefix = 0;
}

static void
clocks_state(struct state *s, struct cpu *cpu)
{
    state_time(s, &cpu->m->now_ns);
    state_u64(s, &cpu->count);
    state_u64(s, &cpu->tod_base);
    state_u64(s, &cpu->clock_comparator);
    state_u64(s, &cpu->cpu_timer_zero);
    state_u64(s, &cpu->ticks);
    if (!state_loading(s))
        return;
    if (cpu->ticks > timer_ticks(cpu)) {
        state_fail(s, "the interval timer is ahead of the time");
        cpu->ticks = 0;
    }
    timer_changed(cpu);
}

static void
conditions_state(struct state *s, struct cpu *cpu)
{
    unsigned i;

    STATE_NUMBER(s, cpu->external, EXTERNAL_BITS);
    state_u32(s, &cpu->translation_address);
    state_u32(s, &cpu->monitor_class);
    state_u32(s, &cpu->monitor_code);
    state_u64(s, &cpu->machine_check);
    state_u32(s, &cpu->failing_address);
    state_bool(s, &cpu->check_stopped);
    STATE_NUMBER(s, cpu->nerrors, STORAGE_ERRORS);
    for (i = 0; i < cpu->nerrors; i++) {
        STATE_NUMBER(s, cpu->errors[i].aaddr, cpu->storage_bytes - 8);
        state_bool(s, &cpu->errors[i].corrected);
    }
}

void
cpu_state(struct state *s)
{
    struct cpu *cpu = s->m->cpu;
    uint32_t at, len;

    state_part(s, PART_CPU);
    registers_state(s, cpu);
    clocks_state(s, cpu);
    conditions_state(s, cpu);
    for (at = 0; at < cpu->storage_bytes; at += len) {
        len = cpu->storage_bytes - at < STORAGE_PART ? cpu->storage_bytes - at
                                                     : STORAGE_PART;
        state_part(s, PART_STORAGE + at / STORAGE_PART);
        state_bytes(s, cpu->storage + at, len);
        state_bytes(s, cpu->keys + at / BLOCK_BYTES, len / BLOCK_BYTES);
    }
    if (state_loading(s))
        cpu->insn_ns = 1000 / cpu->m->options.cpu_mips;
    if (s->mode != STATE_HASH)
        cpu_forget(s->m);
}
