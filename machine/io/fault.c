/*
 * fault.c - faults that are scripted for devices
 *
 * What a fault is, and when it strikes, is said in words (fault_words.c).  Here
 * the faults of a device are kept, in the order in which they were given: the
 * channel's attempts are held against them, and the first that fits strikes.
 *
 * busy, and intervention that is over or cleared, end with device end, as when
 * a person has made the device ready; control-unit-busy with control unit end.
 * SENSE and NO OPERATION are never struck.  Everything is counted in commands
 * and virtual time: the same run meets the same faults.
 */
#include "fault.h"

#include <stdlib.h>

#include "../state.h"
#include "fault_words.h"

enum {
    CODE_NOP = 0x03,
    CONDITIONS_MAX = 1000000001, /* stands for FAULT_ANY in a snapshot */
    FAULTS_SAVED = 1000,
};

/* Sense byte 0 of a fault that ends with unit check. */
static const uint8_t sense0_of[FAULT_KINDS] = {
    [FAULT_DATA_CHECK] = SENSE_DATA_CHECK,
    [FAULT_EQUIPMENT] = SENSE_EQUIPMENT,
    [FAULT_INTERVENTION] = SENSE_INTERVENTION,
};

/* ---- striking ------------------------------------------------------------ */

static bool
over(const struct fault *f)
{
    return f->count == 0;
}

/* Its time is up: a device that was busy may be so again, other faults are
 * over. */
static void
end_time(struct fault *f)
{
    if (!fault_makes_busy(f))
        f->count = 0;
}

/* What tells the program that the time is over. */
static uint8_t
ending_status(const struct fault *f)
{
    return f->kind == FAULT_CONTROL_UNIT_BUSY ? DS_CONTROL_UNIT_END
                                              : DS_DEVICE_END;
}

static void
fault_event(struct machine *m, void *ctx)
{
    struct fault *f = ctx;

    (void)m;
    end_time(f);
    device_unsolicited(f->dev, ending_status(f));
}

static bool
in_place(const struct fault *f)
{
    unsigned cylinder = 0, head = 0;

    if (f->cylinder == FAULT_ANY && f->head == FAULT_ANY)
        return true;
    f->dev->ops->place(f->dev, &cylinder, &head);
    return (f->cylinder == FAULT_ANY || f->cylinder == cylinder) &&
           (f->head == FAULT_ANY || f->head == head);
}

/* Does the fault strike now?  It then counts as having struck. */
static bool
strikes(struct fault *f)
{
    if (over(f) || f->dev->m->now_ns < f->at_ns || !in_place(f))
        return false;
    if (f->after > 0) {
        f->after--;
        return false;
    }
    if (f->lasts_ns > 0 && (fault_makes_busy(f) || !f->struck))
        event_add(f->dev->m, &f->event, f->dev->m->now_ns + f->lasts_ns);
    f->struck = true;
    f->count--;
    return true;
}

/* Set the sense bytes: the device's way, or as they were given. */
static uint8_t
unit_check(struct fault *f)
{
    struct device *dev = f->dev;

    if (dev->ops->check != NULL)
        dev->ops->check(dev, sense0_of[f->kind]);
    else
        device_check(dev, sense0_of[f->kind]);
    memcpy(dev->sense, f->sense, f->nsense);
    if (trace_on(dev->m, 'c'))
        trace_line(dev->m, "FAULT %04X  %s", dev->devno, f->text);
    return DS_UNIT_CHECK;
}

static bool
is_read(uint8_t code)
{
    return (code & 0x03) == 0x02 || (code & 0x0F) == 0x0C;
}

static uint8_t
strike(struct device *dev, uint8_t code, bool at_end)
{
    struct fault *f;

    if (code == CODE_NOP)
        return 0;
    for (f = dev->faults; f != NULL; f = f->next) {
        if (fault_makes_busy(f) || (f->kind == FAULT_DATA_CHECK) != at_end)
            continue;
        if (f->command == FAULT_ANY ? at_end && !is_read(code)
                                    : f->command != code)
            continue;
        if (strikes(f))
            return unit_check(f);
    }
    return 0;
}

uint8_t
fault_start(struct device *dev, uint8_t code)
{
    return strike(dev, code, false);
}

uint8_t
fault_end(struct device *dev, uint8_t code)
{
    return strike(dev, code, true);
}

/* The control unit is asked before the device. */
uint8_t
fault_is_busy(const struct device *dev)
{
    const struct fault *f;
    uint8_t status = 0;

    for (f = dev->faults; f != NULL; f = f->next) {
        if (!fault_makes_busy(f) || !f->event.queued)
            continue;
        status |= DS_BUSY;
        if (f->kind == FAULT_CONTROL_UNIT_BUSY)
            status |= DS_MODIFIER;
    }
    return status;
}

uint8_t
fault_busy(struct device *dev)
{
    struct fault *f;

    if (fault_is_busy(dev) != 0)
        return fault_is_busy(dev);
    for (f = dev->faults; f != NULL; f = f->next) {
        if (!fault_makes_busy(f) || !strikes(f))
            continue;
        if (trace_on(dev->m, 'c'))
            trace_line(dev->m, "FAULT %04X  %s", dev->devno, f->text);
        return fault_is_busy(dev);
    }
    return 0;
}

void
fault_reset(struct device *dev)
{
    struct fault *f;

    for (f = dev->faults; f != NULL; f = f->next) {
        if (!f->event.queued)
            continue;
        event_cancel(dev->m, &f->event);
        end_time(f);
    }
}

/* ---- for snapshots ------------------------------------------------------- */

/* A fault of the device that strikes any command, not among the others yet. */
static struct fault *
fault_new(struct device *dev)
{
    struct fault *f = calloc(1, sizeof(*f));

    if (f == NULL)
        return NULL;
    f->dev = dev;
    f->count = FAULT_UNTIL_CLEARED;
    f->command = f->cylinder = f->head = FAULT_ANY;
    f->event = (struct event){.fn = fault_event, .ctx = f, .order = dev->devno};
    return f;
}

static void
fault_link(struct fault *f)
{
    struct fault **p = &f->dev->faults;

    while (*p != NULL)
        p = &(*p)->next;
    *p = f;
}

/* FAULT_ANY, or a number. */
static void
condition_state(struct state *s, int64_t *condition)
{
    uint32_t n =
        *condition == FAULT_ANY ? CONDITIONS_MAX : (uint32_t)*condition;

    n = state_number(s, n, CONDITIONS_MAX);
    *condition = n == CONDITIONS_MAX ? FAULT_ANY : (int64_t)n;
}

static void
one_state(struct state *s, struct fault *f)
{
    STATE_NUMBER(s, f->kind, FAULT_KINDS - 1);
    state_u64(s, &f->after);
    state_u64(s, &f->count);
    state_time(s, &f->lasts_ns);
    state_time(s, &f->at_ns);
    condition_state(s, &f->command);
    condition_state(s, &f->cylinder);
    condition_state(s, &f->head);
    STATE_NUMBER(s, f->nsense, f->dev->ops->sense_bytes);
    state_bytes(s, f->sense, sizeof(f->sense));
    state_bool(s, &f->struck);
    state_event(s, &f->event);
    state_text(s, f->text, sizeof(f->text));
    if ((f->cylinder != FAULT_ANY || f->head != FAULT_ANY) &&
        f->dev->ops->place == NULL) {
        state_fail(s, "a fault has a cylinder, its device has none");
        f->cylinder = f->head = FAULT_ANY;
    }
}

void
fault_state(struct device *dev, struct state *s)
{
    struct fault *f;
    uint32_t n = 0;

    for (f = dev->faults; f != NULL; f = f->next)
        n++;
    n = state_number(s, n, FAULTS_SAVED);
    if (state_loading(s)) {
        fault_free(dev);
        for (; n > 0 && !s->failed; n--) {
            f = fault_new(dev);
            if (f == NULL)
                state_fail(s, "no memory for a fault");
            else {
                fault_link(f);
                one_state(s, f);
            }
        }
        return;
    }
    for (f = dev->faults; f != NULL; f = f->next)
        one_state(s, f);
}

/* ---- for machine.h ------------------------------------------------------- */

void
fault_free(struct device *dev)
{
    struct fault *f;

    while ((f = dev->faults) != NULL) {
        dev->faults = f->next;
        event_cancel(dev->m, &f->event);
        free(f);
    }
}

/* The operator has repaired the device. */
static void
clear(struct device *dev)
{
    const struct fault *f;
    uint8_t status = 0;

    for (f = dev->faults; f != NULL; f = f->next)
        if ((f->kind == FAULT_INTERVENTION && f->struck && !over(f)) ||
            f->event.queued)
            status |= ending_status(f);
    fault_free(dev);
    if (status != 0)
        device_unsolicited(dev, status);
}

int
machine_fault(struct machine *m, uint16_t devno, int argc, char *const argv[])
{
    struct device *dev = device_find(m, devno);
    struct fault *f;

    if (dev == NULL)
        return machine_fail(m, "fault: no device is attached at %04X", devno);
    input_note(m, &(struct input){.kind = INPUT_FAULT,
                                  .devno = devno,
                                  .nwords = argc,
                                  .words = (const char *const *)argv});
    if (argc == 1 && strcmp(argv[0], "clear") == 0) {
        clear(dev);
        return 0;
    }
    f = argc < 1 ? NULL : fault_new(dev);
    if (f == NULL)
        return machine_fail(m, "fault at %04X: %s", devno,
                            argc < 1 ? "which one?" : "no memory");
    if (fault_parse(f, argc, argv) != 0) {
        free(f);
        return -1;
    }
    fault_link(f);
    return 0;
}

void
machine_faults(struct machine *m,
               void (*fn)(void *ctx, uint16_t devno, const char *words),
               void *ctx)
{
    const struct device *dev;
    const struct fault *f;

    for (dev = m->io->devices; dev != NULL; dev = dev->next)
        for (f = dev->faults; f != NULL; f = f->next)
            if (!over(f))
                fn(ctx, dev->devno, f->text);
}
