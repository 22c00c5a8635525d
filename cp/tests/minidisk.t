#!/usr/bin/perl
# minidisk.t - a minidisk behaves as the disk that it is a part of: channel
# programs good and bad, in their bounds and no farther; IPL from one
use strict;
use warnings;
use lib 'cp/tests', 'tools';
use Course;
use Guests;
use Kit;
use Test::More;

my $user01 = minidisks();
my $real = volume('real', '--cylinders', 5, '--records', 4096);
my $image = guest('disk');
my $bare = bare_with($image, "0190 3330 $real");
ok(($bare =~ tr/\n//) >= 40, 'the bare machine runs all channel programs');
my $before = read_file($user01);
my ($guest, $end) = under_cp($image, "0131 3330 $user01");
is($guest, $bare, 'on a minidisk they do the same');
is($end, "CP ENTERED; DISABLED WAIT PSW '00020000 00000000'", 'to the end');

# Cylinders 1 to 5 of the volume are STUDENT1's 190.
my $after = read_file($user01);
my $cylinder = (length($before) - 512) / 81;
my @changed = grep {
    substr($before, 512 + $_ * $cylinder, $cylinder) ne
    substr($after, 512 + $_ * $cylinder, $cylinder)
} 0 .. 80;
is("@changed", '2 4 5', 'what was written is in its cylinders of the volume');

my $conf = machine_with("0131 3330 $user01");
like(scalar logged_on($conf, 'query virtual dasd', 'query virtual 190'),
    qr/^DASD\ 190\ 3330\ USER01\ R\/W\ 0005\ CYL\n
        DASD\ 1A0\ 3330\ USER01\ R\/W\ 0005\ CYL\nquery\ virtual\ 190\n
        DASD\ 190/mx, 'QUERY VIRTUAL shows the disks');
like(scalar logged_on($conf, 'ipl 1a0', 'spool 190 hold', 'close 190'),
    qr/^ipl\ 1a0\nIPL\ UNIT\ ERROR[^\n]*\nspool\ 190\ hold\n
        INVALID\ DEVICE\ TYPE\ -\ 190$/msx, 'data are no program, a disk no spool');
like(scalar logged_on(machine_with(), 'query virtual dasd'),
    qr/^STUDENT1 190 NOT LINKED; VOLID USER01 NOT MOUNTED$/m,
    'without its volume it is not there');

# A channel program that never ends, and a CPU that does not either, harm
# nobody else; CLEAR, and FORCE in the midst of it, end them.
my $both = machine_with(deck('STUDENT1', guest('endless', 'probe.asm')),
    deck('STUDENT2', $image), "0131 3330 @{[minidisks()]}");
my ($status, $paper) = several($both, 'run 20000000',
    ['009', 'logon operator operator'],
    ['0C0', 'logon student1 student1'], ['0C1', 'logon student2 student2'],
    ['0C0', 'ipl 00c'], 3000, ['0C1', 'ipl 00c'], 60000,
    'attention 0C0', 'run 9000000', ['0C0', 'system clear'], 1000,
    ['0C0', 'query virtual 190'], ['0C0', 'ipl 00c'], 3000,
    ['009', 'force student1'], ['009', 'query names'], 1000);
# The monitor tells what is printed when it stops, be it half a line.
my ($theirs) = $paper->{'0C1'} =~ /^ipl 00c\n(.*)/ms;
ok(($theirs =~ tr/\n//) >= 5, 'beside one that never ends others go on');
$theirs =~ s/CP ENTERED.*//s;
is($theirs =~ s/\s//gr, substr($bare =~ s/\s//gr, 0, length $theirs =~ s/\s//gr),
    'and do the same');
like($paper->{'0C0'}, qr/^SIO 0$/m, 'which was started');
like($paper->{'0C0'}, qr/^STORAGE CLEARED - SYSTEM RESET|^SYSTEM RESET/m,
    'is stopped by SYSTEM CLEAR');
like($paper->{'009'}, qr/LOGOFF AS STUDENT1 .*FORCED$/m, 'or FORCE');
unlike($paper->{'all'}, qr/PANIC/, 'and does CP no harm');
done_testing();
