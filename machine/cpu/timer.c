/*
 * timer.c - the four clocks, all read from virtual time
 *
 * TOD clock         counts up; bit 51 is a microsecond, so that 512 units
 *                   are 125 ns: tod_base + elapsed
 * clock comparator  pending while the TOD clock is beyond it
 * CPU timer         counts down with the TOD clock; pending while negative
 * interval timer    the word at real location X'50'; X'100' is taken from it
 *                   300 times a second; pending once when it becomes negative
 *
 * The first three are computed when somebody looks.  The interval timer is
 * storage, so the CPU brings it up to date whenever a tick is due.  Whether a
 * condition is pending changes at few moments, which are worked out ahead
 * (tick_ns, comparator_ns, cpu_timer_ns): until then there is nothing to do.
 *
 * Source: GA22-7000, "Timing", "External Interruption".
 */
#include "cpu.h"

enum { INTERVAL_TIMER = 0x50, TICKS_PER_S = 300, TICK = 0x100 };
#define NS_PER_S UINT64_C(1000000000)

static uint64_t
units_of_ns(uint64_t ns)
{
    return ns / 125 * 512 + ns % 125 * 512 / 125;
}

/* The first nanosecond at which so many units have passed. */
static uint64_t
ns_of_units(uint64_t units)
{
    return units / 512 * 125 + (units % 512 * 125 + 511) / 512;
}

static uint64_t
ticks_at(uint64_t ns)
{
    return ns / NS_PER_S * TICKS_PER_S + ns % NS_PER_S * TICKS_PER_S / NS_PER_S;
}

static uint64_t
ns_of_tick(uint64_t tick)
{
    return tick / TICKS_PER_S * NS_PER_S +
           (tick % TICKS_PER_S * NS_PER_S + TICKS_PER_S - 1) / TICKS_PER_S;
}

static uint64_t
elapsed(const struct cpu *cpu)
{
    return units_of_ns(cpu->m->now_ns);
}

uint64_t
timer_ticks(const struct cpu *cpu)
{
    return ticks_at(cpu->m->now_ns);
}

void
timer_changed(struct cpu *cpu)
{
    cpu->tick_ns = ns_of_tick(cpu->ticks + 1);
    cpu->comparator_ns = 0;
    cpu->cpu_timer_ns = 0;
}

void
timer_reset(struct cpu *cpu)
{
    cpu->clock_comparator = 0;
    cpu->cpu_timer_zero = elapsed(cpu);
    cpu->ticks = ticks_at(cpu->m->now_ns);
    cpu->external = 0;
    timer_changed(cpu);
}

void
timer_sync(struct cpu *cpu)
{
    /* One is taken back when `left` has grown: PAGE_END, BREAK_HERE. */
    uint64_t executed = cpu->synced - cpu->left;

    cpu->synced = cpu->left;
    cpu->count += executed;
    cpu->m->now_ns += executed * cpu->insn_ns;
}

uint64_t
tod_clock(const struct cpu *cpu)
{
    return cpu->tod_base + elapsed(cpu);
}

void
tod_set(struct cpu *cpu, uint64_t value)
{
    cpu->tod_base = value - elapsed(cpu);
    timer_changed(cpu);
}

uint64_t
cpu_timer(const struct cpu *cpu)
{
    return cpu->cpu_timer_zero - elapsed(cpu);
}

void
cpu_timer_set(struct cpu *cpu, uint64_t value)
{
    cpu->cpu_timer_zero = value + elapsed(cpu);
    timer_changed(cpu);
}

static uint32_t
interval_word(const struct cpu *cpu)
{
    return load_be32(cpu->storage + real_to_absolute(cpu, INTERVAL_TIMER));
}

/* How many ticks until the interval timer goes from positive to negative. */
static uint64_t
ticks_to_negative(uint32_t word)
{
    /* A word that is negative passes through all negative numbers first. */
    return (uint64_t)word < 0x80000000u ? word / TICK + 1
                                        : (uint64_t)word / TICK + 1;
}

static void
interval_update(struct cpu *cpu)
{
    uint64_t due = ticks_at(cpu->m->now_ns) - cpu->ticks;
    uint32_t word = interval_word(cpu);
    uint8_t bytes[4];

    cpu->ticks += due;
    cpu->tick_ns = ns_of_tick(cpu->ticks + 1);
    if (due >= ticks_to_negative(word))
        cpu->external |= EXT_INTERVAL_TIMER;
    store_be32(bytes, word - (uint32_t)(due * TICK));
    low_store(cpu, INTERVAL_TIMER, bytes, 4);
}

static void
set_condition(struct cpu *cpu, uint32_t condition, bool pending)
{
    if (pending)
        cpu->external |= condition;
    else
        cpu->external &= ~condition;
}

/* Virtual time when so many units have passed from now. */
static uint64_t
ns_after(const struct cpu *cpu, uint64_t units)
{
    uint64_t now = elapsed(cpu);

    return units > UINT64_MAX - now ? UINT64_MAX : ns_of_units(now + units);
}

/* Pending until the TOD clock begins again from zero. */
static void
comparator_update(struct cpu *cpu)
{
    uint64_t tod = tod_clock(cpu), comparator = cpu->clock_comparator;
    bool reached = tod > comparator;

    set_condition(cpu, EXT_CLOCK_COMPARATOR, reached);
    if (reached)
        cpu->comparator_ns = ns_after(cpu, 0 - tod);
    else if (comparator == UINT64_MAX)
        cpu->comparator_ns = UINT64_MAX;
    else
        cpu->comparator_ns = ns_after(cpu, comparator - tod + 1);
}

static void
cpu_timer_update(struct cpu *cpu)
{
    const uint64_t sign = UINT64_C(1) << 63;
    uint64_t timer = cpu_timer(cpu);
    bool negative = (timer & sign) != 0;

    set_condition(cpu, EXT_CPU_TIMER, negative);
    cpu->cpu_timer_ns = ns_after(cpu, (timer & ~sign) + 1);
}

void
timer_catch_up(struct cpu *cpu)
{
    uint64_t now = cpu->m->now_ns;

    if (now >= cpu->tick_ns)
        interval_update(cpu);
    if (now >= cpu->comparator_ns)
        comparator_update(cpu);
    if (now >= cpu->cpu_timer_ns)
        cpu_timer_update(cpu);
}

static uint64_t
earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

uint64_t
timer_next(const struct cpu *cpu, bool enabled_only)
{
    uint32_t admitted = enabled_only ? 0 : ~0u;
    uint64_t next = UINT64_MAX;

    if (enabled_only && (cpu->psw.mask & MASK_EXTERNAL))
        admitted = cpu->cr[0];
    if (admitted & ~cpu->external & EXT_CLOCK_COMPARATOR)
        next = cpu->comparator_ns;
    if (admitted & ~cpu->external & EXT_CPU_TIMER)
        next = earlier(next, cpu->cpu_timer_ns);
    if (admitted & EXT_INTERVAL_TIMER)
        next = earlier(next, ns_of_tick(cpu->ticks +
                                        ticks_to_negative(interval_word(cpu))));
    return next;
}

uint64_t
timer_next_admitted(const struct cpu *cpu)
{
    uint64_t next = timer_next(cpu, true);

    /* Channels may store into the interval timer. */
    if ((cpu->psw.mask & MASK_EXTERNAL) && (cpu->cr[0] & EXT_INTERVAL_TIMER))
        next = earlier(next, cpu->tick_ns);
    return next;
}
