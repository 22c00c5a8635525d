# What C leaves to the implementation: sizes, byte order, bit-fields, EBCDIC,
# attributes.  machine.c prints what is not as the handbook says.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

my ($status, $out, $err) =
    run_program('', bin('run370'), 'machine/sdk/cc/tests/machine.c');
is($out, '', 'all as the handbook has it');
is("$status$err", '0', 'and no warning');
done_testing;
