#!/usr/bin/perl
# same.t - a guest cannot tell CP from the bare machine: the same program
# prints the same on both
use strict;
use warnings;
use lib 'cp/tests';
use Guests;
use Test::More;

sub same
{
    my ($what, $image, $least) = @_;
    my $bare = bare($image);
    my ($guest, $end) = under_cp($image);
    ok(($bare =~ tr/\n//) >= $least, "$what: the bare machine does it all");
    is($guest, $bare, "$what: the guest prints the same");
    is($end, "CP ENTERED; DISABLED WAIT PSW '00020000 00000000'",
        "$what: its end is a disabled wait of code 0");
}

same('privileged instructions', guest('privileged', 'probe.asm'), 250);
same('interruptions', guest('interrupts', 'await.asm'), 90);
same('translation', guest('translation', 'probe.asm'), 790);
same('random tables', guest('tables', 'probe.asm'), 7);
done_testing();
