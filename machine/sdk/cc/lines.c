/*
 * lines.c - what C has become, line by line: bytes of the image, and a listing.
 *
 * Each line has some bytes, and behind them what the caller prints to `out`,
 * a newline at its end.
 */
#include "emit.h"

#include <string.h>

#include "program.h"

enum { MOST_BYTES = 16, OWN_COLUMNS = 16 }; /* of a line, for its bytes */

static char *
put_hex(char *p, uint32_t value, int digits)
{
    while (digits-- > 0)
        *p++ = "0123456789ABCDEF"[value >> 4 * digits & 15];
    return p;
}

/* A listing has a line for each instruction: printf() would take longer than
 * to make them. */
void
lines_bytes(struct lines *l, const uint8_t *b, int n)
{
    char text[9 + 2 * MOST_BYTES], *p = put_hex(text, l->base + l->at, 8);

    *p++ = ' ';
    for (int i = 0; i < n; i++)
        p = put_hex(p, b[i], 2);
    while (p < text + 9 + OWN_COLUMNS)
        *p++ = ' ';
    fwrite(text, 1, (size_t)(p - text), l->out);
    if (l->bytes != NULL)
        memcpy(l->bytes + l->at, b, (size_t)n);
    l->at += (uint32_t)n;
}

void
lines_word(struct lines *l, uint32_t v, int n)
{
    uint8_t b[4] = {(uint8_t)(v >> 24), (uint8_t)(v >> 16), (uint8_t)(v >> 8),
                    (uint8_t)v};

    lines_bytes(l, b + 4 - n, n);
}

void
lines_address(struct lines *l, const char *sym, int32_t offset)
{
    uint32_t addr = 0;

    if (!program_address(sym, &addr) && l->bytes != NULL)
        error_plain("`%s' is used here, but no statement of an assembler "
                    "file defines it",
                    sym);
    lines_word(l, (addr + (uint32_t)offset) & 0xffffff, 4);
}

void
lines_zeros(struct lines *l, uint32_t to)
{
    unsigned n = to - l->at;

    if (n == 0)
        return;
    fprintf(l->out, "%08X 00 (%u times)\n", (unsigned)(l->base + l->at), n);
    l->at = to;
}

void
lines_name(struct lines *l, const char *name, uint32_t at)
{
    fprintf(l->out, "%08X %16s%s:\n", (unsigned)(l->base + at), "", name);
}
