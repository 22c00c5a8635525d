package Guests;
# Guests.pm - guest programs for the tests of cp/: built with cc370, run on the
# bare machine, and as decks under CP.
use strict;
use warnings;
use lib 'cp/tests', 'tools';
use Kit;
use Exporter 'import';

our @EXPORT = qw(guest bare bare_with deck machine_with under_cp volume minidisks);

my %images;

# The image of cp/tests/guests/NAME.c with other files of that folder.
sub guest
{
    my ($name, @others) = @_;
    return $images{$name} if $images{$name};
    my @files = map { "cp/tests/guests/$_" } "$name.c", @others;
    my ($status, $out, $err) = run_program('', bin('cc370'), '-I',
        'cp/tests/guests', '-o', scratch($name), @files);
    die "cc370 $name: $err" if $status != 0;
    return $images{$name} = scratch($name);
}

# What a program prints on the bare machine with as much storage as a student
# has.
sub bare
{
    my ($image) = @_;
    my ($status, $out, $err) = run_program('', bin('run370'), '--storage',
        1024, '--max-instructions', 100_000_000, $image);
    die "run370: $err" if $status != 0;
    return $out;
}

# The same with devices, lines of a configuration.
sub bare_with
{
    my ($image, @devices) = @_;
    my $conf = write_file("$image.conf", join("\n", 'MAINSIZE 1',
            '0009 3215', "000C 3505 @{[deck('BARE', $image, 1)]} eof", @devices, ''));
    my ($status, $out, $err) = run_program('', bin('console'), '-f', $conf,
        '--ipl', '00c', '--line', '009');
    return $status == 0 ? $out : "exit status $status: $err$out";
}

# A volume that mkdasd makes; the users' volume, as CP's directory has it.
sub volume
{
    my ($name, @options) = @_;
    my ($status, $out, $err) = run_program('', bin('mkdasd'), '--type', '3330',
        '-o', scratch($name), @options);
    die "mkdasd: $err" if $status != 0;
    return scratch($name);
}

sub minidisks
{
    return volume('user01', '--volser', 'USER01', '--cylinders', 81,
        '--records', 4096, '--minidisk', 5);
}

# Its deck for a user; without ID card when `alone`.
sub deck
{
    my ($userid, $image, $alone) = @_;
    my $deck = "$image.$userid";
    my ($status, $out, $err) = run_program('', bin('mkdeck'),
        $alone ? () : ('--userid', $userid), '-o', $deck, $image);
    die "mkdeck: $err" if $status != 0;
    return $deck;
}

# A configuration with decks in the reader; a word that has a blank is a line
# for another device.
my $runs = 0;
sub machine_with
{
    my @decks = grep { !/ / } @_;
    my $devices = join '', map { "$_\n" } grep { / / } @_;
    my $reader = @decks ? "000C 3505 @decks eof" : '';
    $runs++;
    return write_file(scratch("guests$runs.conf"), <<"END");
MAINSIZE 8
0009 3215
$reader
000E 1403 @{[scratch("paper$runs")]}
00C0.4 3215 lines
0130 3330 @{[build('cp/cpres.ckd')]}
$devices
END
}

# What the program prints as STUDENT1's guest, from IPL to its end.
sub under_cp
{
    my ($image, @devices) = @_;
    my $conf = machine_with(deck('STUDENT1', $image), @devices);
    my ($status, $out, $err) = run_program(
        "logon student1\nstudent1\nipl 00c\n!pause 600000\nlogoff\n",
        bin('console'), '-f', $conf, '--ipl', '130');
    return "exit status $status: $err" if $status != 0;
    my ($guest, $end) =
        $out =~ /^ipl 00c\n(.*)(^CP ENTERED; .*?)\nCP\nlogoff\n/ms;
    return wantarray ? ($guest, $end) : $guest;
}

1;
