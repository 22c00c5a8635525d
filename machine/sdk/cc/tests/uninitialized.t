# Variables that are read before they are set: where no way sets them, and where
# one outcome of a test makes the read sure; no warning where that outcome is
# ruled out, or where it takes two tests to come to the read.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

# Each text is a line of one file, with a function f.
my @outside = ('int g(void), h(int), k; void give(int *);',
    '_Noreturn void die(void); enum e { A, B };',
    'struct s { unsigned k : 3, l : 5; int t; };',
    'struct l { struct l *n; int v; };', 'int tab[4];',
    'struct t { int n, started; char c; }; int next(struct t *);');
my @never = (
    'int f(void) { int x; return x; }',
    'int f(int n) { int x; while (n--) x += n; return 0; }',
    'int f(int c) { int x; if (c) return x; x = 1; return x; }',
    'int f(int n) { int sum; for (int i = 0; i < n; i++) sum += tab[i]; return sum; }',
    'int f(int n) { int i; while (i < n) i++; return i; }',
    'int f(int *p) { int c, x; while (c != 3) c = *p++; return c; }',
    'int f(int n) { int x; if (n) { return x; } x = 3; return x; }',
    'int f(int n) { int x; return n ? x : 2; }',
    'int f(int n) { int x; return n && x; }',
    'int f(int n) { char *p; for (int i = 0; i < n; i++) *p++ = 0; return 0; }',
    'int f(int n) { int x; for (int i = 0; i < n; i++) { x++; } return 0; }',
    'int f(int n) { long long s; for (int i = 0; i < n; i++) { s = s + i; }'
        . ' return (int)s; }',
    'int f(int n) { int max; for (int i = 0; i < n; i++) if (tab[i] > max)'
        . ' max = tab[i]; return max; }',
    'int f(int n) { int max; for (int i = 0; i < 4; i++) if (tab[i] > max)'
        . ' max = tab[i]; return max; }',
    'int f(const char *p) { int n[256]; while (*p) n[(int)*p++]++; return n[5]; }',
    'int f(void) { int x; if (x) give(&x); return 0; }',
    'int f(int n) { int x, i = 0; while (i < 3) i += n; if (i == 3) return x; return 0; }',
    'int f(void) { struct t x; return x.c; }',
    'int f(int n) { int m[3][3], s = 0; for (int i = 0; i < n; i++) s += m[i][1]; return s; }',
    'int f(int n) { struct t x[3]; for (int i = 0; i < n; i++) x[i].n = x[i].n + 1; return 0; }',
);
my @perhaps = (
    'int f(int c) { int x; if (c) x = 1; return x; }',
    'int f(int c) { int x; switch (c) { case 1: x = 2; break; case 2:'
        . ' x = 3; } return x; }',
    'int f(int n) { int x; for (int i = 0; i < n; i++) x = i; return x; }',
    'int f(int n) { int x; while (n > 0) { if (n == 3) x = n; n--; } return x; }',
    'int f(int *p) { int x; if (p) x = *p; return x + 1; }',
    'int f(int c) { int x; if (c) goto out; x = 1; out: return x; }',
    'long long f(int c) { long long x; if (c) x = 1; return x; }',
    'int f(int c) { int *p, y = 1; if (c) p = &y; return *p; }',
    'int f(int c) { int x; do { if (c == 2) break; x = c; } while (--c); return x; }',
    'int f(int n) { int x; if (n > 0) x = 1; else if (n < 0) x = 2; return x; }',
    'int f(int a, int b) { int x; if (a && b) x = 1; return x; }',
    'int f(int a, int b) { int x; if (a) { if (b) x = 1; } else x = 3; return x; }',
    'int f(int n) { int x; while (g()) { h(x); x = n; } return 0; }',
    'int f(int n) { int x; for (;;) { if (g()) break; x = n; } return x; }',
    'int f(int n) { int x; while (n-- > 0) { if (tab[n]) { x = n; break; } } return x; }',
    'int f(int n) { struct t *p; if (n) p = (struct t *)tab; p->n = 3; return 0; }',
    'int f(int n) { int r; switch (n) { case \'a\': r = 1; break; case'
        . ' \'b\': break; default: r = 3; } return r; }',
    'int f(void) { int x; if (k == 1) x = 1; else if (k == 2) x = 2; else'
        . ' if (k == 3) x = 3; return x; }',
    'int f(int n) { int x; if (n < 0) { g(); } else x = 1; return x * 2; }',
    'int f(int c) { if (c) goto out; int x = g(); h(x); out: return x; }',
);
# Mistakes, perhaps: it depends on how two tests go together.
my @untold = (
    'int f(int a, int b) { int x; if (a) x = 1; if (b) return x; return 0; }',
    'int f(void) { int x; if (g()) x = 1; if (g()) return x; return 0; }',
    'int f(int n) { int x; if (n > 0) x = 1; if (n > -1) return x; return 0; }',
    'int f(int c) { int x; if (c) x = 1; c = 1; if (c) return x; return 0; }',
    'int f(int n) { int x; for (int i = 0; i < 10; i++) if (i == n) x = i; return x; }',
    'int f(int a, int b) { int x; if (a || b) x = 1; if (a || !b)'
        . ' return x; return 0; }',
);
my @set = (
    'int f(void) { struct t x; x.n = 1; return x.c; }',
    'int f(void) { struct s x; x.k = 1; return x.l; }',
    'int f(int n) { int a[3], *p = a; give(p + 1); return n ? a[n] : *p; }',
    'int f(int n) { int m[3][3]; for (int i = 0; i < 3; i++) m[i][n] = i; return m[n][1]; }',
    'int f(int n) { struct t x; if (n) x = (struct t){1, 2, 3}; return x.n; }',
    'int f(int n) { int x, *p = n ? &x : &n; *p = 1; return x; }',
    'int f(void) { int a[3]; return sizeof a[0] + (&a[1] - a); }',
    'int f(int c) { int x; if (c) x = 1; if (c) return x; return 0; }',
    'int f(int c) { int x; if (c) x = 1; else return 0; return x; }',
    'int f(void) { int x; for (int i = 0; i < 10; i++) x = i; return x; }',
    'int f(int n) { int x, found = 0; for (int i = 0; i < n; i++) if'
        . ' (i * i == n) { x = i; found = 1; } return found ? x : -1; }',
    'int f(int a, int b) { int x; if (a && b) x = a; if (a && b) return x; return 0; }',
    'int f(int n) { int x; if (n > 0) x = 1; if (n > 5) return x; return 0; }',
    'int f(int n) { int x; if (n == 1) x = 1; else if (n == 2) x = 2;'
        . ' if (n == 1 || n == 2) return x; return 0; }',
    'int f(struct s *p) { int x; if (p->k) x = p->t; p->t = 1; if'
        . ' (p->k) return x; return 0; }',
    'int f(void) { int x; if (k == 3) x = h(1); h(2); if (k == 3)'
        . ' return x; return 0; }',
    'int f(int n) { int x; switch (n) { case 1: x = 1; break; case 2:'
        . ' x = 5; break; default: return 0; } return x; }',
    'int f(int n) { int x; switch (n) { case 1: case 2: case 3: case'
        . ' 4: case 5: case 9: x = 1; break; default: x = 3; } return x; }',
    'int f(int n) { int x; if (n == 4) x = 2; switch (n) { case 1:'
        . ' case 2: case 3: return 0; case 4: return x; case 5: case 6:'
        . ' return 1; } return 2; }',
    'int f(void) { int x; give(&x); return x; }',
    'int f(int n) { int x; while (1) { if (n-- < 3) { x = n; break; } } return x; }',
    'int f(int n) { int x; if (n) x = 1; else die(); return x; }',
    'int f(int a, int b) { int x; if (a < b) x = 1; if (b > a) return x; return 0; }',
    'int f(int a, int b) { int x; _Bool less = a < b; if (less) x = 1;'
        . ' if (a < b) return x; return 0; }',
    'int f(int a, int b) { int x; if (a < b) x = 1; _Bool less = a <'
        . ' b; if (less) return x; return 0; }',
    'int f(int a) { int x; unsigned char ok = 0; if (a > 3) { x = a;'
        . ' ok = 1; } if (ok) return x; return 0; }',
    'int f(unsigned n) { int x; if (n >= 8) return 0; if (n < 8) x = 1; return x; }',
    'int f(const char *s) { int x; const char *p; for (p = s; *p; p++)'
        . ' if (*p == 3) { x = 1; break; } if (*p) return x; return 0; }',
    'int f(struct l *p) { int x; for (; p; p = p->n) if (p->v) { x ='
        . ' p->v; break; } if (!p) return 0; return x; }',
    'int f(long long a) { int x; if (a < 5) x = 1; if (a < 5) return x; return 0; }',
    'int f(long long a) { int x; if (a) x = 1; if (a != 0) return x; return 0; }',
    'int f(void) { int x, r = h(0); if (r == 0) x = 4; if (r != 0)'
        . ' return r; return x; }',
    'int f(void) { int x, i; for (i = 0; i < 3; i++) { if (g()) { x ='
        . ' i; break; } } if (i == 3) return 0; return x; }',
    'int f(int c) { int x, y = 0; if (c) { x = 1; y = 2; } if (y == 2)'
        . ' return x; return 0; }',
    'int f(int c) { int x; if (c == 0 || (x = c * 2) > 4) return 0; return x; }',
    'int f(int n) { int last, sum = 0; for (int i = 0; i < n; i++) {'
        . ' if (i > 0) sum += last; last = i; } return sum; }',
    'int f(enum e k) { int x; if (k == A) x = 1; else if (k == B) x ='
        . ' 2; else return 0; return x; }',
    'int f(int n) { int x; if (n > 0) x = 1; else if (n == 0) x = 2; else'
        . ' if (n < 0) x = 3; return x; }',
    'int f(int n) { int x; if (n == 0) x = 1; else if (n > 0) x = 2; else'
        . ' if (n < 0) x = 3; return x; }',
    'int f(unsigned n) { int x; if (n == 0) x = 1; else if (n > 0) x = 2; return x; }',
    'int f(long long n) { int x; if (n > 0) x = 1; else if (n == 0) x = 2; else'
        . ' if (n < 0) x = 3; return x; }',
    'int f(unsigned long long n) { int x; if (!n) x = 1; else if (n > 0) x = 2; return x; }',
    'int f(void) { int x; if (k > 0) x = 1; else if (k <= 0) x = 2; return x; }',
    'int f(struct t *p) { int x; if (p->c == \'a\') x = 1; else if (p->c !='
        . ' \'a\') x = 2; return x; }',
    'int f(int a, int b) { int x; if (a < b) x = 1; else if (a == b) x = 2;'
        . ' else if (b < a) x = 3; return x; }',
    'int f(void) { int x; for (int *p = tab; p < tab + 4; p++) x = *p; return x; }',
    'int f(void) { int x; for (long long i = 0; i < 10; i++) x = i; return x; }',
    'int f(void) { int x; for (char i = 0; i < 10; i++) x = i; return x; }',
    'int f(void) { int x; for (unsigned i = 10; i > 0; i--) x = i; return x; }',
    'int f(struct t *s) { int last, sum = 0; while (next(s)) { if'
        . ' (s->started) sum += last; last = s->n; s->started = 1; } return sum; }',
    'int f(void) { int x, done = 0; while (!done) { x = g(); done = x > 3; } return x; }',
    'int f(int n) { int x, first = 1; for (int i = 0; i < n; i++) { if'
        . ' (!first) h(x); x = i; first = 0; } return 0; }',
    'int f(int n) { int a[3], x; for (int i = 0; i < 3; i++) a[i] = x = n;'
        . ' return a[n] + x; }',
    'int f(void) { int x; int a[3]; for (int *p = a; p != &a[3]; p++) { x ='
        . ' 1; *p = 2; } return x + a[0]; }',
    'int f(int n) { int x; if (n & 1) x = 1; else if (!(n & 1)) x = 3; return x; }',
    'int f(int n) { int x; do { x = g(); } while (x < n); return x; }',
    'int f(int n) { int x; again: if (g()) { x = n; goto done; } if (h(n))'
        . ' goto again; return 0; done: return x; }',
    'int f(int n) { int x; if (n < 0 || n > 9) return 0; if (n >= 0 && n <='
        . ' 9) x = n; return x; }',
    'int f(int n) { int x; if (n < 5) return 0; n -= 5; if (n >= 0) x = 1; return x; }',
    'int f(unsigned char c) { int x; if (c == 0) x = 1; else if (c) x = 2; return x; }',
    'int f(char *s) { int x; while (*s == \' \') s++; if (*s != \' \') x ='
        . ' 1; return x; }',
    'int f(int n) { int x; switch (n) { case 0: x = 1; break; case 1: x ='
        . ' 3; break; default: for (;;) g(); } return x; }',
    'int f(struct t *s) { int x, r; do { r = next(s); if (r > 0) x = r; }'
        . ' while (r <= 0); return x; }',
    'int f(int i) { int x, from = i; for (; i < from + 3; i++) x = i; return x; }',
    'struct l *f(struct l *p) { struct l *last; p->n = 0; if (p->n) last->n = p;'
        . ' else p->n = p; last = p->n; return last; }',
    'struct l *f(struct l *p) { struct l *last; p->n = 0; for (int i = 0; i < k; i++)'
        . ' { if (p->n) last->n = p; else p->n = p; last = p; } return p; }',
    'int f(void) { struct t s; int x; s.started = 0; while (next(&s)) { if'
        . ' (s.started) h(x); x = s.n; s.started = 1; } return 0; }',
    'int f(void) { struct t s = {0}; int x; while (next(&s)) { if (s.started)'
        . ' h(x); x = s.n; s.started = 1; } return 0; }',
    'int f(int n) { int x; tab[3] = 0; if (n) { tab[3] = 1; x = n; } if (tab[3])'
        . ' return x; return 0; }',
);

my ($file, %expected) = (scratch('v.c'));
my @lines = (@outside, @never, @perhaps, @untold, @set);
my $n = 0;
for (@lines) { $n++; s/\bf\(/f$n(/ }
write_file($file, join "\n", @lines, '');
my ($status, $out, $err) =
    run_program('', bin('cc370'), '-fsyntax-only', $file);
is($status, 0, 'only warnings');
my %said;
$said{$1} = $2
    while $err =~ /^\Q$file\E:(\d+):\d+: warning: (.*) \[-Wuninitialized\]$/mg;
$n = @outside;
like($said{++$n} // '', qr/^`\w+' is used here, but has no value yet$/, $_)
    for @never;
like($said{++$n} // '', qr/^`\w+' may be used uninitialized$/, $_)
    for @perhaps;
is($said{++$n} // '', '', $_) for @untold, @set;
is(scalar(() = $err =~ /: note: it is declared here, without a value$/mg) +
        scalar(() = $err =~ /: note: it gets its value here, if nothing jumps/g),
    scalar @perhaps, 'each that may be set has a note');
is(scalar(() = $err =~ /: note: one outcome of this test leads there without/g),
    scalar @perhaps, '... and another');

# The place is that of the use, in a line with it.
write_file($file, "int f(int c)\n{\n    int x;\n\n    if (c)\n        x = 1;\n" .
    "    return c + x;\n}\n");
($status, $out, $err) = run_program('', bin('cc370'), '-fsyntax-only', $file);
is($err, <<"END", 'the use, the declaration and the test are shown');
$file:7:16: warning: `x' may be used uninitialized [-Wuninitialized]
        return c + x;
                   ^
$file:3:9: note: it is declared here, without a value
        int x;
            ^
$file:5: note: one outcome of this test leads there without setting it
        if (c)
END
($status, $out, $err) =
    run_program('', bin('cc370'), '-Werror', '-fsyntax-only', $file);
is($status, 1, '-Werror');
($status, $out, $err) =
    run_program('', bin('cc370'), '-Wno-uninitialized', '-fsyntax-only', $file);
is("$status$err", 0, '-Wno-uninitialized: not a word');
($status, $out, $err) = run_program('', bin('cc370'), '-Wno-uninitialized', '-Werror',
    '-Wuninitialized', '-Wno-error', '-fsyntax-only', $file);
is($status, 0, '-Wno-error: only a warning');
like($err, qr/warning: `x' may be used uninitialized/, '-Wuninitialized: told again');
done_testing;
