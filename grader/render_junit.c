/*
 * render_junit.c - JUnit XML, as CI systems read it
 *
 * Points have no place in it and are properties.  A test of ours that failed
 * is an <error>, the student's a <failure>.
 */
#include <string.h>

#include "grade.h"

/* Records hold no characters that XML 1.0 forbids. */
static void
quote(FILE *f, const char *text)
{
    for (; *text != 0; text++)
        switch (*text) {
        case '&':
            fputs("&amp;", f);
            break;
        case '<':
            fputs("&lt;", f);
            break;
        case '>':
            fputs("&gt;", f);
            break;
        case '"':
            fputs("&quot;", f);
            break;
        case '\n':
            fputs("&#10;", f);
            break;
        default:
            fputc(*text, f);
        }
}

static void
attribute(FILE *f, const char *name, const char *value)
{
    fprintf(f, " %s=\"", name);
    quote(f, value);
    fputc('"', f);
}

static void
seconds(FILE *f, int64_t ns)
{
    fprintf(f, " time=\"%lld.%03lld\"", (long long)ns / 1000000000,
            (long long)ns / 1000000 % 1000);
}

static const char *
element(const json_t *row)
{
    const char *status = text_of(row, "status");

    return strcmp(status, "pass") == 0    ? NULL
           : strcmp(status, "skip") == 0  ? "skipped"
           : strcmp(status, "error") == 0 ? "error"
                                          : "failure";
}

static void
show_test(FILE *f, const char *lab, const json_t *row)
{
    const char *name = element(row);

    fputs("    <testcase", f);
    attribute(f, "classname", lab);
    attribute(f, "name", text_of(row, "name"));
    seconds(f, number_of(row, "ns"));
    if (name == NULL) {
        fputs("/>\n", f);
        return;
    }
    fprintf(f, ">\n      <%s", name);
    attribute(f, "message", text_of(row, "reason"));
    if (strcmp(name, "skipped") != 0) {
        attribute(f, "type", text_of(row, "status"));
        fputc('>', f);
        quote(f, text_of(row, "detail"));
        fprintf(f, "</%s>\n", name);
    } else {
        fputs("/>\n", f);
    }
    fputs("    </testcase>\n", f);
}

static int
count(const json_t *record, const char *wanted)
{
    const json_t *row;
    const char *name;
    size_t i;
    int n = 0;

    json_array_foreach(json_object_get(record, "tests"), i, row)
    {
        name = element(row);
        n += name != NULL && strcmp(name, wanted) == 0;
    }
    return n;
}

static void
sums(FILE *f, const json_t *record, const char *name)
{
    attribute(f, "name", name);
    fprintf(f, " tests=\"%zu\" failures=\"%d\" errors=\"%d\" skipped=\"%d\"",
            json_array_size(json_object_get(record, "tests")),
            count(record, "failure"), count(record, "error"),
            count(record, "skipped"));
    seconds(f, number_of(record, "ns"));
    fputs(">\n", f);
}

static void
property(FILE *f, const char *name, const char *value)
{
    fputs("      <property", f);
    attribute(f, "name", name);
    attribute(f, "value", value);
    fputs("/>\n", f);
}

void
render_junit(const json_t *record, FILE *f)
{
    const char *lab = text_of(record, "lab");
    const json_t *row;
    char number[24];
    size_t i;

    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites", f);
    sums(f, record, "cp-lab");
    fputs("  <testsuite", f);
    sums(f, record, lab);
    fputs("    <properties>\n", f);
    property(f, "points", points_text(number_of(record, "earned"), number));
    property(f, "max_points", points_text(number_of(record, "max"), number));
    property(f, "finished",
             json_is_true(json_object_get(record, "finished")) ? "yes" : "no");
    fputs("    </properties>\n", f);
    json_array_foreach(json_object_get(record, "tests"), i, row)
        show_test(f, lab, row);
    fputs("  </testsuite>\n</testsuites>\n", f);
}
