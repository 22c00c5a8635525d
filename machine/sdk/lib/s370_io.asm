; s370_io.asm - the I/O instructions as functions (s370/insn.h)
;
; Each takes a device address and returns the condition code.  BALR puts the
; code, with length and program mask before and behind it, into bits 2-3 of
; its first operand.

         ENTRY s370_sio
s370_sio L     R1,0(,R1)
         SIO   0(R1)
         BALR  R15,0
         SLL   R15,2
         SRL   R15,30
         BR    R14

         ENTRY s370_siof
s370_siof L    R1,0(,R1)
         SIOF  0(R1)
         BALR  R15,0
         SLL   R15,2
         SRL   R15,30
         BR    R14

         ENTRY s370_tio
s370_tio L     R1,0(,R1)
         TIO   0(R1)
         BALR  R15,0
         SLL   R15,2
         SRL   R15,30
         BR    R14

         ENTRY s370_clrio
s370_clrio L   R1,0(,R1)
         CLRIO 0(R1)
         BALR  R15,0
         SLL   R15,2
         SRL   R15,30
         BR    R14

         ENTRY s370_hio
s370_hio L     R1,0(,R1)
         HIO   0(R1)
         BALR  R15,0
         SLL   R15,2
         SRL   R15,30
         BR    R14

         ENTRY s370_hdv
s370_hdv L     R1,0(,R1)
         HDV   0(R1)
         BALR  R15,0
         SLL   R15,2
         SRL   R15,30
         BR    R14

         ENTRY s370_tch
s370_tch L     R1,0(,R1)
         TCH   0(R1)
         BALR  R15,0
         SLL   R15,2
         SRL   R15,30
         BR    R14

         ENTRY s370_stidc
s370_stidc L   R1,0(,R1)
         STIDC 0(R1)
         BALR  R15,0
         SLL   R15,2
         SRL   R15,30
         BR    R14
