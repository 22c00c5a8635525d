#!/usr/bin/perl
# What a student is told who mistypes a statement: each row is a statement and
# the first message for its line.
use strict;
use warnings;
use lib 'tools', 'machine/sdk/asm/tests';
use Test::More;
use Asm;

my $before = <<'E';
MAP DSECT
INMAP DS F
P CSECT
 BALR R12,0
 USING *,R12
E
my $behind = <<'E';
FIELD DS F
FIELD2 DS F
TEXT DC C'X'
 LTORG
 ORG P+8000
FAR DS F
E

my ($sound, @none) = assemble("$before L R1,FIELD\n$behind");
is_deeply(\@none, [], 'the program without a mistake');

# Statements without a mark are assembled together; what stops NASM in its
# first pass, or moves to another section, is marked by ! and has its own run.
my (@together, @alone);
while (my $statement = <DATA>) {
    my $message = <DATA>;
    chomp($statement, $message);
    $message =~ s/^ {4}//;
    if ($statement =~ s/^!//) {
        push @alone, [$statement, $message];
    } else {
        push @together, [$statement, $message];
    }
}

# The messages of the lines of @_ from line 6 on, each against its own.
sub check
{
    my (@rows) = @_;
    my ($image, @messages) =
        assemble($before . join('', map { "$_->[0]\n" } @rows) . $behind);
    my %first;
    for (@messages) {
        my ($line, $text) = /^(\d+): error: (.*)/ or next;
        $first{$line} //= $text;
    }
    for my $i (0 .. $#rows) {
        my ($statement, $message) = @{$rows[$i]};
        is($first{6 + $i}, $message, "mistake: $statement");
    }
}

check(@together);
check($_) for @alone;

# The line of a second definition, of a literal that never gets a place, and
# of nothing twice.
my @messages;
(undef, @messages) = assemble("ONE DS F\nTWO DS F\nONE DS F\n");
like($messages[0], qr/^3: error: label .ONE. inconsistently redefined/,
     'a label twice');
(undef, @messages) = assemble("P CSECT\n USING P,R12\n L R1,=F'1'\n");
is_deeply(\@messages, ['3: error: symbol `LTORG_or_END_is_missing_for_literal' .
                       "_1' not defined"], 'a literal without LTORG');
(undef, @messages) = assemble("P CSECT\n LR 16,17\n L R1,=H'X'\n LTORG\n");
is(scalar @messages, 2, 'one message for a statement');
(undef, @messages) = assemble("P DSECT\n DS F\n LR R1,R2\n LR R1,R2\n");
is_deeply(\@messages, ['3: error: an instruction in a DSECT: a CSECT ' .
                       'statement must end the DSECT first'],
          'an instruction in a DSECT');
(undef, @messages) = assemble("P CSECT\n L R1,P\n");
is_deeply(\@messages, ["2: error: 'P' is not addressable: no USING covers it"],
          'no USING');
(undef, @messages) = assemble("P CSECT\n USING Q,R2\n L R1,P\nQ DS F\n");
is_deeply(\@messages, ["3: error: 'P' is not addressable: it lies outside " .
                       'what the USING of R2 covers'], 'a USING further on');
(undef, @messages) = assemble("WAIT DS 5000X\n L R1,WAIT\n");
is_deeply(\@messages, ["2: error: 'WAIT' is not addressable: no USING " .
                       'covers it'], 'an x86 word without its dot');

done_testing();

__DATA__
 L R1
    operands needed: 2 (register,storage), found: 1
 L R1,
    operands needed: 2 (register,storage), found: 1
 L ,FIELD
    operand 1 is missing: a comma too many?
 L
    operands needed: 2 (register,storage), found: 0
 L R1,FIELD,FIELD
    operands needed: 2 (register,storage), found: 3
 L R1 FIELD
    'FIELD' behind a blank: a comma is missing, or the semicolon before a remark
 L R16,FIELD
    symbol `R16' not defined
 L 16,FIELD
    '16' is not a register (0 to 15)
 L FIELD,R1
    'FIELD' is not a register (0 to 15)
 L R1,NOSUCH
    symbol `NOSUCH' not defined
 L R1,NOSUCH+4
    symbol `NOSUCH' not defined
 L R1,FAR
    'FAR' is not addressable: it lies 7998 bytes behind the address in R12, 4095 is the most
 L R1,4096
    the displacement 4096 is larger than 4095
 L R1,-4
    the displacement -4 is negative
 L R1,4096(R2)
    the displacement 4096 is larger than 4095
 L R1,FIELD(R2,R3)
    'FIELD' is a label: its base comes from USING, not from parentheses
 L R1,0(R2,R3,R4)
    too many registers in parentheses: displacement(index,base)
 L R1,4(R17)
    symbol `R17' not defined
 L R1,4(,R17)
    symbol `R17' not defined
 L R1,4()
    a register is missing in the parentheses
 L R1,4(R2
    the parentheses do not match
 L R1,4)R2(
    the parentheses do not match
 L R1,FIELD)
    the parentheses do not match
 L R1,INMAP
    'INMAP' is not addressable: no USING names its DSECT
 LR R1
    operands needed: 2 (register,register), found: 1
 LR R1,R2,R3
    operands needed: 2 (register,register), found: 3
 LR R1,FIELD
    'FIELD' is not a register (0 to 15)
 LR R1,4(R2)
    '4' has parentheses behind it, but must be a register
 AR R1,=F'1'
    '=F'1'' is a literal, but must be a register
 DR R3,R4
    register 3 is odd: a pair of registers has the name of its even one
 M R1,FIELD
    register 1 is odd: a pair of registers has the name of its even one
 SRDA R5,32
    register 5 is odd: a pair of registers has the name of its even one
 MVCL R2,R5
    register 5 is odd: a pair of registers has the name of its even one
 CDS R2,R5,FIELD
    register 5 is odd: a pair of registers has the name of its even one
 LE R1,FIELD
    '1' is not a floating-point register: 0, 2, 4 or 6
 ADR 2,1
    '1' is not a floating-point register: 0, 2, 4 or 6
 AXR 0,2
    '2' is not a pair of floating-point registers: 0 or 4
 SLL R1
    operands needed: 2 (register,number of bits), found: 1
 SLL R1,R2,3
    operands needed: 2 (register,number of bits), found: 3
 MVC FIELD,TEXT,TEXT
    operands needed: 2 (storage with length,storage), found: 3
 MVC FIELD(300),TEXT
    the length 300 is not between 1 and 256
 MVC FIELD
    operands needed: 2 (storage with length,storage), found: 1
 MVC 0(R1,R2,R3),TEXT
    too much in parentheses: displacement(length,base)
 MVC FIELD(8,R2),TEXT
    'FIELD' is a label: its base comes from USING, not from parentheses
 MVC FIELD,TEXT(8)
    'TEXT' is a label: its base comes from USING, not from parentheses
 AP FIELD(17),TEXT
    the length 17 is not between 1 and 16
 MP FIELD(16),TEXT(9)
    the second length is 9, but 8 is the most for a multiplier or divisor
 DP FIELD(8),TEXT(8)
    the second length is 8, but must be less than the first
 MVI FIELD,256
    '256' is not a byte (0 to 255)
 MVI FIELD,C'AB'
    'C'AB'' is not a byte (0 to 255)
 MVI FIELD
    operands needed: 2 (storage,byte), found: 1
 MVI FIELD,-1
    '-1' is not a byte (0 to 255)
 CLI FIELD,'A'
    a type letter is missing before 'A': X, C or B
 CLI FIELD,X'G1'
    X'G1': the digits are 0 to 9 and A to F
 TM FIELD,B'2'
    B'2': the digits are 0 and 1
 MVI FIELD,X''
    there is nothing between the quotes
 MVI FIELD,C''
    C'...' in an expression holds one to four characters
 MVI FIELD,C'A
    the closing quote is missing
 LA R1,L'
    a name is missing behind L'
 LA R1,L'NOSUCH
    symbol `__l_NOSUCH' not defined
 ICM R1,16,FIELD
    '16' is not a mask (0 to 15)
 ICM R1,FIELD
    operands needed: 3 (register,mask,storage), found: 2
 BC 16,FIELD
    '16' is not a mask (0 to 15)
 B
    operands needed: 1 (address), found: 0
 B FIELD,R1
    operands needed: 1 (address), found: 2
 BNE R1,FIELD
    operands needed: 1 (address), found: 2
 BR
    operands needed: 1 (register), found: 0
 BR FIELD
    'FIELD' is not a register (0 to 15)
 BR R14 return to caller
    'return to caller' behind a blank: a comma is missing, or the semicolon before a remark
 SVC 256
    '256' is not an SVC number (0 to 255)
 SVC
    operands needed: 1 (number), found: 0
 PTLB FIELD
    this instruction has no operands
 LPSW
    operands needed: 1 (storage), found: 0
 LPSW 0(R1,R2)
    only a base register may stand in parentheses here
 SIO 9,1
    operands needed: 1 (storage), found: 2
 LM R14,12(R13)
    operands needed: 3 (register,register,storage), found: 2
 SRP FIELD,2,10
    '10' is not a rounding digit (0 to 9)
 DC
    a constant is missing: [factor]type[Llength]'value' or (value)
 DC F
    'F': the value is missing (DS reserves space without one)
 DC F'
    the closing quote is missing
 DC F'1
    the closing quote is missing
 DC F'A'
    'A' is not a number
 DC F'12345678901'
    '12345678901' is too large: 2**31 is the limit
 DC F'2147483648'
    '2147483648' is too large: 2**31 is the limit
 DC H'40000'
    '40000' is too large: 2**15 is the limit
 DC H'1.5.2'
    '1.5.2' is not a number
 DC F'1E30'
    '1E30' is too large for a fixed-point constant
 DC FS400'1'
    the scale 400 is not between -187 and 346
 DC ES6'1'
    the scale 6 is not between 0 and 5
 DC CS1'A'
    constants of type C have no scale
 DC XE1'A'
    constants of type X have no exponent
 DC FE99'1'
    the exponent 99 is not between -85 and 75
 PRINT GENERATE
    'GENERATE' is not an operand of PRINT: ON, OFF, GEN, NOGEN, DATA, NODATA
 TITLE Payroll
    the title stands in quotes: TITLE 'text'
 EJECT 2
    EJECT has no operands
 SPACE two
    SPACE is followed by a number of lines
 CNOP 1,4
    the operands of CNOP are byte,boundary: 0 or 2,4 and 0, 2, 4 or 6,8
 DC X'0G'
    X'0G': the digits are 0 to 9 and A to F
 DC B'012'
    B'012': the digits are 0 and 1
 DC C''
    there is nothing between the quotes
 DC C'ÄÖ'
    this constant has a character that EBCDIC (code page 037) lacks
 DC P'1A'
    '1A' is not a decimal number
 DC P'-12.3.4'
    '-12.3.4' is not a decimal number
 DC PL1'123'
    '123' has more digits than the length holds
 DC Q'1'
    'Q' is not a type of constant: C X B F H A V Y S P Z E D L
 DC f'1'
    'f' is not a type of constant: C X B F H A V Y S P Z E D L
 DC A'1'
    a constant of this type has its value in parentheses
 DC F(1)
    a constant of this type has its value in quotes
 DC A()
    there is nothing between the parentheses
 DC A(NOSUCH)
    symbol `NOSUCH' not defined
 DC AL1(256)
    '256' does not fit into the constant
 DC AL5(1)
    the length 5 is not between 1 and 4
 DC F'1' F'2'
    ' F'2'' behind a constant: a comma is missing, or the semicolon before a remark
 DC XL0'1'
    the length 0 is not between 1 and 65535
 DC FL9'1'
    the length 9 is not between 1 and 8
 DC -1F'1'
    '-' is not a type of constant: C X B F H A V Y S P Z E D L
 DC E'ABC'
    'ABC' is not a number
 DC D'1E99'
    '1E99' is too large or too small for floating point
 DC A(1
    the parentheses do not match
 DC 1,2
    ',' is not a type of constant: C X B F H A V Y S P Z E D L
 DS
    a constant is missing: [factor]type[Llength]'value' or (value)
 DS 3
    the type of a constant is missing
 DS FL
    a number is missing behind a letter of the constant
 DS CL-80
    the length -80 is not between 1 and 65535
 DS F'1' storage
    ' storage' behind a constant: a comma is missing, or the semicolon before a remark
 DS CL
    a number is missing behind a letter of the constant
 USING *
    the operands of USING are address,register[,register...]
 USING FIELD,R16
    symbol `R16' not defined
 USING R12,*
    '*' is not a register (0 to 15)
 USING (FIELD,FIELD),R5
    the range of USING is (from,to): two addresses of one section, the end behind the beginning
 DROP R9
    '9' is not in use by a USING: nothing to drop
 CCW 2,FIELD,0
    operands needed: 4 (command,address,flags,count), found: 3
 CCW 2,FIELD,0,0
    the count of a CCW is 1 to 65535
 CCW 9,=X'G',0,1
    X'G': the digits are 0 to 9 and A to F
 CCW 256,FIELD,0,1
    '256' is not a command code (0 to 255)
 PSW 0,0
    operands needed: 4 (mask,key and EMWP,address[,code]), found: 2
 EQU 4
    EQU needs a name before it
NAME EQU
    EQU has a value, and perhaps a length behind it
A DC F'1'
    'DC' is an instruction: the label before it must not be named like one
ST DS F
    'DS' is an instruction: the label before it must not be named like one
 L R1,A
    symbol `A' not defined
! DSECT
    a DSECT needs a name before it
! ORG FIELD
    symbol `FIELD' not defined before use
! MOV R1,R2
    parser: instruction expected
! LDA R1,FIELD
    parser: instruction expected
! l r1,FIELD
    parser: instruction expected
 PUSH R1
    PUSH is for USING and PRINT; there is no stack: ST or STM into a save area
 POP USING
    POP USING: nothing is left of what PUSH USING has kept
!LOOPX
    label alone on a line without a colon might be in error [-w+error=label-orphan]
!R1 DC F'1'
    label or instruction expected at start of line
!1ABC DC F'1'
    label or instruction expected at start of line
 L R1,A(FIELD)
    a label stands in the parentheses, where a register must be
 L R1,=A(NOSUCH)
    symbol `NOSUCH' not defined
 L R1,=F'A'
    'A' is not a number
 L R1,=F
    'F': the value is missing (DS reserves space without one)
 L R1,=
    the type of a constant is missing
 L R1,F'1'
    in an expression only X'..', C'..' and B'..' are quoted; a literal is =F'1'
 MVC FIELD,'ABC'
    a type letter is missing before 'ABC': X, C or B
 L R1,FIELD+
    expression syntax error
 LA R1,X'12345'
    the displacement 74565 is larger than 4095
 ENTRY
    ENTRY needs a name behind it
 ENTRY NOSUCH
    symbol `NOSUCH' not defined
 EXTRN
    EXTRN needs a name behind it
 LR R1;R2
    operands needed: 2 (register,register), found: 1
 L R1,FIELD remark
    'remark' behind a blank: a comma is missing, or the semicolon before a remark
 LTR R1
    operands needed: 2 (register,register), found: 1
 CLC FIELD,FIELD2(4)
    'FIELD2' is a label: its base comes from USING, not from parentheses
 XC FIELD,FIELD FIELD
    'FIELD' behind a blank: a comma is missing, or the semicolon before a remark
 LTORG 5
    LTORG has no operands
!P2 CSECT 5
    CSECT has no operands
 CR R1,5000
    '5000' is not a register (0 to 15)
 S FIELD,R1
    'FIELD' is not a register (0 to 15)
 LA R1,R2,4
    operands needed: 2 (register,storage), found: 3
 BCT R1
    operands needed: 2 (register,storage), found: 1
 BALR R14
    operands needed: 2 (register,register), found: 1
 BAL FIELD
    operands needed: 2 (register,storage), found: 1
 EX R1,FIELD,4
    operands needed: 2 (register,storage), found: 3
! START FIELD
    symbol `FIELD' not defined before use
 DC CL300' '
    the length 300 is larger than 256: a value cannot be so long
 DC 99999999C'A'
    this is more than the 16 MiB of the largest storage
 DS 9999999F
    this is more than the 16 MiB of the largest storage
 CCW 2,X'1000000',0,1
    'X'1000000'' is not an address of 24 bits
 CCW 2,0(R1),0,1
    '0' has parentheses behind it, but must be an address
 PSW 0,0,-1
    '-1' is not an address of 24 bits
! ORG X'2000000'
    this address is beyond the 16 MiB of the largest storage
