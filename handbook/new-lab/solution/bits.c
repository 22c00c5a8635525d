/*
 * bits.c - counting bits
 */
#include "bits.h"

#include <s370/insn.h>

uint32_t
bits_on(uint32_t word)
{
    /* LAB 90 BEGIN - about 6 lines */
    uint32_t n = 0;

    for (; word != 0; word &= word - 1)
        n++; /* the lowest one goes */
    return n;
    /* LAB 90 END */
}
