/*
 * random_guest.c - a hostile guest: random channel programs on every device
 */
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "random_guest.h"
#include "tap.h"
#include "volume.h"

enum {
    P = 0x1000,
    COMMANDS = 6,
    D = 0x2000,
    HEADS = 19,
    TRACK_BYTES = 13312,
};
#define MS UINT64_C(1000000)

static const uint16_t devices[] = {0x009, 0x00C, 0x00D, 0x00E, 0x01E,
                                   0x130, 0x180, 0x181, 0x500, 0x601};
static const uint16_t operations[] = {SIO,   SIO, SIO, SIOF, TIO,
                                      CLRIO, HIO, HDV, TCH};
static const uint8_t codes[] = {
    0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B,
    0x0C, 0x0F, 0x12, 0x14, 0x17, 0x1B, 0x1D, 0x1E, 0x1F, 0x22, 0x23,
    0x27, 0x2F, 0x31, 0x37, 0x3F, 0x41, 0x43, 0x63, 0x73, 0x89, 0x8B,
    0x92, 0x93, 0x97, 0xB1, 0xC2, 0xC3, 0xD3, 0xEB, 0xF3, 0xFB};
static const char *const faults[] = {"data-check", "equipment-check",
                                     "intervention"};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

uint32_t random_seed;

static uint32_t
below(uint32_t n)
{
    random_seed = random_seed * 1664525 + 1013904223;
    return (random_seed >> 8) % n;
}

static void
attach(struct machine *m, uint16_t devno, const char *type, const char *word1,
       const char *word2)
{
    if (board_attach(m, devno, type, word1, word2) != 0)
        ok(false, "%s", machine_error(m));
}

static const char *
make_volume(void)
{
    static uint8_t volume[VOLUME_HEADER + 2 * HEADS * TRACK_BYTES];

    volume_make(volume, 2, HEADS, TRACK_BYTES, VOLUME_3330);
    return board_file("volume", volume, sizeof(volume));
}

struct machine *
random_machine(bool private_media)
{
    static char deck[8000];
    struct machine *m = private_media ? board_new_private() : board_new();

    memset(deck, 'A', sizeof(deck));
    attach(m, 0x009, "3215", NULL, NULL);
    attach(m, 0x00C, "3505", board_file("deck", deck, sizeof(deck)), "eof");
    attach(m, 0x00D, "3525", board_file("cards", "", 0), NULL);
    attach(m, 0x00E, "1403", board_file("lines", "", 0), NULL);
    attach(m, 0x01E, "3211", board_file("more", "", 0), NULL);
    attach(m, 0x130, "3330", make_volume(), NULL);
    attach(m, 0x180, "3420", board_file("reel", "", 0), "feet=60");
    attach(m, 0x181, "3420", board_file("other", "", 0), "model=5");
    attach(m, 0x500, "CTCA", "pair=601", NULL);
    attach(m, 0x601, "CTCA", "pair=500", NULL);
    return m;
}

static void
make_program(struct machine *m)
{
    unsigned i;

    for (i = 0; i < COMMANDS; i++) {
        uint8_t code =
            below(8) ? codes[below(COUNT(codes))] : (uint8_t)below(256);
        uint32_t data = below(9) ? D + below(60000) : below(0x1000000);
        uint32_t flags = below(3) ? (uint32_t)(CC | SLI) : below(256);
        uint32_t count = below(4) ? below(200) : below(65536);

        if (code == 0x08)
            data = P + 8 * below(COMMANDS);
        if (i == COMMANDS - 1)
            flags &= (uint32_t) ~(CC | CD);
        board_ccw(m, P + 8 * i, code, data, (uint8_t)flags, (uint16_t)count);
    }
}

/* What people do meanwhile. */
static void
disturb(struct machine *m, uint16_t devno)
{
    char *words[] = {(char *)faults[below(COUNT(faults))], "count=3"};
    char *busy[] = {"busy", "ms=7"};
    char *clear[] = {"clear"};

    switch (below(60)) {
    case 0:
        machine_fault(m, devno, 2, words);
        break;
    case 1:
        machine_fault(m, devno, 2, busy);
        break;
    case 2:
        machine_fault(m, devno, 1, clear);
        break;
    case 3:
        machine_type(m, 0x009, "hello");
        break;
    case 4:
        machine_cancel(m, 0x009);
        break;
    case 5:
        machine_reset(m, false);
        board_word(m, 0x78, 0x00020000);
        break;
    case 6:
        machine_detach(m, 0x601);
        attach(m, 0x601, "CTCA", "pair=500", NULL);
        break;
    case 7:
        board_attach(m, 0x181, "3420", NULL, NULL);
        break;
    default:
        break;
    }
}

void
random_steps(struct machine *m, unsigned n)
{
    for (; n > 0; n--) {
        uint16_t devno = devices[below(COUNT(devices))];

        make_program(m);
        board_word(m, 0x48, P);
        board_io(m, operations[below(COUNT(operations))], devno);
        machine_set(m, "psw",
                    below(3) ? UINT64_C(0xFE02000000000000)
                             : UINT64_C(0x0102000000000000));
        machine_run(m, 1000, machine_time(m) + below(30) * MS);
        disturb(m, devno);
    }
}
