/*
 * snprintf.c - formatting into storage (stdio.h)
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "format.h"

struct buffer {
    struct sink sink; /* first, so that a sink is a buffer */
    char *text;
    size_t size;
};

static void
buffer_put(struct sink *sink, const char *text, size_t len)
{
    struct buffer *b = (struct buffer *)sink;

    if (sink->length >= b->size)
        return;
    if (len > b->size - sink->length)
        len = b->size - sink->length;
    memcpy(b->text + sink->length, text, len);
}

int
vsnprintf(char *buf, size_t size, const char *format, va_list ap)
{
    struct buffer b = {{buffer_put, 0}, buf, size > 0 ? size - 1 : 0};

    __format(&b.sink, format, ap);
    if (size > 0)
        buf[b.sink.length < b.size ? b.sink.length : b.size] = 0;
    return (int)b.sink.length;
}

int
snprintf(char *buf, size_t size, const char *format, ...)
{
    va_list ap;
    int len;

    va_start(ap, format);
    len = vsnprintf(buf, size, format, ap);
    va_end(ap);
    return len;
}

int
vsprintf(char *buf, const char *format, va_list ap)
{
    return vsnprintf(buf, INT_MAX, format, ap);
}

int
sprintf(char *buf, const char *format, ...)
{
    va_list ap;
    int len;

    va_start(ap, format);
    len = vsprintf(buf, format, ap);
    va_end(ap);
    return len;
}
