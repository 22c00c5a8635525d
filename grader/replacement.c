/*
 * replacement.c - FIFO, clock, LRU and OPT in plain C
 *
 * All four are the same loop: a page that is not in a frame is a fault; a
 * frame that is free takes it, else the policy names the frame that has to be
 * emptied.  They differ in what they look at: when a page came (FIFO), whether
 * it was used since the hand came by (clock), when it was used last (LRU),
 * when it will be used next (OPT).
 *
 * A reference sets the bit of its frame, also the one that is a fault: the
 * instruction is executed again when the page has come.  That is how the
 * machine does it, and decides where the clock's hand stops.
 *
 * Sources: L. A. Belady, "A Study of Replacement Algorithms for a Virtual-
 * Storage Computer", IBM Systems Journal 5 (1966); F. J. Corbato, "A Paging
 * Experiment with the Multics System" (1968) for the clock.
 */
#include "replacement.h"

#include <stdbool.h>

const char *const replacement_names[REPLACE_POLICIES + 1] = {"fifo", "clock",
                                                             "lru", "opt"};

struct pool {
    struct {
        int32_t page;
        size_t loaded, used; /* the references that did it */
        bool referenced;
    } frame[FRAMES_MAX];
    unsigned frames, filled, hand;
};

static unsigned
oldest(const struct pool *p)
{
    unsigned best = 0;

    for (unsigned f = 1; f < p->frames; f++)
        if (p->frame[f].loaded < p->frame[best].loaded)
            best = f;
    return best;
}

/* Ends: a frame that the hand has passed has its bit off, so the second turn
 * finds one. */
static unsigned
under_hand(struct pool *p)
{
    unsigned found;

    while (p->frame[p->hand].referenced) {
        p->frame[p->hand].referenced = false;
        p->hand = (p->hand + 1) % p->frames;
    }
    found = p->hand;
    p->hand = (p->hand + 1) % p->frames;
    return found;
}

static unsigned
least_recent(const struct pool *p)
{
    unsigned best = 0;

    for (unsigned f = 1; f < p->frames; f++)
        if (p->frame[f].used < p->frame[best].used)
            best = f;
    return best;
}

/* Among pages that are never used again it does not matter which one goes. */
static unsigned
farthest(const struct pool *p, const int32_t *page, size_t from, size_t n)
{
    size_t best_next = 0;
    unsigned best = 0;

    for (unsigned f = 0; f < p->frames; f++) {
        size_t next = from;

        while (next < n && page[next] != p->frame[f].page)
            next++;
        if (next > best_next) {
            best_next = next;
            best = f;
        }
    }
    return best;
}

static unsigned
victim(enum replacement_policy policy, struct pool *p, const int32_t *page,
       size_t now, size_t n)
{
    switch (policy) {
    case REPLACE_FIFO:
        return oldest(p);
    case REPLACE_CLOCK:
        return under_hand(p);
    case REPLACE_LRU:
        return least_recent(p);
    default:
        return farthest(p, page, now + 1, n);
    }
}

static unsigned
frame_with(const struct pool *p, int32_t page)
{
    unsigned f = 0;

    while (f < p->filled && p->frame[f].page != page)
        f++;
    return f;
}

size_t
replacement_run(enum replacement_policy policy, const int32_t *page, size_t n,
                unsigned frames, int32_t *outcome)
{
    struct pool p = {.frames = frames};
    size_t faults = 0;

    for (size_t now = 0; now < n; now++) {
        unsigned f = frame_with(&p, page[now]);

        outcome[now] = REPLACE_HIT;
        if (f == p.filled) {
            faults++;
            outcome[now] = REPLACE_ROOM;
            if (p.filled == frames) {
                f = victim(policy, &p, page, now, n);
                outcome[now] = p.frame[f].page;
            } else {
                p.filled++;
            }
            p.frame[f].page = page[now];
            p.frame[f].loaded = now;
        }
        p.frame[f].used = now;
        p.frame[f].referenced = true;
    }
    return faults;
}
