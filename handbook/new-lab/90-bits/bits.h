/*
 * bits.h - what lab 90 is about
 */
#ifndef BITS_H
#define BITS_H

#include <stdint.h>

/* How many bits of the word are on: 0 to 32.  Tests stop at it by its name, so
 * it must not be put in the place of its call. */
__attribute__((noinline)) uint32_t bits_on(uint32_t word);

#endif
