; s370_key.asm - storage keys (s370/insn.h)
;
; SSK and ISK want zeros in bits 28-31 of the block's address, so the address
; is brought down to its block; ISK leaves bits 0-23 of its first operand.

         ENTRY s370_ssk
s370_ssk L     R0,4(,R1)
         L     R1,0(,R1)
         N     R1,ssk_block-s370_ssk(,R15)
         SSK   R0,R1
         BR    R14
         DS    0F
ssk_block DC   X'00FFF800'

         ENTRY s370_isk
s370_isk L     R1,0(,R1)
         N     R1,isk_block-s370_isk(,R15)
         SLR   R15,R15
         ISK   R15,R1
         BR    R14
         DS    0F
isk_block DC   X'00FFF800'

         ENTRY s370_rrb
s370_rrb L     R1,0(,R1)
         RRB   0(R1)
         BALR  R15,0
         SLL   R15,2
         SRL   R15,30
         BR    R14
