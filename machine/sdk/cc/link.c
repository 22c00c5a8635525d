/*
 * link.c - IMAGE, IMAGE.lst and IMAGE.map, of what NASM has written in a
 * temporary folder and of C.
 */
#include "program.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* NASM's list of names has lines of two words, hexadecimal value and name; a
 * value is tagged as s370_section.inc tells (see __here).  Returns how much of
 * the image NASM has written. */
static uint32_t
read_names(const char *path)
{
    FILE *f = fopen(path, "r");
    char line[1024], name[900];
    unsigned long long value;
    uint32_t asm_end;

    if (f == NULL)
        fatal("NASM wrote no list of symbols");
    while (fgets(line, sizeof(line), f) != NULL)
        if (isxdigit((unsigned char)line[0]) &&
            sscanf(line, "%llx %899s", &value, name) == 2)
            program_place(name, (uint32_t)value & 0xffffff, value >> 40 == 1);
    fclose(f);
    if (!program_address("__asm_end", &asm_end))
        fatal("NASM's list of symbols is not complete");
    return asm_end;
}

/* NASM's listing.  Of a file that it has read as our copy, the lines are those
 * of the file itself. */
static void
put_listing(FILE *out, char *text)
{
    const struct asm_file *f = NULL;
    char *line, *save;

    for (line = strtok_r(text, "\n", &save); line != NULL;
         line = strtok_r(NULL, "\n", &save)) {
        char *mark = strlen(line) > 40 ? strstr(line + 30, "<1> ") : NULL;
        char *include = mark == NULL ? strstr(line, "%include ") : NULL;
        int n = 0;

        if (include != NULL)
            f = f == NULL ? asm_files() : f->next;
        if (f == NULL || f->copy == NULL)
            fprintf(out, "%s\n", line);
        else if (include != NULL)
            fprintf(out, "%.*s%%include \"%s\"\n", (int)(include - line), line,
                    f->path);
        else if (mark == NULL || mark[4] == '\0')
            fprintf(out, "%s\n", line);
        else {
            const char *own = source_line(f->file, atoi(line), &n);

            fprintf(out, "%.*s%.*s\n", (int)(mark + 4 - line), line, n,
                    own == NULL ? "" : own);
        }
    }
}

/* Put C behind what NASM has written in the folder: image and listing. */
static void
put_together(const char *folder, const char *image, const char *listing)
{
    uint32_t asm_end = read_names(cc_format("%s/%s", folder, IMAGE_SYMBOLS));
    struct lines lines = {.base = image_place(asm_end)};
    uint32_t end = lines.base;
    size_t n, length;
    char *head = cc_read(cc_format("%s/%s", folder, IMAGE_HEAD), &n);
    char *text = cc_read(cc_format("%s/%s", folder, IMAGE_LISTING), &length);
    uint8_t *bytes;
    FILE *out;

    if (head == NULL || text == NULL)
        fatal("NASM has written no image to %s", folder);
    program_address("__data_end", &end);
    if (!kept_addresses(folder, (uint8_t *)head, n))
        fatal("what is kept in %s is spoilt", folder);
    if (!asm_patch((uint8_t *)head, n, asm_end))
        return;
    bytes = cc_alloc(end + 1);
    memcpy(bytes, head, asm_end);
    lines.bytes = bytes + lines.base;
    lines.out = cc_create(listing);
    put_listing(lines.out, text);
    fputs("; functions and objects of C\n", lines.out);
    image_items(&lines);
    cc_close(lines.out, listing);
    out = cc_create(image);
    fwrite(bytes, 1, end, out);
    cc_close(out, image);
}

/* What a run leaves behind, however it ends. */
static char *temporary;

static void
remove_temporary(void)
{
    static const char *const files[] = {IMAGE_SOURCE, IMAGE_HEAD, IMAGE_LISTING,
                                        IMAGE_SYMBOLS};

    for (const struct asm_file *f = asm_files(); f != NULL; f = f->next)
        if (f->copy != NULL)
            remove(f->copy);
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
        remove(cc_format("%s/%s", temporary, files[i]));
    remove(temporary);
}

static const char *
temporary_folder(void)
{
    const char *tmp = tool_temporary();

    temporary = cc_format("%s/cc370.XXXXXX", tmp);
    if (mkdtemp(temporary) == NULL)
        fatal("cannot make a folder in %s: %s", tmp, strerror(errno));
    atexit(remove_temporary);
    return temporary;
}

void
link_image(const char *image, const char *keep, const char *kept)
{
    const char *listing = cc_format("%s.lst", image), *folder;
    struct stat there;

    if (stat(image, &there) == 0 && !S_ISREG(there.st_mode))
        error_plain("%s is not a file: give -o the name of one", image);
    else {
        remove(image);
        remove(listing);
    }
    if (error_count() > 0)
        exit(1);
    if (kept != NULL && kept_fits(kept))
        folder = kept;
    else if (!assemble(folder = temporary_folder()))
        exit(1);
    put_together(folder, image, listing);
    if (error_count() == 0)
        map_write(image, listing);
    if (error_count() > 0) {
        remove(image);
        exit(1);
    }
    if (keep != NULL && folder == temporary)
        kept_write(keep);
}
