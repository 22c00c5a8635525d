# Operators and conversions for every pair of types, shifts, and bit-fields of
# every width.
use strict;
use warnings;
use lib 'machine/sdk/cc/tests';
use Batch;
use Test::More;

my @types = ('signed char', 'unsigned char', 'short', 'unsigned short', 'int',
    'unsigned', 'long long', 'unsigned long long');
my %bits = map { $types[$_] => 8 << int($_ / 2) } 0 .. $#types;
my @rows;

# Values at the edges, through volatile so that nothing is folded.
my $values = '0, 1, -1, 2, 7, 100, 127, 128, -128, 255, 32767, -32768, 65535,'
    . ' 2147483647, -2147483647 - 1, 4294967295LL, 0x123456789abcdefLL';

for my $a (@types) {
    for my $b (@types) {
        push @rows, ["$a with $b",
            "static volatile $a as[] = {$values};\n"
                . "static volatile $b bs[] = {$values};\n"
                . 'enum { N = sizeof(as) / sizeof(as[0]) };', <<"END"];
unsigned sum = 0;
for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
        $a a = as[i], c = a;
        $b b = bs[j];
        sum = sum * 31 + (unsigned)(a + (unsigned long long)b);
        sum = sum * 31 + (a & b) * 3u + (a | b) * 5u + (a ^ b);
        sum = sum * 31 + (a < b) + 2 * (a <= b) + 4 * (a == b) + 8 * (a > b)
            + 16 * (a >= b) + 32 * (a != b);
        c += b; sum = sum * 31 + (unsigned)c;
        c -= a; sum = sum * 31 + (unsigned)c;
        c |= b; c ^= a; c &= ~b; sum = sum * 31 + (unsigned)c;
        sum = sum * 31 + (a && b) + (a || b) + !a + (unsigned)~a;
        c = b; sum = sum * 31 + (unsigned)c;
    }
OUT(sum);
END
    }
}
for my $t (@types) {
    push @rows, ["shifts of $t", "static volatile $t as[] = {$values};\n"
            . 'static volatile int count;', <<"END"];
unsigned sum = 0;
for (unsigned i = 0; i < sizeof(as) / sizeof(as[0]); i++)
    for (count = 0; count < $bits{$t}; count++) {
        unsigned long long r = as[i] >> count;
        sum = sum * 31 + (unsigned)r + (unsigned)(r >> 32);
        r = (unsigned long long)as[i] << count;
        sum = sum * 31 + (unsigned)r + (unsigned)(r >> 32);
    }
OUT(sum);
END
    push @rows, ["constant shifts of $t", "static volatile $t a = -77;",
        join('', map { "OUT(a >> $_); OUT((unsigned long long)a << $_);\n" }
            0 .. $bits{$t} - 1)];
    push @rows, ["division of $t", "static volatile $t as[] = {$values};",
        <<"END"];
for (unsigned i = 0; i < sizeof(as) / sizeof(as[0]); i++)
    for (unsigned j = 0; j < sizeof(as) / sizeof(as[0]); j++)
        if (as[j] != 0 && !(as[j] == ($t)-1 && ($t)-1 < 0)) {
            OUT(as[i] / as[j]); OUT(as[i] % as[j]);
        }
END
    push @rows, ["division of $t by constants",
        "static volatile $t as[] = {$values};",
        'for (unsigned i = 0; i < sizeof(as) / sizeof(as[0]); i++) {'
            . join('', map { "OUT(as[i] / $_); OUT(as[i] % $_);"
                . " OUT(as[i] * ${_}ULL);" } 1, 2, 3, 7, 8, 10, 16, 100, 127)
            . '}'];
    push @rows, ["increments of $t", "static volatile $t v; static $t w;",
        "$t r = -2; for (int i = 0; i < 300; i++) { OUT(r++); OUT(++v);"
            . ' OUT(w--); OUT(--r); r += i * 3; }'];
    push @rows, ["negation of $t", "static volatile $t as[] = {$values};",
        'for (unsigned i = 0; i < sizeof(as) / sizeof(as[0]); i++) {'
            . ' OUT(-(unsigned long long)as[i]); OUT(~as[i]); OUT(!as[i]);'
            . ' OUT(as[i] ? 1 : 2); OUT((bool)as[i]); }'];
    push @rows, ["pointers to $t", "static $t a[9];",
        "$t *p = a, *q = &a[8]; for (int i = 0; i < 9; i++) a[i] = i * 11;"
            . ' OUT(q - p); OUT(*(p + 3)); OUT(p[4]); OUT(*p++); OUT(*++p);'
            . ' OUT(*q--); OUT(p < q); OUT((char *)q - (char *)p);'
            . ' *p += 5; OUT(a[2]); p[1]--; OUT(3[a]); OUT(&a[5] - a);'];
}
# All operators where neither the code nor what is kept in the frame, behind a
# parameter list of more than 4 KiB, is within one displacement.
for my $t (@types) {
    my ($all, $n) = ('', 24);
    for my $op (qw(+ - * & | ^ < <= > >= == != && || / % << >>)) {
        my ($a, $b, $c) = map { 'v' . ($all =~ tr/;// * $_ + $_) % $n } 1, 5, 7;
        my $right = $op =~ m{[/%]} ? "(($c & 63) + 1)"
            : $op =~ /<<|>>/ ? "($c & 7)" : $c;
        $all .= "$a = $b $op $right; m.b[$a & 4095] += $b $op $right;"
            . " if ($b $op $right) $c ^= $a; $a = w[$c & 15] $op $right;"
            . ($op =~ m{^([-+*&|^/%]|<<|>>)$} ? "$b $op= $right;" : '');
    }
    push @rows, ["$t, all of it far away", <<"END", <<"END"];
struct most { char b[4200]; };
static struct most m;
static volatile $t as[] = {$values};
static $t w[] = {$values};
static __attribute__((noinline)) $t odd($t x, struct most m, $t y)
{ return x * 2 + m.b[4199] - y; }
END
$t @{[join ', ', map { "v$_ = as[$_ % 17]" } 0 .. $n - 1]};
for (int i = 0; i < 3; i++) {
    v1 += odd(v0, m, v2); m.b[4199] += i;
    $all v2++; --v3; v4 = -v5; v6 = ~v7; v8 = !v9; v10 = odd(v11, m, v1);
    v12 = v13 ? v14 : v15; v16 = v17 << i; v18 = (short)v19; w[i] = v20--;
    @{[join ' ', map { "OUT(v$_);" } 0 .. $n - 1]}
}
for (int i = 0; i < 4200; i += 7) if (m.b[i] != 0) OUT(m.b[i] * i);
END
}
for my $width (1 .. 31) {
    my $rest = 32 - $width;
    push @rows, ["bit-fields of $width bits",
        "static struct s { int a : $width; unsigned b : $rest;"
            . " unsigned c : $width; signed d : 3; unsigned char e; } x;",
        <<"END"];
for (int i = -3; i < 40; i += 3) {
    x.a = i; x.b = i; x.c = (unsigned)i * 77; x.d = i; x.e = i;
    OUT(x.a); OUT(x.b); OUT(x.c); OUT(x.d); OUT(x.e);
    x.a += 1; x.b++; --x.c; x.d ^= 1;
    OUT(x.a); OUT(x.b); OUT(x.c); OUT(x.d); OUT(x.e);
    OUT(x.a < x.c); OUT(x.b ? 1 : 2); OUT((x.c = i)); OUT(sizeof(x));
}
END
}
for my $first (1, 4, 7) {
    push @rows, ["packed bit-fields of $_ bits behind $first",
        'static struct __attribute__((packed)) s { unsigned short a : '
            . "$first; long long b : $_; unsigned c : 9; int d : 3; } x"
            . " = {1, -1234567890123, 300, -2}; static struct s y = {1, 98765432109};",
        <<'END'] for 14, 20, 33, 41, 50, 57, 64;
OUT(sizeof(x)); OUT(x.a); OUT(x.b); OUT(x.c); OUT(x.d); OUT(y.b);
for (int i = -3; i < 9; i++) {
    OUT(x.b = i * 12345678901); OUT(x.a); OUT(x.c); OUT(x.b++); OUT(--x.c);
    x.a ^= 1; x.d -= i; OUT(x.b >>= 3); OUT(x.a); OUT(x.d); OUT(x.c);
}
END
}
programs(@rows);
done_testing;
