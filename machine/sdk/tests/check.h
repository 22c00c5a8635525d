/*
 * check.h - for test programs that run on the bare machine
 *
 * A program calls CHECK() on what must hold and returns checks_failed from
 * main(): run370 makes an exit status of it.  Failures are printed.
 */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <stdio.h>
#include <string.h>

static int checks_failed;

static void
check(int holds, const char *what, int line)
{
    if (holds)
        return;
    checks_failed++;
    printf("line %d: %s\n", line, what);
}

#define CHECK(e) check((e), #e, __LINE__)

#endif
