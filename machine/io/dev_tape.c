/*
 * dev_tape.c - 3420 magnetic tape drive on a 3803 control unit
 *
 *   X'02' READ           X'0C' READ BACKWARD      X'01' WRITE
 *   X'1F' WRITE TAPE MARK   X'17' ERASE GAP       X'97' DATA SECURITY ERASE
 *   X'27' BACKSPACE BLOCK   X'2F' BACKSPACE FILE
 *   X'37' FORWARD SPACE BLOCK   X'3F' FORWARD SPACE FILE
 *   X'07' REWIND         X'0F' REWIND UNLOAD      X'1B' REQUEST TRACK IN ERROR
 *   X'D3' X'C3' X'CB' MODE SET 2: 6250, 1600, 800 bytes an inch; those of
 *   seven-track tapes do nothing   X'03' NO OPERATION   X'04' SENSE (24 bytes)
 *
 * The reel is a file (aws.c); how far its tape is wound follows from the
 * blocks that went by, their density and the gaps, and from that the time of
 * every motion and the end of the reel.  A reel that was read has the density
 * that the drive prefers: a file does not tell it.  Each drive has a control
 * unit of its own, so that none waits for another.
 *
 * Spacing and writing marks free the channel at once: channel end, and device
 * end when the motion is over.
 *
 * Words: [FILE] [ro] [model=3..8] [feet=N]
 *
 * Source: GA32-0020, "Commands", "Sense Bytes", "Status Bytes".
 */
#include <stdio.h>
#include <stdlib.h>

#include "../state.h"
#include "aws.h"
#include "channel.h"
#include "media.h"

enum {
    CMD_WRITE = 0x01,
    CMD_READ = 0x02,
    CMD_NOP = 0x03,
    CMD_REWIND = 0x07,
    CMD_READ_BACKWARD = 0x0C,
    CMD_UNLOAD = 0x0F,
    CMD_ERASE_GAP = 0x17,
    CMD_TRACK_IN_ERROR = 0x1B,
    CMD_WRITE_MARK = 0x1F,
    CMD_BACK_BLOCK = 0x27,
    CMD_BACK_FILE = 0x2F,
    CMD_FORWARD_BLOCK = 0x37,
    CMD_FORWARD_FILE = 0x3F,
    CMD_SECURITY_ERASE = 0x97,
    CMD_MODE_6250 = 0xD3,
    CMD_MODE_1600 = 0xC3,
    CMD_MODE_800 = 0xCB,
};

/* Sense bytes as far as they are used. */
enum {
    SENSE1_READY = 0x40,     /* tape unit status A */
    SENSE1_NOT_READY = 0x20, /* tape unit status B */
    SENSE1_LOAD_POINT = 0x08,
    SENSE1_WRITE = 0x04,
    SENSE1_PROTECTED = 0x02,
    SENSE3_1600 = 0x04,
    SENSE3_BACKWARD = 0x02,
    SENSE4_TAPE_INDICATE = 0x20,
    SENSE5_3803 = 0xC0, /* the new subsystem */
    SENSE6_DUAL_DENSITY = 0x20,
    SENSE6_NOT_1600 = 0x10,
    SENSE6_6250 = 0x08, /* model 4, 6, 8 */
};

/* Lengths on the tape are in micro-inches. */
#define INCH UINT64_C(1000000)
#define FOOT (12 * INCH)
enum { WORDS_MAX = 16, WORDS_BYTES = 1024 };
enum { FEET_DEFAULT = 2400, FEET_MIN = 50, FEET_MAX = 2400 };
#define MARKER_TO_END (25 * FOOT) /* from the end-of-tape marker on */
/* The same of a file that may grow no longer: so much of it. */
#define LIMIT_BEHIND_MARKER 16
#define MARK_LENGTH (INCH * 15 / 4)
#define BLANK_SEARCHED (25 * FOOT)
#define ACCEPT_NS (50 * NS_PER_US)

static const struct model {
    unsigned number;
    unsigned inches_per_second;
    unsigned density, other_density; /* the one it prefers; bytes an inch */
    uint64_t rewind_ns;              /* of 2400 feet */
    uint8_t sense6;
} models[] = {
    {3, 75, 1600, 800, 70 * NS_PER_S, 0x01},
    {4, 75, 6250, 1600, 70 * NS_PER_S, SENSE6_6250 | 0x01},
    {5, 125, 1600, 800, 60 * NS_PER_S, 0x02},
    {6, 125, 6250, 1600, 60 * NS_PER_S, SENSE6_6250 | 0x02},
    {7, 200, 1600, 800, 45 * NS_PER_S, 0x03},
    {8, 200, 6250, 1600, 45 * NS_PER_S, SENSE6_6250 | 0x03},
};

struct tape {
    const struct model *model;
    struct aws reel;
    bool loaded;            /* with a reel, and ready */
    unsigned density;       /* of the reel ... */
    unsigned mode;          /* ... and of what is written at the load point */
    uint64_t at, end;       /* wound off from the load point; all there is */
    bool writing, backward; /* the last motion */
    uint8_t last_code;      /* of the command before, in this chain */

    /* of the command in execution */
    uint8_t ending; /* status when its time is up */
    bool written;   /* WRITE has got its data */
    uint32_t len;
    uint8_t block[AWS_BLOCK_MAX];
};

/* ---- the tape's lengths and times ---------------------------------------- */

static uint64_t
gap(const struct tape *t)
{
    return t->density == 6250 ? INCH * 3 / 10 : INCH * 6 / 10;
}

static uint64_t
block_length(const struct tape *t, uint32_t len)
{
    return gap(t) + len * INCH / t->density;
}

static uint64_t
motion_ns(const struct tape *t, uint64_t length)
{
    return length * 1000 / t->model->inches_per_second;
}

static uint64_t
rewind_ns(const struct tape *t)
{
    return t->at / FOOT * (t->model->rewind_ns / FEET_DEFAULT) + NS_PER_MS;
}

/* The tape ends at its length, or where its file is as long as may be. */
static bool
at_end(const struct device *dev)
{
    const struct tape *t = dev->state;

    return t->at >= t->end || t->reel.offset >= dev->m->options.output_bytes;
}

static bool
at_end_marker(const struct device *dev)
{
    const struct tape *t = dev->state;
    uint32_t limit = dev->m->options.output_bytes;

    return t->at + MARKER_TO_END > t->end ||
           t->reel.offset > limit - limit / LIMIT_BEHIND_MARKER;
}

static void
wind(struct tape *t, uint64_t length, bool backward)
{
    t->backward = backward;
    if (!backward)
        t->at += length;
    else if (t->reel.offset == 0)
        t->at = 0;
    else
        t->at = t->at > length ? t->at - length : 1;
}

/* ---- moving over one block or mark --------------------------------------- */

/* What the reel's answer means as unit status; sense is set. */
static uint8_t
status_of(struct device *dev, enum aws_result result)
{
    switch (result) {
    case AWS_BLOCK:
        return 0;
    case AWS_MARK:
        return DS_UNIT_EXCEPTION;
    case AWS_LOAD_POINT:
        return device_check(dev, 0);
    case AWS_BLANK:
    case AWS_DAMAGED:
        return device_check(dev, SENSE_DATA_CHECK);
    case AWS_HOST_ERROR:
        break;
    }
    return device_check(dev, SENSE_EQUIPMENT);
}

/* Move over what comes next; its bytes are in t->block, the time it takes is
 * added to *ns. */
static enum aws_result
step(struct tape *t, bool backward, uint64_t *ns)
{
    enum aws_result result = backward
                                 ? aws_backward(&t->reel, t->block, &t->len)
                                 : aws_forward(&t->reel, t->block, &t->len);
    uint64_t length = 0;

    t->writing = false;
    if (result == AWS_BLOCK)
        length = block_length(t, t->len);
    else if (result == AWS_MARK)
        length = MARK_LENGTH;
    else if (result == AWS_BLANK || result == AWS_DAMAGED)
        *ns += motion_ns(t, BLANK_SEARCHED);
    wind(t, length, backward);
    *ns += motion_ns(t, length);
    return result;
}

static uint8_t
space(struct device *dev, bool backward, bool file)
{
    struct tape *t = dev->state;
    enum aws_result result;

    dev->tail_ns = motion_ns(t, gap(t));
    do
        result = step(t, backward, &dev->tail_ns);
    while (file && result == AWS_BLOCK);
    if (!file || result != AWS_MARK)
        dev->tail_status = status_of(dev, result);
    return DS_CHANNEL_END;
}

/* ---- recording ----------------------------------------------------------- */

/* The tape under the head is about to be written: the density of a reel is
 * set at its load point. */
static void
begin_recording(struct tape *t)
{
    if (t->at == 0)
        t->density = t->mode;
    t->writing = true;
}

/* `length` was recorded.  Behind the marker the unit tells so; where the tape
 * ends it runs off the reel. */
static uint8_t
recorded(struct device *dev, enum aws_result result, uint64_t length)
{
    struct tape *t = dev->state;

    if (result != AWS_BLOCK)
        return status_of(dev, result);
    wind(t, length, false);
    if (at_end(dev)) {
        aws_close(&t->reel);
        t->loaded = false;
        return device_check(dev, SENSE_INTERVENTION | SENSE_EQUIPMENT);
    }
    return at_end_marker(dev) ? DS_UNIT_EXCEPTION : 0;
}

static uint8_t
write_without_data(struct device *dev, uint8_t code)
{
    struct tape *t = dev->state;
    uint64_t length = MARK_LENGTH;
    enum aws_result result;

    if (code == CMD_SECURITY_ERASE && t->last_code != CMD_ERASE_GAP)
        return device_check(dev, SENSE_COMMAND_REJECT);
    begin_recording(t);
    if (code == CMD_SECURITY_ERASE)
        length = at_end_marker(dev) ? 0 : t->end - MARKER_TO_END - t->at;
    result =
        code == CMD_WRITE_MARK ? aws_write_mark(&t->reel) : aws_erase(&t->reel);
    dev->tail_ns = motion_ns(t, length);
    if (code == CMD_SECURITY_ERASE)
        dev->tail_status = status_of(dev, result); /* and the tape goes back */
    else
        dev->tail_status = recorded(dev, result, length);
    return DS_CHANNEL_END;
}

/* ---- commands ------------------------------------------------------------ */

static bool
is_mode_set(uint8_t code)
{
    switch (code & 0xF8) {
    case 0x10: /* of seven-track tapes: 200, ... */
    case 0x20:
    case 0x28:
    case 0x30:
    case 0x38:
    case 0x50: /* ... 556, ... */
    case 0x60:
    case 0x68:
    case 0x70:
    case 0x78:
    case 0x90: /* ... 800 bytes an inch */
    case 0xA0:
    case 0xA8:
    case 0xB0:
    case 0xB8:
    case 0xC0:
    case 0xC8:
    case 0xD0:
        return (code & 0x07) == 0x03;
    default:
        return false;
    }
}

static void
mode_set(struct tape *t, uint8_t code)
{
    unsigned density = code == CMD_MODE_6250   ? 6250
                       : code == CMD_MODE_1600 ? 1600
                       : code == CMD_MODE_800  ? 800
                                               : 0;

    if (density == t->model->density || density == t->model->other_density)
        t->mode = density;
}

static bool
is_recording(uint8_t code)
{
    return code == CMD_WRITE || code == CMD_WRITE_MARK ||
           code == CMD_ERASE_GAP || code == CMD_SECURITY_ERASE;
}

static uint8_t
rewind_reel(struct device *dev, bool unload)
{
    struct tape *t = dev->state;

    dev->tail_ns = rewind_ns(t);
    aws_rewind(&t->reel);
    t->at = 0;
    t->writing = t->backward = false;
    if (unload) {
        aws_close(&t->reel);
        t->loaded = false;
        dev->tail_ns = NS_PER_MS; /* the drive goes on by itself */
        dev->tail_status =
            DS_CONTROL_UNIT_END | device_check(dev, SENSE_INTERVENTION);
    }
    return DS_CHANNEL_END;
}

/* A read: the block goes by, and end() gives its bytes to the channel. */
static uint8_t
read_start(struct device *dev, bool backward, uint64_t *delay_ns)
{
    struct tape *t = dev->state;
    enum aws_result result;
    uint32_t i;
    uint8_t byte;

    *delay_ns = ACCEPT_NS;
    result = step(t, backward, delay_ns);
    t->ending = DS_NORMAL | status_of(dev, result);
    for (i = 0; backward && i < t->len / 2; i++) {
        byte = t->block[i];
        t->block[i] = t->block[t->len - 1 - i];
        t->block[t->len - 1 - i] = byte;
    }
    return 0;
}

static uint8_t
dispatch(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct tape *t = dev->state;

    switch (code) {
    case CMD_READ:
    case CMD_READ_BACKWARD:
        return read_start(dev, code == CMD_READ_BACKWARD, delay_ns);
    case CMD_WRITE:
    case CMD_TRACK_IN_ERROR:
        t->written = false;
        *delay_ns = ACCEPT_NS;
        return 0;
    case CMD_WRITE_MARK:
    case CMD_ERASE_GAP:
    case CMD_SECURITY_ERASE:
        return write_without_data(dev, code);
    case CMD_BACK_BLOCK:
    case CMD_BACK_FILE:
        return space(dev, true, code == CMD_BACK_FILE);
    case CMD_FORWARD_BLOCK:
    case CMD_FORWARD_FILE:
        return space(dev, false, code == CMD_FORWARD_FILE);
    case CMD_REWIND:
    case CMD_UNLOAD:
        return rewind_reel(dev, code == CMD_UNLOAD);
    default:
        return device_check(dev, SENSE_COMMAND_REJECT);
    }
}

static uint8_t
tape_start(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct tape *t = dev->state;
    uint8_t status;

    if (!channel_chained(dev))
        t->last_code = 0;
    if (code == CMD_NOP) {
        status = DS_NORMAL;
    } else if (is_mode_set(code)) {
        mode_set(t, code);
        status = DS_NORMAL;
    } else if (!t->loaded) {
        status = device_check(dev, SENSE_INTERVENTION);
    } else if (is_recording(code) && t->reel.read_only) {
        status = device_check(dev, SENSE_COMMAND_REJECT);
    } else {
        status = dispatch(dev, code, delay_ns);
    }
    t->last_code = code;
    return status;
}

/* A write: first its data comes from the channel, then its time passes. */
static uint8_t
write_end(struct device *dev, uint64_t *delay_ns)
{
    struct tape *t = dev->state;

    if (t->written)
        return t->ending;
    begin_recording(t);
    t->written = true;
    t->len = channel_get(dev, t->block, sizeof(t->block));
    *delay_ns = motion_ns(t, block_length(t, t->len));
    t->ending = DS_NORMAL;
    if (t->len > 0)
        t->ending |= recorded(dev, aws_write(&t->reel, t->block, t->len),
                              block_length(t, t->len));
    return 0;
}

static uint8_t
tape_end(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct tape *t = dev->state;

    if (code == CMD_WRITE)
        return write_end(dev, delay_ns);
    if (code == CMD_TRACK_IN_ERROR) {
        channel_get(dev, t->block, 1);
        return DS_NORMAL;
    }
    if (t->len > 0)
        channel_put(dev, t->block, t->len);
    return t->ending;
}

/* The bits that tell how the drive stands, whatever was wrong. */
static void
tape_sense(struct device *dev)
{
    const struct tape *t = dev->state;
    uint8_t *sense = dev->sense;

    sense[1] |= t->loaded ? SENSE1_READY : SENSE1_NOT_READY;
    sense[5] |= SENSE5_3803;
    sense[6] |= SENSE6_DUAL_DENSITY | t->model->sense6;
    if (t->density == 1600)
        sense[3] |= SENSE3_1600;
    else
        sense[6] |= SENSE6_NOT_1600;
    if (!t->loaded)
        return;
    if (t->at == 0)
        sense[1] |= SENSE1_LOAD_POINT;
    if (t->writing)
        sense[1] |= SENSE1_WRITE;
    if (t->reel.read_only)
        sense[1] |= SENSE1_PROTECTED;
    if (t->backward)
        sense[3] |= SENSE3_BACKWARD;
    if (at_end_marker(dev))
        sense[4] |= SENSE4_TAPE_INDICATE;
}

/* ---- the operator -------------------------------------------------------- */

struct tape_words {
    const char *path;
    bool read_only;
    const struct model *model;
    unsigned feet;
};

static const struct model *
model_find(const char *number)
{
    size_t i;

    for (i = 0; i < sizeof(models) / sizeof(models[0]); i++)
        if (number[0] == (char)('0' + models[i].number) && number[1] == '\0')
            return &models[i];
    return NULL;
}

static int
parse_words(struct device *dev, int argc, char *const argv[],
            struct tape_words *w)
{
    char *end;
    int i;

    for (i = 0; i < argc; i++) {
        if (strcmp(argv[i], "ro") == 0) {
            w->read_only = true;
        } else if (strncmp(argv[i], "model=", 6) == 0) {
            w->model = model_find(argv[i] + 6);
            if (w->model == NULL)
                return machine_fail(dev->m,
                                    "tape at %04X: \"%.40s\": a 3420 is "
                                    "model=3 to model=8",
                                    dev->devno, argv[i]);
        } else if (strncmp(argv[i], "feet=", 5) == 0) {
            unsigned long feet = strtoul(argv[i] + 5, &end, 10);

            if (*end != '\0' || feet < FEET_MIN || feet > FEET_MAX)
                return machine_fail(dev->m,
                                    "tape at %04X: \"%.40s\": a reel has %d "
                                    "to %d feet of tape",
                                    dev->devno, argv[i], FEET_MIN, FEET_MAX);
            w->feet = (unsigned)feet;
        } else if (w->path == NULL) {
            w->path = argv[i];
        } else {
            return machine_fail(dev->m,
                                "tape at %04X: unknown word \"%.40s\"; it "
                                "takes FILE ro model= feet=",
                                dev->devno, argv[i]);
        }
    }
    return 0;
}

/* Attach the drive, or change its reel; with no file it has none. */
static int
load_reel(struct device *dev, int argc, char *const argv[])
{
    struct tape *t = dev->state;
    struct tape_words w = {.model = t->model, .feet = FEET_DEFAULT};
    struct aws reel = {0};

    if (parse_words(dev, argc, argv, &w) != 0)
        return -1;
    if (w.path != NULL &&
        aws_open(dev->m, dev->devno, w.path, w.read_only, &reel) != 0)
        return -1;
    if (t->loaded)
        aws_close(&t->reel);
    t->model = w.model;
    t->mode = t->density = w.model->density;
    t->end = w.feet * FOOT;
    t->reel = reel;
    t->at = 0;
    t->writing = t->backward = false;
    t->loaded = w.path != NULL;
    return 0;
}

static int
tape_attach(struct device *dev, int argc, char *const argv[])
{
    struct tape *t = dev->state;

    t->model = model_find("8");
    return load_reel(dev, argc, argv);
}

/* The new reel is threaded, and the drive gets ready. */
static int
tape_mount(struct device *dev, int argc, char *const argv[])
{
    struct tape *t = dev->state;

    if (device_working(dev))
        return machine_fail(dev->m,
                            "tape at %04X: the tape is moving; let the "
                            "machine run until it stands",
                            dev->devno);
    if (load_reel(dev, argc, argv) != 0)
        return -1;
    if (t->loaded)
        device_unsolicited(dev, DS_DEVICE_END);
    return 0;
}

static void
tape_detach(struct device *dev)
{
    struct tape *t = dev->state;

    if (t->loaded)
        aws_close(&t->reel);
}

/* ---- snapshots ----------------------------------------------------------- */

/* The reel that the snapshot has on the drive, if it is not there: the one of
 * the drive's words, which have been loaded. */
static void
same_reel(struct device *dev, struct state *s, bool loaded)
{
    struct tape *t = dev->state;
    char words[WORDS_BYTES], *argv[WORDS_MAX], *word, *rest;
    int argc = 0;

    if (t->loaded)
        aws_close(&t->reel);
    t->loaded = false;
    if (!loaded || s->failed)
        return;
    snprintf(words, sizeof(words), "%s", dev->description);
    for (word = strtok_r(words, " ", &rest); word != NULL && argc < WORDS_MAX;
         word = strtok_r(NULL, " ", &rest))
        argv[argc++] = word;
    if (load_reel(dev, argc, argv) != 0 || !t->loaded)
        s->failed = true;
}

static void
reel_state(struct state *s, struct aws *reel)
{
    state_u64(s, &reel->offset);
    state_u32(s, &reel->before);
    if (reel->offset > INT64_MAX / 2 || reel->before > reel->offset)
        state_fail(s, "a reel stands where none can");
}

static void
tape_state(struct device *dev, struct state *s)
{
    struct tape *t = dev->state;
    bool loaded = t->loaded;
    uint32_t number = t->model->number;

    state_bool(s, &loaded);
    number = state_number(s, number, 8);
    if (state_loading(s)) {
        char name[2] = {(char)('0' + number), '\0'};

        same_reel(dev, s, loaded);
        if (model_find(name) != NULL)
            t->model = model_find(name);
    }
    if (loaded)
        reel_state(s, &t->reel);
    STATE_NUMBER(s, t->density, 6250);
    STATE_NUMBER(s, t->mode, 6250);
    if (t->density == 0)
        state_fail(s, "a reel has no density");
    if (s->failed)
        t->density = t->mode = t->model->density;
    state_u64(s, &t->at);
    state_u64(s, &t->end);
    if (t->at > 2 * FEET_MAX * FOOT || t->end > FEET_MAX * FOOT)
        state_fail(s, "a reel is longer than %d feet", FEET_MAX);
    state_bool(s, &t->writing);
    state_bool(s, &t->backward);
    state_u8(s, &t->last_code);
    state_u8(s, &t->ending);
    state_bool(s, &t->written);
    STATE_NUMBER(s, t->len, AWS_BLOCK_MAX);
    state_bytes(s, t->block, t->len);
}

static void
tape_medium(struct device *dev, struct state *s)
{
    struct tape *t = dev->state;

    if (t->loaded)
        media_reel_state(dev, s, t->reel.fd,
                         t->reel.read_only && !dev->m->options.private_media);
}

const struct device_ops device_3420 = {
    .type = "3420",
    .state_size = sizeof(struct tape),
    .sense_bytes = 24,
    .burst = true,
    .attach = tape_attach,
    .detach = tape_detach,
    .start = tape_start,
    .end = tape_end,
    .sense = tape_sense,
    .mount = tape_mount,
    .state = tape_state,
    .medium = tape_medium,
};
