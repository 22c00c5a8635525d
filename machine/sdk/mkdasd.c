/*
 * mkdasd.c - make a disk volume: IPL-able, of an image, or formatted for data
 *
 * The volume is an uncompressed CKD image file in Hercules' format (see
 * machine/io/ckd_track.c).  Cylinder 0, head 0 holds
 *   record 1  key IPL1, 24 bytes: PSW and two CCWs, what IPL reads
 *   record 2  key IPL2, 144 bytes: the channel program that reads ...
 *   record 4  ... disk_loader.asm, into the storage behind the image
 *   record 3  key VOL1, 80 bytes: the volume label
 * and the tracks after it the image (see disk_loader.asm).  All other tracks
 * are formatted and empty.
 *
 * With --records there is no image and no label: every track has as many
 * records of that length as it takes, numbered from 1, of zeros.  With
 * --minidisk=N too, cylinder 0 has a label, and those after it are minidisks
 * of N cylinders: each counts its cylinders from 0, as its owner sees it.
 */
#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../io/ckd_type.h"
#include "loader.h"

enum {
    TRACK_BYTES_MAX = 20480,
    HEADER_BYTES = 512,
    IPL2_AT = 128, /* where record 2 goes in storage */
    IPL2_BYTES = 144,
    LOADER_RECORD = 4,
    STRETCH_UNIT = 2048, /* see struct ckd_type */
};

static const uint8_t loader_text[] = {
#include "disk_loader.inc"
};

struct options {
    const struct ckd_type *type;
    const char *volser, *output, *image;
    uint32_t record_bytes; /* 0: a volume with an image */
    uint32_t cylinders;    /* 0: all of the type's */
    uint32_t minidisk;     /* cylinders of one; 0: no minidisks */
};

/* A track of the image file as it is built up. */
struct track {
    uint8_t bytes[TRACK_BYTES_MAX];
    size_t used;
    uint32_t cylinder, head;
    uint32_t counted; /* cylinder in the count fields */
};

static struct argp_option option_table[] = {
    {"output", 'o', "VOLUME", 0, "the volume to write", 0},
    {"type", 't', "TYPE", 0,
     "the type of disk: 2314, 2305, 3330, 3340, 3350, or a model of them "
     "such as 3330-11",
     0},
    {"volser", 'v', "NAME", 0, "name the volume (default: 111111)", 0},
    {"records", 'r', "BYTES", 0,
     "no IMAGE: format all tracks with records of this length", 0},
    {"cylinders", 'c', "N", 0,
     "a volume of only so many cylinders (default: all of the type's)", 0},
    {"minidisk", 'm', "N", 0,
     "with --records: a labelled volume of minidisks of N cylinders, from "
     "cylinder 1 on",
     0},
    {0},
};

/* Records of `bytes` bytes that fit on a track behind record 0. */
static uint32_t
records_of_track(const struct ckd_type *type, uint32_t bytes)
{
    uint32_t overhead = type->count_bytes + type->data_gap + type->check_bytes;
    uint32_t position = type->first_record, n = 0;

    position += overhead + 8 + 8 * type->stretch / STRETCH_UNIT;
    while (position + overhead + bytes <= ckd_type_track(type)) {
        position += overhead + bytes + bytes * type->stretch / STRETCH_UNIT;
        n++;
    }
    return n;
}

/* A decimal number from 1 to 65535 (what does not fit the disk is said when
 * the type is known). */
static uint32_t
number(const char *name, const char *arg, struct argp_state *state)
{
    char *end;
    unsigned long value = strtoul(arg, &end, 10);

    if (*arg < '0' || *arg > '9' || *end != 0 || value < 1 || value > 65535)
        argp_error(state, "%s \"%s\": write a number from 1 to 65535", name,
                   arg);
    return (uint32_t)value;
}

static void
check_options(const struct options *opt, struct argp_state *state)
{
    if (opt->image == NULL && opt->record_bytes == 0)
        argp_error(state, "which image? name a file that cc370 made; or "
                          "format a volume for data with --records");
    if (opt->image != NULL && opt->record_bytes > 0)
        argp_error(state, "with --records there is no image: leave out one");
    if (opt->minidisk > 0 && opt->record_bytes == 0)
        argp_error(state, "--minidisk: say --records too");
    if (opt->output == NULL)
        argp_error(state, "which volume? say -o VOLUME");
    if (opt->type == NULL)
        argp_error(state, "which type of disk? say --type 3330, for example");
    if (opt->record_bytes > opt->type->max_data)
        argp_error(state,
                   "--records %u: the longest record of a %s has %u "
                   "bytes",
                   opt->record_bytes, opt->type->name, opt->type->max_data);
    if (opt->cylinders > opt->type->cylinders)
        argp_error(state, "--cylinders %u: a %s has %u", opt->cylinders,
                   opt->type->name, opt->type->cylinders);
}

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct options *opt = state->input;
    uint8_t ignored[6];

    switch (key) {
    case 'o':
        opt->output = arg;
        return 0;
    case 't':
        opt->type = ckd_types;
        while (opt->type->name != NULL && !ckd_type_named(opt->type, arg))
            opt->type++;
        if (opt->type->name == NULL)
            argp_error(state,
                       "--type \"%s\": there are 2314, 2305-1, 2305-2, "
                       "3330-1, 3330-11, 3340-35, 3340-70 and 3350",
                       arg);
        return 0;
    case 'v':
        if (*arg == 0 || text_to_ebcdic(ignored, sizeof(ignored), arg) != 0)
            argp_error(state,
                       "--volser \"%s\": a volume's name has 1 to 6 "
                       "characters",
                       arg);
        opt->volser = arg;
        return 0;
    case 'r':
        opt->record_bytes = number("--records", arg, state);
        return 0;
    case 'c':
        opt->cylinders = number("--cylinders", arg, state);
        return 0;
    case 'm':
        opt->minidisk = number("--minidisk", arg, state);
        return 0;
    case ARGP_KEY_ARG:
        if (opt->image != NULL)
            argp_error(state, "only one image can be put on a volume");
        opt->image = arg;
        return 0;
    case ARGP_KEY_END:
        check_options(opt, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void
put_le32(uint8_t *p, uint32_t value)
{
    p[0] = (uint8_t)value;
    p[1] = (uint8_t)(value >> 8);
    p[2] = (uint8_t)(value >> 16);
    p[3] = (uint8_t)(value >> 24);
}

static void
put_ccw(uint8_t *p, uint8_t code, uint32_t addr, uint8_t flags, uint32_t count)
{
    p[0] = code;
    put_be24(p + 1, addr);
    p[4] = flags;
    put_be16(p + 6, count);
}

/* Add a record; the text of its key is four letters or NULL. */
static void
record(struct track *t, unsigned number, const char *key, const void *data,
       size_t len)
{
    uint8_t *p = t->bytes + t->used;

    put_be16(p, t->counted);
    put_be16(p + 2, t->head);
    p[4] = (uint8_t)number;
    p[5] = key != NULL ? 4 : 0;
    put_be16(p + 6, (uint32_t)len);
    p += 8;
    if (key != NULL) {
        text_to_ebcdic(p, 4, key);
        p += 4;
    }
    if (len > 0)
        memcpy(p, data, len);
    t->used = (size_t)(p - t->bytes) + len;
}

/* Home address and record 0. */
static void
track_begin(struct track *t, const struct ckd_type *type, uint32_t number,
            uint32_t minidisk)
{
    static const uint8_t zeros[8];

    memset(t, 0, sizeof(*t));
    t->cylinder = number / type->heads;
    t->head = number % type->heads;
    t->counted = t->cylinder;
    if (minidisk > 0 && t->cylinder > 0)
        t->counted = (t->cylinder - 1) % minidisk;
    put_be16(t->bytes + 1, t->cylinder);
    put_be16(t->bytes + 3, t->head);
    t->used = 5;
    record(t, 0, NULL, zeros, sizeof(zeros));
}

static uint64_t
track_place(const struct ckd_type *type, uint32_t number)
{
    return HEADER_BYTES + (uint64_t)number * type->image_track_bytes;
}

/* Write what is used of the track; the rest of it stays a hole in the file. */
static void
track_end(struct track *t, const struct ckd_type *type, FILE *f)
{
    uint32_t number = t->cylinder * type->heads + t->head;

    memset(t->bytes + t->used, 0xFF, 8);
    t->used += 8;
    if (fseeko(f, (off_t)track_place(type, number), SEEK_SET) == 0)
        fwrite(t->bytes, 1, t->used, f);
}

static void
label_record(struct track *t, const struct options *opt)
{
    uint8_t label[80];

    text_to_ebcdic(label, sizeof(label), "VOL1");
    text_to_ebcdic(label + 4, 6, opt->volser);
    label[10] = 0xF0;         /* volume security: none */
    memset(label + 11, 0, 5); /* there is no table of contents */
    record(t, 3, "VOL1", label, sizeof(label));
}

/* The first track of a volume of minidisks: IPL of it ends in a disabled wait
 * of code 0. */
static void
minidisk_label_track(struct track *t, const struct options *opt)
{
    static const uint8_t ipl1[24] = {0, 2}, ipl2[IPL2_BYTES];

    record(t, 1, "IPL1", ipl1, sizeof(ipl1));
    record(t, 2, "IPL2", ipl2, sizeof(ipl2));
    label_record(t, opt);
}

/* The first track: IPL records, label, loader. */
static void
label_track(struct track *t, const struct options *opt,
            const struct image *image)
{
    const uint8_t read = 0x06, search = 0x31, tic = 0x08, cc = 0x40;
    uint8_t ipl1[24] = {0}, ipl2[IPL2_BYTES] = {0};
    uint8_t loader[sizeof(loader_text)];
    uint32_t loader_at = (image->size + 7) & ~7u;

    /* Not where the channel program is that reads it. */
    if (loader_at < IPL2_AT + IPL2_BYTES)
        loader_at = IPL2_AT + IPL2_BYTES;
    put_be32(ipl1 + 4, loader_at + LOADER_ENTRY);
    put_ccw(ipl1 + 8, read, IPL2_AT, cc, IPL2_BYTES);
    put_ccw(ipl1 + 16, tic, IPL2_AT, 0, 1);

    put_ccw(ipl2, search, IPL2_AT + 24, cc, 5);
    put_ccw(ipl2 + 8, tic, IPL2_AT, 0, 1);
    put_ccw(ipl2 + 16, read, loader_at, 0, sizeof(loader_text));
    ipl2[24 + 4] = LOADER_RECORD; /* of cylinder 0, head 0 */

    memcpy(loader, loader_text, sizeof(loader));
    put_be16(loader + LOADER_HEADS, opt->type->heads);
    put_be16(loader + LOADER_TRACK, opt->type->max_data);
    loader_prepare(loader, sizeof(loader), image);

    record(t, 1, "IPL1", ipl1, sizeof(ipl1));
    record(t, 2, "IPL2", ipl2, sizeof(ipl2));
    label_record(t, opt);
    record(t, LOADER_RECORD, NULL, loader, sizeof(loader));
}

/* The next track of the image, if there is still some of it. */
static void
image_track(struct track *t, const struct ckd_type *type,
            const struct image *image, uint32_t *at)
{
    uint32_t len = image->size - *at;

    if (*at >= image->size)
        return;
    if (len > type->max_data)
        len = type->max_data;
    record(t, 1, NULL, image->bytes + *at, len);
    *at += len;
}

static void
data_track(struct track *t, const struct options *opt)
{
    static const uint8_t zeros[TRACK_BYTES_MAX];
    uint32_t n = records_of_track(opt->type, opt->record_bytes);

    if (opt->minidisk > 0 && t->cylinder == 0) {
        if (t->head == 0)
            minidisk_label_track(t, opt);
        return;
    }
    for (uint32_t i = 1; i <= n; i++)
        record(t, i, NULL, zeros, opt->record_bytes);
}

static uint32_t
cylinders_of(const struct options *opt)
{
    return opt->cylinders > 0 ? opt->cylinders : opt->type->cylinders;
}

/* 0, or -1 with errno. */
static int
volume_write(FILE *f, const struct options *opt, const struct image *image)
{
    const struct ckd_type *type = opt->type;
    uint8_t header[HEADER_BYTES] = "CKD_P370";
    static struct track t;
    uint32_t tracks = cylinders_of(opt) * type->heads;
    uint32_t number, at = LOW_BYTES;

    put_le32(header + 8, type->heads);
    put_le32(header + 12, type->image_track_bytes);
    header[16] = type->image_type;
    fwrite(header, 1, sizeof(header), f);
    for (number = 0; number < tracks; number++) {
        track_begin(&t, type, number, opt->minidisk);
        if (opt->record_bytes > 0)
            data_track(&t, opt);
        else if (number == 0)
            label_track(&t, opt, image);
        else
            image_track(&t, type, image, &at);
        track_end(&t, type, f);
    }
    fflush(f);
    if (ferror(f) ||
        ftruncate(fileno(f), (off_t)track_place(type, tracks)) != 0)
        return -1;
    return 0;
}

/* Storage may be larger than a small disk, or than some cylinders. */
static void
check_room(const struct options *opt, const struct image *image)
{
    const struct ckd_type *type = opt->type;
    uint64_t room = LOW_BYTES + (uint64_t)type->max_data *
                                    (cylinders_of(opt) * type->heads - 1);

    if (image->size <= room)
        return;
    fprintf(stderr,
            "%s: its %u bytes are more than %u cylinders of a %s take (%llu)\n",
            opt->image, image->size, cylinders_of(opt), type->name,
            (unsigned long long)room);
    exit(1);
}

int
main(int argc, char **argv)
{
    struct argp argp = {option_table,
                        parse,
                        "[IMAGE]",
                        "Make a disk volume that a System/370 can be IPLed "
                        "from, with IMAGE to load; or, with --records, one "
                        "that is formatted for data.",
                        NULL,
                        NULL,
                        NULL};
    struct options opt = {.volser = "111111"};
    struct image image = {0};
    struct stat there;
    FILE *f;

    argp_err_exit_status = 1;
    argp_parse(&argp, argc, argv, 0, NULL, &opt);
    if (opt.image != NULL) {
        image = image_read(opt.image);
        check_room(&opt, &image);
    }
    if (stat(opt.output, &there) == 0 && !S_ISREG(there.st_mode)) {
        fprintf(stderr, "%s is not a file: give -o the name of one\n",
                opt.output);
        return 1;
    }
    /* A new file, not the old one cut off: a machine that has the old volume
     * mounted keeps it, and the host need not write that to its disk first. */
    unlink(opt.output);
    f = fopen(opt.output, "wb");
    if (f == NULL) {
        fprintf(stderr, "%s: %s\n", opt.output, strerror(errno));
        return 1;
    }
    if (volume_write(f, &opt, &image) != 0 || fclose(f) != 0) {
        fprintf(stderr, "%s: %s\n", opt.output, strerror(errno));
        remove(opt.output);
        return 1;
    }
    free(image.bytes);
    return 0;
}
