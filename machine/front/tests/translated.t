#!/usr/bin/perl
# A C program that runs with address translation on, its image and its stack at
# real addresses that are not its own: the calls, variables and pointers are
# found where the program has them.  While some other program is translated, real
# storage is shown.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

my ($status, undef, $err) = run_program('', bin('cc370'), '-o', scratch('image'),
    write_file(scratch('virtual.c'), <<'END'));
struct node { struct node *next; const char *name; int (*run)(int); };
volatile int tick = 7;
__attribute__((noinline)) int leaf(int n)
{
    static int calls = 40;
    int twice = 2 * n;
    calls += n;
    tick = twice;
    return twice + calls;
}
struct node second = {0, "second", leaf}, first = {&second, "first", leaf};
__attribute__((noinline)) int walk(struct node *p, int depth)
{
    char word[8] = "WORD";
    int kept = depth + 100;
    tick = word[depth];
    if (p->next != 0)
        kept += walk(p->next, depth + 1);
    return kept + p->run(depth) + word[1];
}
int main(void) { return walk(&first, 1); }
END
is($status, 0, 'the program') or diag $err;

# Pages 0 to 7 of the program are at X'40000', page 15, its stack, at X'5A000'.
my $real = 0x40000;
my @entries = ((map { ($real + 0x1000 * $_) >> 8 } 0 .. 7), (8) x 7, 0x5A000 >> 8);
my %symbol = map { /^sym (\w+) \w+ func (\w+) / ? ($2 => hex $1) : () }
    split /\n/, read_file(scratch('image.map'));
sub monitor
{
    my (@commands) = @_;
    my ($status, $out, $err) = run_program(join("\n",
        'load ' . scratch('image') . sprintf(' %X', $real),
        'store 3000 ' . join('', map { sprintf '%04X', $_ } @entries),
        'store 2000 F0003000' . '00000001' x 15, 'cr 0 00800000', 'cr 1 00002000',
        'gpr 13 F800', 'gpr 14 200', sprintf('gpr 15 %X', $symbol{main}),
        sprintf('psw 0408000000%06X', $symbol{main}), @commands, 'quit', ''),
        bin('machine'), '--storage', '512K', '--monitor', '-');
    return $out;
}

my $chain = qr/^\#0 \w+ leaf\(n=2\) \S+virtual\.c:\d+
\#1 \w+ walk\(p=X'\w+', depth=2\) \S+virtual\.c:19
\#2 \w+ walk\(p=X'\w+', depth=1\) \S+virtual\.c:18
\#3 \w+ main\(\) \S+virtual\.c:21
the chain of calls ends: the return address 000200 is not behind a BALR or BAL
/m;
my $out = monitor('break leaf', 'run 1000',
    ('where', 'up', 'locals', 'frame 2', 'locals', 'step') x 8);
is(() = $out =~ /$chain/g, 8, 'the calls, at each of eight instructions') or diag $out;
is(() = $out =~ /^p = X'\w+'\ndepth = 2\nword = "WORD"\nkept = 102\n/mg, 8, 'the caller');
is(() = $out =~ /^p = X'\w+'\ndepth = 1\nword = "WORD"\nkept = 101\n/mg, 8, 'its caller');
$out = monitor('break leaf', 'run 1000', 'step 7',
    map { "print $_" } 'calls', 'tick', 'first', '*first.next', '&second == first.next',
    'first.run == leaf', 'leaf', '&tick');
my ($tick) = read_file(scratch('image.map')) =~ /^sym (\w+) \w+ data tick /m;
like($out, qr/^0002C4 .* \S+virtual\.c:7 \(leaf\+X'14'\)$/m, 'the source in a trace');
like($out, qr/^calls = 40\ntick = 217\nfirst = \{next=X'\w+', name=X'\w+' "first", run=X'\w+' leaf\}\n\*first\.next = \{next=X'000000', name=X'\w+' "second", run=X'\w+' leaf\}\n&second == first\.next = 1\nfirst\.run == leaf = 1\nleaf = X'\w+' leaf\n&tick = X'$tick'/m,
    'variables and pointers, also to functions');

# No code of a map is where the PSW and R14 lead: another program's addresses.
$out = monitor('psw 040800000000F100', 'gpr 14 F200', 'where', 'print tick',
    sprintf('psw 000800000004%04X', $symbol{leaf}), 'where', 'print tick');
like($out, qr/^\?\S+ where: no function of a map is at 00F100, and R14 leads behind no call in one\ntick = 7$/m,
    'real storage while another program runs');
like($out, qr/^#0 \w+ leaf\(.*^tick = 7$/ms, '... and without translation');
done_testing;
