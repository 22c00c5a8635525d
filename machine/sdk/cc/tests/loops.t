# What a loop does not change is computed in front of it, and nothing else is.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

# The instructions of function f in blocks of this depth, as --dump-ir shows
# them.
sub at_depth
{
    my ($depth, $text) = @_;
    my $file = write_file(scratch('f.c'), "$text\nint main(void) { return f(1, 2); }\n");
    my ($status, $out, $err) = run_program('', bin('cc370'), '--dump-ir', '-o',
        scratch('f'), $file);
    is($status, 0, "compiled: $text") or diag $err;
    my ($f) = $out =~ /^function f(?:\@f)?\n(.*?)(?=^function|\z)/ms;
    return join '', map { /^B\d+: depth $depth\n(.*)/s ? $1 : () }
        split /^(?=B\d+:)/m, $f;
}

my $function = 'volatile int v; __attribute__((noinline)) int f(int n, int a)';
for (['a row of an array', 'static int m[9][9]; ',
        'int i, j; for (i = 0; i < n; i++) for (j = 0; j < n; j++) v = m[i][j];', 2],
    ['a product', '', 'while (n-- > 0) v = a * 160;', 1],
    ['a product of a product', '', 'do v = (a * 160) * a; while (n-- > 0);', 1]) {
    my ($name, $outside, $body, $depth) = @$_;
    my $text = "$outside$function { $body return 0; }";
    unlike(at_depth($depth, $text), qr/= mul/, "$name: not in the loop");
    like(at_depth($depth - 1, $text), qr/= mul/, "$name: in front of it");
}
for (['an operand that changes', 'while (n-- > 0) { v = a * 160; a += v; }'],
    ['a variable that is set at times',
        'int x = 7; while (n-- > 0) { if (v) x = a * 160; v = x; } return x;'],
    ['a quotient, which may interrupt', 'while (n-- > 0) v = 160 / a;'],
    ['a load', 'while (n-- > 0) v = 160 * v;']) {
    my ($name, $body) = @$_;
    like(at_depth(1, "$function { $body return 0; }"), qr/= (?:mul|div)/,
        "$name: stays in the loop");
}
done_testing;
