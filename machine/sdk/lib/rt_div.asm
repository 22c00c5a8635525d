; rt_div.asm - unsigned 32-bit division for compiled C.
;
; The machine's DR divides signed numbers.  A dividend below 2**32 and a
; divisor of 2 to 2**31-1 are positive in the pair of registers that DR takes,
; and the quotient fits; the other divisors are treated apart.
;
; In:  R0 dividend, R1 divisor, R13 save area, R14 return, R15 entry.
; Out: R0 remainder, R1 quotient.  R14, R15 as they were, all others too.
; Divisor 0: fixed-point-divide exception.
; The word at 28(R13), free for a routine called from C, holds the divisor.

         ENTRY __udivmod
__udivmod ST   R1,28(,R13)
         C     R1,udm_one-__udivmod(,R15)
         BNH   udm_big-__udivmod(,R15)
         SRDL  R0,32
         D     R0,28(,R13)
         BR    R14
udm_big  BE    udm_by1-__udivmod(,R15)
         LTR   R1,R1
         BZ    udm_zero-__udivmod(,R15)
; The divisor is 2**31 or more: the quotient is 0 or 1.
         SLR   R1,R1
         CL    R0,28(,R13)
         BLR   R14
         SL    R0,28(,R13)
         LA    R1,1
         BR    R14
udm_by1  LR    R1,R0
         SLR   R0,R0
         BR    R14
udm_zero DR    R0,R1
         BR    R14
         DS    0F
udm_one  DC    F'1'
