# What a loop does not change is computed in front of it, and nothing else is;
# products of an index become sums, and the index stays.
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
        'for (int j = 0; j < n; j++) v = m[a][j];', 1],
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

# With an induction variable: instructions in the loop, and none of the others.
my $arrays = 'static int x[99], y[99], m[9][40]; static char s[99], t[99];' .
    'static struct { int k, l, r; } rec[9]; ';
my ($product, $index) = (qr/= (?:mul|shl)/, qr/br4 v\d+ < v2/);
for (['a column', 'for (int i = 0; i < n; i++) v = m[i][a];',
        qr/= addr4 \[v\d+ \+160\]/ => 1, $product => 0, $index => 1],
    ['structures', 'for (int i = 0; i < n; i++) v = rec[i].l + rec[i].r;',
        qr/= add4 v\d+ #12/ => 1, $product => 0, $index => 1],
    ['one sum for all arrays', 'for (int i = 0; i < n; i++) x[i] += y[i];',
        qr/= add4 v\d+ #4/ => 1, qr/= (?:mul|shl|addr)/ => 0, $index => 1],
    ['neighbours', 'for (int i = 1; i < n; i++) v = x[i - 1] + x[i] + x[i + 1];',
        qr/= add4 v\d+ #4/ => 1, $product => 0, $index => 1],
    ['downwards', 'for (int i = n; i-- > 0;) v = x[i];',
        qr/= add4 v\d+ #-4/ => 1, $product => 0],
    ['in steps', 'for (int i = 0; i < n; i += 3) v = x[i] + i * 5;',
        qr/= add4 v\d+ #12/ => 1, qr/= add4 v\d+ #15/ => 1, $product => 0],
    ['a parameter', 'do v = x[n]; while (n-- > 0);',
        qr/= add4 v\d+ #-4/ => 1, $product => 0],
    ['before and behind the step', 'for (int i = 0; i < n;) v = x[i++] + x[i];',
        qr/= add4 v\d+ #4/ => 1, $product => 0],
    ['a row too long for LA', 'static int w[9][2000]; for (int i = 0; i < n; i++) v = w[i][a];',
        qr/= add4 v\d+ #8000/ => 1, $product => 0],
    ['bytes, which D(X,B) finds', 'for (int i = 0; i < n; i++) v = s[i];',
        qr/load1 \[v\d+ \+ v\d+ \+0\]/ => 1, qr/= add4/ => 1, $index => 1],
    ['an index that is needed', 'for (int i = 0; i < n; i++) v = i;',
        qr/= add4/ => 1, $index => 1],
    ['a step that changes', 'for (int i = 0; i < n; i += a) a += v, v = x[i];',
        $product => 1],
    ['a step on some ways', 'for (int i = 0; i < n;) if (v) v = x[i++];',
        qr/= add4 v\d+ #4/ => 1, $product => 0],
    ['two steps', 'for (int i = 0; i < n; i++) { v = x[i]; if (v) i++; }',
        $product => 1],
    ['an index that wraps', 'for (unsigned char i = 1; i != 0; i += 2) v = x[i];',
        $product => 1],
    ['a base that changes', 'for (int i = 0; i < n; i++) { v = m[i + a][i]; a ^= v; }',
        $product => 1],
    ['a way into the loop', 'int i = 0; if (a) goto in; for (; i < n; i++) { v = 1; in: v = x[i]; }',
        $product => 1]) {
    my ($name, $body, @expected) = @$_;
    my $code = at_depth(1, "$arrays$function { $body return 0; }");
    while (my ($what, $times) = splice @expected, 0, 2) {
        is(scalar(() = $code =~ /$what/g), $times, "$name: $what")
            or diag $code;
    }
}

# All products are sums, however many loops there are: the outer one's too.
my $code = join '', map { at_depth($_, "$arrays$function { " .
    'for (int i = 0; i < n; i++) for (int k = 0; k < n; k++) v = m[i][k];' .
    ' return 0; }') } 1, 2;
unlike($code, $product, 'no product is left in loops in loops');
$code = at_depth(1, "$arrays$function { " .
    'for (int i = 0; i < n; i++) v = m[i][a];' x 500 . ' return 0; }');
is(scalar(() = $code =~ /= addr4 \[v\d+ \+160\]/g), 500, 'nor in 500 loops');
unlike($code, $product, '... of them all');
done_testing;
