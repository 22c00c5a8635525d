/*
 * slot.h - the paging disk: a slot for each page that tasks have used
 */
#ifndef GOS_SLOT_H
#define GOS_SLOT_H

#include <stdbool.h>
#include <stdint.h>

enum { SLOTS = 285, NO_SLOT = SLOTS }; /* five cylinders of a 3330 */

void slot_start(void);
/* A slot that nobody has; NO_SLOT when there is none. */
uint32_t slot_take(void);
void slot_release(uint32_t slot);
uint32_t slots_taken(void);
/* Write the frame into the slot, or read it from there.  page_moved() is
 * called when it is over. */
void slot_transfer(uint32_t slot, uint32_t frame, bool write);

#endif
