/*
 * record.c - records of runs, in a replay
 *
 * An input is the entries behind the snapshot: kind (1 byte), length (2),
 * instructions (2) and microseconds (2) since the one before, and bytes.  They
 * get their checking bytes
 * here.  Inputs that name files anywhere but in the current folder, or
 * adapters that would reach out of this process, are passed over.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../machine/front/record.h"
#include "fuzz.h"

enum { STEPS = 20000 };

static struct machine *m;
static struct entry genuine = {.kind = ENTRY_SNAPSHOT}; /* of it */
static uint64_t began, began_ns;

static void
make_machine(void)
{
    m = fuzz_busy_machine();
    free(genuine.bytes);
    if (machine_save(m, &genuine.bytes, &genuine.len) != 0)
        abort();
    began = machine_count(m);
    began_ns = machine_time(m);
}

/* The entries behind the snapshot. */
static void
write_entries(FILE *f, const uint8_t *data, size_t size)
{
    uint64_t count = began, time_ns = began_ns;
    size_t len;

    while (size >= 7) {
        struct entry e = {.kind = data[0]};

        len = (size_t)data[1] << 8 | data[2];
        count += (uint64_t)data[3] << 8 | data[4];
        time_ns += ((uint64_t)data[5] << 8 | data[6]) * 1000;
        data += 7;
        size -= 7;
        if (len > size)
            len = size;
        entry_u64(&e, count);
        entry_u64(&e, time_ns);
        entry_bytes(&e, data, len);
        record_write(f, &e);
        free(e.bytes);
        data += len;
        size -= len;
    }
}

static void
write_record(const char *path, const uint8_t *data, size_t size)
{
    FILE *f = fopen(path, "wb");

    if (f == NULL || !record_write_begin(f) || !record_write(f, &genuine))
        abort();
    write_entries(f, data, size);
    if (fclose(f) != 0)
        abort();
}

/* A machine of which the last input has left another must be made anew. */
static void
replay(const char *path)
{
    struct replay *r = machine_replay_open(m, path);

    if (r == NULL) {
        machine_destroy(m);
        make_machine();
        r = machine_replay_open(m, path);
        if (r == NULL)
            abort();
    }
    machine_replay_run(r, began + STEPS);
    machine_replay_close(r);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int back;

    if (fuzz_reaches_out(data, size))
        return 0;
    if (m == NULL)
        make_machine();
    back = open(".", O_RDONLY);
    if (back < 0 || chdir(fuzz_folder()) != 0)
        return 0;
    write_record("record", data, size);
    replay("record");
    if (fchdir(back) != 0)
        return 0;
    close(back);
    return 0;
}
