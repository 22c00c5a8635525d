#!/usr/bin/perl
# The calls and their variables while assembler routines run, which keep their
# caller's registers each in its own way: at every instruction the chain is
# whole and every value of the callers right.  And what is told of a chain that
# is broken, long, or behind a branch to nowhere.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

sub image
{
    my ($name, @files) = @_;
    my ($status, undef, $err) =
        run_program('', bin('cc370'), '-w', '-o', scratch($name), @files);
    is($status, 0, "building $name") or diag $err;
    return;
}

sub monitor
{
    my ($name, @commands) = @_;
    my (undef, $out) = run_program(
        join("\n", 'load ' . scratch($name) . ' 0', @commands, 'quit', ''),
        bin('machine'), '--storage', '1M', '--monitor', '-');
    return $out;
}

my $asm = write_file(scratch('own.asm'), <<'END');
; A save area of its own, as OS/VS programs have it.
         ENTRY fixed
fixed    STM   R14,R12,12(R13)
         LR    R12,R15
         USING fixed,R12
         ST    R13,OWN_AREA+4
         LA    R2,OWN_AREA
         ST    R2,8(,R13)
         LR    R13,R2
         LR    R7,R1
         LA    R1,OWN_LIST
         L     R15,=V(back)
         BALR  R14,R15
         LTR   R3,R15
         BZ    OWN_NONE
         L     R13,4(,R13)
         LR    R15,R3
         L     R14,12(,R13)
         LM    R2,R12,28(R13)
         BR    R14
OWN_NONE L     R13,OWN_AREA+4
         LM    R14,R12,12(R13)
         SLR   R15,R15
         BR    R14
         DROP  R12
OWN_AREA DC    18F'0'
OWN_LIST DC    F'11'
; A frame on the stack, and a part that is called by another register.
         ENTRY frame
frame    STM   R14,R12,12(R13)
         BALR  R12,0
         USING *,R12
         LR    R2,R13
         SH    R13,=H'96'
         ST    R2,4(,R13)
         LM    R3,R4,0(R1)
         STM   R3,R4,72(R13)
         LA    R1,72(,R13)
         BAL   R10,OWN_PART
         L     R15,=V(back)
         BALR  R14,R15
         LR    R8,R15
         LA    R13,96(,R13)
         LR    R15,R8
         LM    R2,R12,28(R13)
         L     R14,12(,R13)
         BR    R14
OWN_PART LA    R5,3
OWN_LOOP AR    R4,R5
         BCT   R5,OWN_LOOP
         BR    R10
         DROP  R12
; No more than it needs; R14 is kept in R5, for a routine without a save area.
         ENTRY least
least    STM   R4,R6,36(R13)
         LR    R5,R14
         LR    R6,R15
         USING least,R6
         L     R4,0(,R1)
         BAL   R14,OWN_STEP
         BAL   R14,OWN_STEP
         LR    R14,R5
         LR    R15,R4
         LM    R4,R6,36(R13)
         BR    R14
OWN_STEP LTR   R4,R4
         BM    OWN_LESS
         BZR   R14
         BCTR  R4,0
         BR    R14
OWN_LESS LA    R4,1(,R4)
         BR    R14
         DROP  R6
         LTORG
; R15 stays the base behind an own part.
         ENTRY based
based    ST    R14,12(,R13)
         USING based,R15
         L     R0,0(,R1)
         BAL   R14,OWN_HALF
         B     OWN_REST
OWN_HALF SRL   R0,1
         BR    R14
OWN_REST LR    R1,R14
         LR    R15,R0
         L     R14,12(,R13)
         BR    R14
         DROP  R15
END
my $source = write_file(scratch('calls.c'), <<'END');
#include <setjmp.h>
#include <string.h>
int fixed(int), frame(int, int), least(int), based(int);
volatile int tick;
unsigned number = 77;
static char from[40] = "hello", to[40];
static jmp_buf jump;
int back(int n) { const int b = n + 100; tick = b; return tick - 11 - b; }
__attribute__((noinline)) static int pick(int n, int k)
{
    const int p1 = n + 1, p2 = n * 3, p3 = n ^ 5, p4 = n - 9, p5 = n * n;
    int r = 0;
    switch (k) {
    case 0: memcpy(to, from, (unsigned)p4); r = memcmp(to, from, 9); break;
    case 1: memset(to, n, 9); r = memcmp(to, from, 5); break;
    case 2: r = (int)(number / (unsigned)p1 + number / (number - 76)); break;
    case 3: r = (int)(number / 0x80000005u + (0u - number) / 0x80000005u); break;
    case 4: r = fixed(n); break;
    case 5: r = frame(n, p2); break;
    case 6: r = least(n) + least(0) + least(-5); break;
    case 7: if (setjmp(jump) == 0) longjmp(jump, fixed(p3)); break;
    case 8: r = based(n); break;
    }
    tick = r;
    return r + p1 + p2 + p3 + p4 + p5;
}
__attribute__((noinline)) static int outer(int n)
{
    const int o1 = n + 10, o2 = n * 7, o3 = n ^ 3, o4 = n - 4, o5 = 6 - n;
    for (int i = 0; i <= 8; i++)
        tick = pick(o1, i);
    return o1 + o2 + o3 + o4 + o5;
}
int main(void) { return outer(5); }
END
my %right = (outer => { n => 5, o1 => 15, o2 => 35, o3 => 6, o4 => 1, o5 => 1 },
    pick => { n => 15, p1 => 16, p2 => 45, p3 => 10, p4 => 6, p5 => 225 });
image('calls', $source, $asm);
my $out = monitor('calls', 'break pick', 'restart', 'run 10000',
    ('step', 'where', map { ("frame $_", 'locals') } 1 .. 3) x 1100);
my (%chains, @wrong, $name);
my ($checked, $broken) = (0, 0);
for my $stop (split /^STOP /m, $out =~ s/^STOP wait.*//smr) {
    next unless $stop =~ s/^((?:#\d.*\n)+)\n//m;
    my @calls = $1 =~ /^#\d+ \w+ (\w+)/mg;
    $chains{"@calls"}++;
    for (split /\n/, $stop) {
        $name = $1 if /^#\d+ \w+ (\w+)/;
        next unless /^(\w+) = (-?\d+)/ && defined $right{$name}{$1};
        $checked++;
        push @wrong, "$name $1 = $2: @calls" if $right{$name}{$1} != $2;
    }
}
is("@wrong[0 .. ($#wrong < 5 ? $#wrong : 5)]", '', 'the values of all callers');
cmp_ok($checked, '>', 5000, "... $checked of them");
my %kind = map { /^sym \w+ 0 (\w+) (\w+) / ? ($2 => $1) : () } split /\n/, read_file(scratch('calls.map'));
is("@kind{qw(fixed OWN_NONE OWN_AREA crt0 crt0_start)}", 'entry asm dc dc asm', 'the map tells what labels are of');
is(join(', ', grep { !/(?:^|\bouter main |^main )crt0_found$/ } keys %chains), '', 'the chain');
for (qw(memcpy memcmp memset __udivmod fixed frame least based setjmp longjmp),
    'back fixed', 'back frame', 'OWN_STEP least', 'OWN_HALF based') {
    cmp_ok($chains{"$_ pick outer main crt0_found"} // 0, '>', 1, "... in $_");
}
like(monitor('calls', 'break least', 'restart', 'run 100000', 'locals', 'up', 'print p1'),
    qr/^\?\S+ locals: least is an assembler routine, without variables of C\n#1 .*\np1 = 16$/m, 'no variables');

# ---- chains that are broken, long, or behind a branch to nowhere -------------

image('deep', write_file(scratch('deep.c'), <<'END'));
volatile int tick;
void (*nowhere)(int);
__attribute__((used)) int array[10];
__attribute__((noinline)) int deep(int n)
{
    if (n > 0)
        tick = deep(n - 1) + n;
    return tick;
}
__attribute__((noinline)) int call(int n)
{
    int k = n + 7;
    tick = k;
    nowhere(n);
    return k + n + tick;
}
int main(void)
{
    int n = deep(69);
    return call(5) + n;
}
END
my $more = qr/^#63 \S+ deep\(n=63\)[^\n]*\nand more: frame 64 is the next one\n\n/m;
$out = monitor('deep', 'break deep', 'restart', ('run 1000') x 70, 'where', 'frame 64', 'up',
    'frame 71', 'frame 72', 'frame 10000000');
like($out, qr/^#0 \S+ deep\(n=0\).*$more#64 \S+ deep\(n=64\)[^\n]*\n#65 /ms, 'many calls');
like($out, qr/^#71 \S+ crt0_\w+\(.*\n(?:\?\S+ \w+: there is no such call.*\n){2}\z/m, 'and the last');
for (['12345678', 'leads to 3456\w\w, where no save area can be'],
    ['000FFE3A', 'leads to 0FFE\w\w, where no save area can be'],
    ['00090000', 'the return address 000000 is not behind a BALR or BAL']) {
    my ($r13, $why) = @$_;
    $out = monitor('deep', 'break deep', 'restart', ('run 10000') x 2, 'step 6', "gpr 13 $r13", 'where');
    like($out, qr/^#0 \S+ deep\([^\n]*\nthe chain of calls ends: [^\n]*$why\n\n\z/m, "R13 is $r13");
}
$out = monitor('deep', 'break deep', 'restart', 'run 10000', 'step 6', 'store 102 05EF0000',
    'store 90000 ' . '00000104' x 60, 'gpr 13 90000', 'where');
like($out, qr/^the chain of calls ends: the return address 000104 is in no function of a map$/m,
    'a return to where no function is');
# A call that leads to no code: all about its caller is still there.
for my $to (['0', '000000'], ['array', '\w{6}'], ['F00000', 'F00000']) {
    my ($where, $shown) = @$to;
    my ($set, $array) = monitor('deep', 'print &nowhere', 'print &array') =~ /= X'(\w+)'/g;
    my $value = sprintf '%08X', hex($where eq 'array' ? $array : $where);
    $out = monitor('deep', 'break call', 'restart', 'run 100000', "store $set $value",
        ('step', 'where', 'print k') x 16);
    like($out, qr/^no function of a map is at $shown; the last call \(R14\) was in\n#0 \S+ call\(n=5\) \S+:14\n#1 \S+ main\(\) \S+\n#2 \S+ crt0_\w+\(.*\n\nk = 12$/m,
        "a branch to $where");
}

# ---- waits that an interruption has led to ------------------------------------

image('crash', write_file(scratch('crash.c'), <<'END'));
volatile int tick, zero;
int *volatile wild = (int *)0xF00000;
__attribute__((noinline)) static int fail(int how)
{
    int k = how + 100;
    tick = k;
    switch (how) {
    case 1: *wild = k; break;
    case 2: tick = k / zero; break;
    case 3: ((void (*)(void))3)(); break;
    case 4: tick = (int)((unsigned)k / (unsigned)zero); break;
    }
    return k;
}
int main(void)
{
    int n = tick;
    return fail(n) + n;
}
END
my ($set) = monitor('crash', 'print &tick') =~ /= X'(\w+)'/;
for ([1, '0005', 'fail\(how=1\) \S+:8', 'k = 101'], [2, '0009', 'fail\(how=2\) \S+:9', 'k = 102'],
    [3, '0006', 'fail\(how=3\) \S+:10', 'k = 103', '000003; no function of a map is at 000003; the last call \(R14\) was in'],
    [4, '0009', '__udivmod\(\) rt_div\.asm:\d+', 'k = 104', undef, 1]) {
    my ($how, $code, $first, $value, $place, $up) = @$_;
    $out = monitor('crash', 'restart', 'break main', 'run 10000', sprintf('store %s %08X', $set, $how), 'run 10000',
        'where', $up ? 'up' : (), 'print k', 'frame ' . ($up ? 2 : 1), 'print n');
    $place //= '\w+';
    like($out, qr/^STOP wait [^\n]*\na wait after a program interruption, code $code, at $place\n#0 \w+ $first\n(#1 \w+ fail[^\n]*\n)?#\d \w+ main\(\) \S+:18\n#\d \w+ crt0_\w+\([^\n]*\n\n(?:#1[^\n]*\n)?$value\n#\d[^\n]*\nn = $how$/m,
        "a crash of kind $how");
}
done_testing;
