/*
 * printer.h - the printer 1403 at 00E
 */
#ifndef GOS_PRINTER_H
#define GOS_PRINTER_H

#include <stdbool.h>
#include <stddef.h>

#include "io.h"

enum { PRINT_COLUMNS = 132 };

extern struct io_device printer_device;

/* Queue a line: a control character (svc.h) and up to PRINT_COLUMNS others.
 * 0; -1 when there is no such control character or no printer; BLOCKED when
 * the queue is full: who is TASK_PRINTING will ask again. */
int printer_put(const char *text, size_t len);
/* Is all that was queued on paper? */
bool printer_empty(void);

#endif
