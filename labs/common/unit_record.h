/*
 * unit_record.h - the drivers of card reader and printer, as services use them
 */
#ifndef GOS_UNIT_RECORD_H
#define GOS_UNIT_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "io.h"

enum { CARD_BYTES = 80, PRINT_COLUMNS = 132 };

extern struct io_device reader_device, printer_device;

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
