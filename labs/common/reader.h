/*
 * reader.h - the card reader 3505 at 00C
 */
#ifndef GOS_READER_H
#define GOS_READER_H

#include "io.h"

enum { CARD_BYTES = 80 };

extern struct io_device reader_device;

/* The next card, if one is at hand: CARD_BYTES, and it is in *card; 0 at the
 * end of the deck; -1 for a card that could not be read.  Otherwise BLOCKED:
 * one is being read, and who is TASK_CARD will ask again. */
int reader_take(char *card);

#endif
