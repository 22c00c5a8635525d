/*
 * machine.c - one whole machine: CPU, channels, devices
 *
 * Makes the parts in order and takes them apart again; performs the
 * operator's keys that concern more than one part.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpu/cpu.h"

void
machine_options_default(struct machine_options *opt)
{
    memset(opt, 0, sizeof(*opt));
    opt->storage_bytes = 16 * 1024 * 1024;
    opt->cpu_serial = 0x001967;
    opt->cpu_mips = 10;
    opt->output_bytes = 32 * 1024 * 1024;
    /* 2 August 1972, 9:00, the day on which VM/370 was announced. */
    opt->tod_start = UINT64_C(0x82345DE1F6400000);
}

int
machine_fail(struct machine *m, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(m->error, sizeof(m->error), format, args);
    va_end(args);
    return -1;
}

const char *
machine_error(const struct machine *m)
{
    return m->error;
}

/* Fast ones that do not come out even would be quite another speed. */
bool
machine_speed_is_right(uint32_t cpu_mips)
{
    return (cpu_mips >= 1 && cpu_mips <= 100) ||
           (cpu_mips > 100 && cpu_mips <= 1000 && 1000 % cpu_mips == 0);
}

static int
check_options(struct machine *m)
{
    const struct machine_options *opt = &m->options;

    if (opt->storage_bytes < 64 * 1024 ||
        opt->storage_bytes > 16 * 1024 * 1024 || opt->storage_bytes % 4096 != 0)
        return machine_fail(m,
                            "storage of %u bytes: it goes from 64K to 16M in "
                            "steps of 4K",
                            opt->storage_bytes);
    if (!machine_speed_is_right(opt->cpu_mips))
        return machine_fail(m, "a CPU of %u MIPS: the speed is " MACHINE_SPEEDS,
                            opt->cpu_mips);
    if (opt->output_bytes < 64 * 1024 || opt->output_bytes > 1 << 30)
        return machine_fail(m,
                            "an output limit of %u bytes: it goes from 64K to "
                            "1024M",
                            opt->output_bytes);
    if (opt->cpu_serial > 0xFFFFFF)
        return machine_fail(m,
                            "CPU serial number X'%X': it has at most six "
                            "hexadecimal digits",
                            opt->cpu_serial);
    return 0;
}

struct machine *
machine_create(const struct machine_options *opt, char *err, size_t err_size)
{
    struct machine *m = calloc(1, sizeof(*m));

    if (m == NULL) {
        snprintf(err, err_size, "no memory for a machine");
        return NULL;
    }
    m->options = *opt;
    m->output_max = opt->output_bytes;
    if (check_options(m) == 0 && io_create(m) == 0 && cpu_create(m) == 0)
        return m;
    snprintf(err, err_size, "%s", m->error);
    machine_destroy(m);
    return NULL;
}

void
machine_destroy(struct machine *m)
{
    if (m == NULL)
        return;
    io_destroy(m);
    cpu_destroy(m);
    front_destroy(m);
    free(m);
}

int
machine_renew(struct machine *m, const struct machine_options *opt,
              const void *image, size_t len)
{
    struct cpu *cpu = m->cpu;

    io_destroy(m);
    front_destroy(m);
    memset(m, 0, sizeof(*m));
    m->cpu = cpu;
    m->options = *opt;
    m->output_max = opt->output_bytes;
    if (check_options(m) != 0 || io_create(m) != 0)
        return -1;
    if (opt->storage_bytes != cpu->storage_bytes)
        return machine_fail(m, "a machine of %u KiB cannot get %u of them",
                            cpu->storage_bytes / 1024,
                            opt->storage_bytes / 1024);
    if (len > cpu->storage_bytes)
        return machine_fail(m,
                            "%zu bytes do not fit into storage: it ends before "
                            "X'%X'",
                            len, cpu->storage_bytes);
    cpu_renew(m, image, (uint32_t)len);
    return 0;
}

/* In pieces, for one who watches. */
static enum machine_stop
run_watched(struct machine *m, uint64_t insns, uint64_t until_ns)
{
    enum machine_stop stop;
    uint64_t piece;

    do {
        piece = insns < m->watch->piece ? insns : m->watch->piece;
        stop = cpu_run(m, piece, until_ns);
        if (insns != UINT64_MAX)
            insns -= piece;
        m->watch->ran(m->watch);
    } while (stop == STOP_LIMIT && insns > 0 && m->now_ns < until_ns);
    return stop;
}

enum machine_stop
machine_run(struct machine *m, uint64_t insns, uint64_t until_ns)
{
    enum machine_stop stop;

    /* Runs that follow each other in time are one run in pieces: a breakpoint
     * at the seam counts. */
    if (m->cpu->count != m->paused_at)
        m->cpu->resumed_at = m->cpu->count;
    stop = m->watch == NULL ? cpu_run(m, insns, until_ns)
                            : run_watched(m, insns, until_ns);
    m->paused_at = stop == STOP_LIMIT && m->now_ns >= until_ns ? m->cpu->count
                                                               : UINT64_MAX;
    trace_flush(m);
    return stop;
}

void
machine_stop_at_read(struct machine *m, bool on)
{
    m->stop_at_read = on;
}

uint64_t
machine_count(const struct machine *m)
{
    return m->cpu->count;
}

uint64_t
machine_time(const struct machine *m)
{
    return m->now_ns;
}

void
machine_reset(struct machine *m, bool clear)
{
    input_note(m, &(struct input){.kind = INPUT_RESET, .number = clear});
    io_reset(m);
    cpu_reset(m, clear);
}

int
machine_ipl(struct machine *m, uint16_t devno)
{
    input_note(m, &(struct input){.kind = INPUT_IPL, .devno = devno});
    io_reset(m);
    cpu_initial_reset(m->cpu);
    if (io_ipl(m, devno) != 0)
        return -1;
    cpu_ipl_psw(m, devno);
    return 0;
}

/* Read a whole file into storage at addr. */
static int
store_stream(struct machine *m, const char *path, FILE *f, uint32_t addr)
{
    uint8_t buf[4096];
    size_t n;

    while ((n = fread(buf, 1, sizeof(buf), f)) > 0) {
        if (addr > machine_storage_size(m) ||
            n > machine_storage_size(m) - addr)
            return machine_fail(m,
                                "%.120s: runs over the end of storage at "
                                "X'%X'; give the machine more",
                                path, machine_storage_size(m));
        machine_write(m, addr, buf, n);
        addr += (uint32_t)n;
    }
    if (ferror(f))
        return machine_fail(m, "%.120s: %s", path, strerror(errno));
    return 0;
}

int
machine_store_file(struct machine *m, const char *path, uint32_t addr)
{
    FILE *f = fopen(path, "rb");
    int result;

    if (f == NULL)
        return machine_fail(m, "%.120s: %s", path, strerror(errno));
    result = store_stream(m, path, f, addr);
    fclose(f);
    return result;
}
