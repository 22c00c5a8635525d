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
#include <s370/lowcore.h>
#include <string.h>

#include "timer.h"

/* Where a task's function returns to (user.asm). */
void task_return(void);
/* Load registers and PSW (entry.asm). */
void frame_load(const struct frame *frame) __attribute__((noreturn));

struct task task[TASKS];
struct task *current;

/* The kernel's stack, empty whenever the kernel is entered (entry.asm). */
char kernel_stack[8192] __attribute__((aligned(8)));

/* Each begins on the boundary of a block that has a key of its own. */
static char stacks[TASKS][STACK_BYTES] __attribute__((aligned(2048)));

/* The word 18 words from the top of a stack begins the save area that C
 * functions expect at R13: see entry.asm. */
enum { SAVE_AREA_BYTES = 72 };

int
task_start(const char *name, void (*function)(int), int argument)
{
    struct task *t;
    uint32_t *top;
    int n;

    for (n = 0; n < TASKS && task[n].state != TASK_FREE; n++)
        ;
    if (n == TASKS)
        return -1;
    t = &task[n];
    memset(t, 0, sizeof(*t));
    strncpy(t->name, name, sizeof(t->name) - 1);
    t->stack = stacks[n];
    memset(t->stack, 0, STACK_BYTES);
    for (uint32_t at = 0; at < STACK_BYTES; at += KEY_BLOCK)
        s370_ssk((uint32_t)t->stack + at, KEY_ACCESS(n + 1));

    /* At the top of the stack: a save area, and above it a parameter list of
     * one word, as the caller of a C function would have made them. */
    top = (uint32_t *)(t->stack + STACK_BYTES - 8);
    top[0] = (uint32_t)argument;
    t->frame.gr[1] = (uint32_t)top;
    t->frame.gr[13] = (uint32_t)top - SAVE_AREA_BYTES;
    t->frame.gr[14] = (uint32_t)task_return;
    t->frame.gr[15] = (uint32_t)function;
    t->frame.psw = PSW_BC_ALL_CHANNELS | PSW_EXTERNAL | PSW_MACHINE_CHECK |
                   PSW_PROBLEM | PSW_KEY(n + 1) | (uint32_t)function;
    t->state = TASK_READY;
    return n;
}

void
task_end(struct task *t)
{
    t->state = TASK_FREE;
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
task_wake_retry(enum task_state state)
{
    for (int n = 0; n < TASKS; n++)
        if (task[n].state == state) {
            task[n].frame.psw -= 2;
            task[n].state = TASK_READY;
        }
}

void
task_block(enum task_state state)
{
    current->state = state;
}

bool
task_may_store(const struct task *t, uint32_t addr, uint32_t len)
{
    uint32_t stack = (uint32_t)t->stack;

    /* Not addr + len <= stack + STACK_BYTES: that sum could overflow. */
    return len <= STACK_BYTES && addr >= stack &&
           addr - stack <= STACK_BYTES - len;
}

/* The first ready task behind the one whose turn was last; that one itself
 * comes last. */
static struct task *
next_ready(void)
{
    static int turn;

    for (int i = 1; i <= TASKS; i++) {
        int n = (turn + i) % TASKS;

        if (task[n].state == TASK_READY) {
            turn = n;
            return &task[n];
        }
    }
    return NULL;
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

void
dispatch(bool preempt)
{
    struct task *t = current;

    if (preempt || t == NULL || t->state != TASK_READY)
        t = next_ready();
    if (t == NULL)
        wait_for_work();
    if (t != current || preempt) {
        timer_enable(true);
        timer_start();
        t->dispatched++;
    }
    current = t;
    frame_load(&t->frame);
}
