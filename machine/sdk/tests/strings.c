/*
 * strings.c - string.h and ctype.h
 */
#include "check.h"

#include <ctype.h>

static void
blocks(void)
{
    static char a[1000], b[1000];
    int i;

    for (i = 0; i < 1000; i++)
        a[i] = (char)(i * 7);
    CHECK(memcpy(b, a, 1000) == b && memcmp(a, b, 1000) == 0);
    b[999]++;
    CHECK(memcmp(a, b, 1000) < 0 && memcmp(b, a, 1000) > 0);
    CHECK(memcmp(a, b, 999) == 0 && memcmp(a, b, 0) == 0);
    CHECK(memset(b, 0xC1, 600) == b && b[0] == 0xC1 && b[599] == 0xC1);
    CHECK(b[600] == (char)(600 * 7));
    memset(b, 0, 0);
    CHECK(b[0] == 0xC1);
    CHECK(memchr("abcabc", 'c', 6) != NULL && memchr("abc", 'c', 2) == NULL);
}

/* Overlapping areas, to the left and to the right, longer than memmove()'s
 * buffer. */
static void
overlaps(void)
{
    static char a[1000];
    int i, shift;

    for (shift = -300; shift <= 300; shift += 60) {
        int wrong = 0;

        for (i = 0; i < 1000; i++)
            a[i] = (char)(i % 251);
        memmove(a + 350 + shift, a + 350, 600 - 300);
        for (i = 0; i < 300; i++)
            wrong += a[350 + shift + i] != (char)((350 + i) % 251);
        CHECK(wrong == 0);
    }
}

static void
strings(void)
{
    char s[40];

    CHECK(strlen("") == 0 && strlen("abc") == 3 && strnlen("abc", 2) == 2);
    CHECK(strcmp(strcpy(s, "one"), "one") == 0);
    CHECK(strcmp(strcat(s, "two"), "onetwo") == 0);
    CHECK(strcmp(strncat(s, "three", 2), "onetwoth") == 0);
    CHECK(strncpy(s, "ab", 4) == s && memcmp(s, "ab\0\0", 4) == 0);
    CHECK(strcmp("abc", "abd") < 0 && strcmp("abc", "ab") > 0);
    CHECK(strcmp("a", "A") < 0 && strcmp("Z", "0") < 0); /* EBCDIC's order */
    CHECK(strncmp("abcd", "abxx", 2) == 0 && strncmp("ab", "abc", 9) < 0);
    strcpy(s, "hello, world");
    CHECK(strchr(s, 'l') == s + 2 && strchr(s, 0) == s + 12);
    CHECK(strchr(s, 'z') == NULL && strrchr(s, 'l') == s + 10);
    CHECK(strstr(s, "o, w") == s + 4 && strstr(s, "lox") == NULL);
    CHECK(strspn(s, "ehl") == 4 && strcspn(s, " ,") == 5);
    CHECK(strpbrk(s, "wo") == s + 4 && strpbrk(s, "xyz") == NULL);
    CHECK(strcmp(strtok(s, " ,"), "hello") == 0);
    CHECK(strcmp(strtok(NULL, " ,"), "world") == 0);
    CHECK(strtok(NULL, " ,") == NULL);
}

/* All letters, though they are no range of codes. */
static void
classes(void)
{
    const char *small = "abcdefghijklmnopqrstuvwxyz";
    const char *large = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    int c, letters = 0, printing = 0;

    for (c = -1; c < 256; c++) {
        letters += isalpha(c) != 0;
        printing += isprint(c) != 0;
    }
    CHECK(letters == 52 && printing == 95);
    for (c = 0; c < 26; c++) {
        CHECK(islower(small[c]) && !isupper(small[c]));
        CHECK(toupper(small[c]) == large[c] && tolower(large[c]) == small[c]);
    }
    CHECK(isdigit('7') && isxdigit('f') && !isxdigit('g') && isalnum('q'));
    CHECK(isspace('\n') && isblank('\t') && iscntrl('\n') && !iscntrl(' '));
    CHECK(ispunct('^') && !ispunct('A') && toupper('1') == '1');
    CHECK('a' == 0x81 && 'Z' == 0xE9 && '\n' == 0x15);
}

int
main(void)
{
    blocks();
    overlaps();
    strings();
    classes();
    return checks_failed;
}
