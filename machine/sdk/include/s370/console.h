/*
 * console.h - the 3215 at 009, for programs on the bare machine
 *
 * printf() and its relations end in console_write().  A program with a
 * console driver of its own defines a function of this name: the library's
 * (lib/console.c) is linked only where it is missing.
 */
#ifndef S370_CONSOLE_H
#define S370_CONSOLE_H

#include <stddef.h>

/* Write `len` characters; '\n' ends a line.  The library's starts I/O and
 * tests until it has ended, with interruptions as they are: it is for
 * programs that run disabled.  A console that does not work is given up
 * silently. */
void console_write(const char *text, size_t len);

/* Read a line into buf[size], cut off there and 0-terminated, without a
 * '\n'.  Returns its length; -1 when the operator cancelled it or the console
 * does not work. */
int console_read(char *buf, size_t size);

#endif
