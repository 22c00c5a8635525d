/*
 * config.c - configuration files
 *
 * Inputs that name files anywhere but in the current folder, or adapters that
 * would reach out of this process, are passed over.
 */
#include <ctype.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"

static bool
names_ctca(const uint8_t *data, size_t size)
{
    size_t i;

    for (i = 0; i + 4 <= size; i++)
        if (toupper(data[i]) == 'C' && toupper(data[i + 1]) == 'T' &&
            toupper(data[i + 2]) == 'C')
            return true;
    return false;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct machine_options opt;
    struct machine *m;
    char err[300], here[400], *slash;
    const char *path;
    int back;

    if ((size > 0 && memchr(data, '/', size) != NULL) || size > 4096 ||
        names_ctca(data, size))
        return 0;
    path = fuzz_file("machine.conf", data, size);
    /* What it creates is created beside it and removed with the folder. */
    strcpy(here, path);
    slash = strrchr(here, '/');
    *slash = '\0';
    back = open(".", O_RDONLY);
    if (back < 0 || chdir(here) != 0)
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
