/*
 * board.c - a machine on the test bench
 */
#include "board.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../io/ebcdic.h"

enum {
    CSW_AT = 0x40,
    CAW_AT = 0x48,
    IO_NEW = 0x78,
    IO_OLD = 0x38,
    INSTRUCTION = 0x400,
    SENSE_CCW = 0x600,
    SENSE_DATA = 0x608,
    FILES_MAX = 32,
};

static char folder[] = "/tmp/board-XXXXXX";
static char files[FILES_MAX][64];
static unsigned nfiles;

static void
give_up(const char *what)
{
    fprintf(stderr, "Bail out! %s\n", what);
    exit(2);
}

static struct machine *
new_machine(bool private_media, uint32_t output_bytes)
{
    struct machine_options opt;
    struct machine *m;
    char err[200];

    machine_options_default(&opt);
    opt.private_media = private_media;
    if (output_bytes > 0)
        opt.output_bytes = output_bytes;
    opt.storage_bytes = 256 << 10;
    m = machine_create(&opt, err, sizeof(err));
    if (m == NULL)
        give_up(err);
    board_word(m, IO_NEW, 0x00020000);
    return m;
}

struct machine *
board_new(void)
{
    return new_machine(false, 0);
}

struct machine *
board_new_private(void)
{
    return new_machine(true, 0);
}

struct machine *
board_new_limited(uint32_t output_bytes)
{
    return new_machine(false, output_bytes);
}

const char *
board_file(const char *name, const void *bytes, size_t len)
{
    FILE *f;

    if (nfiles == 0 && mkdtemp(folder) == NULL)
        give_up("no temporary folder");
    if (nfiles == FILES_MAX)
        give_up("too many files");
    snprintf(files[nfiles], sizeof(files[0]), "%s/%s", folder, name);
    f = fopen(files[nfiles], "wb");
    if (f == NULL || (len > 0 && fwrite(bytes, len, 1, f) != 1) ||
        fclose(f) != 0)
        give_up("no temporary file");
    return files[nfiles++];
}

void
board_end(struct machine *m)
{
    machine_destroy(m);
    if (nfiles == 0)
        return;
    while (nfiles > 0)
        unlink(files[--nfiles]);
    rmdir(folder);
}

int
board_attach(struct machine *m, uint16_t devno, const char *type,
             const char *word1, const char *word2)
{
    char *words[2] = {(char *)word1, (char *)word2};

    return machine_attach(m, devno, type,
                          word1 == NULL   ? 0
                          : word2 == NULL ? 1
                                          : 2,
                          words);
}

void
board_word(struct machine *m, uint32_t at, uint32_t word)
{
    uint8_t b[4] = {(uint8_t)(word >> 24), (uint8_t)(word >> 16),
                    (uint8_t)(word >> 8), (uint8_t)word};

    if (machine_write(m, at, b, 4) != 0)
        give_up("storage");
}

uint32_t
board_word_at(struct machine *m, uint32_t at)
{
    uint8_t b[4];

    if (machine_read(m, at, b, 4) != 0)
        give_up("storage");
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 |
           b[3];
}

void
board_ccw(struct machine *m, uint32_t at, uint8_t code, uint32_t data,
          uint8_t flags, uint16_t count)
{
    board_word(m, at, (uint32_t)code << 24 | data);
    board_word(m, at + 4, (uint32_t)flags << 24 | count);
}

static size_t
to_ebcdic(const char *text, uint8_t *out)
{
    const char *end = text + strlen(text);
    size_t n = 0;

    while (text < end)
        ebcdic_from_utf8(&text, end, &out[n++]);
    return n;
}

void
board_text(struct machine *m, uint32_t at, const char *text)
{
    uint8_t out[256];
    size_t n = to_ebcdic(text, out);

    if (machine_write(m, at, out, n) != 0)
        give_up("storage");
}

bool
board_has_text(struct machine *m, uint32_t at, const char *text)
{
    uint8_t out[256], there[256];
    size_t n = to_ebcdic(text, out);

    return machine_read(m, at, there, n) == 0 && memcmp(out, there, n) == 0;
}

int
board_io(struct machine *m, unsigned op, uint16_t devno)
{
    uint64_t psw;

    board_word(m, INSTRUCTION, op << 16 | 0x1000);
    machine_set(m, "gr1", devno);
    machine_set(m, "psw", INSTRUCTION);
    machine_run(m, 1, UINT64_MAX);
    machine_get(m, "psw", &psw);
    return (int)(psw >> 28 & 3);
}

int
board_start(struct machine *m, uint16_t devno, uint32_t caw)
{
    board_word(m, CAW_AT, caw);
    return board_io(m, SIO, devno);
}

struct csw
board_csw(struct machine *m)
{
    uint32_t first = board_word_at(m, CSW_AT);
    uint32_t second = board_word_at(m, CSW_AT + 4);

    return (struct csw){.key = (uint8_t)(first >> 28),
                        .addr = first & 0xFFFFFF,
                        .status = second >> 16,
                        .count = second & 0xFFFF};
}

int
board_wait(struct machine *m, struct csw *csw)
{
    /* A BC PSW: all channels, wait. */
    machine_set(m, "psw", UINT64_C(0xFE02000000000000));
    if (machine_run(m, UINT64_MAX, UINT64_MAX) != STOP_WAIT)
        return -1;
    *csw = board_csw(m);
    return (int)(board_word_at(m, IO_OLD) & 0xFFFF);
}

unsigned
board_run(struct machine *m, uint16_t devno, uint32_t caw, struct csw *csw)
{
    struct csw next;
    unsigned status;

    if (board_start(m, devno, caw) != 0)
        *csw = board_csw(m);
    else if (board_wait(m, csw) != devno)
        give_up("the program's interruption does not come");
    status = csw->status;
    while ((status & CE) != 0 && (status & DE) == 0) {
        if (board_wait(m, &next) != devno)
            give_up("device end does not come");
        status |= next.status;
    }
    return status;
}

uint8_t
board_sense(struct machine *m, uint16_t devno, unsigned n)
{
    struct csw csw;

    board_ccw(m, SENSE_CCW, 0x04, SENSE_DATA, SLI, 24);
    board_run(m, devno, SENSE_CCW, &csw);
    return (uint8_t)(board_word_at(m, SENSE_DATA + n / 4 * 4) >>
                     (24 - n % 4 * 8));
}
