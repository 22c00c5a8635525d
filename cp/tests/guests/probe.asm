; probe.asm - void probe(struct probe *): execute one instruction under a
; given PSW and registers, and tell how that ended (probe.h)
;
; The instruction stands in a slot; behind it an SVC comes back to the
; supervisor state from whatever state the PSW was of.  A program interruption
; comes back the same way.  All is in the first 4096 bytes, so no register is
; needed to address it, and the instruction may use R0 to R12.

         ENTRY probe,probe_slot,probe_target,probe_after
         USING probe,R0
probe    STM   R14,R12,12(R13)
         ST    R13,probe_r13
         L     R2,0(,R1)
         ST    R2,probe_at
         MVC   probe_saved(16),X'60'     ; SVC and program new PSW
         MVC   X'60'(8),probe_svc_new
         MVC   X'68'(8),probe_pgm_new
         XC    X'88'(8),X'88'
         MVC   probe_slot(6),8(R2)
         MVC   probe_target(6),14(R2)
         MVC   probe_psw(8),0(R2)
         LM    R0,R12,20(R2)
         LPSW  probe_psw
probe_slot DC  3X'0700'
probe_after SVC 0
probe_target DC 3X'0700'

; R13 is free: it was not the instruction's.
probe_by_svc L R13,probe_at
         STM   R0,R12,20(R13)
         MVC   72(8,R13),X'20'
         MVC   80(4,R13),X'88'
         MVI   84(R13),0
         B     probe_end
probe_by_pgm L R13,probe_at
         STM   R0,R12,20(R13)
         MVC   72(8,R13),X'28'
         MVC   80(4,R13),X'8C'
         MVI   84(R13),1
probe_end L    R13,probe_r13
         MVC   X'60'(16),probe_saved
         LM    R14,R12,12(R13)
         BR    R14

         DS    0D
probe_svc_new DC X'00000000',A(probe_by_svc)
probe_pgm_new DC X'00000000',A(probe_by_pgm)
probe_saved DC 4F'0'
probe_psw DC   2F'0'
probe_at DC    F'0'
probe_r13 DC   F'0'
