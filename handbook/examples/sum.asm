; sum.asm - int total(const int *numbers, int count)
         ENTRY total
total    STM   R14,R12,12(R13)    ; the caller's registers, into its save area
         BALR  R12,0
         USING *,R12
         LM    R2,R3,0(R1)        ; the parameter list: numbers, count
         SLR   R15,R15            ; R15 will be the result
total_next LTR R3,R3
         BNP   total_end
         A     R15,0(,R2)
         LA    R2,4(,R2)
         BCT   R3,total_next
total_end LM   R2,R12,28(R13)
         BR    R14
         DROP  R12
