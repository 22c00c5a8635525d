#!/usr/bin/perl
# isolation.t - a guest that does its worst changes nothing for another user,
# and the operator can force it off
use strict;
use warnings;
use lib 'cp/tests';
use Course;
use Guests;
use Kit;
use Test::More;

my $counter = guest('counter');
my $expected = bare($counter);
my $conf = machine_with(deck('STUDENT1', guest('hostile', 'wild.asm')),
    deck('STUDENT2', $counter));

# The paper of STUDENT2's terminal from IPL to the end of his program.
sub lines_of
{
    my ($paper) = @_;
    return $paper->{'0C1'} =~ /^ipl 00c\n(.*)^CP ENTERED; DISABLED WAIT/ms
        ? $1 : 'no end of the program: ' . $paper->{'0C1'};
}

# First alone, then beside the hostile one.
my ($status, $alone) = several($conf, 'run 2000000',
    ['0C1', 'logon student2 student2'], ['0C1', 'ipl 00c'], 60000);
is(lines_of($alone), $expected, 'STUDENT2 alone prints what it should');

($status, my $paper) = several($conf, 'run 2000000',
    ['009', 'logon operator operator'],
    ['0C0', 'logon student1 student1'], ['0C1', 'logon student2 student2'],
    ['0C0', 'ipl 00c'], 3000, ['0C1', 'ipl 00c'], 140000,
    ['009', 'query names'], 'attention 0C0', 'run 20000000',
    ['0C0', 'display psw'], ['0C0', 'display 54.4'], ['0C0', 'begin'], 1000,
    ['009', 'force student1'], ['009', 'query names'],
    ['0C1', 'query time'], 1000);
is(lines_of($paper), $expected, 'beside a hostile guest the same');
like($paper->{'0C0'}, qr/^000054  C4D6D5C5$/m, 'which has done all it wanted');
like($paper->{'009'}, qr/^STUDENT1 - 0C0, STUDENT2 - 0C1$|STUDENT1 - 0C0/m,
    'and still runs, in a disabled loop');
like($paper->{'0C0'}, qr/^LOGOFF AT .* BY OPERATOR\nCP-LAB ONLINE$/m,
    'until the operator forces it off');
like($paper->{'009'}, qr/LOGOFF AS STUDENT1 .*FORCED$/m, 'who is told so');
like($paper->{'0C1'}, qr/^TIME IS /m, 'STUDENT2 is still there');
unlike($paper->{'all'}, qr/PANIC/, 'CP has not noticed anything');
done_testing();
