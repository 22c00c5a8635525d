/*
 * own.c - a policy of your own
 *
 * It may use whatever the interface tells: reference and change bits, ticks,
 * the order of events, and the numbers of pages, which come again when a page
 * comes again.  It is measured by its faults, between those of FIFO and those
 * of Belady's optimum.  Say below what it is, why it should be good, and for
 * which programs it is not.
 */
#include "policies.h"

#include <s370/insn.h>

/* LAB 4 BEGIN - your policy: any number of lines */
/*
 * Two queues (after T. Johnson and D. Shasha, "2Q: A Low Overhead High
 * Performance Buffer Management Replacement Algorithm", 1994).
 *
 * A page that comes for the first time is on trial: first in, first out, in a
 * queue that shall have no more than a quarter of the frames.  Pages that are
 * read once, as in a scan, pass through it and harm nobody.  Its number is
 * remembered for some time.  When it comes again in this time it is one of
 * those that are used again and again, and becomes a resident: residents
 * leave by the clock's rule, a second chance for who was used.
 *
 * In a loop that is a little larger than storage, where FIFO, LRU and clock
 * always take just the page that is needed next, residents stay and hit.  It
 * is not good for a program that moves to new pages often and uses each many
 * times: they are tried one after the other before they are let in.
 */
struct queue {
    uint32_t entry[FRAMES_AT_MOST], n;
};
static struct queue trial, residents; /* frames */
static struct queue remembered;       /* pages that left from their trial */
static uint32_t page_in[FRAMES_AT_MOST], trial_size, memory;

static void
add(struct queue *q, uint32_t entry)
{
    q->entry[q->n++] = entry;
}

/* Take entry i out of the queue. */
static uint32_t
take(struct queue *q, uint32_t i)
{
    uint32_t entry = q->entry[i];

    for (q->n--; i < q->n; i++)
        q->entry[i] = q->entry[i + 1];
    return entry;
}

/* Was it there, and is not any more? */
static bool
forget(struct queue *q, uint32_t entry)
{
    for (uint32_t i = 0; i < q->n; i++)
        if (q->entry[i] == entry) {
            take(q, i);
            return true;
        }
    return false;
}

static void
own_start(uint32_t frames)
{
    trial.n = residents.n = remembered.n = 0;
    trial_size = frames < 4 ? 1 : frames / 4;
    memory = frames;
}

static void
own_loaded(uint32_t frame, uint32_t page)
{
    page_in[frame] = page;
    add(forget(&remembered, page) ? &residents : &trial, frame);
}

static void
own_freed(uint32_t frame)
{
    if (!forget(&trial, frame)) {
        forget(&residents, frame);
        return;
    }
    if (remembered.n == memory)
        take(&remembered, 0);
    add(&remembered, page_in[frame]);
}

static void
own_tick(void)
{
}

/* The first of a queue that may leave; its frame, or FRAMES_AT_MOST. */
static uint32_t
first_of(const struct queue *q)
{
    for (uint32_t i = 0; i < q->n; i++)
        if (!frame_pinned(q->entry[i]))
            return q->entry[i];
    return FRAMES_AT_MOST;
}

/* The same among residents; those that were used go to the end first. */
static uint32_t
first_resident(void)
{
    for (uint32_t i = 0; i < residents.n; i++) {
        uint32_t frame = residents.entry[0];

        if (!frame_pinned(frame)) {
            if (!frame_referenced(frame))
                return frame;
            frame_clear_reference(frame);
        }
        add(&residents, take(&residents, 0));
    }
    return first_of(&residents);
}

static uint32_t
own_victim(void)
{
    uint32_t tried = first_of(&trial), resident;

    if (trial.n > trial_size && tried < FRAMES_AT_MOST)
        return tried;
    resident = first_resident();
    return resident < FRAMES_AT_MOST ? resident : tried;
}
/* LAB 4 END */

const struct replacement replace_own = {"own",     own_start, own_loaded,
                                        own_freed, own_tick,  own_victim};
