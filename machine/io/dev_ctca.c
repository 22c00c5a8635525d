/*
 * dev_ctca.c - channel-to-channel adapter
 *
 * To each of two channels it is a device.  A command waits until the other
 * side starts the one that answers it: READ or READ BACKWARD a WRITE, WRITE a
 * READ, CONTROL a SENSE COMMAND BYTE.  The side that is waited for gets an
 * attention interruption, and finds by SENSE COMMAND BYTE what it is to do;
 * any command that does not answer is busy, with attention.
 *
 *   xxxx xx01 WRITE    xxxx xx10 READ    xxxx 1100 READ BACKWARD
 *   xxxx x111 CONTROL  x0xx x011 NO OPERATION
 *   xxx1 0100 SENSE COMMAND BYTE         X'04' SENSE (one byte)
 *
 * The modifier bits x mean nothing to the adapter; the other side sees them.
 * A transfer ends when the count of either side does.  While the other side is
 * not there, commands wait for it.  A side that waits leaves its channel free
 * for others.
 *
 * Words: pair=ADDR, the other end, which names this one; or listen=[HOST:]PORT
 * and connect=HOST:PORT in two machines.
 *
 * Source: GA22-6983, "Commands", "Status Information"; GA22-7094.
 */
#include <stdlib.h>

#include "../state.h"
#include "ctca.h"

#define ACCEPT_NS (20 * NS_PER_US)
#define BYTE_NS (1 * NS_PER_US)

enum kind { NONE, WRITE, READ, CONTROL, NO_OPERATION, SENSE_COMMAND };

struct ctca {
    uint16_t pair;
    struct ctca_line *line; /* NULL: the other end is in this machine */
    uint8_t own, other;     /* the commands that wait, or 0 */
    bool moved;             /* some bytes of this transfer ... */
    bool over;              /* ... which has ended: with this status */
    uint8_t ending;

    /* a read */
    uint32_t wanted; /* bytes asked for, or 0 */
    bool came, last; /* they are here; they are the last */
    uint32_t ndata;
    uint8_t data[CTCA_DATA_MAX];
};

static enum kind
kind_of(uint8_t code)
{
    if ((code & 0x03) == 0x01)
        return WRITE;
    if ((code & 0x03) == 0x02 || (code & 0x0F) == 0x0C)
        return READ;
    if ((code & 0x07) == 0x07)
        return CONTROL;
    if ((code & 0x47) == 0x03)
        return NO_OPERATION;
    if ((code & 0x1F) == 0x14)
        return SENSE_COMMAND;
    return NONE;
}

static bool
answers(uint8_t code, uint8_t other)
{
    return (kind_of(code) == READ && kind_of(other) == WRITE) ||
           (kind_of(code) == WRITE && kind_of(other) == READ);
}

/* ---- messages ------------------------------------------------------------ */

/* The other end in this machine, if it is there and names this one. */
static struct device *
partner(const struct device *dev)
{
    const struct ctca *c = dev->state;
    struct device *other = device_find(dev->m, c->pair);

    if (c->line != NULL || other == NULL || other->ops != &device_ctca ||
        ((struct ctca *)other->state)->line != NULL ||
        ((struct ctca *)other->state)->pair != dev->devno)
        return NULL;
    return other;
}

static void
send(struct device *dev, enum ctca_message type, uint8_t code,
     const uint8_t *data, uint32_t len)
{
    struct ctca *c = dev->state;
    struct device *other = partner(dev);

    if (c->line != NULL)
        ctca_line_send(c->line, type, code, data, len);
    else if (other != NULL)
        ctca_receive(other, type, code, data, len);
}

/* The command that waits here ends, at the same time as the other side's. */
static void
finish(struct device *dev, uint8_t status)
{
    struct ctca *c = dev->state;

    c->own = 0;
    c->over = true;
    c->ending = status;
    device_wake(dev, 0);
}

/* Both ends of a line began at once.  The one that called gives way. */
static void
collide(struct device *dev)
{
    struct ctca *c = dev->state;

    if (c->line == NULL || !ctca_line_calls(c->line))
        return;
    send(dev, CTCA_WITHDRAW, 0, NULL, 0);
    finish(dev, DS_NORMAL | device_check(dev, SENSE_EQUIPMENT));
    device_unsolicited(dev, DS_ATTENTION);
}

static void
other_waits(struct device *dev, uint8_t code)
{
    struct ctca *c = dev->state;

    c->other = code;
    if (c->own == 0)
        device_unsolicited(dev, DS_ATTENTION);
    else if (!answers(c->own, code))
        collide(dev);
    else if (kind_of(c->own) == READ)
        device_wake(dev, ACCEPT_NS);
}

static void
other_withdraws(struct device *dev)
{
    struct ctca *c = dev->state;

    c->other = 0;
    c->wanted = 0;
    dev->status &= (uint8_t)~DS_ATTENTION;
    csw_update(dev->m, channel_of(dev));
    if (c->own != 0 && c->moved)
        finish(dev, DS_NORMAL);
}

static void
give(struct device *dev, uint32_t wanted)
{
    static const uint8_t nothing[1];
    struct ctca *c = dev->state;
    uint32_t n = channel_left(dev);

    if (n > wanted)
        n = wanted;
    if (n > sizeof(c->data))
        n = sizeof(c->data);
    n = channel_get(dev, c->data, n);
    c->moved = true;
    send(dev, CTCA_DATA, channel_left(dev) == 0, n > 0 ? c->data : nothing, n);
}

/* What comes over a line is not trusted: only what can be is taken. */
bool
ctca_receive(struct device *dev, enum ctca_message type, uint8_t code,
             const uint8_t *data, uint32_t len)
{
    struct ctca *c = dev->state;
    enum kind kind = c->own == 0 ? NONE : kind_of(c->own);

    switch (type) {
    case CTCA_COMMAND:
        if (c->other != 0 || kind_of(code) == NONE || kind_of(code) > CONTROL)
            return false;
        other_waits(dev, code);
        return true;
    case CTCA_WITHDRAW:
        other_withdraws(dev);
        return true;
    case CTCA_SENSED:
        if (kind == CONTROL)
            finish(dev, DS_NORMAL);
        return true;
    case CTCA_WANT:
        if (kind == WRITE && dev->phase == PHASE_COMMAND)
            give(dev, len);
        return true;
    case CTCA_DATA:
        if (kind != READ || c->wanted == 0)
            return true; /* it crossed with our WITHDRAW */
        if (len > c->wanted || c->came)
            return false;
        memcpy(c->data, data, len);
        c->ndata = len;
        c->came = true;
        c->last = code != 0 || len == 0;
        device_wake(dev, len * BYTE_NS);
        return true;
    case CTCA_END:
        c->other = 0;
        if (kind == WRITE)
            finish(dev, DS_NORMAL);
        return true;
    }
    return false;
}

void
ctca_line_up(struct device *dev)
{
    struct ctca *c = dev->state;

    if (c->own != 0)
        send(dev, CTCA_COMMAND, c->own, NULL, 0);
}

void
ctca_line_down(struct device *dev)
{
    other_withdraws(dev);
}

struct ctca_line *
ctca_line_of(struct device *dev)
{
    return dev->ops == &device_ctca ? ((struct ctca *)dev->state)->line : NULL;
}

/* ---- commands ------------------------------------------------------------ */

static void
begin(struct device *dev, uint8_t code)
{
    struct ctca *c = dev->state;

    c->own = code;
    c->moved = c->over = c->came = c->last = false;
    c->wanted = 0;
    send(dev, CTCA_COMMAND, code, NULL, 0);
}

static uint8_t
ctca_start(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct ctca *c = dev->state;
    bool matches = answers(code, c->other);

    switch (kind_of(code)) {
    case SENSE_COMMAND:
        *delay_ns = ACCEPT_NS;
        return 0;
    case NO_OPERATION:
        return c->other != 0 ? DS_BUSY | DS_ATTENTION : DS_NORMAL;
    case WRITE:
    case READ:
    case CONTROL:
        if (c->other != 0 && !matches)
            return DS_BUSY | DS_ATTENTION;
        begin(dev, code);
        *delay_ns = matches && kind_of(code) == READ ? ACCEPT_NS : DEVICE_WAITS;
        return 0;
    case NONE:
        break;
    }
    return device_check(dev, SENSE_COMMAND_REJECT);
}

static uint8_t
sense_command(struct device *dev)
{
    struct ctca *c = dev->state;
    uint8_t code = c->other;

    channel_put(dev, &code, 1);
    if (kind_of(code) == CONTROL) {
        c->other = 0;
        send(dev, CTCA_SENSED, 0, NULL, 0);
    }
    return DS_NORMAL;
}

/* Move the bytes that have come; true when that was all. */
static bool
take(struct device *dev)
{
    struct ctca *c = dev->state;

    c->came = false;
    c->wanted = 0;
    c->moved = true;
    if (c->ndata > 0)
        channel_put(dev, c->data, c->ndata);
    return c->last || channel_left(dev) == 0;
}

static uint8_t
ctca_end(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct ctca *c = dev->state;

    if (kind_of(code) == SENSE_COMMAND)
        return sense_command(dev);
    if (c->came && take(dev) && !c->over) {
        c->own = c->other = 0;
        send(dev, CTCA_END, 0, NULL, 0);
        return DS_NORMAL;
    }
    if (c->over)
        return c->ending;
    *delay_ns = DEVICE_WAITS;
    if (kind_of(code) == READ && answers(code, c->other) && c->wanted == 0) {
        c->wanted = channel_left(dev);
        if (c->wanted > sizeof(c->data))
            c->wanted = sizeof(c->data);
        send(dev, CTCA_WANT, 0, NULL, c->wanted);
        if (c->came)
            *delay_ns = c->ndata * BYTE_NS;
    }
    return 0;
}

/* HALT I/O and system reset: the other side waits for us, or has what was
 * moved up to now. */
static void
ctca_halt(struct device *dev)
{
    struct ctca *c = dev->state;

    if (c->own == 0)
        return;
    c->own = 0;
    if (c->moved)
        c->other = 0;
    send(dev, CTCA_WITHDRAW, 0, NULL, 0);
}

/* ---- attaching ----------------------------------------------------------- */

static int
parse_pair(struct device *dev, const char *word)
{
    struct ctca *c = dev->state;
    char *end;
    unsigned long pair = strtoul(word, &end, 16);

    if (*word == '\0' || *end != '\0' || pair > DEVNO_MAX || pair == dev->devno)
        return machine_fail(dev->m,
                            "CTCA at %04X: \"pair=%.40s\" is not the address "
                            "of another device",
                            dev->devno, word);
    c->pair = (uint16_t)pair;
    return 0;
}

/* The other end may come later.  What is there must be an adapter that names
 * this one, and no third one may. */
static int
check_pair(struct device *dev)
{
    const struct ctca *c = dev->state, *end;
    const struct device *d;

    for (d = dev->m->io->devices; d != NULL; d = d->next) {
        end = d->ops == &device_ctca ? d->state : NULL;
        if (d == dev ||
            (d->devno != c->pair && (end == NULL || end->pair != dev->devno)))
            continue;
        if (end == NULL)
            return machine_fail(dev->m, "CTCA at %04X: what is at %04X is a %s",
                                dev->devno, d->devno, d->ops->type);
        if (end->line != NULL)
            return machine_fail(dev->m,
                                "CTCA at %04X: the one at %04X is an end of a "
                                "line to another machine",
                                dev->devno, d->devno);
        if (end->pair != dev->devno || d->devno != c->pair)
            return machine_fail(dev->m,
                                "CTCA at %04X: the one at %04X names %04X as "
                                "its other end: each must name the other",
                                dev->devno, d->devno, end->pair);
    }
    return 0;
}

static int
ctca_attach(struct device *dev, int argc, char *const argv[])
{
    struct ctca *c = dev->state;
    struct device *other;

    if (argc == 1 && strncmp(argv[0], "pair=", 5) == 0) {
        if (parse_pair(dev, argv[0] + 5) != 0 || check_pair(dev) != 0)
            return -1;
        other = partner(dev);
        if (other != NULL)
            c->other = ((struct ctca *)other->state)->own;
        if (c->other != 0)
            dev->status = DS_ATTENTION;
        return 0;
    }
    if (argc == 1 && strncmp(argv[0], "listen=", 7) == 0)
        c->line = ctca_line_open(dev, argv[0] + 7, true);
    else if (argc == 1 && strncmp(argv[0], "connect=", 8) == 0)
        c->line = ctca_line_open(dev, argv[0] + 8, false);
    else
        return machine_fail(dev->m,
                            "CTCA at %04X: say where the other end is: "
                            "pair=0501, listen=3088, or connect=HOST:3088",
                            dev->devno);
    return c->line == NULL ? -1 : 0;
}

static void
ctca_detach(struct device *dev)
{
    struct ctca *c = dev->state;
    struct device *other = partner(dev);

    if (other != NULL)
        ctca_line_down(other);
    if (c->line != NULL)
        ctca_line_close(c->line);
}

static void
ctca_state(struct device *dev, struct state *s)
{
    struct ctca *c = dev->state;

    if (c->line != NULL &&
        ((s->mode == STATE_SAVE && !s->m->saves_lines) ||
         (s->mode == STATE_LOAD && !s->m->options.private_media)))
        state_fail(s,
                   "the CTCA at %04X is connected to another machine, which "
                   "no snapshot can hold",
                   dev->devno);
    STATE_NUMBER(s, c->pair, DEVNO_MAX);
    state_u8(s, &c->own);
    state_u8(s, &c->other);
    state_bool(s, &c->moved);
    state_bool(s, &c->over);
    state_u8(s, &c->ending);
    state_u32(s, &c->wanted);
    state_bool(s, &c->came);
    state_bool(s, &c->last);
    STATE_NUMBER(s, c->ndata, CTCA_DATA_MAX);
    state_bytes(s, c->data, c->ndata);
    if (c->line != NULL)
        ctca_line_state(c->line, s);
}

const struct device_ops device_ctca = {
    .type = "CTCA",
    .state_size = sizeof(struct ctca),
    .sense_bytes = 1,
    .attach = ctca_attach,
    .detach = ctca_detach,
    .start = ctca_start,
    .end = ctca_end,
    .halt = ctca_halt,
    .reset = ctca_halt,
    .state = ctca_state,
};
