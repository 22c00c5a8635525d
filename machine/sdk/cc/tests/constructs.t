# A small program for each construct of the language.
use strict;
use warnings;
use lib 'machine/sdk/cc/tests';
use Batch;
use Test::More;

# name | outside of the function | body
my @rows = map { [split /\s*\|\|\s*/, $_, 3] } grep { /\S/ && !/^#/ }
    split /\n/, <<'END';
# Declarations
designated members || struct s { int a, b; struct { int c, d; } e; }; || struct s x = {.b = 2, .e.d = 4, .e = {.c = 5}}; OUT(x.a); OUT(x.b); OUT(x.e.c);
designated elements || static int a[] = {[5] = 1, 2, [1] = 7, [0] = 9}; || for (unsigned i = 0; i < sizeof(a) / sizeof(a[0]); i++) OUT(a[i]);
designated in between || struct s { int a[4]; int b; }; || struct s x[2] = {[1].a[2] = 3, 4, 5, [0] = {{1}, 2}}; for (int i = 0; i < 4; i++) { OUT(x[0].a[i]); OUT(x[1].a[i]); } OUT(x[0].b); OUT(x[1].b);
braces left out || static int m[2][3] = {1, 2, 3, 4}; struct s { int a[2], b; }; || struct s x[] = {1, 2, 3, 4, 5}; OUT(m[1][0]); OUT(m[1][2]); OUT(sizeof(x) / sizeof(x[0])); OUT(x[1].a[1]); OUT(x[1].b);
strings as arrays || static char a[] = "abc", b[2] = "xy", c[5] = {"z"}; || OUT(sizeof(a)); OUT(a[1] - a[0]); OUT(b[1] - b[0]); OUT(c[1]); OUT(strlen("a" "b" "c"));
compound literals || struct p { int x, y; }; static int f(struct p *p) { return p->x * p->y; } || OUT(f(&(struct p){3, 4})); int *q = (int[]){5, 6, 7}; q[1]++; OUT(q[0] + q[1]); OUT((struct p){.y = 8}.y); OUT(sizeof((char[]){"four"}));
compound literal in a loop || || int t = 0; for (int i = 0; i < 4; i++) { int *p = &(int){i * 2}; *p += 1; t += *p; } OUT(t);
compound literal outside || static int *p = (int[]){4, 5}; || OUT(p[0] + p[1]); p[0] = 9; OUT(p[0]);
flexible array || struct f { int n; short a[]; }; static union { struct f f; char b[20]; } u; || struct f *p = &u.f; p->n = 3; for (int i = 0; i < 3; i++) p->a[i] = i * 5; OUT(p->a[2]); OUT(sizeof(struct f)); OUT(offsetof(struct f, a));
anonymous members || struct s { int a; union { int b; struct { short c, d; }; }; int e; }; || struct s x = {1, {2}, 3}; OUT(x.a + x.b + x.e); x.c = 0; x.d = 5; OUT(x.d); OUT(offsetof(struct s, e));
nested structures || struct a { struct b { int c; } b; struct b *p; }; || struct a x = {{3}, &x.b}; struct b y = x.b; x.p->c++; OUT(x.b.c); OUT(y.c);
recursive structures || struct n { int v; struct n *next; }; || struct n c = {3, 0}, b = {2, &c}, a = {1, &b}; int t = 0; for (struct n *p = &a; p; p = p->next) t = t * 10 + p->v; OUT(t); OUT(a.next->next->v);
mutual structures || struct b; struct a { struct b *b; int v; }; struct b { struct a *a; int v; }; || struct a x; struct b y = {&x, 1}; x.b = &y; x.v = 2; OUT(x.b->a->v); OUT(y.a->b->v);
unions || union u { int i; unsigned j; struct { int k, l; } s; }; || union u x = {.s = {7, 8}}; OUT(x.i); x.j = 9; OUT(x.s.k); OUT(x.s.l); OUT(sizeof(x));
enumerations || enum e { A, B = 5, C, D = -2, E }; || enum e x = C; OUT(x); OUT(A + B + C + D + E); OUT(sizeof(x)); switch (x) { case C: OUT(1); default: OUT(2); }
typedefs || typedef int I, *P, F(int), A[3]; static F f; static int f(int x) { return x + 1; } || I i = 3; P p = &i; A a = {1, 2, 3}; F *g = f; OUT(*p + a[1] + g(4)); { int I = 7; OUT(I); }
a typedef hidden || typedef int T; || T T = 3; OUT(T * 2); { long long T = 4; OUT(sizeof T); }
const and volatile || static const int c = 5; static volatile int v; || const int *p = &c; int const *const q = p; v = *q; v++; OUT(v); OUT(c);
static in functions || static int f(void) { static int n = 10; static int m; return n++ + ++m; } || f(); f(); OUT(f());
extern in a block || int shared_by_blocks = 6; || { extern int shared_by_blocks; OUT(shared_by_blocks); shared_by_blocks = 3; } OUT(shared_by_blocks);
tentative definitions || static int t1; static int t1; static int t1 = 4; || OUT(t1);
alignment || struct s { char a; _Alignas(8) char b; }; static _Alignas(16) char z[3]; || OUT(sizeof(struct s)); OUT(_Alignof(struct s)); OUT((uintptr_t)z % 16); OUT(_Alignof(int));
packed structures || struct __attribute__((packed)) p { char a; int b; short c; }; || struct p x = {1, 0x12345678, -2}; OUT(sizeof(x)); OUT(x.b); OUT(x.c); x.b++; OUT(x.b); OUT(offsetof(struct p, c));
aligned types || struct __attribute__((aligned(32))) a { int x; }; static struct a v[2]; || OUT(sizeof(v)); OUT((uintptr_t)&v[1] % 32);
static assertions || _Static_assert(sizeof(int) == 4, "int"); struct s { int a; _Static_assert(1, ""); }; || _Static_assert(1 + 1 == 2, "sum"); OUT(sizeof(struct s));
complicated declarators || static int f(int x) { return x * 2; } static int (*g(void))(int) { return f; } static int (*(*h)(void))(int) = g; static int (*a[2])(int) = {f, f}; || OUT(g()(3)); OUT(h()(4)); OUT((*a[1])(5)); int m[2][3], (*p)[3] = m; p[1][2] = 6; OUT(m[1][2]); OUT(sizeof(*p));
arrays of arrays || static short m[3][4][5]; || short (*p)[4][5] = m; m[2][3][4] = 9; OUT(p[2][3][4]); OUT(sizeof(m)); OUT(sizeof(m[0])); OUT(&m[1] - &m[0]); OUT((char *)&m[1][1] - (char *)m);
array parameters || static int f(int a[const 3], int b[][2], int n[static 1]) { return a[1] + b[1][1] + n[0] + (int)sizeof(a); } || int x[3] = {1, 2, 3}, y[2][2] = {{1, 2}, {3, 4}}; OUT(f(x, y, x));
_Generic || #define K(x) _Generic((x), int: 1, unsigned: 2, char *: 3, const char *: 4, long long: 5, default: 6) || const char *s = 0; OUT(K(1)); OUT(K(1u)); OUT(K("a")); OUT(K(s)); OUT(K(1LL)); OUT(K((char)1)); OUT(K((short)1 + 1));
_Bool || static _Bool f(int x) { return x; } struct b { _Bool x : 1; }; || OUT(f(256)); OUT((_Bool)0x100000000LL); _Bool b = 5; b++; OUT(b); b--; OUT(b); struct b y = {4}; OUT(y.x); b = &y; OUT(b); b += 7; OUT(b);
__func__ || static unsigned f(void) { return strlen(__func__) + sizeof(__func__); } || OUT(f());
# Expressions
comma and conditions || || int a = 1, b; b = (a++, a + 5); OUT(b); OUT(a > 1 ? b > 9 ? 1 : 2 : 3); OUT((a, b));
short circuit || static int n; static int f(int r) { n++; return r; } || OUT(f(0) && f(1)); OUT(n); OUT(f(1) || f(0)); OUT(n); OUT(f(1) && f(0) || f(7)); OUT(n); OUT(!(f(0) || f(0)) && f(1)); OUT(n);
conditions of structures || struct s { int a, b; }; || struct s x = {1, 2}, y = {3, 4}; int c = 1; OUT((c ? x : y).b); OUT((c - 1 ? x : y).a); struct s z = c ? y : x; OUT(z.b);
conditions of pointers || || int x = 3, *p = &x; OUT((p ? p : 0) == p); OUT(*(1 ? p : (void *)0)); void *v = p; OUT(*(int *)(v ? v : p));
chained assignments || struct s { int a; }; || int a, b, c; a = b = c = 5; a += b -= c *= 2; OUT(a); OUT(b); OUT(c); struct s x, y, z = {8}; x = y = z; OUT(x.a); char d; int e = d = 300; OUT(e);
sizeof || static int n; || int a[5]; OUT(sizeof a); OUT(sizeof(a[0])); OUT(sizeof(char)); OUT(sizeof 'a'); OUT(sizeof("abc")); OUT(sizeof(1LL + 1)); OUT(sizeof(int (*)[3])); OUT(sizeof(n++)); OUT(n);
integer constants || || OUT(0x7fffffff); OUT(0xffffffff); OUT(2147483648); OUT(0777); OUT(1u - 2 > 0); OUT(-1L); OUT(0xffffffffffffffffull >> 1); OUT(sizeof(4294967296)); OUT(1ull << 40); OUT(-2147483647 - 1);
escape sequences || || OUT('\0'); OUT('\x41'); OUT('\101'); OUT("\x01\2\3"[1]); OUT(sizeof("\0\0")); OUT('\'' == "'"[0]); OUT('\\' == "\\"[0]); OUT('\?' == '?');
characters of a word || || OUT('ab' == ('a' << 8 | 'b')); OUT('abcd' == (int)((unsigned)'a' << 24 | 'b' << 16 | 'c' << 8 | 'd'));
order of members || struct s { char a; short b; char c; long long d; char e; }; || OUT(offsetof(struct s, b)); OUT(offsetof(struct s, c)); OUT(offsetof(struct s, d)); OUT(sizeof(struct s));
address arithmetic || static int a[10]; static int *const end = &a[10], *mid = a + 5; static char *c = (char *)&a[2] + 1; || OUT(end - a); OUT(mid - a); OUT(c - (char *)a); OUT(&a[3] > &a[2]); OUT(end[-1]); OUT((mid - 2) == &a[3]);
address of members || static struct s { int a; struct { int b[3]; } c[2]; } x; static int *p = &x.c[1].b[2]; || *p = 5; OUT(x.c[1].b[2]); OUT((char *)p - (char *)&x);
halfword operands || static __attribute__((noinline)) int f(short *p, int x) { return x * *p + (x < p[1]); } static short t[2] = {-7, 30000}; || OUT(f(t, 5)); OUT(f(t + 1, -3)); OUT(f(t, 29999)); OUT(f(t, 30000));
addresses in front || static __attribute__((noinline)) char *f(char *p, int i) { return p + i - 1; } static __attribute__((noinline)) int *g(int i, int *p) { return &p[i] - 50; } static char c[9]; static int a[99]; || OUT(f(c, 5) - c); OUT(g(70, a) - a); OUT(f(c, 1) == c);
casts || || OUT((char)300); OUT((signed char)200); OUT((short)70000); OUT((unsigned char)-1); OUT((int)0x123456789LL); OUT((unsigned long long)-1 >> 60); OUT((long long)(unsigned)-1); OUT((long long)(int)0x80000000u);
null pointers || || int *p = 0; void *v = NULL; OUT(p == 0); OUT(!p); OUT(v == p); OUT(p ? 1 : 2); char *q = (void *)0; OUT(q == NULL);
builtins || struct s { int a; char b[4]; }; || OUT(__builtin_offsetof(struct s, b)); OUT(__builtin_offsetof(struct s, b[2])); OUT(__builtin_expect(5, 1)); int x = 1; if (x) OUT(2); else __builtin_unreachable();
constant expressions || enum { A = 5 > 3 ? 7 : 1 / 1, B = sizeof(int[A]), C = -5 / 2, D = -5 % 3, E = 1 << 3 | 2, F = !0 + ~0 }; static int a[A + (B == 28)]; || OUT(A); OUT(B); OUT(C); OUT(D); OUT(E); OUT(F); OUT(sizeof(a));
# Statements
rows of arrays in loops || static int m[7][9]; static int sum(int n, int k) { int t = 0; for (int i = 0; i < n; i++) { for (int j = 0; j < k; j++) { m[i][j] += i * 3 - j; t += m[i][j] * (n * 5) + (k << 3); } k -= i & 1; } return t; } || OUT(sum(7, 9)); OUT(sum(3, 0)); OUT(sum(0, 5)); OUT(sum(7, 2)); OUT(m[6][1]);
what a loop sets at times || static int f(int n, int y) { int x = 1, t = 0; for (int i = 0; i < n; i++) { for (int j = 0; j < 3; j++) { if (i == 0 && j == 1) x = y * 160; t += x - (y << 2); } y += 7; } return t; } || OUT(f(4, 2)); OUT(f(0, 2)); OUT(f(1, -9));
what a loop sets late || static int f(int n) { int a = n, b = 5, t = 0; while (n-- > 0) { t += a * 13 + (b >> 1); if (n % 3 == 1) a = t; b += n; } return t + a * 13; } || OUT(f(10)); OUT(f(1)); OUT(f(0));
loops that are entered in the middle || static int f(int n, int a, int k) { int t = 0; switch (n & 3) { case 3: do { t += a * 37; case 2: t += (a << 2) + k; case 1: k += a * 37; default: ; } while (--n > 0); } return t + k; } || for (int i = 1; i < 9; i++) OUT(f(i, i + 2, 3)); int n = 3, x = 4, t = 0; if (x > 2) goto in; for (; n > 0; n--) { t += x * 11; in: t -= x * 3; if (n == 2) x++; } OUT(t);
loops without a turn || static int f(unsigned n, int a, int s) { int t = 0; for (unsigned i = 0; i < n; i++) t += (a << s) + (a >> s) - a * s; return t; } || OUT(f(0, 1, 40)); OUT(f(5, -77, 3)); OUT(f(1, 1 << 20, 4));
switch that falls through || || for (int i = 0; i < 6; i++) switch (i) { case 0: OUT(0); case 1: OUT(1); break; case 4: OUT(4); default: OUT(9); case 2: OUT(2); }
switch with gaps || || int v[] = {-2147483647 - 1, -5, 0, 7, 1000, 1000000, 2147483647, 8}; for (int i = 0; i < 8; i++) switch (v[i]) { case -2147483647 - 1: OUT(1); break; case -5: OUT(2); break; case 1000: OUT(3); break; case 1000000: OUT(4); break; case 2147483647: OUT(5); break; default: OUT(6); }
a large switch || || for (int i = 40; i > -5; i -= 3) switch (i) { case 1: case 4: OUT(14); break; case 7: OUT(7); break; case 10: OUT(10); break; case 13: OUT(13); break; case 16: case 17: case 18: case 19: OUT(19); break; case 22: OUT(22); case 25: OUT(25); break; case 28: OUT(28); break; case 31: continue; case 34: OUT(34); }
switch of 64 bits || || long long v[] = {0, 1LL << 40, -1, 5, 0x100000005LL}; for (int i = 0; i < 5; i++) switch (v[i]) { case 1LL << 40: OUT(1); break; case 5: OUT(2); break; case -1: OUT(3); break; case 0: OUT(4); break; default: OUT(5); }
switch of unsigned values || || unsigned v[] = {0, 0xffffffff, 0x80000000, 5}; for (int i = 0; i < 4; i++) switch (v[i]) { case 0xffffffff: OUT(1); break; case 0x80000000: OUT(2); break; case 0: OUT(3); }
switch of a char || || unsigned char v[] = {0, 200, 255, 7}; for (int i = 0; i < 4; i++) switch (v[i]) { case 200: OUT(1); break; case 255: OUT(2); break; case -1: OUT(3); break; default: OUT(4); }
Duff's device || || int n = 11, t = 0, k = (n + 3) / 4; switch (n % 4) { case 0: do { t += 1; case 3: t += 10; case 2: t += 100; case 1: t += 1000; } while (--k > 0); } OUT(t);
switch inside a loop in a switch || || int t = 0; switch (2) { case 1: for (;;) { case 2: t++; if (t > 5) break; continue; } t += 100; case 3: t += 1000; } OUT(t);
a switch without cases || || int a = 3; switch (a++) { } switch (a++) { default: ; } switch (a) a = 99; OUT(a);
goto forward and back || || int i = 0, t = 0; again: if (i > 9) goto end; t += i++; if (t % 3 == 0) goto again; t++; goto again; end: OUT(t); OUT(i);
goto into a block || || int t = 0; goto in; { int x; t = 100; in: x = 5; t += x; } OUT(t);
goto out of loops || || int t = 0; for (int i = 0; i < 10; i++) for (int j = 0; j < 10; j++) { if (i * j == 42) goto out; t++; } out: OUT(t);
break and continue || || int t = 0; for (int i = 0; i < 100; i++) { if (i % 2) continue; if (i > 20) break; int j = 0; while (1) { if (j++ > i) break; if (j % 3) continue; t += j; } } OUT(t);
do while || || int i = 0; do { if (i == 3) continue; OUT(i); } while (++i < 6); do OUT(i--); while (i > 4);
for without parts || || int i = 0; for (;;) if (i++ > 3) break; OUT(i); for (; i < 8;) i++; OUT(i); for (int j = 5, k = 6; j--; k += j) i += k; OUT(i);
dangling else || || for (int i = 0; i < 4; i++) if (i & 1) if (i & 2) OUT(3); else OUT(1);
empty statements || || ; {} if (1) ; else ; for (int i = 0; i < 3; i++) ; while (0) ; OUT(1);
scopes || static int x = 1; || OUT(x); int x = 2; OUT(x); { int x = x = 3; OUT(x); for (int x = 9; x < 10; x++) OUT(x); OUT(x); } OUT(x);
labels and names || struct l { int l; }; || struct l l = {3}; goto l; l.l = 9; l: OUT(l.l);
tags in scopes || struct t { int a; }; || OUT(sizeof(struct t)); { struct t { int a[5]; }; OUT(sizeof(struct t)); } enum t2 { Q = 3 }; { enum t2 { Q = 4 }; OUT(Q); } OUT(Q);
declarations among statements || || int a = 1; a++; int b = a * 2; { b++; int c = b; a += c; } long long d = a; OUT(a + b + d);
# Each construct once more, where it is easy to get wrong
the first element of an array || static int m[2][3] = {{1, 2, 3}, {4, 5, 6}}; || int a[3], (*p)[3] = m; *a = 5; ++*a; OUT(*a); OUT(sizeof(*a)); OUT(**m); OUT(**(m + 1)); OUT(*m[1]); OUT((*m)[2]); OUT(sizeof(*m)); *m[0] = 9; (*p)[1] = 8; ++*m[1]; OUT(m[0][0] + m[0][1] + m[1][0]); char s[] = "abc"; *s = 'x'; OUT(*s == 'x'); OUT(*"q" == 'q'); OUT(sizeof(*"q"));
dereferenced functions || static int f(void) { return 42; } || int (*p)(void) = &f; OUT((*f)()); OUT((***p)()); OUT((&*p)());
address of what is dereferenced || || int x = 5, *p = &x, **q = &p; OUT(*&x); OUT(&*p == p); OUT(**&*q); *&*p = 7; OUT(x); int a[4] = {1, 2, 3, 4}; OUT(*&a[2]); OUT(&*a == a); OUT(*(&a)[0]); OUT((*&a)[3]);
designators of nested arrays || || struct s { int a[2][3]; struct { int b, c[2]; } d[2]; } x = {.a[1][2] = 5, .d[1].c = {6, 7}, .d[0].b = 8, .a[0] = {1, 2}}; OUT(x.a[1][2]); OUT(x.a[0][1]); OUT(x.a[0][2]); OUT(x.d[1].c[1]); OUT(x.d[0].b); OUT(x.d[1].b);
designators that override || static int a[3] = {[0] = 1, [1] = 2, [0] = 3}; || struct { int x, y; } s = {.y = 1, .x = 2, .y = 3}; OUT(a[0] + a[1] * 10); OUT(s.x * 10 + s.y);
designated unions || union u { char c; int i; long long l; }; static union u a = {.l = 1LL << 40}, b = {.i = -5}; || OUT(a.l); OUT(b.i); union u c = {7}; OUT(c.c); c = (union u){.i = 300}; OUT(c.i);
trailing designators || static char s[8] = {[2] = 'a', 'b', [6] = 'c'}; || int n = 0; for (int i = 0; i < 8; i++) n = n * 2 + (s[i] != 0); OUT(n);
enumerators as indices || enum { RED, GREEN = 4, BLUE }; static const int t[] = {[BLUE] = 3, [RED] = 1, [GREEN] = 2}; || OUT(sizeof(t) / sizeof(t[0])); OUT(t[GREEN] + t[BLUE] * 10 + t[RED] * 100 + t[1]);
compound literals of pointers || struct n { int v; struct n *next; }; static int sum(struct n *p) { int t = 0; for (; p; p = p->next) t = t * 10 + p->v; return t; } || OUT(sum(&(struct n){1, &(struct n){2, &(struct n){3, 0}}}));
compound literals as values || struct p { int x, y; }; static struct p add(struct p a, struct p b) { return (struct p){a.x + b.x, a.y + b.y}; } || OUT(add((struct p){1, 2}, (struct p){.y = 5}).y); const int *t = (const int[]){[3] = 9}; OUT(t[3] + t[0]); OUT(sizeof((int[]){1, 2, 3}));
compound literals of scalars || || int *p = &(int){5}; (*p)++; OUT(*p); OUT((int){3} + (char){4}); (int){9} = 8; OUT((int *){p} == p);
flexible arrays set up || struct f { int n; short a[]; }; static struct f x = {3, {7, 8, 9}}; static int after = 5; || OUT(x.a[0] + x.a[2]); x.a[2] = -1; OUT(after); OUT(sizeof(x)); OUT(x.n);
flexible arrays of structures || struct e { char c; int v; }; struct f { unsigned n; struct e e[]; }; static long long room[8]; || struct f *p = (struct f *)room; p->n = 2; p->e[0] = (struct e){1, 2}; p->e[1].v = 7; OUT(p->e[0].v + p->e[1].v); OUT((char *)&p->e[1] - (char *)p); OUT(offsetof(struct f, e[1].v));
bit-fields of every kind || struct b { signed char a : 3; unsigned short b : 9; long long c : 40; unsigned long long d : 24; _Bool e : 1; enum { P, Q, R } f : 3; }; || struct b x = {-1, 511, -5, 0xabcdef, 1, R}; OUT(x.a); OUT(x.b); OUT(x.c); OUT(x.d); OUT(x.e); OUT(x.f); x.a -= 4; x.b += 2; x.c *= 1000000; x.d >>= 4; x.e ^= 1; x.f--; OUT(x.a); OUT(x.b); OUT(x.c); OUT(x.d); OUT(x.e); OUT(x.f);
bit-fields in arrays || struct b { unsigned a : 5, b : 7, c : 4; }; static struct b t[3] = {{1, 2, 3}, [2] = {31, 127, 15}}; || for (int i = 0; i < 3; i++) { struct b *p = &t[i]; p->a++; p->b = p->a * 5; OUT(p->a + p->b * 100 + p->c * 100000); } OUT(t[2].c++); OUT(--t[2].c); OUT(t[1].b += 3);
bit-fields as conditions || struct { unsigned busy : 1, done : 1; int level : 6; } s; || if (!s.busy) s.busy = 1; OUT(s.busy && !s.done); s.level = -3; while (s.level++) s.done ^= 1; OUT(s.done); OUT(s.level); OUT(s.busy ? s.level : 9); switch (s.level) { case 1: OUT(1); break; default: OUT(2); }
bit-fields copied || struct b { unsigned a : 9, b : 23; int c; }; static struct b f(struct b x) { x.b ^= x.a; return x; } || struct b x = {300, 70000, 5}, y; y = f(x); OUT(y.a); OUT(y.b); OUT(y.c); struct b *p = &y, z = *p; OUT(z.b == y.b);
anonymous in anonymous || struct s { union { struct { char a; union { int b; unsigned c; }; }; long long d; }; int e; }; || struct s x = {.b = 7, .e = 8}; OUT(x.c); x.c++; OUT(x.b); OUT(offsetof(struct s, e)); OUT(offsetof(struct s, c)); struct s *p = &x; p->a = 3; OUT(p->a + p->b);
static assertions everywhere || _Static_assert(sizeof(char) == 1, "a"); struct s { _Static_assert(1, "b"); int a; }; enum { N = 3 }; _Static_assert(N == 3 && sizeof(struct s) == 4, "c"); || _Static_assert(sizeof(struct s[N]) == 12, "d"); for (int i = 0; i < 1; i++) { _Static_assert(1, "e"); OUT(i); }
alignment specifiers || struct s { char a; _Alignas(16) char b; _Alignas(int) char c; }; static _Alignas(64) char x; static _Alignas(long long) char y[3]; || OUT(sizeof(struct s)); OUT(offsetof(struct s, c)); OUT((uintptr_t)&x % 64); OUT((uintptr_t)y % 8); OUT(_Alignof(struct s)); OUT(_Alignof(short[5]));
_Generic with qualifiers || #define K(x) _Generic((x), int *: 1, const int *: 2, volatile int *: 3, void (*)(void): 4, int (*)[3]: 5, struct s: 6, default: 7)\nstruct s { int a; }; static void v(void) { } || int a[3]; const int c = 1; volatile int w; struct s s; OUT(K(a)); OUT(K(&c)); OUT(K(&w)); OUT(K(v)); OUT(K(&a)); OUT(K(s)); OUT(K(c)); OUT(_Generic('a', char: 1, int: 2)); OUT(_Generic(a[0]++, int: a[1] = 1, default: a[2] = 1));
pointers to functions || typedef int op(int, int); static op plus, minus; static int plus(int a, int b) { return a + b; } static int minus(int a, int b) { return a - b; } static op *pick(int c) { return c == '+' ? plus : minus; } static int apply(op f, int a, int b) { return f(a, b); } || OUT(pick('+')(3, 4)); OUT(apply(pick('-'), 3, 4)); op *t[] = {plus, &minus, *plus}; OUT(t[2](1, 1)); OUT(t[0] == t[2] && t[0] != t[1]); OUT((1 ? plus : minus)(5, 6)); op **q = &t[1]; OUT((**q)(9, 2)); OUT((*q--)(9, 3)); OUT((*q)(1, 2));
functions that return pointers to functions || static int f1(int x) { return x + 1; } static int f2(int x) { return x * 2; } static int (*const fs[2])(int) = {f1, f2}; static int (*get(int i))(int) { return fs[i]; } static int (*(*getter(void))(int))(int) { return get; } || OUT(get(0)(5)); OUT(get(1)(5)); OUT(getter()(1)(7));
functions in structures || struct ops { int (*read)(void *); int (*write)(void *, int); }; static int rd(void *p) { return *(int *)p; } static int wr(void *p, int v) { *(int *)p = v; return v; } static const struct ops ops = {.write = wr, .read = rd}; struct dev { const struct ops *ops; int data; }; || struct dev d = {&ops, 5}, *p = &d; p->ops->write(&p->data, 9); OUT(p->ops->read(&d.data)); OUT((*p->ops->read)(&p->data));
trees || struct t { int k; struct t *l, *r; }; static struct t pool[20]; static int used; static struct t *insert(struct t *t, int k) { if (!t) { t = &pool[used++]; t->k = k; return t; } if (k < t->k) t->l = insert(t->l, k); else t->r = insert(t->r, k); return t; } static void walk(const struct t *t) { if (!t) return; walk(t->l); OUT(t->k); walk(t->r); } || struct t *root = 0; int k[] = {5, 2, 8, 1, 9, 3}; for (int i = 0; i < 6; i++) root = insert(root, k[i]); walk(root);
structures that name each other || struct b; struct a { struct b *p; int v; }; struct b { struct a a; struct b *q; }; || struct b x = {{0, 4}, 0}; x.a.p = &x; x.q = x.a.p; OUT(x.q->a.p->q->a.v); { struct b { int z; } y = {3}; OUT(y.z); }
variadic functions of every type || static long long f(const char *k, ...) { va_list ap; long long t = 0; va_start(ap, k); for (; *k; k++) switch (*k) { case 'i': t += va_arg(ap, int); break; case 'u': t += va_arg(ap, unsigned); break; case 'l': t += va_arg(ap, long long); break; case 'p': t += *va_arg(ap, int *); break; case 's': t += strlen(va_arg(ap, const char *)); break; } va_end(ap); return t; } || int x = 7; OUT(f("iulps", -1, 5u, 1LL << 33, &x, "four")); OUT(f("")); OUT(f("lilil", -1LL, 2, 3LL, 4, 5LL)); OUT(f("iii", 'a' == 'a', (char)3, (short)-4));
variable lists passed on || static int vs(int n, va_list ap) { int t = 0; while (n-- > 0) t = t * 10 + va_arg(ap, int); return t; } static int s(int n, ...) { va_list a, b; va_start(a, n); va_copy(b, a); int r = vs(n, a) * 1000 + vs(n - 1, b); va_end(a); va_end(b); return r; } || OUT(s(3, 1, 2, 3)); OUT(s(1, 9));
switch with declarations || || for (int i = 0; i < 4; i++) switch (i) { int x; case 0: x = 5; OUT(x); break; case 1: { int y = 6; OUT(y); } default: x = 7; OUT(x + i); }
switch with everything in one case || || for (int i = 0; i < 3; i++) switch (i) case 1: OUT(1); switch (2) default: OUT(2); switch (1) { case 0: case 1: case 2: ; } OUT(3);
switch on conditions and enumerations || enum e { A, B, C = 100, D }; || enum e v[] = {A, B, C, D}; for (int i = 0; i < 4; i++) { switch (v[i]) { case A: OUT(0); break; case C: OUT(1); break; case B ? D : A: OUT(2); break; default: OUT(3); } switch (i > 1) { case 0: OUT(4); break; case 1: OUT(5); } }
switch from side to side || || unsigned char c = 250; for (int i = 0; i < 10; i++) switch (c++) { case 255: OUT(255); continue; case 0: OUT(0); break; case 3: OUT(3); goto out; default: ; } out: OUT(c);
goto over and into loops || || int i = 0, t = 0; goto middle; for (i = 0; i < 5; i++) { t += 10; middle: t++; if (t > 40) goto end; } if (t < 20) goto middle; end: OUT(t); OUT(i);
labels at the end || static int f(int a) { if (a) goto end; a = 5; end: ; return a; } || OUT(f(0)); OUT(f(3)); { goto x; x: ; }
loops without bodies || || int a[5] = {3, 1, 4, 1, 5}, i, n = 0; for (i = 0; i < 5 && a[i] != 4; i++) ; OUT(i); while (n++ < 3) ; OUT(n); do ; while (--n); OUT(n); for (i = 9; i; i -= 3) continue; OUT(i);
static inline functions || static inline int min(int a, int b) { return a < b ? a : b; } static inline void swap(int *a, int *b) { int t = *a; *a = *b; *b = t; } || int a = 5, b = 3; swap(&a, &b); OUT(a * 10 + b); OUT(min(a++, b--)); OUT(a * 10 + b); OUT(min(min(4, 2), min(9, 1))); int (*p)(int, int) = min; OUT(p(8, 7));
static variables of inline functions || static inline int next(void) { static int n = 10; return n++; } static int a(void) { return next(); } || OUT(next() + a()); OUT(a()); OUT(next());
character constants || || OUT('\0'); OUT('\x41'); OUT('\101'); OUT('\377'); OUT(sizeof('a')); OUT('a' == "a"[0]); OUT('\'' == "'"[0]); OUT('"' == "\""[0]); OUT("\x41\102"[1]);
strings side by side || static const char s[] = "ab" "cd" "\0" "ef"; || OUT(sizeof(s)); OUT(strlen(s)); OUT(s[5] == 'e'); OUT(sizeof("" "")); OUT("\x1" "2"[1] != '2' ? 0 : 1);
casts of every kind || struct s { int a; }; || int x = -1; OUT((unsigned char)x); OUT((unsigned)(short)0x18000); OUT((long long)(unsigned)x); OUT((long long)(signed char)200); OUT((int)(long long)0x1ffffffffLL); OUT((_Bool)256); OUT((_Bool)(void *)&x); (void)x; OUT(*(int *)(char *)&x); OUT(((struct s *)&x)->a); OUT((int)(uintptr_t)(int *)16);
shifts at the edges || static volatile int one = 1, n; || n = 31; OUT(one << 30); OUT(0x80000000u >> n); OUT((-8) >> one); OUT(1LL << 62); OUT((1ULL << 63) >> 63); n = 0; OUT(one << n >> n); OUT((unsigned char)(0xff << one)); n = 33; OUT(1LL << n); OUT(-1LL >> n); OUT((unsigned long long)-1 >> n);
mixed signs || || int a = -1; unsigned b = 1; OUT(a < b); OUT((long long)a < b); OUT(a + b); OUT(a / 2 + b); OUT((unsigned short)a > b); OUT(-1 < sizeof(int)); OUT((short)-1 == (unsigned short)-1); OUT((signed char)-1 < (unsigned char)1);
increments of every lvalue || struct s { int a[2]; unsigned b : 4; short *p; } ; || short h[3] = {1, 2, 3}; struct s x = {{5, 6}, 15, h}, *q = &x; OUT(x.a[1]++ + ++q->a[0]); OUT(x.b++); OUT(x.b); OUT(*x.p++); OUT(++*x.p); OUT((*q->p)--); OUT(*--q->p); OUT(h[0] + h[1] * 10);
evaluation once || static int n; static int *f(void) { static int a[3]; n++; return a; } || f()[1] += 5; OUT(n); *f() = 3; OUT(n); f()[2]++; OUT(n); OUT(f()[0] + f()[1] + f()[2]); OUT(n); int i = 0, a[3] = {0}; a[i++] |= 4; OUT(i); OUT(a[0]);
comma in unusual places || || int i, j; for (i = 0, j = 9; i < j; i++, j--) ; OUT(i * 10 + j); int a[2] = {(1, 2), (3, 4)}; OUT(a[0] + a[1]); OUT((i = 5, j = i * 2)); while (i--, i > 2) ; OUT(i); return (void)(i, j);
nested conditions || || for (int i = 0; i < 5; i++) OUT(i < 1 ? 10 : i < 2 ? 20 : i < 3 ? i == 2 ? 31 : 32 : i & 1 ? 40 : 50); int x = 1, *p = x ? &x : 0; OUT(p ? *p : -1); OUT(x ? 1LL : 2); OUT(sizeof(x ? (char)1 : (short)2));
logical operators as values || static int c; static int t(void) { c++; return 5; } || int a = t() && t(); OUT(a); a = 0 || t(); OUT(a); OUT(!a + !!a); OUT((a || t()) + (0 && t())); OUT(c); unsigned long long big = 1ULL << 40; OUT(big && 1); OUT(!big); if (big) OUT(7);
pointer arithmetic || static long long w[10]; || long long *p = w + 2, *q = &w[7]; OUT(q - p); OUT((char *)q - (char *)p); p += 3; p -= 1; OUT(p - w); OUT(p < q && q >= p && p != q); OUT(&w[10] - &w[0]); OUT(*(p++) + *p--); OUT(2[w] == w[2]); OUT((int)(&p[-1] - w)); unsigned char k = 200; OUT(&((char *)w)[k] - (char *)w);
void pointers || static void *pass(void *p) { return p; } static void set(void *p, int n, const void *v) { memcpy(p, v, (unsigned)n); } || int x = 1, y = 5; int *p = pass(&x); set(p, sizeof(x), &y); OUT(x); void *v = &y; OUT(*(int *)pass(v)); OUT(v == &y); void **pv = &v; OUT(*pv == v);
const and volatile in depth || static const int *const table[] = {(const int[]){1, 2}, (const int[]){3}}; static volatile struct { int a, b; } r; || OUT(table[0][1] + *table[1]); r.a = 5; r.b = r.a + r.a; OUT(r.b); volatile int *p = &r.a; *p += 1; OUT(r.a); const volatile int c = 4; OUT(c);
restrict and register || static int sum(int n, const int *restrict a, int *restrict out) { register int t = 0; while (n--) t += *a++; return *out = t; } || int a[] = {1, 2, 3}, o; OUT(sum(3, a, &o)); OUT(o); auto int z = 4; OUT(z);
extern arrays and tentative ones || extern int later[]; static int use(int i) { return later[i]; } int later[3] = {7, 8, 9}; int maybe[4]; extern int maybe[4]; || OUT(use(2)); OUT(sizeof(later)); maybe[3] = 2; OUT(maybe[3] + maybe[0]);
typedefs of everything || typedef struct node node; struct node { int v; node *next; }; typedef int vec[3], *ptr, fn(vec), (*pfn)(vec); static fn sum; static int sum(vec v) { return v[0] + v[1] + v[2]; } || vec v = {1, 2, 3}; ptr p = v; pfn f = sum; node n = {4, 0}; OUT(f(v) + *p + n.v); OUT(sizeof(vec)); typedef char vec2[2]; OUT(sizeof(vec2[3])); const vec cv = {5}; OUT(cv[0]);
shadowed names || enum { X = 1 }; static int f(int X) { return X + 1; } || OUT(f(5)); { int X = 7; OUT(X); { enum { X = 9 }; OUT(X); } OUT(X); } OUT(X); struct X { int X; } x = {3}; OUT(x.X); for (int X = 4; X < 5; X++) OUT(X);
prototypes in prototypes || static int apply(int (*)(int, int), int, int); static int sub(int a, int b) { return a - b; } static int apply(int f(int, int), int a, int b) { return f(a, b); } || OUT(apply(sub, 9, 4)); int (*g)(int (*)(int, int), int, int) = apply; OUT(g(sub, 1, 2));
arguments that are narrower || static int f(char a, signed char b, short c, unsigned short d, _Bool e) { return a + b + c + d + e; } || OUT(f(300, 200, 70000, -1, 5)); int big = 0x12345; OUT(f(big, big, big, big, big)); int (*p)(char, signed char, short, unsigned short, _Bool) = f; OUT(p(-1, -1, -1, -1, 0));
results that are narrower || static char c(int x) { return x; } static signed char s(int x) { return x; } static short h(int x) { return x; } static _Bool b(int x) { return x; } static unsigned short u(int x) { return x; } || for (int i = -70000; i < 140000; i += 70001) { OUT(c(i)); OUT(s(i)); OUT(h(i)); OUT(b(i)); OUT(u(i)); }
structures that are returned || struct s { int a, b, c; }; static struct s make(int a) { return (struct s){a, a * 2, a * 3}; } static struct s *keep(struct s *p, struct s v) { *p = v; return p; } || OUT(make(2).c); struct s x; OUT(keep(&x, make(5))->b); x = make(make(2).b); OUT(x.c); OUT((x = make(7)).a); OUT((1 ? make(3) : x).b);
arrays in structures || struct s { int a[3]; char n[5]; }; static struct s f(void) { return (struct s){{1, 2, 3}, "abcd"}; } || struct s x = f(), y = x; y.a[1] = 9; OUT(x.a[1] + y.a[1]); OUT(f().a[2]); OUT(strcmp(x.n, "abcd")); OUT(sizeof(f().n)); struct s z[2] = {[1] = x}; OUT(z[1].a[0] + z[0].a[0]); z[0] = z[1]; OUT(z[0].n[1] == 'b');
numbers of every form || || OUT(0x7fffffff); OUT(0xffffffff); OUT(017); OUT(123456789012LL); OUT(0xffffffffffffffffULL); OUT(1u - 2u > 0); OUT(2147483648 > 0); OUT(0777777777777LL); OUT(1ul + 1lu); OUT(sizeof(1ull));
macros of the preprocessor || #define ADD(a, b) ((a) + (b))\n#define STR(x) #x\n#define CAT(a, b) a##b\n#define VA(f, ...) f(__VA_ARGS__) || int xy = 5; OUT(CAT(x, y)); OUT(strlen(STR(a + b))); OUT(VA(ADD, 1, 2)); OUT(ADD(ADD(1, 2), 3)); OUT(__LINE__ > 0); OUT(sizeof(__FILE__) > 1);
# Larger pieces
sorting || static void sort(int *a, int n) { for (int i = 1; i < n; i++) { int x = a[i], j = i; while (j > 0 && a[j - 1] > x) { a[j] = a[j - 1]; j--; } a[j] = x; } } || int a[] = {5, 2, 9, -1, 7, 0, 3}; sort(a, 7); for (int i = 0; i < 7; i++) OUT(a[i]);
primes || || static char sieve[200]; for (int i = 2; i < 200; i++) { if (sieve[i]) continue; OUT(i); for (int j = i * i; j < 200; j += i) sieve[j] = 1; }
a list reversed || struct n { int v; struct n *next; }; || struct n a[5], *p = 0, *r = 0; for (int i = 0; i < 5; i++) { a[i] = (struct n){i, p}; p = &a[i]; } while (p) { struct n *q = p->next; p->next = r; r = p; p = q; } for (; r; r = r->next) OUT(r->v);
a hash || static unsigned h(const unsigned char *s, int n) { unsigned x = 5381; while (n--) x = x * 33 ^ *s++; return x; } || unsigned char b[50]; for (int i = 0; i < 50; i++) b[i] = i * 7; OUT(h(b, 50)); OUT(h(b, 0));
a matrix || static long long a[3][3] = {{1, 1, 0}, {1, 0, 1}, {0, 1, 1}}; || long long r[3][3]; for (int k = 0; k < 9; k++) { for (int i = 0; i < 3; i++) for (int j = 0; j < 3; j++) { r[i][j] = 0; for (int m = 0; m < 3; m++) r[i][j] += a[i][m] * a[m][j]; } memcpy(a, r, sizeof(a)); for (int i = 0; i < 3; i++) a[i][i] %= 1000003; } OUT(a[0][0]); OUT(a[1][2]);
greatest common divisor || static unsigned gcd(unsigned a, unsigned b) { return b ? gcd(b, a % b) : a; } || OUT(gcd(1071, 462)); OUT(gcd(0xfffffffe, 0x10)); OUT(gcd(0, 5));
64 bits in decimal || static int put(char *b, unsigned long long v) { int n = 0; do b[n++] = v % 10; while (v /= 10); return n; } || char b[24]; int n = put(b, 0xffffffffffffffffULL); while (n > 0) OUT(b[--n]); OUT(put(b, 0));
a ring buffer || static struct { unsigned char b[8]; unsigned in, out; } r; || for (int i = 0; i < 30; i++) { if (r.in - r.out < 8) r.b[r.in++ % 8] = i; if (i % 3) OUT(r.b[r.out++ % 8]); }
bits counted || static int count(unsigned long long x) { int n = 0; for (; x; x &= x - 1) n++; return n; } || OUT(count(0)); OUT(count(~0ULL)); OUT(count(0x123456789abcdefULL));
copies of structures || struct big { int a[100]; }; static struct big x, y; || for (int i = 0; i < 100; i++) x.a[i] = i; y = x; x.a[5] = 0; OUT(y.a[5]); OUT(y.a[99]); struct big z = y, *p = &z; *p = x; OUT(z.a[5]); OUT(z.a[7]);
overlapping copies || static char b[20]; || for (int i = 0; i < 20; i++) b[i] = i; memmove(b + 3, b, 10); OUT(b[12]); memmove(b, b + 3, 10); OUT(b[9]); memset(b, 5, 4); OUT(b[3] + b[4]); OUT(memcmp(b, b + 1, 3));
END
# A directive needs a line of its own.
for my $row (@rows) {
    $row->[1] =~ s/\\n(?=[#s])/\n/g;
    $row->[1] = "$row->[1]\n";
}
programs(@rows);
done_testing;
