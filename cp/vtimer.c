/*
 * vtimer.c - the virtual CPU timer, clock comparator and interval timer
 * (compare DMKTMR; GA22-7000, "Timing Facilities")
 *
 * The CPU timer and the interval timer go while the guest runs and, with SET
 * TIMER REAL, while it waits in an enabled wait state; when other machines
 * run or the user is in CP READ they stand still.  With TIMER OFF the
 * interval timer alone always stands still.  The TOD clock is the real one,
 * and the comparator is compared with it.
 *
 * The interval timer is the word at X'50' of guest storage; one in bit 31 is
 * 1/76800 second, 160000/3 TOD units.
 */
#include <s370/dat.h>
#include <s370/lowcore.h>

#include "clock.h"
#include "entry.h"
#include "vm.h"

#define THIRDS_A_UNIT 160000u
#define SHORT 0x10000000u /* TOD units that can be trebled in a word */

static void
interval_charge(struct vm *vm, uint64_t ran)
{
    uint32_t *timer = &guest_low(vm)->timer, units;
    uint32_t before = *timer;

    if (ran < SHORT) {
        uint32_t thirds = vm->timer_rest + (uint32_t)ran * 3;

        units = thirds / THIRDS_A_UNIT;
        vm->timer_rest = thirds % THIRDS_A_UNIT;
    } else {
        uint64_t thirds = vm->timer_rest + ran * 3;

        units = (uint32_t)(thirds / THIRDS_A_UNIT);
        vm->timer_rest = (uint32_t)(thirds % THIRDS_A_UNIT);
    }
    *timer = before - units;
    if ((int32_t)before >= 0 && units > before) {
        vm->ext_pending |= VEXT_TIMER;
        vm->attend = true;
    }
}

void
vtimer_charge(struct vm *vm, uint64_t ran)
{
    bool was_negative = vm->cpu_timer < 0;

    vm->cpu_timer -= (int64_t)ran;
    if (vm->cpu_timer < 0 && !was_negative)
        vm->attend = true;
    if (vm->timer_mode != TIMER_OFF)
        interval_charge(vm, ran);
}

void
vtimer_update(struct vm *vm)
{
    uint64_t now;

    if (vm->state != VM_WAIT || vm->timer_mode != TIMER_REAL)
        return;
    now = tod_now();
    vtimer_charge(vm, now - vm->timer_since);
    vm->timer_since = now;
}

/* TOD units until the interval timer becomes negative, rounded up; negative
 * when it is so already. */
static int64_t
interval_left(struct vm *vm)
{
    uint32_t timer = guest_low(vm)->timer;

    if ((int32_t)timer < 0)
        return -1;
    return (((int64_t)timer + 1) * THIRDS_A_UNIT - vm->timer_rest + 2) / 3;
}

int64_t
vtimer_limit(struct vm *vm, int64_t limit)
{
    int64_t left;

    if (vm->cpu_timer >= 0 && vm->cpu_timer < limit)
        limit = vm->cpu_timer;
    /* A timer with more than this many units is far from its end. */
    if (vm->timer_mode == TIMER_OFF || guest_low(vm)->timer > 10000)
        return limit;
    left = interval_left(vm);
    return left >= 0 && left < limit ? left : limit;
}

/* The earlier one of `at` and of what is `left` (negative: nothing) from
 * `since` on. */
static uint64_t
earlier(uint64_t at, uint64_t since, int64_t left)
{
    uint64_t end = since + (uint64_t)left;

    return left >= 0 && end >= since && end < at ? end : at;
}

uint64_t
vtimer_deadline(struct vm *vm)
{
    uint64_t at = UINT64_MAX;

    if (vm->clock_comparator >= tod_now())
        at = vm->clock_comparator;
    if (vm->state != VM_WAIT || vm->timer_mode != TIMER_REAL)
        return at;
    at = earlier(at, vm->timer_since, vm->cpu_timer);
    return earlier(at, vm->timer_since, interval_left(vm));
}

unsigned
vtimer_pending(struct vm *vm)
{
    unsigned pending = vm->ext_pending;

    if (vm->cpu_timer < 0)
        pending |= VEXT_CPU_TIMER;
    if (vm->cr[0] & CR0_CLOCK_COMPARATOR && tod_now() > vm->clock_comparator)
        pending |= VEXT_CLOCK;
    return pending;
}
