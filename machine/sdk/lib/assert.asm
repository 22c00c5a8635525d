; assert.asm - a failed assertion (assert.h): keep what the dump shows
;
; STM puts the registers into the caller's save area and BALR the condition
; code and the program mask into R2 before anything changes them; assert_dump.c
; does the rest.

         ENTRY __assert_fail
__assert_fail STM R14,R12,12(R13)
         BALR  R2,0
         USING *,R2
         LM    R4,R6,0(R1)            ; expression, file, line
         LR    R3,R13                 ; the caller's save area
         S     R13,assert_frame
         ST    R3,4(,R13)
         STM   R2,R6,72(R13)
         LA    R1,72(,R13)
         L     R15,=V(__assert_dump)
         BALR  R14,R15
         DROP  R2
assert_frame DC F'96'
