/* Initializers: designators, elided braces, strings, nesting, addresses. */
#include <stdio.h>

struct point {
    int x, y;
};
struct shape {
    const char *name;
    struct point at[3];
    struct {
        unsigned char r, g, b;
    } colour;
    int *weight;
};

static int weights[] = {1, 2, [5] = 6, 7, [3] = 4};
static struct shape shapes[] = {
    {"triangle", {{1, 2}, {3, 4}, {5, 6}}, {7, 8, 9}, &weights[1]},
    {"elided", 1, 2, 3, 4, 5, 6, 7, 8, 9, weights + 6},
    [3] = {.colour = {.b = 1}, .at[1].y = 44, .at[2] = {.x = 55}},
    [2].name = "two", [2].at[0].x = 20, 21, 22,
};
static int grid[][3] = {{1}, {2, 3}, {4, 5, 6}, 7, 8};
static char names[3][6] = {"one", "three", {'x', 0}};
static char exact[3] = "abc";
static const struct point *where = &shapes[0].at[2];
static int *inside = &grid[2][1] - 1;
static unsigned long address_difference = (unsigned long)(&((struct shape *)0)->colour.g);
static union {
    int i;
    char c[8];
} u = {.c = {[1] = 1}};
static long long big = 1ll << 40, neg = -1;
static int folded = 3 * 7 - (1 ? 2 : 5) + sizeof(int) * 2 + ('b' - 'a');
static enum { RED, GREEN = 5, BLUE } colour = BLUE;

static int
local(int n)
{
    int a[6] = {n, n + 1, [4] = n * 2};
    struct shape s = {.name = "local", .at = {{n}, {.y = n}}, .weight = a};
    char text[] = "some text", empty[20] = "";
    struct point pts[] = {{1, n}, {n, 1}}, one = pts[1];
    const int lots[] = {9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
    int sum = 0;

    for (unsigned i = 0; i < sizeof a / sizeof a[0]; i++)
        sum = sum * 10 + s.weight[i];
    for (unsigned i = 0; i < sizeof lots / sizeof lots[0]; i++)
        sum += lots[i] * (int)i;
    printf("%s %d %d %d %s %d %d %d\n", s.name, s.at[0].x, s.at[1].y,
           s.at[2].x, text, (int)sizeof text, empty[7], one.x);
    return sum + (int)(sizeof pts / sizeof pts[0]);
}

int
main(void)
{
    for (unsigned i = 0; i < sizeof weights / sizeof weights[0]; i++)
        printf("%d ", weights[i]);
    printf("\n");
    for (unsigned i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        const struct shape *s = &shapes[i];

        printf("%s %d %d %d %d %d %d %d %d %d %d\n",
               s->name ? s->name : "none", s->at[0].x, s->at[0].y, s->at[1].x,
               s->at[1].y, s->at[2].x, s->at[2].y, s->colour.r, s->colour.g,
               s->colour.b, s->weight ? *s->weight : -1);
    }
    for (unsigned i = 0; i < sizeof grid / sizeof grid[0]; i++)
        printf("%d %d %d\n", grid[i][0], grid[i][1], grid[i][2]);
    printf("%s %s %s %d\n", names[0], names[1], names[2], exact[2] == 'c');
    printf("%d %d %d\n", where->x, *inside, (int)address_difference);
    printf("%d %d\n", u.c[0], u.c[1]);
    printf("%lld %lld %d %d %d\n", big, neg, folded, colour, GREEN);
    printf("%d\n", local(3));
    printf("%d\n", local(-7));
    return 0;
}
