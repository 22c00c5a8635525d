/*
 * timer.c - external interruptions: the interval timer and the interrupt key
 *
 * The interval timer is a word in storage, at X'50', that the machine counts
 * down 76800 times a second (in fact 300 times, by 256; GA22-7000, "Interval
 * Timer").  When it becomes negative there is an external interruption: the
 * running task has used up its slice, and the next one gets the CPU.  That is
 * all there is to preemption.  Question: what goes wrong when a task may
 * disable external interruptions?
 */
#include <s370/dat.h>
#include <s370/insn.h>
#include <s370/lowcore.h>

#include "drivers.h"
#include "task.h"

#define TIMER_SECOND 76800
#define SLICE (TIMER_SECOND / 50) /* 20 ms */

void
timer_start(void)
{
    LOWCORE->timer = SLICE;
}

/*
 * While no task runs the timer must not interrupt.  Bits of control register 0
 * tell which external interruptions the PSW's mask bit admits at all
 * (GA22-7000, "External Interruption").  One that is not admitted is not lost,
 * but comes later, when the next task would lose its slice to it.  So the timer
 * must not run out while it is kept out; and if it has run out just now, its
 * interruption must be let in first: in the wait it does no harm.
 */
void
timer_enable(bool on)
{
    bool due = (int32_t)LOWCORE->timer < 0;
    uint32_t masks;

    s370_stctl(0, 0, &masks);
    masks &= ~CR0_INTERVAL_TIMER;
    if (on || due)
        masks |= CR0_INTERVAL_TIMER;
    if (!on)
        LOWCORE->timer = INT32_MAX; /* for hours */
    s370_lctl(0, 0, &masks);
}

/* The code tells what happened; both at once are possible. */
void
external_interruption(void)
{
    uint32_t code = interruption_code(LOWCORE->ext_code);
    bool slice_over = (code & EXT_INTERVAL_TIMER) != 0;

    if (current != NULL) {
        current->frame = saved;
        if (slice_over)
            current->preempted++;
    }
    if (code & EXT_INTERRUPT_KEY)
        operator_attention();
    dispatch(slice_over);
}
