/* Bit-fields: widths, signs, neighbours, promotion, assignment values. */
#include <stdio.h>

struct flags {
    unsigned a : 1, b : 3;
    int c : 5;
    unsigned d : 13;
    signed int e : 1;
    unsigned f : 9;
};
struct wide {
    unsigned long long x : 40;
    long long y : 20;
    unsigned z : 32;
    unsigned : 0;
    unsigned char k : 4, l : 4;
    unsigned short m : 9;
    _Bool n : 1;
};
static struct flags g = {1, 5, -9, 4000, -1, 300};
static const struct wide w = {0x123456789aull, -3, 0xfffffff0, 3, 9, 300, 1};

static void
show(const struct flags *f)
{
    printf("%u %u %d %u %d %u\n", f->a, f->b, f->c, f->d, f->e, f->f);
}

int
main(void)
{
    struct flags f = {0}, *p = &f;
    struct wide x = w;
    int i, n;

    show(&g);
    for (i = 0; i < 20; i++) {
        n = p->b = (unsigned)i & 15;
        n += p->c = i * 3 - 20;
        n += (int)(p->d += 1000u);
        p->e = i & 1 ? -1 : 0;
        p->f ^= 0x155u + (unsigned)i;
        p->a = !p->a;
        if (i % 7 == 0) {
            show(p);
            printf("%d\n", n);
        }
    }
    p->b++;
    p->b--;
    ++p->c;
    printf("%u %d %d\n", p->b++, p->c--, -p->b < 0);
    show(p);
    printf("%x%08x %d %u %u %u %u %d\n", (unsigned)(x.x >> 32), (unsigned)x.x,
           (int)x.y, x.z, x.k, x.l, x.m, x.n);
    x.x += 0xff00000000ull;
    x.y = -524288;
    x.y--;
    x.k = 17;
    x.l -= 10;
    x.m *= 2;
    x.n = 4;
    printf("%x%08x %d %u %u %u %u %d\n", (unsigned)(x.x >> 32), (unsigned)x.x,
           (int)x.y, x.z, x.k, x.l, x.m, x.n);
    if (x.n && !f.a && f.b)
        printf("tested\n");
    while (f.d > 100)
        f.d -= 97;
    printf("%u\n", f.d);
    return 0;
}
