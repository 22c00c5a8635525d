/*
 * fuzz.c - machines and files for the fuzzing targets
 */
#include "fuzz.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../machine/tests/volume.h"

enum {
    HEADS = 19,
    TRACK_BYTES = 13312,
    VOLUME_BYTES = VOLUME_HEADER + 2 * HEADS * TRACK_BYTES,
    INSTRUCTION = 0xF00,
};
#define MS UINT64_C(1000000)

static char folder[] = "/tmp/fuzz.XXXXXX";
static char names[16][64];
static unsigned nnames;

/* With what a configuration made there. */
static void
remove_folder(void)
{
    DIR *d = opendir(folder);
    struct dirent *entry;

    while (d != NULL && (entry = readdir(d)) != NULL)
        unlinkat(dirfd(d), entry->d_name, 0);
    if (d != NULL)
        closedir(d);
    rmdir(folder);
}

static void
give_up(const char *what)
{
    fprintf(stderr, "fuzz: %s\n", what);
    exit(2);
}

static struct machine *the_machine;
static uint16_t attached[16];
static unsigned nattached;

static void
create_machine(void)
{
    struct machine_options opt;
    char err[200];

    machine_options_default(&opt);
    opt.storage_bytes = 64 * 1024;
    the_machine = machine_create(&opt, err, sizeof(err));
    if (the_machine == NULL)
        give_up(err);
}

struct machine *
fuzz_machine(void)
{
    if (the_machine == NULL)
        create_machine();
    while (nattached > 0)
        if (machine_detach(the_machine, attached[--nattached]) != 0)
            give_up(machine_error(the_machine));
    machine_reset(the_machine, true);
    return the_machine;
}

const char *
fuzz_folder(void)
{
    static bool made;

    if (!made) {
        if (mkdtemp(folder) == NULL)
            give_up("no folder for files");
        atexit(remove_folder);
        made = true;
    }
    return folder;
}

bool
fuzz_reaches_out(const uint8_t *data, size_t size)
{
    size_t i;

    if (size > 0 && memchr(data, '/', size) != NULL)
        return true;
    for (i = 0; i + 4 <= size; i++)
        if (toupper(data[i]) == 'C' && toupper(data[i + 1]) == 'T' &&
            toupper(data[i + 2]) == 'C')
            return true;
    return false;
}

/* The full name of a file, the same each time. */
static const char *
full_name(const char *name)
{
    char path[64];
    unsigned i;

    fuzz_folder();
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    for (i = 0; i < nnames; i++)
        if (strcmp(names[i], path) == 0)
            return names[i];
    if (nnames == sizeof(names) / sizeof(names[0]))
        give_up("too many files");
    strcpy(names[nnames], path);
    return names[nnames++];
}

const char *
fuzz_file(const char *name, const void *bytes, size_t size)
{
    const char *path = full_name(name);
    FILE *f = fopen(path, "wb");

    if (f == NULL || (size > 0 && fwrite(bytes, size, 1, f) != 1) ||
        fclose(f) != 0)
        give_up("a file cannot be written");
    return path;
}

const char *
fuzz_volume(const uint8_t *data, size_t size, size_t offset)
{
    static uint8_t volume[VOLUME_BYTES];

    volume_make(volume, 2, HEADS, TRACK_BYTES, VOLUME_3330);
    if (size > VOLUME_BYTES - offset)
        size = VOLUME_BYTES - offset;
    if (size > 0)
        memcpy(volume + offset, data, size);
    return fuzz_file("volume", volume, sizeof(volume));
}

bool
fuzz_attach(struct machine *m, uint16_t devno, const char *type,
            const char *word1, const char *word2)
{
    char *words[2];
    int n = 0;

    if (word1 != NULL)
        words[n++] = (char *)word1;
    if (word2 != NULL)
        words[n++] = (char *)word2;
    if (machine_attach(m, devno, type, n, words) != 0)
        return false;
    attached[nattached++] = devno;
    return true;
}

void
fuzz_io(struct machine *m, unsigned operation, uint16_t devno)
{
    const uint8_t code[4] = {(uint8_t)(operation >> 8), (uint8_t)operation,
                             0x10, 0};
    const uint8_t caw[4] = {0, 0, 0x10, 0};

    machine_write(m, 0x48, caw, sizeof(caw));
    machine_write(m, INSTRUCTION, code, sizeof(code));
    machine_set(m, "gr1", devno);
    machine_set(m, "psw", INSTRUCTION);
    machine_run(m, 1, UINT64_MAX);
    machine_set(m, "psw", UINT64_C(0x0102000000000000));
    machine_run(m, 1000, machine_time(m) + 100 * MS);
}

/* ---- a machine at work --------------------------------------------------- */

enum { PROGRAM = 0x2000, DATA = 0x3000, CYLINDER_2314 = 20 * 7680 };

/* A 2314 of one cylinder with only record 0 on each track. */
static const char *
small_volume(void)
{
    static uint8_t volume[VOLUME_HEADER + CYLINDER_2314];

    volume_make(volume, 1, 20, 7680, VOLUME_2314);
    return fuzz_file("small", volume, sizeof(volume));
}

/* Start a command that moves 80 bytes, chained to itself. */
static void
start(struct machine *m, uint16_t devno, uint8_t code)
{
    static uint8_t at;
    const uint8_t ccws[16] = {code, 0,  DATA >> 8, 0, 0x60,         0,
                              0,    80, 0x08,      0, PROGRAM >> 8, at};
    const uint8_t caw[4] = {0, 0, PROGRAM >> 8, at};
    const uint8_t sio[4] = {0x9C, 0, 0x10, 0};

    machine_write(m, PROGRAM + at, ccws, sizeof(ccws));
    machine_write(m, 0x48, caw, sizeof(caw));
    machine_write(m, INSTRUCTION, sio, sizeof(sio));
    machine_set(m, "gr1", devno);
    machine_set(m, "psw", INSTRUCTION);
    machine_run(m, 1, UINT64_MAX);
    at = (uint8_t)(at + 16);
}

struct machine *
fuzz_busy_machine(void)
{
    /* A deck, and a reel of a block and a mark. */
    static const uint8_t reel[] = {2,    0, 0, 0, 0xA0, 0,    0xC1,
                                   0xC2, 0, 0, 2, 0,    0x40, 0};
    const char *deck = fuzz_file("deck", "ONE\nTWO\nTHREE\n", 14);
    const struct {
        uint16_t devno;
        const char *type;
        uint8_t code; /* of the command that it is busy with */
        int nwords;
        const char *words[2];
    } devices[] = {
        {0x009, "3215", 0x0A, 0, {NULL, NULL}},
        {0x00C, "3505", 0x02, 2, {deck, "ascii"}},
        {0x00D, "3525", 0x01, 1, {fuzz_file("cards", "", 0), NULL}},
        {0x00E, "1403", 0x09, 1, {fuzz_file("lines", "", 0), NULL}},
        {0x00F, "3211", 0x09, 1, {fuzz_file("more", "", 0), NULL}},
        {0x120, "CTCA", 0x02, 1, {"pair=121", NULL}},
        {0x121, "CTCA", 0x03, 1, {"pair=120", NULL}},
        {0x230, "2314", 0x06, 1, {small_volume(), NULL}},
        {0x380, "3420", 0x02, 1, {fuzz_file("reel", reel, sizeof(reel)), NULL}},
    };
    char *fault[2] = {(char *)"data-check", (char *)"after=3"};
    struct machine_options opt;
    struct machine *m;
    char err[200];
    size_t i;

    machine_options_default(&opt);
    opt.storage_bytes = 64 * 1024;
    opt.private_media = true;
    m = machine_create(&opt, err, sizeof(err));
    if (m == NULL)
        give_up(err);
    for (i = 0; i < sizeof(devices) / sizeof(devices[0]); i++)
        if (machine_attach(m, devices[i].devno, devices[i].type,
                           devices[i].nwords,
                           (char *const *)devices[i].words) != 0)
            give_up(machine_error(m));
    machine_fault(m, 0x230, 2, fault);
    for (i = 0; i < sizeof(devices) / sizeof(devices[0]); i++)
        start(m, devices[i].devno, devices[i].code);
    machine_run(m, 10, UINT64_MAX);
    return m;
}
