/*
 * aging.c - least recently used, nearly: ages from samples of reference bits
 *
 * No machine notes the time of each reference.  But a bit that is looked at
 * and turned off at the end of every slice tells in which slices a page was
 * used.  The last eight of these are kept as a number for each frame, the
 * youngest slice in its leftmost bit: it is shifted right by one at each tick.
 * The larger the number, the younger the last use; so the page with the
 * smallest one is, as far as can be known, the least recently used.
 *
 * Between two ticks the bits are newer than all ages: a page whose bit is on
 * now is younger than any whose bit is off.
 */
#include "policies.h"

#include <s370/insn.h>

/* LAB 4 BEGIN - about 30 lines: the ages */
static void
aging_start(uint32_t frames)
{
    (void)frames;
}

static void
aging_loaded(uint32_t frame, uint32_t page)
{
    (void)frame, (void)page;
}

static void
aging_tick(void)
{
}
/* LAB 4 END */

static void
aging_freed(uint32_t frame)
{
    (void)frame;
}

static uint32_t
aging_victim(void)
{
    /* LAB 4 BEGIN - about 15 lines */
    s370_stop(0xEE53);
    /* LAB 4 END */
}

const struct replacement replace_aging = {
    "aging", aging_start, aging_loaded, aging_freed, aging_tick, aging_victim};
