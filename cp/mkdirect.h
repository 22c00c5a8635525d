/*
 * mkdirect.h - a directory between its statements and its table
 *
 * mkdirect_read.c fills these structures from the statements, mkdirect.c
 * writes them as the C table of directory.h.  They are the host tool's own;
 * CP sees only the table.
 */
#ifndef CP_MKDIRECT_H
#define CP_MKDIRECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define MAX_DEVICES 16
#define NAME_LEN 8
#define VOLSER_LEN 6

struct device {
    unsigned vaddr;
    const char *class; /* a constant of CP's vdevice.h */
    char spool_class;
    /* minidisk; cylinders is 0 for any other device */
    int line;
    unsigned first, cylinders;
    char volser[VOLSER_LEN + 1];
    bool may_write;
};

struct user {
    int line; /* of his USER statement */
    char userid[NAME_LEN + 1], password[NAME_LEN + 1], dist[NAME_LEN + 1];
    uint32_t storage, maximum; /* bytes */
    uint32_t classes;          /* 1 is class A, 2 is B, 4 is C ... */
    bool ecmode, console;
    int ndevices;
    struct device devices[MAX_DEVICES]; /* in address order */
};

struct directory {
    const char *file; /* the name for messages, the caller's */
    int line;         /* that is being read */
    int errors;       /* told so far */
    struct user *users;
    size_t nusers;
};

/*
 * Read all statements of `in` and check them.  d->file is set and the rest is
 * zero; the caller frees d->users, also after errors.  Every error is told on
 * standard error with file and line and counted in d->errors; only when there
 * is none is d a directory to be written.  Without memory the program ends
 * with exit status 2.
 */
void directory_read(struct directory *d, FILE *in);

#endif
