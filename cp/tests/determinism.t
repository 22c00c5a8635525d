#!/usr/bin/perl
# determinism.t - the same evening twice: the same paper, and not an
# instruction more or less
use strict;
use warnings;
use lib 'cp/tests';
use Course;
use Guests;
use Test::More;

sub evening
{
    my $conf = machine_with(deck('STUDENT1', guest('counter')),
        deck('STUDENT2', guest('interrupts', 'await.asm')));
    my ($status, $paper) = several($conf, 'run 2000000',
        ['0C0', 'logon student1 student1'], ['0C0', 'ipl 00c'],
        ['0C1', 'logon student2 student2'], ['0C1', 'ipl 00c'], 5000,
        ['0C0', 'query time'], 'attention 0C0', 'run 300000',
        ['0C0', 'display g'], ['0C0', 'begin'], 30000,
        ['0C1', 'query files'], 'counters');
    return $paper->{'all'};
}

my ($one, $two) = (evening(), evening());
like($one, qr/^00C0: LINE \d+ OF 30/m, 'STUDENT1 has printed');
like($one, qr/^00C1: EC write old/m, 'STUDENT2 too');
like($one, qr/^instructions \d{7,}$/m, 'instructions were counted');
is($two, $one, 'the second evening is the first');
done_testing();
