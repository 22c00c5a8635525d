/*
 * replacement.h - page replacement, as it should be
 *
 * What a policy does with a string of page references is settled by the
 * string, the number of frames and the policy.  These are the policies in
 * plain C, for the host; tests compare what a system on the machine does.
 */
#ifndef GRADER_REPLACEMENT_H
#define GRADER_REPLACEMENT_H

#include <stddef.h>
#include <stdint.h>

enum replacement_policy {
    REPLACE_FIFO,  /* the page that came first */
    REPLACE_CLOCK, /* the first, from the hand on, without its reference bit */
    REPLACE_LRU,   /* the page whose last reference is the longest ago */
    REPLACE_OPT,   /* the page whose next reference is the farthest away */
    REPLACE_POLICIES,
};

extern const char *const replacement_names[REPLACE_POLICIES + 1]; /* NULL */

enum { FRAMES_MAX = 256 };

/* What reference i of a string led to, if not to the number of a page that
 * had to go. */
#define REPLACE_HIT (-1)  /* the page was there */
#define REPLACE_ROOM (-2) /* a fault; a frame was free */

/* Refer to the n pages of `page` with `frames` frames (1 to FRAMES_MAX) that
 * are free at first and are taken in the order of their numbers.  Returns the
 * number of faults; outcome[i] is a page number or one of the above. */
size_t replacement_run(enum replacement_policy policy, const int32_t *page,
                       size_t n, unsigned frames, int32_t *outcome);

#endif
