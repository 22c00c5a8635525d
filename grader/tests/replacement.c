/*
 * replacement.c - the policies that others are measured by: examples that can
 * be done by hand, and what must hold for every string.
 */
#include "../replacement.h"

#include <stdbool.h>
#include <string.h>

#include "../../machine/tests/tap.h"

enum { LONGEST = 400, STRINGS = 2000 };

static int32_t outcome[LONGEST], other[LONGEST];

/* ---- by hand ------------------------------------------------------------- */

static void
example(enum replacement_policy policy, unsigned frames, const char *string,
        const char *expected)
{
    int32_t page[LONGEST] = {0};
    char text[LONGEST + 1];
    size_t n = strlen(string);

    for (size_t i = 0; i < n; i++)
        page[i] = string[i] - '0';
    replacement_run(policy, page, n, frames, outcome);
    for (size_t i = 0; i < n; i++)
        text[i] = outcome[i] == REPLACE_HIT    ? '.'
                  : outcome[i] == REPLACE_ROOM ? '+'
                                               : (char)(outcome[i] + '0');
    text[n] = 0;
    if (!ok(strcmp(text, expected) == 0, "%s, %u frames: %s",
            replacement_names[policy], frames, string))
        diag("it is %s, not %s", text, expected);
}

/* Belady, Nelson and Shedler, "An Anomaly in Space-Time Characteristics of
 * Certain Programs Running in a Paging Machine" (1969). */
static void
anomaly(void)
{
    static const int32_t page[] = {1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5};
    enum { N = sizeof(page) / sizeof(page[0]) };

    is(replacement_run(REPLACE_FIFO, page, N, 3, outcome), 9,
       "the anomaly: 9 faults with 3 frames");
    is(replacement_run(REPLACE_FIFO, page, N, 4, outcome), 10, "... 10 with 4");
    is(replacement_run(REPLACE_LRU, page, N, 3, outcome), 10,
       "LRU has 10 with 3 frames");
    is(replacement_run(REPLACE_LRU, page, N, 4, outcome), 8, "... 8 with 4");
    is(replacement_run(REPLACE_OPT, page, N, 3, outcome), 7,
       "OPT has 7 with 3 frames");
    is(replacement_run(REPLACE_OPT, page, N, 4, outcome), 6, "... 6 with 4");
}

/* ---- every string -------------------------------------------------------- */

static uint32_t state = 1;

static unsigned
below(unsigned limit)
{
    state = state * 1664525 + 1013904223;
    return (state >> 8) % limit;
}

/* A string: one half of them with some sense of place, as those of programs
 * have. */
static size_t
make_string(int32_t *page, unsigned pages)
{
    size_t n = 1 + below(LONGEST);
    unsigned place = below(pages), jumps = below(2) == 0 ? 1 : 8;

    for (size_t i = 0; i < n; i++) {
        if (below(jumps) == 0)
            place = below(pages);
        page[i] = (int32_t)((place + below(3)) % pages);
    }
    return n;
}

/* Replay the outcomes with a set of pages: do they make sense at all? */
static bool
makes_sense(const int32_t *page, size_t n, unsigned frames, unsigned pages,
            size_t faults)
{
    bool there[64] = {false};
    size_t counted = 0;
    unsigned used = 0;

    for (size_t i = 0; i < n; i++) {
        if ((outcome[i] == REPLACE_HIT) != there[page[i]])
            return false;
        counted += outcome[i] != REPLACE_HIT;
        if (outcome[i] == REPLACE_ROOM && used++ == frames)
            return false;
        if (outcome[i] >= 0) {
            if (used != frames || outcome[i] >= (int32_t)pages ||
                !there[outcome[i]])
                return false;
            there[outcome[i]] = false;
        }
        there[page[i]] = true;
    }
    return counted == faults;
}

/* The least number of faults by trying every choice; only for short strings. */
static unsigned
fewest(const int32_t *page, size_t n, uint32_t set, unsigned frames)
{
    unsigned best = LONGEST;

    while (n > 0 && (set >> *page & 1) != 0)
        page++, n--;
    if (n == 0)
        return 0;
    if ((unsigned)__builtin_popcount(set) < frames)
        return 1 + fewest(page + 1, n - 1, set | 1u << *page, frames);
    for (uint32_t left = set; left != 0; left &= left - 1) {
        uint32_t out = left & -left;
        unsigned f =
            1 + fewest(page + 1, n - 1, (set & ~out) | 1u << *page, frames);

        best = f < best ? f : best;
    }
    return best;
}

/* With a frame more LRU and OPT have no more faults: their pages with n
 * frames are among those with n + 1.  FIFO and clock can have more. */
static bool
is_stack(enum replacement_policy policy)
{
    return policy == REPLACE_LRU || policy == REPLACE_OPT;
}

static void
every_string(void)
{
    int32_t page[LONGEST];
    unsigned senseless = 0, below_opt = 0, grows = 0, not_lru = 0,
             anomalies = 0;

    for (int s = 0; s < STRINGS; s++) {
        unsigned pages = 1 + below(12), frames = 1 + below(pages);
        size_t n = make_string(page, pages);
        size_t best = replacement_run(REPLACE_OPT, page, n, frames, outcome);

        for (enum replacement_policy p = 0; p < REPLACE_POLICIES; p++) {
            size_t faults = replacement_run(p, page, n, frames, outcome);
            size_t more = replacement_run(p, page, n, frames + 1, other);

            senseless += !makes_sense(page, n, frames, pages, faults);
            below_opt += faults < best;
            grows += is_stack(p) && more > faults;
            anomalies += p == REPLACE_FIFO && more > faults;
            /* LRU's inclusion: what hits with n frames hits with n + 1. */
            for (size_t i = 0; i < n; i++)
                not_lru += p == REPLACE_LRU && outcome[i] == REPLACE_HIT &&
                           other[i] != REPLACE_HIT;
        }
    }
    is(senseless, 0, "%d strings: only pages that are there go, and hit",
       STRINGS);
    is(below_opt, 0, "... no policy has fewer faults than OPT");
    is(grows, 0, "... LRU and OPT have no more with a frame more");
    is(not_lru, 0, "... LRU's pages are among those with a frame more");
    ok(anomalies > 0, "... FIFO has its anomaly");
}

static void
optimum(void)
{
    int32_t page[LONGEST];
    unsigned wrong = 0;

    for (int s = 0; s < 300; s++) {
        unsigned pages = 2 + below(5), frames = 1 + below(3);
        size_t n = make_string(page, pages);

        n = n < 14 ? n : 14;
        wrong += replacement_run(REPLACE_OPT, page, n, frames, outcome) !=
                 fewest(page, n, 0, frames);
    }
    is(wrong, 0, "OPT is the best of all choices, tried one by one");
}

/* With all pages of a string in frames there is one fault a page; with one
 * frame every change of page is one. */
static void
ends(void)
{
    int32_t page[LONGEST];
    unsigned wrong = 0;

    for (int s = 0; s < 200; s++) {
        size_t n = make_string(page, 10), first = 0, changes = 1;
        uint32_t seen = 0;

        for (size_t i = 0; i < n; i++) {
            first += (seen >> page[i] & 1) == 0;
            seen |= 1u << page[i];
            changes += i > 0 && page[i] != page[i - 1];
        }
        for (enum replacement_policy p = 0; p < REPLACE_POLICIES; p++) {
            wrong += replacement_run(p, page, n, 10, outcome) != first;
            wrong += replacement_run(p, page, n, 1, outcome) != changes;
        }
    }
    is(wrong, 0, "one frame, and a frame for every page");
}

int
main(void)
{
    example(REPLACE_FIFO, 3, "0120304", "+++.012");
    example(REPLACE_LRU, 3, "0120304", "+++.1.2");
    example(REPLACE_OPT, 3, "012030413", "+++.2.0..");
    /* All bits are on: the hand goes round once and takes frame 0. */
    example(REPLACE_CLOCK, 3, "01230", "+++01");
    /* The bit of 1 is on again when the hand comes by: 2 goes. */
    example(REPLACE_CLOCK, 3, "012314", "+++0.2");
    /* The hand stands behind the frame that it emptied last. */
    example(REPLACE_CLOCK, 3, "0123456", "+++0123");
    example(REPLACE_CLOCK, 1, "0010", "+.01");
    anomaly();
    every_string();
    optimum();
    ends();
    return done();
}
