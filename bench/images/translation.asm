; translation.asm - DAT on, with more pages in use than any lookaside holds
;
; Pages of 4 KiB, segments of 64 KiB, each page at the real address that is
; its own.  The program reads and changes one word in each page of 14 MiB.
%include "s370.inc"

ZERO     DC    X'00000000',A(BEGIN)     ; restart new PSW
         DC    24F'0'
         DC    X'00020000',A(X'00EE28') ; X'68' program new PSW
         ORG   X'400'
BEGIN    BALR  R12,0
         USING *,R12
; The segment table at X'10000', 256 entries; page tables from X'20000' on,
; 32 bytes each.
         L     R3,SEGMENTS
         L     R4,TABLES
         SLR   R5,R5                    ; page table entry: bits 8-19
         LA    R6,256
SEGMENT  LR    R7,R4
         O     R7,LENGTH
         ST    R7,0(R3)
         LA    R8,16
PAGE     STH   R5,0(R4)
         LA    R4,2(R4)
         LA    R5,16(R5)
         BCT   R8,PAGE
         LA    R3,4(R3)
         BCT   R6,SEGMENT
         LCTL  R0,R1,CONTROL
         LPSW  DATON
WITHDAT  L     R2,ROUNDS
ROUND    L     R3,FIRST
         L     R4,PAGES
         L     R7,STRIDE
TOUCH    L     R5,0(R3)
         LA    R5,1(R5)
         ST    R5,0(R3)
         AR    R3,R7
         BCT   R4,TOUCH
         BCT   R2,ROUND
         LPSW  FINISH
         ORG   X'500'
FINISH   DC    X'000A000000000000'      ; EC mode, wait
DATON    DC    X'04080000',A(WITHDAT)
CONTROL  DC    X'008000E0',X'0F010000'
SEGMENTS DC    A(X'10000')
TABLES   DC    A(X'20000')
LENGTH   DC    X'F0000000'
FIRST    DC    A(X'100000')
STRIDE   DC    F'4100'
PAGES    DC    F'3400'
ROUNDS   DC    F'2500'
