; driver.asm - carries out the actions of channel/Cases.pm one by one
;
; The same image runs on our machine and under Hercules.  Behind this program
; stand the cases, X'1000' bytes each:
;   000 actions, 8 bytes each: what (1), a byte for it (1), device address (2),
;       a word for it (4)
;   200 what came of each, 16 bytes: action (1), condition code (1), device
;       address (2), the words X'40' and X'44', which were X'EE' before (8)
;   400 channel programs, arguments, data; from 800 on with a key of its own
; Condition code 9 stands for no interruption within 30 seconds, or 0.3 where the
; byte for the action is 1.  After the last case the PSW has the wait bit on.
%include "s370.inc"

CASES   EQU   X'10000'

ZERO    DC    X'0000000000000400' ; restart new PSW
        USING ZERO,R0
        ORG   X'58'
        DC    A(0),A(NOTHING)     ; external
        ORG   X'68'
        DC    X'00020000000000E1' ; program
        DC    X'00020000000000E2' ; machine check
        DC    A(0),A(CAME)        ; input/output

        ORG   X'400'
; Location X'50' was 0 before: take the interruption that this may have left.
BEGIN   MVC   X'50'(4),AGES
        MVC   X'58'(8),BEGUN
        LPSW  OPEN
BEGAN   MVC   X'58'(8),LATER
        L     R10,=A(CASES)
        L     R11,NCASES
CASE    LR    R6,R10            ; action
        LA    R5,X'200'(R10)    ; its result
ACTION  CLI   0(R6),0
        BE    NEXT
        MVC   X'40'(8),FILL
        L     R1,4(R6)
        LH    R9,2(R6)
        SR    R2,R2
        SR    R3,R3
        SR    R4,R4
        IC    R2,0(R6)
        SLL   R2,2
        B     TABLE(R2)
TABLE   B     NEXT              ; 0
        B     DOSIO             ; 1
        B     DOSIOF            ; 2
        B     DOTIO             ; 3
        B     DOCLRIO           ; 4
        B     DOHIO             ; 5
        B     DOHDV             ; 6
        B     DOTCH             ; 7
        B     DOWAIT            ; 8
        B     DOSTORE           ; 9
        B     DOKEY             ; 10
        B     DODELAY           ; 11
        B     DOWAIT            ; 12: until device end

DOSIO   ST    R1,X'48'
        SIO   0(R9)
        BALR  R3,0
        B     CODE
DOSIOF  ST    R1,X'48'
        SIOF  0(R9)
        BALR  R3,0
        B     CODE
DOTIO   TIO   0(R9)
        BALR  R3,0
        B     CODE
DOCLRIO CLRIO 0(R9)
        BALR  R3,0
        B     CODE
DOHIO   HIO   0(R9)
        BALR  R3,0
        B     CODE
DOHDV   HDV   0(R9)
        BALR  R3,0
        B     CODE
DOTCH   TCH   0(R9)
        BALR  R3,0
CODE    SLL   R3,2              ; the condition code
        SRL   R3,30
        B     LOG

DOWAIT  MVC   X'50'(4),AWHILE
        CLI   1(R6),0
        BE    *+10
        MVC   X'50'(4),BRIEF
        LPSW  ENABLED
CAME    LH    R9,X'3A'
        MVC   X'50'(4),AGES
        CLI   0(R6),12
        BNE   LOG
        LTR   R4,R4             ; all status together behind the first CSW
        BNZ   MORE
        LA    R4,1
        MVC   4(8,R5),X'40'
MORE    OC    8(2,R5),X'44'
        TM    8(R5),X'04'
        BO    ENDED
        TM    8(R5),X'08'
        BO    DOWAIT
ENDED   MVC   X'40'(8),4(R5)
        B     LOG
NOTHING MVC   X'50'(4),AGES
        LA    R3,9
        B     LOG

DOSTORE IC    R2,1(R6)
        STC   R2,0(R1)
        B     LOG
DOKEY   IC    R2,1(R6)
        SSK   R2,R1
        B     LOG
DODELAY BCT   R1,DODELAY

LOG     MVC   0(4,R5),0(R6)
        STC   R3,1(R5)
        STH   R9,2(R5)
        MVC   4(8,R5),X'40'
        LA    R6,8(R6)
        LA    R5,16(R5)
        B     ACTION
NEXT    L     R1,=F'20000000'   ; leave nothing behind: the device's status
LEFT    TIO   0(R9)
        BC    8+1,OVER
        BCT   R1,LEFT
OVER    A     R10,=A(X'1000')
        BCT   R11,CASE
        LPSW  DONE

        DS    0D
OPEN    DC    X'01000000',A(BEGAN)
BEGUN   DC    A(0),A(BEGAN)
LATER   DC    A(0),A(NOTHING)
ENABLED DC    X'FF02000000000000'
DONE    DC    X'0002000000000000'
FILL    DC    XL8'EEEEEEEEEEEEEEEE'
BRIEF   DC    X'00005A00'       ; 0.3 s
AWHILE  DC    X'00232800'       ; 30 s
AGES    DC    X'7FFFFF00'
        LTORG
        ORG   X'FFC'
NCASES  DC    F'0'              ; filled in by channel.t
