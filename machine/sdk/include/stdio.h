/*
 * stdio.h - formatted output to storage and to the console (of C11 7.21)
 *
 * Conversions: d i u o x X c s p %; flags - + blank # 0; width and
 * precision, also *; sizes hh h l ll j z t.  %p is %#x.  Of a string with a
 * precision no more is looked at.  There is no floating point, and no n; what
 * is no conversion is written as it stands.  There are no files and no input:
 * printf() writes to the console, from which console_read() reads
 * (s370/console.h).
 */
#ifndef STDIO_H
#define STDIO_H

#include <stdarg.h>
#include <stddef.h>

#define EOF (-1)

/* At most size - 1 characters and a 0 go to buf; the length of the whole text
 * is returned.  size may be 0; sprintf() trusts that buf is large enough. */
int snprintf(char *buf, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int vsnprintf(char *buf, size_t size, const char *format, va_list ap)
    __attribute__((format(printf, 3, 0)));
int sprintf(char *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
int vsprintf(char *buf, const char *format, va_list ap)
    __attribute__((format(printf, 2, 0)));

/* To the console; return the number of characters. */
int printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
int vprintf(const char *format, va_list ap)
    __attribute__((format(printf, 1, 0)));
int puts(const char *s); /* and a '\n'; 0 */
int putchar(int c);      /* c */

#endif
