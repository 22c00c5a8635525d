/*
 * stdio.h - formatted output to storage and to the console (of C11 7.21)
 *
 * Conversions: d i u o x X c s p %; flags - + blank # 0; width and
 * precision, also *; sizes hh h l ll j z t.  There is no floating point and
 * there are no files; printf() and its relations write to the console
 * (s370/console.h) and return the number of characters.
 */
#ifndef STDIO_H
#define STDIO_H

#include <stdarg.h>
#include <stddef.h>

#define EOF (-1)

/* At most size - 1 characters and a 0 go to buf; the length of the whole text
 * is returned. */
int snprintf(char *buf, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int vsnprintf(char *buf, size_t size, const char *format, va_list ap)
    __attribute__((format(printf, 3, 0)));
int sprintf(char *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

int printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
int vprintf(const char *format, va_list ap)
    __attribute__((format(printf, 1, 0)));
int puts(const char *s); /* and a '\n' */
int putchar(int c);

#endif
