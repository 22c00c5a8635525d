; disk.asm - a record read from the disk 130, again and again
;
; The program waits for the interruption of each channel program.
%include "s370.inc"

ZERO     DC    X'00000000',A(BEGIN)     ; restart new PSW
         ORG   X'48'
         DC    A(PROGRAM)               ; channel address word
         ORG   X'68'
         DC    X'00020000',A(X'00EE28') ; program new PSW
         ORG   X'78'
         DC    X'00000000',A(CAME)      ; input/output new PSW
         ORG   X'400'
BEGIN    BALR  R12,0
         USING *,R12
         L     R2,ROUNDS
LOOP     SIO   X'130'(R0)
         BC    7,FAILED
WAIT     LPSW  IOWAIT
CAME     TM    X'44',X'04'              ; device end?
         BZ    WAIT
         TM    X'44',X'02'              ; unit check?
         BO    FAILED
         BCT   R2,LOOP
         LPSW  FINISH
FAILED   LPSW  FAILURE
         ORG   X'480'
FINISH   DC    X'0002000000000000'
FAILURE  DC    X'0002000000000BAD'
IOWAIT   DC    X'FE02000000000000'
PROGRAM  DC    X'07',AL3(PLACE),X'40000006'  ; SEEK
         DC    X'31',AL3(PLACE+2),X'40000005' ; SEARCH ID EQUAL
         DC    X'08',AL3(PROGRAM+8),X'00000000' ; TIC
         DC    X'06',AL3(X'1000'),X'20000050'  ; READ DATA, SLI
PLACE    DC    X'000000000000',X'03'    ; BB CC HH R
         ORG   X'500'
ROUNDS   DC    F'1500000'
