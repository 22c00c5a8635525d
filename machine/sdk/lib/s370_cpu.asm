; s370_cpu.asm - the CPU's identity, and COMPARE AND SWAP (s370/insn.h)

         ENTRY s370_stidp
s370_stidp L   R1,0(,R1)
         STIDP 0(R1)
         BR    R14

         ENTRY s370_cs
s370_cs  ST    R2,28(,R13)
         L     R0,4(,R1)
         L     R2,8(,R1)
         L     R1,0(,R1)
         CS    R0,R2,0(R1)
         BALR  R15,0
         SLL   R15,2
         SRL   R15,30
         L     R2,28(,R13)
         BR    R14
