; driver.asm - runs one channel program after the other, for disk.t
;
; The same image runs on our machine and under Hercules.  Behind this program
; stand the cases, X'400' bytes each:
;   000 channel program            120 the first CSW of the program
;   100 device address (2)         128 all its status, ORed (2)
;   180 data read                  12A condition code of START I/O (1)
;   300 data written, arguments    130 sense bytes, after unit check (24)
; A case is over when device end has come, or status without channel end.
; After the last one the PSW has the wait bit on.
%include "s370.inc"

CASES   EQU   X'10000'

ZERO    DC    X'0000000000000400' ; restart new PSW
        USING ZERO,R0
        ORG   X'68'
        DC    X'00020000000000E1' ; program
        DC    X'00020000000000E2' ; machine check
        DC    A(0),A(IOEND)       ; input/output

        ORG   X'400'
BEGIN   L     R10,=A(CASES)
        L     R11,NCASES
CASE    LH    R9,X'100'(R10)
        ST    R10,X'48'
        LR    R8,R10            ; where status goes
        BAL   R14,DOIO
        STC   R7,X'12A'(R10)
        TM    X'128'(R10),X'02' ; unit check?
        BZ    NEXT
        LA    R1,X'130'(R10)
        ST    R1,SENSE
        MVI   SENSE,X'04'
        LA    R1,SENSE
        ST    R1,X'48'
        LA    R8,WORK
        BAL   R14,DOIO
NEXT    LA    R10,X'400'(R10)
        BCT   R11,CASE
        LPSW  DONE

; Do the program that the CAW points to, its status to X'120'(R8); R7 is the
; condition code.
DOIO    XC    X'120'(12,R8),X'120'(R8)
AGAIN   SIO   0(R9)
        BC    2,AGAIN
        LA    R7,0
        BC    8,PAUSE
        LA    R7,1
        BC    4,STATUS
        LA    R7,3
        BR    R14
PAUSE   LPSW  ENABLED
IOEND   CH    R9,X'3A'
        BNE   PAUSE
STATUS  CLI   X'128'(R8),0      ; the first?
        BNE   MORE
        MVC   X'120'(8,R8),X'40'
MORE    OC    X'128'(2,R8),X'44'
        TM    X'128'(R8),X'04'
        BO    0(R14)
        TM    X'128'(R8),X'08'
        BO    PAUSE
        BR    R14

        DS    0D
ENABLED DC    X'FE02000000000000'
DONE    DC    X'0002000000000000'
SENSE   DC    X'04000000',X'20000018'
        LTORG
        ORG   X'700'
WORK    DC    XL16'0'
        ORG   X'FFC'
NCASES  DC    F'0'              ; filled in by disk.t
