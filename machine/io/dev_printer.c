/*
 * dev_printer.c - 1403 printer on a 2821 control unit
 *
 * Eleven hundred lines a minute of 132 characters, into a text file: '\n' for
 * each line of paper, '\f' for a skip to channel 1, '\r' before a line that is
 * printed over the last one.  Channel end comes when the line is in the
 * buffer, device end when paper and chain stand still.
 *
 *   WRITE:   X'01' no motion after it; X'09' X'11' X'19' space 1, 2, 3;
 *            1ccc c001 (X'89' ... X'E1') skip to channel c, 1 to 12
 *   motion alone, the same with 011: X'0B' X'13' X'1B' X'8B' ... X'E3'
 *   X'73' X'7B' block/allow data check, X'03' NO OPERATION, X'04' SENSE
 *
 * The carriage tape is 66 lines long with channel 1 at line 1 and 2 to 12 at
 * 7 13 19 25 31 37 43 63 49 55 61.  Spacing to channel 12 is unit exception,
 * to channel 9 unit check with sense bit 7.  A line of fewer than 132
 * characters is no incorrect length.
 *
 * Word: FILE.  Source: GA24-3312, "Printer Commands"; GA24-3073 (1403).
 */
#include <errno.h>
#include <stdio.h>

#include "channel.h"
#include "ebcdic.h"

enum {
    LINE_COLUMNS = 132,
    BLANK = 0x40,
    FORM_LINES = 66,
    CMD_NOP = 0x03,
    CMD_BLOCK_CHECK = 0x73,
    CMD_ALLOW_CHECK = 0x7B,
    SENSE_CHANNEL_9 = 0x01,
};
#define LINE_NS (NS_PER_S * 60 / 1100)
#define SPACE_NS (5 * NS_PER_MS)
#define FIRST_SPACE_NS (20 * NS_PER_MS)
#define DATA_NS (2 * NS_PER_MS)

/* Line of the form at which each carriage tape channel is punched. */
static const unsigned channel_line[13] = {0,  1,  7,  13, 19, 25, 31,
                                          37, 43, 63, 49, 55, 61};

struct printer {
    FILE *file;
    unsigned line;              /* of the form, 1 to FORM_LINES */
    bool inked;                 /* something was printed on this line */
    uint64_t nbytes, max_bytes; /* written; the supply of paper */
};

static void
put(struct printer *p, const char *text, size_t len)
{
    p->nbytes += fwrite(text, 1, len, p->file);
}

/* ---- the carriage -------------------------------------------------------- */

/* A command's modifier bits: what the carriage does. */
static unsigned
spaces_of(uint8_t code)
{
    return (code & 0x80) ? 0 : code >> 3 & 3;
}

static unsigned
channel_of_code(uint8_t code)
{
    return (code & 0x80) ? code >> 3 & 0x0F : 0;
}

static bool
motion_valid(uint8_t code)
{
    if (code & 0x80)
        return channel_of_code(code) >= 1 && channel_of_code(code) <= 12;
    return (code & 0x60) == 0;
}

static void
next_line(struct printer *p)
{
    p->line = p->line % FORM_LINES + 1;
    p->inked = false;
    put(p, "\n", 1);
}

/* Space up to three lines; returns what device end shall say besides. */
static uint8_t
space(struct device *dev, unsigned lines)
{
    struct printer *p = dev->state;
    uint8_t status = 0;

    while (lines-- > 0) {
        next_line(p);
        if (p->line == channel_line[9])
            status |= device_check(dev, SENSE_CHANNEL_9);
        if (p->line == channel_line[12])
            status |= DS_UNIT_EXCEPTION;
    }
    return status;
}

/* Skip to a channel; the number of lines moved. */
static unsigned
skip(struct printer *p, unsigned channel)
{
    unsigned lines = 0;

    if (channel == 1) {
        if (p->line == 1 && !p->inked)
            return 0;
        lines = FORM_LINES + 1 - p->line;
        put(p, "\f", 1);
        p->line = 1;
        p->inked = false;
        return lines;
    }
    while (p->line != channel_line[channel] || (lines == 0 && p->inked)) {
        next_line(p);
        lines++;
    }
    return lines;
}

/* Move the paper as `code` says; returns the time it takes. */
static uint64_t
carriage(struct device *dev, uint8_t code)
{
    struct printer *p = dev->state;
    unsigned lines = spaces_of(code);

    if (channel_of_code(code) != 0)
        lines = skip(p, channel_of_code(code));
    else
        dev->tail_status |= space(dev, lines);
    if (fflush(p->file) != 0 || ferror(p->file)) {
        clearerr(p->file);
        dev->tail_status |= device_check(dev, SENSE_EQUIPMENT);
    }
    return lines == 0 ? 0 : FIRST_SPACE_NS + (lines - 1) * SPACE_NS;
}

/* ---- commands ------------------------------------------------------------ */

static uint8_t
printer_start(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct printer *p = dev->state;

    if (code == CMD_NOP || code == CMD_BLOCK_CHECK || code == CMD_ALLOW_CHECK)
        return DS_NORMAL;
    if (((code & 0x07) != 0x01 && (code & 0x07) != 0x03) || !motion_valid(code))
        return device_check(dev, SENSE_COMMAND_REJECT);
    if (p->nbytes >= p->max_bytes)
        return device_check(dev, SENSE_INTERVENTION);
    if ((code & 0x07) == 0x03) {
        dev->tail_ns = carriage(dev, code);
        return DS_CHANNEL_END;
    }
    *delay_ns = DATA_NS;
    return 0;
}

static uint8_t
printer_end(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct printer *p = dev->state;
    uint8_t line[LINE_COLUMNS];
    char text[2 * LINE_COLUMNS];
    uint32_t columns, i;
    size_t n = 0;

    (void)delay_ns;
    columns = channel_get(dev, line, sizeof(line));
    while (columns > 0 && line[columns - 1] == BLANK)
        columns--;
    for (i = 0; i < columns; i++)
        n += ebcdic_to_utf8(line[i], text + n);
    if (p->inked && n > 0)
        put(p, "\r", 1);
    put(p, text, n);
    p->inked = true;
    dev->tail_ns = LINE_NS - FIRST_SPACE_NS + carriage(dev, code) - DATA_NS;
    return DS_CHANNEL_END;
}

static int
printer_attach(struct device *dev, int argc, char *const argv[])
{
    struct printer *p = dev->state;

    if (argc != 1)
        return machine_fail(dev->m,
                            "1403 at %04X: name one file, which takes "
                            "the printed lines",
                            dev->devno);
    p->file = fopen(argv[0], "wb");
    if (p->file == NULL)
        return machine_fail(dev->m, "1403 at %04X: cannot write %s: %s",
                            dev->devno, argv[0], strerror(errno));
    p->line = 1;
    p->max_bytes = 32 << 20;
    return 0;
}

static void
printer_detach(struct device *dev)
{
    struct printer *p = dev->state;

    fclose(p->file);
}

const struct device_ops device_1403 = {
    .type = "1403",
    .state_size = sizeof(struct printer),
    .sense_bytes = 1,
    .attach = printer_attach,
    .detach = printer_detach,
    .start = printer_start,
    .end = printer_end,
};
