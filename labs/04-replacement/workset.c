/*
 * workset.c - working sets: a page that is not in use goes, wanted or not
 *
 * The working set of a program is what it has used within a window of time.
 * It should be in storage, all of it, or the program is not worth running; and
 * nothing else should be, as others can use the frames.  So this policy does
 * not wait until it is asked for a victim: a page that was not used in the
 * last WINDOW slices is given up at the tick that finds it so.
 *
 *   tick 5: used in the slice that ends     -> last use 5
 *   tick 6, 7, 8: not used                  -> stays, WINDOW being 4
 *   tick 9: not used in slices 6 to 9       -> given up
 *
 * frame_give_up() calls freed() before it returns.
 */
#include "policies.h"

#include <s370/insn.h>

/* LAB 4 BEGIN - about 35 lines: when each page was used last, and who goes */
static void
workset_start(uint32_t frames)
{
    (void)frames;
}

static void
workset_loaded(uint32_t frame, uint32_t page)
{
    (void)frame, (void)page;
}

static void
workset_tick(void)
{
}
/* LAB 4 END */

static void
workset_freed(uint32_t frame)
{
    (void)frame;
}

/* The working sets do not fit: the page goes that was used the longest ago. One
 * that was used since the tick is younger than all others. */
static uint32_t
workset_victim(void)
{
    /* LAB 4 BEGIN - about 15 lines */
    s370_stop(0xEE54);
    /* LAB 4 END */
}

const struct replacement replace_workset = {"working set",  workset_start,
                                            workset_loaded, workset_freed,
                                            workset_tick,   workset_victim};
