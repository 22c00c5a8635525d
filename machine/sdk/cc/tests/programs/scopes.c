/* Scopes, static locals, shadowing, typedefs, enumerations, _Generic,
 * compound literals, names that mean something to the assembler. */
#include <stdio.h>

typedef unsigned char byte;
typedef struct list list;
struct list {
    list *list;
    byte byte;
};
enum suit { CLUBS, DIAMONDS = 10, HEARTS, SPADES = -1 };
_Static_assert(HEARTS == 11, "one more than the one before");
_Static_assert(sizeof(long) == 4 && sizeof(void *) == 4, "ILP32");

#define KIND(x)                                                              \
    _Generic((x), int: "int", unsigned: "unsigned", char *: "string",        \
             const char *: "const string", long long: "wide",                \
             default: "other")

int x = 1;
static int counter(void);
extern int later;

/* Names of instructions, registers and assembler directives. */
int R1 = 1, st = 2, equ = 3, db = 4, eax = 5, section = 6, times = 7, MVC = 8;
static int
push(int lr)
{
    return lr + 1;
}
int
bal(int mov)
{
    return push(mov) * 2;
}

static int
counter(void)
{
    static int n = 10;
    static int calls;

    calls++;
    {
        static int n = 100;

        n += calls;
        x += n;
    }
    return n++;
}

static inline int
twice(int v)
{
    return 2 * v;
}

static int
shadow(int x)
{
    int y = x;
    {
        int x = y * 2;
        for (int y = 0; y < 3; y++)
            x += y;
        y = x;
    }
    return x * 1000 + y;
}

static const char *
where(void)
{
    return __func__;
}

int
main(void)
{
    list one = {NULL, 1}, two = {&one, 2};
    enum suit s = SPADES;
    int *p = (int[]){1, 2, 3}, i;
    const char *name = "n";

    for (i = 0; i < 2; i++) {
        int c = counter();

        printf("%d %d\n", c, x);
    }
    printf("%d %d %d\n", shadow(5), later, twice(later));
    printf("%d %d %d\n", two.list->byte, s, DIAMONDS);
    printf("%s %s %s %s %s\n", KIND(1), KIND(1u), KIND("x"), KIND(name),
           KIND(1ll));
    printf("%s\n", KIND((byte)1));
    printf("%d\n", p[0] + p[1] * p[2]);
    printf("%s\n", where());
    printf("%d %d\n", bal(3), R1 + st + equ + db + eax + section + times + MVC);
    for (i = 0; i < 3; i++) {
        int *q = &(int){i};
        struct {
            int v;
        } anonymous = {*q + 1};

        ++*q;
        printf("%d ", anonymous.v * *q);
    }
    printf("\n");
    {
        typedef int x;
        x y = sizeof(x);

        printf("%d\n", y);
    }
    printf("%d\n", (int)sizeof(int[3][4]) + (int)_Alignof(short));
    return 0;
}
int later = 7;
