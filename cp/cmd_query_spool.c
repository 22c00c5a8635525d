/*
 * cmd_query_spool.c - QUERY READER, PRINTER, PUNCH and FILES (compare
 * DMKCQR; formats of GC20-1820, "QUERY")
 */
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "console.h"
#include "query.h"

bool
word_spool_kind(const char *word, enum spool_kind *kind)
{
    if (word_is(word, "READER", 1) || word_is(word, "RDR", 3))
        *kind = SPOOL_RDR;
    else if (word_is(word, "PRINTER", 1) || word_is(word, "PRT", 3))
        *kind = SPOOL_PRT;
    else if (word_is(word, "PUNCH", 2) || word_is(word, "PCH", 3))
        *kind = SPOOL_PUN;
    else
        return false;
    return true;
}

static void
say_header(struct vm *vm, enum spool_kind kind, bool all)
{
    vm_line(vm, "%s FILE CLASS RECDS    CPY HOLD%s",
            kind == SPOOL_RDR ? "ORIGINID" : "OWNERID ",
            all ? " DATE  TIME     NAME     TYPE     DIST" : "");
}

static void
say_file(struct vm *vm, const struct spool_file *file, bool all)
{
    const char *userid = file->kind == SPOOL_RDR ? file->origin : file->owner;
    char date[9], time[9];

    if (!all) {
        vm_line(vm, "%-8s %04u %c %s %08u %02u  %s", userid, file->number,
                file->class, spool_kind_name(file->made), file->records,
                file->copies, file->hold ? "USER" : "NONE");
        return;
    }
    vm_line(vm, "%-8s %04u %c %s %08u %02u  %s %.5s %s %-8s %-8s %s", userid,
            file->number, file->class, spool_kind_name(file->made),
            file->records, file->copies, file->hold ? "USER" : "NONE",
            tod_date_text(file->tod, date), tod_time_text(file->tod, time),
            file->name, file->type, file->dist);
}

/* The one file that is named by its number. */
static void
query_file(struct vm *vm, enum spool_kind kind, uint32_t number)
{
    const struct spool_file *file = spool_find(number);

    if (file == NULL || file->open || file->kind != kind ||
        strcmp(file->owner, vm->userid) != 0) {
        cp_error(vm, "DMKCQR042E", "SPOOLID %04u DOES NOT EXIST", number);
        return;
    }
    say_header(vm, kind, true);
    say_file(vm, file, true);
}

void
query_spool(struct vm *vm, enum spool_kind kind, struct words *w)
{
    const char *word = word_next(w);
    struct spool_file *file = NULL;
    bool all = false, any = false;
    char class = 0;
    uint32_t number;

    if (word != NULL && word_is(word, "ALL", 3)) {
        all = true;
    } else if (word != NULL && word_is(word, "CLASS", 2)) {
        word = word_next(w);
        if (!word_spool_class(word)) {
            cp_error(vm, "DMKCQR028E", "CLASS MISSING OR INVALID");
            return;
        }
        class = word[0];
    } else if (word_decimal(word, 9999, &number)) {
        if (!words_left(vm, "DMKCQR", w))
            query_file(vm, kind, number);
        return;
    } else if (word != NULL) {
        error_option(vm, "DMKCQR", word);
        return;
    }
    if (words_left(vm, "DMKCQR", w))
        return;
    while ((file = spool_next(file, vm->userid, kind)) != NULL)
        if (class == 0 || file->class == class) {
            if (!any)
                say_header(vm, kind, all);
            any = true;
            say_file(vm, file, all);
        }
    if (!any)
        vm_line(vm, "NO %s FILES", spool_kind_name(kind));
}

void
query_files(struct vm *vm, bool always)
{
    static const enum spool_kind kinds[3] = {SPOOL_RDR, SPOOL_PRT, SPOOL_PUN};
    struct spool_file *file;
    char text[3][5];
    uint32_t n, i, total = 0;

    for (i = 0; i < 3; i++) {
        for (n = 0, file = NULL;
             (file = spool_next(file, vm->userid, kinds[i])) != NULL;)
            n++;
        total += n;
        if (n == 0)
            strcpy(text[i], "NO");
        else
            snprintf(text[i], sizeof text[i], "%04u", n);
    }
    if (total > 0 || always)
        vm_line(vm, "FILES: %s RDR, %s PRT, %s PUN", text[0], text[1], text[2]);
}
