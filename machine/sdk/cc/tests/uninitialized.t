# Variables that are read before they are set: where a way leads there, and no
# warning where the tests on the way show that it cannot be gone.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

# Each text is a line of one file, with a function f.
my @outside = ('int g(void), h(int), k; void give(int *);',
    '_Noreturn void die(void); enum e { A, B };',
    'struct s { unsigned k : 3, l : 5; int t; };',
    'struct l { struct l *n; int v; };');
my @never = (
    'int f(void) { int x; return x; }',
    'int f(int n) { int x; while (n--) x += n; return 0; }',
    'int f(int c) { int x; if (c) return x; x = 1; return x; }',
);
my @perhaps = (
    'int f(int c) { int x; if (c) x = 1; return x; }',
    'int f(int c) { int x; switch (c) { case 1: x = 2; break; case 2:'
        . ' x = 3; } return x; }',
    'int f(int n) { int x; for (int i = 0; i < n; i++) x = i; return x; }',
    'int f(int a, int b) { int x; if (a) x = 1; if (b) return x; return 0; }',
    'int f(int n) { int x; while (n > 0) { if (n == 3) x = n; n--; } return x; }',
    'int f(void) { int x; if (g()) x = 1; if (g()) return x; return 0; }',
    'int f(int n) { int x; if (n > 0) x = 1; if (n > -1) return x; return 0; }',
    'int f(int *p) { int x; if (p) x = *p; return x + 1; }',
    'int f(int c) { int x; if (c) goto out; x = 1; out: return x; }',
    'int f(int c) { int x; if (c) x = 1; c = 1; if (c) return x; return 0; }',
    'int f(int n) { int x; for (int i = 0; i < 10; i++) if (i == n) x = i; return x; }',
    'long long f(int c) { long long x; if (c) x = 1; return x; }',
    'int f(int c) { int *p, y = 1; if (c) p = &y; return *p; }',
    'int f(int c) { int x; do { if (c == 2) break; x = c; } while (--c); return x; }',
    'int f(int a, int b) { int x; if (a || b) x = 1; if (a || !b)'
        . ' return x; return 0; }',
);
my @set = (
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
);

my ($file, %expected) = (scratch('v.c'));
my @lines = (@outside, @never, @perhaps, @set);
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
like($said{++$n} // '', qr/^`x' is used here, but has no value yet$/, $_)
    for @never;
like($said{++$n} // '', qr/^`[xp]' may be used uninitialized$/, $_)
    for @perhaps;
is($said{++$n} // '', '', $_) for @set;
is(scalar(() = $err =~ /: note: it is declared here, without a value$/mg),
    scalar @perhaps, 'each that may be set has a note');

# The place is that of the use, in a line with it.
write_file($file, "int f(int c)\n{\n    int x;\n\n    if (c)\n        x = 1;\n" .
    "    return c + x;\n}\n");
($status, $out, $err) = run_program('', bin('cc370'), '-fsyntax-only', $file);
is($err, <<"END", 'the use and the declaration are shown');
$file:7:16: warning: `x' may be used uninitialized [-Wuninitialized]
        return c + x;
                   ^
$file:3:9: note: it is declared here, without a value
        int x;
            ^
END
($status, $out, $err) =
    run_program('', bin('cc370'), '-Werror', '-fsyntax-only', $file);
is($status, 1, '-Werror');
($status, $out, $err) =
    run_program('', bin('cc370'), '-Wno-uninitialized', '-fsyntax-only', $file);
is("$status$err", 0, '-Wno-uninitialized: not a word');
done_testing;
