#!/usr/bin/perl
# Looking inside: trace letters and their limits, counters.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

my $deck = scratch('hello.deck');
is system(bin('mkdeck'), '-o', $deck, build('labs/hello')), 0, 'a deck to look at';
my $conf = write_file(scratch('m.conf'), <<CONF);
MAINSIZE 1
0009 3215
000C 3505 $deck eof
CONF

sub monitor
{
    my ($commands) = @_;
    my ($status, $out, $err) =
        run_program("${commands}quit\n", bin('machine'), '-f', $conf, '--monitor', '-');
    is $err, '', 'nothing on standard error';
    return $out;
}

# SSK and ISK of block X'800', STCK, LA in a loop of four.
my $program = <<'IN';
store 300 41200000 41300800 0823 0943 B2050320 47F00308
store 0 00080000 00000300
IN

like monitor("$program" . "psw 0008000000000300\ntrace k\nrun 6\n"), qr/^TRACE\ k\n
    000308\ 0823\ {9}SSK\ {3}R2,R3\ .*\ key\(000800\)=00\ ->\ cc=0\n
    00030A\ 0943\ {9}ISK\ {3}R4,R3\ .*\ key\(000800\)=00\ ->\ cc=0\nSTOP/mx, 'k shows storage keys';
like monitor("$program" . "gpr 2 F0\nstore 300 47000000\npsw 0008000000000300\ntrace k count 1\nrun 9\n"),
    qr/key\(000800\)=00 -> key\(000800\)=F0 cc=0\nSTOP/, 'before and after; count 1 is one line';
like monitor("$program" . "psw 0008000000000300\ntrace t\nrun 6\n"),
    qr/^TRACE t\n00030C B2050320     STCK  800 .*-> 000320=\w{16} cc=0\nSTOP/m, 't shows clocks';
like monitor("$program" . "psw 0008000000000300\ntrace i 304-30A count 3\nrun 50\n"),
    qr/^TRACE i\n000304 .*\n000308 .*\n00030A .*\nSTOP/m, 'a range, and three lines of it';
like monitor("$program" . "psw 0008000000000300\ntrace i 304-304\nrun 50\nstep\n"),
    qr/^TRACE i\n000304 .*\nSTOP .*\n0003.*\nSTOP/m, 'step shows its instruction all the same';

# A segment table at X'1000', a page table at X'1100': page 0 real, 1 not.
like monitor(<<'IN'), qr/^DAT {3}000300 -> 000300  \(segment table 001000\)\nDAT {3}001004: exception 0011, table entry 001102\n/m,
store 300 58101004
store 1000 F0001100
store 1100 0000 0008
store 68 000A000000000000
cr 0 008000E0
cr 1 00001000
gpr 1 1000
psw 040C000000000300
trace d
run 3
IN
    'd shows translations and exceptions';

is monitor("trace z\ntrace i 300\ntrace i 9-8\ntrace i count\ntrace i count x\ntrace i count 0\ncounters maybe\n"), <<'OUT', 'what is wrong is told';
?stdin:1: z: there is no trace letter "z": there are i instructions, x interruptions, o I/O instructions, c channel programs, d address translation, k storage keys, t clocks
?stdin:2: 300: write FROM-TO, two addresses, or count N
?stdin:3: 9-8: the range ends before it begins
?stdin:4: count: how many lines? write count N
?stdin:5: x: the number of lines is a decimal number
?stdin:6: 0: at least one line; or write trace off
?stdin:7: maybe: counting instructions by class is on or off
OUT

# ---- counters ---------------------------------------------------------------

my $run = "ipl 00C\nrun 100000\ntype 009 Ada\nrun 100000\nhash\n";
my $plain = monitor($run . "counters\n");
my $counted = monitor("counters on\n$run" . "counters\n");
my ($hash) = $plain =~ /^(HASH .*)$/m;
like $counted, qr/^\Q$hash\E$/m, 'counting changes nothing';
my %c = $counted =~ /^([a-z]\S+) (\d+)$/mg;
my $sum = 0;
$sum += $c{$_} for grep { /^instructions-/ } keys %c;
my $interruptions = 0;
$interruptions += $c{$_} for grep { /-interruptions$/ } keys %c;
cmp_ok abs($c{instructions} - $sum - $c{'io-interruptions'} - $c{'external-interruptions'}), '<=', 2,
    'the classes make up all instructions';
is $c{'io-channel-0'}, $c{'io-interruptions'}, 'interruptions by channel';
cmp_ok $c{'commands-read'}, '>=', $c{'device-000C-commands'} - 5, 'commands by type and device';
cmp_ok abs($c{'device-000C-busy-ns'} / $c{'device-000C-commands'} - 50_000_000), '<', 2_500_000,
    'a reader is busy 50 ms for each card';
unlike $plain, qr/^instructions-/m, 'no classes unless asked for';

done_testing;
