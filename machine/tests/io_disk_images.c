/*
 * io_disk_images.c - disk images that are not what they should be
 *
 * A 3340 image of one cylinder, with each byte of its header changed, cut to
 * other lengths, and with its first track full of noise: attaching fails with
 * a message, or the channel programs end with unit check; nothing worse.  (The
 * sanitizer build looks for what would be worse.)  The same for programs that
 * make no sense.  And what of an image decides whether a drive takes it.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "board.h"
#include "tap.h"
#include "volume.h"

enum {
    DISK = 0x130,
    PROGRAM_AT = 0x1000,
    MASK_AT = 0xF00,
    SEEK_AT = 0xF08,
    ID_AT = 0xF0A,
    COUNT_AT = 0xF10,
    DATA = 0x8000,
    ROOM = 0x8000,
    HEADER_USED = 20,
    HEADS = 12,
    TRACK_BYTES = 8704,
    NOISE_ROUNDS = 400,
    PROGRAM_ROUNDS = 3000,
};

static struct machine *m;
static uint8_t image[VOLUME_HEADER + HEADS * TRACK_BYTES];

/* ---- an image ------------------------------------------------------------ */

static void
make_image(void)
{
    uint8_t *track = image + VOLUME_HEADER;
    unsigned head;

    volume_make(image, 1, HEADS, TRACK_BYTES, VOLUME_3340);
    for (head = 0; head < HEADS; head++, track += TRACK_BYTES)
        volume_record(track + VOLUME_RECORD_1, 0, head, 1, "KEY1", 100, 0);
}

static uint32_t
noise(void)
{
    static uint32_t state = 1970;

    state = state * 1103515245 + 12345;
    return state >> 8;
}

/* ---- channel programs ---------------------------------------------------- */

/* One command behind a seek to a head; any status will do. */
static void
try(uint8_t code, unsigned head, uint32_t data, uint16_t count)
{
    struct csw csw;

    board_word(m, SEEK_AT, 0);
    board_word(m, SEEK_AT + 4, head << 16 | 0x0100);
    board_ccw(m, PROGRAM_AT, 0x1F, MASK_AT, CC, 1);
    board_ccw(m, PROGRAM_AT + 8, 0x07, SEEK_AT, CC, 6);
    board_ccw(m, PROGRAM_AT + 16, 0x31, ID_AT, CC, 5);
    board_ccw(m, PROGRAM_AT + 24, 0x08, PROGRAM_AT + 16, 0, 0);
    board_ccw(m, PROGRAM_AT + 32, code, data, SLI, count);
    board_run(m, DISK, PROGRAM_AT, &csw);
    board_ccw(m, PROGRAM_AT + 16, code, data, SLI, count);
    board_run(m, DISK, PROGRAM_AT, &csw);
}

/* Everything that looks into a track, then what writes on it. */
static void
try_all(void)
{
    static const uint8_t codes[] = {0x02, 0x06, 0x0E, 0x12, 0x16, 0x1A, 0x1E,
                                    0x29, 0x39, 0x86, 0x92, 0x9E, 0xB1, 0xE9,
                                    0x0F, 0x05, 0x0D, 0x1D, 0x01, 0x11, 0x19};
    size_t i;

    for (i = 0; i < sizeof(codes); i++)
        try(codes[i], i % 2 == 0 ? 0 : HEADS - 1,
            codes[i] == 0x1D || codes[i] == 0x01 ? COUNT_AT : DATA, ROOM);
}

/* Attach the image in `path`, use it, detach it.  False: not taken. */
static bool
use(const char *path)
{
    if (board_attach(m, DISK, "3340", path, NULL) != 0) {
        if (strstr(machine_error(m), path) == NULL)
            diag("the message does not name the file: %s", machine_error(m));
        return false;
    }
    try_all();
    machine_detach(m, DISK);
    return true;
}

static void
rewrite(const char *path, size_t len)
{
    FILE *f = fopen(path, "wb");

    if (f == NULL || fwrite(image, 1, len, f) != len || fclose(f) != 0)
        diag("%s cannot be written", path);
}

/* ---- tests --------------------------------------------------------------- */

static void
test_headers(const char *path)
{
    static const uint8_t values[] = {0x00, 0x01, 0x7F, 0x80, 0xFF};
    unsigned at, i, taken = 0;

    for (at = 0; at < HEADER_USED; at++) {
        for (i = 0; i < sizeof(values); i++) {
            uint8_t good = image[at];

            image[at] = values[i];
            rewrite(path, sizeof(image));
            taken += values[i] != good && use(path);
            image[at] = good;
        }
    }
    is(taken, 0, "no header with another byte in it is taken");
}

static void
test_lengths(const char *path)
{
    static const size_t lengths[] = {0,
                                     1,
                                     VOLUME_HEADER - 1,
                                     VOLUME_HEADER,
                                     VOLUME_HEADER + 1,
                                     VOLUME_HEADER + TRACK_BYTES,
                                     sizeof(image) - 1};
    unsigned i, taken = 0;

    for (i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        rewrite(path, lengths[i]);
        taken += use(path);
    }
    is(taken, 0, "no image of another length is taken");
    rewrite(path, sizeof(image));
    is(board_attach(m, DISK, "3340", path, NULL), 0, "the right one is");
    is(truncate(path, VOLUME_HEADER + 100), 0, "the file shrinks meanwhile");
    try(0x06, HEADS - 1, DATA, 100);
    board_ccw(m, PROGRAM_AT + 16, 0x06, DATA, SLI, 100);
    struct csw csw;
    is(board_run(m, DISK, PROGRAM_AT, &csw) & UC, UC, "a read fails");
    is(board_sense(m, DISK, 0), 0x10, "equipment check");
    machine_detach(m, DISK);
}

static void
test_tracks(const char *path)
{
    uint8_t *track = image + VOLUME_HEADER;
    unsigned round, taken = 0, i;

    for (round = 0; round < NOISE_ROUNDS; round++) {
        /* A few bytes of the fields, or a stretch of anything. */
        make_image();
        for (i = 0; i < round % 8; i++)
            track[noise() % 40] = (uint8_t)noise();
        for (i = 0; round % 5 == 0 && i < 200; i++)
            track[5 + noise() % 1000] = (uint8_t)noise();
        rewrite(path, sizeof(image));
        taken += use(path);
    }
    make_image();
    is(taken, NOISE_ROUNDS, "images with damaged tracks are taken and used");
}

/* Programs of any commands with any data, some of them halted. */
static void
test_programs(const char *path)
{
    static const uint8_t codes[] = {
        0x01, 0x02, 0x03, 0x05, 0x06, 0x07, 0x0B, 0x0D, 0x0E, 0x0F, 0x11,
        0x12, 0x13, 0x15, 0x16, 0x17, 0x19, 0x1A, 0x1B, 0x1D, 0x1E, 0x22,
        0x23, 0x29, 0x2D, 0x31, 0x39, 0x51, 0x71, 0x86, 0x8E, 0x92, 0x94,
        0x96, 0x9E, 0xA4, 0xB1, 0xB4, 0xE9, 0xF1, 0xFF};
    unsigned round, n, last, ended = 0;
    uint32_t at;
    struct csw csw;

    rewrite(path, sizeof(image));
    board_attach(m, DISK, "3340", path, NULL);
    for (round = 0; round < PROGRAM_ROUNDS; round++) {
        /* Small numbers, so that seeks succeed and records fit. */
        for (at = DATA; at < DATA + 64; at += 4)
            board_word(m, at, noise() & (round % 3 == 0 ? 0xFFFFFF : 0x01030F));
        last = 1 + noise() % 10;
        board_ccw(m, PROGRAM_AT, 0x1F, MASK_AT, CC, 1);
        board_ccw(m, PROGRAM_AT + 8, 0x07, SEEK_AT, CC, 6);
        board_ccw(m, PROGRAM_AT + 16, 0x31, ID_AT, CC, 5);
        board_ccw(m, PROGRAM_AT + 24, 0x08, PROGRAM_AT + 16, 0, 0);
        for (n = 0; n < last; n++)
            board_ccw(m, PROGRAM_AT + 32 + 8 * n,
                      codes[noise() % sizeof(codes)], DATA + noise() % 32,
                      (uint8_t)((n + 1 < last ? CC : 0) |
                                (noise() % 8 != 0 ? SLI : 0)),
                      (uint16_t)(1 + noise() % 40));
        if (round % 4 == 0) {
            board_start(m, DISK, PROGRAM_AT);
            board_io(m, HIO, DISK);
            while (board_wait(m, &csw) >= 0)
                ;
            ended++;
        } else {
            board_run(m, DISK, PROGRAM_AT + (round % 2 == 0 ? 0 : 32), &csw);
            ended++;
        }
    }
    is(ended, PROGRAM_ROUNDS, "all programs end");
    machine_detach(m, DISK);
}

/* Attach a file of nothing but a header and a size. */
static const char *
attach_empty(const char *path, const char *word, uint32_t heads,
             uint32_t track_bytes, uint8_t type, unsigned cylinders)
{
    uint8_t bytes[VOLUME_HEADER];
    FILE *f = fopen(path, "wb");
    int result;

    volume_header(bytes, heads, track_bytes, type);
    if (f == NULL || fwrite(bytes, 1, sizeof(bytes), f) != sizeof(bytes) ||
        fclose(f) != 0 ||
        truncate(path,
                 VOLUME_HEADER + (off_t)heads * track_bytes * cylinders) != 0)
        return "the file cannot be made";
    result = board_attach(m, DISK, word, path, "ro");
    if (result == 0)
        machine_detach(m, DISK);
    return result == 0 ? "taken" : machine_error(m);
}

static void
test_types(const char *path)
{
    static const struct {
        const char *word;
        uint32_t heads, track_bytes;
        uint8_t type;
        unsigned cylinders;
        const char *answer;
    } rows[] = {
        {"2314", 20, 7680, 0x14, 200, "taken"},
        {"2314", 20, 7680, 0x14, 203, "taken"},
        {"2314", 20, 7680, 0x14, 204, "1 to 203 whole cylinders"},
        {"2305", 8, 14336, 0x05, 48, "taken"},
        {"2305", 8, 14336, 0x05, 49, "another model"},
        {"2305-2", 8, 14848, 0x05, 96, "taken"},
        {"2305-1", 8, 14848, 0x05, 48, "another model"},
        {"3330", 19, 13312, 0x30, 411, "taken"},
        {"3330", 19, 13312, 0x30, 815, "taken"},
        {"3330-1", 19, 13312, 0x30, 412, "1 to 411 whole cylinders"},
        {"3330-11", 19, 13312, 0x30, 816, "1 to 815 whole cylinders"},
        {"3340-35", 12, 8704, 0x40, 349, "taken"},
        {"3340-35", 12, 8704, 0x40, 350, "1 to 349 whole cylinders"},
        {"3340", 12, 8704, 0x40, 698, "taken"},
        {"3350", 30, 19456, 0x50, 560, "taken"},
        {"3350", 30, 13312, 0x50, 10, "tracks of 13312 bytes"},
        {"3350", 19, 13312, 0x30, 10, "attach it as 3330"},
        {"3330", 15, 56832, 0x90, 1, "X'90'"},
    };
    unsigned i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *answer =
            attach_empty(path, rows[i].word, rows[i].heads, rows[i].track_bytes,
                         rows[i].type, rows[i].cylinders);

        if (!ok(strstr(answer, rows[i].answer) != NULL,
                "%s, %u cylinders of an X'%02X': %s", rows[i].word,
                rows[i].cylinders, rows[i].type, rows[i].answer))
            diag("%s", answer);
    }
}

static void
test_read_only(const char *path)
{
    rewrite(path, sizeof(image));
    is(board_attach(m, DISK, "3340", path, "ro"), 0, "an image for reading");
    try(0x06, 0, DATA, 100);
    is(board_sense(m, DISK, 0), 0, "it can be read");
    board_ccw(m, PROGRAM_AT + 16, 0x31, ID_AT, CC, 5);
    board_ccw(m, PROGRAM_AT + 32, 0x05, DATA, SLI, 100);
    struct csw csw;
    is(board_run(m, DISK, PROGRAM_AT, &csw) & UC, UC, "but not written");
    is(board_sense(m, DISK, 1), 0x02, "write inhibited");
    machine_detach(m, DISK);
    is(board_attach(m, DISK, "3340", "/dev/null", NULL), -1, "no file");
    is(board_attach(m, DISK, "3340", path, "rw"), -1, "another word than ro");
    is(board_attach(m, DISK, "3340", NULL, NULL), -1, "no word at all");
}

int
main(void)
{
    static const uint8_t count[8] = {0, 0, 0, 0, 9, 0, 0, 8};
    const char *path;

    m = board_new();
    board_word(m, MASK_AT, 0xC0000000);
    machine_write(m, COUNT_AT, count, sizeof(count));
    make_image();
    path = board_file("image", image, sizeof(image));
    test_headers(path);
    test_lengths(path);
    test_tracks(path);
    test_programs(path);
    test_read_only(path);
    test_types(path);
    board_end(m);
    return done();
}
