#!/usr/bin/perl
# levels.t - CP in a virtual machine of CP: a user logs on there, and his
# guest, at the third level, does what it does on the bare machine
use strict;
use warnings;
use lib 'cp/tests', 'tools';
use Guests;
use Kit;
use Test::More;

sub card
{
    my ($text) = @_;
    my ($status, $card) = run_program(sprintf('%-80s', $text), 'iconv', '-f',
        'ASCII', '-t', 'IBM037');
    die "iconv: status $status" if $status != 0;
    return $card;
}

# A deck for MAINT's reader that is one for userid in the CP that he loads; its
# own ID card is left out.
sub deck_within
{
    my ($userid, $deck) = @_;
    return write_file("$deck.within", card('USERID MAINT NAME NEXT') .
            card("ID $userid NAME GUEST") . substr(read_file($deck), 80));
}

# An evening of MAINT, who loads CP and logs userid on there.
sub evening
{
    my ($userid, $deck, @lines) = @_;
    my ($status, $out, $err) = run_program(
        join("\n", 'logon maint', 'maint', 'ipl 130', '!pause 3000',
            "logon $userid $userid", @lines, ''),
        bin('console'), '-f', machine_with(deck_within($userid, $deck)),
        '--ipl', '130');
    return $status == 0 ? $out : "exit status $status: $err";
}

my $out = evening('operator', build('labs/hello.deck'), 'query virtual storage',
    'ipl 00c', 'Ada', '!pause 3000', 'query names', '#cp query names');
like($out, qr/^ipl 130\nRDR 00C INPUT FOR OPERATOR FILE = 0001\nCP-LAB ONLINE$/m,
    'CP is loaded from the minidisk, and reads its virtual reader');
like($out, qr/^STORAGE = 00512K$/m, 'a user of it has a machine of his own');
like($out, qr/^Nice to meet you, Ada\.\nCP ENTERED; DISABLED WAIT PSW '00020000 0/m,
    'in which hello runs at the third level');
like($out, qr/^query names\nOPERATOR - 009$/m, 'the second CP has its users');
like($out, qr/^#cp query names\nMAINT *- 0C0$/m, 'the first one has its own');

for my $guest (qw(translation tables)) {
    my $image = guest($guest, 'probe.asm');
    $out = evening('student1', deck('STUDENT1', $image), 'ipl 00c',
        '!pause 600000');
    my ($printed) = $out =~ /^ipl 00c\n(.*)^CP ENTERED; DISABLED WAIT/ms;
    is($printed, bare($image), "$guest: DAT at the third level");
}
done_testing();
