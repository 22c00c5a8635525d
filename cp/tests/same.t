#!/usr/bin/perl
# same.t - a guest cannot tell CP from the bare machine: the same program
# prints the same on both
use strict;
use warnings;
use lib 'cp/tests', 'tools';
use Course;
use Guests;
use Kit;
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

# Both at once, on a real machine that has just the storage for two.
my $conf = machine_with(deck('STUDENT1', guest('translation')),
    deck('STUDENT2', guest('tables')));
write_file($conf, read_file($conf) =~ s/MAINSIZE 8/MAINSIZE 3/r);
my ($status, $paper) = several($conf, 'run 2000000',
    ['0C0', 'logon student1 student1'], ['0C1', 'logon student2 student2'],
    ['0C2', 'logon student3 student3'], ['0C0', 'ipl 00c'], ['0C1', 'ipl 00c'],
    200_000);
like($paper->{'0C2'}, qr/^NO STORAGE FOR STUDENT3 NOW/m, 'no room for a third');
for my $terminal (['0C0', 'translation'], ['0C1', 'tables']) {
    my ($line, $name) = @$terminal;
    my ($guest) = $paper->{$line} =~ /^ipl 00c\n(.*)^CP ENTERED; DISABLED/ms;
    # The monitor begins a new line when it stops in one.
    is(($guest // $paper->{$line}) =~ s/\s//gr, bare(guest($name)) =~ s/\s//gr,
        "$name beside another");
}
done_testing();
