#!/usr/bin/perl
# The drivers of GOS: cards, paper and a disk on a bare machine, under CP and on
# Hercules; and what the operator sees when devices fail.
use strict;
use warnings;
use lib 'tools', 'labs/tests';
use Test::More;
use Encode;
use Hercules;
use Kit;

my $deck = scratch('gos.deck');
is((run_program('', bin('mkdeck'), '-o', $deck, build('labs/gos')))[0], 0, 'a deck');
sub cards { return encode('cp37', join '', map { sprintf '%-80s', $_ } @_) }
my @text = map { "CARD $_" } 1 .. 4;
my $data = write_file(scratch('data.deck'), cards(@text));

sub volume
{
    my ($path) = @_;
    my ($status, $out, $err) = run_program('', bin('mkdasd'), '--type', '3330', '--records',
                                           4096, '--cylinders', 5, '-o', $path);
    is("$status$err", '0', 'a volume');
    return $path;
}

# A conversation on the bare machine, with more lines of configuration.
my $paper = scratch('paper');
my $volume = volume(scratch('volume'));
sub talk
{
    my ($input, @lines) = @_;
    my $config = write_file(scratch('conf'), join '', map { "$_\n" } 'MAINSIZE 1',
        '0009 3215', "000C 3505 $deck $data eof", "000E 1403 $paper", "0190 3330 $volume",
        @lines);
    my ($status, $out) = run_program($input, bin('console'), '-f', $config, '--ipl', '00c',
                                     '--line', '9');
    return $out =~ s/^GOS is ready.*\n//r;
}

my @disk = ('disk read 0', 'disk write 170 Far away', 'disk write 1 Near', 'disk read 170',
            'disk read 1', 'format 1', 'disk read 1', 'disk read 170', 'disk read 999');
my $disk_out = "GOS> disk read 0\n\nGOS> disk write 170 Far away\nGOS> disk write 1 Near\n" .
    "GOS> disk read 170\nFar away\nGOS> disk read 1\nNear\nGOS> format 1\n" .
    "GOS> disk read 1\n\nGOS> disk read 170\nFar away\nGOS> disk read 999\n" .
    "190 I/O error: command 07, status 0E00, sense 8000\nRecord 999 cannot be read.\n";
my $list = join('', map { "$_\n" } @text) . "4 cards.\n";

is(talk(join '', map { "$_\n" } 'cards', @disk, 'quit'),
   "GOS> cards\n${list}${disk_out}GOS> quit\nGOS ends.\n", 'cards and records');
is(talk("print\nquit\n"), "GOS> print\n4 lines.\nGOS> quit\nGOS ends.\n", 'a deck is printed');
my $sheet = join "\n", @text;
is(read_file($paper), $sheet, '... and is on paper when GOS has ended');

# Faults: recovery, and the operator's part.
is(talk("cards\nquit\n", 'FAULT 000C data-check command=C2 after=2 count=3'),
   "GOS> cards\n${list}GOS> quit\nGOS ends.\n", 'a card that is hard to read');
my $spoilt = join "\n", map { $_ eq 'CARD 3' ? 'A card could not be read.' : $_ } @text;
my $out = talk("cards\nquit\n", 'FAULT 000C data-check command=C2 after=2 count=6');
like($out, qr/^00C I\/O error: command C2, status 0E00, sense 0800\n/m,
     'a card that cannot be read');
is($out =~ s/^00C.*\n//mr, "GOS> cards\n$spoilt\n3 cards.\nGOS> quit\nGOS ends.\n",
   '... goes by');
like(talk("print\nquit\n", 'FAULT 000E intervention after=3 ms=2000'),
     qr/^00E intervention required\n/m, 'a printer without paper');
is(read_file($paper), $sheet, '... goes on when it has some');
is(talk("disk write 60 Hard\ndisk read 60\nquit\n", 'FAULT 0190 data-check cylinder=1 count=3',
        'FAULT 0190 busy ms=100 count=2', 'FAULT 0190 equipment-check command=05 count=2'),
   "GOS> disk write 60 Hard\nGOS> disk read 60\nHard\nGOS> quit\nGOS ends.\n",
   'a disk with faults');
like(talk("cards\ncards\n!pause 1000\n!attention\nprint\n!pause 1000\n!attention\nquit\n"),
     qr/\*\*\* stopped by the operator\n0 cards\.\n(.*\n)*\*\*\* stopped by the operator\n0 lines\./,
     'the request key ends the wait for a card');

# Under CP: spooled, and a minidisk.
my $theirs = scratch('student1.deck');
run_program('', bin('mkdeck'), '--userid', 'STUDENT1', '-o', $theirs, build('labs/gos'));
my $second = write_file(scratch('second.deck'), cards('USERID STUDENT1 NAME CARDS', @text));
my $users = scratch('user01');
run_program('', bin('mkdasd'), '--type', '3330', '--volser', 'USER01', '--cylinders', 81,
            '--records', 4096, '--minidisk', 5, '-o', $users);
my $printer = scratch('printer');
my $cp = write_file(scratch('cp.conf'), <<"END");
MAINSIZE 16
0009 3215
000C 3505 $theirs $second eof
000E 1403 $printer
00C0.2 3215 lines
0130 3330 @{[build('cp/cpres.ckd')]} ro
0131 3330 $users
END
my ($status, $err);
($status, $out, $err) =
    run_program("logon student1 student1\n!pause 20000\nipl 00c\ncards\nprint\n" .
                    join('', map { "$_\n" } @disk) . "quit\nclose 00e\nlogoff\n",
                bin('console'), '-f', $cp, '--ipl', '130');
is("$status$err", '0', 'a session under CP');
like($out, qr/^GOS> cards\n0 cards\.\nGOS> print\n4 lines\.\n\Q${disk_out}\EGOS> quit\n/m,
     '... does the same, behind the deck of GOS itself');
like(read_file($printer), qr/\f?CARD 1\nCARD 2\nCARD 3\nCARD 4/, '... and prints');

# On Hercules: the volume becomes the same, byte for byte.
my @commands = ('disk write 170 Far away', 'disk write 1 Near', 'format 1', 'disk write 58 End');
volume($volume);
talk(join '', map { "$_\n" } @commands, 'quit');
my $copy = volume(scratch('copy'));
my $both = write_file(scratch('both.deck'), read_file($deck) . read_file($data));
my $sheet2 = scratch('sheet2');
my ($said) = hercules_session(
    ["000C 3505 $both ebcdic eof", "000E 1403 $sheet2", "0190 3330 $copy"],
    'print', @commands, 'quit');
like($said, qr/^4 lines\.$/m, 'Hercules reads and prints a deck');
is(read_file($sheet2) =~ s/\r|\s+$//gr, $sheet, '... onto paper');
ok(read_file($copy) eq read_file($volume), '... and has the same on its disk');

done_testing();
