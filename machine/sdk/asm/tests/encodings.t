#!/usr/bin/perl
# Every mnemonic against its encoding, typed from the formats of GA22-7000
# ("Instruction Formats", "Lists of Instructions"); then the rows that the GNU
# assembler knows against its opinion, and the CPU's table against the macros.
use strict;
use warnings;
use lib 'tools', 'machine/sdk/asm/tests';
use Test::More;
use Kit;
use Asm;

my @rows;
while (<DATA>) {
    next if /^#|^$/;
    /^(.*?)\s+([0-9A-F]+)$/ or die $_;
    push @rows, [$1, $2];
}
close DATA;

sub check_rows
{
    my ($source) = map { join '', map { " $_->[0]\n" } @$_ } \@rows;
    my ($image, @messages) = assemble($source);
    is_deeply(\@messages, [], 'no messages') or return;
    my $at = 0;
    my @wrong;
    for (@rows) {
        my ($statement, $hex) = @$_;
        my $n = length($hex) / 2;
        my $got = hex_of(substr $image, $at, $n);
        push @wrong, "$statement: $got, the manual says $hex" if $got ne $hex;
        $at += $n;
    }
    is_deeply(\@wrong, [], 'each of ' . @rows . ' statements has its bytes');
    is(length $image, $at, 'and no bytes besides');
}

# GNU as: no self-defining terms in quotes, registers without R.
sub check_gnu
{
    my @gnu;
    for (@rows) {
        my ($s, $hex) = @$_;
        $s =~ s/X'(\w+)'/0x$1/g;
        $s =~ s/B'(\w+)'/0b$1/g;
        $s =~ s/C'(.)'/$1 eq 'A' ? 193 : die/ge;
        $s =~ s/\b(?:R|FPR)(\d+)/$1/g;
        push @gnu, [lc $s, $hex, $_->[0]];
    }
    my @args = ('s390x-linux-gnu-as', '-m31', '-march=g5');
    my ($file, $object) = (scratch('gnu.s'), scratch('gnu.o'));
    write_file($file, join '', map { "$_->[0]\n" } @gnu);
    my (undef, undef, $err) = run_program('', @args, '-o', $object, $file);
    my %bad = map { $_ => 1 } $err =~ /gnu\.s:(\d+): Error/g;
    my @known = @gnu[grep { !$bad{$_ + 1} } 0 .. $#gnu];
    cmp_ok(scalar @known, '>', 180, 'GNU as knows most rows');
    write_file($file, join '', map { "$_->[0]\n" } @known);
    run_program('', @args, '-o', $object, $file);
    my $binary = scratch('gnu.bin');
    run_program('', 's390x-linux-gnu-objcopy', '-O', 'binary', '-j', '.text',
                $object, $binary);
    my $theirs = hex_of(read_file($binary));
    my $ours = join '', map { $_->[1] } @known;
    is($theirs =~ s/^\Q$ours\E//r =~ s/^(07)+$|^0707$//r, '',
       'and encodes them so');
}

# What the CPU executes, the assembler knows under the same operation code.
sub check_table
{
    my %code;
    for (@rows) {
        my ($mnemonic) = $_->[0] =~ /^(\w+)/;
        $code{$mnemonic} //= $_->[1];
    }
    my @wrong;
    my $n = 0;
    for (split /\n/, read_file('machine/cpu/optable.inc')) {
        /^INSN\(0x(\w+), (\w+),/ or next;
        $n++;
        my $hex = $code{$2};
        push @wrong, "$2 is X'$1' in optable.inc, here " . ($hex // 'missing')
            if !defined $hex || $hex !~ /^$1/;
    }
    cmp_ok($n, '>', 100, 'the CPU has instructions');
    is_deeply(\@wrong, [], 'each of them has a row here');
}

check_rows();
check_gnu();
check_table();
done_testing();

__DATA__
# RR: operation code, R1, R2
BALR R10,R1                         05A1
BCTR R8,R15                         068F
BASR R6,R13                         0D6D
MVCL R4,R10                         0E4A
CLCL R2,R8                          0F28
LPR R0,R7                           1007
LNR R14,R5                          11E5
LTR R12,R3                          12C3
LCR R10,R1                          13A1
NR R8,R15                           148F
CLR R6,R13                          156D
OR R4,R11                           164B
XR R2,R9                            1729
LR R0,R7                            1807
CR R14,R5                           19E5
AR R12,R3                           1AC3
SR R10,R1                           1BA1
MR R8,R15                           1C8F
DR R6,R13                           1D6D
ALR R4,R11                          1E4B
SLR R2,R9                           1F29
SSK R0,R7                           0807
ISK R14,R5                          09E5
SPM R7                              0470
SVC 202                             0ACA
SVC X'FF'                           0AFF
BCR 5,R9                            0759

# RR with floating-point registers 0, 2, 4, 6; pairs 0, 4
LPDR 0,6                            2006
LNDR 4,2                            2142
LTDR 0,6                            2206
LCDR 4,2                            2342
HDR 0,6                             2406
LRDR 4,4                            2544
MXR 0,4                             2604
MXDR 0,2                            2702
LDR 0,6                             2806
CDR 4,2                             2942
ADR 0,6                             2A06
SDR 4,2                             2B42
MDR 0,6                             2C06
DDR 4,2                             2D42
AWR 0,6                             2E06
SWR 4,2                             2F42
LPER 0,6                            3006
LNER 4,2                            3142
LTER 0,6                            3206
LCER 4,2                            3342
HER 0,6                             3406
LRER 4,2                            3542
AXR 0,4                             3604
SXR 0,4                             3704
LER 0,6                             3806
CER 4,2                             3942
AER 0,6                             3A06
SER 4,2                             3B42
MER 0,6                             3C06
DER 4,2                             3D42
AUR 0,6                             3E06
SUR 4,2                             3F42

# RX: operation code, R1, X2, B2, D2
STH R12,3715(R8,R15)                40C8FE83
LA R8,3671(R6,R13)                  4186DE57
STC R4,3627(R4,R11)                 4244BE2B
IC R0,3583(R2,R9)                   43029DFF
EX R12,3539(R15,R7)                 44CF7DD3
BAL R8,3495(R13,R5)                 458D5DA7
BCT R4,3451(R11,R3)                 464B3D7B
LH R0,3407(R9,R1)                   48091D4F
CH R12,3363(R7,R14)                 49C7ED23
AH R8,3319(R5,R12)                  4A85CCF7
SH R4,3275(R3,R10)                  4B43ACCB
MH R0,3231(R1,R8)                   4C018C9F
BAS R12,3187(R14,R6)                4DCE6C73
CVD R8,3143(R12,R4)                 4E8C4C47
CVB R4,3099(R10,R2)                 4F4A2C1B
ST R0,3055(R8,R15)                  5008FBEF
N R12,3011(R6,R13)                  54C6DBC3
CL R8,2967(R4,R11)                  5584BB97
O R4,2923(R2,R9)                    56429B6B
X R0,2879(R15,R7)                   570F7B3F
L R12,2835(R13,R5)                  58CD5B13
C R8,2791(R11,R3)                   598B3AE7
A R4,2747(R9,R1)                    5A491ABB
S R0,2703(R7,R14)                   5B07EA8F
M R12,2659(R5,R12)                  5CC5CA63
D R8,2615(R3,R10)                   5D83AA37
AL R4,2571(R1,R8)                   5E418A0B
SL R0,2527(R14,R6)                  5F0E69DF
LRA R12,2483(R12,R4)                B1CC49B3
BC 6,X'123'(R4,R5)                  47645123
L R1,20                             58100014
L R1,20(,R2)                        58102014
L R1,20(0,R2)                       58102014
LA R15,4095                         41F00FFF

# RX with a floating-point register
STD FPR0,2439(R10,R2)               600A2987
MXD FPR4,2395(R8,R15)               6748F95B
LD FPR0,2351(R6,R13)                6806D92F
CD FPR0,2307(R4,R11)                6904B903
AD FPR0,2263(R2,R9)                 6A0298D7
SD FPR0,2219(R15,R7)                6B0F78AB
MD FPR0,2175(R13,R5)                6C0D587F
DD FPR0,2131(R11,R3)                6D0B3853
AW FPR0,2087(R9,R1)                 6E091827
SW FPR0,2043(R7,R14)                6F07E7FB
STE FPR0,1999(R5,R12)               7005C7CF
LE FPR0,1955(R3,R10)                7803A7A3
CE FPR0,1911(R1,R8)                 79018777
AE FPR0,1867(R14,R6)                7A0E674B
SE FPR0,1823(R12,R4)                7B0C471F
ME FPR0,1779(R10,R2)                7C0A26F3
DE FPR0,1735(R8,R15)                7D08F6C7
AU FPR0,1691(R6,R13)                7E06D69B
SU FPR0,1647(R4,R11)                7F04B66F

# RS: operation code, R1, R3, B2, D2
BXH R12,R3,1603(R9)                 86C39643
BXLE R8,R15,1559(R7)                878F7617
STM R4,R11,1515(R5)                 904B55EB
LM R0,R7,1471(R3)                   980735BF
SIGP R12,R3,1427(R1)                AEC31593
STCTL R8,R15,1383(R14)              B68FE567
LCTL R4,R11,1339(R12)               B74BC53B
CS R0,R7,1295(R10)                  BA07A50F
CDS R12,R2,1251(R8)                 BBC284E3
DIAG R8,R15,1207(R6)                838F64B7
LM R14,R12,12(R13)                  98ECD00C
CLM R4,B'1011',1163(R4)             BD4B448B
STCM R0,B'0111',1119(R2)            BE07245F
ICM R12,B'0011',1075(R15)           BFC3F433

# RS shifts: R3 is 0
SRL R8,39                           88800027
SRL R6,0(R5)                        88605000
SLL R4,4                            89400004
SLL R2,0(R3)                        89203000
SRA R0,32                           8A000020
SRA R14,0(R1)                       8AE01000
SLA R12,60                          8BC0003C
SLA R10,0(R14)                      8BA0E000
SRDL R8,25                          8C800019
SRDL R6,0(R12)                      8C60C000
SLDL R4,53                          8D400035
SLDL R2,0(R10)                      8D20A000
SRDA R0,18                          8E000012
SRDA R14,0(R8)                      8EE08000
SLDA R12,46                         8FC0002E
SLDA R10,0(R6)                      8FA06000

# SI: operation code, I2, B1, D1
TM 2738(R5),X'F8'                   91F85AB2
MVI 657(R11),X'01'                  9201B291
NI 2672(R2),X'0A'                   940A2A70
CLI 591(R8),X'13'                   9513824F
OI 2606(R14),X'1C'                  961CEA2E
XI 525(R5),X'25'                    9725520D
STNSM 2540(R11),X'2E'               AC2EB9EC
STOSM 459(R2),X'37'                 AD3721CB
MC 2474(R8),X'40'                   AF4089AA
MVI 0(R1),C'A'                      92C11000
CLI 4(R2),200                       95C82004

# S: operation code of two bytes, B2, D2
SSM 2452(R7)                        80007994
LPSW 2430(R6)                       8200697E
TS 2408(R5)                         93005968
SIO 2386(R4)                        9C004952
SIOF 2364(R3)                       9C01393C
TIO 2342(R2)                        9D002926
CLRIO 2320(R1)                      9D011910
HIO 2298(R15)                       9E00F8FA
HDV 2276(R14)                       9E01E8E4
TCH 2254(R13)                       9F00D8CE
STIDP 2232(R12)                     B202C8B8
STIDC 2210(R11)                     B203B8A2
SCK 2188(R10)                       B204A88C
STCK 2166(R9)                       B2059876
SCKC 2144(R8)                       B2068860
STCKC 2122(R7)                      B207784A
SPT 2100(R6)                        B2086834
STPT 2078(R5)                       B209581E
SPKA 2056(R4)                       B20A4808
SPX 2034(R3)                        B21037F2
STPX 2012(R2)                       B21127DC
STAP 1990(R1)                       B21217C6
RRB 1968(R15)                       B213F7B0
IPK                                 B20B0000
IPTE R5,R14                         B221005E
TPROT 1770(R6),1748(R5)             E50166EA56D4
PTLB                                B20D0000
SIO X'00C'                          9C00000C

# What the course machine does not have
SSKE R5,R14                         B22B005E
ISKE R1,R2                          B2290012
RRBE R15,R0                         B22A00F0
TB R0,R9                            B22C0009
IVSK R3,R12                         B223003C
PT R4,R7                            B2280047
IAC R6                              B2240060
SSAR R11                            B22500B0
EPAR R8                             B2260080
ESAR R15                            B22700F0
PC 1968(R15)                        B218F7B0
SAC 256(R0)                         B2190100
LASP 1770(R6),1748(R5)              E50066EA56D4
MVCK 1770(R3,R6),1748(R5),R9        D93966EA56D4
MVCP 1(R15,R1),2(R2),R4             DAF410012002
MVCS 4095(R2,R3),0(R4),R5           DB253FFF4000
WRD 100(R2),X'5A'                   845A2064
RDD 100(R2),255                     85FF2064
RIO 18(R1)                          9C021012
CLRCH 256(R1)                       9F011100
CONCS 0(R9)                         B2009000
DISCS 4(R9)                         B2019004

# SS: operation code, L, B1, D1, B2, D2; the length is written one less
MVN 3983(126,R6),3961(R5)           D17D6F8F5F79
MVC 1880(255,R11),1858(R10)         D2FEB758A742
MVZ 3873(128,R1),3851(R15)          D37F1F21FF0B
NC 1770(1,R6),1748(R5)              D40066EA56D4
CLC 3763(130,R11),3741(R10)         D581BEB3AE9D
OC 1660(3,R1),1638(R15)             D602167CF666
XC 3653(132,R6),3631(R5)            D7836E455E2F
TR 1550(5,R11),1528(R10)            DC04B60EA5F8
TRT 3543(134,R1),3521(R15)          DD851DD7FDC1
ED 1440(7,R6),1418(R5)              DE0665A0558A
EDMK 3433(136,R11),3411(R10)        DF87BD69AD53
MVCIN 1330(9,R1),1308(R15)          E8081532F51C
MVC 0(256,R1),0(R2)                 D2FF10002000
XC 0(0,R1),0(R1)                    D70010001000
MVC 24(8),104                       D20700180068

# SS with two lengths
MVO 1264(12,R13),1242(3,R12)        F1B2D4F0C4DA
PACK 1198(6,R10),1176(13,R9)        F25CA4AE9498
UNPK 1132(16,R7),1110(7,R6)         F3F6746C6456
ZAP 1066(10,R4),1044(1,R3)          F890442A3414
CP 1000(4,R1),978(11,R15)           F93A13E8F3D2
AP 934(14,R13),912(5,R12)           FAD4D3A6C390
SP 868(8,R10),846(15,R9)            FB7EA364934E
MP 802(9,R7),780(2,R6)              FC817322630C
DP 736(12,R4),714(3,R3)             FDB242E032CA
SRP 5(3,R4),6(R7),5                 F02540057006
SRP 5(3,R4),64-2,0                  F0204005003E

# Extended mnemonics: BC and BCR with a mask
B 2729(R2,R9)                       47F29AA9
BR R10                              07FA
NOP 2685(R15,R7)                    470F7A7D
NOPR R6                             0706
BH 2641(R13,R5)                     472D5A51
BHR R2                              0722
BL 2597(R11,R3)                     474B3A25
BLR R14                             074E
BE 2553(R9,R1)                      478919F9
BER R10                             078A
BNH 2509(R7,R14)                    47D7E9CD
BNHR R6                             07D6
BNL 2465(R5,R12)                    47B5C9A1
BNLR R2                             07B2
BNE 2421(R3,R10)                    4773A975
BNER R14                            077E
BO 2377(R1,R8)                      47118949
BOR R10                             071A
BP 2333(R14,R6)                     472E691D
BPR R6                              0726
BM 2289(R12,R4)                     474C48F1
BMR R2                              0742
BZ 2245(R10,R2)                     478A28C5
BZR R14                             078E
BNO 2201(R8,R15)                    47E8F899
BNOR R10                            07EA
BNP 2157(R6,R13)                    47D6D86D
BNPR R6                             07D6
BNM 2113(R4,R11)                    47B4B841
BNMR R2                             07B2
BNZ 2069(R2,R9)                     47729815
BNZR R14                            077E
