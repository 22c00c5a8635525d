/*
 * line_input.c - lines from a file descriptor, without waiting if need be
 *
 * A file is always ready; a pipe or a terminal is asked with poll() whether
 * anything has come, so that the machine can run on meanwhile.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "console.h"

enum { LINE_BYTES_MAX = 65536 };

static bool
ready(const struct line_input *in, bool wait)
{
    struct pollfd p = {.fd = in->fd, .events = POLLIN};
    int n;

    do
        n = poll(&p, 1, wait ? -1 : 0);
    while (n < 0 && errno == EINTR);
    return n != 0;
}

/* Read what there is; false at the end of the file. */
static bool
fill(struct line_input *in)
{
    ssize_t n;

    if (in->start > 0) {
        memmove(in->buf, in->buf + in->start, in->len);
        in->start = 0;
    }
    if (in->len + 2 > in->room) {
        size_t room = in->room == 0 ? 4096 : 2 * in->room;
        char *buf = realloc(in->buf, room);

        if (buf == NULL) {
            fprintf(stderr, "console: no memory for an input line\n");
            exit(2);
        }
        in->buf = buf;
        in->room = room;
    }
    do
        n = read(in->fd, in->buf + in->len, in->room - in->len - 1);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        fprintf(stderr, "console: the input cannot be read: %s\n",
                strerror(errno));
    if (n <= 0)
        return false;
    in->len += (size_t)n;
    return true;
}

/* Give the first len_bytes bytes; `end` more separate them from the rest. */
static enum line_state
give(struct line_input *in, size_t len_bytes, size_t end, char **line,
     size_t *len)
{
    *line = in->buf + in->start;
    (*line)[len_bytes] = '\0';
    *len = len_bytes;
    in->start += len_bytes + end;
    in->len -= len_bytes + end;
    in->line_number++;
    return LINE_GIVEN;
}

enum line_state
line_input_next(struct line_input *in, bool wait, char **line,
                size_t *len_bytes)
{
    const char *begin, *end;

    for (;;) {
        begin = in->buf + in->start;
        end = in->len == 0 ? NULL : memchr(begin, '\n', in->len);
        if (end != NULL)
            return give(in, (size_t)(end - begin), 1, line, len_bytes);
        if (in->len >= LINE_BYTES_MAX || (in->end && in->len > 0))
            return give(in, in->len, 0, line, len_bytes);
        if (in->end)
            return LINE_END;
        if (!ready(in, wait))
            return LINE_NONE;
        in->end = !fill(in);
    }
}
