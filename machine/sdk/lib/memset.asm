; memset.asm - memset() (string.h)
;
; The second operand of MVCL has length zero, so all of the first is padding:
; the first byte of R1.

         ENTRY memset
memset   STM   R2,R3,28(R13)
         L     R2,0(,R1)
         L     R3,8(,R1)
         L     R1,4(,R1)
         SLL   R1,24
         LR    R0,R2
         LR    R15,R2
         MVCL  R2,R0
         LM    R2,R3,28(R13)
         BR    R14
