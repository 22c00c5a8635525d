#!/usr/bin/perl
# The mistakes of mistakes.asm through cc370, as students use it: every one at
# its own line, in one run, and nothing besides.
use strict;
use warnings;
use lib 'tools';
use Test::More;
use File::Spec;
use Kit;

my $file = 'machine/sdk/asm/tests/mistakes.asm';
my @source = split /\n/, read_file($file);
my $image = scratch('image');

my ($status, $out, $err) =
    run_program('', bin('cc370'), '-nostartfiles', '-o', $image, $file);
is($status, 1, 'the input is wrong');
ok(!-e $image && !-e "$image.lst", 'no image, no listing');
my %got = map { /^\Q$file\E:(\d+):(?:\d+:)? error: (.*)/ ? ($1 => $2) : () }
    split /\n/, $err;
my %expected = map { $source[$_] =~ /^;\? (.*)/ ? ($_ + 2 => $1) : () }
    0 .. $#source;
cmp_ok(scalar keys %expected, '>=', 80, 'enough mistakes');
for my $line (sort { $a <=> $b } keys %expected) {
    is(delete $got{$line}, $expected{$line}, "mistake: $source[$line - 1]");
}
is_deeply(\%got, {}, 'no messages about other lines');
is((() = $err =~ /error:/g), scalar keys %expected, 'one message for each');

# What such a message looks like.
like($err, qr/^\S+:16:10: error: .*\n {4} {9}MOV   R1,R2\n {4} {9}\^$/m,
     'the line, and a caret at the word');

# A file that is right otherwise: what depends on a mistake is not reported.
sub messages
{
    my ($name, $text) = @_;
    my $path = write_file(scratch($name), $text);
    my (undef, undef, $errors) =
        run_program('', bin('cc370'), '-nostartfiles', '-o', $image, $path);
    return join '', map { s/^\Q$path\E://r }
        grep { /error: / } split /^/, $errors;
}
is(messages('using.asm', <<'E'), <<'M', 'after a bad USING');
P        CSECT
         USING *,R21
         L     R1,ONE
         B     P
ONE      DC    F'1'
E
2:18: error: 'R21' is not a register (R0 to R15)
M
is(messages('mark.asm', "\xef\xbb\xbf         LR    R1,R2\n"), <<'M', 'a byte order mark');
1: error: a byte order mark, which is invisible, begins this file: save it without one
M
is(messages('label.asm', <<'E'), <<'M', 'a label that is a mistake');
P        CSECT
         USING P,R12
MVI      DC    F'1'
         L     R1,MVI
         BADOP R1
         L     R1,=A(MVI)
E
3:1: error: the label 'MVI' is named like an instruction: it needs another name
5:10: error: 'BADOP' is not an instruction
M
is(messages('literal.asm', "P CSECT\n USING P,R12\n L R1,=F'1'\n" .
            " L R2,=A(NOWHERE)\n LTORG\n"), "4:10: error: 'NOWHERE' is not " .
            "defined\n", 'in a literal: reported once');

is(messages('external.asm', "P CSECT\n USING P,R12\n L R1,=V(NOWHERE)\n" .
            " L R2,=F'1' + R2\n BR R14\n END\n"), "3:10: error: 'NOWHERE' is " .
   "not defined\n4:13: error: ' + R2' behind a literal: a comma is missing, or " .
   "the semicolon before a remark\n", 'literals: a name, and what is behind');

# What is no mistake: NASM's macros and conditions, its few statements.
write_file(scratch('macros.asm'), <<'E');
%macro TWICE 1
%00      AR    %1,%1
%endmacro
%define SEVEN 7
%if SEVEN == 8
         NOSUCH R1
%endif
%rep 2
         NOPR  0
%endrep
START    CSECT
again:   TWICE R1
         LA    R2,SEVEN
         db    1,2, \
               3,4
         DC    A(again)
E
($status, $out, $err) = run_program('', bin('cc370'), '-nostartfiles', '-o',
    $image, scratch('macros.asm'));
is("$status$err", '1' . scratch('macros.asm') . ":11:1: error: the label " .
   "'START' is named like an instruction: it needs another name\n" .
   "    START    CSECT\n    ^\n", 'START is a statement');
write_file(scratch('macros.asm'), read_file(scratch('macros.asm')) =~
           s/^START /FIRST /mr);
($status, $out, $err) = run_program('', bin('cc370'), '-nostartfiles', '-o',
    $image, scratch('macros.asm'));
is("$status$err", '0', 'macros, conditions, continued lines');
is(uc unpack('H*', read_file($image)), '07000700' . '00000000' . '1A11' .
   '41200007' . '01020304' . '0000' . '00000008', 'and their bytes');

# ORG goes back in the image, to what is there already.
sub image_of
{
    my ($text, @c) = @_;
    my $path = write_file(scratch('org.asm'), $text);
    my (undef, undef, $errors) = run_program('', bin('cc370'),
        '-nostartfiles', '-o', $image, $path, @c);
    return $errors ne '' ? $errors : uc unpack 'H*', read_file($image);
}
is(image_of(<<'E'), '4110000C' . 'FF00C102E6' . '00' . '0001' . 'D7' . '00' x 3,
P        CSECT
         USING P,R0
         LA    R1,LAST
T        DC    XL5'00'
         ORG   T+3
         DC    AL1(*-T-1),C'W'
         ORG   T
         DC    X'FF'
         ORG   *+1
A2       DC    C'A'
         ORG
         DC    H'1'
LAST     EQU   *
         DC    C'P'
E
   'ORG backward, and to the end');
like(image_of("P CSECT\nT DC XL4'00'\n ORG T+2\n DC F'1'\n ORG\n LR R1\n"),
     qr/:5: error: this ends what ORG went back for.*:6: error: operands/s,
     'ORG backward, and too much there');
write_file(scratch('table.c'), <<'E');
extern const unsigned char table[16];
int value = 77;
int main(void) { return **(int **)(table + 4) + table[8] + table[9]; }
E
write_file(scratch('table.asm'), <<'E');
         ENTRY table
table    DC    16X'00'
         ORG   table+4
         DC    A(value),X'05'
E
($status, $out, $err) = run_program('', bin('run370'), scratch('table.c'),
    scratch('table.asm'));
is("$status$out$err", '82', 'a patched table, an address of C in it');

is(messages('open.asm', "P CSECT\n%if 1\n LR R1,R99\n%macro X 1\n LR R1,R2\n"),
   "2: error: this has no end: %endif is missing\n" .
   "3:8: error: 'R99' is not a register (R0 to R15)\n" .
   "4: error: this has no end: %endmacro is missing\n",
   'conditions and macros without an end');

is(messages('control.asm', <<'E'), <<'M', 'misspelt control words');
P        CSECT
         USING MAP,R12
         PSUH  USING
         L     R1,FIELD
         L     R2,=F'1'
MAP      DSCET
FIELD    DS    F
M2       DSECT
P        CSCT
         BR    R14
         LTROG
         END   P,P
E
3:10: error: 'PSUH' is not an instruction: did you mean PUSH?
6:10: error: 'DSCET' is not an instruction: did you mean DSECT?
9:10: error: 'CSCT' is not an instruction: did you mean CSECT?
11:10: error: 'LTROG' is not an instruction: did you mean LTORG?
12: error: END has one address behind it, or none
M

# Directives of NASM: what is wrong with one, and nothing that follows from it.
my @directives = (
    ['%inlcude "x"', "'%inlcude' is not a directive of NASM: did you mean %include?"],
    ['%include file', 'this is written %include "FILE"'],
    ["%macro SUM\n AR %1,%2\n%endmacro\n SUM R1,R2",
        'this is written %macro NAME NUMBER, of its operands'],
    ['%define', 'this is written %define NAME TEXT, or NAME(NAME,...) TEXT'],
    ['%undef', 'this is written %undef NAME'],
    ['%pop', "this is not written as NASM's manual has it"],
    ['%assign N 1+', 'the expression is not complete: something is missing beside an operator'],
    ['%endif', "'%endif' has nothing before it that it belongs to"],
    ['%exitrep', "'%exitrep' has nothing before it that it belongs to"],
    ["%ifdeff N\n%endif", "'%ifdeff' is not a directive of NASM: did you mean %ifdef?"],
    ['%frob', "'%frob' is not a directive of NASM"],
    ['% include "x"', '% and the word behind it belong together, as in %include'],
    ['include "x"', "'include' is not an instruction: NASM's %include, perhaps"],
    ["%macro SUM 1\n AR %1,R2\n FROB R1\n%endmacro",
        "'FROB' is not an instruction"],
    ["%macro SUM 1\n%if %1\n AR %1,R2\n%endmacro\n SUM 1", 'this has no end: %endif is missing'],
    ['%error of my own', 'of my own'],
    ['%fatal of my own', 'of my own'],
);
like(messages('directive.asm', "P CSECT\n$_->[0]\n LR R1,R2\n"),
     qr/^\d+(:\d+)?: error: \Q$_->[1]\E\n\z/, $_->[0]) for @directives;
is(messages('directive.asm', "P CSECT\n%if 1\n LR R1,R2\n%endfi\n%macro TWO 1\n LR R1,%1\n%end\n TWO R1\n"),
   "4: error: '%endfi' is not a directive of NASM: did you mean %endif?\n" .
   "7: error: '%end' ends nothing: %endif, %endrep and %endmacro do\n", 'misspelt ends');
is(messages('macro.asm', <<'E'), <<'M', 'macros that are not called as they are written');
P        CSECT
         SECOND R1
%macro   FIRST 2
         AR    %1,%2
%endmacro
%macro   SECOND 1
         FIRST %1,R2
%endmacro
%macro   LR 2
%endmacro
%define  PLUS(x,y) x+y
         FIRST R1
         LA    R1,PLUS(1)
         SECOND R1
E
2:10: error: the macro 'SECOND' must be defined further up
9:10: error: a macro 'LR' is there already
12:10: error: the macro 'FIRST' does not take 1 operand
13:19: error: the macro 'PLUS' does not take 1 operand
M
is(messages('body.asm', <<'E'), <<'M', 'in a macro, a line without parameters');
P        CSECT
%macro   TWO 1
         L     R2,4(R2
         LR    R1,%1
%endmacro
         TWO   R1
         TWO   R77
         TWO   R2
E
3: error: the parentheses do not match
7:16: error: 'R77' is not a register (R0 to R15)
M
is(messages('label.asm', <<'E'), <<'M', 'labels of a macro');
P        CSECT
%macro   SKIP 0
         B     %%THERE
         B     %%NOWHERE
%%THERE  DS    0H
%endmacro
         SKIP
E
4:16: error: '%%NOWHERE' is not defined
7: error: '%%THERE' is not addressable: no USING covers it
M
is(messages('body.asm', "P CSECT\n%macro TWO 1\n lr R1,%1\n%endmacro\n TWO R2\n TWO R3\n" .
            " EX R2,P-P 5(,R15)\n"),
   "5:2: error: the macro 'TWO' has a line that is not a statement\n" .
   "7:12: error: '5(,R15)' behind a blank: a comma is missing, or the semicolon before a remark\n",
   'said once');
write_file(scratch('warn.asm'), "P CSECT\n BR R14\n%warning of my own\n FROB\n");
(undef, undef, $err) = run_program('', bin('cc370'), '-nostartfiles', '-o', $image, scratch('warn.asm'));
like($err, qr/^\Q@{[scratch('warn.asm')]}\E:3: warning: of my own/m, 'a warning has the name of the file');

# What NASM alone knows and what spoils the rest of the image.
write_file(scratch('spoil.asm'), "P CSECT\n BR R14\n%define equ nothing\n");
($status, $out, $err) = run_program('', bin('cc370'), '-o', $image,
    scratch('table.c'), scratch('table.asm'), scratch('spoil.asm'));
is($status, 1, 'a macro that changes what follows');
like($err, qr/^cc370: an assembler file disturbs what stands behind it: /m,
     'is the fault of the assembler file');
write_file(scratch('spoil.asm'), "P CSECT\n BR R14\n[section .data]\n db 1\n[section .text]\n");
($status, $out, $err) = run_program('', bin('cc370'), '-nostartfiles', '-o', $image, scratch('spoil.asm'));
is($status, 1, 'a section of NASM');
like($err, qr/^cc370: an assembler file has sections of its own, which have no place in the image$/m,
     '... has no place');

# A file that an assembler file includes, and one that is not there.
write_file(scratch('inner.inc'), "         LR    R1,R99\n");
my $inner = scratch('inner.inc');
write_file(scratch('outer.asm'), "P CSECT\n%include \"$inner\"\n BR R14\n");
($status, $out, $err) = run_program('', bin('cc370'), '-nostartfiles', '-o',
    $image, scratch('outer.asm'));
is($status, 1, 'a mistake in an included file');
like($err, qr/^\Q$inner\E:1: error: /, 'is reported there');
is(messages('absent.asm', "P CSECT\n%include \"nothere.inc\"\n"),
   "2: error: this file cannot be read\n", 'an included file that is absent');

# What does nothing with a label says so, at the label.
my $use = " L R1,HERE\n HERE2 DS 0F\n";
my %no_label = (
    'USING *,R11' => "'USING' has no label", 'DROP R12' => "'DROP' has no label",
    'PRINT ON' => "'PRINT' has no label", 'PUSH USING,PRINT' => "'PUSH' has no label",
    'EJECT' => "'EJECT' has no label", 'ENTRY P' => "'ENTRY' has no label",
    'db 1,2,3,4' => "'db' has no label", 'times 4 db 0' => "'times' has no label",
    'END' => "'END' has no label",
    'MINE R1' => "the macro 'MINE' makes nothing of the label before it: write %00 in " .
        "front of its first statement, or",
);
for my $operation (sort keys %no_label) {
    my $says = $no_label{$operation};
    $says .= ':' unless $operation =~ /MINE/;
    for my $colon ('', ':') {
        my $pop = $operation =~ /PUSH/ ? " POP PRINT,USING\n" : '';
        is(messages('label.asm', "%macro MINE 1\n SR %1,%1\n%endmacro\nP CSECT\n USING P,R12\n" .
                "HERE$colon $operation\n$pop L R1,HERE\n"),
            "6:1: error: $says put 'HERE' into the line above, as HERE DS 0H\n",
            "HERE$colon $operation");
    }
}

my $listed;

# Labels of macros: forward, backward, in a macro in a macro, in %rep.
is(image_of(<<'E'), '1211' . '4780C00E' . '47F0C000' . '07FE' x 2 . '0700' .
P        CSECT
         USING P,R12
%macro   LOOP 1
%%AGAIN  LTR   %1,%1
         BZ    %%END
         B     %%AGAIN
         DC    X'07FE07FE'
%%END    NOPR  0
%endmacro
%macro   TWICE 1
%%OUTER  DS    0H
         LOOP  %1
         B     %%OUTER
%endmacro
         LOOP  R1
%rep 2
         TWICE R2
%endrep
         DC    A(P)
E
   '1222' . '4780C01E' . '47F0C010' . '07FE' x 2 . '0700' . '47F0C010' .
   '1222' . '4780C032' . '47F0C024' . '07FE' x 2 . '0700' . '47F0C024' . '0000000000000000',
   'labels of macros');

is(image_of(<<'E'), 'D204C00BC014' . '4110C014' . '05' . '00' x 9 . 'C8859393961B' . '00' x 6,
P        CSECT
         USING P,R12
%macro   PUT 2
         MVC   %1(L'%2),%2
         LA    R1,%2
         DC    AL1(L'%2)
%endmacro
         PUT   F1,F2
F1       DS    CL9
F2       DC    C'Hello',AL1(27)
         END
E
   'the length of a parameter');
$listed = read_file("$image.lst");
like($listed, qr/%include "\S+org.asm"\n/, 'the listing names the file, and not our copy');
like($listed, qr/^ +4 +<1>          MVC   %1\(L'%2\),%2\n/m, 'and has its lines');
is(messages('quotes.asm', "P CSECT\n%macro SUM 1\n DC F'%1'\n%endmacro\n SUM 5\n"),
   "5: error: '%1' is no parameter in quotes: A(%1) takes a number, C%1 a text with its quotes\n",
   'a parameter in quotes');

# Literals beside and with the quote of L', and the location as a displacement.
is(image_of(<<'E'), 'D208C028C020' . '9823C018' . '58120000' . '5813C012' . '41300000' . '0700' .
P        CSECT
         USING P,R12
         MVC   BUF(L'BUF),=C'(a),b=c:'
         LM    R2,R3,=A(BUF,BUF+L'BUF) ; it's
         L     R1,*-*(R2)
         L     R1,*+4(R3)
         LA    R3,*-*
         CNOP  0,8
         LTORG
BUF      DS    CL9
E
   '00000028' . '00000031' . '4D815D6B827E837A' . '00' x 16, 'literals and quotes');

# PUSH and POP.
is(image_of(<<'E'), '58F0C010' . '5810B000' . '5810C010' x 2 . '0000000100000000', 'PUSH and POP USING');
P        CSECT
         USING P,R12
         L     R15,ONE
         PUSH  USING
         DROP  R12
         USING MAP,R11
         PUSH  PRINT,USING
         PRINT OFF
         USING MAP,R10
         POP   USING,PRINT
         L     R1,FIELD
         POP   USING
         L     R1,ONE
         PUSH  USING
         POP   USING
         L     R1,ONE
ONE      DC    F'1'
MAP      DSECT
FIELD    DS    F
E
$listed = read_file("$image.lst");
like($listed, qr/PRINT OFF/, 'the listing has PRINT OFF');
unlike($listed, qr/USING MAP,R10/, 'and not what follows');
like($listed, qr/5810B000 .*FIELD/, 'but what follows POP PRINT');
is(messages('push.asm', <<'E'), <<'M', 'PUSH and POP that do not match');
P        CSECT
         POP   USING
         PUSH  USING
         POP   USING,PRINT
         PUSH  PRINT
         PUSH  USING
         BR    R14
         PUSH
         POP   R1
         END
E
2: error: POP USING: nothing is left of what PUSH USING has kept
4: error: POP PRINT: nothing is left of what PUSH PRINT has kept
5:10: error: this has no end: the POP is missing
6:10: error: this has no end: the POP is missing
8: error: PUSH has operands: USING, PRINT
9: error: POP is for USING and PRINT; there is no stack: L or LM from a save area
M
is(messages('push.asm', "P CSECT\n USING P,R12\n%if 1\n PUSH USING\n%endif\n BR R14\n END\n"),
    "7: error: a PUSH USING before has no POP USING\n", 'PUSH in %if: END sees it');
is(messages('push.asm', "P CSECT\n USING P,R12\n PUSH USING\n%if 1\n POP USING\n%endif\n END\n"),
    '', 'a POP in %if');

is(messages('follows.asm', <<'E'), <<'M', 'what follows from a mistake is not reported');
P        CSECT
         BALR  R12,0
         USNG  *,R12
         L     R1,ONE
         DROP  R12
         USING wiad,R0
         B     FINISH
FINISH   DCX'00'
         B     ACTION
ACTIO+N  DC    F'1'
         MP    SUM,=P'1'
SUM      DC    LPSW'00'
ONE      DC    F'1'
         L     R2,=(AWIN1)
%macro   SUPER 2
         L     R1,%1
endmacro
         END
E
3:10: error: 'USNG' is not an instruction: did you mean USING?
6:16: error: 'wiad' is not defined
8:1: error: 'FINISH' is not an instruction
10:1: error: a label has letters, digits and _ $ # @ only: not 'ACTIO+N'
12:16: error: 'LPSW'00'': the value is missing (DS reserves space without one)
14:21: error: 'AWIN1' must be defined further up: its value is needed here at once
15: error: this has no end: %endmacro is missing
17:1: error: 'endmacro' is not an instruction: NASM's %endmacro, perhaps
M

is(messages('base.asm', <<'E'), <<'M', 'a USING that is missing, and one that is dropped too early');
P        CSECT
         L     R1,ONE
         L     R2,ONE
         USING P,R12
         L     R3,ONE
         DROP  R12
         L     R4,ONE
         L     R5,ONE
ONE      DC    F'1'
T        DC    XL4'00'
         ORG   X''
         DC    F'1,2'
         ORG
E
2:19: error: 'ONE' is not addressable: no USING covers it
7:19: error: 'ONE' is not addressable: no USING covers it
11: error: there is nothing between the quotes
M
my $many = messages('many.asm', "P CSECT\n" . join '', map { " FROB R1,$_\n L R1,F$_\n" } 1 .. 500);
is(($many =~ tr/\n//), 1000, 'a thousand mistakes');

is(messages('lab.asm', "P CSECT\n USING P,R12\n B LAB\nLAB\n LTR R1,R1\nLTROG\n"),
   "4:1: error: 'LAB' stands alone: an instruction that does not exist, or a label without a " .
   "statement such as DS 0H\n6:1: error: 'LTROG' is not an instruction: did you mean LTORG?\n",
   'a label alone, a statement alone');

# What only looks like a mistake.
is(messages('innocent.asm', <<'E'), '', 'no message about what is right');
P        CSECT
         USING P,R12
         LM    R14, R15 , 12(R13)
         CLM   R1,7 ,0(R2)
         L     R1,=AL(4)(X1)
         DC    AL(3)(X1),2AL(1)(7)
         DC    C'a,;b'      ; ,
         MVC   X1(4),=C',  ;'
         MVC   X1(L'X1),=C', :'
         CLC   X1(L'X1-1),=F'5'
         MVC   X1(L'X1),=A(X1)
         PUSH  USING, PRINT
         POP   PRINT ,USING
X1       DS    F
         END
E

# Names with every character that a name may have.
write_file(scratch('names.c'), "int main(void) { return 0; }\n");
write_file(scratch('names.asm'), " ENTRY first\nfirst DC A(A#B,A\@B)\nA#B DC F'1'\nA\@B DC F'2'\n" .
    "A\$B DC F'3'\nA_B DC F'4'\n");
($status, $out, $err) = run_program('', bin('cc370'), '-nostartfiles', '-o', $image,
    scratch('names.asm'), scratch('names.c'));
is("$status$err", '0', 'names with # @ $ _');
like(read_file("$image.map"), qr/^sym [0-9A-F]{6} 0 dc \Q$_\E /m, "$_ is in the map")
    for 'A#B', 'A@B', 'A$B', 'A_B';

# Words of NASM's that are names, also for C.
write_file(scratch('words.asm'), " ENTRY Call,Loop,TEST,test\nCall DS 0H\nLoop DS 0H\n" .
    "TEST DS 0H\n USING *,R15\ntest B out\nout BR R14\n");
write_file(scratch('words.c'), "void Call(void), Loop(void), TEST(void), test(void);\n" .
    "int main(void) { Call(); Loop(); TEST(); test(); return 5; }\n");
($status, $out, $err) = run_program('', bin('run370'), scratch('words.c'), scratch('words.asm'));
is("$status$out$err", '5', 'names that are words of NASM');

# Files of a student that are named like ours: not taken for them.
{
    my $sdk = File::Spec->rel2abs('machine/sdk');
    local $ENV{CPLAB_SDK} = $sdk;
    my $cc370 = File::Spec->rel2abs(bin('cc370'));
    my $folder = scratch('mine');
    mkdir $folder;
    write_file("$folder/$_", " %fatal not ours\n")
        for 's370.inc', 's370_scan.inc', 's370_data.inc', 'crt0.asm', 'setjmp.asm';
    write_file("$folder/jump.c", "#include <setjmp.h>\nstatic jmp_buf b;\n" .
            "int main(void) { if (setjmp(b) == 0) longjmp(b, 1); return 3; }\n");
    write_file("$folder/own.asm", " ENTRY own\nown BR R14\n");
    my ($s, $o, $e) = run_program('', 'sh', '-c',
        'cd "$1" && "$2" -o image jump.c own.asm', 'sh', $folder, $cc370);
    is("$s$o$e", '0', 'files named like those of the SDK do not hide them');
    ($s) = run_program('', bin('run370'), "$folder/image");
    is($s, 3, 'and the image runs');
}
done_testing();
