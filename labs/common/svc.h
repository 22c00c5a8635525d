/*
 * svc.h - the services of GOS: what a task may ask the kernel for
 *
 * A task runs in the problem state and can do no I/O, touch no other task and
 * stop nothing.  What it wants it asks for with SUPERVISOR CALL: the number
 * below is part of the instruction, arguments are in R0, R1 and R2, the
 * result comes back in R15.  user.asm makes C functions of that.
 */
#ifndef GOS_SVC_H
#define GOS_SVC_H

#include <stddef.h>
#include <stdint.h>

enum {
    SVC_EXIT,
    SVC_WRITE,
    SVC_READ,
    SVC_YIELD,
    SVC_TIME,
    SVC_SPAWN,
    SVC_WAIT,
    SVC_CANCEL,
    SVC_INFO,
    SVC_SHUTDOWN,
    SVC_COUNT,
};

/* What SVC_INFO tells of a task. */
struct task_info {
    char name[9];
    char state[9];
    uint32_t dispatched; /* times it got the CPU */
    uint32_t preempted;  /* times the interval timer took it away */
};

/* The same, for tasks.  -1 is an error: bad arguments, or as said. */

/* End this task. */
void svc_exit(void) __attribute__((noreturn));
/* Put text on the console, up to and with the first '\n', at most a line's
 * length.  Returns how many characters were taken; waits for room. */
int svc_write(const char *text, size_t len);
/* Read a line into buf, which must be on the task's own stack, without a 0 or
 * '\n' behind it.  Waits for the operator.  Returns its length; -1 also when
 * the operator pressed the cancel key. */
int svc_read(char *buf, size_t size);
/* Let the other tasks run first. */
void svc_yield(void);
/* Seconds since midnight. */
int svc_time(void);
/* Start a task that calls function(argument).  Returns its number; -1 when
 * there are too many tasks. */
int svc_spawn(const char *name, void (*function)(int), int argument);
/* Wait until task `number` is gone: 0; -1 when the operator asks for
 * attention meanwhile. */
int svc_wait(int number);
/* End another task. */
int svc_cancel(int number);
/* Tell about task `number`; -1 when there is none. */
int svc_info(int number, struct task_info *info);
/* Stop the machine. */
void svc_shutdown(void) __attribute__((noreturn));

#endif
