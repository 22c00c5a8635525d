; driver.asm - runs random instruction streams from prepared states
;
; The same image runs on our machine and under Hercules.  Behind this program
; stand NSLOTS slots of X'600' bytes, made by Streams.pm; each holds the state
; to start a stream from.  The stream runs until SVC 255, until an interruption
; leaves it outside its code, or until LOGMAX interruptions have been noted;
; then the state that came of it is stored in the same place of a second area,
; which no stream can look into.  After the last slot the PSW has the wait bit
; on.
;
; All of this program lies below 4096 and needs no base register.  Its storage
; has key 15 with fetch protection; streams run with keys 1 to 14.
;
;   A slot before ...                    ... and after
;   000 general registers                000 general registers
;   040 floating-point registers         040 floating-point registers
;   060 PSW                              060 number of log entries
;   068 keys: work blocks, code          068 their keys at the end
;   070 control registers                070 control registers
;   0B0 code (512 bytes)                 0B0 log of interruptions (16 * 32)
;   2B0 windows (2 * 256)                2B0 windows
;                                        4B0 work area folded (256)
;
;   A log entry: old PSW (8), interruption code of an EC PSW (4), X'90' to
;   X'9F' (16), zeros (4).
%include "s370.inc"

CODE    EQU   X'7000'           ; where a stream runs
SLOTS   EQU   X'20000'
RESULT  EQU   X'700000'        ; to the end of storage
STORAGE EQU   X'C00000'
WORK    EQU   X'8000'           ; its storage: four blocks of 2 KiB
WINDOW1 EQU   X'8780'           ; the windows lie round the ends of blocks
WINDOW2 EQU   X'8F80'
LOGMAX  EQU   16

ZERO    DC    X'0000000000000400' ; restart new PSW
        USING ZERO,R0
        ORG   X'58'
        DC    X'00020000000000E1' ; external: none is allowed
        DC    X'0000000000000480' ; supervisor call
        DC    X'0000000000000500' ; program
        DC    X'00020000000000E2' ; machine check
        DC    X'00020000000000E3' ; input/output

        ORG   X'400'
BEGIN   L     R10,FIRST
        L     R11,NSLOTS
        LA    R1,X'F8'          ; close the first 4 KiB to the streams
        LA    R2,0
        SSK   R1,R2
        LA    R2,X'800'
        SSK   R1,R2
        L     R2,=A(RESULT)
CLOSE   SSK   R1,R2
        LA    R2,2048(R2)
        C     R2,=A(STORAGE)
        BL    CLOSE
        B     PREPARE

        ORG   X'480'            ; supervisor call: SVC 255 ends the stream
SVCALL  STM   R0,R15,SAVE
        LA    R3,X'20'
        LA    R4,X'88'
        B     NOTE

        ORG   X'500'            ; program interruption
PROGRAM STM   R0,R15,SAVE
        LA    R3,X'28'
        LA    R4,X'8C'

; Note an interruption: old PSW at R3, EC interruption code at R4.
NOTE    STCTL R0,R0,STREAMCR    ; low-address protection is for streams only
        LCTL  R0,R0,PLAINCR
        L     R10,SLOT
        L     R1,NLOG
        LR    R2,R1
        SLL   R2,5
        LA    R2,LOG(R2)
        XC    0(32,R2),0(R2)
        MVC   0(8,R2),0(R3)
        MVC   12(16,R2),X'90'
        XC    X'90'(16),X'90'
        LA    R1,1(R1)
        ST    R1,NLOG
        TM    1(R3),X'08'       ; was it an EC PSW?
        BZ    BCCODE
        MVC   8(4,R2),0(R4)
        MVC   LASTCODE(2),2(R4)
        B     ANALYSE
BCCODE  MVC   LASTCODE(2),2(R3)
ANALYSE L     R5,4(R3)          ; where the stream would go on
        LA    R5,0(R5)
        CH    R1,=AL2(LOGMAX)
        BNL   FINISH
        CH    R3,=X'0020'
        BNE   NOTSVC
        CLI   LASTCODE+1,255
        BE    FINISH
NOTSVC  CH    R3,=X'0028'
        BNE   GOON
        NI    LASTCODE+1,X'7F'  ; a program event may have come with it
        CLI   LASTCODE+1,X'10'  ; a nullified instruction is stepped over:
        BL    GOON              ; its length stands in its first two bits,
        CLI   LASTCODE+1,X'11'  ; since Hercules has no ILC with an event
        BH    GOON
        SR    R6,R6
        IC    R6,0(R5)
        SRL   R6,6              ; 00 01 10 11
        LA    R6,1(R6)
        SRL   R6,1
        LA    R6,1(R6)          ; 1 2 2 3 halfwords
        AR    R5,R6
        AR    R5,R6
GOON    C     R5,=A(CODE)
        BL    FINISH
        C     R5,=A(CODE+512)
        BNL   FINISH
        ST    R5,NEXT
        TM    NEXT+3,1          ; an odd address ends it, too
        BO    FINISH
        MVC   RESUME(8),0(R3)
        MVC   RESUME+5(3),NEXT+1
        LCTL  R0,R0,STREAMCR
        LM    R0,R15,SAVE
        LPSW  RESUME

; The state that came of it goes to the slot's place in the other area.
FINISH  L     R9,=A(RESULT-SLOTS)
        AR    R9,R10
        LA    R1,0
        LA    R2,WORK/2048
        SLL   R2,11
        LA    R3,4
KEYS    ISK   R1,R2
        STC   R1,KEYBUF
        SLL   R1,8
        L     R4,KEYSUM
        SLL   R4,8
        IC    R4,KEYBUF
        ST    R4,KEYSUM
        LA    R2,2048(R2)
        BCT   R3,KEYS
        L     R2,=A(CODE)
        SR    R1,R1
        ISK   R1,R2
        XC    X'68'(8,R9),X'68'(R9)
        MVC   X'68'(4,R9),KEYSUM
        STC   R1,X'6C'(R9)
        MVC   0(64,R9),SAVE
        STD   FPR0,X'40'(R9)
        STD   FPR2,X'48'(R9)
        STD   FPR4,X'50'(R9)
        STD   FPR6,X'58'(R9)
        XC    X'60'(8,R9),X'60'(R9)
        MVC   X'60'(4,R9),NLOG
        STCTL R0,R15,X'70'(R9)
        MVC   X'70'(4,R9),STREAMCR
        MVC   X'0B0'(256,R9),LOG
        MVC   X'1B0'(256,R9),LOG+256
        L     R2,=A(WINDOW1)
        MVC   X'2B0'(256,R9),0(R2)
        L     R2,=A(WINDOW2)
        MVC   X'3B0'(256,R9),0(R2)
        XC    X'4B0'(256,R9),X'4B0'(R9)
        L     R2,=A(WORK)
        LA    R3,32
FOLD    XC    X'4B0'(256,R9),0(R2)
        LA    R2,256(R2)
        BCT   R3,FOLD
        LA    R10,X'600'(R10)
        L     R11,COUNT
        BCT   R11,PREPARE
        LPSW  DONE

; Set up the state in the slot at R10 and start its stream.
PREPARE ST    R10,SLOT
        ST    R11,COUNT
        L     R2,=A(WORK)       ; clear the work area
        L     R3,=F'8192'
        SR    R4,R4
        SR    R5,R5
        MVCL  R2,R4
        L     R2,=A(WINDOW1)
        MVC   0(256,R2),X'2B0'(R10)
        L     R2,=A(WINDOW2)
        MVC   0(256,R2),X'3B0'(R10)
        L     R2,=A(CODE)
        MVC   0(256,R2),X'0B0'(R10)
        MVC   256(256,R2),X'1B0'(R10)
        L     R2,=A(WORK)
        LA    R3,4
        LR    R4,R10
SETKEYS IC    R1,X'68'(R4)
        SSK   R1,R2
        LA    R4,1(R4)
        LA    R2,2048(R2)
        BCT   R3,SETKEYS
        L     R2,=A(CODE)
        IC    R1,X'6C'(R10)
        SSK   R1,R2
        XC    LOG(256),LOG
        XC    LOG+256(256),LOG+256
        XC    NLOG(4),NLOG
        XC    X'84'(28),X'84'
        MVC   RESUME(8),X'60'(R10)
        LD    FPR0,X'40'(R10)
        LD    FPR2,X'48'(R10)
        LD    FPR4,X'50'(R10)
        LD    FPR6,X'58'(R10)
        LCTL  R0,R15,X'70'(R10)
        PTLB
        LM    R0,R15,0(R10)
        LPSW  RESUME
        LTORG

        ORG   X'B00'
FIRST   DC    A(SLOTS)
NSLOTS  DC    F'0'              ; filled in by Streams.pm
DONE    DC    X'0002000000000000'
RESUME  DC    XL8'00'
SAVE    DC    16F'0'
SLOT    DC    F'0'
COUNT   DC    F'0'
NLOG    DC    F'0'
KEYSUM  DC    F'0'
NEXT    DC    F'0'
LASTCODE DC   H'0'
KEYBUF  DC    X'00'
PLAINCR DC    F'224'           ; as at reset, X'E0'
STREAMCR DC   F'0'             ; control register 0 of the stream
        ORG   X'C00'
LOG     DC    512X'00'
        ORG   X'1000'
