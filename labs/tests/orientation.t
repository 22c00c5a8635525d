#!/usr/bin/perl
# What the handout of lab 00 lets students do, done: the sessions under CP, the
# dump, the program on CP's printer.  When tower.asm or the loader changes,
# the new dump.txt is what this test shows.
use strict;
use warnings;
use lib 'tools';
use Test::More;
use Kit;

my $lab = 'labs/00-orientation';
my $solution = -d 'solutions/00-orientation' ? 'DIR=solutions/00-orientation' : "DIR=$lab";

# A session under CP; make lab types LOGON and IPL.
sub session
{
    my ($image, @lines) = @_;
    my ($status, $out, $err) = run_program(
        join('', map { "$_\n" } @lines, 'logoff'), 'make', '-s', 'lab', 'LAB=00', "IMAGE=$image", $solution);
    is($status, 0, "a session with $image") or diag $err;
    return $out =~ s/.*^ipl 00c\n//msr =~ s/^logoff\n.*//msr;
}

# Where a name of the image that was run last is.
sub at
{
    my ($name) = @_;
    my ($at) = read_file('build/lab/00-orientation/system.map') =~ /^sym (\w+) \w+ \w+ $name /m;
    return $at // die "$name is not in the map\n";
}

my $out = session('vault', '!pause 3000', '!attention', 'display g5');
my ($word) = $out =~ /^GPR  5 =  (\w{8})$/m;
ok($word, 'door 1: a word in GPR 5') or diag $out;
my ($door, $vault) = map { at($_) } 'DOOR3', 'VAULT';
$out = session('vault', '!pause 3000', '!attention', "store 300 $word", 'begin',
               '!pause 3000', '!attention', 'external', '!pause 4000', '!attention',
               'display 18.8', "store g7 $door", "adstop $vault", 'begin', 'display g9', 'begin');
like($out, qr/^DOOR 2: .*^external\nDOOR 3: /ms, 'a door after the other opens');
my ($old) = $out =~ /^000018  010200400*\s(\w{8})$/m;
is($old, sprintf('%08X', hex at('DOOR2')), 'the external old PSW: the key, at door 2');
my ($treasure) = $out =~ /^ADSTOP AT \Q$vault\E\n.*^GPR  9 =  (\w{8})$/ms;
ok($treasure, 'ADSTOP at the vault: something is in GPR 9') or diag $out;
my ($code) = $out =~ /^CP ENTERED; DISABLED WAIT PSW '00020000 00(\w{6})'$/m;
ok($code, 'a wait with a code') or diag $out;
if ($solution =~ /solutions/) {
    my $answers = read_file('solutions/00-orientation/answers.txt');
    my %is = $answers =~ /^Answer (\w+): (\S+)$/mg;
    is(join(' ', map { sprintf '%X', hex } @is{qw(1a 1b 1c 1d)}),
       join(' ', map { sprintf '%X', hex } $word, $old, $treasure, $code),
       'the answers of the solution are what CP shows');
}

$out = session('tower', 'display psw g', 'display t0-4f', 'display t400-59f');
is($out, read_file("$lab/dump.txt"), 'dump.txt is what CP shows');

# The bill: who spoils TOTAL, and mended with one STORE.
session('bill');
my ($loop, $clear, $total) = map { hex at($_) } qw(BITEM CLEAR TOTAL);
my @hunt = (sprintf('adstop %x', $loop), 'system restart', sprintf('adstop %x', $clear),
            'begin', sprintf('display %x.4', $total), sprintf('adstop %x', $clear + 10),
            'begin', sprintf('display %x.4', $total));
$out = session('bill', @hunt, sprintf('store s%X 26', $clear + 5), 'system restart');
like($out, qr/^TOTAL +773464 *$/m, 'the total is wrong');
is(join(' ', $out =~ /^000${\sprintf('%X', $total)}  (\w{8})$/mg), '00000000 40000000',
   '... by what is between CLEAR and its end');
my ($shown) = $out =~ /^(adstop .*?  40000000\n)/ms;
like(read_file('handbook/08-debugging.md') =~ s/^    //gmr, qr/^\Q$shown\E/m,
     '... as the handbook shows it');
like($out, qr/^system restart\nPUNCH(?!.*^ADSTOP).*^TOTAL +031640 *$/ms,
     '... and right when it is mended');

if ($solution =~ /solutions/) {
    $out = session('image', 'close printer', '!pause 20000');
    like($out, qr/^CP ENTERED; DISABLED WAIT PSW '00020000 00000000'$/m, 'hexprint ends well');
    like(read_file('build/lab/00-orientation/printer.txt'), qr/C88593.*\n40A2A3\w+4B\n/,
         '... and its lines are on the real printer');
}

# What is wrong with an answer is in answers.txt, and no run shows it.
my $folder = scratch('handin');
system('cp', '-r', $lab, $folder);
my $text = read_file("$folder/answers.txt") =~ s/^Answer 1a:\K/ 12345/mr =~ s/^Answer 2b:\K/ many/mr;
write_file("$folder/answers.txt", $text);
my %report = (run_program('', bin('grade'), $lab, $folder))[1] =~ /^([\w-]+): (.*?)(?=^\S)/gms;
my $line = sub { my ($number) = @_; return 1 + ($text =~ s/^Answer $number:.*//msr) =~ tr/\n// };
is($report{'vault-doors'} =~ s/.*?\n.*?\n//r, <<"END", 'a wrong answer: what, and where');
    expected: what the machine has there
    happened: answer 1a: 12345 (decimal 74565)
    look at: answers.txt:${\ $line->('1a')}, Answer 1a:
    note: 1a: not yet: answer 1a: 12345 (decimal 74565)
    note: 1b: not yet: answer 1b is empty
END
like($report{queens}, qr/^    happened: answer 2a is empty\n    look at: answers\.txt:${\ $line->('2a')}, Answer 2a:\n/m,
     'none');
unlike($report{$_}, qr/^    (?:at|replay):/m, "... $_: no run, no replay") for 'vault-doors', 'queens', 'dump-cause', 'bill-found';
like($report{'hex-letters'}, qr/^    at: .*^    replay: /ms, '... which a program that fails has');

done_testing();
