/*
 * disk.c - images of disks
 *
 * The first two bytes of an input say where in the file the rest lies: the
 * first tracks, and for 0 the header.  Then programs read, search, and write.
 */
#include "fuzz.h"

static const uint8_t program[] =
    {
        /* X'1000': SEEK 0; SEARCH ID EQUAL; TIC; READ DATA; READ COUNT */
        0x07, 0, 0x11, 0x00, 0x60, 0, 0,    6, /* X'1000' */
        0x12, 0, 0x20, 0x00, 0x60, 0, 0,    8, /* READ COUNT */
        0x92, 0, 0x20, 0x10, 0x60, 0, 0,    8, /* multi-track */
        0x1E, 0, 0x30, 0x00, 0x60, 0, 0x10, 0, /* READ COUNT KEY DATA */
        0x1E, 0, 0x30, 0x00, 0x60, 0, 0x10, 0,
        0x0E, 0, 0x30, 0x00, 0x60, 0, 0x10, 0,
        0x31, 0, 0x20, 0x00, 0x60, 0, 0,    5, /* SEARCH ID */
        0x08, 0, 0x10, 0x30, 0,    0, 0,    0,
        0x0D, 0, 0x30, 0x00, 0x60, 0, 0,    40,
        0x1D, 0, 0x20, 0x00, 0x60, 0, 0,    60, /* WRITE COUNT KEY DATA */
        0x1A, 0, 0x40, 0x00, 0x60, 0, 0,    5,  /* READ HOME ADDRESS */
        0x16, 0, 0x40, 0x00, 0x20, 0, 0,    16, /* READ RECORD ZERO */
};

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct machine *m;
    size_t offset;
    unsigned i;

    if (size < 2)
        return 0;
    offset = (size_t)(data[0] << 8 | data[1]);
    m = fuzz_machine();
    if (fuzz_attach(m, 0x130, "3330", fuzz_volume(data + 2, size - 2, offset),
                    NULL)) {
        for (i = 0; i + 8 <= sizeof(program); i += 8) {
            machine_write(m, 0x1000, program + i, sizeof(program) - i);
            fuzz_io(m, 0x9C00, 0x130);
            fuzz_io(m, 0x9D00, 0x130);
        }
    }
    return 0;
}
