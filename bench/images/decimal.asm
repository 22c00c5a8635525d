; decimal.asm - packed decimal numbers, as a program in COBOL has them
%include "s370.inc"

ZERO     DC    X'00000000',A(BEGIN)     ; restart new PSW
         DC    24F'0'
         DC    X'00020000',A(X'00EE28') ; X'68' program new PSW
         ORG   X'400'
BEGIN    BALR  R12,0
         USING *,R12
         L     R2,ROUNDS
LOOP     ZAP   SUM,FIRST
         AP    SUM,SECOND
         SP    SUM,LITTLE
         MP    SUM,FACTOR
         DP    SUM,FACTOR
         CP    FIRST,SECOND
         CVD   R2,DOUBLE
         CVB   R3,DOUBLE
         UNPK  ZONED,DOUBLE
         PACK  DOUBLE,ZONED
         MVC   LINE,PATTERN
         ED    LINE,FIRST
         BCT   R2,LOOP
         LPSW  FINISH
         ORG   X'500'
FINISH   DC    X'0002000000000000'
DOUBLE   DC    2F'0'
ROUNDS   DC    F'1500000'
SUM      DC    X'0000000000000C'
         DC    X'00'
FIRST    DC    X'0012345C'
LITTLE   DC    X'123C'
FACTOR   DC    X'017C'
SECOND   DC    X'0098765C'
ZONED    DC    X'F0F0F0F0F0F0F0F0'
LINE     DC    X'0000000000000000'
PATTERN  DC    X'4020206B20202120'
