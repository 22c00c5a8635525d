#!/usr/bin/perl
# evening.t - a student's evening, on one terminal and on two at once: log on,
# look round, IPL both decks, stop the machine, look into it, go on; twice the
# same
use strict;
use warnings;
use lib 'cp/tests', 'tools';
use Course;
use Kit;
use Test::More;

my $decks = "@{[build('labs/hello.deck')]} @{[build('labs/gos.deck')]}";
my $conf = course($decks);
$conf = write_file($conf, read_file($conf) =~ s/ascii eof/ebcdic eof/r);

my @evening = ('query virtual', 'query reader', 'ipl 00c', 'Ada',
    '!pause 3000', 'ipl 00c', 'echo first', '!attention', 'display psw',
    'display g', 'display 200.40', 'store 300 C1C2C3', 'begin', 'echo second',
    '#cp query time', 'echo third', '#cp', 'd t300.4', 'external', 'echo done',
    '#cp system reset');
my $out = logged_on($conf, @evening);
like($out, qr/^SYSTEM   00\d\d A RDR \d+ 01  NONE\nSYSTEM   00\d\d A RDR/m,
    'two decks wait in the reader');
like($out, qr/^What is your name\?\nAda\nNice to meet you, Ada\.$/m,
    'hello is loaded, asks and answers');
like($out, qr/^CP ENTERED; DISABLED WAIT PSW '00020000 00000000'\nCP$/m,
    'its wait ends in CP');
like($out, qr/^GOS> echo first\nfirst\n/m, 'GOS is loaded and works');
like($out, qr/^CP\ndisplay psw\nPSW = \w{8} \w{8}$/m,
    'attention stops it, and CP is there');
like($out, qr/^GPR 12 =  \w{8} \w{8} \w{8} \w{8}$/m, 'registers');
like($out, qr/^begin\n(?:GOS> )?echo second\nsecond$/m, 'BEGIN: it goes on');
like($out, qr/^GOS> #cp query time\nTIME IS .*\nCONNECT= /m,
    '#CP out of the running system');
like($out, qr/^(?:GOS> )?echo third\nthird$/m, 'which goes on');
like($out, qr/^000300  00C1C2C3 .*\*\.ABC/m, 'what was stored is there');
like($out, qr/echo done\ndone$/m, 'EXTERNAL does not stop it');
like($out, qr/^SYSTEM RESET\n/m, 'SYSTEM RESET does');
like($out, qr/^LOGOFF AT .*\nCP-LAB ONLINE\n\z/m, 'LOGOFF');
is(scalar logged_on($conf, @evening), $out, 'a second time it is the same');

# Two students; the machine counts instructions.
my @steps = ('run 20000000');
for my $line ('logon student1 student1', 'ipl 00c', 'Ada', 'ipl 00c',
    'count 3', '#cp query time')
{
    push @steps, ['0C0', $line], ['0C1', $line =~ s/student1/student2/gr];
}
push @steps, 'run 20000000', ['009', 'logon operator operator'],
    ['009', 'shutdown'], 'counters';
my ($status, $paper) = several($conf, @steps);
for my $addr ('0C0', '0C1') {
    like($paper->{$addr}, qr/Nice to meet you, Ada\./, "$addr: hello");
    like($paper->{$addr}, qr/^BETA counts 3$/m, "$addr: GOS");
    like($paper->{$addr}, qr/^TIME IS /m, "$addr: CP");
    like($paper->{$addr}, qr/^LOGOFF AT .* BY SYSTEM$/m, "$addr: the end");
}
is($status, 0, 'SHUTDOWN: exit status 0') or diag $paper->{all};
my (undef, $again) = several($conf, @steps);
my ($count) = $paper->{all} =~ /^instructions (\d+)/m;
like($count, qr/^\d+$/, 'instructions are counted') or diag $paper->{all};
is($again->{all}, $paper->{all},
    'the same papers and the same number of instructions once more');
done_testing();
