#!/usr/bin/perl
# A small lab and its submissions: what is earned, what is said.
use strict;
use warnings;
use lib 'tools';
use Test::More;
use Kit;

my $lab = 'grader/tests/lab-sum';

sub grade { return run_program('', bin('grade'), $lab, @_) }

my ($status, $out, $err) = grade('grader/tests/good', '--hidden');
is($out, <<'END', 'a good submission');
lab lab-sum: Sums
builds: OK 1/1 (0.0s)
sum: OK 4/4 (0.0s)
parts: OK 2.5/2.5 (0.0s)
empty: OK 1.5/1.5 (0.0s)
Score: 9/9
END
is("$status$err", '0', '... is graded');

($status, $out, $err) = grade('grader/tests/good');
like($out, qr/^Score: 7\.5\/7\.5\n\(and 1\.5 points in hidden tests\)$/m,
     'hidden tests only when asked for');

done_testing;
