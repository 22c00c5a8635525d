/* What C leaves to the implementation, as it is on this machine; none of it can
 * be compared with the host. */
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

#include "../../tests/check.h"

/* The bytes of an object. */
static const unsigned char *
bytes_of(const void *object)
{
    return object;
}

static void
test_types(void)
{
    struct s {
        char a;
        long long b;
    };

    CHECK(sizeof(short) == 2 && sizeof(int) == 4 && sizeof(long) == 4);
    CHECK(sizeof(long long) == 8 && sizeof(void *) == 4 && sizeof(bool) == 1);
    CHECK(sizeof(size_t) == 4 && (size_t)-1 > 0 && sizeof(ptrdiff_t) == 4);
    CHECK(sizeof(enum {A}) == 4 && sizeof('a') == 4);
    CHECK((char)-1 > 0 && CHAR_MAX == 255 && CHAR_MIN == 0);
    CHECK(INT_MAX + 1u == 0x80000000 && INT_MIN == -INT_MAX - 1);
    CHECK(_Alignof(long long) == 8 && offsetof(struct s, b) == 8);
    CHECK(-1 >> 1 == -1 && -7 / 2 == -3 && -7 % 2 == -1);
}

_Static_assert(__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__, "as in the headers");
_Static_assert(__STDC_NO_ATOMICS__ &&__STDC_NO_COMPLEX__ &&__STDC_NO_THREADS__
                   &&__STDC_NO_VLA__ &&__s370__,
               "what C11 has a program ask for");

static void
test_byte_order(void)
{
    static const int word = 0x01020304;
    static const short half = 0x0102;
    static const long long wide = 0x0102030405060708;
    volatile long long set = wide;

    for (int i = 0; i < 8; i++) {
        CHECK(bytes_of(&wide)[i] == i + 1);
        CHECK(bytes_of((void *)&set)[i] == i + 1);
    }
    CHECK(bytes_of(&word)[0] == 1 && bytes_of(&word)[3] == 4);
    CHECK(bytes_of(&half)[0] == 1 && bytes_of(&half)[1] == 2);
}

static void
test_bit_fields(void)
{
    union {
        struct {
            unsigned key : 4, mode : 4, length : 8, address : 16;
        } f;
        unsigned char byte[4];
    } u = {{0xA, 0x5, 0x3C, 0x1234}};
    union {
        struct {
            unsigned a : 3, : 0, b : 1, : 5, c : 2;
        } f;
        unsigned word[2];
    } v = {{5, 1, 2}};
    union {
        struct {
            unsigned a : 20, b : 20;
        } f;
        unsigned word[2];
    } w = {{0xABCDE, 0x12345}};
    static union {
        struct {
            unsigned short a : 5, b : 11;
        } f;
        unsigned short half;
    } x = {{0x15, 0x2AA}};
    static const struct {
        unsigned long long wide : 40;
    } y = {0xFFFFFFFFFF};

    CHECK(u.byte[0] == 0xA5 && u.byte[1] == 0x3C && u.byte[2] == 0x12);
    u.f.mode++;
    CHECK(u.byte[0] == 0xA6 && u.byte[3] == 0x34);
    CHECK(v.word[0] == 0xA0000000 && v.word[1] == 0x82000000);
    CHECK(w.word[0] == 0xABCDE000 && w.word[1] == 0x12345000);
    CHECK(x.half == 0xAAAA);
    CHECK(y.wide << 8 == 0xFFFFFFFFFF00);
}

static void
test_characters(void)
{
    static const char text[] = "aZ09 \n";
    static const unsigned char ebcdic[] = {0x81, 0xE9, 0xF0, 0xF9,
                                           0x40, 0x15, 0};

    CHECK('A' == 0xC1 && 'a' == 0x81 && '0' == 0xF0 && ' ' == 0x40);
    CHECK('I' == 0xC9 && 'J' == 0xD1 && 'R' == 0xD9 && 'S' == 0xE2);
    CHECK('\0' == 0 && '\x7F' == 0x7F && '\101' == 0x41 && '\'' == 0x7D);
    CHECK('\n' == 0x15 && '\t' == 0x05 && '\\' == 0xE0 && '"' == 0x7F);
    CHECK('AB' == 0xC1C2 && 'ABC' == 0xC1C2C3);
    CHECK((unsigned)'ABCD' == 0xC1C2C3C4);
    for (unsigned i = 0; i < sizeof(text); i++)
        CHECK((unsigned char)text[i] == ebcdic[i]);
    CHECK(sizeof(text) == sizeof(ebcdic));
    CHECK("\u00e9"[0] == 0x51 && '\u00e9' == 'é');
#if 'A' == 0xC1 || 'A' == 0x41
    CHECK(true);
#else
    CHECK(false);
#endif
}

/* L: wchar_t, with EBCDIC codes; u8, u and U: Unicode. */
static void
test_wide_characters(void)
{
    static const wchar_t wide[] = L"Aé\n\xFEDC";
    static const char16_t half[] = u"A\n😀";
    const void *word = U"", *halfword = u"";

    CHECK(wide[0] == 0xC1 && wide[1] == 0x51 && wide[2] == 0x15);
    CHECK(wide[3] == 0xFEDC && wide[4] == 0 && sizeof(wide) == 5 * 4);
    CHECK(L'A' == 'A' && L'\t' == '\t' && L'é' == 'é' && L'\xFFFFFFFF' == -1);
    CHECK(half[0] == 0x41 && half[1] == 0x0A && half[2] == 0xD83D);
    CHECK(bytes_of(half)[1] == 0x41 && bytes_of(&half[2])[0] == 0xD8);
    CHECK(u8"A\n"[0] == 0x41 && u8"A\n"[1] == 0x0A);
    CHECK((uintptr_t)word % 4 == 0 && (uintptr_t)halfword % 2 == 0);
}

/* Attributes. */
struct __attribute__((packed)) loose {
    char a;
    int b;
    long long c;
};
struct wide {
    char a;
    int b __attribute__((aligned(16)));
};
static __attribute__((aligned(2048))) char page[2048];
static __attribute__((unused)) int
nobody(void)
{
    return 1;
}

struct entry {
    const char *name;
    int (*call)(int);
};
#define ENTRY(f)                        \
    static const struct entry entry_##f \
        __attribute__((used, section("entries"))) = {#f, f}
static int
once(int x)
{
    return x;
}
static int
twice(int x)
{
    return 2 * x;
}
ENTRY(once);
ENTRY(twice);
static int counter __attribute__((section("counters")));
static int counter_2 __attribute__((section("counters"))) = 7;
static __attribute__((section("late"), noinline)) int
late(int x)
{
    return x + 1;
}
extern const struct entry __start_entries[], __stop_entries[];
extern char __start_late[], __stop_late[], __start_counters[],
    __stop_counters[];

static void
test_attributes(void)
{
    int sum = 0;

    CHECK(sizeof(struct loose) == 13 && offsetof(struct loose, c) == 5);
    CHECK(sizeof(struct wide) == 32 && offsetof(struct wide, b) == 16);
    CHECK((uintptr_t)page % 2048 == 0);
    CHECK(__stop_entries - __start_entries == 2);
    for (const struct entry *e = __start_entries; e < __stop_entries; e++)
        sum += e->call(10) + e->name[0];
    CHECK(sum == 30 + 'o' + 't');
    counter++;
    CHECK(late(counter) == 2 && counter_2 == 7);
    CHECK((char *)late >= __start_late && (char *)late < __stop_late);
    CHECK(__stop_counters - __start_counters == 8);
    CHECK((char *)&counter >= __start_counters);
}

/* Packed members may overlap without being one; what moves between them has
 * been read before it is written. */
struct __attribute__((packed)) at_1 {
    char c;
    int w;
};
struct __attribute__((packed)) at_3 {
    char c[3];
    struct {
        int list[2];
    } in;
};
static __attribute__((noinline)) void
shift_up(const struct at_1 *from, struct at_3 *to, const int *whole, int i)
{
    int w = from->w;

    to->in.list[0] = w;
    w = from->w;
    to->in.list[i] = w;
    w = *whole;
    ((struct at_1 *)to)->w = w;
}

static void
test_packed_overlap(void)
{
    static unsigned char b[16] __attribute__((aligned(4)));

    for (unsigned char i = 0; i < sizeof(b); i++)
        b[i] = i;
    shift_up((void *)b, (void *)b, (void *)b, 1);
    CHECK(b[0] == 0 && b[1] == 0 && b[2] == 1 && b[3] == 2 && b[4] == 1);
    CHECK(b[5] == 3 && b[6] == 4 && b[7] == 1 && b[8] == 2 && b[9] == 1);
    CHECK(b[10] == 2 && b[11] == 11);
}

/* Addresses have 24 bits, pointers 32; a null pointer is 0. */
static void
test_pointers(void)
{
    int x = 5;
    uintptr_t n = (uintptr_t)&x;

    CHECK((n & 0xFF000000) == 0 && (n | 0xAB000000) != n);
    CHECK(*(int *)(n | 0xAB000000) == 5);
    CHECK((uintptr_t)(void *)0 == 0 && (char *)16 - (char *)0 == 16);
    CHECK((int *)16 - (int *)0 == 4);
}

/* A number is the address of a location, near or far; 2 MiB and on is free. */
static void
test_locations(void)
{
    volatile struct s {
        int a;
        char b[4];
    } *far = (struct s *)0x200000;

    *(volatile int *)0x200000 = 0x01020304;
    ((volatile struct s *)0x200000)->b[2] = 9;
    CHECK(far->a == 0x01020304 && far->b[2] == 9);
    CHECK(*(volatile char *)0x200003 == 4 &&
          ((char *)0x200000)[far->b[2]] == 0);
    CHECK(*(volatile unsigned char *)0x200000 == 1);
    CHECK(*(volatile short *)(0x200000 + 2) == 0x0304);
}

int
main(void)
{
    test_types();
    test_byte_order();
    test_bit_fields();
    test_characters();
    test_wide_characters();
    test_attributes();
    test_packed_overlap();
    test_pointers();
    test_locations();
    return checks_failed;
}
