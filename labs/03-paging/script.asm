; script.asm - a task that does what a test has written down
;
; The tests of this lab must know exactly which pages a task uses.  A C program
; uses its stack whenever it likes; this one has all it needs in registers.  It
; reads its script (work.h) step by step and does no more than that.  (Only the
; very first instructions of a task, in user.asm, use a page of the stack.)
;
; A step is three words: an operation, an address, a value.

         ENTRY run_script
run_script BALR R12,0
         USING *,R12
         LR    R11,R14             ; where it returns to
         L     R10,0(,R1)          ; which script
         SLL   R10,10              ; each has 1024 bytes
         A     R10,scripts
         LR    R3,R10
next     L     R4,0(,R3)
         LM    R1,R2,4(R3)         ; the address, the value
         LA    R3,12(,R3)
         SLL   R4,2
         B     operation(R4)
operation BR   R11                 ; 0  the end
         NOPR  0
         B     store
         B     compare
         B     fetch
         B     count
         B     script_mark
         B     yield
         B     info
         B     write
         B     move
         B     goto
         B     read
         B     cancel
         B     spawn

store    ST    R2,0(,R1)           ; 1  the value to the address
         B     next
compare  C     R2,0(,R1)           ; 2  is it there?
         BE    next
; Something is not as the script says: R1 and R2 tell what.
         ENTRY script_bad
script_bad B   script_bad
fetch    L     R5,0(,R1)           ; 3
         B     next
count    BCT   R2,*                ; 4  compute
         B     next
; 5  A place for tests to stop at; the value tells which.
         ENTRY script_mark
script_mark B  next
yield    SVC   3                   ; 6
         B     next
info     SLR   R0,R0               ; 7  SVC_INFO of task 0 to the address
         SVC   8
         CR    R15,R2
         BE    next
         B     script_bad
write    LR    R0,R1               ; 8  SVC_WRITE of so many characters there
         LR    R1,R2
         SVC   1
         CR    R15,R2
         BE    next
         B     script_bad
move     MVC   0(256,R1),0(R2)     ; 9  256 bytes; the value is an address too
         B     next
goto     LR    R3,R10              ; 10 a step of this script
         MH    R2,step_bytes
         AR    R3,R2
         B     next
read     LR    R0,R1               ; 11 SVC_READ, a line of so many characters
         LA    R1,100
         SVC   2
         CR    R15,R2
         BE    next
         B     script_bad
cancel   LR    R0,R2               ; 12 SVC_CANCEL of that task
         SVC   7
         B     next
spawn    LA    R0,name             ; 13 SVC_SPAWN, a task with that script
         L     R1,itself
         SVC   5
         B     next
         DROP  R12

name     DC    CL9'SCRIPT'
         DS    0F
itself   DC    A(run_script)
scripts  DC    A(script)
step_bytes DC  H'12'

; Where tests stop the machine: all scripts have been started; all are gone; the
; replacement algorithm has looked at the frames.
         ENTRY work_started
work_started BR R14
         ENTRY work_done
work_done BR   R14
         ENTRY work_seen
work_seen BR   R14
