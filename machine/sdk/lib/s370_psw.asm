; s370_psw.asm - loading a PSW and its system mask (s370/insn.h)
;
; STNSM and STOSM have their mask in the instruction: EXECUTE puts it there.
; They store the former mask into the word at 32(R13), the place of R3 in the
; caller's save area, which is free for a function that does not save R3.

         ENTRY s370_lpsw
s370_lpsw L    R1,0(,R1)
         LPSW  0(R1)

; The mask is the last byte of its word in the parameter list.
         ENTRY s370_ssm
s370_ssm SSM   3(R1)
         BR    R14

         ENTRY s370_stnsm
s370_stnsm L   R1,0(,R1)
         EX    R1,stnsm_it-s370_stnsm(,R15)
         SLR   R15,R15
         IC    R15,32(,R13)
         BR    R14
stnsm_it STNSM 32(R13),0

         ENTRY s370_stosm
s370_stosm L   R1,0(,R1)
         EX    R1,stosm_it-s370_stosm(,R15)
         SLR   R15,R15
         IC    R15,32(,R13)
         BR    R14
stosm_it STOSM 32(R13),0
