#!/usr/bin/perl
# diagnose.t - DIAGNOSE: a guest learns where it runs, and has console functions
# executed, whose replies it may have in a buffer
use strict;
use warnings;
use lib 'cp/tests';
use Guests;
use Test::More;

my ($out, $end) = under_cp(guest('diagnose', 'diag.asm'));
is($end, "CP ENTERED; DISABLED WAIT PSW '00020000 00000000'", 'it ends well');
is($out =~ s/RDR \d+/RDR N/r, <<'END', 'its answers');
CP-LAB   STUDENT1, 32 bytes
ORIGINID FILE CLASS RECDS    CPY HOLD
SYSTEM   0001 A RDR N 01  NONE
QUERY READER: code 0
?CP: FOO
FOO: code 1
QUERY READER: code 0 cc 0 length 76 reply (ORIGINID FILE CLASS RECDS    CPY HOLD
SY)
QUERY VIRTUAL 00C: code 0 cc 1 length 30 reply (RDR  00C C)
FOO: code 1 cc 0 length 9 reply (?CP: FOO
)
QUERY PRINTER
QUERY PUNCH: code 0 cc 0 length 26 reply (NO PRT FILES
NO PUN FILES
)
END
done_testing();
