#!/usr/bin/perl
# The monitor's commands and their answers.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

# Commands in, answers out (and the exit status).
sub monitor
{
    my ($commands, @options) = @_;
    my ($status, $out, $err) =
        run_program($commands, bin('machine'), @options, '--monitor', '-');
    is $err, '', 'nothing on standard error';
    return ($out, $status);
}

sub answers
{
    my ($name, $commands, $expected, @options) = @_;
    my ($out, $status) = monitor($commands . "quit\n", @options);
    is $out, $expected, $name;
    is $status, 0, "$name: quit gives 0";
}

answers 'registers are set and shown', <<'IN', <<'OUT';
# a comment, and an empty line

gpr 3 12AB
gpr 3
gpr F FFFFFFFF
gpr 15
cr 1 00001000
fpr 6 4110000000000000
psw 000A000000000200
psw
IN
GPR 3=000012AB
GPR 3=000012AB
GPR F=FFFFFFFF
GPR 15=FFFFFFFF
CR 1=00001000
FPR 6=4110000000000000
PSW=000A000000000200
PSW=000A000000000200
OUT

answers 'storage and keys', <<'IN', <<'OUT';
store 300 C1C2 c3
display 300 4
key 800 F8
key 801
key 0
IN
000300: C1C2C3
000300: C1C2C300
KEY 000800=F8
KEY 000801=F8
KEY 000000=00
OUT

answers 'reset clear zeroes storage, keys, registers', <<'IN', <<'OUT';
store 300 FFFF
key 300 F0
gpr 1 5
fpr 0 1
psw 0002000000000001
cr 2 0
reset clear
display 300 2
key 300
gpr 1
fpr 0
cr 0
cr 2
IN
000300: FFFF
KEY 000300=F0
GPR 1=00000005
FPR 0=0000000000000001
PSW=0002000000000001
CR 2=00000000
PSW=0000000000000000
000300: 0000
KEY 000300=00
GPR 1=00000000
FPR 0=0000000000000000
CR 0=000000E0
CR 2=FFFFFFFF
OUT

# LA R1,5; AR R1,R1; LPSW X'210'
my $program = <<'IN';
store 200 41100005 1A11 8200 0210
store 210 0002000000000000
psw 0000000000000200
IN
my $entered = <<'OUT';
000200: 411000051A1182000210
000210: 0002000000000000
PSW=0000000000000200
OUT

answers 'run to a disabled wait', $program . <<'IN', $entered . <<'OUT';
run
gpr 1
IN
STOP wait psw=0002000000000000 count=3
GPR 1=0000000A
OUT

answers 'run with a limit', $program . <<'IN', $entered . <<'OUT';
run 2
gpr 1
run
IN
STOP limit psw=0000000020000206 count=2
GPR 1=0000000A
STOP wait psw=0002000000000000 count=3
OUT

answers 'a breakpoint stops before the instruction', $program . <<'IN',
break 204
run
gpr 1
run
IN
    $entered . <<'OUT';
BREAK 000204
STOP break psw=0000000000000204 count=1
GPR 1=00000005
STOP wait psw=0002000000000000 count=3
OUT

answers 'and where a run goes on that came to its time limit', <<'IN', <<'OUT';
store 200 1800180047F00200
psw 0000000000000200
until 1000
break 202
run
IN
000200: 1800180047F00200
PSW=0000000000000200
TIME 1000 count=10
BREAK 000202
STOP break psw=0000000000000202 count=10
OUT
answers 'a second break takes it away', $program . <<'IN', $entered . <<'OUT';
break 204
break 204
run
IN
BREAK 000204
BREAK 000204 off
STOP wait psw=0002000000000000 count=3
OUT

answers 'the trace shows the old PSW that is stored, with its length code', <<'IN', <<'OUT';
store 60 0002000000000000
store 200 0A07
psw 0000000010000200
trace x
run
display 20 8
IN
000060: 0002000000000000
000200: 0A07
PSW=0000000010000200
TRACE x
SVC interruption 0007, old PSW 0000000750000202
STOP wait psw=0002000000000000 count=1
000020: 0000000750000202
OUT

answers 'restart stores the old PSW and loads the one at 0', <<'IN', <<'OUT';
store 0 0002000000000777
psw 0000000000000200
restart
display 8 8
run
IN
000000: 0002000000000777
PSW=0000000000000200
PSW=0002000000000777
000008: 0000000000000200
STOP wait psw=0002000000000777 count=0
OUT

{
    my ($out) = monitor($program . "step 4\nquit\n");
    my @lines = split /\n/, substr($out, length $entered), -1;
    like $lines[0], qr/^000200 41100005 +LA +R1,5 .* -> R1=00000005 cc=0$/,
        'step traces the instruction, its operands and its results';
    like $lines[1], qr/^000204 1A11 +AR +R1,R1 +R1=00000005 -> R1=0000000A cc=2$/,
        'step N traces each';
    like $lines[2], qr/^000206 82000210 +LPSW +528 .*psw=0002000000000000/,
        'a new PSW is shown';
    is $lines[3], 'STOP wait psw=0002000000000000 count=3', 'step says why it stopped';
    is $lines[4], '', 'the block ends with an empty line';
}

{
    my ($out) = monitor($program . "trace i\nrun 1\ntrace off\nrun 1\nquit\n");
    is scalar(() = $out =~ /^0002.*->/mg), 1, 'trace letters switch tracing on and off';
}

# Devices.
answers 'devices come and go', <<'IN', <<'OUT';
attach 009 3215
attach 1f 3215
devices
detach 1F
devices
IN
ATTACH 0009 3215
ATTACH 001F 3215
0009 3215
001F 3215

DETACH 001F
0009 3215

OUT

# A console: write HI, read a line, stop.  All by channel programs; the SIO's
# end is awaited with TIO.
my $hello = <<'IN';
attach 009 3215
store 48 00000300
store 200 9C000009 9D000009 47700204 82000210
store 210 0002000000000000
store 300 090003206000000200000000 0A00033020000010
store 300 0900032060000002 0A00033020000010
store 320 C8C9
psw 0000000000000200
IN

{
    my ($out, $status) = monitor($hello . "type 9 #cp  what\nrun\ndisplay 330 9\n");
    like $out, qr/\nTYPE 0009\nHI\n#cp  what\nSTOP wait psw=0002000000000000 count=/,
        'a typed line is text to its end, and the console prints on standard output';
    like $out, qr/\n000330: 7B83974040A68881A3\n?/, 'the guest gets it in EBCDIC'
        or diag $out;
    is $status, 0, 'end of input after a disabled wait with code 0';
}

{
    my ($out) = monitor("attach 0c0 3215\n" . $hello . "type 9 a\nrun\nquit\n");
    like $out, qr/^0009: HI$/m, 'with two consoles each line says which it is';
}

answers 'key-external, attention and counters answer', <<'IN', <<'OUT';
attach 9 3215
key-external
attention 9
IN
ATTACH 0009 3215
KEY-EXTERNAL
ATTENTION 0009
OUT

{
    my ($out) = monitor("counters\nquit\n");
    like $out, qr/\A(?:[a-z].* [0-9]+\n)+\n\z/, 'counters: a block of name and number';
}

# Loading a file, with its map.
{
    my $image = write_file(scratch('prog'), pack 'H*', '411000051A1107FE');
    write_file("$image.map", <<'MAP');
# cc370 map 4
image prog size 8 bss 0
sym 0 8 func main
line 0 prog.c:10
line 4 prog.c:11
MAP
    my ($out) = monitor("load $image 200\npsw 0000000000000200\nstep 2\nbreak main\nquit\n");
    like $out, qr/^LOAD \Q$image\E AT 000200$/m, 'load';
    like $out, qr/^000200 .*prog\.c:10/m, 'a trace line names the C line';
    like $out, qr/^000204 .*prog\.c:11/m, 'and the next';
    like $out, qr/^BREAK 000200$/m, 'a symbol of the map is an address';
}

# Exit status at the end of the input, without quit.
for (['0002000000000000', 0], ['000200000000DEAD', 2]) {
    my ($psw, $expected) = @$_;
    my ($out, $status) = monitor("psw $psw\nrun\n");
    is $status, $expected, "after a disabled wait: $psw";
}

# Wrong commands: one line each that begins with "?", and nothing happens.
for (
    ['foo',                 'foo: there is no such command; there are: reset store'],
    ['gpr',                 'gpr: write gpr N [VALUE]'],
    ['gpr 1 2 3',           '3: one word too many'],
    ['gpr 16',              '16: registers are numbered 0 to F'],
    ['gpr x',               'x: registers are numbered'],
    ['gpr 1 100000000',     '100000000: the value is a hexadecimal number from 0 to FFFFFFFF'],
    ['fpr 1',               '1: floating-point registers are numbered 0, 2, 4, 6'],
    ['psw 12',              '12: a PSW is 16 hexadecimal digits'],
    ['display 0 0',         '0: a length is at least 1'],
    ['display FFFFF0 11',   'FFFFF0: storage ends at FFFFFF'],
    ['store 200 ABC',       'ABC: bytes are pairs of hexadecimal digits'],
    ['store FFFFFF 0102',   'FFFFFF: storage ends at FFFFFF'],
    ['load /no/such 200',   '/no/such: '],
    ['ipl 00C',             '00C: IPL 000C: no device is attached there'],
    ['ipl zz',              'zz: a device address is a hexadecimal number'],
    ['until soon',          'soon: the time is a decimal number'],
    ['run 1x',              '1x: the limit is a decimal number'],
    ['trace iq',            'iq: there is no trace letter "q"'],
    ['attach 9 9999',       '9999: unknown device type'],
    ['attach 9 3215 extra', '3215: 3215 at 0009: unknown word "extra"'],
    ['detach 9',            '9: no device is attached at 0009'],
    ['type 9 hello',        '9: there is no 3215 console at 0009'],
    ['attention 9',         '9: there is no 3215 console at 0009'],
    ['reset',               'reset: write reset clear'],
    ['reset warm',          'warm: write reset clear'],
    ['load "x 200',         'load: the closing quote is missing'],
) {
    my ($command, $message) = @$_;
    my ($out, $status) = monitor("# first\n$command\n", '--storage', '16M');
    like $out, qr/\A\?stdin:2: \Q$message\E[^\n]*\n\z/, "? for: $command";
    is $status, 1, 'status 1 at the end of the input';
}

# help: every command that the answer to a wrong one names, with its operands.
{
    my ($out) = monitor("help\n");
    my ($names) = (monitor("foo\n"))[0] =~ /there are: (.*)$/m;
    my %listed = map { $_ => 1 } $out =~ /(?:^|  )([a-z][a-z-]*)\b/mg;
    is join(' ', grep { !$listed{$_} } split ' ', $names), '', 'help lists all commands';
    like $out, qr/^store ADDR HEXBYTES +\w/m, '... with their operands';
    is scalar(grep { length > 79 } split /\n/, $out), 0, '... for a terminal of 80 columns';
}

# Faults: a punch that is out of cards when the second is to be punched.
my $cards = scratch('cards');
answers 'faults are scripted, listed, met and cleared', <<"IN", <<'OUT';
attach D 3525 $cards
fault D intervention after=1
fault D busy ms=5 at=1000
fault
store 400 9C00000D 9D00000D 47700404 82000410 00020000 00000000
store 48 00001000
store 1000 0100200060000050 0100200020000050
psw 0000000000000400
run 10000000
display 44 2
fault D clear
fault
IN
ATTACH 000D 3525
FAULT 000D intervention
FAULT 000D busy
FAULT 000D intervention after=1
FAULT 000D busy ms=5 at=1000

000400: 9C00000D9D00000D47700404820004100002000000000000
000048: 00001000
001000: 01002000600000500100200020000050
PSW=0000000000000400
STOP wait psw=0002000000000000 count=2000046
000044: 0200
FAULT 000D clear

OUT

# A script in a file: its name is in the messages.
{
    my $script = write_file(scratch('script'), "gpr 1\ngpr Q\n");
    my ($status, $out, $err) = run_program('', bin('machine'), '--monitor', $script);
    is $out, "GPR 1=00000000\n?$script:2: Q: registers are numbered 0 to F\n",
        'file and line of a wrong command';
    is $status, 1, 'status 1';
    ($status, $out, $err) = run_program('', bin('machine'), '--monitor', "$script.no");
    is $status, 1, 'a script that is not there: status 1';
    like $err, qr/\Q$script\E\.no: No such file/, 'and a message';
}

done_testing;
