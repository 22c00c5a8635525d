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
 * repeat by itself.  A record of the run therefore has all that the looks have
 * brought: bytes that say what (enum brought), and with a message its header
 * and data.  So nothing may come of a line but in a look: one that is found
 * broken while something is sent is hung up in the next.
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

#include "../cpu/bytes.h"
#include "../state.h"
#include "ctca.h"

enum {
    HEADER_BYTES = 8,
    BUFFER_BYTES = 4 * (HEADER_BYTES + CTCA_DATA_MAX),
    MESSAGES_A_LOOK = 64, /* a flood does not stop the machine */
    LOOKS_A_CALL = 100,
    NAME_MAX_BYTES = 200,
};
enum brought { BROUGHT_UP = 1, BROUGHT_DOWN, BROUGHT_MESSAGE };
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
    bool broken;  /* to be hung up */
    unsigned looks;
    size_t nin, nout;
    uint8_t in[BUFFER_BYTES];
    uint8_t out[BUFFER_BYTES];

    /* For the record: what this look has brought up to now.  For a replay: what
     * the looks shall bring, in order of time. */
    uint8_t *brought;
    size_t nbrought, room;
    struct recorded *recorded;
};

/* One look of a replay. */
struct recorded {
    struct recorded *next;
    uint64_t time_ns;
    size_t len;
    uint8_t bytes[];
};

/* ---- for a record -------------------------------------------------------- */

static void
note(struct ctca_line *line, enum brought what, const uint8_t *bytes,
     size_t len)
{
    size_t room = line->room;
    uint8_t *more;

    if (line->dev->m->watch == NULL)
        return;
    while (room - line->nbrought < len + 1)
        room += room / 2 + BUFFER_BYTES;
    if (room > line->room) {
        more = realloc(line->brought, room);
        if (more == NULL)
            return; /* the replay will say that it is another run */
        line->brought = more;
        line->room = room;
    }
    line->brought[line->nbrought++] = (uint8_t)what;
    if (len > 0)
        memcpy(line->brought + line->nbrought, bytes, len);
    line->nbrought += len;
}

static void
note_look(struct ctca_line *line)
{
    if (line->nbrought > 0)
        input_note(line->dev->m, &(struct input){.kind = INPUT_LINE,
                                                 .devno = line->dev->devno,
                                                 .bytes = line->brought,
                                                 .len = line->nbrought});
    line->nbrought = 0;
}

/* ---- the connection ------------------------------------------------------ */

/* Of a header; `size` gets the bytes of the message. */
static uint32_t
message_length(const uint8_t *header, size_t *size)
{
    uint32_t len = load_be32(header + 4);

    *size = HEADER_BYTES + (header[0] == CTCA_DATA ? (size_t)len : 0);
    return len;
}

static void
hang_up(struct ctca_line *line)
{
    bool was_up = line->up;

    if (line->fd >= 0)
        close(line->fd);
    line->fd = -1;
    line->up = line->calling = line->broken = false;
    line->nin = line->nout = 0;
    if (!was_up)
        return;
    note(line, BROUGHT_DOWN, NULL, 0);
    ctca_line_down(line->dev);
}

static void
flush(struct ctca_line *line)
{
    ssize_t n;

    while (line->fd >= 0 && !line->calling && !line->broken && line->nout > 0) {
        n = send(line->fd, line->out, line->nout, MSG_NOSIGNAL);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (n <= 0) {
            line->broken = true;
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
        line->broken = true; /* the other side does not take its messages */
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

    if (line->fd < 0 || !line->up || line->broken)
        return;
    put(line, header, sizeof(header));
    if (!line->broken && data != NULL)
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
        note(line, BROUGHT_UP, NULL, 0);
        ctca_line_up(line->dev);
        good = true;
    } else {
        len = message_length(h, &size);
        if (size > HEADER_BYTES + CTCA_DATA_MAX) {
            hang_up(line);
            return false;
        }
        if (line->nin < size)
            return false;
        note(line, BROUGHT_MESSAGE, h, size);
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

/* ---- looking ------------------------------------------------------------- */

static void
look_at_socket(struct machine *m, struct ctca_line *line)
{
    struct pollfd p = {.fd = line->fd >= 0 ? line->fd : line->listener,
                       .events = line->calling ? POLLOUT : POLLIN};

    if (machine_waiting(m))
        poll(&p, 1, 1);
    if (line->broken)
        hang_up(line);
    if (line->fd < 0 && line->listens)
        answer_call(line);
    else if (line->fd < 0 || line->calling)
        call(line);
    if (line->fd >= 0 && !line->calling) {
        flush(line);
        receive(line);
    }
    note_look(line);
}

/* What a look brings in a replay; it was found to make sense (line_replay). */
static void
bring(struct ctca_line *line, const uint8_t *bytes, size_t len)
{
    size_t size;
    uint32_t n;

    for (; len > 0; bytes += size, len -= size) {
        size = 1;
        if (bytes[0] == BROUGHT_MESSAGE) {
            n = message_length(bytes + 1, &size);
            ctca_receive(line->dev, bytes[1], bytes[2],
                         bytes + 1 + HEADER_BYTES, n);
            size++;
            continue;
        }
        line->up = bytes[0] == BROUGHT_UP;
        if (line->up)
            ctca_line_up(line->dev);
        else
            ctca_line_down(line->dev);
    }
}

static void
look_at_record(struct machine *m, struct ctca_line *line)
{
    struct recorded *r;

    while ((r = line->recorded) != NULL && r->time_ns <= m->now_ns) {
        line->recorded = r->next;
        bring(line, r->bytes, r->len);
        free(r);
    }
}

static void
look(struct machine *m, void *ctx)
{
    struct ctca_line *line = ctx;

    if (m->options.private_media)
        look_at_record(m, line);
    else
        look_at_socket(m, line);
    event_add(m, &line->event, m->now_ns + LOOK_NS);
}

static bool
makes_sense(const uint8_t *bytes, size_t len)
{
    size_t size;

    for (; len > 0; bytes += size, len -= size) {
        size = 1;
        if (bytes[0] == BROUGHT_MESSAGE) {
            if (len < 1 + HEADER_BYTES)
                return false;
            message_length(bytes + 1, &size);
            if (size > HEADER_BYTES + CTCA_DATA_MAX || ++size > len)
                return false;
        } else if (bytes[0] != BROUGHT_UP && bytes[0] != BROUGHT_DOWN) {
            return false;
        }
    }
    return true;
}

bool
line_replay(struct machine *m, uint16_t devno, uint64_t time_ns,
            const uint8_t *bytes, size_t len)
{
    struct device *dev = device_find(m, devno);
    struct ctca_line *line = dev == NULL ? NULL : ctca_line_of(dev);
    struct recorded *r, **p;

    if (line == NULL || !m->options.private_media || !makes_sense(bytes, len))
        return false;
    r = malloc(sizeof(*r) + len);
    if (r == NULL)
        return false;
    r->next = NULL;
    r->time_ns = time_ns;
    r->len = len;
    memcpy(r->bytes, bytes, len);
    for (p = &line->recorded; *p != NULL; p = &(*p)->next)
        ;
    *p = r;
    return true;
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
    bool private = dev->m->options.private_media;
    struct addrinfo *address = NULL;
    struct ctca_line *line;

    if (!private && (address = find_address(dev, place, listens)) == NULL)
        return NULL;
    line = calloc(1, sizeof(*line));
    if (line == NULL) {
        if (address != NULL)
            freeaddrinfo(address);
        machine_fail(dev->m, "CTCA at %04X: no memory", dev->devno);
        return NULL;
    }
    line->dev = dev;
    line->address = address;
    line->listens = listens;
    line->listener = line->fd = -1;
    line->event = (struct event){.fn = look, .ctx = line, .order = dev->devno};
    if (!private && listens && start_listening(line, place) != 0) {
        ctca_line_close(line);
        return NULL;
    }
    event_add(dev->m, &line->event, dev->m->now_ns + LOOK_NS);
    return line;
}

void
ctca_line_close(struct ctca_line *line)
{
    struct recorded *r;

    while ((r = line->recorded) != NULL) {
        line->recorded = r->next;
        free(r);
    }
    free(line->brought);
    event_cancel(line->dev->m, &line->event);
    if (line->fd >= 0)
        close(line->fd);
    if (line->listener >= 0)
        close(line->listener);
    if (line->address != NULL)
        freeaddrinfo(line->address);
    free(line);
}

void
ctca_line_state(struct ctca_line *line, struct state *s)
{
    state_bool(s, &line->up);
    state_event(s, &line->event);
}

bool
ctca_line_calls(const struct ctca_line *line)
{
    return !line->listens;
}
