/*
 * io_state.c - what a snapshot keeps of channels and devices
 *
 * Which devices there are is not part of it: a snapshot goes into a machine
 * that has them.  Each type names its own state (device_ops.state) and its
 * media (device_ops.medium); what all devices have is named here.  No file is
 * opened because a snapshot names it, but for private copies: the reel must be
 * on the drive.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../state.h"
#include "channel.h"
#include "fault.h"

enum { TYPE_MAX = 16, DESCRIPTION_MAX = 1024, NO_DEVICE = DEVNO_MAX + 1 };

/* ---- which devices there are --------------------------------------------- */

static void
configuration_of(struct state *s, struct device *dev, uint16_t devno)
{
    char type[TYPE_MAX] = "", words[DESCRIPTION_MAX] = "";
    const char *mine = dev == NULL ? "" : dev->description;
    uint64_t shape = 0, saved;

    if (dev != NULL && !state_loading(s))
        snprintf(type, sizeof(type), "%s", dev->ops->type);
    if (dev != NULL && dev->ops->shape != NULL)
        shape = dev->ops->shape(dev);
    if (dev != NULL && strlen(dev->description) >= sizeof(words))
        state_fail(s, "device %04X: its words are too long for a snapshot",
                   devno);
    else if (dev != NULL)
        snprintf(words, sizeof(words), "%s", dev->description);
    saved = shape;
    state_text(s, type, sizeof(type));
    state_text(s, words, sizeof(words));
    state_u64(s, &saved);
    if (s->failed || !state_loading(s))
        return;
    if (dev == NULL)
        state_fail(s, "it has a %s at %04X, this machine has nothing there",
                   type, devno);
    else if (strcmp(type, dev->ops->type) != 0)
        state_fail(s, "it has a %s at %04X, this machine a %s", type, devno,
                   dev->ops->type);
    else if (saved != shape)
        state_fail(s, "its %s at %04X has a volume of another size", type,
                   devno);
    else if (dev->ops->mount != NULL && dev->ops->medium != NULL &&
             words[0] != '\0' && strcmp(words, mine) != 0 &&
             !s->m->options.private_media)
        state_fail(s, "it has \"%.80s\" on the %s at %04X: attach that first",
                   words, type, devno);
}

void
io_configuration(struct state *s)
{
    struct device *dev;
    uint32_t devno, next;

    dev = s->m->io->devices;
    do {
        devno = dev == NULL ? NO_DEVICE : dev->devno;
        next = state_number(s, devno, NO_DEVICE);
        if (s->failed)
            return;
        if (next > devno) {
            state_fail(s, "this machine has a %s at %04X, it has none",
                       dev->ops->type, devno);
            return;
        }
        if (next < devno)
            configuration_of(s, NULL, (uint16_t)next);
        else if (dev != NULL) {
            configuration_of(s, dev, (uint16_t)next);
            dev = dev->next;
        }
    } while (next != NO_DEVICE && !s->failed);
}

/* ---- what they do -------------------------------------------------------- */

static void
subchannel_state(struct state *s, struct subchannel *sub)
{
    STATE_NUMBER(s, sub->state, SUB_PENDING);
    STATE_NUMBER(s, sub->key, 15);
    STATE_NUMBER(s, sub->ccw_next, 0xFFFFFF);
    state_u8(s, &sub->code);
    state_u8(s, &sub->flags);
    state_u32(s, &sub->data);
    state_u32(s, &sub->ida_data);
    state_bool(s, &sub->ida_loaded);
    state_bool(s, &sub->ida_first);
    STATE_NUMBER(s, sub->count, 0xFFFF);
    state_u8(s, &sub->channel_status);
    state_bool(s, &sub->too_long);
    state_bool(s, &sub->chained);
    state_bool(s, &sub->pci);
    state_bool(s, &sub->ce_held);
    state_bool(s, &sub->halted);
    state_u8(s, &sub->unit_status);
}

/* The words it was attached with: those of another medium, by now. */
static void
description_state(struct state *s, struct device *dev)
{
    char words[DESCRIPTION_MAX];
    char *copy;

    snprintf(words, sizeof(words), "%s", dev->description);
    state_text(s, words, sizeof(words));
    if (!state_loading(s) || s->failed || strcmp(words, dev->description) == 0)
        return;
    if (dev->ops->mount == NULL) {
        state_fail(s,
                   "%s at %04X: it was attached with \"%.60s\", this one with "
                   "\"%.60s\"",
                   dev->ops->type, dev->devno, words, dev->description);
        return;
    }
    copy = strdup(words);
    if (copy == NULL) {
        state_fail(s, "no memory for device %04X", dev->devno);
        return;
    }
    free(dev->description);
    dev->description = copy;
}

static void
device_state(struct state *s, struct device *dev)
{
    state_part(s, PART_DEVICE + dev->devno);
    if (s->mode != STATE_HASH)
        description_state(s, dev);
    subchannel_state(s, &dev->sub);
    STATE_NUMBER(s, dev->phase, PHASE_HALTED);
    if (state_loading(s))
        dev->busy_since = s->m->now_ns; /* for counting, no part of it */
    state_event(s, &dev->event);
    state_time(s, &dev->tail_ns);
    state_u8(s, &dev->tail_status);
    state_u8(s, &dev->status);
    state_bytes(s, dev->sense, sizeof(dev->sense));
    fault_state(dev, s);
    dev->ops->state(dev, s);
}

static void
channel_state(struct state *s, struct channel *ch, struct machine *m)
{
    uint32_t burst = ch->burst == NULL ? NO_DEVICE : ch->burst->devno;

    burst = state_number(s, burst, NO_DEVICE);
    if (state_loading(s))
        ch->burst = burst == NO_DEVICE || s->failed
                        ? NULL
                        : device_find(m, (uint16_t)burst);
    state_bool(s, &ch->refused);
    state_bool(s, &ch->available_pending);
}

void
io_state(struct state *s)
{
    struct io *io = s->m->io;
    struct device *dev;
    unsigned i;

    state_part(s, PART_CHANNELS);
    for (i = 0; i < CHANNELS; i++)
        channel_state(s, &io->channel[i], s->m);
    for (dev = io->devices; dev != NULL && !s->failed; dev = dev->next)
        device_state(s, dev);
    for (i = 0; i < CHANNELS; i++)
        csw_update(s->m, i);
}

void
io_media_state(struct state *s)
{
    struct device *dev;

    for (dev = s->m->io->devices; dev != NULL && !s->failed; dev = dev->next) {
        if (dev->ops->medium == NULL)
            continue;
        state_part(s, PART_MEDIUM + dev->devno);
        dev->ops->medium(dev, s);
    }
}
