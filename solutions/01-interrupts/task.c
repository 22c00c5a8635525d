/*
 * task.c - starting, ending and choosing tasks
 *
 * The rule is round robin: the task table is a ring, and the CPU goes to the
 * first ready task behind the one that had it.  The interval timer sees to it
 * that nobody keeps the CPU for longer than a slice (timer.c).
 */
#include "task.h"

#include <s370/insn.h>
#include <s370/keys.h>
#include <string.h>

#include "page.h"
#include "space.h"

/* Where a task begins (user.asm). */
void task_begin(void);
/* Load registers and PSW (entry.asm). */
void frame_load(const struct frame *frame) __attribute__((noreturn));

struct task task[TASKS];
struct task *current;

/* The kernel's stack, empty whenever the kernel is entered (entry.asm). */
char kernel_stack[8192] __attribute__((aligned(8)));

/* Each begins on the boundary of a block that has a key of its own. */
static char stacks[TASKS][STACK_BYTES] __attribute__((aligned(2048)));

/* At the top of a stack lie the parameter list of the task's function, one
 * word, and below it the save area that C functions expect at R13. */
enum { TOP_BYTES = 72 + 8 };

/* The storage that only task n may use; returns the address behind its end,
 * which is the top of the stack. */
static uint32_t
give_storage(int n)
{
    if (paging) {
        space_make(n);
        return PRIVATE_START + PRIVATE_PAGES * PAGE_BYTES;
    }
    task[n].stack = stacks[n];
    memset(stacks[n], 0, STACK_BYTES);
    for (uint32_t at = 0; at < STACK_BYTES; at += KEY_BLOCK)
        s370_ssk((uint32_t)stacks[n] + at, KEY_ACCESS(n + 1));
    return (uint32_t)stacks[n] + STACK_BYTES;
}

int
task_start(const char *name, void (*function)(int), int argument)
{
    struct task *t;
    int n;

    for (n = 0; n < TASKS && task[n].state != TASK_FREE; n++)
        ;
    if (n == TASKS)
        return -1;
    t = &task[n];
    memset(t, 0, sizeof(*t));
    strncpy(t->name, name, sizeof(t->name) - 1);
    t->frame.gr[2] = (uint32_t)argument;
    t->frame.gr[13] = give_storage(n) - TOP_BYTES;
    t->frame.gr[15] = (uint32_t)function;
    t->frame.psw = (paging ? PSW_EC | PSW_DAT | PSW_IO : PSW_BC_ALL_CHANNELS) |
                   PSW_EXTERNAL | PSW_MACHINE_CHECK | PSW_PROBLEM |
                   PSW_KEY(n + 1) | (uint32_t)task_begin;
    t->state = TASK_READY;
    return n;
}

void
task_end(struct task *t)
{
    t->state = TASK_FREE;
    page_task_ended(t);
    for (int n = 0; n < TASKS; n++)
        if (task[n].state == TASK_WAITING && &task[task[n].awaited] == t)
            task_wake(&task[n], 0);
}

void
task_wake(struct task *t, int result)
{
    t->frame.gr[15] = (uint32_t)result;
    t->state = TASK_READY;
}

/* SVC is an instruction of two bytes. */
void
task_retry(struct task *t)
{
    t->frame.psw -= 2;
    t->state = TASK_READY;
}

void
task_wake_retry(enum task_state state)
{
    for (int n = 0; n < TASKS; n++)
        if (task[n].state == state)
            task_retry(&task[n]);
}

int
task_block(enum task_state state)
{
    current->state = state;
    return BLOCKED;
}

/* The first ready task behind the one whose turn was last; that one itself
 * comes last. */
static struct task *
next_ready(void)
{
    /* LAB 1 BEGIN - about 10 lines: the ring */
    static int turn;

    for (int i = 1; i <= TASKS; i++) {
        int n = (turn + i) % TASKS;

        if (task[n].state == TASK_READY) {
            turn = n;
            return &task[n];
        }
    }
    return NULL;
    /* LAB 1 END */
}

/*
 * With nothing to do the CPU waits: a PSW with the wait bit on and the
 * interruptions enabled that can bring work.  Question: what would happen if
 * an interruption came between the search for a ready task and LPSW?
 */
static __attribute__((noreturn)) void
wait_for_work(void)
{
    struct frame idle = {.psw = PSW_BC_ALL_CHANNELS | PSW_EXTERNAL |
                                PSW_MACHINE_CHECK | PSW_WAIT};

    current = NULL;
    timer_enable(false);
    frame_load(&idle);
}

/* Task t gets the CPU. */
static __attribute__((noreturn)) void
resume(struct task *t)
{
    if (current == NULL) /* the wait is over */
        timer_enable(true);
    current = t;
    if (paging)
        space_enter((int)(t - task));
    frame_load(&t->frame);
}

void
dispatch(bool preempt)
{
    page_serve(preempt); /* not of interest before paging is */
    /* LAB 1 BEGIN - about 12 lines: choose, give a slice, go */
    struct task *t = current;

    if (preempt || t == NULL || t->state != TASK_READY)
        t = next_ready();
    if (t == NULL)
        wait_for_work();
    if (t != current || preempt) {
        timer_start();
        t->dispatched++;
    }
    resume(t);
    /* LAB 1 END */
}
