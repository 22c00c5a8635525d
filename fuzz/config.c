/*
 * config.c - configuration files
 *
 * Inputs that name files anywhere but in the current folder, or adapters that
 * would reach out of this process, are passed over.
 */
#include <fcntl.h>
#include <unistd.h>

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct machine_options opt;
    struct machine *m;
    char err[300];
    int back;

    if (size > 4096 || fuzz_reaches_out(data, size))
        return 0;
    fuzz_file("machine.conf", data, size);
    /* What it creates is created beside it and removed with the folder. */
    back = open(".", O_RDONLY);
    if (back < 0 || chdir(fuzz_folder()) != 0)
        return 0;
    machine_options_default(&opt);
    m = machine_from_file("machine.conf", &opt, 64 * 1024, err, sizeof(err));
    if (m != NULL)
        machine_destroy(m);
    if (fchdir(back) != 0)
        return 0;
    close(back);
    return 0;
}
