; s370_dat.asm - address translation and prefixing (s370/insn.h)

         ENTRY s370_lra
s370_lra L     R15,4(,R1)
         L     R1,0(,R1)
         LRA   R0,0(,R1)
         ST    R0,0(,R15)
         BALR  R15,0
         SLL   R15,2
         SRL   R15,30
         BR    R14

         ENTRY s370_ptlb
s370_ptlb PTLB
         BR    R14

         ENTRY s370_spx
s370_spx L     R1,0(,R1)
         SPX   0(R1)
         BR    R14

         ENTRY s370_stpx
s370_stpx L    R1,0(,R1)
         STPX  0(R1)
         BR    R14
