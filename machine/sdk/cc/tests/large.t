# Programs as other programs write them: thousands of functions, statements,
# cases, strings.  cc370 must not need storage that grows with the square of
# their number, so it gets little; and what it makes must be right.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

use constant KIBIBYTES => 600_000;

sub compile
{
    my ($program) = @_;
    my $file = write_file(scratch('large.c'), $program);
    return run_program('', 'sh', '-c',
        'ulimit -v ' . KIBIBYTES . '; exec "$@"', 'sh', bin('cc370'), '-o',
        scratch('image'), $file);
}

sub lines
{
    my ($n, $line) = @_;
    return join '', map { $line->($_) } 0 .. $n - 1;
}

# The exit status says whether the program has found what Perl has computed.
sub right
{
    my ($what, $program) = @_;
    my ($status, undef, $err) = compile($program);
    is("$status$err", '0', "$what: compiled");
    ($status) = run_program('', bin('run370'), scratch('image'));
    is($status, 42, '... and right');
    return;
}

my $n = 5000;
my $sum = 0;
$sum = ($sum * 3 + $_) % 65536 for 0 .. $n - 1;
right("$n functions, called by one",
    lines($n, sub {"static unsigned f$_[0](unsigned x)"
            . "{ return (x * 3 + $_[0]) % 65536; }\n"})
        . 'int main(void) { unsigned s = 0;'
        . lines($n, sub {"s = f$_[0](s);\n"})
        . "return s == $sum ? 42 : 1; }");

$sum = 1;
$sum = ($sum * 5 + $_) % 65536 for 0 .. 4 * $n - 1;
right(4 * $n . ' statements',
    'unsigned g = 1; int main(void) {'
        . lines(4 * $n, sub {"g = (g * 5 + $_[0]) % 65536;\n"})
        . "return g == $sum ? 42 : 1; }");

$sum = 0;
$sum += $_ % 7 for grep { $_ % 3 == 0 } 0 .. $n - 1;
right("$n tests, each with a variable of its own",
    'volatile int g = 3; int main(void) { int s = 0;'
        . lines($n, sub {"{ int x = $_[0]; if (x % g == 0) s += x % 7; }\n"})
        . "return s == $sum ? 42 : 1; }");

$sum = 0;
$sum += $_ % 5 for 0 .. 1999;
right('2000 loops',
    'int main(void) { int s = 0;'
        . lines(2000, sub {"for (int i = 0; i < $_[0] % 5; i++) s++;\n"})
        . "return s == $sum ? 42 : 1; }");

right("$n cases",
    'int f(int n) { switch (n) {'
        . lines($n, sub {"case $_[0]: return @{[$_[0] * 7 % 1000]};\n"})
        . '} return -1; } int main(void) { for (int i = 0; i < ' . $n
        . '; i++) if (f(i) != i * 7 % 1000) return 1;'
        . "return f($n) == -1 ? 42 : 2; }");

right("$n labels",
    'int g; int main(void) {'
        . lines($n, sub {"l$_[0]: g++; if (g == $_[0]) goto l"
            . (7 * $_[0] % $n) . ";\n"})
        . "return g > 0 ? 42 : 1; }");

right("$n strings and variables that are pointed to",
    '#include <string.h>' . "\n"
        . '__attribute__((noinline)) static int length(const char *s, int *n)'
        . '{ return *n += (int)strlen(s); } int main(void) { int s = 0;'
        . lines($n, sub {"int v$_[0] = 1; s += length(\"$_[0]\", &v$_[0]);\n"})
        . "return s == @{[$n + 10 + 180 + 2700 + 16000]} ? 42 : 1; }");

right(4 * $n . ' structures, typedefs, enumeration constants, addresses',
    lines(4 * $n, sub {"struct s$_[0] { int a; } v$_[0] = { $_[0] };"
            . "typedef struct s$_[0] t$_[0]; enum { E$_[0] = $_[0] };\n"})
        . 'int *t[] = {' . lines(4 * $n, sub {"&v$_[0].a,"})
        . "}; int main(void) { for (int i = 0; i < 4 * $n; i++)"
        . "if (*t[i] != i) return 1; return E7 == 7 ? 42 : 2; }");

my ($status, undef, $err) =
    compile('int t[] = {' . '1, ' x 100_000 . "x};\nint main(void) { return 0; }");
is($status, 1, 'a mistake far behind in a line');
is($err, scratch('large.c') . ":1:300012: error: `x' is not declared\n",
    '... has its column, but nobody wants to see all of the line');

($status, undef, $err) = compile('int main(void) { int s = 0;'
        . lines(20000, sub {"for (int i = 0; i < $_[0]; i++) s += i;\n"})
        . 'return s; }');
is($status, 1, 'what needs too much all the same is not compiled');
like($err, qr/large.c:1: error: function `main' is too large for cc370: make several of it/,
    '... with a message');

done_testing();
