; await.asm - void await(psw_t, uint32_t new_at): load the PSW and come back at
; the interruption whose new PSW is at new_at; and a place to loop at
;
; The address in the PSW may be that of await_loop, an endless loop.  The
; registers survive the interruption.

         ENTRY await,await_loop
         USING await,R0
await    STM   R14,R12,12(R13)
         L     R3,8(,R1)
         MVC   await_saved(8),0(R3)
         MVC   0(8,R3),await_new
         MVC   await_psw(8),0(R1)
         LPSW  await_psw
await_end MVC  0(8,R3),await_saved
         LM    R14,R12,12(R13)
         BR    R14
await_loop B   await_loop

         DS    0D
await_new DC   X'00000000',A(await_end)
await_psw DC   2F'0'
await_saved DC 2F'0'
