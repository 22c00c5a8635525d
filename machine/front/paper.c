/*
 * paper.c - what a console has printed, for scrolling back
 *
 * The paper of a 3215 has 126 print positions and no end; the last 2000 lines
 * are kept, in a ring.
 */
#include <stdlib.h>
#include <string.h>

#include "console.h"

int
paper_init(struct paper *p)
{
    p->lines = calloc(PAPER_LINES, sizeof(*p->lines));
    p->first = 0;
    p->count = 1;
    return p->lines == NULL ? -1 : 0;
}

void
paper_free(struct paper *p)
{
    free(p->lines);
    p->lines = NULL;
}

const struct paper_line *
paper_from_end(const struct paper *p, unsigned n)
{
    return &p->lines[(p->first + p->count - 1 - n) % PAPER_LINES];
}

static struct paper_line *
last_line(struct paper *p)
{
    return &p->lines[(p->first + p->count - 1) % PAPER_LINES];
}

static void
new_line(struct paper *p)
{
    if (p->count == PAPER_LINES)
        p->first = (p->first + 1) % PAPER_LINES;
    else
        p->count++;
    last_line(p)->length = 0;
}

unsigned
paper_print(struct paper *p, const char *text, size_t len)
{
    const uint8_t *c = (const uint8_t *)text, *end = c + len;
    struct paper_line *line = last_line(p);
    unsigned begun = 0;
    uint8_t latin1;

    while (c < end) {
        if (*c == '\n' || line->length == PAPER_COLUMNS) {
            new_line(p);
            line = last_line(p);
            begun++;
        }
        latin1 = *c++;
        if (latin1 == '\n')
            continue;
        if (latin1 >= 0xC0 && c < end) /* U+00A0 to U+00FF: two bytes */
            latin1 = (uint8_t)(latin1 << 6 | (*c++ & 0x3F));
        line->text[line->length++] = latin1;
    }
    return begun;
}
