/*
 * render_tap.c - Test Anything Protocol, version 14
 *
 * The plan comes first, so that a truncated stream is seen to be one.
 */
#include <string.h>

#include "grade.h"

/* In a description # and \ have a meaning. */
static void
description(FILE *f, const char *text)
{
    for (; *text != 0; text++) {
        if (*text == '#' || *text == '\\')
            fputc('\\', f);
        fputc(*text == '\n' ? ' ' : *text, f);
    }
}

/* A YAML value in double quotes. */
static void
value(FILE *f, const char *name, const char *text)
{
    if (text[0] == 0)
        return;
    fprintf(f, "  %s: \"", name);
    for (; *text != 0; text++)
        switch (*text) {
        case '\n':
            fputs("\\n", f);
            break;
        case '\t':
            fputs("\\t", f);
            break;
        case '"':
        case '\\':
            fputc('\\', f);
            fputc(*text, f);
            break;
        default:
            fputc(*text, f);
        }
    fputs("\"\n", f);
}

void
render_tap(const json_t *record, FILE *f)
{
    const json_t *tests = json_object_get(record, "tests"), *row;
    char earned[24], max[24];
    const char *status;
    bool passed, skipped;
    size_t i;

    fprintf(f, "TAP version 14\n1..%zu\n", json_array_size(tests));
    json_array_foreach(tests, i, row)
    {
        status = text_of(row, "status");
        passed = strcmp(status, "pass") == 0;
        skipped = strcmp(status, "skip") == 0;
        points_text(number_of(row, "earned"), earned);
        points_text(number_of(row, "max"), max);
        fprintf(f, "%sok %zu - ", passed || skipped ? "" : "not ", i + 1);
        description(f, text_of(row, "name"));
        fputs(": ", f);
        description(f, text_of(row, "about"));
        if (skipped) {
            fputs(" # SKIP ", f);
            description(f, text_of(row, "reason"));
        }
        fputc('\n', f);
        fputs("  ---\n", f);
        fprintf(f, "  points: \"%s/%s\"\n", earned, max);
        if (!passed) {
            fprintf(f, "  status: %s\n  seed: %lld\n", status,
                    (long long)number_of(row, "seed"));
            value(f, "message", text_of(row, "reason"));
            value(f, "detail", text_of(row, "detail"));
            value(f, "hint", text_of(row, "hint"));
            value(f, "replay", text_of(row, "replay"));
        }
        fputs("  ...\n", f);
    }
    if (!json_is_true(json_object_get(record, "finished")))
        fputs("Bail out! The grader did not finish.\n", f);
}
