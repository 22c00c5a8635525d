/*
 * machine_file.c - a machine as a configuration file describes it
 *
 * One statement a line, in the style of Hercules; `#` begins a comment:
 *
 *     MAINSIZE 16                    MiB of storage; 512K is KiB
 *     CPUSERIAL 001967               six hexadecimal digits
 *     CPUSPEED 10                    instructions a microsecond
 *     OUTLIMIT 32                    MiB that each device may write
 *     TODCLOCK 1972-08-02/09:00:00   GMT at switch-on, or: now
 *     0009 3215                      device address, type, its words
 *     00C0.32 3215 lines             32 of them, at 0C0, 0C1, ...
 *     0130 3330 "my volume.ckd"
 *     FAULT 0130 data-check cylinder=5 count=2
 *
 * Names of files are taken from the current folder.  The file is read to its
 * end before the machine is made, since storage and clocks are fixed then;
 * devices are attached in the order of their lines.
 * Every message is FILE:LINE: WORD: what is wrong and what to do.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "front.h"
#include "machine.h"

enum { FILE_LINE_MAX = 1024, DEVICE_COUNT_MAX = 256 };

/* A device, or a FAULT of one. */
struct device_line {
    struct device_line *next;
    bool fault;
    unsigned line_number;
    uint16_t devno, count;
    int nwords;
    char *words[WORDS_MAX]; /* type first; of a fault, its kind */
};

struct machine_file {
    const char *path;
    unsigned line_number;
    struct machine_options options;
    struct device_line *devices, **devices_end;
    char *err;
    size_t err_size;
};

static bool fail(struct machine_file *f, const char *word, const char *format,
                 ...) __attribute__((format(printf, 3, 4)));

/* Note "FILE:LINE: WORD: message" and return false. */
static bool
fail(struct machine_file *f, const char *word, const char *format, ...)
{
    char shown[WORD_SHOWN + 1];
    va_list args;
    int len = snprintf(f->err, f->err_size, "%s:%u: %s: ", f->path,
                       f->line_number, word_shown(word, shown));

    if (len < 0 || (size_t)len >= f->err_size)
        return false;
    va_start(args, format);
    vsnprintf(f->err + len, f->err_size - (size_t)len, format, args);
    va_end(args);
    return false;
}

/* ---- statements ---------------------------------------------------------- */

static bool
set_mainsize(struct machine_file *f, const char *word)
{
    uint32_t bytes;

    if (!word_size(word, &bytes) || bytes < 64 * 1024 ||
        bytes > 16 * 1024 * 1024 || bytes % 4096 != 0)
        return fail(f, word,
                    "storage goes from 64K to 16M in steps of 4K; write "
                    "MAINSIZE 16 or MAINSIZE 512K");
    f->options.storage_bytes = bytes;
    return true;
}

static bool
set_cpuserial(struct machine_file *f, const char *word)
{
    uint64_t value;

    if (!word_number(word, 16, 0xFFFFFF, &value))
        return fail(f, word,
                    "the CPU's serial number is up to six hexadecimal digits; "
                    "write CPUSERIAL 001967");
    f->options.cpu_serial = (uint32_t)value;
    return true;
}

static bool
set_cpuspeed(struct machine_file *f, const char *word)
{
    uint64_t value;

    if (!word_number(word, 10, 1000, &value) ||
        !machine_speed_is_right((uint32_t)value))
        return fail(f, word,
                    "the speed is " MACHINE_SPEEDS "; write CPUSPEED 10");
    f->options.cpu_mips = (uint32_t)value;
    return true;
}

static bool
set_outlimit(struct machine_file *f, const char *word)
{
    uint32_t bytes;

    if (!word_size(word, &bytes) || bytes < 64 * 1024 || bytes > 1 << 30)
        return fail(f, word,
                    "what each device may write goes from 64K to 1024M; write "
                    "OUTLIMIT 32 or OUTLIMIT 512K");
    f->options.output_bytes = bytes;
    return true;
}

static bool
set_todclock(struct machine_file *f, const char *word)
{
    if (!word_todclock(word, &f->options.tod_start))
        return fail(f, word,
                    "not a date and time from 1900 to 2041; write TODCLOCK "
                    "1972-08-02/09:00:00 or TODCLOCK now");
    return true;
}

static const struct statement {
    const char *name;
    bool (*set)(struct machine_file *f, const char *word);
} statements[] = {
    {"MAINSIZE", set_mainsize}, {"CPUSERIAL", set_cpuserial},
    {"CPUSPEED", set_cpuspeed}, {"OUTLIMIT", set_outlimit},
    {"TODCLOCK", set_todclock},
};

/* ---- device lines -------------------------------------------------------- */

/* "00C0.32": address and how many; false when it is no such thing. */
static bool
device_address(struct machine_file *f, char *word, uint16_t *devno,
               uint16_t *count)
{
    char *dot = strchr(word, '.');
    uint64_t address, n = 1;
    char whole[48];

    snprintf(whole, sizeof(whole), "%s", word);
    if (dot != NULL) {
        *dot = '\0';
        if (!word_number(dot + 1, 10, DEVICE_COUNT_MAX, &n) || n == 0)
            return fail(f, whole,
                        "after the point stands how many devices there are, "
                        "1 to %d, as in 00C0.32",
                        DEVICE_COUNT_MAX);
    }
    if (!word_number(word, 16, 0xFFFF, &address))
        return fail(
            f, whole,
            "neither a statement (MAINSIZE CPUSERIAL CPUSPEED "
            "OUTLIMIT TODCLOCK FAULT) nor a device address in hexadecimal");
    if (address + n - 1 > 0xFFFF)
        return fail(f, whole, "the last address would be past FFFF");
    *devno = (uint16_t)address;
    *count = (uint16_t)n;
    return true;
}

static bool
add_device(struct machine_file *f, int nwords, char *words[])
{
    struct device_line *d;
    int i;

    if (nwords < 2)
        return fail(f, words[0], "a device type must follow, as in 0009 3215");
    d = calloc(1, sizeof(*d));
    if (d == NULL)
        return fail(f, words[0], "no memory");
    *f->devices_end = d;
    f->devices_end = &d->next;
    d->line_number = f->line_number;
    if (!device_address(f, words[0], &d->devno, &d->count))
        return false;
    d->nwords = nwords - 1;
    for (i = 0; i < d->nwords; i++) {
        d->words[i] = strdup(words[1 + i]);
        if (d->words[i] == NULL)
            return fail(f, words[1 + i], "no memory");
    }
    return true;
}

static bool
add_fault(struct machine_file *f, int nwords, char *words[])
{
    struct device_line **end = f->devices_end;

    if (nwords < 3)
        return fail(f, words[0],
                    "a device address and what is to fail must follow, as in "
                    "FAULT 0130 data-check cylinder=5 count=2");
    if (!add_device(f, nwords - 1, words + 1))
        return false;
    (*end)->fault = true;
    if ((*end)->count != 1)
        return fail(f, words[1], "a fault is of one device");
    return true;
}

static bool
attach_all(struct machine_file *f, struct machine *m)
{
    const struct device_line *d;
    unsigned i;

    for (d = f->devices; d != NULL; d = d->next) {
        if (d->fault)
            continue;
        for (i = 0; i < d->count; i++)
            if (machine_attach(m, (uint16_t)(d->devno + i), d->words[0],
                               d->nwords - 1, d->words + 1) != 0) {
                f->line_number = d->line_number;
                return fail(f, d->words[0], "%s", machine_error(m));
            }
    }
    for (d = f->devices; d != NULL; d = d->next) {
        if (d->fault && machine_fault(m, d->devno, d->nwords, d->words) != 0) {
            f->line_number = d->line_number;
            return fail(f, d->words[0], "%s", machine_error(m));
        }
    }
    return true;
}

/* ---- the file ------------------------------------------------------------ */

static bool
read_statement(struct machine_file *f, char *line)
{
    char *words[WORDS_MAX];
    const char *error;
    int n = words_split(line, words, &error);
    size_t i;

    if (n == 0)
        return true;
    if (n < 0)
        return fail(f, line, "%s", error);
    for (i = 0; i < sizeof(statements) / sizeof(statements[0]); i++) {
        if (strcasecmp(words[0], statements[i].name) != 0)
            continue;
        if (n == 1)
            return fail(f, words[0], "a value must follow");
        if (n > 2)
            return fail(f, words[2], "unexpected after the value of %s",
                        statements[i].name);
        return statements[i].set(f, words[1]);
    }
    if (strcasecmp(words[0], "FAULT") == 0)
        return add_fault(f, n, words);
    return add_device(f, n, words);
}

static bool
read_file(struct machine_file *f)
{
    char *line = NULL;
    size_t room = 0;
    FILE *file = fopen(f->path, "r");
    bool ok = true;
    ssize_t len;

    if (file == NULL || getc(file) == EOF) {
        if (file != NULL && !ferror(file)) {
            fclose(file);
            return true; /* an empty file: a machine without devices */
        }
        snprintf(f->err, f->err_size,
                 "%s: %s; give the name of a configuration file", f->path,
                 strerror(errno));
        if (file != NULL)
            fclose(file);
        return false;
    }
    rewind(file);
    while (ok && (len = getline(&line, &room, file)) >= 0) {
        f->line_number++;
        if (strlen(line) != (size_t)len)
            ok = fail(f, line, "the line holds a zero byte: not a text file");
        else if (len > FILE_LINE_MAX)
            ok = fail(f, "...", "the line is longer than %d characters",
                      FILE_LINE_MAX);
        else
            ok = read_statement(f, line);
    }
    free(line);
    fclose(file);
    return ok;
}

static void
free_lines(struct machine_file *f)
{
    struct device_line *d;
    int i;

    while ((d = f->devices) != NULL) {
        f->devices = d->next;
        for (i = 0; i < d->nwords; i++)
            free(d->words[i]);
        free(d);
    }
}

struct machine *
machine_from_file(const char *path, const struct machine_options *opt,
                  uint32_t storage_override, char *err, size_t err_size)
{
    struct machine_file f = {.path = path, .err = err, .err_size = err_size};
    struct machine *m = NULL;

    f.devices_end = &f.devices;
    if (opt != NULL)
        f.options = *opt;
    else
        machine_options_default(&f.options);
    if (read_file(&f)) {
        if (storage_override != 0)
            f.options.storage_bytes = storage_override;
        m = machine_create(&f.options, err, err_size);
        if (m != NULL && !attach_all(&f, m)) {
            machine_destroy(m);
            m = NULL;
        }
    }
    free_lines(&f);
    return m;
}
