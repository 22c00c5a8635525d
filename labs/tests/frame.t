#!/usr/bin/perl
# The way of a lab: make lab under CP and on the bare machine, make handin, and
# the students' tree, in which the same works.
use strict;
use warnings;
use lib 'tools', 'labs/tests';
use Cwd 'abs_path';
use Test::More;
use Kit;
use Lab;

my $solution = 'DIR=solutions/01-interrupts';
sub make { my ($input, @words) = @_; return run_program($input, 'make', '-s', @words) }

my $alone = "GOS is ready. Type help for a list of commands.\nGOS> count 1\n" .
            "ALPHA counts 1\nBETA counts 1\nGOS> quit\nGOS ends.\n";
my ($status, $out, $err) = make("count 1\nquit\n", 'lab', 'LAB=01', 'BARE=console', $solution);
is("$status$out", "0$alone", 'make lab on the bare machine');
($status, $out, $err) = make("break shell\nrun\nwhere\nquit\n", 'lab', 'LAB=1', 'BARE=1', $solution);
like($out, qr{^STOP break .*\n.*\bshell\(.*labs/common/shell\.c:\d+}m, '... and under its monitor');

($status, $out, $err) = make("count 1\nquit\nlogoff\n", 'lab', 'LAB=01', $solution);
is($status, 0, 'make lab in a virtual machine of CP');
like($out, qr/^ipl 00c\n\Q$alone\E/m, '... does the same');

# A system that pages: with the lab's volume, and on the user's minidisk.
my @paging = ('lab', 'LAB=03', 'DIR=solutions/03-paging');
($status, $out, $err) = make("sweep 40\npages\nquit\n", @paging, 'BARE=console');
like($out, qr/^SWEEP: 40 pages, 0 of them wrong\n.*page-ins.*^GOS ends\.\n\z/ms,
     'a lab with a disk pages on the bare machine');
my $alike = $out;
($status, $out, $err) = make("sweep 40\npages\nquit\nlogoff\n", @paging);
like($out, qr/^ipl 00c\n\Q$alike\E/m, '... and under CP the same');

for (['lab', 'LAB=77'], ['lab'], ['handin'], ['grade'], ['gradescope', 'LAB=5']) {
    ($status, $out, $err) = make('', @$_);
    isnt($status, 0, "no lab: make @$_");
    like($err, qr/^Say which lab, as in: make $_->[0] LAB=04\nThere are: 00-orientation 01-/m, '... is said');
}

# The starter builds, and ends with a code of its own.
($status, $out, $err) = make('', 'lab', 'LAB=01', 'BARE=console');
isnt($status, 0, 'as handed out it stops');
like("$out$err", qr/EE03/, '... with the code of what is not written');

# Handing in.
($status, $out) = make('', 'handin', 'LAB=01', $solution);
my $archive = build('handin/01-interrupts.tar.gz');
is($status, 0, 'make handin');
like($out, qr/^Hand in \Q$archive\E/m, '... says what to hand in');
my $packed = read_file($archive);
is((run_program('', 'tar', '-tzf', $archive))[1],
   join('', map { "$_\n" } sort(files_of('01-interrupts'))), '... with the files and no other');
is(grade('01-interrupts', $archive)->{earned}, 3200, '... which the grader takes');
make('', 'handin', 'LAB=01', $solution);
is(read_file($archive), $packed, '... and the same bytes again');
my $odd = scratch('two words');
mkdir $odd;
write_file("$odd/$_", read_file("solutions/01-interrupts/$_")) for files_of('01-interrupts');
($status, $out) = make('', 'handin', 'LAB=01', "DIR=$odd");
is(read_file($archive), $packed, '... also from a folder with a blank in its name');
my $partial = scratch('partial');
mkdir $partial;
($status, $out, $err) = make('', 'handin', 'LAB=01', "DIR=$partial");
isnt($status, 0, 'a file is missing');
like($err, qr{partial/entry\.asm is missing: the hand-in needs}, '... and named');

# The students' tree, in an empty directory.
my $tree = scratch('student');
my $gradebook = "grades-$$.sqlite"; # what staff leave in the kit's folder
write_file($gradebook, "");
($status, $out, $err) = make('', 'student-release', "TO=$tree");
unlink $gradebook;
is("$status$err", '0', 'make student-release');
ok(!-e "$tree/$_", "... without $_")
    for qw(solutions labs/01-interrupts/hidden labs/tests/solutions.t build .git), $gradebook;
ok(-e "$tree/$_", "... with $_")
    for qw(README.md labs/01-interrupts/README.md labs/01-interrupts/tests/10-start.lua
           grader/main.c handbook/README.md);
my $text = join "\n", map { read_file($_) } glob "$tree/labs/01-interrupts/*.c";
unlike($text, qr/services\[number\]/, '... and nothing of the solution');
($status, $out, $err) = make('', '-C', $tree, 'grade', 'LAB=01');
is($status, 0, '... builds and grades') or diag $err;
like($out, qr{^Score: 0/32}m, '... what is handed out');
my $build = abs_path(build(''));
($status, $out, $err) = run_program('', 'sh', '-c', 'cd "$1" && B="$2" prove -Q handbook/tests/handbook.t', 'sh', $tree, $build);
is($status, 0, '... its handbook tells of what is there') or diag "$out$err";
($status, $out, $err) = make('', '-C', $tree, 'student-release', "TO=$tree");
isnt($status, 0, 'a folder that is there is left alone');

done_testing();
