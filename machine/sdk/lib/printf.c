/*
 * printf.c - formatting for the console (stdio.h)
 *
 * A typewriter likes whole lines: the pieces of one call are gathered and
 * written when the buffer is full and at the end of the call.
 */
#include <s370/console.h>
#include <stdio.h>
#include <string.h>

#include "format.h"

struct gather {
    struct sink sink; /* first, so that a sink is a gather */
    size_t used;
    char text[128];
};

static void
gather_put(struct sink *sink, const char *text, size_t len)
{
    struct gather *g = (struct gather *)sink;

    while (len > 0) {
        size_t part = sizeof(g->text) - g->used;

        if (part > len)
            part = len;
        memcpy(g->text + g->used, text, part);
        g->used += part;
        text += part;
        len -= part;
        if (g->used == sizeof(g->text)) {
            console_write(g->text, g->used);
            g->used = 0;
        }
    }
}

int
vprintf(const char *format, va_list ap)
{
    struct gather g;

    g.sink.put = gather_put;
    g.sink.length = 0;
    g.used = 0;
    __format(&g.sink, format, ap);
    if (g.used > 0)
        console_write(g.text, g.used);
    return (int)g.sink.length;
}

int
printf(const char *format, ...)
{
    va_list ap;
    int len;

    va_start(ap, format);
    len = vprintf(format, ap);
    va_end(ap);
    return len;
}
