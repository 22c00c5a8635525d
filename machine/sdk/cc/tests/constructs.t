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
casts || || OUT((char)300); OUT((signed char)200); OUT((short)70000); OUT((unsigned char)-1); OUT((int)0x123456789LL); OUT((unsigned long long)-1 >> 60); OUT((long long)(unsigned)-1); OUT((long long)(int)0x80000000u);
null pointers || || int *p = 0; void *v = NULL; OUT(p == 0); OUT(!p); OUT(v == p); OUT(p ? 1 : 2); char *q = (void *)0; OUT(q == NULL);
builtins || struct s { int a; char b[4]; }; || OUT(__builtin_offsetof(struct s, b)); OUT(__builtin_offsetof(struct s, b[2])); OUT(__builtin_expect(5, 1)); int x = 1; if (x) OUT(2); else __builtin_unreachable();
constant expressions || enum { A = 5 > 3 ? 7 : 1 / 1, B = sizeof(int[A]), C = -5 / 2, D = -5 % 3, E = 1 << 3 | 2, F = !0 + ~0 }; static int a[A + (B == 28)]; || OUT(A); OUT(B); OUT(C); OUT(D); OUT(E); OUT(F); OUT(sizeof(a));
# Statements
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
    $row->[1] = "$row->[1]\n";
}
programs(@rows);
done_testing;
