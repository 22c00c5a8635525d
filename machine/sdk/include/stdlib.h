/* stdlib.h - what of C11 7.22 a program without a system can have */
#ifndef STDLIB_H
#define STDLIB_H

#include <stddef.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1

#define RAND_MAX 32767

typedef struct {
    int quot, rem;
} div_t;
typedef struct {
    long quot, rem;
} ldiv_t;
typedef struct {
    long long quot, rem;
} lldiv_t;

/* The absolute value; quotient, rounded towards 0, and remainder. */
int abs(int n);
long labs(long n);
long long llabs(long long n);
div_t div(int n, int d);
ldiv_t ldiv(long n, long d);
lldiv_t lldiv(long long n, long long d);

/* Numbers out of range give the nearest one there is, and set errno (errno.h)
 * to ERANGE.  A base is 0 (as in C) or 2 to 36: in another there is no number.
 */
int atoi(const char *s);
long atol(const char *s);
long long atoll(const char *s);
long strtol(const char *s, char **end, int base);
unsigned long strtoul(const char *s, char **end, int base);
long long strtoll(const char *s, char **end, int base);
unsigned long long strtoull(const char *s, char **end, int base);

/* The same numbers in every run: those of srand(1) if nothing else was said. */
int rand(void);
void srand(unsigned seed);

/* n elements of `size` bytes.  compare() returns below 0, 0 or above 0, as the
 * first is less than the second, equal or greater; it gets two elements, or the
 * key and an element.  qsort() takes at most about 2 n log2 n of its calls, no
 * storage, and leaves equal elements in any order.  bsearch() looks into an
 * array that is sorted so: an element that is equal, or NULL. */
void qsort(void *base, size_t n, size_t size,
           int (*compare)(const void *, const void *));
void *bsearch(const void *key, const void *base, size_t n, size_t size,
              int (*compare)(const void *, const void *));

/* Stop the machine in a disabled wait: with this code; with X'000ABE'. */
_Noreturn void exit(int status);
_Noreturn void abort(void);

#endif
