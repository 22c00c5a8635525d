; setjmp.asm - setjmp() and longjmp() (setjmp.h)
;
; A jmp_buf holds R2 to R14: what a function must leave as it was, the save
; area that is the stack, and the address after the call of setjmp().

         ENTRY setjmp
setjmp   L     R1,0(,R1)
         STM   R2,R14,0(R1)
         SLR   R15,R15
         BR    R14

         ENTRY longjmp
longjmp  L     R15,4(,R1)
         L     R1,0(,R1)
         LM    R2,R14,0(R1)
         LTR   R15,R15
         BNZR  R14
         LA    R15,1
         BR    R14
