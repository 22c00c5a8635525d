/*
 * cmd_purge.c - PURGE: throw away files of the user's own queues (compare
 * DMKCSU; GC20-1820, "PURGE")
 *
 *   PURGE READER | PRINTER | PUNCH [ALL | CLASS c | spoolid ...]
 *   PURGE ALL
 *
 * Users of class D may put a userid, or SYSTEM for everybody, before that.  A
 * file that a device is reading or putting out stays.
 */
#include <string.h>

#include "console.h"
#include "query.h"

/* Purge what matches; class 0: any.  Returns how many. */
static uint32_t
purge_kind(const char *owner, enum spool_kind kind, char class)
{
    struct spool_file *file = spool_next(NULL, owner, kind), *next;
    uint32_t n = 0;

    for (; file != NULL; file = next) {
        next = spool_next(file, owner, kind);
        if (!file->busy && (class == 0 || file->class == class)) {
            spool_purge(file);
            n++;
        }
    }
    return n;
}

static void
say_purged(struct vm *vm, uint32_t n)
{
    if (!vm->set_imsg)
        return;
    if (n == 0)
        vm_line(vm, "NO FILES PURGED");
    else
        vm_line(vm, "%04u FILES PURGED", n);
}

/* Files by number: all of them must be there. */
static void
purge_numbers(struct vm *vm, const char *owner, enum spool_kind kind,
              struct words *w)
{
    uint32_t number, n = 0, first = w->next;
    const char *word;

    for (word = word_next(w); word != NULL; word = word_next(w)) {
        const struct spool_file *file;

        if (!word_decimal(word, 9999, &number)) {
            cp_error(vm, "DMKCSU027E", "SPOOLID MISSING OR INVALID");
            return;
        }
        file = spool_find(number);
        if (file == NULL || file->open || file->busy || file->kind != kind ||
            (owner != NULL && strcmp(file->owner, owner) != 0)) {
            cp_error(vm, "DMKCSU042E", "SPOOLID %04u DOES NOT EXIST", number);
            return;
        }
    }
    w->next = first;
    for (word = word_next(w); word != NULL; word = word_next(w)) {
        struct spool_file *file;

        word_decimal(word, 9999, &number);
        file = spool_find(number);
        if (file != NULL) { /* NULL: the number was given twice */
            spool_purge(file);
            n++;
        }
    }
    say_purged(vm, n);
}

/* Whose files: the user's own, or for class D the one that is named; the word
 * after it is returned. */
static const char *
take_owner(struct vm *vm, struct words *w, const char **owner)
{
    const char *word = word_next(w);
    enum spool_kind kind;

    *owner = vm->userid;
    if (word == NULL || !(vm->classes & CLASS(D)) ||
        word_spool_kind(word, &kind) || word_is(word, "ALL", 3))
        return word;
    *owner = strcmp(word, "SYSTEM") == 0 ? NULL : word;
    return word_next(w);
}

void
cmd_purge(struct vm *vm, struct words *w)
{
    const char *owner, *word = take_owner(vm, w, &owner);
    enum spool_kind kind;

    if (word == NULL) {
        error_operand(vm, "DMKCSU");
        return;
    }
    if (word_is(word, "ALL", 3)) {
        if (!words_left(vm, "DMKCSU", w))
            say_purged(vm, purge_kind(owner, SPOOL_RDR, 0) +
                               purge_kind(owner, SPOOL_PRT, 0) +
                               purge_kind(owner, SPOOL_PUN, 0));
        return;
    }
    if (!word_spool_kind(word, &kind)) {
        cp_error(vm, "DMKCSU006E", "INVALID DEVICE TYPE - %s", word);
        return;
    }
    word = word_next(w);
    if (word == NULL || word_is(word, "ALL", 3)) {
        if (!words_left(vm, "DMKCSU", w))
            say_purged(vm, purge_kind(owner, kind, 0));
    } else if (word_is(word, "CLASS", 2)) {
        word = word_next(w);
        if (!word_spool_class(word))
            cp_error(vm, "DMKCSU028E", "CLASS MISSING OR INVALID");
        else if (!words_left(vm, "DMKCSU", w))
            say_purged(vm, purge_kind(owner, kind, word[0]));
    } else {
        w->next--;
        purge_numbers(vm, owner, kind, w);
    }
}
