/*
 * format.h - the engine behind printf() and snprintf()
 */
#ifndef LIB_FORMAT_H
#define LIB_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/* Where text goes; put() is called with one piece after the other. */
struct sink {
    void (*put)(struct sink *sink, const char *text, size_t len);
    size_t length; /* characters so far */
};

void __format(struct sink *sink, const char *format, va_list ap);

#endif
