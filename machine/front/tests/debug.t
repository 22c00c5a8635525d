#!/usr/bin/perl
# The monitor speaks C: where, print, list, and break at a line of source.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

my $source = write_file(scratch('small.c'), <<'END');
struct point { int x, y; unsigned flag : 3; char name[6]; struct point *next; };
struct point home = {3, -4, 5, "HOME", &home};
short table[20] = {1, -2, 3};
static long long wide = -5;
const char *text = "hello";
_Bool yes = 1;
__attribute__((noinline)) static int leaf(int a, struct point p, char c)
{
    return a + p.x + c + (int)wide + table[a & 3];
}
__attribute__((noinline)) static struct point middle(long long w, const char *s)
{
    struct point r = home;
    r.x = leaf((int)w, r, s[0]);
    r.y = leaf(-1, home, yes);
    return r;
}
int main(void)
{
    return middle(7, text).x;
}
END
my ($status, $out, $err) =
    run_program('', bin('cc370'), '-o', scratch('small'), $source);
is($status, 0, 'the program') or diag $err;
my $map = read_file(scratch('small.map'));
like($map, qr/^type [0-9A-F]{6} \(R?w:i8;s:s;\)[0-9A-F]+$/m,
    'the map tells parameters and frame');

sub monitor
{
    my ($name, @commands) = @_;
    my ($status, $out, $err) = run_program(
        join("\n", 'load ' . scratch('small') . ' 0', @commands, 'quit', ''),
        bin('machine'), '--storage', '256K', '--monitor', '-');
    is($err, '', "$name: nothing on standard error");
    return $out;
}

# At each instruction of leaf(), its frame or not, the chain is the same.
my $chain = qr{
    ^\#0\ [0-9A-F]{6}\ leaf\(a=7,
        \ p=\{x=3,\ y=-4,\ flag=5,\ name="HOME",\ next=X'[0-9A-F]{6}'\},
        \ c=\d+\ 'h'\)\ \S+small\.c:(?:7|9)\n
    \#1\ [0-9A-F]{6}\ middle\(w=7,\ s=X'[0-9A-F]{6}'\ "hello"\)\ \S+small\.c:14\n
    \#2\ [0-9A-F]{6}\ main\(\)\ \S+small\.c:20\n
    \#3\ [0-9A-F]{6}\ crt0_\w+\(\)\ crt0\.asm:\d+\n\n}mx;
$out = monitor('where', 'break leaf', 'restart', 'run 10000',
    ('where', 'step 1') x 8);
my $times = () = $out =~ /$chain/g;
is($times, 8, 'where, at the first eight instructions') or diag $out;

# The caller, from its first instruction on.
$out = monitor('entry', 'break middle', 'restart', 'run 10000',
    ('where', 'step 1') x 8);
$times = () = $out =~ /^#0 \S+ middle\(w=7, .*\n#1 \S+ main\(\)/mg;
is($times, 8, 'where, while a frame is made') or diag $out;

$out = monitor('print', map { "print $_" } qw(home home.name home.next table
    table[1] wide text yes nothing table[20] home.z table[x] main home[0]));
like($out, qr/^home = \{x=3, y=-4, flag=5, name="HOME", next=X'\w+'\}$/m,
    'a structure');
like($out, qr/^home\.name = "HOME"$/m, 'a member');
like($out, qr/^table = \{1, -2, 3, 0, .*0, \.\.\.\}$/m, 'an array');
like($out, qr/^table\[1\] = -2$/m, 'an element');
like($out, qr/^wide = -5$/m, '64 bits');
like($out, qr/^text = X'\w{6}' "hello"$/m, 'a string');
like($out, qr/^yes = true$/m, 'a _Bool');
like($out, qr/^\?\S+ $_: /m, "no $_")
    for 'nothing', 'table\[20\]', 'home\.z', 'table\[x\]', 'main', 'home\[0\]';

$out = monitor('break', 'break small.c:15', 'break small.c:8',
    'break small.c:999', 'break other.c:3', 'restart', 'run 10000', 'run 10000',
    'run 10000', 'list');
is(() = $out =~ /^BREAK \w{6}$/mg, 2, 'breakpoints at lines');
like($out, qr/^\?\S+ small\.c:999: an address is/m, 'no such line');
like($out, qr/^\?\S+ other\.c:3: an address is/m, 'no such file');
is(() = $out =~ /^STOP break/mg, 3, 'reached in leaf, middle, leaf');
like($out, qr/^ +8  \{\n +9> +return a/m, 'the source');
$out = monitor('list', 'list small.c:13', 'list main', 'list FFFF00');
like($out, qr/^ +13> +struct point r = home;$/m, 'source of a line');
like($out, qr/^ +18> int main\(void\)$/m, 'source of a function');

# A map that somebody else wrote.
for my $type ('[5', '{p;', '{p#4;x@0}', '(a:i4;', '(a:i4;)', '[9999999999]c',
    'i3', 'i4x', '{p#4;x@0:~u4;}', '[2]' x 200 . 'c', '(a:i4;)XYZ') {
    write_file(scratch('small.map'),
        "# cc370 map 1\nsym 000400 4 data v\ntype 000400 $type\n");
    $out = monitor($type, 'print v');
    like($out, qr/^\?.*small\.map:3: expected type ADDR TYPE/m,
        "a bad type: $type");
}
done_testing;
