/* errno.h - what went wrong (C11 7.5): strtol() and its relations set ERANGE */
#ifndef ERRNO_H
#define ERRNO_H

#define EDOM 33
#define ERANGE 34
#define EILSEQ 84

extern int errno;
#define errno errno

#endif
