/*
 * cpu.c - the CPU with random storage
 *
 * The first 8 bytes of an input are the PSW, the next 64 the general registers,
 * then control registers 0, 1, 9, 10, 11, 14, a byte of storage key, and
 * storage: from 0 on and, again, from X'1000' on.
 */
#include <stdio.h>
#include <string.h>

#include "fuzz.h"

enum { STEPS = 3000 };

/* A big-endian number; 0 behind the end of the input. */
static uint64_t
take(const uint8_t **data, size_t *size, unsigned bytes)
{
    uint64_t v = 0;

    while (bytes-- > 0) {
        v = v << 8 | (*size > 0 ? **data : 0);
        if (*size > 0)
            (*data)++, (*size)--;
    }
    return v;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const controls[] = {"cr0",  "cr1",  "cr9",
                                           "cr10", "cr11", "cr14"};
    struct machine *m = fuzz_machine();
    uint64_t psw = take(&data, &size, 8);
    char name[8], text[64];
    unsigned i;

    for (i = 0; i < 16; i++) {
        snprintf(name, sizeof(name), "gr%u", i);
        machine_set(m, name, take(&data, &size, 4));
    }
    for (i = 0; i < 6; i++)
        machine_set(m, controls[i], take(&data, &size, 4));
    machine_key_set(m, 0x1000, (uint8_t)take(&data, &size, 1));
    if (size > 0x1000)
        size = 0x1000;
    machine_write(m, 0, data, size);
    machine_write(m, 0x1000, data, size);
    for (i = 0; i + 6 <= size; i += 2)
        machine_disassemble(data + i, text, sizeof(text));
    if (size > 0 && data[0] % 4 == 0)
        machine_storage_error(m, 0x1100, data[0] % 8 == 0);
    machine_set(m, "psw", psw);
    machine_run(m, STEPS, machine_time(m) + 100000000);
    return 0;
}
