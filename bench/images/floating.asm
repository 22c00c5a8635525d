; floating.asm - hexadecimal floating point, short and long
%include "s370.inc"

ZERO     DC    X'00000000',A(BEGIN)     ; restart new PSW
         DC    24F'0'
         DC    X'00020000',A(X'00EE28') ; X'68' program new PSW
         ORG   X'400'
BEGIN    BALR  R12,0
         USING *,R12
         L     R2,ROUNDS
         LD    FPR0,ONE
LOOP     LD    FPR2,THIRD
         ADR   FPR0,FPR2
         MD    FPR2,PI
         SD    FPR0,THIRD
         LDR   FPR4,FPR2
         DD    FPR4,PI
         CDR   FPR4,FPR0
         LE    FPR6,PI
         AE    FPR6,ONE
         MER   FPR6,FPR6
         DE    FPR6,PI
         STD   FPR2,WORK
         STE   FPR6,WORK
         BCT   R2,LOOP
         LPSW  FINISH
         ORG   X'480'
FINISH   DC    X'0002000000000000'
ONE      DC    X'4110000000000000'
THIRD    DC    X'4055555555555555'
PI       DC    X'413243F6A8885A31'
WORK     DC    2F'0'
ROUNDS   DC    F'3000000'
