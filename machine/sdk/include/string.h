/*
 * string.h - bytes and strings (C11 7.24, and strnlen; without strcoll,
 * strxfrm and strerror, which need a system)
 *
 * A string ends with a 0; its characters are compared by their codes, as
 * unsigned numbers: in EBCDIC small letters come before capitals, capitals
 * before digits.  n may be 0.  What is copied must not overlap, but for
 * memmove().  Nothing outside of the n bytes or the string is looked at, nor
 * kept between calls but by strtok().
 */
#ifndef STRING_H
#define STRING_H

#include <stddef.h>

/* n bytes; return `to`. */
void *memcpy(void *to, const void *from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *to, int c, size_t n); /* all of them c */
/* Below 0, 0 or above 0, as a is less than b, equal or greater. */
int memcmp(const void *a, const void *b, size_t n);
/* The first c of n bytes, or NULL. */
void *memchr(const void *s, int c, size_t n);

/* The number of characters in front of the 0; at most max are looked at. */
size_t strlen(const char *s);
size_t strnlen(const char *s, size_t max);
/* Copy, or put behind the string that is there; return `to`.  strncpy() writes
 * n characters: without a 0 if from has n or more, else with zeros behind.
 * strncat() takes at most n, and writes a 0 behind them. */
char *strcpy(char *to, const char *from);
char *strncpy(char *to, const char *from, size_t n);
char *strcat(char *to, const char *from);
char *strncat(char *to, const char *from, size_t n);
/* As memcmp(); of at most n characters. */
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
/* The first c, the last c (the 0 counts), the first place of the whole of
 * `part`, the first character that is in the set; NULL if there is none. */
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strstr(const char *s, const char *part);
char *strpbrk(const char *s, const char *set);
/* How many characters at the beginning are in the set, are not in it. */
size_t strspn(const char *s, const char *set);
size_t strcspn(const char *s, const char *set);
/* The next word of s between characters of the set, the first of which behind
 * it becomes a 0; with s NULL, of the string of the last call.  NULL: none. */
char *strtok(char *s, const char *set);

#endif
