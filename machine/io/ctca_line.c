/*
 * ctca_line.c - the line between the ends of an adapter in two machines
 *
 * A TCP connection.  Each side greets with eight bytes; then come messages,
 * each a header of eight bytes (type, code, two zeros, length with the high
 * byte first) and, for DATA only, that many bytes.
 *
 * The machine looks at the line every millisecond of virtual time.  While the
 * CPU waits it gives the other machine a millisecond of real time then, so
 * that its clock does not run away.  What such a machine does depends on the
 * other one and on the host: a run with a line is the only kind that does not
 * repeat by itself.
 *
 * The other side may be anything that found the port: a message that makes no
 * sense ends the connection, and nothing else.
 */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ctca.h"

enum {
    HEADER_BYTES = 8,
    BUFFER_BYTES = 4 * (HEADER_BYTES + CTCA_DATA_MAX),
    MESSAGES_A_LOOK = 64, /* a flood does not stop the machine */
    LOOKS_A_CALL = 100,
    NAME_MAX_BYTES = 200,
};
#define LOOK_NS (1 * NS_PER_MS)

static const uint8_t greeting[HEADER_BYTES] = "CTCA/1\r\n";

struct ctca_line {
    struct device *dev;
    struct event event;
    struct addrinfo *address;
    bool listens;
    int listener; /* or -1 */
    int fd;       /* the connection, or -1 */
    bool calling; /* fd is not connected yet */
    bool up;      /* the other side has greeted */
    unsigned looks;
    size_t nin, nout;
    uint8_t in[BUFFER_BYTES];
    uint8_t out[BUFFER_BYTES];
};

/* ---- the connection ------------------------------------------------------ */

static void
hang_up(struct ctca_line *line)
{
    bool was_up = line->up;

    if (line->fd >= 0)
        close(line->fd);
    line->fd = -1;
    line->up = line->calling = false;
    line->nin = line->nout = 0;
    if (was_up)
        ctca_line_down(line->dev);
}

static void
flush(struct ctca_line *line)
{
    ssize_t n;

    while (line->fd >= 0 && !line->calling && line->nout > 0) {
        n = send(line->fd, line->out, line->nout, MSG_NOSIGNAL);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (n <= 0) {
            hang_up(line);
            return;
        }
        line->nout -= (size_t)n;
        memmove(line->out, line->out + n, line->nout);
    }
}

static void
put(struct ctca_line *line, const uint8_t *bytes, size_t len)
{
    if (line->nout + len > sizeof(line->out)) {
        hang_up(line); /* the other side does not take its messages */
        return;
    }
    memcpy(line->out + line->nout, bytes, len);
    line->nout += len;
}

void
ctca_line_send(struct ctca_line *line, enum ctca_message type, uint8_t code,
               const uint8_t *data, uint32_t len)
{
    uint8_t header[HEADER_BYTES] = {(uint8_t)type,
                                    code,
                                    0,
                                    0,
                                    (uint8_t)(len >> 24),
                                    (uint8_t)(len >> 16),
                                    (uint8_t)(len >> 8),
                                    (uint8_t)len};

    if (!line->up)
        return;
    put(line, header, sizeof(header));
    if (line->up && data != NULL)
        put(line, data, len);
    flush(line);
}

static void
connected(struct ctca_line *line, int fd)
{
    fcntl(fd, F_SETFL, O_NONBLOCK);
    line->fd = fd;
    line->calling = false;
    put(line, greeting, sizeof(greeting));
    flush(line);
}

/* Call the other side, or see whether it has answered the call. */
static void
call(struct ctca_line *line)
{
    struct pollfd p = {.fd = line->fd, .events = POLLOUT};
    int error = 0;
    socklen_t size = sizeof(error);

    if (line->fd >= 0) {
        if (poll(&p, 1, 0) != 1)
            return;
        getsockopt(line->fd, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error == 0)
            connected(line, line->fd);
        else
            hang_up(line);
        return;
    }
    if (line->looks++ % LOOKS_A_CALL != 0)
        return;
    line->fd = socket(line->address->ai_family, SOCK_STREAM, 0);
    if (line->fd < 0)
        return;
    fcntl(line->fd, F_SETFL, O_NONBLOCK);
    line->calling = true;
    if (connect(line->fd, line->address->ai_addr, line->address->ai_addrlen) ==
        0)
        connected(line, line->fd);
    else if (errno != EINPROGRESS)
        hang_up(line);
}

static void
answer_call(struct ctca_line *line)
{
    int fd = accept(line->listener, NULL, NULL);

    if (fd >= 0)
        connected(line, fd);
}

/* ---- what comes in ------------------------------------------------------- */

/* Take one message out of line->in.  False: there is none, or no line. */
static bool
take_message(struct ctca_line *line)
{
    const uint8_t *h = line->in;
    size_t size = HEADER_BYTES;
    uint32_t len;
    bool good;

    if (line->nin < HEADER_BYTES)
        return false;
    if (!line->up) {
        if (memcmp(h, greeting, sizeof(greeting)) != 0) {
            hang_up(line);
            return false;
        }
        line->up = true;
        ctca_line_up(line->dev);
        good = true;
    } else {
        len = (uint32_t)h[4] << 24 | (uint32_t)h[5] << 16 |
              (uint32_t)h[6] << 8 | h[7];
        if (h[0] == CTCA_DATA) {
            if (len > CTCA_DATA_MAX) {
                hang_up(line);
                return false;
            }
            size += len;
        }
        if (line->nin < size)
            return false;
        good = ctca_receive(line->dev, h[0], h[1], h + HEADER_BYTES, len);
    }
    if (!good)
        hang_up(line);
    if (line->fd < 0)
        return false;
    line->nin -= size;
    memmove(line->in, line->in + size, line->nin);
    return true;
}

static void
receive(struct ctca_line *line)
{
    ssize_t n;
    int i;

    for (i = 0; i < MESSAGES_A_LOOK; i++) {
        if (take_message(line))
            continue;
        if (line->fd < 0)
            return;
        n = recv(line->fd, line->in + line->nin, sizeof(line->in) - line->nin,
                 0);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (n <= 0) {
            hang_up(line);
            return;
        }
        line->nin += (size_t)n;
    }
}

/* Look at the line. */
static void
look(struct machine *m, void *ctx)
{
    struct ctca_line *line = ctx;
    struct pollfd p = {.fd = line->fd >= 0 ? line->fd : line->listener,
                       .events = line->calling ? POLLOUT : POLLIN};

    if (machine_waiting(m))
        poll(&p, 1, 1);
    if (line->fd < 0 && line->listens)
        answer_call(line);
    else if (line->fd < 0 || line->calling)
        call(line);
    if (line->fd >= 0 && !line->calling) {
        flush(line);
        receive(line);
    }
    event_add(m, &line->event, m->now_ns + LOOK_NS);
}

/* ---- opening ------------------------------------------------------------- */

/* "[HOST:]PORT" or "HOST:PORT" as an address; NULL after machine_fail(). */
static struct addrinfo *
find_address(struct device *dev, const char *place, bool listens)
{
    const struct addrinfo hints = {.ai_family = AF_UNSPEC,
                                   .ai_socktype = SOCK_STREAM};
    const char *colon = strrchr(place, ':');
    char host[NAME_MAX_BYTES] = "127.0.0.1";
    struct addrinfo *address = NULL;
    int error = EAI_NONAME;

    if (colon != NULL)
        snprintf(host, sizeof(host), "%.*s", (int)(colon - place), place);
    if (colon != NULL || listens)
        error = getaddrinfo(host, colon == NULL ? place : colon + 1, &hints,
                            &address);
    if (error == 0)
        return address;
    machine_fail(dev->m, "CTCA at %04X: \"%.60s\": %s; write %s", dev->devno,
                 place, gai_strerror(error),
                 listens ? "listen=3088 or listen=HOST:3088"
                         : "connect=HOST:3088");
    return NULL;
}

static int
start_listening(struct ctca_line *line, const char *place)
{
    struct addrinfo *a = line->address;
    int on = 1;

    line->listener = socket(a->ai_family, SOCK_STREAM, 0);
    if (line->listener >= 0) {
        setsockopt(line->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
        fcntl(line->listener, F_SETFL, O_NONBLOCK);
    }
    if (line->listener < 0 ||
        bind(line->listener, a->ai_addr, a->ai_addrlen) != 0 ||
        listen(line->listener, 1) != 0)
        return machine_fail(line->dev->m,
                            "CTCA at %04X: cannot listen at %.60s: %s",
                            line->dev->devno, place, strerror(errno));
    return 0;
}

struct ctca_line *
ctca_line_open(struct device *dev, const char *place, bool listens)
{
    struct addrinfo *address = find_address(dev, place, listens);
    struct ctca_line *line;

    if (address == NULL)
        return NULL;
    line = calloc(1, sizeof(*line));
    if (line == NULL) {
        freeaddrinfo(address);
        machine_fail(dev->m, "CTCA at %04X: no memory", dev->devno);
        return NULL;
    }
    line->dev = dev;
    line->address = address;
    line->listens = listens;
    line->listener = line->fd = -1;
    line->event = (struct event){.fn = look, .ctx = line, .order = dev->devno};
    if (listens && start_listening(line, place) != 0) {
        ctca_line_close(line);
        return NULL;
    }
    event_add(dev->m, &line->event, dev->m->now_ns + LOOK_NS);
    return line;
}

void
ctca_line_close(struct ctca_line *line)
{
    event_cancel(line->dev->m, &line->event);
    if (line->fd >= 0)
        close(line->fd);
    if (line->listener >= 0)
        close(line->listener);
    freeaddrinfo(line->address);
    free(line);
}

bool
ctca_line_calls(const struct ctca_line *line)
{
    return !line->listens;
}
