/*
 * tap.h - Test Anything Protocol for test programs in C
 */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H

#include <stdbool.h>

/* Report one test, named as printf() says.  Returns `good`. */
bool ok(bool good, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same for two numbers that shall be equal; both are shown if not. */
bool is(unsigned long long got, unsigned long long expected, const char *format,
        ...) __attribute__((format(printf, 3, 4)));
/* A line about the test before. */
void diag(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The plan; returns the exit status of the program. */
int done(void);

#endif
