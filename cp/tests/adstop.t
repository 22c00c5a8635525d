#!/usr/bin/perl
# adstop.t - ADSTOP stops the machine before an instruction, once, and leaves
# the instruction as it was
use strict;
use warnings;
use lib 'cp/tests';
use Course;
use Test::More;

# X'300': LA R1,1; X'304': LA R1,2(R1); X'308': B X'304'.
my @loop = ('system clear', 'store l300 41100001 41110002 47f00304');
sub loop { return logged_on(course(), @loop, @_) }

my $out = loop('adstop 308', 'display 308.4', 'begin 300', 'display psw g1',
                  'display 308.4', 'adstop 304', 'begin', 'adstop 308', 'begin',
                  'display g1');
like($out, qr/^display 308\.4\n000308  0AB30304$/m, 'SVC B3 stands there');
like($out, qr/^begin 300\nADSTOP AT 000308\nCP\n/m, 'the machine stops');
like($out, qr/^PSW = 00000000 00000308\nGPR  1 =  00000003$/m,
    '... before the instruction');
like($out, qr/000308  0AB30304.*000308  47F00304$/ms, '... which is put back');
like($out, qr/^begin\nADSTOP AT 000304\nCP\nadstop 308\nbegin\nADSTOP AT 000308\nCP\ndisplay g1\nGPR  1 =  00000005$/m,
    'set again it stops again, a turn later');

$out = loop('adstop 308', 'adstop 304', 'display 308.4', 'adstop off',
               'display 304.4');
like($out, qr/^000308  47F00304\n/m, 'a machine has one stop');
like($out, qr/^000304  41110002\n/m, 'OFF puts the instruction back');

# The stop is gone where something else was stored; a program's own SVC B3 is
# its own.
$out = loop('adstop 308', 'store s308 0700', 'adstop off', 'display 308.4');
like($out, qr/^000308  07000304\n/m, 'what was stored meanwhile stays');
$out = loop('store s304 0ab3', 'store l60 00020000 0000dead', 'adstop 308',
               'begin 300');
like($out, qr/^CP ENTERED; DISABLED WAIT PSW '00020000 0000DEAD'$/m,
    'SVC B3 at another location is the guest\'s');

# With DAT on the location is one of the machine's real storage: page X'1000'
# is frame 0.
$out = loop('store x0 008000e0 00000400', 'store l400 f0000480',
               'store l480 00080000', 'store l500 04080000 00001304',
               'store l300 82000500', 'adstop 308', 'begin 300', 'display psw');
like($out, qr/^ADSTOP AT 001308\nCP\ndisplay psw\nPSW = 04080000 00001308$/m,
    'a machine with DAT on');

$out = loop('adstop', 'adstop 301', 'adstop 2g', 'adstop 100000',
               'adstop 300 1', 'display 300.2');
like($out, qr/^HEXLOC MISSING OR INVALID$/m, 'no location');
like($out, qr/^INVALID HEXLOC - $_$/m, "an odd or bad location $_")
    for qw(301 2G);
like($out, qr/^HEXLOC 100000 EXCEEDS STORAGE$/m, 'a location behind the end');
like($out, qr/^INVALID OPTION - 1$/m, 'a word too many');
like($out, qr/^000300  41100001\n/m, '... and nothing is stored');

done_testing();
