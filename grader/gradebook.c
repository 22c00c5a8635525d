/*
 * gradebook.c - the results of a class in one SQLite file
 *
 *     handin(lab, name, changed, hidden, status, earned, max, sha256, record)
 *     result(lab, name, test, status, earned, max)
 *
 * Points are hundredths.  A row is written in one transaction when its
 * hand-in is done, so that a batch that is killed loses only what was under
 * way.  The status is "graded" or "error"; an error is tried again.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "grade.h"

struct gradebook {
    sqlite3 *db;
    const char *lab;
};

static const char schema[] =
    "PRAGMA busy_timeout = 10000;"
    "CREATE TABLE IF NOT EXISTS handin(lab TEXT, name TEXT, changed INTEGER,"
    " hidden INTEGER, status TEXT, earned INTEGER, max INTEGER, sha256 TEXT,"
    " record TEXT, PRIMARY KEY(lab, name));"
    "CREATE TABLE IF NOT EXISTS result(lab TEXT, name TEXT, test TEXT,"
    " place INTEGER, status TEXT, earned INTEGER, max INTEGER,"
    " PRIMARY KEY(lab, name, test));";

static void
need(const struct gradebook *book, bool good)
{
    if (!good)
        broken("gradebook: %s", sqlite3_errmsg(book->db));
}

static void
execute(struct gradebook *book, const char *sql)
{
    need(book, sqlite3_exec(book->db, sql, NULL, NULL, NULL) == SQLITE_OK);
}

struct gradebook *
gradebook_open(const char *path, const char *lab)
{
    struct gradebook *book = calloc(1, sizeof(*book));

    if (book == NULL)
        broken("no memory");
    book->lab = lab;
    if (sqlite3_open(path, &book->db) != SQLITE_OK)
        broken("%s: %s", path, sqlite3_errmsg(book->db));
    execute(book, schema);
    return book;
}

void
gradebook_close(struct gradebook *book)
{
    sqlite3_close(book->db);
    free(book);
}

/* A statement whose first two values are the lab and `name`. */
static sqlite3_stmt *
statement(struct gradebook *book, const char *sql, const char *name)
{
    sqlite3_stmt *s;

    need(book, sqlite3_prepare_v2(book->db, sql, -1, &s, NULL) == SQLITE_OK);
    sqlite3_bind_text(s, 1, book->lab, -1, SQLITE_STATIC);
    if (name != NULL)
        sqlite3_bind_text(s, 2, name, -1, SQLITE_STATIC);
    return s;
}

static void
finish(struct gradebook *book, sqlite3_stmt *s)
{
    need(book, sqlite3_step(s) == SQLITE_DONE);
    sqlite3_finalize(s);
}

bool
gradebook_has(struct gradebook *book, const char *name, int64_t changed,
              bool hidden)
{
    sqlite3_stmt *s = statement(book,
                                "SELECT 1 FROM handin WHERE lab = ? AND name "
                                "= ? AND changed = ? AND hidden = ? AND "
                                "status = 'graded'",
                                name);
    bool has;

    sqlite3_bind_int64(s, 3, changed);
    sqlite3_bind_int(s, 4, hidden);
    has = sqlite3_step(s) == SQLITE_ROW;
    sqlite3_finalize(s);
    return has;
}

static void
put_results(struct gradebook *book, const char *name, const json_t *record)
{
    json_t *row;
    size_t i;

    finish(
        book,
        statement(book, "DELETE FROM result WHERE lab = ? AND name = ?", name));
    json_array_foreach(json_object_get(record, "tests"), i, row)
    {
        sqlite3_stmt *s = statement(
            book, "INSERT INTO result VALUES(?, ?, ?, ?, ?, ?, ?)", name);

        sqlite3_bind_text(s, 3, text_of(row, "name"), -1, SQLITE_STATIC);
        sqlite3_bind_int64(s, 4, (sqlite3_int64)i);
        sqlite3_bind_text(s, 5, text_of(row, "status"), -1, SQLITE_STATIC);
        sqlite3_bind_int64(s, 6, number_of(row, "earned"));
        sqlite3_bind_int64(s, 7, number_of(row, "max"));
        finish(book, s);
    }
}

/* A test that failed through our fault makes the whole result preliminary. */
static bool
all_done(const json_t *record)
{
    json_t *row;
    size_t i;

    json_array_foreach(json_object_get(record, "tests"), i,
                       row) if (strcmp(text_of(row, "status"), "error") ==
                                0) return false;
    return record != NULL && json_is_true(json_object_get(record, "finished"));
}

bool
gradebook_put(struct gradebook *book, const char *name, int64_t changed,
              bool hidden, const json_t *record)
{
    char *text = record != NULL ? json_dumps(record, JSON_COMPACT) : NULL;
    bool graded = all_done(record);
    sqlite3_stmt *s;

    execute(book, "BEGIN IMMEDIATE");
    s = statement(book,
                  "INSERT OR REPLACE INTO handin VALUES(?, ?, ?, ?, ?, ?, ?, "
                  "?, ?)",
                  name);
    sqlite3_bind_int64(s, 3, changed);
    sqlite3_bind_int(s, 4, hidden);
    sqlite3_bind_text(s, 5, graded ? "graded" : "error", -1, SQLITE_STATIC);
    sqlite3_bind_int64(s, 6, number_of(record, "earned"));
    sqlite3_bind_int64(s, 7, number_of(record, "max"));
    sqlite3_bind_text(s, 8, text_of(record, "sha256"), -1, SQLITE_STATIC);
    sqlite3_bind_text(s, 9, text, -1, SQLITE_STATIC);
    finish(book, s);
    put_results(book, name, record);
    execute(book, "COMMIT");
    free(text);
    return graded;
}

/* ---- the summary --------------------------------------------------------- */

/* A name, and blanks up to so many columns: a character of UTF-8 takes one,
 * however many bytes it has. */
static void
name_column(FILE *f, const char *name, int columns)
{
    for (const char *p = name; *p != 0; p++)
        columns -= ((unsigned char)*p & 0xC0) != 0x80;
    fprintf(f, "%s%*s", name, columns > 0 ? columns : 0, "");
}

/* Why a hand-in has next to nothing, other than for its mistakes: it cannot be
 * read, does not build, or files are not there. */
static void
remark(FILE *f, const char *text)
{
    json_t *record = text != NULL ? json_loads(text, 0, NULL) : NULL;
    const json_t *notes = json_object_get(record, "notes");
    const json_t *missing = json_object_get(record, "missing");
    json_t *row;
    size_t i;

    if (json_array_size(notes) > 0) {
        fprintf(f, "  %s", json_string_value(json_array_get(notes, 0)));
    } else if (json_array_size(missing) > 0) {
        fputs("  missing:", f);
        json_array_foreach(missing, i, row)
            fprintf(f, " %s", json_string_value(row));
    } else {
        json_array_foreach(json_object_get(record, "tests"), i, row)
        {
            const char *detail = text_of(row, "detail");

            if (strcmp(text_of(row, "reason"), NO_BUILD) != 0)
                continue;
            fprintf(f, "  does not build: %.*s", (int)strcspn(detail, "\n"),
                    detail);
            break;
        }
    }
    json_decref(record);
}

static void
list_handins(struct gradebook *book, FILE *f)
{
    sqlite3_stmt *s = statement(book,
                                "SELECT name, earned, max, status, record "
                                "FROM handin WHERE lab = ? ORDER BY name",
                                NULL);
    int64_t sum = 0, max = 0;
    char earned[24], all[24];
    int n = 0, errors = 0;

    while (sqlite3_step(s) == SQLITE_ROW) {
        bool error =
            strcmp((const char *)sqlite3_column_text(s, 3), "graded") != 0;

        name_column(f, (const char *)sqlite3_column_text(s, 0), 24);
        fprintf(f, " %6s/%s", points_text(sqlite3_column_int64(s, 1), earned),
                points_text(sqlite3_column_int64(s, 2), all));
        if (error)
            fputs("  ERROR: not graded to the end", f);
        else
            remark(f, (const char *)sqlite3_column_text(s, 4));
        fputc('\n', f);
        errors += error;
        if (error)
            continue;
        sum += sqlite3_column_int64(s, 1);
        max = sqlite3_column_int64(s, 2);
        n++;
    }
    sqlite3_finalize(s);
    fprintf(f, "%d graded, %d errors", n, errors);
    if (n > 0)
        fprintf(f, ", mean %s/%s", points_text(sum / n, earned),
                points_text(max, all));
    fputs("\n\n", f);
}

static void
list_tests(struct gradebook *book, FILE *f)
{
    sqlite3_stmt *s = statement(
        book,
        "SELECT test, sum(status = 'pass'), sum(status = 'partial'),"
        " sum(status IN ('fail', 'timeout')), sum(status = 'skip'),"
        " sum(status = 'error') FROM result WHERE lab = ? GROUP BY test "
        "ORDER BY min(place)",
        NULL);

    fprintf(f, "%-24s %6s %6s %6s %6s %6s\n", "test", "pass", "partly", "fail",
            "skip", "error");
    while (sqlite3_step(s) == SQLITE_ROW) {
        fprintf(f, "%-24s", sqlite3_column_text(s, 0));
        for (int i = 1; i <= 5; i++)
            fprintf(f, " %6d", sqlite3_column_int(s, i));
        fputc('\n', f);
    }
    sqlite3_finalize(s);
}

void
gradebook_summary(struct gradebook *book, FILE *f)
{
    list_handins(book, f);
    list_tests(book, f);
}
