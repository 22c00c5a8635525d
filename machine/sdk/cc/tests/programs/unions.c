/* Aliasing through unions and characters, where byte order does not show. */
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

union value {
    uint32_t word;
    uint8_t byte[4];
    struct {
        uint16_t first, second;
    } half;
    void *pointer;
};

static jmp_buf place;
static volatile int progress;

static void
dive(int n)
{
    char buffer[64];

    memset(buffer, n, sizeof buffer);
    progress += buffer[n];
    if (n == 0)
        longjmp(place, 5);
    dive(n - 1);
}

static void
reverse(void *object, size_t n)
{
    unsigned char *p = object, *q = p + n;

    while (p < --q) {
        unsigned char t = *p;

        *p++ = *q;
        *q = t;
    }
}

int
main(void)
{
    union value v, w;
    uint32_t words[6] = {1, 2, 3, 4, 5, 6}, copy[6];
    struct {
        uint8_t a;
        uint32_t b __attribute__((packed));
        uint16_t c;
    } __attribute__((packed)) packed = {1, 0x02020202, 0x0303};
    int n;

    v.word = 0x5a5a5a5a;
    w = v;
    w.byte[2] = 0x11;
    printf("%d %d %x\n", v.byte[3], w.half.first == v.half.first,
           (unsigned)(v.word ^ w.word) & 0x4b4b4b4b ? 1u : 0u);
    reverse(words, sizeof words);
    reverse(words, sizeof words);
    memcpy(copy, words, sizeof copy);
    memset(words + 1, 0, 8);
    memmove(copy + 1, copy, 12);
    for (n = 0; n < 6; n++)
        printf("%u:%u ", (unsigned)words[n], (unsigned)copy[n]);
    printf("\n%d %x %x\n", (int)sizeof packed, (unsigned)packed.b, packed.c);
    packed.b++;
    packed.c += 0x100;
    printf("%d %x %x\n", memcmp(&packed, &packed, sizeof packed),
           (unsigned)packed.b, packed.c);
    n = setjmp(place);
    if (n == 0)
        dive(5);
    printf("%d %d\n", n, progress);
    return 0;
}
