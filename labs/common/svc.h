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
    SVC_CARD,
    SVC_PRINT,
    SVC_DISK_READ,
    SVC_DISK_WRITE,
    SVC_DISK_FORMAT,
    SVC_PAGES,
    SVC_COUNT,
};

/* What SVC_INFO tells of a task. */
struct task_info {
    char name[9];
    char state[9];
    uint32_t dispatched; /* times it got the CPU */
    uint32_t preempted;  /* times the interval timer took it away */
};

/* With paging a task has this storage for itself, all zeros at the start.  Its
 * stack begins at the end and grows down. */
enum { PRIVATE_START = 0x080000, PRIVATE_PAGES = 64 };

/* What SVC_PAGES tells. */
struct paging_info {
    char algorithm[9];
    uint32_t frames, free;
    uint32_t slots, slots_taken; /* pages that fit on the disk, and are there */
    uint32_t faults, page_ins, page_outs, zero_fills;
};

/* The same, for tasks.  -1 is an error: bad arguments, or as said. */

/* End this task. */
void svc_exit(void) __attribute__((noreturn));
/* Put text on the console, up to and with the first '\n', at most a line's
 * length.  Returns how many characters were taken; waits for room. */
int svc_write(const char *text, size_t len);
/* Read a line into buf, which must be the task's own storage, without a 0 or
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
/* Tell about paging; -1 when there is no paging disk. */
int svc_pages(struct paging_info *info);
/* Stop the machine. */
void svc_shutdown(void) __attribute__((noreturn));

/* Read the next card into card, 80 bytes on the task's own stack.  Waits for
 * it.  Returns 80; 0 at the end of the deck; -1 also when the card could not be
 * read (it has gone by); -2 when the operator asks for attention meanwhile. */
int svc_card(char card[80]);
/* Print a line, at most 132 characters behind the first one, which says what
 * the paper does before: ' ' '0' '-' space one, two, three lines; '+' nothing,
 * the line is printed over the last one; '1' to '9', 'A', 'B', 'C' skip to that
 * channel of the carriage tape, '1' being the top of the next page.  Waits for
 * room in the queue, not for the printer.  Returns 0. */
int svc_print(const char *text, size_t len);
/* Read or write the first len bytes of a record of the disk at 190, at most
 * 4096; of a record that is written the rest becomes zeros.  Records are
 * numbered from 0, three a track, 57 a cylinder.  Returns 0 when it is done; -1
 * also when the disk could not do it. */
int svc_disk_read(uint32_t record, void *data, size_t len);
int svc_disk_write(uint32_t record, const void *data, size_t len);
/* Format the track of the record: all its three become zeros. */
int svc_disk_format(uint32_t record);

#endif
