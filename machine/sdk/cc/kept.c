/*
 * kept.c - what NASM has made, for programs with the same assembler files.
 *
 * To NASM the assembler files are the same in every program, but for the
 * addresses of C's names.  So what it makes of them can be kept in a folder:
 * two images, made with different made-up addresses.  Where they differ there
 * is such an address; the two of name number k differ by a number of its own,
 * which changes all three of their bytes.  If anything differs that is no
 * address of three bytes, nothing is kept.
 */
#include "program.h"

#include <stdio.h>
#include <string.h>

/* Files in the folder, beside those of a run: what it depends on; the image
 * with the second addresses. */
#define KEPT_KEY "key"
#define KEPT_SECOND "second"

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

static uint32_t
address_at(const uint8_t *p)
{
    return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

bool
kept_addresses(const char *folder, uint8_t *image, size_t n)
{
    size_t m;
    const uint8_t *second =
        (uint8_t *)cc_read(cc_format("%s/%s", folder, KEPT_SECOND), &m);

    if (second != NULL && n != m)
        return false;
    for (size_t at = 0; second != NULL && at < n; at++) {
        uint32_t first, difference, addr = 0;
        int k;

        if (image[at] == second[at])
            continue;
        if (n - at < 3)
            return false;
        first = address_at(image + at);
        difference = (address_at(second + at) - first) & 0xffffff;
        k = (int)(difference >> 8 & 0xff) - 1;
        if (k < 0 || image_told(k) == NULL ||
            difference != kept_mark(k, true) - kept_mark(k, false))
            return false;
        program_address(image_told(k), &addr);
        addr += first - kept_mark(k, false);
        image[at] = (uint8_t)(addr >> 16);
        image[++at] = (uint8_t)(addr >> 8);
        image[++at] = (uint8_t)addr;
    }
    return true;
}

void
kept_write(const char *keep)
{
    const char *path = cc_format("%s/%s", keep, KEPT_KEY);
    const char *head = cc_format("%s/%s", keep, IMAGE_HEAD);
    uint8_t *image;
    size_t n;
    FILE *f;

    if (asm_mentions("include") || asm_mentions("incbin") ||
        asm_mentions("equ") || image_told(MARKS_MAX) != NULL ||
        !assemble_marked(keep, SOURCE_SECOND_MARKS) ||
        rename(head, cc_format("%s/%s", keep, KEPT_SECOND)) != 0 ||
        !assemble_marked(keep, SOURCE_FIRST_MARKS))
        return;
    remove(cc_format("%s/%s", keep, IMAGE_SOURCE));
    image = (uint8_t *)cc_read(head, &n);
    if (image == NULL || !kept_addresses(keep, image, n))
        return;
    f = cc_create(path);
    fputs(key(), f);
    cc_close(f, path);
}

bool
kept_fits(const char *kept)
{
    size_t n;
    const char *text = cc_read(cc_format("%s/%s", kept, KEPT_KEY), &n);

    return text != NULL && strcmp(text, key()) == 0;
}
