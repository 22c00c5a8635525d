; user.asm - the services of GOS as C functions (svc.h)
;
; A C caller puts its arguments into a list and the address of the list into
; R1.  The kernel wants them in registers R0 to R2, of which a C function must
; keep R2 for its caller; word 7 of the caller's save area is R2's place.  No
; SVC can name its number by a register, so each service has a function of its
; own.  Operands: the number (enum in svc.h), how many arguments; %00 stands for
; the label in front.

%macro SERVICE 2
%00      ST    R2,28(,R13)
%if %2 > 0
         LM    R0,R%[%2-1],0(R1)
%endif
         SVC   %1
         L     R2,28(,R13)
         BR    R14
%endmacro

         ENTRY svc_exit,svc_write,svc_read,svc_yield,svc_time,svc_spawn
         ENTRY svc_wait,svc_cancel,svc_info,svc_shutdown,svc_card,svc_print
         ENTRY svc_disk_read,svc_disk_write,svc_disk_format,svc_pages
svc_exit SERVICE 0,0
svc_write SERVICE 1,2
svc_read SERVICE 2,2
svc_yield SERVICE 3,0
svc_time SERVICE 4,0
svc_spawn SERVICE 5,3
svc_wait SERVICE 6,1
svc_cancel SERVICE 7,1
svc_info SERVICE 8,2
svc_shutdown SERVICE 9,0
svc_card SERVICE 10,1
svc_print SERVICE 11,2
svc_disk_read SERVICE 12,3
svc_disk_write SERVICE 13,3
svc_disk_format SERVICE 14,1
svc_pages SERVICE 15,1

; Where a task begins, with the address of its function in R15, the argument in
; R2 and its own stack.  It is called as C does it, with a parameter list, here
; of one word above our save area.  When it returns the task ends.
         ENTRY task_begin
task_begin ST  R2,72(,R13)
         LA    R1,72(,R13)
         BALR  R14,R15
         SVC   0
