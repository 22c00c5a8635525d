; echo.asm - the guest of the console's tests: echoes lines on three 3215s
;
; A line is answered by ECHO: and the line, and the next one is read at once.
; Some lines are orders:
;     idle   read nothing before the attention key is pressed
;     hush   read the next line without printing it
;     loop   compute for ever
;     quit   disabled wait, code 0       die    disabled wait, code X'000123'
; Attention and the cancel key are told on the paper.
%include "s370.inc"
         USING ORIGIN,R0
ORIGIN   PSW   X'00',X'00',BEGIN
         ORG   X'78'
         PSW   X'00',X'00',INTERRUPT
         ORG   X'200'

; What a device has, at R2.  The channel program that tells something begins
; at TELL and goes on, like the one that echoes, with the read.
DEVICE   DSECT
ADDRESS  DS    H
         DS    3H
TELL     DS    2D
ANSWER   DS    2D
READ     DS    D
BUFFER   DS    CL128
DEVICE_END EQU *
MAIN     CSECT

; Start every device with its first message.
BEGIN    LA    R2,DEVICES
         USING DEVICE,R2
         LA    R4,3
NEXT     LA    R5,TELL
         BAL   R14,START_IO
         LA    R2,DEVICE_END-DEVICE(,R2)
         BCT   R4,NEXT
PAUSE     LPSW  WAITING

; An I/O interruption: R3 is the address of the device.
INTERRUPT LH   R3,X'3A'
         LA    R2,DEVICES
FIND     CH    R3,ADDRESS
         BE    FOUND
         LA    R2,DEVICE_END-DEVICE(,R2)
         B     FIND
FOUND    TM    X'44',X'80'
         BO    ATTENTION
         TM    X'44',X'01'
         BO    CANCELLED
         LA    R6,126
         SH    R6,X'46'
         BZ    EMPTY
         STH   R6,ANSWER+14
         MVI   READ,X'0A'
         CLC   BUFFER(4),=C'idle'
         BE    PAUSE
         CLC   BUFFER(4),=C'quit'
         BE    QUIT
         CLC   BUFFER(3),=C'die'
         BE    DIE
         CLC   BUFFER(4),=C'loop'
         BE    *
         CLC   BUFFER(4),=C'hush'
         BNE   ECHO
         MVI   READ,X'0E'
ECHO     LA    R5,ANSWER
GO       BAL   R14,START_IO
         B     PAUSE
EMPTY    LA    R5,READ
         B     GO
ATTENTION MVC  TELL+1(3),=AL3(TEXT_ATTENTION)
         LA    R5,TELL
         B     GO
CANCELLED MVC  TELL+1(3),=AL3(TEXT_CANCELLED)
         LA    R5,TELL
         B     GO
QUIT     LPSW  END_QUIT
DIE      LPSW  END_DIE

; Start the channel program at R5 on the device at R2.
START_IO ST    R5,X'48'
         LH    R3,ADDRESS
AGAIN    SIO   0(R3)
         BC    6,AGAIN
         BR    R14

WAITING  PSW   X'FE',X'02',0
END_QUIT PSW   X'00',X'02',0
END_DIE  PSW   X'00',X'02',X'000123'
TEXT_READY DC  C'ECHO READY'
TEXT_ATTENTION DC C'ATTENTION!'
TEXT_CANCELLED DC C'CANCELLED!'
TEXT_ECHO DC   C'ECHO: '
         LTORG
%macro THREE 2
         DS    0D
         DC    %1,3H'0'
%2_TELL  CCW   X'09',TEXT_READY,X'60',10
         CCW   X'08',%2_READ,0,1
         CCW   X'01',TEXT_ECHO,X'60',6
         CCW   X'09',%2_BUF,X'60',1
%2_READ  CCW   X'0A',%2_BUF,X'20',126
%2_BUF   DS    CL128
%endmacro
DEVICES  DS    0D
         THREE X'0009',OPERATOR
         THREE X'00C0',STUDENT1
         THREE X'00C1',STUDENT2
         END
