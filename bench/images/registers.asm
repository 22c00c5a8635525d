; registers.asm - arithmetic in registers and nothing else
%include "s370.inc"

ZERO     DC    X'00000000',A(BEGIN)     ; restart new PSW: BC mode, disabled
         DC    24F'0'
         DC    X'00020000',A(X'00EE28') ; X'68' program new PSW
         ORG   X'400'
BEGIN    BALR  R12,0
         USING *,R12
         L     R2,ROUNDS
         LA    R3,1
         LA    R4,7
         SLR   R5,R5
LOOP     AR    R5,R4
         LR    R6,R5
         XR    R6,R3
         SLL   R6,3
         SR    R6,R5
         LA    R3,5(R3)
         OR    R6,R3
         ALR   R5,R6
         NR    R5,R6
         BCT   R2,LOOP
         LPSW  FINISH
         ORG   X'480'
FINISH   DC    X'0002000000000000'
ROUNDS   DC    F'30000000'
