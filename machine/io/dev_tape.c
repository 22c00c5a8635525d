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
 * The reel is a file, and knows how far its tape is wound (reel.c); from the
 * lengths that go by and the model's speed comes the time of every motion.  A
 * reel that was read has the density that the drive prefers: a file does not
 * tell it.  Each drive has a control unit of its own, so that none waits for
 * another.
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
#include "channel.h"
#include "media.h"
#include "reel.h"

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

enum { WORDS_MAX = 16, WORDS_BYTES = 1024 };
enum { FEET_DEFAULT = 2400, FEET_MIN = 50 };
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
    struct reel reel;
    bool loaded;       /* with a reel, and ready */
    uint8_t last_code; /* of the command before, in this chain */

    /* of the command in execution */
    uint8_t ending; /* status when its time is up */
    bool written;   /* WRITE has got its data */
    uint32_t len;
    uint8_t block[AWS_BLOCK_MAX];
};

/* ---- moving over one block or mark --------------------------------------- */

static uint64_t
motion_ns(const struct tape *t, uint64_t length)
{
    return length * 1000 / t->model->inches_per_second;
}

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
    uint64_t searched;
    enum aws_result result =
        reel_step(&t->reel, backward, t->block, &t->len, &searched);

    *ns += motion_ns(t, searched);
    return result;
}

static uint8_t
space(struct device *dev, bool backward, bool file)
{
    struct tape *t = dev->state;
    enum aws_result result;

    dev->tail_ns = motion_ns(t, reel_gap(&t->reel));
    do
        result = step(t, backward, &dev->tail_ns);
    while (file && result == AWS_BLOCK);
    if (!file || result != AWS_MARK)
        dev->tail_status = status_of(dev, result);
    return DS_CHANNEL_END;
}

/* ---- recording ----------------------------------------------------------- */

/* Status of what was recorded.  Behind the marker the unit tells so; where the
 * tape ends it runs off the reel. */
static uint8_t
recorded(struct device *dev, enum aws_result result)
{
    struct tape *t = dev->state;
    uint32_t limit = dev->m->options.output_bytes;

    if (result != AWS_BLOCK)
        return status_of(dev, result);
    if (reel_at_end(&t->reel, limit)) {
        aws_close(&t->reel.file);
        t->loaded = false;
        return device_check(dev, SENSE_INTERVENTION | SENSE_EQUIPMENT);
    }
    return reel_at_end_marker(&t->reel, limit) ? DS_UNIT_EXCEPTION : 0;
}

static uint8_t
write_without_data(struct device *dev, uint8_t code)
{
    struct tape *t = dev->state;

    if (code == CMD_SECURITY_ERASE && t->last_code != CMD_ERASE_GAP)
        return device_check(dev, SENSE_COMMAND_REJECT);
    reel_begin_recording(&t->reel);
    if (code == CMD_SECURITY_ERASE) { /* and the tape goes back */
        dev->tail_ns = motion_ns(
            t, reel_to_marker(&t->reel, dev->m->options.output_bytes));
        dev->tail_status = status_of(dev, reel_erase_rest(&t->reel));
        return DS_CHANNEL_END;
    }
    dev->tail_ns = motion_ns(t, REEL_MARK_LENGTH);
    dev->tail_status =
        recorded(dev, code == CMD_WRITE_MARK ? reel_write_mark(&t->reel)
                                             : reel_erase_gap(&t->reel));
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
        t->reel.mode = density;
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

    dev->tail_ns =
        t->reel.at / REEL_FOOT * (t->model->rewind_ns / FEET_DEFAULT) +
        NS_PER_MS;
    reel_rewind(&t->reel);
    if (unload) {
        aws_close(&t->reel.file);
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
    } else if (is_recording(code) && t->reel.file.read_only) {
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
    reel_begin_recording(&t->reel);
    t->written = true;
    t->len = channel_get(dev, t->block, sizeof(t->block));
    *delay_ns = motion_ns(t, reel_block_length(&t->reel, t->len));
    t->ending = DS_NORMAL;
    if (t->len > 0)
        t->ending |= recorded(dev, reel_write(&t->reel, t->block, t->len));
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
    if (t->reel.density == 1600)
        sense[3] |= SENSE3_1600;
    else
        sense[6] |= SENSE6_NOT_1600;
    if (!t->loaded)
        return;
    if (t->reel.at == 0)
        sense[1] |= SENSE1_LOAD_POINT;
    if (t->reel.writing)
        sense[1] |= SENSE1_WRITE;
    if (t->reel.file.read_only)
        sense[1] |= SENSE1_PROTECTED;
    if (t->reel.backward)
        sense[3] |= SENSE3_BACKWARD;
    if (reel_at_end_marker(&t->reel, dev->m->options.output_bytes))
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

            if (*end != '\0' || feet < FEET_MIN || feet > REEL_FEET_MAX)
                return machine_fail(dev->m,
                                    "tape at %04X: \"%.40s\": a reel has %d "
                                    "to %d feet of tape",
                                    dev->devno, argv[i], FEET_MIN,
                                    REEL_FEET_MAX);
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
    struct aws file = {0};

    if (parse_words(dev, argc, argv, &w) != 0)
        return -1;
    if (w.path != NULL &&
        aws_open(dev->m, dev->devno, w.path, w.read_only, &file) != 0)
        return -1;
    if (t->loaded)
        aws_close(&t->reel.file);
    t->model = w.model;
    t->reel = (struct reel){.file = file,
                            .density = w.model->density,
                            .mode = w.model->density,
                            .end = w.feet * REEL_FOOT};
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
        aws_close(&t->reel.file);
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
        aws_close(&t->reel.file);
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
    reel_state(s, &t->reel, loaded);
    if (s->failed)
        t->reel.density = t->reel.mode = t->model->density;
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
        media_reel_state(dev, s, t->reel.file.fd,
                         t->reel.file.read_only &&
                             !dev->m->options.private_media);
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
