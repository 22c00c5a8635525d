/*
 * render_gradescope.c - results.json of Gradescope
 *
 * Hidden tests are shown after the due date.  The text of a failure is what
 * the student sees; seed and replay command go along for staff.
 *
 * Source: the autograder specification of Gradescope, "Output format".
 */
#include <string.h>

#include "grade.h"

static json_t *
points(int64_t hundredths)
{
    if (hundredths % 100 == 0)
        return json_integer(hundredths / 100);
    return json_real((double)hundredths / 100);
}

static json_t *
output(const json_t *row)
{
    const char *detail = text_of(row, "detail"), *hint = text_of(row, "hint");
    const char *replay = text_of(row, "replay");

    return json_sprintf("%s%s%s%s%s%s%s", text_of(row, "reason"),
                        detail[0] != 0 ? "\n" : "", detail,
                        hint[0] != 0 ? "\nhint: " : "", hint,
                        replay[0] != 0 ? "\nreplay: " : "", replay);
}

static json_t *
test(const json_t *row, size_t number)
{
    bool passed = strcmp(text_of(row, "status"), "pass") == 0;
    json_t *tags = json_object_get(row, "tags");

    return json_pack(
        "{s:o,s:s,s:o,s:o,s:s,s:o,s:s,s:o,s:{s:s,s:I,s:I,s:s}}", "number",
        json_sprintf("%zu", number), "name", text_of(row, "name"), "score",
        points(number_of(row, "earned")), "max_score",
        points(number_of(row, "max")), "status", passed ? "passed" : "failed",
        "tags", json_is_array(tags) ? json_incref(tags) : json_array(),
        "visibility",
        strcmp(text_of(row, "visibility"), "hidden") == 0 ? "after_due_date"
                                                          : "visible",
        "output", output(row), "extra_data", "status", text_of(row, "status"),
        "seed", (json_int_t)number_of(row, "seed"), "instructions",
        (json_int_t)number_of(row, "instructions"), "replay",
        text_of(row, "replay"));
}

static json_t *
leaderboard(const json_t *record)
{
    json_t *list = json_array(), *row, *value;
    const char *name;
    size_t i;

    json_array_foreach(json_object_get(record, "tests"), i, row)
        json_object_foreach(json_object_get(row, "values"), name, value)
            json_array_append_new(
                list, json_pack("{s:s,s:O}", "name", name, "value", value));
    return list;
}

void
render_gradescope(const json_t *record, FILE *f)
{
    bool finished = json_is_true(json_object_get(record, "finished"));
    json_t *tests = json_array(), *row, *all;
    char earned[24], max[24];
    size_t i;

    json_array_foreach(json_object_get(record, "tests"), i, row)
        json_array_append_new(tests, test(row, i + 1));
    all = json_pack(
        "{s:o,s:I,s:o,s:s,s:s,s:s,s:s,s:{s:s,s:s,s:s},s:o,s:o}", "score",
        points(number_of(record, "earned")), "execution_time",
        (json_int_t)(number_of(record, "ns") / 1000000000), "output",
        finished
            ? json_sprintf("lab %s: %s/%s", text_of(record, "lab"),
                           points_text(number_of(record, "earned"), earned),
                           points_text(number_of(record, "max"), max))
            : json_string("the grader did not finish: no points yet"),
        "output_format", "text", "test_output_format", "text", "visibility",
        "visible", "stdout_visibility", "hidden", "extra_data", "lab",
        text_of(record, "lab"), "kit", text_of(record, "kit"),
        "submission_sha256", text_of(record, "sha256"), "tests", tests,
        "leaderboard", leaderboard(record));
    json_dumpf(all, f, JSON_INDENT(2));
    fputc('\n', f);
    json_decref(all);
}
