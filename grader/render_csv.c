/*
 * render_csv.c - a line a test, for spreadsheets (RFC 4180)
 *
 * A text that a spreadsheet would take for a formula gets an apostrophe.
 */
#include <string.h>

#include "grade.h"

static void
field(FILE *f, const char *text, char end)
{
    if (text[0] != 0 && strchr("=+-@\t", text[0]) != NULL) {
        fputs("\"'", f);
    } else {
        fputc('"', f);
    }
    for (; *text != 0; text++) {
        if (*text == '"')
            fputc('"', f);
        fputc(*text == '\n' ? ' ' : *text, f);
    }
    fprintf(f, "\"%s%c", end == '\n' ? "\r" : "", end);
}

void
render_csv(const json_t *record, FILE *f)
{
    const json_t *row;
    char earned[24], max[24];
    size_t i;

    fputs("lab,test,earned,max,status,seed,vtime_us,instr,sha256,reason\r\n",
          f);
    json_array_foreach(json_object_get(record, "tests"), i, row)
    {
        field(f, text_of(record, "lab"), ',');
        field(f, text_of(row, "name"), ',');
        fprintf(f, "%s,%s,%s,%lld,%lld,%lld,",
                points_text(number_of(row, "earned"), earned),
                points_text(number_of(row, "max"), max), text_of(row, "status"),
                (long long)number_of(row, "seed"),
                (long long)number_of(row, "ns") / 1000,
                (long long)number_of(row, "instructions"));
        field(f, text_of(record, "sha256"), ',');
        field(f, text_of(row, "reason"), '\n');
    }
}
