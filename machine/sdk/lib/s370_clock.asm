; s370_clock.asm - the clocks (s370/insn.h)

         ENTRY s370_sck
s370_sck L     R1,0(,R1)
         SCK   0(R1)
         BALR  R15,0
         SLL   R15,2
         SRL   R15,30
         BR    R14

         ENTRY s370_stck
s370_stck L    R1,0(,R1)
         STCK  0(R1)
         BALR  R15,0
         SLL   R15,2
         SRL   R15,30
         BR    R14

         ENTRY s370_sckc
s370_sckc L    R1,0(,R1)
         SCKC  0(R1)
         BR    R14

         ENTRY s370_stckc
s370_stckc L   R1,0(,R1)
         STCKC 0(R1)
         BR    R14

         ENTRY s370_spt
s370_spt L     R1,0(,R1)
         SPT   0(R1)
         BR    R14

         ENTRY s370_stpt
s370_stpt L    R1,0(,R1)
         STPT  0(R1)
         BR    R14
