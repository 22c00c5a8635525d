/*
 * bits.c - counting bits
 */
#include "bits.h"

#include <s370/insn.h>

uint32_t
bits_on(uint32_t word)
{
    /* LAB 90 BEGIN - about 6 lines */
    (void)word;
    s370_stop(0xEE01);
    /* LAB 90 END */
}
