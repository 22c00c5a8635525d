/*
 * fifo.c - first in, first out: the page that came first has to go
 *
 * What must be known is the order in which the pages came that are there now.
 * Nothing else counts, above all not whether a page is in use.
 *
 * page.c calls these functions in the kernel, disabled, and never two of them
 * at once.  It tells freed() of every frame whose page has gone, be it a victim
 * or because its task has ended.
 */
#include "policies.h"

#include <s370/insn.h>

/* LAB 4 BEGIN - about 30 lines: the order, and the three events that change it.
 * Question: why is it not enough to count upwards from 0 to frames - 1? */
static uint32_t queue[FRAMES_AT_MOST]; /* frames; the oldest page in front */
static uint32_t queued;

static void
fifo_start(uint32_t frames)
{
    (void)frames;
    queued = 0;
}

static void
fifo_loaded(uint32_t frame, uint32_t page)
{
    (void)page;
    queue[queued++] = frame;
}

/* The others close up.  Two dozen frames at most: a list would not be faster.
 */
static void
fifo_freed(uint32_t frame)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < queued; i++)
        if (queue[i] != frame)
            queue[kept++] = queue[i];
    queued = kept;
}
/* LAB 4 END */

static void
fifo_tick(void)
{
}

static uint32_t
fifo_victim(void)
{
    /* LAB 4 BEGIN - about 4 lines */
    uint32_t i = 0;

    while (frame_pinned(queue[i]))
        i++;
    return queue[i];
    /* LAB 4 END */
}

const struct replacement replace_fifo = {"fifo",     fifo_start, fifo_loaded,
                                         fifo_freed, fifo_tick,  fifo_victim};
