#!/usr/bin/perl
# fuzz.t - the inputs that are kept for fuzzing: none crashes the machine
use strict;
use warnings;
use lib 'tools';
use Test::More;
use Kit;

for my $target (qw(cpu channel config disk tape snapshot record)) {
    my ($status, $out, $err) =
        run_program('', build("tests/fuzz_$target"), "fuzz/corpus/$target");
    is($status, 0, "$target: all inputs pass") or diag substr $err, 0, 2000;
    like($out, qr/^\d+ inputs$/, "$target: they were run");
}
done_testing;
