#!/usr/bin/perl
# stops.t - what a guest cannot do ends in CP READ with VM/370's message, and
# the machine can be told to go on
use strict;
use warnings;
use lib 'cp/tests';
use Course;
use Test::More;

# LPSW of the doubleword at X'400', out of the instruction at X'300'; the
# stored PSW is the one in words.
sub lpsw
{
    my ($psw, @more) = @_;
    my $out = logged_on(course(), 'system clear', 'store l300 82000400',
        "store l400 $psw", @more, 'begin 300', 'display psw');
    return $out =~ /^begin 300\n(.*)^logoff$/ms ? $1 : $out;
}

my $out = lpsw('00020000 0000dead');
is($out, <<'END', 'disabled wait, BC mode');
CP ENTERED; DISABLED WAIT PSW '00020000 0000DEAD'
CP
display psw
PSW = 00020000 0000DEAD
END
like(lpsw('040a0000 00000001'),
    qr/^CP ENTERED; DISABLED WAIT PSW '040A0000 00000001'$/m,
    'disabled wait, DAT on');
like(lpsw('04080000 00000600', 'store l68 04080000 00000600'),
    qr/^CP ENTERED; PROGRAM INTERRUPT LOOP\nCP\n/,
    'DAT on and no format: translation specification for ever');
# The word at 0 as segment table entry: invalid.
like(lpsw('04080000 00000600', 'store l68 04080000 00000600',
        'store x0 00800000', 'store l0 1'),
    qr/^CP ENTERED; PROGRAM INTERRUPT LOOP\nCP\n/,
    'a segment exception for ever');
like(lpsw('04080000 00000600', 'store l68 00020000 00000010',
        'store x0 00800000', 'store l0 1', 'store l90 ffffffff'),
    qr/^CP ENTERED; DISABLED WAIT PSW '00020000 00000010'$/m,
    'or once');
like(lpsw('000a0000 00000000'),
    qr/^CP ENTERED; DISABLED WAIT PSW '000A0000 00000000'$/m,
    'disabled wait, EC mode');
like(lpsw('00000000 00000000'), qr/^CP ENTERED; PROGRAM INTERRUPT LOOP\nCP\n/,
    'a program new PSW that leads to the same exception');
like(lpsw('000800ff 00000000', 'store l68 000c8000 00000000'),
    qr/^CP ENTERED; INVALID PSW '000C8000 00000000'\nCP\n/,
    'a bad program new PSW');
like(lpsw('000800ff 00000000', 'store l68 00020000 0000dead'),
    qr/^CP ENTERED; DISABLED WAIT PSW '00020000 0000DEAD'/,
    'a bad PSW is a specification exception, which the guest may handle');
like(lpsw('01000000 00000500', 'store x0 00000400',
        'store l58 01000000 00000500', 'store l500 47f00500'),
    qr/^CP ENTERED; EXTERNAL INTERRUPT LOOP\nCP\n/,
    'an external new PSW that admits what is still pending');
like(lpsw('00080000 00000500', 'set ecmode off', 'store l68 00020000 00000bad'),
    qr/^CP ENTERED; DISABLED WAIT PSW '00020000 00000BAD'/,
    'without ECMODE, EC mode is a specification exception');

$out = logged_on(course(), 'system clear', 'store l300 82000400',
    'store l400 00020000 00000001', 'set emsg on', 'begin 300', 'begin',
    'store l400 00020000 00000002', 'store psw 0 300', 'begin');
is(scalar(() = $out =~
            /^DMKDSP450W CP ENTERED; DISABLED WAIT PSW '00020000 00000001'$/mg),
    2, 'BEGIN in a disabled wait ends in it again');
like($out, qr/PSW '00020000 00000002'$/m, 'another PSW is another try');
done_testing();
