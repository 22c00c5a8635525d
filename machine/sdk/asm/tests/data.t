#!/usr/bin/perl
# DC, DS and the control words: statements and the bytes that GC33-4010 gives
# them ("DC -- Define Constant", "DS -- Define Storage"), each at location 0.
use strict;
use warnings;
use lib 'tools', 'machine/sdk/asm/tests';
use Test::More;
use Asm;

my @rows;
my $section;
while (<DATA>) {
    chomp;
    if (/^# (.*)/) { $section = $1; next }
    next if /^$/;
    /^(.*?) {2,}([0-9A-F]+)$/ or die $_;
    push @rows, [$1, $2, $section];
}

# All in one run, each from a doubleword boundary, and as many bytes of each
# as are expected, but for the zeros up to the next boundary.
my ($image, @messages) =
    assemble(join '', map { " DS 0D\n $_->[0]\n" } @rows);
is_deeply(\@messages, [], 'no messages') or BAIL_OUT('nothing assembled');
my $at = 0;
for (@rows) {
    my ($statement, $hex, $what) = @$_;
    my $n = length($hex) / 2;
    is(hex_of(substr $image, $at, $n), $hex, "$what: $statement");
    $at += ($n + 7) & ~7;
}
cmp_ok(length($image), '<=', $at, 'no bytes besides');
done_testing();

__DATA__
# characters
DC C'A'                       C1
DC C'Hello, world'            C8859393966B40A696999384
DC CL5'AB'                    C1C2404040
DC CL2'ABCD'                  C1C2
DC 3C'AB'                     C1C2C1C2C1C2
DC 2CL3'A'                    C14040C14040
DC C'IT''S'                   C9E37DE2
DC C'A&&B'                    C150C2
DC C'A;B "C" (D,E) = 100%'    C15EC2407FC37F404DC46BC55D407E40F1F0F06C
DC C'0123456789'              F0F1F2F3F4F5F6F7F8F9
DC C'.<(+|!$*);-/,%_>?:#@='   4B4C4D4E4F5A5B5C5D5E60616B6C6D6E6F7A7B7C7E
DC C'[]{}~^\'                 BABBC0D0A1B0E0
DC C' '                       40
# hexadecimal
DC X'1F'                      1F
DC X'ABC'                     0ABC
DC X'abcdef'                  ABCDEF
DC XL4'1F'                    0000001F
DC XL1'ABCD'                  CD
DC 2X'01,0203'                010203010203
# bits
DC B'1'                       01
DC B'10000001'                81
DC B'111100001'               01E1
DC BL2'1'                     0001
# fixed point
DC F'1'                       00000001
DC F'-1'                      FFFFFFFF
DC F'+10,2147483647'          0000000A7FFFFFFF
DC F'-2147483648'             80000000
DC 2F'7,8'                    00000007000000080000000700000008
DC H'258'                     0102
DC H'-32768,32767'            80007FFF
DC FL3'-2'                    FFFFFE
DC HL1'5'                     05
DC FL8'-1'                    FFFFFFFFFFFFFFFF
DC H'1.5'                     0002
DC H'-1.5,0.49,.5'            FFFE00000001
DC F'25E2,-2.5E1'             000009C4FFFFFFE7
# scaled, and with an exponent
DC HS4'-25.46'                FE69
DC HS12'3.50E-2'              008F
DC HS12E-2'3.50'              008F
DC FS7'35.92'                 000011F6
DC FL3S7'35.92'               0011F6
DC FE3'1.5,2'                 000005DC000007D0
DC FE-2'250E1'                00000019
DC HS-2'100'                  0019
DC FS31'0.5'                  40000000
DC FS-1'5'                    00000003
DC FS(-2)E2'1'                00000019
DC FL8'-9223372036854775808'  8000000000000000
DC ES2'1'                     43001000
DC ES3E1'1.6'                 45000100
DC DS3'1'                     4400010000000000
DC DE2'1.5'                   4296000000000000
DC EE-1'-1'                   C019999A
DC DL(2)'1'                   4110
DC LS27'-30568'               DF00000000000000D100000000000007
DC LS13'.3333'                4D000000000000053F5532617C1BDA51
# packed and zoned
DC P'1'                       1C
DC P'-123'                    123D
DC P'+1234'                   01234C
DC PL4'12'                    0000012C
DC P'1.5,-2'                  015C2D
DC Z'123'                     F1F2C3
DC Z'-1'                      D1
DC ZL4'12'                    F0F0F1C2
# addresses
DC A(1,X'FF',C'A',B'11')      00000001000000FF000000C100000003
DC A(-1)                      FFFFFFFF
DC A(4*(3+2)-1)               00000013
DC AL1(1,2,3)                 010203
DC AL2(258)                   0102
DC AL3(X'123456')             123456
DC 3AL1(7)                    070707
DC Y(1,-1)                    0001FFFF
DC (2*2)X'05'                 05050505
DC CL(2+1)'A'                 C14040
DC S(4(R2),X'123')            20040123
# several operands, boundaries between them
DC X'01',H'2',X'03',F'4'      010000020300000000000004
DC C'A',XL3'1',A(5)           C100000100000005
DC X'01',FL4'2'               0100000002
# nothing but a boundary
DC 0F'1',X'01'                01
DC X'01',0H'0',X'02'          01000200
# storage
DS CL3                        000000
DS 2F                         0000000000000000
DS X,H,X                      0000000000
DS CL2'A',X                   000000
DS 0CL80,X                    00
# control words
CCW X'09',X'1234',X'60',80    0900123460000050
CCW 2,0,0,1                   0200000000000001
PSW X'FF',X'04',X'200'        FF04000000000200
PSW X'02',X'0A',X'1234'       020A000000001234
PSW 0,X'0C',0,X'30'           000C300000000000
PSW 0,X'04',0,X'30'           0004000030000000
# floating point
DC E'0'                       00000000
DC E'1'                       41100000
DC E'-1'                      C1100000
DC E'0.5'                     40800000
DC E'16'                      42100000
DC E'0.1'                     4019999A
DC E'3.14159265'              413243F7
DC E'1E3,1.5E-2'              433E80003F3D70A4
DC D'1'                       4110000000000000
DC D'0.1'                     401999999999999A
DC D'-118.625'                C276A00000000000
DC D'1E75'                    7F235FADD81C2823
DC EL2'1'                     4110
DC L'1'                       41100000000000003300000000000000
DC L'0.1'                     4019999999999999329999999999999A
DC L'921773490.142995371'     4836F125B2249B583A39ECA49D4792D5
DC L'59.715'                  423BB70A3D70A3D7340A3D70A3D70A3D
DC L'15306418884.6740369745E29'   6147F86E79B4A1E053EA13AB4AEEF0A7
DC LE41'110918608.67623217'   69796E03E42FEA5F5BE55C49593C2623
DC E'16777216.5'              47100000
