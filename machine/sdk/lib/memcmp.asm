; memcmp.asm - memcmp() (string.h)
;
; CLCL gives condition code 0 for equal, 1 if the first operand is low, 2 if it
; is high; LA leaves it.

         ENTRY memcmp
memcmp   STM   R2,R3,28(R13)
         USING memcmp,R15
         L     R2,0(,R1)
         L     R3,8(,R1)
         L     R0,4(,R1)
         LR    R1,R3
         CLCL  R2,R0
         LA    R0,0
         BE    memcmp_end
         LA    R0,1
         BH    memcmp_end
         LNR   R0,R0
memcmp_end LR  R15,R0
         LM    R2,R3,28(R13)
         BR    R14
         DROP  R15
