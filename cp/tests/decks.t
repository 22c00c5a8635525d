#!/usr/bin/perl
# decks.t - the real reader: ID cards, decks for one user and for all, decks
# of nobody
use strict;
use warnings;
use lib 'cp/tests', 'tools';
use Course;
use Kit;
use Test::More;

my $one = write_file(scratch('one.deck'), <<'END');
this card belongs to nobody
USERID NOBODY
neither does this
USERID * NAME HELLO DECK
for everybody
ID is data here
USERID STUDENT1 CLASS B NAME MINE
for student1
USERID STUDENT1 COLOR RED
lost
END
my $two = write_file(scratch('two.deck'), <<'END');
userid student2
for student2
END
my ($status, $paper) = several(course($one, $two), 'run 20000000',
    ['0C0', 'logon student1 student1'], ['0C0', 'query reader all'],
    ['0C1', 'logon student2 student2'], ['0C1', 'query reader all'],
    ['009', 'logon operator operator'], ['009', 'query reader'],
    ['009', 'shutdown']);
my ($op, $s1, $s2) = map { $paper->{$_} // '' } qw(009 0C0 0C1);
is($status, 0, 'SHUTDOWN ends the machine with wait code 0')
    or diag $paper->{all};
is(scalar(() = $op =~ /DMKRSP432A RDR 00C ID CARD MISSING OR INVALID/g), 2,
    'no ID card, and one with a wrong word') or diag $op;
like($op, qr/^DMKRSP053E NOBODY NOT IN CP DIRECTORY; DECK IGNORED$/m,
    'a deck for nobody');
like($op, qr/^RDR 00C INPUT FOR \* FILE = 0001$/m, 'a deck for all');
like($op, qr/^RDR 00C INPUT FOR STUDENT1 FILE = 00\d\d$/m, 'for one');
like($s1, qr/^FILES: 0002 RDR, NO PRT, NO PUN$/m, 'LOGON tells of files');
like($s1, qr/^SYSTEM   00\d\d A RDR 00000002 01  NONE .* HELLO    DECK/m,
    'the deck for all, ID card inside') or diag $s1;
like($s1, qr/^SYSTEM   00\d\d B RDR 00000001 01  NONE .* MINE/m, 'his own');
like($s2, qr/ HELLO    DECK .*\nSYSTEM .* A RDR 00000001 /m,
    'the second deck begins where the first ends') or diag $s2;
like($op, qr/^NO RDR FILES$/m, 'the operator gets none');
done_testing();
