/*
 * driver.c - runs the inputs that are kept for a target, in the order of
 * their names
 *
 *     fuzz_TARGET FOLDER
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

enum { INPUT_MAX = 1 << 20 };

static int
run_input(const char *folder, const char *name)
{
    static uint8_t input[INPUT_MAX];
    char path[600];
    FILE *f;
    size_t size;

    snprintf(path, sizeof(path), "%s/%s", folder, name);
    f = fopen(path, "rb");
    if (f == NULL) {
        fprintf(stderr, "%s cannot be read\n", path);
        return -1;
    }
    size = fread(input, 1, sizeof(input), f);
    fclose(f);
    LLVMFuzzerTestOneInput(input, size);
    return 0;
}

static int
is_input(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

int
main(int argc, char *argv[])
{
    struct dirent **list;
    char *folder = argc == 2 ? realpath(argv[1], NULL) : NULL;
    int n = folder == NULL ? -1 : scandir(folder, &list, is_input, alphasort);
    int i, failed = 0;

    if (n <= 0) {
        fprintf(stderr, "give a folder with inputs\n");
        return 2;
    }
    for (i = 0; i < n; i++) {
        failed |= run_input(folder, list[i]->d_name) != 0;
        free(list[i]);
    }
    free(list);
    free(folder);
    printf("%d inputs\n", n);
    return failed;
}
