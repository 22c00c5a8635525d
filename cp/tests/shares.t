#!/usr/bin/perl
# shares.t - time is shared out: two machines that loop get the same, one that
# mostly waits is served at once beside them, and timers run as SET TIMER says
use strict;
use warnings;
use lib 'cp/tests';
use Course;
use Guests;
use Test::More;

# A loop that counts in register 1, ready for BEGIN.
sub loop
{
    my ($at) = @_;
    return map { [$at, $_] } 'system clear', 'store l300 41110001 47f00300',
        'store psw 0 300';
}

sub seconds_of
{
    my ($paper) = @_;
    my ($min, $sec) = $paper =~ /VIRTCPU= (\d+):(\d+\.\d+)/ or return -1;
    return $min * 60 + $sec;
}

my $conf = machine_with(deck('STUDENT3', guest('counter')));
my ($status, $alone) = several($conf, 'run 2000000',
    ['0C2', 'logon student3 student3'], ['0C2', 'ipl 00c'], 40000);
my $paper;
($status, $paper) = several($conf, 'run 2000000',
    ['0C0', 'logon student1 student1'], ['0C1', 'logon student2 student2'],
    ['0C2', 'logon student3 student3'],
    loop('0C0'), loop('0C1'), ['0C0', 'begin'], ['0C1', 'begin'],
    ['0C2', 'ipl 00c'], 60000,
    'attention 0C0', 'attention 0C1', 1000,
    ['0C0', 'query time'], ['0C1', 'query time']);
my ($one, $two) = map { seconds_of($paper->{$_}) } '0C0', '0C1';
cmp_ok($one, '>', 1, 'a machine that loops gets on');
cmp_ok($two, '>', 1, 'so does the other');
cmp_ok(abs($one - $two) / ($one || 1), '<', 0.1, 'they get the same');
like($alone->{'0C2'}, qr/LINE 30 OF 30/, 'a program that prints, alone');
like($paper->{'0C2'}, qr/LINE 30 OF 30/, 'and beside them');

# The interval timer at X'50', before and after a second of a loop, of a wait.
sub timer_runs
{
    my ($mode, $psw) = @_;
    my $out = logged_on(course(), 'system clear', "set timer $mode",
        'store l300 47f00300', 'store x0 00000080', 'store l50 7fffffff',
        "store psw $psw", 'begin', '!pause 1000', '!attention', '!pause 500',
        'display 50.4');
    $out =~ /^000050  (\w{8})$/m or return $out;
    return 0x7FFFFFFF - hex $1;
}

my @loop = ('01000000 300');
my @wait = ('01020000 300');
is(timer_runs('off', @loop), 0, 'TIMER OFF: it stands still');
cmp_ok(timer_runs('on', @loop), '>', 70_000, 'TIMER ON: it goes in a loop');
cmp_ok(timer_runs('on', @loop), '<', 120_000, 'at its speed');
is(timer_runs('on', @wait), 0, 'but not in a wait');
cmp_ok(timer_runs('real', @wait), '>', 70_000,
    'TIMER REAL: in an enabled wait too');
done_testing();
