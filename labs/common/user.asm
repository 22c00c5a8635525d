; user.asm - the services of GOS as C functions (svc.h)
;
; A C caller puts its arguments into a list and the address of the list into
; R1.  The kernel wants them in registers.  No SVC can name its number by a
; register, so each service has a function of its own.

         ENTRY svc_exit
svc_exit SVC   0

         ENTRY svc_write
svc_write LM   R0,R1,0(R1)
         SVC   1
         BR    R14

         ENTRY svc_read
svc_read LM    R0,R1,0(R1)
         SVC   2
         BR    R14

         ENTRY svc_yield
svc_yield SVC  3
         BR    R14

         ENTRY svc_time
svc_time SVC   4
         BR    R14

         ENTRY svc_spawn
svc_spawn ST   R2,28(,R13)
         LM    R0,R2,0(R1)
         SVC   5
         L     R2,28(,R13)
         BR    R14

         ENTRY svc_wait
svc_wait L     R0,0(,R1)
         SVC   6
         BR    R14

         ENTRY svc_cancel
svc_cancel L   R0,0(,R1)
         SVC   7
         BR    R14

         ENTRY svc_info
svc_info LM    R0,R1,0(R1)
         SVC   8
         BR    R14

         ENTRY svc_shutdown
svc_shutdown SVC 9

         ENTRY svc_card
svc_card L     R0,0(,R1)
         SVC   10
         BR    R14

         ENTRY svc_print
svc_print LM   R0,R1,0(R1)
         SVC   11
         BR    R14

         ENTRY svc_disk_read
svc_disk_read ST R2,28(,R13)
         LM    R0,R2,0(R1)
         SVC   12
         L     R2,28(,R13)
         BR    R14

         ENTRY svc_disk_write
svc_disk_write ST R2,28(,R13)
         LM    R0,R2,0(R1)
         SVC   13
         L     R2,28(,R13)
         BR    R14

         ENTRY svc_disk_format
svc_disk_format L R0,0(,R1)
         SVC   14
         BR    R14

         ENTRY svc_pages
svc_pages L    R0,0(,R1)
         SVC   15
         BR    R14

; Where a task begins, with the address of its function in R15, the argument in
; R2 and its own stack.  It is called as C does it, with a parameter list, here
; of one word above our save area.  When it returns the task ends.
         ENTRY task_begin
task_begin ST  R2,72(,R13)
         LA    R1,72(,R13)
         BALR  R14,R15
         SVC   0
