/*
 * word.c - cutting a command line into words and reading them (compare
 * DMKSCN)
 */
#include <ctype.h>
#include <string.h>

#include "command.h"

void
words_split(struct words *w, char *line, const char *typed)
{
    char *at = line;

    w->n = w->next = 0;
    while (w->n < MAX_WORDS) {
        while (*at == ' ')
            at++;
        if (*at == 0)
            return;
        w->word[w->n] = at;
        w->rest[w->n++] = typed + (at - line);
        for (; *at != 0 && *at != ' '; at++)
            *at = (char)toupper((unsigned char)*at);
        if (*at != 0)
            *at++ = 0;
    }
}

const char *
word_next(struct words *w)
{
    return w->next < w->n ? w->word[w->next++] : NULL;
}

bool
word_is(const char *word, const char *full, uint32_t min)
{
    uint32_t len = (uint32_t)strlen(word);

    return len >= min && len <= strlen(full) && memcmp(word, full, len) == 0;
}

/* What a hexadecimal digit stands for; 16 for anything else.  In EBCDIC the
 * letters A to F and the digits are each in one run. */
static uint32_t
digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return (uint32_t)(c - '0');
    if (c >= 'A' && c <= 'F')
        return (uint32_t)(c - 'A') + 10;
    return 16;
}

static bool
number(const char *word, uint32_t base, uint32_t max, uint32_t *value)
{
    uint32_t sum = 0;

    if (word == NULL || *word == 0)
        return false;
    for (; *word != 0; word++) {
        uint32_t digit = digit_value(*word);

        if (digit >= base || sum > (max - digit) / base || digit > max)
            return false;
        sum = sum * base + digit;
    }
    *value = sum;
    return true;
}

bool
word_hex(const char *word, uint32_t max, uint32_t *value)
{
    return number(word, 16, max, value);
}

bool
word_decimal(const char *word, uint32_t max, uint32_t *value)
{
    return number(word, 10, max, value);
}

bool
word_spool_class(const char *word)
{
    return word != NULL && word[0] != 0 && word[1] == 0 &&
           isalnum((unsigned char)word[0]);
}

bool
word_on_off(const char *word, bool *on)
{
    if (word == NULL)
        return false;
    *on = strcmp(word, "ON") == 0;
    return *on || strcmp(word, "OFF") == 0;
}
