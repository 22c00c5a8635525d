; simulated.asm - a guest of CP that gives it the same thing to do repeatedly
;
; CASE, a macro on nasm's command line, is what: 0 nothing, 1 LPSW, 2 SSM,
; 3 SIO of a NO-OP to the console and TIO, 4 SVC and the LPSW back.
%include "s370.inc"

ZERO     DC    X'00000000',A(BEGIN)     ; IPL PSW
         ORG   X'48'
         DC    A(NOOP)                  ; channel address word
         ORG   X'58'
         DC    X'00020000',A(X'00EE18')
         DC    X'00000000',A(SERVICE)   ; X'60' supervisor call new PSW
         DC    X'00020000',A(X'00EE28')
         ORG   X'400'
BEGIN    BALR  R12,0
         USING *,R12
         L     R2,ROUNDS
LOOP     LA    R3,1(R3)
%if CASE == 1
         LPSW  GOON
HERE     EQU   *
%elif CASE == 2
         SSM   MASK
%elif CASE == 3
         SIO   X'009'(R0)
TEST     TIO   X'009'(R0)
         BC    2+4,TEST                 ; busy, or its status stored
%elif CASE == 4
         SVC   1
%endif
         BCT   R2,LOOP
         LPSW  FINISH
SERVICE  LPSW  X'20'
         ORG   X'480'
FINISH   DC    X'0002000000000000'
%if CASE == 1
GOON     DC    X'00000000',A(HERE)
%endif
NOOP     DC    X'0300000020000001'
ROUNDS   DC    F'100000'
MASK     DC    X'00'
