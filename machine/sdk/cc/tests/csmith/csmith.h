/*
 * csmith.h - what programs made by csmith include, for freestanding C.
 *
 * The checked arithmetic is csmith's own (safe_math.h up to where it uses
 * floating point, as integer_math.h); the checksum is made of values, not of
 * bytes in storage, so that byte order and padding do not matter.
 */
#ifndef CSMITH_H
#define CSMITH_H

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define STATIC static inline
#define UNDEFINED(value) (value)
#define LOG_INDEX
#define LOG_EXEC
#define FUNC_NAME(x) (safe_##x)
#define assert(x)
#include "integer_math.h"
#undef FUNC_NAME

#define _CSMITH_BITFIELD(x) ((x) > 32 ? (x) % 32 : (x))

static uint32_t crc32_context = 1;

static void
crc32_gentab(void)
{
}

static void
platform_main_begin(void)
{
}

static void
transparent_crc(uint64_t value, const char *name, int flag)
{
    int i;

    (void)name;
    (void)flag;
    for (i = 0; i < 8; i++) {
        crc32_context = (crc32_context ^ (uint32_t)(value & 255)) * 16777619u;
        crc32_context ^= crc32_context >> 15;
        value >>= 8;
    }
    if (flag)
        printf("%s %08X\n", name, (unsigned)crc32_context);
}

static void
platform_main_end(uint32_t crc, int flag)
{
    (void)flag;
    printf("checksum %08X\n", (unsigned)crc);
}

#endif
