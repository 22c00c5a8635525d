#!/usr/bin/perl
# GOS on a bare machine, under CP and on Hercules, from the same deck: commands,
# two tasks in turn, a task that is preempted, tasks that fail, the keys.
use strict;
use warnings;
use lib 'tools', 'labs/tests';
use Test::More;
use Hercules;
use Kit;

my $deck = scratch('gos.deck');
my ($status, $out, $err) =
    run_program('', bin('mkdeck'), '-o', $deck, build('labs/gos'));
is("$status$err", '0', 'a deck without a USERID card');

# A conversation, typed line by line; lines with ! are the operator's.
sub talk
{
    my ($input) = @_;
    my $config = write_file(scratch('conf'), "MAINSIZE 1\n0009 3215\n" .
                                             "000C 3505 $deck eof\n");
    return run_program($input, bin('console'), '-f', $config, '--ipl', '00c',
                       '--line', '9');
}

my $hello = "GOS is ready. Type help for a list of commands.\nGOS> ";
($status, $out, $err) = talk("quit\n");
is($out, "${hello}quit\nGOS ends.\n", 'it begins and ends');
is("$status$err", '0', '... with code 0');

my $counting = join '', map { "ALPHA counts $_\nBETA counts $_\n" } 1 .. 3;
($status, $out) = talk("COUNT 3\necho  Two words\n\nnonsense\nshutdown\n");
is($out, "${hello}COUNT 3\n${counting}GOS> echo  Two words\nTwo words\n" .
         "GOS> \nGOS> nonsense\nThere is no command nonsense; try help.\n" .
         "GOS> shutdown\nGOS ends.\n", 'two tasks count in turn; other commands');

# A task that never gives up the CPU, and a shell that answers all the same.
($status, $out) = talk("spin\necho still here\ntasks\ncancel 1\nps\nquit\n");
like($out, qr/^still here$/m, 'the timer interrupts a task that spins');
like($out, qr/^ 1 SPIN     ready +(\d+) +(\d+)$/m, '... and is counted');
my ($dispatched, $preempted) = $out =~ /SPIN     ready +(\d+) +(\d+)/;
cmp_ok($preempted, '>', 5, '... often');
is(() = $out =~ /SPIN /g, 1, '... until it is cancelled');
unlike($out =~ s/.*GOS> ps//sr, qr/SPIN/, '... and gone');

# Failing tasks end alone.
($status, $out) = talk("spin\n" . join('', map { "crash $_\n" } 0 .. 3) .
                       "tasks\nquit\n");
for (['protected storage', 4], ['privileged instruction', 2],
     ['division by zero', 9], ['no storage at the address', 5]) {
    my ($cause, $code) = @$_;
    like($out, qr/^Task 2 \(CRASH\) ended: program interruption $code, .*$cause/m,
         "a task that fails: $cause");
}
like($out, qr/^ 1 SPIN /m, '... and another that goes on');

# Too many tasks; tasks that do not exist.
($status, $out) = talk("spin\n" x 8 . "cancel 5\ncancel 5\ncancel 0\nquit\n");
is(() = $out =~ /^Task \d spins/mg, 7, 'seven tasks beside the shell');
like($out, qr/^There are too many tasks/m, '... and no more');
like($out, qr/^There is no task 5\.$/m, 'a task can be ended only once');
like($out, qr/^Cancel which task/m, 'the shell stays');

# The request key ends a command; the interrupt key too; the cancel key a line.
($status, $out) = talk("count 99\n!pause 3000\n!attention\n!pause 4000\n" .
                       "!cancel\necho after\nquit\n");
like($out, qr/counts 2\n(.*\n)*\*\*\* stopped by the operator\nGOS> \nGOS> /,
     'the request key ends a command');
unlike($out, qr/counts 99/, '... long before its end');
like($out, qr/^after$/m, '... and GOS goes on');

is((talk("count 4\nspin\ntasks\nquit\n"))[1],
   (talk("count 4\nspin\ntasks\nquit\n"))[1], 'the same run twice');

# Under CP the same commands print the same.
my $theirs = scratch('student1.deck');
run_program('', bin('mkdeck'), '--userid', 'STUDENT1', '-o', $theirs,
            build('labs/gos'));
my $cp = write_file(scratch('cp.conf'), <<"END");
MAINSIZE 16
0009 3215
000C 3505 $theirs eof
00C0.2 3215 lines
0130 3330 @{[build('cp/cpres.ckd')]} ro
END
my $commands = "help\ncount 3\ncrash 0\ncrash 1\ncrash 2\necho Hi\nquit\n";
my $alone = (talk($commands))[1];
($status, $out, $err) =
    run_program("logon student1\nstudent1\n!pause 20000\nipl 00c\n$commands" .
                    "logoff\n",
                bin('console'), '-f', $cp, '--ipl', '130');
is("$status$err", '0', 'a session under CP');
$out =~ s/.*^ipl 00c\n//ms;
$out =~ s/^CP ENTERED.*//ms;
is($out, $alone, '... prints what the bare machine does');

my ($said, $stop) = hercules_session(["000C 3505 $deck ebcdic eof"],
    'count 3', 'crash 0', 'quit');
is(join(' ', $said =~ /^$_ counts (\d)$/mg), '1 2 3', "Hercules: $_ counts")
    for qw(ALPHA BETA);
like($said, qr/^Task 1 \(CRASH\) ended: program interruption 4/m,
     '... and finds the same mistake');
like($stop // '', qr/^00020000 \w\w000000/, '... and ends with code 0');

done_testing();
