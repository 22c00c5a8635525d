/*
 * channel.c - random channel programs on every device
 *
 * The first byte of an input chooses a device, the second says how many I/O
 * instructions follow, a byte each; the rest stands at X'1000', where the
 * channel programs are.
 */
#include "fuzz.h"

enum { PROGRAM = 0x1000, PROGRAM_BYTES = 0xE000, OPERATIONS = 12 };

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const uint16_t devices[] = {0x009, 0x00C, 0x00D, 0x00E, 0x01E,
                                   0x130, 0x180, 0x500, 0x601};
static const uint16_t operations[] = {0x9C00, 0x9C00, 0x9C00, 0x9C01,
                                      0x9D00, 0x9D01, 0x9E00, 0x9E01};

static struct machine *
make_machine(void)
{
    static const char cards[] = "FIRST CARD\nSECOND CARD\nTHIRD CARD\n";
    struct machine *m = fuzz_machine();

    fuzz_attach(m, 0x009, "3215", NULL, NULL);
    fuzz_attach(m, 0x00C, "3505", fuzz_file("deck", cards, sizeof(cards) - 1),
                "ascii");
    fuzz_attach(m, 0x00D, "3525", fuzz_file("cards", "", 0), NULL);
    fuzz_attach(m, 0x00E, "1403", fuzz_file("lines", "", 0), NULL);
    fuzz_attach(m, 0x01E, "3211", fuzz_file("more", "", 0), NULL);
    fuzz_attach(m, 0x130, "3330", fuzz_volume(NULL, 0, 0), NULL);
    fuzz_attach(m, 0x180, "3420", fuzz_file("reel", "", 0), NULL);
    fuzz_attach(m, 0x500, "CTCA", "pair=601", NULL);
    fuzz_attach(m, 0x601, "CTCA", "pair=500", NULL);
    return m;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct machine *m;
    const uint8_t *steps = data + 2;
    uint16_t devno;
    unsigned n, i;

    if (size < 2 + OPERATIONS)
        return 0;
    m = make_machine();
    devno = devices[data[0] % COUNT(devices)];
    n = data[1] % OPERATIONS + 1;
    data += 2 + OPERATIONS;
    size -= 2 + OPERATIONS;
    machine_write(m, PROGRAM, data,
                  size < PROGRAM_BYTES ? size : PROGRAM_BYTES);
    for (i = 0; i < n; i++) {
        if (steps[i] & 0x80)
            machine_type(m, 0x009, "hello");
        fuzz_io(m, operations[steps[i] & 7],
                steps[i] & 0x40 && devno == 0x500 ? 0x601 : devno);
    }
    return 0;
}
