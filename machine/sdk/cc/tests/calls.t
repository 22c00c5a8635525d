# Torture of the calling conventions: structures of 1 to 40 bytes as arguments
# and results, numbers of every size around them, variable argument lists,
# callbacks, recursion.
use strict;
use warnings;
use lib 'machine/sdk/cc/tests';
use Batch;
use Test::More;

my @rows;

for my $n (1 .. 40) {
    push @rows, ["structure of $n bytes", <<"END", <<"BODY"];
struct s { unsigned char b[$n]; };
static struct s make(int seed)
{
    struct s r;
    for (int i = 0; i < $n; i++) r.b[i] = seed * 7 + i;
    return r;
}
static int sum(struct s x)
{
    int t = 0;
    for (int i = 0; i < $n; i++) t = t * 3 + x.b[i];
    x.b[0] = 99;
    return t;
}
static struct s mix(char c, struct s x, long long w, struct s y, short h)
{
    for (int i = 0; i < $n; i++) x.b[i] ^= y.b[$n - 1 - i] + c + (int)(w >> 33);
    x.b[$n - 1] += h;
    return x;
}
static struct s twice(struct s (*f)(int), int seed)
{
    struct s a = f(seed), b = f(seed + 1);
    return mix(1, a, 1LL << 40, b, 2);
}
static int variable(int n, ...)
{
    int t = 0;
    va_list ap;
    va_start(ap, n);
    while (n-- > 0) {
        struct s x = va_arg(ap, struct s);
        t = t * 5 + sum(x) + (int)va_arg(ap, long long) + va_arg(ap, int);
    }
    va_end(ap);
    return t;
}
END
struct s a = make(3), b, list[3];
OUT(sum(a)); OUT(sum(a)); OUT(sum(make(4)));
b = mix(-2, a, 0x123456789aLL, make(9), -5);
OUT(sum(b)); OUT(sum(mix(0, b, -1, b, 0)));
OUT(sum(twice(make, 20)));
list[1] = twice(make, 5); list[0] = list[2] = list[1];
OUT(sum(list[0]) - sum(list[2]));
OUT(variable(2, a, 5LL, 6, b, -7LL << 20, 8));
OUT(make(50).b[$n / 2]);
a = (struct s){{1}}; OUT(sum(a)); OUT(sum(b = a)); OUT(a.b[0]);
BODY
}

my @types = ('signed char', 'unsigned char', 'short', 'unsigned short', 'int',
    'unsigned', 'long long', 'unsigned long long', 'bool', 'char *');
for my $t (@types) {
    my $value = $t =~ /\*/ ? '(char *)0 + ' : '';
    push @rows, ["arguments and results of type $t", <<"END", <<"BODY"];
static __attribute__((noinline)) $t same($t x) { return x; }
static $t tiny($t x) { return x; }
static $t second(int a, $t x, int b, $t y) { return a > b ? x : y; }
static $t through($t (*f)($t), $t x) { return f(x); }
static $t many($t a, $t b, $t c, $t d, $t e, $t f, $t g, $t h)
{
    return a ? b ? c ? d : e : f : g ? h : a;
}
static $t recursive(int n, $t x) { return n == 0 ? x : recursive(n - 1, x); }
END
for (int i = -3; i < 400; i += 50) {
    $t v = ($t)($value i);
    OUT((long)same(v)); OUT((long)tiny(v)); OUT((long)second(i, v, 7, 0));
    OUT((long)through(same, v)); OUT((long)through(tiny, v));
    OUT((long)many(v, v, v, v, 0, 0, 0, 0));
    OUT((long)many(0, v, v, v, v, v, v, v));
    OUT((long)recursive(9, v));
}
BODY
}
for my $t ('int', 'unsigned', 'long long', 'unsigned long long') {
    for my $before (0 .. 4) {
        my $fixed = join ', ', map { "int f$_" } 0 .. $before;
        my $given = join ', ', map { 10 + $_ } 0 .. $before;
        push @rows, ["$t in a variable list behind " . ($before + 1), <<"END",
static int vsum(int n, va_list ap)
{
    $t t = 0;
    while (n-- > 0) { t = t * 3 + va_arg(ap, $t); t += va_arg(ap, int); }
    return (int)(t >> 3) + (int)t;
}
static int sum($fixed, ...)
{
    va_list ap, copy;
    int r;
    va_start(ap, f$before);
    va_copy(copy, ap);
    r = vsum(3, ap) + 5 * vsum(2, copy) + f0;
    va_end(copy);
    va_end(ap);
    return r;
}
END
            "OUT(sum($given, ($t)-1, 2, ($t)1 << 31, -4, ($t)77, 6));"];
    }
}

my @special = (
    ['results that are kept far up in the frame', <<'END', <<'BODY'],
struct s { char b[4200]; };
static __attribute__((noinline)) int last(struct s x) { return x.b[4199]; }
static __attribute__((noinline)) int odd(int x) { return 2 * x + 1; }
static __attribute__((noinline)) long long wide(int x) { return x * 5LL << 20; }
END
struct s x = {.b[4199] = 7};
int a = odd(1), b = odd(2), c = odd(3), d = odd(4), e = odd(5), f = odd(6);
int g = odd(a), h = odd(b), i = odd(c), j = odd(d), k = odd(e), l = odd(f);
long long m = wide(a), n = wide(b), o = m * n, p = o >> a, q = o / a;
int r = g / a, s = h % b, t = i << c, u = -j, v = k * l, w = x.b[a + 4196];
OUT(last(x)); OUT(a + b + c + d + e + f); OUT(g); OUT(h); OUT(i); OUT(j);
OUT(k); OUT(l); OUT(m); OUT(n); OUT(o); OUT(p); OUT(q); OUT(r); OUT(s); OUT(t);
OUT(u); OUT(v); OUT(w); OUT(m > n ? a : b); OUT(g < h); OUT(odd(odd(last(x))));
BODY
    ['callbacks with a context', <<'END', <<'BODY'],
static void each(const int *a, int n, void (*f)(void *, int), void *arg)
{ for (int i = 0; i < n; i++) f(arg, a[i]); }
static void add(void *arg, int x) { *(long long *)arg += (long long)x << 20; }
static void last(void *arg, int x) { *(int *)arg = x; }
END
int a[] = {3, 1, 4, 1, 5}; long long s = 1; int l = 0;
each(a, 5, add, &s); each(a, 5, last, &l); OUT(s); OUT(l);
BODY
    ['a table of functions', <<'END', <<'BODY'],
static int plus(int a, int b) { return a + b; }
static int minus(int a, int b) { return a - b; }
static int times(int a, int b) { return a * b; }
static int (*const table[])(int, int) = {plus, minus, times, plus};
static int (*choose(int i))(int, int) { return table[i]; }
END
for (int i = 0; i < 4; i++) { OUT(table[i](7, 3)); OUT((*choose(i))(9, 2)); }
BODY
    ['mutual recursion', <<'END', 'OUT(even(20)); OUT(odd(20)); OUT(odd(7));'],
static int odd(int n);
static int even(int n) { return n == 0 ? 1 : odd(n - 1); }
static int odd(int n) { return n == 0 ? 0 : even(n - 1); }
END
    ['Ackermann', 'static int a(int m, int n) { return m == 0 ? n + 1 :'
        . ' n == 0 ? a(m - 1, 1) : a(m - 1, a(m, n - 1)); }', 'OUT(a(2, 5));'],
    ['Hanoi', 'static int moves; static void move(int n, int a, int b, int c)'
        . ' { if (n > 0) { move(n - 1, a, c, b); moves += a * 3 + b;'
        . ' move(n - 1, c, b, a); } }', 'move(7, 1, 2, 3); OUT(moves);'],
    ['arguments that are calls', 'static int f(int a, int b, int c)'
        . ' { return a * 100 + b * 10 + c; }',
        'OUT(f(f(1, 2, 3), f(4, f(5, 6, 7), 8), f(9, 0, f(1, 1, 1))));'],
    ['the address of a parameter', 'static void set(int *p) { *p += 5; }'
        . ' static int f(char c, int a, long long w) { set(&a); char *q = &c;'
        . ' long long *r = &w; *q += 1; *r *= 3; return a + c + (int)w; }',
        'OUT(f(1, 2, 3)); OUT(f(200, -2, 1LL << 31));'],
    ['a parameter that is changed', 'static int f(int n) { int t = 0; while'
        . ' (n > 0) t += n--; return t; }', 'int n = 9; OUT(f(n)); OUT(n);'],
    ['results that nobody uses', 'static int count; static int f(void) { return'
        . ' ++count; } static struct s { int a[5]; } g(void) { count++; return'
        . ' (struct s){{1}}; }', 'f(); (void)f(); g(); f(), g(); OUT(count);'],
    ['a structure behind 4 KiB of others', 'struct s { char x[100]; };'
        . ' struct far { char a[4090]; struct s b, c; }; static struct far far;'
        . ' static struct s g, h; static __attribute__((noinline)) void'
        . ' f(struct far p) { g = p.b; h = p.c; }', 'far.b.x[3] = 7;'
        . ' far.c.x[5] = 9; f(far); OUT(g.x[3]); OUT(h.x[5]);'],
    ['an old definition', 'static int f(a, b, c) char a; int b[]; short c;'
        . ' { return a + b[1] + c; }', 'int v[] = {1, 2}; OUT(f(3, v, 4));'],
    ['inline functions in loops', 'static inline int sq(int x) { int r = 0;'
        . ' for (int i = 0; i < x; i++) r += x; return r; }',
        'int t = 0; for (int i = 0; i < 9; i++) t += sq(i) - sq(i / 2);'
        . ' OUT(t);'],
    ['an inline function that returns early', 'static inline int f(int a, int *p)'
        . ' { if (a < 0) return -1; if (a > 9) { *p = a; return 1; } *p += a;'
        . ' return 0; }', 'int v = 1; for (int i = -2; i < 13; i += 3) {'
        . ' OUT(f(i, &v)); OUT(v); }'],
);
programs(@rows, @special);
done_testing;
