/*
 * run.c - the CPU executing, waiting, stopping
 *
 * cpu_run() goes round once for each batch of instructions.  A batch is as
 * long as nothing can happen in time: up to the next event, clock condition,
 * tick of the interval timer, or limit.  Between batches events run, clocks
 * are looked at and interruptions taken.  An instruction that may have let an
 * interruption in returns LOOK, one that moved the next event RETIME.
 *
 * Everything that exchanges PSWs counts as an instruction and takes the time
 * of one, so that no loop of interruptions can outlast a limit.
 *
 * Source: GA22-7000, "Control", "Stopped, Operating, Load and Check-Stop
 * States".
 */
#include "access.h"

#include <stdlib.h>

/* ---- batches ------------------------------------------------------------- */

/* A program interruption ends the current instruction.  Nullified: the old
 * PSW points to it; otherwise behind it. */
static void
program_exception(struct cpu *cpu, int code)
{
    int alone = code & ~PGM_PER;

    if (alone == PGM_SEGMENT || alone == PGM_PAGE)
        cpu->psw.ia = current_address(cpu);
    else
        cpu->psw.ia = next_address(cpu);
    timer_sync(cpu);
    interrupt_program(cpu, code, cpu->current->halfwords);
}

/* The current PSW is badly formed: no instruction is to blame, ILC 0. */
static void
early_exception(struct cpu *cpu)
{
    timer_sync(cpu);
    interrupt_program(cpu, PGM_SPECIFICATION, 0);
}

/* The next instruction after an outcome other than DONE and TAKEN; NULL when
 * the batch is over. */
static const struct insn *
go_on(struct cpu *cpu, int outcome)
{
    switch (outcome) {
    case BREAK_HERE:
        cpu->left++; /* it was not executed */
        return NULL;
    case RETIME:
        return NULL;
    case PAGE_END:
        cpu->left++;
        return fetch_instruction(cpu);
    case ELSEWHERE:
        return fetch_instruction(cpu);
    case LOOK:
        break;
    case MACHINE_CHECK:
        cpu->psw.ia = current_address(cpu);
        return NULL;
    default:
        program_exception(cpu, outcome);
        break;
    }
    /* A PSW that must not be is part of what loaded it. */
    if (cpu->psw.invalid != 0)
        early_exception(cpu);
    if (cpu->psw.invalid != 0 || cpu->psw.wait || interrupt_ready(cpu) ||
        (per_active(cpu) && !cpu->watched))
        return NULL;
    return fetch_instruction(cpu);
}

/* Execute cpu->left instructions, or fewer.  Returns the last outcome. */
static int
execute(struct cpu *cpu)
{
    const struct insn *in = fetch_instruction(cpu);
    uint64_t left = cpu->left;
    int outcome = DONE;

    while (left > 0) {
        cpu->left = --left;
        cpu->current = in;
        outcome = in->exec(cpu, in);
        if (LIKELY(outcome == DONE)) {
            in += in->halfwords;
        } else if (LIKELY(outcome == TAKEN)) {
            in = cpu->next;
        } else {
            in = go_on(cpu, outcome);
            if (in == NULL)
                return outcome;
            left = cpu->left;
        }
    }
    cpu->current = in;
    cpu->psw.ia = current_address(cpu);
    return outcome;
}

/* What the tracer sees of the instruction about to be executed. */
static void
show(struct cpu *cpu)
{
    uint8_t bytes[6] = {0};

    if (cpu_peek(cpu->m, cpu->psw.ia, bytes, sizeof(bytes)) != 0)
        cpu_peek(cpu->m, cpu->psw.ia, bytes, 2);
    trace_instruction(cpu->m, cpu->psw.ia, bytes);
}

/* The same for programs that are watched, by the tracer or by PER. */
static int
execute_watched(struct cpu *cpu)
{
    const struct insn *in = fetch_instruction(cpu);
    bool shown, traced = trace_instructions(cpu->m);
    int outcome = DONE;

    while (cpu->left > 0) {
        bool recorded = is_instruction(cpu, in) && per_active(cpu);

        cpu->left--;
        cpu->current = cpu->executed = in;
        cpu->psw.ia = current_address(cpu);
        timer_sync(cpu);
        shown = traced && is_instruction(cpu, in);
        if (shown)
            show(cpu);
        if (recorded)
            per_begin(cpu);
        outcome = in->exec(cpu, in);
        if (cpu->counters.classes && is_instruction(cpu, in))
            count_class(cpu);
        if (recorded)
            outcome = per_end(cpu, outcome);
        if (outcome == DONE || outcome == TAKEN) {
            in = outcome == DONE ? in + in->halfwords : cpu->next;
            cpu->current = in;
            cpu->psw.ia = current_address(cpu);
        }
        if (shown && outcome <= DONE)
            trace_instruction_end(cpu->m);
        if (outcome != DONE && outcome != TAKEN)
            in = go_on(cpu, outcome);
        if (in == NULL)
            return outcome;
    }
    cpu->current = in;
    cpu->psw.ia = current_address(cpu);
    return outcome;
}

/* How many instructions until something may happen in time. */
static uint64_t
batch_size(const struct cpu *cpu, uint64_t limit, uint64_t until_ns)
{
    uint64_t next = events_next(cpu->m), clocks = timer_next(cpu, false);
    uint64_t tick = timer_next_tick(cpu), now = cpu->m->now_ns, size;

    if (clocks < next)
        next = clocks;
    if (tick < next)
        next = tick;
    if (until_ns < next)
        next = until_ns;
    if (next <= now)
        return 1;
    size = (next - now + cpu->insn_ns - 1) / cpu->insn_ns;
    return size < limit ? size : limit;
}

/* ---- between batches ----------------------------------------------------- */

/* Count what is no instruction but takes the time of one. */
static void
count_interruption(struct cpu *cpu)
{
    cpu->count++;
    cpu->m->now_ns += cpu->insn_ns;
}

/* Let time pass in a wait.  False, with the reason, when nothing will end it;
 * the time up to a limit has passed even so. */
static bool
wait_on(struct cpu *cpu, uint64_t until_ns, enum machine_stop *stop)
{
    struct machine *m = cpu->m;
    uint64_t next = events_next(m), clocks = timer_next(cpu, true);

    if (interrupt_disabled(cpu)) {
        *stop = STOP_WAIT;
        return false;
    }
    if (clocks < next)
        next = clocks;
    if (next == UINT64_MAX) {
        if (until_ns != UINT64_MAX && until_ns > m->now_ns)
            m->now_ns = until_ns;
        *stop = STOP_IDLE;
        return false;
    }
    if (next > until_ns)
        next = until_ns;
    if (next > m->now_ns)
        m->now_ns = next;
    return true;
}

/* A wait in which nothing happens but events, up to `limit` of them: until
 * one brings an interruption, or a clock is due.  Returns how often time was
 * moved on. */
static uint64_t
wait_for_events(struct cpu *cpu, uint64_t limit, uint64_t until_ns)
{
    struct machine *m = cpu->m;
    uint64_t next, due = timer_next_admitted(cpu), moved = 0;

    if (due > until_ns)
        due = until_ns;
    while (moved < limit && m->now_ns < due) {
        events_run(m);
        timer_update(cpu);
        next = events_next(m);
        if (next >= due || m->stop_requested || cpu->check_stopped ||
            interrupt_ready(cpu))
            break;
        m->now_ns = next;
        moved++;
    }
    return moved;
}

static int
run_batch(struct cpu *cpu, uint64_t limit, uint64_t until_ns)
{
    int outcome;

    cpu->left = batch_size(cpu, limit, until_ns);
    cpu->synced = cpu->left;
    cpu->watched =
        trace_instructions(cpu->m) || per_active(cpu) || cpu->counters.classes;
    outcome = cpu->watched ? execute_watched(cpu) : execute(cpu);
    timer_sync(cpu);
    return outcome;
}

enum machine_stop
cpu_run(struct machine *m, uint64_t insns, uint64_t until_ns)
{
    struct cpu *cpu = m->cpu;
    uint64_t waits = 0, began = cpu->count, done;
    enum machine_stop stop;

    for (;;) {
        events_run(m);
        timer_update(cpu);
        if (m->stop_requested) {
            m->stop_requested = false;
            return STOP_DEVICE;
        }
        if (cpu->check_stopped)
            return STOP_CHECK;
        /* A step of a wait counts for the limit: it need never end. */
        done = cpu->count - began + waits;
        if (done >= insns || m->now_ns >= until_ns)
            return STOP_LIMIT;
        if (machine_check_ready(cpu)) {
            machine_check_take(cpu);
            count_interruption(cpu);
        } else if (cpu->psw.invalid != 0) {
            early_exception(cpu);
            count_interruption(cpu);
        } else if (interrupt_ready(cpu)) {
            interrupt_take(cpu);
            count_interruption(cpu);
        } else if (cpu->psw.wait) {
            if (!wait_on(cpu, until_ns, &stop)) {
                timer_update(cpu); /* to the time that has passed in it */
                return stop;
            }
            waits++;
            waits += wait_for_events(cpu, insns - done - 1, until_ns);
        } else if (run_batch(cpu, insns - done, until_ns) == BREAK_HERE) {
            return STOP_BREAK;
        }
    }
}

/* ---- making and resetting ------------------------------------------------ */

static void
begin(struct cpu *cpu)
{
    cpu->insn_ns = 1000 / cpu->m->options.cpu_mips;
    cpu->tod_base = cpu->m->options.tod_start;
    cpu_initial_reset(cpu);
}

int
cpu_create(struct machine *m)
{
    struct cpu *cpu = calloc(1, sizeof(*cpu));

    if (cpu == NULL)
        return machine_fail(m, "no memory for the CPU");
    m->cpu = cpu;
    cpu->m = m;
    cpu->generation = 1;
    decode_create(cpu);
    if (storage_create(cpu) != 0)
        return -1;
    begin(cpu);
    return 0;
}

void
cpu_renew(struct machine *m, const uint8_t *image, uint32_t len)
{
    struct cpu *cpu = m->cpu;

    while (cpu->nbreaks > 0)
        storage_changed(cpu, cpu->breaks[--cpu->nbreaks], 1);
    free(cpu->breaks);
    memset(cpu, 0, offsetof(struct cpu, m));
    storage_renew(cpu, image, len);
    begin(cpu);
}

void
cpu_destroy(struct machine *m)
{
    if (m->cpu == NULL)
        return;
    storage_destroy(m->cpu);
    free(m->cpu->breaks);
    free(m->cpu);
    m->cpu = NULL;
}

/* Initial CPU reset: what IPL begins with. */
void
cpu_initial_reset(struct cpu *cpu)
{
    memset(cpu->cr, 0, sizeof(cpu->cr));
    cpu->cr[0] = 0x000000E0;
    cpu->cr[2] = 0xFFFFFFFF;
    cpu->cr[14] = 0xC2000000;
    cpu->cr[15] = 0x00000200;
    cpu->prefix = 0;
    cpu->machine_check = 0;
    cpu->check_stopped = false;
    timer_reset(cpu);
    side_purge(cpu);
    psw_load(cpu, 0);
}

void
cpu_reset(struct machine *m, bool clear)
{
    struct cpu *cpu = m->cpu;

    cpu->external = 0;
    timer_changed(cpu);
    cpu->machine_check = 0;
    cpu->check_stopped = false;
    side_purge(cpu);
    if (!clear)
        return;
    cpu_initial_reset(cpu);
    memset(cpu->gr, 0, sizeof(cpu->gr));
    memset(cpu->fr, 0, sizeof(cpu->fr));
    storage_clear(cpu);
}

void
cpu_ipl_psw(struct machine *m, uint16_t devno)
{
    struct cpu *cpu = m->cpu;
    bool ec = (cpu->storage[1] & 0x08) != 0;
    uint8_t bytes[2];

    store_be16(bytes, devno);
    low_store(cpu, ec ? 0xBA : 2, bytes, 2);
    psw_load(cpu, low_doubleword(cpu, 0));
}

/* ---- registers and breakpoints for the host ------------------------------ */

uint64_t
cpu_register_get(const struct machine *m, enum cpu_register r, unsigned n)
{
    const struct cpu *cpu = m->cpu;

    switch (r) {
    case REGISTER_GR:
        return cpu->gr[n];
    case REGISTER_CR:
        return cpu->cr[n];
    case REGISTER_FR:
        return cpu->fr[n / 2];
    case REGISTER_PSW:
        return psw_value(cpu, 0, 0);
    case REGISTER_PREFIX:
        return cpu->prefix;
    case REGISTER_TOD:
        return tod_clock(cpu);
    case REGISTER_CC:
        return cpu->clock_comparator;
    case REGISTER_CT:
        return cpu_timer(cpu);
    case REGISTER_IA:
        return cpu->psw.ia;
    }
    return 0;
}

void
cpu_register_set(struct machine *m, enum cpu_register r, unsigned n,
                 uint64_t value)
{
    struct cpu *cpu = m->cpu;

    switch (r) {
    case REGISTER_GR:
        cpu->gr[n] = (uint32_t)value;
        break;
    case REGISTER_CR:
        cpu->cr[n] = (uint32_t)value;
        side_purge(cpu);
        break;
    case REGISTER_FR:
        cpu->fr[n / 2] = value;
        break;
    case REGISTER_PSW:
        psw_load(cpu, value);
        break;
    case REGISTER_PREFIX:
        cpu->prefix = (uint32_t)value & PREFIX_MASK;
        side_purge(cpu);
        break;
    case REGISTER_TOD:
        tod_set(cpu, value);
        break;
    case REGISTER_CC:
        cpu->clock_comparator = value;
        timer_changed(cpu);
        break;
    case REGISTER_CT:
        cpu_timer_set(cpu, value);
        break;
    case REGISTER_IA:
        cpu->psw.ia = value & ADDRESS_MASK;
        break;
    }
}

bool
machine_waiting(const struct machine *m)
{
    return m->cpu->psw.wait;
}

int
machine_break_set(struct machine *m, uint32_t raddr)
{
    struct cpu *cpu = m->cpu;
    uint32_t *breaks;

    if (raddr % 2 != 0 || raddr >= cpu->storage_bytes)
        return machine_fail(m,
                            "no instruction can be at X'%06X': give an even "
                            "address below X'%X'",
                            raddr, cpu->storage_bytes);
    machine_break_clear(m, raddr);
    breaks = realloc(cpu->breaks, (cpu->nbreaks + 1) * sizeof(*breaks));
    if (breaks == NULL)
        return machine_fail(m, "no memory for a breakpoint");
    cpu->breaks = breaks;
    breaks[cpu->nbreaks++] = real_to_absolute(cpu, raddr);
    storage_changed(cpu, real_to_absolute(cpu, raddr), 1);
    return 0;
}

void
machine_break_clear(struct machine *m, uint32_t raddr)
{
    struct cpu *cpu = m->cpu;
    uint32_t aaddr = real_to_absolute(cpu, raddr);
    size_t i, kept = 0;

    for (i = 0; i < cpu->nbreaks; i++)
        if (cpu->breaks[i] != aaddr)
            cpu->breaks[kept++] = cpu->breaks[i];
    if (kept < cpu->nbreaks)
        storage_changed(cpu, aaddr, 1);
    cpu->nbreaks = kept;
}
