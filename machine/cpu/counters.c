/*
 * counters.c - what the CPU, the channels and the devices have done
 *
 * Interruptions, lookups and channel commands are counted always, since none
 * of them is on the path of a plain instruction.  Instructions by class are
 * counted on demand, one by one, and the machine is then some ten times
 * slower.
 */
#include <stdio.h>

#include "../io/channel.h"
#include "cpu.h"

/* ---- classes of instructions --------------------------------------------- */

static const char *const class_names[CLASSES] = {
    "general", "branch", "storage", "decimal", "float", "control", "io"};

static enum insn_class
class_of(const struct opcode *op)
{
    unsigned code = op->code > 0xFF ? op->code >> 8 : op->code;

    if ((code >= 0x9C && code <= 0x9F) || op->code == 0xB203)
        return CLASS_IO;
    if ((op->flags & PRIV) || code == 0x0A || code == 0xAF || code == 0xB2)
        return CLASS_CONTROL;
    if ((code >= 0x05 && code <= 0x07) || (code >= 0x45 && code <= 0x47) ||
        code == 0x0D || code == 0x4D || code == 0x86 || code == 0x87)
        return CLASS_BRANCH;
    if ((code >= 0x20 && code <= 0x3F) || (code >= 0x60 && code <= 0x7F))
        return CLASS_FLOAT;
    if (code >= 0xF8 || code == 0xF0)
        return CLASS_DECIMAL;
    if ((code >= 0xD0 && code <= 0xE8) || code == 0x0E || code == 0x0F)
        return CLASS_STORAGE;
    return CLASS_GENERAL;
}

void
count_class(struct cpu *cpu)
{
    const struct opcode *op = cpu->executed->op;

    if (op != NULL)
        cpu->counters.insns[class_of(op)]++;
}

void
machine_count_classes(struct machine *m, bool on)
{
    m->cpu->counters.classes = on;
}

/* ---- telling ------------------------------------------------------------- */

struct teller {
    void (*fn)(void *ctx, const char *name, uint64_t value);
    void *ctx;
};

/* Nothing is said of what never happened. */
static void tell(const struct teller *t, uint64_t value, const char *format,
                 ...) __attribute__((format(printf, 3, 4)));

static void
tell(const struct teller *t, uint64_t value, const char *format, ...)
{
    char name[40];
    va_list args;

    if (value == 0)
        return;
    va_start(args, format);
    vsnprintf(name, sizeof(name), format, args);
    va_end(args);
    t->fn(t->ctx, name, value);
}

static void
tell_interruptions(const struct teller *t, const struct cpu_counters *c)
{
    static const char *const external[10] = {"interval-timer",
                                             "interrupt-key",
                                             "1200",
                                             "emergency-signal",
                                             "external-call",
                                             "1203",
                                             "clock-comparator",
                                             "cpu-timer",
                                             "1206",
                                             "1207"};
    unsigned i;

    t->fn(t->ctx, "external-interruptions", c->interruptions[INT_EXTERNAL]);
    t->fn(t->ctx, "svc-interruptions", c->interruptions[INT_SVC]);
    t->fn(t->ctx, "program-interruptions", c->interruptions[INT_PROGRAM]);
    t->fn(t->ctx, "io-interruptions", c->interruptions[INT_IO]);
    t->fn(t->ctx, "machine-check-interruptions",
          c->interruptions[INT_MACHINE_CHECK]);
    for (i = 0; i < 10; i++)
        tell(t, c->external[i], "external-%s", external[i]);
    for (i = 0; i < 256; i++)
        tell(t, c->svc[i], "svc-%02X", i);
    for (i = 0; i < 256; i++)
        tell(t, c->program[i], "program-%04X", i);
    for (i = 0; i < CHANNELS; i++)
        tell(t, c->channel[i], "io-channel-%u", i);
}

static void
tell_channels(const struct teller *t, const struct io *io, uint64_t now_ns)
{
    static const char *const names[COMMAND_TYPES] = {
        "write", "read", "control", "sense", "read-backward", "transfer"};
    const struct device *dev;
    unsigned i;

    for (i = 0; i < COMMAND_TYPES; i++)
        tell(t, io->commands[i], "commands-%s", names[i]);
    for (dev = io->devices; dev != NULL; dev = dev->next) {
        uint64_t busy = dev->busy_ns;

        if (device_working(dev))
            busy += now_ns - dev->busy_since;
        tell(t, dev->commands, "device-%04X-commands", dev->devno);
        tell(t, busy, "device-%04X-busy-ns", dev->devno);
    }
}

void
machine_counters(struct machine *m,
                 void (*fn)(void *ctx, const char *name, uint64_t value),
                 void *ctx)
{
    const struct teller t = {fn, ctx};
    const struct cpu_counters *c = &m->cpu->counters;
    unsigned i;

    fn(ctx, "instructions", m->cpu->count);
    fn(ctx, "time-ns", m->now_ns);
    tell_interruptions(&t, c);
    fn(ctx, "lookaside-misses", c->side_misses);
    fn(ctx, "tlb-misses", c->translations);
    for (i = 0; i < CLASSES; i++)
        tell(&t, c->insns[i], "instructions-%s", class_names[i]);
    tell_channels(&t, m->io, m->now_ns);
}
