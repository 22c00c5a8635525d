#!/usr/bin/perl
# display.t - DISPLAY and STORE, and the functions that work on the virtual
# CPU: SYSTEM, BEGIN, EXTERNAL
use strict;
use warnings;
use lib 'cp/tests', 'tools';
use Course;
use Test::More;

my $conf = course();
my $out;
sub after { my ($line) = @_; $out =~ /^\Q$line\E\n(.*)$/m; return $1 // '' }

$out = logged_on($conf, 'store 300 C1C2C3 d', 'd 300.8', 'st s301 0102 03',
    'd 300', 'd t2fc.14', 'd l300-307', 'd fffffc:end', 'd ffffc:end',
    'd 100000', 'd 300-20', 'd 300.0', 'd 300.x', 'd zz', 'd 1000000', 'd',
    'd k', 'd 0.100', 'st', 'st 300', 'st 300 xyz', 'st 300 123456789',
    'st s300 123', 'st 100000 1', 'st zz 1', 'st s', 'd caw csw');
is(after('store 300 C1C2C3 d'), 'STORE COMPLETE', 'STORE says so');
is(after('d 300.8'), '000300  00C1C2C3 0000000D', 'fullwords, right adjusted');
is(after('d 300'), '000300  00010203', 'STORE S: bytes as they are');
like(after('d t2fc.14'), qr/^0002F0  [0 ]+ \*\.{16}\*$/,
    'DISPLAY T begins at 16 bytes and shows the characters');
is(after('d l300-307'), '000300  00010203 0000000D', 'a range of addresses');
is(after('d ffffc:end'), '0FFFFC  00000000', 'to the END of storage');
is(after('d 100000'), 'HEXLOC 100000 EXCEEDS STORAGE', 'beyond the end');
is(after('d 300-20'), 'INVALID RANGE - 300-20', 'a range backwards');
is(after('d 300.0'), 'INVALID RANGE - 300.0', 'of no bytes');
is(after('d 300.x'), 'INVALID RANGE - 300.X', 'of no number');
is(after('d zz'), 'INVALID HEXLOC - ZZ', 'no address');
is(after('d 1000000'), 'INVALID HEXLOC - 1000000', 'over 24 bits');
is(after('d'), 'OPERAND MISSING OR INVALID', 'DISPLAY alone');
like(after('d k'), qr/^000000 TO 000[7F]FF  KEY = 0[0-6]$/,
    'keys, with the reference and change bits');
like($out, qr/^d 0.100\n000000  [0 ]+\n000010 TO 0000EF  SUPPRESSED .*\n0000F0 /m,
    'lines that are alike are not repeated');
is(after('st'), 'OPERAND MISSING OR INVALID', 'STORE alone');
is(after('st 300'), 'OPERAND MISSING OR INVALID', 'STORE of nothing');
is(after('st 300 xyz'), 'INVALID HEXDATA - XYZ', 'STORE of what is not hex');
is(after('st 300 123456789'), 'INVALID HEXDATA - 123456789', 'too long');
is(after('st s300 123'), 'INVALID HEXDATA - 123', 'half a byte');
is(after('st 100000 1'), 'HEXLOC 100000 EXCEEDS STORAGE', 'beyond the end');
is(after('st zz 1'), 'INVALID HEXLOC - ZZ', 'no address');
is(after('st s'), 'HEXLOC MISSING OR INVALID', 'S without address');
is(after('d caw csw'), 'CAW = 00000000', 'CAW');
like($out, qr/^CSW = 00000000 00000000$/m, 'CSW');

$out = logged_on($conf, 'st g3 1 2', 'd g', 'd g2-4', 'd ge.2', 'd g16',
    'd g4-2', 'st g15 1 2', 'st g 1', 'st x1 ab', 'd x0-1', 'st y2 4110',
    'd y2', 'd y1', 'st y1 0', 'st psw 00080000 00000400', 'd psw',
    'st psw 500', 'd  psw', 'st psw 12345678 9abcdef0', 'd   psw',
    'st psw 1 2 3', 'st status', 'd 18c.8', 'system reset', 'd 30c',
    'store 30c 1', 'system clear', 'd  30c', 'system foo', 'system',
    'external 99', 'begin xyz', 'sleep 0', 'sleep 5 days');
is(after('d g'), 'GPR  0 =  00000000 00000000 00000000 00000001',
    'DISPLAY G: all registers');
like($out, qr/^GPR  4 =  00000002 /m, 'four on a line');
is(after('d g2-4'), 'GPR  2 =  00000000 00000001 00000002', 'some');
like(after('d ge.2'), qr/^GPR 14 =  \w{8} \w{8}$/, 'by hex digit and count');
is(after('d g16'), 'INVALID REGISTER - 16', 'a register that is not');
is(after('d g4-2'), 'INVALID RANGE - 4-2', 'a range backwards');
is(after('st g15 1 2'), 'OPERAND MISSING OR INVALID', 'past register 15');
is(after('st g 1'), 'INVALID REGISTER - ', 'no register');
like(after('d x0-1'), qr/^ECR  0 =  \w{8} 000000AB$/, 'control registers');
is(after('d y2'), 'FPR  2 =  41100000 00000000', 'floating point');
is(after('d y1'), 'INVALID REGISTER - 1', 'of which there is no 1');
is(after('st y1 0'), 'INVALID REGISTER - 1', 'for STORE either');
is(after('d psw'), 'PSW = 00080000 00000400', 'STORE PSW: both halves');
is(after('d  psw'), 'PSW = 00080000 00000500', 'the right half alone');
is(after('d   psw'), 'PSW = 12340000 1ABCDEF0',
    'code and length of a BC PSW belong to interruptions');
is(after('st psw 1 2 3'), 'OPERAND MISSING OR INVALID', 'too many');
is(after('st status'), 'STORE COMPLETE', 'STORE STATUS');
is(after('d 18c.8'), '00018C  00000001 00000002', 'the registers are there');
is(after('system reset'), 'SYSTEM RESET', 'SYSTEM RESET');
is(after('system clear'), 'STORAGE CLEARED - SYSTEM RESET', 'SYSTEM CLEAR');
is(after('d  30c'), '00030C  00000000', 'storage is zero');
is(after('system foo'), 'INVALID OPTION - FOO', 'SYSTEM of what is not');
is(after('system'), 'OPERAND MISSING OR INVALID', 'SYSTEM alone');
is(after('external 99'), 'INVALID OPTION - 99', 'no such external code');
is(after('begin xyz'), 'INVALID HEXLOC - XYZ', 'BEGIN nowhere');
is(after('sleep 0'), 'INVALID OPTION - 0', 'SLEEP 0');
is(after('sleep 5 days'), 'INVALID OPTION - DAYS', 'SLEEP 5 DAYS');

# A program typed in: LA 1,5; LPSW of a disabled wait.  BEGIN, restart, an
# external interruption that leads to another wait.
my @program = ('store 300 41100005 82000308 00020000 00000777',
    'store psw 0 0', 'begin 300');
$out = logged_on($conf, @program, 'd g1',
    'store 0 00000000 00000300', 'system restart', 'd 8.8',
    'store 58 00020000 00000888', 'store psw 01020000 300', 'external',
    'begin');
like($out, qr/^begin 300\n.*DISABLED WAIT PSW '?00020000 00000777/m,
    'BEGIN runs the program to its wait');
like(after('d g1'), qr/^GPR  1 =  00000005$/, 'it has run');
like($out, qr/^system restart\n.*DISABLED WAIT PSW '?00020000 00000777/m,
    'SYSTEM RESTART runs it again');
is(after('d 8.8'), '000008  00020000 00000777', 'with the old PSW at 8');
like($out, qr/^external\n.*DISABLED WAIT PSW '?00020000 00000888/m,
    'EXTERNAL interrupts, and the machine goes on') or diag $out;

# A loop: SET RUN ON lets it run on while CP has the keyboard.  The pauses let
# the terminal print, so that no attention is lost.
$out = logged_on($conf, 'set run on', 'store 300 41110001 47F00300',
    'store psw 0 300', 'begin', '!pause 1000', '!attention', 'd g1',
    '!pause 1000', '!attention', 'd  g1', '!attention', '!pause 1000', '!attention', 'd   g1',
    '!pause 1000', 'd    g1', 'set run off', 'begin', '!pause 1000',
    '!attention', 'd     g1', '!pause 1000', 'd      g1');
my @g1 = map { hex } $out =~ /^GPR  1 =  (\w{8})$/mg;
is(scalar @g1, 6, 'the register of a loop is displayed') or diag $out;
ok($g1[0] < $g1[1], 'SET RUN ON: attention does not stop the machine');
is($g1[3], $g1[2], 'a second one does');
is($g1[5], $g1[4], 'SET RUN OFF: the first one does');
done_testing();
