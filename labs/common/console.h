/*
 * console.h - the kernel's console driver
 */
#ifndef GOS_CONSOLE_H
#define GOS_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>

#include "io.h"

extern struct io_device console_device;

/* For the running task: queue text up to and with the first '\n', at most a
 * line's length.  Returns how much was taken; BLOCKED when there is no room for
 * tasks in the queue. */
int console_put(const char *text, size_t len);
/* The line that was typed, of at most LINE_BYTES; returns its length, or -1 for
 * one that was cancelled.  BLOCKED: the keyboard opens when the queue is empty,
 * and the running task will ask again. */
int console_take(char *line);
/* A message of the kernel itself, one line of at most 120 characters.  A part
 * of the queue is kept for these.  When that is full, too, the message is lost:
 * the kernel cannot wait. */
void kernel_print(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
/* Is all that was queued on paper? */
bool console_empty(void);
/* The request key of the console or the interrupt key of the machine: tasks
 * that wait for others, or for a card, are told. */
void operator_attention(void);

#endif
