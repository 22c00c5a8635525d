/*
 * batch.h - many submissions: the folder, the pool and the gradebook
 */
#ifndef GRADER_BATCH_H
#define GRADER_BATCH_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* gradebook.c: an SQLite file with one row a hand-in.  Every function ends
 * the program, with a message, when the file cannot be used. */
struct gradebook;
struct gradebook *gradebook_open(const char *path, const char *lab);
void gradebook_close(struct gradebook *book);
/* Was this hand-in, last changed at `changed`, graded to the end, and in the
 * same way (with or without hidden tests)? */
bool gradebook_has(struct gradebook *book, const char *name, int64_t changed,
                   bool hidden);
/* Keep a record; NULL: the grader could not do its work.  Returns whether it is
 * that of a hand-in which was graded to the end. */
bool gradebook_put(struct gradebook *book, const char *name, int64_t changed,
                   bool hidden, const json_t *record);
/* The lab's rows as a table, and what each test was worth to the class. */
void gradebook_summary(struct gradebook *book, FILE *f);

/* handins.c: what is in a folder of hand-ins. */
struct handin {
    char *path, *name;
    int64_t changed; /* ns */
};

struct handins {
    struct handin *item; /* in the order of the entries' names */
    size_t n;
    char **other; /* entries that are none, as they can be shown */
    size_t nothers;
};

/* The hand-ins of `folder`; of a gradebook that is there nothing is said.  Ends
 * the program, with a message, when the folder cannot be read or two hand-ins
 * have one name. */
void handins_find(struct handins *h, const char *folder, const char *gradebook);
/* What was passed over, if anything. */
void handins_tell_others(const struct handins *h, FILE *f);

/* main.c: the operand of --patience, in seconds; anything else is a wrong use.
 */
struct argp_state;
long patience_of(const char *arg, const struct argp_state *state);

/* batch.c: the command `grade batch`. */
int batch_main(int argc, char *argv[]);

#endif
