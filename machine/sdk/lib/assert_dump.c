/*
 * assert_dump.c - what a failed assertion prints (assert.h)
 *
 * Everything is read from the save areas that the standard linkage leaves on
 * the stack.  The area of the function with the assertion holds its registers
 * (assert.asm), and the back chain leads from there to its callers; the words
 * that a function stored at 12 and 16 of its caller's area are where it
 * returns to and where it begins.  Only storage of these frames is looked at:
 * it is certain to exist and to be the program's own.  Of many frames the
 * newest are shown, of a large one the beginning.  A chain that does not lead
 * upward on word boundaries is damaged and followed no further.
 *
 * Lines are at most 126 characters, the width of a 3215.
 */
#include <assert.h>
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { DEPTH = 20, FRAME_BYTES = 512, LINE_WORDS = 8 };

/* A save area, GC28-6646 "Linkage Registers" order: R13's place is the back
 * chain of the one below. */
struct save_area {
    uint32_t unused;
    struct save_area *back; /* that of the caller; NULL at the end */
    uint32_t unused_2;
    uint32_t r14, r15, r0_to_r12[13];
};

_Static_assert(sizeof(struct save_area) == 72, "18 words");

static void
print_registers(const struct save_area *s)
{
    uint32_t gr[16];

    for (int i = 0; i < 13; i++)
        gr[i] = s->r0_to_r12[i];
    gr[13] = (uint32_t)s;
    gr[14] = s->r14;
    gr[15] = s->r15;
    for (int i = 0; i < 16; i += 8) {
        printf("R%-2d-R%-2d ", i, i + 7);
        for (int j = i; j < i + 8; j++)
            printf(" %08X", (unsigned)gr[j]);
        printf("\n");
    }
}

/* The right half of a BC-mode PSW, which BALR gives in every mode. */
static void
print_psw(uint32_t link, uint32_t address)
{
    printf("PSW      condition code %u, program mask X'%X', address X'%06X'\n",
           (unsigned)(link >> 28 & 3), (unsigned)(link >> 24 & 15),
           (unsigned)(address & 0xFFFFFF));
}

static void
print_storage(const uint32_t *from, const uint32_t *to)
{
    for (; from < to; from += LINE_WORDS) {
        const unsigned char *byte = (const unsigned char *)from;
        int n = to - from < LINE_WORDS ? to - from : LINE_WORDS;

        printf("X'%06X'", (unsigned)(uintptr_t)from);
        for (int i = 0; i < LINE_WORDS; i++)
            if (i < n)
                printf(" %08X", (unsigned)from[i]);
            else
                printf("         ");
        printf("  *");
        for (int i = 0; i < n * 4; i++)
            putchar(isprint(byte[i]) ? byte[i] : '.');
        printf("*\n");
    }
}

static int
leads_on(const struct save_area *s)
{
    uint32_t back = (uint32_t)s->back;

    return back > (uint32_t)s && back % 4 == 0 && back < 0x1000000;
}

/* The function that owns s is the one that stored into s->back on entry. */
static void
print_chain(const struct save_area *s)
{
    int more = 0;

    printf("at X'%06X'\n", (unsigned)(s->r14 & 0xFFFFFF));
    for (int i = 0; i < DEPTH && leads_on(s); i++) {
        s = s->back;
        printf("in the function X'%06X', called before X'%06X'\n",
               (unsigned)(s->r15 & 0xFFFFFF), (unsigned)(s->r14 & 0xFFFFFF));
    }
    for (; leads_on(s); s = s->back)
        more++;
    if (more > 0)
        printf("and %d calls more\n", more);
    if (s->back != NULL)
        printf("the back chain leads to X'%06X': damaged\n",
               (unsigned)(uintptr_t)s->back);
}

static void
print_frames(const struct save_area *s)
{
    for (int i = 0; i < DEPTH && leads_on(s); i++, s = s->back) {
        const uint32_t *from = (const uint32_t *)s;
        const uint32_t *to = (const uint32_t *)s->back;

        printf("frame of the function X'%06X'",
               (unsigned)(s->back->r15 & 0xFFFFFF));
        if (to - from > FRAME_BYTES / 4) {
            printf(": the first %d of %d bytes", FRAME_BYTES, (to - from) * 4);
            to = from + FRAME_BYTES / 4;
        }
        printf("\n");
        print_storage(from, to);
    }
}

/* link: what BALR gave; s: the save area of the caller of __assert_fail(). */
void
__assert_dump(uint32_t link, const struct save_area *s, const char *expression,
              const char *file, int line)
{
    printf("%s:%d: assertion failed: %s\n", file, line, expression);
    print_psw(link, s->r14);
    print_registers(s);
    print_chain(s);
    print_frames(s);
    abort();
}
