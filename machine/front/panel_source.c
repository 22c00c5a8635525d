/*
 * panel_source.c - the line of a source file that an instruction came from
 *
 * The map names files as the compiler was told them, so they are found when
 * the program runs in the folder that the build ran in.  A file is read from
 * its beginning each time: a few lines of a few hundred, a few times a second.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "panel.h"

enum { LINES_MAX = 100000 };

/* Make the text fit for the screen: one byte a character. */
static void
clean(char *text)
{
    unsigned char *from = (unsigned char *)text, *to = from;

    for (; *from != '\0'; from++)
        if (*from >= 0x20 && *from < 0x7F)
            *to++ = *from;
        else if (*from == '\t' || *from >= 0xC0)
            *to++ = *from == '\t' ? ' ' : '?';
    *to = '\0';
}

bool
panel_source(const char *file, unsigned number, char *buf, size_t size)
{
    struct stat st;
    unsigned line = 1;
    bool begin = true;
    size_t blanks;
    FILE *f;

    buf[0] = '\0';
    if (number > LINES_MAX || stat(file, &st) != 0 || !S_ISREG(st.st_mode))
        return false;
    f = fopen(file, "r");
    if (f == NULL)
        return false;
    /* A long line comes in pieces; only the first counts. */
    while (fgets(buf, (int)size, f) != NULL) {
        if (begin && line == number)
            break;
        begin = strchr(buf, '\n') != NULL;
        line += begin;
    }
    if (feof(f) || ferror(f))
        buf[0] = '\0';
    fclose(f);
    clean(buf);
    blanks = strspn(buf, " ");
    memmove(buf, buf + blanks, strlen(buf) - blanks + 1);
    return buf[0] != '\0';
}
