#!/usr/bin/perl
# spool.t - virtual punch, printer and reader; SPOOL, CLOSE, PURGE; the real
# printer and punch
use strict;
use warnings;
use lib 'cp/tests', 'tools';
use Course;
use Test::More;

my $out;
sub after { my ($line) = @_; $out =~ /^\Q$line\E\n(.*)$/m; return $1 // '' }

# Commands that run one I/O program typed in: SIO at 300, TIO to clear its
# interruption, then a disabled wait.  CCWs are at 310, the CAW leads there.
sub io
{
    my ($device, @ccws) = @_;
    return ('store 48 310', "store 310 @ccws",
        "store 300 9C000$device 9D000$device 82000340",
        'store 340 00020000 00000777',
        'store psw 0 0', 'begin 300');
}
# Text in storage at 400: "HELLO" and blanks, "WORLD".
my @text = ('store s400 C8C5D3D3D640404040404040404040404040404040404040',
    'store s500 E6D6D9D3C4');

my $conf = course();
$out = logged_on($conf, @text,
    io('00D', '01000400 40000014', '01000500 20000005'),
    'spool pun to student2 class k', 'close pun name test data',
    io('00D', '01000500 20000005'), 'spool 00d to * copy 2',
    'close 00d', 'query reader', 'q r all', 'q rdr 2', 'q rdr 1', 'q r cl k',
    'q r class', 'spool rdr class k', io('00C', '02000600 20000050'),
    'spool rdr class * noeof hold', 'd 600.8', io('00C', '02000600 20000050'),
    'd 44', 'close 00c',
    'q  r', 'purge rdr 3', 'purge rdr x', 'purge rdr 2', 'q   r',
    'purge', 'purge foo', 'purge all', 'close foo', 'close 009', 'close',
    'spool 00c to *', 'spool prt cont nocont', 'spool prt copy 0',
    'spool prt to nobody', 'spool prt', 'spool 123 hold', 'spool prt class 12');
like(after('close pun name test data'),
    qr/^PUN FILE 0001 TO STUDENT2 COPY 01 NOHOLD$/, 'punched to another');
is(after('close 00d'), 'PUN FILE 0002 TO STUDENT1 COPY 02 NOHOLD', 'to himself');
like($out, qr/^PUN FILE 0002 FROM STUDENT1 COPY 02 NOHOLD$/m, 'who hears of it');
is(after('query reader'), 'ORIGINID FILE CLASS RECDS    CPY HOLD',
    'QUERY READER: heading');
like($out, qr/^STUDENT1 0002 K PUN 00000001 02  NONE$/m, 'and the file');
like(after('q r all'), qr/^ORIGINID .* DATE  TIME     NAME     TYPE     DIST$/,
    'QUERY READER ALL: heading');
like($out, qr/^STUDENT1 0002 K PUN 00000001 02  NONE \d\d\/\d\d /m,
    'and the file');
like(after('q rdr 2'), qr/^ORIGINID/, 'QUERY READER spoolid');
is(after('q rdr 1'), 'SPOOLID 0001 DOES NOT EXIST', "not another's file");
is(after('q r class'), 'CLASS MISSING OR INVALID', 'CLASS of nothing');
is(after('d 600.8'), '000600  E6D6D9D3 C4404040', 'a card is read, padded');
is(after('d 44'), '000044  02000000', 'NOEOF: then unit check');
like($out, qr/^q  r\n.*\nSTUDENT1 0002/m, 'SPOOL READER HOLD keeps the file');
is(after('purge rdr 3'), 'SPOOLID 0003 DOES NOT EXIST', 'PURGE of none');
is(after('purge rdr x'), 'SPOOLID MISSING OR INVALID', 'of no number');
is(after('purge rdr 2'), '0001 FILES PURGED', 'by number');
is(after('q   r'), 'NO RDR FILES', 'it is gone');
is(after('purge'), 'OPERAND MISSING OR INVALID', 'PURGE alone');
is(after('purge foo'), 'INVALID DEVICE TYPE - FOO', 'PURGE of what');
is(after('purge all'), 'NO FILES PURGED', 'PURGE ALL');
is(after('close foo'), 'VADDR MISSING OR INVALID', 'CLOSE of what');
is(after('close 009'), 'INVALID DEVICE TYPE - 009', 'a console');
is(after('close'), 'OPERAND MISSING OR INVALID', 'CLOSE alone');
is(after('spool 00c to *'), 'INVALID OPTION - TO', 'a reader sends nothing');
is(after('spool prt cont nocont'), 'CONFLICTING OPTION - NOCONT', 'both');
is(after('spool prt copy 0'), 'COPIES MISSING OR INVALID', 'no copies');
is(after('spool prt to nobody'), 'NOBODY NOT IN CP DIRECTORY', 'to nobody');
is(after('spool prt'), 'OPERAND MISSING OR INVALID', 'SPOOL of nothing');
is(after('spool 123 hold'), 'DEV 123 DOES NOT EXIST', 'no device');
is(after('spool prt class 12'), 'CLASS MISSING OR INVALID', 'no class');

# Printer and punch: command reject, the real devices' output.
$conf = course();
my $err;
($out, $err) = logged_on($conf, @text,
    io('00E', '09000400 60000005', '8B000400 60000001', '11000500 20000005'),
    io('00E', 'FF000400 20000005'), 'd 44', 'spool 00e copy 2', 'close 00e',
    io('00D', '01000400 20000050'), 'close pun');
is(after('d 44'), '000044  02000000', 'a wrong command: unit check at once');
is(after('close 00e'), 'PRT FILE 0001 FOR STUDENT1 COPY 02 NOHOLD', 'CLOSE');
my $paper = paper();
is(scalar(() = $paper =~ /USERID STUDENT1  ORIGIN STUDENT1/g), 2,
    'a separator page before each copy') or diag $paper;
like($paper, qr/SSSSSSSS    TTTTTTTTTT    UU      UU/, 'with large letters');
like($paper, qr/\fHELLO\r?\n.*?WORLD/s, 'the lines are printed');
like(cards(), qr/^USERID STUDENT1\s*\nHELLO/, 'the card is punched after an '
    . 'ID card') or diag cards();

# A guest that punches for ever: LA 2,0; loop: SIO; BC 15.
$conf = course();
$out = logged_on($conf, @text, 'store 48 310', 'store 310 01000400 20000050',
    'store 300 9C00000D 9D00000D 47F00300', 'store psw 0 0', 'begin 300',
    '!pause 15000', '!attention', 'd 44', 'q users', 'close pun purge',
    'begin', '!pause 10', '!attention', 'purge all');
like($out, qr/^PUN 00D NOT READY; YOUR SPOOL SPACE IS FULL$/m,
    'a user has his share of the spool and no more');
like($out, qr/^001 USERS/m, 'CP goes on') or diag $out;
done_testing();
