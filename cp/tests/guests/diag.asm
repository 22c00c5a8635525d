; diag.asm - int diagnose_00(void *to, uint32_t *room), int diagnose_08(struct
; command *): DIAGNOSE as functions; both return the condition code

         ENTRY diagnose_00,diagnose_08
diagnose_00 L  R15,4(,R1)
         L     R1,0(,R1)
         L     R0,0(,R15)
         DC    X'83100000'             ; DIAGNOSE R1,R0,0
         ST    R0,0(,R15)
         BALR  R15,0
         SLL   R15,2
         SRL   R15,30
         BR    R14

; The words of struct command are R2 to R5.
diagnose_08 STM R2,R5,28(R13)
         L     R1,0(,R1)
         LM    R2,R5,0(R1)
         DC    X'83240008'             ; DIAGNOSE R2,R4,8
         BALR  R15,0
         STM   R2,R5,0(R1)
         LM    R2,R5,28(R13)
         SLL   R15,2
         SRL   R15,30
         BR    R14
