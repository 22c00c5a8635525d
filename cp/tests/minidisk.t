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
done_testing();
