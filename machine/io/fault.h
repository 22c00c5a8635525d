/*
 * fault.h - faults that are scripted for devices
 *
 * The channel asks here before it sends a command and when one has ended;
 * devices know nothing of it, so that every type can fail.
 */
#ifndef IO_FAULT_H
#define IO_FAULT_H

#include "channel.h"

/* START I/O is about to reach a free device: does a fault make it busy?  This
 * counts as one attempt.  0, or the status: busy; with status modifier it is
 * the control unit that is busy. */
uint8_t fault_busy(struct device *dev);
/* The same, if the device or its control unit is busy already. */
uint8_t fault_is_busy(const struct device *dev);
/* A command is about to be sent: 0, or the status that refuses it, with the
 * sense bytes set. */
uint8_t fault_start(struct device *dev, uint8_t code);
/* A command has ended well: what its unit status gets besides. */
uint8_t fault_end(struct device *dev, uint8_t code);
/* System reset: what is left of a fault's time is over. */
void fault_reset(struct device *dev);
void fault_free(struct device *dev);
/* The faults, for a snapshot. */
void fault_state(struct device *dev, struct state *s);

#endif
