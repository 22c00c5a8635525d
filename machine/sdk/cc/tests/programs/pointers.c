/* Pointers: arithmetic, to functions, to pointers, to rows; linked lists. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct node {
    struct node *next;
    int value;
};
typedef int (*operation)(int, int);

static int
add(int a, int b)
{
    return a + b;
}
static int
sub(int a, int b)
{
    return a - b;
}
static operation table[] = {add, sub, &add};
static operation
choose(int which)
{
    return table[which % 3];
}
static int
apply(operation op, int n, const int *v)
{
    int r = *v++;

    while (--n > 0)
        r = (*op)(r, *v++);
    return r;
}

static int matrix[4][5];
static int *const middle = &matrix[2][2];
static const char *words[] = {"zero", "one", "two", "three", NULL};
static char text[] = "hello";
static struct node pool[20];

static int
compare(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;

    return (x > y) - (x < y);
}

static void
set(int **p, int *to)
{
    *p = to;
    **p += 1000;
}

int
main(void)
{
    int v[] = {5, 3, 9, -4, 12, 0, 7}, *p, *q, i, sum;
    int(*row)[5] = matrix;
    struct node *list = NULL, **link, *n;
    const char **w;
    char *s;
    ptrdiff_t d;

    for (i = 0; i < 20; i++)
        ((int *)matrix)[i] = i;
    row++;
    printf("%d %d %d\n", (*row)[2], row[1][0], *(*(matrix + 3) + 4));
    printf("%d %d %d\n", middle[0], middle[-3], *(middle + 4));
    printf("%d %d\n", apply(choose(0), 7, v), apply(choose(1), 7, v));
    p = v;
    q = &v[6];
    d = q - p;
    printf("%d %d %d\n", (int)d, p < q, q[-2]);
    printf("%d\n", *--q);
    set(&p, v + 3);
    printf("%d %d\n", *p, p == &v[3]);
    qsort(v, 7, sizeof v[0], compare);
    for (i = 0; i < 7; i++)
        printf("%d ", v[i]);
    printf("\n");
    for (i = 0; i < 20; i++) {
        n = &pool[i];
        n->value = (i * 7) % 20;
        for (link = &list; *link != NULL && (*link)->value < n->value;
             link = &(*link)->next)
            ;
        n->next = *link;
        *link = n;
    }
    for (sum = 0, n = list; n != NULL; n = n->next)
        sum = sum * 3 + n->value;
    printf("%d\n", sum);
    for (w = words; *w; w++)
        printf("%s(%d) ", *w, (int)strlen(*w));
    printf("\n");
    for (s = text; *s != 0; s++)
        ;
    printf("%d %s\n", (int)(s - text), text + 2);
    printf("%d\n", (int)(&pool[13] - pool));
    p = NULL;
    printf("%d %d\n", !p, p == 0 || *p);
    {
        unsigned char bytes[4] = {1, 2, 3, 4}, *b = bytes + 4;
        unsigned long u = 0;

        while (b-- > bytes)
            u = u << 8 | *b;
        printf("%lx\n", u);
    }
    return 0;
}
