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
like($map, qr/^type 1 \{point#20;x\@0:i4;.*;flag\@8:~1,5,3,u4;.*next\@16:\*#1;\} \S+small\.c$/m,
    'the map tells types');
like($map, qr/^func \w{6} 78 [-,0-9A-F]+\narg w i8 4 l4\narg s \*c C lC\nvar 0 r #1 13-17 \S+\@\d+$/m,
    'parameters, variables and the frame');
like($map, qr/^sym [0-9A-F]{6} 0 end __image_end$/m, 'the end of the image');

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
    for 'nothing', 'table\[20\]', 'home\.z', 'table\[x\]', 'home\[0\]';
like($out, qr/^main = X'\w{6}' main$/m, 'a function');

$out = monitor('break', 'break small.c:15', 'break small.c:8',
    'break small.c:999', 'break other.c:3', 'restart', 'run 10000', 'run 10000',
    'run 10000', 'list');
like($out, qr/^BREAK \w{6}\nBREAK \w{6} \S+small\.c:9 \(leaf\+X'\w+'\), the next line that has code$/m,
    'breakpoints at lines');
like($out, qr/^\?\S+ small\.c:999: \S+small\.c has no code from line 999 on$/m, 'no such line');
like($out, qr/^\?\S+ other\.c:3: no map knows a file other\.c$/m, 'no such file');
is(() = $out =~ /^STOP break/mg, 3, 'reached in leaf, middle, leaf');
like($out, qr/^ +8  \{\n +9> +return a/m, 'the source');
$out = monitor('list', 'list small.c:13', 'list main', 'list FFFF00');
like($out, qr/^ +13> +struct point r = home;$/m, 'source of a line');
like($out, qr/^ +18> int main\(void\)$/m, 'source of a function');

# ---- expressions -----------------------------------------------------------

# A wait has no function; the one that made the last call is found.
my $waits = write_file(scratch('waits.c'), <<'END');
#include <s370/insn.h>
__attribute__((noinline)) int inner(int a) { return a + 1; }
__attribute__((noinline)) void outer(int a) { if (inner(a) == 4) s370_stop(0xEE77); }
int main(void) { outer(3); return 0; }
END
($status, $out, $err) = run_program('', bin('cc370'), '-o', scratch('waits'), $waits);
is("$status$err", '0', 'cc370');
($status, $out, $err) = run_program(join("\n", 'load ' . scratch('waits') . ' 0', 'where', 'restart',
    'run 10000', 'where', 'frame 1', 'quit', ''), bin('machine'), '--storage', '256K', '--monitor', '-');
my @calls = map { qr/\w+ $_\(\) \S*waits\.c/ } qw(outer main);
like($out, qr/^STOP wait [^\n]*EE77 [^\n]*\na wait; [^\n]*\n#0 $calls[0]:3\n#1 $calls[1]:4\n#2 [^\n]*crt0[^\n]*\n\n#1 $calls[1]/m,
    'where, in a disabled wait') or diag "$out$err";

my $other = write_file(scratch('other.c'), <<'END');
static int twice = 22;
__attribute__((noinline)) int other(void)
{
    return twice;
}
END
my $more = write_file(scratch('more.c'), <<'END');
enum hue { RED, GREEN = 5, BLUE };
struct part { enum hue hue; union { int a; char c[4]; }; };
struct node { struct node *next; struct part part[3]; int (*run)(int); };
static int twice = 11;
struct node node[2] = {{&node[1], {{BLUE, {1}}, {7, {0x40C1C2C3}}}, 0}};
long long wide = 0x123456789LL;
signed char less = -3;
int other(void);
volatile int tick;
__attribute__((noinline)) static int leaf(int n)
{
    return n + other() + twice;
}
static inline int small(int k)
{
    tick = k;
    return k + tick;
}
static inline int nothing(int k)
{
    return k;
}
__attribute__((noinline)) static int work(struct node *p, int n)
{
    char name[8] = "WORK";
    int copy = n, last;
    {
        int n = 99;
        tick = n;
        last = leaf(n);
    }
    for (int i = 0; i < 2; i++)
        last += small(i + copy);
    p->part[2].a = last + name[0] + nothing(copy);
    return last;
}
/* Nothing is left of the assignments to x and y, nor of the branch. */
__attribute__((noinline)) static int maybe(int c)
{
    int x = 1, y = 5;
    if (c)
        x = 2;
    tick = c;
    (void)x, (void)y;
    return c;
}
int main(void)
{
    node[0].run = leaf;
    return work(node, 3) != wide + less + maybe(7);
}
typedef struct { short x, y; } point, *points;
__attribute__((used)) char odd[] = "A\nB\1";
typedef int tick_t;
END
($status, undef, $err) = run_program('', bin('cc370'), '-o', scratch('more'),
    $more, $other);
is($status, 0, 'another program') or diag $err;

sub more
{
    my (@commands) = @_;
    my (undef, $out) = run_program(
        join("\n", 'load ' . scratch('more') . ' 0', @commands, 'quit', ''),
        bin('machine'), '--storage', '256K', '--monitor', '-');
    return $out;
}

my @values = (
    ['node[0].part[0].hue', 'BLUE'], ['node[0].part[1].hue', '7'],
    ['node[0].part[1].c', '" ABC"'], ['node[0].part[0].a', '1'],
    ['node->next->next', "X'000000'"], ['(*node[0].next).part[2].a', '0'],
    ['&node[1] == node[0].next', '1'], ['node + 1 - node', '1'],
    ['sizeof(struct node)', "32 (X'20')"], ['sizeof node', "64 (X'40')"],
    ['wide >> 4', '305419896'], ['-wide % 1000', '-345'],
    ['(unsigned char)less', "253 (X'FD')"], ['less * 2 + 1', '-5'],
    ['/x less', "X'FD'"], ['0x10 + 7 / 2', '19'], ['1 << 4 | 3 & 2', '18'],
    ['BLUE', '6'], ['(enum hue)6', 'BLUE'], ["(int)'A'", '193'], ['!less || 0', '0'],
    ['twice', qr/\?.*2 of the name "twice"/],
    ["'other.c'::twice", '22'], ["'more.c'::twice + 1", '12'],
    ['other', qr/X'[0-9A-F]{6}' other/], ['*other', qr/X'[0-9A-F]{6}' other/],
    ['*(short *)&wide', '0'], ['((struct node *)node)->part[1].c[1]', q{193 'A'}],
    ["'more.c'::odd", '"A\\nB\\x01"'],
    ['*(point *)&wide', '{x=0, y=1}'], ['((points)&wide)[1].x', '9029'],
    ['(tick_t)wide + 0', '591751049'], ['sizeof(point)', '4'],
    ['(struct part *)node[0].part == &node[0].part[0]', '1'],
    ['node.part', qr/\?.*no structure/], ['node->none', qr/\?.*no member of node/],
    ['(struct none *)4', qr/\?.*no structure, union or enum/],
    ['1 / 0', qr/\?.*division by zero/], ['1 +', qr/\?.*ends too early/],
    ['1 + node == &node[1]', '1'], ['1[node].next', "X'000000'"],
    ['less > 3u ? 5 : 1 / 0', '5'], ['1 ? 2', qr/\?.*expected :/],
    ['0 && *(int *)0xF00000 || BLUE - 7 < 0', '1'], ['-less + +less', '0'],
    ['*(const volatile int *)0xF00000', qr/\?.*no storage at X'F00000'/],
    ['(char *)0xF00000', "X'F00000' (no storage)"],
    ['(struct node *)0x80000400', "X'80000400'"], ['(_Bool)2 + 1', '2'],
    ['(long unsigned int)less >> 28', "15 (X'F')"],
    ['(unsigned long long)less > 0', '1'], ['sizeof(int (*[3])(int))', "12 (X'C')"],
    ['*(int (*)[2])&wide', '{1, 591751049}'], ["sizeof 'A'", '4'],
    [q('\n'), q(21 '\n')], [q('\''), q(125 '\'')], [q('\x41'), q(65 '\x41')],
    [q(L'a' - '\0'), '129'], [q('ab'), qr/\?.*not one character/],
    ['1 << 32', qr/\?.*shift of a value of 32 bits by 32/],
    ['(int)0x80000000 / -1', qr/\?.*quotient/], ['08', qr/\?.*no whole number/],
    ['1.5', qr/\?.*no whole number/], ['0x1FFFFFFFFFFFFFFFF', qr/\?.*64 bits/],
    ['"abc"', qr/\?.*expected a name or number at ""abc""/],
    (map { [$_, qr/\?.*print changes nothing/] } 'less = 1', 'less++', '--less',
        'less <<= 1', 'other(1)'),
    ["'none.c'::wide", qr/\?.*no variable "wide" in none\.c/],
    ['(1', qr/\?.*expected \)/], ['1 2', qr/\?.*nothing is expected/],
    ['&less + *less', qr/\?.*no pointer/], ['&1', qr/\?.*address/],
    ['crt0', qr/\?.*label of an assembler file/], ['(' x 500 . '1', qr/\?/],
    ['nowhere', qr/\?.*no variable "nowhere"/]);
$out = more(map { "print $_->[0]" } @values);
my @answers = split /\n/, $out =~ s/\A.*\n//r; # without the answer of load
for my $i (0 .. $#values) {
    my ($text, $right) = @{ $values[$i] };
    my $name = substr $text, 0, 40;
    if (ref $right) {
        like $answers[$i], $right, "print $name";
    } else {
        is $answers[$i], ($text =~ s{^/x }{}r) . " = $right", "print $name";
    }
}

# ---- variables, here and in the callers ------------------------------------

$out = more('break leaf', 'restart', 'run 10000', 'print n', 'print twice',
    'up', 'print n', 'print copy', 'print p->next', 'print name', 'list', 'up',
    'print p', 'down', 'frame 0', 'down', 'frame 9', 'step', 'frame');
like($out, qr/^n = 99\ntwice = 11\n#1 \S+ work\(p=X'\w+', n=3\) \S+more\.c:30\n/m,
    'a variable of the function, one of its file');
like($out, qr/^n = 99\ncopy = 3\np->next = X'\w+'\nname = "WORK"\n/m,
    "the caller's; an inner one hides a parameter");
like(more('break work', 'restart', 'run 10000', 'print last'),
    qr/^\?.*last is a variable of lines \d+ to \d+ only/m,
    'a variable before its declaration');
like($out, qr/^ +30> +last = leaf/m, "list shows the caller's line");
like($out, qr/^#2 \S+ main.*\n\?\S+ p: no variable "p"/m, 'the one further out');
like($out, qr/^#1 \S+ work.*\n#0 \S+ leaf\(n=99\)/m, 'down and frame');
is(() = $out =~ /^\?\S+ (?:down|9): there is no such call/mg, 2, 'no such call');
like($out, qr/^#0 \S+ leaf.*\n\z/m, 'a step forgets which was chosen')
    or diag $out;

# A value that depends on a branch which is not there any more.
$out = more('break maybe', 'restart', 'run 10000', 'step 4', 'print c', 'print x',
    'print y');
like($out, qr/^c = 7\n\?\S+ x: x is optimized away here\ny = 5$/m,
    'no guess after a branch without code') or diag $out;

# A function whose calls were replaced.
$out = more('break small', 'break nothing', 'break work', 'restart', 'run 10000',
    'run 10000', 'where', 'print k', 'up', 'print i', 'print copy', 'print last', 'list small');
like($out, qr/^BREAK \w+\n\?\S+ nothing: its calls.*they were in work line \d+$/m,
    'a break where the body is; and one of which nothing is left');
like($out, qr/^#0 \S+ small\(k=3\) in the place of its call \S+more\.c:16\n#1 \S+ work\(.*more\.c:33\n#2 \S+ main/m, 'the replaced call in the chain');
like($out, qr/^k = 3$/m, 'its parameter');
like($out, qr/^#1 .*\ni = 0\ncopy = 3\nlast = 132$/m,
    'variables around it, and the index') or diag $out;
like($out, qr/^ +16> +tick = k;/m, 'list shows a replaced function');

# One from another file, and the call in its own.
write_file(scratch('from.c'), <<'END');
int twice(int);


int main(void)
{
    volatile int number = 4;

    return twice(number);
}
END
write_file(scratch('other.c'), "int twice(int v)\n{\n    return 2 * v;\n}\n");
($status, undef, $err) = run_program('', bin('cc370'), '-o', scratch('from'),
    scratch('from.c'), scratch('other.c'));
is($status, 0, 'the program of two files') or diag $err;
write_file(scratch('from.mon'), join "\n", "load ${\scratch('from')} 0",
    'break twice', 'restart', 'run 10000', 'where', 'up', 'list', '');
(undef, $out) = run_program('', bin('machine'), '--monitor', scratch('from.mon'));
like($out, qr/^#0 \S+ twice\(v=4\) in the place of its call \S+other\.c:3\n#1 \S+ main\(\) \S+from\.c:8\n/m,
    'each is at a line of its own file') or diag $out;
like($out, qr/^ +8> +return twice/m, 'and that file is listed');

# A line in a body that was replaced has a stop in each place.
$out = more('break more.c:33', 'break more.c:16', 'break leaf', 'restart',
    ('run 100000', 'frame') x 6);
is(() = $out =~ /^#0 \S+ small/mg, 2, 'the line, in each turn of the loop');
is(() = $out =~ /^#0 \S+ leaf/mg, 1, 'the function that was not');

# ---- static variables of functions -----------------------------------------

my $hide = write_file(scratch('hide.c'), <<'END');
static int counter = 5;
volatile int tick;
struct pair { short a; char name[4]; };
__attribute__((noinline)) static int first(int n)
{
    static int counter = 77;
    static short list[3] = {1, 2, 3};
    counter += n;
    {
        static struct pair counter = {9, "IN"};
        tick = counter.a++;
    }
    tick = list[n]++;
    return counter;
}
static inline int second(int n)
{
    static unsigned char counter = 200;
    static struct pair list[2] = {{4, "A"}, {5, "B"}};
    tick = list[n].a;
    return ++counter;
}
__attribute__((noinline)) static int third(int n)
{
    tick = n + counter;
    counter++;
    static long long lonely = -8;
    return (int)lonely++;
}
int main(void)
{
    tick = first(1);
    tick = second(1);
    tick = third(2);
    return 0;
}
END
($status, $out, $err) = run_program('', bin('cc370'), '-o', scratch('hide'),
    $hide);
is("$status$err", '0', 'static variables of functions');
for my $at ('0', '4000') {
    (undef, $out) = run_program(join("\n", 'load ' . scratch('hide') . " $at",
        map({ "print $_" } 'counter', "'hide.c'::counter", 'lonely'), 'quit',
        ''), bin('machine'), '--storage', '256K', '--monitor', '-');
    is($out =~ s/.*?(?=^counter)//msr, "counter = 5\n'hide.c'::counter = 5\n" .
        "lonely = -8\n", "outside of them that of the file, at $at");
}
(undef, $out) = run_program(join("\n", 'load ' . scratch('hide') . ' 0',
    (map { "break $_" } 'first', 'hide.c:11', 'hide.c:13', 'hide.c:20',
        'third'), 'restart',
    ('run 100000', 'frame', 'print counter', 'print list', 'locals',
        "print 'hide.c'::counter", 'up', 'print counter') x 5, 'quit', ''),
    bin('machine'), '--storage', '256K', '--monitor', '-');
my @at = split /^STOP break.*\n/m, $out;
like($at[1], qr/^#0 \S+ first.*\ncounter = 77\nlist = \{1, 2, 3\}\n/m,
    'at the first line of the function');
like($at[2], qr/^counter = \{a=9, name="IN"\}\nlist = \{1, 2, 3\}\n/m,
    'the innermost one');
like($at[3], qr/^counter = 78\nlist = \{1, 2, 3\}\n(?:.+\n)*counter = 78\n/m,
    'behind that block');
like($at[4], qr/^#0 \S+ second.*\ncounter = 200 \(X'C8'\)\nlist = \{\{a=4, name="A"\}, \{a=5, name="B"\}\}\n/m,
    'in the place of a call');
like($at[5], qr/^#0 \S+ third.*\ncounter = 5\n(?:.*\n)*lonely = -8\n/m,
    'a function without one of the name');
is(() = $out =~ /^'hide\.c'::counter = 5\n(?:.*\n)*?counter = 5$/mg, 5,
    'that of the file, and in the caller');

# ---- maps that somebody else wrote -----------------------------------------

for my $item ('obj 400 [5', 'type 1 {p;', 'type 1 {p#4;x@0}', 'obj 400 #1',
    'type 1 {p#4;x@0:#2;}', 'type 0 {p#4;}', 'obj 400 [9999999999]c',
    'obj 400 i3', 'obj 400 i4x', 'type 1 {p#4;x@0:~4,30,3,u4;}',
    'obj 400 ' . '[2]' x 200 . 'c', 'type 1 <p#i4;A;>', 'type 999999999 {p#4;}',
    'arg a i4 0 l0', "func 400 0 -\narg a i4 0 x0", "func 400 0 -\narg a i4 0",
    "func 400 0 -\nvar 1 a i4 1-2 r3", "func 400 0 -\nvar 0 a i4 12 r3",
    "func 400 0 -\nvar 0 a i4 1-2 r3:r4:r5", "func 400 0 -\nvar 0 a i4 1-2 r99",
    "func 400 0 -\nvar 0 a i4 1-2 s1000001",
    "func 400 0 -\ninl 2 0 f - x.c:5", "func 400 0 -\ninl 1 1 f - x.c:5",
    "func 400 0 -\ninl 1 0 f - 5", 'func 400 0 4-',
    'sym 400 4 what v', 'line 400 x.c', "type 1 {p#4;}\ntype 1 {q#4;}") {
    write_file(scratch('small.map'),
        "# cc370 map 4\nsym 000400 4 data v\n$item\n");
    my $name = 'a bad map: ' . substr $item =~ s/\n/; /r, 0, 50;
    $out = monitor($name, 'print v');
    like($out, qr/^\?.*small\.map:\d+: /m, $name);
}
write_file(scratch('small.map'),
    "# cc370 map 4\nsym 000400 4 data v\nobj 400 #1\ntype 1 {p#4;v\@0:#1;}\n");
like(monitor('turns', 'print v'), qr/^v = \{v=\{v=.*\.\.\./m,
    'a structure that contains itself has an end');

write_file(scratch('small.c'), <<'END');
struct __attribute__((packed)) {
    unsigned a : 7;
    long long größe : 64;
    int c : 13;
} maß = {65, -1234567890123, -5};
int main(void) { return maß.a; }
END
run_program('', bin('cc370'), '-o', scratch('small'), scratch('small.c'));
like(monitor('names', 'print maß', 'print maß.größe + 3'),
    qr/^maß = \{a=65 \(X'41'\), größe=-1234567890123, c=-5\}\nmaß.größe \+ 3 = -1234567890120$/m,
    'names with letters of other alphabets, and a bit-field in nine bytes');
# The library's assembler functions, which have no frame, at each instruction.
($status, $out, $err) = run_program('', bin('cc370'), '-o', scratch('small'),
    write_file(scratch('clear.c'), <<'END'));
#include <string.h>
static char to[9];
__attribute__((noinline)) static unsigned clear(unsigned n)
{
    memset(to, 0, n);
    return 100 / n;
}
int main(void) { return (int)clear(7); }
END
is($status, 0, 'a program with assembler functions') or diag $err;
for (['memset', 9], ['__udivmod', 6]) {
    my ($name, $steps) = @$_;
    $out = monitor($name, "break $name", 'restart', 'run 10000',
        ('where', 'step 1') x $steps);
    $times = () = $out =~
        /^#0 \S+ $name\(.*\n#1 \S+ clear\(n=7\).*\n#2 \S+ main\(/mg;
    is($times, $steps, "where, in $name") or diag $out;
}
done_testing;
