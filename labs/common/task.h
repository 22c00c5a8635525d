/*
 * task.h - tasks: programs that take turns on one CPU
 *
 * A task is what must be kept so that a program can go on later as if nothing
 * had happened: its registers and PSW, and a stack that nobody else uses.
 * Tasks share the image's code, but each has a storage key, and its own storage
 * is all that has this key: it can store nowhere else.  That is its stack; with
 * paging it is a private area in an address space of its own (space.h).  The
 * kernel has key 0, which opens every lock.
 */
#ifndef GOS_TASK_H
#define GOS_TASK_H

#include <s370/psw.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    TASKS = 8,
    STACK_BYTES = 4096, /* a multiple of 2048, which is what has a key */
    LINE_BYTES = 120,   /* a line of the console */

    /* What a service returns that cannot be done yet: the task is blocked, and
     * who wakes it gives the result. */
    BLOCKED = -0x7FFFFFFF,
};

/* entry.asm saves and loads these; it knows the offsets. */
struct frame {
    uint32_t gr[16];
    psw_t psw;
};
_Static_assert(sizeof(struct frame) == 72, "as entry.asm has it");

/* What the program had that was interrupted last. */
extern struct frame saved;

/* Which of its class that interruption was; for I/O, from which device.  In
 * the BC mode the old PSW tells.  In the EC mode each class has a halfword in
 * low storage, and that is what to call this with: for instance
 * interruption_code(LOWCORE->svc_code). */
static inline uint32_t
interruption_code(uint16_t stored)
{
    return saved.psw & PSW_EC ? stored : (uint32_t)(saved.psw >> 32) & 0xFFFF;
}

enum task_state {
    TASK_FREE,     /* no task: this entry may be used */
    TASK_READY,    /* could run now */
    TASK_WRITING,  /* waits for the console to finish a line */
    TASK_READING,  /* waits for a line from the console */
    TASK_WAITING,  /* waits for the end of another task */
    TASK_PAGING,   /* waits for a page of its own */
    TASK_CARD,     /* waits for a card */
    TASK_PRINTING, /* waits for the printer to finish a line */
    TASK_DISK,     /* waits for the end of its transfer */
};

struct task {
    enum task_state state;
    struct frame frame; /* while it does not run */
    char name[9];
    int awaited; /* TASK_WAITING: the number of that task */
    char *stack;
    uint32_t dispatched, preempted;
    uint32_t wanted;       /* TASK_PAGING: which page (space.h) */
    uint32_t fault_number; /* ... and since which page fault */
    bool transferring;     /* it has asked the disk (svc_io.c) */
};

/* task[n] is the task of number n and storage key n + 1. */
extern struct task task[TASKS];
/* The task that runs, or ran until the interruption; NULL in the wait. */
extern struct task *current;

/* Start a task; its number, or -1 when there is no free entry.  `name` is cut
 * at eight characters. */
int task_start(const char *name, void (*function)(int), int argument);
/* End a task: its entry is free, whoever waited for it may go on. */
void task_end(struct task *t);
/* Make a waiting task ready; `result` is what its service returns. */
void task_wake(struct task *t, int result);
/* Make every task ready that is in this state, to ask for its service again:
 * the instruction address is put back to the SVC. */
void task_wake_retry(enum task_state state);
/* Make one task ready to ask again. */
void task_retry(struct task *t);
/* The running task stops until somebody wakes it.  Returns BLOCKED. */
int task_block(enum task_state state);

/* The end of every interruption: go on with the running task if it may, with
 * the next one otherwise, or wait.  preempt: the others come first. */
void dispatch(bool preempt) __attribute__((noreturn));

/* timer.c: a slice begins.  May the timer interrupt?  Not in the wait. */
void timer_start(void);
void timer_enable(bool on);

#endif
