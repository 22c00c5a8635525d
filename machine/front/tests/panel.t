#!/usr/bin/perl
# The operator's panel as a person sees it: driven in tmux.
use strict;
use warnings;
use lib 'tools', 'machine/front/tests';
use Kit;
use Echo;
use Screen;
use Test::More;

# A deck for the real machine: without the card that tells CP whose it is.
my $deck = scratch('hello.deck');
my ($status) = run_program('', bin('mkdeck'), '-o', $deck, build('labs/hello'));
is $status, 0, 'a deck';
my $conf = write_file(scratch('hello.conf'), <<CONF);
MAINSIZE 1
TODCLOCK 1976-11-24/19:02:00
0009 3215
000C 3505 $deck
00C0.2 3215
CONF
my $map = write_file(scratch('hello.map'), <<MAP);
# cc370 map 4
image hello size 1000 bss 0
sym 000400 200 func begin labs/hello/hello.asm
line 000400 labs/hello/hello.asm:66
line 000402 labs/hello/hello.asm:68
MAP

sub answer_
{
    my ($key, $text) = @_;
    keys_($key);
    type_($text);
    keys_('Enter');
}

# Press a key, and look.
sub press
{
    my ($key, $pattern, $name) = @_;
    keys_($key);
    shows $pattern, $name;
}

my $lamps = qr/^ SYS  \[MAN\]  WAIT   TEST   LOAD    rate PROCESS  stop at ------  load unit 000$/m;
my ($status0, $out, $err) = run_program('', bin('machine'), '-f', $conf, '--panel');
is $status0, 1, 'without a terminal there is no panel';
like $err, qr/--panel needs a terminal/, 'and a message says so';
start(bin('machine') . " -f $conf --panel");
shows $lamps, 'switched on: stopped, dials at 0';
like screen(), qr/\A F2 009 .* F9 panel$/m, 'the tabs of the consoles';
like screen(), qr/^PSW 00000000 00000000  BC mode  IA 000000/m, 'PSW';
like screen(), qr/^CH0-5 000000 CH6 0 EXT 0 KEY 0 MCK 0 WAIT 0 PROB 0 CC 0 FIX 0 DEC 0 UFL 0 SIG 0$/m,
    'its fields in BC mode';
like screen(), qr/^CR0  000000E0 00000000 FFFFFFFF/m, 'control registers';
like screen(), qr/^FR0  0{16}  0{16}  0{16}  0{16}$/m, 'floating-point registers';
like screen(), qr/0009 --        0$/m, 'a device that has done nothing';
like screen(), qr/ (?:S start|F1 help)\s*\z/, 'all of it in 24 rows';

# IPL from the dials, stopping at an address.
press 'l', qr/\[LOAD\]/, 'IPL with wrong dials fails';
like screen(), qr/^IPL 0000: /m, 'and the message says why';
answer_('u', '00x');
shows qr/"00x": the dials have three hexadecimal digits/, 'a wrong answer';
press 'Escape', qr/^S start/m, 'Esc leaves the question';
answer_('u', '00c');
shows qr/load unit 00C/, 'dials';
answer_('a', '400');
shows qr/\[TEST\] .* stop at 000400/, 'address-compare stop';
press 'l', qr/^stopped: address compare/m, 'IPL runs up to it';
like screen(), qr/^ SYS  \[MAN\]  WAIT  \[TEST\]  LOAD /m, 'lamps: stopped, under test, loaded';
like screen(), qr/^> 000400  05C0 +BALR  R12,R0/m, 'the instruction that is next';
like screen(), qr/000C 02 +\d+$/m, 'the reader has read';

# Step.
press 'Space', qr/^PSW .* IA 000402/m, 'one instruction';
like screen(), qr/^  000400  05C0 +BALR .*\n> 000402  4110/m, 'the listing stands still';
like screen(), qr/^GR8 (?: \w{8}){4} 40000402 /m, 'and R12 has changed';
answer_('c', $map);
shows qr/^hello.asm:68 +LA +R1,GREET.*\n> 000402/m, 'with a map: the line of the source';
like screen(), qr/^PSW .*hello.asm:68 \(begin\+X'2'\)/m, 'and the place in the function';
answer_('a', 'nowhere');
shows qr/"nowhere": neither an address/, 'no such name';
press 'Escape', qr/^S start/m, 'again Esc';
answer_('a', 'begin');
shows qr/stop at 000400/, 'a name of the map';
press 'r', qr/rate STEP /, 'rate: instruction step';
press 's', qr/^PSW .* IA 000406/m, 'start executes one';
press 'r', qr/rate PROCESS/, 'rate: process';

# Storage and registers.
answer_('m', '200');
shows qr/^000200  00000000 /m, 'storage window';
answer_('e', 'C1C2 C3');
shows qr/^000200  C1C2C300 .*\*ABC /m, 'store';
answer_('e', 'C1C');
shows qr/pairs of hexadecimal digits/, 'half a byte';
keys_('Escape');
press 'Down', qr/key \w\w -.*\n000210 /, 'scroll down';
press 'Up', qr/key \w\w -.*\n000200 /, 'and up';
keys_(qw(Up Up));
press 'PPage', qr/key \w\w -.*\n0001B0 /, 'and by the page';
answer_('m', 'FFFF8');
shows qr/^0FFFF8  0{8} 0{8} +\*        \*\n\n\nstopped/m, 'the end of storage';
answer_('g', 'gr5=1234');
shows qr/^GR0 (?: \w{8}){5} 00001234/m, 'a register';
answer_('g', 'gr16=0');
shows qr/there is no register "gr16"/, 'one that is not there';
keys_('Escape');
answer_('g', 'fr2 41100000');
shows qr/^FR0  \w{16}  0000000041100000/m, 'a floating-point register';
answer_('o', '2000-01-01/00:00:00');
shows qr/^TOD B361183F4800/m, 'the TOD clock';

# Run, and the console beside it.
answer_('a', '');
shows qr/stop at ------/, 'no stop any more';
press 's', qr/^ SYS   MAN  \[WAIT\]  TEST/m, 'start: it waits for its user';
press 'F2', qr/^Hello.*What is your name/ms, 'F2: the console';
type_('Ada');
press 'F9', qr/^PSW/m, 'F9: the panel';
like screen(), qr/0009\*0A +\d/m, 'the console is busy with a read';
press 'p', qr/^ SYS  \[MAN\] \[WAIT\]/m, 'stop';
press 'F2', qr/THE MACHINE IS STOPPED at the operator's panel: F9/, 'which the terminal tells';
press 'F9', qr/^stopped$/m, 'F9 again';
press 's', qr/^ SYS   MAN  \[WAIT\]/m, 'start';
press 'Tab', qr/^> Ada$/m, 'Tab goes to the terminal';
press 'Enter', qr/Ada.*THE MACHINE HAS STOPPED: disabled wait, code X'000000'/ms, 'to the end';
keys_('F9');
shows qr/^ SYS   MAN  \[WAIT\].*^stopped: disabled wait, code X'000000'/ms, 'a wait is not the manual state';

# Interrupt, restart, reset.
answer_('g', 'psw=0100000000000400');
keys_('r');
keys_('i');
press 's', qr/^PSW 00020000 00000E58/m, 'the interrupt key: an external interruption';
press 't', qr/^PSW 00000000 00000400/m, 'restart';
press 'n', qr/system reset normal/, 'system reset';
like screen(), qr/^GR0 (?: \w{8}){5} 00001234/m, 'leaves the registers alone';
press 'k', qr/system reset clear/, 'with clear';
like screen(), qr/^GR0 (?: 0{8}){8}$/m, 'it does not';
press 'F1', qr/^lamps.*^L|^T restart/ms, 'help';
press 'Space', qr/^PSW \w{8} \w{8}/m, 'any key goes back';
like screen(), qr/^PSW 00000000 00000000/m, 'and does nothing else';

# Sizes.
tmux(qw(resize-window -x 132 -y 50));
shows qr/- device   state .*(?:.*\n){38,}I interrupt.*\n\z/, '132 columns, 50 rows';
like screen(), qr/000C 3505 +-- +\d+/m, 'devices by type';
tmux(qw(resize-window -x 60 -y 20));
shows qr/the panel needs 80 columns and 24 rows/, 'too small';
tmux(qw(resize-window -x 80 -y 24));
shows qr/^PSW.*^I interrupt .*\n\z/ms, '80 columns, 24 rows';
keys_(qw(F10 y));
shows qr/^STATUS=0$/m, 'F10 ends';

# In one colour.
for my $how ('TERM=vt100', 'NO_COLOR=1', 'TERM=screen-256color') {
    start("$how " . bin('machine') . " -f $conf --panel --ipl 00C");
    shows qr/^ SYS   MAN  \[WAIT\].*^FR0 /ms, "$how: IPL from the command line";
    my $raw = tmux(qw(capture-pane -p -e));
    my $coloured = $raw =~ /\e\[(?:[0-9;]*;)?3[1-7]/;
    is !!$coloured, $how =~ /256color/, "$how: colours or none";
    press 'F1', qr/^lamps/m, "$how: function keys";
    press 'Space', qr/^PSW \w{8} \w{8}/m, "$how: back";
    keys_(qw(C-q y));
    shows qr/^STATUS=0/m, "$how: end";
}

# What the operator did is a record like any other.
my $record = scratch('panel.record');
start(bin('machine') . " -f $conf --panel --record $record");
answer_('u', '00c');
answer_('a', '406');
press 'l', qr/^PSW .* IA 000406/m, 'recorded: IPL up to an address';
press 'Space', qr/^PSW .* IA 000436/m, 'a step';
answer_('e', 'C1C2');
answer_('g', 'gr5=77');
press 's', qr/^ SYS   MAN  \[WAIT\]/m, 'start';
keys_(qw(F10 y));
shows qr/^STATUS=0$/m, 'the end';
($status, $out, $err) = run_program('', bin('machine'), '-f', $conf, '--replay', $record);
is $status, 0, 'the replay';
like $err, qr/as recorded: \d+ instructions/, 'is the same to the end';

# A guest that computes; a machine without a console.
start(bin('machine') . ' --panel');
shows $lamps, 'a machine without devices';
answer_('e', '47F00000 47F00004');
answer_('g', 'psw=0000000000000000');
keys_('s');
shows qr/^\[SYS\] .*^a second: instructions \d+\.\d+ [kM]/ms, 'a loop: SYS, and the rate';
keys_('F2');
shows qr/there is no terminal on that key/, 'no terminal';
press 'p', qr/^ SYS  \[MAN\]/m, 'stop';
keys_(qw(F10 y));
shows qr/^STATUS=0$/m, 'end';

done_testing;
