/*
 * events.c - the queue of events in virtual time
 *
 * A sorted singly linked list: there is at most one event for each device
 * and a few clocks, nearly always added near the front.
 */
#include "events.h"

#include "../internal.h"

void
event_cancel(struct machine *m, struct event *ev)
{
    struct event **p;

    if (!ev->queued)
        return;
    for (p = &m->events; *p != ev; p = &(*p)->next)
        ;
    *p = ev->next;
    ev->queued = false;
}

void
event_add(struct machine *m, struct event *ev, uint64_t when_ns)
{
    struct event **p;

    event_cancel(m, ev);
    ev->when_ns = when_ns;
    for (p = &m->events; *p != NULL; p = &(*p)->next) {
        if ((*p)->when_ns > when_ns ||
            ((*p)->when_ns == when_ns && (*p)->order > ev->order))
            break;
    }
    ev->next = *p;
    ev->queued = true;
    *p = ev;
}

uint64_t
events_next(const struct machine *m)
{
    return m->events == NULL ? UINT64_MAX : m->events->when_ns;
}

void
events_run(struct machine *m)
{
    while (m->events != NULL && m->events->when_ns <= m->now_ns) {
        struct event *ev = m->events;

        m->events = ev->next;
        ev->queued = false;
        ev->fn(m, ev->ctx);
    }
}
