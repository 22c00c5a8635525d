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

static void
begin_bytes(struct lines *l, const uint8_t *b, int n)
{
    if (l->bytes == NULL) {
        fputs(" db `", l->out);
        for (int i = 0; i < n; i++)
            fprintf(l->out, "\\x%02x", b[i]);
        fprintf(l->out, "`%*s; ", 28 - 4 * n, "");
        return;
    }
    memcpy(l->bytes + l->at, b, (size_t)n);
    fprintf(l->out, "%08X ", (unsigned)(l->base + l->at));
    for (int i = 0; i < n; i++)
        fprintf(l->out, "%02X", b[i]);
    fprintf(l->out, "%*s", 16 - 2 * n, "");
}

void
lines_bytes(struct lines *l, const uint8_t *b, int n)
{
    begin_bytes(l, b, n);
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
