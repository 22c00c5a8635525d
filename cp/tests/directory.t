#!/usr/bin/perl
# directory.t - mkdirect: a good directory becomes a table, every mistake in a
# bad one is told with its line, and then nothing is written
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

my $mkdirect = bin('mkdirect');

sub mkdirect
{
    my ($text) = @_;
    my $in = write_file(scratch('users.direct'), $text);
    my $out = scratch('users.c');
    unlink $out;
    my ($status, undef, $err) =
        run_program('', $mkdirect, '-o', $out, $in);
    $err =~ s/^\Q$in\E://mg;
    return ($status, $err, -e $out ? read_file($out) : undef);
}

my $user = "USER A PW 64K\n CONSOLE 009 3215\n";

my ($status, $err, $c) = mkdirect(<<'END');
* a comment
user alice secret 64k 1m bg
 account 7 room12
 option ecmode
 spool 00e 1403
 spool 00c 3505 *
 console 01f 3215
 mdisk 191 3330 0 808 vol1 w
 mdisk 192 3330 10 5 vol1
 mdisk 193 3330 10 5 vol2 mw
END
is($status, 0, 'a good directory is accepted') or diag $err;
like($c, qr/\{"ALICE", "SECRET", "ROOM12", 0x10000, 0x100000, 0x42, true,/,
    'with name, password, distribution, storage, classes');
like($c, qr/0x00C, VDEV_READER, '\*'.*0x00E, VDEV_PRINTER, 'A'.*0x01F/s,
    'and the devices in the order of their addresses');
like($c, qr/0x191, VDEV_DISK, 'A', 0, 808, "VOL1", 1\}/, 'and minidisks');
like($c, qr/0x192, VDEV_DISK, 'A', 10, 5, "VOL1", 0\}.*"VOL2", 1\}/s,
    'which may be read only, or written');

# What is wrong, and what is said about it.
my @bad = (
    ['', qr/^0: there is no USER statement$/],
    ["CONSOLE 009 3215\n$user", qr/^1: CONSOLE comes before the first USER$/],
    ["USER A PW\n", qr/^1: say USER userid password storage/],
    ["USER TOOLONGNAME PW 64K\n", qr/^1: userid 'TOOLONGNAME' is not 1 to 8/],
    ["USER A-B PW 64K\n", qr/^1: userid 'A-B' is not/],
    ["USER A PASSWORD9 64K\n CONSOLE 009 3215\n",
        qr/^1: password 'PASSWORD9' is not/],
    ["USER A PW 64\n", qr/^1: storage size '64' is not a number followed/],
    ["USER A PW 4K\n", qr/^1: storage size '4K' is not a multiple of 4K/],
    ["USER A PW 17M\n", qr/^1: storage size '17M'/],
    ["USER A PW 99999999999999999999M\n", qr/^1: storage size/],
    ["USER A PW 10K\n", qr/^1: storage size '10K' is not a multiple/],
    ["USER A PW 1M 64K\n", qr/^1: maximum storage 64K is less/],
    ["USER A PW 64K 64K GH\n", qr/^1: 'H' is not a privilege class/],
    ["$user$user", qr/^3: user A is there already, in line 1$/],
    ["USER A PW 64K\n", qr/^1: user A has no CONSOLE statement$/],
    ["$user CONSOLE 01F 3215\n", qr/^3: user A has a CONSOLE already$/],
    ["$user SPOOL 009 1403\n", qr/^3: user A has a device 009 already$/],
    ["$user SPOOL XYZ 1403\n", qr/^3: 'XYZ' is not a device address/],
    ["$user SPOOL 1000 1403\n", qr/^3: '1000' is not a device address/],
    ["$user SPOOL 00C 2540\n", qr/^3: say SPOOL vaddr type/],
    ["$user SPOOL 00C 2540 PRINTER\n", qr/^3: there is no .* 2540 PRINTER$/],
    ["$user SPOOL 00E 1403 AB\n", qr/^3: spool class 'AB'/],
    ["$user SPOOL 00E 1403 *\n", qr/^3: spool class '\*'/],
    ["USER A PW 64K\n CONSOLE 009 3270\n", qr/^2: a console is a 3215/],
    ["$user OPTION BMX\n", qr/^3: option BMX is not supported$/],
    ["$user LINK 191\n", qr/^3: unknown statement 'LINK'$/],
    ["$user MDISK 191 3330 1 10\n", qr/^3: say MDISK vaddr 3330 cylinder/],
    ["$user MDISK 191 2314 1 10 V\n", qr/^3: a minidisk is a 3330/],
    ["$user MDISK 191 3330 808 1 V\n", qr/^3: cylinder '808' is not a num/],
    ["$user MDISK 191 3330 0 0 V\n", qr/^3: number of cylinders '0' is not/],
    ["$user MDISK 191 3330 800 9 V\n", qr/^3: number .* from 1 to 8$/],
    ["$user MDISK 191 3330 1 10 VOLUME1\n", qr/^3: volume 'VOLUME1' is not/],
    ["$user MDISK 191 3330 1 10 V X\n", qr/^3: mode 'X' is not one of/],
    ["$user MDISK 191 3330 1 10 V W\n MDISK 192 3330 10 1 V W\n",
        qr/^4: this minidisk has cylinders of that in line 3, 191 of user A$/],
    ["$user ACCOUNT\n", qr/^3: say ACCOUNT number/],
    ["$user* ok\n SPOOL 1 2 3 4 5 6 7 8 9 10 11 12\n",
        qr/^4: more than 12 words/],
    ["${user}A\0B\n", qr/^3: the line has a byte X'00'/],
);
for (@bad) {
    my ($text, $want) = @$_;
    ($status, $err, $c) = mkdirect($text);
    ok($status == 1 && $err =~ $want && !defined $c, "refused: $want")
        or diag "status $status: $err";
}

($status, $err) = mkdirect("FOO\n$user BAR\n");
is(scalar(() = $err =~ /\n/g), 2, 'all mistakes are told, not only the first')
    or diag $err;

($status, undef, $err) =
    run_program('', $mkdirect, '-o', scratch('x'), scratch('none'));
is($status, 1, 'a missing file: exit status 1');
like($err, qr/cannot read .*none: No such file/, 'and its name');
($status, undef, $err) = run_program('', $mkdirect);
is($status, 1, 'no operands: exit status 1');
done_testing();
