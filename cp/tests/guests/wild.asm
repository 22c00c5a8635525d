; wild.asm - void wild(psw_t): load any PSW at all, and come back by whatever
; program interruption that ends in
;
; Nothing but location 0 is trusted: registers and place come from here.

         ENTRY wild
         USING wild,R0
wild     STM   R14,R12,12(R13)
         ST    R13,wild_r13
         MVC   X'68'(8),wild_new
         MVC   wild_psw(8),0(R1)
         LPSW  wild_psw
wild_end L     R13,wild_r13
         LM    R14,R12,12(R13)
         BR    R14

         DS    0D
wild_new DC    X'00000000',A(wild_end)
wild_psw DC    2F'0'
wild_r13 DC    F'0'
