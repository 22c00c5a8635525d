; entry.asm - where CP begins, and the way between CP and its guests
;
; The image starts here, at location 0, with the PSWs that the machine looks
; for in low storage; behind them CP keeps what these first instructions need
; (struct entry of entry.h has the same layout).  All new PSWs are of the EC
; mode, DAT off, disabled.
;
; A guest leaves by an interruption: its registers are saved in its struct vm,
; CP's one stack starts afresh, and a C function of trap.c takes over, which
; ends in dispatch().  It enters again by guest_run().  Interruptions also
; come in from dispatch()'s wait and window: then nothing is saved.  The old
; PSW tells them apart, for guests alone run in the problem state.
;
; Offsets in struct vm: X'00' general, X'40' floating-point registers.

         ENTRY cp_entry
cp_entry DC    X'00000000',A(cp_start) ; X'00' IPL
         DC    20F'0'                  ; X'08' old PSWs, CSW, CAW, timer
         DC    X'00080000',A(ext_entry) ; X'58'
         DC    X'00080000',A(svc_entry) ; X'60'
         DC    X'00080000',A(pgm_entry) ; X'68'
         DC    X'00080000',A(mck_entry) ; X'70'
         DC    X'00080000',A(io_entry)  ; X'78'
         DC    96F'0'                  ; X'80' to X'1FF'

; What has a fixed place behind the assigned locations is addressed without a
; base register.
         DC    16F'0'                  ; X'200' registers as they came in
         DC    2F'0'                   ; X'240' CPU timer as it came in
         DC    2F'0'                   ; X'248' CPU timer as it was set
         DC    X'00080000',A(probe_absent) ; X'250' for probe
         DC    2F'0'                   ; X'258' PSW to be loaded
         DC    A(to_c)                 ; X'260'
         DC    V(trap_external)        ; X'264'
         DC    V(trap_svc)             ; X'268'
         DC    V(trap_program)         ; X'26C'
         DC    V(trap_machine)         ; X'270'
         DC    V(trap_io)              ; X'274'
         DC    F'0'                    ; X'278' 1: there is floating point
save_gr  EQU   X'200'
save_timer EQU X'240'
set_timer EQU  X'248'
probe_new EQU  X'250'
run_psw  EQU   X'258'
has_float EQU  X'278'
CP_STACK_BYTES EQU 16384

; R15 is the C function, R12 to_c; the condition code tells whether the old
; PSW was of the problem state (ones).
ext_entry STM  R0,R15,save_gr
         STPT  save_timer
         TM    X'19',1
         L     R15,X'264'
         L     R12,X'260'
         BR    R12
svc_entry STM  R0,R15,save_gr
         STPT  save_timer
         TM    X'21',1
         L     R15,X'268'
         L     R12,X'260'
         BR    R12
pgm_entry STM  R0,R15,save_gr
         STPT  save_timer
         TM    X'29',1
         L     R15,X'26C'
         L     R12,X'260'
         BR    R12
mck_entry STM  R0,R15,save_gr
         STPT  save_timer
         TM    X'31',1
         L     R15,X'270'
         L     R12,X'260'
         BR    R12
io_entry STM   R0,R15,save_gr
         STPT  save_timer
         TM    X'39',1
         L     R15,X'274'
         L     R12,X'260'
         BR    R12

to_c     DS    0H
         USING to_c,R12
         BNO   to_c_stack
         L     R1,=V(vm_current)
         L     R1,0(,R1)
         MVC   0(64,R1),save_gr
         TM    has_float+3,1
         BZ    to_c_stack
         STD   FPR0,X'40'(,R1)
         STD   FPR2,X'48'(,R1)
         STD   FPR4,X'50'(,R1)
         STD   FPR6,X'58'(,R1)
to_c_stack L   R13,=V(cp_stack)
         A     R13,=A(CP_STACK_BYTES-72)
         XC    0(72,R13),0(R13)
         BALR  R14,R15
         DC    H'0'                    ; C does not come back: operation
         DROP  R12                     ; exception, hence panic

; void guest_run(struct vm *, psw_t, int64_t timer): set the CPU timer and go
; on with the guest under this PSW.
         ENTRY guest_run
guest_run L    R2,0(,R1)
         MVC   run_psw(8),4(R1)
         MVC   set_timer(8),12(R1)
         TM    has_float+3,1
         BZ    guest_timer-guest_run(,R15)
         LD    FPR0,X'40'(,R2)
         LD    FPR2,X'48'(,R2)
         LD    FPR4,X'50'(,R2)
         LD    FPR6,X'58'(,R2)
guest_timer SPT set_timer
         LM    R0,R15,0(R2)
         LPSW  run_psw

; void cp_wait(psw_t): wait under this PSW, which admits interruptions.
         ENTRY cp_wait
cp_wait  MVC   run_psw(8),0(R1)
         LPSW  run_psw

; void cp_window(void): let one pending I/O interruption in; comes back when
; there is none.
         ENTRY cp_window
cp_window STOSM 28(R13),X'02'
         STNSM 28(R13),X'FD'
         BR    R14

; int storage_there(uint32_t raddr), int float_there(void): does the location
; exist, can the machine do floating-point instructions?  A program
; interruption says no.
         ENTRY storage_there,float_there
float_there MVC 28(8,R13),X'68'
         MVC   X'68'(8),probe_new
         LDR   FPR0,FPR0
         B     probe_there-float_there(,R15)
storage_there MVC 28(8,R13),X'68'
         MVC   X'68'(8),probe_new
         L     R1,0(,R1)
         TM    0(R1),1
probe_there MVC X'68'(8),28(R13)
         LA    R15,1
         BR    R14
probe_absent MVC X'68'(8),28(R13)
         SLR   R15,R15
         BR    R14

; IPL: clear the storage behind the initialised bytes of the image, as C
; expects it, and begin.
cp_start BALR  R12,0
         USING *,R12
         L     R2,=A(__data_end)
         L     R3,=A(__image_end)
         SR    R3,R2
         SLR   R1,R1
         LR    R0,R2
         MVCL  R2,R0
         L     R15,=V(start)
         CLR   R15,R15                 ; not ones: nothing to be saved
         L     R12,X'260'
         BR    R12
         DROP  R12
         LTORG
