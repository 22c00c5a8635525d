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
#include "timer.h"

#include <s370/dat.h>
#include <s370/insn.h>
#include <s370/lowcore.h>

#include "console.h"
#include "task.h"

#define TIMER_SECOND 76800
#define SLICE (TIMER_SECOND / 50) /* 20 ms */

#define TOD_SECOND 4096000000ull

void
timer_start(void)
{
    /* LAB 1 BEGIN - 1 line */
    LOWCORE->timer = SLICE;
    /* LAB 1 END */
}

/* Bits of control register 0 tell which external interruptions the PSW's mask
 * bit admits at all (GA22-7000, "External Interruption").  One that is not
 * admitted is not lost, but comes later.  So a timer that may not interrupt
 * must not run out either: the next task would lose its slice as it begins. */
void
timer_enable(bool on)
{
    uint32_t masks;

    s370_stctl(0, 0, &masks);
    masks &= ~CR0_INTERVAL_TIMER;
    if (on)
        masks |= CR0_INTERVAL_TIMER;
    else
        LOWCORE->timer = INT32_MAX; /* for hours */
    s370_lctl(0, 0, &masks);
}

int
time_of_day(void)
{
    uint64_t tod = 0;

    s370_stck(&tod);
    return (int)(tod / TOD_SECOND % 86400);
}

/* The code tells what happened; both at once are possible. */
void
external_interruption(void)
{
    /* LAB 1 BEGIN - about 10 lines: save, look at the code, dispatch */
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
    /* LAB 1 END */
}
