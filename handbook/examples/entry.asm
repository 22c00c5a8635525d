; entry.asm - the way of an I/O interruption into C and back
;
; All of this lies in the first 4 KiB of storage (crt0.asm is before it), so it
; is addressed without a base register: none is free when it is entered.
         USING crt0,R0
         ENTRY io_first
io_first STM   R0,R15,io_registers
         LA    R13,io_stack
         L     R15,=V(io_interruption)
         BALR  R14,R15
         LM    R0,R15,io_registers
         LPSW  X'38'              ; go on where the interruption came
         DROP  R0
io_registers DS 16F
         DS    128F               ; the stack of io_interruption()
io_stack DC    18F'0'             ; its caller's save area
