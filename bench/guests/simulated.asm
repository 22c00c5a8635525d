; simulated.asm - a guest of CP that gives it the same thing to do repeatedly
;
; CASE, a macro on nasm's command line, is what: 0 nothing, 1 LPSW, 2 SSM,
; 3 SIO of a NO-OP to the console and TIO, 4 SVC and the LPSW back.  From 5 on
; its DAT is on, with pages that lead to themselves: 5 nothing, 6 SSM, 7 PTLB,
; 8 PTLB and the use of another page.
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
%if CASE >= 5
         LCTL  R0,R1,FORMAT
         LPSW  DATON
%endif
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
%elif CASE == 6
         SSM   DATMASK
%elif CASE == 7
         PTLB
%elif CASE == 8
         PTLB
         L     R4,X'BFE'(R12)           ; at X'1000'
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
DATMASK  DC    X'04'
         DS    0D
DATON    DC    X'04080000',A(LOOP)
FORMAT   DC    X'00800000',A(SEGMENTS)  ; pages of 4K, segments of 64K
         ORG   X'600'                   ; a multiple of 64
SEGMENTS DC    A(X'F0000000'+PAGES),15F'1'
PAGES    DC    X'0000',15X'0010'        ; page 0 is itself, others are page 1
