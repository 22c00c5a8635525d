/*
 * dev_printer.c - 1403 printer on a 2821 control unit, 3211 on a 3811
 *
 * Eleven hundred (1403) or two thousand (3211) lines a minute of 132
 * characters, onto paper (forms.c).  Channel end comes when the line is in the
 * buffer, device end when paper and train stand still.
 *
 *   WRITE:   X'01' no motion after it; X'09' X'11' X'19' space 1, 2, 3;
 *            1ccc c001 (X'89' ... X'E1') skip to channel c, 1 to 12
 *   motion alone, the same with 011: X'0B' X'13' X'1B' X'8B' ... X'E3'
 *   X'73' X'7B' block, allow data check   X'03' NO OPERATION   X'04' SENSE
 *   X'FB' X'F3' load the universal-character-set buffer; X'F3' folds.  On a
 *   1403 it must be chained to X'EB', UCS GATE LOAD
 *   3211: X'63' load the forms control buffer; X'43' FOLD, X'23' UNFOLD;
 *   X'6B' RAISE COVER; X'02' X'0A' X'12' read the line, UCS, forms buffer
 *
 * Spacing (not skipping) to channel 12 is unit exception, to channel 9 unit
 * check with sense bit 7.  A line of fewer than 132 characters is no incorrect
 * length.  Until a character set is loaded the train has every graphic
 * character; then one that it lacks prints as a blank, and is a data check if
 * that is not blocked.
 *
 * Words: FILE [carriage=LINES:L1,...,L12] (1403); FILE (3211)
 *
 * Source: GA24-3312, "Printer Commands", GA24-3073 (1403); GA24-3543 (3211).
 * What a 3211 tells in sense byte 1 is what its error recovery in OS/VS2
 * (IGE0000G) goes by: it reads the line and the train back after a data check
 * with print check, the forms buffer after one with line position, and starts
 * a suppressed command again.
 */
#include "../state.h"
#include "channel.h"
#include "ebcdic.h"
#include "forms.h"
#include "media.h"

enum {
    LINE_COLUMNS = 132,
    UCS_MAX = 512,
    FCB_MAX = FORM_LINES_MAX,
    BLANK = 0x40,
    FOLD = 0x40, /* from lower-case to capital letters */
    CMD_READ_LINE = 0x02,
    CMD_NOP = 0x03,
    CMD_READ_UCS = 0x0A,
    CMD_READ_FCB = 0x12,
    CMD_UNFOLD = 0x23,
    CMD_FOLD = 0x43,
    CMD_LOAD_FCB = 0x63,
    CMD_RAISE_COVER = 0x6B,
    CMD_BLOCK_CHECK = 0x73,
    CMD_ALLOW_CHECK = 0x7B,
    CMD_GATE = 0xEB,
    CMD_LOAD_UCS_FOLD = 0xF3,
    CMD_LOAD_UCS = 0xFB,
    SENSE_LOAD_CHECK = 0x02, /* 3211 */
    SENSE_CHANNEL_9 = 0x01,
    SENSE1_PRINT_CHECK = 0x40, /* byte 1, 3211 */
    SENSE1_LINE_POSITION = 0x10,
    SENSE1_SUPPRESSED = 0x04, /* the command was not carried out */
    HOLE_9 = 1 << 9,
    HOLE_12 = 1 << 12,
};
#define SPACE_NS (5 * NS_PER_MS)
#define FIRST_SPACE_NS (20 * NS_PER_MS)
#define DATA_NS (2 * NS_PER_MS)

struct printer {
    struct forms forms;
    bool is_3211;
    uint64_t line_ns;
    uint32_t train_bytes, ucs_bytes; /* of the buffer, the train, all of it */
    bool gate;                       /* UCS GATE LOAD came just before */
    bool fold, block_check;
    bool ucs_loaded;
    bool on_train[256];
    uint8_t ucs[UCS_MAX];
    uint8_t fcb[FCB_MAX];
    uint8_t line[LINE_COLUMNS]; /* the print-line buffer */
};

/* Note a sense bit besides those that are set, and what a 3211 tells in its
 * byte 1 with it. */
static uint8_t
note(struct device *dev, uint8_t sense0, uint8_t sense1)
{
    const struct printer *p = dev->state;

    dev->sense[0] |= sense0;
    if (p->is_3211)
        dev->sense[1] |= sense1;
    return DS_UNIT_CHECK;
}

/* Refuse a command before anything has been done about it. */
static uint8_t
refuse(struct device *dev, uint8_t sense0)
{
    device_check(dev, 0);
    return note(dev, sense0, SENSE1_SUPPRESSED);
}

/* A scripted fault: a data check strikes behind a command, all others come
 * before one. */
static uint8_t
printer_scripted(struct device *dev, uint8_t sense0)
{
    if (!(sense0 & SENSE_DATA_CHECK))
        return refuse(dev, sense0);
    device_check(dev, 0);
    return note(dev, sense0, SENSE1_PRINT_CHECK);
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

/* WRITE, or motion alone, which there is only with some. */
static bool
is_print(uint8_t code)
{
    if ((code & 0x07) != 0x01 && ((code & 0x07) != 0x03 || code == CMD_NOP))
        return false;
    if (code & 0x80)
        return channel_of_code(code) >= 1 &&
               channel_of_code(code) <= FORM_CHANNELS;
    return (code & 0x60) == 0;
}

/* Space up to three lines; returns what device end shall say besides. */
static uint8_t
space(struct device *dev, unsigned lines)
{
    struct printer *p = dev->state;
    uint8_t status = 0;
    uint16_t holes;

    while (lines-- > 0) {
        holes = forms_space(&p->forms);
        if (holes & HOLE_9)
            status |= note(dev, SENSE_CHANNEL_9, 0);
        if (holes & HOLE_12)
            status |= DS_UNIT_EXCEPTION;
    }
    return status;
}

/* Move the paper as `code` says; returns the time it takes.  A skip to a
 * channel that is nowhere ends after a form: the operator stops it (1403), the
 * control unit finds no such code in its buffer (3211). */
static uint64_t
carriage(struct device *dev, uint8_t code)
{
    struct printer *p = dev->state;
    unsigned lines = spaces_of(code), channel = channel_of_code(code);
    int moved;

    if (channel != 0) {
        moved = forms_skip(&p->forms, channel);
        if (moved < 0)
            dev->tail_status |=
                note(dev, p->is_3211 ? SENSE_DATA_CHECK : SENSE_INTERVENTION,
                     SENSE1_LINE_POSITION);
        lines = moved < 0 ? p->forms.lines : (unsigned)moved;
    } else {
        dev->tail_status |= space(dev, lines);
    }
    if (!forms_flush(&p->forms))
        dev->tail_status |= note(dev, SENSE_EQUIPMENT, 0);
    return lines == 0 ? 0 : FIRST_SPACE_NS + (lines - 1) * SPACE_NS;
}

/* ---- the train ----------------------------------------------------------- */

/* The train that prints everything. */
static void
reset_train(struct printer *p)
{
    p->ucs_loaded = p->fold = p->block_check = false;
    memset(p->ucs, 0, sizeof(p->ucs));
}

static void
load_train(struct printer *p)
{
    uint32_t i;

    memset(p->on_train, 0, sizeof(p->on_train));
    for (i = 0; i < p->train_bytes; i++)
        p->on_train[p->ucs[i]] = true;
    p->on_train[BLANK] = p->on_train[0] = true;
    p->ucs_loaded = true;
}

/* The character as the train has it; a blank with *missing when it has not. */
static uint8_t
to_train(const struct printer *p, uint8_t code, bool *missing)
{
    bool small = (code >= 0x81 && code <= 0x89) ||
                 (code >= 0x91 && code <= 0x99) ||
                 (code >= 0xA2 && code <= 0xA9);

    if (p->fold && small)
        code |= FOLD;
    if (!p->ucs_loaded || p->on_train[code])
        return code;
    *missing = true;
    return BLANK;
}

static void
print_line(struct device *dev)
{
    struct printer *p = dev->state;
    char text[2 * LINE_COLUMNS] = "";
    uint32_t columns = sizeof(p->line), i;
    bool missing = false;
    size_t n = 0;

    while (columns > 0 && p->line[columns - 1] == BLANK)
        columns--;
    for (i = 0; i < columns; i++)
        n += ebcdic_to_utf8(to_train(p, p->line[i], &missing), text + n);
    forms_print(&p->forms, text, n);
    if (missing && !p->block_check)
        dev->tail_status |= note(dev, SENSE_DATA_CHECK, SENSE1_PRINT_CHECK);
}

/* ---- commands ------------------------------------------------------------ */

/* Commands that move neither data nor paper; false when it is none. */
static bool
switch_command(struct printer *p, uint8_t code)
{
    switch (code) {
    case CMD_NOP:
    case CMD_GATE:
        return true;
    case CMD_BLOCK_CHECK:
    case CMD_ALLOW_CHECK:
        p->block_check = code == CMD_BLOCK_CHECK;
        return true;
    case CMD_FOLD:
    case CMD_UNFOLD:
        if (p->is_3211)
            p->fold = code == CMD_FOLD;
        return p->is_3211;
    case CMD_RAISE_COVER:
        return p->is_3211;
    default:
        return false;
    }
}

static bool
is_buffer_command(const struct printer *p, uint8_t code, bool gate)
{
    switch (code) {
    case CMD_LOAD_UCS:
    case CMD_LOAD_UCS_FOLD:
        return p->is_3211 || gate;
    case CMD_LOAD_FCB:
    case CMD_READ_LINE:
    case CMD_READ_UCS:
    case CMD_READ_FCB:
        return p->is_3211;
    default:
        return false;
    }
}

static uint8_t
printer_start(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct printer *p = dev->state;
    bool gate = p->gate && channel_chained(dev);

    p->gate = code == CMD_GATE;
    if (switch_command(p, code))
        return DS_NORMAL;
    *delay_ns = DATA_NS;
    if (is_buffer_command(p, code, gate))
        return 0;
    if (!is_print(code))
        return device_check(dev, SENSE_COMMAND_REJECT);
    if (p->forms.nbytes >= dev->m->options.output_bytes) /* out of paper */
        return refuse(dev, SENSE_INTERVENTION);
    if ((code & 0x03) == 0x01)
        return 0;
    dev->tail_ns = carriage(dev, code);
    return DS_CHANNEL_END;
}

/* The whole buffer must come, or the train is not known. */
static uint8_t
load_ucs(struct device *dev, uint8_t code)
{
    struct printer *p = dev->state;

    if (channel_get(dev, p->ucs, p->ucs_bytes) < p->ucs_bytes) {
        reset_train(p);
        return DS_NORMAL | device_check(dev, p->is_3211 ? SENSE_LOAD_CHECK
                                                        : SENSE_EQUIPMENT);
    }
    load_train(p);
    p->fold = code == CMD_LOAD_UCS_FOLD;
    return DS_NORMAL;
}

static uint8_t
load_fcb(struct device *dev)
{
    struct printer *p = dev->state;
    uint8_t fcb[FCB_MAX] = {0};
    uint32_t len = channel_get(dev, fcb, sizeof(fcb));

    if (!forms_load(&p->forms, fcb, len))
        return DS_NORMAL | device_check(dev, SENSE_LOAD_CHECK);
    memcpy(p->fcb, fcb, sizeof(fcb));
    return DS_NORMAL;
}

static uint8_t
printer_end(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct printer *p = dev->state;

    (void)delay_ns;
    switch (code) {
    case CMD_LOAD_UCS:
    case CMD_LOAD_UCS_FOLD:
        return load_ucs(dev, code);
    case CMD_LOAD_FCB:
        return load_fcb(dev);
    case CMD_READ_LINE:
        channel_put(dev, p->line, sizeof(p->line));
        return DS_NORMAL;
    case CMD_READ_UCS:
        channel_put(dev, p->ucs, p->ucs_bytes);
        return DS_NORMAL;
    case CMD_READ_FCB:
        channel_put(dev, p->fcb, sizeof(p->fcb));
        return DS_NORMAL;
    default:
        break;
    }
    memset(p->line, BLANK, sizeof(p->line));
    channel_get(dev, p->line, sizeof(p->line));
    print_line(dev);
    dev->tail_ns = p->line_ns - FIRST_SPACE_NS + carriage(dev, code) - DATA_NS;
    return DS_CHANNEL_END;
}

/* ---- attaching ----------------------------------------------------------- */

static int
open_paper(struct device *dev, const char *path)
{
    struct printer *p = dev->state;

    p->forms.file = media_paper(dev, path);
    return p->forms.file == NULL ? -1 : 0;
}

static int
attach_1403(struct device *dev, int argc, char *const argv[])
{
    struct printer *p = dev->state;
    const char *path = NULL;
    int i;

    p->line_ns = NS_PER_S * 60 / 1100;
    p->train_bytes = p->ucs_bytes = 240;
    forms_standard(&p->forms);
    for (i = 0; i < argc; i++) {
        if (strncmp(argv[i], "carriage=", 9) == 0) {
            if (!forms_punch(&p->forms, argv[i] + 9))
                return machine_fail(dev->m,
                                    "1403 at %04X: \"%.60s\": write the lines "
                                    "of a form, up to %d, and the line of "
                                    "each channel, as in "
                                    "carriage=66:1,7,13",
                                    dev->devno, argv[i], FORM_LINES_MAX);
        } else if (path == NULL) {
            path = argv[i];
        } else {
            return machine_fail(dev->m,
                                "1403 at %04X: unknown word \"%.40s\"; it "
                                "takes FILE carriage=",
                                dev->devno, argv[i]);
        }
    }
    if (path == NULL)
        return machine_fail(dev->m,
                            "1403 at %04X: name one file, which takes the "
                            "printed lines",
                            dev->devno);
    return open_paper(dev, path);
}

static int
attach_3211(struct device *dev, int argc, char *const argv[])
{
    struct printer *p = dev->state;
    unsigned line;

    if (argc != 1)
        return machine_fail(dev->m,
                            "3211 at %04X: name one file, which takes the "
                            "printed lines",
                            dev->devno);
    p->is_3211 = true;
    p->line_ns = NS_PER_S * 60 / 2000;
    p->train_bytes = 432;
    p->ucs_bytes = 512;
    forms_standard(&p->forms);
    for (line = 1; line <= p->forms.lines; line++) {
        uint8_t channel = 0;

        while (p->forms.holes[line] >> channel > 1)
            channel++;
        p->fcb[line - 1] = channel;
    }
    p->fcb[p->forms.lines - 1] |= 0x10;
    return open_paper(dev, argv[0]);
}

static void
printer_detach(struct device *dev)
{
    struct printer *p = dev->state;

    fclose(p->forms.file);
}

/* ---- snapshots ----------------------------------------------------------- */

static void
forms_state(struct device *dev, struct state *s, struct forms *f)
{
    unsigned line;

    STATE_NUMBER(s, f->lines, FORM_LINES_MAX);
    STATE_NUMBER(s, f->line, FORM_LINES_MAX);
    if (f->lines == 0 || f->line == 0) {
        state_fail(s, "a form has no lines");
        forms_standard(f);
    }
    for (line = 0; line <= FORM_LINES_MAX; line++)
        state_u16(s, &f->holes[line]);
    state_bool(s, &f->inked);
    media_written_state(dev, s, &f->nbytes);
}

static void
printer_state(struct device *dev, struct state *s)
{
    struct printer *p = dev->state;
    unsigned i;

    forms_state(dev, s, &p->forms);
    state_bool(s, &p->gate);
    state_bool(s, &p->fold);
    state_bool(s, &p->block_check);
    state_bool(s, &p->ucs_loaded);
    for (i = 0; i < sizeof(p->on_train); i++)
        state_bool(s, &p->on_train[i]);
    state_bytes(s, p->ucs, sizeof(p->ucs));
    state_bytes(s, p->fcb, sizeof(p->fcb));
    state_bytes(s, p->line, sizeof(p->line));
}

static void
printer_medium(struct device *dev, struct state *s)
{
    struct printer *p = dev->state;

    media_paper_state(dev, s, p->forms.file, p->forms.nbytes);
}

const struct device_ops device_1403 = {
    .type = "1403",
    .state_size = sizeof(struct printer),
    .sense_bytes = 1,
    .attach = attach_1403,
    .detach = printer_detach,
    .start = printer_start,
    .end = printer_end,
    .check = printer_scripted,
    .state = printer_state,
    .medium = printer_medium,
};

const struct device_ops device_3211 = {
    .type = "3211",
    .state_size = sizeof(struct printer),
    .sense_bytes = 6,
    .attach = attach_3211,
    .detach = printer_detach,
    .start = printer_start,
    .end = printer_end,
    .check = printer_scripted,
    .state = printer_state,
    .medium = printer_medium,
};
