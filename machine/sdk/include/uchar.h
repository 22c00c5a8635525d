/* uchar.h - characters of UTF-16 and UTF-32 (C11 7.28); no conversions */
#ifndef UCHAR_H
#define UCHAR_H

typedef unsigned short char16_t;
typedef unsigned int char32_t;

#endif
