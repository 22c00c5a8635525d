/*
 * run_streams.c - run the image of driver.asm on our machine
 *
 *     run_streams IMAGE OUT
 *
 * Loads IMAGE at 0, presses RESTART, and writes what came of it to OUT when
 * the program is in its disabled wait.  Prints how many instructions of the
 * streams themselves were executed: those within the code area.
 */
#include <stdio.h>
#include <stdlib.h>

#include "machine.h"

enum {
    STORAGE_BYTES = 12 << 20,
    RESULT = 7 << 20,
    RESULT_BYTES = STORAGE_BYTES - RESULT,
    CODE = 0x7000,
    CODE_BYTES = 512,
};
/* More than any run takes. */
#define LIMIT UINT64_C(100000000)

static int
give_up(const char *what)
{
    fprintf(stderr, "run_streams: %s\n", what);
    return 2;
}

static int
write_result(struct machine *m, const char *path)
{
    uint8_t *buf = malloc(RESULT_BYTES);
    FILE *f = fopen(path, "wb");
    int rc = -1;

    if (buf != NULL && f != NULL &&
        machine_read(m, RESULT, buf, RESULT_BYTES) == 0 &&
        fwrite(buf, RESULT_BYTES, 1, f) == 1)
        rc = 0;
    if (f != NULL && fclose(f) != 0)
        rc = -1;
    free(buf);
    return rc;
}

int
main(int argc, char *argv[])
{
    struct machine_options opt;
    struct machine *m;
    char err[256];
    uint64_t in_streams = 0, ia;
    enum machine_stop stop = STOP_LIMIT;

    if (argc != 3)
        return give_up("IMAGE OUT");
    machine_options_default(&opt);
    opt.storage_bytes = STORAGE_BYTES;
    m = machine_create(&opt, err, sizeof(err));
    if (m == NULL)
        return give_up(err);
    if (machine_store_file(m, argv[1], 0) != 0 || machine_restart(m) != 0)
        return give_up(machine_error(m));
    while (stop == STOP_LIMIT && machine_count(m) < LIMIT) {
        machine_get(m, "ia", &ia);
        in_streams += ia >= CODE && ia < CODE + CODE_BYTES;
        stop = machine_run(m, 1, UINT64_MAX);
    }
    if (stop != STOP_WAIT)
        return give_up("the program does not come to its wait");
    if (write_result(m, argv[2]) != 0)
        return give_up("the result cannot be written");
    printf("%llu\n", (unsigned long long)in_streams);
    machine_destroy(m);
    return 0;
}
