/*
 * forms.c - paper and the carriage that moves it
 */
#include "forms.h"

#include <string.h>

enum { FCB_LAST = 0x10, FCB_CHANNEL = 0x0F };

static uint16_t
hole(unsigned channel)
{
    return (uint16_t)(1u << channel);
}

/* ---- where the channels are ---------------------------------------------- */

/* Another form: the paper stays where it is, if the form has that line. */
static void
take(struct forms *f, const struct forms *other)
{
    f->lines = other->lines;
    memcpy(f->holes, other->holes, sizeof(f->holes));
    if (f->line == 0 || f->line > f->lines)
        f->line = 1;
}

void
forms_standard(struct forms *f)
{
    forms_punch(f, "66:1,7,13,19,25,31,37,43,63,49,55,61");
}

/* A decimal number; *p is then behind it. */
static bool
number(const char **p, unsigned *value)
{
    const char *start = *p;

    for (*value = 0; **p >= '0' && **p <= '9' && *value < 1000; ++*p)
        *value = *value * 10 + (unsigned)(**p - '0');
    return *p != start;
}

bool
forms_punch(struct forms *f, const char *words)
{
    struct forms form = {0};
    unsigned channel, line;

    if (!number(&words, &form.lines) || form.lines == 0 ||
        form.lines > FORM_LINES_MAX)
        return false;
    for (channel = 1; *words != '\0'; channel++) {
        if (*words++ != (channel == 1 ? ':' : ',') || channel > FORM_CHANNELS)
            return false;
        if (!number(&words, &line) || line > form.lines)
            return false;
        if (line > 0)
            form.holes[line] |= hole(channel);
    }
    take(f, &form);
    return true;
}

bool
forms_load(struct forms *f, const uint8_t *bytes, uint32_t len)
{
    struct forms form = {0};
    uint8_t byte;

    do {
        if (form.lines == len || form.lines == FORM_LINES_MAX)
            return false;
        byte = bytes[form.lines++];
        if ((byte & FCB_CHANNEL) > FORM_CHANNELS)
            return false;
        if ((byte & FCB_CHANNEL) != 0)
            form.holes[form.lines] = hole(byte & FCB_CHANNEL);
        /* in the first byte the bit shifts the print positions instead */
    } while ((byte & FCB_LAST) == 0 || form.lines == 1);
    take(f, &form);
    return true;
}

/* ---- paper --------------------------------------------------------------- */

static void
put(struct forms *f, const char *text, size_t len)
{
    f->nbytes += fwrite(text, 1, len, f->file);
}

uint16_t
forms_space(struct forms *f)
{
    f->line = f->line % f->lines + 1;
    f->inked = false;
    put(f, "\n", 1);
    return f->holes[f->line];
}

/* Lines to the next one with a hole for the channel: 1 to a whole form; 0
 * when there is none. */
static unsigned
distance(const struct forms *f, unsigned channel)
{
    unsigned n, line = f->line;

    for (n = 1; n <= f->lines; n++) {
        line = line % f->lines + 1;
        if (f->holes[line] & hole(channel))
            return n;
    }
    return 0;
}

int
forms_skip(struct forms *f, unsigned channel)
{
    unsigned lines = distance(f, channel), n;

    if (!f->inked && (f->holes[f->line] & hole(channel)))
        return 0;
    if (channel == 1 && lines > 0) {
        f->line = (f->line + lines - 1) % f->lines + 1;
        f->inked = false;
        put(f, "\f", 1);
        return (int)lines;
    }
    for (n = lines > 0 ? lines : f->lines; n > 0; n--)
        forms_space(f);
    return lines > 0 ? (int)lines : -1;
}

void
forms_print(struct forms *f, const char *text, size_t len)
{
    if (f->inked && len > 0)
        put(f, "\r", 1);
    put(f, text, len);
    f->inked = true;
}

bool
forms_flush(struct forms *f)
{
    if (fflush(f->file) == 0 && !ferror(f->file))
        return true;
    clearerr(f->file);
    return false;
}
