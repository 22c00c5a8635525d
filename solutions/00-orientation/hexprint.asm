; hexprint.asm - print bytes in hexadecimal
;
; TEXT has COUNT bytes, at most 512.  Each line of the printer shows 64 of them
; as 128 hexadecimal digits; the last line shows what is left, and is as long
; as that needs.  Then the machine stops:
;   code 0      all is printed
;   code E01    there is no printer at 00E
;   code E02    the channel did not like our channel program (CSW at X'40')
;   code E03    the printer does not work, and it is not for want of paper
;
; The main program and SLEEP are given, as a pattern; you write CONVERT and
; PUTLINE.  labs/hello/hello.asm does the same with a console.

; What the bits are called.  Unit status, byte 4 of the CSW:
BUSY     EQU   X'10'            ; the device is not done with the last command
CHANEND  EQU   X'08'            ; channel end: the storage is free again
DEVEND   EQU   X'04'            ; device end: the device is free again
UNITCHK  EQU   X'02'            ; unit check: SENSE tells why
CHANBAD  EQU   X'3F'            ; channel status, byte 5: all that is wrong
INTREQ   EQU   X'40'            ; the sense byte: intervention required
SLI      EQU   X'20'            ; CCW flag: another length is no mistake
PRINTER  EQU   X'00E'

; ---- Storage that the machine itself looks at.  The image begins at 0, where
; no base register is needed: as a base, R0 stands for the address 0.

         ENTRY HEXPRINT
HEXPRINT DC    X'00000000',A(BEGIN)           ; X'00' IPL
         USING HEXPRINT,R0
         DC    12F'0'                         ; X'08' old PSWs
IOOLD    DC    2F'0'            ; X'38' I/O old PSW; the device is in byte 2, 3
         DC    F'0'             ; X'40' CSW: key and address of the last CCW + 8
STATUS   DC    X'00'            ;       unit status
CHANSTAT DC    X'00'            ;       channel status
         DC    H'0'             ;       residual count
CAW      DC    F'0'             ; X'48'
         DC    3F'0'
         DC    X'00020000',A(X'EE18')         ; X'58' external
         DC    X'00020000',A(X'EE20')         ; X'60' supervisor call
         DC    X'00020000',A(X'EE28')         ; X'68' program
         DC    X'00020000',A(X'EE30')         ; X'70' machine check
         DC    X'00000000',A(AWAKE)           ; X'78' I/O: go on at AWAKE
         DC    224F'0'                        ; X'80' to X'3FF'

; ---- The main program.  R2 leads to the next byte, R7 counts those left.

BEGIN    BALR  R12,0            ; R12 = the address of the next instruction,
         USING *,R12            ; and the assembler may count on it
         LA    R2,TEXT
         LH    R7,COUNT
NEXT     LTR   R7,R7
         BNP   FINISHED
         LA    R3,64            ; R3 = how many for this line: 64,
         CR    R7,R3
         BNL   FULL
         LR    R3,R7            ; or all that are left
FULL     SR    R7,R3
         LR    R4,R3
         AR    R4,R4            ; two digits for each
         STH   R4,PUTCCW+6      ; the count of a CCW is in its last two bytes
         BAL   R14,CONVERT
         BAL   R14,PUTLINE
         B     NEXT
FINISHED LPSW  DONE

; ---- CONVERT: bytes to hexadecimal digits in EBCDIC.
;
; In:  R2 address of the first byte, R3 how many (1 to 64), R14 where to
;      return to.
; Out: LINE has two digits, 0 to 9 and A to F, for each byte.  R2 is behind
;      the last byte.  R3 to R6 are lost; R7 and what R2 led to are as before.

CONVERT  DS    0H
; LAB 0 BEGIN
         LA    R4,LINE
CONVERT1 MVC   BYTE(1),0(R2)
         UNPK  PAIR(3),BYTE(2)  ; X'1B' to X'F1FB', and the byte behind: unused
         TR    PAIR(2),HEXTAB-X'F0'
         MVC   0(2,R4),PAIR
         LA    R2,1(,R2)
         LA    R4,2(,R4)
         BCT   R3,CONVERT1
         BR    R14

BYTE     DS    XL2
PAIR     DS    XL3
HEXTAB   DC    C'0123456789ABCDEF'
; LAB 0 END

; ---- PUTLINE: print LINE by the channel program PUTCCW, once, to its end.
;
; In:  R14 where to return to.
; Out: the printer is done with the line (device end).  R2 and R7 as before;
;      R0, R1, R3 to R6 and R10 are lost.
; A printer that is busy is waited for; one that needs its operator
; (intervention required) gets the line when it is ready again, which it tells
; by device end.  What cannot be mended: LPSW NOPRINT, BADCCW or FAILED.

PUTLINE  DS    0H
; LAB 0 BEGIN
         LA    R0,PUTCCW
         ST    R0,CAW
         SIO   PRINTER          ; the condition code says what came of it:
         BC    8,PUTWAIT        ; 0 started
         BC    4,PUTLOOK        ; 1 the CSW says why not
         BC    2,PUTLATER       ; 2 the channel is not done with the device
         LPSW  NOPRINT          ; 3 there is no such device

PUTBUSY  TM    STATUS,DEVEND    ; busy no more: this was what it had to tell
         BO    PUTLINE
PUTLATER BAL   R10,SLEEP        ; busy: it will tell when it is free
         B     PUTLINE          ; try again

PUTWAIT  BAL   R10,SLEEP
PUTLOOK  TM    CHANSTAT,CHANBAD
         BNZ   PUTBAD
         TM    STATUS,UNITCHK
         BO    PUTSENSE
         TM    STATUS,BUSY      ; nothing was started
         BO    PUTBUSY
         TM    STATUS,DEVEND    ; channel end comes first, the paper later
         BZ    PUTWAIT
         BR    R14

PUTBAD   LPSW  BADCCW

; Unit check.  The device keeps its reason until it is asked.
PUTSENSE LA    R0,SENSECCW
         ST    R0,CAW
         SIO   PRINTER
         BC    7,PUTGIVUP       ; 1, 2 or 3: it was to be free
PUTSENSD BAL   R10,SLEEP
         TM    STATUS,DEVEND
         BZ    PUTSENSD
         TM    SENSE,INTREQ
         BZ    PUTGIVUP
         BAL   R10,SLEEP        ; somebody brings paper
         B     PUTLINE
PUTGIVUP LPSW  FAILED
; LAB 0 END

; ---- SLEEP: wait for an interruption of the printer.  R10 is where to return
; to; STATUS and CHANSTAT then are news.
;
; LPSW loads a PSW with the wait bit on: the CPU stops.  It also lets channel
; 0 interrupt, and nothing else does that in this program.  So the whole rest
; is as safe from interruptions as if there were none.

SLEEP    LPSW  ASLEEP
AWAKE    CLC   IOOLD+2(2),DEVICE
         BNE   SLEEP            ; another device: nothing we asked for
         BR    R10

; ---- PSWs, channel programs, data.

         DS    0D
ASLEEP   DC    X'80020000',A(0)      ; wait, enabled for channel 0
DONE     DC    X'00020000',A(0)      ; wait for good: code 0, all is well
NOPRINT  DC    X'00020000',A(X'E01')
BADCCW   DC    X'00020000',A(X'E02')
FAILED   DC    X'00020000',A(X'E03')
UNWRIT1  DC    X'00020000',A(X'EE01')     ; CONVERT is not written yet
UNWRIT2  DC    X'00020000',A(X'EE02')     ; PUTLINE is not written yet

PUTCCW   CCW   X'09',LINE,0,1   ; write, space one line; the count is filled in
SENSECCW CCW   X'04',SENSE,SLI,1
SENSE    DC    X'00'
LINE     DS    CL128
DEVICE   DC    AL2(PRINTER)
COUNT    DC    AL2(TEXTEND-TEXT)
TEXT     DC    C'Hello.  I am 73 bytes in EBCDIC, as a System/370 has them in its storage.'
TEXTEND  DS    0C
         ORG   TEXT+512
