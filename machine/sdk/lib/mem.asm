; mem.asm - memcpy(), memset() and memcmp() (string.h)
;
; MVCL and CLCL do the work: they take any length up to 16 MiB, and an
; interruption finds their registers brought up to date.  R0:R1 holds the
; second operand, R2:R3 the first.

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

; The second operand has length zero, so all of the first is padding: the
; first byte of R1.
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

; Condition code 0 equal, 1 the first is low, 2 it is high; LA leaves it.
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
