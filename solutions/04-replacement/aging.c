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
static uint8_t age[FRAMES_AT_MOST];
static uint32_t limit;

static void
aging_start(uint32_t frames)
{
    limit = frames;
}

/* It has no history.  Its first reference is about to turn its bit on. */
static void
aging_loaded(uint32_t frame, uint32_t page)
{
    (void)page;
    age[frame] = 0;
}

/* A page that is pinned cannot have been used: its task waits for it. */
static void
aging_tick(void)
{
    for (uint32_t f = 0; f < limit; f++) {
        if (frame_pinned(f))
            continue;
        age[f] >>= 1;
        if (frame_referenced(f))
            age[f] |= 0x80;
        frame_clear_reference(f);
    }
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
    uint32_t best = 0, best_age = 0x200; /* more than any has */

    for (uint32_t f = 0; f < limit; f++) {
        uint32_t a = age[f];

        if (frame_pinned(f))
            continue;
        if (frame_referenced(f))
            a |= 0x100;
        if (a < best_age) {
            best_age = a;
            best = f;
        }
    }
    return best;
    /* LAB 4 END */
}

const struct replacement replace_aging = {
    "aging", aging_start, aging_loaded, aging_freed, aging_tick, aging_victim};
