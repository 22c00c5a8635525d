/*
 * render_text.c - for a person at a terminal: a line a test, what went wrong
 * below it, the score at the end
 */
#include <string.h>

#include "grade.h"

static const char *
word(const char *status)
{
    static const char *const words[][2] = {{"pass", "OK"},
                                           {"partial", "PARTLY"},
                                           {"fail", "FAIL"},
                                           {"skip", "skipped"},
                                           {"timeout", "TIMEOUT"}};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strcmp(words[i][0], status) == 0)
            return words[i][1];
    return "ERROR (not your fault; tell the staff)";
}

static void
indented(FILE *f, const char *label, const char *text)
{
    size_t len;

    for (; *text != 0; text += len + (text[len] == '\n')) {
        len = strcspn(text, "\n");
        fprintf(f, "    %s%.*s\n", label, (int)len, text);
    }
}

/* A sentence, in lines for a terminal of 80 columns. */
static void
folded(FILE *f, const char *label, const char *text)
{
    const size_t margin = 4 + strlen(label);
    size_t column = margin, len;

    text += strspn(text, " \n");
    if (*text == 0)
        return;
    fprintf(f, "    %s", label);
    for (; *text != 0; text += len + strspn(text + len, " \n")) {
        len = strcspn(text, " \n");
        if (column > margin && column + 1 + len > 80) {
            fprintf(f, "\n%*s", (int)margin, "");
            column = margin;
        } else if (column > margin) {
            fputc(' ', f);
            column++;
        }
        fprintf(f, "%.*s", (int)len, text);
        column += len;
    }
    fputc('\n', f);
}

static void
list(FILE *f, const json_t *record, const char *key, const char *before)
{
    json_t *item;
    size_t i;

    json_array_foreach(json_object_get(record, key), i, item)
        fprintf(f, "%s%s\n", before, json_string_value(item));
}

static void
show_test(FILE *f, const json_t *row, const char **said)
{
    const char *status = text_of(row, "status"), *detail;
    int64_t tenths = number_of(row, "ns") / 100000000;
    char earned[24], max[24];

    fprintf(f, "%s: %s %s/%s", text_of(row, "name"), word(status),
            points_text(number_of(row, "earned"), earned),
            points_text(number_of(row, "max"), max));
    if (number_of(row, "instructions") > 0)
        fprintf(f, " (%lld.%llds)", (long long)tenths / 10,
                (long long)tenths % 10);
    fputc('\n', f);
    detail = text_of(row, "detail");
    if (strcmp(status, "pass") == 0) {
        indented(f, "", detail);
        return;
    }
    if (strcmp(status, "skip") != 0)
        folded(f, "", text_of(row, "about"));
    if (detail[0] == 0) {
        indented(f, "", text_of(row, "reason"));
    } else if (*said != NULL && strcmp(*said, detail) == 0) {
        indented(f, "", "the same as above");
    } else {
        if (strcmp(text_of(row, "reason"), NO_BUILD) == 0)
            indented(f, "", text_of(row, "reason"));
        indented(f, "", detail);
        *said = detail;
    }
    if (number_of(row, "seed") > 0)
        fprintf(f, "    with seed %lld\n", (long long)number_of(row, "seed"));
    folded(f, "hint: ", text_of(row, "hint"));
    indented(f, "replay: ", text_of(row, "replay"));
}

void
render_text(const json_t *record, FILE *f)
{
    char earned[24], max[24], hidden[24];
    const char *said = NULL;
    const json_t *row;
    size_t i;

    fprintf(f, "lab %s: %s\n", text_of(record, "lab"),
            text_of(record, "title"));
    list(f, record, "missing", "missing: ");
    list(f, record, "notes", "note: ");
    json_array_foreach(json_object_get(record, "tests"), i, row)
        show_test(f, row, &said);
    if (!json_is_true(json_object_get(record, "finished")))
        fputs("The grader has not finished.\n", f);
    fprintf(f, "Score: %s/%s\n",
            points_text(number_of(record, "earned"), earned),
            points_text(number_of(record, "max"), max));
    if (number_of(record, "hidden_points") > 0)
        fprintf(f, "(and %s points in hidden tests)\n",
                points_text(number_of(record, "hidden_points"), hidden));
}
