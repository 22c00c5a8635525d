/*
 * replace.c - first in, first out
 *
 * Frames in the order in which their pages came: a queue in an array, the
 * oldest in front.  A pinned frame keeps its place and is passed over.
 */
#include "replace.h"

#include <s370/insn.h>

static uint32_t queue[FRAMES_AT_MOST];
static uint32_t queued;

static void
fifo_start(uint32_t frames)
{
    queued = 0;
}

static void
fifo_loaded(uint32_t frame, uint32_t page)
{
    queue[queued++] = frame;
}

static void
fifo_freed(uint32_t frame)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < queued; i++)
        if (queue[i] != frame)
            queue[kept++] = queue[i];
    queued = kept;
}

static void
fifo_tick(void)
{
}

static uint32_t
fifo_victim(void)
{
    for (uint32_t i = 0; i < queued; i++)
        if (!frame_pinned(queue[i]))
            return queue[i];
    s370_stop(0xEE43); /* page.c asks only when there is one */
}

const struct replacement replace_fifo = {"fifo",     fifo_start, fifo_loaded,
                                         fifo_freed, fifo_tick,  fifo_victim};
const struct replacement *replacement = &replace_fifo;
