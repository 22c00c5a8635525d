/*
 * str_search.c - finding something in a string (string.h)
 */
#include <string.h>

char *
strchr(const char *s, int c)
{
    for (; *s != (char)c; s++)
        if (*s == 0)
            return NULL;
    return (char *)s;
}

char *
strrchr(const char *s, int c)
{
    const char *found = NULL;

    do
        if (*s == (char)c)
            found = s;
    while (*s++ != 0);
    return (char *)found;
}

char *
strstr(const char *s, const char *part)
{
    size_t len = strlen(part);

    for (; strncmp(s, part, len) != 0; s++)
        if (*s == 0)
            return NULL;
    return (char *)s;
}

size_t
strspn(const char *s, const char *set)
{
    size_t n = 0;

    while (s[n] != 0 && strchr(set, s[n]) != NULL)
        n++;
    return n;
}

size_t
strcspn(const char *s, const char *set)
{
    size_t n = 0;

    while (s[n] != 0 && strchr(set, s[n]) == NULL)
        n++;
    return n;
}

char *
strpbrk(const char *s, const char *set)
{
    s += strcspn(s, set);
    return *s != 0 ? (char *)s : NULL;
}

char *
strtok(char *s, const char *set)
{
    static char *rest;

    if (s == NULL)
        s = rest;
    if (s == NULL)
        return NULL;
    s += strspn(s, set);
    if (*s == 0) {
        rest = NULL;
        return NULL;
    }
    rest = strpbrk(s, set);
    if (rest != NULL)
        *rest++ = 0;
    return s;
}
