; s370_control.asm - LCTL and STCTL as functions (s370/insn.h)
;
; The register numbers are in the second byte of the instruction, where
; EXECUTE puts them from the last byte of R2.

         ENTRY s370_lctl
s370_lctl ST   R2,28(,R13)
         L     R2,0(,R1)
         SLL   R2,4
         O     R2,4(,R1)
         L     R1,8(,R1)
         EX    R2,lctl_it-s370_lctl(,R15)
         L     R2,28(,R13)
         BR    R14
lctl_it  LCTL  0,0,0(R1)

         ENTRY s370_stctl
s370_stctl ST  R2,28(,R13)
         L     R2,0(,R1)
         SLL   R2,4
         O     R2,4(,R1)
         L     R1,8(,R1)
         EX    R2,stctl_it-s370_stctl(,R15)
         L     R2,28(,R13)
         BR    R14
stctl_it STCTL 0,0,0(R1)
