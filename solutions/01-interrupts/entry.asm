; entry.asm - where the machine enters GOS, and where GOS leaves for a task
;
; The image begins here, at location 0, with the PSWs that IPL and the five
; kinds of interruptions load (GA22-7000, "Assigned Main-Storage Locations").
; All of them are BC-mode PSWs for the supervisor state, disabled: once inside,
; the kernel is never interrupted, so it needs no locks, and one stack will do.
;
; The way in.  At an interruption the CPU has stored the old PSW and loaded
; the new one, and no more: all sixteen registers still belong to the task.
; So the first instruction must save them, without a register to address by.
; A base register of 0 means "no base": the first 4095 bytes of storage can be
; reached with a displacement alone, and that is where `saved` lies.  Then the
; C function for this kind of interruption runs on the kernel's stack.
;
; The way out.  The C functions end in dispatch(), and this in frame_load():
; it loads a task's registers and its PSW.  Nothing ever returns to here.

         ENTRY entry
entry    DC    X'00000000',A(start)           ; X'00' IPL and restart
         DC    20F'0'                         ; X'08' old PSWs, CSW, CAW, timer
; LAB 1 BEGIN - three new PSWs, for the supervisor state, disabled
         DC    X'00000000',A(external_first)  ; X'58'
         DC    X'00000000',A(svc_first)       ; X'60'
         DC    X'00000000',A(program_first)   ; X'68'
; LAB 1 END
         DC    X'00020000',A(X'EE30')         ; X'70' machine check: give up
         DC    X'00000000',A(io_first)        ; X'78'
         DC    96F'0'                         ; X'80' to X'1FF'

; struct frame (task.h): what the interrupted program had.
         ENTRY saved
saved    DC    16F'0'                         ; X'200' registers
saved_psw DC   2F'0'                          ; X'240' PSW
; X'248' to X'3FF' are free: a place to try CP's DISPLAY and STORE on.
         DC    110F'0'

; LAB 1 BEGIN - the other three ways in; io_first below is the pattern
external_first STM R0,R15,X'200'
         MVC   X'240'(8),X'18'
         BALR  R12,0
         USING *,R12
         L     R15,external_c
         B     into_c
         DROP  R12

svc_first STM  R0,R15,X'200'
         MVC   X'240'(8),X'20'
         BALR  R12,0
         USING *,R12
         L     R15,svc_c
         B     into_c
         DROP  R12

program_first STM R0,R15,X'200'
         MVC   X'240'(8),X'28'
         BALR  R12,0
         USING *,R12
         L     R15,program_c
         B     into_c
         DROP  R12
; LAB 1 END

io_first STM   R0,R15,X'200'
         MVC   X'240'(8),X'38'
         BALR  R12,0
         USING *,R12
         L     R15,io_c
         B     into_c
         DROP  R12

; IPL: clear the bss (the loader brings only what has initial values), then
; into kernel_start().
start    BALR  R12,0
         USING *,R12
         L     R2,bss
         L     R3,image_end
         SR    R3,R2
         LR    R0,R2
         SLR   R1,R1
         MVCL  R2,R0
         L     R15,start_c
         B     into_c
         DROP  R12

; Call the C function at R15.  R13 is both the top of the stack and the save
; area that the function stores our registers into; its word 1 leads to the
; caller's, so 0 there ends the chain of calls in a storage dump.
into_c   BALR  R12,0
         USING *,R12
         L     R13,stack_top
         SLR   R0,R0
         ST    R0,4(,R13)
         BALR  R14,R15
         LPSW  came_back

; void frame_load(const struct frame *frame): go on where the frame was saved.
; R1 leads to the frame until its own new value comes, last of all.
         ENTRY frame_load
frame_load L   R1,0(,R1)
         MVC   X'240'(8),64(R1)
         LM    R0,R15,0(R1)
         LPSW  X'240'

         DS    0D
came_back DC   X'00020000',A(X'EE00')
external_c DC  A(external_interruption)
svc_c    DC    A(svc_interruption)
program_c DC   A(program_interruption)
io_c     DC    A(io_interruption)
start_c  DC    A(kernel_start)
stack_top DC   A(kernel_stack+8192-72)
bss      DC    A(__data_end)
image_end DC   A(__image_end)
