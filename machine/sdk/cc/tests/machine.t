# What C leaves to the implementation: sizes, byte order, bit-fields, EBCDIC,
# attributes.  machine.c prints what is not as the handbook says.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

my ($status, $out, $err) =
    run_program('', bin('run370'), 'machine/sdk/cc/tests/machine.c');
is($out, '', 'all as the handbook has it');
is("$status$err", '0', 'and no warning');

# A bit-field is accessed without the objects behind it: here storage ends.
my $ends = write_file(scratch('ends.c'), <<'END');
#include <string.h>
#define END 0x100000
struct half {
    unsigned b : 20;
    char c;
} *half = (struct half *)(END - 3);
struct __attribute__((packed)) odd {
    unsigned a : 4, b : 20;
} *odd = (struct odd *)(END - 3);
struct __attribute__((packed)) wide {
    unsigned a : 7;
    long long b : 64;
    char c : 1;
} *wide = (struct wide *)(END - 9);

static int test(void)
{
    odd->a = 5;
    odd->b = 0xABCDE;
    if (odd->a != 5 || odd->b != 0xABCDE)
        return 1;
    half->b = 0x12345;
    if (half->b != 0x12345 || *(char *)(END - 1) != 0x5E)
        return 2;
    wide->b = -2;
    wide->c = 1;
    return wide->b != -2 || wide->c != 1 || *(char *)(END - 1) != 0xFD;
}

int main(void)
{
    char stack[9]; /* begins there */
    int wrong;

    memcpy(stack, (char *)END - 9, 9);
    wrong = test();
    memcpy((char *)END - 9, stack, 9);
    return wrong;
}
END
is(join('', run_program('', bin('run370'), '--storage=1024', $ends)), '0',
    'no byte outside of a bit-field and its neighbours is touched');

# A volatile object is accessed as often as C says, each time in its width.
# Behind each statement: the accesses, Read or Write, object, bytes.
my @volatile = map { [split / *\/\/ */] } split /\n/, <<'END';
i;                                          // Ri4
(void)c;                                    // Rc1
i = 1; i = 2;                               // Wi4 Wi4
n = i + i;                                  // Ri4 Ri4
i += s;                                     // Rs2 Ri4 Wi4
n = (char)i & 1;                            // Ri4
if (i & 0x80) n++;                          // Ri4
if (c & 0x80) n++;                          // Rc1
while (c == 3) n++;                         // Rc1
if (s > 3 && c) n++;                        // Rs2
if (s < i) n++;                             // Rs2 Ri4
n = c ? i : s;                              // Rc1 Rs2
u = s;                                      // Rs2 Wu2
i = *p;                                     // Ri4 Wi4
c |= 1;                                     // Rc1 Wc1
s++;                                        // Rs2 Ws2
u = u * u;                                  // Ru2 Ru2 Wu2
n = i / 4 * 0;                              // Ri4
for (int j = 0; j < 3; j++) n += i;         // Ri4 Ri4 Ri4
for (int j = 0; j < 2; j++) s = 0;          // Ws2 Ws2
l = 0;                                      // Wl4 Wl4
l++;                                        // Rl4 Rl4 Wl4 Wl4
if (l == 0) n++;                            // Rl4 Rl4
b.x = 1;                                    // Rb1 Wb1
b.y++;                                      // Rb2 Rb2 Wb2
n = b.z;                                    // Rb4
b.z = 1;                                    // Wb4
END
my $head = <<'END';
static volatile int i, *p = &i;
static volatile short s;
static volatile unsigned short u;
static volatile char c;
static volatile long long l;
static struct { volatile unsigned x : 3, : 0, y : 9, : 0, z : 32; } b;
int n;
int main(void)
{
END
write_file(scratch('v.c'), join "\n", $head . '/* */', (map { $_->[0] } @volatile),
    'return 0; }', '');
run_program('', bin('cc370'), '-w', '-o', scratch('v'), scratch('v.c'));
my %object = reverse read_file(scratch('v.map')) =~
    /^sym (\S+) \S+ (?:bss|data) (\w)(?:@\S+)? /gm;
my %size = (i => 4, s => 2, u => 2, c => 1, l => 8, b => 12);
my %got;
my $before = 2 + $head =~ tr/\n//;
($status, $out, $err) = run_program(join("\n", 'load ' . scratch('v') . ' 0',
    'restart', 'trace i', 'run 10000', ''), bin('machine'), '--monitor', '-');
for ("$out$err" =~ /^.*v\.c:\d+ \(main.*$/mg) {
    my ($op, $operands, $line) =
        /^\S+ \S+ +(\S+) +\S+ +(.*?)(?: -> .*)?v\.c:(\d+)/;
    next if $op eq 'LA';
    while ($operands =~ /\b([0-9A-F]{6})=([0-9A-F]+)/g) {
        my ($at, $bytes) = (hex $1, length($2) / 2);
        for (grep { $at < hex($object{$_}) + $size{$_} &&
                    $at + $bytes > hex $object{$_} } keys %size) {
            push @{$got{$line}}, ($op =~ /^(ST|M)/ ? 'W' : 'R') . "$_$bytes";
        }
    }
}
is(join(' ', @{$got{$before++} // []}), $_->[1], $_->[0]) for @volatile;
done_testing;
