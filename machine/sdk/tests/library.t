#!/usr/bin/perl
# The library on the bare machine: each program checks one part and prints what
# is wrong; its exit status is the number of failures.
use strict;
use warnings;
use lib 'tools';
use Test::More;
use Kit;

my %paper = (formats => "on the console\nputs\np\n" . ' ' x 126 . "\n" .
                        ' ' x 19 . "right\n");

for my $name (qw(strings formats numbers stubs)) {
    my ($status, $out, $err) =
        run_program('', bin('run370'), '-I', 'machine/sdk/tests',
                    "machine/sdk/tests/$name.c");
    is($out, $paper{$name} // '', "$name: nothing fails");
    is("$status$err", '0', "$name: ends well");
}

done_testing();
