/*
 * map_type.c - is this a TYPE as map.c describes it?
 *
 * A map is a file that anybody may have written; whoever reads a type later
 * can rely on its form.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "front.h"

enum { NESTED_MAX = 32, SIZE_MAX_BYTES = 0x1000000 };

/* A decimal number up to the size of storage. */
static bool
number(const char **s)
{
    char *end;

    if (!isdigit((unsigned char)**s) || strtoul(*s, &end, 10) > SIZE_MAX_BYTES)
        return false;
    *s = end;
    return true;
}

static bool
expect(const char **s, char c)
{
    if (**s != c)
        return false;
    (*s)++;
    return true;
}

/* A name up to the character behind it. */
static bool
name(const char **s, char end)
{
    size_t n = strcspn(*s, "@:;#{}[]()");

    if (n == 0 || (*s)[n] != end)
        return false;
    *s += n + 1;
    return true;
}

static bool
integer(const char **s)
{
    if (**s != 'i' && **s != 'u')
        return false;
    (*s)++;
    if (**s == '\0' || strchr("1248", **s) == NULL)
        return false;
    (*s)++;
    return true;
}

static bool type(const char **s, int depth);

static bool
members(const char **s, int depth)
{
    if (!name(s, '#') || !number(s) || !expect(s, ';'))
        return false;
    while (**s != '}') {
        if (!name(s, '@') || !number(s) || !expect(s, ':'))
            return false;
        if (**s == '~') {
            (*s)++;
            if (!integer(s) || !expect(s, ',') || !number(s) ||
                !expect(s, ',') || !number(s))
                return false;
        } else if (!type(s, depth))
            return false;
        if (!expect(s, ';'))
            return false;
    }
    (*s)++;
    return true;
}

static bool
type(const char **s, int depth)
{
    if (depth > NESTED_MAX)
        return false;
    switch (**s) {
    case 'b':
    case 'c':
    case 's':
    case 'p':
        (*s)++;
        return true;
    case '[':
        (*s)++;
        return number(s) && expect(s, ']') && type(s, depth + 1);
    case '{':
        (*s)++;
        return members(s, depth + 1);
    default:
        return integer(s);
    }
}

bool
map_type_valid(const char *s)
{
    if (*s != '(')
        return type(&s, 0) && *s == '\0';
    s += s[1] == 'R' ? 2 : 1;
    while (*s != ')')
        if (!name(&s, ':') || !type(&s, 0) || !expect(&s, ';'))
            return false;
    s++;
    return strlen(s) > 0 && strlen(s) <= 6 &&
           strspn(s, "0123456789ABCDEF") == strlen(s);
}
