; say.asm - a line for the console
;
; The channel prints while the CPU waits; an I/O interruption ends the wait.
; Programs that use this have A(SAYWOKE) in their I/O new PSW, X'78'.

; SAY: R1 address of the text, R2 its length, R14 where to return to.
; R0 and R11 are lost.  A console that is not there stops the machine.
SAY      BALR  R11,0
         USING *,R11
         ST    R1,SAYCCW
         MVI   SAYCCW,X'09'     ; print, then return the carrier
         STH   R2,SAYCCW+6
         LA    R0,SAYCCW
         ST    R0,X'48'         ; the CAW
SAYSTART SIO   X'009'
         BC    1,SAYNONE        ; condition code 3: there is no such device
         BC    6,SAYSTART       ; 1, 2: it had something to tell first
SAYWAIT  LPSW  SAYSLEEP
SAYWOKE  CLC   X'3A'(2),SAYDEV  ; the device, in the I/O old PSW
         BNE   SAYWAIT
         TM    X'44',X'04'      ; device end, in the CSW
         BZ    SAYWAIT
         BR    R14
SAYNONE  LPSW  SAYSTOP
         DROP  R11

         DS    0D
SAYSLEEP DC    X'80020000',A(0) ; wait, enabled for channel 0
SAYSTOP  DC    X'00020000',A(X'E09')
SAYCCW   CCW   X'09',0,X'20',1  ; address and count are filled in
SAYDEV   DC    X'0009'
