/*
 * fault_words.c - the words that say a scripted fault
 *
 * They come from a FAULT statement of the configuration or the monitor's
 * `fault` command:
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
 * A fault is filled in word by word; what the words say together is checked
 * last.  One that is not wholly right is refused and strikes nothing.
 */
#include "fault_words.h"

#include <stdio.h>
#include <string.h>

#define NUMBER_MAX UINT64_C(1000000000)

static const char *const kinds[FAULT_KINDS] = {
    [FAULT_DATA_CHECK] = "data-check",
    [FAULT_EQUIPMENT] = "equipment-check",
    [FAULT_INTERVENTION] = "intervention",
    [FAULT_UNIT_CHECK] = "unit-check",
    [FAULT_BUSY] = "busy",
    [FAULT_CONTROL_UNIT_BUSY] = "control-unit-busy",
};

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
    if (fault_makes_busy(f) && f->lasts_ns == 0)
        return machine_fail(dev->m,
                            "fault at %04X: %s needs the time that it is so "
                            "for, as in ms=50",
                            dev->devno, kinds[f->kind]);
    if (fault_makes_busy(f) && (f->nsense > 0 || f->command != FAULT_ANY))
        return machine_fail(dev->m,
                            "fault at %04X: a device that is busy looks at no "
                            "command and has no sense bytes for it",
                            dev->devno);
    if (f->kind == FAULT_UNIT_CHECK && f->nsense == 0)
        return machine_fail(dev->m,
                            "fault at %04X: unit-check needs the sense bytes, "
                            "as in sense=80",
                            dev->devno);
    if ((f->cylinder != FAULT_ANY || f->head != FAULT_ANY) &&
        dev->ops->place == NULL)
        return machine_fail(dev->m,
                            "fault at %04X: a %s has no cylinders and heads",
                            dev->devno, dev->ops->type);
    return 0;
}

int
fault_parse(struct fault *f, int argc, char *const argv[])
{
    struct device *dev = f->dev;
    size_t len = 0;
    int i;

    for (f->kind = 0; f->kind < FAULT_KINDS; f->kind++)
        if (strcmp(argv[0], kinds[f->kind]) == 0)
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
    if (f->count == FAULT_UNTIL_CLEARED && fault_makes_busy(f))
        f->count = 1;
    return check_words(f);
}
