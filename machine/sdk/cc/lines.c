/*
 * lines.c - what C has become, line by line: as NASM source, or as bytes of
 * the image with a listing.
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
static void
list_bytes(const struct lines *l, const uint8_t *b, int n)
{
    char text[9 + 2 * MOST_BYTES], *p = put_hex(text, l->base + l->at, 8);

    *p++ = ' ';
    for (int i = 0; i < n; i++)
        p = put_hex(p, b[i], 2);
    while (p < text + 9 + OWN_COLUMNS)
        *p++ = ' ';
    fwrite(text, 1, (size_t)(p - text), l->out);
}

void
lines_bytes(struct lines *l, const uint8_t *b, int n)
{
    if (l->bytes != NULL) {
        memcpy(l->bytes + l->at, b, (size_t)n);
        list_bytes(l, b, n);
    } else {
        fputs(" db `", l->out);
        for (int i = 0; i < n; i++)
            fprintf(l->out, "\\x%02x", b[i]);
        fprintf(l->out, "`%*s; ", 28 - 4 * n, "");
    }
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

    if (l->bytes != NULL) {
        if (!program_address(sym, &addr))
            error_plain("`%s' is used here, but no statement of an assembler "
                        "file defines it",
                        sym);
        lines_word(l, (addr + (uint32_t)offset) & 0xffffff, 4);
        return;
    }
    fputs(" db 0", l->out);
    for (int shift = 16; shift >= 0; shift -= 8)
        fprintf(l->out, ",($%s%+d)>>%d&255", sym, offset, shift);
    fputs(" ; ", l->out);
    l->at += 4;
}

void
lines_zeros(struct lines *l, uint32_t to)
{
    unsigned n = to - l->at;

    if (n == 0)
        return;
    if (l->bytes == NULL)
        fprintf(l->out, " times %u db 0\n", n);
    else {
        memset(l->bytes + l->at, 0, n);
        fprintf(l->out, "%08X 00 (%u times)\n", (unsigned)(l->base + l->at), n);
    }
    l->at = to;
}

void
lines_name(struct lines *l, const char *name, uint32_t at)
{
    if (l->bytes == NULL)
        fprintf(l->out, "$%s equ __c_begin+%u\n", name, (unsigned)at);
    else
        fprintf(l->out, "%08X %16s%s:\n", (unsigned)(l->base + at), "", name);
}
