/*
 * fault.c - faults that are scripted for devices
 *
 * A fault is said in words, by a FAULT statement of the configuration or the
 * monitor's `fault` command:
 *
 *   data-check       a read ends with unit check, its data moved
 *   equipment-check  a command is refused with unit check
 *   intervention     likewise: the operator is needed
 *   unit-check       likewise, with the sense bytes that sense= gives
 *   busy             START I/O finds the device busy for ms=
 *   control-unit-busy   likewise the control unit: busy with status modifier
 *
 *   after=N          N commands that it could strike go well first
 *   count=N          it strikes N times; otherwise until it is cleared, but
 *                    the two of busy once
 *   ms=N             or until N ms after it first struck
 *   at=N             it strikes nothing before N ms of virtual time
 *   command=XX       it strikes this command code only
 *   cylinder=N head=N   only when a disk's access mechanism is there
 *   sense=XX...      sense bytes from byte 0 on, in place of the device's own
 *
 * busy, and intervention that is over or cleared, end with device end, as when
 * a person has made the device ready; control-unit-busy with control unit end.
 * SENSE and NO OPERATION are never struck.  Everything is counted in commands
 * and virtual time: the same run meets the same faults.
 */
#include "fault.h"

#include <stdio.h>
#include <stdlib.h>

#include "../state.h"

enum fault_kind {
    FAULT_DATA_CHECK,
    FAULT_EQUIPMENT,
    FAULT_INTERVENTION,
    FAULT_UNIT_CHECK,
    FAULT_BUSY,
    FAULT_CONTROL_UNIT_BUSY,
    FAULT_KINDS,
};

static const struct {
    const char *name;
    uint8_t sense0;
} kinds[FAULT_KINDS] = {
    {"data-check", SENSE_DATA_CHECK},
    {"equipment-check", SENSE_EQUIPMENT},
    {"intervention", SENSE_INTERVENTION},
    {"unit-check", 0},
    {"busy", 0},
    {"control-unit-busy", 0},
};

enum {
    CODE_NOP = 0x03,
    TEXT_MAX = 200,
    ANY = -1,
    CONDITIONS_MAX = 1000000001, /* stands for ANY in a snapshot */
    FAULTS_SAVED = 1000,
};
#define NUMBER_MAX UINT64_C(1000000000)
#define UNTIL_CLEARED UINT64_MAX

struct fault {
    struct fault *next;
    struct device *dev;
    enum fault_kind kind;
    uint64_t after;    /* commands that still go well */
    uint64_t count;    /* times it still strikes */
    uint64_t lasts_ns; /* 0: not limited by time */
    uint64_t at_ns;
    int64_t command, cylinder, head; /* or ANY */
    uint8_t sense[SENSE_MAX];
    unsigned nsense;
    bool struck;
    struct event event; /* the end of lasts_ns */
    char text[TEXT_MAX];
};

static bool
is_busy(const struct fault *f)
{
    return f->kind == FAULT_BUSY || f->kind == FAULT_CONTROL_UNIT_BUSY;
}

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
    if (!is_busy(f))
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

    if (f->cylinder == ANY && f->head == ANY)
        return true;
    f->dev->ops->place(f->dev, &cylinder, &head);
    return (f->cylinder == ANY || f->cylinder == cylinder) &&
           (f->head == ANY || f->head == head);
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
    if (f->lasts_ns > 0 && (is_busy(f) || !f->struck))
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
        dev->ops->check(dev, kinds[f->kind].sense0);
    else
        device_check(dev, kinds[f->kind].sense0);
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
        if (is_busy(f) || (f->kind == FAULT_DATA_CHECK) != at_end)
            continue;
        if (f->command == ANY ? at_end && !is_read(code) : f->command != code)
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
        if (!is_busy(f) || !f->event.queued)
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
        if (!is_busy(f) || !strikes(f))
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

/* ---- the words ----------------------------------------------------------- */

enum parameter {
    AFTER,
    COUNT,
    MS,
    AT,
    CYLINDER,
    HEAD,
    COMMAND, /* from here on hexadecimal */
    SENSE,
    PARAMETERS,
};

static const char *const parameters[PARAMETERS] = {
    "after", "count", "ms", "at", "cylinder", "head", "command", "sense"};

static bool
decimal(const char *text, uint64_t *value)
{
    const char *p = text;

    for (*value = 0; *p >= '0' && *p <= '9' && *value < NUMBER_MAX; p++)
        *value = *value * 10 + (uint64_t)(*p - '0');
    return p != text && *p == '\0' && *value <= NUMBER_MAX;
}

static int
hex_digit(char c)
{
    const char *digits = "0123456789abcdef0123456789ABCDEF", *p;

    p = c == '\0' ? NULL : strchr(digits, c);
    return p == NULL ? -1 : (int)((p - digits) % 16);
}

/* Pairs of digits; the number of bytes, 0 when it is not that. */
static unsigned
hexadecimal(const char *text, uint8_t *bytes, unsigned max)
{
    unsigned n = 0;

    for (; *text != '\0'; text += 2) {
        if (n == max || hex_digit(text[0]) < 0 || hex_digit(text[1]) < 0)
            return 0;
        bytes[n++] = (uint8_t)(hex_digit(text[0]) << 4 | hex_digit(text[1]));
    }
    return n;
}

static int
wrong_value(struct fault *f, const char *word, enum parameter p)
{
    struct device *dev = f->dev;

    if (p < COMMAND)
        return machine_fail(dev->m,
                            "fault at %04X: \"%.40s\": a decimal number must "
                            "follow, as in %s=2",
                            dev->devno, word, parameters[p]);
    return machine_fail(dev->m,
                        "fault at %04X: \"%.60s\": 1 to %u bytes must follow "
                        "as pairs of hexadecimal digits, as in %s=02",
                        dev->devno, word,
                        p == COMMAND ? 1 : dev->ops->sense_bytes,
                        parameters[p]);
}

static enum parameter
parameter_of(const char *word)
{
    size_t len = strcspn(word, "=");
    enum parameter p;

    for (p = AFTER; p < PARAMETERS; p++)
        if (word[len] == '=' && strlen(parameters[p]) == len &&
            strncmp(word, parameters[p], len) == 0)
            break;
    return p;
}

/* One word behind the kind.  0, or -1 after machine_fail(). */
static int
parse_word(struct fault *f, const char *word)
{
    enum parameter p = parameter_of(word);
    const char *text = word + strcspn(word, "=") + 1;
    uint64_t value = 0;
    uint8_t code = 0;

    if (p == PARAMETERS)
        return machine_fail(f->dev->m,
                            "fault at %04X: \"%.40s\" is none of after= "
                            "count= ms= at= cylinder= head= command= sense=",
                            f->dev->devno, word);
    if (p < COMMAND && !decimal(text, &value))
        return wrong_value(f, word, p);
    if (p == COMMAND && hexadecimal(text, &code, 1) == 0)
        return wrong_value(f, word, p);
    switch (p) {
    case AFTER:
        f->after = value;
        break;
    case COUNT:
        f->count = value;
        break;
    case MS:
        f->lasts_ns = value * NS_PER_MS;
        break;
    case AT:
        f->at_ns = value * NS_PER_MS;
        break;
    case CYLINDER:
        f->cylinder = (int64_t)value;
        break;
    case HEAD:
        f->head = (int64_t)value;
        break;
    case COMMAND:
        f->command = code;
        break;
    case SENSE:
        f->nsense = hexadecimal(text, f->sense, f->dev->ops->sense_bytes);
        if (f->nsense == 0)
            return wrong_value(f, word, p);
        break;
    case PARAMETERS:
        break;
    }
    return 0;
}

/* What the words say together.  0, or -1 after machine_fail(). */
static int
check_words(struct fault *f)
{
    struct device *dev = f->dev;

    if (f->count == 0)
        return machine_fail(dev->m,
                            "fault at %04X: it must strike at least once, "
                            "count=1",
                            dev->devno);
    if (is_busy(f) && f->lasts_ns == 0)
        return machine_fail(dev->m,
                            "fault at %04X: %s needs the time that it is so "
                            "for, as in ms=50",
                            dev->devno, kinds[f->kind].name);
    if (is_busy(f) && (f->nsense > 0 || f->command != ANY))
        return machine_fail(dev->m,
                            "fault at %04X: a device that is busy looks at no "
                            "command and has no sense bytes for it",
                            dev->devno);
    if (f->kind == FAULT_UNIT_CHECK && f->nsense == 0)
        return machine_fail(dev->m,
                            "fault at %04X: unit-check needs the sense bytes, "
                            "as in sense=80",
                            dev->devno);
    if ((f->cylinder != ANY || f->head != ANY) && dev->ops->place == NULL)
        return machine_fail(dev->m,
                            "fault at %04X: a %s has no cylinders and heads",
                            dev->devno, dev->ops->type);
    return 0;
}

/* All words.  0, or -1 after machine_fail(). */
static int
parse(struct fault *f, int argc, char *const argv[])
{
    struct device *dev = f->dev;
    size_t len = 0;
    int i;

    for (f->kind = 0; f->kind < FAULT_KINDS; f->kind++)
        if (strcmp(argv[0], kinds[f->kind].name) == 0)
            break;
    if (f->kind == FAULT_KINDS)
        return machine_fail(dev->m,
                            "fault at %04X: \"%.40s\" is none of data-check "
                            "equipment-check intervention unit-check busy "
                            "control-unit-busy clear",
                            dev->devno, argv[0]);
    for (i = 0; i < argc; i++) {
        if (i > 0 && parse_word(f, argv[i]) != 0)
            return -1;
        len += (size_t)snprintf(f->text + len, sizeof(f->text) - len, "%s%s",
                                i > 0 ? " " : "", argv[i]);
        if (len >= sizeof(f->text))
            return machine_fail(dev->m, "fault at %04X: too many words",
                                dev->devno);
    }
    if (f->count == UNTIL_CLEARED && is_busy(f))
        f->count = 1;
    return check_words(f);
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
    f->count = UNTIL_CLEARED;
    f->command = f->cylinder = f->head = ANY;
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

/* ANY, or a number. */
static void
condition_state(struct state *s, int64_t *condition)
{
    uint32_t n = *condition == ANY ? CONDITIONS_MAX : (uint32_t)*condition;

    n = state_number(s, n, CONDITIONS_MAX);
    *condition = n == CONDITIONS_MAX ? ANY : (int64_t)n;
}

static void
one_state(struct state *s, struct fault *f)
{
    STATE_NUMBER(s, f->kind, FAULT_KINDS - 1);
    state_u64(s, &f->after);
    state_u64(s, &f->count);
    state_u64(s, &f->lasts_ns);
    state_u64(s, &f->at_ns);
    condition_state(s, &f->command);
    condition_state(s, &f->cylinder);
    condition_state(s, &f->head);
    STATE_NUMBER(s, f->nsense, f->dev->ops->sense_bytes);
    state_bytes(s, f->sense, sizeof(f->sense));
    state_bool(s, &f->struck);
    state_event(s, &f->event);
    state_text(s, f->text, sizeof(f->text));
    if ((f->cylinder != ANY || f->head != ANY) && f->dev->ops->place == NULL) {
        state_fail(s, "a fault has a cylinder, its device has none");
        f->cylinder = f->head = ANY;
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
    if (parse(f, argc, argv) != 0) {
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
