/*
 * near.c - the name that was meant: "did you mean ...?"
 *
 * Of the names that could stand in a place, the one that takes the fewest
 * slips of the fingers: a letter wrong, left out, too many, or two exchanged.
 * Only capitals instead of small letters are no slip at all.
 */
#include "cc.h"

#include <ctype.h>
#include <string.h>

static bool
alike(char a, char b)
{
    return toupper((unsigned char)a) == toupper((unsigned char)b);
}

static int
least(int a, int b)
{
    return a < b ? a : b;
}

/* Slips between two names, no more than `most` + 1: the first one, and those
 * behind it. */
static int
slips(const char *a, const char *b, int most)
{
    int behind = most;

    for (; *a != '\0' && alike(*a, *b); a++)
        b++;
    if (*a == '\0' && *b == '\0')
        return 0;
    if (most == 0)
        return 1;
    if (*a != '\0' && *b != '\0')
        behind = least(behind, slips(a + 1, b + 1, most - 1));
    if (*a != '\0' && *b != '\0' && alike(*a, b[1]) && alike(a[1], *b))
        behind = least(behind, slips(a + 2, b + 2, most - 1));
    if (*a != '\0')
        behind = least(behind, slips(a + 1, b, most - 1));
    if (*b != '\0')
        behind = least(behind, slips(a, b + 1, most - 1));
    return behind + 1;
}

void
near_begin(struct near *near, const char *word)
{
    size_t n = strlen(word);

    near->word = word;
    near->best = NULL;
    /* In a short name one slip makes another name, not the same misspelt. */
    near->slips = n < 3 ? 1 : n < 6 ? 2 : 3;
}

void
near_try(struct near *near, const char *name)
{
    size_t n = strlen(near->word);
    bool longer = near->best != NULL && strlen(near->best) != n;
    int found;

    if (name == NULL || strcmp(name, near->word) == 0)
        return;
    found = slips(near->word, name, near->slips);
    /* Of equals, two letters exchanged before one left out. */
    if (found < near->slips ||
        (found == near->slips && longer && strlen(name) == n)) {
        near->slips = found;
        near->best = name;
    }
}

const char *
near_hint(const struct near *near)
{
    return near->best == NULL ? ""
                              : cc_format(": did you mean `%s'?", near->best);
}
