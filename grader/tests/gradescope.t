#!/usr/bin/perl
# The zip file for Gradescope, in a tree as Gradescope lays it out.
use strict;
use warnings;
use lib 'tools';
use Test::More;
use Kit;
use JSON::PP;

my $zip = 'build/gradescope/lab-sum/autograder.zip';
my ($status, $out, $err) =
    run_program('', 'make', '--no-print-directory', 'gradescope', 'LAB=grader/tests/lab-sum');
is($status, 0, 'make gradescope') or diag($err);

my $root = scratch('autograder');
system("mkdir -p $root/source $root/submission $root/results");
is(system("unzip -q -d $root/source $zip"), 0, 'a zip file');
ok(-x "$root/source/$_", "... with $_ at its top") for qw(setup.sh run_autograder);
is(`find $root/source -path '*/solutions*'`, '', '... and no solutions');

# What is compiled already need not be again.
my $build = build('');
system("mkdir -p $root/source/kit/build && cp -r ${build}bin ${build}obj ${build}libmachine.a $root/source/kit/build/");
$ENV{CPLAB_AUTOGRADER} = $root;
delete $ENV{$_} for qw(B MAKEFLAGS MFLAGS MAKELEVEL);
($status, $out, $err) = run_program('', "$root/source/setup.sh");
is($status, 0, 'setup.sh') or diag("$out$err");

system("cp grader/tests/good/* $root/submission && cp $root/source/run_autograder $root/");
($status, $out, $err) = run_program('', "$root/run_autograder");
is("$status$err", '0', 'run_autograder') or diag($out);
my $results = decode_json(read_file("$root/results/results.json"));
is($results->{score}, 9, '... all points, hidden ones too');
is(scalar @{$results->{tests}}, 4, '... all tests');

system("rm $root/submission/*; tar -czf $root/submission/lab-sum.tar.gz -C grader/tests/good .");
($status) = run_program('', "$root/run_autograder");
is(decode_json(read_file("$root/results/results.json"))->{score}, 9, 'the archive of make handin as well');

system("rm $root/submission/*; echo 'int x = ;' >$root/submission/sum.c");
($status) = run_program('', "$root/run_autograder");
$results = decode_json(read_file("$root/results/results.json"));
is($results->{score}, 0, 'what does not build has no points');
like($results->{tests}[0]{output}, qr/sum\.c:1/, '... and says why');

done_testing;
