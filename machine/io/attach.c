/*
 * attach.c - which devices there are
 *
 * A new device type is one more row of `types` and its dev_*.c.
 */
#include <stdio.h>
#include <stdlib.h>

#include "channel.h"
#include "fault.h"

static const struct device_ops *const types[] = {
    &device_3215,     &device_3505,      &device_3525,     &device_1403,
    &device_3211,     &device_3420,      &device_ctca,     &device_disks[0],
    &device_disks[1], &device_disks[2],  &device_disks[3], &device_disks[4],
    &device_disks[5], &device_disks[6],  &device_disks[7], &device_disks[8],
    &device_disks[9], &device_disks[10],
};

int
io_create(struct machine *m)
{
    m->io = calloc(1, sizeof(*m->io));
    if (m->io == NULL)
        return machine_fail(m, "no memory for the channels");
    return 0;
}

static void
device_free(struct device *dev)
{
    event_cancel(dev->m, &dev->event);
    fault_free(dev);
    if (dev->ops->detach != NULL)
        dev->ops->detach(dev);
    free(dev->state);
    free(dev->description);
    free(dev);
}

void
io_destroy(struct machine *m)
{
    struct device *dev;

    if (m->io == NULL)
        return;
    while ((dev = m->io->devices) != NULL) {
        m->io->devices = dev->next;
        m->io->by_address[dev->devno] = NULL;
        device_free(dev);
    }
    free(m->io);
    m->io = NULL;
}

struct device *
device_find(const struct machine *m, uint16_t devno)
{
    return devno > DEVNO_MAX ? NULL : m->io->by_address[devno];
}

static const struct device_ops *
type_find(const char *type)
{
    size_t i;

    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (strcmp(types[i]->type, type) == 0)
            return types[i];
    return NULL;
}

static int
unknown_type(struct machine *m, const char *type)
{
    char known[200] = "";
    size_t i;

    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        strcat(known, " ");
        strcat(known, types[i]->type);
    }
    return machine_fail(m, "unknown device type \"%.16s\"; there are%s", type,
                        known);
}

/* The words of a device statement joined by blanks; NULL without memory. */
static char *
join_words(int argc, char *const argv[])
{
    size_t len = 1;
    char *text;
    int i;

    for (i = 0; i < argc; i++)
        len += strlen(argv[i]) + 1;
    text = calloc(1, len);
    for (i = 0; text != NULL && i < argc; i++) {
        if (i > 0)
            strcat(text, " ");
        strcat(text, argv[i]);
    }
    return text;
}

static void
link_device(struct io *io, struct device *dev)
{
    struct device **p = &io->devices;

    while (*p != NULL && (*p)->devno < dev->devno)
        p = &(*p)->next;
    dev->next = *p;
    *p = dev;
    io->by_address[dev->devno] = dev;
}

/* The device is there: the same type again brings another medium. */
static int
change_medium(struct device *dev, const struct device_ops *ops, int argc,
              char *const argv[])
{
    char *words;

    if (dev->ops != ops || ops->mount == NULL)
        return machine_fail(dev->m, "device %04X is attached already, as %s",
                            dev->devno, dev->ops->type);
    words = join_words(argc, argv);
    if (words == NULL)
        return machine_fail(dev->m, "no memory for device %04X", dev->devno);
    if (ops->mount(dev, argc, argv) != 0) {
        free(words);
        return -1;
    }
    free(dev->description);
    dev->description = words;
    return 0;
}

static void
note_attach(struct machine *m, uint16_t devno, const char *type, int argc,
            char *const argv[])
{
    const char *words[INPUT_WORDS_MAX] = {type};
    int n = 1;

    while (n < INPUT_WORDS_MAX && n <= argc) {
        words[n] = argv[n - 1];
        n++;
    }
    input_note(m, &(struct input){.kind = INPUT_ATTACH,
                                  .devno = devno,
                                  .nwords = n,
                                  .words = words});
}

int
machine_attach(struct machine *m, uint16_t devno, const char *type, int argc,
               char *const argv[])
{
    const struct device_ops *ops = type_find(type);
    struct device *dev;

    if (ops == NULL)
        return unknown_type(m, type);
    if (devno > DEVNO_MAX)
        return machine_fail(m,
                            "device %04X: addresses go from 0000 to %04X "
                            "(channels 0 to %d)",
                            devno, DEVNO_MAX, CHANNELS - 1);
    dev = device_find(m, devno);
    note_attach(m, devno, type, argc, argv);
    if (dev != NULL)
        return change_medium(dev, ops, argc, argv);
    dev = calloc(1, sizeof(*dev));
    if (dev == NULL)
        return machine_fail(m, "no memory for device %04X", devno);
    dev->m = m;
    dev->ops = ops;
    dev->devno = devno;
    dev->event.fn = ccw_event;
    dev->event.ctx = dev;
    dev->event.order = devno;
    dev->state = calloc(1, ops->state_size);
    dev->description = join_words(argc, argv);
    if (dev->state == NULL || dev->description == NULL) {
        machine_fail(m, "no memory for device %04X", devno);
    } else if (ops->attach(dev, argc, argv) == 0) {
        link_device(m->io, dev);
        csw_update(m, channel_of(dev));
        return 0;
    }
    free(dev->state);
    free(dev->description);
    free(dev);
    return -1;
}

int
machine_detach(struct machine *m, uint16_t devno)
{
    struct device *dev = device_find(m, devno);
    struct device **p = &m->io->devices;

    if (dev == NULL)
        return machine_fail(m, "no device is attached at %04X", devno);
    input_note(m, &(struct input){.kind = INPUT_DETACH, .devno = devno});
    while (*p != dev)
        p = &(*p)->next;
    *p = dev->next;
    m->io->by_address[devno] = NULL;
    dev->phase = PHASE_IDLE;
    channel_release(dev);
    csw_update(m, channel_of(dev));
    device_free(dev);
    return 0;
}

void
machine_devices(struct machine *m,
                void (*fn)(void *ctx, uint16_t devno, const char *type,
                           const char *description),
                void *ctx)
{
    const struct device *dev;
    char line[400];

    for (dev = m->io->devices; dev != NULL; dev = dev->next) {
        snprintf(line, sizeof(line), "%04X %s%s%s", dev->devno, dev->ops->type,
                 dev->description[0] != '\0' ? " " : "", dev->description);
        fn(ctx, dev->devno, dev->ops->type, line);
    }
}

void
machine_activities(const struct machine *m,
                   void (*fn)(void *ctx, const struct machine_activity *a),
                   void *ctx)
{
    const struct device *dev;

    for (dev = m->io->devices; dev != NULL; dev = dev->next) {
        struct machine_activity a = {
            .devno = dev->devno,
            .type = dev->ops->type,
            .busy = dev->sub.state == SUB_WORKING || dev->phase != PHASE_IDLE,
            .pending = csw_device_pending(dev),
            .command = dev->sub.code,
            .commands = dev->commands,
        };

        fn(ctx, &a);
    }
}
