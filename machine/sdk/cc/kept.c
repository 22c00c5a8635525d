/*
 * kept.c - what NASM has made, for programs with the same assembler files.
 *
 * To NASM the assembler files are the same in every program, but for the
 * addresses of C's names.  So what it makes of them can be kept in a folder,
 * with a list of the places where such an address is: those that differ when
 * NASM runs twice with made-up addresses.  The two addresses of name number k
 * differ by a number of its own, which changes all three of their bytes.  If
 * anything differs that is no address of three bytes, nothing is kept.
 */
#include "program.h"

#include <string.h>

/* Files in the folder, beside those of a run: what it depends on; a line for
 * each address, with its place, the number of the name, and what is added. */
#define KEPT_KEY "key"
#define KEPT_ADDRESSES "addresses"

enum { FIRST_MARK = 0x100000, MARK_DISTANCE = 0x1000, MARKS_MAX = 250 };

uint32_t
kept_mark(int k, bool second)
{
    uint32_t difference = 0x010001 + ((uint32_t)k + 1) * 0x100;

    return FIRST_MARK + MARK_DISTANCE * (uint32_t)k + (second ? difference : 0);
}

/* All that NASM is told of the program, if no file includes another one. */
static const char *
key(void)
{
    const char *all = "";
    int length;

    for (int k = 0; image_told(k) != NULL; k++)
        all = cc_format("%s%s\n", all, image_told(k));
    for (const struct asm_file *f = asm_files(); f != NULL; f = f->next)
        all = cc_format("%s%s\n%s", all, f->path,
                        source_line(f->file, 1, &length));
    return all;
}

/* ---- writing ------------------------------------------------------------- */

static uint32_t
address_at(const uint8_t *p)
{
    return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

/* Where two images differ there are addresses; false: something else. */
static bool
find_addresses(FILE *out, const uint8_t *a, const uint8_t *b, size_t n)
{
    for (size_t at = 0; at < n; at++) {
        uint32_t difference;
        int k;

        if (a[at] == b[at])
            continue;
        if (n - at < 3)
            return false;
        difference = (address_at(b + at) - address_at(a + at)) & 0xffffff;
        k = (int)(difference >> 8 & 0xff) - 1;
        if (k < 0 || image_told(k) == NULL ||
            difference != kept_mark(k, true) - kept_mark(k, false))
            return false;
        fprintf(out, "%X %d %X\n", (unsigned)at, k,
                (unsigned)(address_at(a + at) - kept_mark(k, false)) &
                    0xffffff);
        at += 2;
    }
    return true;
}

void
kept_write(const char *keep, const char *folder)
{
    const char *addresses = cc_format("%s/%s", keep, KEPT_ADDRESSES);
    const char *path = cc_format("%s/%s", keep, KEPT_KEY);
    const uint8_t *a, *b;
    size_t n, m;
    FILE *f;
    bool ok;

    if (asm_mentions("include") || asm_mentions("incbin") ||
        !asm_places_known() || image_told(MARKS_MAX) != NULL ||
        !assemble_marked(keep, SOURCE_FIRST_MARKS) ||
        !assemble_marked(folder, SOURCE_SECOND_MARKS))
        return;
    remove(cc_format("%s/%s", keep, IMAGE_SOURCE));
    a = (uint8_t *)cc_read(cc_format("%s/%s", keep, IMAGE_HEAD), &n);
    b = (uint8_t *)cc_read(cc_format("%s/%s", folder, IMAGE_HEAD), &m);
    f = cc_create(addresses);
    ok = n == m && find_addresses(f, a, b, n);
    cc_close(f, addresses);
    if (!ok)
        return;
    f = cc_create(path);
    fputs(key(), f);
    cc_close(f, path);
}

/* ---- reading ------------------------------------------------------------- */

bool
kept_fits(const char *kept)
{
    size_t n;
    const char *text = cc_read(cc_format("%s/%s", kept, KEPT_KEY), &n);

    return text != NULL && strcmp(text, key()) == 0;
}

void
kept_addresses(const char *folder, uint8_t *image)
{
    FILE *f = fopen(cc_format("%s/%s", folder, KEPT_ADDRESSES), "r");
    unsigned at, addend;
    int k;

    if (f == NULL)
        return;
    while (fscanf(f, "%x %d %x", &at, &k, &addend) == 3) {
        uint32_t addr = 0;

        program_address(image_told(k), &addr);
        addr += addend;
        image[at] = (uint8_t)(addr >> 16);
        image[at + 1] = (uint8_t)(addr >> 8);
        image[at + 2] = (uint8_t)addr;
    }
    fclose(f);
}
