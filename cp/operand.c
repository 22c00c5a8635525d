/*
 * operand.c - locations, registers and ranges of them (compare DMKCDB, DMKCDS)
 */
#include "operand.h"

#include <string.h>

#define PART_MAX 12

bool
operand_register(const char *word, uint32_t *reg)
{
    return word_decimal(word, 15, reg) || word_hex(word, 15, reg);
}

/* Copy the part of a range up to `stop` (excluded). */
static bool
copy_part(char part[PART_MAX], const char *from, const char *stop)
{
    size_t len = (size_t)(stop - from);

    if (len >= PART_MAX)
        return false;
    memcpy(part, from, len);
    part[len] = 0;
    return true;
}

static bool
bad_place(struct vm *vm, const char *module, bool registers, const char *word)
{
    char code[12];

    strcpy(code, module);
    if (registers) {
        strcat(code, "010E");
        cp_error(vm, code, "INVALID REGISTER - %s", word);
    } else {
        strcat(code, "004E");
        cp_error(vm, code, "INVALID HEXLOC - %s", word);
    }
    return false;
}

static bool
bad_range(struct vm *vm, const char *module, const char *word)
{
    char code[12];

    strcpy(code, module);
    strcat(code, "009E");
    cp_error(vm, code, "INVALID RANGE - %s", word);
    return false;
}

static bool
too_high(struct vm *vm, const char *module, uint32_t place)
{
    char code[12];

    strcpy(code, module);
    strcat(code, "160E");
    cp_error(vm, code, "HEXLOC %06X EXCEEDS STORAGE", place);
    return false;
}

bool
operand_range(struct vm *vm, const char *module, const char *word,
              bool registers, uint32_t limit, uint32_t *first, uint32_t *last)
{
    const char *mark = word + strcspn(word, "-:.");
    char part[PART_MAX];
    uint32_t value;

    *first = 0;
    if (!copy_part(part, word, mark))
        return bad_place(vm, module, registers, word);
    if (part[0] != 0 && !(registers ? operand_register(part, first)
                                    : word_hex(part, 0xFFFFFF, first)))
        return bad_place(vm, module, registers, part);
    if (*first > limit)
        return too_high(vm, module, *first);
    if (*mark == 0) { /* one place, or all when none is named */
        *last = part[0] != 0 ? *first : limit;
        return true;
    }
    if (strcmp(mark + 1, "END") == 0) {
        *last = limit;
        return true;
    }
    if (*mark == '.') {
        if (!word_hex(mark + 1, 0xFFFFFF, &value) || value == 0)
            return bad_range(vm, module, word);
        value += *first - 1;
    } else if (!(registers ? operand_register(mark + 1, &value)
                           : word_hex(mark + 1, 0xFFFFFF, &value))) {
        return bad_range(vm, module, word);
    }
    if (value < *first || (registers && value > limit))
        return bad_range(vm, module, word);
    if (value > limit)
        return too_high(vm, module, value);
    *last = value;
    return true;
}
