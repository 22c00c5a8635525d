/*
 * operand.h - the operands that DISPLAY and STORE have in common
 */
#ifndef CP_OPERAND_H
#define CP_OPERAND_H

#include <stdbool.h>
#include <stdint.h>

#include "command.h"

/* A register number: decimal 0 to 15, or one hexadecimal digit. */
bool operand_register(const char *word, uint32_t *reg);
/* "200", "200-2FF", "200:END", "200.40", "" (all) as first and last; the same
 * with register numbers.  `limit` is the largest.  False, after a reply, when
 * it is no such thing. */
bool operand_range(struct vm *vm, const char *module, const char *word,
                   bool registers, uint32_t limit, uint32_t *first,
                   uint32_t *last);

#endif
