#!/usr/bin/perl
# `console` without a terminal: one 3215 on standard input and output.
use strict;
use warnings;
use utf8;
use lib 'tools', 'machine/front/tests';
use Kit;
use Echo;
use IPC::Open2;
use Test::More;

my @console = (qw(timeout 300), bin('console'), '-f', echo_config(), '--ipl', '00C');

# Lines in; exit status, paper, and messages.
sub console
{
    my ($lines, @options) = @_;
    utf8::encode($lines);
    my @result = run_program($lines, @console, @options);
    utf8::decode($_) for @result;
    return @result;
}

sub paper
{
    my ($name, $lines, $expected, @options) = @_;
    my ($status, $out, $err) = console($lines, @options);
    is $out, $expected, $name;
    is $err, '', "$name: no message";
    is $status, 0, "$name: status 0";
}

paper 'a transcript reads like the sheet of a 3215', "hello\nquit\n",
    "ECHO READY\nhello\nECHO: hello\nquit\n";
paper 'end of input: nothing is left to run', "one\ntwo\n",
    "ECHO READY\none\nECHO: one\ntwo\nECHO: two\n";
paper 'no input at all', '', "ECHO READY\n";
paper 'the last line needs no end', 'quit', "ECHO READY\nquit\n";
paper 'carriage returns and tabs', "a\tb\r\nquit\r\n", "ECHO READY\na b\nECHO: a b\nquit\n";
paper 'an empty line is a line', "\nquit\n", "ECHO READY\n\nquit\n";
paper 'a secret is not printed', "hush\nsecret\nquit\n",
    "ECHO READY\nhush\nECHO: hush\n\nECHO: secret\nquit\n";
paper 'characters of code page 037', "äöü £ ¬\nquit\n",
    "ECHO READY\näöü £ ¬\nECHO: äöü £ ¬\nquit\n";
paper 'another console', "hello\nquit\n", "ECHO READY\nhello\nECHO: hello\nquit\n",
    '--line', '9';

paper 'the request key is pressed when nobody reads', "idle\nback\nquit\n",
    "ECHO READY\nidle\nATTENTION!\nback\nECHO: back\nquit\n";
paper 'or on demand', "idle\n!attention\nback\nquit\n",
    "ECHO READY\nidle\nATTENTION!\nback\nECHO: back\nquit\n";
paper 'the cancel key ends a read', "!pause 1000\n!cancel\nback\nquit\n",
    "ECHO READY\n\nCANCELLED!\nback\nECHO: back\nquit\n";
paper 'the request key does the same while a read is pending',
    "!pause 1000\n!attention\nback\nquit\n",
    "ECHO READY\n\nCANCELLED!\nback\nECHO: back\nquit\n";
paper 'a doubled ! is text', "!!x\nquit\n", "ECHO READY\n!x\nECHO: !x\nquit\n";
paper 'time passes while nothing happens', "idle\n!pause 100000\n!attention\nquit\n",
    "ECHO READY\nidle\nATTENTION!\nquit\n";

# Stops.
{
    my ($status, $out, $err) = console("die\nnever read\n");
    is $out, "ECHO READY\ndie\n", 'die: what was printed is there';
    is $status, 2, 'a disabled wait with a code: status 2';
    like $err, qr/^console: the machine has stopped: disabled wait, code X'000123', PSW \w{16}$/,
        'and a message';
}

# Wrong input.
my $long = 'x' x 127;
for (
    ["a\n$long\n",         2, 'the line is longer than the 126 characters'],
    ["a\nb\n5 €\n",        3, 'a character that a 3215 has no key for'],
    ["a\0b\n",             1, 'a character that a 3215 has no key for'],
    ["\x{1}\n",            1, 'a character that a 3215 has no key for'],
    ["a\n!foo\n",          2, 'lines with ! are !attention'],
    ["!pause\n",           1, 'write !pause MS'],
    ["!pause 1s\n",        1, 'write !pause MS'],
    ["!attention 009\n",   1, 'lines with ! are'],
) {
    my ($lines, $number, $message) = @$_;
    my ($status, $out, $err) = console($lines);
    is $status, 1, "status 1: $message";
    like $err, qr/^console: stdin:$number: .*\Q$message\E/, "names line $number";
}
{
    my ($status, $out, $err) = run_program("\xFFoo\n", @console);
    is $status, 1, 'bytes that are not UTF-8: status 1';
    ($status, $out, $err) = console('', '--line', '0C5');
    is $status, 1, 'a console that is not there: status 1';
    like $err, qr/there is no 3215 console at 00C5/, 'and a message';
    ($status, $out, $err) = run_program('', bin('console'), '-f', 'machine/machine.mk');
    is $status, 1, 'no --ipl: status 1';
    like $err, qr/--ipl ADDR are needed/, 'and a message';
    ($status, $out, $err) = run_program('', @console[0 .. 4], '--ipl', '00D');
    is $status, 1, 'an IPL that fails: status 1';
    like $err, qr/IPL 000D: no device is attached there/, 'and a message';
}

# Lines of a file come before those of standard input.
{
    my $file = write_file(scratch('typed'), "first\n!pause 10\nsecond");
    paper 'lines of a file, then those of the person', "third\nquit\n",
        join('', 'ECHO READY', map { "\n$_\nECHO: $_" } qw(first second third)) . "\nquit\n",
        '--type', $file;
    write_file($file, "good\n" . 'x' x 127 . "\n");
    my ($status, $out, $err) = console("quit\n", '--type', $file);
    is $status, 1, 'a file with a line that cannot be typed: status 1';
    like $err, qr/^console: \Q$file\E:2: x+: the line is longer/, '... named by file and line';
    ($status, $out, $err) = console('', '--type', "$file.not");
    is $status, 1, 'a file that is not there: status 1';
    like $err, qr/--type \Q$file\E.not: No such file/, '... and a message';
}

# The same lines give the same run.
{
    my $lines = join('', map { "line $_\n!pause $_\n" } 1 .. 50) . "quit\n";
    my @runs = map { (console($lines))[1] } 1 .. 2;
    is $runs[0], $runs[1], 'two runs print the same';
}

# Programs that take no lines come to an end.
{
    my ($status, $out, $err) = console("loop\nnext\n", '--max-instructions', 5_000_000);
    is $status, 2, 'a program in a loop with a line waiting: status 2';
    like $err, qr/^console: the machine has stopped: instruction limit reached/, '... at the limit';
    ($status, $out, $err) = console("loop\n", '--max-instructions', 5_000_000);
    is $status, 2, 'the same at the end of the input';

    my $asm = write_file(scratch('ticks.asm'), <<'END');
%include "s370.inc"
         USING ORIGIN,R0
ORIGIN   PSW   X'00',X'00',BEGIN
         ORG   X'58'
         PSW   X'00',X'00',BEGIN
         ORG   X'200'
BEGIN    MVC   X'50'(4),SECOND
         LPSW  WAITING
SECOND   DC    F'76800'
         DS    0D
WAITING  PSW   X'01',X'02',0
END
    my ($image, $deck) = (scratch('ticks.img'), scratch('ticks.deck'));
    system(qw(nasm -f bin -I machine/sdk/asm/ -o), $image, $asm) == 0 or die;
    system(bin('mkdeck'), '-o', $deck, $image) == 0 or die;
    my $conf = write_file(scratch('ticks.conf'), "MAINSIZE 1\n0009 3215\n000C 3505 $deck\n");
    for my $case (['', 'the input is at its end'], ["line\n", 'a line waits']) {
        ($status, $out, $err) = run_program($case->[0], qw(timeout 300), bin('console'), '-f',
            $conf, '--ipl', '00C', '--line', '009');
        is $status, 2, "a program that only waits for its timer: $case->[1]";
        like $err, qr/^console: $case->[1]: the machine has taken no line for \d+ instructions and 864\d\d s /,
            '... and a message after a day';
    }
}

# A program at the other end of the pipes waits for an answer before it sends
# the next line.
{
    my $pid = open2(my $from, my $to, @console);
    $to->autoflush(1);
    local $SIG{ALRM} = sub { die 'no answer' };
    alarm 120;
    like scalar <$from>, qr/ECHO READY/, 'the first line comes without input';
    for my $line (qw(one two three)) {
        print $to "$line\n";
        is scalar <$from>, "$line\n", "$line is printed";
        is scalar <$from>, "ECHO: $line\n", 'and answered before more input';
    }
    close $to;
    waitpid $pid, 0;
    is $?, 0, 'end of input';
    alarm 0;
}

done_testing;
