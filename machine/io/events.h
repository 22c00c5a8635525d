/*
 * events.h - what will happen, in order of virtual time
 *
 * One queue per machine.  An event belongs to whoever contains its struct
 * (each device has one); the queue only links it in.  Order: time first, then
 * device address, then the order in which they were added, so that two runs
 * with the same input do the same things in the same order.
 */
#ifndef IO_EVENTS_H
#define IO_EVENTS_H

#include <stdbool.h>
#include <stdint.h>

struct machine;

struct event {
    struct event *next;
    uint64_t when_ns; /* virtual time */
    uint16_t order;   /* device address; decides between equal times */
    bool queued;
    uint32_t place; /* in the queue of a snapshot that is being loaded */
    void (*fn)(struct machine *m, void *ctx);
    void *ctx;
};

/* Put `ev` (fn, ctx and order are set) into the queue at an absolute virtual
 * time; an event that is queued already is moved.  It is taken out before
 * fn() is called, which may add it again. */
void event_add(struct machine *m, struct event *ev, uint64_t when_ns);
/* Take it out; nothing happens when it is not queued. */
void event_cancel(struct machine *m, struct event *ev);

#endif
