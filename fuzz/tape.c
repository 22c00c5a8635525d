/*
 * tape.c - AWSTAPE files
 *
 * The first byte of an input says how many of the next are commands; the rest
 * is the reel.
 */
#include "fuzz.h"

static const uint8_t commands[] = {0x02, 0x0C, 0x37, 0x27, 0x3F, 0x2F,
                                   0x07, 0x01, 0x1F, 0x17, 0x02, 0x0C,
                                   0x02, 0x04, 0x0F, 0x97};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t ccw[8] = {0, 0, 0x20, 0, 0x20, 0, 0x40, 0};
    struct machine *m;
    unsigned n, i;

    n = size > 0 ? data[0] % 16 : 0;
    if (size < 1 + n)
        return 0;
    m = fuzz_machine();
    if (fuzz_attach(m, 0x180, "3420",
                    fuzz_file("reel", data + 1 + n, size - 1 - n), NULL)) {
        for (i = 0; i < n; i++) {
            ccw[0] = commands[data[1 + i] & 15];
            ccw[2] = ccw[0] == 0x0C ? 0x60 : 0x20; /* backward: from its end */
            machine_write(m, 0x1000, ccw, sizeof(ccw));
            fuzz_io(m, 0x9C00, 0x180);
            fuzz_io(m, 0x9D00, 0x180);
        }
    }
    return 0;
}
