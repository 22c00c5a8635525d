/*
 * main.c - calls what the student writes; tests store `input` before the start
 * and read `result` at done()
 */
#include "bits.h"

__attribute__((used)) uint32_t input = 0x80000001;
__attribute__((used)) uint32_t result;

__attribute__((noinline)) static void
done(void)
{
}

int
main(void)
{
    result = bits_on(input);
    done();
    return 0;
}
