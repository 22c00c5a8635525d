; supervisor.asm - supervisor calls and the way back, as fast as they go
%include "s370.inc"

ZERO     DC    X'00000000',A(BEGIN)     ; restart new PSW
         ORG   X'60'
         DC    X'00000000',A(SERVICE)   ; supervisor call new PSW
         DC    X'00020000',A(X'00EE28') ; X'68' program new PSW
         ORG   X'400'
BEGIN    BALR  R12,0
         USING *,R12
         L     R2,ROUNDS
LOOP     SVC   1
         LPSW  BACK
BACKHERE BCT   R2,LOOP
         LPSW  FINISH
SERVICE  LA    R5,1(R5)
         LPSW  X'20'                    ; supervisor call old PSW
         ORG   X'480'
FINISH   DC    X'0002000000000000'
BACK     DC    X'00000000',A(BACKHERE)
ROUNDS   DC    F'4000000'
