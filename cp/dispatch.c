/*
 * dispatch.c - who runs next (compare DMKDSP and DMKSCH)
 *
 * The processor goes round in turns.  At the start of a turn every machine
 * gets a time slice; within it those that are runnable run one after the
 * other until their slice is used up, and one whose wait has just ended runs
 * first.  When no runnable machine has a slice left, the next turn begins.  So
 * a machine that mostly waits is served at once, and one that loops cannot
 * keep others from their share: what CP does for a machine is charged to its
 * slice as well.
 *
 * Between two interruptions of one machine nothing of this is looked at,
 * unless somebody has said so (look).
 */
#include <s370/dat.h>
#include <s370/insn.h>

#include "clock.h"
#include "console.h"
#include "entry.h"
#include "shadow.h"
#include "vdevice.h"
#include "vpsw.h"

#define SLICE ((int64_t)(10000 * TOD_US)) /* 10 milliseconds */
#define MIN_RUN ((int64_t)(20 * TOD_US))

static struct vm *turn; /* the machine that ran last */
static bool look = true;
static bool deadline_due = true;
static uint64_t deadline = UINT64_MAX; /* TOD; what the comparator is set for */

void
dispatch_look(void)
{
    look = true;
}

void
dispatch_deadline(void)
{
    look = true;
    deadline_due = true;
}

void
dispatch_forget(const struct vm *vm)
{
    if (turn == vm)
        turn = vm->next == vm ? NULL : vm->next;
    if (vm_current == vm)
        vm_current = NULL;
}

/* ---- states -------------------------------------------------------------- */

void
vm_stop(struct vm *vm, unsigned bits)
{
    vtimer_update(vm);
    if (bits & VM_WAIT)
        vm->timer_since = tod_now();
    vm->state |= bits;
    dispatch_deadline();
}

void
vm_start(struct vm *vm, unsigned bits)
{
    vm->state &= ~bits;
    /* The clocks of a machine that was stopped stood still. */
    vm->timer_since = tod_now();
    vm->attend = true;
    dispatch_deadline();
}

void
vm_wake(struct vm *vm)
{
    vm->attend = true;
    if (!(vm->state & VM_WAIT))
        return;
    vtimer_update(vm);
    if (reflect_ready(vm)) {
        vm->state &= ~(unsigned)VM_WAIT;
        vm->woken = true;
        look = true;
    }
}

/* ---- time ---------------------------------------------------------------- */

/* Whatever was to happen by now happens; then set the clock comparator for
 * the next. */
static void
deadlines(void)
{
    uint64_t now = tod_now(), at;
    struct vm *vm = vm_ring;

    deadline_due = false;
    deadline = UINT64_MAX;
    if (vm == NULL)
        return;
    do {
        if (vm->state & VM_SLEEP && vm->sleep_until != 0) {
            if (vm->sleep_until <= now)
                sleep_end(vm);
            else if (vm->sleep_until < deadline)
                deadline = vm->sleep_until;
        }
        vm_wake(vm);
        at = vtimer_deadline(vm);
        if (at < deadline)
            deadline = at;
        vm = vm->next;
    } while (vm != vm_ring);
    s370_sckc(&deadline);
}

void
dispatch_charge(void)
{
    int64_t ran = ENTRY->timer_set - ENTRY->timer;
    struct vm *vm = vm_current;

    vm->slice_left -= ran;
    vm->cpu_used += (uint64_t)ran;
    vtimer_charge(vm, (uint64_t)ran);
}

/* What CP did since the interruption is charged to the machine that it came
 * from. */
static void
charge_cp(void)
{
    int64_t timer, used;

    if (vm_current == NULL)
        return;
    s370_stpt(&timer);
    used = ENTRY->timer - timer;
    vm_current->slice_left -= used;
    vm_current->cp_used += (uint64_t)used;
    ENTRY->timer = timer;
}

/* ---- choice -------------------------------------------------------------- */

static bool
may_run(const struct vm *vm)
{
    return vm->state == 0 && vm->slice_left > 0;
}

/* The machine to run in this turn; NULL: nobody has a slice left.  *runnable
 * tells whether a new turn would help. */
static struct vm *
choose(bool *runnable)
{
    struct vm *vm = turn, *found = NULL;

    *runnable = false;
    do {
        if (vm->state == 0)
            *runnable = true;
        if (may_run(vm)) {
            if (vm->woken) {
                vm->woken = false;
                return vm;
            }
            if (found == NULL)
                found = vm;
        }
        vm = vm->next;
    } while (vm != turn);
    return found;
}

static struct vm *
choose_in_turns(void)
{
    bool runnable;
    struct vm *vm;

    if (vm_ring == NULL)
        return NULL;
    if (turn == NULL)
        turn = vm_ring;
    vm = choose(&runnable);
    if (vm == NULL && runnable) {
        struct vm *each = turn;

        do {
            each->slice_left = SLICE;
            each = each->next;
        } while (each != turn);
        turn = turn->next;
        vm = choose(&runnable);
    }
    return vm;
}

/* Control register 0: which clocks may interrupt, and the size of pages. */
static void
load_cr0(uint32_t clocks, uint32_t page_size)
{
    static uint32_t real_cr0;
    uint32_t cr0 = clocks | page_size | CR0_SEGMENT_64K;

    if (real_cr0 == cr0)
        return;
    real_cr0 = cr0;
    s370_lctl(0, 0, &real_cr0);
}

/* Nobody can run: wait for an interruption; only those clocks count that are
 * to end the wait, so that a machine with nothing to do can see it.  When
 * channel programs are to go on, only let one in that is there. */
static void
idle(bool working)
{
    vm_current = NULL;
    if (working) {
        cp_window();
        return;
    }
    load_cr0(deadline == UINT64_MAX ? 0 : CR0_CLOCK_COMPARATOR, CR0_PAGE_4K);
    cp_wait(PSW_EC | PSW_WAIT | PSW_IO | PSW_EXTERNAL | PSW_MACHINE_CHECK);
}

/* The machine to run, after what else there is to do; NULL: none now. */
static struct vm *
next_machine(void)
{
    struct vm *vm = vm_current;
    bool working;

    if (vm != NULL && !look && may_run(vm))
        return vm;
    look = false;
    logoff_finish();
    if (deadline_due)
        deadlines();
    charge_cp();
    if (vm_current == NULL || vm_current->slice_left <= 0)
        working = vccw_deferred();
    else
        working = false;
    vm = choose_in_turns();
    if (vm == NULL && !look)
        idle(working);
    return vm;
}

/* ---- entering a guest ---------------------------------------------------- */

/* Control registers that must be the guest's: its segment table (of CP's, or
 * shadow tables when its own DAT is on), its monitor masks, and what PER is to
 * record. */
static void
load_control(struct vm *vm)
{
    static uint32_t real_cr1, real_cr8;
    uint32_t cr1 = vm->segment_register, page_size = CR0_PAGE_4K;

    if (vpsw_dat(vm->psw))
        cr1 = shadow_tables(vm, &page_size);
    load_cr0(CR0_CPU_TIMER | CR0_CLOCK_COMPARATOR, page_size);
    if (real_cr1 != cr1) {
        real_cr1 = cr1;
        s370_lctl(1, 1, &real_cr1);
    }
    if (real_cr8 != vm->cr[8]) {
        real_cr8 = vm->cr[8];
        s370_lctl(8, 8, &real_cr8);
    }
    if (vpsw_per(vm->psw))
        s370_lctl(9, 11, &vm->cr[9]);
}

static void enter(struct vm *vm) __attribute__((noreturn));
static void
enter(struct vm *vm)
{
    int64_t limit;

    charge_cp();
    load_control(vm);
    vm_current = turn = vm;
    limit = vm->slice_left > MIN_RUN ? vm->slice_left : MIN_RUN;
    guest_run(vm, vpsw_real(vm->psw), vtimer_limit(vm, limit));
}

void
dispatch(void)
{
    if (cp_stack[0] != STACK_MARK)
        panic("CP's stack has overflowed");
    for (;;) {
        struct vm *vm = next_machine();

        if (vm == NULL)
            continue;
        if (vm->attend)
            reflect_pending(vm);
        if (vm->state != 0) {
            look = true;
            continue;
        }
        if (vpsw_wait(vm->psw))
            vpsw_load(vm, vm->psw);
        else
            enter(vm);
    }
}
