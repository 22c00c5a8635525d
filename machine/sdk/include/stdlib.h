/* stdlib.h - what of C11 7.22 a program without a system can have */
#ifndef STDLIB_H
#define STDLIB_H

#include <stddef.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1

typedef struct {
    int quot, rem;
} div_t;

int abs(int n);
long labs(long n);
long long llabs(long long n);
div_t div(int n, int d);

/* Numbers out of range give the nearest one there is. */
int atoi(const char *s);
long atol(const char *s);
long strtol(const char *s, char **end, int base);
unsigned long strtoul(const char *s, char **end, int base);

void qsort(void *base, size_t n, size_t size,
           int (*compare)(const void *, const void *));
void *bsearch(const void *key, const void *base, size_t n, size_t size,
              int (*compare)(const void *, const void *));

/* Stop the machine in a disabled wait: with this code; with X'000ABE'. */
void exit(int status) __attribute__((noreturn));
void abort(void) __attribute__((noreturn));

#endif
