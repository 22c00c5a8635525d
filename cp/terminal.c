/*
 * terminal.c - the real 3215s and the lines on them (compare DMKCNS)
 *
 * A terminal does one thing at a time: it prints the first line of its output
 * queue, or, when that is empty, opens its keyboard for the read that is
 * wanted.  Every change (a line queued, a read asked for, an interruption)
 * goes to terminal_step(), which starts what comes next.
 *
 * A line that comes while the keyboard is open waits until the read ends or,
 * where the device can halt it, breaks in: the read is halted and asked for
 * again afterwards.
 */
#include "console.h"

#include <s370/ccw.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "realio.h"

#define INPUT_MAX 130   /* what a 3215 takes in one line */
#define OUTPUT_MAX 2000 /* lines that may wait on one terminal */
#define LINE_MAX_TEXT 240
#define NEW_LINE 0x15 /* EBCDIC */

struct output {
    struct output *next;
    void (*done)(void *ctx);
    void *ctx;
    uint32_t len;
    bool newline;
    char text[];
};

struct terminal {
    struct terminal *next;
    struct rdev *dev;
    struct vm *vm;
    bool enabled;   /* CP-LAB ONLINE was said */
    bool offline;   /* intervention required: wait for its ready */
    bool no_hidden; /* rejects the read without print */
    enum { IDLE, PRINTING, READING } doing;
    bool halting; /* the read was halted to let a line through */
    struct output *first, *last;
    uint32_t noutput;
    bool lost; /* lines were thrown away */
    /* the read that is wanted */
    bool wanted, hidden;
    void (*got)(void *ctx, const char *text, uint32_t len);
    void *got_ctx;
    uint32_t read_serial, reading_serial;
    struct io_request request;
    struct ccw ccw;
    char input[INPUT_MAX + 1];
};

static struct terminal *terminals;
static struct terminal *operator; /* the first one that answered */

static void io_done(struct rdev *dev, struct io_request *req);

/* A CCW has at least one byte: an empty line is a new-line code, and nothing
 * at all a no-operation. */
static struct ccw
output_ccw(const struct output *out)
{
    static const char new_line = NEW_LINE;
    uint8_t code = out->newline ? CCW_CONSOLE_WRITE_CR : CCW_CONSOLE_WRITE;

    if (out->len > 0)
        return CCW_MAKE(code, out->text, CCW_SLI, out->len);
    return CCW_MAKE(out->newline ? CCW_CONSOLE_WRITE : CCW_NOP, &new_line,
                    CCW_SLI, 1);
}

/* Start the next thing, if the terminal is free. */
static void
terminal_step(struct terminal *t)
{
    if (t->offline)
        return;
    if (t->doing == READING && t->first != NULL && !t->halting) {
        t->halting = true;
        io_halt(t->dev);
    }
    if (t->doing != IDLE)
        return;
    t->request.program = &t->ccw;
    t->request.done = io_done;
    t->request.owner = t;
    if (t->first != NULL) {
        struct output *out = t->first;

        t->doing = PRINTING;
        t->ccw = output_ccw(out);
        io_request(t->dev, &t->request);
    } else if (t->wanted) {
        t->doing = READING;
        t->halting = false;
        t->reading_serial = t->read_serial;
        memset(t->input, 0, sizeof t->input);
        t->ccw = CCW_MAKE(t->hidden && !t->no_hidden ? CCW_CONSOLE_READ_HIDDEN
                                                     : CCW_CONSOLE_READ,
                          t->input, CCW_SLI, INPUT_MAX);
        io_request(t->dev, &t->request);
    }
}

/* Take the first line off the queue; its sender hears that it is printed. */
static void
output_end(struct terminal *t)
{
    struct output *out = t->first;
    void (*done)(void *ctx) = out->done;
    void *ctx = out->ctx;

    t->first = out->next;
    if (t->first == NULL)
        t->last = NULL;
    t->noutput--;
    block_put(out, sizeof *out + out->len + 1);
    if (done != NULL)
        done(ctx);
}

/* The read has ended; hand the line over if somebody still wants it. */
static void
input_end(struct terminal *t, const struct csw *csw)
{
    uint32_t len = INPUT_MAX - csw->count;
    bool cancelled = (csw->unit & CSW_UNIT_EXCEPTION) != 0;
    void (*got)(void *, const char *, uint32_t) = t->got;

    if (csw->count > INPUT_MAX)
        len = 0;
    if (t->halting && len == 0)
        return; /* asked for again by terminal_step() */
    if (!t->wanted || t->reading_serial != t->read_serial)
        return;
    t->wanted = false;
    t->input[len] = 0;
    got(t->got_ctx, cancelled ? NULL : t->input, cancelled ? 0 : len);
}

static void
io_done(struct rdev *dev, struct io_request *req)
{
    struct terminal *t = req->owner;
    int was = t->doing;

    (void)dev;
    t->doing = IDLE;
    if (req->gone || req->sense[0] & SENSE_INTERVENTION) {
        t->offline = true;
        return;
    }
    if (was == PRINTING)
        output_end(t);
    else if (req->sense[0] & SENSE_COMMAND_REJECT && t->hidden)
        t->no_hidden = true;
    else
        input_end(t, &req->csw);
    terminal_step(t);
}

static void
logon_line(void *ctx, const char *text, uint32_t len)
{
    struct terminal *t = ctx;

    if (text != NULL && len > 0)
        command_logon_line(t, text, len);
    if (t->vm == NULL && !t->wanted)
        terminal_logon(t);
}

void
terminal_logon(struct terminal *t)
{
    terminal_read(t, false, logon_line, t);
}

/* Attention, or ready after intervention. */
static void
unsolicited(struct rdev *dev, uint8_t unit_status)
{
    struct terminal *t = dev->owner;

    t->offline = false;
    if (unit_status & CSW_ATTENTION && t->vm != NULL)
        terminal_attention(t, t->vm);
    terminal_step(t);
}

static void
terminal_online(struct terminal *t)
{
    t->enabled = true;
    terminal_line(t, "CP-LAB ONLINE");
    terminal_logon(t);
}

void
terminal_init(void)
{
    struct terminal **end = &terminals;
    struct rdev *dev;

    for (dev = rdev_first(RDEV_CONSOLE); dev != NULL; dev = rdev_next(dev)) {
        struct terminal *t = block_get(sizeof *t);

        if (t == NULL)
            panic("no storage for the terminal block of %03X", dev->addr);
        t->dev = dev;
        if (operator== NULL && dev->there)
            operator= t;
        dev->owner = t;
        dev->unsolicited = unsolicited;
        *end = t;
        end = &t->next;
    }
    if (operator== NULL)
        panic("no console answers at 009 or 0C0-0DF");
}

void
terminal_enable(void)
{
    struct terminal *t;

    for (t = terminals; t != NULL; t = t->next)
        if (!t->enabled)
            terminal_online(t);
}

struct terminal *
terminal_operator(void)
{
    return operator;
}

bool
terminals_quiet(void)
{
    const struct terminal *t;

    for (t = terminals; t != NULL; t = t->next)
        if (t->first != NULL && !t->offline)
            return false;
    return true;
}

struct vm *
terminal_user(const struct terminal *t)
{
    return t->vm;
}

uint16_t
terminal_address(const struct terminal *t)
{
    return t->dev->addr;
}

void
terminal_write(struct terminal *t, const void *text, uint32_t len, bool newline,
               void (*done)(void *ctx), void *ctx)
{
    struct output *out = NULL;

    if (t->noutput < OUTPUT_MAX || done != NULL)
        out = block_get(sizeof *out + len + 1);
    if (out == NULL) {
        t->lost = true;
        if (done != NULL)
            done(ctx);
        return;
    }
    out->done = done;
    out->ctx = ctx;
    out->len = len;
    out->newline = newline;
    memcpy(out->text, text, len);
    if (t->last != NULL)
        t->last->next = out;
    else
        t->first = out;
    t->last = out;
    t->noutput++;
    if (t->lost && t->noutput < OUTPUT_MAX / 2) {
        t->lost = false;
        terminal_line(t, "(LINES WERE LOST: MORE THAN %u WAITED)", OUTPUT_MAX);
    }
    terminal_step(t);
}

static void
line_args(struct terminal *t, const char *format, va_list args)
{
    char text[LINE_MAX_TEXT];
    int len = vsnprintf(text, sizeof text, format, args);

    if (len >= (int)sizeof text)
        len = sizeof text - 1;
    terminal_write(t, text, (uint32_t)len, true, NULL, NULL);
}

void
terminal_line(struct terminal *t, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    line_args(t, format, args);
    va_end(args);
}

/* A reply that DIAGNOSE 8 wants for the guest; what does not fit is cut. */
static void
capture_line(struct capture *to, const char *format, va_list args)
{
    uint32_t room = to->size - to->len;
    int len;

    if (room < 2)
        return;
    len = vsnprintf(to->text + to->len, room, format, args);
    if ((uint32_t)len > room - 2)
        len = (int)room - 2;
    to->len += (uint32_t)len;
    to->text[to->len++] = NEW_LINE;
}

void
vm_line(struct vm *vm, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    if (vm->capture != NULL)
        capture_line(vm->capture, format, args);
    else if (vm->terminal != NULL)
        line_args(vm->terminal, format, args);
    va_end(args);
}

void
operator_line(const char *format, ...)
{
    struct vm *vm = vm_find("OPERATOR");
    struct terminal *t = terminal_operator();
    va_list args;

    if (vm != NULL && vm->terminal != NULL)
        t = vm->terminal;
    else if (t->vm != NULL)
        return; /* somebody else sits at the operator's console */
    va_start(args, format);
    line_args(t, format, args);
    va_end(args);
}

/* Is the read under way the one that was asked for last? */
static bool
read_current(const struct terminal *t)
{
    return t->doing == READING && t->reading_serial == t->read_serial;
}

/* End the read under way; what comes of it is nobody's. */
static void
read_forget(struct terminal *t)
{
    t->read_serial++;
    io_halt(t->dev);
}

void
terminal_read(struct terminal *t, bool hidden,
              void (*fn)(void *ctx, const char *text, uint32_t len), void *ctx)
{
    /* A read that is under way will do, if it shows what is typed or not. */
    bool reopen = read_current(t) && t->hidden != hidden;

    t->wanted = true;
    t->hidden = hidden;
    t->got = fn;
    t->got_ctx = ctx;
    if (reopen)
        read_forget(t);
    terminal_step(t);
}

void
terminal_read_cancel(struct terminal *t)
{
    if (!t->wanted)
        return;
    t->wanted = false;
    if (read_current(t))
        read_forget(t);
}

void
terminal_connect(struct terminal *t, struct vm *vm)
{
    t->vm = vm;
    vm->terminal = t;
}

void
terminal_free(struct terminal *t)
{
    terminal_read_cancel(t);
    if (t->vm != NULL)
        t->vm->terminal = NULL;
    t->vm = NULL;
    if (!shutdown_asked())
        terminal_online(t);
}
