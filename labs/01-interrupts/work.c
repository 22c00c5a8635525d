/*
 * work.c - the programs that the tests of this lab run
 *
 * They take the place of the shell.  `plan` says what the first task is to
 * start: a test fills it in before the machine runs.  When all are gone it
 * gets to work_done(), and then reads from the console, for ever.
 */
#include "work.h"

#include <s370/insn.h>

#include "shell.h"
#include "svc.h"

/* Not in the bss: entry.asm clears that at the start. */
int plan[PLAN_STEPS] = {WORK_RETURN};

static void
go_wrong(int kind)
{
    volatile int zero = 0;

    switch (kind) {
    case WORK_STORE:
        *(volatile uint32_t *)0x58 = 0;
        break;
    case WORK_PRIVILEGED:
        s370_ssm(0);
        break;
    case WORK_DIVIDE:
        zero = 1 / zero;
        break;
    default:
        ((void (*)(void))0xFFFFF0)();
    }
}

/* Part of a slice of work, then let others go on. */
static void
yield_for_ever(int kind)
{
    (void)kind;
    for (;;) {
        for (volatile int i = 0; i < 10000; i++)
            ;
        svc_yield();
    }
}

static void
ask_for_ever(int kind)
{
    (void)kind;
    for (;;)
        svc_time();
}

static void
read_for_ever(int kind)
{
    char line[8];

    (void)kind;
    for (;;)
        svc_read(line, sizeof(line));
}

static void
return_at_once(int kind)
{
    (void)kind;
}

static void (*const programs[])(int) = {
    [WORK_RETURN] = return_at_once, [WORK_SPIN] = probe_spin,
    [WORK_YIELD] = yield_for_ever,  [WORK_READ] = read_for_ever,
    [WORK_STORE] = go_wrong,        [WORK_PRIVILEGED] = go_wrong,
    [WORK_DIVIDE] = go_wrong,       [WORK_ADDRESS] = go_wrong,
    [WORK_ASK] = ask_for_ever,
};

void
shell(int argument)
{
    int number[PLAN_STEPS], result = 0;

    (void)argument;
    if (plan[0] == WORK_PROBE) /* alone, and not by way of an SVC */
        probe_svc(0);
    for (int i = 0; i < PLAN_STEPS && plan[i] != WORK_END; i++)
        number[i] = svc_spawn("WORK", programs[plan[i]], plan[i]);
    work_started();
    for (int i = 0; i < PLAN_STEPS && plan[i] != WORK_END; i++)
        result = svc_wait(number[i]);
    work_done(result);
    read_for_ever(0);
}
