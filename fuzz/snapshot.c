/*
 * snapshot.c - snapshots
 *
 * The first byte of an input says what the rest is:
 *   0  a file as it is
 *   1  the state, which is packed into a file
 *   2  changes to the state of a machine with devices at work: place (3 bytes,
 *      modulo its length), how many bytes (1, modulo 8), the bytes
 * A snapshot that loads can be saved, and what was saved loads.
 */
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "../machine/cpu/bytes.h"
#include "../machine/state.h"
#include "fuzz.h"

enum {
    VERSION_AT = 8,
    HASH_AT = 12,
    HEADER_BYTES = 20,
    STATE_MAX = 1 << 20,
    STEPS = 2000,
};

static struct machine *m;
static uint8_t *genuine; /* a snapshot of it ... */
static size_t ngenuine;
static uint8_t plain[STATE_MAX]; /* ... and the state inside */
static size_t nplain;

static void
take_genuine(void)
{
    m = fuzz_busy_machine();
    if (machine_save(m, &genuine, &ngenuine) != 0)
        abort();
    nplain = ZSTD_decompress(plain, sizeof(plain), genuine + HEADER_BYTES,
                             ngenuine - HEADER_BYTES);
    if (ZSTD_isError(nplain))
        abort();
}

/* Make a file of a state, and load it. */
static int
load_state(const uint8_t *state, size_t len)
{
    static uint8_t file[HEADER_BYTES + ZSTD_COMPRESSBOUND(STATE_MAX)];
    size_t n = ZSTD_compress(file + HEADER_BYTES, sizeof(file) - HEADER_BYTES,
                             state, len, 1);
    struct hash h;

    if (ZSTD_isError(n))
        abort();
    memcpy(file, genuine, HASH_AT);
    hash_begin(&h);
    hash_add(&h, file + HEADER_BYTES, n);
    store_be64(file + HASH_AT, hash_value(&h));
    return machine_load(m, file, HEADER_BYTES + n);
}

static int
load_changed(const uint8_t *data, size_t size)
{
    static uint8_t state[STATE_MAX];
    size_t at, n;

    memcpy(state, plain, nplain);
    while (size > 4) {
        at = ((size_t)data[0] << 16 | (size_t)data[1] << 8 | data[2]) % nplain;
        n = data[3] % 8;
        data += 4;
        size -= 4;
        if (n > size)
            n = size;
        if (n > nplain - at)
            n = nplain - at;
        memcpy(state + at, data, n);
        data += n;
        size -= n;
    }
    return load_state(state, nplain);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *again;
    size_t nagain;
    int result;

    if (genuine == NULL)
        take_genuine();
    if (size == 0)
        return 0;
    if (data[0] % 3 == 0)
        result = machine_load(m, data + 1, size - 1);
    else if (data[0] % 3 == 1)
        result = load_state(data + 1, size - 1);
    else
        result = load_changed(data + 1, size - 1);
    if (result != 0)
        return 0;
    if (machine_save(m, &again, &nagain) != 0 ||
        machine_load(m, again, nagain) != 0)
        abort();
    free(again);
    machine_run(m, STEPS, machine_time(m) + 50000000);
    return 0;
}
