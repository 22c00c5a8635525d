/*
 * dev_console.c - 3215 console printer-keyboard
 *
 * A typewriter: the machine prints on paper at 85 characters a second, the
 * operator types lines.  The keyboard opens only while a READ INQUIRY waits
 * (PROCEED); the request key asks the program, by an attention interruption,
 * to issue one.  A line typed early is kept and taken by the next read.
 *
 *   X'01' WRITE                      X'09' WRITE, then return the carrier
 *   X'0A' READ INQUIRY               X'0E' the same without printing
 *   X'0B' ALARM   X'03' NO OPERATION   X'04' SENSE (one byte)
 *
 * X'0E' is a feature of the course machine, for passwords.  The paper is a
 * stream of UTF-8 text to the listener; when there is no more of it the console
 * needs the operator.
 *
 * Word: [lines], for a terminal line; it tells people, not the machine.
 *
 * Source: GA24-3550, "Commands", "Status and Sense Information".
 */
#include <stdlib.h>

#include "../state.h"
#include "channel.h"
#include "ebcdic.h"

enum {
    PRINT_POSITIONS = 126,
    LINE_MAX_BYTES = 4096,
    TYPED_AHEAD_MAX = 100000,
    CODE_NEW_LINE = 0x15,
    CMD_WRITE = 0x01,
    CMD_NOP = 0x03,
    CMD_WRITE_RETURN = 0x09,
    CMD_READ = 0x0A,
    CMD_ALARM = 0x0B,
    CMD_READ_HIDDEN = 0x0E,
};
#define CHARACTER_NS (NS_PER_S / 85)
#define KEYBOARD_NS (1 * NS_PER_MS)

struct typed_line {
    struct typed_line *next;
    size_t len;
    uint8_t text[]; /* EBCDIC */
};

struct console {
    void (*listener)(void *ctx, const char *text, size_t len);
    void *ctx;
    struct typed_line *typed; /* oldest first */
    bool cancelled;           /* the cancel key ends the read */
    unsigned column;
    uint64_t printed; /* bytes: the paper comes to an end */
    /* Characters of a write that are on their way to the paper. */
    uint8_t printing[PRINT_POSITIONS];
    uint32_t nprinting;
    uint64_t printing_since;
};

static void
emit(struct console *c, const char *text, size_t len)
{
    c->printed += len;
    if (c->listener != NULL && len > 0)
        c->listener(c->ctx, text, len);
}

static void
new_line(struct console *c)
{
    emit(c, "\n", 1);
    c->column = 0;
}

static void
print(struct console *c, const uint8_t *text, uint32_t len)
{
    char out[2 * PRINT_POSITIONS];
    size_t n = 0;
    uint32_t i;

    for (i = 0; i < len; i++) {
        if (text[i] == CODE_NEW_LINE || c->column == PRINT_POSITIONS) {
            emit(c, out, n);
            n = 0;
            new_line(c);
            if (text[i] == CODE_NEW_LINE)
                continue;
        }
        if (n + 2 > sizeof(out)) {
            emit(c, out, n);
            n = 0;
        }
        n += ebcdic_to_utf8(text[i], out + n);
        c->column++;
    }
    emit(c, out, n);
}

static bool
is_read(uint8_t code)
{
    return code == CMD_READ || code == CMD_READ_HIDDEN;
}

/* ---- commands ------------------------------------------------------------ */

static uint8_t
console_start(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct console *c = dev->state;
    bool out_of_paper = c->printed >= dev->m->options.output_bytes;

    if (out_of_paper && code != CMD_NOP)
        return device_check(dev, SENSE_INTERVENTION);
    switch (code) {
    case CMD_WRITE:
    case CMD_WRITE_RETURN:
        c->nprinting = 0;
        *delay_ns = CHARACTER_NS / 10;
        return 0;
    case CMD_READ:
    case CMD_READ_HIDDEN:
        c->cancelled = false;
        if (c->typed != NULL) {
            *delay_ns = KEYBOARD_NS;
            return 0;
        }
        *delay_ns = DEVICE_WAITS;
        if (dev->m->stop_at_read)
            dev->m->stop_requested = true;
        return 0;
    case CMD_ALARM:
    case CMD_NOP:
        return DS_NORMAL;
    default:
        return device_check(dev, SENSE_COMMAND_REJECT);
    }
}

/* The characters asked for last are on the paper; ask for more. */
static uint8_t
write_more(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct console *c = dev->state;

    print(c, c->printing, c->nprinting);
    c->nprinting = channel_get(dev, c->printing, sizeof(c->printing));
    c->printing_since = dev->m->now_ns;
    if (c->nprinting > 0) {
        *delay_ns = c->nprinting * CHARACTER_NS;
        return 0;
    }
    if (code == CMD_WRITE_RETURN)
        new_line(c);
    return DS_NORMAL;
}

static uint8_t
read_line(struct device *dev, uint8_t code)
{
    struct console *c = dev->state;
    struct typed_line *line = c->typed;

    if (c->cancelled || line == NULL) {
        c->cancelled = false;
        new_line(c);
        return DS_NORMAL | DS_UNIT_EXCEPTION;
    }
    c->typed = line->next;
    if (code == CMD_READ)
        print(c, line->text, (uint32_t)line->len);
    new_line(c);
    channel_put(dev, line->text, (uint32_t)line->len);
    free(line);
    return DS_NORMAL;
}

static uint8_t
console_end(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    return is_read(code) ? read_line(dev, code)
                         : write_more(dev, code, delay_ns);
}

/* A write stops after the character that is being printed. */
static void
console_halt(struct device *dev)
{
    struct console *c = dev->state;
    uint64_t printed;

    if (c->nprinting == 0)
        return;
    printed = (dev->m->now_ns - c->printing_since) / CHARACTER_NS;
    if (printed < c->nprinting)
        c->nprinting = (uint32_t)printed;
    print(c, c->printing, c->nprinting);
    c->nprinting = 0;
}

static void
console_reset(struct device *dev)
{
    struct console *c = dev->state;

    c->nprinting = 0;
    c->cancelled = false;
}

/* ---- attaching ----------------------------------------------------------- */

static int
console_attach(struct device *dev, int argc, char *const argv[])
{
    if (argc > 1 || (argc == 1 && strcmp(argv[0], "lines") != 0))
        return machine_fail(dev->m,
                            "3215 at %04X: unknown word \"%s\"; it takes "
                            "none but \"lines\"",
                            dev->devno, argv[argc - 1]);
    return 0;
}

static void
console_detach(struct device *dev)
{
    struct console *c = dev->state;
    struct typed_line *line;

    while ((line = c->typed) != NULL) {
        c->typed = line->next;
        free(line);
    }
}

/* ---- snapshots ----------------------------------------------------------- */

static void
typed_state(struct state *s, struct console *c)
{
    struct typed_line *line = c->typed, **p = &c->typed;
    uint32_t n = 0, len;

    for (; line != NULL; line = line->next)
        n++;
    n = state_number(s, n, TYPED_AHEAD_MAX);
    for (; n > 0 && !s->failed; n--, p = &(*p)->next) {
        len = state_loading(s) ? 0 : (uint32_t)(*p)->len;
        len = state_number(s, len, LINE_MAX_BYTES);
        if (state_loading(s)) {
            *p = calloc(1, sizeof(**p) + len + 1);
            if (*p == NULL) {
                state_fail(s, "no memory for a typed line");
                return;
            }
            (*p)->len = len;
        }
        state_bytes(s, (*p)->text, len);
    }
}

static void
console_state(struct device *dev, struct state *s)
{
    struct console *c = dev->state;

    if (state_loading(s))
        console_detach(dev);
    typed_state(s, c);
    state_bool(s, &c->cancelled);
    STATE_NUMBER(s, c->column, PRINT_POSITIONS);
    state_u64(s, &c->printed);
    STATE_NUMBER(s, c->nprinting, PRINT_POSITIONS);
    state_bytes(s, c->printing, c->nprinting);
    state_u64(s, &c->printing_since);
}

const struct device_ops device_3215 = {
    .type = "3215",
    .state_size = sizeof(struct console),
    .sense_bytes = 1,
    .attach = console_attach,
    .detach = console_detach,
    .start = console_start,
    .end = console_end,
    .halt = console_halt,
    .reset = console_reset,
    .state = console_state,
};

/* ---- keys and paper, for machine.h --------------------------------------- */

static struct device *
console_find(struct machine *m, uint16_t devno)
{
    struct device *dev = device_find(m, devno);

    if (dev == NULL || dev->ops != &device_3215) {
        machine_fail(m, "there is no 3215 console at %04X", devno);
        return NULL;
    }
    return dev;
}

int
machine_console_listen(struct machine *m, uint16_t devno,
                       void (*fn)(void *ctx, const char *text, size_t len),
                       void *ctx)
{
    struct device *dev = console_find(m, devno);
    struct console *c;

    if (dev == NULL)
        return -1;
    c = dev->state;
    c->listener = fn;
    c->ctx = ctx;
    return 0;
}

bool
machine_console_waiting(const struct machine *m, uint16_t devno)
{
    const struct device *dev = device_find(m, devno);

    return dev != NULL && dev->ops == &device_3215 &&
           dev->phase == PHASE_COMMAND && is_read(dev->sub.code) &&
           !dev->event.queued;
}

bool
machine_console_hidden(const struct machine *m, uint16_t devno)
{
    return machine_console_waiting(m, devno) &&
           device_find(m, devno)->sub.code == CMD_READ_HIDDEN;
}

int
machine_type(struct machine *m, uint16_t devno, const char *text)
{
    struct device *dev = console_find(m, devno);
    const char *end = text + strlen(text);
    struct typed_line *line, **p;
    struct console *c;

    if (dev == NULL)
        return -1;
    if (end - text > LINE_MAX_BYTES)
        return machine_fail(m,
                            "console %04X: the line is longer than %d "
                            "characters",
                            devno, LINE_MAX_BYTES);
    line = calloc(1, sizeof(*line) + (size_t)(end - text) + 1);
    if (line == NULL)
        return machine_fail(m, "no memory for a typed line");
    input_note(m, &(struct input){.kind = INPUT_TYPE,
                                  .devno = devno,
                                  .nwords = 1,
                                  .words = &text});
    while (text < end)
        ebcdic_from_utf8(&text, end, &line->text[line->len++]);
    c = dev->state;
    for (p = &c->typed; *p != NULL; p = &(*p)->next)
        ;
    *p = line;
    if (machine_console_waiting(m, devno))
        device_wake(dev, KEYBOARD_NS);
    return 0;
}

int
machine_attention(struct machine *m, uint16_t devno)
{
    struct device *dev = console_find(m, devno);

    if (dev == NULL)
        return -1;
    input_note(m, &(struct input){.kind = INPUT_ATTENTION, .devno = devno});
    device_unsolicited(dev, DS_ATTENTION);
    return 0;
}

int
machine_cancel(struct machine *m, uint16_t devno)
{
    struct device *dev = console_find(m, devno);

    if (dev == NULL)
        return -1;
    input_note(m, &(struct input){.kind = INPUT_CANCEL, .devno = devno});
    if (machine_console_waiting(m, devno)) {
        ((struct console *)dev->state)->cancelled = true;
        device_wake(dev, KEYBOARD_NS);
    }
    return 0;
}
