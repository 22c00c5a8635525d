; mistakes.asm - what students write when they are new to the assembler
;
; cc370 reports each of these mistakes at its own line, all in one run.  The
; remark before a statement is the message for it; statements without one are
; right, and cc370 says nothing about them (student.t).

MAP      DSECT
MAPNEXT  DS    F
MAPNAME  DS    CL8
PROGRAM  CSECT
         BALR  R12,0
         USING *,R12

; ---- Words that the assembler does not know
;? 'MOV' is not an instruction: MVC moves storage, LR a register; L loads and ST stores one
         MOV   R1,R2
;? 'ADD' is not an instruction: A adds from storage, AR a register
LOOP     ADD   R1,ONE
;? 'MCV' is not an instruction: did you mean MVC?
         MCV   NAME,BLANKS
;? 'BLAR' is not an instruction: did you mean BALR?
         BLAR  R14,R15
;? 'SVCC' is not an instruction: did you mean SVC?
         SVCC  1
;? 'lr': instructions are written in capital letters: LR
         lr    R1,R2
;? 'Dc': instructions are written in capital letters: DC
SMALL    Dc    F'1'
;? 'JMP' is not an instruction: B branches to a label, BR to the address in a register
         JMP   LOOP
;? 'RESB' is not an instruction: DS reserves storage: DS CL80
         RESB  80
;? 'LHI' is not an instruction: later machines have it; here LA, or L R1,=F'...'
         LHI   R1,5
;? 'WTO' is not an instruction: a macro of OS/VS: there is no operating system under you
         WTO   'HELLO'
;? 'RET' is not an instruction: BR R14 goes back to the caller
         RET
;? PUSH is for USING and PRINT; there is no stack: ST or STM into a save area
         PUSH  R1
;? 'FROBNICATE' is not an instruction
         FROBNICATE R1

;? 'BEQ' is not an instruction: BE branches if equal
         BEQ   LOOP
;? 'POST' is not an instruction: a macro of OS/VS: there is no operating system under you
         POST  X
;? 'ADDI' is not an instruction: LA R1,5(,R1) adds up to 4095, A R1,=F'...' any number
         ADDI  R1,1
;? 'CALL' is not an instruction: L R15,=V(NAME) and BALR R14,R15 call a function
         CALL  PRINT
;? 'LR1,R2' is neither a label nor an instruction: a blank stands between an instruction and its operands
         LR1,R2
;? 'GBLA' is not an instruction: a statement of IBM's assembler that is not here
         GBLA  &X
;? 'YREGS' is not an instruction: R0 to R15 are known: leave it out
         YREGS

; ---- Labels
;? the label 'L' is named like an instruction: it needs another name
L        DS    F
;? the label 'A' is named like an instruction: it needs another name
A        DC    F'1'
;? 'R1' is a register: the label needs another name
R1       EQU   1
;? a label begins with a letter: not '2ND'
2ND      DS    F
;? a label has letters, digits and _ $ # @ only: not 'LINE-NO'
LINE-NO  DS    H
TWICE    DS    F
;? the label 'TWICE' is there twice: the first is at machine/sdk/asm/tests/mistakes.asm:70
TWICE    DS    F
;? 'AGAIN' stands alone: an instruction that does not exist, or a label without a statement such as DS 0H
AGAIN
;? the label 'ONCE' needs a statement behind it, such as DS 0H
ONCE:
;? a remark begins with a semicolon
* a remark as IBM's assembler has it
;? a remark begins with a semicolon
         * indented
;? a remark begins with a semicolon
// a remark as C has it
;? a remark begins with a semicolon
.* a remark in a macro of IBM's
;? 'ITSELF' is defined by itself
ITSELF   EQU   THERE+1
;? 'THERE' is defined by itself
THERE    EQU   ITSELF
;? 'NAMES' is not defined: did you mean 'NAME'?
         MVC   NAMES,BLANKS
;? 'COUNTER' is not defined
         L     R1,COUNTER
;? 'BUFER' is not defined: did you mean 'BUFFER'?
         LA    R1,BUFER+80
;? 'TAIL' must be defined further up: its value is needed here at once
         ORG   TAIL

;? 'Clc' is a word of NASM's: the label needs another name
Clc      DS    F
A16      DS    F

; ---- Registers
;? 'R16' is not a register (R0 to R15)
         LR    R1,R16
;? '17' is not a register (0 to 15)
         L     17,ONE
;? 'ONE' is not a register (0 to 15)
         AR    R1,ONE
;? '=F'1'' is a literal, but must be a register
         AR    R1,=F'1'
;? 'R2' is a register, but must be storage: 0(R2) is where it points to; instructions for two registers end in R
         L     R1,R2
;? 'R3' is a register, but must be storage: 0(R3) is where it points to; instructions for two registers end in R
         BNE   R3
;? 'R4' is a register, but must be storage: 0(R4) is where it points to; instructions for two registers end in R
         MVC   R4,NAME
;? 'R5' is a register, but must be a number: 0(R5) takes it from the register
         SLL   R1,R5
;? '0' has parentheses behind it, but must be a register
         LR    R1,0(R2)
;? 'ONE' is not a register (0 to 15)
         ST    ONE,R1
;? '(R2)' has no displacement: 0(R2) is where the register points to
         L     R1,(R2)
;? '(R14)' has no displacement: 0(R14) is where the register points to
         B     (R14)
;? '(R2)' has no displacement: 0(R2) is where the register points to
         TM    (R2),128
;? '(R3)' stands behind parentheses: there is one pair, displacement(index,base)
         L     R1,4(R2)(R3)
;? register 3 is odd: a pair of registers has the name of its even one
         DR    R3,R4
;? register 5 is odd: a pair of registers has the name of its even one
         M     R5,ONE
;? register 1 is odd: a pair of registers has the name of its even one
         SRDA  R1,32
;? register 7 is odd: a pair of registers has the name of its even one
         MVCL  R2,R7
;? 'R1' is not a floating-point register: 0, 2, 4 or 6
         LE    R1,ONE
;? 'FPR1' is not a floating-point register (FPR0, FPR2, FPR4, FPR6)
         LE    FPR1,ONE
;? 'FPR2' is not a pair of floating-point registers: 0 or 4
         AXR   FPR2,FPR4

;? 'R2' is a register, but must be storage: 0(R2) is where it points to; instructions for two registers end in R
         L     R1,R2+4
;? 'R1' is a register, but must be storage: 0(R1) is where it points to; instructions for two registers end in R
         MVC   R1(4),NAME
;? 'R5' is a register, but must be a number
         MVI   FLAG,R5
;? a register is missing in the parentheses
         L     R1,4(R2,)
;? the -1 in parentheses is not a register (0 to 15)
         L     R1,4(-1,R2)

;? a remark begins with a semicolon
         LR    R1,R2            // as C has it
;? a remark begins with a semicolon
         LR    R1,R2            * as it is in books

; ---- How many operands
;? '=C'ABCD'' behind the closing parenthesis: a comma is missing
         MVC   NAME(4)=C'ABCD'
;? operands needed: 2 (register,storage), found: 1
         L     R1
;? operands needed: 2 (register,register), found: 3
         AR    R1,R2,R3
;? nothing stands behind the last comma
         CVB   R1,4(R2),
;? operand 2 is missing: a comma too many?
         LM    R14,,12(R13)
;? operands needed: 3 (register,register,storage), found: 2
         STM   R14,12(R13)
;? operands needed: 1 (address), found: 2
         BNE   R1,LOOP
;? 'R2' behind a blank: a comma is missing, or the semicolon before a remark
         LR    R1 R2
;? 'back to the caller' behind a blank: a comma is missing, or the semicolon before a remark
         BR    R14 back to the caller
;? operands needed: 2 (storage,byte), found: 1
         MVI   FLAG
;? this instruction has no operands
         PTLB  FLAG

;? operands needed: 2 (register,storage), found: 3
         LA    R1,1,R1
;? 'R2)' behind a blank: a comma is missing, or the semicolon before a remark
         L     R1,4(R1 R2)
;? nothing stands behind the last comma
         DC    F'1',
;? nothing stands behind the last comma
         CCW   2,NAME,0,8,
;? ORG has one address behind it, or none
         ORG   NAME,NAME

; ---- Storage
;? the displacement 4096 is larger than 4095
         L     R1,4096(R2)
;? the displacement -4 is negative
         L     R1,-4(R13)
;? 'ONE' is a label: its base comes from USING, not from parentheses
         L     R1,ONE(R2,R12)
;? too many registers in parentheses: displacement(index,base)
         L     R1,0(R2,R3,R4)
;? only a base register may stand in parentheses here
         MVI   0(R1,R2),0
;? the parentheses do not match
         L     R1,0(R2
;? a label stands in the parentheses, where a register must be
         L     R1,0(ONE)
;? 'MAPNEXT' is not addressable: no USING names its DSECT
         L     R1,MAPNEXT
;? 'FAR' is not addressable: it lies 7998 bytes behind the address in R12, 4095 is the most
         L     R1,FAR
;? the length 300 is not between 1 and 256
         MVC   BUFFER(300),BLANKS
;? the length 17 is not between 1 and 16
         AP    BUFFER(17),ONE
;? operands needed: 2 (storage with length,storage), found: 3
         MVC   NAME,BLANKS,8
;? 'R1' stands where a length does, and is not taken as a register: displacement(length,base)
         MVC   BUFFER(R1),BLANKS
;? 'R2' stands where a length does, and is not taken as a register: displacement(length,base)
         AP    BUFFER(8),0(R2)
;? a literal is only read: what is written needs storage of its own, from DS or DC
         ST    R1,=F'1'
;? a literal is only read: what is written needs storage of its own, from DS or DC
         XC    =F'1',ONE
;? the second length is 9, but 8 is the most for a multiplier or divisor
         MP    BUFFER(16),BLANKS(9)
;? the second length is 8, but must be less than the first
         DP    BUFFER(8),BLANKS(8)

;? 'ONE*2' is neither a number nor an address: a number may be added to an address, and two addresses in one section subtracted
         L     R1,ONE*2
;? 'NAME+ONE' is neither a number nor an address: a number may be added to an address, and two addresses in one section subtracted
         DC    A(NAME+ONE)
;? the length -1 is not between 1 and 256
         MVC   BUFFER(-1),BLANKS
;? a label stands in the parentheses, where a length must be
         MVC   BUFFER(NAME),BLANKS
;? 'C'AB'' is a number here: a literal is =C'AB'
         CLC   NAME(2),C'AB'
;? parentheses without a displacement before them hold one expression: 0(8,R1)
         MVC   (8,R1),BLANKS
;? '=F'1'' is a literal, but EQU needs a value
UNIT     EQU   =F'1'
;? '=F'1'' is a literal, which has no address in a constant
         DC    A(=F'1')

; ---- Bytes, masks, numbers
;? '256' is not a byte (0 to 255)
         MVI   FLAG,256
;? 'C'AB'' is not a byte (0 to 255)
         CLI   FLAG,C'AB'
;? a type letter is missing before 'A': X, C or B
         CLI   FLAG,'A'
;? X'0G': the digits are 0 to 9 and A to F
         TM    FLAG,X'0G'
;? '16' is not a mask (0 to 15)
         BC    16,LOOP
;? '256' is not an SVC number (0 to 255)
         SVC   256
;? the displacement 5000 is larger than 4095
         LA    R1,5000
;? in an expression only X'..', C'..' and B'..' are quoted; a literal is =F'5'
         L     R1,F'5'
;? the expression is not complete: something is missing beside an operator
         LA    R1,NAME+

;? text stands in single quotes: C'...'
         MVI   FLAG,"A"
;? there are no variables with & here: NASM's macros take the place of IBM's
         L     R1,&FIELD
;? '[' has no meaning in an operand
         L     R1,4[R2]
;? an operator or a comma is missing in an operand
         L     R1,*R2
;? this number is too large
         LA    R1,X'12345678901234567890'
;? C'...' in an expression holds one to four characters
         LA    R1,C'ABCDE'

;? 'MVC' is not defined: it is an instruction
         EX    R1,MVC
;? a literal is no instruction to branch to: L R15,=A(...) or =V(...), and BR or BALR
         BAL   R14,=A(LOOP)
;? a literal is no instruction to branch to: L R15,=A(...) or =V(...), and BR or BALR
         B     =A(LOOP)
;? '#' begins no number: 5 is one, and =F'5' is a word in storage that has this value
         A     R1,#5
;? '00E' is not a number: a hexadecimal one is X'00E'
         SIO   00E

; ---- Constants
;? 'F '1'': no blank stands between type and value
         DC    F '1'
;? 'F1': the value stands in quotes, as in F'1', or in parentheses; a length has an L before it, as in CL80
         DC    F1
;? this number is too large
         DS    1000000000F
;? 'F': the value is missing (DS reserves space without one)
         DC    F
;? the closing quote is missing
         DC    C'Hello
;? '3000000000' is too large: 2**31 is the limit
         DC    F'3000000000'
;? '40000' is too large: 2**15 is the limit
         DC    H'40000'
;? '12A' is not a number
         DC    F'12A'
;? a constant of this type has its value in quotes
         DC    F(12)
;? a constant of this type has its value in parentheses
         DC    A'NAME'
;? 'Q' is not a type of constant: C X B F H A V Y S P Z E D L
         DC    Q'1'
;? '1234' has more digits than the length holds
         DC    PL2'1234'
;? '12.3.4' is not a decimal number
         DC    P'12.3.4'
;? the length -80 is not between 1 and 65535
         DS    CL-80
;? '300' does not fit into the constant
         DC    AL1(300)
;? ' F'2'' behind a constant: a comma is missing, or the semicolon before a remark
         DC    F'1' F'2'
;? a value is missing beside a comma
         DC    F'1,'
;? a value is missing beside a comma
         DC    X'01,,02'
;? 'C80': a length has an L before it, as in CL80; a number of constants stands before the type, as in 3F
         DS    C80
;? a number is missing behind a letter of the constant
         DC    CL'ABC'
;? text stands in single quotes: C'...'
         DC    C"ABC"
;? the title stands in quotes: TITLE 'text'
         TITLE 'Payroll
;? B'102': the digits are 0 and 1
         DC    B'102'

; ---- Statements of the assembler
;? '=' gives no value: SIZE EQU does
SIZE     =     80
;? 'SELF' is defined by itself
SELF     EQU   SELF
;? this address is before the beginning of the image
         ORG   PROGRAM-1000
;? a literal has no address yet: a label is needed here
         ORG   =F'1'
;? 'R9' is not in use by a USING: nothing to drop
         DROP  R9
;? the operands of USING are address,register[,register...]
         USING MAP
;? EQU needs a name before it
         EQU   5
;? operands needed: 4 (command,address,flags,count), found: 3
         CCW   X'09',NAME,80
;? the count of a CCW is 1 to 65535
         CCW   X'09',NAME,0,0
;? 'SOON' is not a mask (0 to 255)
         PSW   SOON,0,0
;? LTORG has no operands
         LTORG 5
;? a DSECT needs a name before it
         DSECT
         CSECT

ONE      DC    F'1'
FLAG     DS    X
NAME     DS    CL8
BLANKS   DC    CL8' '
BUFFER   DS    CL80
SOON     EQU   *
         LTORG
         ORG   PROGRAM+8000
FAR      DS    F
TAIL     DS    0F
