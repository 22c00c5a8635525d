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

enum { MOST = 31 };

/* Slips between two names, no more than `most` + 1 (the distance of Damerau,
 * with exchanges of neighbours only). */
static int
slips(const char *a, const char *b, int most)
{
    int row[3][MOST + 2];
    int n = (int)strlen(a), m = (int)strlen(b);

    if (n > MOST || m > MOST || n - m > most || m - n > most)
        return most + 1;
    for (int j = 0; j <= m; j++)
        row[0][j] = j;
    for (int i = 1; i <= n; i++) {
        int *now = row[i % 3], *last = row[(i + 2) % 3];

        now[0] = i;
        for (int j = 1; j <= m; j++) {
            int x = toupper((unsigned char)a[i - 1]);
            int y = toupper((unsigned char)b[j - 1]);
            int best = last[j - 1] + (x != y);

            if (last[j] + 1 < best)
                best = last[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && x == toupper((unsigned char)b[j - 2]) &&
                y == toupper((unsigned char)a[i - 2]) &&
                row[(i + 1) % 3][j - 2] + 1 < best)
                best = row[(i + 1) % 3][j - 2] + 1;
            now[j] = best;
        }
    }
    return row[n % 3][m];
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
