/*
 * sheet.c - all 3215 consoles of a machine on one output stream
 *
 * With one console in the machine its paper is the stream, character by
 * character.  With more, each line begins with the address of its console,
 * and a console that finds another's line unfinished begins a new one.
 */
#include "sheet.h"

#include <stdlib.h>
#include <string.h>

enum { CONSOLES_MAX = 0x700 };

struct writer {
    struct sheet *sheet;
    uint16_t devno;
};

struct sheet {
    struct machine *m;
    FILE *out;
    bool line_begun;
    uint16_t last; /* the console that began the line */
    unsigned consoles;
    struct writer writer[CONSOLES_MAX];
};

static void
print_piece(struct sheet *s, uint16_t devno, const char *text, size_t len)
{
    if (s->line_begun && s->last != devno)
        sheet_new_line(s);
    if (!s->line_begun && s->consoles > 1)
        fprintf(s->out, "%04X: ", devno);
    fwrite(text, 1, len, s->out);
    s->line_begun = text[len - 1] != '\n';
    s->last = devno;
}

/* Text of one console, cut into pieces that end with their line. */
static void
print(void *ctx, const char *text, size_t len)
{
    const struct writer *w = ctx;
    const char *end;
    size_t piece;

    while (len > 0) {
        end = memchr(text, '\n', len);
        piece = end == NULL ? len : (size_t)(end - text) + 1;
        print_piece(w->sheet, w->devno, text, piece);
        text += piece;
        len -= piece;
    }
    fflush(w->sheet->out);
}

static void
listen_to(void *ctx, uint16_t devno, const char *type, const char *description)
{
    struct sheet *s = ctx;
    struct writer *w = &s->writer[devno];

    (void)description;
    if (strcmp(type, "3215") != 0)
        return;
    w->sheet = s;
    w->devno = devno;
    s->consoles++;
    machine_console_listen(s->m, devno, print, w);
}

struct sheet *
sheet_open(struct machine *m, FILE *out)
{
    struct sheet *s = calloc(1, sizeof(*s));

    if (s == NULL)
        return NULL;
    s->m = m;
    s->out = out;
    sheet_refresh(s);
    return s;
}

void
sheet_refresh(struct sheet *s)
{
    s->consoles = 0;
    machine_devices(s->m, listen_to, s);
}

void
sheet_new_line(struct sheet *s)
{
    if (s->line_begun)
        putc('\n', s->out);
    s->line_begun = false;
}

void
sheet_close(struct sheet *s)
{
    if (s != NULL)
        sheet_new_line(s);
    free(s);
}
