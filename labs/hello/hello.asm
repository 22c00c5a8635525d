; hello.asm - the first guest: it greets you, asks who you are, and answers
;
; There is no operating system here.  This program is all there is in the
; machine, real or virtual, and it does by itself what a kernel would do for
; it: it gives the channel a program of its own (CCWs), starts it (SIO), and
; sleeps until the channel says that the work is done (an interruption).
;
; What to know before reading on:
;   CCW   one command for a device: command, address, flags, count.
;   CAW   the word at X'48' where SIO finds the address of the first CCW.
;   CSW   the doubleword at X'40' where the channel tells how it went.
;   PSW   where the CPU is in the program and what may interrupt it.  At an
;         I/O interruption the CPU stores its PSW at X'38' (the old one) and
;         takes another one from X'78' (the new one).
; Read along: GA22-7000, "Input/Output Operations" and "Interruptions".
;
; Build and run it:  make build/labs/hello.deck, then  ipl 00c  under CP.

%include "s370.inc"

; What the bits are called.  Unit status, byte 4 of the CSW:
ATTENTION EQU  X'80'            ; someone pressed the request key
BUSY     EQU   X'10'            ; the device is not done with the last command
CHANEND  EQU   X'08'            ; channel end: the storage is free again
DEVEND   EQU   X'04'            ; device end: the device is free again
UNITCHK  EQU   X'02'            ; unit check: SENSE tells why
UNITEXC  EQU   X'01'            ; unit exception: here, a cancelled line
; Channel status, byte 5: all that is wrong with a channel program.
CHANBAD  EQU   X'3F'
; The first sense byte:
INTREQ   EQU   X'40'            ; intervention required: not ready
; CCW flags:
CHDATA   EQU   X'80'            ; chain data: the next CCW has more of it
CHCMD    EQU   X'40'            ; chain command: go on with the next CCW
SLI      EQU   X'20'            ; a line shorter than the count is all right

CONSOLE  EQU   X'009'           ; the address of the console

; ---- Storage that the machine itself looks at.  The image begins at 0, where
; no base register is needed: as a base, R0 stands for the address 0.

HELLO    START 0
         USING HELLO,R0
         PSW   0,0,BEGIN        ; X'00' IPL ends by loading this PSW
         ORG   HELLO+X'38'
IOOLD    DS    D                ; X'38' I/O old PSW; the device is in byte 2, 3
CSW      DS    0D               ; X'40'
         DS    F                ;       key and address of the last CCW + 8
STATUS   DS    X                ;       unit status
CHANSTAT DS    X                ;       channel status
RESIDUE  DS    H                ;       how much of the last count is left
CAW      DS    F                ; X'48'
         ORG   HELLO+X'58'
; Interruptions that never should come stop the machine.  The address in a
; PSW that waits is never used: here it tells which one it was.
         PSW   0,X'02',X'E58'   ; X'58' external
         PSW   0,X'02',X'E60'   ; X'60' supervisor call
         PSW   0,X'02',X'E68'   ; X'68' program
         PSW   0,X'02',X'E70'   ; X'70' machine check
         PSW   0,0,AWAKE        ; X'78' I/O: go on at AWAKE
; X'200' to X'3FF' are free: a place to try DISPLAY and STORE on.
         ORG   HELLO+X'400'

; ---- The conversation.

BEGIN    BALR  R12,0            ; R12 = the address of the next instruction,
         USING *,R12            ; and the assembler may count on it
         LA    R1,GREET
         BAL   R14,IO

ASK      LA    R1,QUESTION
         BAL   R14,IO
         TM    ENDING,UNITEXC   ; a cancelled line:
         BO    ASK              ; ask again
         LA    R2,L'ANSWER
         SH    R2,LEFT          ; what was asked for less what is left: read
         BZ    ASK              ; an empty line
         STH   R2,REPLY2+6      ; the count of a CCW is in its last two bytes
         LA    R1,REPLY
         BAL   R14,IO
         LPSW  DONE

; ---- IO: run the channel program at R1 on the console, to its end.
;
; In:  R1 address of the first CCW, R14 where to return to.
; Out: ENDING has the unit status of all interruptions, LEFT the residual
;      count.  R1 and R14 unchanged, R2 and R10 lost.
; What cannot be mended ends in a disabled wait.

IO       ST    R1,CAW
         MVI   ENDING,0
         SIO   CONSOLE          ; the condition code says what came of it:
         BC    8,IOWAIT         ; 0 started
         BC    4,IOSTATUS       ; 1 the CSW says why not
         BC    2,IOBUSY         ; 2 the channel still has something for us
         LPSW  NOCONS           ; 3 there is no such device

IOBUSY   BAL   R10,SLEEP        ; take it, and
         B     IO               ; try again

IOWAIT   BAL   R10,SLEEP
IOSTATUS TM    CHANSTAT,CHANBAD ; (TM: "any of these bits?")
         BNZ   IOBAD
         TM    STATUS,UNITCHK
         BO    IOSENSE
         TM    STATUS,BUSY      ; not started: perhaps the request key was
         BO    IO               ; pressed first.  Start again.
         OC    ENDING,STATUS
         TM    STATUS,CHANEND
         BZ    IOENDED
         MVC   LEFT,RESIDUE     ; only at channel end the count is right
IOENDED  TM    ENDING,DEVEND    ; the channel may end before the device
         BZ    IOWAIT
         BR    R14

IOBAD    LPSW  BADCCW

; Unit check.  The device keeps its reason until it is asked.
IOSENSE  LA    R2,SENSECCW
         ST    R2,CAW
         SIO   CONSOLE
         BC    7,IOGIVEUP       ; 1, 2 or 3: it was to be free
IOSENSED BAL   R10,SLEEP
         TM    STATUS,DEVEND
         BZ    IOSENSED
         TM    SENSE,INTREQ
         BZ    IOGIVEUP
         BAL   R10,SLEEP        ; somebody makes the console ready
         B     IO
IOGIVEUP LPSW  FAILED

; ---- SLEEP: wait for an interruption of the console.  R10 is where to return
; to; STATUS, CHANSTAT and RESIDUE then are news.
;
; LPSW loads a PSW with the wait bit on: the CPU stops.  It also lets channel
; 0 interrupt, and nothing else does that in this program.  So the whole rest
; is as safe from interruptions as if there were none.

SLEEP    LPSW  ASLEEP
AWAKE    CLC   IOOLD+2(2),DEVICE
         BNE   SLEEP            ; another device: nothing we asked for
         BR    R10

; ---- PSWs, channel programs, data.

ASLEEP   PSW   X'80',X'02',0    ; wait, enabled for channel 0
DONE     PSW   0,X'02',0        ; wait for good: code 0, all is well
NOCONS   PSW   0,X'02',X'E01'   ; no console at 009
BADCCW   PSW   0,X'02',X'E02'   ; our channel program is wrong: see the CSW
FAILED   PSW   0,X'02',X'E03'   ; the console does not work: see SENSE

; X'09' prints and returns the carrier, X'01' only prints, X'0A' lets a line
; be typed.  Each program is a chain: while a CCW has the flag CHCMD or
; CHDATA, the next one follows.
GREET    CCW   X'09',TEXT1,SLI,L'TEXT1

QUESTION CCW   X'09',TEXT2,CHCMD+SLI,L'TEXT2
         CCW   X'0A',ANSWER,SLI,L'ANSWER

; One sentence of three pieces of storage, by chaining data.  The count of
; the second one is filled in above.  (Question: why has it no command?)
REPLY    CCW   X'09',TEXT3,CHDATA+SLI,L'TEXT3
REPLY2   CCW   0,ANSWER,CHDATA+SLI,1
         CCW   0,TEXT4,SLI,L'TEXT4

SENSECCW CCW   X'04',SENSE,SLI,1

DEVICE   DC    AL2(CONSOLE)
LEFT     DS    H
ENDING   DS    X
SENSE    DS    X
TEXT1    DC    C'Hello.  I am a program alone in a System/370.'
TEXT2    DC    C'What is your name?'
TEXT3    DC    C'Nice to meet you, '
TEXT4    DC    C'.'
ANSWER   DS    CL80
         END
