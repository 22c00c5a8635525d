; console_wait.asm - int __console_wait(void): wait for an I/O interruption of
; channel 0 and return the address of the device; its CSW is at X'40'
;
; For console.c in programs that run disabled, in the BC mode, with key 0: the
; I/O new PSW is borrowed for the length of the wait.  The registers survive
; an interruption, so R15 goes on being the base.  The old PSW's bytes 2-3
; hold the device address.

         ENTRY __console_wait
__console_wait BALR R0,0             ; the program mask, for SPM
         MVC   28(8,R13),X'78'
         MVC   X'78'(8),con_wait_new-__console_wait(R15)
         LPSW  con_wait_psw-__console_wait(R15)
con_wait_on MVC X'78'(8),28(R13)
         SPM   R0
         SLR   R15,R15
         ICM   R15,3,X'3A'
         BR    R14
         DS    0D
con_wait_psw DC X'80020000',F'0'
con_wait_new DC X'00000000',A(con_wait_on)
