#!/usr/bin/perl
# How storage operands get base, displacement and length; literals; sections;
# several files in one run.  Each test is a small source and its image.
use strict;
use warnings;
use lib 'tools', 'machine/sdk/asm/tests';
use Test::More;
use Kit;
use Asm;

sub image_is
{
    my ($what, $hex, $source) = @_;
    my ($image, @messages) = assemble($source);
    $hex =~ s/\s//g;
    is(defined $image ? hex_of($image) : "@messages", $hex, $what);
}

image_is('a single register in parentheses is the index', '58120014', <<'E');
 L R1,20(R2)
E
image_is('USING *', '05C0 5810C006 07FE 00000005', <<'E');
 BALR R12,0
 USING *,R12
 L R1,FIVE
 BR R14
FIVE DC F'5'
E
image_is('an index and a length beside a label',
         '5812C00C D201C00C3000 0000 00000000', <<'E');
P CSECT
 USING P,R12
 L R1,HERE(R2)
 MVC HERE(2),0(R3)
HERE DS F
E
image_is('the nearest base, then the higher register',
         '5810B004 5820C008 00000000 00000000', <<'E');
P CSECT
 USING P,R12
 USING Q-4,R11
 USING Q-4,R10
 L R1,Q
 DROP R11,R10
 L R2,Q
Q DS F,F
E
image_is('the second register of USING reaches 4096 bytes more',
         '5810D000 4120C000', <<'E');
P CSECT
 USING P,R12,R13
 L R1,P+4096
 LA R2,P
E
image_is('USING with a range leaves the rest to others', '5810B002', <<'E');
P CSECT
 USING (P,P+2),R12
 USING P,R11
 L R1,P+2
E
image_is('USING again replaces', '5810C000', <<'E');
P CSECT
 USING P,R12
 USING P+4,R12
 L R1,P+4
E
image_is('R0 as a base is address 0', '0000 58100006', <<'E');
P CSECT
 DC H'0'
 USING *,R0
 L R1,Q
Q EQU *
E
image_is('an absolute address with a base', '58105004', <<'E');
 USING X'100',R5
 L R1,X'104'
E
image_is('fields of a DSECT', '5810D008 D207D0101000 41100018', <<'E');
SAVE DSECT
BACK DS 2F
NEXT DS F
 DS 0D
BOTH DS CL8
SIZE EQU *-SAVE
P CSECT
 USING SAVE,R13
 L R1,NEXT
 MVC BOTH,0(R1)
 LA R1,SIZE
E
image_is('a DSECT goes on where it ended', '5810D004', <<'E');
T DSECT
ONE DS F
U DSECT
UNO DS F
T DSECT
TWO DS F
P CSECT
 USING T,R13
 L R1,TWO
E
image_is('ORG in a DSECT', 'D203D0043000 D201D0003000 41100008', <<'E');
T DSECT
ALL DS CL8
 ORG ALL
LEFT DS CL2
 ORG ALL+4
RIGHT DS CL4
 ORG
SIZE EQU *-T
P CSECT
 USING T,R13
 MVC RIGHT,0(R3)
 MVC LEFT,0(R3)
 LA R1,SIZE
E
image_is('START and ORG fill up', '0000000000000000 00000000 0708', <<'E');
P START 8
 ORG P+4
 DC X'0708'
E
image_is('* is the instruction', '47F0C008 47F0C000 0700 0700', <<'E');
P CSECT
 USING P,R12
 B *+8
 B *-4
 NOPR 0
 NOPR 0
E
image_is('* in a constant is its own place',
         '00000000 00000004 00000010 0000000C', <<'E');
 DC A(*,*)
 DC A(*+8)
 DC A(*)
E
image_is('literals are placed once each, by boundary',
         '5810C018 5820C018 4930C020 95C1C022 D203C022C01C 0000' .
         '00000001 0000000C FFFE C1', <<'E');
P CSECT
 USING P,R12
 L R1,=F'1'
 L R2,=F'1'
 CH R3,=H'-2'
 CLI =C'A',C'A'
 MVC =C'A'(4),=A(12)
 END
E
image_is('LTORG begins a new pool',
         '5810C008 00000000 00000007 5810C010 00000007', <<'E');
P CSECT
 USING P,R12
 L R1,=F'7'
 LTORG
 L R1,=F'7'
 LTORG
E
image_is('a literal as a string with length, blanks and commas',
         'D204C0100000 D204C0150000 00000000 C16B40C25D C16B40C25D', <<'E');
P CSECT
 USING P,R12
 MVC =C'A, B)'(5),0
 MVC =CL5'A, B)'(5),0
 LTORG
E
image_is('length attributes', 'D204C00E1000 9505C00E 41100005 C1C2C3C4C5',
         <<'E');
P CSECT
 USING P,R12
 MVC WORD,0(R1)
 CLI WORD,L'WORD ; a remark's quote
 LA R1,WORDL
WORD DC C'ABCDE'
WORDL EQU *-WORD
E
image_is('EQU gives a length, or has that of its first name',
         'D202C00C1000 D204C00A1000 0000000000', <<'E');
P CSECT
 USING P,R12
 MVC LATE,0(R1)
 MVC SAME,0(R1)
F1 DS CL5
LATE EQU F1,3
SAME EQU F1-2
E
image_is("L'NAME wherever an expression may stand",
         'D203C018C013 41100006 41200009 00000004 05 C1C2C3C4C5 C1404040' .
         '0000 0005 0002', <<'E');
P CSECT
 USING P,R12
 MVC Q(L'Q),W ; that's what
 LA R1,1+L'W
 LA R2,L'Q+L'W ; isn't it?
 DC X'00',AL3(L'Q) ; it's four
 DC AL1(L'W)
W DC C'ABCDE'
Q DC CL(L'W-1)'A' ; don't
 DC H'0'
 DC Y(L'W,(L'Q-2))
E
image_is('the length of a literal is its own',
         'FA31C00CC014 F831C00CC010 00000000 00010001 123C', <<'E');
P CSECT
 USING P,R12
 AP F,=X'123C'
 ZAP F,=2H'1'
F DS F
 LTORG
E
image_is('values of different lengths, and what stands behind them',
         '01 0203 040506 05 11 123C 000009', <<'E');
B2 DC X'1,203,40506',B'101,10001'
C3 DC P'123'
 DC AL(3)(C3+L'B2)
E
image_is('CNOP', '0700 1812 07000700 1834 1856', <<'E');
 NOPR 0
 LR R1,R2
 CNOP 0,8
 LR R3,R4
 CNOP 2,4
 LR R5,R6
E
image_is('x86 words are good labels', '4710C000 0700 47F0C004', <<'E');
P CSECT
 USING P,R12
LOOP BC 1,LOOP
OUT NOPR 0
add B OUT
E
image_is('an instruction stands on an even address', 'C100 1812', <<'E');
 DC C'A'
 LR R1,R2
E
image_is('blanks, colons, remarks', '1812 1834 1856', <<'E');
 LR R1, R2 ; 'remark', with (marks
ABC: LR R3 , R4
Def LR R5,R6;
E
image_is('registers and numbers may have names', '1812 41100064', <<'E');
FROM EQU 2
N100 EQU 10*10
 LR R1,FROM
 LA R1,N100
E

# As a compiler's output includes files: a clean start for each.
my ($first, $second) = (scratch('one.asm'), scratch('two.asm'));
write_file($first, <<'E');
%include "s370.inc"
         ENTRY ONE,test
ONE      CSECT
         USING ONE,R15
         L     R1,=A(cfun)
test     BR    R14
MAP      DSECT
FIELD    DS    F
E
write_file($second, <<'E');
%include "s370.inc"
         EXTRN wait
TWO      L     R1,X'10'
         DC    V(wait,cfun),A(wait)
E
image_is('files in one run; names of C, also those that NASM knows',
         '5810F008 07FE 0000 00000020' .
         '58100010 00000022 00000020 00000022 00000000 07FE 000004', <<"E");
__file_begin
%include "$first"
__file_begin
%include "$second"
 DS 0D
__file_end
\$cfun equ __here
 db 7,0xfe
\$wait equ __here
 db \$test>>16&255,\$test>>8&255,\$test&255
E

# A listing shows the student's lines, their bytes, and nothing of the macros.
my ($source, $listing) = (scratch('list.asm'), scratch('list.lst'));
write_file($source, <<'E');
%include "s370.inc"
P        CSECT
         USING P,R12
         L     R1,=F'1'
         END
E
run_program('', 'nasm', '-f', 'bin', '-I', include_folder(), '-o',
            scratch('list.bin'), '-l', $listing, $source);
my $text = read_file($listing);
like($text, qr/^ +4 00000000 5810C008 +L     R1,=F'1'$/m, 'a listed line');
unlike($text, qr/__|%if/, 'no macros in the listing');

write_file($source, <<'E');
%include "s370.inc"
         TITLE 'Payroll'
         PRINT NOGEN
         LR    R1,R2
         PRINT OFF
         LR    R3,R4
         PRINT ON,NODATA
         EJECT
         SPACE 2
         LR    R5,R6
E
run_program('', 'nasm', '-f', 'bin', '-I', include_folder(), '-o',
            scratch('list.bin'), '-l', $listing, $source);
$text = read_file($listing);
like($text, qr/TITLE 'Payroll'\n.*NOGEN\n.*1812 /,
     'TITLE and PRINT in the listing');
unlike($text, qr/1834/, 'PRINT OFF');
like($text, qr/EJECT\n.*SPACE 2\n.*00000004 1856 /, 'PRINT ON');

done_testing();
