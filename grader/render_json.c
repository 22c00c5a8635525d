/*
 * render_json.c - the record itself (its members: record.c), for programs
 */
#include "grade.h"

void
render_json(const json_t *record, FILE *f)
{
    json_dumpf(record, f, JSON_INDENT(2) | JSON_SORT_KEYS);
    fputc('\n', f);
}
