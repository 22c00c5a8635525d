/*
 * drivers.h - what console, card reader and printer do for the kernel
 */
#ifndef GOS_DRIVERS_H
#define GOS_DRIVERS_H

#include <stdbool.h>
#include <stddef.h>

#include "io.h"

enum { CARD_BYTES = 80, PRINT_COLUMNS = 132 };

extern struct io_device console_device, reader_device, printer_device;

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

/* The next card, if one is at hand: CARD_BYTES, and it is in *card; 0 at the
 * end of the deck; -1 for a card that could not be read.  Otherwise BLOCKED:
 * one is being read, and the running task will ask again. */
int reader_take(char *card);
/* Queue a line: a control character (svc.h) and up to PRINT_COLUMNS others.
 * 0; -1 when there is no such control character or no printer; BLOCKED when
 * the queue is full, and the running task will ask again. */
int printer_put(const char *text, size_t len);
/* Is all that was queued on paper? */
bool printer_empty(void);

#endif
