#!/usr/bin/perl
# What a person names at the monitor: lines, files, functions, data.  Two
# meanings are told, and so is a place that is another one than was said.
use strict;
use warnings;
use lib 'tools';
use Cwd qw(abs_path);
use Kit;
use Test::More;

# The names of files are told as cc370 was told them.
my ($cc370, $machine) = map { abs_path(bin($_)) } qw(cc370 machine);
mkdir scratch('');
chdir scratch('') or die;
mkdir $_ for qw(a b);
write_file('kernel.c', <<'END');
int from_a(int), from_b(int);
extern int everywhere;
static int shared[2] = {3, 4};
static int own = 10;
static int step(int n);

__attribute__((noinline)) static int step(int n) { return n + own++; }

int main(void)
{

    return step(from_a(shared[0]) + from_b(shared[1])) + everywhere;
}
END
for my $folder (qw(a b)) {
    write_file("$folder/kernel.c", <<"END");
static int own = 0x$folder;
__attribute__((noinline)) static int step(int n)
{
    return n + own++;
}
int from_$folder(int n);
int from_$folder(int n) { return step(n); }
END
}
write_file('b/data.c', "int everywhere = 7;\nint main(void);\n");
my @sources = ('kernel.c', 'a/kernel.c', 'b/kernel.c', 'b/data.c');
my ($status, $out, $err) = run_program('', $cc370, '-o', 'image', @sources);
is("$status$err", '0', 'a program of three kernel.c');
utime 1, 1, @sources;

# The answers to the commands behind load.
sub monitor
{
    my (undef, $out) = run_program(join("\n", 'load image 0', @_, 'quit', ''),
        $machine, '--storage', '256K', '--monitor', '-');
    return $out =~ s/\A.*\n//r;
}

# ---- break -----------------------------------------------------------------

like(monitor('break b/kernel.c:4', 'break b/kernel.c:2', 'break b/kernel.c:4'),
    qr{^BREAK (\w{6})\nBREAK \w{6}\nBREAK \1 off$}, 'a line with code');
like(monitor('break kernel.c:11', 'break kernel.c:11'),
    qr{^BREAK (\w{6}) kernel\.c:12 \(main.*\), the next line that has code\nBREAK \1 off$},
    'one without; and that this file goes before those that end so');
like(monitor('break kernel.c:15', 'break a/kernel.c:99999999999999999999'),
    qr{^\?\S+ \S+: kernel\.c has no code from line 15 on\n\?\S+ \S+: a/kernel\.c has no code}, 'behind the last one');
like(monitor('break b/data.c:1'), qr/b\/data\.c has no code from line 1 on$/, 'a file of data');
like(monitor('break c/kernel.c:4'), qr/: no map knows a file c\/kernel\.c$/, 'no such file');
like(monitor('break step'), qr{^BREAK \w{6} kernel\.c:7 \(step\)\nBREAK \w{6} a/kernel\.c:2 \(step\)\nBREAK \w{6} b/kernel\.c:2 \(step\)$}m,
    'three functions of one name, each with its place');
my ($first) = monitor('break step') =~ /BREAK (\w+)/;
is(() = monitor("break $first", 'break step', 'break step') =~ /off$/mg, 3,
    'one that was set already does not change its turn');
for my $name (qw(shared everywhere __image_end)) {
    like(monitor("break $name"), qr/^\?\S+ $name: a name of data or of a number, X'(\w{6})', .*break \1$/,
        "no stop at $name");
}

rename 'kernel.c', 'main.c';
@sources = map { s/^kernel/main/r } @sources;
run_program('', $cc370, '-o', 'image', @sources);
utime 1, 1, @sources;
for my $command ('break', 'list') {
    like(monitor("$command kernel.c:4"), qr{^\?\S+ kernel\.c:4: there are a/kernel\.c and b/kernel\.c: write more of the path$},
        "$command: two files");
}
like(monitor('display own 4'), qr/^\?\S+ own: there are 3 of this name; print &'b\/kernel\.c'::own tells/, 'three variables');

# ---- list ------------------------------------------------------------------

like(monitor('list main.c:11'), qr/^ {4}6  \n.* {3}11> \n {3}12 .*\n {3}13  \}\n$/s, 'the line that was said');
like(monitor('list main.c:14'), qr/^ {4}9 .*\n {3}13  \}\n\?\S+ main\.c: the file has 13 lines, and no line 14\n\n$/s, 'behind the end');
is(monitor('list b/data.c:1'), "    1> int everywhere = 7;\n    2  int main(void);\n\n", 'a file without code');
like(monitor('list step'), qr{> __attr.*own\+\+; \}\n(?:.*\n)*?\n(?:.*\n){1,3} {4}2> __attr.*\n(?:.*\n)*?\n(?:.*\n){1,3} {4}2> __attr},
    'three functions of one name');
like(monitor('list :3'), qr/: an address is/, 'no name of a file');
like(monitor('list everywhere', 'list FFFF00'), qr/^\?\S+ everywhere: no line of a map is there\n\?\S+ FFFF00: no line/, 'no code');
utime 2**32 - 1, 2**32 - 1, 'main.c';
like(monitor('list main.c:3', 'list b/kernel.c:1'),
    qr/^main\.c was changed after the image was built\n {4}1  int from_a.*\n\n {4}1> static/s, 'a source that is newer');
write_file('main.c', 'x' x 1000 . "\n" . read_file('main.c'));
like(monitor('list main.c:2'), qr/^ {4}1  x{1000}\n {4}2> int from_a/m, 'a long line is one');

# ---- variables of one name that meet on a line ------------------------------

write_file('scopes.c', <<'END');
volatile int tick;
int main(void)
{
    int x = tick + 1;
    do {
        int x = tick + 2;
        tick += x;
    } while (tick < x);
    { int y = tick; tick = y + 3; } { int y = 7; tick += y; }
    return tick + x;
}
END
run_program('', $cc370, '-o', 'image', 'scopes.c');
like(monitor('break scopes.c:7', 'break scopes.c:8', 'break scopes.c:9', 'break scopes.c:10', 'restart',
    ('run 1000', 'print x', 'print y', 'locals') x 4), qr/^x = 2\n\?\S+ y: y is a variable of line 9 only
.*
^STOP.*\n\?\S+ x: the scope of one of several variables x begins or ends on line 8; `locals' shows them\n.*\nx = 1\nx = .*\n
^STOP.*\nx = 1\n\?\S+ y: the scope of one .* on line 9; .*\nx = 1\ny = .*\ny = .*\n
^STOP.*\nx = 1\n\?\S+ y: y is a variable of line 9 only/ms, 'which is meant is not guessed') or diag $out;

# ---- types and constants of several files ------------------------------------

write_file('common.h', "enum { SAME = 4 }; struct all { int a; }; typedef struct all all;\n");
my %type = (a => ['{ short x; }', 'RED, GREEN', 'char'], b => ['{ int y, z; }', 'GREEN = 7, RED', 'long long']);
for my $name (qw(a b)) {
    my ($members, $constants, $word) = @{ $type{$name} };
    write_file("$name.c", <<"END");
#include "common.h"
struct node $members;
typedef $word word;
enum colour { $constants, SAME_TOO = 8 };
struct all use_$name;
word at_$name(struct node *n, int c);
__attribute__((noinline)) word at_$name(struct node *n, int c)
{
    return (word)(*(word *)n + c + use_$name.a + SAME);
}
END
}
write_file('m.c', <<'END');
struct node;
char at_a(struct node *n, int c);
long long at_b(struct node *n, int c);
static long long two = 0x100000002;
int RED_too(void);
int main(void) { return at_a((void *)&two, 1) + (int)at_b((void *)&two, 7); }
END
($status, undef, $err) = run_program('', $cc370, '-o', 'image', qw(m.c a.c b.c));
is("$status$err", '0', 'types that differ');
my @print = map { "print $_" } 'RED', '(int)GREEN', 'sizeof(word)', '*(struct node *)&two', '(enum colour)7';
is(monitor('break at_a', 'break at_b', 'restart', 'run 10000', @print, 'run 10000', @print) =~ s/.*?(?=^RED)//msr =~
    s/^STOP.*\n//mr, <<'END', 'each file has its own');
RED = 0
(int)GREEN = 1
sizeof(word) = 1
*(struct node *)&two = {x=0}
(enum colour)7 = 7
RED = 8
(int)GREEN = 7
sizeof(word) = 8
*(struct node *)&two = {y=1, z=2}
(enum colour)7 = GREEN
END
$out = monitor(@print, map { "print $_" } "(int)'a.c'::RED + 'b.c'::RED", "sizeof('b.c'::word)", "sizeof(struct 'a.c'::node)",
    "((struct 'b.c'::node *)&two)->z", 'SAME', 'SAME_TOO', '*(all *)&two', "'none.c'::RED", "(struct 'm.c'::node *)4", "'a.c'::", "'a.c'::3");
is(() = $out =~ /: there are 2 of the name "(?:RED|GREEN|word|node|colour)": write '[ab]\.c'::/g, 5, 'in no file: several');
like($out, qr/RED = 8\n.*::word\) = 8\n.*::node\) = 2\n.*->z = 2\nSAME = 4\nSAME_TOO = 8\n.*= \{a=1\}\n/, 'the one that is said; and what is the same');
is(() = $out =~ /^\?/mg, 9, 'what is not there') or diag $out;

# One that a file only declares is that of the file which defines it.
write_file('a.c', "struct node { int here; };\nstruct node *make(void);\n" .
    "struct node *make(void)\n{\n    static struct node node = {42};\n    return &node;\n}\n");
write_file('b.c', <<'END');
struct node *make(void);
struct never *never;
struct flex { int n; short v[]; } flex = {2, {5, 6}};
struct text { int n; char s[]; } text = {2, "ab"};
volatile int tick;
int main(void)
{
    struct node *node = make();
    tick = node != 0;
    return never != 0 || flex.n == text.n;
}
END
run_program('', $cc370, '-o', 'image', qw(b.c a.c));
is(monitor('break b.c:9', 'restart', 'run 1000', map { "print $_" } '*node', 'node->here', '((struct node *)node)->here', '*never', 'never->x',
    'sizeof(*never)', 'flex', 'flex.v[1]', 'sizeof(flex.v)', 'text', 'text.s', '/x') =~ s/.*?(?=^\*node)//msr, <<'END', 'declared, and defined elsewhere; flexible arrays');
*node = {here=42}
node->here = 42
((struct node *)node)->here = 42
?stdin:8: *never: no file defines what "never" is
?stdin:9: never->x: no file defines what "never" is
?stdin:10: sizeof(*never): no file defines what "never" is
flex = {n=2, v={...}}
flex.v[1] = 6
?stdin:13: sizeof(flex.v): its size is not known
text = {n=2, s="ab"}
text.s = "ab"
?stdin:16: print: the expression ends too early
END

# Blanks in the names of files.
mkdir 'a b';
write_file('a b/c d.c', <<'END');
volatile int tick;
static inline int twice(int n)
{
    tick = n;
    return 2 * n;
}
int main(void) { return twice(tick); }
END
run_program('', $cc370, '-o', 'a b/my size image', 'a b/c d.c');
like(monitor('load "a b/my size image" 0', 'break "c d.c:4"', 'restart', 'run 1000', 'where', "print 'c d.c'::tick"),
    qr/^BREAK.*\n(?:.*\n)*#0 \S+ twice\(n=0\).* a b\/c d\.c:4\n#1 \S+ main\(\) a b\/c d\.c:7\n(?:.*\n)*.* = 0$/m, 'names with blanks') or diag $out;

# More places than there are breakpoints.
write_file('many.c', "volatile int tick;\nstatic inline void once(void) { tick++; }\nint main(void)\n{\n" .
    "    once();\n" x 70 . "    return 0;\n}\n");
run_program('', $cc370, '-o', 'image', 'many.c');
like(monitor('break once', 'list once', 'break many.c:2', 'break many.c:7'),
    qr/^(\?\S+ once: it is in 70 places, .*)\n(?:.*\n)* {4}2> static(?:.*\n)*\?\S+ many\.c:2: it is in \d+ places.*\nBREAK \w{6}/, 'seventy places');

write_file('none.c', read_file('many.c') =~ s/tick\+\+;//r);
run_program('', $cc370, '-o', 'image', 'none.c');
like(monitor('break once'), qr/they were in main line 5, main line 6, .*\.\.\.$/, 'seventy places of which nothing is left');

# The constants of an assembler file are no code.
write_file('const.asm', <<'END');
         ENTRY five
limit    DC    F'5'
more     DC    F'6'
five     BALR  R15,0
         USING *,R15
         L     R15,last
         BR    R14
last     DC    F'7'
END
write_file('const.c', "int five(void);\nint main(void) { return five(); }\n");
run_program('', $cc370, '-o', 'image', qw(const.c const.asm));
like(monitor(map { "break const.asm:$_" } 2, 3, 6, 8), qr/^BREAK (\w+) const\.asm:4 \(five\), the next line.*\nBREAK \1 off\nBREAK \w+\n\?.*no code from line 8/, 'data of an assembler file');

# A type goes with its map.
write_file('a.c', read_file('a.c') =~ s/here/there/r);
run_program('', $cc370, '-o', 'again', qw(b.c a.c));
like(monitor('load again 0', 'print *(struct node *)&flex'), qr/= \{there=2\}$/, 'an image in place of another');
chdir '/';
done_testing;
