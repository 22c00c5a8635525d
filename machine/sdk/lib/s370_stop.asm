; s370_stop.asm - the end of a program: a disabled wait (s370/insn.h)

         ENTRY s370_stop
s370_stop L    R0,0(,R1)
         N     R0,stop_code-s370_stop(,R15)
         ST    R0,stop_psw+4-s370_stop(,R15)
         LPSW  stop_psw-s370_stop(R15)
         DS    0D
stop_psw DC    X'00020000',F'0'
stop_code DC   X'00FFFFFF'
