#!/usr/bin/perl
# The hello deck on a bare machine: IPL from the reader, a question, an answer,
# a disabled wait; and what it does about a console that does not behave.
use strict;
use warnings;
use lib 'tools';
use Test::More;
use Kit;

my $greeting = "Hello.  I am a program alone in a System/370.\n" .
               "What is your name?\n";
my $deck = scratch('hello.deck');
my ($status, $out, $err) =
    run_program('', bin('mkdeck'), '-o', $deck, build('labs/hello'));
is("$status$err", '0', 'a deck without a USERID card');

sub config { return write_file(scratch('hello.conf'), "MAINSIZE 1\n@_") }
my $console = "0009 3215\n000C 3505 $deck eof\n";

# A conversation, typed line by line.
sub talk
{
    my ($input) = @_;
    return run_program($input, bin('console'), '-f', config($console),
                       '--ipl', '00c', '--line', '9');
}

($status, $out, $err) = talk("Ada Lovelace\n");
is($out, "${greeting}Ada Lovelace\nNice to meet you, Ada Lovelace.\n",
   'a greeting, a question, an answer in a sentence');
is("$status$err", '0', 'and an end with code 0');

($status, $out) = talk("\n!pause 5000\n!cancel\nGrace\n");
is($out, "$greeting\nWhat is your name?\n\nWhat is your name?\nGrace\n" .
         "Nice to meet you, Grace.\n", 'an empty and a cancelled line');

($status, $out) = talk('x' x 100 . "\n");
like($out, qr/^Nice to meet you, x{80}\.$/m, 'a name as long as the card');

($status, $out) = talk("!attention\nAlan\n");
like($out, qr/^Nice to meet you, Alan\.$/m, 'the request key in between');

# The same by monitor commands; the PSW tells how it ended.
sub monitor
{
    my ($devices, $commands) = @_;
    return run_program($commands, bin('machine'), '-f', config($devices),
                       '--monitor', '-');
}
($status, $out) = monitor("000C 3505 $deck eof\n", "ipl 00c\nrun\n");
like($out, qr/^STOP wait psw=0002\w{4}00000E01 /m, 'no console: code E01');
($status, $out) = monitor($console, "type 9 Bob\nipl 00c\nrun\n");
like($out, qr/^STOP wait psw=0002\w{4}00000000 /m, 'a line typed early');
($status, $out) = monitor("0009 1403 /dev/null\n000C 3505 $deck eof\n",
                          "ipl 00c\nrun\n");
like($out, qr/^STOP wait psw=0002\w{4}00000E03 /m,
     'a printer at the address of the console refuses to read: code E03');

done_testing();
