/* Structures and unions: copies, arguments, results, nesting, arrays. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct tiny {
    char c[3];
};
struct pair {
    int a, b;
};
struct mixed {
    char tag;
    short s;
    struct pair p[2];
    long long w;
    union {
        int i;
        struct pair q;
    };
    struct {
        short x, y;
    } named;
};
struct big {
    int n[300];
};
struct flexible {
    int n;
    short item[];
};

static struct flexible some = {3, {10, 20, 30}};
static struct mixed global = {.tag = 7, .p = {[1] = {3, 4}}, .w = -9, .q.b = 5};

static struct tiny
tiny_make(int x)
{
    struct tiny t = {{(char)x, (char)(x + 1), (char)(x + 2)}};

    return t;
}

static int
tiny_sum(struct tiny t, int more, struct tiny u)
{
    t.c[0]++;
    return t.c[0] + t.c[1] + t.c[2] + more + u.c[1];
}

static struct pair
swap(struct pair p)
{
    return (struct pair){p.b, p.a};
}

static struct mixed
change(struct mixed m, int by)
{
    m.p[0].a += by;
    m.named.y = (short)by;
    m.w *= by;
    return m;
}

static struct big
fill(int seed)
{
    struct big b;

    for (int i = 0; i < 300; i++)
        b.n[i] = seed + i * i;
    return b;
}

static long
total(struct big b, const struct big *p)
{
    long sum = 0;

    for (int i = 0; i < 300; i++)
        sum += b.n[i] - 2 * p->n[299 - i];
    return sum;
}

static void
show(const char *what, const struct mixed *m)
{
    printf("%s %d %d %d %d %d %d %lld %d %d %d %d\n", what, m->tag, m->s,
           m->p[0].a, m->p[0].b, m->p[1].a, m->p[1].b, m->w, m->q.a, m->q.b,
           m->named.x, m->named.y);
}

int
main(void)
{
    struct mixed m = global, *pm = &m, array[3] = {[2] = {.s = 2}};
    struct pair p = {1, 2}, q;
    struct big b = fill(5), c;
    int i = 0;

    show("global", &global);
    pm->named.x = 11;
    m = change(m, 3);
    show("changed", pm);
    array[1] = change(change(*pm, 2), -1);
    array[0] = array[2];
    for (i = 0; i < 3; i++)
        show("array", &array[i]);
    q = swap(p);
    printf("%d %d %d\n", q.a, q.b, swap(swap(q)).b);
    p = i > 2 ? q : p;
    q = (p.a++, p);
    printf("%d %d %d %d\n", p.a, p.b, q.a, q.b);
    printf("%d\n", tiny_sum(tiny_make(10), 100, tiny_make(i)));
    c = b;
    c.n[7] = -1;
    printf("%ld %ld\n", total(b, &c), total(c, &b));
    printf("%d %d %d\n", some.n, some.item[0], some.item[2]);
    printf("%d %d\n", (int)offsetof(struct mixed, p[1].b),
           (int)offsetof(struct mixed, named.y));
    printf("%d %d %d\n", (int)sizeof(struct tiny), (int)sizeof(struct pair),
           (int)sizeof(struct big));
    p = *&(struct pair){.b = 9};
    printf("%d %d\n", p.a, p.b);
    {
        struct pair *list[] = {&p, &q, &(struct pair){100, 200}};
        int sum = 0;

        for (i = 0; i < 3; i++)
            sum += list[i]->a * (i + 1) + (*list[i]).b;
        printf("%d\n", sum);
    }
    return 0;
}
