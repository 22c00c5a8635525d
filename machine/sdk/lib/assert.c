/*
 * assert.c - what a failed assertion does (assert.h)
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

void
__assert_fail(const char *expression, const char *file, int line)
{
    printf("%s:%d: assertion failed: %s\n", file, line, expression);
    abort();
}
