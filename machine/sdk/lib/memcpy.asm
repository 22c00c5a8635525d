; memcpy.asm - memcpy() (string.h)
;
; MVCL does the work: it takes any length up to 16 MiB, and an interruption
; finds its registers brought up to date.  R0:R1 holds the second operand, R2:R3
; the first.

         ENTRY memcpy
memcpy   STM   R2,R3,28(R13)
         L     R2,0(,R1)
         L     R0,4(,R1)
         L     R3,8(,R1)
         LR    R1,R3
         LR    R15,R2
         MVCL  R2,R0
         LM    R2,R3,28(R13)
         BR    R14
