; moves.asm - fields moved, compared and translated
%include "s370.inc"

ZERO     DC    X'00000000',A(BEGIN)     ; restart new PSW
         DC    24F'0'
         DC    X'00020000',A(X'00EE28') ; X'68' program new PSW
         ORG   X'400'
BEGIN    BALR  R12,0
         USING *,R12
         L     R2,ROUNDS
         L     R8,=A(X'10000')
         L     R9,=A(X'20104')
LOOP     MVC   0(256,R8),0(R9)
         MVC   3(80,R8),512(R9)
         MVC   1(7,R9),8(R8)
         CLC   0(80,R8),1024(R8)
         CLC   16(8,R9),32(R9)
         TR    0(64,R8),0(R9)
         XC    0(16,R8),0(R8)
         MVI   5(R8),X'40'
         CLI   5(R8),X'40'
         BCT   R2,LOOP
         LPSW  FINISH
         ORG   X'480'
FINISH   DC    X'0002000000000000'
ROUNDS   DC    F'4000000'
         LTORG
