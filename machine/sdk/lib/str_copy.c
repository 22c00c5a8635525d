/*
 * str_copy.c - copying and joining strings (string.h)
 */
#include <string.h>

char *
strcpy(char *to, const char *from)
{
    memcpy(to, from, strlen(from) + 1);
    return to;
}

/* Pads with zeros up to n, and does not end `to` when there is no room. */
char *
strncpy(char *to, const char *from, size_t n)
{
    size_t len = strnlen(from, n);

    memcpy(to, from, len);
    memset(to + len, 0, n - len);
    return to;
}

char *
strcat(char *to, const char *from)
{
    strcpy(to + strlen(to), from);
    return to;
}

char *
strncat(char *to, const char *from, size_t n)
{
    size_t len = strnlen(from, n);
    char *end = to + strlen(to);

    memcpy(end, from, len);
    end[len] = 0;
    return to;
}
