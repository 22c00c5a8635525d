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

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Files in the folder, beside those of a run: the assembler files; a line for
 * each address, with its place, the name, and what is added to that. */
#define KEPT_SOURCES "sources"
#define KEPT_ADDRESSES "addresses"

enum { FIRST_MARK = 0x100000, MARK_DISTANCE = 0x1000, MARKS_MAX = 250 };

uint32_t
kept_mark(int k, bool second)
{
    uint32_t difference = 0x010001 + ((uint32_t)k + 1) * 0x100;

    return FIRST_MARK + MARK_DISTANCE * (uint32_t)k + (second ? difference : 0);
}

/* All that NASM reads but for the SDK's own files, if no file includes one. */
static const char *
sources(void)
{
    const char *all = "";
    int length;

    for (const struct asm_file *f = asm_files(); f != NULL; f = f->next)
        all = cc_format("%s%s\n%s", all, f->path,
                        source_line(f->file, 1, &length));
    return all;
}

static bool
includes_others(void)
{
    return asm_mentions("include") || asm_mentions("incbin");
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
        fprintf(out, "%X %s %X\n", (unsigned)at, image_told(k),
                (unsigned)(address_at(a + at) - kept_mark(k, false)) &
                    0xffffff);
        at += 2;
    }
    return true;
}

static FILE *
create(const char *path)
{
    FILE *f = fopen(path, "w");

    if (f == NULL)
        fatal("cannot write %s: %s", path, strerror(errno));
    return f;
}

void
kept_write(const char *keep, const char *folder)
{
    const char *path = cc_format("%s/%s", keep, KEPT_ADDRESSES);
    const uint8_t *a, *b;
    size_t n, m;
    FILE *f;
    bool ok;

    if (includes_others() || !asm_places_known() ||
        image_told(MARKS_MAX) != NULL ||
        !assemble_marked(keep, SOURCE_FIRST_MARKS) ||
        !assemble_marked(folder, SOURCE_SECOND_MARKS))
        return;
    a = (uint8_t *)cc_read(cc_format("%s/%s", keep, IMAGE_HEAD), &n);
    b = (uint8_t *)cc_read(cc_format("%s/%s", folder, IMAGE_HEAD), &m);
    f = create(path);
    ok = n == m && find_addresses(f, a, b, n);
    fclose(f);
    remove(cc_format("%s/%s", keep, IMAGE_SOURCE));
    if (!ok)
        return;
    f = create(cc_format("%s/%s", keep, KEPT_SOURCES));
    fputs(sources(), f);
    fclose(f);
}

/* ---- reading ------------------------------------------------------------- */

/* Do something for each address: `head` is the image, or NULL.  False if a name
 * has none. */
static bool
put_addresses(const char *kept, uint8_t *head)
{
    FILE *f = fopen(cc_format("%s/%s", kept, KEPT_ADDRESSES), "r");
    char name[900];
    unsigned at, addend;
    bool ok = true;

    while (f != NULL && fscanf(f, "%x %899s %x", &at, name, &addend) == 3) {
        uint32_t addr = 0;

        if (head == NULL) {
            ok &= image_has(name);
            continue;
        }
        program_address(name, &addr);
        addr += addend;
        head[at] = (uint8_t)(addr >> 16);
        head[at + 1] = (uint8_t)(addr >> 8);
        head[at + 2] = (uint8_t)addr;
    }
    if (f != NULL)
        fclose(f);
    return ok;
}

bool
kept_fits(const char *kept)
{
    size_t n;
    const char *text = cc_read(cc_format("%s/%s", kept, KEPT_SOURCES), &n);

    return text != NULL && strcmp(text, sources()) == 0 &&
           put_addresses(kept, NULL);
}

void
kept_addresses(const char *kept, uint8_t *head)
{
    put_addresses(kept, head);
}
